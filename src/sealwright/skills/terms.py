"""A number that ranks something is a sum of named terms, and the terms add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Term:
    """One reason within a score: what it is called, what it adds, and why in words."""

    name: str
    value: float
    detail: str = ""


def total(terms: Iterable[Term]) -> float:
    """What the terms add up to, whatever their order.

    >>> total([Term("closes", 0.5), Term("cost", -0.1), Term("time", -0.1)])
    0.3
    """
    return fsum(term.value for term in terms)
