from __future__ import annotations

import pytest

from sealwright.credentials.issue import vocabulary


@pytest.mark.parametrize("word", ["MicroCredential", "ext:Regatta", "ext:my.badge_2"])
def test_the_words_of_the_list_and_ones_own_are_allowed(word: str) -> None:
    assert vocabulary.allows(vocabulary.ACHIEVEMENT_TYPES, word)


@pytest.mark.parametrize("word", ["microcredential", "Regatta", "ext:", "my ext:Regatta", ""])
def test_other_words_are_not(word: str) -> None:
    assert not vocabulary.allows(vocabulary.ACHIEVEMENT_TYPES, word)
