"""The summary of a credential, made when somebody looks at it and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sealwright.credentials.model.received import Received
from sealwright.credentials.model.summary import summarise


class Summary(Mapping[str, Any]):
    """`summarise(received)`, put off: a verification in bulk mostly needs the verdict only."""

    __slots__ = ("_made", "_received")

    def __init__(self, received: Received) -> None:
        self._received = received
        self._made: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self._summary()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._summary())

    def __len__(self) -> int:
        return len(self._summary())

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """To another process goes what there is to read, not what it is read from."""
        return dict, (self._summary(),)

    def __repr__(self) -> str:
        return f"Summary({self._summary()!r})"

    def _summary(self) -> dict[str, Any]:
        if self._made is None:
            self._made = summarise(self._received)
        return self._made
