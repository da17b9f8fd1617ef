"""What a signature covers, learnt from documents that are spelled alike.

Whoever verifies the badges of a programme canonises one and the same document over and over,
but for its strings. After some of them its outline is worked out, and from then on strings
are filled into it. What comes out is to the byte what the general way leads to; where that is
not certain (two nodes of one name, an unusual address, other types) the general way is taken.
Only documents whose signature holds are learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.jsonld.outline import Outline
from sealwright.credentials.model.spelling import KNOWN, Skeleton, Spelling, picker
from sealwright.credentials.model.texts import mapped, texts_of
from sealwright.credentials.proofs.suites import HASHES, Form, Suite

LEARN_AFTER = 8
"""How many documents are verified before an outline is made, which costs as much as ten."""

MAX_TRIES = 4
"""Outlines that are made for one spelling: types, contexts and odd addresses may differ."""

MAX_LEARNT = 64
"""Spellings of which a store keeps outlines before it starts afresh."""

Secured = Callable[[Mapping[str, Any]], tuple[Mapping[str, Any], Mapping[str, Any]]]
"""The two parts of a document that a signature covers: itself, and its proof's options."""


class Learnt:
    """What is known about documents of one skeleton, secured by one suite."""

    __slots__ = ("outlines", "seen", "tries")

    def __init__(self) -> None:
        self.seen = 0
        self.tries = 0
        self.outlines: list[Alike] = []


class Alike:
    """The outlines of documents of one skeleton, whose odd addresses are the same as well."""

    __slots__ = ("_content", "_digest", "_fixed", "_odd", "_options")

    def __init__(
        self,
        texts: Sequence[str],
        skeleton: Skeleton,
        hash_name: str,
        contexts: ContextStore,
        secured: Secured,
    ) -> None:
        def outlines(odd: Collection[int]) -> list[Outline]:
            kept = {skeleton.markers[at]: texts[at] for at in odd}
            marked = mapped(skeleton.document, lambda text: kept.get(text, text))
            places = {mark: at for at, mark in enumerate(skeleton.markers) if at not in odd}
            return [
                Outline(part, _within(part, places), len(texts), contexts, hash_name)
                for part in secured(marked)
            ]

        odd = set[int]().union(*(outline.not_taken(texts) for outline in outlines(())))
        self._odd = picker(sorted(odd))
        self._fixed = self._odd(texts)
        self._content, self._options = outlines(odd)
        self._digest = HASHES[hash_name]

    def signing_input(self, texts: Sequence[str]) -> bytes | None:
        if self._odd(texts) != self._fixed:
            return None
        if not (self._options.takes(texts) and self._content.takes(texts)):
            return None
        options = self._options.canonical(texts, plain=True)
        content = self._content.canonical(texts, plain=True)
        if options is None or content is None:
            return None
        return self._digest(options).digest() + self._digest(content).digest()


def signing_input(
    spelling: Spelling, suite: Suite, hash_name: str, contexts: ContextStore
) -> bytes | None:
    """The bytes that the one proof of a document signs, if documents like it are known."""
    learnt = contexts.outlines.get((spelling.skeleton, suite.name, hash_name))
    for alike in learnt.outlines if learnt else ():
        message: bytes | None = alike.signing_input(spelling.texts)
        if message is not None:
            return message
    return None


def learn(
    spelling: Spelling,
    message: bytes,
    suite: Suite,
    hash_name: str,
    contexts: ContextStore,
    secured: Secured,
) -> None:
    """Take note of a document whose signature over `message` holds."""
    if suite.form is not Form.RDF:
        return
    _, skeleton, texts = spelling if spelling.skeleton else KNOWN.learn(spelling)
    if skeleton is None:
        return
    key = skeleton, suite.name, hash_name
    if key not in contexts.outlines and len(contexts.outlines) >= MAX_LEARNT:
        contexts.outlines.clear()
    learnt = contexts.outlines.setdefault(key, Learnt())
    learnt.seen += 1
    if learnt.seen % LEARN_AFTER == 0 and learnt.tries < MAX_TRIES:
        learnt.tries += 1
        with suppress(CredentialError):  # what is fine in a place may be forbidden to a marker
            alike = Alike(texts, skeleton, hash_name, contexts, secured)
            if alike.signing_input(texts) == message:
                learnt.outlines.append(alike)


def _within(part: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, int]:
    return {text: places[text] for text in texts_of(part) if text in places}
