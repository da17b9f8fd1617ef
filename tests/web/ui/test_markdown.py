"""Markdown of strangers can say something, and do nothing."""

from __future__ import annotations

import pytest

from sealwright.web.ui.markdown import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1. one\n2. **two**", "<ol>\n<li>one</li>\n<li><strong>two</strong></li>\n</ol>\n"),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
        (
            "[rules](https://x.example/?a=1&b=2)",
            '<p><a href="https://x.example/?a=1&amp;b=2" '
            'rel="nofollow noopener noreferrer">rules</a></p>\n',
        ),
    ],
)
def test_what_people_write_is_shown(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://spy.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](//spy.example)",
        "<javascript:alert(1)>",
        "[x]\n\n[x]: javascript:alert(1)",
        '[x](https://a.example "onmouseover=alert(1) \\" x=")',
        "# A heading",
        "A heading\n===",
        "> " * 500 + "deep",
    ],
)
def test_what_could_do_harm_is_words_only(text: str) -> None:
    html = markdown(text)

    for tag in ("<script", "<img", "<h1", 'href="javascript', 'href="data', 'href="//'):
        assert tag not in html.lower()
