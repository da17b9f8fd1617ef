"""The demo world: large enough, and told in words that programmes understand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from sealwright.web.catalogue.content import ASSESSMENT_TYPES, KINDS, SKILL_LEVELS, eu_facts
from sealwright.web.catalogue.models import Programme
from sealwright.web.config.backups import check_all
from sealwright.web.core.worker import run_pending
from sealwright.web.demo.people import LEARNERS
from sealwright.web.demo.services import AWARDS, STAFF, _worlds, content_of, load, plan
from sealwright.web.issuing.models import Award

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
WORLDS = _worlds()
PROGRAMMES = [
    content_of(told, world.get("defaults", {})) for world in WORLDS for told in world["programmes"]
]


def test_there_are_enough_providers_programmes_and_learners() -> None:
    assert len(WORLDS) >= 6
    assert {world["slug"] for world in WORLDS} == set(STAFF)
    assert len(PROGRAMMES) == 40
    assert len(LEARNERS) == 30


@pytest.mark.parametrize("content", PROGRAMMES, ids=lambda content: content.title)
def test_a_programme_is_told_in_words_that_are_known(content: object) -> None:
    assert isinstance(content, type(PROGRAMMES[0]))
    assert content.assessment.type in ASSESSMENT_TYPES
    assert all(s.kind in KINDS and s.level in SKILL_LEVELS for s in content.skills)
    assert content.criteria
    assert content.summary


def test_providers_tell_very_different_amounts() -> None:
    told = Counter(
        sum(fact.is_told for fact in eu_facts(content, awarding_body="x", country=""))
        for content in PROGRAMMES
    )

    assert min(told) <= 7
    assert max(told) == 11


def test_nobody_is_awarded_the_same_twice_and_all_of_it_has_happened() -> None:
    plans = plan(len(PROGRAMMES), len(LEARNERS), now=NOW)

    assert len({(each.learner, each.programme) for each in plans}) == AWARDS
    assert all(each.at < NOW for each in plans)
    assert plans == plan(len(PROGRAMMES), len(LEARNERS), now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_world_is_loaded_once_and_everything_in_it_is_truly_signed() -> None:
    said: list[str] = []

    load(said.append)
    load(said.append)
    checked = check_all(say=said.append)

    assert Award.objects.count() == AWARDS
    assert Programme.objects.exclude(current=None).count() == len(PROGRAMMES)
    assert (checked.credentials, checked.wrong) == (AWARDS, [])
    run_pending()
    assert Award.objects.filter(revoked_at__isnull=False).count() == len(WORLDS)
    assert Award.objects.filter(suspended_at__isnull=False).count() == len(WORLDS)
    assert {"public", "private", "link"} == set(Award.objects.values_list("visibility", flat=True))
