"""Builds one SQLite file out of many sources, streaming; the old stays till the new is whole."""

from __future__ import annotations

import bz2
import glob
import gzip
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, cast

from selon.errors import SelonError
from selon.i18n import _
from selon.kb import ftm, schema, table, wikidata
from selon.kb.records import Item, KbEntity, KbFault, Occupancy, Position
from selon.kb.roles import french, parse
from selon.names import keys, likeness

_PEEK: Final = 65536
# Of one whom the sources give two genders, till all are read; then none.
_TWO_GENDERS: Final = "?"


@dataclass(slots=True)
class Report:
    """What a build took in: counts of things, names, tenures; faults by reason, where first met."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def fault(self, why: str, where: str) -> None:
        """Count a fault, and keep where it was first met."""
        self.faults[why] += 1
        self.examples.setdefault(why, where)


def build(out: Path, sources: Iterable[Path], as_of: str) -> Report:
    """Compile sources into one knowledge base; `as_of` is the day until which they know.

    Raises SelonError for a source that is missing or of no known kind; lines that cannot be read
    are counted and left out. A build that is stopped, even killed, leaves the old file as it was.
    """
    paths = list(sources)
    for path in paths:
        if not path.is_file():
            raise SelonError(
                _("{path}: no such file; give the files to build from.").format(path=path)
            )
    report = Report()
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    partial = out.parent / f".{out.name}.{os.getpid()}.partial"
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as db:
            schema.create(db, as_of)
            for path in paths:
                _load(db, path, report)
            schema.index(db)
            _offices(db, as_of, report)
            db.execute("update thing set gender = null where gender = ?", (_TWO_GENDERS,))
            schema.finish(db)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
    return report


def _sweep(out: Path) -> None:
    """Remove what killed builds left: unfinished files whose process is no more."""
    for left in out.parent.glob(f".{glob.escape(out.name)}.*.partial"):
        number = left.name.split(".")[-2]
        if number.isdecimal() and not _alive(int(number)):
            left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def lines(path: Path, report: Report) -> Iterator[bytes]:
    """The lines of a plain, .gz or .bz2 file; a damaged end is a fault, what came before stays."""
    with _open_file(path) as file:
        try:
            yield from file
        except (EOFError, OSError, zlib.error):
            report.fault("file damaged from here on", path.name)


def _open_file(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path))
    return bz2.open(path) if path.suffix == ".bz2" else path.open("rb")


def items(path: Path, report: Report) -> Iterator[Item]:
    """The items of a source; which kind it is shows in its first lines."""
    return _reader(path, report)(lines(path, report))


def _reader(path: Path, report: Report) -> Callable[[Iterable[bytes]], Iterator[Item]]:
    head = b""
    for line in lines(path, report):
        head = line[:_PEEK].strip().rstrip(b",")
        if head not in (b"", b"[", b"\xef\xbb\xbf"):
            break
    if path.name.lower().removesuffix(".gz").removesuffix(".bz2").endswith((".csv", ".tsv")):
        return lambda found: table.read(found, str(path))
    if b'"schema"' in head and b'"labels"' not in head:
        return ftm.read
    if head.startswith(b"{"):
        return wikidata.read
    if (
        head.lstrip(b"\xef\xbb\xbf")
        .lower()
        .replace(b'"', b"")
        .startswith((b"id,", b"id;", b"id\t"))
    ):
        return lambda found: table.read(found, str(path))
    raise SelonError(
        _(
            "{path}: not a Wikidata dump, FollowTheMoney lines or a table with a header "
            "({columns}); convert it to one of these."
        ).format(path=path, columns=",".join(table.COLUMNS))
    )


def _load(db: sqlite3.Connection, path: Path, report: Report) -> None:
    for item in items(path, report):
        match item:
            case KbFault(why, line):
                report.fault(why, f"{path.name}, line {line}")
            case KbEntity():
                _store_entity(db, item, path, report)
            case Position():
                if _storable(*item.names):
                    db.execute(
                        "insert or ignore into post values (?, ?, ?)",
                        (item.id, "\n".join(item.names), " ".join(item.countries)),
                    )
            case Occupancy():
                _store_occupancy(db, item, path, report)


def _storable(*texts: str | None) -> bool:
    """Half a surrogate pair, which JSON can smuggle in, is not text that a file can hold."""
    try:
        "".join(t or "" for t in texts).encode()
    except UnicodeEncodeError:
        return False
    return True


def _store_entity(db: sqlite3.Connection, item: KbEntity, path: Path, report: Report) -> None:
    if not _storable(item.id, *item.names, *item.refs):
        report.fault("not text", path.name)
        return
    cursor = db.execute(
        "insert or ignore into thing (id, type, gender, countries) values (?, ?, ?, ?)",
        (item.id, item.type, item.gender, " ".join(item.countries)),
    )
    if cursor.rowcount:
        thing = cursor.lastrowid
        report.counts["things"] += 1
    else:
        thing, gender, first = db.execute(
            "select n, gender, (select name from name where thing = thing.n order by n limit 1)"
            " from thing where id = ?",
            (item.id,),
        ).fetchone()
        if likeness(first, item.names[0]) < 1.0:
            report.fault("id seen again with another name", f"{path.name}: {item.id[:80]}")
            return
        report.counts["ids met again"] += 1
        if item.gender and gender != item.gender:
            if gender is not None:
                report.fault("id seen again with another gender", f"{path.name}: {item.id[:80]}")
            told = item.gender if gender is None else _TWO_GENDERS
            db.execute("update thing set gender = ? where n = ?", (told, thing))
    for ref in (item.id, *item.refs):
        db.execute("insert or ignore into ref values (?, ?)", (ref, thing))
    for name in item.names:
        _name(db, cast(int, thing), name, report)


def _name(db: sqlite3.Connection, thing: int, name: str, report: Report) -> None:
    found = keys(name)
    if not found:
        report.counts["names without letters"] += 1
        return
    cursor = db.execute("insert or ignore into name (thing, name) values (?, ?)", (thing, name))
    if cursor.rowcount:
        report.counts["names"] += 1
        db.executemany(
            "insert into loose values (?, ?)", ((key, cursor.lastrowid) for key in found)
        )


def _store_occupancy(db: sqlite3.Connection, item: Occupancy, path: Path, report: Report) -> None:
    if not _storable(item.holder, item.post, item.role):
        report.fault("not text", path.name)
    elif item.holder == item.post:
        report.fault("holds itself", f"{path.name}: {item.holder[:80]}")
    else:
        db.execute(
            "insert into holding values (?, ?, ?, ?, ?, ?, ?)",
            (
                item.holder,
                item.post,
                item.role,
                " ".join(item.countries),
                item.start,
                item.end,
                item.interim,
            ),
        )


_HELD: Final = """
select ref.thing, holding.role, post.names, own.thing, holding.countries, post.countries,
       holding.start, holding.end, holding.interim
from holding left join ref on ref.ref = holding.holder
left join post on post.id = holding.post left join ref as own on own.ref = holding.post
"""


def _offices(db: sqlite3.Connection, as_of: str, report: Report) -> None:
    """Turn holdings into tenures of offices, once all names are known."""
    known: dict[tuple[str, str | None], int] = {}
    for holder, role, posts, body, own, of, start, end, interim in db.execute(_HELD):
        if holder is None:
            report.fault("holder is not in the sources", str(role or posts or "")[:80])
            continue
        labels = [role] if role else (posts or "").split("\n")
        if body is not None and role:
            labels = [f"{role} {n}" for n, in db.execute(
                "select name from name where thing = ? order by n limit 1", (body,)
            )]  # fmt: skip
        labels = [label for label in labels if label]
        if not labels:
            report.fault("office without a name", f"thing {holder}")
            continue
        for office in _office_rows(db, labels, (own or of or "").split(), known):
            db.execute(
                "insert into tenure values (?, ?, ?, ?, ?, ?)",
                (office, holder, start, end, as_of, interim),
            )
            report.counts["tenures"] += 1
            break
        else:
            report.fault("office not understood", labels[0][:80])


def _office_rows(
    db: sqlite3.Connection,
    labels: list[str],
    countries: list[str],
    known: dict[tuple[str, str | None], int],
) -> Iterator[int]:
    """The office that the first understood label names, made where it is new."""
    for label in labels:
        role = parse(label)
        if role.head is None or role.marks - {"interim"}:
            # A deputy or a former holder of an office is no holder of it.
            continue
        if countries and role.countries and not role.countries & set(countries):
            # « Governor of Georgia » of the United States: the country's name means something else.
            continue
        where = countries or sorted(role.countries)
        country = where[0] if len(where) == 1 else None
        if (role.key, country) not in known:
            cursor = db.execute(
                "insert into office (key, head, country, label, french) values (?, ?, ?, ?, ?)",
                (role.key, role.head, country, label, french(role)),
            )
            known[role.key, country] = cast(int, cursor.lastrowid)
        yield known[role.key, country]
