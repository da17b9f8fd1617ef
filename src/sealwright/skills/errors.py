"""What can go wrong with frameworks, goals and requirements, with codes that stay.

* SkillsError
  * UnreadableFramework   a file is not what it was said to be
  * UnknownSkill          an address that no framework at hand has
  * UnreadableIndex       a file of vectors is damaged, or was made for another engine
  * UnusableModel         a sentence model is not there, or its extra is not
  * UnfitRequest          what was asked cannot be answered: a goal, a budget, a requirement
"""

from __future__ import annotations

from typing import Any, ClassVar


class SkillsError(Exception):
    """Base of every exception this package raises on purpose.

    `code` is stable; `evidence` holds JSON values that explain it; the text is for people.
    """

    default_code: ClassVar[str] = "skills-error"

    def __init__(self, message: str, /, code: str = "", **evidence: Any) -> None:
        self.code = code or self.default_code
        self.evidence = evidence
        super().__init__(message)


class UnreadableFramework(SkillsError):
    """A file of a framework cannot be read; `row` says where, counted from 1 as lines are."""

    default_code = "framework-unreadable"


class UnknownSkill(SkillsError):
    """No framework at hand has this address."""

    default_code = "skill-unknown"


class UnreadableIndex(SkillsError):
    """A file of vectors cannot be used; `code` says whether it is damaged or out of date."""

    default_code = "index-unreadable"


class UnusableModel(SkillsError):
    """There is no sentence model to work with; the message says what to do."""

    default_code = "model-unusable"


class UnfitRequest(SkillsError):
    """The question has no answer as it stands; the message says what to change."""

    default_code = "request-unfit"
