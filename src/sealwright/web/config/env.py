"""A typed reader of environment variables that fails loudly and names the variable."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRET_BYTES = 48
MAIL_BACKENDS = {
    "demo": "sealwright.web.core.mail.DemoMail",
    "console": "django.core.mail.backends.console.EmailBackend",
}


@dataclass(frozen=True, slots=True)
class Env:
    """Variables that start with `prefix`. An empty variable counts as one that is not set."""

    values: Mapping[str, str]
    prefix: str

    @classmethod
    def from_process(cls, *, prefix: str) -> Env:
        """The variables of this process."""
        return cls(dict(os.environ), prefix)

    def text(self, name: str, *, default: str | None = None) -> str:
        """A value as it stands. Raises `ImproperlyConfigured` when it must be set and is not."""
        value = self.values.get(self.prefix + name, "").strip() or default
        if value is None:
            raise ImproperlyConfigured(f"{self.prefix}{name} is not set")
        return value

    def secret(self, name: str) -> str | None:
        """A value given directly, or as the path of a file in `<NAME>_FILE`; None if neither."""
        path = self.text(f"{name}_FILE", default="")
        if not path:
            return self.text(name, default="") or None
        try:
            value = Path(path).read_text("utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{self.prefix}{name}_FILE cannot be read: {path}") from (
                problem
            )
        if not value:
            raise ImproperlyConfigured(f"{self.prefix}{name}_FILE is empty: {path}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """`true` or `false`, in any case."""
        value = self.text(name, default=str(default)).lower()
        if value not in ("true", "false"):
            raise ImproperlyConfigured(f"{self.prefix}{name} is {value!r}: say true or false")
        return value == "true"

    def number(self, name: str, *, default: int) -> int:
        """A whole number that is not negative."""
        value = self.text(name, default=str(default))
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{self.prefix}{name} is {value!r}: say a whole number")
        return int(value)

    def words(self, name: str, *, default: Sequence[str] = ()) -> list[str]:
        """Words with commas or spaces between them."""
        given = self.text(name, default="").replace(",", " ").split()
        return given or list(default)

    def address(self, name: str, *, default: str) -> str:
        """An http(s) address of a site: scheme, host, perhaps a port, and nothing else."""
        value = self.text(name, default=default).rstrip("/")
        try:
            parts = urlsplit(value)
            named = parts.hostname and parts.port != 0
        except ValueError:
            named = None
        if not named or value not in (f"http://{parts.netloc}", f"https://{parts.netloc}"):
            raise ImproperlyConfigured(
                f"{self.prefix}{name} is {value!r}: say the site's address, as in "
                "https://badges.example.org"
            )
        return value

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """Django's settings for `postgresql://user:password@host:port/name` or a SQLite file."""
        value = self.text(name, default=str(default))
        if "://" not in value:
            return _sqlite(Path(value))
        parts = urlsplit(value)
        if parts.scheme not in ("postgres", "postgresql"):
            raise ImproperlyConfigured(
                f"{self.prefix}{name} starts with {parts.scheme}: say the path of a SQLite file, "
                "or postgresql://user:password@host/name"
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }

    def mail(self, value: str) -> dict[str, Any]:
        """Django's settings for `demo`, `console`, or an smtp(s) address."""
        if value in ("demo", "console"):
            return {"EMAIL_BACKEND": MAIL_BACKENDS[value]}
        parts = urlsplit(value)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ImproperlyConfigured(
                f"{self.prefix}MAIL is {value!r}: say smtp://user:password@host:587"
            )
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.port != 25,
            "EMAIL_TIMEOUT": 20,
        }


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite opened the way that lets several processes write without losing a change."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def local_secret(path: Path) -> str:
    """The secret of a site that only this machine can reach, made on first use.

    Kept in a file that only its owner may read, so that a restart keeps what was signed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    value = secrets.token_urlsafe(SECRET_BYTES)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value)
    return value
