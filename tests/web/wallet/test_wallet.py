"""Claiming, holding, bringing in, showing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sealwright.skills.frameworks import About, Concept, Framework
from sealwright.web.catalogue.services import bring_framework
from sealwright.web.issuing.models import Award, Batch
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.organisations.models import Role
from sealwright.web.wallet import people
from sealwright.web.wallet.models import Collection, Item, Share
from sealwright.web.wallet.services import showing
from tests.web.factories import NOON, a_person, a_version, an_actor, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def offered(address: str = "mira@people.example") -> Award:
    college = an_organisation()
    return award_one(
        a_version(college),
        Person(address, name="Mira Holt"),
        actor=an_actor(Role.ISSUER, college),
        source=Batch.Source.FORM,
    )


def test_an_award_is_claimed_by_its_link_without_an_account(client: Client) -> None:
    award = offered()
    link = f"/claim/{claim_token(award.public_id)}"

    page = client.get(link)
    done = client.post(link)

    award.refresh_from_db()
    assert b"Mira Holt" in page.content
    assert page["Referrer-Policy"] == "same-origin"
    assert done["Location"] == award.path
    assert (award.holder, award.holder_proof) == (None, Award.HolderProof.NONE)
    assert award.claimed_at is not None


def test_who_proved_the_address_finds_the_award_in_the_wallet(client: Client) -> None:
    award = offered()
    client.force_login(a_person("mira@people.example"))

    page = client.get("/me")

    award.refresh_from_db()
    assert award.version.title.encode() in page.content
    assert award.holder_proof == Award.HolderProof.ADDRESS


def test_a_link_that_nobody_sent_opens_nothing(client: Client) -> None:
    assert client.get("/claim/nothing-of-the-kind").status_code == 404


@pytest.mark.parametrize("name", ["good.json", "baked.png", "expired.json"])
def test_what_is_brought_in_is_kept_to_the_byte_and_checked(client: Client, name: str) -> None:
    person = a_person()
    client.force_login(person)
    data = (EXAMPLES / name).read_bytes()

    client.post("/me/bring", {"files": SimpleUploadedFile(name, data)})

    item = Item.objects.get()
    assert bytes(item.original) == data
    assert item.verdict == ("invalid" if name == "expired.json" else "valid")
    assert client.get(f"/me/items/{item.public_id}/original").content == data
    assert client.get(f"/me/items/{item.public_id}").status_code == 200


def test_a_skill_of_a_foreign_badge_is_found_in_the_frameworks_of_this_site(
    client: Client,
) -> None:
    navigate = Concept("https://skills.example/nav", (("en", "Plot shipping navigation routes"),))
    about = About("https://skills.example/f", (("en", "Sea skills"),), "3")
    bring_framework(Framework(about, (navigate,)), by="operator", at=NOON)
    client.force_login(a_person())
    data = (EXAMPLES / "good.json").read_bytes()

    client.post("/me/bring", {"files": SimpleUploadedFile("good.json", data)})

    page = client.get(f"/me/items/{Item.objects.get().public_id}").text
    assert "Plot shipping navigation routes in Sea skills 3" in page


def test_what_is_no_credential_is_refused_with_the_reason(client: Client) -> None:
    client.force_login(a_person())

    page = client.post("/me/bring", {"files": SimpleUploadedFile("cat.txt", b"a cat")}, follow=True)

    assert b"cat.txt" in page.content
    assert not Item.objects.exists()


def test_the_same_file_is_kept_once(client: Client) -> None:
    client.force_login(a_person())
    for _ in range(2):
        data = (EXAMPLES / "good.json").read_bytes()
        client.post("/me/bring", {"files": SimpleUploadedFile("good.json", data)})

    assert Item.objects.count() == 1


@pytest.fixture
def full_wallet(client: Client) -> list[str]:
    """Titles of thirty credentials from elsewhere, of two providers, in the wallet's order."""
    person = a_person("mira@people.example", name="Mira Holt")
    client.force_login(person)
    titles = [f"Knot no. {number:02}" for number in range(30)]
    for number, title in enumerate(titles):
        Item.objects.create(
            owner=person, name=f"{number}.json", original=b"{}", sha256=f"{number:064}",
            title=title, issuer_name="Quay School" if number % 2 else "Harbour College",
            awarded=f"2026-01-{30 - number:02}T10:00:00Z", verdict="valid", checked_at=NOON,
        )  # fmt: skip
    return titles


def listed(page: str) -> list[str]:
    return re.findall(r"Knot no\. \d\d(?=</a></h3>)", page)


def test_a_full_wallet_has_pages(client: Client, full_wallet: list[str]) -> None:
    first, second = (client.get("/me", {"page": page}).text for page in (1, 2))

    assert listed(first) + listed(second) == full_wallet
    assert len(listed(first)) == 24
    assert "Page 1 of 2" in first


def test_a_wallet_is_searched_by_words_of_title_and_provider(
    client: Client, full_wallet: list[str]
) -> None:
    page = client.get("/me", {"q": "QUAY no. 1", "page": "9", "state": "current"}).text

    assert listed(page) == [f"Knot no. {number}" for number in ("01", *range(11, 20, 2), "21")]
    assert 'name="state" value="current"' in page
    assert "page=9" not in page


def test_everything_that_fits_is_shared_at_once(client: Client, full_wallet: list[str]) -> None:
    chosen = client.post("/me/shares", {"every": "1", "issuer": "Quay School", "q": "knot"}).text

    assert re.findall(r"<b>(Knot no\. \d\d)</b>", chosen) == full_wallet[1::2]


@pytest.mark.parametrize("query", ["collection=%00", "collection=nothing", "q=%00", "state=x"])
def test_a_question_that_makes_no_sense_finds_nothing(
    client: Client, full_wallet: list[str], query: str
) -> None:
    page = client.get(f"/me?{query}")

    assert (page.status_code, listed(page.text)) == (200, [])
    assert "Nothing fits" in page.text


def test_a_collection_is_a_filter_like_any_other(client: Client, full_wallet: list[str]) -> None:
    client.post("/me/collections", {"every": "1", "q": "no. 2", "name": "Twenties"})

    page = client.get("/me", {"collection": Collection.objects.get().public_id, "q": "quay"}).text

    assert listed(page) == [f"Knot no. {number}" for number in ("21", "23", "25", "27", "29")]


def test_more_than_a_link_shows_is_refused_and_not_cut_off(
    client: Client, full_wallet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "MOST_ENTRIES", 29)

    page = client.get("/me").text
    refused = client.post("/me/collections", {"every": "1", "name": "All"})

    assert 'name="every"' not in page
    assert "Narrow the wallet down to 29 or fewer" in page
    assert refused.status_code == 422
    assert not Collection.objects.exists()


def test_a_share_shows_what_was_chosen_counts_looks_and_ends(client: Client) -> None:
    award = offered()
    person = a_person("mira@people.example", name="Mira Holt")
    client.force_login(person)
    client.get("/me")
    key = f"award:{award.public_id}"

    client.post("/me/shares", {"key": [key], "title": "Application", "shows_name": "on"})
    share = Share.objects.get()
    seen = Client().get(share.path)
    client.get(share.path)
    client.post(f"/me/shares/{share.public_id}/end")

    assert award.version.title.encode() in seen.content
    assert sum(view.number for view in share.views.all()) == 1
    assert Client().get(share.path).status_code == 404


def test_nobody_shares_what_is_not_theirs(client: Client) -> None:
    award = offered()
    client.force_login(a_person())

    answer = client.post("/me/shares", {"key": [f"award:{award.public_id}"], "title": "Mine"})

    assert answer.status_code == 404
    assert not Share.objects.exists()


def test_a_public_page_shows_only_what_was_made_public(client: Client) -> None:
    award = offered()
    client.force_login(a_person("mira@people.example", name="Mira Holt"))
    client.get("/me")
    client.post("/me/profile", {"handle": "mira-holt", "is_published": "on"})

    before = Client().get("/p/mira-holt")
    client.post(f"/me/awards/{award.public_id}/visibility", {"visibility": "public"})
    after = Client().get("/p/mira-holt")

    assert award.version.title.encode() not in before.content
    assert award.version.title.encode() in after.content


def test_a_resume_names_the_proof_of_each_line(client: Client) -> None:
    award = offered()
    client.force_login(a_person("mira@people.example", name="Mira Holt"))
    client.get("/me")

    told = json.loads(client.get("/me/resume.json").content)

    assert told["basics"]["name"] == "Mira Holt"
    assert told["certificates"][0]["url"] == award.url
    assert {skill["name"] for skill in told["skills"]} >= {"Passage planning"}
    assert award.url.encode() in client.get("/me/resume").content


def test_a_wallet_is_taken_along_moved_and_erased(client: Client) -> None:
    gone, kept = a_person(), a_person()
    client.force_login(gone)
    data = (EXAMPLES / "good.json").read_bytes()
    client.post("/me/bring", {"files": SimpleUploadedFile("good.json", data)})

    assert people.export(gone)["imported"][0]["verdict"] == "valid"
    people.move(gone, kept)
    assert kept.items.count() == 1
    people.erase(kept)

    assert not Item.objects.exists()
