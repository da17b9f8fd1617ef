"""Bringing credentials along, and showing what one holds."""
