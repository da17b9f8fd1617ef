"""A model in a folder. Where the extra `onnx` is installed, a small real one is run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sealwright.skills.errors import UnusableModel
from sealwright.skills.matching.onnx import MODEL, TOKENISER, OnnxModel
from tests.skills.matching.tiny_model import HAS_EXTRA, a_folder, a_tokeniser, with_extra


@pytest.mark.skipif(HAS_EXTRA, reason="the extra onnx is there")
def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match=r"sealwright\[onnx\]") as caught:
        OnnxModel(tmp_path)

    assert caught.value.code == "model-no-extra"


@with_extra
def test_a_text_is_the_mean_of_its_tokens_and_its_neighbours_make_no_difference(
    tmp_path: Path,
) -> None:
    model = OnnxModel(a_folder(tmp_path))

    together = model.texts(["Bake bread", "cake", "bread", "what else is there"])

    half = 1 / np.sqrt(2)
    assert together == pytest.approx(np.array([[half, half], [0, 1], [0, 1], [0, 0]]), abs=1e-6)
    assert model.texts(["Bake bread"]) == pytest.approx(together[:1], abs=1e-6)


@with_extra
def test_the_checksum_is_that_of_both_files(tmp_path: Path) -> None:
    one = OnnxModel(a_folder(tmp_path)).digest
    (tmp_path / TOKENISER).write_text(a_tokeniser() + "\n", "utf-8")

    assert OnnxModel(tmp_path).digest != one


@with_extra
def test_what_is_missing_is_named(tmp_path: Path) -> None:
    a_folder(tmp_path)
    (tmp_path / TOKENISER).unlink()

    with pytest.raises(UnusableModel, match=r"no tokenizer\.json: put there") as caught:
        OnnxModel(tmp_path)
    assert caught.value.code == "model-missing"


@with_extra
@pytest.mark.parametrize("name", [MODEL, TOKENISER])
def test_what_is_no_model_is_refused(tmp_path: Path, name: str) -> None:
    (a_folder(tmp_path) / name).write_bytes(b"no model")

    with pytest.raises(UnusableModel, match="holds no sentence model") as caught:
        OnnxModel(tmp_path)
    assert caught.value.code == "model-unreadable"
