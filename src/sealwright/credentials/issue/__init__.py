"""Building, checking and signing credentials, one by one and in bulk."""

from __future__ import annotations

from sealwright.credentials.issue.build import build_credential, build_endorsement
from sealwright.credentials.issue.bulk import Bulk
from sealwright.credentials.issue.describe import Description, Person, read_description
from sealwright.credentials.issue.lint import lint, stops
from sealwright.credentials.issue.parts import (
    Achievement,
    Address,
    Alignment,
    CredentialRefresh,
    CredentialSchema,
    Criteria,
    Evidence,
    IdentifierEntry,
    Identity,
    Image,
    Part,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
    RevocationList,
    RubricCriterionLevel,
    StatusEntry,
    TermsOfUse,
)
from sealwright.credentials.issue.sheet import Problem, Row, Sheet, read_sheet, write_sheet
from sealwright.credentials.issue.sign import sign_credential, sign_token
from sealwright.credentials.issue.slots import slot, slots_of
from sealwright.credentials.issue.template import Template

__all__ = [
    "Achievement",
    "Address",
    "Alignment",
    "Bulk",
    "CredentialRefresh",
    "CredentialSchema",
    "Criteria",
    "Description",
    "Evidence",
    "IdentifierEntry",
    "Identity",
    "Image",
    "Part",
    "Person",
    "Problem",
    "Profile",
    "Recipient",
    "Related",
    "Result",
    "ResultDescription",
    "RevocationList",
    "Row",
    "RubricCriterionLevel",
    "Sheet",
    "StatusEntry",
    "Template",
    "TermsOfUse",
    "build_credential",
    "build_endorsement",
    "lint",
    "read_description",
    "read_sheet",
    "sign_credential",
    "sign_token",
    "slot",
    "slots_of",
    "stops",
    "write_sheet",
]
