"""Every address of the site, taken from the site itself, with its gaps filled from a scene."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sealwright.web.core.access import rule_of
from tests.web.scenes import GAPS, Gap, Scene

NOT_OURS: Final = ("allauth.", "ninja.")
"""Modules whose views cannot declare a rule; ours wrap or replace them."""


@dataclass(frozen=True)
class Route:
    """An address of the site, with gaps, and the view behind it."""

    path: str
    name: str
    gaps: tuple[str, ...]
    view: Any

    @property
    def rule(self) -> str | None:
        return rule_of(self.view)

    @property
    def app(self) -> str:
        return self.name.rpartition(":")[0] or "site"

    @property
    def is_ours(self) -> bool:
        module = getattr(self.view, "func", self.view).__module__
        return self.rule is not None or not module.startswith(NOT_OURS)

    def gap(self, name: str) -> Gap:
        """How the gap is filled. A test fails here for a gap that nobody knows."""
        found = GAPS.get(f"{self.name}/{name}") or GAPS.get(name)
        if found is None:
            pytest.fail(
                f"/{self.path} ({self.name}) has a gap <{name}> that tests/web/scenes.py does not "
                f'know: add a line to GAPS, as "{name}": Gap(lambda scene: scene.….public_id).'
            )
        return found

    @property
    def is_of_its_maker(self) -> bool:
        """Does somebody in a unit see only what they made themselves?"""
        return any(self.gap(name).of_its_maker for name in self.gaps)

    def filled(self, scene: Scene, **others: Any) -> str:
        """The address in a scene, some gaps filled otherwise."""
        values = {name: self.gap(name).of(scene) for name in self.gaps} | others
        return reverse(self.name, kwargs=values)

    def belonging(self) -> Iterator[tuple[str, Gap]]:
        """The gaps that name something of an organisation."""
        return ((name, g) for name in self.gaps if (g := self.gap(name)).whose == "organisation")


def walk(resolver: Any, path: str = "", space: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        below = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(
                entry, below, f"{space}{entry.namespace}:" if entry.namespace else space
            )
        elif isinstance(entry, URLPattern):
            gaps = tuple(re.findall(r"<(?:\w+:)?(\w+)>", below))
            yield Route(below, f"{space}{entry.name}", gaps, entry.callback)


ROUTES: Final = sorted(
    walk(get_resolver("sealwright.web.config.urls")), key=lambda route: route.path
)
OURS: Final = [route for route in ROUTES if route.is_ours]
