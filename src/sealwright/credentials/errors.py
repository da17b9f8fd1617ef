"""What can go wrong with a credential, and what it means for the answer.

Three questions part the tree: was there a credential at all, is it wrong, or can we not
tell? A check that meets one of these exceptions turns it into a finding by its branch.

* CredentialError
  * UnreadableInput       there is no credential in the input: the verdict is "unreadable"
  * Refused               the credential, a proof or a key is wrong: the check has failed
    * MalformedCredential
      * UndefinedTerm
    * KeyUnusable
    * ProofMismatch
  * Undecidable           we cannot tell: the check's outcome is unknown
    * UnsupportedFeature
      * UnknownContext
    * WorkBudgetExceeded
    * ResolutionFailed
      * NetworkRefused

Every exception carries a stable `code`, a key of `sealwright.credentials.messages`,
and `evidence`, the parameters of the sentence behind that code.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sealwright.credentials.messages import sentence


class CredentialError(Exception):
    """Base of every exception this package raises on purpose.

    `code` is stable and documented; `evidence` holds JSON values that explain it. A class
    sets its usual code; a caller may name a more exact one.
    """

    default_code: ClassVar[str] = "credential-error"

    def __init__(self, code: str = "", /, **evidence: Any) -> None:
        self.code = code or self.default_code
        self.evidence = evidence
        super().__init__(self.code, evidence)

    def __str__(self) -> str:
        return sentence(self.code, self.evidence)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.code, self.evidence)


def _rebuilt(kind: type[CredentialError], code: str, evidence: dict[str, Any]) -> CredentialError:
    """Pickling keeps the evidence, so that an error crosses a process pool whole."""
    return kind(code, **evidence)


class UnreadableInput(CredentialError):
    """The input holds no credential of any format we read."""

    default_code = "no-credential"


class Refused(CredentialError):
    """The credential, or something that it leans on, is wrong."""

    default_code = "refused"


class MalformedCredential(Refused):
    """A member is missing, of the wrong shape, or not allowed. `pointer` says which."""

    default_code = "malformed"


class UndefinedTerm(MalformedCredential):
    """A member or type that no context defines, which no signature would cover."""

    default_code = "undefined-term"


class KeyUnusable(Refused):
    """A key that must not be used: weak, non-canonical, or of a kind the proof may not use."""

    default_code = "key-unusable"


class ProofMismatch(Refused):
    """The signature does not fit the document and the key."""

    default_code = "signature-mismatch"


class Undecidable(CredentialError):
    """The question cannot be answered here and now; nothing is said against the credential."""

    default_code = "undecided"


class UnsupportedFeature(Undecidable):
    """Part of a standard that we do not support yet."""

    default_code = "unsupported"


class UnknownContext(UnsupportedFeature):
    """A JSON-LD context that is not among the pinned ones. `url` says which."""

    default_code = "unknown-context"


class WorkBudgetExceeded(Undecidable):
    """Checking this document would take more work than we allow to anybody."""

    default_code = "work-budget"


class ResolutionFailed(Undecidable):
    """A document we needed could not be had, or was not what its address promised."""

    default_code = "not-fetched"


class NetworkRefused(ResolutionFailed):
    """The guard does not let us go there: offline, a local address, too large, too slow."""

    default_code = "network-refused"
