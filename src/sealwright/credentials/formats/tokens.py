"""Compact tokens as reading meets them; the one parser lies beside the proofs that use it."""

from __future__ import annotations

from sealwright.credentials.proofs.compact import CompactToken, is_token, parse_token

__all__ = ["CompactToken", "is_token", "parse_token"]
