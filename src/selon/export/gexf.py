"""Who quotes whom, as a dynamic GEXF 1.2 network: outlet → relay → speaker, by day.

Other networks of a library are written by the same `document`. Only who has a name is a node: no
« un médecin », no words of a text that are nobody. The weight of an edge is how many
statements went that way; its spells are their days of publication, where a day is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, BinaryIO, Final

from lxml import etree

from selon.export.said import for_xml, identifier, role
from selon.records import Reading
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_GEXF: Final = "http://www.gexf.net/1.2draft"
# lxml takes None for the default namespace; its stubs do not.
_NAMES: Final[Any] = {None: _GEXF}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Link:
    """An edge: how many statements, and the days (`2026-03-04`) on which they were published."""

    weight: int = 0
    days: set[str] = field(default_factory=set)


def write(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write the network; a statement without a known outlet or speaker gives what links it has."""
    kinds: dict[str, str] = {}
    more: dict[str, dict[str, str]] = {"speaker_id": {}, "gender": {}, "role": {}}
    edges: dict[tuple[str, str], Link] = {}
    for reading in readings:
        for one in statements_with_people(reading):
            steps = list(_chain(one))
            _learn(one, more)
            day = _DAY.match(one.article.published or "")
            for quoting, quoted in pairwise(steps):
                # Across somebody unnamed there is no link: nobody knows who quoted whom.
                if quoting is None or quoted is None:
                    continue
                for name, kind in (quoting, quoted):
                    if kinds.get(name) in (None, "unknown"):
                        kinds[name] = kind
                edge = edges.setdefault((quoting[0], quoted[0]), Link())
                edge.weight += 1
                if day:
                    edge.days.add(day[0])
    out.write(document({name: (name, kind) for name, kind in kinds.items()}, edges, more))


def _learn(one: StatementWithPeople, more: dict[str, dict[str, str]]) -> None:
    """Take a speaker's id, gender and role into the attributes of nodes; what was told first stays."""
    who = one.speaker
    entity = who.entity if who else None
    if who is None or entity is None:
        return
    told = (
        ("speaker_id", identifier(one.article, entity)),
        ("gender", entity.gender),
        ("role", role(entity)),
    )
    for name, value in told:
        if value:
            more[name].setdefault(who.name, value)


def _chain(one: StatementWithPeople) -> Iterator[tuple[str, str] | None]:
    """From the outlet by its relays to the speaker: name and kind, nothing for the unnamed."""
    if one.article.outlet:
        yield one.article.outlet, "outlet"
    for via in reversed(one.via):
        yield _node(via)
    if one.speaker:
        yield _node(one.speaker)


def _node(who: PersonOfStatement) -> tuple[str, str] | None:
    entity = who.entity
    # Whom a person named has no place in the text.
    if entity is None or (entity.mentions and all(m.form != "name" for m in entity.mentions)):
        return None
    return who.name, entity.kind or entity.type


def document(
    nodes: dict[str, tuple[str, str]],
    edges: dict[tuple[str, str], Link],
    more: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """A network as GEXF: each node's key with its label and kind, each edge between two keys.

    `more` has further attributes of nodes: a name, and the value of each node that has one.
    """
    root = etree.Element(f"{{{_GEXF}}}gexf", nsmap=_NAMES)
    root.set("version", "1.2")
    graph = _add(root, "graph", defaultedgetype="directed", mode="dynamic", timeformat="date")
    declared = _add(graph, "attributes", **{"class": "node", "mode": "static"})
    _add(declared, "attribute", id="0", title="kind", type="string")
    further = dict(more or {})
    for n, title in enumerate(further, 1):
        _add(declared, "attribute", id=str(n), title=title, type="string")
    numbers = {key: f"n{i}" for i, key in enumerate(sorted(nodes))}
    drawn = _add(graph, "nodes")
    for key, number in numbers.items():
        label, kind = nodes[key]
        node = _add(drawn, "node", id=number, label=for_xml(label))
        values = _add(node, "attvalues")
        _add(values, "attvalue", **{"for": "0", "value": kind})
        for n, of_node in enumerate(further.values(), 1):
            if key in of_node:
                _add(values, "attvalue", **{"for": str(n), "value": for_xml(of_node[key])})
    listed = _add(graph, "edges")
    for i, ((source, target), edge) in enumerate(sorted(edges.items())):
        element = _add(
            listed,
            "edge",
            id=f"e{i}",
            source=numbers[source],
            target=numbers[target],
            weight=str(edge.weight),
        )
        if edge.days:
            spells = _add(element, "spells")
            for day in sorted(edge.days):
                _add(spells, "spell", start=day, end=day)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Any, name: str, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{_GEXF}}}{name}")
    for key, value in attributes.items():
        element.set(key, value)
    return element
