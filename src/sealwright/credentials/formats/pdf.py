"""Files attached to PDF documents, where a credential may be among them.

A certificate is a page to look at, with the signed credential attached as an associated file.
The page itself proves nothing and is not read. Only what the document's catalogue says is
attached is looked at.

PDF 2.0 (ISO 32000-2) sections 7.11.4 and 14.13; PDF/A-3 (ISO 19005-3)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats.pdf_objects import Document, Reference, Stream

SIGNATURE: Final = b"%PDF-"
MAX_ATTACHMENTS: Final = 16
MAX_TEXT: Final = 500_000
"""Bytes of one attached file, unpacked."""

_LINK = re.compile(rb"/URI[ \r\n]*+\((https?://[!-'*-~]{1,300})\)")
_OF_OTHER_KINDS: Final = ("image/", "audio/", "video/", "font/", "application/pdf")


def attached(document: bytes) -> list[str]:
    """The texts of the files attached to a PDF, each once, in its own order.

    Files that say they are pictures, sound or further PDFs, and those that are no text, are
    left out. Raises `UnreadableInput`: `pdf-damaged`, `pdf-encrypted`, `pdf-too-complex`.
    """
    opened = Document(document)
    streams: dict[Reference, Stream] = {}
    for specification in _specifications(opened):
        streams |= _streams(opened, specification)
        if len(streams) > MAX_ATTACHMENTS:
            raise UnreadableInput("pdf-too-complex")
    texts = (_text(opened, stream) for stream in streams.values())
    return list(dict.fromkeys(text for text in texts if text is not None))


def links(document: bytes) -> list[str]:
    """The web addresses behind links, each once, as far as they are in plain sight."""
    return list(dict.fromkeys(found.decode("ascii") for found in _LINK.findall(document)))


def _specifications(document: Document) -> Iterator[Any]:
    """What the catalogue has under names, and what it calls associated files.

    PDF 2.0 sections 7.7.4 and 14.13.1
    """
    names = document.dictionary(document.catalogue.get("Names"))
    waiting = [names.get("EmbeddedFiles")]
    while waiting:
        node = document.dictionary(waiting.pop())
        yield from document.array(node.get("Names"))[1::2]
        waiting += reversed(document.array(node.get("Kids")))
    yield from document.array(document.catalogue.get("AF"))


def _streams(document: Document, specification: Any) -> dict[Reference, Stream]:
    """The embedded files of a file specification, by where each lies.

    Readers choose between several by their platform, so all of them count.
    """
    embedded = document.dictionary(document.dictionary(specification).get("EF"))
    return {
        reference: stream
        for reference in embedded.values()
        if isinstance(reference, Reference)
        and isinstance(stream := document.resolve(reference), Stream)
    }


def _text(document: Document, stream: Stream) -> str | None:
    kind = stream.members.get("Subtype")
    if isinstance(kind, str) and kind.lower().startswith(_OF_OTHER_KINDS):
        return None
    try:
        return document.unpacked(stream, MAX_TEXT).decode("utf-8")
    except UnicodeDecodeError:
        return None
