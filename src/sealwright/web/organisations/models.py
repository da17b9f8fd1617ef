"""Organisations and everybody's part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.models import PublicIdModel

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor

SLUG_LENGTH: Final = 60
SLUG = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$",
    _("Small letters, digits and hyphens, as in harbour-college."),
)


class Role(models.TextChoices):
    """What a person is in an organisation or a unit of it, most powerful first."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    ISSUER = "issuer", _("Issuer")
    ASSESSOR = "assessor", _("Assessor")
    RECRUITER = "recruiter", _("Recruiter")
    READER = "reader", _("Reader")


class Organisation(PublicIdModel):
    """A provider, an employer, or both. With awards it can be closed, never deleted.

    `slug` is part of the address of everything it issues, so it never changes.
    """

    slug = models.CharField(max_length=SLUG_LENGTH, unique=True, validators=[SLUG])
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=160, blank=True)
    description = models.TextField(max_length=2000, blank=True)
    website = models.URLField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    """ISO 3166-1 alpha-2."""
    locality = models.CharField(max_length=80, blank=True)
    linkedin_id = models.CharField(max_length=20, blank=True)
    """LinkedIn's number of the organisation, for "add to profile"."""
    issues = models.BooleanField(default=True)
    hires = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The address of its public page, within the site: part of its DID, for ever."""
        return f"/providers/{self.slug}"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{self.path}"

    @property
    def did(self) -> str:
        """`did:web` of this site and the slug.

        https://w3c-ccg.github.io/did-method-web/#method-specific-identifier
        """
        authority = settings.BASE_URL.partition("://")[2].replace(":", "%3A")
        return f"did:web:{authority}:providers:{self.slug}"


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, actor: Actor) -> UnitQuerySet:
        """The units of the actor's organisation."""
        return self.filter(organisation=actor.organisation)


class Unit(PublicIdModel):
    """A part of an organisation: a faculty, a department, a branch."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    """A closed unit takes up nothing new; what it has goes on."""

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_unit_of_a_name_per_organisation"
            )
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, actor: Actor) -> GrantQuerySet:
        """The roles in the actor's organisation."""
        return self.filter(organisation=actor.organisation)

    def of_owners(self, organisation: Organisation) -> GrantQuerySet:
        """What makes people owners of the organisation, people who can still sign in."""
        return self.filter(
            organisation=organisation, role=Role.OWNER, unit=None, person__is_active=True
        )


class Grant(models.Model):
    """A role of a person, for the whole organisation or for one unit and what is below it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    granted_by = models.CharField(max_length=60, blank=True)
    granted_at = models.DateTimeField(default=timezone.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "person", "role"],
                name="a_role_is_granted_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "role"],
                condition=models.Q(unit=None),
                name="a_role_is_granted_once_for_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        """The invitations of the actor's organisation."""
        return self.filter(organisation=actor.organisation)

    def still_open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(PublicIdModel):
    """A role offered to whoever proves the address. Its secret is in the mail alone.

    The address is forgotten when the invitation is accepted or withdrawn.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    email = models.EmailField(blank=True)
    """Normalised."""
    role = models.CharField(max_length=12, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "email", "role"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="a_role_is_offered_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=models.Q(accepted_at=None, withdrawn_at=None, unit=None),
                name="a_role_is_offered_once_for_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def visible_to(self, actor: Actor) -> ApiKeyQuerySet:
        """The keys of the actor's organisation."""
        return self.filter(organisation=actor.organisation)


class ApiKey(PublicIdModel):
    """Lets a program act for the organisation, within `scopes` (names of permissions).

    The key is shown once; `prefix` is its beginning, so that people can tell keys apart and
    scanners can find a leaked one.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="api_keys")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class DomainProofQuerySet(models.QuerySet["DomainProof"]):
    def visible_to(self, actor: Actor) -> DomainProofQuerySet:
        """The domains of the actor's organisation."""
        return self.filter(organisation=actor.organisation)

    def proven(self) -> DomainProofQuerySet:
        """Those whose file agreed, and was not found wanting since for longer than we wait."""
        return self.exclude(proven_at=None)


class DomainProof(PublicIdModel):
    """A domain that the organisation says is its own, and whether a file there agreed.

    It is proven from the first check that found the token until checks have failed for a
    while (`services.domains.PATIENCE`).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)
    """In small letters, internationalised names in their ASCII form."""
    token = models.CharField(max_length=60)
    told_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """When a check last found the token."""
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    """Code of what was wrong at the last check; empty when it went well."""
    read = models.CharField(max_length=200, blank=True)
    """The beginning of what the last check read."""

    objects = DomainProofQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "domain"], name="a_domain_is_named_once"
            )
        ]
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain
