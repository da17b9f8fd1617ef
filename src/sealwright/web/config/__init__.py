"""Settings, addresses and the doors through which a server runs the site."""
