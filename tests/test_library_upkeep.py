"""Articles taken out and set right, libraries merged and copied; all of it undone or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from library_made import article, made, reader
from selon.cli import main
from selon.errors import SelonError
from selon.library import add, article_edits, doctor, fetch, judge, merge
from selon.library.find import Query, find
from selon.library.runs import Maker
from selon.library.store import Library

MAKER = Maker("0", "test")
LONG = (
    " ".join(f"mot{n}" for n in range(60))
    + ". « Nous rouvrirons l’école dès lundi », a dit Mme Zélie Coeurdeloup."
)


def filled(path: Path, *numbers: int) -> Library:
    library = Library(path, create=True)
    add.add(library, [article(n) for n in numbers], reader, MAKER)
    return library


def state(library: Library) -> list[tuple[object, ...]]:
    """All that people see: articles, statements, people."""
    connection = library.connection
    return [
        *map(
            tuple,
            connection.execute(
                "select id, key, url, outlet, title, published, copy_of, removed from article"
            ),
        ),
        *map(
            tuple,
            connection.execute(
                "select id, current, outlet, published, speaker from statement order by id"
            ),
        ),
        *map(tuple, connection.execute("select id, current from reading order by id")),
        *map(tuple, connection.execute("select reading_id, current from voicing order by 1")),
    ]


def test_what_is_taken_out_is_nowhere_and_comes_back(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 0, 1, 2) as library:
        before = state(library)
        rows = article_edits.articles(library.connection, ["#2", "https://gazette.example/2"])
        uid = article_edits.remove(library, rows, "human:anna")
        assert [r.article.id for r in fetch.current(library.connection)] == ["art-0"]
        assert {r["title"] for r in find(library.connection, Query())} == {"Titre 0"}
        # Added again it stays out, and so does a new version of it.
        assert add.add(library, [article(1), article(1, outlet="Autre")], reader, MAKER).known == 1
        assert {r["title"] for r in find(library.connection, Query())} == {"Titre 0"}
        article_edits.undo(library, uid, "human:anna")
        titles = {r.article.title for r in fetch.current(library.connection)}
        assert titles >= {"Titre 0", "Titre 2"}
        with pytest.raises(SelonError):
            article_edits.undo(library, uid, "human:anna")
    with filled(tmp_path / "b.db", 0, 1, 2) as library:
        uid = article_edits.remove(library, [1, 3], "human:anna")
        article_edits.undo(library, uid, "human:anna")
        assert state(library) == before


def test_copies_follow_the_earliest_that_is_here(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(
            library,
            [article(n, body=LONG, published="2026-03-12") for n in range(3)],
            reader,
            MAKER,
        )

        def heads() -> list[tuple[int, int | None]]:
            return [
                tuple(r)
                for r in library.connection.execute("select id, copy_of from article order by id")
            ]

        before = heads()
        assert before == [(1, None), (2, 1), (3, 1)]
        uid = article_edits.remove(library, [1], "human:anna")
        assert heads() == [(1, 2), (2, None), (3, 2)]
        article_edits.undo(library, uid, "human:anna")
        assert heads() == before


def test_outlet_and_date_are_set_right(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 0) as library:
        before = state(library)
        uid = article_edits.edit(
            library,
            1,
            {"outlet": "Le Fanal", "published": "28/06/2020", "title": " "},
            "human:anna",
            reader,
        )
        (reading,) = fetch.current(library.connection)
        assert (reading.article.outlet, reading.article.published) == ("Le Fanal", "2020-06-28")
        assert reading.article.title is None
        rows = list(
            find(library.connection, Query(outlet="Le Fanal", since="2020-06", until="30/06/2020"))
        )
        assert len(rows) == 2
        # The file, added again, is known and changes nothing.
        assert add.add(library, [article(0)], reader, MAKER).known == 1
        assert next(fetch.current(library.connection)).article.outlet == "Le Fanal"
        # Its date changed: it was read anew, beside the old reading.
        assert library.connection.execute("select count(*) from reading").fetchone()[0] == 2
        article_edits.undo(library, uid, "human:anna")
        after = state(library)
        kept = [row for row in after if row in before]
        assert len(kept) >= len(before) - 2
        assert next(fetch.current(library.connection)).article.outlet == "La Gazette de Brénac"
        assert {r["outlet"] for r in find(library.connection, Query())} == {"La Gazette de Brénac"}
        assert len(list(find(library.connection, Query()))) == 2


@pytest.mark.parametrize(
    "changes", [{}, {"text": "x"}, {"published": "03/28/2020x"}, {"outlet": "La Gazette de Brénac"}]
)
def test_what_cannot_be_set_right_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with filled(tmp_path / "a.db", 0) as library:
        before = state(library)
        with pytest.raises(SelonError):
            article_edits.edit(library, 1, changes, "human:anna")
        assert state(library) == before
        with pytest.raises(SelonError):
            article_edits.articles(library.connection, ["https://nowhere.example/"])


def test_the_log_says_who_did_what(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 0, 1) as library:
        article_edits.edit(library, 1, {"title": "Neuf"}, "human:anna")
        article_edits.remove(library, [2], "human:luc")
        removed, edited = article_edits.changes(library.connection)
    assert (removed["deed"], removed["by"]) == ("remove", "human:luc")
    assert (edited["before"]["title"], edited["after"]["title"]) == ("Titre 0", "Neuf")


def test_two_libraries_become_one(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 0, 1) as one, filled(tmp_path / "b.db", 1, 2) as two:
        rejected = two.connection.execute(
            "select s.id from statement s join article a on a.id = s.article_id where a.key like '%/2'"
        ).fetchone()[0]
        judge.reject(two, rejected, "luc")
        merged = merge.merge(one, tmp_path / "b.db")
        assert (merged.tally.added, merged.tally.known) == (1, 1)
        assert (merged.judgements, merged.away) == (1, 0)
        ids = [r.article.id for r in fetch.current(one.connection)]
        assert sorted(ids) == ["art-0", "art-1", "art-2"]
        third = next(r for r in fetch.current(one.connection) if r.article.id == "art-2")
        assert len(third.statements) == len(made(article(2)).statements) - 1
        # What was judged there is a judgement here, and may be taken back.
        (row,) = one.connection.execute("select uid from judgement").fetchall()
        judge.undo(one, row[0], "human:anna")
        third = next(r for r in fetch.current(one.connection) if r.article.id == "art-2")
        assert len(third.statements) == len(made(article(2)).statements)
        # Again: nothing is new. The other file is as it was.
        assert merge.merge(one, tmp_path / "b.db").tally.added == 0
        assert (
            two.connection.execute(
                "select count(*) from judgement where undone_at is null"
            ).fetchone()[0]
            == 1
        )


def test_a_backup_is_whole_and_overwrites_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 0, 1) as library:
        library.connection.execute("begin immediate")
        library.connection.execute("update article set title = 'half'")
        # Taken while another writes: without what is not yet committed.
        doctor.backup(tmp_path / "a.db", tmp_path / "copy.db")
        library.connection.execute("rollback")
    with Library(tmp_path / "copy.db") as copy:
        assert [r.article.title for r in fetch.current(copy.connection)] == ["Titre 0", "Titre 1"]
    with pytest.raises(SelonError):
        doctor.backup(tmp_path / "a.db", tmp_path / "copy.db")
    (tmp_path / "folder").mkdir()
    doctor.backup(tmp_path / "a.db", tmp_path / "folder")
    assert len(list((tmp_path / "folder").iterdir())) == 1
    with pytest.raises(SelonError):
        doctor.backup(tmp_path / "none.db", tmp_path / "x.db")


def test_a_folder_that_is_not_there_yet_holds_the_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path / "a.db", 0, 1).close()
    assert main(["backup", f"{tmp_path}/copies/", "--library", str(tmp_path / "a.db")]) == 0
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.suffix == ".db"
    assert copy.name in capsys.readouterr().err.replace("\n", "")
