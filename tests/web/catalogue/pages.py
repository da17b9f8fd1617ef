"""Reading pages of the console as people do."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client


def words_of(page: str) -> str:
    """The page's words, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&quot;", '"')


def read(client: Client, address: str, **asked: str) -> str:
    """The words of a page that is there."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def fields_of(page: str, form_id: str = "part") -> dict[str, Any]:
    """What a browser would send of a form: text, chosen options, ticked boxes."""
    start = page.index(f'id="{form_id}"')
    form = page[start : page.index("</form>", start)]
    told: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("file", "submit") or "name" not in attributes:
            continue
        if kind in ("checkbox", "radio"):
            if re.search(r"\schecked", tag):
                told[attributes["name"]] = _unescaped(attributes.get("value", "on"))
            continue
        told[attributes["name"]] = _unescaped(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        told[name] = _unescaped(text)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\sselected', options)
        first = re.findall(r'<option value="([^"]*)"', options)
        told[name] = _unescaped((chosen or first or [""])[0])
    return told


def _unescaped(text: str) -> str:
    for sign, name in (("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#x27"), ("&", "amp")):
        text = text.replace(f"&{name};", sign)
    return text
