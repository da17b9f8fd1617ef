"""What tests are made of: plain functions, told the one thing that matters."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from PIL import Image

from sealwright.web.accounts.models import User
from sealwright.web.catalogue.content import Assessment, Content, Skill
from sealwright.web.catalogue.models import Picture, Programme, SkillFramework, Version
from sealwright.web.catalogue.services.pictures import keep_picture
from sealwright.web.catalogue.services.publishing import write_version
from sealwright.web.issuing.models import Award, Batch
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Grant, Organisation, Role, Unit
from sealwright.web.organisations.permissions import FOR_PROGRAMS, Permission
from sealwright.web.organisations.services.api_keys import make_api_key

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)


def a_person(address: str = "", *, name: str = "Mira Holt", **fields: Any) -> User:
    """A person with one verified address."""
    address = address or f"person{next(_numbers)}@people.example"
    person = User.objects.create_user(name=name, email=address, **fields)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def a_framework(title: str = "Skills of sailors", **fields: Any) -> SkillFramework:
    """A framework that was brought in, of which nothing is left but its row."""
    told: dict[str, Any] = {
        "address": f"https://skills.example/{next(_numbers)}",
        "title": title,
        "version": "1",
        "counts": {"skill": 13_896, "pickable": 13_000},
        "digest": "0" * 64,
        "brought_at": NOON,
        "brought_by": "operator",
    }
    return SkillFramework.objects.create(**told | fields)


def an_organisation(name: str = "Harbour College", **fields: Any) -> Organisation:
    """A provider with a slug made from its name."""
    slug = fields.pop("slug", "") or f"{name.lower().replace(' ', '-')}-{next(_numbers)}"
    return Organisation.objects.create(name=name, slug=slug, country="NL", **fields)


def somebody(role: Role, organisation: Organisation, unit: Unit | None = None) -> User:
    """A person with a role in the organisation, or in a unit of it."""
    person = a_person(name=f"{role.label} of {organisation.name}")
    Grant.objects.create(organisation=organisation, unit=unit, person=person, role=role)
    return person


def an_actor(role: Role, organisation: Organisation, unit: Unit | None = None) -> Actor:
    """Somebody with a role, as services see them."""
    actor = actor_of_person(somebody(role, organisation, unit), organisation)
    assert actor is not None
    return actor


def a_content(title: str = "Coastal Navigation", **fields: Any) -> Content:
    """What a programme says, with enough told to be published."""
    told: dict[str, Any] = {
        "title": title,
        "summary": "Plan and sail a coastal passage by day and night.",
        "description": "Certifies that the holder plans and sails a coastal passage.",
        "criteria": "Plan a passage of 20 miles and sail it under the eyes of an assessor.",
        "skills": (
            Skill("Passage planning", level=3, shown_by="Planned a passage of 20 miles."),
            Skill("Calm under pressure", kind="human", level=2),
        ),
        "outcomes": ("Plan a coastal passage", "Stand a night watch"),
        "eqf": "4",
        "hours": 75.0,
        "ects": 3.0,
        "participation": "onsite",
        "quality": "External review every two years",
        "assessment": Assessment(
            type="performed-task", supervision="onsite", identity_check="document"
        ),
    }
    return Content(**told | fields)


def a_programme(
    organisation: Organisation, title: str = "Coastal Navigation", **fields: Any
) -> Programme:
    """A programme that is a draft."""
    unit = fields.pop("unit", None)
    draft = a_content(title, **fields).as_json()
    return Programme.objects.create(organisation=organisation, unit=unit, draft=draft)


def a_version(
    organisation: Organisation, title: str = "Coastal Navigation", **fields: Any
) -> Version:
    """A programme with its first version published."""
    programme = a_programme(organisation, title, **fields)
    return write_version(programme, programme.content, number=1, by="person:test", at=NOON)


def a_picture(organisation: Organisation, *, turned: int = 0) -> Picture:
    """A badge picture of the organisation: soft rings, `turned` by so many degrees."""
    written = BytesIO()
    rings = Image.merge("RGB", [Image.radial_gradient("L"), *[Image.linear_gradient("L")] * 2])
    rings.rotate(turned).save(written, "PNG")
    return keep_picture(written.getvalue(), actor=an_actor(Role.MANAGER, organisation))


def an_award(
    organisation: Organisation,
    *,
    address: str = "",
    name: str = "Mira Holt",
    version: Version | None = None,
    **values: Any,
) -> Award:
    """An award of the organisation, issued through the one door, mail and all.

    Not within a transaction: tests with it are `django_db(transaction=True)`.
    """
    person = Person(address or f"person{next(_numbers)}@people.example", name=name, values=values)
    return award_one(
        version or a_version(organisation),
        person,
        actor=an_actor(Role.ISSUER, organisation),
        source=Batch.Source.FORM,
    )


def an_api_key(organisation: Organisation, *scopes: Permission, **fields: Any) -> str:
    """The secret of a key of the organisation; every scope unless some are named."""
    told: dict[str, Any] = {"name": "Our register", "scopes": scopes or FOR_PROGRAMS}
    _, secret = make_api_key(**told | fields, actor=an_actor(Role.OWNER, organisation))
    return secret
