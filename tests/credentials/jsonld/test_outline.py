"""The short way to a canonical form leads where the general one does, or says that it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealwright.credentials.issue import Evidence, Identity, Recipient, Result, slot, slots_of
from sealwright.credentials.issue.slots import filled
from sealwright.credentials.jsonld import canonize
from sealwright.credentials.jsonld.outline import Outline
from tests.credentials.issue.samples import CONTEXTS, achievement, changed, credential

NAMES = ("id", "holder", "tag", "one", "two", "log", "note")


def described(**changes: Any) -> dict[str, Any]:
    """A credential whose places are in names of nodes, in lists, and in unnamed nodes."""
    given: dict[str, Any] = {
        "id": slot("id"),
        "recipient": Recipient(id=slot("holder")),
        "achievement": achievement(tag=("safety", slot("tag"), "sea {{tag}}")),
        "result": (Result(value=slot("one")), Result(value=slot("two"), status="Completed")),
        "evidence": (
            Evidence(id="https://harbour.example/{{log}}", name="100 % {{note}}"),
            Evidence(id="https://harbour.example/logs", narrative=slot("note")),
            Evidence(name=slot("note")),
        ),
    }
    return credential(**given | changes)


class Short:
    """The outline of a document, asked by the names of its places."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.names = slots_of(document)
        markers = {name: f"urn:mark{number}-" for number, name in enumerate(self.names)}
        indices = {marker: index for index, marker in enumerate(markers.values())}
        marked = filled(document, markers)
        self.outline = Outline(marked, indices, len(indices), CONTEXTS, "sha256")

    def takes(self, values: dict[str, str]) -> bool:
        return self.outline.takes([values[name] for name in self.names])

    def canonical(self, values: dict[str, str]) -> bytes | None:
        return self.outline.canonical([values[name] for name in self.names])


DOCUMENT = described()
OUTLINE = Short(DOCUMENT)
USUAL = {
    "id": "urn:uuid:6f0c1a52-0000-4000-8000-00000000000a",
    "holder": "did:example:mira",
    "tag": "sailing",
    "one": "1",
    "two": "2",
    "log": "7",
    "note": "62 miles",
}


def generally(values: dict[str, str], document: dict[str, Any] = DOCUMENT) -> bytes:
    return canonize(filled(document, values), contexts=CONTEXTS)


def test_usual_values_take_the_short_way() -> None:
    assert OUTLINE.takes(USUAL)
    assert OUTLINE.canonical(USUAL) == generally(USUAL)


TEXTS = st.text(st.sampled_from('ab sety"\\\n\t%é😀\x00\x7f\x85'), max_size=4)
ADDRESSES = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["did:a", "did:web:harbour.example", "urn:x:", "urn:uuid:6f0c1a52", "https://"]
    ),
    st.text("/-0:az~é", max_size=3),
)


@given(
    st.fixed_dictionaries(
        {name: ADDRESSES if name in ("id", "holder") else TEXTS for name in NAMES}
        | {"log": st.text("/-0:az~é", min_size=1, max_size=4) | st.just("logs")}
    )
)
def test_the_short_way_leads_where_the_general_one_does(values: dict[str, str]) -> None:
    assert OUTLINE.takes(values)
    assert OUTLINE.canonical(values) in (None, generally(values))


TWELVE = credential(result=tuple(Result(value=slot(f"v{number}")) for number in range(12)))
OF_TWELVE = Short(TWELVE)


@given(st.permutations([f"{number:02}" for number in range(12)]))
def test_many_unnamed_nodes_may_come_in_any_order(texts: list[str]) -> None:
    values = {f"v{number}": text for number, text in enumerate(texts)}

    assert OF_TWELVE.canonical(values) == generally(values, TWELVE)


TAGGED = credential(achievement=achievement(tag=tuple(slot(f"t{number}") for number in range(20))))
OF_TWENTY = Short(TAGGED)


@given(st.lists(st.sampled_from("abcdef"), min_size=20, max_size=20))
def test_many_values_of_one_member_may_come_in_any_order(texts: list[str]) -> None:
    values = {f"t{number}": text for number, text in enumerate(texts)}

    assert OF_TWENTY.canonical(values) == generally(values, TAGGED)


@pytest.mark.parametrize(
    "other",
    [
        {"id": "did:example:mira"},
        {"holder": "did:web:harbour.example"},
        {"log": "logs"},
    ],
)
def test_nodes_that_come_to_have_one_name_are_left_to_the_general_way(
    other: dict[str, str],
) -> None:
    values = USUAL | other

    assert OUTLINE.takes(values)
    assert OUTLINE.canonical(values) is None


def test_unnamed_nodes_that_look_alike_are_left_to_the_general_way() -> None:
    outline = Short(credential(result=(Result(value="7"), Result(value=slot("one")))))

    assert outline.canonical({"one": "8"})
    assert outline.canonical({"one": "7"}) is None


def test_equal_lines_are_one_line() -> None:
    values = USUAL | {"tag": "safety"}

    canonical = OUTLINE.canonical(values)

    assert canonical == generally(values)
    assert canonical.count(b'"safety"') == 1


def test_links_to_unnamed_nodes_that_look_alike_each_count() -> None:
    nobody = described(recipient=Recipient(identifier=(Identity.of_name(slot("holder")),)))
    document = changed(nobody, "/credentialSubject/role", slot("note"))

    canonical = Short(document).canonical(USUAL)

    assert canonical == generally(USUAL, document)
