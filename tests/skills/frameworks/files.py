"""Small files in the shapes of the publishers, written by us."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SKILLS = (
    "conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels",
    "hiddenLabels", "status", "modifiedDate", "scopeNote", "definition", "inScheme", "description",
)  # fmt: skip
ESCO = "http://data.europa.eu/esco"


def table(path: Path, columns: Iterable[str], *rows: Mapping[str, str], tab: bool = False) -> Path:
    """Write a CSV or tab-delimited file; cells that a row does not name stay blank."""
    names = list(columns)
    with path.open("w", encoding="utf-8", newline="") as stream:
        if tab:
            stream.write("\t".join(names) + "\r\n")
            for row in rows:
                stream.write("\t".join(row.get(name, "") for name in names) + "\r\n")
        else:
            writer = csv.DictWriter(stream, names)
            writer.writeheader()
            writer.writerows(rows)
    return path


def esco_skill(number: int, label: str, **cells: str) -> dict[str, str]:
    """A row of skills_en.csv."""
    return {
        "conceptUri": f"{ESCO}/skill/{number}",
        "skillType": "skill/competence",
        "preferredLabel": label,
        "status": "released",
        **cells,
    }


def document(path: Path, value: Any) -> Path:
    """Write a JSON file."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def archive(path: Path, *files: Path) -> Path:
    """Write a ZIP with these files in a folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for file in files:
            opened.write(file, f"folder/{file.name}")
    return path
