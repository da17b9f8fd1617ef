"""What is learnt from: pairs of texts that mean the same, read from public data.

The files are those that `SOURCES.md` of the data folder names. Nothing is read from a labelled
test set; `advert-sentences-a` and `-b` are for choosing settings, never for training.
"""

from __future__ import annotations

import ast
import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill or an occupation as ESCO describes it."""

    uri: str
    label: str
    alternatives: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an advert with the ESCO labels that people gave it, perhaps none."""

    text: str
    labels: frozenset[str] = field(default_factory=frozenset)


def esco(data: Path, sheet: str) -> list[Concept]:
    """The concepts of one sheet (`skills_en.csv`, `occupations_en.csv`) of ESCO 1.1.1."""
    with zipfile.ZipFile(data / "esco" / "esco-v1.1.1-en-csv.zip") as archive:
        text = io.TextIOWrapper(archive.open(sheet), "utf-8", newline="")
        return [
            Concept(
                row["conceptUri"],
                row["preferredLabel"],
                tuple(dict.fromkeys(filter(None, row["altLabels"].split("\n")))),
                row["description"],
            )
            for row in csv.DictReader(text)
        ]


def advert_sentences(data: Path, name: str) -> list[Sentence]:
    """Distinct sentences of `advert-sentences-NAME`, with what ESCO has of their labels."""
    known = {each.label for each in esco(data, "skills_en.csv")}
    found: dict[str, set[str]] = {}
    with gzip.open(data / "train" / f"advert-sentences-{name}.csv.gz", "rt", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            found.setdefault(row["sentence"], set()).update({row["label"]} & known)
    return [Sentence(text, frozenset(labels)) for text, labels in found.items()]


def synthetic_sentences(data: Path, part: str) -> list[Sentence]:
    """Sentences of SkillSkape; `part` is `train` or `dev`."""
    with gzip.open(data / "train" / f"skillskape_{part}.csv.gz", "rt", encoding="utf-8") as f:
        return [
            Sentence(row["sentence"], frozenset(ast.literal_eval(row["skills"])) - {"UNK"})
            for row in csv.DictReader(f)
        ]


def real_sentences(data: Path) -> list[str]:
    """Sentences of adverts without labels (SkillSpan, the part for training)."""
    with gzip.open(data / "train" / "skillspan_train.json.gz", "rt", encoding="utf-8") as f:
        return [" ".join(json.loads(line)["tokens"]) for line in f]


def advert_lines(data: Path) -> dict[str, tuple[str, bool]]:
    """Distinct sentences of adverts, with what stands for the advert, and whether people marked a
    skill in it (SkillSpan, the part for training)."""
    found: dict[str, tuple[str, bool]] = {}
    with gzip.open(data / "train" / "skillspan_train.json.gz", "rt", encoding="utf-8") as f:
        for row in map(json.loads, f):
            text = " ".join(row["tokens"])
            marked = bool({"B", "I"} & {*row["tags_skill"], *row["tags_knowledge"]})
            if text not in found or marked > found[text][1]:
                found[text] = (f"{row['source']} {row['idx']}", marked)
    return found


def onet(data: Path, sheet: str) -> Iterator[dict[str, str]]:
    """Rows of a sheet of O*NET 29.3."""
    with gzip.open(data / "onet" / "29.3" / f"{sheet}.csv.gz", "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def pairs_of_concepts(concepts: list[Concept]) -> tuple[list[Pair], list[Pair]]:
    """Alternative label to label, and description to label."""
    labels = [(other, each.label) for each in concepts for other in each.alternatives]
    described = [(each.description, each.label) for each in concepts if each.description]
    return [(a, b) for a, b in labels if a.casefold() != b.casefold()], described


def pairs_of_sentences(sentences: list[Sentence]) -> list[Pair]:
    """Sentence to each of its labels."""
    return [(each.text, label) for each in sentences for label in sorted(each.labels)]


def pairs_of_tasks(data: Path) -> list[Pair]:
    """Task of an occupation to the activity it belongs to (O*NET)."""
    rows = {(row["Task"], row["DWA Title"].rstrip(".")) for row in onet(data, "Tasks_to_DWAs")}
    return sorted(rows)


def pairs_of_titles(data: Path) -> list[Pair]:
    """Reported title to the title of the occupation (O*NET)."""
    rows = {(row["Alternate Title"], row["Title"]) for row in onet(data, "Alternate_Titles")}
    return sorted(rows)
