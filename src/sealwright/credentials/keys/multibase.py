"""Base58 and base64url, strict: one text for one value, everything else refused.

Signatures cover values, so a second spelling of the same bytes would be a change that no
signature notices. Base58 (with its leading ones) is a bijection; base64url is made one by
refusing padding, white space and left-over bits.

https://www.w3.org/TR/cid-1.0/#multibase-0 and https://www.rfc-editor.org/rfc/rfc4648#section-5
"""

from __future__ import annotations

import binascii

from sealwright.credentials.errors import MalformedCredential

BASE58_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MAX_BASE58 = 1024
"""Characters. Base58 costs the square of its length, and nothing we read comes near this."""

_STRANGER = 255
_DIGITS = bytes(
    BASE58_ALPHABET.find(chr(code)) if chr(code) in BASE58_ALPHABET else _STRANGER
    for code in range(256)
)
_PAIRS = [first + second for first in BASE58_ALPHABET for second in BASE58_ALPHABET]
_PAIR, _FOUR = 58**2, 58**4
"""Dividing is what costs: four digits at a time, which still fit into a small number."""
_BASE64URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TO_STANDARD = str.maketrans("-_+/=", "+/   ")
_LEFT_OVER_BITS = {0: 0, 2: 0b1111, 3: 0b11}


def _fold(together: int) -> tuple[int, int, int, int]:
    """How two numbers of so many digits, next to each other in a longer one, become one."""
    width = 8 * together
    lane, pair = (1 << width) - 1, 2 * width
    mask = sum(lane << offset for offset in range(0, 8 * MAX_BASE58, pair))
    return together, width, mask, 58**together


_FOLDS = [_fold(1 << level) for level in range(MAX_BASE58.bit_length() - 1)]
"""A number with a byte for each digit is folded until its digits are one number: each step
does to all pairs at once what a loop would do to one after the other."""


def base58_encode(value: bytes) -> str:
    """`value` in base58 (Bitcoin alphabet), without a multibase prefix.

    >>> base58_encode(bytes([0, 0, 58]))
    '1121'
    """
    number = int.from_bytes(value, "big")
    fours = []
    while number:
        number, four = divmod(number, _FOUR)
        fours.append(_PAIRS[four // _PAIR] + _PAIRS[four % _PAIR])
    leading_zeros = len(value) - len(value.lstrip(b"\0"))
    return "1" * leading_zeros + "".join(reversed(fours)).lstrip("1")


def base58_decode(text: str) -> bytes:
    """The bytes behind `text`. Raises `MalformedCredential` (`encoding-invalid`).

    >>> base58_decode("1121")
    b'\\x00\\x00:'
    """
    if len(text) > MAX_BASE58:
        raise _invalid(f"base58 of more than {MAX_BASE58} characters")
    try:
        digits = text.encode("ascii").translate(_DIGITS)
    except UnicodeEncodeError:
        raise _invalid("a character that base58 does not have") from None
    if _STRANGER in digits:
        raise _invalid("a character that base58 does not have")
    number = int.from_bytes(digits, "big")
    for together, width, mask, weight in _FOLDS:
        if together >= len(digits):
            break
        number = (number >> width & mask) * weight + (number & mask)
    leading_zeros = len(digits) - len(digits.lstrip(b"\0"))
    return bytes(leading_zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(value: bytes) -> str:
    """`value` in base64url without padding.

    >>> base64url_encode(b"\\xfb\\xff")
    '-_8'
    """
    text = binascii.b2a_base64(value, newline=False).decode("ascii")
    return text.rstrip("=").translate({43: "-", 47: "_"})


def base64url_decode(text: str) -> bytes:
    """The bytes behind `text`, unpadded. Raises `MalformedCredential` (`encoding-invalid`).

    >>> base64url_decode("-_8")
    b'\\xfb\\xff'
    """
    overhang = len(text) % 4
    mask = _LEFT_OVER_BITS.get(overhang)
    if mask is None:
        raise _invalid("base64url of an impossible length")
    try:
        value = binascii.a2b_base64(
            text.translate(_TO_STANDARD) + "=" * (-overhang % 4), strict_mode=True
        )
    except ValueError:
        raise _invalid("a character that base64url does not have") from None
    if mask and _BASE64URL_ALPHABET.index(text[-1]) & mask:
        raise _invalid("base64url with left-over bits")
    return value


def multibase_decode(text: object) -> bytes:
    """The bytes of a multibase value: `z` (base58) or `u` (base64url), as CID 1.0 has them.

    Raises `MalformedCredential` (`encoding-invalid`).
    """
    if not isinstance(text, str):
        raise _invalid("not a text")
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return base64url_decode(text[1:])
    raise _invalid("neither base58 (z) nor base64url (u)")


def _invalid(problem: str) -> MalformedCredential:
    return MalformedCredential("encoding-invalid", problem=problem)
