"""What was received."""

from __future__ import annotations

import pickle

import pytest

from sealwright.credentials.model.received import Received, Securing, Standard, types_of
from tests.credentials.formats.samples import assertion, badge


@pytest.mark.parametrize(
    ("given", "types"),
    [
        ("Badge", ("Badge",)),
        (["Badge", 7, "Other"], ("Badge", "Other")),
        ({"Badge": 1}, ()),
        (None, ()),
    ],
)
def test_a_type_is_a_text_or_a_list_of_texts(given: object, types: tuple[str, ...]) -> None:
    assert types_of({"type": given}) == types


def test_an_open_badge_is_known_by_type_or_standard() -> None:
    def of(document: dict[str, object], standard: Standard) -> Received:
        return Received(document, standard, Securing.NONE)

    assert of(badge(), Standard.VC_2_0).is_open_badge
    assert of(badge(type="AchievementCredential"), Standard.VC_1_1).is_open_badge
    assert of(assertion(), Standard.OB_2_0).is_open_badge
    assert not of(badge(type="VerifiableCredential"), Standard.VC_2_0).is_open_badge


def test_it_crosses_a_process_pool_whole() -> None:
    received = Received(badge(), Standard.VC_2_0, Securing.JOSE, token="a.b.c", layers=("png",))

    assert pickle.loads(pickle.dumps(received)) == received
