"""Small values for tests of the skills engine; only the member that matters is named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from sealwright.skills.evidence import Evidence, Strength

AT: Final = date(2026, 11, 1)
SKILL: Final = "https://skills.example/python"
OTHER: Final = "https://skills.example/listening"
DAYS_A_MONTH: Final = 365.25 / 12


def evidence(
    strength: Strength = Strength.PERFORMED_TASK,
    *,
    skill: str = SKILL,
    level: int = 2,
    months: float = 0,
    years: float = 0,
    until: date | None = None,
    verified: bool = True,
    confirmed_by: str = "",
    credential: str = "",
) -> Evidence:
    """A verified piece of evidence, `months` and `years` old."""
    return Evidence(
        skill=skill,
        strength=strength,
        level=level,
        when=AT - timedelta(round((months + 12 * years) * DAYS_A_MONTH)),
        until=until,
        verified=verified,
        confirmed_by=confirmed_by,
        credential=credential,
    )


def pieces_of_evidence() -> st.SearchStrategy[list[Evidence]]:
    """A few pieces for two skills, of any kind, level and age, some not verified."""
    return st.lists(
        st.builds(
            evidence,
            st.sampled_from(Strength),
            skill=st.sampled_from([SKILL, OTHER]),
            level=st.integers(0, 4),
            months=st.integers(-12, 240),
            until=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
            verified=st.booleans(),
        ),
        max_size=6,
    )
