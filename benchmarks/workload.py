"""The credentials that are measured: three sizes, every one distinct, the same every time.

The medium one is 3.6 KB: three skill alignments, two pieces of evidence, one result, a
hashed identity and a status entry. All names in it are made up.
"""

from __future__ import annotations

from random import Random
from typing import Any

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PROVIDER = "https://provider.example.edu"
FRAMEWORKS = [
    ("ESCO", "http://data.europa.eu/esco/skill/{:08x}-1111-4222-8333-444455556666"),
    ("O*NET", "https://services.onetcenter.org/skills/2.B.{}.a"),
    ("CASE", "https://case.example.org/ims/case/v1p0/CFItems/{:08x}"),
]
SIZES = ("small", "medium", "large")
ALIGNMENTS = {"small": 0, "medium": 3, "large": 30}


def credential(number: int, issuer: str, size: str = "medium") -> dict[str, Any]:
    """The unsigned credential of this number, from this issuer."""
    document = _small(number, issuer)
    if size != "small":
        _enrich(document, number, ALIGNMENTS[size])
    return document


def _small(number: int, issuer: str) -> dict[str, Any]:
    random = Random(number * 7919 + 1)
    return {
        "@context": [V2, OB],
        "id": f"urn:uuid:{random.getrandbits(32):08x}-0000-4000-8000-{number:012x}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Applied Data Engineering {number}",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Example University"},
        "validFrom": f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}T10:{number % 60:02d}:00Z",
        "credentialSubject": {
            "id": f"did:example:learner{random.getrandbits(40):010x}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{PROVIDER}/achievements/{number}",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": f"Applied Data Engineering {number}",
                "description": "Design, build and operate reliable data pipelines; 60 hours.",
                "criteria": {"narrative": "Pass the proctored exam with 70 % and the project."},
            },
        },
    }


def _enrich(document: dict[str, Any], number: int, alignments: int) -> None:
    random = Random(number)
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    score = f"urn:uuid:00000000-0000-4000-8000-{number:012x}"
    document["issuer"] |= {"url": f"{PROVIDER}/", "email": "registrar@provider.example.edu"}
    document["validUntil"] = f"2031-{1 + number % 12:02d}-{1 + number % 28:02d}T10:00:00Z"
    document["awardedDate"] = f"2025-01-{1 + number % 28:02d}T09:00:00Z"
    achievement |= {
        "creator": {"id": f"{PROVIDER}/issuers/1", "type": ["Profile"]},
        "creditsAvailable": 5,
        "fieldOfStudy": "Computer Science",
        "humanCode": f"ADE-{number}",
        "inLanguage": "en",
        "tag": ["data", "engineering", "sql"],
        "version": "2.1",
        "image": {"id": f"{PROVIDER}/img/{number}.png", "type": "Image", "caption": "Badge"},
        "alignment": [_alignment(random, position) for position in range(alignments)],
        "resultDescription": [
            {
                "id": score,
                "type": ["ResultDescription"],
                "name": "Final score",
                "resultType": "Percent",
                "valueMin": "0",
                "valueMax": "100",
            }
        ],
    }
    subject |= {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityType": "emailAddress",
                "identityHash": f"sha256${random.getrandbits(256):064x}",
                "salt": f"{random.getrandbits(64):016x}",
            }
        ],
        "activityStartDate": "2024-10-01T00:00:00Z",
        "activityEndDate": f"2025-01-{1 + number % 28:02d}T00:00:00Z",
        "creditsEarned": 5,
        "role": "learner",
        "result": [
            {
                "type": ["Result"],
                "resultDescription": score,
                "value": str(random.randrange(70, 101)),
                "status": "Completed",
            }
        ],
    }
    document["evidence"] = [
        {
            "id": f"{PROVIDER}/evidence/{number}",
            "type": ["Evidence"],
            "name": "Capstone report",
            "narrative": f"Built a pipeline for {random.randrange(10**6)} events per day.",
            "genre": "project",
            "audience": "employers",
            "description": "Report and repository",
        },
        {
            "id": f"{PROVIDER}/evidence/{number}/exam",
            "type": ["Evidence"],
            "name": "Proctored exam",
            "narrative": "Invigilated on site.",
            "genre": "exam",
        },
    ]
    document["credentialStatus"] = {
        "id": f"{PROVIDER}/status/1#{number}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(number % 131072),
        "statusListCredential": f"{PROVIDER}/status/1",
    }


def _alignment(random: Random, position: int) -> dict[str, Any]:
    framework, address = FRAMEWORKS[position % len(FRAMEWORKS)]
    number = random.randrange(1 << 30)
    applied = "to a realistic problem, under supervision, and explains the choices made"
    return {
        "type": ["Alignment"],
        "targetCode": f"{framework}-{number}",
        "targetName": f"Skill {number} of {framework}",
        "targetFramework": framework,
        "targetType": "CFItem",
        "targetDescription": f"Applies technique {number} {applied}.",
        "targetUrl": address.format(number),
    }
