"""Credentials baked into SVG images: one element, found, written and never doubled.

The picture is hostile text. Expat alone reads it; a document type, and with it every entity,
is refused before it is looked at. Baking cuts and inserts text, so that the rest of the
picture stays as it is, byte for byte.

https://www.imsglobal.org/spec/ob/v3p0/#svg
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.carriers import (
    CLR_2,
    OB_2,
    OB_3,
    bakeable,
    only_one,
    spoken,
)

MAX_DEPTH = 64
MAX_ELEMENTS = 200_000


class _Element(NamedTuple):
    namespace: str
    prefix: str
    name: str


# The prefixes matter to readers that compare them instead of the namespace.
_ELEMENTS = {
    OB_3: _Element("https://purl.imsglobal.org/ob/v3p0", "openbadges", "credential"),
    CLR_2: _Element("https://purl.imsglobal.org/clr/v2p0", "clr", "credential"),
    OB_2: _Element("http://openbadges.org", "openbadges", "assertion"),
}
_KEYWORDS = {f"{each.namespace} {each.name}": keyword for keyword, each in _ELEMENTS.items()}

_PROLOGUE = re.compile(
    r"(?:(?>\s+)|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>))*+"
    r"<(?:[^\s<>/:]+:)?svg[\s/>]",
    re.DOTALL,
)
_START_TAG = re.compile(rb"""<([^\s/>]+)(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_NOT_IN_CDATA = re.compile("]]>|[\ufffe\uffff]")


@dataclass(slots=True)
class _Carrier:
    """A baked element: which one, its bytes from `start` to `end`, and what it says."""

    keyword: str
    start: int
    verify: str
    end: int = 0
    text: list[str] = field(default_factory=list)

    @property
    def payload(self) -> str:
        """Open Badges 2.0 repeats a hosted assertion in the body; the attribute counts."""
        body = "".join(self.text).strip()
        if body and self.verify and self.keyword != OB_2:
            raise UnreadableInput("image-with-several-credentials", count=2)
        return self.verify or body


def is_svg(text: str) -> bool:
    """Whether the first element of `text` is an SVG picture."""
    return _PROLOGUE.match(text) is not None


def extract(image: bytes) -> str:
    """The text baked into `image`: JSON, a token, or (in Open Badges 2.0) a link.

    Raises `UnreadableInput`: `svg-damaged`, `svg-with-doctype`, `svg-too-complex`,
    `image-without-credential`, `image-with-several-credentials`, `baked-text-malformed`.
    """
    return spoken(only_one(_Walk(image).carriers).payload)


def bake(image: bytes, payload: str, *, keyword: str = OB_3) -> bytes:
    """`image` with `payload` in its only credential element, directly inside the root.

    Credentials that were baked before are cut out. `keyword` is one of `carriers.KEYWORDS`.
    Raises `UnreadableInput` for an image that `extract` would not walk either, and
    `nothing-to-bake` for an unusable payload.
    """
    element = _written(bakeable(payload), _ELEMENTS[keyword])
    walk = _Walk(image)
    opening, rest = image[: walk.inside], walk.rest_without_carriers()
    if walk.root_is_empty:
        opening = opening.removesuffix(b"/>").rstrip() + b">"
        rest = b"</" + walk.root + b">" + rest
    return opening + element + rest


def _written(payload: str, element: _Element) -> bytes:
    """JSON goes into the body, a token or a link into the attribute `verify`."""
    namespace, prefix, name = element
    opening = f'<{prefix}:{name} xmlns:{prefix}="{namespace}"'
    if payload.startswith("{"):
        # Both can only stand inside a string of the JSON, where an escape means the same.
        text = _NOT_IN_CDATA.sub(lambda found: _escaped(found.group()), payload)
        return f"{opening}><![CDATA[{text}]]></{prefix}:{name}>".encode()
    return f'{opening} verify="{html.escape(payload)}"/>'.encode()


def _escaped(found: str) -> str:
    return found[:-1] + f"\\u{ord(found[-1]):04x}"


class _Walk:
    """One pass of expat over a picture: where its root opens, and what is baked into it."""

    def __init__(self, image: bytes) -> None:
        self.carriers: list[_Carrier] = []
        self.root = b""
        self.root_is_empty = False
        self.inside = 0
        self._image = image
        self._open: _Carrier | None = None
        self._depth = 0
        self._elements = 0
        self._parser = expat.ParserCreate("UTF-8", " ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = None
        # Expat changes over to UTF-16 by itself, where our offsets would point elsewhere.
        if b"\0" in image or image.decode("utf-8", "ignore").encode("utf-8") != image:
            raise UnreadableInput("svg-damaged", line=1)
        try:
            self._parser.Parse(image, True)
        except expat.ExpatError as problem:
            raise UnreadableInput("svg-damaged", line=problem.lineno) from None

    def rest_without_carriers(self) -> bytes:
        """What follows the root's start tag, with everything baked into it cut out."""
        starts = [self.inside, *(carrier.end for carrier in self.carriers)]
        ends = [*(carrier.start for carrier in self.carriers), len(self._image)]
        return b"".join(self._image[start:end] for start, end in zip(starts, ends, strict=True))

    def _doctype(self, *_: object) -> None:
        raise UnreadableInput("svg-with-doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise UnreadableInput("svg-too-complex", depth=MAX_DEPTH, elements=MAX_ELEMENTS)
        if self._open is not None:
            raise UnreadableInput("baked-text-malformed")
        start = self._parser.CurrentByteIndex
        if self._depth == 1:
            self._enter_root(name, start)
        elif name in _KEYWORDS:
            self._open = _Carrier(_KEYWORDS[name], start, attributes.get("verify", "").strip())
            self.carriers.append(self._open)
            self._parser.CharacterDataHandler = self._open.text.append

    def _enter_root(self, name: str, start: int) -> None:
        if name.rpartition(" ")[2] != "svg":
            raise UnreadableInput("html-page")
        self.root, self.inside, self.root_is_empty = self._tag(start)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._open is not None:
            _, end, is_empty = self._tag(self._open.start)
            index = self._parser.CurrentByteIndex
            self._open.end = end if is_empty else self._image.index(b">", index) + 1
            self._open = None
            self._parser.CharacterDataHandler = None

    def _tag(self, start: int) -> tuple[bytes, int, bool]:
        """The name of the start tag at `start`, where it ends, and whether it is empty."""
        # Expat has just found it well formed, so there always is a next match.
        tag = next(_START_TAG.finditer(self._image, start))
        return tag.group(1), tag.end(), tag.group().endswith(b"/>")
