"""Words as the catalogue finds them: small letters, no accents."""

from __future__ import annotations

import re
import unicodedata

from sealwright.web.catalogue.content import Content

MOST_WORDS = 8
"""Words of a question that are looked for; further ones are ignored."""

_WORD = re.compile(r"\.?\w+(?:\.\w+)*[+#]*")


def plain(text: str) -> str:
    """The text in small letters, without accents, with single spaces between words.

    Signs that belong to names of skills stay: C++, C#, .NET.

    >>> plain("  Soins d’URGENCE: C++, .NET & Größe. ")
    'soins d urgence c++ .net grosse'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare))


def words_of(question: str) -> list[str]:
    """The words to look for, each once."""
    return list(dict.fromkeys(plain(question).split()))[:MOST_WORDS]


def search_text(content: Content, provider: str) -> str:
    """Everything that a version is found by, in one text."""
    told = (
        content.title,
        content.summary,
        provider,
        *(skill.name for skill in content.skills),
        *content.outcomes,
        content.field,
    )
    return plain(" ".join(told))
