"""The page of each state: nothing of a stranger's text is ever more than text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR

from tests.web.reports import STATES

NAMES = [*STATES, "several"]
VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """The tags, attributes and texts of a page, and whether its tags match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture(autouse=True)
def _states(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.preview_urls"


def page(client: Client, name: str) -> Page:
    return Page(client.get(f"/state/{name}").content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_the_tags_of_every_state_match_and_ids_are_unique(client: Client, name: str) -> None:
    made = page(client, name)

    ids = [attributes["id"] for _, attributes in made.tags if "id" in attributes]
    seals = {each for each in ids if re.fullmatch(r"s[0-9a-f]{8}\w*", each)}
    plain = [each for each in ids if each not in seals and each != "verdict"]
    assert made.open == []
    assert len(plain) == len(set(plain))


def test_a_strangers_markup_is_shown_and_never_obeyed(client: Client) -> None:
    made = page(client, "hostile")

    scripts = [attributes for tag, attributes in made.tags if tag == "script"]
    assert all(attributes.get("src", "").startswith("/static/") for attributes in scripts)
    assert not [tag for tag, _ in made.tags if tag in {"img", "iframe", "object", "embed", "base"}]
    assert any("<script>alert(1)</script>" in text for text in made.texts)
    assert "{{ 7*7 }}" in made.texts
    assert not [a for _, attributes in made.tags for a in attributes if a.startswith("on")]


@pytest.mark.parametrize("name", NAMES)
def test_links_of_a_credential_lead_to_https_only_and_vouch_for_nothing(
    client: Client, name: str
) -> None:
    made = page(client, name)

    for tag, attributes in made.tags:
        address = attributes.get("href", "")
        if tag == "a" and not address.startswith(("/", "#")):
            assert address.startswith("https://")
            assert "noopener" in attributes["rel"]
            if not address.startswith(("https://www.w3.org/", "https://www.rfc-editor.org/",
                                       "https://www.imsglobal.org/")):  # fmt: skip
                assert attributes["rel"] == "nofollow noopener noreferrer"


@pytest.mark.parametrize("name", NAMES)
def test_no_statement_is_made_by_colour_alone(client: Client, name: str) -> None:
    html = client.get(f"/state/{name}").content.decode()

    for step in re.findall(r'<li class="step".*?</li>', html, re.DOTALL):
        assert "<svg" in step
        assert re.search(r"<b>[^<]+</b>", step)


def test_what_is_blank_is_said_to_be_not_told(client: Client) -> None:
    texts = page(client, "bare").texts

    assert texts.count("not told") >= 5
    assert "None" not in texts


def test_the_two_statements_stand_apart(client: Client) -> None:
    texts = page(client, "valid").texts

    assert "Signature sound" in texts
    assert "Issuer not known to us" in texts
    assert "Issuer known" not in texts


class Marked(NullTranslations):
    """Every translated text between marks: what has none was never given to gettext."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(CONTEXT_SEPARATOR)[2]}⟧" if message else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


NOT_OURS = re.compile(
    r"Sealwright|did:\S+|eddsa\S*|[a-z-]+\.json|https?://\S*|\S*\.example\S*|\d[\d:., -]*|"
    r"\d+ (March|November) \d+\S*|[(),.:·– -]*|[a-z]+([ ·-]+[a-z]+)*|Marked by .*"
)
"""Names, dates, identifiers and data, and the names of pieces of evidence."""


@pytest.mark.parametrize("path", ["/", "/verify", "/state/known", "/state/tampered", "/nothing"])
def test_every_word_of_ours_goes_through_gettext(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(trans_real._translations, "en-gb", Marked())  # type: ignore[attr-defined]

    html = client.get(path).content.decode()

    drawn = re.sub(r"<(svg|pre|code|title|dl)\b.*?</\1>", "", html, flags=re.DOTALL)
    ours = "\n".join(Page(drawn).texts)
    while "⟦" in ours:
        ours = re.sub(r"⟦[^⟦⟧]*⟧", "", ours)
    told = set(_words_of(STATES["known"].credential))
    missed = [
        text.strip() for text in ours.splitlines() if not NOT_OURS.fullmatch(text.strip() or ".")
    ]
    assert [text for text in missed if text not in told] == []


def _words_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [word for each in value or () for word in _words_of(each)]
