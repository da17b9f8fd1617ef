"""Markdown that strangers wrote, as HTML that can do nothing but say it.

No HTML of their own, no pictures (a picture tells its server who looks), no headings (those of
the page are an outline). Links go where they say and give away nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

LONGEST: Final = 20_000
"""Characters that are read as Markdown; what is longer is cut."""

_SCHEMES: Final = ("https://", "http://", "mailto:")


def markdown(text: str) -> SafeString:
    """`text` as safe HTML.

    >>> markdown("Do *this* <script>alert(1)</script>")
    '<p>Do <em>this</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>\\n'
    >>> markdown("[there](javascript:alert(1))")
    '<p>[there](javascript:alert(1))</p>\\n'
    """
    return mark_safe(str(_READER.render(text[:LONGEST])))  # noqa: S308 - the renderer escapes


def _link_open(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    tokens[index].attrSet("rel", "nofollow noopener noreferrer")
    return self.renderToken(tokens, index, options, env)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    reader.disable(["image", "heading", "lheading", "html_block", "html_inline", "reference"])
    reader.validateLink = lambda url: url.lower().startswith(_SCHEMES)  # type: ignore[method-assign]
    reader.add_render_rule("link_open", _link_open)
    return reader


_READER: Final = _reader()
