"""What a signature covers, learnt from documents that are spelled alike.

Whoever verifies the badges of a programme canonises one and the same document over and over,
but for its strings. After some of them its outline is worked out, and from then on strings
are filled into it. What comes out is to the byte what the general way leads to; where that is
not certain (two nodes of one name, an unusual address) the general way is taken.
Only documents whose signature holds are learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sealwright.credentials.errors import CredentialError
from sealwright.credentials.jsonld import ContextStore
from sealwright.credentials.jsonld.outline import Outline
from sealwright.credentials.model.spelling import Skeleton, Spelling, picker
from sealwright.credentials.model.strict_json import KNOWN
from sealwright.credentials.model.texts import mapped, texts_of
from sealwright.credentials.proofs.suites import HASHES, Form, Suite

LEARN_AFTER = 8
"""How many documents are verified before an outline is made, which costs as much as ten."""

MAX_TRIES = 4
"""Outlines that are made for one spelling: odd addresses may differ."""

MAX_TEXTS = 300
"""Strings of a document that is learnt: what an outline costs grows with them."""

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
        content, options = secured(skeleton.document)
        self._content, odd_content = _outline(content, texts, skeleton, hash_name, contexts)
        self._options, odd_options = _outline(options, texts, skeleton, hash_name, contexts)
        self._odd = picker(sorted(odd_content | odd_options))
        self._fixed = self._odd(texts)
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
    if skeleton is None or len(texts) > MAX_TEXTS:
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


def _outline(
    part: Mapping[str, Any],
    texts: Sequence[str],
    skeleton: Skeleton,
    hash_name: str,
    contexts: ContextStore,
) -> tuple[Outline, set[int]]:
    """The outline of a part of a document, and the texts that stay as they are: odd addresses."""
    at = {mark: index for index, mark in enumerate(skeleton.markers)}
    markers = {mark: at[mark] for mark in texts_of(part) if mark in at}
    outline = Outline(part, markers, len(texts), contexts, hash_name)
    odd = outline.not_taken(texts)
    if odd:
        kept = {skeleton.markers[index]: texts[index] for index in odd}
        marked = mapped(part, lambda text: kept.get(text, text))
        places = {mark: index for mark, index in markers.items() if index not in odd}
        outline = Outline(marked, places, len(texts), contexts, hash_name)
    return outline, odd
