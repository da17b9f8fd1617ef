"""What there is of an award to take away: the same bytes, in every carrier."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from sealwright.credentials.formats.images import extract
from sealwright.credentials.verify import Verifier
from sealwright.web.catalogue.models import Picture
from sealwright.web.issuing.models import Award, Credential, Reason
from sealwright.web.issuing.services.standing import revoke_awards
from sealwright.web.organisations.models import Organisation, Role
from sealwright.web.pages import certificate
from sealwright.web.pages.drawings import wrapped
from sealwright.web.ui.rasters import png_of
from sealwright.web.verifying.services import new_verifier
from tests.credentials.formats.documents import pdf
from tests.web.factories import a_person, a_version, an_actor, an_award
from tests.web.pages.conftest import change

pytestmark = pytest.mark.django_db(transaction=True)

ENDINGS = (".json", ".png", ".svg", ".pdf", "/print", "/embed", "/card.png", "/qr.svg")
JSON_KINDS = (
    "application/vc+ld+json",
    "application/vc",
    "application/ld+json",
    "application/json",
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def signed(award: Award) -> bytes:
    return bytes(Credential.objects.get(award=award).document or b"")


def fetched(client: Client, award: Award, ending: str) -> HttpResponse:
    answer = client.get(f"{award.path}{ending}")
    assert answer.status_code == 200
    return cast("HttpResponse", answer)


def pixels(answer: HttpResponse) -> Image.Image:
    return Image.open(BytesIO(answer.content)).convert("RGBA")


# --- The document ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", JSON_KINDS)
def test_who_asks_for_the_document_gets_it_byte_for_byte(
    award: Award, client: Client, kind: str
) -> None:
    answer = client.get(award.path, headers={"accept": kind})

    assert answer["Content-Type"] == kind
    assert answer.content == signed(award)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize("accept", ["", "*/*", BROWSER, "image/png"])
def test_everybody_else_gets_the_page(award: Award, client: Client, accept: str) -> None:
    answer = client.get(award.path, headers={"accept": accept} if accept else {})

    assert answer["Content-Type"].startswith("text/html")
    for ending in (".json", ".png", ".svg", ".pdf"):
        assert f'<{award.url}{ending}>; rel="alternate"' in answer["Link"]


def test_a_verifier_asks_the_way_that_is_answered(award: Award, client: Client) -> None:
    from sealwright.credentials.verify.link import ACCEPT

    assert client.get(award.path, headers={"accept": ACCEPT}).content == signed(award)


def test_who_has_it_already_is_told_so(award: Award, client: Client) -> None:
    tag = fetched(client, award, ".json")["ETag"]

    again = client.get(f"{award.path}.json", headers={"if-none-match": tag})

    assert again.status_code == 304
    assert again.content == b""


def test_a_file_is_named_and_may_be_kept_for_a_while(award: Award, client: Client) -> None:
    for ending in (".json", ".png", ".svg", ".pdf"):
        answer = fetched(client, award, ending)
        assert answer["Content-Disposition"] == (
            f'inline; filename="coastal-navigation-{award.public_id}{ending}"'
        )
        assert answer["Cache-Control"] == "public, max-age=300"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


# --- Pictures and the certificate -----------------------------------------------------------


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_every_carrier_carries_the_credential_as_signed(
    award: Award, client: Client, ending: str
) -> None:
    carrier = fetched(client, award, ending).content

    report = new_verifier().verify(carrier, at=timezone.now())

    assert extract(carrier).encode() == signed(award)
    assert report.verdict == "valid"


def test_the_badge_is_the_programmes_picture_where_there_is_one(
    college: Organisation, client: Client
) -> None:
    file = BytesIO()
    Image.new("RGB", (120, 120), "#b3541e").save(file, "PNG")
    picture = Picture.objects.create(
        organisation=college, png=file.getvalue(), sha256="0" * 64, width=120, height=120
    )
    award = an_award(college, version=a_version(college, picture=picture.public_id))

    drawn = pixels(fetched(client, award, ".png"))
    change(award, revoked_at=timezone.now(), revocation_reason=Reason.OTHER)
    revoked = pixels(fetched(client, award, ".png"))

    assert drawn.getpixel((60, 60)) == (179, 84, 30, 255)
    assert revoked.size == (600, 600)


def test_a_seal_is_drawn_once(award: Award, client: Client) -> None:
    first = fetched(client, award, ".png")

    assert fetched(client, award, ".png").content == first.content
    assert pixels(first).size == (600, 600)


def test_the_card_for_shared_links_has_the_size_that_is_asked_for(
    award: Award, client: Client
) -> None:
    assert pixels(fetched(client, award, "/card.png")).size == (1200, 630)


@pytest.mark.parametrize(
    "title", ["A", "An " + "unusually " * 14 + "long title", "Ø" * 150, "<&>", "海上航行" * 30]
)
def test_any_title_finds_room_on_the_card_and_on_the_certificate(
    college: Organisation, client: Client, title: str
) -> None:
    award = an_award(college, version=a_version(college, title[:160]), name=title[:200])

    fetched(client, award, "/card.png")
    certificate = PdfReader(BytesIO(fetched(client, award, ".pdf").content))

    assert len(certificate.pages) == 1


def test_words_on_a_card_are_wrapped_where_they_end() -> None:
    lines = wrapped("Cloud Security Engineering for Everybody", "SourceSerifPro-Semibold.ttf", 64)

    assert " ".join(lines) == "Cloud Security Engineering for Everybody"
    assert 1 < len(lines) <= 3


def test_the_code_leads_to_the_page(award: Award, client: Client) -> None:
    svg = fetched(client, award, "/qr.svg").content.decode()

    drawn = Image.open(BytesIO(png_of(svg, width=400))).convert("RGBA")

    assert [code.text for code in zxingcpp.read_barcodes(drawn)] == [award.url]


def test_a_certificate_is_tagged_titled_and_archival(award: Award, client: Client) -> None:
    read = PdfReader(BytesIO(fetched(client, award, ".pdf").content))

    catalogue: Any = read.root_object
    text = " ".join(read.pages[0].extract_text().split())
    metadata = str(catalogue["/Metadata"].get_data())
    assert read.metadata is not None
    assert read.metadata.title == "Coastal Navigation, awarded to Mira Holt"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    links: Any = read.pages[0]["/Annots"]
    assert [link["/A"]["/URI"] for link in links] == [award.url] * 2
    for words in ("Coastal Navigation", "Mira Holt", "Passage planning", award.url):
        assert words in text


def test_a_certificate_of_a_revoked_award_says_so(award: Award, client: Client) -> None:
    change(award, revoked_at=timezone.now(), revocation_reason=Reason.OTHER)

    read = PdfReader(BytesIO(fetched(client, award, ".pdf").content))

    assert "Revoked on" in read.pages[0].extract_text()


def test_an_unsigned_name_is_called_that_on_the_certificate(
    college: Organisation, client: Client
) -> None:
    award = an_award(college, version=a_version(college, name_signed=False))

    read = PdfReader(BytesIO(fetched(client, award, ".pdf").content))

    assert "(the name is not signed)" in read.pages[0].extract_text()


def test_without_the_extra_the_page_to_print_stands_in(
    award: Award, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "can_be_made", lambda: False)

    answer = client.get(f"{award.path}.pdf")

    assert answer["Location"] == reverse("pages:award-print", args=[award.public_id])
    assert "Print a certificate" in client.get(award.path).content.decode()
    assert "Certificate PDF" not in client.get(award.path).content.decode()
    page = fetched(client, award, "/print").content.decode()
    assert award.url in page
    assert "qr.svg" in page


# --- Brought back to be checked -------------------------------------------------------------


def brought(client: Client, name: str, data: bytes, *, field: str = "files") -> str:
    answer = client.post(reverse("verifying:verify"), {field: SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("ending", [".json", ".png", ".svg", ".pdf"])
def test_what_was_taken_away_is_green_when_it_is_brought_back(
    award: Award, client: Client, ending: str
) -> None:
    page = brought(client, f"award{ending}", fetched(client, award, ending).content)

    assert 'class="verdict" data-tone="good"' in page
    assert "Coastal Navigation" in page


def test_a_photo_of_a_certificate_is_followed_to_the_award(award: Award, client: Client) -> None:
    code = fetched(client, award, "/qr.svg").content.decode()

    page = brought(client, "photo.png", png_of(code, width=500), field="photo")

    assert 'class="verdict" data-tone="good"' in page


def test_a_revoked_certificate_is_red_when_it_is_brought_back(
    award: Award, college: Organisation, client: Client
) -> None:
    certificate = fetched(client, award, ".pdf").content
    revoke_awards([award.public_id], reason=Reason.OTHER, actor=an_actor(Role.ISSUER, college))

    page = brought(client, "certificate.pdf", certificate)

    assert 'class="verdict" data-tone="bad"' in page
    assert "Revoked by its issuer" in page


def test_a_printed_page_that_carries_nothing_says_what_to_do(client: Client) -> None:
    page = brought(client, "scan.pdf", pdf(links=[]))

    assert "This PDF carries no credential" in page
    assert "If a link or a QR code is printed on it, check that instead." in page


# --- Who may have them ----------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_of_a_private_award_is_given_to_strangers(
    award: Award, client: Client, ending: str
) -> None:
    change(award, visibility=Award.Visibility.PRIVATE)

    answer = client.get(f"{award.path}{ending}")

    assert answer.status_code == 403
    assert b"Coastal" not in answer.content
    assert client.get(award.path, headers={"accept": JSON_KINDS[0]}).status_code == 403


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_holder_has_them_and_no_cache_keeps_them(
    award: Award, client: Client, ending: str
) -> None:
    holder = a_person()
    change(award, visibility=Award.Visibility.PRIVATE, holder=holder)
    client.force_login(holder)

    answer = fetched(client, award, ending)

    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left_of_an_erased_award(award: Award, client: Client, ending: str) -> None:
    Credential.objects.filter(award=award).update(document=None)
    change(award, erased_at=timezone.now())

    assert client.get(f"{award.path}{ending}").status_code == 410


@pytest.mark.parametrize("ending", ENDINGS)
def test_there_is_nothing_of_what_is_not_there(client: Client, ending: str) -> None:
    assert client.get(f"/c/nothing{ending}").status_code == 404


def test_the_engine_finds_the_certificate_without_this_site(award: Award, client: Client) -> None:
    carrier = fetched(client, award, ".pdf").content

    report = Verifier().verify(carrier, at=timezone.now())

    assert report.verdict == "undecided"  # offline: the key cannot be had
    assert report.credential["format"] == "pdf"
