"""The ledger of a library file: families of its statements, kept up to date, judged by people.

Ids of sayings are row numbers of statements, as text. What the file holds is in `tables`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Final, Literal

from selon.errors import SelonError
from selon.i18n import _
from selon.library import judge, serialization
from selon.library.store import Library
from selon.reuse import crosslingual, decisions, passages, tables, text_search
from selon.reuse.crosslingual import CrosslingualLinks
from selon.reuse.decisions import Decision
from selon.reuse.family import Family, group_families
from selon.reuse.matching import Matching, nearest
from selon.reuse.reused_quotes import ReusedQuote, folded_words
from selon.reuse.similarity import Match

# So much of an article is looked at on either side of a statement.
_AROUND: Final = 300
# Whether statements are compared across languages: done, impossible here, or nothing to compare.
CrosslingualStatus = Literal["compared", "not installed", "one language"]
_QUOTE_SQL: Final = """
select s.id, a.key as article, s.content, s.content_spans, s.outlet, s.published, v.language, s.form,
  s.cue, s.stance, coalesce(m.gender, e.gender) as gender, s.speaker as shown,
  e.key as speaker, c.key as copy_of, m.key as merged,
  (select p.name from appearance p where p.reading_id = s.reading_id
    and +p.entity_id = s.speaker_id and instr(p.mentions, '"name"') order by p.id limit 1) as named
from statement s join article a on a.id = s.article_id
  join reading r on r.id = s.reading_id join version v on v.id = r.version_id
  left join entity e on e.id = s.speaker_id left join entity m on m.id = e.same_as
  left join article c on c.id = a.copy_of
"""
# A plus keeps SQLite from going through all that is current, or all articles that name a speaker.
_CURRENT: Final = " and +s.current = 1"
_LIVE: Final = f"{_CURRENT} and +s.verdict is not 'rejected'"


class ReuseStore:
    """The sayings of an open library, their links and families.

    A library opened for reading only is answered from what was compared before.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.connection = library.connection
        self.made = tables.is_ready(self.connection)
        if not self.made and not library.read_only:
            tables.make(library)
            self.made = True

    def sayings(self, ids: Iterable[int]) -> dict[str, ReusedQuote]:
        """The sayings of statement rows by id, those left out that are replaced or rejected."""
        return self._sayings(ids, _LIVE)

    def of_reading(self, reading: int) -> tuple[ReusedQuote, ...]:
        """The sayings of one reading, in the order of the text; the described are known in it."""
        rows = self.connection.execute(
            "select id from statement where reading_id = ? order by id", (reading,)
        ).fetchall()
        found = self._sayings((r[0] for r in rows), within=True)
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

    def waiting(self) -> int:
        """How many statements are new or changed since the ledger was brought up to date."""
        if not self.made:
            return int(
                self.connection.execute(
                    "select count(*) from statement where current = 1"
                ).fetchone()[0]
            )
        return len(tables.pending(self.connection, tables.WORDS))

    def languages(self) -> tuple[str, ...]:
        """The languages that the library's articles are in, the most frequent first."""
        rows = self.connection.execute(
            "select substr(language, 1, instr(language || '-', '-') - 1) as code, count(*) as n"
            " from article where language is not null and language <> 'und'"
            " group by 1 order by n desc, code"
        )
        return tuple(row[0] for row in rows)

    def abroad(self) -> CrosslingualStatus:
        """Whether this library's statements can be compared across languages."""
        if not crosslingual.several(self.connection):
            return "one language"
        return "compared" if crosslingual.is_installed() else "not installed"

    def update(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Compare the statements that are new or changed; how many those were.

        Each batch is one transaction: stopped half-way, the next call goes on. What a new reading
        has replaced falls out by itself. Across languages only where the extra is installed.
        """
        new = tables.pending(self.connection, tables.WORDS)
        matching = Matching(self.connection, self.current)
        done = 0
        with tables.fast_commits(self.connection):
            for part in tables.batches(new):
                with self.library.transaction():
                    matching.compare(part)
                    matching.settle()
                done += len(part)
                if progress:
                    progress(done, len(new))
            for part in tables.batches(tables.pending(self.connection, tables.TEXT)):
                with self.library.transaction():
                    passages.put(self.connection, part)
            if self.abroad() == "compared":
                across = CrosslingualLinks(self.connection, self.current)
                for part in tables.batches(tables.pending(self.connection, tables.SENSE)):
                    with self.library.transaction():
                        across.compare(part)
        return len(new)

    def near(
        self, words: str, language: str | None = None, speakers: Sequence[int] = ()
    ) -> list[ReusedQuote]:
        """The sayings that share enough words with these to be worth comparing.

        Of words that very many share, those that share most of them; all of some `speakers`, by
        the rows of their entities.
        """
        near = set(text_search.statements(self.connection, words, speakers))
        if self.made:
            matching = Matching(self.connection, self.current)
            mine = folded_words(words, language)
            shared = matching.near(mine, language)
            near.update(nearest(mine, shared))
            near.update(self._of_speakers(shared.keys(), speakers))
        if self.waiting():
            near.update(
                text_search.uncompared_statements(self.connection, words, language, self.made)
            )
        found = self.sayings(near)
        return [found[i] for i in sorted(found, key=int)]

    def _of_speakers(self, ids: Iterable[int], speakers: Sequence[int]) -> list[int]:
        """The statements among some that are of one of some speakers."""
        if not speakers:
            return []
        rows = self.connection.execute(
            "select s.id from json_each(?) n join statement s on s.id = n.value"
            " where s.speaker_id in (select value from json_each(?))",
            (serialization.pack(list(ids)), serialization.pack(list(speakers))),
        )
        return [row[0] for row in rows]

    def around(self, saying: ReusedQuote) -> tuple[str, str]:
        """What stands before and behind a statement in its article; empty for what is none."""
        row = self.connection.execute(
            "select v.text from statement s join reading r on r.id = s.reading_id"
            " join version v on v.id = r.version_id where s.id = ?",
            (saying.id,),
        ).fetchone()
        if row is None or not saying.spans:
            return "", ""
        start, end = saying.spans[0].start, saying.spans[-1].end
        return row[0][max(0, start - _AROUND) : start], row[0][end : end + _AROUND]

    def family(self, statement: int) -> tuple[Family, dict[str, ReusedQuote]]:
        """The family of a statement, with its members' sayings.

        Raises SelonError where the library has no such statement.
        """
        joined, parted = decisions.sides(decisions.current_decisions(self.connection))
        reached, links = self._reach(statement, joined)
        sayings = self.sayings(reached)
        if str(statement) not in sayings:
            raise SelonError(_("There is no statement {n} in this library.").format(n=statement))
        for family in group_families(sayings, links, joined, parted):
            if str(statement) in family.members:
                return family, {i: sayings[i] for i in family.members}
        raise AssertionError("every saying is in one family")

    def families(
        self, min_members: int = 2, largest: int | None = None
    ) -> Iterator[tuple[Family, dict[str, ReusedQuote]]]:
        """Yield every family of at least `min_members` statements, by its first; what was said once is in none.

        Goes through all links of the library once. With `largest`, only so many of the largest
        groups of linked statements are looked into, the largest first.
        """
        joined, parted = decisions.sides(decisions.current_decisions(self.connection))
        groups = self._linked(joined)
        if largest is not None:
            groups = nlargest(largest, groups, key=len)
        for reached in groups:
            sayings = self.sayings(reached)
            for family in group_families(sayings, self._links(reached), joined, parted):
                if len(family.members) >= min_members:
                    yield family, {i: sayings[i] for i in family.members}

    def _linked(self, joined: Iterable[tuple[str, str]]) -> Iterable[set[int]]:
        """The groups of statements that links hold together, by their first statement."""
        beside: dict[int, list[int]] = {}
        pairs = [(int(a), int(b)) for a, b in joined]
        if self.made:
            pairs += self.connection.execute("select a, b from kin").fetchall()
        for a, b in pairs:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
        seen: set[int] = set()
        for start in sorted(beside):
            if start in seen:
                continue
            reached, open_ = {start}, [start]
            while open_:
                new = set(beside[open_.pop()]) - reached
                reached |= new
                open_ += new
            seen |= reached
            yield reached

    def join(self, statement: int, other: int, by: str) -> str:
        """Keep a person's word that two statements are one utterance; the judgement's uid.

        Their families become one, whatever the words say; `judge.undo` takes it back.
        """
        return judge.utterance(self.library, statement, other, True, by)

    def part(self, statement: int, other: int, by: str) -> str:
        """Keep a person's word that two statements are two utterances; the judgement's uid.

        They are never in one family; the others stay with the one whose words are nearer.
        """
        return judge.utterance(self.library, statement, other, False, by)

    def split(self, statement: int, by: str) -> tuple[str, ...]:
        """Keep a person's word that a statement is of another utterance than all its family.

        One judgement for each other member, so that it stays alone whatever is added later.
        """
        family, _ = self.family(statement)
        return tuple(
            self.part(statement, int(other), by)
            for other in family.members
            if other != str(statement)
        )

    def decided(self, family: Family) -> tuple[Decision, ...]:
        """What people decided about a family's members, to show and to undo."""
        return tuple(
            d
            for d in decisions.current_decisions(self.connection)
            if set(d.pair) & set(family.members)
        )

    def current(self, ids: Iterable[int]) -> dict[str, ReusedQuote]:
        """The sayings of statement rows by id, rejected ones too: what is compared."""
        return self._sayings(ids, _CURRENT)

    def _sayings(
        self, ids: Iterable[int], only: str = "", within: bool = False
    ) -> dict[str, ReusedQuote]:
        found: dict[str, ReusedQuote] = {}
        for part in tables.batches(list(ids)):
            rows = self.connection.execute(
                f"{_QUOTE_SQL} where s.id in ({tables.marks(part)}){only}", part
            ).fetchall()
            relays = self._relays(part)
            found.update(
                {str(r["id"]): _reused_quote(r, relays.get(r["id"], ()), within) for r in rows}
            )
        return found

    def _relays(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        """Who relays each statement, nearest the speaker first."""
        found: dict[int, tuple[str, ...]] = {}
        rows = self.connection.execute(
            "select p.statement_id, coalesce(e.name, p.words) as name from party p"
            " left join entity e on e.id = p.entity_id"
            f" where p.statement_id in ({tables.marks(ids)})"
            " and p.role = 'via' order by p.statement_id, p.n",
            ids,
        )
        for row in rows:
            found[row[0]] = (*found.get(row[0], ()), row[1])
        return found

    def _reach(self, statement: int, joined: set[tuple[str, str]]) -> tuple[set[int], list[Match]]:
        """All that hangs together with a statement, and the links among it."""
        beside: dict[int, set[int]] = {}
        for a, b in joined:
            beside.setdefault(int(a), set()).add(int(b))
            beside.setdefault(int(b), set()).add(int(a))
        reached, open_ = {statement}, [statement]
        links: dict[tuple[str, str], Match] = {}
        while open_:
            here = open_.pop()
            others = beside.get(here, set())
            for link in self._links([here]):
                links[link.a, link.b] = link
                others = others | {int(link.b if link.a == str(here) else link.a)}
            open_ += others - reached
            reached |= others
        return reached, list(links.values())

    def _links(self, ids: Iterable[int]) -> list[Match]:
        """The links of statements, each once."""
        if not self.made:
            return []
        found: dict[tuple[int, int], Match] = {}
        for part in tables.batches(list(ids)):
            for side in ("a", "b"):
                rows = self.connection.execute(
                    f"select * from kin where {side} in ({tables.marks(part)})", part
                )
                found.update({(r["a"], r["b"]): _match(r) for r in rows})
        return list(found.values())


def _reused_quote(row: sqlite3.Row, relayed: tuple[str, ...], within: bool) -> ReusedQuote:
    speaker = row["merged"] or row["speaker"]
    # Somebody only described is known in one article alone (`person:le maire@…`).
    if speaker is not None and "@" in speaker:
        speaker = speaker.partition("@")[0] if within else None
    language = row["language"]
    return ReusedQuote(
        id=str(row["id"]),
        article=row["article"],
        words=row["content"],
        outlet=row["outlet"],
        published=row["published"],
        language=None if language == "und" else language,
        speaker_key=speaker,
        form=row["form"],
        relayed=relayed,
        copy_of=row["copy_of"],
        speaker_name=row["named"] or row["shown"],
        speaker_named=row["named"] is not None,
        spans=serialization.spans(row["content_spans"]),
        cue=row["cue"],
        stance=row["stance"],
        gender=row["gender"],
    )


def _match(row: sqlite3.Row) -> Match:
    a, b = sorted((str(row["a"]), str(row["b"])))
    return Match(
        a, b, *(row[name] for name in ("score", "cover", "whole", "run", "telling", "days", "by"))
    )
