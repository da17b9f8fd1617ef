"""Single programmes for a learner, the most useful first."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass

import numpy as np

from sealwright.skills.routes.catalogue import Catalogue, Flags, Programme
from sealwright.skills.routes.offer import Offer
from sealwright.skills.routes.request import Request, terms_of
from sealwright.skills.terms import Term, total


@dataclass(frozen=True, slots=True)
class Ranked:
    """A programme with its score and the terms that make it; equal scores share a rank."""

    rank: int
    programme: Programme
    terms: tuple[Term, ...]

    @property
    def score(self) -> float:
        """What the terms add up to."""
        return total(self.terms)


def rank(catalogue: Catalogue, request: Request, *, top: int = 10) -> list[Ranked]:
    """The `top` programmes that close something and fit, with every tie at the end.

    One that has to be prepared for stands lower, and is not left out.
    """
    offer = Offer.of(catalogue, request)
    scores, weights = -offer.prices(request), offer.weights(request)
    closes: Flags = np.zeros(len(catalogue), bool)
    for each in offer.closings:
        scores[each.places] += each.worth(weights)
        closes[each.places] = True
    chosen = np.flatnonzero(closes)
    # Nobody rises above the score of the prepared, so the walk ends where that falls below the
    # last of the wanted number.
    order = chosen[np.lexsort((chosen, -scores[chosen]))]
    found: list[tuple[float, Programme, tuple[Term, ...]]] = []
    best: list[float] = []
    for place in order:
        if len(best) >= top and -best[top - 1] > scores[place] + 1e-9:
            break
        programme = catalogue.programmes[place]
        terms = terms_of(programme, request, prepared=is_prepared(programme, request))
        found.append((round(total(terms), 12), programme, terms))
        insort(best, -found[-1][0])
    found.sort(key=lambda it: (-it[0], it[1].address))
    ranked: list[Ranked] = []
    for number, (score, programme, terms) in enumerate(found, start=1):
        tied = number > 1 and score == found[number - 2][0]
        place = ranked[-1].rank if tied else number
        if place > top:
            break
        ranked.append(Ranked(place, programme, terms))
    return ranked


def is_prepared(programme: Programme, request: Request) -> bool:
    """Does the learner have what must be there first?"""
    return set(programme.after) <= request.done and all(map(request.proven, programme.needs))
