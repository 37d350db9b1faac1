"""Reads the lines of a Wikidata JSON dump: `[`, an item a line, `]`; or bare items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

import orjson

from selon.kb import days
from selon.kb.records import Item, KbEntity, KbFault, Occupancy, Position
from selon.kb.roles import by_qid, rows
from selon.records import EntityType

_LANGUAGES: Final = ("fr", "en", "mul")
_GENDERS: Final = {"Q6581097": "m", "Q6581072": "f", "Q2449503": "m", "Q1052281": "f"}
_ACTING: Final = "Q4676846"
_TYPES: Final[tuple[EntityType, ...]] = ("person", "place", "organisation", "group")
Json = dict[str, Any]


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {qid: kind for kind, qids in rows("wikidata-classes.tsv") for qid in qids.split()}


def read(lines: Iterable[bytes]) -> Iterator[Item]:
    """The people, bodies, places, offices and holdings of dump lines; a bad line is a fault."""
    for number, line in enumerate(lines, 1):
        text = line.strip().rstrip(b",").strip()
        if text in (b"", b"[", b"]"):
            continue
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            yield KbFault("not JSON", number)
            continue
        many = value.get("entities") if isinstance(value, dict) else None
        for item in many.values() if isinstance(many, dict) else (value,):
            try:
                yield from _item(item, number)
            except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
                yield KbFault("not an item as Wikidata writes it", number)


def _item(item: Json, number: int) -> Iterator[Item]:
    if item.get("type", "item") != "item":
        return
    qid = item["id"]
    if not isinstance(qid, str) or not qid:
        yield KbFault("no id", number)
        return
    claims = item.get("claims") or {}
    kinds = {_classes().get(q) for q in _targets(claims, "P31")}
    if kinds & set(_TYPES):
        kind = next(t for t in _TYPES if t in kinds)
        names = _names(item)
        if not names:
            yield KbFault("no label", number)
            return
        homes = ("P27",) if kind == "person" else ("P17", "P159")
        genders = {_GENDERS[g] for g in _targets(claims, "P21") if g in _GENDERS}
        gender = genders.pop() if len(genders) == 1 else None
        countries = [qid] if kind == "place" else [c for p in homes for c in _targets(claims, p)]
        yield KbEntity(qid, kind, names, gender, _codes(countries))
        yield from _occupancies(qid, claims)
    elif "post" in kinds or "P1308" in claims or _is_kind_of_post(claims):
        names = _names(item)
        if names:
            where = [*_targets(claims, "P1001"), *_targets(claims, "P17")]
            yield Position(qid, names, _codes(where))
        else:
            yield KbFault("no label", number)


def _is_kind_of_post(claims: Json) -> bool:
    """Many offices are only written as a kind of minister, of some jurisdiction."""
    above = _targets(claims, "P279")
    return any(_classes().get(q) == "post" for q in above) or bool(above and "P1001" in claims)


def _names(item: Json) -> tuple[str, ...]:
    """The French and English names, labels first; else one label of any language."""
    labels, aliases = item.get("labels") or {}, item.get("aliases") or {}
    found = [labels[t]["value"] for t in _LANGUAGES if t in labels]
    found += [a["value"] for t in _LANGUAGES for a in aliases.get(t) or ()]
    if not found and labels:
        found = [next(iter(labels.values()))["value"]]
    found += [
        snak["text"]
        for prop in ("P1813", "P1448")
        for snak in _values(item.get("claims") or {}, prop)
        if isinstance(snak, dict) and snak.get("language") in _LANGUAGES
    ]
    return tuple(dict.fromkeys(n for n in found if isinstance(n, str) and n.strip()))


def _values(claims: Json, prop: str) -> Iterator[Any]:
    for statement in claims.get(prop) or ():
        if statement.get("rank") != "deprecated":
            value = (statement.get("mainsnak") or {}).get("datavalue")
            if value:
                yield value.get("value")


def _targets(claims: Json, prop: str) -> list[str]:
    return [v["id"] for v in _values(claims, prop) if isinstance(v, dict) and "id" in v]


def _codes(qids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(by_qid()[q] for q in qids if q in by_qid()))


def _occupancies(qid: str, claims: Json) -> Iterator[Occupancy]:
    """Offices held (P39): their days (P580, P582), whether acting (P5102), and where (P1001)."""
    for statement in claims.get("P39") or ():
        if statement.get("rank") == "deprecated":
            continue
        value = ((statement.get("mainsnak") or {}).get("datavalue") or {}).get("value") or {}
        if not isinstance(value, dict) or "id" not in value:
            continue
        said = statement.get("qualifiers") or {}
        end = _date(said.get("P582"))
        yield Occupancy(
            holder=qid,
            post=value["id"],
            countries=_codes(_snak_ids(said, "P1001") + _snak_ids(said, "P17")),
            start=_date(said.get("P580")),
            end=end or ("?" if said.get("P582") else None),
            interim=_ACTING in _snak_ids(said, "P5102") + _snak_ids(said, "P1480"),
        )


def _snak_ids(said: Json, prop: str) -> list[str]:
    values = [(s.get("datavalue") or {}).get("value") for s in said.get(prop) or ()]
    return [v["id"] for v in values if isinstance(v, dict) and "id" in v]


def _date(snaks: list[Json] | None) -> str | None:
    """`+2013-09-10T00:00:00Z` at the precision that it states (9 year, 10 month, 11 day)."""
    for snak in snaks or ():
        value = (snak.get("datavalue") or {}).get("value") or {}
        precision = int(value.get("precision") or 0)
        if precision >= 9:
            return days.clean(str(value.get("time", ""))[: {9: 5, 10: 8}.get(precision, 11)])
    return None
