"""Properties of tying, whatever the articles: the order, the batches, what a person undid, no tie twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from library_made import spoken
from selon.library import add, identity, judge, runs
from selon.library.store import Library
from selon.records import Reading

MAKER = runs.Maker("0", "test")
NAMES = (
    "Gabi Ashkenazi", "Gabi Achkénazi", "Gabi S. Achkenazi", "Ashkenazi", "Gabi A.", "גבי אשכנזי",
    "Anna Rouvier", "Ana Rouvière", "Dominique Roux",
)  # fmt: skip
ROLES = ("", "ministre iranienne de l'Énergie", "ministre turque de l'Énergie", "boulangère")
TITLES = ("", "", "M. ", "Mme ")
IDS = (None, None, None, "Q1", "Q2")

people = st.tuples(*map(st.sampled_from, (NAMES, ROLES, TITLES, IDS)))
libraries = st.lists(people, min_size=2, max_size=6)


def readings(told: Sequence[tuple[str, str, str, str | None]]) -> list[Reading]:
    found = []
    for n, (name, role, title, ident) in enumerate(told):
        found.append(spoken(n, title, name, roles=(role,) if role else (), kb=ident))
    return found


def filled(folder: Path, batches: Sequence[Sequence[Reading]]) -> Library:
    library = Library(folder / "a.db", create=True)
    for batch in batches:
        add.load(library, batch, MAKER)
    return library


def groups(library: Library) -> set[frozenset[str]]:
    """Who is one: the keys of the rows of each."""
    found: dict[int, set[str]] = {}
    for head, key in library.connection.execute("select coalesce(same_as, id), key from entity"):
        found.setdefault(head, set()).add(key)
    return {frozenset(keys) for keys in found.values()}


def standing(library: Library) -> list[tuple[str, str]]:
    return library.connection.execute(
        "select subject, object from judgement where relation = 'same as' and undone_at is null"
    ).fetchall()


def shown(library: Library) -> list[tuple[object, ...]]:
    """What a reader sees of each statement's speaker, by article."""
    rows = library.connection.execute(
        "select a.key, h.key, s.speaker, h.gender, h.gender_by, h.kind from statement s"
        " join article a on a.id = s.article_id left join entity h on h.id = s.speaker_id"
    )
    return sorted(map(tuple, rows))


@settings(max_examples=500, deadline=None)
@given(libraries, st.data())
def test_neither_order_nor_batches_matter(
    told: list[tuple[str, str, str, str | None]], data: st.DataObject
) -> None:
    whole = readings(told)
    order = data.draw(st.permutations(whole))
    cut = data.draw(st.integers(0, len(order)))
    seen = []
    for batches in ([whole], [order[:cut], order[cut:]], [[one] for one in order]):
        with TemporaryDirectory() as name, filled(Path(name), batches) as library:
            seen.append((groups(library), shown(library)))
            assert identity.link(library) == 0, "all that is one is tied already"
            assert len(set(map(frozenset, standing(library)))) == len(standing(library))
    assert seen[0] == seen[1] == seen[2]


def test_who_is_never_named_in_full_is_called_the_same_in_every_order() -> None:
    told = [
        ("Gabi Ashkenazi", "", "", None),
        ("Ashkenazi", "", "", "Q1"),
        ("Gabi A.", "", "", "Q1"),
    ]
    names = set()
    for order in permutations(readings(told)):
        with TemporaryDirectory() as name, filled(Path(name), [order]) as library:
            names.add(tuple(row[2] for row in shown(library)))
    assert names == {("Gabi Ashkenazi", "Ashkenazi", "Ashkenazi")}


@settings(max_examples=500, deadline=None)
@given(libraries, people, st.integers(0, 99))
def test_what_a_person_undid_stays_undone(
    told: list[tuple[str, str, str, str | None]], later: tuple[str, str, str, str | None], n: int
) -> None:
    whole = readings([*told, later])
    with TemporaryDirectory() as name, filled(Path(name), [whole[:-1]]) as library:
        ties = library.connection.execute(
            "select uid, subject, object from judgement where relation = 'same as'"
            " and undone_at is null order by uid"
        ).fetchall()
        if not ties:
            return
        uid, one, other = ties[n % len(ties)]
        judge.undo(library, uid, "ana")
        for again in ([], whole[-1:]):
            if again:
                add.load(library, again, MAKER)
            identity.link(library)
            assert (one, other) not in standing(library)
            assert not any({one[7:], other[7:]} <= group for group in groups(library))


def ids(library: Library) -> Iterator[set[str]]:
    for group in groups(library):
        yield {key for key in group if key.startswith("kb:")}


@settings(max_examples=500, deadline=None)
@given(libraries)
def test_two_ids_are_never_one(told: list[tuple[str, str, str, str | None]]) -> None:
    with TemporaryDirectory() as name, filled(Path(name), [readings(told)]) as library:
        assert all(len(found) < 2 for found in ids(library))
