"""Handing in an application, and deciding on it."""
