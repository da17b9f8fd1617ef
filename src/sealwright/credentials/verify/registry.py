"""Does any registry know the issuer? An advisory question, asked last.

A sound signature says that the issuer's key signed. Who stands behind the issuer's
identifier is what somebody else must say, so the answer always names who says it.

https://github.com/digitalcredentials/issuer-registry-client
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sealwright.credentials.errors import ResolutionFailed, Undecidable
from sealwright.credentials.fetching import Fetcher, fetch_json
from sealwright.credentials.model.report import Finding, Outcome
from sealwright.credentials.verify.case import Case

NO_REGISTRY: Final = (Finding("registry", Outcome.SKIPPED, "registry-none"),)


@dataclass(frozen=True, slots=True)
class KnownIssuer:
    """What a registry says about an issuer. `url` is the issuer's site, or ''."""

    name: str
    url: str = ""


class Registry(Protocol):
    """A list of issuers, kept by somebody who has a name and an address."""

    @property
    def name(self) -> str: ...

    @property
    def url(self) -> str: ...

    def find(self, issuer: str, *, fetcher: Fetcher) -> KnownIssuer | None:
        """What the registry says about `issuer`, or None. Raises `Undecidable`."""
        ...


@dataclass(frozen=True, slots=True)
class ListedRegistry:
    """A registry in memory: a snapshot of somebody's list, or the operator's own.

    `dated` says when the snapshot was taken, in words for people, or ''.
    """

    name: str
    url: str
    issuers: Mapping[str, KnownIssuer]
    dated: str = ""

    @classmethod
    def from_document(cls, name: str, url: str, document: Any, dated: str = "") -> ListedRegistry:
        """A registry in the form of the Digital Credentials Consortium.

        That is `{"registry": {"did:…": {"name", "url", "location"}}}`; rows of any other
        shape are left out. Raises `ResolutionFailed("registry-malformed")`.
        """
        rows = document.get("registry") if isinstance(document, Mapping) else None
        if not isinstance(rows, Mapping):
            raise ResolutionFailed("registry-malformed", registry=name, url=url)
        known = {
            issuer: KnownIssuer(row["name"], _text(row.get("url")))
            for issuer, row in rows.items()
            if isinstance(row, Mapping) and isinstance(row.get("name"), str)
        }
        return cls(name, url, known, dated)

    def find(self, issuer: str, *, fetcher: Fetcher) -> KnownIssuer | None:
        """The row of `issuer`; nothing is fetched."""
        return self.issuers.get(issuer)


@dataclass(frozen=True, slots=True)
class RemoteRegistry:
    """A registry that is asked anew each time, over the verification's own fetcher."""

    name: str
    url: str

    def find(self, issuer: str, *, fetcher: Fetcher) -> KnownIssuer | None:
        """The row of `issuer` today. Raises `ResolutionFailed`."""
        document = fetch_json(fetcher, self.url)
        return ListedRegistry.from_document(self.name, self.url, document).find(
            issuer, fetcher=fetcher
        )


def check_registry(case: Case) -> tuple[Finding, ...]:
    """A finding for each registry that knows the issuer or could not be asked.

    Where none knows the issuer, one plain note says so.
    """
    if not case.registries:
        return NO_REGISTRY
    answers = tuple(filter(None, (_ask(registry, case) for registry in case.registries)))
    if any(answer.outcome is Outcome.PASSED for answer in answers):
        return answers
    asked = ", ".join(registry.name for registry in case.registries)
    evidence = {"issuer": case.issuer, "registries": asked}
    return (*answers, Finding("registry", Outcome.UNKNOWN, "registry-unlisted", evidence))


def _ask(registry: Registry, case: Case) -> Finding | None:
    try:
        known = registry.find(case.issuer, fetcher=case.trail)
    except Undecidable as problem:
        return Finding.of_error("registry", problem)
    if known is None:
        return None
    evidence = {
        "issuer": case.issuer,
        "name": known.name,
        "site": known.url,
        "registry": registry.name,
        "registry_url": registry.url,
    }
    return Finding("registry", Outcome.PASSED, "registry-lists-issuer", evidence)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
