"""Rows of a form that people add, remove and move, with buttons that work without scripts.

A row's fields are named `name-number-field`. A button's `do` is `add:name`, `remove:name:2`,
`up:name:2` or `down:name:2`; the form comes back with the rows changed and nothing saved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from sealwright.web.catalogue.content import MANY

F = TypeVar("F", bound=forms.Form)


class Rows(Generic[F]):
    """The rows of one name: from what is kept, or from what was sent."""

    def __init__(
        self,
        kind: type[F],
        name: str,
        *,
        initial: Sequence[Mapping[str, Any]] = (),
        data: QueryDict | None = None,
        **options: Any,
    ) -> None:
        self.kind = kind
        self.name = name
        self.options = options
        self.is_bound = data is not None
        self.focus = ""
        """The field or button that the keyboard goes to: `number-field`, or `add`."""
        self._rows = [dict(row) for row in initial] if data is None else self._sent(data)

    @property
    def forms(self) -> list[F]:
        """A form for each row, to be shown; without errors after a button was pressed."""
        if self.is_bound:
            return self._sent_forms
        shown = [self._form(n, initial=row) for n, row in enumerate(self._rows)]
        for n, form in enumerate(shown):
            if self.focus == f"{n}-first":
                next(iter(form.fields.values())).widget.attrs["autofocus"] = True
        return shown

    @property
    def is_full(self) -> bool:
        return len(self._rows) >= MANY

    @property
    def problem(self) -> str:
        """What is wrong with all of them together."""
        if len(self._rows) > MANY:
            return _("Up to %(number)d, please.") % {"number": MANY}
        return ""

    def press(self, button: str) -> None:
        """Do what a button asks for; the rows are then shown as they are, without errors."""
        self.is_bound = False
        verb, _name, number = (*button.split(":"), "")[:3]
        n = int(number) if number.isdigit() else -1
        if verb == "add" and not self.is_full:
            self._rows.append({})
            self.focus = f"{len(self._rows) - 1}-first"
        elif verb == "remove" and n < len(self._rows) and n >= 0:
            del self._rows[n]
            self.focus = "add"
        elif verb in ("up", "down") and 0 <= n < len(self._rows):
            to = n - 1 if verb == "up" else n + 1
            if 0 <= to < len(self._rows):
                self._rows[n], self._rows[to] = self._rows[to], self._rows[n]
                self.focus = f"{to}-{verb}"

    def is_valid(self) -> bool:
        """Are all rows right? Rows in which nothing was written are left out."""
        return not self.problem and all(form.is_valid() for form in self._written())

    def values(self) -> list[dict[str, Any]]:
        """What the right rows say."""
        return [form.cleaned_data for form in self._written() if form.is_valid()]

    @cached_property
    def _sent_forms(self) -> list[F]:
        data = QueryDict(mutable=True)
        for n, row in enumerate(self._rows):
            data.update({f"{self.name}-{n}-{name}": value for name, value in row.items()})
        return [self._form(n, data=data) for n in range(len(self._rows))]

    def _written(self) -> list[F]:
        return [
            form
            for form, row in zip(self._sent_forms, self._rows, strict=True)
            if any(row.get(name) for name in self.kind.TELLING)  # type: ignore[attr-defined]
        ]

    def _form(self, number: int, **options: Any) -> F:
        return self.kind(
            **options,
            **self.options,
            prefix=f"{self.name}-{number}",
            empty_permitted=True,
            use_required_attribute=False,
        )

    def _sent(self, data: QueryDict) -> list[dict[str, Any]]:
        pattern = re.compile(rf"{self.name}-(\d{{1,4}})-(\w+)")
        rows: dict[int, dict[str, Any]] = {}
        for key in data:
            if found := pattern.fullmatch(key):
                rows.setdefault(int(found[1]), {})[found[2]] = data[key]
        return [rows[number] for number in sorted(rows)]
