"""Reads FollowTheMoney JSON lines: people, bodies, positions, and who holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from selon.kb import days
from selon.kb.records import Item, KbEntity, KbFault, Occupancy, Position
from selon.kb.roles import countries
from selon.records import EntityType

_TYPES: Final[dict[str, EntityType]] = {
    "Person": "person",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Company": "organisation",
    "LegalEntity": "unknown",
}
_LINKS: Final = {
    "Occupancy": ("holder", "post"),
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
}
_GENDERS: Final = {"male": "m", "female": "f", "m": "m", "f": "f"}
_QID: Final = re.compile(r"Q[1-9]\d*")
Json = dict[str, Any]


def read(lines: Iterable[bytes]) -> Iterator[Item]:
    """The things, posts and holdings of FollowTheMoney lines; a bad line is a fault."""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            continue
        try:
            value = orjson.loads(text)
            yield from _entity(value, number)
        except orjson.JSONDecodeError:
            yield KbFault("not JSON", number)
        except (AttributeError, KeyError, TypeError, ValueError):
            yield KbFault("not an entity as FollowTheMoney writes it", number)


def _entity(value: Json, number: int) -> Iterator[Item]:
    schema, ident = value["schema"], value["id"]
    said = value.get("properties") or {}
    if not isinstance(ident, str) or not ident:
        yield KbFault("no id", number)
    elif schema in _TYPES:
        names = _strings(said, "name", "alias", "weakAlias", "previousName")
        if not names:
            yield KbFault("no label", number)
            return
        qid = next((q for q in _strings(said, "wikidataId") if _QID.fullmatch(q)), None)
        genders = {_GENDERS[g] for g in _strings(said, "gender") if g in _GENDERS}
        gender = genders.pop() if len(genders) == 1 else None
        where = _codes(_strings(said, "country", "nationality", "citizenship", "jurisdiction"))
        refs = (ident,) if qid else ()
        yield KbEntity(qid or ident, _TYPES[schema], names, gender, where, refs)
        for role in _strings(said, "position"):
            yield Occupancy(ident, role=role, countries=where, end="?")
    elif schema == "Position":
        names = _strings(said, "name")
        if names:
            yield Position(ident, names, _codes(_strings(said, "country")))
        else:
            yield KbFault("no label", number)
    elif schema in _LINKS:
        yield from _links(schema, said)


def _links(schema: str, said: Json) -> Iterator[Occupancy]:
    holder, post = _LINKS[schema]
    start = next(iter(_strings(said, "startDate")), None)
    end = next(iter(_strings(said, "endDate")), None)
    roles: tuple[str | None, ...] = _strings(said, "role") or (None,)
    ended = "ended" in _strings(said, "status")
    for who in _strings(said, holder):
        for what in _strings(said, post):
            for role in roles:
                if schema != "Occupancy" and role is None:
                    continue
                yield Occupancy(
                    who,
                    what,
                    role,
                    (),
                    days.clean(start),
                    days.clean(end) or ("?" if ended else None),
                )


def _strings(said: Json, *names: str) -> tuple[str, ...]:
    found = [v for name in names for v in said.get(name) or () if isinstance(v, str) and v.strip()]
    return tuple(dict.fromkeys(found))


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.upper() for c in codes if c.upper() in countries()))
