"""Opens knowledge bases and looks things up in them, by name, by id, by office and date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from importlib import resources
from pathlib import Path
from typing import Final, Self, cast

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from selon.closing import Closeable
from selon.errors import SelonError
from selon.i18n import _
from selon.kb import schema
from selon.kb.days import Window
from selon.kb.records import KbAnswer, KbCandidate, KbEntity, Tenure
from selon.kb.roles import OfficeRole, alike, many
from selon.kb.tenures import answer
from selon.names import fold, keys, likeness
from selon.records import EntityType

# Names of one key that are compared at most: a key that more share says too little by itself.
_MAX_NAMES_OF_KEY: Final = 400
# Of the names that share a key, so many of the closest letter by letter are compared in full.
_MAX_NAMES_COMPARED: Final = 40
# Below this, a name only shares a word with the one asked for.
_MIN_LIKENESS: Final = 0.6
# Names whose answers are kept: the news asks for the same ones all day.
_MAX_CACHED_NAMES: Final = 4096
_HEADS_OF_ONE_MATTER: Final = frozenset({"minister", "state-secretary", "minister-delegate"})


class Kb(Closeable):
    """One or several knowledge bases, open for reading; close it, or use it in a `with`."""

    def __init__(self, *paths: Path) -> None:
        """Open files; raises SelonError for one that is missing or of another version."""
        self._stack = ExitStack()
        self._databases: list[sqlite3.Connection] = []
        self._asked: dict[tuple[str, int], tuple[KbCandidate, ...]] = {}
        try:
            for path in paths:
                db = self._stack.enter_context(closing(_open(path)))
                self._databases.append(db)
        except SelonError:
            self._stack.close()
            raise

    @classmethod
    def default(cls) -> Self:
        """The small knowledge base that comes with Selon."""
        with resources.as_file(resources.files("selon") / "data" / "default.db") as path:
            return cls(path)

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def get(self, ident: str) -> KbEntity | None:
        """The thing of an id; names of several knowledge bases are put together."""
        found = [t for db in self._databases for t in _entities(db, "id = ?", (ident,))]
        return _merge(found) if found else None

    def named(self, name: str, limit: int = 10) -> tuple[KbCandidate, ...]:
        """Things whose name is like this one, best first; a lone word must sound the same."""
        found = self._asked.get((name, limit))
        if found is None:
            if len(self._asked) >= _MAX_CACHED_NAMES:
                self._asked.clear()
            found = self._asked[name, limit] = self._named(name, limit)
        return found

    def _named(self, name: str, limit: int) -> tuple[KbCandidate, ...]:
        wanted = keys(name)
        best: dict[str, KbCandidate] = {}
        # Names that sound all the same first: where one is the very name, the rest matters not.
        for tier in (wanted[-1:], wanted[:-1]):
            for db in self._databases:
                for thing, spelling in _worth(name, list(_spellings(db, tier))):
                    exact = fold(spelling) == fold(name)
                    alike = 1.0 if exact else likeness(name, spelling)
                    other = best.get(thing)
                    if alike >= _MIN_LIKENESS and (
                        other is None or (exact, alike) > (other.exact, other.likeness)
                    ):
                        best[thing] = KbCandidate(
                            KbEntity(thing, "unknown", ()), spelling, alike, exact
                        )
            if any(c.exact for c in best.values()):
                break
        ranked = sorted(best.values(), key=lambda c: (not c.exact, -c.likeness, c.thing.id))[:limit]
        whole = ((c, self.get(c.thing.id)) for c in ranked)
        return tuple(KbCandidate(t, c.name, c.likeness, c.exact) for c, t in whole if t)

    def tenures_of(self, ident: str) -> tuple[Tenure, ...]:
        """The offices that somebody held."""
        return self._tenures("thing.id = ?", (ident,))

    def holders(self, role: OfficeRole, country: str | None, asked: Window) -> KbAnswer:
        """Who held the office of a role, in a country, on the days asked; or why nobody is named.

        The office of exactly these words comes first; failing that, the wider offices that hold
        them all: « ministre de la Défense », Minister of Defence and Armed Forces Logistics.
        """
        if role.head is None:
            return KbAnswer("no-role")
        if country is None:
            country = self._only_country(role)
            if country is None:
                return KbAnswer("no-country")
        if role.head in many():
            return KbAnswer("many")
        exact = [t for key in alike(role, country) for t in self._of_key(country, key)]
        if "interim" in role.marks:
            exact = [t for t in exact if t.interim]
            return answer(exact, asked) if exact else KbAnswer("interim")
        found = answer(exact, asked) if exact else KbAnswer("no-office")
        if found.why not in ("none", "no-office"):
            return found
        min_words = 1 if role.head in _HEADS_OF_ONE_MATTER else 2
        wider = [
            t
            for key in alike(role, country)
            if len(key.partition(":")[2].split()) >= min_words
            for t in self._wider(country, key)
        ]
        if not wider:
            return found
        # Each wider office is reckoned by itself: its holders do not succeed those of another.
        answers = [
            answer([t for t in wider if t.key == key], asked) for key in {t.key for t in wider}
        ]
        return _combine([a for a in answers if a.why != "none"], found)

    def _tenures(self, where: str, values: Iterable[str | None]) -> tuple[Tenure, ...]:
        found = [
            Tenure(holder, key, country, label, start, end, known, bool(interim))
            for db in self._databases
            for holder, key, country, label, start, end, known, interim in db.execute(
                "select thing.id, office.key, office.country, ifnull(office.french, office.label),"
                " tenure.start, tenure.end, tenure.known, tenure.interim"
                " from tenure join office on office.n = tenure.office"
                f" join thing on thing.n = tenure.holder where {where}",
                tuple(values),
            )
        ]
        return tuple(dict.fromkeys(found))

    def _of_key(self, country: str | None, key: str) -> tuple[Tenure, ...]:
        return self._tenures("office.country is ? and office.key = ?", (country, key))

    def _wider(self, country: str, key: str) -> Iterator[Tenure]:
        head, _, matter = key.partition(":")
        asked = set(matter.split())
        for db in self._databases:
            for (other,) in db.execute(
                "select key from office where head = ? and country = ?", (head, country)
            ).fetchall():
                if asked < set(other.partition(":")[2].split()):
                    yield from self._of_key(country, other)

    def _only_country(self, role: OfficeRole) -> str | None:
        """The one country that has an office of proper words: « gouverneur du Texas »."""
        if not role.proper:
            return None
        found = {
            row[0]
            for db in self._databases
            for row in db.execute(
                "select country from office where head = ? and key = ?", (role.head, role.key)
            )
        }
        return cast(str | None, found.pop()) if len(found) == 1 else None


def _combine(answers: list[KbAnswer], otherwise: KbAnswer) -> KbAnswer:
    people = tuple(dict.fromkeys(h for a in answers for h in a.holders))
    held = tuple(t for a in answers for t in a.tenures)
    if not people:
        return otherwise
    if len(people) > 1:
        return KbAnswer("several", people, held, wider=True)
    sure = any(a.why == "found" for a in answers)
    return KbAnswer("found" if sure else answers[0].why, people, held, wider=True)


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise SelonError(
            _("{path}: no such knowledge base; make one with `selon kb build`.").format(path=path)
        )
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    found = schema.version(db)
    if found == schema.VERSION:
        return db
    db.close()
    if found is None:
        raise SelonError(
            _("{path}: not a knowledge base; make one with `selon kb build`.").format(path=path)
        )
    raise SelonError(
        _(
            "{path}: a knowledge base of version {found}, while this Selon reads version {read}; "
            "build it again with `selon kb build`."
        ).format(path=path, found=found, read=schema.VERSION)
    )


def _spellings(db: sqlite3.Connection, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Ids and names that share a key, the most telling keys first; crowded keys are left out."""
    seen: set[int] = set()
    for key in wanted:
        rows = db.execute(
            "select name from key where key = ? limit ?", (key, _MAX_NAMES_OF_KEY + 1)
        ).fetchall()
        if len(rows) > _MAX_NAMES_OF_KEY and not key.startswith("="):
            continue
        seen.update(n for (n,) in rows)
    numbers = sorted(seen)
    for at in range(0, len(numbers), 500):
        piece = numbers[at : at + 500]
        yield from db.execute(
            "select thing.id, name.name from name join thing on thing.n = name.thing"
            f" where name.n in ({','.join('?' * len(piece))})",
            piece,
        )


def _worth(name: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if len(found) <= _MAX_NAMES_COMPARED:
        return found
    closest = process.extract(
        name,
        [spelling for _, spelling in found],
        scorer=fuzz.token_set_ratio,
        processor=default_process,
        limit=_MAX_NAMES_COMPARED,
    )
    return [found[at] for _, _, at in closest]


def _entities(db: sqlite3.Connection, where: str, values: tuple[str, ...]) -> Iterator[KbEntity]:
    for number, ident, kind, gender, countries in db.execute(
        f"select n, id, type, gender, countries from thing where {where}", values
    ).fetchall():
        names = db.execute("select name from name where thing = ? order by n", (number,)).fetchall()
        yield KbEntity(
            ident,
            cast(EntityType, kind),
            tuple(n for (n,) in names),
            gender,
            tuple(countries.split()),
        )


def _merge(things: list[KbEntity]) -> KbEntity:
    first = things[0]
    names = tuple(dict.fromkeys(n for t in things for n in t.names))
    countries = tuple(dict.fromkeys(c for t in things for c in t.countries))
    genders = {t.gender for t in things if t.gender}
    # Two knowledge bases that disagree tell none.
    gender = genders.pop() if len(genders) == 1 else None
    return KbEntity(first.id, first.type, names, gender, countries)
