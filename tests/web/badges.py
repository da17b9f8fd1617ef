"""Real badges for the site's tests, signed with a key that everybody may know."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import segno
from PIL import Image

from sealwright.credentials.formats.images import bake
from sealwright.credentials.issue import (
    Achievement,
    Alignment,
    Criteria,
    Evidence,
    Profile,
    Recipient,
    StatusEntry,
    build_credential,
    sign_credential,
    sign_token,
)
from sealwright.credentials.keys import LocalSigner

SIGNER = LocalSigner.from_seed(b"sealwright site tests, not kept.")
ISSUER = SIGNER.verification_method.partition("#")[0]
LINK = "https://badges.example.org/c/1"


def unsigned(**members: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": "urn:uuid:6f1c2a52-8f4f-4c6e-9c57-1d1f2a1f9a01",
        "issuer": Profile(id=ISSUER, name="Harbour College", url="https://harbour.example.org"),
        "achievement": Achievement(
            id="https://harbour.example.org/achievements/welding",
            name="Welding in Confined Spaces",
            description="Welds pipes where there is little room and less air.",
            criteria=Criteria(narrative="Three supervised shifts and a practical exam."),
            alignment=(
                Alignment(
                    target_name="weld in hyperbaric conditions",
                    target_url="https://skills.example.org/weld-hyperbaric",
                    target_framework="ESCO",
                ),
            ),
        ),
        "recipient": Recipient.of(
            "urn:uuid:0d7f9c1e-54c1-4d0c-9a53-111111111111",
            name="Mira Castell",
            email="mira@example.org",
            salt="brine",
        ),
        "valid_from": datetime(2026, 3, 14, 9, tzinfo=UTC),
        "evidence": (Evidence(id="https://harbour.example.org/e/1", name="Exam sheet"),),
    }
    return build_credential(**{**given, **members})


def signed(**members: Any) -> dict[str, Any]:
    return sign_credential(
        unsigned(**members), SIGNER, created=datetime(2026, 3, 14, 9, tzinfo=UTC)
    )


@cache
def good() -> str:
    return json.dumps(signed())


@cache
def ended() -> str:
    return json.dumps(signed(valid_until=datetime(2026, 4, 1, tzinfo=UTC)))


@cache
def tampered() -> str:
    return good().replace("Mira Castell", "Mira Castel")


@cache
def with_status() -> str:
    """A badge whose status list lies at an address that nobody has recorded."""
    return json.dumps(
        signed(credential_status=(StatusEntry.at("https://harbour.example.org/status/1", 7),))
    )


@cache
def token() -> str:
    return sign_token(unsigned(), SIGNER)


@cache
def baked() -> bytes:
    return bake(picture(), good())


def picture(kind: str = "PNG") -> bytes:
    saved = BytesIO()
    Image.new("RGB", (120, 120), "#0b5d57").save(saved, kind)
    return saved.getvalue()


def photo_of(text: str) -> bytes:
    """A photo of a QR code that says `text`, as a phone would send it."""
    drawn = BytesIO()
    segno.make_qr(text).save(drawn, kind="png", scale=8)
    saved = BytesIO()
    Image.open(drawn).convert("RGB").save(saved, "JPEG")
    return saved.getvalue()
