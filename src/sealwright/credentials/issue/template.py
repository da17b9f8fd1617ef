"""Bulk issuing: everything that does not depend on the person is computed once.

Most of a credential is the same for everybody who earned it. A template canonises and hashes
that part once; for each person only the places to fill in, the unnamed nodes around them, one
sort and one signature are left. What comes out is an ordinary credential, byte for byte the
one that the general path makes. Where the short way might differ from it (two unnamed nodes
that look alike, an unusual address), the general path is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sealwright.credentials.errors import MalformedCredential
from sealwright.credentials.issue.lint import (
    LINKS,
    Place,
    as_written,
    has_no_at_sign,
    is_always_fine,
    is_plain_address,
    judge,
    linked,
    lint,
    not_described,
    places,
    quick_look,
    stops,
    validity,
)
from sealwright.credentials.issue.sign import (
    DEFAULT_SUITES,
    check_issuer,
    check_lint,
    sign_credential,
    sign_token,
    suite_for,
)
from sealwright.credentials.issue.slots import as_form, filled, slots_in, slots_of
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.jsonld.outline import Outline, is_written_as_it_is
from sealwright.credentials.jsonld.stencil import Stencil
from sealwright.credentials.jsonld.transform import has_surrogate
from sealwright.credentials.keys import Signer
from sealwright.credentials.model.report import Finding
from sealwright.credentials.model.spelling import STRUCTURAL, picker
from sealwright.credentials.proofs import SUITES, draft_for
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.credentials.proofs.suites import Form

_PLAIN = len("2026-03-01T12:00:00Z")
"""Instants of this length have no fraction and no zone but Z, so their texts are in order."""


class Template:
    """A document with places (`{{name}}`) that is issued once for each person.

    `document` is unsigned; its texts may hold places anywhere but in types and contexts. It
    is linted once, here; later only what is put into the places is. `suite` is by default
    the RDFC suite of the key; an RSA key has none and makes tokens only. Immutable and
    picklable.

    Raises `MalformedCredential` (`not-issued`, `slot-not-possible`, `template-signed`),
    `Refused` (`key-not-of-issuer`), `UnsupportedFeature` and `KeyUnusable`.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        signer: Signer,
        created: datetime,
        contexts: ContextStore | None = None,
        suite: str = "",
    ) -> None:
        self._signer = signer
        self._created = created
        self._store = contexts or ContextStore.shipped()
        makes_proofs = suite or signer.public_key.kind in DEFAULT_SUITES
        self._suite = suite_for(signer, suite) if makes_proofs else ""
        self._document = as_written(document)
        self.names = slots_of(self._document)
        """The names of the places, in order of the document."""
        self._names = frozenset(self.names)
        self._in_order = picker(self.names)
        leaves = [place for place in places(self._document) if _has_slots(place)]
        self._places = {place.pointer: slots_in(place.value) for place in leaves}
        judged = [_Leaf.of(place, self._document) for place in leaves]
        self._leaves = [leaf for leaf in judged if leaf.is_fine is not is_always_fine]
        self._particular = [leaf for leaf in self._leaves if not leaf.is_fine_if_usual]
        dates = [self._document.get(member, "") for member in ("validFrom", "validUntil")]
        self._dates = [as_form(date) for date in dates] if slots_of(dates) and all(dates) else []
        mark = _mark(self._document)
        markers = {name: f"{mark}{number}-" for number, name in enumerate(self.names)}
        self._check_document(leaves, markers)
        self._outline: Outline | None = None
        if self._suite and SUITES[self._suite].form is Form.RDF:
            self._compile(filled(self._document, markers), markers, f"{mark}proof-")

    def __reduce__(self) -> tuple[Any, ...]:
        again = (self._document, self._signer, self._created, self._store, self._suite)
        return _again, again

    def issue(self, values: Mapping[str, str]) -> str:
        """The signed credential with `values` in its places, as canonical JSON (RFC 8785).

        So its bytes can be had again from a copy that somebody else has written anew.

        Raises `MalformedCredential`: `slot-without-value`, `slot-unknown`, `slot-not-text`,
        `half-a-character`, and `not-issued` where a value makes the credential wrong.
        """
        self._check_names(values)
        usual = self._takes(values)
        check_lint(self._in_places(values, usual))
        canonical = None
        if self._outline and usual:
            canonical = self._outline.canonical(self._in_order(values))
        if canonical is None:
            return self._issue_generally(values)
        proof = self._draft.proof(canonical, self._signer)
        return self._text.filled({**_as_json(values), "_proof": proof["proofValue"]})

    def issue_token(self, values: Mapping[str, str]) -> str:
        """The credential as a compact token (VC-JWT), with `values` in its places.

        Raises as `issue` does, and `MalformedCredential` (`token-needs-subject-id`).
        """
        self._check_names(values)
        return sign_token(self.fill(values), self._signer, contexts=self._store)

    def problems(self, values: Mapping[str, str]) -> list[Finding]:
        """What these values would make wrong. Nothing is signed. Raises as `issue` does for
        values that are missing or no text."""
        self._check_names(values)
        usual = self._takes(values)
        found = self._in_places(values, usual)
        if not found and not usual:
            found = stops(lint(self.fill(values), contexts=self._store))
        return found

    def fill(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The unsigned document with `values` in its places."""
        document: dict[str, Any] = filled(self._document, values)
        return document

    def names_at(self, pointer: str) -> list[str]:
        """The names of the places in the text at `pointer`, as a finding gives it."""
        return self._places.get(pointer, [])

    def _takes(self, values: Mapping[str, str]) -> bool:
        return self._outline is not None and self._outline.takes(self._in_order(values))

    def _in_places(self, values: Mapping[str, str], usual: bool) -> list[Finding]:
        """What is wrong with the texts that have places, one by one.

        Values without an at sign hold no e-mail address, and usual ones no broken address.
        """
        quick = usual and "@" not in "".join(values.values())
        found: list[Finding] = []
        for leaf in self._particular if quick else self._leaves:
            text = leaf.form % values
            if not leaf.is_fine(text):
                found += leaf.problems(text)
        if self._dates:
            start, until = (form % values for form in self._dates)
            if not (len(start) == len(until) == _PLAIN and start <= until):
                found += validity({"validFrom": start, "validUntil": until})
        return found

    def _check_document(self, leaves: list[Place], markers: Mapping[str, str]) -> None:
        if "proof" in self._document:
            raise MalformedCredential("template-signed", pointer="/proof")
        for place in leaves:
            if STRUCTURAL & {place.member, place.pointer.split("/")[-2]}:
                raise MalformedCredential("slot-not-possible", pointer=place.pointer)
        sample = _plausible(self._document, self._document, markers)
        check_lint(lint(sample, contexts=self._store))
        check_issuer(sample, self._signer)

    def _check_names(self, values: Mapping[str, str]) -> None:
        if values.keys() != self._names:
            for name in self.names:
                if name not in values:
                    raise MalformedCredential("slot-without-value", name=name)
            raise MalformedCredential("slot-unknown", name=min(values.keys() - self._names))
        for name, text in values.items():
            if not isinstance(text, str):
                raise MalformedCredential("slot-not-text", name=name)
            if not text.isascii() and has_surrogate(text):
                raise MalformedCredential("half-a-character", name=name)

    def _compile(
        self, marked: dict[str, Any], markers: Mapping[str, str], proof_marker: str
    ) -> None:
        self._draft = draft_for(
            marked["@context"],
            signer=self._signer,
            suite=self._suite,
            created=self._created,
            contexts=self._store,
        )
        self._outline = Outline(
            marked,
            {marker: index for index, marker in enumerate(markers.values())},
            len(markers),
            self._store,
            self._draft.hash_name,
        )
        proof = {**self._draft.options, "proofValue": proof_marker}
        places = {marker: name for name, marker in markers.items()}
        text = _compact({**marked, "proof": [proof]})
        self._text = Stencil(text, {**places, proof_marker: "_proof"})

    def _issue_generally(self, values: Mapping[str, str]) -> str:
        signed = sign_credential(
            self.fill(values),
            self._signer,
            created=self._created,
            suite=self._suite,
            contexts=self._store,
        )
        return _compact(signed)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A text with places, and what may be wrong once they are filled.

    `form` takes the values by `%`. `is_fine` is a quick look that never overlooks anything;
    what it does not pass is judged in full.
    """

    place: Place
    form: str
    is_fine: Callable[[str], object]

    @classmethod
    def of(cls, place: Place, document: Mapping[str, Any]) -> _Leaf:
        if place.member in LINKS:
            return cls(place, as_form(place.value), linked(document, place.member).__contains__)
        return cls(place, as_form(place.value), quick_look(place))

    @property
    def is_fine_if_usual(self) -> bool:
        """Is there nothing to look at here but for at signs and broken addresses?"""
        return self.is_fine in (has_no_at_sign, is_plain_address) and "@" not in self.form

    def problems(self, text: str) -> list[Finding]:
        if self.place.member in LINKS:
            return [not_described(self.place.pointer, text)]
        return stops(judge(self.place._replace(value=text)))


def _again(
    document: Mapping[str, Any],
    signer: Signer,
    created: datetime,
    contexts: ContextStore,
    suite: str,
) -> Template:
    return Template(document, signer=signer, created=created, contexts=contexts, suite=suite)


def _has_slots(place: Place) -> bool:
    return isinstance(place.value, str) and bool(slots_in(place.value))


def _mark(document: Mapping[str, Any]) -> str:
    """The beginning of an address that occurs nowhere in the document."""
    text = _compact(document)
    return next(mark for n in count() if (mark := f"urn:place{n}-") not in text)


_STAND_INS = {
    "validFrom": "0001-01-01T00:00:00Z",
    "validUntil": "9999-12-31T00:00:00Z",
    "awardedDate": "2026-01-01T00:00:00Z",
    "activityStartDate": "2026-01-01T00:00:00Z",
    "activityEndDate": "2026-01-01T00:00:00Z",
    "achievementType": "Badge",
    "resultType": "Result",
    "targetType": "CFItem",
    "identityType": "identifier",
    "identifierType": "identifier",
    "status": "Completed",
    "inLanguage": "en",
    "statusListIndex": "0",
}
"""What a place may turn out to be, so that the rest of the document can be linted."""


def _plausible(value: Any, document: Mapping[str, Any], markers: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_plausible(item, document, markers) for item in value]
    if not isinstance(value, Mapping):
        return filled(value, markers)
    copy = {name: _plausible(item, document, markers) for name, item in value.items()}
    for name, item in value.items():
        if isinstance(item, str) and slots_in(item):
            if name == "identityHash" and value.get("hashed"):
                copy[name] = f"sha256${'0' * 64}"
            elif name in LINKS:
                copy[name] = min(linked(document, name), default=copy[name])
            else:
                copy[name] = _STAND_INS.get(name, copy[name])
    return copy


def _as_json(values: Mapping[str, str]) -> Mapping[str, str]:
    """The values as they stand between the quotation marks of JSON texts."""
    if is_written_as_it_is("".join(values.values())):
        return values
    return {name: _compact(text)[1:-1] for name, text in values.items()}


def _compact(value: Any) -> str:
    return canonical_json(value).decode()
