"""The ledger of a library file: links between its statements, kept in it and brought up to date.

Three tables beside the library's own: `kin` has the links (judgements of a rule, with score and
evidence), `shingle` the trigrams by which candidates are found, `kin_seen` what was compared. They
are computed from the statements alone and may be dropped at any time. A person's joins and splits
are rows of `judgement`, as all that people say.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from selon.faults import SelonError
from selon.ledger.family import Family, grouped
from selon.ledger.kinship import Kin, kin, ownable
from selon.ledger.lexicon import lexicon
from selon.ledger.sayings import Saying, folded
from selon.ledger.shingles import enough, hashes
from selon.library import codec, judge
from selon.library.store import Library
from selon.tongue import speaking

SAME: Final = "same utterance"
OTHER: Final = "other utterance"
BATCH: Final = 500
_SCHEMA: Final = """
create table if not exists kin (
  a integer not null, b integer not null, score real not null,
  cover real not null, run integer not null, telling integer not null, days integer,
  by text not null, primary key (a, b)
) strict, without rowid;
create index if not exists kin_b on kin (b);
create table if not exists shingle (
  hash integer not null, statement_id integer not null, size integer not null,
  primary key (hash, statement_id)
) strict, without rowid;
create table if not exists kin_seen (statement_id integer primary key) strict;
"""
_SAYING: Final = """
select s.id, a.key as article, s.content, s.outlet, s.published, v.language, s.form,
  e.key as speaker, c.key as copy_of, e.id as entity, m.key as merged
from statement s join article a on a.id = s.article_id
  join reading r on r.id = s.reading_id join version v on v.id = r.version_id
  left join entity e on e.id = s.speaker_id left join entity m on m.id = e.same_as
  left join article c on c.id = a.copy_of
"""
_FIGURES: Final = ("score", "cover", "run", "telling", "days", "by")
_LIVE: Final = " s.current = 1 and s.verdict is not 'rejected'"


class Shelf:
    """The sayings of an open library, their links and families; ids are statement row numbers."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.connection = library.connection
        for statement in _SCHEMA.split(";")[:-1]:
            self.connection.execute(statement)

    def sayings(self, ids: Iterable[int], within: bool = False) -> dict[str, Saying]:
        """The sayings of statement rows, by id; `within` one article, the described are known."""
        found: dict[str, Saying] = {}
        for part in _parts(list(ids), BATCH):
            rows = self.connection.execute(
                f"{_SAYING} where s.id in ({_marks(part)})", part
            ).fetchall()
            relays = self._relays(part)
            found.update({str(r["id"]): _saying(r, relays.get(r["id"], ()), within) for r in rows})
        return found

    def of_reading(self, reading: int) -> tuple[Saying, ...]:
        """The sayings of one reading, in the order of the text."""
        rows = self.connection.execute(
            "select id from statement where reading_id = ? order by id", (reading,)
        ).fetchall()
        found = self.sayings([r[0] for r in rows], within=True)
        return tuple(found[str(r[0])] for r in rows)

    def versions_of(self, key: str) -> list[tuple[int, str]]:
        """The newest reading of each version of an article, and when it was added, in that order.

        `key` is the article's URL, or its id where it has none; nothing where it is not here.
        """
        rows = self.connection.execute(
            "select max(r.id), v.added from article a join version v on v.article_id = a.id"
            " join reading r on r.version_id = v.id where a.key = ? or a.url = ?"
            " group by v.id order by v.id",
            (key, key),
        )
        return [(r[0], r[1]) for r in rows]

    def update(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Compare the statements that are new since the last time; how many those were.

        Each batch is one transaction. What a rereading has replaced falls out by itself.
        """
        new = [
            r[0]
            for r in self.connection.execute(
                "select s.id from statement s where s.current = 1 and s.id not in"
                " (select statement_id from kin_seen) order by s.id"
            )
        ]
        done = 0
        for part in _parts(new, BATCH):
            sayings = self.sayings(part)
            with self.library.transaction():
                for number in part:
                    self._compare(sayings[str(number)])
            done += len(part)
            if progress:
                progress(done, len(new))
        return len(new)

    def near(self, words: str, language: str | None = None) -> list[Saying]:
        """The sayings that share enough words with these to be worth comparing."""
        known = lexicon(language)
        own = hashes(folded(words, language), known.function)
        found = self.sayings(self._candidates(own))
        return [found[i] for i in sorted(found, key=int)]

    def family(self, statement: int) -> tuple[Family, dict[str, Saying]]:
        """The family of a statement, with its members' sayings.

        Raises SelonError where the library has no such statement.
        """
        joined, parted = self._decisions()
        reached, links = self._reach(statement, joined)
        sayings = self.sayings(reached)
        if str(statement) not in sayings:
            _ = speaking("ledger").gettext
            raise SelonError(_("There is no statement {n} in this library.").format(n=statement))
        for family in grouped(sayings, links, joined, parted):
            if str(statement) in family.members:
                return family, {i: sayings[i] for i in family.members}
        raise AssertionError("every saying is in one family")

    def decide(self, statement: int, other: int, same: bool, by: str) -> str:
        """Keep a person's word that two statements are one utterance, or two; its uid."""
        return judge.utterance(self.library, statement, other, same, by)

    def _compare(self, saying: Saying) -> None:
        """Link a new saying to those near it, and put it in the index."""
        known = lexicon(saying.language)
        words = folded(saying.words, saying.language)
        own = hashes(words, known.function) if ownable(words, known) else []
        number = int(saying.id)
        for other in self.sayings(self._candidates(own)).values():
            sides = (words, folded(other.words, other.language))
            link = kin(saying, other, sides)
            if link:
                self._keep(link)
        self.connection.executemany(
            "insert or ignore into shingle values (?, ?, ?)",
            [(_signed(h), number, len(own)) for h in own],
        )
        self.connection.execute("insert or replace into kin_seen values (?)", (number,))

    def _keep(self, k: Kin) -> None:
        a, b = sorted((int(k.a), int(k.b)))
        self.connection.execute(
            "insert or replace into kin values (?, ?, ?, ?, ?, ?, ?, ?)",
            (a, b, k.score, k.cover, k.run, k.telling, k.days, k.by),
        )

    def _candidates(self, own: list[int]) -> list[int]:
        """The live statements that share enough trigrams with these."""
        shared: Counter[tuple[int, int]] = Counter()
        for h in own:
            shared.update(
                (row[0], row[1])
                for row in self.connection.execute(
                    "select statement_id, size from shingle where hash = ?", (_signed(h),)
                )
            )
        some = [i for (i, size), n in shared.items() if enough(n, min(len(own), size))]
        return [
            row[0]
            for part in _parts(some, BATCH)
            for row in self.connection.execute(
                f"select s.id from statement s where s.id in ({_marks(part)}) and {_LIVE}", part
            )
        ]

    def _relays(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        """Who relays each statement, nearest the speaker first."""
        found: dict[int, tuple[str, ...]] = {}
        rows = self.connection.execute(
            "select p.statement_id, coalesce(e.name, p.words) as name from party p"
            f" left join entity e on e.id = p.entity_id where p.statement_id in ({_marks(ids)})"
            " and p.role = 'via' order by p.statement_id, p.n",
            ids,
        )
        for row in rows:
            found[row[0]] = (*found.get(row[0], ()), row[1])
        return found

    def _reach(self, statement: int, joined: set[tuple[str, str]]) -> tuple[set[int], list[Kin]]:
        """All that hangs together with a statement, and the links among it."""
        beside: dict[int, set[int]] = {}
        for a, b in joined:
            beside.setdefault(int(a), set()).add(int(b))
            beside.setdefault(int(b), set()).add(int(a))
        reached, open_ = {statement}, [statement]
        links: dict[tuple[str, str], Kin] = {}
        while open_:
            here = open_.pop()
            rows = self.connection.execute(
                "select k.* from kin k join statement s on s.id ="
                " case when k.a = ? then k.b else k.a end"
                f" where (k.a = ? or k.b = ?) and {_LIVE}",
                (here, here, here),
            ).fetchall()
            for row in rows:
                link = _kin(row)
                links[link.a, link.b] = link
            others = {r["b"] if r["a"] == here else r["a"] for r in rows} | beside.get(here, set())
            open_ += others - reached
            reached |= others
        return reached, list(links.values())

    def _decisions(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """What people joined and what they parted; of one pair the later word holds."""
        rows = self.connection.execute(
            "select j.relation, j.object, t.statement_id as one from judgement j"
            " join attachment t on t.judgement_id = j.id join statement s on s.id = t.statement_id"
            " where j.relation in (?, ?) and j.undone_at is null and s.current = 1"
            " order by j.at, j.uid",
            (SAME, OTHER),
        ).fetchall()
        last: dict[tuple[str, str], str] = {}
        for row in rows:
            value = codec.unpack(row["object"])
            other = self.connection.execute(
                "select s.id from statement s join article a on a.id = s.article_id"
                " where a.key = ? and s.key = ? and s.current = 1",
                (value["article"], value["statement"]),
            ).fetchone()
            if other:
                pair = sorted((str(row["one"]), str(other[0])))
                last[pair[0], pair[1]] = row["relation"]
        joined = {p for p, relation in last.items() if relation == SAME}
        return joined, last.keys() - joined


def _saying(row: sqlite3.Row, relayed: tuple[str, ...], within: bool) -> Saying:
    speaker = row["merged"] or row["speaker"]
    # Somebody only described is known in one article alone (`person:le maire@…`).
    if speaker is not None and "@" in speaker:
        speaker = speaker.partition("@")[0] if within else None
    return Saying(
        id=str(row["id"]),
        article=row["article"],
        words=row["content"],
        outlet=row["outlet"],
        published=row["published"],
        language=row["language"],
        speaker_key=speaker,
        form=row["form"],
        relayed=relayed,
        copy_of=row["copy_of"],
    )


def _kin(row: sqlite3.Row) -> Kin:
    a, b = sorted((str(row["a"]), str(row["b"])))
    score, cover, run, telling, days, by = (row[name] for name in _FIGURES)
    return Kin(a, b, score, cover, run, telling, days, by)


def _signed(h: int) -> int:
    """A 64-bit hash as SQLite's signed integer."""
    return h - (1 << 64) if h >= 1 << 63 else h


def _parts(ids: list[int], size: int) -> Iterator[list[int]]:
    for n in range(0, len(ids), size):
        yield ids[n : n + size]


def _marks(ids: list[int]) -> str:
    return ", ".join("?" * len(ids))
