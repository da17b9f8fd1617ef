"""The key-encryption key: wraps every private key that is stored.

It lies in a file that only its owner may read, never in the database or the environment. Each
line is `NAME BASE64` (32 bytes); the last line wraps, the others still unwrap. A private key is
encrypted (AES-256-GCM, NIST SP 800-38D) under a data key of its own, and that one under the
key-encryption key, so changing the latter rewrites 60 bytes a key.
"""

from __future__ import annotations

import base64
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SIZE: Final = 32
_NONCE: Final = 12
_WRAPPED_DATA_KEY: Final = _NONCE + SIZE + 16

Entropy = Callable[[int], bytes]


class WrongKey(Exception):
    """What was wrapped does not open: another key-encryption key, or a row that was moved."""


@dataclass(frozen=True, slots=True)
class KeyEncryptionKeys:
    """All versions, the one in use last."""

    by_name: dict[str, bytes]

    @property
    def current(self) -> str:
        """The name of the version in use."""
        return next(reversed(self.by_name))

    def wrap(self, private: bytes, *, bound_to: str, entropy: Entropy = os.urandom) -> bytes:
        """`private` encrypted, for the row that `bound_to` names and for no other."""
        data_key = entropy(SIZE)
        return self._wrap_data_key(data_key, bound_to, entropy) + _seal(
            data_key, private, bound_to, entropy
        )

    def unwrap(self, wrapped: bytes, *, by: str, bound_to: str) -> bytes:
        """What `wrap` was given. Raises `WrongKey`."""
        data_key = self._data_key(wrapped, by, bound_to)
        return _open(data_key, wrapped[_WRAPPED_DATA_KEY:], bound_to)

    def rewrap(
        self, wrapped: bytes, *, by: str, bound_to: str, entropy: Entropy = os.urandom
    ) -> bytes:
        """The same under the version in use. Raises `WrongKey`."""
        data_key = self._data_key(wrapped, by, bound_to)
        return self._wrap_data_key(data_key, bound_to, entropy) + wrapped[_WRAPPED_DATA_KEY:]

    def derived(self, purpose: str) -> bytes:
        """Another secret, derived from the first version, so that it outlives the others."""
        return _derived(next(iter(self.by_name.values())), purpose)

    def _wrap_data_key(self, data_key: bytes, bound_to: str, entropy: Entropy) -> bytes:
        return _seal(self.by_name[self.current], data_key, bound_to, entropy)

    def _data_key(self, wrapped: bytes, by: str, bound_to: str) -> bytes:
        if by not in self.by_name:
            raise WrongKey(by)
        return _open(self.by_name[by], wrapped[:_WRAPPED_DATA_KEY], bound_to)


def key_encryption_keys() -> KeyEncryptionKeys:
    """Those of this site; on one's own machine they are made at first use."""
    path = Path(settings.KEK_FILE)
    if not path.exists():
        if not settings.MAKES_KEK:
            raise ImproperlyConfigured(
                f"There is no key-encryption key at {path}. Make one with `sealwright keys "
                "new-kek FILE`, keep a copy apart from the database, and name the file in "
                "SEALWRIGHT_KEK_FILE."
            )
        add_version(path)
    return _read(path, path.stat().st_mtime_ns)


def add_version(path: Path, *, entropy: Entropy = secrets.token_bytes) -> str:
    """Add a version to the file, which is made where there is none; its name."""
    before = path.read_text("ascii") if path.exists() else ""
    name = f"kek-{len(before.splitlines()) + 1}"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{before}{name} {base64.b64encode(entropy(SIZE)).decode()}\n")
    if before:
        draft.replace(path)
    else:
        _put_in_place(draft, path)
    return name


def derived_secret(purpose: str) -> bytes:
    """`KeyEncryptionKeys.derived` of this site's; the file is looked at once, as it is asked
    for very often and the first version in it never changes."""
    return _derived_once(Path(settings.KEK_FILE), purpose)


@lru_cache(maxsize=8)
def _derived_once(file: Path, purpose: str) -> bytes:
    return key_encryption_keys().derived(purpose)


@lru_cache(maxsize=8)
def _derived(first: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), SIZE, salt=None, info=purpose.encode()).derive(first)


def _put_in_place(draft: Path, path: Path) -> None:
    """Of two processes that make the first version at the same time, one wins."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> KeyEncryptionKeys:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by others: chmod 400 {path}")
    try:
        text = path.read_text("ascii")
    except OSError as problem:
        raise ImproperlyConfigured(f"{path} cannot be read by who runs the site") from problem
    lines = [line.split() for line in text.splitlines() if line.strip()]
    keys = {name: base64.b64decode(text) for name, text in lines}
    if not keys or any(len(key) != SIZE for key in keys.values()):
        raise ImproperlyConfigured(f"{path} is no file of key-encryption keys")
    return KeyEncryptionKeys(keys)


def _seal(key: bytes, plain: bytes, bound_to: str, entropy: Entropy) -> bytes:
    nonce = entropy(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def _open(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as problem:
        raise WrongKey(bound_to) from problem
