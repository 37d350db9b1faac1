"""PROV-O as N-Triples: what was quoted from where, through whom, back to the speaker.

The article's statement `wasQuotedFrom` the last relay's account, that one from the relay before
it, the first from the speaker's own utterance, which every link `hadPrimarySource`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO
from urllib.parse import quote

from selon.records import Reading, address
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_PROV: Final = "http://www.w3.org/ns/prov#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_SELON: Final = "urn:selon:term:"
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write triples, one a line."""
    for reading in readings:
        for one in statements_with_people(reading):
            out.writelines(_triples(one))


def _triples(one: StatementWithPeople) -> Iterator[str]:
    s, article = one.statement, one.article
    node = _iri("statement", s.id)
    page = f"<{quote(article.url, safe=_URL)}>" if article.url else _iri("article", article.id)
    yield _line(node, _RDF, f"<{_PROV}Entity>")
    yield _line(node, f"{_PROV}value", _text(one.content))
    yield _line(node, f"{_SELON}spans", _text(address(s.content)))
    yield _line(node, f"{_SELON}form", _text(s.form))
    yield _line(page, _RDF, f"<{_PROV}Entity>")
    yield _line(page, f"{_PROV}hadMember", node)
    if article.outlet:
        outlet = _iri("outlet", article.outlet)
        yield _line(outlet, _RDF, f"<{_PROV}Agent>")
        yield _line(outlet, _LABEL, _text(article.outlet))
        yield _line(page, f"{_PROV}wasAttributedTo", outlet)
    before = node
    first = _iri("utterance", s.id)
    for n, relay in reversed(list(enumerate(one.via))):
        account = _iri(f"relay/{n}", s.id)
        yield from _quotation(before, account, relay)
        yield _line(before, f"{_PROV}hadPrimarySource", first)
        before = account
    yield from _quotation(before, first, one.speaker)
    yield _line(before, f"{_PROV}hadPrimarySource", first)
    for to in one.addressees:
        yield _line(first, f"{_SELON}toWhom", _agent(to))


def _quotation(taken: str, source: str, who: PersonOfStatement | None) -> Iterator[str]:
    yield _line(source, _RDF, f"<{_PROV}Entity>")
    yield _line(taken, f"{_PROV}wasQuotedFrom", source)
    if who:
        agent = _agent(who)
        yield _line(agent, _RDF, f"<{_PROV}Agent>")
        yield _line(agent, _LABEL, _text(who.name))
        yield _line(source, f"{_PROV}wasAttributedTo", agent)


def _agent(who: PersonOfStatement) -> str:
    kb = who.entity.kb if who.entity else None
    if kb and kb[0] == "Q" and kb[1:].isdigit():
        return f"<http://www.wikidata.org/entity/{kb}>"
    return _iri("agent", kb or who.name)


_URL: Final = ":/?#[]@!$&'()*+,;=%-._~"


def _iri(kind: str, words: str) -> str:
    return f"<urn:selon:{kind}:{quote(words, safe='')}>"


def _text(words: str) -> str:
    return '"' + "".join(_ESCAPES.get(c, c) for c in words) + '"'


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{subject} <{predicate}> {value} .\n"
