"""Everything that is issued: keys, batches and their intents, awards, credentials, status."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.core.ids import LENGTH
from sealwright.web.core.models import PublicIdModel
from sealwright.web.organisations.models import Organisation
from sealwright.web.organisations.permissions import Permission

if TYPE_CHECKING:
    from sealwright.web.organisations.actors import Actor


# --- Keys -----------------------------------------------------------------------------------


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def visible_to(self, actor: Actor) -> SigningKeyQuerySet:
        """The keys of the actor's organisation."""
        return self.filter(organisation=actor.organisation)


class SigningKey(models.Model):
    """A key that signs. Its private half is wrapped under the key-encryption key.

    `name` is the fragment of its address in the issuer's DID document and is never used
    again. The key of the log belongs to no organisation.
    """

    class Purpose(models.TextChoices):
        ASSERTION = "assertion"
        STATUS = "status"
        LOG = "log"

    class State(models.TextChoices):
        PENDING = "pending", _("Published, not in use yet")
        ACTIVE = "active", _("In use")
        RETIRED = "retired", _("Retired, still published")
        COMPROMISED = "compromised", _("Compromised")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="signing_keys"
    )
    name = models.CharField(max_length=40)
    purpose = models.CharField(max_length=12, choices=Purpose)
    kind = models.CharField(max_length=12)
    """A `KeyKind` of the engine."""
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    public_multikey = models.CharField(max_length=120, unique=True)
    wrapped_private = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)
    """Which version of the key-encryption key wraps it."""
    created_at = models.DateTimeField(default=timezone.now)
    activated_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_since = models.DateTimeField(null=True, blank=True)
    """What it signed from then on may be somebody else's."""

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a_key_name_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "purpose"],
                condition=Q(state="active"),
                name="one_key_in_use_per_purpose",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(organisation=None),
                name="a_key_of_the_log_is_named_once",
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=Q(organisation=None, state="active"),
                name="one_key_of_the_log_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class IssuerRecord(models.Model):
    """What an organisation needs to issue, besides its keys."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="issuer_record")
    onedtech_list = models.CharField(max_length=LENGTH, unique=True)
    """Public id of its 1EdTech revocation list."""
    stopped_at = models.DateTimeField(null=True, blank=True)
    """The stop switch: nothing is signed while it is set."""
    stop_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"issuer {self.organisation}"


# --- Status ---------------------------------------------------------------------------------


class StatusBlock(models.Model):
    """Places for credentials: one random place serves the revocation and the suspension list.

    Places are handed out in the order of a secret permutation (`seed`), so neighbours tell
    nothing and none is used twice.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="status_blocks")
    number = models.PositiveIntegerField()
    seed = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_status_block_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.number}"


class StatusList(PublicIdModel):
    """A list as published. Always made anew from the facts, so no change can be lost."""

    class Purpose(models.TextChoices):
        REVOCATION = "revocation"
        SUSPENSION = "suspension"

    block = models.ForeignKey(StatusBlock, models.PROTECT, related_name="lists")
    purpose = models.CharField(max_length=12, choices=Purpose)
    document = models.BinaryField(null=True, blank=True)
    etag = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    built_from = models.PositiveBigIntegerField(default=0)
    """Number of the last fact in it."""
    key = models.ForeignKey(SigningKey, models.PROTECT, null=True, blank=True)
    """The key it was signed with."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["block", "purpose"], name="one_list_per_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.public_id}"

    @property
    def path(self) -> str:
        return f"/status/{self.public_id}"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{self.path}"


class StatusFact(models.Model):
    """Somebody set or cleared a bit. The newest fact of a place counts."""

    block = models.ForeignKey(StatusBlock, models.PROTECT, related_name="facts")
    index = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12, choices=StatusList.Purpose)
    value = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["block", "purpose", "id"], name="facts_of_a_list")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.index} = {self.value}"


# --- Batches --------------------------------------------------------------------------------


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, actor: Actor) -> BatchQuerySet:
        """The batches of the actor's organisation, or of the units they may read."""
        own = self.filter(organisation=actor.organisation)
        units = actor.units_with(Permission.AWARD_READ)
        return own if units is None else own.filter(version__programme__unit__in=units)


class Batch(PublicIdModel):
    """A request to issue one version to one or many people. One award is a batch of one."""

    class Source(models.TextChoices):
        FORM = "form", _("One by one")
        CSV = "csv", _("From a table")
        API = "api", _("By a program")
        ASSESSMENT = "assessment", _("After an assessment")
        CORRECTION = "correction", _("As a correction")

    class State(models.TextChoices):
        TAKING_IN = "taking-in", _("Being taken in")
        READY = "ready", _("Waiting")
        RUNNING = "running", _("Being issued")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="batches")
    version = models.ForeignKey(Version, models.PROTECT, related_name="batches")
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=12, choices=State, default=State.READY)
    made_by = models.CharField(max_length=60)
    """Label of the actor."""
    made_by_name = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=80, blank=True)
    """Names the request, so that the same request makes no second batch."""
    options = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    """Until when one process has it to itself; the one longest untouched is next."""
    trouble = models.CharField(max_length=300, blank=True)
    """Why we paused or cancelled it ourselves, in words for people."""
    stumbles = models.PositiveSmallIntegerField(default=0)
    """How often carrying it out failed since it last went on."""

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~Q(key=""),
                name="a_request_makes_one_batch",
            )
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="batches_to_carry_out")]

    def __str__(self) -> str:
        return f"batch {self.public_id} ({self.state})"


class Intent(models.Model):
    """That one person is to be awarded a version: recorded before anything is signed.

    Everything random or dated that goes into the credential is drawn here, so carrying the
    intent out twice gives the same bytes. The person's data is wiped when it is done.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        ISSUED = "issued"
        REFUSED = "refused"
        DROPPED = "dropped"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="intents")
    number = models.PositiveIntegerField()
    """Row of the table, from 1."""
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    award_id = models.CharField(max_length=LENGTH, unique=True)
    """Public id that the award will have."""
    subject = models.UUIDField(unique=True)
    salt = models.CharField(max_length=22)
    recipient_key = models.CharField(max_length=64)
    period = models.CharField(max_length=40, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    address = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    """What differs from person to person: grade, evidence link, dates."""
    block = models.ForeignKey(StatusBlock, models.PROTECT)
    index = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    refusal = models.CharField(max_length=40, blank=True)
    refusal_detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_intent_per_row"),
            models.UniqueConstraint(fields=["block", "index"], name="a_place_is_intended_once"),
        ]
        indexes = [models.Index(fields=["batch", "state", "number"], name="intents_to_do")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number} ({self.state})"


# --- Awards ---------------------------------------------------------------------------------


class Reason(models.TextChoices):
    """Why an award was revoked, in words that may be shown to everybody."""

    ISSUED_IN_ERROR = "issued-in-error", _("Issued in error")
    HOLDER_WISH = "holder-wish", _("Withdrawn at the wish of the holder")
    MISCONDUCT = "misconduct", _("Misconduct in the assessment")
    PROGRAMME_WITHDRAWN = "programme-withdrawn", _("The programme was withdrawn")
    SUPERSEDED = "superseded", _("Replaced by a corrected award")
    KEY_COMPROMISED = "key-compromised", _("Signed with a key that fell into other hands")
    NEVER_CLAIMED = "never-claimed", _("Never claimed")
    OTHER = "other", _("Another reason")


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, actor: Actor) -> AwardQuerySet:
        """The awards of the actor's organisation, or of the units they may read."""
        own = self.filter(organisation=actor.organisation)
        units = actor.units_with(Permission.AWARD_READ)
        return own if units is None else own.filter(programme__unit__in=units)


class Award(PublicIdModel):
    """That a person earned a version at a time. Holds no personal data; see `Recipient`.

    `recipient_key` is an HMAC of the normalised identifier under a site secret: it makes the
    same person's second award of the same thing impossible, and tells nothing.
    """

    class Visibility(models.TextChoices):
        LINK = "link", _("Whoever has the link")
        PUBLIC = "public", _("Everybody, search engines included")
        PRIVATE = "private", _("Only the holder")

    class Standing(models.TextChoices):
        """What an award is worth today; the strongest that applies."""

        IN_FORCE = "in-force", _("In force")
        EXPIRED = "expired", _("Expired")
        SUSPENDED = "suspended", _("Suspended")
        CANCELLED = "cancelled", _("Taken back before it was claimed")
        SUPERSEDED = "superseded", _("Replaced by a corrected award")
        REVOKED = "revoked", _("Revoked")

    class HolderProof(models.TextChoices):
        NONE = "none", _("Holder not proven")
        ADDRESS = "address", _("Holder proved an address")
        KEY = "key", _("Holder proved a key")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="awards")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="awards")
    version = models.ForeignKey(Version, models.PROTECT, related_name="awards")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="awards")
    recipient_key = models.CharField(max_length=64)
    period = models.CharField(max_length=40, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    """0 for the first; a correction or a new award after a revocation counts on."""
    awarded_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    # Claiming
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="awards",
    )
    holder_proof = models.CharField(max_length=8, choices=HolderProof, default=HolderProof.NONE)
    claimed_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.LINK)
    claim_hash = models.CharField(max_length=64, blank=True, db_index=True)
    """Of the secret in the claim link; empty where no link was ever made."""
    claim_round = models.PositiveSmallIntegerField(default=0)
    """Counted on whenever earlier links must not work any more."""
    claim_until = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    # Standing
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.CharField(max_length=40, blank=True, choices=Reason)
    revocation_note = models.CharField(max_length=300, blank=True)
    reason_is_public = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspension_note = models.CharField(max_length=300, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    """Taken back before it was claimed, or never claimed in time; revoked as well."""
    erased_at = models.DateTimeField(null=True, blank=True)
    """The holder's data was erased; id and standing stay."""

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "recipient_key", "period", "revision"],
                name="one_award_per_person_and_period",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revocation_reason=""),
                name="a_revocation_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-awarded_at", "-id"], name="awards_by_age"),
            models.Index(fields=["organisation", "programme"], name="awards_of_a_programme"),
            models.Index(fields=["claim_until"], name="awards_to_be_claimed"),
        ]

    def __str__(self) -> str:
        return f"award {self.public_id}"

    def standing_at(self, moment: datetime) -> Award.Standing:
        """What the award is worth at `moment`, as far as is known today."""
        if self.superseded_by_id is not None:
            return self.Standing.SUPERSEDED
        if self.cancelled_at is not None:
            return self.Standing.CANCELLED
        if self.revoked_at is not None:
            return self.Standing.REVOKED
        if self.suspended_at is not None:
            return self.Standing.SUSPENDED
        if self.valid_until is not None and self.valid_until <= moment:
            return self.Standing.EXPIRED
        return self.Standing.IN_FORCE

    @property
    def standing(self) -> Award.Standing:
        """What the award is worth now."""
        return self.standing_at(timezone.now())

    @property
    def path(self) -> str:
        return f"/c/{self.public_id}"

    @property
    def url(self) -> str:
        """The address of its page, and the id of its credential."""
        return f"{settings.BASE_URL}{self.path}"


class Recipient(models.Model):
    """Whom an award was made out to: what erasure takes away."""

    award = models.OneToOneField(Award, models.CASCADE, related_name="recipient")
    address = models.CharField(max_length=254, blank=True, db_index=True)
    """Normalised; empty where only an opaque id is known."""
    name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name or self.address


class CredentialQuerySet(models.QuerySet["Credential"]):
    def current(self) -> CredentialQuerySet:
        """What is served for an award: bound to no wallet, the newest first, not erased.

        There are several where an award was signed again with another key.
        """
        return self.filter(bound_to="", document__isnull=False).order_by("-pk")


class Credential(models.Model):
    """A signed document made from an award: the bytes as signed, which never change."""

    class Format(models.TextChoices):
        DATA_INTEGRITY = "di", _("JSON with a Data Integrity proof")
        TOKEN = "jwt", _("Signed token (VC-JWT)")

    award = models.ForeignKey(Award, models.PROTECT, related_name="credentials")
    format = models.CharField(max_length=4, choices=Format, default=Format.DATA_INTEGRITY)
    document = models.BinaryField(null=True, blank=True)
    """None after erasure."""
    sha256 = models.CharField(max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT)
    bound_to = models.CharField(max_length=300, blank=True)
    """The holder's DID, or empty for an opaque subject."""
    block = models.ForeignKey(StatusBlock, models.PROTECT)
    index = models.PositiveIntegerField()
    signed_at = models.DateTimeField()
    salt = models.BinaryField(max_length=16)
    """Of its leaf in the log."""
    log_year = models.PositiveIntegerField()
    log_index = models.PositiveBigIntegerField()

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["block", "index"], name="a_place_is_used_once"),
            models.UniqueConstraint(
                fields=["log_year", "log_index"], name="one_credential_per_leaf"
            ),
        ]

    def __str__(self) -> str:
        return f"credential of {self.award_id}"


class StandingOrderQuerySet(models.QuerySet["StandingOrder"]):
    def visible_to(self, actor: Actor) -> StandingOrderQuerySet:
        """The orders of the actor's organisation; of somebody in a unit, their own."""
        own = self.filter(organisation=actor.organisation)
        if actor.units_with(Permission.AWARD_READ) is None:
            return own
        return own.filter(made_by=actor.label)


class StandingOrder(PublicIdModel):
    """That the standing of some awards is to change: picked ones, a batch, or those of a key.

    Carried out in pieces in the order of their numbers. `after` is the number of the last
    award that was looked at, written with the piece itself, so that a killed process loses
    nothing and repeats nothing.
    """

    class Kind(models.TextChoices):
        REVOKE = "revoke", _("Revoke")
        SUSPEND = "suspend", _("Suspend")
        REINSTATE = "reinstate", _("Put back in force")
        CANCEL = "cancel", _("Take back before it is claimed")
        SIGN_AGAIN = "sign-again", _("Sign again with another key")

    class State(models.TextChoices):
        RUNNING = "running", _("Being carried out")
        DONE = "done", _("Done")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="orders")
    key = models.ForeignKey(SigningKey, models.PROTECT, null=True, blank=True)
    """All awards that this key signed: logged before it was compromised, or since then."""
    reason = models.CharField(max_length=40, blank=True, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)
    """May reason and note be shown to everybody?"""
    made_by = models.CharField(max_length=60)
    """Label of the actor."""
    made_by_name = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField(default=0)
    """How many awards it is about, as counted when it was made."""
    changed = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    """Those that were so already, or cannot become so."""
    after = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingOrderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="orders_to_carry_out")]

    def __str__(self) -> str:
        return f"{self.kind} {self.changed}/{self.total}"


class PickedAward(models.Model):
    """One of the awards that an order is about, where they were picked one by one."""

    order = models.ForeignKey(StandingOrder, models.CASCADE, related_name="picked")
    award = models.ForeignKey(Award, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "award"], name="an_award_is_picked_once")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.award_id}"


# --- Tables -----------------------------------------------------------------------------------


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, actor: Actor) -> SheetQuerySet:
        """The tables of the actor's organisation, or of the units in which they may issue."""
        own = self.filter(organisation=actor.organisation)
        units = actor.units_with(Permission.AWARD_ISSUE)
        return own if units is None else own.filter(version__programme__unit__in=units)


class Sheet(PublicIdModel):
    """A table of people that somebody brought, on its way to a batch. Forgotten after 30 days."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sheets")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    owner = models.CharField(max_length=60)
    """Label of the actor who brought it."""
    owner_name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    """Of the file as it came, so that the same file is recognised."""
    columns = models.JSONField(default=list)
    """Name and heading of each column, in order."""
    mapping = models.JSONField(default=dict)
    """Which column each field is taken from: a guess, until `matched_at`."""
    matched_at = models.DateTimeField(null=True, blank=True)
    """When somebody said which column is which, and the rows were looked at."""
    period = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    """A word to everybody, added to their mails."""
    send_mail = models.BooleanField(default=True)
    batch = models.OneToOneField(Batch, models.CASCADE, null=True, blank=True, related_name="sheet")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "sha256"], name="sheets_by_file"),
            models.Index(fields=["expires_at"], name="sheets_by_end"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.public_id}"


class SheetRow(models.Model):
    """A row of a table. Deleted as soon as it became an intent."""

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        FAULTY = "faulty", _("To be put right")
        HOLDS = "holds", _("Holds it already")
        LEFT_OUT = "left-out", _("Left out")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """As the spreadsheet shows it: the first row after the headings is 2."""
    cells = models.JSONField(default=dict)
    form = models.JSONField(default=list)
    """What was wrong with the row as it was read; see `faults`."""
    faults = models.JSONField(default=list)
    """What is wrong with it: for each the column's name, the value, a code, and words."""
    key = models.CharField(max_length=64, blank=True)
    """The recipient key of the person, where there is one."""
    state = models.CharField(max_length=8, choices=State, default=State.READY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_row_per_number")
        ]
        indexes = [
            models.Index(fields=["sheet", "state", "number"], name="rows_by_state"),
            models.Index(fields=["key"], name="rows_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.number} ({self.state})"


class IdempotencyKey(models.Model):
    """What a program's request made, so that the same request again makes nothing more."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    answer = models.CharField(max_length=LENGTH, blank=True)
    """Public id of what was made; empty while the request is being answered."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="one_answer_per_idempotency_key"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_keys_by_age")]

    def __str__(self) -> str:
        return self.key
