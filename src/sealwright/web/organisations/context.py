"""What every page is told about the organisations of whoever looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sealwright.web.organisations.models import Organisation


def consoles(request: HttpRequest) -> dict[str, Any]:
    """The organisations in which the person has a part; asked for only where a page shows them."""

    def of_person() -> list[Organisation]:
        if not request.user.is_authenticated:
            return []
        own = Organisation.objects.filter(grants__person=request.user, closed_at=None)
        return list(own.distinct().order_by("name"))

    return {"consoles": SimpleLazyObject(of_person)}
