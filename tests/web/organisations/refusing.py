"""Refusals, as tests speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sealwright.web.core.refusals import Refusal


@contextmanager
def refused(status: int, words: str = "") -> Iterator[None]:
    """What happens inside is turned down with this status, and says these words."""
    with pytest.raises(Refusal) as refusal:
        yield
    assert refusal.value.kind.status == status
    assert words in str(refusal.value.detail)
