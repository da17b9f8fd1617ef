"""Forms of applications and decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

MOST_LINKS = 10


class ApplicationForm(forms.Form):
    """What a learner says and points to."""

    statement = forms.CharField(
        label=_("What you can do, and how this shows it"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    links = forms.CharField(
        label=_("Links to your work"),
        help_text=_("One on each line, beginning with https://"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}),
    )

    def clean_links(self) -> list[str]:
        """The lines, each an address that begins with https."""
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(_("Up to ten links, please."))
        for line in lines:
            try:
                URLValidator(schemes=["https"])(line)
            except forms.ValidationError as problem:
                told = _("“%(line)s” is no address that begins with https://.")
                raise forms.ValidationError(told, params={"line": line[:80]}) from problem
        return lines


class DecisionForm(forms.Form):
    """A decision with its reason."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("pass", _("Passed: the award is issued at once")), ("fail", _("Not passed"))],
        widget=forms.RadioSelect,
    )
    grade = forms.CharField(label=_("Grade"), max_length=20, required=False)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The learner reads this. Say what was shown and what was missing."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, graded: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not graded:
            del self.fields["grade"]


class RuleForm(forms.Form):
    """Whether applications are taken, and how often one may try."""

    is_open = forms.BooleanField(label=_("Take applications"), required=False)
    most_attempts = forms.IntegerField(
        label=_("Attempts a person has"),
        help_text=_("Empty: as many as they like."),
        min_value=1,
        max_value=50,
        required=False,
    )
    wait_days = forms.IntegerField(
        label=_("Days to wait after an attempt that was not passed"),
        min_value=0,
        max_value=730,
        initial=0,
    )
