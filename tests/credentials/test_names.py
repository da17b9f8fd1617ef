from __future__ import annotations

import pytest

from sealwright import credentials


@pytest.mark.parametrize("name", credentials.__all__)
def test_every_public_name_can_be_imported_from_the_top(name: str) -> None:
    assert getattr(credentials, name).__name__ in (name, "Signer", "read")


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Wizard'"):
        _ = credentials.Wizard
