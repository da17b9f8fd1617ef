"""Credentials as data: reading, verifying and issuing them, without any web framework.

The names that most programs need can be imported from here. They are loaded when they are
first asked for, so that reading a badge does not pay for what only issuing needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sealwright.credentials.errors import CredentialError
    from sealwright.credentials.fetching import GuardedFetcher, Offline, RecordedWeb
    from sealwright.credentials.formats.reading import read
    from sealwright.credentials.jsonld import ContextStore
    from sealwright.credentials.keys import KeyKind, LocalSigner, PublicKey, Signer
    from sealwright.credentials.model.report import Finding, Outcome, Report, Verdict
    from sealwright.credentials.verify import ListedRegistry, RemoteRegistry, Verifier

_HOMES = {
    "ContextStore": "jsonld",
    "CredentialError": "errors",
    "Finding": "model.report",
    "GuardedFetcher": "fetching",
    "KeyKind": "keys",
    "ListedRegistry": "verify",
    "LocalSigner": "keys",
    "Offline": "fetching",
    "Outcome": "model.report",
    "PublicKey": "keys",
    "RecordedWeb": "fetching",
    "RemoteRegistry": "verify",
    "Report": "model.report",
    "Signer": "keys",
    "Verdict": "model.report",
    "Verifier": "verify",
    "read": "formats.reading",
}

__all__ = [
    "ContextStore",
    "CredentialError",
    "Finding",
    "GuardedFetcher",
    "KeyKind",
    "ListedRegistry",
    "LocalSigner",
    "Offline",
    "Outcome",
    "PublicKey",
    "RecordedWeb",
    "RemoteRegistry",
    "Report",
    "Signer",
    "Verdict",
    "Verifier",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
