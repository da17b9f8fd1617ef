"""What is attached to PDF documents, honest and hostile."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from sealwright.credentials.errors import UnreadableInput
from sealwright.credentials.formats import pdf as documents
from sealwright.credentials.formats.images import extract
from sealwright.credentials.formats.reading import read
from sealwright.credentials.model.received import Kind
from tests.credentials.formats.documents import (
    CATALOGUE,
    EMPTY_PAGES,
    modern_pdf,
    pdf,
    raw_pdf,
    stream,
)
from tests.credentials.formats.samples import badge, compact, presentation

BADGE = json.dumps(badge())
OTHER = json.dumps(badge(id="urn:uuid:5c1b6ab2-0000-4000-8000-000000000002"))
INVOICE = "<?xml version='1.0'?><Invoice/>"


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert str(caught.value) != caught.value.code
    return caught.value.code


@pytest.mark.parametrize("text", [BADGE, compact(badge()), json.dumps(presentation(badge()))])
def test_a_credential_attached_to_a_pdf_is_read_and_taken_out(text: str) -> None:
    document = pdf(text)

    assert read(document).layers[0] == "pdf"
    assert extract(document) == text


def test_it_may_be_an_associated_file_or_have_a_name_only() -> None:
    for document in (pdf(BADGE), pdf(BADGE, associated=False), written_by_others(BADGE)):
        assert read(document).document == badge()


def test_files_of_other_kinds_may_be_attached_beside_it() -> None:
    others: list[bytes | str] = [
        INVOICE,
        '{"total": 12}',
        "",
        "see https://provider.example.edu",
        b"\xff\xfe",
    ]

    assert read(pdf(*others, BADGE)).document == badge()


def test_the_same_credential_attached_twice_is_one() -> None:
    assert read(pdf(BADGE, BADGE)).document == badge()


def test_what_says_it_is_a_picture_is_not_unpacked() -> None:
    assert documents.attached(pdf(b"\x89PNG", subtype="image/png")) == []


def test_two_credentials_are_none() -> None:
    assert code_of(pdf(BADGE, OTHER)) == "pdf-with-several-credentials"


def test_two_readers_that_choose_by_platform_cannot_see_two_credentials() -> None:
    document = raw_pdf(
        CATALOGUE % b"/AF [<< /EF << /F 3 0 R /UF 4 0 R >> >>]",
        EMPTY_PAGES,
        stream(BADGE.encode()),
        stream(OTHER.encode(), packed=False),
    )

    assert code_of(document) == "pdf-with-several-credentials"


def test_what_a_lenient_reader_could_take_for_a_credential_is_refused() -> None:
    twice = BADGE.replace('"id"', '"id": "urn:other", "id"', 1)

    assert code_of(pdf(BADGE, twice)) == "json-duplicate-member"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (pdf(), "pdf-without-credential"),
        (pdf(INVOICE), "pdf-without-credential"),
        (pdf("https://provider.example.edu/assertions/1"), "pdf-without-credential"),
        (pdf(links=["https://a.example/1", "https://a.example/2"]), "pdf-without-credential"),
        (pdf(links=["mailto:registrar@a.example"]), "pdf-without-credential"),
        (raw_pdf(b"[/No /Catalogue]"), "pdf-without-credential"),
        (pdf(links=["https://a.example/1"] * 99), "pdf-with-a-link"),
        (b"%PDF-1.7\n", "pdf-damaged"),
        (b"%PDF-1.7\n\xe2\xe3", "pdf-damaged"),
        (pdf(BADGE)[:300], "pdf-damaged"),
        (pdf(bytes(documents.MAX_TEXT + 1)), "pdf-too-complex"),
        (pdf(*(f"{n}" for n in range(documents.MAX_ATTACHMENTS + 1))), "pdf-too-complex"),
        (raw_pdf(CATALOGUE % (b"/AF " + b"[" * 9000), EMPTY_PAGES), "pdf-too-complex"),
    ],
)
def test_what_holds_none_is_named(document: bytes, code: str) -> None:
    assert code_of(document) == code


def test_a_link_that_is_all_there_is_is_told() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(pdf(links=["https://provider.example.edu/c/1"]))

    assert "https://provider.example.edu/c/1" in str(caught.value)


def test_an_encrypted_document_is_not_opened() -> None:
    writer = PdfWriter(BytesIO(pdf(BADGE)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)

    assert code_of(file.getvalue()) == "pdf-encrypted"


def test_a_tree_of_names_that_bites_its_tail_ends() -> None:
    document = raw_pdf(
        CATALOGUE % b"/Names << /EmbeddedFiles 3 0 R >>",
        EMPTY_PAGES,
        b"<< /Kids [3 0 R 3 0 R] >>",
    )

    assert code_of(document) == "pdf-too-complex"


def test_a_tree_of_names_with_branches_is_walked() -> None:
    document = raw_pdf(
        CATALOGUE % b"/Names << /EmbeddedFiles << /Kids [9 0 R 3 0 R] >> >>",
        EMPTY_PAGES,
        b"<< /Names [(f) << /EF << /F 4 0 R >> >> (nothing) 9 0 R (none) << >>] >>",
        stream(BADGE.encode()),
    )

    assert read(document).document == badge()


def as_others_read(document: bytes) -> list[str]:
    """The same by pypdf, which is asked in tests only."""
    attachments = PdfReader(BytesIO(document)).attachments
    return list(dict.fromkeys(data.decode() for datas in attachments.values() for data in datas))


def predicted(rows: bytes, columns: int = 2, *, more: bytes = b"") -> bytes:
    """An embedded file of rows that begin with how they differ from the row above."""
    told = b"/DecodeParms [<< /Predictor 12 /Columns %d %s >>] /Length" % (columns, more)
    return stream(rows).replace(b"/Length", told)


MODERN = (
    CATALOGUE % b"/Names 3 0 R /Lang (en \\(GB\\) (really)) /Size 0.5 % a remark\n",
    EMPTY_PAGES,
    b"<</EmbeddedFiles<</Names[(f)4 0 R<FEFF>4 0 R]>>>>",
    b"<</EF<</F 5 0 R/UF 5 0 R>>/Desc null/Hidden false>>",
    stream(BADGE.encode()),
)


@pytest.mark.parametrize("packed", [[], [1, 2, 3, 4], [3], [4, 2]])
@pytest.mark.parametrize("predictor", [1, 12])
def test_tables_and_objects_may_be_packed(packed: list[int], predictor: int) -> None:
    document = modern_pdf(*MODERN, packed=packed, predictor=predictor)

    assert read(document).document == badge()
    assert documents.attached(document) == as_others_read(document)


def test_a_table_in_a_stream_may_lie_beside_one_for_older_readers() -> None:
    modern = modern_pdf(*MODERN, packed=[3, 4])
    at = int(modern.rpartition(b"startxref\n")[2].split()[0])
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /XRefStm %d >>\n" % at
    document = modern + table + b"startxref\n%d\n%%%%EOF" % len(modern)

    assert read(document).document == badge()


def test_a_later_edition_of_an_object_replaces_the_first() -> None:
    first = pdf(OTHER)
    at = int(first.rpartition(b"startxref\n")[2].split()[0])
    later = b"5 0 obj\n" + stream(BADGE.encode()) + b"\nendobj\n"
    table = b"xref\n5 1\n%010d 00000 n \ntrailer << /Root 1 0 R /Prev %d >>\n" % (len(first), at)
    start = len(first) + len(later)
    document = first + later + table + b"startxref\n%d\n%%%%EOF" % start

    assert read(document).document == badge()
    assert documents.attached(document) == as_others_read(document)


def test_tables_in_a_circle_are_read_once() -> None:
    whole = pdf(BADGE)
    at = whole.rpartition(b"startxref\n")[2].split()[0]
    document = whole.replace(b"/Root 1 0 R", b"/Prev %s /Root 1 0 R" % at)

    assert read(document).document == badge()


def test_rows_that_differ_from_none_stand_as_they_are() -> None:
    text = compact(badge()) + " " * 99
    rows = [text[n : n + 60] for n in range(0, len(text) - 60, 60)]
    packed = b"".join(b"\0" + row.encode() for row in rows)

    assert read(of_one(predicted(packed, 60))).layers[0] == "pdf"


def test_an_object_that_was_freed_is_gone() -> None:
    first = pdf(BADGE)
    at = int(first.rpartition(b"startxref\n")[2].split()[0])
    table = b"xref\n5 1\n0000000000 00001 f \ntrailer << /Root 1 0 R /Prev %d >>\n" % at
    document = first + table + b"startxref\n%d\n%%%%EOF" % len(first)

    assert code_of(document) == "pdf-without-credential"


FILE = stream(BADGE.encode())
ONE = CATALOGUE % b"/AF [<< /EF << /F 3 0 R >> >>]"


def of_one(file: bytes, catalogue: bytes = ONE) -> bytes:
    return raw_pdf(catalogue, EMPTY_PAGES, file)


def modern(**broken: bytes) -> bytes:
    return modern_pdf(*MODERN, packed=[3, 4], **broken)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        # What a reader cannot follow
        (pdf(BADGE).replace(b"startxref", b"startwhat"), "pdf-damaged"),
        (pdf(BADGE).replace(b"trailer", b"trainer"), "pdf-damaged"),
        (pdf(BADGE).replace(b"trailer\n<<", b"trailer\n%", 1), "pdf-damaged"),
        (pdf(BADGE).replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev (x)"), "pdf-damaged"),
        (pdf(BADGE).replace(b"/Root 1 0 R", b"/Root 2 0 X"), "pdf-damaged"),
        (pdf(BADGE).replace(b"5 0 obj", b"6 0 obj"), "pdf-damaged"),
        (pdf(BADGE).replace(b"5 0 obj", b"5 0 abj"), "pdf-damaged"),
        (pdf(BADGE).replace(b" 00000 n", b" 00000 m"), "pdf-damaged"),
        (pdf(BADGE).replace(b"/Names", b"/{"), "pdf-damaged"),
        (pdf(BADGE).replace(b"/Names [", b"/Names >>"), "pdf-damaged"),
        (pdf(BADGE).replace(b"/Names [", b"/Names ]"), "pdf-damaged"),
        (pdf(BADGE).replace(b"/EmbeddedFiles", b"(no) (name)   "), "pdf-damaged"),
        (of_one(FILE, ONE.replace(b"/AF", b"/AF 1 /AF")), "pdf-damaged"),
        (of_one(FILE, CATALOGUE % b"/A (")[:-40], "pdf-damaged"),
        (of_one(FILE, CATALOGUE % b"/A (" * 99), "pdf-damaged"),
        # Streams
        (of_one(FILE.replace(b"/Length", b"/Longer")), "pdf-damaged"),
        (of_one(FILE.replace(b"/Length ", b"/Length -")), "pdf-damaged"),
        (of_one(FILE.replace(b"/Length ", b"/Length 99")), "pdf-damaged"),
        (of_one(FILE.replace(b"/Length ", b"/Length 1 0 R /X ")), "pdf-damaged"),
        (of_one(FILE.replace(b"Flate", b"Crypt")), "pdf-too-complex"),
        (of_one(FILE.replace(b"stream\n", b"stream\nx")), "pdf-damaged"),
        (
            of_one(
                stream(BADGE.encode()[:9], packed=False).replace(
                    b"/Len", b"/Filter /FlateDecode /Len"
                )
            ),
            "pdf-damaged",
        ),
        (of_one(stream(bytes(documents.MAX_TEXT + 1), packed=False)), "pdf-too-complex"),
        (of_one(predicted(b"\2ab")), "pdf-without-credential"),
        (of_one(predicted(b"\1ab")), "pdf-too-complex"),
        (of_one(predicted(b"\0ab", 99)), "pdf-too-complex"),
        (of_one(predicted(b"\0ab", more=b"/Colors 3")), "pdf-too-complex"),
        # Tables in streams
        (modern(table=b"/W [1 2]"), "pdf-damaged"),
        (modern(table=b"/W [1 0 1]"), "pdf-damaged"),
        (modern(table=b"/W [1 9 1]"), "pdf-damaged"),
        (modern(table=b"/W [1 2 1] /Index [0 -9]"), "pdf-damaged"),
        (modern(table=b"/W [1 2 1] /Index [90 9 0 9]"), "pdf-damaged"),
        (modern().replace(b"/XRef", b"/NoRef"), "pdf-damaged"),
        (modern(holder_row=b"\2\0\6\0"), "pdf-too-complex"),
        (modern(holder_row=b"\1\0\x09\0"), "pdf-damaged"),
        (modern(holder_row=b"\0\0\0\0"), "pdf-damaged"),
        (modern().replace(b"/First ", b"/First -"), "pdf-damaged"),
        (modern().replace(b"/First ", b"/First 9"), "pdf-damaged"),
        (modern().replace(b"/N 2 /First", b"/N 2 /Fir  "), "pdf-damaged"),
        (modern(members=b"/Encrypt << >>"), "pdf-encrypted"),
    ],
)
def test_what_is_not_as_it_should_be_is_not_repaired(document: bytes, code: str) -> None:
    assert code_of(document) == code


def test_a_pdf_pasted_as_text_is_named() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read("%PDF-1.7 …")

    assert caught.value.code == "pdf"


@given(st.integers(0, 2**32))
def test_a_damaged_document_is_read_or_refused(seed: int) -> None:
    for damaged in damages(random.Random(seed), pdf(BADGE, links=["https://a.example"])):
        try:
            received = read(damaged)
        except UnreadableInput:
            continue
        assert received.kind is Kind.CREDENTIAL


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_whatever_follows_the_first_bytes_of_a_pdf_is_refused(before: bytes, after: bytes) -> None:
    for data in (b"%PDF-1.7\n" + before + after, pdf(before)[:-40] + after, pdf(before, after)):
        try:
            read(data)
        except UnreadableInput:
            continue


def damages(chance: random.Random, whole: bytes) -> Iterator[bytes]:
    """The document with bits turned, pieces cut out, doubled, and words of PDF put in."""
    words = (b" 99999999 ", b"obj <<", b"/Kids [1 0 R]", b"stream\n", b"[[[[", b" 1 0 R ", b"null")
    for _ in range(20):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5, 30))):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randrange(1, 200)]
                    data += b"\n"
                case 2:
                    data[place:place] = data[chance.randrange(len(data)) :][:300]
                case _:
                    data[place : place + 8] = chance.choice(words)
        yield b"%PDF-" + bytes(data).removeprefix(b"%PDF-")


def written_by_others(text: str) -> bytes:
    """As other people's software attaches a file."""
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.add_attachment("credential.json", text.encode())
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
