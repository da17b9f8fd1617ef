"""The record of a screening: all that went in, all that came out, the same bytes each time.

JSON with sorted members and no spaces, so that its SHA-256 can be kept and compared. It holds
keys, skills, dates and numbers, and the hash of each candidate's evidence; no names and no
documents. Whoever kept the inputs can run the screening again and must get these bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

from sealwright.skills.evidence import Evidence
from sealwright.skills.screening.scoring import Answer, Candidate, Near, Row, Screening
from sealwright.skills.terms import Term

FORMAT: Final = "sealwright-screening/1"
RULES: Final = "1"
"""Counts up whenever the rules of scoring change, so that an old record is not compared."""


def record_of(screening: Screening, candidates: Iterable[Candidate]) -> dict[str, Any]:
    """The record as JSON values; `candidates` are those that were screened.

    `format`, `rules`, `at`, `defaults`, `requirements`, and for each candidate by key:
    `evidence_sha256`, `rank` (null where apart), `tied`, `score` and for each requirement the
    `state`, the `points`, the `credential` that gave them, every term, and what comes `near`.
    """
    digests = {each.key: digest_of(each) for each in candidates}
    rows = sorted((*screening.ranked, *screening.apart), key=lambda row: row.key)
    return {
        "format": FORMAT,
        "rules": RULES,
        "at": screening.at.isoformat(),
        "defaults": asdict(screening.defaults),
        "requirements": [asdict(each) for each in screening.requirements],
        "candidates": [_row(row, digests[row.key]) for row in rows],
    }


def canonical_bytes(record: Mapping[str, Any]) -> bytes:
    """The record as it is hashed and kept."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest_of(candidate: Candidate) -> str:
    """The SHA-256 of a candidate's evidence, in whatever order it came."""
    pieces = sorted(canonical_bytes(_evidence(each)) for each in candidate.evidence)
    refused = sorted(each.encode() for each in candidate.refused)
    return sha256(b"\n".join((*pieces, b"", *refused))).hexdigest()


def _evidence(evidence: Evidence) -> dict[str, Any]:
    members = asdict(evidence)
    for day in ("when", "until"):
        members[day] = members[day] and members[day].isoformat()
    return members


def _row(row: Row, digest: str) -> dict[str, Any]:
    return {
        "key": row.key,
        "evidence_sha256": digest,
        "rank": row.rank,
        "tied": row.is_tied,
        "score": row.score,
        "requirements": [_answer(answer) for answer in row.answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "skill": answer.requirement.skill,
        "state": answer.state.value,
        "share": answer.share,
        "points": answer.points,
        "credential": answer.best.evidence.credential if answer.best else None,
        "terms": [_term(term) for term in answer.terms],
        "near": [_near(each) for each in answer.nearby],
    }


def _near(near: Near) -> dict[str, Any]:
    return {
        "skill": near.piece.evidence.skill,
        "label": near.kin.label,
        "link": near.kin.link.value,
        "steps": near.kin.steps,
        "credential": near.piece.evidence.credential,
    }


def _term(term: Term) -> dict[str, Any]:
    return {"name": term.name, "value": term.value}
