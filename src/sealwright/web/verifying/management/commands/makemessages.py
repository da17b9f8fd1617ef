"""Django's `makemessages`, which also collects the engine's sentences, keyed by code."""

from __future__ import annotations

from pathlib import Path

from django.core.management.commands import makemessages

from sealwright.web.verifying.wording import entries


class Command(makemessages.Command):
    """As Django's own command of this name."""

    def build_potfiles(self) -> list[str]:
        """The .pot files, the engine's sentences added to the one of the site."""
        potfiles: list[str] = super().build_potfiles()
        for potfile in potfiles:
            if self.domain == "django":
                with Path(potfile).open("a", encoding="utf-8") as file:
                    file.write(catalogue())
        return potfiles


def catalogue() -> str:
    """The engine's sentences as gettext entries whose context is the code."""
    return "".join(
        f"\n#. Finding of a verification; keep the names in braces\n#, python-brace-format\n"
        f'msgctxt {_quoted(code)}\nmsgid {_quoted(text)}\nmsgstr ""\n'
        for code, text in entries()
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
