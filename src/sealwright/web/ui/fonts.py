"""Two open fonts, subset at set-up from packages of the extra `assets`.

No font file lives in the repository. Where the packages or the tools are absent nothing
is made, and the pages use the fonts of the reader's system.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

CHARACTERS = (
    "U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02C6,U+02DC,U+1E80-1E85,U+1E9E,U+1EF2-1EF3,"
    "U+2010-2027,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2713"
)
"""Latin as European languages write it; other scripts come from the reader's system."""


class Font(NamedTuple):
    """A font file within an installed package, and what becomes of it."""

    family: str
    weights: str
    package: str
    file: str
    licence: str
    name: str
    features: str


FONTS = (
    Font("Sealwright Sans", "200 800", "font_manrope", "Manrope-VariableFont_wght.ttf",
         "OFL.txt", "sans", "kern,liga,tnum,lnum,locl,mark,mkmk,ccmp"),
    Font("Sealwright Serif", "600", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf",
         "LICENSE.txt", "serif", "kern,liga,lnum,locl,ccmp"),
)  # fmt: skip

DRAWN = (
    ("font_manrope", "Manrope-Medium.ttf"),
    ("font_manrope", "Manrope-Bold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
)
"""The same fonts as whole files, for pictures and documents that the server draws."""

TOOLS = ("fontTools", "brotli")


def can_be_made() -> bool:
    """Are the fonts and the tools that subset them installed?"""
    return all(find_spec(name) for name in (*TOOLS, *(font.package for font in FONTS)))


def make(folder: Path) -> None:
    """Write the subset fonts, their licences and `fonts.css` to `folder`, the stylesheet last."""
    folder.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        files = _package_folder(font.package) / "files"
        _subset(files / font.file, folder / f"{font.name}.woff2", font.features)
        shutil.copyfile(files / font.licence, folder / f"{font.name}-licence.txt")
    (folder / "fonts.css").write_text("".join(_face(font) for font in FONTS), "utf-8")


def drawn() -> dict[str, Path]:
    """The files of `DRAWN` by name; none where the packages are not installed."""
    return {
        file: _package_folder(package) / "files" / file
        for package, file in DRAWN
        if find_spec(package)
    }


def _subset(source: Path, target: Path, features: str) -> None:
    from fontTools import subset

    subset.main(
        [
            str(source),
            f"--unicodes={CHARACTERS}",
            f"--layout-features={features}",
            "--flavor=woff2",
            "--no-hinting",
            f"--output-file={target}",
        ]
    )


def _face(font: Font) -> str:
    return (
        f'@font-face{{font-family:"{font.family}";src:url({font.name}.woff2) format("woff2");'
        f"font-weight:{font.weights};font-display:swap}}\n"
    )


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent
