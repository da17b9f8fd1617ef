"""Issuing for programs: one award, many, how they are, and whether they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status

from sealwright.web.catalogue.models import Programme, Version
from sealwright.web.core.failures import described
from sealwright.web.core.refusals import NOT_FOUND, UNFIT, Refusal, Words
from sealwright.web.issuing.models import Award, Batch, Reason
from sealwright.web.issuing.selectors import (
    AwardFilter,
    award_of,
    awards_after,
    batch_of,
    deliveries,
    programmes_after,
)
from sealwright.web.issuing.services import standing
from sealwright.web.issuing.services.batches import award_one, make_batch
from sealwright.web.issuing.services.checks import Checker
from sealwright.web.issuing.services.idempotency import once
from sealwright.web.issuing.services.intake import Person
from sealwright.web.issuing.shapes import (
    AwardIn,
    AwardOut,
    AwardPage,
    BatchIn,
    BatchOut,
    Id,
    ProgrammeOut,
    ProgrammePage,
    ReinstatementIn,
    RequestIn,
    RevocationIn,
    SuspensionIn,
)
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.api_auth import ApiKeyAuth, ProgramRequest
from sealwright.web.organisations.permissions import Permission

router = Router()

MOST_ERRORS = 100
"""So many things that are wrong are named in one answer."""

IdempotencyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{0,64}$",
        description="Any text of your own that names this request, such as a UUID. The same "
        "request sent again with the same key makes nothing more, and is answered with what it "
        "made. Keys are remembered for 30 days.",
    ),
]
_ID_OR_NOTHING = r"^([0-9A-Za-z]{22})?$"
After = Annotated[
    str, Query(pattern=_ID_OR_NOTHING, description="The `next` of the piece before this one.")
]
OfProgramme = Annotated[str, Query(pattern=_ID_OR_NOTHING, description="Of one programme.")]
OfAddress = Annotated[
    str,
    Query(max_length=254, pattern=r"^[^\x00]*$", description="Made out to this address."),
]
OfBatch = Annotated[str, Query(pattern=_ID_OR_NOTHING, description="Of one batch.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]


def _door(permission: Permission, *refusals: int) -> dict[str, Any]:
    """What an operation for keys with this scope says of itself."""
    said = {
        401: "There is no key, or one that is of no use.",
        403: f"The key has not the scope `{permission}`, or not in that unit.",
        404: "There is no such thing in the organisation of the key.",
        422: "A member is missing, unknown, or of the wrong form; `errors` names each.",
        429: "Too many calls in a minute; `Retry-After` says when.",
        400: "The body is no JSON.",
        409: "That cannot be done as things are; `detail` says why.",
        413: "The body is too large.",
        415: "The body is not application/json.",
    }
    answers = {status: described(said[status]) for status in (401, 403, 404, 422, 429, *refusals)}
    return {
        "auth": ApiKeyAuth(permission),
        "openapi_extra": {"x-scope": str(permission), "responses": answers},
    }


_WRITING = (400, 409, 413, 415)


@router.post(
    "/organisations/{slug}/awards",
    response={201: AwardOut},
    summary="Award one person",
    operation_id="award",
    tags=["Awards"],
    **_door(Permission.AWARD_ISSUE, *_WRITING),
)
def award(
    request: ProgramRequest,
    response: HttpResponse,
    slug: str,
    payload: AwardIn,
    idempotency_key: IdempotencyHeader = "",
) -> Any:
    """Sign an award now, and send it to the person.

    Whoever holds the programme already is not awarded it again: that is a 409.
    """
    actor = _actor(request, slug)
    version = _version(actor, payload)
    person = payload.person.person(period=payload.period)
    _check(version, [person], "/person")

    def act(key: str) -> str:
        return award_one(
            version,
            person,
            actor=actor,
            source=Batch.Source.API,
            why=payload.reason,
            key=key,
            options=payload.options,
        ).public_id

    made = _once(actor, idempotency_key, payload, act)
    response["Location"] = f"{request.path}/{made}"
    return Status(
        201, _shown(award_of(Award.objects.filter(organisation=actor.organisation), made))
    )


@router.get(
    "/organisations/{slug}/awards",
    response=AwardPage,
    summary="List awards",
    operation_id="awards",
    tags=["Awards"],
    **_door(Permission.AWARD_READ),
)
def awards(
    request: ProgramRequest,
    slug: str,
    programme: OfProgramme = "",
    batch: OfBatch = "",
    email: OfAddress = "",
    state: Annotated[
        Literal["", "waiting", "claimed", "suspended", "revoked", "cancelled"],
        Query(description="`waiting`: nobody has claimed it yet."),
    ] = "",
    after: After = "",
    limit: Limit = 50,
) -> Any:
    """The awards that the key may see, the newest first, in pieces."""
    _asks_only(request, "programme", "batch", "email", "state", "after", "limit")
    actor = _actor(request, slug)
    chosen = AwardFilter(programme=programme, batch=batch, email=email, state=state)
    found = awards_after(actor, chosen, after=after, limit=limit + 1)
    piece = found[:limit]
    mails = deliveries(piece)
    return AwardPage(
        awards=[AwardOut.of(each, mails.get(each.public_id)) for each in piece],
        next=piece[-1].public_id if len(found) > limit else None,
    )


@router.get(
    "/organisations/{slug}/awards/{award}",
    response=AwardOut,
    summary="Look at an award",
    operation_id="award-now",
    tags=["Awards"],
    **_door(Permission.AWARD_READ),
)
def award_now(request: ProgramRequest, slug: str, award: Id) -> Any:
    """How an award is now: whether it was claimed, and whether it stands."""
    return _shown(_visible(_actor(request, slug), award))


@router.post(
    "/organisations/{slug}/awards/{award}/revocation",
    response=AwardOut,
    summary="Revoke an award",
    operation_id="revoke",
    tags=["Awards"],
    **_door(Permission.AWARD_REVOKE, *_WRITING),
)
def revoke(request: ProgramRequest, slug: str, award: Id, payload: RevocationIn) -> Any:
    """Withdraw an award for good. The status list follows within a minute.

    The key needs the scope `award:read` as well, as for everything about an award.
    """
    actor = _actor(request, slug)
    standing.revoke_awards(
        [award],
        reason=Reason(payload.reason),
        note=payload.note,
        public=payload.public,
        actor=actor,
    )
    return _shown(_visible(actor, award))


@router.post(
    "/organisations/{slug}/awards/{award}/suspension",
    response=AwardOut,
    summary="Suspend an award",
    operation_id="suspend",
    tags=["Awards"],
    **_door(Permission.AWARD_REVOKE, *_WRITING),
)
def suspend(request: ProgramRequest, slug: str, award: Id, payload: SuspensionIn) -> Any:
    """Put an award out of force until it is reinstated."""
    actor = _actor(request, slug)
    standing.suspend_awards([award], note=payload.note, public=payload.public, actor=actor)
    return _shown(_visible(actor, award))


@router.post(
    "/organisations/{slug}/awards/{award}/reinstatement",
    response=AwardOut,
    summary="Put a suspended award back in force",
    operation_id="reinstate",
    tags=["Awards"],
    **_door(Permission.AWARD_REVOKE, *_WRITING),
)
def reinstate(request: ProgramRequest, slug: str, award: Id, payload: ReinstatementIn) -> Any:
    """Lift a suspension. A revocation cannot be lifted."""
    actor = _actor(request, slug)
    standing.reinstate_awards([award], note=payload.note, actor=actor)
    return _shown(_visible(actor, award))


@router.post(
    "/organisations/{slug}/batches",
    response={202: BatchOut},
    summary="Award many people",
    operation_id="batch",
    tags=["Batches"],
    **_door(Permission.AWARD_ISSUE, *_WRITING),
)
def batch(
    request: ProgramRequest,
    response: HttpResponse,
    slug: str,
    payload: BatchIn,
    idempotency_key: IdempotencyHeader = "",
) -> Any:
    """Take in the same award for up to 1,000 people; it is signed and sent in the background.

    Nothing is taken in while anything is wrong: `errors` names it, person by person. Who holds
    the programme already is refused later, alone, and shows in the batch.
    """
    actor = _actor(request, slug)
    version = _version(actor, payload)
    people = [
        each.person(period=payload.period, number=n)
        for n, each in enumerate(payload.people, start=1)
    ]
    _check(version, people, "/people")

    def act(key: str) -> str:
        return make_batch(
            version,
            people,
            actor=actor,
            source=Batch.Source.API,
            why=payload.reason,
            key=key,
            options=payload.options,
        ).public_id

    made = _once(actor, idempotency_key, payload, act)
    response["Location"] = f"{request.path}/{made}"
    own = Batch.objects.filter(organisation=actor.organisation)
    return Status(202, BatchOut.of(batch_of(own, made)))


@router.get(
    "/organisations/{slug}/batches/{batch}",
    response=BatchOut,
    summary="Look at a batch",
    operation_id="batch-now",
    tags=["Batches"],
    **_door(Permission.AWARD_READ),
)
def batch_now(request: ProgramRequest, slug: str, batch: Id) -> Any:
    """How far a batch is, and who was not awarded and why."""
    return BatchOut.of(batch_of(Batch.objects.visible_to(_actor(request, slug)), batch))


@router.get(
    "/organisations/{slug}/programmes",
    response=ProgrammePage,
    summary="List programmes",
    operation_id="programmes",
    tags=["Programmes"],
    **_door(Permission.PROGRAMME_READ),
)
def programmes(request: ProgramRequest, slug: str, after: After = "", limit: Limit = 50) -> Any:
    """The programmes that the key may see, the newest first, in pieces."""
    _asks_only(request, "after", "limit")
    found = programmes_after(_actor(request, slug), after=after, limit=limit + 1)
    piece = found[:limit]
    return ProgrammePage(
        programmes=[ProgrammeOut.of(each) for each in piece],
        next=piece[-1].public_id if len(found) > limit else None,
    )


def _actor(request: ProgramRequest, slug: str) -> Actor:
    """Whose key it is, in the organisation that the address names."""
    if request.auth.organisation.slug != slug:
        raise Refusal(NOT_FOUND, _("This key is not of an organisation of that name."))
    return request.auth


def _asks_only(request: HttpRequest, *names: str) -> None:
    """Raise a `Refusal` for a question that nobody knows, so that a misspelt one is noticed."""
    said = _("There is no such parameter.")
    errors = [(f"/{name}", said) for name in request.GET if name not in names]
    if errors:
        raise Refusal(UNFIT, f"{errors[0][0]}: {said}", errors=errors)


def _version(actor: Actor, payload: RequestIn) -> Version:
    own = Programme.objects.filter(organisation=actor.organisation)
    programme = own.filter(public_id=payload.programme).first()
    if programme is None:
        raise Refusal(NOT_FOUND, _("There is no such programme in your organisation."))
    actor.require(Permission.AWARD_ISSUE, unit_id=programme.unit_id)
    versions = Version.objects.filter(programme=programme).select_related("programme__organisation")
    wanted = versions.filter(number=payload.version) if payload.version else versions
    found = wanted.order_by("-number").first()
    if found is None:
        pointer = "/version" if payload.version else "/programme"
        said = _("There is no such published version.")
        raise Refusal(UNFIT, f"{pointer}: {said}", errors=[(pointer, said)])
    return found


def _check(version: Version, people: list[Person], pointer: str) -> None:
    """Raise a `Refusal` that names everything that is wrong with these people."""
    checker = Checker(version, at=timezone.now())
    errors: list[tuple[str, Words]] = []
    for person in people:
        at = f"{pointer}/{person.number - 1}" if person.number else pointer
        for fault in checker.faults(person):
            member = _MEMBERS.get(fault.field, fault.field)
            errors.append((f"{at}/{member}" if member else at, fault.detail))
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        first, said = errors[0]
        raise Refusal(UNFIT, f"{first}: {said}", errors=errors[:MOST_ERRORS])


_MEMBERS = {"evidence_url": "evidence/url", "evidence_name": "evidence/name"}


def _once(actor: Actor, key: str, payload: RequestIn, act: Callable[[str], str]) -> str:
    asked = f"{type(payload).__name__} {payload.model_dump_json()}"
    return once(actor.organisation, key=key, request=asked, act=act)


def _visible(actor: Actor, award_id: str) -> Award:
    return award_of(Award.objects.visible_to(actor), award_id)


def _shown(award: Award) -> AwardOut:
    return AwardOut.of(award, deliveries([award]).get(award.public_id))
