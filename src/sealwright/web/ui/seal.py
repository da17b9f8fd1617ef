"""The seal: an engraver's rosette whose every number comes from the credential's id.

No two are alike and no badge needs an artist. It is decoration: no state depends on it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

MIDDLE = 120
"""Centre of the drawing, whose box is 240 wide and high."""

_COLOURS = {
    'class="rule-thick"': 'fill="none" stroke="#0b5d57" stroke-width="1.5"',
    'class="rule dashed"': 'fill="none" stroke="#0b5d57" stroke-width=".55" stroke-dasharray="3 4"',
    'class="rule spin"': 'fill="none" stroke="#0b5d57" stroke-width=".55"',
    'class="rule"': 'fill="none" stroke="#0b5d57" stroke-width=".55"',
    'class="core"': 'fill="#fff"',
    "<text ": (
        '<text fill="#0b5d57" text-anchor="middle" font-weight="600" '
        "font-family=\"'Source Serif Pro','Source Serif 4',Georgia,serif\" "
    ),
}
"""What a seal looks like where no stylesheet of ours reaches, by what it is called in ours."""

_PALE = {'class="rule"': 'fill="none" stroke="#dfeae7" stroke-width=".28"'}


@dataclass(frozen=True, slots=True)
class Rosette:
    """The numbers behind one seal."""

    key: str
    lobes: int
    petals: int
    radius_x: int
    radius_y: int
    offset: int

    @classmethod
    def of(cls, identity: str) -> Rosette:
        """The rosette of a credential's id."""
        digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()
        return cls(
            key=f"s{digest.hex()[:8]}",
            lobes=10 + digest[0] % 9,
            petals=18 + digest[1] % 13 * 2,
            radius_x=30 + digest[2] % 14,
            radius_y=12 + digest[3] % 8,
            offset=44 + digest[4] % 8,
        )


def wave(radius: float, swing: float, lobes: int) -> str:
    """A closed wavy ring around the middle, as SVG path data of quadratic curves."""
    count = lobes * 2
    bends = []
    for k in range(count):
        angle = 2 * math.pi * k / count
        reach = radius + (swing if k % 2 else -swing) * 1.9
        bends.append((MIDDLE + reach * math.cos(angle), MIDDLE + reach * math.sin(angle)))
    joints = [
        ((x + before_x) / 2, (y + before_y) / 2)
        for (before_x, before_y), (x, y) in zip([bends[-1], *bends[:-1]], bends, strict=True)
    ]
    curves = (
        f"Q{x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}"
        for (x, y), (to_x, to_y) in zip(bends, [*joints[1:], joints[0]], strict=True)
    )
    return f"M{joints[0][0]:.1f} {joints[0][1]:.1f}{''.join(curves)}z"


def initials(name: str) -> str:
    """Up to two capitals for the core of a seal.

    >>> initials("University of the North"), initials("acme"), initials("")
    ('UN', 'A', '')
    """
    words = [word for word in name.split() if word[:1].isalnum()]
    telling = [word for word in words if word[:1].isupper()] or words
    chosen = telling if len(telling) < 2 else [telling[0], telling[-1]]
    return "".join(word[0].upper() for word in chosen)


def seal(
    identity: str, letters: str, *, label: str = "", hollow: bool = False, small: bool = False
) -> SafeString:
    """The seal as inline SVG. A hollow one is only the band: nothing stands behind it."""
    return format_html(
        '<svg class="seal{}" viewBox="0 0 240 240" {}>{}</svg>',
        " small" if small else "",
        format_html('role="img" aria-label="{}"', label) if label else _HIDDEN,
        _drawn(identity, letters, hollow=hollow, small=small),
    )


def standalone_seal(identity: str, letters: str, *, label: str, hollow: bool = False) -> str:
    """The seal as an SVG document of its own, with its colours in it, on a white disc."""
    drawing = _drawn(identity, letters, hollow=hollow, small=False)
    return _document(label, _DISC + drawing, _COLOURS)


def watermark(identity: str) -> str:
    """The lines of the seal alone, pale and thin, to be printed on."""
    rosette = Rosette.of(identity)
    band = _turned("b", [360 / rosette.lobes / 6 * k for k in range(6)])
    petals = _turned("e", [360 / rosette.petals * k for k in range(rosette.petals)])
    return _document(
        "",
        format_html(
            '<defs><path id="b" d="{}"/><ellipse id="e" cx="{}" cy="120" rx="{}" ry="{}"/></defs>'
            '<circle class="rule" cx="120" cy="120" r="117"/><g class="rule">{}</g>'
            '<g class="rule">{}</g>',
            wave(97, 7, rosette.lobes), MIDDLE + rosette.offset, rosette.radius_x,
            rosette.radius_y, band, petals,
        ),
        _PALE,
    )  # fmt: skip


def _document(label: str, drawing: str, colours: Mapping[str, str]) -> str:
    for called, attributes in colours.items():
        drawing = drawing.replace(called, attributes)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480" '
        'viewBox="0 0 240 240" role="img"><title>{}</title>{}</svg>',
        "".join(sign for sign in label if sign.isprintable()),
        mark_safe(drawing),  # noqa: S308 - escaped above, and our own constants
    )


def _drawn(identity: str, letters: str, *, hollow: bool, small: bool) -> SafeString:
    rosette = Rosette.of(identity)
    key = f"{rosette.key}{'m' if small else ''}{'h' if hollow else ''}"
    turns = 4 if small else 6
    band = _turned(f"{key}b", [360 / rosette.lobes / turns * k for k in range(turns)])
    count = rosette.petals // 2 if small else rosette.petals
    petals = _turned(f"{key}e", [360 / count * k for k in range(count)])
    return format_html(
        '<defs><path id="{}b" d="{}"/>'
        '<ellipse id="{}e" cx="{}" cy="120" rx="{}" ry="{}"/></defs>'
        '<circle class="rule-thick" cx="120" cy="120" r="117"/>'
        '<circle class="rule" cx="120" cy="120" r="113"/>'
        '<g class="rule spin">{}</g>{}',
        key,
        wave(97, 7, rosette.lobes),
        key,
        MIDDLE + rosette.offset,
        rosette.radius_x,
        rosette.radius_y,
        band,
        _EMPTY if hollow else _inside(petals, letters),
    )


_DISC = mark_safe('<circle cx="120" cy="120" r="119" fill="#fff"/>')
_HIDDEN = format_html('aria-hidden="{}"', "true")
_EMPTY = format_html('<circle class="rule dashed" cx="{}" cy="120" r="82"/>', MIDDLE)


def _inside(petals: SafeString, letters: str) -> SafeString:
    return format_html(
        '<g class="rule">{}</g><circle class="rule" cx="120" cy="120" r="82"/>'
        '<circle class="core" cx="120" cy="120" r="31"/>'
        '<circle class="rule-thick" cx="120" cy="120" r="31"/>'
        '<text x="120" y="130" font-size="28">{}</text>',
        petals,
        letters,
    )


def _turned(name: str, angles: list[float]) -> SafeString:
    uses = [(name, f"{angle:.2f}") for angle in angles]
    return format_html_join("", '<use href="#{}" transform="rotate({} 120 120)"/>', uses)
