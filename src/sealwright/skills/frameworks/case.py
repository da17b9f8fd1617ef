"""Competencies and Academic Standards Exchange (CASE) 1.1 by 1EdTech: packages as JSON.

A concept is a CFItem: its label the abbreviated statement and its description the full
statement, or its label the full statement where there is no description. Broader skills are
`isChildOf`, related ones `isRelatedTo`, the same elsewhere `exactMatchOf`. CASE 1.1 leaves
room for `extensions`: there stands, under `sealwright`, what has no place of its own (other
languages, levels, what occupations need), so that a round trip loses nothing. Members and
associations of other publishers that have no place here are kept and written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

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
    Texts,
)
from sealwright.skills.frameworks.reading import BadCell, Intake, address, bad, parsed

OURS: Final = "sealwright"
OCCUPATION: Final = "Occupation"
TYPES: Final[dict[Kind, str]] = {
    kind: kind.value.capitalize() for kind in Kind if kind is not Kind.SKILL
}
KINDS: Final = {name: kind for kind, name in TYPES.items()}
CHILD: Final = "isChildOf"
BONDS: Final = {
    "ext:essential": Bond.ESSENTIAL,
    "ext:optional": Bond.OPTIONAL,
    "isRelatedTo": Bond.RELATED,
    "exactMatchOf": Bond.SAME,
}
NOT_TOLD: Final = "not told"  # CASE demands a creator
OURS_OF_DOCUMENT: Final = ("title", "languages", "attribution", "description", "flat")
DOCUMENT_MEMBERS: Final = frozenset(
    {"uri", "title", "publisher", "version", "description", "language", "caseVersion", "extensions"}
)
ITEM_MEMBERS: Final = frozenset({
    "uri", "CFDocumentURI", "fullStatement", "abbreviatedStatement", "alternativeLabel",
    "humanCodingScheme", "language", "extensions",
})  # fmt: skip
ASSOCIATIONS: Final = {bond: name for name, bond in BONDS.items()}


def read(name: str, package: Any, intake: Intake) -> Framework:
    """Read a CASE package.

    Raises:
        UnreadableFramework: it has no document with a title and an address.
    """
    return _Importer(name, intake).read(package)


def write(framework: Framework, *, at: datetime) -> Members:
    """The framework as a CASE package; `at` is the time of last change where none is known."""
    return _Exporter(framework, at.strftime("%Y-%m-%dT%H:%M:%SZ")).package()


class _Importer:
    def __init__(self, name: str, intake: Intake) -> None:
        self._name = name
        self._intake = intake
        self._entries: dict[str, tuple[Members, dict[str, None], dict[tuple[str, str], None]]] = {}
        self._known: dict[str, str] = {}  # an item's address or identifier to its address
        self._document: Members = {}
        self._language = ANY_LANGUAGE
        self._left: list[Any] = []

    def read(self, package: Any) -> Framework:
        try:
            package = members.mapping(package, "CFPackage")
            self._document = members.mapping(package.get("CFDocument"), "CFDocument")
            self._language = members.text_in(self._document, "language") or ANY_LANGUAGE
            about = self._about(package)
        except BadCell as problem:
            message = f"{self._name}: {problem.column} {problem.what}"
            raise UnreadableFramework(message, file=self._name) from problem
        self._each("CFItems", package, self._item)
        self._each("CFAssociations", package, self._association)
        concepts: dict[str, Concept] = {}
        occupations: dict[str, Occupation] = {}
        for number, (entry, broader, related) in enumerate(self._entries.values(), start=1):
            entry["broader"] = list(broader)
            try:
                if entry.pop("occupation", False):
                    occupations[entry["uri"]] = members.occupation_from(entry)
                else:
                    entry.setdefault("related", _by_bond(related))
                    concepts[entry["uri"]] = members.concept_from(entry)
            except BadCell as problem:
                self._intake.refuse(f"{self._name} CFItems", number, 0, problem)
        if self._left:
            kept = (*about.extra, ("case:/CFAssociations", as_json(self._left)))
            about = replace(about, extra=tuple(sorted(kept)))
        return Framework(about, tuple(concepts.values()), tuple(occupations.values()))

    def _each(self, column: str, package: Members, take: Callable[[Any], None]) -> None:
        items = package.get(column, [])
        self._intake.items(
            f"{self._name} {column}", items if isinstance(items, list) else [items], take
        )

    def _about(self, package: Members) -> About:
        document = self._document
        ours = _ours(document)
        licence = document.get("licenseURI")
        link = members.text_in(licence, "uri") if isinstance(licence, dict) else ""
        creator = members.text_in(document, "creator")
        publisher = members.text_in(document, "publisher") or _unless(creator, NOT_TOLD)
        told = {
            "address": document.get("uri") or f"urn:uuid:{document.get('identifier')}",
            "title": [[self._language, document.get("title")], *_list(ours, "title")],
            "version": members.text_in(document, "version"),
            "publisher": publisher,
            "languages": _list(ours, "languages") if ours else _present(document.get("language")),
            "licence": link,
            "attribution": ours.get("attribution", ""),
            "description": self._first(document, "description", ours),
            "flat": ours.get("flat", False),
        }
        about = members.about_from(told)
        stamped = ours.get("stamped") is True
        expected: Members = {"licenseURI": _licence(link), "creator": publisher or NOT_TOLD,
                    "identifier": _identifier(about.address)}  # fmt: skip
        if stamped:
            expected["lastChangeDateTime"] = document.get("lastChangeDateTime")
        kept = _unplaced(document, DOCUMENT_MEMBERS, expected)
        for name in package.keys() - {"CFDocument", "CFItems", "CFAssociations"}:
            kept[f"case:/{name}"] = as_json(package[name])
        return replace(about, extra=_with_ours(kept, ours))

    def _item(self, item: Any) -> None:
        item = members.mapping(item, "CFItem")
        ours = dict(_ours(item))
        identifier = members.text_in(item, "identifier")
        uri = address(members.text_in(item, "uri") or f"urn:uuid:{identifier}", "uri")
        if uri in self._entries:
            bad("uri", "this address was there before")
        language = members.text_in(item, "language") or self._language
        statement = members.text_in(item, "fullStatement")
        label = members.text_in(item, "abbreviatedStatement")
        sort = members.text_in(item, "CFItemType")
        expected = {
            "identifier": _identifier(uri),
            "lastChangeDateTime": self._document.get("lastChangeDateTime"),
        }
        if sort in KINDS or sort == OCCUPATION:
            expected["CFItemType"] = sort
        entry = {
            **ours,
            "uri": uri,
            "labels": [[language, label or statement], *_list(ours, "labels")],
            "descriptions": [
                *([[language, statement]] if label else []), *_list(ours, "descriptions"),
            ],
            "alternatives": self._first(item, "alternativeLabel", ours, "alternatives"),
            "code": members.text_in(item, "humanCodingScheme"),
            "extra": [
                list(pair)
                for pair in _with_ours(_unplaced(item, ITEM_MEMBERS, expected), ours)
            ],
            "occupation": sort == OCCUPATION,
        }  # fmt: skip
        if not (label or statement):
            bad("fullStatement", "nothing is here")
        if sort in KINDS:
            entry["kind"] = KINDS[sort].value
        self._entries[uri] = (entry, {}, {})
        self._known[uri] = self._known[identifier or uri] = uri

    def _first(
        self, item: Members, member: str, ours: Members, column: str = "description"
    ) -> list[Any]:
        """The text that has a place in CASE, before those that have none."""
        text = members.text_in(item, member)
        language = members.text_in(item, "language") or self._language
        return [*([[language, text]] if text else []), *_list(ours, column)]

    def _association(self, association: Any) -> None:
        association = members.mapping(association, "CFAssociation")
        sort = association.get("associationType")
        origin = self._node(association, "originNodeURI")
        target = self._node(association, "destinationNodeURI")
        if origin not in self._entries or (sort != CHILD and sort not in BONDS):
            self._left.append(association)
            return
        entry, broader, related = self._entries[origin]
        if sort == CHILD:
            if target != self._node({"": self._document}, ""):
                broader[target] = None
        elif entry["occupation"]:
            self._left.append(association)
        else:
            related[target, BONDS[sort].value] = None

    def _node(self, association: Members, column: str) -> str:
        node = members.mapping(association.get(column), column)
        uri, identifier = (members.text_in(node, name) for name in ("uri", "identifier"))
        found = self._known.get(uri) or self._known.get(identifier) or uri
        return address(found or f"urn:uuid:{identifier}", column)


class _Exporter:
    def __init__(self, framework: Framework, stamp: str) -> None:
        self._framework = framework
        self._about = framework.about
        self._stamp = stamp
        self._document_link = _link(
            _main(self._about.title, self._about.address), self._about.address
        )

    def package(self) -> Members:
        entries = self._framework.entries()
        top, document = _placed(self._document(), self._about.extra)
        self._stamp = document["lastChangeDateTime"]
        items = [self._item(entry) for entry in entries]
        associations = [link for entry in entries for link in self._associations(entry)]
        associations += _list(top, "CFAssociations")
        top["CFAssociations"] = associations
        return {"CFDocument": document, "CFItems": items, **top}

    def _document(self) -> Members:
        about = self._about
        told = members.of_about(about)
        language = about.title[0][0] if about.title else ANY_LANGUAGE
        description, told["description"] = _split(about.description, language)
        told["title"] = told.get("title", [])[1:]
        dated = any(name == "case:lastChangeDateTime" for name, _ in about.extra)
        ours = {
            **{name: told[name] for name in OURS_OF_DOCUMENT if told.get(name)},
            "stamped": not dated,
            "extra": _others(about.extra),
        }
        return _present_only({
            "identifier": _identifier(about.address),
            "uri": about.address,
            "title": _main(about.title, about.address),
            "creator": about.publisher or NOT_TOLD,
            "publisher": about.publisher,
            "version": about.version,
            "description": description,
            "language": language,
            "licenseURI": _licence(about.licence),
            "caseVersion": "1.1",
            "lastChangeDateTime": self._stamp,
            "extensions": {OURS: _present_only(ours)},
        })  # fmt: skip

    def _item(self, entry: Entry) -> Members:
        told = members.of_entry(entry)
        language, label = entry.labels[0]
        description, told["descriptions"] = _split(entry.descriptions, language)
        alternative, told["alternatives"] = _split(entry.alternatives, language)
        told["labels"] = told["labels"][1:]
        for placed in ("uri", "broader", "code", "kind"):
            told.pop(placed, None)
        sort = OCCUPATION
        if isinstance(entry, Concept):
            sort = TYPES.get(entry.kind, "")
            if _by_bond(told.get("related", [])) == told.get("related"):
                del told["related"]
        told["extra"] = _others(entry.extra)
        ours = _present_only(told)
        _, item = _placed(
            _present_only({
                "identifier": _identifier(entry.uri),
                "uri": entry.uri,
                "CFDocumentURI": self._document_link,
                "fullStatement": description or label,
                "abbreviatedStatement": label if description else "",
                "alternativeLabel": alternative,
                "humanCodingScheme": entry.code,
                "CFItemType": sort,
                "language": language,
                "lastChangeDateTime": self._stamp,
                "extensions": {OURS: ours} if ours else {},
            }),
            entry.extra,
        )  # fmt: skip
        return item

    def _associations(self, entry: Entry) -> Iterator[Members]:
        above = [_link(self._title(uri), uri) for uri in entry.broader]
        for target in above or [self._document_link]:
            yield self._association(entry, CHILD, target)
        for relation in entry.related if isinstance(entry, Concept) else ():
            target = _link(self._title(relation.uri), relation.uri)
            yield self._association(entry, ASSOCIATIONS[relation.bond], target)

    def _association(self, entry: Entry, sort: str, target: Members) -> Members:
        identifier = _identifier(" ".join((entry.uri, sort, target["uri"])))
        return {
            "identifier": identifier,
            "uri": f"urn:uuid:{identifier}",
            "associationType": sort,
            "originNodeURI": _link(entry.labels[0][1], entry.uri),
            "destinationNodeURI": target,
            "CFDocumentURI": self._document_link,
            "lastChangeDateTime": self._stamp,
        }

    def _title(self, uri: str) -> str:
        if self._framework.has_concept(uri):
            return self._framework.concept(uri).label()
        return uri


def _ours(holder: Members) -> Members:
    """What we ourselves wrote into the extensions."""
    ours = _extensions(holder).get(OURS)
    return ours if isinstance(ours, dict) else {}


def _extensions(holder: Members) -> Members:
    extensions = holder.get("extensions")
    return extensions if isinstance(extensions, dict) else {}


def _unplaced(holder: Members, placed: frozenset[str], expected: Members) -> dict[str, str]:
    """Members that have no place here, and those that export would write otherwise."""
    kept = {
        f"case:{name}": as_json(value)
        for name, value in holder.items()
        if name not in placed and value is not None and value != expected.get(name)
    }
    others = {name: value for name, value in _extensions(holder).items() if name != OURS}
    if others:
        kept["case:extensions"] = as_json(others)
    return kept


def _with_ours(kept: dict[str, str], ours: Members) -> Extra:
    pairs = [list(pair) for pair in kept.items()]
    return tuple(sorted(members.extra_in({"extra": [*pairs, *_list(ours, "extra")]})))


def _others(extra: Extra) -> list[list[str]]:
    """What other formats had no place for."""
    return [list(pair) for pair in extra if not pair[0].startswith("case:")]


def _placed(holder: Members, extra: Extra) -> tuple[Members, Members]:
    """What stands beside the document, and the holder with what was kept of CASE."""
    top: Members = {}
    for name, value in extra:
        if name.startswith("case:/"):
            top[name.removeprefix("case:/")] = parsed(value.encode())
        elif name == "case:extensions":
            holder["extensions"] = {**parsed(value.encode()), **_extensions(holder)}
        elif name.startswith("case:"):
            holder[name.removeprefix("case:")] = parsed(value.encode())
    return top, holder


def _split(texts: Texts, language: str) -> tuple[str, list[list[str]]]:
    """The first text where it is in this language, and the others."""
    if texts and texts[0][0] == language:
        return texts[0][1], [list(pair) for pair in texts[1:]]
    return "", [list(pair) for pair in texts]


def _by_bond(related: Iterable[tuple[str, str]]) -> list[list[str]]:
    order = [bond.value for bond in Bond]
    return sorted(([uri, bond] for uri, bond in related), key=lambda pair: order.index(pair[1]))


def _list(holder: Members, column: str) -> list[Any]:
    value = holder.get(column, [])
    return value if isinstance(value, list) else bad(column, "is no list")


def _main(texts: Texts, otherwise: str) -> str:
    return texts[0][1] if texts else otherwise


def _link(title: str, uri: str) -> Members:
    return {"title": title, "identifier": _identifier(uri), "uri": uri}


def _licence(licence: str) -> Members:
    return _link(licence, licence) if licence else {}


def _identifier(uri: str) -> str:
    return str(uuid5(NAMESPACE_URL, uri))


def _present(value: Any) -> list[Any]:
    return [value] if value else []


def _present_only(holder: Members) -> Members:
    return {name: value for name, value in holder.items() if value not in ("", [], {})}


def _unless(text: str, unwanted: str) -> str:
    return "" if text == unwanted else text
