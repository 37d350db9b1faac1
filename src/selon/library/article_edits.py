"""Corrections of what stands in a library: articles taken out, outlets and dates set right; undone again.

Nothing is lost: an article that is taken out is hidden with its readings, and each deed is a row of
`upkeep` with what was before.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.ingest import dates
from selon.library import fetch, reattach, runs, serialization, write
from selon.library.add import Reader
from selon.library.store import Library, now
from selon.records import Article, Failure, Reading

# What may be set right; the text may not.
FIELDS: Final = ("outlet", "published", "title", "url", "page")


def articles(connection: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """The rows of articles named by number (`12` or `#12`), URL or id; SelonError names one not here."""
    found = []
    for name in names:
        number = name.removeprefix("#")
        row = connection.execute(
            "select id from article where key = ? or url = ?", (name, name)
        ).fetchone()
        if row is None and number.isdecimal() and len(number) < 18:
            row = connection.execute(
                "select id from article where id = ?", (int(number),)
            ).fetchone()
        if row is None:
            raise SelonError(_("There is no article {n} in this library.").format(n=name))
        found.append(int(row[0]))
    return list(dict.fromkeys(found))


def remove(library: Library, rows: Sequence[int], by: str) -> str:
    """Take articles out of searches, counts and exports; answers with the deed's uid.

    The same article, added again, stays out until the deed is undone.
    """
    uid, at = uuid.uuid4().hex, now()
    with library.transaction() as connection:
        for row in rows:
            article = _article(connection, row)
            if article["removed"]:
                continue
            reading = _current(connection, row)
            _log(connection, (uid, row, "remove", {"reading": reading}, {}), (by, at))
            connection.execute("update article set removed = ? where id = ?", (at, row))
            _show(connection, row, None)
            _regroup(connection, row)
    return uid


def edit(
    library: Library,
    row: int,
    changes: Mapping[str, str | None],
    by: str,
    reader: Reader | None = None,
) -> str:
    """Set an article's outlet, date, title, address or page right; answers with the deed's uid.

    The date may be written in any way that `ingest.days` knows. With a `reader` an article whose
    date changes is read again, beside the old reading, since « mardi » is reckoned from it.
    """
    wrong = [name for name in changes if name not in FIELDS]
    if wrong or not changes:
        raise SelonError(
            _("{names} cannot be corrected; these fields can: {fields}.").format(
                names=", ".join(wrong) or "–", fields=", ".join(FIELDS)
            )
        )
    values = {name: (value or "").strip() or None for name, value in changes.items()}
    if values.get("published"):
        values["published"] = dates.parse_date_option(str(values["published"]), "published")
    uid = uuid.uuid4().hex
    with library.transaction() as connection:
        article = _article(connection, row)
        before: dict[str, Any] = {name: article[name] for name in values}
        if before == values:
            raise SelonError(_("Article {n} already has these values.").format(n=row))
        _set(connection, row, values)
        before["reading"] = _current(connection, row)
        _log(connection, (uid, row, "edit", before, dict(values)), (by, now()))
    if reader is not None and "published" in values and values["published"] != before["published"]:
        read_again(library, row, uid, reader)
    return uid


def undo(library: Library, uid: str, by: str) -> int:
    """Take a deed back, by its uid or its number; how many articles are as they were."""
    with library.transaction() as connection:
        rows = connection.execute(
            "select * from upkeep where uid = ? or uid = (select uid from upkeep where cast(id as text) = ?)"
            " order by id desc",
            (uid, uid),
        ).fetchall()
        if not rows:
            raise SelonError(_("There is no change {uid} in this library.").format(uid=uid))
        if all(row["undone_at"] for row in rows):
            raise SelonError(_("Change {uid} has already been undone.").format(uid=uid))
        for row in rows:
            before = serialization.unpack(row["before"])
            reading = before.pop("reading", None)
            if row["deed"] == "edit":
                _set(connection, row["article_id"], before)
            else:
                connection.execute(
                    "update article set removed = null where id = ?", (row["article_id"],)
                )
                _regroup(connection, row["article_id"])
                # A newer version may have come while it was out.
                reading = _newest(connection, row["article_id"]) or reading
            _show(connection, row["article_id"], reading)
            connection.execute(
                "update upkeep set undone_by = ?, undone_at = ? where id = ?",
                (by, now(), row["id"]),
            )
    return len(rows)


def changes(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """What was taken out and set right, newest first, each with its article's title and address."""
    return [
        {
            **dict(row),
            "before": serialization.unpack(row["before"]),
            "after": serialization.unpack(row["after"]),
        }
        for row in connection.execute(
            "select u.*, a.title, a.url, a.key from upkeep u join article a on a.id = u.article_id"
            " order by u.id desc"
        )
    ]


def _article(connection: sqlite3.Connection, row: int) -> sqlite3.Row:
    found: sqlite3.Row | None = connection.execute(
        "select * from article where id = ?", (row,)
    ).fetchone()
    if found is None:
        raise SelonError(_("There is no article {n} in this library.").format(n=row))
    return found


def _current(connection: sqlite3.Connection, row: int) -> int | None:
    found = connection.execute(
        "select r.id from reading r join version v on v.id = r.version_id"
        " where v.article_id = ? and r.current = 1",
        (row,),
    ).fetchone()
    return int(found[0]) if found else None


def _newest(connection: sqlite3.Connection, row: int) -> int | None:
    found = connection.execute(
        "select max(r.id) from reading r join article a on a.version_id = r.version_id"
        " where a.id = ?",
        (row,),
    ).fetchone()
    return int(found[0]) if found[0] else None


def _show(connection: sqlite3.Connection, row: int, reading: int | None) -> None:
    """Make one reading of an article the current one; none hides it."""
    connection.execute(
        "update reading set current = (id is ?) where version_id in"
        " (select id from version where article_id = ?) and current <> (id is ?)",
        (reading, row, reading),
    )
    connection.execute(
        "update statement set current = (reading_id is ?)"
        " where article_id = ? and current <> (reading_id is ?)",
        (reading, row, reading),
    )


def _set(connection: sqlite3.Connection, row: int, values: Mapping[str, Any]) -> None:
    names = [name for name in values if name in FIELDS]
    sets = ", ".join(f"{name} = ?" for name in names)
    given = [values[name] for name in names]
    connection.execute(f"update article set {sets} where id = ?", (*given, row))
    # The version's digest stays: the same file, added again, is known.
    connection.execute(
        f"update version set {sets} where id = (select version_id from article where id = ?)",
        (*given, row),
    )
    for name in ("outlet", "published"):
        if name in values:
            connection.execute(
                f"update statement set {name} = ? where article_id = ?", (values[name], row)
            )


def _regroup(connection: sqlite3.Connection, row: int) -> None:
    """Let the earliest copy that is here lead its group, now that one came or went."""
    (lead,) = connection.execute(
        "select coalesce(copy_of, id) from article where id = ?", (row,)
    ).fetchone()
    members = connection.execute(
        "select id, removed from article where id = ? or copy_of = ? order by id", (lead, lead)
    ).fetchall()
    here = [m["id"] for m in members if not m["removed"]] or [members[0]["id"]]
    for member in members:
        connection.execute(
            "update article set copy_of = ? where id = ?",
            (None if member["id"] == here[0] else here[0], member["id"]),
        )


def read_again(library: Library, row: int, uid: str, reader: Reader) -> Failure | None:
    """Read an article again after the deed of that uid, beside its old reading; what went wrong."""
    connection = library.connection
    version = connection.execute(
        "select v.* from version v join article a on a.version_id = v.id where a.id = ?", (row,)
    ).fetchone()
    article: Article = fetch.article_of(version)
    made: Reading | Failure | None = next(iter(reader([article])), None)
    if not isinstance(made, Reading):
        return made
    at = now()
    with library.transaction():
        run = runs.run_row(connection, runs.maker({"corrected": uid}), at)
        kept = write.put_reading(connection, write.ReadingPlace(row, version["id"], run, at), made)
        if kept is not None:
            reattach.carry(connection, row, kept)
    return None


def _log(
    connection: sqlite3.Connection,
    deed: tuple[str, int, str, dict[str, Any], dict[str, Any]],
    who: tuple[str, str],
) -> None:
    uid, row, name, before, after = deed
    by, at = who
    connection.execute(
        "insert into upkeep (uid, article_id, deed, before, after, by, at) values (?,?,?,?,?,?,?)",
        (uid, row, name, serialization.pack(before), serialization.pack(after), by, at),
    )
