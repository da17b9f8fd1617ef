"""The log, step by step: adding to it, publishing it, proving what stands in it, checking it."""

from __future__ import annotations

from sealwright.credentials.transparency import leaf_data
from sealwright.web.transparency.services.appending import append

__all__ = ["append", "leaf_data"]
