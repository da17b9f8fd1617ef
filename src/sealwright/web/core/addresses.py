"""E-mail addresses, as they are stored and compared everywhere."""

from __future__ import annotations


def normalised_address(address: str) -> str:
    """The address trimmed and in small letters, as allauth stores it.

    Nothing else is folded: two addresses that only look alike belong to two people.
    """
    return address.strip().lower()
