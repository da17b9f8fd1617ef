"""Loading the demo world: through the same services that people use, so all of it is real.

Everything is drawn from one seed, so the world is the same each time but for ids and keys.
Loading picks up where it was cut off: what is there is not made again.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from sealwright.web.accounts.models import DemoSide, User
from sealwright.web.catalogue.content import Assessment, Content, Skill
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.catalogue.services.publishing import as_published, write_version
from sealwright.web.demo.people import LEARNERS
from sealwright.web.issuing.models import Award, Batch, Reason
from sealwright.web.issuing.services.batches import Person, carry_out, make_batch
from sealwright.web.issuing.services.standing import revoke_awards, suspend_awards
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import Grant, Organisation, Role, Unit
from sealwright.web.trust.models import Recognition

SEED: Final = 20261127
AWARDS: Final = 400
YEARS: Final = 3
"""Awards are spread over so many years before the day of loading."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One award to be made: to whom, of what, when, and with which grade."""

    learner: int
    programme: int
    at: datetime
    grade: str


def load(say: Say) -> None:
    """Fill the database with the demo world, unless it is there already."""
    if Award.objects.filter(organisation__is_demo=True).count() >= AWARDS:
        return
    say("making the demo world: providers, programmes, people …")
    learners = [_learner(*each) for each in LEARNERS]
    organisations = [_organisation(each) for each in _worlds()]
    _employer()
    versions = [version for each in organisations for version in _versions(each)]
    say(f"signing {AWARDS} awards …")
    _award(versions, learners)
    _live(learners)
    _withdraw({actor.organisation.pk: actor for _version, actor in versions})


def _worlds() -> list[Mapping[str, Any]]:
    folder = files("sealwright.web.demo") / "world"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    return [
        {"slug": name.removesuffix(".toml"), **tomllib.loads((folder / name).read_text("utf-8"))}
        for name in names
    ]


# --- People and organisations ---------------------------------------------------------------


def _person(name: str, address: str, note: str, side: DemoSide) -> User:
    known = EmailAddress.objects.filter(email=address).select_related("user").first()
    if known is not None:
        return known.user  # type: ignore[no-any-return]
    with transaction.atomic():
        person = User.objects.create_user(
            name=name, email=address, is_demo=True, demo_note=note, demo_side=side
        )
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def _learner(name: str, note: str) -> User:
    return _person(name, _address(name, "people.example"), note, DemoSide.LEARNER)


def _address(name: str, domain: str) -> str:
    return f"{name.lower().replace(' ', '.').replace('’', '')}@{domain}"


def _staff(organisation: Organisation, slug: str, name: str, role: Role) -> User:
    note = f"{role.label} at {organisation.name}"
    side = DemoSide.PROVIDER if organisation.issues else DemoSide.RECRUITER
    person = _person(name, _address(name, f"{slug}.example"), note, side)
    Grant.objects.get_or_create(organisation=organisation, unit=None, person=person, role=role)
    return person


STAFF: Final = {
    "harbour-university": ("Ingrid Vermeer", "Tomas Bakker", "Leila Haddad"),
    "northlight": ("Astrid Lund", "Jonas Ek", "Farah Nilsson"),
    "meridian-care": ("Niamh Kelly", "Owen Daly", "Siobhan Burke"),
    "brightpath": ("Casey Morgan", "Devon Blake", "Riley Stone"),
    "kestrel-cloud": ("Anke Fuchs", "Milan Novak", "Greta Sommer"),
    "guild-of-project-leaders": ("Harriet Cole", "Samuel Price", "Anita Rao"),
    "lantern-languages": ("Lucia Vega", "Marcos Ruiz", "Elena Soto"),
}
"""Owner, issuer and assessor of each provider."""


def _organisation(world: Mapping[str, Any]) -> tuple[Mapping[str, Any], Organisation, Actor]:
    slug = world["slug"]
    fields = {
        name: world[name]
        for name in ("name", "legal_name", "country", "locality", "description", "website",
                     "linkedin_id", "hires")
        if name in world
    }  # fmt: skip
    organisation, _ = Organisation.objects.get_or_create(
        slug=slug, defaults={**fields, "is_demo": True}
    )
    owner, issuer, assessor = STAFF[slug]
    people = [
        _staff(organisation, slug, owner, Role.OWNER),
        _staff(organisation, slug, issuer, Role.ISSUER),
        _staff(organisation, slug, assessor, Role.ASSESSOR),
    ]
    for name in world.get("units", ()):
        Unit.objects.get_or_create(organisation=organisation, name=name)
    for told in world.get("recognitions", ()):
        _recognise(organisation, told)
    actor = actor_of_person(people[0], organisation)
    if actor is None:
        raise RuntimeError(f"the owner of {slug} has no part in it")
    return world, organisation, actor


def _recognise(organisation: Organisation, told: Mapping[str, Any]) -> None:
    confirmed = bool(told.get("confirmed_by"))
    Recognition.objects.get_or_create(
        organisation=organisation,
        kind=told["kind"],
        body=told["body"],
        defaults={
            "scope": told.get("scope", ""),
            "since": told.get("since"),
            "until": told.get("until"),
            "confirmed_by": told.get("confirmed_by", ""),
            "confirmed_at": timezone.now() if confirmed else None,
        },
    )


def _employer() -> None:
    organisation, _ = Organisation.objects.get_or_create(
        slug="tidewater-energy",
        defaults={
            "name": "Tidewater Energy",
            "country": "NL",
            "locality": "Zeehaven",
            "description": "Builds and runs wind farms off the coast, and hires.",
            "issues": False,
            "hires": True,
            "is_demo": True,
        },
    )
    _staff(organisation, "tidewater-energy", "Noor Jansen", Role.OWNER)
    _staff(organisation, "tidewater-energy", "Pieter de Wit", Role.RECRUITER)


# --- Programmes -----------------------------------------------------------------------------


def _versions(of: tuple[Mapping[str, Any], Organisation, Actor]) -> Iterator[tuple[Version, Actor]]:
    world, organisation, actor = of
    for told in world["programmes"]:
        content = content_of(told, world.get("defaults", {}))
        unit = Unit.objects.filter(organisation=organisation, name=told.get("unit", "")).first()
        programme = Programme.objects.filter(
            organisation=organisation, draft__title=content.title
        ).first() or Programme.objects.create(
            organisation=organisation, unit=unit, draft=content.as_json()
        )
        yield programme.current or _published(programme, content, actor), actor


def content_of(told: Mapping[str, Any], defaults: Mapping[str, Any]) -> Content:
    """What a programme of the world says, with what its provider says of all of them."""
    members = {**defaults, **told}
    members.pop("unit", None)
    assessment = {**defaults.get("assessment", {}), **told.get("assessment", {})}
    skills = tuple(Skill(n, k, level, shown_by=shown) for n, k, level, shown in members["skills"])
    return Content(
        **members
        | {
            "description": members.get("description", members["summary"]),
            "outcomes": tuple(members.get("outcomes", ())),
            "skills": skills,
            "assessment": Assessment(**assessment),
        }
    )


def _published(programme: Programme, content: Content, actor: Actor) -> Version:
    """Published before the first of its awards, as it would have been."""
    at = timezone.now() - timedelta(days=365 * YEARS + 60)
    with transaction.atomic():
        return write_version(programme, as_published(content), number=1, by=actor.label, at=at)


# --- Awards ---------------------------------------------------------------------------------


def plan(versions: int, learners: int, *, now: datetime) -> list[Plan]:
    """Who is awarded what and when: `AWARDS` different pairs, spread over `YEARS` years."""
    draw = random.Random(SEED)  # noqa: S311 - a made-up world, no secret
    pairs = [(p, n) for p in range(versions) for n in range(learners)]
    chosen = sorted(draw.sample(pairs, AWARDS))
    moments = [now - timedelta(days=draw.uniform(1, 365 * YEARS)) for _ in chosen]
    return [
        Plan(learner, programme, at.replace(microsecond=0), str(draw.randint(61, 98)))
        for (programme, learner), at in zip(chosen, moments, strict=True)
    ]


def _award(versions: list[tuple[Version, Actor]], learners: list[User]) -> None:
    now = timezone.now().astimezone(UTC)
    plans = plan(len(versions), len(learners), now=now)
    for number, (version, actor) in enumerate(versions):
        people = [_recipient(version, learners, each) for each in plans if each.programme == number]
        batch = make_batch(
            version,
            people,
            actor=actor,
            source=Batch.Source.CSV,
            key=f"demo:{version.path}",
            options={"send_mail": False},
            held=True,
        )
        while carry_out(batch.pk, held=True):
            pass


def _recipient(version: Version, learners: list[User], told: Plan) -> Person:
    person = learners[told.learner]
    values = {"awarded": told.at.isoformat().replace("+00:00", "Z")}
    if version.content.grade:
        values["grade"] = told.grade
    return Person(address=person.email, name=person.name, values=values)


UNCLAIMED: Final = 2
"""So many of the learners, the last ones, have not claimed anything yet."""


def _live(learners: list[User]) -> None:
    """What came after: awards claimed and shown, some withdrawn."""
    draw = random.Random(SEED + 1)  # noqa: S311 - a made-up world, no secret
    for person in learners[:-UNCLAIMED]:
        own = Award.objects.filter(recipient__address=person.email, claimed_at=None)
        own.update(holder=person, holder_proof=Award.HolderProof.ADDRESS, claimed_at=timezone.now())
    claimed = list(Award.objects.filter(claimed_at__isnull=False).order_by("pk"))
    for award in draw.sample(claimed, len(claimed) // 3):
        award.visibility = Award.Visibility.PUBLIC
        award.save(update_fields=["visibility"])
    for award in draw.sample(claimed, 12):
        award.visibility = Award.Visibility.PRIVATE
        award.save(update_fields=["visibility"])


def _withdraw(actors: Mapping[int, Actor]) -> None:
    """One award of each provider revoked with a public reason, and one suspended."""
    for organisation, actor in actors.items():
        held = Award.objects.filter(organisation=organisation, claimed_at__isnull=False)
        first, second = held.order_by("pk").values_list("public_id", flat=True)[:2]
        revoke_awards(
            [first],
            reason=Reason.ISSUED_IN_ERROR,
            note="Two people of one name were mixed up.",
            public=True,
            actor=actor,
        )
        suspend_awards([second], note="The evidence is being looked at again.", actor=actor)
