"""What an API key looks like: easy to find where it leaked, impossible to guess.

    swk_ + 44 random letters and digits + 6 letters and digits of checksum

The beginning lets scanners find keys in repositories and logs. The checksum, CRC-32 of the
random part, lets them (and us) tell a key from something that only looks like one, without
asking a database. As a pattern: `swk_[0-9A-Za-z]{50}`.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

from sealwright.web.core.ids import ALPHABET, new_id

BEGINNING: Final = "swk_"
SHOWN: Final = 12
"""How much of a key is kept to tell keys apart: the beginning and 8 characters."""

_FORM: Final = re.compile(rf"{BEGINNING}([0-9A-Za-z]{{44}})([0-9A-Za-z]{{6}})")


def new_key() -> str:
    """A key with 262 random bits."""
    random = new_id() + new_id()
    return f"{BEGINNING}{random}{_checksum(random)}"


def is_key(text: str) -> bool:
    """Might this be one of our keys?

    >>> is_key(new_key()), is_key("swk_" + "0" * 50), is_key("")
    (True, False, False)
    """
    found = _FORM.fullmatch(text)
    return found is not None and _checksum(found[1]) == found[2]


def _checksum(random: str) -> str:
    number, digits = crc32(random.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
