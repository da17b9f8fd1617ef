"""A full board: four and twenty candidates for one job, of every kind that a board shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core import signing

from sealwright.skills.evidence import Strength
from sealwright.skills.frameworks import About, Concept, Framework
from sealwright.web.hiring import proofs
from sealwright.web.hiring.proofs import NamedSkill, Proof
from sealwright.web.hiring.views import SALT
from tests.web.hiring.test_screen import asked

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROOM = "https://cloud.example.org/"
ASKED = (
    "identity and access", "cloud networking", "threat modelling", "Kubernetes",
    "lead the response to incidents", "brief boards on risk",
)  # fmt: skip
MUSTS = 4
NARROWER = {"Helm charts": "Kubernetes", "single sign-on": "identity and access"}
SCHOOLS = ("Northshore University", "Institute of Security Practice", "Cloudharbor Academy")
STRENGTHS = (Strength.SUPERVISED_EXAM, Strength.REVIEWED_PROJECT, Strength.PERFORMED_TASK)
PEOPLE = (
    "Mira Castell", "Tomas Bakker", "Leila Haddad", "Jonas Ek", "Farah Nilsson", "Ada Obi",
    "Chidi Eze", "Ines Prado", "Yusuf Demir", "Noor Rahman", "Petra Novak", "Sven Lund",
    "Aiko Mori", "Bram de Wit", "Carla Rossi", "Dinh Tran", "Elif Kaya", "Goran Ilic",
    "Hana Sato", "Ivo Petrov", "Jana Weiss", "Kofi Mensah", "Lea Martin",
    "Maximiliane von Hohenfels-Ackermann",
)  # fmt: skip


def address(name: str) -> str:
    return ROOM + name.replace(" ", "-")


def framework() -> Framework:
    """The skills of the job, and two that are narrower."""
    asked = tuple(Concept(address(name), (("en", name),)) for name in ASKED)
    narrower = tuple(
        Concept(address(name), (("en", name),), broader=(address(above),))
        for name, above in NARROWER.items()
    )
    return Framework(About(ROOM, (("en", "Cloud skills"),), "1"), (*asked, *narrower))


def badge(candidate: str, *skills: NamedSkill, number: int = 0, **told: Any) -> Proof:
    """A badge as it was found, of a school that a register names."""
    school = SCHOOLS[number % len(SCHOOLS)]
    members: dict[str, Any] = {
        "is_in_force": True,
        "digest": f"{candidate} {skills} {number}",
        "id": f"urn:c:{candidate}:{number}",
        "title": ", ".join(skill.name for skill in skills).capitalize(),
        "issuer": f"did:web:{school.split()[0].lower()}.example.org",
        "issuer_name": school,
        "is_listed": True,
        "strength": STRENGTHS[number % len(STRENGTHS)].value,
        "when": f"202{5 + number % 2}-0{1 + number % 9}-14",
        "skills": skills,
    }
    members |= {"state": proofs.SOUND, "headline": "Valid"} | told
    return Proof(candidate, "badge.json", **members)


def proofs_of(number: int) -> list[Proof]:
    """What one candidate brought; the further down, the less."""
    name = PEOPLE[number]
    brought = []
    for place, skill in enumerate(ASKED):
        seed = (number * 7 + place * 5) % 24
        named = NamedSkill(skill, address(skill), 3 if seed % 5 else 1)
        told: dict[str, Any] = {}
        if seed < number - 3:
            continue
        if seed % 7 == 6:
            told = {"when": "2016-02-01"}
        elif seed % 11 == 10:
            told = {"state": proofs.REFUSED, "headline": "Withdrawn", "is_in_force": False}
        elif seed % 9 == 8:
            told = {"state": proofs.OPEN, "headline": "Could not be decided", "is_in_force": False}
        elif seed % 13 == 12:
            told = {"strength": Strength.ATTENDANCE.value}
        brought.append(badge(name, named, number=number + place, **told))
    for place, skill in enumerate(NARROWER):
        if (number + place) % 4 == 1:
            brought.append(badge(name, NamedSkill(skill, address(skill), 2), number=number + place))
    if not brought or number == 22:
        return [proofs.unreadable(name, "me.png", "It holds no credential.", "Not a badge")]
    return brought


def everything() -> list[Proof]:
    """What all of them brought."""
    return [proof for number in range(len(PEOPLE)) for proof in proofs_of(number)]


def carried(some: Sequence[Proof], *, at: datetime = AT) -> str:
    """As a page carries it."""
    values = {"at": at.isoformat(), "found": [each.as_json() for each in some]}
    return signing.dumps(values, salt=SALT, compress=True)


def form() -> dict[str, Any]:
    """What is sent for the board of all of them."""
    data = asked(*ASKED, found=carried(everything()))
    data |= {f"asked-{number}-level": 2 for number in range(len(ASKED))}
    return data | {f"asked-{number}-must": "on" for number in range(MUSTS)}
