"""Pictures of an award: the badge that carries its credential, and the card for shared links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _
from PIL import ImageFont

from sealwright.credentials.formats.images import bake
from sealwright.web.catalogue.models import Picture
from sealwright.web.issuing.models import Award
from sealwright.web.pages.award_page import ENDED_EARLY, day_of
from sealwright.web.ui import fonts
from sealwright.web.ui.rasters import png_of
from sealwright.web.ui.seal import initials, standalone_seal

BADGE_WIDTH: Final = 600
CARD_WIDTH, CARD_HEIGHT = 1200, 630

_SANS, _BOLD = "Manrope-Medium.ttf", "Manrope-Bold.ttf"
_SERIF = "SourceSerifPro-Semibold.ttf"
_INK, _INK_2, _PINE, _BRICK = "#13201f", "#475654", "#0b5d57", "#9c2f18"
_ROOM: Final = 610
"""Pixels in which the words of a card have to fit."""


def seal_svg(award: Award) -> str:
    """The seal of an award as a drawing of its own; hollow where it was taken back."""
    label = _("Seal of “%(title)s” by %(name)s") % {
        "title": award.version.title,
        "name": award.organisation.name,
    }
    letters = initials(award.organisation.name)
    return standalone_seal(award.url, letters, label=label, hollow=_is_hollow(award))


def badge_png(award: Award) -> bytes:
    """The picture of the programme, or the seal."""
    if has_picture(award):
        picture = award.version.content.picture
        found = Picture.objects.filter(public_id=picture).values_list("png", flat=True).first()
        if found is not None:
            return bytes(found)
    return png_of(seal_svg(award), width=BADGE_WIDTH)


def has_picture(award: Award) -> bool:
    """Is its badge a picture of the programme's own, and no seal that has to be drawn?"""
    return bool(award.version.content.picture) and not _is_hollow(award)


def baked_png(award: Award, document: bytes) -> bytes:
    """The badge with the credential in it."""
    return bake(badge_png(award), document.decode())


def baked_svg(award: Award, document: bytes) -> bytes:
    """The seal with the credential in it."""
    return bake(seal_svg(award).encode(), document.decode())


def card_png(award: Award) -> bytes:
    """The card as PNG."""
    return png_of(card_svg(award), width=CARD_WIDTH)


def card_svg(award: Award) -> str:
    """Seal, title, issuer and day, legible when it is small. It says nothing of validity,
    because others keep the picture; only that an award was taken back is told."""
    seal = re.sub(r'width="480" height="480"', 'x="70" y="103" width="424" height="424"',
                  seal_svg(award), count=1)  # fmt: skip
    is_hollow = _is_hollow(award)
    below = _("Taken back by its issuer") if is_hollow else day_of(award.awarded_at)
    words = "".join(
        _lines(
            [
                *_text(award.organisation.name, _BOLD, 27, _PINE, most=1, after=26),
                *_title(award.version.title),
                *_text(_name_of(award), _SANS, 33, _INK_2, most=1, before=16, after=10),
                *_text(below, _BOLD if is_hollow else _SANS, 25, _BRICK if is_hollow else _INK_2,
                       most=1),
            ]
        )
    )  # fmt: skip
    host = escape(settings.BASE_URL.partition("://")[2])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" '
        f'viewBox="0 0 {CARD_WIDTH} {CARD_HEIGHT}"><rect width="1200" height="630" '
        f'fill="#f3f6f5"/><rect x="38" y="38" width="488" height="554" rx="20" fill="#dcefeb"/>'
        f'<rect x="0" y="618" width="1200" height="12" fill="{_BRICK if is_hollow else _PINE}"/>'
        f'{seal}{words}<text x="548" y="578" font-family="Manrope" font-weight="500" '
        f'font-size="21" fill="{_INK_2}">{escape(_("Check it at"))} {host}</text></svg>'
    )


def _name_of(award: Award) -> str:
    """The holder's name, where it is signed: a picture has no room to say that it is not."""
    recipient = getattr(award, "recipient", None)
    return recipient.name if recipient and award.version.content.name_signed else ""


def _is_hollow(award: Award) -> bool:
    return award.standing in ENDED_EARLY


# --- Words on a card ------------------------------------------------------------------------

Line = tuple[str, str, int, str, int]
"""Words, font file, size, colour, and the distance to the line above."""


def _title(title: str) -> list[Line]:
    """As large as it fits into three lines."""
    for size in (64, 54, 45, 38):
        lines = _text(title, _SERIF, size, _INK, most=9)
        if len(lines) <= 3:
            return lines
    return _text(title, _SERIF, 38, _INK, most=3)


def _text(
    words: str, font: str, size: int, colour: str, *, most: int, before: int = 0, after: int = 0
) -> list[Line]:
    lines = wrapped(words, font, size)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,;:')}…"]
    step = round(size * 1.16)
    told = [(line, font, size, colour, step + (0 if n else before)) for n, line in enumerate(lines)]
    if told and after:
        told.append(("", font, size, colour, after))
    return told


def wrapped(words: str, font: str, size: int) -> list[str]:
    """The words in lines that fit the room of a card."""
    lines: list[str] = []
    for word in _pieces(words.split(), font, size):
        if lines and _width(f"{lines[-1]} {word}", font, size) <= _ROOM:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _pieces(words: Iterable[str], font: str, size: int) -> Iterator[str]:
    """The words, those cut that fill more than a line: not all scripts have blanks."""
    for word in words:
        while _width(word, font, size) > _ROOM:
            most = max(1, int(len(word) * _ROOM / _width(word, font, size)))
            yield word[:most]
            word = word[most:]
        yield word


def _width(words: str, font: str, size: int) -> float:
    measured = _font(font, size)
    return measured.getlength(words) if measured else len(words) * size * 0.56


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    path = fonts.drawn().get(name)
    return ImageFont.truetype(path, size) if path else None


def _lines(lines: list[Line]) -> Iterator[str]:
    """The lines one below the other, the whole in the middle of the card."""
    y = (CARD_HEIGHT - sum(step for *_, step in lines)) / 2 - 18
    for words, font, size, colour, step in lines:
        y += step
        family = "Source Serif Pro" if font == _SERIF else "Manrope"
        weight = {_SERIF: 600, _BOLD: 700}.get(font, 500)
        yield (
            f'<text x="548" y="{y:.0f}" font-family="{family}" font-weight="{weight}" '
            f'font-size="{size}" fill="{colour}">{escape(words)}</text>'
        )
