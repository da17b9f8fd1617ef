"""The parts of an organisation."""

from __future__ import annotations

import pytest

from sealwright.web.audit.models import Entry
from sealwright.web.organisations.models import Role, Unit
from sealwright.web.organisations.services.units import (
    close_unit,
    make_unit,
    rename_unit,
    reopen_unit,
)
from tests.web.factories import an_actor, an_organisation
from tests.web.organisations.refusing import refused

pytestmark = pytest.mark.django_db


def test_units_lie_in_units() -> None:
    actor = an_actor(Role.MANAGER, an_organisation())

    sea = make_unit(name="Faculty of the Sea", actor=actor)
    tides = make_unit(name="Tides", parent=sea.public_id, actor=actor)

    assert tides.parent == sea
    assert Entry.objects.count() == 2


def test_a_name_is_used_once_in_an_organisation() -> None:
    actor = an_actor(Role.OWNER, an_organisation())
    make_unit(name="Sea", actor=actor)
    land = make_unit(name="Land", actor=actor)

    with refused(409, "Sea"):
        make_unit(name="Sea", actor=actor)
    with refused(409, "Sea"):
        rename_unit(land.public_id, name="Sea", actor=actor)

    make_unit(name="Sea", actor=an_actor(Role.OWNER, an_organisation("Hill School")))


def test_the_trail_tells_both_names() -> None:
    actor = an_actor(Role.OWNER, an_organisation())
    sea = make_unit(name="Sea", actor=actor)

    rename_unit(sea.public_id, name="Sea and Sky", actor=actor)
    rename_unit(sea.public_id, name="Sea and Sky", actor=actor)

    entry = Entry.objects.get(event="unit.renamed")
    assert entry.details == {"before": "Sea", "now": "Sea and Sky"}


def test_a_unit_closes_after_those_below_it_and_opens_before_them() -> None:
    actor = an_actor(Role.OWNER, an_organisation())
    sea = make_unit(name="Sea", actor=actor)
    tides = make_unit(name="Tides", parent=sea.public_id, actor=actor)

    with refused(409, "below"):
        close_unit(sea.public_id, actor=actor)
    close_unit(tides.public_id, reason="Merged", actor=actor)
    close_unit(sea.public_id, actor=actor)
    with refused(409, "Sea"):
        reopen_unit(tides.public_id, actor=actor)
    reopen_unit(sea.public_id, actor=actor)
    reopen_unit(tides.public_id, actor=actor)

    assert not Unit.objects.exclude(closed_at=None).exists()


def test_a_closed_unit_takes_up_nothing_new() -> None:
    actor = an_actor(Role.OWNER, an_organisation())
    sea = make_unit(name="Sea", actor=actor)
    close_unit(sea.public_id, actor=actor)

    with refused(409, "closed"):
        make_unit(name="Tides", parent=sea.public_id, actor=actor)


def test_a_unit_of_another_organisation_is_not_there() -> None:
    sea = make_unit(name="Sea", actor=an_actor(Role.OWNER, an_organisation()))
    stranger = an_actor(Role.OWNER, an_organisation("Hill School"))

    with refused(404):
        make_unit(name="Tides", parent=sea.public_id, actor=stranger)
    with refused(404):
        rename_unit(sea.public_id, name="Mine", actor=stranger)
    with refused(404):
        close_unit(sea.public_id, actor=stranger)
    with refused(404):
        reopen_unit(sea.public_id, actor=stranger)


def test_readers_make_no_units() -> None:
    with refused(403):
        make_unit(name="Sea", actor=an_actor(Role.READER, an_organisation()))
