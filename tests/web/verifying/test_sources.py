"""What people bring, and how it is taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sealwright.web.core.refusals import Refusal
from sealwright.web.verifying.sources import LONGEST_NAME, from_file, from_form, from_text


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://badges.example.org/c/1", "https://badges.example.org/c/1"),
        ("  HTTPS://badges.example.org/c/1\n", "HTTPS://badges.example.org/c/1"),
        ("badges.example.org/c/1?x=1", "https://badges.example.org/c/1?x=1"),
        ("http://localhost:8000/c/1", "http://localhost:8000/c/1"),
        ('{"id": "https://badges.example.org/c/1"}', ""),
        ("see https://badges.example.org", ""),
        ("eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6e319.c2ln", ""),
        ("hello", ""),
    ],
)
def test_a_web_address_is_followed_and_anything_else_is_read(text: str, link: str) -> None:
    source = from_text(text)

    assert source.link == link
    assert bool(source.data) is not bool(link)


def test_empty_fields_and_files_are_nothing() -> None:
    assert from_form(["", "  \n"], []) == []


def test_text_and_files_of_one_form_are_all_taken() -> None:
    files = [SimpleUploadedFile("b.png", b"2"), SimpleUploadedFile("c.json", b"3")]

    sources = from_form(["{}"], files)

    assert [(source.name, source.data) for source in sources] == [
        ("Pasted text", "{}"), ("b.png", b"2"), ("c.json", b"3"),
    ]  # fmt: skip


def test_a_file_beyond_the_limit_is_refused(settings: Any) -> None:
    settings.LARGEST_FILE = 10

    with pytest.raises(Refusal):
        from_file(SimpleUploadedFile("a.png", b"x" * 11))


def test_a_long_name_keeps_its_end() -> None:
    name = from_file(SimpleUploadedFile("a" * 200 + "-last.png", b"x")).name

    assert len(name) <= LONGEST_NAME
    assert name.endswith("-last.png")
