"""Providers and employers: their people, roles, units, API keys and domains."""
