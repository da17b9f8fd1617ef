"""A sentence model of one node, in the wire format of ONNX, and its tokeniser."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from struct import pack

import pytest

from sealwright.skills.matching.onnx import MODEL, TOKENISER

HAS_EXTRA = find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None
with_extra = pytest.mark.skipif(not HAS_EXTRA, reason="needs the extra onnx")

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "bake", "bread", "cake"]
VECTORS = [[0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 1], [0, 2]]


def number(field: int, value: int) -> bytes:
    return bytes([field << 3, value])


def part(field: int, content: bytes | str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    size = len(data)
    return bytes([field << 3 | 2, size & 0x7F | 0x80, size >> 7]) + data


def shaped(name: str, kind: int, *sizes: str) -> bytes:
    """A ValueInfoProto; sizes that are no digits have names."""
    dims = b"".join(
        part(1, number(1, int(each)) if each.isdigit() else part(2, each)) for each in sizes
    )
    return part(1, name) + part(2, part(1, number(1, kind) + part(2, dims)))


def a_graph() -> bytes:
    """Looks the vector of each token up: Gather(vectors, input_ids)."""
    flat = [value for row in VECTORS for value in row]
    vectors = number(1, len(VECTORS)) + number(1, 2) + number(2, 1) + part(8, "vectors")
    vectors += part(9, pack(f"<{len(flat)}f", *flat))
    node = part(1, "vectors") + part(1, "input_ids") + part(2, "states") + part(4, "Gather")
    graph = part(1, node) + part(2, "small") + part(5, vectors)
    graph += part(11, shaped("input_ids", 7, "texts", "tokens"))
    graph += part(12, shaped("states", 1, "texts", "tokens", "2"))
    return number(1, 8) + part(7, graph) + part(8, number(2, 13))


def a_tokeniser() -> str:
    special = [
        {"id": n, "content": PIECES[n], "special": True, "single_word": False,
         "lstrip": False, "rstrip": False, "normalized": False}
        for n in range(4)
    ]  # fmt: skip
    return json.dumps(
        {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "BertNormalizer", "clean_text": True,
                           "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": None, "decoder": None,
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100,
                      "vocab": {piece: n for n, piece in enumerate(PIECES)}},
        }
    )  # fmt: skip


def a_folder(folder: Path) -> Path:
    (folder / MODEL).write_bytes(a_graph())
    (folder / TOKENISER).write_text(a_tokeniser(), "utf-8")
    return folder
