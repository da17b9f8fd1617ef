"""What the values of a programme are called for people. Keys are those of `content`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

Words = str | Promise


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PART_NAMES: Final[dict[str, Words]] = {
    "identity": gettext_lazy("Identity"),
    "skills": gettext_lazy("Skills"),
    "level": gettext_lazy("Level and workload"),
    "assessment": gettext_lazy("Assessment"),
    "criteria": gettext_lazy("Criteria"),
    "evidence": gettext_lazy("Evidence"),
    "design": gettext_lazy("Design"),
    "stacking": gettext_lazy("Stacking"),
}

LEVELS: Final[dict[int, Words]] = {
    1: pgettext_lazy("level of a skill", "Foundation"),
    2: pgettext_lazy("level of a skill", "Working"),
    3: pgettext_lazy("level of a skill", "Skilled"),
    4: pgettext_lazy("level of a skill", "Expert"),
}
LEVELS_EXPLAINED: Final[dict[int, Words]] = {
    1: gettext_lazy("does it with help"),
    2: gettext_lazy("does it alone in usual cases"),
    3: gettext_lazy("does it alone in unusual cases, too"),
    4: gettext_lazy("is asked by others, and changes how it is done"),
}
KINDS: Final[dict[str, Words]] = {
    "technical": pgettext_lazy("kind of skill", "Technical"),
    "human": pgettext_lazy("kind of skill", "Human"),
}
PARTICIPATION: Final[dict[str, Words]] = {
    "online": gettext_lazy("Online"),
    "onsite": gettext_lazy("On site"),
    "blended": gettext_lazy("Online and on site"),
}
ASSESSMENT_TYPES: Final[dict[str, Words]] = {
    "performed-task": gettext_lazy("Task or work sample, seen by an assessor"),
    "supervised-exam": gettext_lazy("Supervised exam"),
    "reviewed-project": gettext_lazy("Reviewed project"),
    "unsupervised-quiz": gettext_lazy("Quiz without supervision"),
    "attendance": gettext_lazy("Attendance"),
}
SUPERVISION: Final[dict[str, Words]] = {
    "onsite": gettext_lazy("On site"),
    "online-proctored": gettext_lazy("Online, by a proctor"),
    "none": gettext_lazy("None"),
}
IDENTITY_CHECK: Final[dict[str, Words]] = {
    "document": gettext_lazy("Photo document"),
    "account": gettext_lazy("The account that was used"),
    "none": gettext_lazy("None"),
}
EQF: Final[dict[str, Words]] = {
    "1": gettext_lazy("1"),
    "2": gettext_lazy("2"),
    "3": gettext_lazy("3"),
    "4": gettext_lazy("4 (end of school)"),
    "5": gettext_lazy("5 (short cycle)"),
    "6": gettext_lazy("6 (bachelor)"),
    "7": gettext_lazy("7 (master)"),
    "8": gettext_lazy("8 (doctorate)"),
}
GRADES: Final[dict[str, Words]] = {
    "percent": gettext_lazy("Percent, 0 to 100"),
    "letter": gettext_lazy("Letters, A to F"),
    "merit": gettext_lazy("Pass, merit or distinction"),
}
FIELDS: Final[tuple[Words, ...]] = (
    gettext_lazy("Agriculture"),
    gettext_lazy("Arts"),
    gettext_lazy("Business"),
    gettext_lazy("Communication"),
    gettext_lazy("Computing"),
    gettext_lazy("Construction"),
    gettext_lazy("Data"),
    gettext_lazy("Education"),
    gettext_lazy("Energy"),
    gettext_lazy("Engineering"),
    gettext_lazy("Health"),
    gettext_lazy("Languages"),
    gettext_lazy("Law"),
    gettext_lazy("Logistics"),
    gettext_lazy("Management"),
    gettext_lazy("Manufacturing"),
    gettext_lazy("Maritime"),
    gettext_lazy("Safety"),
    gettext_lazy("Sciences"),
    gettext_lazy("Social work"),
)
"""Suggested, never required: a field is told in the provider's own words."""
LANGUAGES: Final = _codes(
    "ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko lb lt "
    "lv mk ms nb nl pa pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi"
)
CURRENCIES: Final = _codes(
    "EUR AUD BGN BRL CAD CHF CLP CNY CZK DKK GBP HUF IDR INR ISK JPY KES KRW MXN MYR NGN NOK NZD "
    "PHP PLN RON RSD SEK SGD THB TRY UAH USD VND ZAR"
)

EU_FACTS: Final[dict[str, Words]] = {
    "learner": gettext_lazy("Who it is awarded to"),
    "title": gettext_lazy("Title"),
    "country": gettext_lazy("Country"),
    "awarding-body": gettext_lazy("Awarding body"),
    "date": gettext_lazy("Date of issue"),
    "outcomes": gettext_lazy("Learning outcomes"),
    "workload": gettext_lazy("Workload"),
    "level": gettext_lazy("Level"),
    "assessment": gettext_lazy("Type of assessment"),
    "participation": gettext_lazy("Form of participation"),
    "quality": gettext_lazy("Quality assurance"),
}
RIGOUR: Final[dict[str, Words]] = {
    "workload": gettext_lazy("Workload"),
    "level": gettext_lazy("Level"),
    "type": gettext_lazy("Type of assessment"),
    "supervision": gettext_lazy("Supervision"),
    "identity_check": gettext_lazy("Identity check"),
    "retake": gettext_lazy("Retake rule"),
    "evidence": gettext_lazy("Evidence kept"),
    "external_review": gettext_lazy("External review"),
}
MEMBERS: Final[dict[str, Words]] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("What it certifies"),
    "language": gettext_lazy("Language"),
    "country": gettext_lazy("Country"),
    "field": gettext_lazy("Field"),
    "website": gettext_lazy("Page about it"),
    "skills": gettext_lazy("Skills"),
    "outcomes": gettext_lazy("Learning outcomes"),
    "eqf": gettext_lazy("EQF level"),
    "hours": gettext_lazy("Hours of work"),
    "ects": gettext_lazy("ECTS credits"),
    "participation": gettext_lazy("Form of participation"),
    "duration": gettext_lazy("Duration"),
    "cost": gettext_lazy("Cost"),
    "currency": gettext_lazy("Currency"),
    "quality": gettext_lazy("Quality assurance"),
    "type": gettext_lazy("Type of assessment"),
    "assessment": gettext_lazy("Assessment"),
    "assessment_description": gettext_lazy("Tasks"),
    "supervision": gettext_lazy("Supervision"),
    "identity_check": gettext_lazy("Identity check"),
    "retake": gettext_lazy("Retake rule"),
    "evidence": gettext_lazy("Evidence kept"),
    "external_review": gettext_lazy("External review"),
    "pass_mark": gettext_lazy("Pass mark"),
    "criteria": gettext_lazy("Criteria"),
    "evidence_asked": gettext_lazy("Evidence asked for"),
    "grade": gettext_lazy("Grade"),
    "picture": gettext_lazy("Picture"),
    "picture_caption": gettext_lazy("What the picture shows"),
    "name_signed": gettext_lazy("The holder’s name is signed"),
    "email_hashed": gettext_lazy("A hash of the holder’s address is signed"),
    "valid_months": gettext_lazy("Valid for"),
    "prerequisites": gettext_lazy("Prerequisites"),
    "stacks_into": gettext_lazy("Counts towards"),
    "further": gettext_lazy("Further information"),
}

_VALUES: Final[dict[str, Mapping[str, Words]]] = {
    "participation": PARTICIPATION,
    "type": ASSESSMENT_TYPES,
    "supervision": SUPERVISION,
    "identity_check": IDENTITY_CHECK,
    "grade": GRADES,
}


def value_name(member: str, value: str) -> str:
    """A value of a member in the reader's words; text that has none stands as it is."""
    return str(_VALUES.get(member, {}).get(value, value))


def language_name(code: str) -> str:
    """The language in the reader's words; the code itself where we do not know it.

    >>> language_name("nl"), language_name("pt-BR"), language_name("tlh")
    ('Dutch', 'Brazilian Portuguese', 'tlh')
    """
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


def money(amount: float | None, currency: str) -> str:
    """A price in the reader's form.

    >>> money(120.0, "EUR"), money(99.5, "GBP"), money(0.0, "EUR"), money(None, "EUR")
    ('120 EUR', '99.50 GBP', 'Free', '')
    """
    if amount is None:
        return ""
    if amount == 0:
        return _("Free")
    places = 0 if amount == int(amount) else 2
    return f"{number_format(amount, decimal_pos=places, force_grouping=True)} {currency}"


def number(value: float) -> str:
    """A number without zeros that say nothing.

    >>> number(75.0), number(2.5)
    ('75', '2.5')
    """
    return number_format(value, decimal_pos=None if value != int(value) else 0)


def hours(value: float | None) -> str:
    """Hours of work; empty if not told."""
    if value is None:
        return ""
    return ngettext("%(number)s hour", "%(number)s hours", int(value)) % {"number": number(value)}


def workload(told_hours: float | None, ects: float | None) -> str:
    """Hours and credits in one line; empty if neither is told.

    >>> workload(75.0, 3.0), workload(1.0, None), workload(None, None)
    ('75 hours, 3 ECTS', '1 hour', '')
    """
    credits = "" if ects is None else _("%(number)s ECTS") % {"number": number(ects)}
    return ", ".join(part for part in (hours(told_hours), credits) if part)


def level(eqf: str) -> str:
    """An EQF level in the reader's words; empty if not told."""
    return _("EQF %(level)s") % {"level": eqf} if eqf else ""


def months(value: int | None) -> str:
    """How long an award holds."""
    if value is None:
        return _("Without end")
    if value % 12 == 0:
        return ngettext("%(number)d year", "%(number)d years", value // 12) % {
            "number": value // 12
        }
    return ngettext("%(number)d month", "%(number)d months", value) % {"number": value}
