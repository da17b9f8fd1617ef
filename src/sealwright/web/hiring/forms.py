"""What a recruiter fills in: an advert, then a row for each skill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sealwright.skills.evidence import Strength
from sealwright.skills.screening.scoring import Requirement
from sealwright.web.hiring.asking import LONGEST, MOST, Asked, skills_called
from sealwright.web.hiring.sources import Source

SPARE_ROWS = 3

LEVELS = [
    (1, _("1 Foundation")), (2, _("2 Working")), (3, _("3 Skilled")), (4, _("4 Expert")),
]  # fmt: skip
WEIGHTS = [(1, _("Little")), (2, _("Some")), (3, _("Much")), (5, _("Most"))]
AGES = [
    ("", _("As its kind ages")), (12, _("1 year")), (24, _("2 years")), (36, _("3 years")),
    (60, _("5 years")),
]  # fmt: skip
ACCEPTED = [
    (Strength.PERFORMED_TASK, _("A task seen by an assessor")),
    (Strength.SUPERVISED_EXAM, _("A supervised exam, or better")),
    (Strength.REVIEWED_PROJECT, _("A reviewed project, or better")),
    (Strength.UNSUPERVISED_QUIZ, _("Any assessment")),
    (Strength.ATTENDANCE, _("Attendance as well")),
]
"""The weakest evidence that counts, the strongest choice first."""


class RequirementForm(forms.Form):
    """One skill that the job asks for. A row without a name is no row."""

    use = forms.BooleanField(label=_("Use it"), required=False, initial=True)
    skill = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    """The address of the skill that was proposed or picked, while its name is still its own."""
    found = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    """The words of the advert for which it was proposed."""
    label = forms.CharField(
        label=_("Skill"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
    )
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVELS, coerce=int, initial=1)
    must = forms.BooleanField(label=_("Must"), required=False)
    weight = forms.TypedChoiceField(label=_("Weighs"), choices=WEIGHTS, coerce=int, initial=2)
    within = forms.TypedChoiceField(
        label=_("Proof at most"), choices=AGES, coerce=int, required=False, empty_value=None
    )
    accepts = forms.TypedChoiceField(
        label=_("Shown by"),
        choices=ACCEPTED,
        coerce=Strength,
        initial=Strength.UNSUPERVISED_QUIZ,
    )

    @property
    def is_used(self) -> bool:
        """Whether the row asks for something."""
        return bool(self.cleaned_data.get("use") and self.cleaned_data.get("label", "").strip())

    def requirement(self, asked: Asked) -> Requirement:
        """The row as the engine takes it, of the skill that its name means."""
        told = self.cleaned_data
        return Requirement(
            skill=asked.skill,
            label=asked.label,
            level=told["level"],
            must=told["must"],
            weight=float(told["weight"]),
            within=told["within"],
            accepts=told["accepts"],
            kind=asked.kind,
        )


if TYPE_CHECKING:
    _Rows = BaseFormSet[RequirementForm]
else:
    _Rows = BaseFormSet


class BaseRequirements(_Rows):
    """All rows together: at least one, none twice."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        source: Source,
        initial: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(data, prefix="asked", initial=initial)
        self.source = source
        self._requirements: list[Requirement] = []

    def clean(self) -> None:
        """Raises `ValidationError` for rows that cannot stand beside each other."""
        if any(self.errors):
            return
        used = [form for form in self.forms if form.is_used]
        if not used:
            raise ValidationError(_("Name at least one skill, and tick it."), code="none")
        called = [(form.cleaned_data["label"], form.cleaned_data["skill"]) for form in used]
        asked = skills_called(called, self.source)
        seen: set[str] = set()
        for each in asked:
            if each.skill in seen:
                said = _("“%(skill)s” is there twice. Untick one of the rows.")
                raise ValidationError(said, code="twice", params={"skill": each.label})
            seen.add(each.skill)
        self._requirements = [form.requirement(it) for form, it in zip(used, asked, strict=True)]

    def requirements(self) -> list[Requirement]:
        """The rows that are used, of a formset that is valid."""
        return self._requirements


Requirements: type[BaseRequirements] = cast(
    "type[BaseRequirements]",
    formset_factory(
        RequirementForm,
        formset=BaseRequirements,
        extra=0,
        max_num=MOST + SPARE_ROWS,
        absolute_max=MOST + SPARE_ROWS,
        validate_max=True,
    ),
)


def rows_for(asked: Iterable[Asked]) -> list[dict[str, Any]]:
    """Rows to begin with, and some empty ones."""
    rows: list[dict[str, Any]] = [
        {"label": each.label, "skill": each.skill, "use": True, "found": each.found}
        for each in asked
    ]
    spare = SPARE_ROWS if len(rows) < MOST else 0
    return [*rows, *({"use": True} for _ in range(spare or 1))]


def rows_sent(data: QueryDict) -> list[dict[str, Any]]:
    """The rows of a form as they were sent, to be shown again without being judged."""
    number = data.get("asked-TOTAL_FORMS", "")
    rows = min(int(number), MOST + SPARE_ROWS) if number.isdecimal() else 0
    names = RequirementForm.base_fields
    sent = [{name: data.get(f"asked-{row}-{name}", "") for name in names} for row in range(rows)]
    return [{**row, "use": bool(row["use"]), "must": bool(row["must"])} for row in sent]


def with_skill(data: QueryDict, skill: str, label: str) -> QueryDict:
    """The form as it was sent with one skill more: in the first empty row, or in a new one."""
    rows = rows_sent(data)
    place = next((n for n, row in enumerate(rows) if not row["label"].strip()), len(rows))
    changed = data.copy()
    if place < MOST + SPARE_ROWS:
        fresh = {name: field.initial for name, field in RequirementForm.base_fields.items()}
        told = fresh | {"use": "on", "skill": skill, "label": label}
        for name, value in told.items():
            key = f"asked-{place}-{name}"
            changed.pop(key, None)
            if value not in (None, False):
                changed[key] = str(getattr(value, "value", value))
        changed["asked-TOTAL_FORMS"] = str(max(len(rows), place + 1))
    return changed
