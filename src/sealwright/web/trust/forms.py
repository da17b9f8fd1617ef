"""The forms about recognitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sealwright.web.organisations.forms import day_input
from sealwright.web.trust.models import Recognition
from sealwright.web.trust.services import Claim


class ClaimForm(forms.Form):
    """By whom an organisation is recognised."""

    kind = forms.ChoiceField(label=_("What"), choices=Recognition.Kind.choices)
    body = forms.CharField(
        label=_("By whom"), max_length=160, help_text=_("e.g. Quality Agency of the North.")
    )
    url = forms.URLField(
        label=_("Where it can be looked up"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Your entry in their register, if there is one. It makes confirming quick."),
    )
    scope = forms.CharField(
        label=_("For what"),
        max_length=200,
        required=False,
        help_text=_("Where it does not reach everything you offer."),
    )
    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("Until"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        """It begins before it ends."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This lies before the day it begins."))
        return cleaned

    def claim(self) -> Claim:
        """What was said."""
        return Claim(**self.cleaned_data)


class ConfirmForm(forms.Form):
    """Where a claim was looked up."""

    source = forms.URLField(label=_("Looked up at"), max_length=300, assume_scheme="https")


class DeclineForm(forms.Form):
    """Why a claim cannot be confirmed."""

    reason = forms.CharField(label=_("Why not"), max_length=300)
