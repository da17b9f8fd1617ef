"""Template tags of the designer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sealwright.web.catalogue.rows import Rows
from sealwright.web.catalogue.telling import Line

register = template.Library()


@register.simple_tag
def focus(rows: Rows[Any], number: int, button: str) -> SafeString:
    """The attribute of the button that a moved row is left at."""
    return mark_safe(" autofocus") if rows.focus == f"{number}-{button}" else SafeString()


@register.simple_tag
def untold(lines: Sequence[Line]) -> str:
    """The names of the facts that are not told."""
    return ", ".join(line.label for line in lines if not line.is_told)


@register.simple_tag
def name_of(names: Mapping[str, str], label: str) -> str:
    """Who stands behind a label of the trail, for members of the organisation."""
    if label in names:
        return names[label]
    if label.startswith("key:"):
        return _("A program")
    return _("Somebody who has left")
