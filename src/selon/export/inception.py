"""UIMA CAS XMI for INCEpTION: one .xmi an article, and TypeSystem.xml with its layers.

UIMA counts UTF-16 units; a character that XML cannot hold is written as U+FFFD.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from lxml import etree

from selon.export.said import for_name, for_xml
from selon.records import Reading, Spans
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_XMI: Final = "http://www.omg.org/XMI"
_CAS: Final = "http:///uima/cas.ecore"
_OURS: Final = "http:///webanno/custom.ecore"
_SCHEMA: Final = "http://uima.apache.org/resourceSpecifier"
# lxml takes None for the default namespace; its stubs do not.
_NAMES: Final[Any] = {None: _SCHEMA}
# INCEpTION takes layers of this package for the project's own.
_PACKAGE: Final = "webanno.custom"
_LAYERS: Final = {
    "Statement": ("sid", "form", "stance", "said", "score", "within", "why"),
    "Cue": ("sid",),
    "Speaker": ("sid", "name", "kb"),
    "Addressee": ("sid", "name", "kb"),
    "Via": ("sid", "name", "kb"),
}


def write(readings: Iterable[Reading], out: Path) -> None:
    """Write the folder; a name met before gets a number."""
    (out / "TypeSystem.xml").write_bytes(type_system())
    taken: dict[str, int] = {}
    for reading in readings:
        name = for_name(reading.article.id)
        n = taken[name] = taken.get(name, 0) + 1
        stem = name if n == 1 else f"{name}_{n}"
        (out / f"{stem}.xmi").write_bytes(xmi(reading))


def type_system() -> bytes:
    """The layers as a UIMA type system description; all features are strings."""
    root = etree.Element(f"{{{_SCHEMA}}}typeSystemDescription", nsmap=_NAMES)
    types = etree.SubElement(root, f"{{{_SCHEMA}}}types")
    for layer, features in _LAYERS.items():
        described = etree.SubElement(types, f"{{{_SCHEMA}}}typeDescription")
        _tag(described, "name", f"{_PACKAGE}.{layer}")
        _tag(described, "description", "")
        _tag(described, "supertypeName", "uima.tcas.Annotation")
        listed = etree.SubElement(described, f"{{{_SCHEMA}}}features")
        for feature in features:
            one = etree.SubElement(listed, f"{{{_SCHEMA}}}featureDescription")
            _tag(one, "name", feature)
            _tag(one, "description", "")
            _tag(one, "rangeTypeName", "uima.cas.String")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _tag(parent: Any, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{_SCHEMA}}}{name}").text = words


def xmi(reading: Reading) -> bytes:
    """One article as XMI; a passage in pieces has one annotation a piece, with one `sid`."""
    text = reading.article.text
    root = etree.Element(f"{{{_XMI}}}XMI", nsmap={"xmi": _XMI, "cas": _CAS, "custom": _OURS})
    root.set(f"{{{_XMI}}}version", "2.0")
    _element(root, _CAS, "NULL", 0)
    wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
    members: list[int] = []

    def unit(place: int) -> str:
        return str(place + bisect_left(wide, place))

    def annotate(layer: str, spans: Spans, features: dict[str, str | None]) -> None:
        for span in spans:
            number = len(members) + 2
            members.append(number)
            element = _element(root, _OURS, layer, number)
            element.set("sofa", "1")
            element.set("begin", unit(span.start))
            element.set("end", unit(span.end))
            for name, value in features.items():
                if value is not None:
                    element.set(name, for_xml(value))

    # What is only understood has no place in the text, and so none here.
    annotate_all(statements_with_people(reading), annotate)
    sofa = _element(root, _CAS, "Sofa", 1)
    for name, value in (
        ("sofaNum", "1"),
        ("sofaID", "_InitialView"),
        ("mimeType", "text"),
        ("sofaString", for_xml(text)),
    ):
        sofa.set(name, value)
    view = etree.SubElement(root, f"{{{_CAS}}}View")
    view.set("sofa", "1")
    view.set("members", " ".join(map(str, members)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def annotate_all(statements: Iterable[StatementWithPeople], annotate: Any) -> None:
    """Call `annotate(layer, spans, features)` for every part of every statement."""
    for one in statements:
        s = one.statement
        annotate(
            "Statement",
            s.content,
            {
                "sid": s.id,
                "form": s.form,
                "stance": s.stance,
                "said": s.said,
                "score": f"{s.score:.4f}",
                "within": s.within,
                "why": "; ".join(s.why) or None,
            },
        )
        annotate("Cue", s.cue, {"sid": s.id})
        people: list[tuple[str, PersonOfStatement]] = (
            [("Speaker", one.speaker)] if one.speaker else []
        )
        people += [("Addressee", p) for p in one.addressees] + [("Via", p) for p in one.via]
        for layer, who in people:
            kb = who.entity.kb if who.entity else None
            annotate(layer, who.spans, {"sid": s.id, "name": who.name, "kb": kb})


def _element(root: Any, namespace: str, name: str, number: int) -> Any:
    element = etree.SubElement(root, f"{{{namespace}}}{name}")
    element.set(f"{{{_XMI}}}id", str(number))
    return element
