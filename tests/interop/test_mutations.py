"""The changes that `make interop` tries on signed badges are many, different and real."""

from __future__ import annotations

import json

from interop.mutations import of_document, of_token

BADGE = {"id": "urn:x", "type": ["A", "B"], "subject": {"points": 2, "passed": True}}


def test_each_change_differs_from_the_badge_and_from_the_others() -> None:
    changed = [json.dumps(document) for _, document in of_document(BADGE)]

    assert len(set(changed)) == len(changed)
    assert json.dumps(BADGE) not in changed


def test_every_value_is_changed_and_every_member_removed_and_added_to() -> None:
    deeds = [deed for deed, _ in of_document(BADGE)]

    for path in ("id", "type/0", "type/1", "subject/points", "subject/passed"):
        assert f"change /{path}" in deeds
    for path in ("id", "type", "type/0", "type/1", "subject", "subject/points"):
        assert f"remove /{path}" in deeds
    assert {"add /", "add /subject", "add_unknown /", "add_unknown /subject"} <= set(deeds)


def test_the_badge_itself_is_left_as_it_is() -> None:
    before = json.dumps(BADGE)

    list(of_document(BADGE))

    assert json.dumps(BADGE) == before


def test_each_character_of_a_token_is_changed_once() -> None:
    changed = dict(of_token("ab._-"))

    assert changed == {
        "character 0": "bb._-",
        "character 1": "ac._-",
        "character 3": "ab.A-",
        "character 4": "ab.__",
    }
