"""Programmes and their published versions: what providers offer."""
