"""Two organisations with something of everything, and what fills the gaps in addresses.

Whoever adds a route whose address names something new adds a line to `GAPS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.utils import timezone

from sealwright.web.accounts.models import User
from sealwright.web.assessing.models import Application, EvidenceFile
from sealwright.web.catalogue.models import Picture, SkillFramework, Version
from sealwright.web.core.ids import LENGTH, token_hash
from sealwright.web.issuing.models import (
    Award,
    Batch,
    Sheet,
    SheetRow,
    StandingOrder,
    StatusList,
)
from sealwright.web.issuing.services.batches import Person, award_one
from sealwright.web.issuing.services.offers import claim_token
from sealwright.web.leaving.models import Bundle
from sealwright.web.organisations.actors import actor_of_person
from sealwright.web.organisations.models import (
    ApiKey,
    DomainProof,
    Invitation,
    Organisation,
    Role,
    Unit,
)
from sealwright.web.trust.models import Recognition
from sealwright.web.wallet.models import Collection, Item, Profile, Share
from tests.web.factories import (
    a_framework,
    a_person,
    a_picture,
    a_version,
    an_api_key,
    an_organisation,
    somebody,
)

NOBODYS: Final = "0" * LENGTH
"""An id that names nothing."""


@dataclass
class Scene:
    """An organisation in which everything that an address can name is there once."""

    name: str
    in_unit: bool = False
    """Does everything that can belong to a unit belong to `unit`?"""

    organisation: Organisation = field(init=False)
    unit: Unit = field(init=False)
    owner: User = field(init=False)
    member: User = field(init=False)
    learner: User = field(init=False)
    version: Version = field(init=False)
    picture: Picture = field(init=False)
    award: Award = field(init=False)
    application: Application = field(init=False)
    file: EvidenceFile = field(init=False)
    order: StandingOrder = field(init=False)
    sheet: Sheet = field(init=False)
    item: Item = field(init=False)
    share: Share = field(init=False)
    collection: Collection = field(init=False)
    profile: Profile = field(init=False)
    invitation: Invitation = field(init=False)
    key: ApiKey = field(init=False)
    domain: DomainProof = field(init=False)
    recognition: Recognition = field(init=False)
    bundle: Bundle = field(init=False)
    framework: SkillFramework = field(init=False)

    def __post_init__(self) -> None:
        self.organisation = an_organisation(self.name)
        self.unit = Unit.objects.create(organisation=self.organisation, name="Sea")
        self.owner = secured(somebody(Role.OWNER, self.organisation))
        self.member = somebody(Role.READER, self.organisation)
        self.learner = a_person(name="Sol Tide")
        self.picture = a_picture(self.organisation)
        self.version = a_version(
            self.organisation,
            unit=self.unit if self.in_unit else None,
            picture=self.picture.public_id,
            picture_caption="An anchor",
        )
        self.award = self._awarded()
        self.application = Application.objects.create(
            organisation=self.organisation,
            programme=self.version.programme,
            version=self.version,
            learner=self.learner,
            state=Application.State.SUBMITTED,
            submitted_at=timezone.now(),
        )
        self.file = EvidenceFile.objects.create(
            application=self.application, name="log.txt", content=b"log", size=3
        )
        self.order = StandingOrder.objects.create(
            organisation=self.organisation,
            kind=StandingOrder.Kind.SUSPEND,
            made_by=self.owner.label,
        )
        self.bundle = Bundle.objects.create(
            organisation=self.organisation, state=Bundle.State.READY, made_by=self.owner.label
        )
        self.framework = a_framework(self.name)
        self.sheet = self._table()
        self._fill_wallet()
        self.invitation = Invitation.objects.create(
            organisation=self.organisation,
            email="guest@people.example",
            role=Role.READER,
            token_hash=token_hash(self.token),
            invited_by=self.owner.label,
            expires_at=timezone.now() + timedelta(days=7),
        )
        an_api_key(self.organisation)
        self.key = ApiKey.objects.get(organisation=self.organisation)
        self.domain = DomainProof.objects.create(
            organisation=self.organisation, domain="harbour.example", token="a-token"
        )
        self.recognition = Recognition.objects.create(
            organisation=self.organisation, kind="membership", body="League of Harbours"
        )

    def _table(self) -> Sheet:
        """A table with one row, whose columns are matched."""
        sheet = Sheet.objects.create(
            organisation=self.organisation,
            version=self.version,
            owner=self.owner.label,
            columns=[{"name": name, "heading": name} for name in ("name", "email")],
            mapping={"name": "name", "email": "email"},
            matched_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=30),
        )
        cells = {"name": "Ida Berg", "email": "ida@people.example"}
        SheetRow.objects.create(sheet=sheet, number=2, cells=cells)
        return sheet

    def _fill_wallet(self) -> None:
        self.item = Item.objects.create(
            owner=self.learner,
            original=b"{}",
            sha256="0" * 64,
            name="badge.json",
            verdict="invalid",
            checked_at=timezone.now(),
        )
        self.share = Share.objects.create(owner=self.learner, title="For you")
        self.collection = Collection.objects.create(owner=self.learner, name="Sea")
        self.profile = Profile.objects.create(
            owner=self.learner,
            handle=f"sol-{self.organisation.slug}"[:40],
            published_at=timezone.now(),
        )

    @property
    def token(self) -> str:
        """The secret of its invitation."""
        return f"token-of-{self.organisation.slug}"

    def _awarded(self) -> Award:
        actor = actor_of_person(self.owner, self.organisation)
        assert actor is not None
        person = Person(self.learner.email, name=self.learner.name)
        award = award_one(self.version, person, actor=actor, source=Batch.Source.FORM)
        Award.objects.filter(pk=award.pk).update(holder=self.learner, claimed_at=timezone.now())
        return award


def secured(person: User) -> User:
    """The person with an authenticator app."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": ""})
    return person


def a_list_of(organisation: Organisation) -> StatusList:
    """One of the organisation's status lists."""
    return StatusList.objects.filter(block__organisation=organisation).order_by("pk")[0]


@dataclass(frozen=True)
class Gap:
    """How a gap in an address is filled from a scene, and with what that is not there.

    `whose` says to whom the thing belongs: "organisation" (another one's is not there),
    "person" (another person's is not there), "secret" (knowing it is enough) or "" for what
    belongs to nobody. `in_units` says that it can belong to a unit of the organisation,
    `of_its_maker` that somebody in a unit finds only their own.
    """

    of: Callable[[Scene], Any]
    whose: str = "organisation"
    missing: Any = NOBODYS
    in_units: bool = False
    of_its_maker: bool = False


GAPS: Final[dict[str, Gap]] = {
    "slug": Gap(lambda scene: scene.organisation.slug, whose="", missing="nowhere"),
    "key": Gap(lambda scene: scene.key.public_id),
    "invitation": Gap(lambda scene: scene.invitation.public_id),
    "domain": Gap(lambda scene: scene.domain.public_id),
    "recognition": Gap(lambda scene: scene.recognition.public_id),
    "claim": Gap(lambda scene: scene.recognition.public_id, whose=""),
    "organisation": Gap(lambda scene: scene.organisation.public_id, whose=""),
    "organisations:invitation/token": Gap(lambda scene: scene.token, whose="secret"),
    "unit": Gap(lambda scene: scene.unit.public_id),
    "programme": Gap(lambda scene: scene.version.programme.public_id, in_units=True),
    "number": Gap(lambda scene: scene.version.number, whose="", missing=99),
    "part": Gap(lambda _: "identity", whose="", missing="criteria"),
    "picture": Gap(lambda scene: scene.picture.public_id, whose=""),
    "award": Gap(lambda scene: scene.award.public_id, in_units=True),
    "batch": Gap(lambda scene: scene.award.batch.public_id, in_units=True),
    "application": Gap(lambda scene: scene.application.public_id, in_units=True),
    **{
        f"assessing:{name}/application": Gap(
            lambda scene: scene.application.public_id, whose="person"
        )
        for name in ("application", "withdraw", "own-file", "remove-file")
    },
    "assessing:apply/programme": Gap(lambda scene: scene.version.programme.public_id, whose=""),
    "assessing:file/file": Gap(lambda scene: scene.file.public_id, in_units=True),
    "assessing:own-file/file": Gap(lambda scene: scene.file.public_id, whose="person"),
    "assessing:remove-file/file": Gap(lambda scene: scene.file.public_id, whose=""),
    "year": Gap(lambda scene: scene.award.awarded_at.year, whose="", missing=1999),
    "tile": Gap(lambda scene: "0/000.p/1", whose="", missing="0/999"),
    "issuing:log-proof/award": Gap(lambda scene: scene.award.public_id, whose=""),
    "order": Gap(lambda scene: scene.order.public_id, of_its_maker=True),
    "sheet": Gap(lambda scene: scene.sheet.public_id, in_units=True),
    "row": Gap(lambda _: 2, whose="", missing=99),
    "wallet:visibility/award": Gap(lambda scene: scene.award.public_id, whose="person"),
    "item": Gap(lambda scene: scene.item.public_id, whose="person"),
    "share": Gap(lambda scene: scene.share.public_id, whose="person"),
    "wallet:shared/share": Gap(lambda scene: scene.share.public_id, whose="secret"),
    "collection": Gap(lambda scene: scene.collection.public_id, whose="person"),
    "handle": Gap(lambda scene: scene.profile.handle, whose="", missing="nobody-here"),
    "wallet:claim/token": Gap(lambda scene: claim_token(scene.award.public_id), whose="secret"),
    "listed": Gap(lambda scene: a_list_of(scene.organisation).public_id, whose=""),
    "member": Gap(lambda scene: scene.member.public_id),
    "name": Gap(lambda _: "key-1", whose="", missing="key-99"),
    "framework": Gap(lambda scene: scene.framework.public_id, whose=""),
    "bundle": Gap(lambda scene: scene.bundle.public_id),
    # Passkeys are asked for again before they are looked for, whoever they belong to.
    "pk": Gap(lambda _: 1, whose="", missing=99),
}
"""By the name of the gap, or by "name of the route/name of the gap" where that is not enough."""
