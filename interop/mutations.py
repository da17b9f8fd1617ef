"""Every small change somebody could make to a signed badge, one at a time."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def of_document(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each value changed, each member or element removed, a member added to each object.

    Gives what was done and the changed copy.
    """
    for path in ((), *_paths(document, ())):
        for deed in (_change, _remove, _add, _add_unknown):
            mutated = copy.deepcopy(document)
            if deed(mutated, path):
                yield f"{deed.__name__[1:]} /{'/'.join(map(str, path))}", mutated


def of_token(token: str) -> Iterator[tuple[str, str]]:
    """Each character of a compact token replaced by the next one of its alphabet."""
    for place, character in enumerate(token):
        if character in BASE64URL:
            other = BASE64URL[(BASE64URL.index(character) + 1) % len(BASE64URL)]
            yield f"character {place}", token[:place] + other + token[place + 1 :]


def _paths(value: Any, path: Path) -> Iterator[Path]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, member in members:
        yield (*path, name)
        if isinstance(member, dict | list):
            yield from _paths(member, (*path, name))


def _at(document: Any, path: Path) -> Any:
    for name in path:
        document = document[name]
    return document


def _change(document: Any, path: Path) -> bool:
    if not path or isinstance(_at(document, path), dict | list):
        return False
    value = _at(document, path)
    if isinstance(value, bool):
        changed: Any = not value
    elif isinstance(value, int | float):
        changed = value + 1
    else:
        changed = f"{value}x"
    _at(document, path[:-1])[path[-1]] = changed
    return True


def _remove(document: Any, path: Path) -> bool:
    if not path:
        return False
    del _at(document, path[:-1])[path[-1]]
    return True


def _add(document: Any, path: Path) -> bool:
    value = _at(document, path)
    if not isinstance(value, dict):
        return False
    value["name"] = f"{value.get('name', '')}!"
    return True


def _add_unknown(document: Any, path: Path) -> bool:
    value = _at(document, path)
    if not isinstance(value, dict):
        return False
    value["honours"] = "summa cum laude"
    return True
