"""CTDL-ASN by Credential Engine: competency frameworks as JSON-LD graphs.

A concept is a `ceasn:Competency`: its label the competency label and its description the
competency text, or its label the text where there is no description. Texts are language
maps. Broader skills are `isChildOf`, prerequisites `prerequisiteAlignment`, the same skill
elsewhere `exactAlignment`. Properties of other publishers that have no place here are kept
as they stand and written again; what has no property in CTDL-ASN (levels, what occupations
need) stands in one property of ours, `sealwright:rest`, so that a round trip loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any, Final

from sealwright.skills.errors import UnreadableFramework
from sealwright.skills.frameworks import members
from sealwright.skills.frameworks.drafting import as_json
from sealwright.skills.frameworks.members import Members
from sealwright.skills.frameworks.model import (
    ANY_LANGUAGE,
    About,
    Bond,
    Concept,
    Entry,
    Extra,
    Framework,
    Kind,
    Occupation,
)
from sealwright.skills.frameworks.reading import (
    ADDRESS,
    UNWANTED,
    BadCell,
    Intake,
    address,
    bad,
    parsed,
)

CONTEXT: Final = (
    "https://credreg.net/ctdlasn/schema/context/json",
    {
        "sealwright": "https://skills.sealwright.example/terms#",
        "sealwright:rest": {"@type": "@json"},
    },
)
REST: Final = "sealwright:rest"
FRAMEWORK: Final = "ceasn:CompetencyFramework"
COMPETENCY: Final = "ceasn:Competency"
OCCUPATION: Final = "ceterms:Occupation"
PREFIX: Final = "ctdl:"

CHILD, HAS_CHILD = "ceasn:isChildOf", "ceasn:hasChild"
TOP, HAS_TOP, PART = "ceasn:isTopChildOf", "ceasn:hasTopChild", "ceasn:isPartOf"
LABEL, TEXT, CATEGORY = "ceasn:competencyLabel", "ceasn:competencyText", "ceasn:competencyCategory"
ALTERNATIVE: Final = "skos:altLabel"
BONDS: Final = {
    Bond.ESSENTIAL: "ceasn:prerequisiteAlignment",
    Bond.RELATED: "skos:related",
    Bond.SAME: "ceasn:exactAlignment",
}
LINKS: Final = frozenset({CHILD, HAS_CHILD, TOP, HAS_TOP, PART, *BONDS.values()})
PLACED: Final = frozenset({"@id", "@type", REST})
# What we ourselves write into the category; any other word is the publisher's.
KINDS: Final = {kind.value: kind for kind in Kind if kind is not Kind.SKILL}
CATEGORIES: Final = {
    "abilities": Kind.ABILITY, "ability": Kind.ABILITY, "knowledge": Kind.KNOWLEDGE,
}  # fmt: skip


def read(name: str, document: Any, intake: Intake) -> Framework:
    """Read a graph with one framework in it.

    Raises:
        UnreadableFramework: there is none, or more than one.
    """
    return _Importer(name, intake).read(document)


def write(framework: Framework) -> Members:
    """The framework as a CTDL-ASN graph."""
    return _Exporter(framework).graph()


class _Importer:
    def __init__(self, name: str, intake: Intake) -> None:
        self._name = name
        self._intake = intake
        self._framework = ""
        self._nodes: dict[str, Members] = {}
        self._above: dict[str, dict[str, None]] = {}
        self._below: dict[str, set[str]] = {}

    def read(self, document: Any) -> Framework:
        graph = document.get("@graph") if isinstance(document, dict) else document
        nodes = graph if isinstance(graph, list) else [document]
        with self._refusing():
            root = self._root(nodes)
            self._framework = address(members.text_in(root, "@id"), "@id")
        self._intake.items(self._name, nodes, self._node)
        self._tie()
        concepts: list[Concept] = []
        occupations: list[Occupation] = []
        for number, node in enumerate(self._nodes.values(), start=1):
            try:
                if _type(node) == OCCUPATION:
                    occupations.append(self._occupation(node))
                else:
                    concepts.append(self._concept(node))
            except BadCell as problem:
                self._intake.refuse(self._name, number, 0, problem)
        with self._refusing():
            about = self._about(root, document)
        return Framework(about, tuple(concepts), tuple(occupations))

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except BadCell as problem:
            message = f"{self._name}: {problem.column} {problem.what}"
            raise UnreadableFramework(message, file=self._name) from problem

    def _root(self, nodes: list[Any]) -> Members:
        roots = [node for node in nodes if _type(node) == FRAMEWORK]
        if len(roots) != 1:
            bad("@graph", "does not hold one framework")
        return members.mapping(roots[0], "@graph")

    def _node(self, node: Any) -> None:
        node = members.mapping(node, "@graph")
        if _type(node) == FRAMEWORK:
            return
        if _type(node) not in (COMPETENCY, OCCUPATION):
            bad("@type", "is neither a competency nor an occupation")
        uri = address(members.text_in(node, "@id"), "@id")
        if uri in self._nodes:
            bad("@id", "this address was there before")
        self._nodes[uri] = node
        self._above[uri] = dict.fromkeys(_ids(node.get(CHILD)))
        self._above[uri].pop(self._framework, None)

    def _tie(self) -> None:
        """A link counts whichever of its ends names it."""
        for parent, node in self._nodes.items():
            for child in _ids(node.get(HAS_CHILD)):
                if child in self._nodes:
                    self._above[child][parent] = None
        for child, parents in self._above.items():
            for parent in parents:
                self._below.setdefault(parent, set()).add(child)

    def _about(self, root: Members, document: Any) -> About:
        take = _Taker(root)
        told = {
            **take.rest,
            "address": self._framework,
            "title": take.texts("ceasn:name"),
            "publisher": take.english("ceasn:publisherName"),
            "licence": take.string("ceasn:license"),
            "languages": take.strings("ceasn:inLanguage"),
            "description": take.texts("ceasn:description"),
        }
        take.all_but(HAS_TOP, {uri for uri, above in self._above.items() if not above})
        if isinstance(document, dict) and "@id" in document and document is not root:
            take.keep("/@id", document["@id"])
        told["extra"] = take.extra()
        return members.about_from(told)

    def _concept(self, node: Members) -> Concept:
        take = _Taker(node)
        label, statement = take.texts(LABEL), take.texts(TEXT)
        related = [[uri, bond.value] for bond, name in BONDS.items() for uri in take.ids(name)]
        told = {
            **self._common(node, take),
            "labels": label or statement,
            "descriptions": statement if label else [],
            "kind": _kind(node, take).value,
            "code": take.string("ceasn:codedNotation"),
            "related": take.rest.get("related", related),
        }
        told["extra"] = take.extra()
        return members.concept_from(told)

    def _occupation(self, node: Members) -> Occupation:
        take = _Taker(node)
        told = {
            **self._common(node, take),
            "labels": take.texts("ceterms:name"),
            "descriptions": take.texts("ceterms:description"),
            "code": take.string("ceterms:codedNotation"),
        }
        told["extra"] = take.extra()
        return members.occupation_from(told)

    def _common(self, node: Members, take: _Taker) -> Members:
        uri = node["@id"]
        above = self._above[uri]
        take.all_but(CHILD, above.keys())
        take.all_but(HAS_CHILD, self._below.get(uri, set()))
        take.all_but(TOP, set() if above else {self._framework})
        take.all_but(PART, {self._framework})
        alternatives = take.lists(ALTERNATIVE)
        return {
            **take.rest,
            "uri": uri,
            "broader": list(above),
            "alternatives": take.rest.get("alternatives", alternatives),
        }


class _Taker:
    """Takes from a node what has a place here; what is left is kept as it stands.

    A property also stays where export would write it otherwise: with blanks around a text,
    two texts in one language, or another shape.
    """

    def __init__(self, node: Members) -> None:
        self._left = {name: value for name, value in node.items() if name not in PLACED}
        rest = node.get(REST, {})
        self.rest: Members = rest if isinstance(rest, dict) else bad(REST, "is no object")

    def texts(self, name: str) -> list[list[str]]:
        """A language map with one text a language, or a text without a language."""
        value = self._left.get(name)
        pairs = list({language: [language, text] for language, text in _texts(value)}.values())
        self._drop_if_same(name, _language_map(pairs))
        return pairs

    def lists(self, name: str) -> list[list[str]]:
        """A language map with lists of texts."""
        pairs = _texts(self._left.get(name))
        self._drop_if_same(name, _language_lists(pairs))
        return pairs

    def english(self, name: str) -> str:
        """A name that export writes as English."""
        pairs = _texts(self._left.get(name))
        text = pairs[0][1] if pairs else ""
        self._drop_if_same(name, {"en": text})
        return text

    def string(self, name: str) -> str:
        """A plain string."""
        text = next(iter(_strings(self._left.get(name))), "")
        self._drop_if_same(name, text)
        return text

    def strings(self, name: str) -> list[str]:
        """A plain string or several."""
        texts = _strings(self._left.get(name))
        self._drop_if_same(name, texts)
        return texts

    def ids(self, name: str) -> list[str]:
        """Addresses of other nodes; what is no address stays."""
        ids = [uri for uri in _ids(self._left.get(name)) if ADDRESS.fullmatch(uri)]
        self.all_but(name, set(ids))
        return ids

    def all_but(self, name: str, placed: AbstractSet[str]) -> None:
        """Keep only the links that export would not write."""
        left = [one for one in _list(self._left.pop(name, [])) if _id(one) not in placed]
        if left:
            self._left[name] = left

    def drop(self, name: str) -> None:
        """Take a property whole."""
        del self._left[name]

    def keep(self, name: str, value: Any) -> None:
        """Keep what stands beside the node."""
        self._left[name] = value

    def extra(self) -> list[list[str]]:
        """What is left, and what other formats left before."""
        ours = [[PREFIX + name, as_json(value)] for name, value in self._left.items()]
        return sorted([*ours, *_list(self.rest.get("extra", []))])

    def _drop_if_same(self, name: str, written: Any) -> None:
        """`written` is what export would write, were its texts not cleaned on the way."""
        if name in self._left and _plain(self._left[name]) == _plain(_clean(written)):
            del self._left[name]


class _Exporter:
    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._address = framework.about.address

    def graph(self) -> Members:
        root = self._root()
        graph: Members = {"@context": [*CONTEXT]}
        if "/@id" in root:
            graph["@id"] = root.pop("/@id")
        concepts = (self._concept(concept) for concept in self._framework.concepts)
        jobs = (self._occupation(job) for job in self._framework.occupations)
        return {**graph, "@graph": [root, *concepts, *jobs]}

    def _root(self) -> Members:
        about = self._framework.about
        told = members.of_about(about)
        for placed in ("address", "title", "publisher", "licence", "languages", "description"):
            told.pop(placed, None)
        entries = self._framework.entries()
        return _with_extra(
            {
                "@id": self._address,
                "@type": FRAMEWORK,
                "ceasn:name": _language_map(about.title),
                "ceasn:description": _language_map(about.description),
                "ceasn:publisherName": {"en": about.publisher} if about.publisher else "",
                "ceasn:inLanguage": list(about.languages),
                "ceasn:license": about.licence,
                HAS_TOP: [entry.uri for entry in entries if not entry.broader],
            },
            about.extra,
            told,
        )

    def _concept(self, concept: Concept) -> Members:
        told = members.of_concept(concept)
        for placed in ("labels", "descriptions", "kind", "code"):
            told.pop(placed, None)
        links = {
            name: [relation.uri for relation in concept.related if relation.bond is bond]
            for bond, name in BONDS.items()
        }
        written = [[uri, bond.value] for bond, name in BONDS.items() for uri in links[name]]
        if written == told.get("related"):
            del told["related"]
        label = _language_map(concept.labels)
        description = _language_map(concept.descriptions)
        category = {} if concept.kind is Kind.SKILL else {"en": concept.kind.value}
        node = {
            **self._common(concept, told, COMPETENCY),
            LABEL: label if description else {},
            TEXT: description or label,
            CATEGORY: category,
            "ceasn:codedNotation": concept.code,
            **links,
        }
        return _with_extra(node, concept.extra, told)

    def _occupation(self, job: Occupation) -> Members:
        told = members.of_occupation(job)
        for placed in ("labels", "descriptions", "code"):
            told.pop(placed, None)
        node = {
            **self._common(job, told, OCCUPATION),
            "ceterms:name": _language_map(job.labels),
            "ceterms:description": _language_map(job.descriptions),
            "ceterms:codedNotation": job.code,
        }
        return _with_extra(node, job.extra, told)

    def _common(self, entry: Entry, told: Members, sort: str) -> Members:
        for placed in ("uri", "broader"):
            told.pop(placed, None)
        pairs = [list(pair) for pair in entry.alternatives]
        alternatives = _language_lists(pairs)
        if _texts(alternatives) == pairs:
            told.pop("alternatives", None)
        return {
            "@id": entry.uri,
            "@type": sort,
            ALTERNATIVE: alternatives,
            PART: self._address,
            CHILD: list(entry.broader),
            HAS_CHILD: list(self._framework.narrower(entry.uri)),
            TOP: "" if entry.broader else self._address,
        }


def _with_extra(node: Members, extra: Extra, told: Members) -> Members:
    """The node with what was kept of CTDL-ASN, and the rest in one property."""
    node = {name: value for name, value in node.items() if value not in ("", [], {})}
    for name, value in extra:
        if name.startswith(PREFIX):
            property_name, kept = name.removeprefix(PREFIX), parsed(value.encode())
            links = [*_list(node.get(property_name, [])), *_list(kept)]
            node[property_name] = links if property_name in LINKS else kept
    others = [list(pair) for pair in extra if not pair[0].startswith(PREFIX)]
    rest = {name: value for name, value in {**told, "extra": others}.items() if value != []}
    return {**node, REST: rest} if rest else node


def _kind(node: Members, take: _Taker) -> Kind:
    category = node.get(CATEGORY)
    if isinstance(category, dict) and category.keys() == {"en"} and category["en"] in KINDS:
        take.drop(CATEGORY)
        return KINDS[category["en"]]
    words = " ".join(text for _, text in _texts(category)).lower()
    return CATEGORIES.get(words, Kind.SKILL)


def _type(node: Any) -> Any:
    sort = node.get("@type") if isinstance(node, dict) else None
    return sort[0] if isinstance(sort, list) and sort else sort


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _id(value: Any) -> Any:
    found = value.get("@id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def _ids(value: Any) -> list[str]:
    return [uri for uri in map(_id, _list(value)) if uri is not None]


def _strings(value: Any) -> list[str]:
    return [text for text in _list(value) if isinstance(text, str)]


def _texts(value: Any) -> list[list[str]]:
    """The texts of a language map, or those without a language."""
    if isinstance(value, dict):
        return [[tag, text] for tag, texts in value.items() for text in _strings(texts)]
    return [[ANY_LANGUAGE, text] for text in _strings(value)]


def _language_map(texts: Iterable[Sequence[str]]) -> Any:
    pairs: dict[str, str] = {language: text for language, text in texts}  # noqa: C416
    return pairs[ANY_LANGUAGE] if pairs.keys() == {ANY_LANGUAGE} else pairs


def _language_lists(texts: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for language, text in texts:
        lists.setdefault(language, []).append(text)
    return lists


def _plain(value: Any) -> Any:
    """A value such that one and a list of one are the same, as they are in JSON-LD."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return _plain(value[0]) if len(value) == 1 else [_plain(one) for one in value]
    return value


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {_clean(name): _clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return UNWANTED.sub(" ", value).strip() if isinstance(value, str) else value
