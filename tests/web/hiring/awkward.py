"""Badges as candidates really bring them: renamed, wrapped, ended, withdrawn, not their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from sealwright.credentials.formats.images import bake
from sealwright.credentials.issue import Recipient, StatusEntry, sign_credential
from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.status import encode_list, status_list_credential
from sealwright.skills.screening.scoring import State
from tests.web import badges, recorded

SKILL = "weld in hyperbaric conditions"
PEOPLE = ("Mira Castell", "Tomas Bakker", "Leila Haddad", "Jonas Ek", "Farah Nilsson")
LISTS = {"revocation": "https://harbour.example.org/status/1",
         "suspension": "https://harbour.example.org/status/2"}  # fmt: skip
STRANGER = LocalSigner.from_seed(b"a stranger to everybody, surely.")


class Case(NamedTuple):
    """A file, whom its name names, and the state that it must come to; None: no proof at all."""

    kind: str
    candidate: str
    file: SimpleUploadedFile
    state: State | None


def publish_lists() -> None:
    """The issuer's lists, on which place 7 is set."""
    for purpose, url in LISTS.items():
        listed = status_list_credential(
            url,
            issuer=badges.ISSUER,
            purposes=[purpose],
            encoded_list=encode_list([7]),
            valid_from=datetime(2026, 3, 1, tzinfo=UTC),
        )
        signed = sign_credential(listed, badges.SIGNER, created=datetime(2026, 3, 1, tzinfo=UTC))
        recorded.DOCUMENTS[url] = {"body": json.dumps(signed)}


def badge_of(name: str, **members: Any) -> str:
    number = f"{sum(map(ord, name + repr(sorted(members)))):012d}"
    recipient = Recipient.of(f"urn:uuid:0d7f9c1e-54c1-4d0c-9a53-{number}", name=name)
    return json.dumps(
        badges.signed(
            recipient=recipient, id=f"urn:uuid:6f1c2a52-8f4f-4c6e-9c57-{number}", **members
        )
    )


def with_place(index: int) -> dict[str, Any]:
    entries = (StatusEntry.at(url, index, purpose=purpose) for purpose, url in LISTS.items())
    return {"credential_status": tuple(entries)}


def by_a_stranger(name: str) -> str:
    from sealwright.credentials.issue import Profile

    issuer = STRANGER.verification_method.partition("#")[0]
    unsigned = badges.unsigned(
        issuer=Profile(id=issuer, name="Harbour College"),
        recipient=Recipient.of("urn:uuid:0d7f9c1e-54c1-4d0c-9a53-222222222222", name=name),
    )
    return json.dumps(
        sign_credential(unsigned, STRANGER, created=datetime(2026, 3, 14, tzinfo=UTC))
    )


def zipped(**files: bytes) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as made:
        for path, data in files.items():
            made.writestr(path, data)
    return archive.getvalue()


def file(name: str, data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def cases() -> Iterator[Case]:
    """Sixty files: twelve kinds, each from five people."""
    for person in PEOPLE:
        other = PEOPLE[(PEOPLE.index(person) + 1) % len(PEOPLE)]
        good = badge_of(person)
        picture = bake(badges.picture(), good)
        kinds: list[tuple[str, str, bytes | str, State | None]] = [
            ("as it was signed", ".json", good, State.PROVEN),
            ("baked", ".png", picture, State.PROVEN),
            ("baked twice", ".png", bake(picture, good), State.PROVEN),
            ("renamed", ".jpeg", picture, State.PROVEN),
            ("in force", ".json", badge_of(person, **with_place(8)), State.PROVEN),
            ("forged", ".json", good.replace("is little room", "is no room"), State.REFUSED),
            ("revoked", ".json", badge_of(person, **with_place(7)), State.REFUSED),
            ("ended", ".json", badge_of(person, valid_until=datetime(2026, 4, 1, tzinfo=UTC)),
             State.AGEING),
            ("someone else's", ".json", badge_of(other, **with_place(9)), State.REFUSED),
            ("by a stranger", ".json", by_a_stranger(person), State.WEAK),
            ("only a picture", ".png", badges.picture(), None),
        ]  # fmt: skip
        for kind, end, data, state in kinds:
            candidate = f"{person} {kind}"
            yield Case(kind, candidate, file(f"{candidate}{end}", data), state)
        inside = zipped(**{f"{person} zipped/badge.json": good.encode(), "__MACOSX/x": b"x"})
        yield Case("zipped", f"{person} zipped", file("all.zip", inside), State.PROVEN)
