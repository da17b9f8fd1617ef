"""A small token table and an index, quick to make and the same every time."""

from __future__ import annotations

import string
from pathlib import Path

import numpy as np

from sealwright.skills.matching import Index, Named, StaticMatcher, Target, TokenTable, build, load
from sealwright.skills.matching.confidence import Calibration
from sealwright.skills.matching.table import quantised

_WORDS = """
bake baking bread cake cook cooking meals kitchen java python sql program programming write
software design team lead leading teams work manage staff plan planning budget sales sell
customer customers serve service clean cleaning machine machines weld welding steel nurse
care patients chef baker developer experience knowledge good communication skills
"""
WORDS = _WORDS.split()
LETTERS = [mark + letter for mark in ("", "##") for letter in string.ascii_lowercase]
KIN = {"baking": "bake", "cooking": "cook", "teams": "team", "leading": "lead", "baker": "bake"}

SKILLS = [
    Named("urn:skill:bread", "bake bread", ("make bread", "bread baking")),
    Named("urn:skill:cake", "bake cake"),
    Named("urn:skill:cook", "cook meals", ("prepare meals",)),
    Named("urn:skill:java", "Java (computer programming)", ("Java", "Java programming")),
    Named("urn:skill:python", "Python (computer programming)", ("Python",)),
    Named("urn:skill:lead", "lead a team", ("team leading",)),
    Named("urn:skill:weld", "weld steel", ("steel welding",)),
    Named("urn:skill:care", "care for patients"),
]
OCCUPATIONS = [Named("urn:job:baker", "baker", ("bread baker",)), Named("urn:job:chef", "chef")]
CALIBRATION = Calibration(-4.0, {"names in a window": 6.0, "same words": 2.0}, threshold=0.9)


def a_table(folder: Path) -> TokenTable:
    """A table in which each word has a direction of its own, and kin share theirs."""
    pieces = [*WORDS, *LETTERS]
    random = np.random.default_rng(5)
    directions = {piece: random.normal(size=32) for piece in pieces}
    rows = [directions[KIN.get(piece, piece)] + 0.1 * directions[piece] for piece in pieces]
    path = folder / "table.bin"
    whole, scales = quantised(np.array(rows, np.float32))
    TokenTable(pieces, whole, scales).write(path, {"by": "test"})
    return TokenTable.read(path)


def an_index(folder: Path, table: TokenTable) -> Index:
    """Eight skills and two occupations."""
    path = folder / "small.index"
    build(path, {Target.SKILLS: SKILLS, Target.OCCUPATIONS: OCCUPATIONS}, table, {"by": "test"})
    return load(path)


def a_matcher(folder: Path) -> StaticMatcher:
    """A matcher over the small index."""
    table = a_table(folder)
    return StaticMatcher(an_index(folder, table), table, CALIBRATION)
