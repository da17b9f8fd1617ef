"""Other ways to find skills, from one JSON file to another; runs in the environment of `training/`.

BM25 and TF-IDF see the label and all alternative labels of a skill as one document; MiniLM
(all-MiniLM-L6-v2, int8 ONNX, as its users would call it) compares a sentence with the labels.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from training.teacher import Teacher

DEEP = 100
Scorer = Callable[[str], np.ndarray]


class Ranker:
    """Scores all skills for a sentence, in several ways."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self.labels = [each[0] for each in names]
        self.documents = [" ; ".join(each) for each in names]

    def ranks(self, method: str, sentences: Sequence[str]) -> list[list[int]]:
        """The numbers of the best skills for each sentence, the best first."""
        score: Scorer = getattr(self, f"_{method}")()
        return [np.argsort(-score(each), kind="stable")[:DEEP].tolist() for each in sentences]

    def _bm25(self, k: float = 1.5, b: float = 0.75) -> Scorer:
        counter = CountVectorizer(token_pattern=r"(?u)\b\w+[+#]*")
        counts = counter.fit_transform(self.documents).tocsc().astype(np.float64)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        held = np.diff(counts.indptr)
        rarity = np.log(1 + (len(self.documents) - held + 0.5) / (held + 0.5))
        norm = k * (1 - b + b * lengths / lengths.mean())
        for term in range(counts.shape[1]):
            place = slice(counts.indptr[term], counts.indptr[term + 1])
            some = counts.data[place]
            counts.data[place] = (
                rarity[term] * some * (k + 1) / (some + norm[counts.indices[place]])
            )
        weights = counts.tocsr()
        return lambda text: (weights @ counter.transform([text]).T).toarray().ravel()

    def _tfidf_words(self) -> Scorer:
        pattern = r"(?u)\b\w+[+#]*"
        return self._tfidf(TfidfVectorizer(ngram_range=(1, 2), token_pattern=pattern))

    def _tfidf_letters(self) -> Scorer:
        return self._tfidf(TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)))

    def _tfidf(self, vectoriser: TfidfVectorizer) -> Scorer:
        vectoriser.set_params(sublinear_tf=True)
        known = vectoriser.fit_transform(self.documents)
        return lambda text: (known @ vectoriser.transform([text]).T).toarray().ravel()

    def _minilm(self) -> Scorer:
        teacher = Teacher(longest=128)
        digest = sha256("\n".join(self.labels).encode()).hexdigest()[:16]
        kept = Path(f"build/bench/minilm-{digest}.npy")
        if not kept.exists():
            np.save(kept, teacher.embed(self.labels))
        known = np.load(kept)
        return lambda text: known @ teacher.embed([text])[0]


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    ranker = Ranker(given["names"])
    found = {method: ranker.ranks(method, given["sentences"]) for method in given["methods"]}
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
