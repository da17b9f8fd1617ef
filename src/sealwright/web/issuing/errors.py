"""What can go wrong in issuing that is nobody's request."""

from __future__ import annotations


class SignatureWrong(Exception):
    """What our own signer signed does not verify with the key that we publish."""
