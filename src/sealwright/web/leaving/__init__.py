"""Leaving: all that a provider has here, as files that keep verifying without us."""
