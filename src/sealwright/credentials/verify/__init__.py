"""Verification: is it real, and why? The parts are checks; `Verifier` asks them in order."""

from __future__ import annotations

from sealwright.credentials.verify.case import Evidence
from sealwright.credentials.verify.presentation import PresentationReport
from sealwright.credentials.verify.registry import (
    KnownIssuer,
    ListedRegistry,
    Registry,
    RemoteRegistry,
)
from sealwright.credentials.verify.verifier import LayeredReport, Verifier

__all__ = [
    "Evidence",
    "KnownIssuer",
    "LayeredReport",
    "ListedRegistry",
    "PresentationReport",
    "Registry",
    "RemoteRegistry",
    "Verifier",
]
