"""Applying for a programme with evidence, and deciding on it."""
