"""Forms of the issuer's console."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealwright.credentials.model.instants import format_instant
from sealwright.web.catalogue.content import Content
from sealwright.web.issuing.models import Reason, Sheet, SigningKey
from sealwright.web.issuing.services.columns import FIELDS, Column, wanted
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
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
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


# --- A table in five steps -------------------------------------------------------------------


class BringForm(forms.Form):
    """A table: a file, or what was copied from a spreadsheet."""

    file = forms.FileField(
        label=_("A CSV file"),
        required=False,
        allow_empty_file=True,
        help_text=_("Comma, semicolon or tab between the cells, in UTF-8, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    pasted = forms.CharField(
        label=_("Or paste from your spreadsheet"),
        required=False,
        strip=False,
        help_text=_("Mark the cells with their headings, copy, and paste them here."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean_file(self) -> Any:
        """A file that was not cut off on its way in."""
        file = self.cleaned_data["file"]
        if file and file.size > settings.LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(most)d MB. Keep the columns you need, or split it."),
                params={"most": settings.LARGEST_FILE // 1_000_000},
            )
        return file

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        brought = [told.get("file"), (told.get("pasted") or "").strip()]
        if not any(brought) and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the cells of a table."))
        if all(brought):
            raise forms.ValidationError(_("Bring a file or paste cells, not both at once."))
        return told

    def table(self) -> tuple[bytes, str]:
        """What was brought, and the name of the file."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["pasted"].encode(), ""


class MatchForm(forms.Form):
    """For each column of a table what it holds."""

    def __init__(self, *args: Any, sheet: Sheet, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        choices = [("", _("Leave out")), *((f, FIELDS[f]) for f in wanted(sheet.version.content))]
        for place, column in enumerate(columns):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column.heading or _("Without a heading"),
                choices=choices,
                required=False,
                initial=column.field,
            )
        self.fields["period"] = forms.CharField(
            label=_("Round"),
            max_length=40,
            required=False,
            initial=sheet.period,
            help_text=_(
                "Only where the same person may be awarded this again, such as “2026 autumn”. "
                "Without it, who holds it already is passed over."
            ),
        )

    def pairs(self) -> Iterator[tuple[Column, forms.BoundField]]:
        """Each column with its question."""
        for place, column in enumerate(self.columns):
            yield column, self[f"column-{place}"]

    def clean(self) -> dict[str, Any]:
        """Name the columns that are taken for the same thing."""
        told = super().clean() or {}
        taken: dict[str, str] = {}
        for place, column in enumerate(self.columns):
            name = f"column-{place}"
            field = told.get(name, "")
            if field and field in taken:
                said = _("“%(other)s” is taken for this already. Choose another for one of them.")
                self.add_error(name, forms.ValidationError(said, params={"other": taken[field]}))
            elif field:
                taken[field] = column.heading
        return told

    def mapping(self) -> dict[str, str]:
        """The column that each field is taken from."""
        return {
            self.cleaned_data[f"column-{place}"]: column.name
            for place, column in enumerate(self.columns)
            if self.cleaned_data[f"column-{place}"]
        }


class NoteForm(forms.Form):
    """What the people of a table are told by mail."""

    send_mail = forms.BooleanField(label=_("Tell everybody by mail"), required=False)
    note = forms.CharField(
        label=_("A word to everybody"),
        max_length=500,
        required=False,
        help_text=_("In the mail only, for all of them alike."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IssueForm(forms.Form):
    """That a table is to be issued, why, and how many rows somebody saw that were ready."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("For your own trail, such as “Exam board of 30 June”."),
    )
    ready = forms.IntegerField(widget=forms.HiddenInput)


class NewKeyForm(forms.Form):
    """Which key is replaced, and why."""

    purpose = forms.ChoiceField(
        choices=[("assertion", "assertion"), ("status", "status")], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For the trail, such as: the yearly change.")
    )
    at_once = forms.BooleanField(
        label=_("Use it at once: an emergency"),
        required=False,
        help_text=_(
            "Verifiers that asked for your keys lately do not know it for some minutes, and refuse "
            "what it signs until they ask again."
        ),
    )


class WhyForm(forms.Form):
    """Why something is done, for those who come after."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class SinceForm(forms.Form):
    """Since when a key may have been in other hands."""

    since = forms.DateTimeField(
        label=_("Lost since (UTC)"),
        help_text=_("In doubt take the earlier time. You can move it back later, never forward."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, key: SigningKey, **options: Any) -> None:
        super().__init__(*args, **options)
        self._key = key

    def clean_since(self) -> datetime:
        """A moment that has been, and before the one that was told already."""
        since: datetime = self.cleaned_data["since"]
        before = self._key.compromised_since
        if since > timezone.now():
            raise forms.ValidationError(_("This moment has not come yet."))
        if before is not None and since >= before:
            told = {"since": f"{before:%Y-%m-%d %H:%M}"}
            raise forms.ValidationError(
                _("It counts as lost since %(since)s already. Name an earlier time."), params=told
            )
        return since


class StolenForm(SinceForm):
    """That a key fell into other hands, what happened, and that it is meant."""

    since = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    why = forms.CharField(
        label=_("What happened"),
        max_length=300,
        help_text=_("For the trail. It is not public."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    confirmation = forms.CharField(
        label=_("Name of the key"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )

    def clean_confirmation(self) -> str:
        """The name of the very key."""
        name: str = self.cleaned_data["confirmation"].strip()
        if name != self._key.name:
            raise forms.ValidationError(
                _("Type %(name)s, if you mean this key."), params={"name": self._key.name}
            )
        return name
