"""Certificates as PDF: a page for the wall, with the signed credential attached.

The document keeps to PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1): it is tagged, says
what its pictures show, and the credential is its associated file. Where no installed font has
the signs of a name it is a plain PDF, since neither standard allows that. It needs the extra
`certificates`; without it the page to print stands in.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sealwright.web.catalogue.content import SKILL_LEVELS
from sealwright.web.pages.award_page import AwardPage, state_of
from sealwright.web.pages.codes import qr_svg
from sealwright.web.pages.drawings import badge_png, seal_svg
from sealwright.web.pages.selectors.awards import document_of
from sealwright.web.ui import fonts
from sealwright.web.ui.kept import kept
from sealwright.web.ui.seal import watermark

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE: Final = files("sealwright.web.pages") / "typst" / "certificate.typ"
Standard = Literal["a-3a", "ua-1"]
STANDARDS: Final[list[Standard]] = ["a-3a", "ua-1"]

_one_at_a_time = Lock()


def can_be_made() -> bool:
    """Is the extra `certificates` installed?"""
    return find_spec("typst") is not None


def of_award(page: AwardPage) -> bytes:
    """The certificate of an award."""
    inputs = {
        "told": json.dumps(_told(page), sort_keys=True),
        "credential": document_of(page.credential).decode(),
    }
    template = TEMPLATE.read_text("utf-8")
    return kept(lambda: _compiled(inputs), template, *inputs.values(), kind="pdf")


def _compiled(inputs: dict[str, str]) -> bytes:
    from typst import TypstError

    with _one_at_a_time:
        try:
            return _written(inputs, STANDARDS)
        except TypstError:
            return _written(inputs, [])


def _written(inputs: dict[str, str], standards: list[Standard]) -> bytes:
    compiled = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=[*standards])
    return cast("bytes", compiled)


@lru_cache(maxsize=1)
def _compiler() -> Compiler:
    """Kept, because a new one reads all fonts again."""
    from typst import Compiler

    folders = sorted({str(path.parent) for path in fonts.drawn().values()})
    return Compiler(str(TEMPLATE), font_paths=folders)


# --- What it says ---------------------------------------------------------------------------


def _told(page: AwardPage) -> dict[str, Any]:
    """Everything in certificate.typ that differs from one certificate to the next."""
    award, telling = page.award, page.telling
    awarded = timezone.localdate(award.awarded_at)
    has_picture = bool(telling.content.picture) and not page.is_withdrawn
    holder = page.holder.name or _("a person who is not named")
    return {
        "document_title": _("%(title)s, awarded to %(name)s")
        % {"title": page.title, "name": holder},
        "date": [awarded.year, awarded.month, awarded.day],
        "lang": (get_language() or "en").partition("-")[0],
        "provider": award.organisation.name,
        "title": page.title,
        "title_size": _fitting(page.title, (28, 34), (44, 28), (80, 22), (160, 17)),
        "awarded_to": _("awarded to"),
        "holder": holder,
        "name_size": _fitting(holder, (34, 24), (60, 18), (200, 13)),
        "holder_note": "" if page.holder.is_signed else _("(the name is not signed)"),
        "sentence": _sentence(page),
        "state": state_of(page),
        "ground": watermark(award.url),
        "seal": list(badge_png(award)) if has_picture else seal_svg(award),
        "seal_format": "png" if has_picture else "svg",
        "seal_label": telling.content.picture_caption or _("The seal of this award"),
        "lines": _lines(page)[:7],
        "skills_label": _("What the holder has shown"),
        "skills": _skills(page),
        "check": _("Check it yourself"),
        "url": award.url,
        "qr": qr_svg(award.url),
        "qr_label": _("QR code that leads to %(url)s") % {"url": award.url},
        "counts": _(
            "What counts is the signature, not this page. The signed credential is attached to "
            "this file; any Open Badges 3.0 verifier reads it."
        ),
        "signed_by": _("Signed with %(key)s of %(did)s")
        % {"key": page.credential.key.name, "did": award.organisation.did},
        "file_name": "credential.json",
        "attachment": _("The signed credential (Open Badges 3.0)"),
    }


def _sentence(page: AwardPage) -> str:
    told = {"day": page.awarded, "after": page.after}
    if page.after:
        return _("on %(day)s, %(after)s") % told
    return _("on %(day)s") % told


def _lines(page: AwardPage) -> list[tuple[str, str]]:
    glance = {line.name: line for line in page.telling.glance}
    rigour = {line.name: line for line in page.telling.rigour}
    chosen = [glance["workload"], glance["level"], *rigour.values()]
    lines = [(_("Valid until"), page.ends or _("Without end"))]
    for result in page.card.results:
        lines.append((result.name or _("Result"), result.words))
    told = {line.label: line.value for line in chosen if line.is_told}
    return lines + list(told.items())


def _skills(page: AwardPage) -> list[tuple[str, int, int, str, str]]:
    """At most eight, with a sentence each where there is room for it."""
    skills = page.telling.skills[:8]
    has_room = len(skills) <= 4
    highest = len(SKILL_LEVELS)
    return [
        (
            each.skill.name,
            each.skill.level,
            highest,
            each.level_name,
            each.skill.shown_by if has_room else "",
        )
        for each in skills
    ]


def _fitting(words: str, *sizes: tuple[int, int]) -> int:
    """The size in points for words of this length."""
    return next((size for most, size in sizes if len(words) <= most), sizes[-1][1])
