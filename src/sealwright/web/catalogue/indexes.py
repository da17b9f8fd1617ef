"""What texts are matched with: an index for each framework that skills are picked from.

An index is a file made from the rows of its framework, under a name that tells what it was
made from and how. Whoever brings a framework in makes it; where it is missing (after a
restore, on another machine, after an upgrade) the worker does. A web process maps it and never
makes one: until it is there, nothing is found in texts, and pages say so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from sealwright.skills.errors import UnreadableIndex
from sealwright.skills.frameworks import Concept, Framework, Occupation, members
from sealwright.skills.matching import Index, TokenTable, build, load, named
from sealwright.skills.matching.index import FORMAT
from sealwright.web.catalogue.models import FrameworkEntry, SkillFramework

logger = logging.getLogger(__name__)

MAPPED: Final = 8
"""Indexes that a process keeps mapped: about 30 MB of its own for each of ESCO's size."""
DIGITS: Final = 32
"""Of a framework's digest, in the name of its index."""
SPARED: Final = 3600
"""Seconds for which an index that no framework needs is left alone: one may be on its way in."""


def index_of(framework: SkillFramework) -> Index | None:
    """The index of a framework, mapped once a process; None while there is none."""
    path = place_of(framework.digest)
    try:
        return _mapped(path)
    except FileNotFoundError:
        return None
    except (UnreadableIndex, OSError):
        logger.exception("%s cannot be used and is thrown away, to be made again", path)
    with suppress(OSError):
        path.unlink()
    return None


def make_index(framework: Framework, digest: str) -> None:
    """Make the index of a framework, unless it is there. Takes seconds for a large one."""
    path = place_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"framework": framework.about.address, "version": framework.about.version}
        build(path, named(framework), TokenTable.shipped(), about)


def make_missing() -> bool:
    """Make one index that is missing, and throw away those that nothing needs. For the worker."""
    current = list(SkillFramework.objects.filter(is_current=True))
    forget_others(place_of(each.digest) for each in current)
    for each in current:
        if not place_of(each.digest).exists():
            make_index(whole(each), each.digest)
            return True
    return False


def forget(digest: str) -> None:
    """Throw away what was made from a framework that is no longer here."""
    if not SkillFramework.objects.filter(digest=digest).exists():
        for path in settings.SKILL_INDEXES.glob(f"{digest[:DIGITS]}-*"):
            with suppress(FileNotFoundError):  # somebody else was quicker
                path.unlink()


def forget_others(needed: Iterable[Path]) -> None:
    """Throw away what is in the folder and not among these, and not new."""
    kept, latest = set(needed), time.time() - SPARED
    for path in settings.SKILL_INDEXES.glob("*"):
        with suppress(FileNotFoundError):  # somebody else was quicker
            if path not in kept and path.stat().st_mtime < latest:
                path.unlink()


def whole(kept: SkillFramework) -> Framework:
    """The framework as it was brought in."""
    concepts: list[Concept] = []
    occupations: list[Occupation] = []
    rows = kept.entries.order_by("pk").values_list("sort", "members")
    for sort, told in rows.iterator():
        if sort == FrameworkEntry.Sort.OCCUPATION:
            occupations.append(members.occupation_from(told))
        else:
            concepts.append(members.concept_from(told))
    return Framework(members.about_from(kept.about), tuple(concepts), tuple(occupations))


def place_of(digest: str) -> Path:
    """Where the index of the framework with this digest lies."""
    table = TokenTable.shipped().digest
    return Path(settings.SKILL_INDEXES) / f"{digest[:DIGITS]}-{FORMAT}-{table[:8]}.index"


@lru_cache(maxsize=MAPPED)
def _mapped(path: Path) -> Index:
    return load(path)
