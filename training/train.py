"""Make the token table: teacher, vocabulary, contrastive training, one file of whole numbers.

    python -m training.train [--data ../shared/data] [--out build/made/token-table.bin]

Some minutes on one core. Another run differs at most in the last digits. What
is not learnt here, the confidence of a match, is added by `training.calibrate`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from sealwright.skills.matching.table import TokenTable, quantised
from sealwright.skills.matching.wordpiece import WordPiece
from training import corpora
from training.contrast import Bags, Settings, Table, train
from training.corpora import Pair
from training.teacher import Teacher, pieces_of_teacher
from training.vocabulary import counted_words, frequencies, missing_words, plain_pieces

DIMENSIONS: Final = 256
WORDS: Final = 2_500
"""Whole words added to the teacher's pieces; as many as fit 8 MB."""
USES: Final = 4
RARITY: Final = 1e-3
"""A piece with this share of all pieces starts with half the weight of a rare one."""
SETTINGS: Final = Settings(epochs=4, batch=512, temperature=0.15, step=2e-3, seed=7)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/made/token-table.bin"))
    arguments = parser.parse_args()
    started = perf_counter()

    def say(words: str) -> None:
        print(f"{perf_counter() - started:6.0f} s  {words}", flush=True)

    pairs, others = texts_and_pairs(arguments.data)
    say(f"{len(pairs):,} pairs read")
    pieces, rows = beginning([text for pair in pairs for text in pair] + others)
    say(f"{len(pieces):,} pieces, each as the teacher sees it")
    table, cutter = Table(rows), WordPiece(pieces)
    right = {text: number for number, text in enumerate(dict.fromkeys(b for _, b in pairs))}
    same = np.array([right[b] for _, b in pairs])
    bags = (Bags(cutter, [a for a, _ in pairs]), Bags(cutter, [b for _, b in pairs]))
    for loss in train(table, *bags, same, SETTINGS):
        say(f"an epoch done, mean loss {loss:.3f}")
    whole, scales = quantised(table.rows)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    digest = TokenTable(pieces, whole, scales).write(arguments.out, about())
    say(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes, {digest[:8]}")
    return 0


def texts_and_pairs(data: Path) -> tuple[list[Pair], list[str]]:
    """The pairs to learn from, and further texts that only say which words are in use."""
    pairs: list[Pair] = []
    for sheet in ("skills_en.csv", "occupations_en.csv"):
        labels, described = corpora.pairs_of_concepts(corpora.esco(data, sheet))
        pairs += labels + described
    pairs += corpora.pairs_of_sentences(corpora.synthetic_sentences(data, "train"))
    pairs += corpora.pairs_of_titles(data)
    others = corpora.real_sentences(data)
    others += [row["Task"] for row in corpora.onet(data, "Task_Statements")]
    others += [row["Example"] for row in corpora.onet(data, "Technology_Skills")]
    return pairs, others


def beginning(texts: list[str]) -> tuple[list[str], np.ndarray]:
    """The pieces, and for each the teacher's vector: fewer dimensions, frequent pieces shorter."""
    counts = counted_words(dict.fromkeys(texts))
    pieces = plain_pieces(pieces_of_teacher())
    words = missing_words(counts, pieces, WORDS, USES)
    teacher = Teacher()
    vectors = np.concatenate([teacher.embed_pieces(pieces), teacher.embed(words)])
    pieces += words
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov(vectors.T))
    rows = vectors @ directions[:, ::-1][:, :DIMENSIONS]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    weights = RARITY / (RARITY + frequencies(counts, pieces))
    return pieces, (rows * weights[:, None]).astype(np.float32)


def about() -> dict[str, str]:
    """What the file says of itself; the model card says more."""
    return {
        "teacher": "all-MiniLM-L6-v2, Apache-2.0",
        "data": "ESCO 1.1.1 (2011/833/EU), O*NET 29.3 (CC BY 4.0), SkillSkape train (MIT)",
        "licence": "Apache-2.0",
    }


if __name__ == "__main__":
    sys.exit(main())
