"""More of everything that a list can hold, in a scene."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Final

from django.utils import timezone

from sealwright.web.accounts.models import DemoSide
from sealwright.web.assessing.models import Application
from sealwright.web.catalogue.content import Skill
from sealwright.web.catalogue.models import FrameworkEntry
from sealwright.web.core.models import DeliveredMail
from sealwright.web.issuing.models import Award, Batch
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.issuing.services.rotation import rotate_key
from sealwright.web.issuing.services.sheets import bring_sheet
from sealwright.web.leaving.models import Bundle
from sealwright.web.organisations.actors import Actor, actor_of_person
from sealwright.web.organisations.models import DomainProof, Invitation, Role, Unit
from sealwright.web.trust.models import Recognition
from sealwright.web.wallet.models import Collection, Item, Share, ShareEntry
from tests.web.factories import (
    a_framework,
    a_person,
    a_picture,
    a_version,
    an_api_key,
    an_award,
    an_organisation,
    somebody,
)
from tests.web.scenes import Scene

NAMES: Final = ("Anna-Lena Brandstätter", "Ọlá Adéyẹmí", "Wilhelmina van den Berg-Oosterhuis", "Bo")
_numbers = count(1)


def _owner(scene: Scene) -> Actor:
    actor = actor_of_person(scene.owner, scene.organisation)
    assert actor is not None
    return actor


def more_awards(scene: Scene) -> None:
    """One more award of the scene's programme, waiting to be claimed, in a batch of its own."""
    number = next(_numbers)
    person = Person(f"learner{number}@people.example", name=NAMES[number % len(NAMES)])
    award_one(scene.version, person, actor=_owner(scene), source=Batch.Source.FORM)


def more_frameworks(_: Scene) -> None:
    """One more version of a framework of skills."""
    a_framework(f"Skills of sailors {next(_numbers)}", is_current=False)


def more_that_name(scene: Scene) -> None:
    """One more programme that names a skill of the scene's framework."""
    number = next(_numbers)
    url, name = f"https://skills.example/knots/{number}", f"Tie the knots of a rigger {number}"
    FrameworkEntry.objects.create(
        framework=scene.framework, sort=FrameworkEntry.Sort.SKILL, url=url, label=name, members={}
    )
    skill = Skill(name, level=2, url=url, framework=str(scene.framework))
    a_version(scene.organisation, f"Knots for riggers {number}", skills=(skill,))


def more_programmes(scene: Scene) -> None:
    """One more programme, with an award and a colleague who saved its draft."""
    number = next(_numbers)
    picture = a_picture(scene.organisation, turned=number).public_id
    version = a_version(
        scene.organisation,
        f"Seamanship on rivers and lakes {number}",
        picture=picture,
        picture_caption="Rings on water",
    )
    colleague = somebody(Role.MANAGER, scene.organisation)
    version.programme.draft_changed_by = f"person:{colleague.public_id}"
    version.programme.takes_applications = True
    version.programme.save()
    person = Person(f"learner{number}@people.example", name=NAMES[number % len(NAMES)])
    award_one(version, person, actor=_owner(scene), source=Batch.Source.FORM)


def more_tables(scene: Scene) -> None:
    """One more table of people that was begun and not issued."""
    number = next(_numbers)
    bring_sheet(
        scene.version,
        f"Name,E-mail\nBo,bo{number}@people.example\n".encode(),
        file_name=f"exam of june {number}.csv",
        actor=_owner(scene),
    )


def more_held(scene: Scene) -> None:
    """One more award and one more credential from elsewhere in the learner's wallet."""
    number = next(_numbers)
    version = a_version(scene.organisation, f"Reading the tides {number}")
    person = Person(scene.learner.email, name=scene.learner.name)
    award = award_one(version, person, actor=_owner(scene), source=Batch.Source.FORM)
    Award.objects.filter(pk=award.pk).update(
        holder=scene.learner, claimed_at=timezone.now(), visibility=Award.Visibility.PUBLIC
    )
    item = Item.objects.create(
        owner=scene.learner,
        original=b"{}",
        sha256=f"{number:064}",
        name="badge.json",
        title=f"First aid at sea {number}",
        issuer_name="Coastguard",
        verdict="valid",
        checked_at=timezone.now(),
    )
    Collection.objects.create(owner=scene.learner, name=f"For the harbour office {number}")
    ShareEntry.objects.create(share=scene.share, award=award)
    ShareEntry.objects.create(share=scene.share, item=item)


def more_shares(scene: Scene) -> None:
    """One more thing that the learner shows to somebody."""
    share = Share.objects.create(owner=scene.learner, title="For the harbour office")
    ShareEntry.objects.create(share=share, award=scene.award)
    ShareEntry.objects.create(share=share, item=scene.item)


def more_applications(scene: Scene) -> None:
    """One more application for a programme, of the learner and of somebody else."""
    version = a_version(scene.organisation, f"Night watch {next(_numbers)}")
    for learner in (scene.learner, a_person(name="Wilhelmina van den Berg-Oosterhuis")):
        Application.objects.create(
            organisation=scene.organisation,
            programme=version.programme,
            version=version,
            learner=learner,
            state=Application.State.SUBMITTED,
            submitted_at=timezone.now(),
        )


def more_people(scene: Scene) -> None:
    """A colleague with two roles, and somebody invited."""
    colleague = somebody(Role.ISSUER, scene.organisation)
    colleague.grants.create(organisation=scene.organisation, unit=scene.unit, role=Role.MANAGER)
    Invitation.objects.create(
        organisation=scene.organisation,
        email=f"guest{next(_numbers)}@people.example",
        role=Role.READER,
        unit=scene.unit,
        token_hash=f"{next(_numbers):064}",
        invited_by=scene.owner.label,
        expires_at=timezone.now() + timedelta(days=7),
    )


def more_settings(scene: Scene) -> None:
    """A unit, a domain, a recognition that waits for the operator, a key for programs, one to
    sign with, and an exit bundle."""
    number = next(_numbers)
    Unit.objects.create(organisation=scene.organisation, name=f"Department of rivers {number}")
    DomainProof.objects.create(
        organisation=scene.organisation, domain=f"h{number}.example", token="a-token"
    )
    Recognition.objects.create(
        organisation=scene.organisation, kind="membership", body=f"League {number} of Harbours"
    )
    an_api_key(scene.organisation)
    rotate_key(at_once=True, actor=_owner(scene))
    Bundle.objects.create(
        organisation=scene.organisation, state=Bundle.State.READY, made_by=scene.owner.label
    )


def more_providers(scene: Scene) -> None:
    """Another provider, recognised by somebody, with a domain of its own and an award."""
    college = an_organisation(f"College {next(_numbers)}")
    DomainProof.objects.create(
        organisation=college,
        domain=f"{college.slug}.example",
        token="a-token",
        proven_at=timezone.now(),
    )
    an_award(college)


def more_mail(scene: Scene) -> None:
    """One more mail in the demo's outbox."""
    DeliveredMail.objects.create(
        sender="us@here.example", to=scene.learner.email, subject="Your award", text="Dear Sol"
    )


def more_of_the_demo(scene: Scene) -> None:
    """One more person of the demo, to sign in as."""
    a_person(is_demo=True, demo_side=DemoSide.LEARNER, demo_note=f"Learns at {scene.name}")


ALL: Final = (
    more_awards,
    more_programmes,
    more_held,
    more_shares,
    more_applications,
    more_people,
    more_settings,
    more_providers,
    more_mail,
    more_of_the_demo,
    more_frameworks,
    more_that_name,
)
