"""The forms of an organisation's pages: the shape of what is sent, no rules."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sealwright.web.core.countries import country_choices
from sealwright.web.organisations.actors import Actor
from sealwright.web.organisations.models import SLUG, SLUG_LENGTH, Organisation, Role, Unit
from sealwright.web.organisations.permissions import FOR_PROGRAMS, Permission
from sealwright.web.organisations.selectors import open_units, roles_within_reach
from sealwright.web.organisations.services.founding import RESERVED, proposed_slug
from sealwright.web.organisations.trail import Asked, event_choices

KINDS: Final = (("issues", _("Provider: we issue")), ("hires", _("Employer: we hire or train")))


def day_input() -> forms.DateInput:
    """A field for a day, with the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is made from: what was posted, however little, or nothing."""
    return request.POST if request.method == "POST" else None


class OrganisationForm(forms.Form):
    """What every organisation says of itself."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As people know it, e.g. Harbour College.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("What you do here"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one. You can change it later.")},
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )

    def told(self) -> dict[str, Any]:
        """The cleaned data as members of an organisation."""
        told = {key: value for key, value in self.cleaned_data.items() if key != "kinds"}
        kinds = self.cleaned_data["kinds"]
        return told | {"issues": "issues" in kinds, "hires": "hires" in kinds}


class FoundingForm(OrganisationForm):
    """A new organisation. Without a slug one is proposed and shown before anything is made."""

    slug = forms.CharField(
        label=_("Address on this site"),
        max_length=SLUG_LENGTH,
        required=False,
        validators=[SLUG],
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
        help_text=_(
            "It becomes part of everything you issue, so it can never be changed. Leave it empty "
            "and we propose one."
        ),
    )
    field_order = ("name", "slug", "kinds", "country", "website")

    def clean(self) -> dict[str, Any]:
        """Propose a slug where none was given, and say early when one is taken."""
        cleaned = super().clean() or self.cleaned_data
        slug = cleaned.get("slug", "")
        if not slug and "slug" in cleaned and cleaned.get("name"):
            self._propose(proposed_slug(cleaned["name"]))
        elif slug in RESERVED or Organisation.objects.filter(slug=slug).exists():
            other = proposed_slug(slug)
            said = _("“{slug}” is taken. “{other}” is free.")
            self.add_error("slug", format_lazy(said, slug=slug, other=other))
        return cleaned

    def _propose(self, slug: str) -> None:
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent["slug"] = slug
        self.data = sent
        if slug:
            self.add_error("slug", _("We propose this one. Is it right? It stays for ever."))
        else:
            self.add_error("slug", _("We could not make one from the name. Please choose one."))


class ProfileForm(OrganisationForm):
    """Everything an organisation may say of itself."""

    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=160,
        required=False,
        help_text=_("As in a register, where it differs from the name."),
    )
    description = forms.CharField(
        label=_("About"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown on your public page."),
    )
    email = forms.EmailField(
        label=_("Contact address"), required=False, help_text=_("Published with what you issue.")
    )
    locality = forms.CharField(label=_("Town"), max_length=80, required=False)
    linkedin_id = forms.CharField(
        label=_("LinkedIn number"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^[0-9]*$", _("Digits only."))],
        help_text=_(
            "With it, “Add to LinkedIn” shows your logo. Open your company page as an "
            "administrator: it is the number in the address."
        ),
    )
    field_order = (
        *("name", "legal_name", "kinds", "description", "website", "email"),
        *("country", "locality", "linkedin_id"),
    )


class ReasonForm(forms.Form):
    """Why something is done, where one likes to say."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Kept on the trail.")
    )


class UnitForm(forms.Form):
    """A unit, and what it lies in."""

    name = forms.CharField(label=_("Name"), max_length=120)
    parent = forms.ChoiceField(label=_("Part of"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = forms.ChoiceField(
            label=_("Part of"),
            required=False,
            choices=[("", _("The organisation itself")), *open_units(actor.organisation)],
        )


class NameForm(forms.Form):
    """Another name for a unit."""

    name = forms.CharField(label=_("New name"), max_length=120)


class RoleForm(forms.Form):
    """A role within the actor's reach, for the whole or a unit."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = [(role.value, role.label) for role in roles_within_reach(actor)]
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=reach, initial=Role.READER.value
        )
        self.fields["unit"] = forms.ChoiceField(
            label=_("For"),
            required=False,
            choices=[("", _("The whole organisation")), *open_units(actor.organisation)],
        )

    @property
    def role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    field_order = ("email", "role", "unit")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.order_fields(self.field_order)


class ApiKeyForm(forms.Form):
    """A key for a program."""

    FOR_DAYS: Final = (
        ("30", _("30 days")),
        ("90", _("90 days")),
        ("365", _("A year")),
        ("", _("No end: revoke it yourself")),
    )

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know it again, e.g. “Student register”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do"),
        choices=[(scope.value, scope.value) for scope in FOR_PROGRAMS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.ChoiceField(label=_("Good for"), choices=FOR_DAYS, required=False, initial="365")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Reaches"),
            required=False,
            choices=[("", _("The whole organisation")), *open_units(actor.organisation)],
            help_text=_("Programmes and awards of one unit only, or all of them."),
        )
        self.order_fields(("name", "scopes", "unit", "days"))
        self.actor = actor

    @property
    def scopes_(self) -> list[Permission]:
        return [Permission(scope) for scope in self.cleaned_data["scopes"]]

    @property
    def unit(self) -> Unit | None:
        chosen = self.cleaned_data["unit"]
        units = Unit.objects.visible_to(self.actor)
        return units.get(public_id=chosen) if chosen else None

    @property
    def expires_at(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=int(days)) if days else None


class DomainForm(forms.Form):
    """A domain to be proven."""

    domain = forms.CharField(
        label=_("Domain"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("Without https, e.g. harbour-college.org."),
    )


class ClosingForm(forms.Form):
    """That the organisation is really to be closed, and why."""

    confirmation = forms.CharField(
        label=_("Address of the organisation"),
        max_length=SLUG_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    reason = forms.CharField(label=_("Why it closes"), max_length=300)


class TrailForm(forms.Form):
    """What to show of the trail. What does not fit is left out, so every link shows something."""

    event = forms.ChoiceField(label=_("What"), required=False)
    who = forms.CharField(label=_("Who"), max_length=120, required=False)
    subject = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("To"), required=False, widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"] = forms.ChoiceField(
            label=_("What"), required=False, choices=[("", _("Everything")), *event_choices()]
        )
        self.order_fields(("event", "who", "since", "until"))

    def asked(self) -> Asked:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return Asked(**self.cleaned_data)

    def query(self) -> str:
        """The same question as GET parameters."""
        return urlencode({name: value for name, value in asdict(self.asked()).items() if value})
