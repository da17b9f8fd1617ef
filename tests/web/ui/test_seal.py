"""The seal: the same for the same credential, another for another, and only ever a drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sealwright.web.ui.seal import Rosette, initials, seal


@given(st.text(), st.text(max_size=5), st.text(max_size=20))
def test_whatever_a_credential_is_called_its_seal_is_well_formed(
    identity: str, letters: str, label: str
) -> None:
    printable = "".join(c for c in letters + label if c.isprintable())

    drawing = ElementTree.fromstring(seal(identity, printable, label=printable))  # noqa: S314

    assert drawing.tag == "svg"
    assert {node.tag for node in drawing.iter()} <= {
        "svg", "defs", "path", "ellipse", "circle", "g", "use", "text",
    }  # fmt: skip


def test_the_same_id_gives_the_same_seal_and_another_gives_another() -> None:
    assert Rosette.of("urn:uuid:1") == Rosette.of("urn:uuid:1")
    assert Rosette.of("urn:uuid:1") != Rosette.of("urn:uuid:2")


def test_two_sizes_of_a_seal_can_stand_on_one_page() -> None:
    small, large, hollow = (
        seal("a", "A", small=True),
        seal("a", "A"),
        seal("a", "A", hollow=True),
    )

    ids = [set(re.findall(' id="([^"]*)"', drawn)) for drawn in (small, large, hollow)]

    assert ids[0].isdisjoint(ids[1])
    assert ids[1].isdisjoint(ids[2])


def test_a_hollow_seal_names_nobody() -> None:
    assert "<text" in seal("a", "NU")
    assert "<text" not in seal("a", "NU", hollow=True)


def test_initials_are_those_of_the_telling_words() -> None:
    assert initials("Northshore University") == "NU"
    assert initials("école des ponts") == "ÉP"
    assert initials("<script>") == ""
