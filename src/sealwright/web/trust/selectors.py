"""Recognitions as pages and other people's verifiers read them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sealwright.web.core.countries import country_name
from sealwright.web.core.refusals import NOT_FOUND, Refusal
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import Organisation
from sealwright.web.trust.models import Recognition, RecognitionQuerySet
from sealwright.web.trust.registry import confirmed_on


class State(models.TextChoices):
    """What became of a claim."""

    WAITING = "waiting", gettext_lazy("Waiting")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    DECLINED = "declined", gettext_lazy("Not confirmed")

    @classmethod
    def of(cls, text: str) -> State:
        """The state of this name; what waits where there is none."""
        return cls(text) if text in cls.values else cls.WAITING


def own_recognitions(actor: Actor) -> RecognitionQuerySet:
    """What the organisation says of who recognises it."""
    return Recognition.objects.visible_to(actor)


def own_recognition(public_id: str, actor: Actor) -> Recognition:
    """One of them. Raises `Refusal`: 404 elsewhere."""
    recognition = own_recognitions(actor).filter(public_id=public_id).first()
    if recognition is None:
        raise Refusal(NOT_FOUND, _("There is no such recognition."))
    return recognition


def to_look_up(state: State, *, search: str = "") -> RecognitionQuerySet:
    """Claims of all organisations in a state, the oldest first while they wait."""
    every = Recognition.objects.select_related("organisation")
    if search:
        every = every.filter(Q(body__icontains=search) | Q(organisation__name__icontains=search))
    if state is State.WAITING:
        return every.waiting().order_by("told_at", "pk")
    if state is State.CONFIRMED:
        return every.exclude(confirmed_at=None).order_by("-confirmed_at", "-pk")
    return every.exclude(declined_at=None).order_by("-declined_at", "-pk")


def registry_document() -> dict[str, Any]:
    """Every provider with a confirmed accreditation or entry in a register that is in force.

    The format is that of the registries of the Digital Credentials Consortium, which our
    engine and others read: https://github.com/digitalcredentials/issuer-registry-client
    """
    anchored = confirmed_on(timezone.localdate()).values("organisation")
    listed = Organisation.objects.filter(pk__in=anchored, issues=True).order_by("slug")
    return {
        "meta": {"updated": timezone.now().isoformat(timespec="seconds")},
        "registry": {
            each.did: {
                "name": each.name,
                "url": each.website or each.url,
                "location": ", ".join(filter(None, (each.locality, country_name(each.country)))),
            }
            for each in listed
        },
    }
