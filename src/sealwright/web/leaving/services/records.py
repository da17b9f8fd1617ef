"""The provider's own side of a bundle: all its data, one JSON file a kind, each with its schema.

No secret is in it: no private key, no API key, no link that opens anything. It does hold what
people gave the provider, so it lies apart from what is to be served.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, ConfigDict, Field

from sealwright.web.assessing.models import Application, EvidenceFile
from sealwright.web.audit.models import Entry
from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.issuing.models import Award, Batch, Credential, SigningKey, StandingOrder
from sealwright.web.issuing.models import Recipient as StoredRecipient
from sealwright.web.issuing.services.keys import method_of
from sealwright.web.organisations.models import DomainProof, Grant, Unit
from sealwright.web.organisations.models import Organisation as StoredOrganisation
from sealwright.web.trust.models import Recognition as StoredRecognition

PIECE: Final = 100
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Row(BaseModel):
    """One thing of a kind."""

    model_config = ConfigDict(extra="forbid")


R = TypeVar("R", bound=Row)


class UnitRow(Row):
    id: str
    name: str
    parent: str | None = Field(description="Id of the unit above.")
    closed_at: datetime | None


class DomainRow(Row):
    domain: str
    proven_at: datetime | None = Field(description="Since when it counts as the provider's own.")
    confirmed_at: datetime | None = Field(description="When it was last looked up and agreed.")


class OrganisationRow(Row):
    """The provider itself."""

    id: str
    slug: str = Field(description="Its short name, part of all its addresses.")
    did: str
    url: str
    name: str
    legal_name: str
    description: str
    website: str
    email: str
    country: str = Field(description="ISO 3166-1 alpha-2.")
    locality: str
    linkedin_id: str
    created_at: datetime
    closed_at: datetime | None
    units: list[UnitRow]
    domains: list[DomainRow]


class MemberRow(Row):
    """A role of a person: who is meant by "person:…" in the trail."""

    person: str
    name: str
    role: str
    unit: str | None
    granted_by: str
    granted_at: datetime


class KeyRow(Row):
    """The public half of a key. The private half never leaves the site."""

    name: str
    address: str = Field(description="In the provider's DID document.")
    purpose: str
    kind: str
    state: str
    public_multikey: str
    created_at: datetime
    activated_at: datetime | None
    retired_at: datetime | None
    compromised_since: datetime | None


class VersionRow(Row):
    number: int
    url: str = Field(description="The achievement id inside the credentials.")
    title: str
    content: dict[str, Any]
    published_at: datetime
    published_by: str


class ProgrammeRow(Row):
    """A programme with all its published versions and the draft of the next one."""

    id: str
    title: str
    unit: str | None
    created_at: datetime
    retired_at: datetime | None
    draft: dict[str, Any]
    versions: list[VersionRow]


class StatusPlace(Row):
    index: int
    lists: dict[str, str] = Field(description="Address of the list, by purpose.")


class LogPlace(Row):
    year: int
    index: int


class CredentialRow(Row):
    format: str
    document: str | None = Field(description="Exactly as signed; null after erasure.")
    sha256: str
    key: str
    bound_to: str = Field(description="The holder's DID, or empty.")
    signed_at: datetime
    status: StatusPlace
    log: LogPlace


class AwardRow(Row):
    """An award and everything that was signed for it, oldest first. No personal data, except
    where it stands in a signed document."""

    id: str
    url: str
    programme: str
    version: int
    batch: str
    period: str
    revision: int
    awarded_at: datetime
    valid_until: datetime | None
    standing: str
    visibility: str
    holder_proof: str
    claimed_at: datetime | None
    revoked_at: datetime | None
    revocation_reason: str
    revocation_note: str
    reason_is_public: bool
    suspended_at: datetime | None
    suspension_note: str
    cancelled_at: datetime | None
    superseded_by: str | None
    erased_at: datetime | None
    credentials: list[CredentialRow]


class RecipientRow(Row):
    """Whom an award was made out to. Erased people are not here."""

    award: str
    address: str
    name: str


class BatchRow(Row):
    """A request to issue."""

    id: str
    programme: str
    version: int
    source: str
    state: str
    made_by: str
    made_by_name: str
    why: str
    total: int
    issued: int
    refused: int
    created_at: datetime
    ended_at: datetime | None


class OrderRow(Row):
    """A change of standing for many awards at once."""

    id: str
    kind: str
    state: str
    batch: str | None
    key: str | None
    reason: str
    note: str
    is_public: bool
    made_by: str
    made_by_name: str
    total: int
    changed: int
    created_at: datetime
    ended_at: datetime | None


class EvidenceRow(Row):
    file: str = Field(description="Where it lies in this bundle.")
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


class ApplicationRow(Row):
    """An attempt of a learner that was handed in, and what became of it."""

    id: str
    programme: str
    version: int
    learner: str = Field(description="Name, empty where the account is gone.")
    attempt: int
    state: str
    statement: str
    links: list[Any]
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: str
    decided_by_name: str
    reason: str
    grade: str
    award: str | None
    evidence: list[EvidenceRow]


class RecognitionRow(Row):
    """Who recognises the provider, as it told or as somebody confirmed."""

    id: str
    kind: str
    body: str
    url: str
    scope: str
    since: date | None
    until: date | None
    told_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    source: str
    declined_at: datetime | None
    declined_reason: str


class EntryRow(Row):
    """An entry of the trail. `hash` is SHA-256 of the hash before it (at first 64 zeros), in hex,
    followed by the canonical JSON of the entry with `organisation` and without `hash`."""

    organisation: str
    number: int
    at: str = Field(description="ISO 8601 with microseconds, exactly as it is hashed.")
    actor: str
    event: str
    subject: str
    reason: str
    details: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of rows: its name, the shape of a row, and where the rows come from."""

    name: str
    shape: type[Row]
    rows: Callable[[StoredOrganisation], Iterator[Row]]


def schema_of(table: Table) -> bytes:
    """The JSON Schema of the file."""
    row = table.shape.model_json_schema()
    document = {
        "$schema": DIALECT,
        "title": table.name,
        "description": row.pop("description", ""),
        "type": "object",
        "required": ["schema", "organisation", "made_at", "rows"],
        "properties": {
            "schema": {"type": "string"},
            "organisation": {"type": "string", "description": "The provider's DID."},
            "made_at": {"type": "string", "format": "date-time"},
            "rows": {"type": "array", "items": {"$ref": f"#/$defs/{table.shape.__name__}"}},
        },
        "$defs": {**row.pop("$defs", {}), table.shape.__name__: row},
    }
    return json.dumps(document, indent=1).encode()


def written(table: Table, organisation: StoredOrganisation, *, at: datetime) -> Iterator[bytes]:
    """The file, a row at a time."""
    head = {
        "schema": f"schemas/{table.name}.json",
        "organisation": organisation.did,
        "made_at": at.isoformat(),
    }
    yield f'{json.dumps(head, indent=1).removesuffix("}").rstrip()},\n "rows": ['.encode()
    before = "\n"
    for row in table.rows(organisation):
        yield f"{before}{row.model_dump_json()}".encode()
        before = ",\n"
    yield b"\n ]\n}\n"


def evidence(organisation: StoredOrganisation) -> Iterator[tuple[str, bytes]]:
    """The files handed in with applications: where each lies, and what is in it."""
    files = EvidenceFile.objects.filter(application__in=_handed_in(organisation))
    for file in files.order_by("pk").iterator(chunk_size=1):
        yield _place(file), bytes(file.content)


# --- Rows -----------------------------------------------------------------------------------


def _organisation(organisation: StoredOrganisation) -> Iterator[Row]:
    units = Unit.objects.filter(organisation=organisation).select_related("parent")
    domains = DomainProof.objects.filter(organisation=organisation)
    yield _row(
        OrganisationRow,
        organisation,
        id=organisation.public_id,
        units=[
            _row(UnitRow, unit, id=unit.public_id, parent=_id_of(unit.parent)) for unit in units
        ],
        domains=[_row(DomainRow, domain) for domain in domains],
    )


def _members(organisation: StoredOrganisation) -> Iterator[Row]:
    grants = Grant.objects.filter(organisation=organisation).select_related("person", "unit")
    for grant in grants.order_by("pk"):
        unit = _id_of(grant.unit)
        yield _row(MemberRow, grant, person=grant.person.label, name=str(grant.person), unit=unit)


def _keys(organisation: StoredOrganisation) -> Iterator[Row]:
    keys = SigningKey.objects.filter(organisation=organisation).select_related("organisation")
    for key in keys.order_by("pk"):
        yield _row(KeyRow, key, address=method_of(key))


def _programmes(organisation: StoredOrganisation) -> Iterator[Row]:
    programmes = Programme.objects.filter(organisation=organisation).select_related("unit")
    for programme in programmes.order_by("pk"):
        versions = Version.objects.filter(programme=programme).select_related("programme")
        yield _row(
            ProgrammeRow,
            programme,
            id=programme.public_id,
            unit=_id_of(programme.unit),
            versions=[
                _row(VersionRow, each, content=each.content_json)
                for each in versions.order_by("number")
            ],
        )


def _awards(organisation: StoredOrganisation) -> Iterator[Row]:
    lists = _lists(organisation)
    awards = Award.objects.filter(organisation=organisation).select_related(
        "programme", "version", "batch", "superseded_by"
    )
    for award in _all(awards.prefetch_related("credentials__key")):
        signed = sorted(award.credentials.all(), key=lambda each: each.pk)
        yield _row(
            AwardRow,
            award,
            id=award.public_id,
            programme=award.programme.public_id,
            version=award.version.number,
            batch=award.batch.public_id,
            standing=award.standing.value,
            superseded_by=_id_of(award.superseded_by),
            credentials=[_credential(each, lists) for each in signed],
        )


def _credential(credential: Credential, lists: dict[int, dict[str, str]]) -> Row:
    document = credential.document
    return _row(
        CredentialRow,
        credential,
        document=None if document is None else bytes(document).decode(),
        key=credential.key.name,
        status=StatusPlace(index=credential.index, lists=lists[credential.block_id]),
        log=LogPlace(year=credential.log_year, index=credential.log_index),
    )


def _lists(organisation: StoredOrganisation) -> dict[int, dict[str, str]]:
    blocks = organisation.status_blocks.prefetch_related("lists")
    return {block.pk: {each.purpose: each.url for each in block.lists.all()} for block in blocks}


def _recipients(organisation: StoredOrganisation) -> Iterator[Row]:
    people = StoredRecipient.objects.filter(award__organisation=organisation)
    for person in _all(people.select_related("award")):
        yield _row(RecipientRow, person, award=person.award.public_id)


def _batches(organisation: StoredOrganisation) -> Iterator[Row]:
    batches = Batch.objects.filter(organisation=organisation)
    for batch in _all(batches.select_related("version__programme")):
        yield _row(
            BatchRow,
            batch,
            id=batch.public_id,
            programme=batch.version.programme.public_id,
            version=batch.version.number,
        )


def _orders(organisation: StoredOrganisation) -> Iterator[Row]:
    orders = StandingOrder.objects.filter(organisation=organisation)
    for order in _all(orders.select_related("batch", "key")):
        yield _row(
            OrderRow,
            order,
            id=order.public_id,
            batch=_id_of(order.batch),
            key=None if order.key is None else order.key.name,
        )


def _applications(organisation: StoredOrganisation) -> Iterator[Row]:
    related = _handed_in(organisation).select_related("programme", "version", "learner", "award")
    for each in _all(related):
        files = EvidenceFile.objects.filter(application=each).defer("content").order_by("pk")
        yield _row(
            ApplicationRow,
            each,
            id=each.public_id,
            programme=each.programme.public_id,
            version=each.version.number,
            learner="" if each.learner is None else str(each.learner),
            award=_id_of(each.award),
            evidence=[_row(EvidenceRow, file, file=f"data/{_place(file)}") for file in files],
        )


def _recognitions(organisation: StoredOrganisation) -> Iterator[Row]:
    for each in _all(StoredRecognition.objects.filter(organisation=organisation)):
        yield _row(RecognitionRow, each, id=each.public_id)


def _trail(organisation: StoredOrganisation) -> Iterator[Row]:
    entries = Entry.objects.filter(organisation=organisation.public_id)
    for entry in _all(entries, by="number"):
        at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
        yield _row(EntryRow, entry, at=at)


TABLES: Final = (
    Table("organisation", OrganisationRow, _organisation),
    Table("members", MemberRow, _members),
    Table("keys", KeyRow, _keys),
    Table("programmes", ProgrammeRow, _programmes),
    Table("awards", AwardRow, _awards),
    Table("recipients", RecipientRow, _recipients),
    Table("batches", BatchRow, _batches),
    Table("orders", OrderRow, _orders),
    Table("applications", ApplicationRow, _applications),
    Table("recognitions", RecognitionRow, _recognitions),
    Table("trail", EntryRow, _trail),
)


def _row(shape: type[R], source: object, **told: Any) -> R:
    """A row out of what is told, and else of the members of `source` that have its names."""
    rest = {name: getattr(source, name) for name in shape.model_fields if name not in told}
    return shape(**rest | told)


def _all(rows: QuerySet[Any], *, by: str = "pk") -> Iterator[Any]:
    """The rows in their order, read a piece at a time without holding a transaction."""
    after: Any = 0
    while piece := list(rows.filter(**{f"{by}__gt": after}).order_by(by)[:PIECE]):
        yield from piece
        after = getattr(piece[-1], by)


def _handed_in(organisation: StoredOrganisation) -> QuerySet[Application]:
    applications = Application.objects.filter(organisation=organisation)
    return applications.exclude(state=Application.State.DRAFT)


def _place(file: EvidenceFile) -> str:
    """Where a file of evidence lies: named by its id, because people name files as they like."""
    return f"evidence/{file.public_id}"


def _id_of(row: Model | None) -> str | None:
    return None if row is None else str(row.public_id)  # type: ignore[attr-defined]
