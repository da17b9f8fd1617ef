"""A JSON Resume with the proof beside each line. https://jsonresume.org/schema"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from sealwright.web.accounts.models import User
from sealwright.web.wallet.holdings import Holding, State
from sealwright.web.wallet.models import Profile

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def json_resume(owner: User, holdings: Iterable[Holding]) -> dict[str, Any]:
    """The person's credentials as certificates, each with the address of its proof.

    Withdrawn ones are left out; of a skill the credentials behind it are named.
    """
    shown = [each for each in holdings if each.state is not State.WITHDRAWN]
    profile = Profile.objects.filter(owner=owner).first()
    basics: dict[str, Any] = {"name": owner.name}
    if profile is not None:
        basics |= {"label": profile.headline, "summary": profile.about}
        if profile.published_at is not None:
            basics["url"] = f"{settings.BASE_URL}{profile.path}"
    return {
        "$schema": SCHEMA,
        "basics": {name: value for name, value in basics.items() if value},
        "certificates": [_certificate(each) for each in shown],
        "skills": _skills(shown),
    }


def _certificate(holding: Holding) -> dict[str, str]:
    told = {
        "name": holding.title,
        "issuer": holding.issuer,
        "date": holding.awarded.date().isoformat() if holding.awarded else "",
        "url": proof_url(holding),
    }
    return {name: value for name, value in told.items() if value}


def proof_url(holding: Holding) -> str:
    """Where anybody can check it: its page here, or where it was brought from."""
    if holding.item is not None:
        return holding.item.source_url
    return f"{settings.BASE_URL}{holding.path}"


def _skills(holdings: Iterable[Holding]) -> list[dict[str, Any]]:
    proven: dict[str, list[str]] = {}
    for holding in holdings:
        for skill in holding.skills:
            proven.setdefault(skill, []).append(holding.title)
    return [
        {"name": name, "keywords": list(dict.fromkeys(titles))}
        for name, titles in sorted(proven.items())
    ]
