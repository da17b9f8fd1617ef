"""Numbers about programmes that only the apps above know: who tried, who passed, who holds one.

They register a counter in `AppConfig.ready`; pages ask once for many programmes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Count = Literal["attempts", "passes", "awards"]
COUNTS: Final[tuple[Count, ...]] = get_args(Count)

Counter = Callable[[Collection[int]], Mapping[int, int]]
"""From the numbers (primary keys) of programmes to a count for those that have any, with a
fixed number of queries however many they are."""

_counters: dict[Count, Counter] = {}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted about a programme. None: nobody counts it, which is "not told"."""

    attempts: int | None = None
    """Attempts that were decided."""
    passes: int | None = None
    """Those of the attempts that were passed."""
    awards: int | None = None
    """Awards that were made, those revoked since left out."""

    @property
    def pass_rate(self) -> int | None:
        """In whole percent; None, which is "not told", while no attempt is recorded."""
        if not self.attempts or self.passes is None:
            return None
        return round(100 * self.passes / self.attempts)


NOT_COUNTED: Final = Numbers()


def register_counter(count: Count, counter: Counter) -> None:
    """Have `counter` supply this count from now on. Called from `AppConfig.ready`."""
    _counters[count] = counter


def numbers_of(
    programmes: Collection[int], counts: Collection[Count] = COUNTS
) -> dict[int, Numbers]:
    """The numbers of each of these programmes, by primary key; only `counts` are counted."""
    counted = {
        count: counter(programmes) for count, counter in _counters.items() if count in counts
    }
    return {
        programme: Numbers(**{count: of.get(programme, 0) for count, of in counted.items()})
        for programme in programmes
    }
