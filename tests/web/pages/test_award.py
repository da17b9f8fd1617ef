"""The public page of an award, in each of its states."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sealwright.web.issuing.models import Award, Credential, Reason, Recipient, StatusList
from sealwright.web.issuing.services.batches import Person
from sealwright.web.issuing.services.standing import (
    cancel_offers,
    correct_award,
    revoke_awards,
    suspend_awards,
)
from sealwright.web.organisations.models import Organisation, Role, Unit
from sealwright.web.pages.linkedin import add_to_profile
from sealwright.web.trust.models import Recognition
from tests.web.factories import a_person, a_version, an_actor, an_award, an_organisation, somebody
from tests.web.pages.conftest import Show, accredited, change

pytestmark = pytest.mark.django_db(transaction=True)

Visibility, Proof = Award.Visibility, Award.HolderProof

QUESTIONS = 17
"""Asked of the database for a page: the award, what was signed, the log, the issuer's keys and
lists as every verifier reads them, who recognises it, and how widely it is given."""


def tone(page: str) -> str:
    found = re.search(r'class="verdict" data-tone="(\w+)"', page)
    assert found is not None
    return found[1]


def chain(page: str) -> list[tuple[str, str]]:
    """What the strip says, each with its tone."""
    steps = re.findall(r'<li class="step" data-tone="(\w+)">.*?<b>(.*?)</b>', page)
    return [(title, tone) for tone, title in steps]


def is_hollow(page: str) -> bool:
    return 'class="rule dashed"' in page


# --- A good one -----------------------------------------------------------------------------


def test_a_good_award_is_checked_by_the_engine_and_green(award: Award, show: Show) -> None:
    change(award, holder_proof=Proof.KEY, claimed_at=timezone.now())

    page = show(award)

    assert tone(page) == "good"
    assert "Genuine and current" in page
    assert "Accredited by Quality Agency of the North" in page
    assert chain(page) == [
        ("Signature sound", "good"),
        ("Issuer’s own key", "good"),
        ("Not revoked", "good"),
        ("In date, no end", "good"),
        ("Holder proved a key", "good"),
        ("Issuer known", "good"),
    ]
    assert not is_hollow(page)


def test_it_tells_who_when_after_what_and_what_was_shown(award: Award, show: Show) -> None:
    page = show(award)

    assert "Awarded to <bdi><strong>Mira Holt</strong></bdi> on" in page
    assert "after a task performed before an assessor." in page
    assert "Planned a passage of 20 miles." in page
    assert "Skilled, level 3 of 4" in page
    assert "5 of 8 told" in page
    assert "Not told: retake rule, evidence kept, external review." in page
    assert re.search(r"<dt>Retake rule</dt><dd><span class=\"not-told\">not told", page)
    assert "In the public log of" in page
    assert "What this does not tell you." in page


def test_it_names_results_and_evidence_as_signed(college: Organisation, show: Show) -> None:
    graded = an_award(
        college,
        version=a_version(college, grade="percent"),
        grade="88",
        evidence_url="https://portfolio.example/plan.pdf",
        evidence_name="Passage plan",
    )

    page = show(graded)

    assert re.search(r"<dt>Grade</dt><dd dir=\"auto\">88", page)
    assert "Passage plan" in page
    assert 'href="https://portfolio.example/plan.pdf" rel="nofollow noopener noreferrer"' in page


def test_a_holder_who_proved_nothing_is_called_that(award: Award, show: Show) -> None:
    unclaimed = show(award)
    claimed = show(change(award, claimed_at=timezone.now()))
    proven = show(change(award, holder_proof=Proof.ADDRESS))

    assert ("Holder not proven", "caution") in chain(unclaimed)
    assert "Nobody has claimed it yet." in unclaimed
    assert "a link, which may have been forwarded" in claimed
    assert ("Holder proved an address", "good") in chain(proven)


def test_a_name_that_is_not_signed_is_labelled(college: Organisation, show: Show) -> None:
    unsigned = show(an_award(college, version=a_version(college, name_signed=False)))
    nameless = show(an_award(college, name=""))

    assert "The name is not signed" in unsigned
    assert "To whom is not told by name." in nameless
    assert "The name is not signed" not in nameless


def test_recognition_then_and_now_are_two_answers(college: Organisation, show: Show) -> None:
    today = timezone.localdate()
    Recognition.objects.all().delete()
    accredited(college, since=date(2019, 1, 1), until=today - timedelta(days=9))
    Recognition.objects.create(organisation=college, kind="membership", body="Coastal Network")
    award = change(an_award(college), awarded_at=timezone.now() - timedelta(days=30))

    page = show(award)

    assert "When it was awarded: <b>yes</b></span><span>Now: <b>no</b>" in page
    assert "Claimed by the issuer; nobody has confirmed it." in page
    assert "none confirmed" in page
    assert tone(page) == "caution"


def test_an_issuer_that_nobody_vouches_for_is_never_green(show: Show) -> None:
    stranger = an_organisation("Anybody Ltd")
    Recognition.objects.create(organisation=stranger, kind="accreditation", body="Ourselves")

    page = show(an_award(stranger))

    assert tone(page) == "caution"
    assert "Nobody we know vouches for this issuer" in page
    assert ("Issuer not known to us", "caution") in chain(page)


# --- What ended it --------------------------------------------------------------------------


def test_a_revoked_award_is_never_green(award: Award, college: Organisation, show: Show) -> None:
    actor = an_actor(Role.ISSUER, college)
    revoke_awards(
        [award.public_id], reason=Reason.MISCONDUCT, note="By proxy.", public=True, actor=actor
    )

    page = show(award)

    assert tone(page) == "bad"
    assert "Revoked by its issuer" in page
    assert "Misconduct in the assessment. By proxy." in page
    assert ("Revoked", "bad") in chain(page)
    assert is_hollow(page)
    assert "linkedin.com" not in page
    assert "Certificate PDF" not in page


def test_why_it_was_revoked_stays_with_the_issuer_unless_it_is_public(
    award: Award, college: Organisation, show: Show
) -> None:
    actor = an_actor(Role.ISSUER, college)
    revoke_awards([award.public_id], reason=Reason.MISCONDUCT, note="By proxy.", actor=actor)

    page = show(award)

    assert "The issuer does not say why." in page
    assert "Misconduct" not in page
    assert "By proxy" not in page


def test_a_revocation_shows_before_the_list_is_made_anew(award: Award, show: Show) -> None:
    show(award)
    change(award, revoked_at=timezone.now(), revocation_reason=Reason.OTHER)

    page = show(award)

    assert tone(page) == "bad"
    assert ("Revoked", "bad") in chain(page)
    assert "the published list follows" in page


def test_a_suspended_award_says_since_when(award: Award, college: Organisation, show: Show) -> None:
    suspend_awards([award.public_id], actor=an_actor(Role.ISSUER, college))

    page = show(award)

    assert tone(page) == "bad"
    assert "Suspended by its issuer" in page
    assert ("Suspended", "bad") in chain(page)
    assert not is_hollow(page)


def test_an_expired_award_was_sound(college: Organisation, show: Show) -> None:
    award = an_award(college, awarded="2020-03-01T12:00:00Z", valid_until="2023-03-01T12:00:00Z")

    page = show(award)

    assert tone(page) == "caution"
    assert "Was sound, but ended on" in page
    assert ("Expired", "bad") in chain(page)
    assert "Certificate PDF" in page
    assert "linkedin.com" not in page


def test_a_corrected_award_leads_to_the_one_that_counts(
    award: Award, college: Organisation, show: Show
) -> None:
    actor = an_actor(Role.ISSUER, college)
    address = Recipient.objects.get(award=award).address
    new = correct_award(
        award.public_id, person=Person(address, name="Mira Holt-Vos"), actor=actor, why="Name"
    )

    page = show(award)

    assert tone(page) == "caution"
    assert "Replaced by a corrected award" in page
    assert f'href="{new.path}"' in page
    assert is_hollow(page)


def test_an_award_that_was_taken_back_was_never_held(
    award: Award, college: Organisation, show: Show
) -> None:
    cancel_offers([award.public_id], actor=an_actor(Role.ISSUER, college))

    page = show(award)

    assert tone(page) == "none"
    assert "Taken back before it was claimed" in page
    assert is_hollow(page)


def test_bytes_that_were_changed_are_not_genuine(award: Award, show: Show) -> None:
    document = bytes(Credential.objects.get(award=award).document or b"")
    forged = document.replace(b"Coastal Navigation", b"Ocean! Navigation ")
    Credential.objects.filter(award=award).update(document=forged)

    page = show(award)

    assert tone(page) == "bad"
    assert "Not genuine" in page
    assert "Genuine and current" not in page


def test_a_standing_that_cannot_be_read_is_no_verdict(award: Award, show: Show) -> None:
    StatusList.objects.all().delete()

    page = show(award)

    assert tone(page) == "unknown"
    assert "Signature sound, standing could not be read" in page
    assert "own record on this site says that it is in force" in page
    assert ("Standing could not be read", "unknown") in chain(page)


# --- Who may see it -------------------------------------------------------------------------


def test_a_private_award_tells_strangers_nothing(award: Award, client: Client) -> None:
    change(award, visibility=Visibility.PRIVATE)

    answer = client.get(award.path)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The holder has not made this public" in page
    assert not {"Mira", "Coastal", "Harbour"} & set(re.findall(r"\w+", page))
    assert 'name="robots" content="noindex"' in page


def test_the_holder_and_the_issuers_staff_see_a_private_award(
    college: Organisation, client: Client
) -> None:
    unit = Unit.objects.create(organisation=college, name="Sea")
    award = an_award(college, version=a_version(college, unit=unit))
    holder = a_person()
    change(award, visibility=Visibility.PRIVATE, holder=holder, claimed_at=timezone.now())
    sight = {
        holder: "Only you and your issuer see this page",
        somebody(Role.READER, college): "The holder keeps this page private",
        somebody(Role.ISSUER, college, unit): "The holder keeps this page private",
    }

    for person, words in sight.items():
        client.force_login(person)
        answer = client.get(award.path)
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


def test_other_people_do_not(award: Award, college: Organisation, client: Client) -> None:
    change(award, visibility=Visibility.PRIVATE)
    unit = Unit.objects.create(organisation=college, name="Sea")

    for person in (
        a_person(),
        somebody(Role.OWNER, an_organisation("Hill School")),
        somebody(Role.RECRUITER, college),
        somebody(Role.ISSUER, college, unit),
    ):
        client.force_login(person)
        assert client.get(award.path).status_code == 403


def test_an_erased_award_leaves_its_number_and_its_standing(award: Award, client: Client) -> None:
    Credential.objects.filter(award=award).update(document=None)
    Recipient.objects.filter(award=award).delete()
    change(award, erased_at=timezone.now(), holder=None)

    answer = client.get(award.path)

    page = answer.content.decode()
    assert answer.status_code == 410
    assert award.public_id in page
    assert "In force" in page
    assert "Coastal" not in page


def test_a_number_that_no_award_has_leads_to_the_check(client: Client) -> None:
    answer = client.get("/c/nothing")

    assert answer.status_code == 404
    assert f'action="{reverse("verifying:verify")}#result"' in answer.content.decode()


def test_search_engines_see_what_the_holder_published_and_nothing_else(
    award: Award, show: Show
) -> None:
    by_link = show(award)
    public = show(change(award, visibility=Visibility.PUBLIC))

    assert 'content="noindex"' in by_link
    assert 'content="noindex"' not in public


# --- For programs and other sites -----------------------------------------------------------


def test_it_describes_itself_to_machines(award: Award, show: Show) -> None:
    page = show(award)

    assert f'<meta property="og:image" content="{award.url}/card.png">' in page
    assert f'href="{award.path}.json"' in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    described = json.loads(found[1])
    assert described["name"] == "Mira Holt"
    assert described["hasCredential"]["@type"] == "EducationalOccupationalCredential"
    assert described["hasCredential"]["url"] == award.url


def test_what_does_not_stand_is_not_described_to_machines(award: Award, show: Show) -> None:
    change(award, revoked_at=timezone.now(), revocation_reason=Reason.OTHER)

    assert "application/ld+json" not in show(award)


def test_no_text_of_a_provider_breaks_out_of_the_page(show: Show) -> None:
    name = '</script><img src=x onerror="1">'
    evil = an_organisation(name, slug="evil")

    page = show(an_award(evil, name=name, version=a_version(evil, name)))

    assert "<img src=x" not in page
    assert page.count("</script>") == len(re.findall("<script", page))


def test_the_linkedin_form_is_filled_in(college: Organisation) -> None:
    version = a_version(college)
    award = an_award(college, version=version, valid_until="2029-03-14T00:00:00Z")
    change(award, awarded_at="2026-03-01T12:00:00Z")

    by_name = add_to_profile(award)
    college.linkedin_id = "123"
    award.organisation = college
    by_number = add_to_profile(award)

    assert by_name.startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&")
    for part in ("name=Coastal+Navigation", "issueYear=2026", "issueMonth=3", "expirationYear=2029",
                 "expirationMonth=3", "organizationName=Harbour+College", "certUrl=http%3A%2F%2F",
                 f"certId={award.public_id}"):  # fmt: skip
        assert part in by_name
    assert "organizationId=123" in by_number
    assert "organizationName" not in by_number


def test_only_the_small_card_may_stand_in_other_peoples_frames(
    award: Award, client: Client
) -> None:
    page, frame = client.get(award.path), client.get(f"{award.path}/embed")

    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert "Genuine and current" in frame.content.decode()
    assert f'href="{award.url}"' in frame.content.decode()


def test_a_card_of_a_revoked_award_says_so(award: Award, client: Client) -> None:
    change(award, revoked_at=timezone.now(), revocation_reason=Reason.OTHER)

    frame = client.get(f"{award.path}/embed").content.decode()

    assert "Revoked on" in frame
    assert "Genuine" not in frame


def test_the_check_of_this_site_finds_its_own_award_green(award: Award, client: Client) -> None:
    page = client.get(reverse("verifying:verify"), {"url": award.url}).content.decode()

    assert tone(" ".join(page.split())) == "good"
    assert "lists the issuer as Harbour College" in page


# --- What it costs --------------------------------------------------------------------------


def test_a_page_asks_the_database_a_fixed_number_of_questions(
    college: Organisation, client: Client, django_assert_num_queries: Any
) -> None:
    award = an_award(college)
    client.get(award.path)

    with django_assert_num_queries(QUESTIONS):
        client.get(award.path)
    for _ in range(3):
        an_award(college, version=award.version)
        Recognition.objects.create(organisation=college, kind="membership", body="Network")
    client.get(award.path)
    with django_assert_num_queries(QUESTIONS):
        client.get(award.path)


def test_a_page_is_light(award: Award, client: Client) -> None:
    assert len(client.get(award.path).content) < 60_000
