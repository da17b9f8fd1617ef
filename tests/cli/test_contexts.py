from __future__ import annotations

import hashlib

from sealwright.credentials.jsonld import ContextStore
from tests.cli.runs import Desk

STORE = ContextStore.shipped()
URL = "https://www.w3.org/ns/credentials/v2"


def test_every_context_is_listed_with_hash_origin_and_licence(desk: Desk) -> None:
    lines = desk.run("contexts", "list", "--json").lines

    assert [line["url"] for line in lines] == list(STORE.urls)
    assert all(line["sha256"] and line["origin"] and line["licence"] for line in lines)


def test_the_list_can_be_read_by_people(desk: Desk) -> None:
    ran = desk.run("contexts", "list")

    assert f"{URL}\n" in ran.out
    assert STORE.pinned(URL).sha256 in ran.out


def test_a_context_is_printed_byte_for_byte(desk: Desk) -> None:
    ran = desk.run("contexts", "print", URL)

    assert hashlib.sha256(ran.out.encode()).hexdigest() == STORE.pinned(URL).sha256


def test_a_context_that_we_do_not_know_cannot_be_printed(desk: Desk) -> None:
    ran = desk.run("contexts", "print", "https://harbour.example/context")

    assert ran.code == 2
    assert "https://harbour.example/context" in ran.err


def test_a_file_is_recognised_by_its_hash(desk: Desk) -> None:
    ran = desk.run("contexts", "check", desk.file("v2.jsonld", STORE.pinned(URL).text))

    assert ran.code == 0
    assert f"is the pinned {URL}" in ran.out


def test_a_file_with_one_more_blank_is_none_of_ours(desk: Desk) -> None:
    ran = desk.run("contexts", "check", desk.file("v2.jsonld", STORE.pinned(URL).text + b" "))

    assert ran.code == 1
    assert "none of the pinned" in ran.out
