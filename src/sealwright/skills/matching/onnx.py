"""A sentence model in a folder of the operator's own: `model.onnx` and `tokenizer.json`.

Needs the extra `onnx`. Nothing is downloaded, and the model runs on one core. The folder holds a
model of the kind of all-MiniLM-L6-v2 as its publisher offers it: states of each token, which are
averaged, or one vector a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np

from sealwright.skills.errors import UnusableModel
from sealwright.skills.matching.table import Floats, units

MODEL: Final = "model.onnx"
TOKENISER: Final = "tokenizer.json"
LONGEST: Final = 128
"""Tokens of a text that are looked at."""
AT_ONCE: Final = 64


class OnnxModel:
    """Turns texts into vectors; make it once.

    Raises:
        UnusableModel: the extra is not installed, or the folder holds no such model.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as problem:
            raise UnusableModel(
                "a model needs the extra “onnx”: pip install 'sealwright[onnx]'", "model-no-extra"
            ) from problem
        missing = [name for name in (MODEL, TOKENISER) if not (folder / name).is_file()]
        if missing:
            raise UnusableModel(
                f"{folder} has no {' and no '.join(missing)}: put there what the publisher of the "
                "model offers",
                "model-missing",
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            model, tokeniser = ((folder / name).read_bytes() for name in (MODEL, TOKENISER))
            self._session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_str(tokeniser.decode())
            self._tokenizer.enable_truncation(LONGEST)
            self._tokenizer.enable_padding()
            self._inputs = {each.name for each in self._session.get_inputs()}
            self.texts(["a text to try it with"])
        except Exception as problem:  # both libraries raise what they like
            raise UnusableModel(
                f"{folder} holds no sentence model: {str(problem)[:200]}", "model-unreadable"
            ) from problem
        self.digest = sha256(model + tokeniser).hexdigest()

    def texts(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; texts of like length run together."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        parts = [order[start : start + AT_ONCE] for start in range(0, len(order), AT_ONCE)]
        found = np.concatenate([self._run([texts[n] for n in part]) for part in parts])
        return found[np.argsort(order)]

    def _run(self, texts: list[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in encoded], np.int64)
        mask = np.array([each.attention_mask for each in encoded], np.int64)
        known = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in known.items() if name in self._inputs}
        states = self._session.run(None, given)[0]
        if states.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            states = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return units(states)
