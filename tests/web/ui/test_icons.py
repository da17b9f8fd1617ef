"""Every icon that a template names is there: a missing one would break the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template

import sealwright.web

TEMPLATES = sorted(Path(sealwright.web.__path__[0]).glob("*/templates/**/*.html"))
NAMED = re.compile(r'{% icon "([\w-]+)"|icon_name="([\w-]+)"|console_link "[\w:-]+" \w+ "([\w-]+)"')


def names(template: Path) -> set[str]:
    return {name for found in NAMED.findall(template.read_text("utf-8")) for name in found if name}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_icon_of_a_template_can_be_drawn(template: Path) -> None:
    for name in names(template):
        drawn = Template(f'{{% load ui %}}{{% icon "{name}" %}}').render(Context())

        assert "<svg" in drawn, name


@pytest.mark.parametrize("name", ["check", "question"])
def test_an_icon_that_is_drawn_many_times_is_told_once(name: str) -> None:
    drawn = Template(f'{{% load ui %}}{{% symbol "{name}" "mark-1" %}}').render(Context())

    assert drawn.startswith('<symbol id="mark-1" viewBox="0 0 24 24">')
    assert drawn.endswith("</symbol>")
    assert "<path" in drawn
    assert "svg" not in drawn
