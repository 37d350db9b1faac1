"""Reads a table of people: id, name, aliases, type, gender, country, role, org, start, end.

Only `id` and `name` must be there; several aliases or countries stand between `|`. Several rows of
one id are several offices of one person. Commas, semicolons or tabs between the columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.kb import days
from selon.kb.records import Item, KbEntity, KbFault, Occupancy
from selon.kb.roles import countries, parse
from selon.records import EntityType

COLUMNS: Final = (
    "id",
    "name",
    "aliases",
    "type",
    "gender",
    "country",
    "role",
    "org",
    "start",
    "end",
)
_TYPES: Final[dict[str, EntityType]] = {
    "": "person",
    "person": "person",
    "personne": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "group": "group",
    "groupe": "group",
    "place": "place",
    "lieu": "place",
    "work": "work",
    "unknown": "unknown",
}
_GENDERS: Final = {"m": "m", "f": "f", "male": "m", "female": "f", "homme": "m", "femme": "f"}
# A cell may run over lines; past this, a quotation mark is stray and the line is broken.
_MAX_CELL_LINES: Final = 20


def read(lines: Iterable[bytes], source: str = "table") -> Iterator[Item]:
    """The people, bodies and holdings of a table; SelonError for a header without id, name."""
    numbered = _records(lines)
    header: dict[str, int] | None = None
    mark = ","
    for number, text in numbered:
        if text is None:
            yield KbFault("a quotation mark is not closed", number)
            continue
        if not text.strip():
            continue
        if header is None:
            mark = max(",;\t", key=text.count)
            header = {c.strip().lower(): n for n, c in enumerate(_cells(text, mark))}
            if "id" not in header or "name" not in header:
                raise SelonError(
                    _(
                        "{source}: the first line must name the columns, among them id and name "
                        "(known: {columns})."
                    ).format(source=source, columns=", ".join(COLUMNS))
                )
            continue
        yield from _row(_cells(text, mark), header, number)


def _cells(text: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=mark), [])
    except csv.Error:
        return []


def _records(lines: Iterable[bytes]) -> Iterator[tuple[int, str | None]]:
    """Rows as text, joined over lines while a quotation mark is open; None for a stray mark."""
    waiting: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").rstrip("\r\n")
        waiting.append((number, text))
        yield from _settle(waiting, last=False)
    yield from _settle(waiting, last=True)


def _settle(waiting: list[tuple[int, str]], *, last: bool) -> Iterator[tuple[int, str | None]]:
    while waiting:
        whole = "\n".join(t for _, t in waiting)
        if whole.count('"') % 2 == 0:
            yield waiting[0][0], whole
            waiting.clear()
        elif last or len(waiting) > _MAX_CELL_LINES:
            # The first line is the broken one; those after it get another chance.
            yield waiting.pop(0)[0], None
            again, waiting[:] = list(waiting), []
            for one in again:
                waiting.append(one)
                yield from _settle(waiting, last=False)
            if not last:
                return
        else:
            return


def _row(cells: list[str], header: dict[str, int], number: int) -> Iterator[Item]:
    def cell(name: str) -> str:
        at = header.get(name, -1)
        return cells[at].strip() if 0 <= at < len(cells) else ""

    ident, name = cell("id"), cell("name")
    if not ident or not name:
        yield KbFault("no id" if not ident else "no label", number)
        return
    kind = _TYPES.get(cell("type").lower())
    if kind is None:
        yield KbFault("unknown type", number)
        kind = "unknown"
    where = tuple(dict.fromkeys(c for w in cell("country").split("|") for c in _country(w)))
    names = tuple(
        dict.fromkeys((name, *(a.strip() for a in cell("aliases").split("|") if a.strip())))
    )
    yield KbEntity(ident, kind, names, _GENDERS.get(cell("gender").lower()), where)
    role, org = cell("role"), cell("org")
    if not role:
        return
    for field in ("start", "end"):
        if cell(field) not in ("", "?") and days.clean(cell(field)) is None:
            yield KbFault("not a date", number)
    ended = "?" if cell("end") else None
    start, end = days.clean(cell("start")), days.clean(cell("end")) or ended
    interim = "interim" in parse(role).marks
    yield Occupancy(ident, None, f"{role} {org}".strip(), where, start, end, interim)


def _country(text: str) -> tuple[str, ...]:
    code = text.strip().upper()
    if code in countries() or code == "ZZ":
        return (code,)
    named = parse(text).countries
    return tuple(named) if len(named) == 1 else ()
