"""What programs send and get: schemas of their own, never the models."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.conf import settings
from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

from sealwright.web.catalogue.models import Programme
from sealwright.web.issuing.models import Award, Batch, Intent
from sealwright.web.issuing.selectors import Delivery
from sealwright.web.issuing.services.dates import as_written
from sealwright.web.issuing.services.intake import Person

LARGEST_BATCH = 1000

Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{22}$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Any text but for NUL, which no database takes."""

StandingName = Literal["in-force", "expired", "suspended", "cancelled", "superseded", "revoked"]
ProofName = Literal["none", "address", "key"]
MailState = Literal["waiting", "sent", "failed", "bounced", "cancelled"]
BatchState = Literal["taking-in", "ready", "running", "paused", "done", "cancelled"]


class In(Schema):
    """Members that nobody knows are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class EvidenceIn(In):
    """Something that shows the achievement."""

    url: Text = Field(
        max_length=500, description="Where it is.", examples=["https://harbour.example/log/7"]
    )
    name: Text = Field("", max_length=200, description="What it is; its address where left out.")


class PersonIn(In):
    """Who is to be awarded, and what differs from person to person."""

    email: Text = Field(
        "",
        max_length=254,
        description="Where the award is sent. It never becomes part of the credential.",
        examples=["mira@people.example"],
    )
    identifier: Text = Field(
        "",
        max_length=200,
        description="What tells the person apart where there is no address, such as a student "
        "number. It is not stored.",
    )
    name: Text = Field(
        "",
        max_length=200,
        description="The name that is signed, unless the programme signs none.",
        examples=["Mira Holt"],
    )
    grade: Text = Field("", max_length=100, description="Of the scale that the programme has.")
    evidence: EvidenceIn | None = Field(None, description="A link to what shows the achievement.")
    awarded: Text = Field(
        "",
        max_length=40,
        description="When it was earned, a date or an instant (RFC 3339); now where left out.",
        examples=["2026-06-30"],
    )
    valid_until: Text = Field(
        "",
        max_length=40,
        description="When it ends; as the programme says where left out.",
    )

    def person(self, *, period: str, number: int = 0) -> Person:
        """As issuing has it."""
        values = {
            "grade": self.grade,
            "awarded": as_written(self.awarded),
            "valid_until": as_written(self.valid_until),
            "evidence_url": self.evidence.url if self.evidence else "",
            "evidence_name": self.evidence.name if self.evidence else "",
        }
        told = {name: value for name, value in values.items() if value}
        return Person(self.email, self.name, self.identifier, told, period=period, number=number)


class RequestIn(In):
    """What one award and many have in common."""

    programme: Id = Field(description="Id of the programme.", examples=["4f7kQ2mx9bT0aR8sLw3VzE"])
    version: int = Field(
        0, ge=0, le=2**31 - 1, description="A published version; the newest where left out."
    )
    period: Text = Field(
        "",
        max_length=40,
        description="Tells awards of one programme to one person apart, such as a year.",
        examples=["2026"],
    )
    send_mail: bool = Field(True, description="Should people be told by mail, with a claim link?")
    note: Text = Field("", max_length=1000, description="Added to the mail, as plain text.")
    reason: Text = Field("", max_length=300, description="Why, for the organisation's own trail.")

    @property
    def options(self) -> dict[str, object]:
        """As a batch has them."""
        return {"send_mail": self.send_mail, "note": self.note.strip()}


class AwardIn(RequestIn):
    """One award."""

    person: PersonIn = Field(description="Who is to be awarded.")


class BatchIn(RequestIn):
    """The same award for many people."""

    people: list[PersonIn] = Field(
        min_length=1,
        max_length=LARGEST_BATCH,
        description=f"Who is to be awarded: up to {LARGEST_BATCH} people.",
    )


class RevocationIn(In):
    """Why an award is withdrawn for good."""

    reason: Literal[
        "issued-in-error", "holder-wish", "misconduct", "programme-withdrawn", "other"
    ] = Field(description="The reason.")
    note: Text = Field("", max_length=300, description="The reason in own words.")
    public: bool = Field(False, description="May everybody read reason and note?")


class SuspensionIn(In):
    """Why an award is put out of force for now."""

    note: Text = Field("", max_length=300, description="The reason in own words.")
    public: bool = Field(False, description="May everybody read the note?")


class ReinstatementIn(In):
    """Why an award is put back in force."""

    note: Text = Field("", max_length=300, description="The reason in own words.")


class RecipientOut(Schema):
    """Whom an award was made out to."""

    email: str = Field(description="Empty where only an identifier was given.")
    name: str = Field(description="The name.")


class MailOut(Schema):
    """What became of the newest mail about an award."""

    kind: str = Field(description="`offer` or `reminder`.")
    state: MailState = Field(
        description="`bounced`: the other side refused the address; `failed`: given up."
    )
    at: datetime = Field(description="When it was sent, or written where it was not sent yet.")
    problem: str = Field(description="What the other side said, if anything.")


class AwardOut(Schema):
    """An award as it is now."""

    id: str = Field(description="Names the award, for ever.")
    url: str = Field(description="Its public page, and the id of its credential.")
    credential_url: str = Field(description="The signed credential as JSON.")
    programme: str = Field(description="Id of the programme.")
    version: int = Field(description="The version that it certifies, for ever.")
    title: str = Field(description="The title of that version.")
    period: str = Field(description="As given.")
    batch: str = Field(description="Id of the batch that it was issued with.")
    recipient: RecipientOut | None = Field(description="Null once the person's data was erased.")
    awarded: datetime = Field(description="When it was earned.")
    valid_until: datetime | None = Field(description="When it ends.")
    standing: StandingName = Field(description="What it is worth now.")
    claimed: datetime | None = Field(description="When somebody made it theirs.")
    claim_until: datetime | None = Field(description="Until when it can be claimed.")
    holder_proof: ProofName = Field(
        description="What the holder proved to be. A claim link proves nobody."
    )
    revoked: datetime | None = Field(description="When it was revoked or taken back.")
    revocation_reason: str = Field(description="Why.")
    suspended: datetime | None = Field(description="Since when it is suspended.")
    superseded_by: str | None = Field(description="Id of the corrected award.")
    mail: MailOut | None = Field(description="The newest mail about it.")

    @classmethod
    def of(cls, award: Award, delivery: Delivery | None) -> AwardOut:
        """The award, with its version, programme, batch and recipient at hand."""
        recipient = getattr(award, "recipient", None)
        return cls(
            id=award.public_id,
            url=award.url,
            credential_url=f"{award.url}.json",
            programme=award.programme.public_id,
            version=award.version.number,
            title=award.version.title,
            period=award.period,
            batch=award.batch.public_id,
            recipient=RecipientOut(email=recipient.address, name=recipient.name)
            if recipient
            else None,
            awarded=award.awarded_at,
            valid_until=award.valid_until,
            standing=cast("StandingName", award.standing.value),
            claimed=award.claimed_at,
            claim_until=award.claim_until,
            holder_proof=cast("ProofName", award.holder_proof),
            revoked=award.revoked_at,
            revocation_reason=award.revocation_reason,
            suspended=award.suspended_at,
            superseded_by=award.superseded_by.public_id if award.superseded_by else None,
            mail=MailOut(
                kind=delivery.kind,
                state=cast("MailState", delivery.state.value),
                at=delivery.at,
                problem=delivery.problem,
            )
            if delivery
            else None,
        )


class AwardPage(Schema):
    """A piece of a list of awards, the newest first."""

    awards: list[AwardOut] = Field(description="The awards.")
    next: str | None = Field(
        description="Give this as `after` for the next piece; null at the end."
    )


class RefusedOut(Schema):
    """A person of a batch who was not awarded."""

    number: int = Field(description="Their place in `people`, from 1.")
    email: str = Field(description="Their address, for 30 days.")
    code: str = Field(description="A stable code for the reason.", examples=["already-holds"])
    detail: str = Field(description="The reason as a sentence.")


class BatchOut(Schema):
    """A batch as it is now."""

    id: str = Field(description="Names the batch.")
    programme: str = Field(description="Id of the programme.")
    version: int = Field(description="The version that is awarded.")
    state: BatchState = Field(description="How far it is.")
    trouble: str = Field(description="Why it was paused or cancelled by us, if it was.")
    total: int = Field(description="How many people there are in it.")
    issued: int = Field(description="How many were awarded so far.")
    refused: int = Field(description="How many were not, and will not be.")
    created: datetime = Field(description="When it was asked for.")
    ended: datetime | None = Field(description="When it was done or cancelled.")
    refusals: list[RefusedOut] = Field(description=f"Up to {LARGEST_BATCH} of them.")

    @classmethod
    def of(cls, batch: Batch) -> BatchOut:
        """The batch, with its version and programme at hand; asks for the refused rows."""
        refused = batch.intents.filter(state=Intent.State.REFUSED).order_by("number")
        return cls(
            id=batch.public_id,
            programme=batch.version.programme.public_id,
            version=batch.version.number,
            state=cast("BatchState", batch.state),
            trouble=batch.trouble,
            total=batch.total,
            issued=batch.issued,
            refused=batch.refused,
            created=batch.created_at,
            ended=batch.ended_at,
            refusals=[
                RefusedOut(
                    number=each.number,
                    email=each.address,
                    code=each.refusal,
                    detail=each.refusal_detail,
                )
                for each in refused[:LARGEST_BATCH]
            ],
        )


class ProgrammeOut(Schema):
    """A programme of the organisation."""

    id: str = Field(description="Names the programme, for ever.")
    title: str = Field(description="The title of its newest version, or of the draft.")
    url: str = Field(description="Its public page.")
    version: int | None = Field(description="Its newest published version; null for a draft.")
    grade: str = Field(
        description="The scale of its grades: `percent`, `letter`, `merit`, or words; empty where "
        "none are given."
    )
    signs_name: bool = Field(description="Must a name be given, because it is signed?")
    valid_months: int | None = Field(description="How long its awards last.")
    retired: datetime | None = Field(description="Since when it is not offered any more.")

    @classmethod
    def of(cls, programme: Programme) -> ProgrammeOut:
        """The programme, with its newest version at hand."""
        content = programme.current.content if programme.current else programme.content
        return cls(
            id=programme.public_id,
            title=content.title,
            url=f"{settings.BASE_URL}{programme.path}",
            version=programme.current.number if programme.current else None,
            grade=content.grade,
            signs_name=content.name_signed,
            valid_months=content.valid_months,
            retired=programme.retired_at,
        )


class ProgrammePage(Schema):
    """A piece of a list of programmes, the newest first."""

    programmes: list[ProgrammeOut] = Field(description="The programmes.")
    next: str | None = Field(
        description="Give this as `after` for the next piece; null at the end."
    )
