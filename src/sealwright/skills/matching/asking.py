"""Whether a sentence asks for what it names, or only mentions it.

“Experience in logistics” asks; “we are a growing logistics company” does not. What tells them
apart stands around the name: the words before that govern it, the noun after it that it only
describes, and whether the sentence speaks of the applicant at all. The word lists are English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sealwright.skills.matching.windows import Span

_NEAR: Final = 10
"""Words before a name among which what governs it is looked for."""
_HEADS: Final = 3
"""Words after a name among which the noun is looked for that it describes."""

_ASKING_WORDS: Final = """
ability able bachelor bachelors background certified command degree experience experienced expert
expertise familiar familiarity fluency fluent knowledge knowledgeable master masters msc phd
proficiency proficient skill skills technologies understanding
"""
ASKING: Final = frozenset(_ASKING_WORDS.split())
"""Words with which something is asked for."""

_CALLING_WORDS: Final = """
bsc certification comfortable competent confident demonstrated diploma educated excellent exposure
flair grounding ideally interest interested nvq passion preferably proven qualification qualified
skilled solid sound specialist strong studied talent trained versed years
"""
_CALLING: Final = ASKING | frozenset(_CALLING_WORDS.split())
"""Words that speak of what somebody should bring."""

_APPLICANT_WORDS: Final = """
applicant applicants candidate candidates you your yours yourself
"""
_YOU: Final = frozenset(_APPLICANT_WORDS.split())
_OUR_WORDS: Final = "company established founded headquartered our ours us we"
_US: Final = frozenset(_OUR_WORDS.split())
_OTHER_WORDS: Final = """
client clients colleagues companies customer customers employees its their they
"""
_THEM: Final = frozenset(_OTHER_WORDS.split())
_DETERMINING: Final = frozenset({"a", "an", "its", "our", "the", "their", "this"})

_BODY_WORDS: Final = """
academy center centre chair chairman department dept director division faculty hall head
industry institute leader manager ministry office organisation organization professor provider
school section team unit university
"""
_BODIES: Final = frozenset(_BODY_WORDS.split())
"""Bodies and people that are named after what they do: “school of economics”."""

_HEAD_WORDS: Final = """
agency airline association branch brand brands building business businesses campus channel clinic
club clients college committee community companies company consultancy country customers
departments depot desk employer factory firm firms founder function functions group groups
headquarters hospital hotel hotline house industries institution laboratory lessons market markets
network offices partner partners people platform platforms policy portal practice providers
scale schools sector sectors segment services shop shops society start startup store
studio supplier teams units universities vendor venture ward workshop world
"""
_OTHERS: Final = _BODIES - {"chairman", "hall", "professor"} | set(_HEAD_WORDS.split())
"""What a name before it only describes: “logistics company”."""

_ASKED_WITH_WORDS: Final = """
abilities ability administrator advantage architect background certificate certification
competence consultant degree desirable developer engineer essential experience experiences
expertise fluency knowledge must plus preferred proficiency qualification required skill skills
specialist tools understanding
"""
_ASKED_WITH: Final = frozenset(_ASKED_WITH_WORDS.split())
"""What a name before it is asked for with: “communication skills”."""

_LINKS: Final = frozenset({"by", "for", "from", "in", "of"})
_ENDS: Final = frozenset({"and", "as", "at", "for", "in", "is", "or", "to", "who", "with"})


def nobody_asked(words: Sequence[str]) -> bool:
    """Whether a sentence speaks neither of the applicant nor of what somebody should bring.

    >>> nobody_asked("the sector is changing".split()), nobody_asked("two years in sales".split())
    (True, False)
    """
    return not any(word in _CALLING or word in _YOU for word in words)


def ours_alone(words: Sequence[str]) -> bool:
    """Whether it speaks of the employer, and asks for nothing.

    >>> ours_alone("we sell shoes".split()), ours_alone("we sell shoes with you".split())
    (True, False)
    """
    return nobody_asked(words) and any(word in _US for word in words)


def governed_by_others(words: Sequence[str], span: Span) -> bool:
    """Whether the nearest word before the name that says whose it is, says that it is of others.

    >>> governed_by_others("our customers in retail".split(), Span(3, 4))
    True
    >>> governed_by_others("we need experience in retail".split(), Span(4, 5))
    False
    """
    for word in reversed(words[max(0, span.first - _NEAR) : span.first]):
        if word in _CALLING:
            return False
        if word in _US or word in _THEM or word in _BODIES:
            return True
    return False


def described(words: Sequence[str], span: Span, clause: Span) -> tuple[bool, bool]:
    """Whether the name is followed by what it is asked for with, and whether by others.

    >>> described("communication skills".split(), Span(0, 1), Span(0, 2))
    (True, False)
    >>> described("the communication department".split(), Span(1, 2), Span(0, 3))
    (False, True)
    """
    for word in words[span.after : min(span.after + _HEADS, clause.after)]:
        if word in _ASKED_WITH:
            return True, False
        if word in _OTHERS:
            return False, True
        if word in _ENDS:
            break
    return False, False


def named_after(words: Sequence[str], span: Span) -> bool:
    """Whether others are named after it.

    >>> named_after("the school of economics".split(), Span(3, 4))
    True
    """
    before = words[: span.first]
    if before and before[-1] in _DETERMINING:
        before = before[:-1]
    return len(before) > 1 and before[-1] in _LINKS and before[-2] in _BODIES


def determined(words: Sequence[str], span: Span) -> bool:
    """Whether “the”, “our” or the like stand right before it, as they do before things.

    >>> determined("our design".split(), Span(1, 2)), determined("design".split(), Span(0, 1))
    (True, False)
    """
    return span.first > 0 and words[span.first - 1] in _DETERMINING
