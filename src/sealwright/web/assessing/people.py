"""What becomes of applications when two accounts of one person join, or one leaves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from sealwright.web.accounts import joining, leaving
from sealwright.web.accounts.models import User
from sealwright.web.assessing.models import Application, EvidenceFile


def move(gone: User, kept: User) -> None:
    """Hand the applications of one account over to the other of the same person."""
    for application in Application.objects.filter(learner=gone).order_by("created_at"):
        attempts = Application.objects.filter(programme=application.programme, learner=kept)
        application.learner = kept
        application.attempt = attempts.count() + 1
        application.save(update_fields=["learner", "attempt"])


def export(person: User) -> list[dict[str, Any]]:
    """Everything the person has handed in, without the files' contents."""
    rows = Application.objects.filter(learner=person).select_related("version")
    return [
        {
            "programme": each.version.url,
            "title": each.version.title,
            "attempt": each.attempt,
            "state": each.state,
            "statement": each.statement,
            "links": each.links,
            "handed_in": each.submitted_at.isoformat() if each.submitted_at else None,
            "decided": each.decided_at.isoformat() if each.decided_at else None,
            "reason": each.reason,
            "files": list(each.files.values_list("name", flat=True)),
        }
        for each in rows.order_by("created_at")
    ]


def erase(person: User) -> None:
    """Take away what they wrote and handed in; that an attempt was decided stays, unnamed."""
    own = Application.objects.filter(learner=person)
    EvidenceFile.objects.filter(application__in=own).delete()
    own.filter(decided_at=None).delete()
    own.update(learner=None, statement="", links=[], grade="")


def tells(gone: User) -> list[str]:
    """What would move, for the page that asks."""
    number = Application.objects.filter(learner=gone).count()
    told = ngettext("%(number)d application", "%(number)d applications", number)
    return [told % {"number": number}] if number else []


def register() -> None:
    """Tell `accounts` of these."""
    joining.register(move, tells=tells)
    leaving.register_export("applications", export)
    leaving.register_erasure(erase)
