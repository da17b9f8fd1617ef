"""Long texts cut into passages that can be matched: sentences, list items, lines of a resume.

Left out is what names skills without asking for them or showing them: sections about benefits,
the employer or how to apply, sentences about equal opportunity, and what is said not to be
needed. The words looked for are English; other texts are cut, and nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sealwright.skills.matching.windows import LITTLE
from sealwright.skills.matching.wordpiece import words_of

_LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪◦‣o]|\(?\d{1,2}[.)])\s+")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+(?=[^\sa-z])")
_HEADING_WORDS: Final = 6

_IDLE_HEADING: Final = re.compile(
    r"\b(?:benefits?|perks|we offer|what you(?:'|’)?ll get|compensation|salary|about us|who we are"
    r"|our company|equal opportunit|diversity|how to apply|application process|contact"
    r"|references|hobbies|interests|personal (?:details|data|information)|privacy)\b",
    re.IGNORECASE,
)
_ASKING_HEADING: Final = re.compile(
    r"\b(?:work|history|requirements?|responsibilit\w+|duties|tasks|skills?|qualifications?|experience|education"
    r"|certifications?|your profile|role|job|you(?:'|’)?ll do|looking for|employment|training)\b",
    re.IGNORECASE,
)
_USUAL: Final = frozenset({"key", "main", "what", "essential", "desired", "minimum", "required"})
_IDLE_SENTENCE: Final = re.compile(
    r"equal[- ](?:employment[- ])?opportunit|regardless of (?:race|age|gender|sex|background)"
    r"|without regard to|affirmative action|reasonable accommodation|protected veteran"
    r"|(?:competitive|attractive) (?:salary|compensation|pay|package)|health insurance"
    r"|(?:paid|parental) (?:leave|time off|holiday|vacation)|pension (?:plan|scheme)|401\(?k"
    r"|send (?:us )?your (?:cv|r[ée]sum[ée]|application)|click (?:here|apply)|apply now",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[^,;:.()]+(?:\.(?=\w)[^,;:.()]+)*")
_NOT_NEEDED: Final = re.compile(
    r"\bno (?:\w+ ){0,2}(?:experience|knowledge|background|skills?|training|qualifications?)\b"
    r"|\b(?:is|are) not (?:a )?(?:required|requirement|needed|necessary|essential)\b"
    r"|\b(?:isn|aren)['’]t (?:required|needed|necessary|essential)\b"
    r"|\b(?:do|does|will)(?: not|n['’]t) (?:need|require|have to)\b|\bwithout (?:any|prior) "
    r"|\b(?:do not|don['’]t) have (?:any )?(?:experience|knowledge)\b|\bnot (?:required|needed)\b",
    re.IGNORECASE,
)
_WELCOME: Final = re.compile(
    r"\b(?:plus|advantage|asset|bonus|preferred|desirable|nice to have|welcome)\b", re.IGNORECASE
)


class Passage(NamedTuple):
    """A piece of a text that is matched by itself, and where it starts in the text."""

    text: str
    start: int


def passages(text: str) -> Iterator[Passage]:
    """The passages of `text` that may ask for skills or show them, in their order.

    >>> advert = "- Bake bread. Clean ovens.\\nBenefits\\n- Gym and yoga\\n\\nSkills\\nPatience"
    >>> [passage.text for passage in passages(advert)]
    ['Bake bread.', 'Clean ovens.', 'Patience']
    """
    idle, after_gap, place = False, True, 0
    for line in _LINE.finditer(text):
        bullet = _BULLET.match(line.group())
        start = line.start() + (bullet.end() if bullet else 0)
        words = text[start : line.end()].strip()
        after_gap = after_gap or line.start() - place > 1
        if not words:
            after_gap = True
            continue
        heading = not bullet and _may_head(words)
        if heading and _IDLE_HEADING.search(words):
            idle = True
        elif heading and (after_gap or words.endswith(":") or _ASKING_HEADING.search(words)):
            idle = False
        if not idle and not (heading and _only_heads(words)):
            yield from _sentences(text[start : line.end()], start)
        after_gap, place = False, line.end()


def sentence_ends(text: str) -> list[int]:
    """Where the sentences after the first start."""
    return [found.end() for found in _SENTENCE_END.finditer(text)]


def asked(sentence: str) -> str:
    """The sentence with blanks, as many letters, where something is said not to be needed.

    >>> asked("Sell shoes, no experience in retail needed, and tie laces")
    'Sell shoes,                               , and tie laces'
    >>> asked("SQL is a plus but not required")
    'SQL is a plus but not required'
    """
    if not _NOT_NEEDED.search(sentence):
        return sentence
    return _CLAUSE.sub(_unless_needed, sentence)


def _unless_needed(clause: re.Match[str]) -> str:
    words = clause.group()
    needed = _WELCOME.search(words) or not _NOT_NEEDED.search(words)
    return words if needed else " " * len(words)


def _may_head(words: str) -> bool:
    """Short, and without the end of a sentence."""
    return len(words.split()) <= _HEADING_WORDS and words[-1] not in ".!?;,"


def _only_heads(words: str) -> bool:
    """Whether a heading names no skill itself."""
    rest = words_of(_ASKING_HEADING.sub(" ", words))
    return words.endswith(":") or LITTLE.union(_USUAL).issuperset(rest)


def _sentences(line: str, start: int) -> Iterator[Passage]:
    place = 0
    for end in [*(found.span() for found in _SENTENCE_END.finditer(line)), (len(line), len(line))]:
        sentence = line[place : end[0]]
        if sentence.strip() and not _IDLE_SENTENCE.search(sentence):
            yield Passage(asked(sentence), start + place)
        place = end[1]
