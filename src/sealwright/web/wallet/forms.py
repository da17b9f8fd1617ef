"""Forms of the wallet."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.web.wallet.models import HANDLE


class ShareForm(forms.Form):
    """For whom, what it says, and until when it works."""

    title = forms.CharField(
        label=_("For whom or what"),
        max_length=120,
        help_text=_("As in “Application at Tidewater”. Whoever opens the link reads it."),
    )
    message = forms.CharField(
        label=_("A word to them"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=_("Works until"),
        required=False,
        help_text=_("Empty: until you end it."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    shows_name = forms.BooleanField(label=_("Show my name"), required=False, initial=True)

    def clean_until(self) -> datetime | None:
        """The end of that day, which lies ahead."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return datetime.combine(day, time(23, 59, 59), UTC)


class ProfileForm(forms.Form):
    """The public page about oneself."""

    handle = forms.CharField(
        label=_("Address of your page"), max_length=40, validators=[HANDLE],
        help_text=_("As in amara-okafor. The page will be at /p/amara-okafor."),
    )  # fmt: skip
    headline = forms.CharField(label=_("In one line"), max_length=160, required=False)
    about = forms.CharField(
        label=_("About you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_published = forms.BooleanField(
        label=_("Publish the page"),
        required=False,
        help_text=_("It shows your name and the awards that you made public."),
    )

    def clean_handle(self) -> Any:
        """In small letters, as addresses are."""
        return self.cleaned_data["handle"].lower()
