"""What is published never changes, whichever way one tries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from sealwright.web.catalogue.models import PublishedError, Version, VersionSkill
from tests.web.factories import a_version, an_organisation

pytestmark = pytest.mark.django_db


def _saved(version: Version) -> None:
    version.title = "Something else"
    version.save()


def _saved_anew(version: Version) -> None:
    Version.objects.update_or_create(pk=version.pk, defaults={"title": "Something else"})


def _updated_in_bulk(version: Version) -> None:
    version.title = "Something else"
    Version.objects.bulk_update([version], ["title"])


def _skill_saved(version: Version) -> None:
    skill = version.skills.get(position=0)
    skill.name = "Something else"
    skill.save()


WAYS: list[Callable[[Version], object]] = [
    _saved,
    _saved_anew,
    _updated_in_bulk,
    _skill_saved,
    lambda version: Version.objects.filter(pk=version.pk).update(title="Something else"),
    lambda version: version.programme.versions.update(title="Something else"),
    lambda version: version.skills.update(level=4),
    lambda version: Version.objects.filter(pk=version.pk).delete(),
    lambda version: VersionSkill.objects.filter(version=version).delete(),
    lambda version: version.delete(),
    lambda version: version.skills.get(position=0).delete(),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_code_of_ours_changes_a_published_version(way: Callable[[Version], object]) -> None:
    version = a_version(an_organisation())

    with pytest.raises(PublishedError), transaction.atomic():
        way(version)

    assert Version.objects.get(pk=version.pk).title == "Coastal Navigation"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE catalogue_version SET title = 'Something else'",
        "UPDATE catalogue_versionskill SET level = 4",
    ],
)
def test_the_database_refuses_as_well(change: str) -> None:
    version = a_version(an_organisation())

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute(change)

    assert Version.objects.get(pk=version.pk).title == "Coastal Navigation"


def test_a_programme_with_versions_cannot_be_deleted() -> None:
    version = a_version(an_organisation())

    with pytest.raises(ProtectedError):
        version.programme.delete()
