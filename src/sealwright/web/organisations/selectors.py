"""What the pages of an organisation show: its people, its parts, its keys and its domains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sealwright.web.accounts.models import User
from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.organisations.actors import KEY_LABEL, Actor
from sealwright.web.organisations.models import (
    ApiKey,
    DomainProof,
    Grant,
    Invitation,
    Organisation,
    Role,
    Unit,
)
from sealwright.web.organisations.permissions import GRANTS

PERSON_LABEL: Final = "person:"


# --- People ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A person with their roles, those for the whole first."""

    person: User
    grants: tuple[Grant, ...]

    @property
    def is_owner(self) -> bool:
        return any(grant.role == Role.OWNER and grant.unit_id is None for grant in self.grants)


def people(actor: Actor, *, search: str = "", role: str = "", unit: str = "") -> QuerySet[User]:
    """The members by name, those whose name or address has `search` in it, with a role or in a
    unit (public id) where one is named.
    """
    grants = Grant.objects.visible_to(actor)
    if role:
        grants = grants.filter(role=role)
    if unit:
        grants = grants.filter(unit__public_id=unit)
    found = User.objects.filter(pk__in=grants.values("person"))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(emailaddress__email__icontains=search))
    return found.distinct().order_by("name", "pk")


def with_roles(actor: Actor, persons: Iterable[User]) -> list[Member]:
    """The persons with their roles in the actor's organisation, in the same order."""
    persons = list(persons)
    grants: defaultdict[int, list[Grant]] = defaultdict(list)
    order = list(Role)
    for grant in Grant.objects.visible_to(actor).filter(person__in=persons).select_related("unit"):
        grants[grant.person_id].append(grant)
    for own in grants.values():
        own.sort(key=lambda g: (g.unit is not None, order.index(Role(g.role)), str(g.unit)))
    return [Member(person, tuple(grants[person.pk])) for person in persons]


def member(public_id: str, actor: Actor) -> Member:
    """One member. Raises `Refusal`: 404 for who is none."""
    person = people(actor).filter(public_id=public_id).first()
    if person is None:
        raise Refusal(NOT_FOUND, _("There is no such member."))
    return with_roles(actor, [person])[0]


def is_last_owner(member: Member, organisation: Organisation) -> bool:
    """Would nobody own the organisation without this member?"""
    others = Grant.objects.of_owners(organisation).exclude(person=member.person)
    return member.is_owner and not others.exists()


def roles_within_reach(actor: Actor) -> list[Role]:
    """The roles that the actor may give and take: none that may do more than they themselves."""
    return [role for role in Role if GRANTS[role] <= actor.everywhere]


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """What was offered and neither taken up nor withdrawn, the newest first."""
    found = Invitation.objects.visible_to(actor).still_open().select_related("unit")
    return found.order_by("-created_at", "-pk")


# --- Parts, keys, domains -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A unit in its place in the tree. `depth` is 0 directly below the whole."""

    unit: Unit
    depth: int
    people: int
    has_open_parts: bool


def unit_tree(organisation: Organisation) -> list[Part]:
    """Every unit, each followed by those below it, by name."""
    units = Unit.objects.filter(organisation=organisation)
    counted = units.annotate(number=Count("grant__person", distinct=True))
    people = dict(counted.values_list("pk", "number"))
    below: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units.order_by("name"):
        below[unit.parent_id].append(unit)
    tree: list[Part] = []

    def add(parent: int | None, depth: int) -> None:
        for unit in below[parent]:
            has_open = any(part.closed_at is None for part in below[unit.pk])
            tree.append(Part(unit, depth, people[unit.pk], has_open))
            add(unit.pk, depth + 1)

    add(None, 0)
    return tree


def open_units(organisation: Organisation) -> list[tuple[str, str]]:
    """Public id and name of each open unit in the order of the tree, names indented."""
    tree = [part for part in unit_tree(organisation) if part.unit.closed_at is None]
    return [(part.unit.public_id, "\u2003" * part.depth + part.unit.name) for part in tree]


def api_keys(actor: Actor) -> QuerySet[ApiKey]:
    """The keys for programs, good ones first, then the newest."""
    keys = ApiKey.objects.visible_to(actor).select_related("unit")
    return keys.order_by("revoked_at", "-created_at", "-pk")


def domains(actor: Actor) -> QuerySet[DomainProof]:
    return DomainProof.objects.visible_to(actor)


def all_organisations(*, search: str = "", closed: bool = False) -> QuerySet[Organisation]:
    """Every organisation of the site that is open, or closed, by name. For who runs the site."""
    found = Organisation.objects.filter(closed_at__isnull=not closed)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(slug__icontains=search))
    return found.annotate(people=Count("grants__person", distinct=True)).order_by("name", "pk")


# --- Names ----------------------------------------------------------------------------------


def names_of(labels: Iterable[str], organisation: Organisation | None = None) -> Mapping[str, str]:
    """What people call each label of an actor, for as long as there is something to call them.

    Keys are those of `organisation`; the site as a whole has none.

    Labels of people who are gone, and of keys elsewhere, are left out.
    """
    wanted = set(labels)
    people = [each.removeprefix(PERSON_LABEL) for each in wanted if each.startswith(PERSON_LABEL)]
    keys = [each.removeprefix(KEY_LABEL) for each in wanted if each.startswith(KEY_LABEL)]
    by_rank = {"worker": _("Sealwright, by itself"), "operator": _("Operator of this site")}
    names = {label: name for label, name in by_rank.items() if label in wanted}
    for person in User.objects.filter(public_id__in=people, is_active=True):
        names[person.label] = str(person)
    for key in ApiKey.objects.filter(organisation=organisation, public_id__in=keys):
        names[f"{KEY_LABEL}{key.public_id}"] = _("Key “%s”") % key.name
    return names
