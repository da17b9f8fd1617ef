"""The platform: a Django site over the pure packages. Comes with the extra `web`."""
