"""What the tests of matching share."""

from __future__ import annotations

import pytest

from sealwright.skills.matching import StaticMatcher
from tests.skills.matching.small import a_matcher


@pytest.fixture(scope="session")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> StaticMatcher:
    """A matcher over a small index."""
    return a_matcher(tmp_path_factory.mktemp("matching"))
