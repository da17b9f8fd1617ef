"""Text to skills and to occupations, and skills to the skills of another framework."""

from sealwright.skills.matching.alignments import Mention, Resolution, Resolver
from sealwright.skills.matching.engine import Match, Matcher, StaticMatcher
from sealwright.skills.matching.index import Encoder, Index, Named, Target, build, held, load, named
from sealwright.skills.matching.names import By
from sealwright.skills.matching.reading import read
from sealwright.skills.matching.sentences import SentenceMatcher
from sealwright.skills.matching.table import TokenTable

__all__ = [
    "By",
    "Encoder",
    "Index",
    "Match",
    "Matcher",
    "Mention",
    "Named",
    "Resolution",
    "Resolver",
    "SentenceMatcher",
    "StaticMatcher",
    "Target",
    "TokenTable",
    "build",
    "held",
    "load",
    "named",
    "read",
]
