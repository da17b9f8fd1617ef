"""What a person writes down about a credential (TOML or JSON), read into values.

Members are those of the standard in snake case, as in `parts`. A text may hold places to fill
in (`{{name}}`), which a sheet of recipients fills row by row. Everything that is wrong is
told at once, with the place where it stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime, time
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue.build import build_credential
from sealwright.credentials.issue.parts import (
    Achievement,
    CredentialRefresh,
    CredentialSchema,
    Criteria,
    Evidence,
    Image,
    Instant,
    Profile,
    Recipient,
    Result,
    RevocationList,
    StatusEntry,
    TermsOfUse,
)
from sealwright.credentials.issue.slots import slots_in
from sealwright.credentials.model.instants import parse_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The recipient as described: a DID or opaque id, a name to sign, an address to hash."""

    id: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A credential as a person describes it. What is missing, the caller of `build` gives."""

    issuer: Profile
    achievement: Achievement
    recipient: Person = Person()
    id: str = ""
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    awarded_date: Instant | None = None
    name: str = ""
    description: str = ""
    image: Image | None = None
    evidence: tuple[Evidence, ...] = ()
    result: tuple[Result, ...] = ()
    activity_start_date: Instant | None = None
    activity_end_date: Instant | None = None
    credits_earned: float | None = None
    role: str = ""
    term: str = ""
    license_number: str = ""
    narrative: str = ""
    credential_status: tuple[StatusEntry, ...] = ()
    revocation_list: tuple[RevocationList, ...] = ()
    credential_schema: tuple[CredentialSchema, ...] = ()
    refresh_service: CredentialRefresh | None = None
    terms_of_use: tuple[TermsOfUse, ...] = ()
    endorsement: tuple[Mapping[str, Any], ...] = ()

    def build(self, *, id: str, recipient: Recipient, valid_from: Instant) -> dict[str, Any]:
        """The unsigned credential for `recipient`.

        `id` and `valid_from` count where the description has none.
        """
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        given["credential_status"] += given.pop("revocation_list")
        given["id"] = self.id or id
        given["valid_from"] = self.valid_from or valid_from
        return build_credential(**given | {"recipient": recipient})


def read_description(data: object, *, issuer: str) -> Description:
    """The description in a mapping, as `tomllib` or the JSON reader give it.

    `issuer` is the id of the issuer where the description does not tell it. Numbers are taken
    where the standard has them as text, a plain date means midnight UTC, one table does where
    several may stand, a text for criteria is their narrative, and a text for an image its
    address. Raises `MalformedCredential` (`description-wrong`), its evidence `problems` one
    sentence for each thing that is wrong.
    """
    reader = _Reader()
    described = reader.one(Description, _with_issuer(data, issuer), "")
    if described is None:
        raise MalformedCredential(
            "description-wrong", pointer=reader.problems[0][0], problems=reader.sentences()
        )
    return described


def _with_issuer(data: object, id: str) -> object:
    if not isinstance(data, Mapping):
        return data
    issuer = data.get("issuer", {})
    return {**data, "issuer": {"id": id, **issuer} if isinstance(issuer, Mapping) else issuer}


MOST_PROBLEMS = 50
"""How many are told at once."""

T = TypeVar("T")
_SHORT: Mapping[type, Callable[[str], Any]] = {
    Criteria: lambda text: Criteria(narrative=text),
    Image: lambda text: Image(id=text),
    Profile: lambda text: Profile(id=text),
    RevocationList: lambda text: RevocationList(id=text),
    CredentialRefresh: lambda text: CredentialRefresh(id=text),
    CredentialSchema: lambda text: CredentialSchema(id=text),
}
"""Parts that may be written as one text."""


class _Reader:
    """Reads values by the types of the dataclasses, and keeps what is wrong."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def sentences(self) -> str:
        told = self.problems[:MOST_PROBLEMS]
        return "; ".join(f"{where or 'the description'}: {what}" for where, what in told)

    def wrong(self, where: str, what: str) -> None:
        self.problems.append((where, what))

    def one(self, kind: type[T], data: object, where: str) -> T | None:
        """A value of a dataclass, or None where something is wrong."""
        if isinstance(data, str) and kind in _SHORT:
            short: T = _SHORT[kind](data)
            return short
        if not isinstance(data, Mapping):
            self.wrong(where, "a table is expected here")
            return None
        before = len(self.problems)
        types = _types(kind)
        self._unknown(data, types, where)
        for name in _required(kind) - data.keys():
            self.wrong(f"{where}/{name}", "is missing")
        values = {
            name: self.value(types[name], data[name], f"{where}/{name}")
            for name in data
            if name in types
        }
        return kind(**values) if len(self.problems) == before else None

    def value(self, kind: Any, data: object, where: str) -> Any:
        """A value of a field's type."""
        if isinstance(kind, UnionType):
            kind = next(one for one in get_args(kind) if one is not NoneType)
        if get_origin(kind) is tuple:
            inner = get_args(kind)[0]
            items = data if isinstance(data, list) else [data]
            return tuple(self.value(inner, item, f"{where}/{n}") for n, item in enumerate(items))
        if kind is str:
            return self._text(data, where)
        if kind is datetime:
            return self._instant(data, where)
        if kind is float:
            return self._number(data, where)
        if get_origin(kind) is not None:
            return data
        return self.one(kind, data, where)

    def _unknown(self, data: Mapping[Any, Any], known: Mapping[str, Any], where: str) -> None:
        for name in data:
            if name not in known and len(self.problems) < MOST_PROBLEMS:
                close = difflib.get_close_matches(str(name), known, 1)
                hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
                self.wrong(f"{where}/{name}", f"is not known here; {hint}")

    def _text(self, data: object, where: str) -> str:
        if isinstance(data, str):
            return data
        if isinstance(data, int | float) and not isinstance(data, bool):
            return str(data)
        self.wrong(where, "a text is expected here")
        return ""

    def _number(self, data: object, where: str) -> float:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return data
        self.wrong(where, "a number is expected here")
        return 0.0

    def _instant(self, data: object, where: str) -> Instant:
        if isinstance(data, str) and slots_in(data):
            return data
        instant = as_instant(data)
        if instant is None:
            self.wrong(where, "a date (2026-06-30) or a time with its zone (2026-06-30T10:00:00Z)")
            return ""
        return instant


def as_instant(data: object) -> datetime | None:
    """A date or an instant with its zone, as a value or a text; None for anything else.

    A plain date means its first moment in UTC.

    >>> as_instant("2026-06-30")
    datetime.datetime(2026, 6, 30, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if isinstance(data, datetime):
        return data if data.tzinfo else None
    if isinstance(data, date):
        return datetime.combine(data, time.min, UTC)
    try:
        return datetime.combine(date.fromisoformat(str(data)), time.min, UTC)
    except ValueError:
        pass
    try:
        return parse_instant(data, pointer="")
    except MalformedCredential:
        return None


def _types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _required(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)
