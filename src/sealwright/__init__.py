"""Sealwright, the open platform for micro-credentials."""

__version__ = "0.1.0"
