"""The forms of the designer, one for each of the eight parts, and that of who runs the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, ClassVar, Final, TypeAlias

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.web.catalogue import wording
from sealwright.web.catalogue.content import (
    GRADES,
    KINDS,
    LARGEST,
    LONGEST,
    MANY,
    PARTS,
    SKILL_LEVELS,
    Content,
    members_of,
)
from sealwright.web.catalogue.frameworks import (
    SkillAddress,
    has_frameworks,
    is_being_prepared,
    picked,
    suggest,
    suggest_from,
)
from sealwright.web.catalogue.rows import Rows
from sealwright.web.catalogue.selectors import title_of
from sealwright.web.core.countries import country_choices

Choices = list[tuple[str, str | Promise]]
Own = Sequence[tuple[str, str]]
"""Programmes of the organisation, by id and title."""
Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"
NOT_TOLD: Final = _("Not told")


def _choices(
    values: Iterable[tuple[str, str | Promise]], none: str | Promise = NOT_TOLD
) -> Choices:
    return [("", none), *values]


def _text(label: Any, longest: int, *, rows: int = 0, help_text: Any = "", **options: Any) -> Any:
    """A text field; with `rows` one of several lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    options = {"required": False, "widget": widget} | options
    return forms.CharField(label=label, max_length=longest, help_text=help_text, **options)


def _number(label: Any, *, help_text: Any = "", step: str = "any") -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=LARGEST,
        required=False,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": step, "inputmode": "decimal"}),
    )


def _choice(label: Any, values: Iterable[tuple[str, str | Promise]], **options: Any) -> Any:
    return forms.ChoiceField(label=label, choices=_choices(values), required=False, **options)


class PartForm(forms.Form):
    """A part of a programme. `members` are what it tells, as JSON values."""

    ROWS: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, content: Content, data: QueryDict | None = None, files: Files | None = None
    ) -> None:
        super().__init__(
            data, files, initial=self.initial_of(content), use_required_attribute=False
        )
        self.content = content

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        """What the form shows of a content."""
        return {name: getattr(content, name) for name in cls.base_fields if hasattr(content, name)}

    def members(self) -> dict[str, Any]:
        """What the right fields say."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class IdentityForm(PartForm):
    title = _text(
        _("Title"),
        LONGEST["title"],
        help_text=_(
            "What a holder can do, as in “Wound Care in the Community”. No level, no year."
        ),
        required=True,
    )
    summary = _text(
        _("In one sentence"),
        LONGEST["summary"],
        rows=2,
        help_text=_("Shown in lists and under the title."),
    )
    description = _text(
        _("What it certifies"),
        LONGEST["description"],
        rows=5,
        help_text=_("“Certifies that the holder …”. This is signed into every award."),
        required=True,
    )
    field = _text(
        _("Field"),
        LONGEST["field"],
        help_text=_("One or two words, as in “Computing”. People filter by it."),
        widget=forms.TextInput(attrs={"list": "fields"}),
    )
    language = forms.ChoiceField(
        label=_("Language of instruction"),
        choices=lambda: _by_name((code, wording.language_name(code)) for code in wording.LANGUAGES),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("That of the organisation")), *country_choices()[1:]],
        required=False,
    )
    website = forms.URLField(
        label=_("Page about it"),
        max_length=LONGEST["website"],
        required=False,
        assume_scheme="https",
        help_text=_("Where people sign up with you."),
    )


class SkillRow(forms.Form):
    """A skill of the programme."""

    TELLING: ClassVar = ("name", "shown_by", "url", "framework", "code")

    name = _text(_("Skill"), LONGEST["skill_name"], required=True)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, wording.KINDS[kind]) for kind in KINDS],
        initial="technical",
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=[
            ("", NOT_TOLD),
            *((str(step), wording.LEVELS[step]) for step in SKILL_LEVELS),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    shown_by = _text(
        _("How a holder has shown it, in one sentence"),
        LONGEST["shown_by"],
    )
    url = forms.URLField(
        label=_("Address"),
        max_length=LONGEST["skill_url"],
        required=False,
        assume_scheme="https",
    )
    framework = _text(_("Framework"), LONGEST["skill_framework"])
    code = _text(_("Code"), LONGEST["skill_code"])

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"] or 0)


class SkillRows(Rows[SkillRow]):
    """Skills, which can be looked for in the frameworks of this site and picked."""

    looked_in: int = -1
    """The row for which was looked; behind the last one, for all that the programme says."""
    found: Sequence[SkillAddress] = ()

    def __init__(self, *told: Any, about: str = "", **options: Any) -> None:
        super().__init__(*told, **options)
        self.about = about
        """What the programme says of itself."""

    @cached_property
    def can_look(self) -> bool:
        return has_frameworks()

    @cached_property
    def is_being_prepared(self) -> bool:
        """Whether what the programme says cannot be compared with some framework yet."""
        return is_being_prepared()

    @property
    def attributions(self) -> list[str]:
        """What must be said beside what was found."""
        return list(dict.fromkeys(one.attribution for one in self.found if one.attribution))

    def press(self, button: str) -> None:
        """Also `look:skills:2`, and `pick:skills:2:ADDRESS`, which a person presses.

        `suggest:skills` looks through what the programme says; picking then adds a row.
        """
        verb, _name, number, address = (*button.split(":", 3), "", "")[:4]
        n = int(number) if number.isdigit() else -1
        if verb == "suggest":
            self.is_bound = False
            here = {str(row.get("url", "")) for row in self._rows}
            self.looked_in, self.found = len(self._rows), suggest_from(self.about, but=here)
        elif verb == "pick" and n == len(self._rows) and not self.is_full and picked(address):
            self._rows.append({})
            self.press(button)
        elif verb in ("look", "pick") and 0 <= n < len(self._rows):
            self.is_bound = False
            row = self._rows[n]
            skill = picked(address) if verb == "pick" else None
            if verb == "look":
                self.looked_in, self.found = n, suggest(str(row.get("name", "")))
            elif skill is not None:
                row.update(name=skill.name, url=skill.url, framework=skill.framework,
                           code=skill.code, kind=skill.kind)  # fmt: skip
            self.focus = f"{n}-first"
        else:
            super().press(button)


class SkillsForm(PartForm):
    ROWS = ("skills",)

    outcomes = _text(
        _("Learning outcomes"),
        MANY * (LONGEST["outcome"] + 2),
        rows=5,
        help_text=_("One on each line, beginning with a verb: “Plan a coastal passage”."),
    )

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return {"outcomes": "\n".join(content.outcomes)}

    def clean_outcomes(self) -> list[str]:
        """The lines in which something is written."""
        lines = [line.strip(" \t-–•*") for line in self.cleaned_data["outcomes"].splitlines()]
        told = list(dict.fromkeys(line for line in lines if line))
        if len(told) > MANY:
            raise forms.ValidationError(
                _("Up to %(number)d outcomes, please."), params={"number": MANY}
            )
        for line in told:
            if len(line) > LONGEST["outcome"]:
                raise forms.ValidationError(
                    _("“%(line)s …” is longer than %(number)d characters. Can it be two?"),
                    params={"line": line[:40], "number": LONGEST["outcome"]},
                )
        return told


class LevelForm(PartForm):
    eqf = _choice(
        _("EQF level"),
        wording.EQF.items(),
        help_text=_("Of the European Qualifications Framework. Leave it open if nobody set it."),
    )
    hours = _number(_("Hours of work"), help_text=_("Lessons, practice and assessment together."))
    ects = _number(_("ECTS credits"), help_text=_("One credit stands for 25 to 30 hours."))
    participation = _choice(_("Form of participation"), wording.PARTICIPATION.items())
    duration = _text(
        _("Duration"), LONGEST["duration"], help_text=_("As in “8 weeks, two evenings a week”.")
    )
    cost = _number(_("Cost"), help_text=_("0 if it is free; empty if it differs."), step="0.01")
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in wording.CURRENCIES], required=False
    )
    quality = _text(
        _("Quality assurance"),
        LONGEST["quality"],
        rows=2,
        help_text=_("Who looks at how you teach and assess, and how often."),
    )

    def clean(self) -> dict[str, Any]:
        """Credits and hours that cannot both be right are asked about."""
        told = self.cleaned_data
        hours, ects = told.get("hours"), told.get("ects")
        if hours and ects and not 15 <= hours / ects <= 45:
            self.add_error(
                "ects",
                _("A credit stands for 25 to 30 hours of work. Which of the two numbers is right?"),
            )
        told["currency"] = told.get("currency") or "EUR"
        return told


class AssessmentForm(PartForm):
    type = _choice(_("Type of assessment"), wording.ASSESSMENT_TYPES.items())
    description = _text(
        _("Tasks"),
        LONGEST["assessment"],
        rows=3,
        help_text=_("What is done, how long it takes, who judges it."),
    )
    supervision = _choice(_("Supervision"), wording.SUPERVISION.items())
    identity_check = _choice(
        _("Identity check"),
        wording.IDENTITY_CHECK.items(),
        help_text=_("How you know that the right person was assessed."),
    )
    pass_mark = _text(_("Pass mark"), LONGEST["pass_mark"])
    retake = _text(
        _("Retake rule"),
        LONGEST["assessment"],
        rows=2,
        help_text=_("How often, and after how long."),
    )
    evidence = _text(
        _("Evidence kept"),
        LONGEST["assessment"],
        rows=2,
        help_text=_("What you keep of the assessment, and for how long."),
    )
    external_review = _text(
        _("External review"),
        LONGEST["assessment"],
        rows=2,
        help_text=_("Who from outside looks at decisions, and how often."),
    )

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return asdict(content.assessment)

    def members(self) -> dict[str, Any]:
        return {"assessment": super().members()}


class CriteriaForm(PartForm):
    criteria = _text(
        _("Criteria"),
        LONGEST["criteria"],
        rows=12,
        help_text=_(
            "What must be done, how well, and who judges it. Markdown: lists with “-” or “1.”, "
            "**strong**, *emphasis*, [links](https://…). This is signed into every award."
        ),
        required=True,
    )


class EvidenceForm(PartForm):
    evidence_asked = _text(
        _("Evidence asked for"),
        LONGEST["evidence_asked"],
        rows=4,
        help_text=_("What a learner hands in. It is shown to whoever applies."),
    )
    grading = forms.ChoiceField(
        label=_("Grade"),
        choices=[
            ("", _("No grade is given")),
            *((name, wording.GRADES[name]) for name in GRADES),
            ("words", _("Something else, in words")),
        ],
        required=False,
    )
    grade_words = _text(
        _("What a grade looks like"),
        LONGEST["grade"],
        help_text=_("Only for “something else”, as in “One to five stars”."),
    )

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        is_named = not content.grade or content.grade in GRADES
        return {
            "evidence_asked": content.evidence_asked,
            "grading": content.grade if is_named else "words",
            "grade_words": "" if is_named else content.grade,
        }

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("grading") == "words" and not told.get("grade_words"):
            self.add_error("grade_words", _("Please say what a grade looks like."))
        return told

    def members(self) -> dict[str, Any]:
        told = self.cleaned_data
        grading = told.get("grading", "")
        return {
            "evidence_asked": _plain(told.get("evidence_asked", "")),
            "grade": told.get("grade_words", "") if grading == "words" else grading,
        }


class DesignForm(PartForm):
    art = forms.ChoiceField(
        label=_("On the badge"),
        choices=[
            ("seal", _("The seal: drawn from the programme’s id, no two alike")),
            ("picture", _("A picture of your own")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "PNG, JPEG, WebP or GIF, up to 5 MB; a square of 600 pixels is best. We draw it anew "
            "as PNG, so nothing else of the file is kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.gif"}),
    )
    picture_caption = _text(
        _("What the picture shows"),
        LONGEST["picture_caption"],
        help_text=_("For people who cannot see it. Needed for a picture of your own."),
    )
    name_signed = forms.BooleanField(
        label=_("Sign the holder’s name"),
        required=False,
        help_text=_("So that whoever checks the award sees whose it is. A page labels any name "
                    "that is not signed."),
    )  # fmt: skip
    email_hashed = forms.BooleanField(
        label=_("Sign a hash of the holder’s e-mail address"),
        required=False,
        help_text=_(
            "Some older wallets need it. Its salt is public, so whoever has a list of addresses "
            "can find out which one it was. Off is better."
        ),
    )
    valid_months = forms.IntegerField(
        label=_("Valid for how many months"),
        min_value=1,
        max_value=600,
        required=False,
        help_text=_("Empty if it does not end."),
    )

    def __init__(
        self, content: Content, data: QueryDict | None = None, files: Files | None = None
    ) -> None:
        super().__init__(content, data, files)
        self.picture = data.get("kept", "") if data else ""
        """The picture that an upload became: the page remembers it when it comes back."""

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return super().initial_of(content) | {"art": "picture" if content.picture else "seal"}

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("art") == "picture":
            if not (told.get("upload") or self.picture or self.content.picture):
                self.add_error("upload", _("Please choose a picture, or take the seal."))
            if not told.get("picture_caption"):
                self.add_error(
                    "picture_caption",
                    _("Please say what the picture shows, for people who cannot see it."),
                )
        return told

    def members(self) -> dict[str, Any]:
        """Without the upload, which the view has kept as a picture before."""
        told = super().members()
        art = told.pop("art", "seal")
        told.pop("upload", None)
        is_own = art == "picture"
        return told | {
            "picture": (self.picture or self.content.picture) if is_own else "",
            "picture_caption": told.get("picture_caption", "") if is_own else "",
        }


class LinkRow(forms.Form):
    """Another programme: one of the organisation's own, any of this site, or one in words."""

    TELLING: ClassVar = ("text", "programme")

    programme = forms.ChoiceField(label=_("One of your programmes"), required=False)
    text = _text(
        _("In words, or the address of a programme on this site"),
        LONGEST["link"],
    )

    def __init__(self, *args: Any, own: Own = (), **options: Any) -> None:
        super().__init__(*args, **options)
        linked = str(
            self.initial.get("programme") or self.data.get(self.add_prefix("programme"), "")
        )
        self.own = dict(own)
        further = (
            [(linked, self.initial.get("text") or linked)] if linked not in (*self.own, "") else []
        )
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", _("None of ours")), *own, *further,
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An address of a programme on this site becomes a link to it; a link has its title."""
        told = self.cleaned_data
        written = told.get("text", "")
        named = told.get("programme") or _programme_in(written)
        if not named:
            return told
        title = str(self.own.get(named) or title_of(named))
        if not title:
            self.add_error("text", _("There is no programme at this address, or none yet."))
        is_address = bool(_programme_in(written))
        return told | {"programme": named, "text": title if is_address or not written else written}


class StackingForm(PartForm):
    ROWS = ("prerequisites", "stacks_into")

    further = _text(_("Further information"), LONGEST["further"], rows=3)


BUTTONS: Final = ("add", "remove", "up", "down", "look", "pick", "suggest")

FORMS: Final[dict[str, type[PartForm]]] = {
    "identity": IdentityForm,
    "skills": SkillsForm,
    "level": LevelForm,
    "assessment": AssessmentForm,
    "criteria": CriteriaForm,
    "evidence": EvidenceForm,
    "design": DesignForm,
    "stacking": StackingForm,
}


@dataclass
class Part:
    """A part's form and its rows, from what is kept or from what was sent."""

    name: str
    form: PartForm
    """As it is shown: without errors after a button of a row was pressed."""
    rows: dict[str, Rows[Any]]
    of: PartForm | None = None
    """As it was sent."""

    @classmethod
    def kept(cls, name: str, content: Content, own: Own) -> Part:
        """As the draft has it."""
        form = FORMS[name](content)
        initial = members_of(content, name)
        rows = {row: _rows(row, own, content, initial=initial[row]) for row in form.ROWS}
        return cls(name, form, rows)

    @classmethod
    def sent(
        cls,
        name: str,
        content: Content,
        own: Own,
        data: QueryDict,
        files: Files | None = None,
    ) -> Part:
        """As somebody wants it to be."""
        form = FORMS[name](content, data, files)
        rows = {row: _rows(row, own, content, data=data) for row in form.ROWS}
        return cls(name, form, rows, form)

    def press(self, button: str) -> bool:
        """Add, remove or move a row, where the button says so."""
        verb, *rest = button.split(":")
        rows = self.rows.get(rest[0]) if rest else None
        if rows is None or verb not in BUTTONS:
            return False
        for each in self.rows.values():
            each.is_bound = False
        rows.press(button)
        sent = self.form.data
        self.form = type(self.form)(self.form.content)
        self.form.initial.update({name: sent[name] for name in self.form.fields if name in sent})
        return True

    def is_valid(self) -> bool:
        rows = [rows.is_valid() for rows in self.rows.values()]
        return self.form.is_valid() and all(rows)

    def members(self) -> dict[str, Any]:
        """What was sent tells, as JSON values; what is not right is left out."""
        if self.of is None:
            return {}
        self.of.is_valid()
        members = self.of.members()
        told = {name: value for name, value in members.items() if name in PARTS[self.name]}
        return told | {name: rows.values() for name, rows in self.rows.items()}


def _rows(name: str, own: Own, content: Content, **options: Any) -> Rows[Any]:
    if name == "skills":
        said = (content.title, content.summary, content.description, content.criteria)
        about = "\n".join((*said, *content.outcomes))
        return SkillRows(SkillRow, name, about=about, **options)
    return Rows(LinkRow, name, own=own, **options)


class RemovalForm(forms.Form):
    """That a version of a framework is really to be removed, where skills are picked from it."""

    sure = forms.BooleanField(label=_("I have read what changes, and want it"))

    def __init__(self, *args: Any, is_current: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].required = is_current

    @property
    def is_sure(self) -> bool:
        """Whether it is to be removed although skills are picked from it."""
        return bool(self.cleaned_data["sure"])


def _by_name(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda each: each[1])


def _plain(value: Any) -> Any:
    """Text with the line ends of one kind; anything else as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _programme_in(text: str) -> str:
    """The id of a programme in an address of this site; empty if it is none.

    >>> _programme_in("a course elsewhere")
    ''
    """
    before, found, after = text.partition("/programmes/")
    if not found or before not in ("", settings.BASE_URL):
        return ""
    return after.partition("/")[0].partition("?")[0].partition("#")[0]
