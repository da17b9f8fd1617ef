"""Forms of the issuer's console."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.credentials.model.instants import format_instant
from sealwright.web.catalogue.content import Content
from sealwright.web.issuing.models import Reason
from sealwright.web.issuing.services.intake import Person

CHOSEN_REASONS = [
    choice
    for choice in Reason.choices
    if choice[0] not in (Reason.SUPERSEDED, Reason.NEVER_CLAIMED)
]


class PersonForm(forms.Form):
    """Whom to award, and what differs for them."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it shall be signed."))
    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The award is offered there. The address is not part of the credential."),
    )
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)
    awarded = forms.DateField(
        label=_("Awarded on"),
        required=False,
        help_text=_("Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    evidence_url = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        assume_scheme="https",
        help_text=_("Signed into the credential and shown to everybody."),
    )
    note = forms.CharField(
        label=_("A word to them"),
        max_length=500,
        required=False,
        help_text=_("In the mail only."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, content: Content, **options: Any) -> None:
        super().__init__(*args, **options)
        if not content.grade:
            del self.fields["grade"]
        if not content.name_signed:
            self.fields["name"].help_text = _("For the mail and your lists; it is not signed.")

    def clean_awarded(self) -> Any:
        """A day that has come, if one is given."""
        day = self.cleaned_data["awarded"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def person(self) -> Person:
        """The person as the service takes them."""
        told = self.cleaned_data
        values = {name: told[name] for name in ("grade", "evidence_url") if told.get(name)}
        if told["awarded"]:
            values["awarded"] = format_instant(datetime.combine(told["awarded"], time(), UTC))
        return Person(address=told["address"], name=told["name"], values=values)


class StandingForm(forms.Form):
    """Why the standing of awards changes, and that it is meant."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CHOSEN_REASONS)
    note = forms.CharField(
        label=_("In your words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    public = forms.BooleanField(label=_("Show reason and words on the public page"), required=False)
    count = forms.IntegerField(label=_("Type the number of awards to confirm"))

    def __init__(self, *args: Any, kind: str, number: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self._number = number
        if kind in ("suspend", "reinstate"):
            del self.fields["reason"]
        if kind in ("reinstate", "cancel"):
            del self.fields["public"]
        if number < 2:
            del self.fields["count"]

    def clean_count(self) -> int:
        """The very number that is about to change."""
        count: int = self.cleaned_data["count"]
        if count != self._number:
            raise forms.ValidationError(
                _("It is %(number)d awards. Is that what you want?"),
                params={"number": self._number},
            )
        return count


class AddressForm(forms.Form):
    """Another address for an offer that was not claimed."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)


class CorrectionForm(PersonForm):
    """An award as it should have been, and what was wrong."""

    why = forms.CharField(label=_("What was wrong"), max_length=300)
    field_order = ["why", "name", "address", "grade", "awarded", "evidence_url", "note"]
