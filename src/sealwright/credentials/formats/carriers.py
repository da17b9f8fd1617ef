"""What the two kinds of baked image share: who may be in there, and that it is only one."""

from __future__ import annotations

from typing import TypeVar

from sealwright.credentials.errors import UnreadableInput

OB_3 = "openbadgecredential"
OB_2 = "openbadges"
CLR_2 = "clrcredential"
KEYWORDS = (OB_3, OB_2, CLR_2)
"""The standards' words for what is baked, after the keywords of PNG's text chunks."""

Carrier = TypeVar("Carrier")


def only_one(carriers: list[Carrier]) -> Carrier:
    """The single carrier of an image. With two, two readers could see two credentials.

    Raises `UnreadableInput` (`image-without-credential`, `image-with-several-credentials`).
    """
    if not carriers:
        raise UnreadableInput("image-without-credential")
    if len(carriers) > 1:
        raise UnreadableInput("image-with-several-credentials", count=len(carriers))
    return carriers[0]


def spoken(text: str) -> str:
    """`text` without surrounding white space. A carrier that says nothing carries nothing."""
    text = text.strip()
    if not text:
        raise UnreadableInput("image-without-credential")
    return text


def bakeable(payload: str) -> str:
    """`payload` without surrounding white space. Raises `UnreadableInput` (`nothing-to-bake`)."""
    text = payload.strip()
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableInput("nothing-to-bake") from None
    if not data or b"\0" in data:
        raise UnreadableInput("nothing-to-bake")
    return text
