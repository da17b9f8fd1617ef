"""The words that Open Badges 3.0 lets an issuer choose from, and the contexts we issue with.

A closed list may be extended by a word of one's own that begins with `ext:`.
https://www.imsglobal.org/spec/ob/v3p0/#enumeration-classes
"""

from __future__ import annotations

import re

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXTS = (VC_CONTEXT, OB_CONTEXT)

NEVER_ISSUED = frozenset({"endorsementJwt", "jti"})
"""Terms that only one of the two circulating copies of the OB 3.0.3 context defines.

A verifier with the other copy would find them unsigned, so nothing of ours carries them.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACHIEVEMENT_TYPES = _words(
    """Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge
    BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency
    Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment
    JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
    QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate
    SecondarySchoolDiploma"""
)
RESULT_TYPES = _words(
    """GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result
    RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status"""
)
RESULT_STATUSES = _words("Completed Enrolled Failed InProgress OnHold Provisional Withdrew")

TARGET_TYPES = _words(
    """ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion
    CFRubricCriterionLevel CTDL"""
)
IDENTITY_TYPES = _words(
    """name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber
    isbn issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId
    ltiPlatformId ltiUserId identifier"""
)
LANGUAGE_TAG = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

_OWN_WORD = re.compile(r"ext:[A-Za-z0-9.|_-]+")


def allows(words: frozenset[str], word: str) -> bool:
    """Is `word` one of the list, or a word of the issuer's own?

    >>> allows(RESULT_TYPES, "Percent"), allows(RESULT_TYPES, "ext:Stars")
    (True, True)
    >>> allows(RESULT_TYPES, "percent")
    False
    """
    return word in words or _OWN_WORD.fullmatch(word) is not None
