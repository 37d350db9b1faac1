"""People and bodies of different articles that are one: judgements by rule, with their evidence.

An entity that an article names in full has one row in the library already; here rows are tied that
bear one name in two spellings, with and without an id, or as a body and its acronym. Of the rows
that share a name, those that nothing tells apart are one: not two ids, two genders that titles tell,
two countries, nor a pair that a person has parted. A surname alone is nobody's.

Nothing is merged in place: each tie is a judgement that a person can undo, and it is then not made
again. Who is one with whom depends on the rows alone, not on the order in which they came: a tie
that a later row makes doubtful is taken back.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from selon import lang
from selon.kb import identity
from selon.library import known_people, people, serialization
from selon.library.store import Library, now
from selon.names import fold, is_full, skeleton, tokens, vowelless
from selon.records import Entity

REVISED = "rule:identity.revised"
# Of somebody in thousands of articles, so many different roles tell enough.
_ROLES = 60
_COLUMNS = "e.id, e.key, e.type, e.name, e.kb, e.kind, e.gender, e.gender_by, e.folded"
_SOME = 10_000


@dataclass(slots=True)
class Cluster:
    """Rows that are one, the first of them in front."""

    rows: list[Entity] = field(default_factory=list)


def link(library: Library, since: int = 0) -> int:
    """Tie the entities that are one; how many ties were made or taken back.

    `since` is the last row of `appearance` that was looked at: only names that appear after it are
    looked at again, and those that a run which was stopped has left.
    """
    with library.transaction() as connection:
        left = _write_sounds(connection)
        changed: set[int] = set()
        made = 0
        for sound in _sounds(connection, since, left):
            made += _settle(connection, sound, changed)
        if changed:
            people.reunite(connection, changed)
    return made


def last(connection: sqlite3.Connection) -> int:
    """The newest row of `appearance`, for `since`."""
    return int(connection.execute("select coalesce(max(id), 0) from appearance").fetchone()[0])


def sound_key(name: str, kind: str | None = "person") -> str:
    """What rows are compared by: how a full name sounds, its words in order of the alphabet.

    Nothing for a person of one word, or with an initial for a surname. The letters of a script
    without vowels stand as they are, after `~`, and a body's after `=`; its acronym stands for it
    where a language's table says so.
    """
    words = tokens(name)
    if kind in ("organisation", "media", "document", "other"):
        words = tokens(_bare(name)) or words
        return "=" + (_same().get(words) or "".join(words))
    if not is_full(name):
        return ""
    if vowelless(name):
        return f"~{' '.join(sorted(words))}"
    return " ".join(sorted(map(skeleton, words)))


def _bare(name: str) -> str:
    """A body's name without the article before it: « l’Opinion », « L’Opinion », « Opinion »."""
    plain = name.replace("’", "'")
    low = plain.lower()
    for article in _articles():
        if low.startswith(article):
            return plain[len(article) :]
    return name


@lru_cache(maxsize=1)
def _articles() -> tuple[str, ...]:
    found = set()
    for code in lang.codes():
        shapes = lang.read_toml(code, "people.toml").get("determiners", {})
        the = {word for word, shape in shapes.items() if shape.split()[0] == "the"}
        found |= {word if word.endswith("'") else f"{word} " for word in the}
    return tuple(sorted(found, key=lambda a: (-len(a), a)))


@lru_cache(maxsize=1)
def _same() -> dict[tuple[str, ...], str]:
    """Names that are one though no rule can tell, of all languages."""
    found: dict[tuple[str, ...], str] = {}
    for code in lang.codes():
        for line in lang.read_toml(code, "people.toml").get("same", ()):
            for name in line:
                found.setdefault(tokens(_bare(name)), "".join(tokens(_bare(line[0]))))
    return found


def _write_sounds(connection: sqlite3.Connection) -> set[str]:
    """Write how each name sounds where it was not yet asked, some thousands at a time.

    Answers with the sounds that other rows have too, of rows or kinds that are new.
    """
    shared: set[str] = set()
    while unasked := connection.execute(
        "select id, name, kind, key from entity where sound is null limit ?", (_SOME,)
    ).fetchall():
        connection.executemany(
            "update entity set sound = ? where id = ?",
            [
                (sound_key(row["name"], row["kind"]) if _has_name(row) else "", row["id"])
                for row in unasked
            ],
        )
        found = connection.execute(
            "select distinct e.sound from json_each(?) j join entity e on e.id = j.value"
            " where e.sound <> '' and exists (select 1 from entity o where o.sound = e.sound"
            " and o.id <> e.id)",
            (serialization.pack([row["id"] for row in unasked]),),
        )
        shared |= {row[0] for row in found}
    return shared


def _has_name(row: sqlite3.Row) -> bool:
    """Whether a row is known by its name: not who is of one article, nor a body of a country."""
    key = str(row["key"])
    if key.startswith("kb:"):
        return True
    return "@" not in key and key.partition(":")[2] == (fold(row["name"]) or row["name"])


def _sounds(connection: sqlite3.Connection, since: int, left: set[str]) -> Iterator[str]:
    """The names that several rows bear, of those that appeared since; one with an id has many.

    Cross joins keep the order: from the few that appeared to the many rows.
    """
    rows = connection.execute(
        "select distinct e.sound from appearance p cross join entity e on e.id = p.entity_id"
        " where p.id > ? and e.sound <> '' and exists ("
        " select 1 from entity o where o.sound = e.sound and o.id <> e.id)",
        (since,),
    ).fetchall()
    found = dict.fromkeys(sorted(left)) | {row[0]: None for row in rows}
    if since:
        # Of all rows, those with an id lead to the names that they are called by, below.
        fresh = connection.execute(
            "select distinct e.sound, e.folded from appearance p cross join entity e"
            " on e.id = p.entity_id"
            " where p.id > ? and e.sound > '>' and e.kb is null and instr(e.folded, ' ')",
            (since,),
        ).fetchall()
        found |= {row[0]: None for row in fresh if _identity_of(connection, row[1])}
    called = connection.execute(
        "select distinct o.sound from appearance p cross join entity e on e.id = p.entity_id"
        " cross join variant v on v.entity_id = e.id cross join entity o on o.folded = v.folded"
        " where p.id > ? and e.kb is not null and o.kb is null and o.sound > '>'"
        " and instr(v.folded, ' ')",
        (since,),
    ).fetchall()
    return iter(found | {row[0]: None for row in called})


def _identity_of(connection: sqlite3.Connection, folded: str) -> list[sqlite3.Row]:
    """The rows with an id that some article calls by this full name, though not their longest."""
    return connection.execute(
        f"select {_COLUMNS} from names n join variant v on v.id = n.rowid"
        " join entity e on e.id = v.entity_id where names match ? and v.folded = ?"
        " and e.kb is not null and e.sound > '>'",
        ('"' + folded.replace('"', "") + '"', folded),
    ).fetchall()


def _settle(connection: sqlite3.Connection, sound: str, changed: set[int]) -> int:
    """Bring the ties among the rows of one name in line with what the rows show."""
    rows = connection.execute(
        f"select {_COLUMNS} from entity e where e.sound = ?", (sound,)
    ).fetchall()
    for folded in sorted({r["folded"] for r in rows if sound[:1] != "=" and " " in r["folded"]}):
        rows += _identity_of(connection, folded)
    rows = sorted(
        {row["id"]: row for row in rows}.values(), key=lambda r: (r["kb"] is None, r["key"])
    )
    numbers = {row["key"]: row["id"] for row in rows}
    entities = [_entity(connection, row) for row in rows]
    standing, parted = _ties(connection, list(numbers))
    clusters = _clusters(entities, parted)
    wanted = {e.id: cluster.rows[0] for cluster in clusters for e in cluster.rows[1:]}
    home = {e.id: n for n, cluster in enumerate(clusters) for e in cluster.rows}
    made = 0
    joined: dict[str, set[str]] = {}
    for tie in standing:
        one, other = (str(tie[c]).removeprefix(people.PREFIX) for c in ("subject", "object"))
        apart = home.get(one) != home.get(other) and not _elsewhere((one, other), home)
        if apart and str(tie["by"]).startswith("rule:"):
            _retract(connection, tie["id"])
            changed |= {numbers[k] for k in (one, other) if k in numbers}
            made += 1
        else:
            joined.setdefault(one, set()).add(other)
            joined.setdefault(other, set()).add(one)
    for key, front in wanted.items():
        if front.id in _reachable(joined, key):
            continue
        entity = next(e for e in entities if e.id == key)
        _record(connection, (entity, front), identity.alike(entity, front))
        joined.setdefault(key, set()).add(front.id)
        joined.setdefault(front.id, set()).add(key)
        changed |= {numbers[key], numbers[front.id]}
        made += 1
    return made


def _elsewhere(pair: tuple[str, str], home: dict[str, int]) -> bool:
    """Whether one of two has an id and is tied to the other by another name, not looked at here."""
    return any(key.startswith("kb:") for key in pair) and not all(key in home for key in pair)


def _reachable(joined: dict[str, set[str]], key: str) -> set[str]:
    found, ahead = {key}, [key]
    while ahead:
        for other in joined.get(ahead.pop(), ()):
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found


def _clusters(entities: Sequence[Entity], parted: set[frozenset[str]]) -> list[Cluster]:
    """Who is one: each row, in the order of ids and keys, joins the one cluster that it fits.

    What fits several is none of them.
    """
    clusters: list[Cluster] = []
    for entity in entities:
        fit = [
            c
            for c in clusters
            if all(
                frozenset((entity.id, e.id)) not in parted and identity.agree(entity, e)
                for e in c.rows
            )
        ]
        if len(fit) == 1:
            fit[0].rows.append(entity)
        else:
            clusters.append(Cluster([entity]))
    return clusters


def _ties(
    connection: sqlite3.Connection, keys: list[str]
) -> tuple[list[sqlite3.Row], set[frozenset[str]]]:
    """The ties that stand among these rows, and the pairs that a person has parted."""
    found = connection.execute(
        "select * from judgement where relation = 'same as' and subject in"
        " (select ?1 || value from json_each(?2))",
        (people.PREFIX, serialization.pack(keys)),
    ).fetchall()
    standing = [r for r in found if r["undone_at"] is None]
    parted = {
        frozenset(str(r[c]).removeprefix(people.PREFIX) for c in ("subject", "object"))
        for r in found
        if r["undone_at"] is not None and r["undone_by"] != REVISED
    }
    return standing, parted


def _entity(connection: sqlite3.Connection, row: sqlite3.Row) -> Entity:
    packed = connection.execute(
        "select distinct roles from appearance where entity_id = ? and roles <> '[]' limit ?",
        (row["id"], _ROLES),
    )
    roles: dict[str, None] = {}
    for (many,) in packed:
        roles.update(dict.fromkeys(serialization.unpack(many)))
    # Not what the rows that are tied to it tell together: then the order of adding would matter.
    gender = known_people.own_gender(connection, row["id"]) or (row["gender"], row["gender_by"])
    return Entity(
        *(row["key"], row["type"], row["name"], (), tuple(islice(roles, _ROLES))),
        kb=row["kb"], kind=row["kind"], gender=gender[0], gender_by=gender[1],
    )  # fmt: skip


def _record(
    connection: sqlite3.Connection, pair: tuple[Entity, Entity], tie: tuple[str, float]
) -> None:
    """Write the judgement; one that the program took back itself stands again."""
    one, other = (f"{people.PREFIX}{entity.id}" for entity in pair)
    rule, score = tie
    uid = hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()[:32]
    evidence = {
        "score": score,
        "names": [e.name for e in pair],
        "roles": [list(e.roles[:5]) for e in pair],
    }
    connection.execute(
        "insert into judgement (uid, subject, relation, object, anchor, by, at)"
        " values (?, ?, 'same as', ?, ?, ?, ?) on conflict (uid) do update set"
        " undone_by = null, undone_at = null where undone_by = ?",
        (uid, one, other, serialization.pack(evidence), rule, now(), REVISED),
    )


def _retract(connection: sqlite3.Connection, judgement: int) -> None:
    connection.execute(
        "update judgement set undone_by = ?, undone_at = ? where id = ?",
        (REVISED, now(), judgement),
    )
