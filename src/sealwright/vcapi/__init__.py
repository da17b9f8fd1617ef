"""A VC-API for other people's test suites. It signs anything: never for production.

https://w3c-ccg.github.io/vc-api/
"""

from __future__ import annotations

from sealwright.vcapi.service import Answer, Sandbox

__all__ = ["Answer", "Sandbox"]
