"""Linked to a knowledge base by hand: laid over what was read, undone, carried to another library."""

from __future__ import annotations

from pathlib import Path

import pytest

from library_made import article, reader
from selon.cli import main
from selon.errors import SelonError
from selon.library import add, fetch, judge
from selon.library.find import Query, count
from selon.library.person_account import who
from selon.library.store import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "x.db", create=True)
    add.add(made, [article(n) for n in range(1, 4)], reader)
    return made


def _kb(library: Library) -> object:
    return who(library.connection, "Zélie Coeurdeloup")[0]["kb"]


def _exported(library: Library) -> set[str | None]:
    readings = fetch.readings_of_query(library.connection, Query())
    return {e.kb for r in readings for e in r.entities if e.name == "Zélie Coeurdeloup"}


def test_linked_and_undone(library: Library) -> None:
    with library:
        key = str(judge.person(library, "Zélie Coeurdeloup")["key"])
        uid = judge.identify(library, key, "Q777", "test")
        assert _kb(library) == "Q777"
        assert _exported(library) == {"Q777"}
        assert count(library.connection, Query(speaker="Q777")) == 3
        later = judge.identify(library, key, "Q778", "other")
        assert _kb(library) == "Q778"
        judge.undo(library, later, "test")
        assert _kb(library) == "Q777"
        judge.undo(library, uid, "test")
        assert (_kb(library), _exported(library)) == (None, {None})


def test_what_the_program_linked_is_unlinked_and_comes_back(library: Library) -> None:
    with library:
        library.connection.execute(
            "update entity set kb = 'Q5', key = 'kb:Q5' where name = 'Zélie Coeurdeloup'"
        )
        uid = judge.identify(library, "kb:Q5", None, "test")
        assert (_kb(library), _exported(library)) == (None, {None})
        judge.undo(library, uid, "test")
        assert (_kb(library), _exported(library)) == ("Q5", {"Q5"})


def test_articles_added_later_keep_the_link_and_a_log_carries_it(
    library: Library, tmp_path: Path
) -> None:
    with library, Library(tmp_path / "y.db", create=True) as other:
        key = str(judge.person(library, "Zélie Coeurdeloup")["key"])
        judge.identify(library, key, "Q777", "test")
        add.add(library, [article(9)], reader)
        assert _kb(library) == "Q777"
        add.add(other, [article(5)], reader)
        judge.merge_log(other, judge.judgements(library.connection))
        assert _kb(other) == "Q777"


@pytest.mark.parametrize("bad", ["", "<b>", "Q1 Q2", "x" * 200, "é", "-"])
def test_what_is_no_id(library: Library, bad: str) -> None:
    with library:
        key = str(judge.person(library, "Zélie Coeurdeloup")["key"])
        with pytest.raises(SelonError, match="Q1234"):
            judge.identify(library, key, bad, "test")


def test_by_the_command_line(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["judge", "--library", str(library.path), "identify", "Zélie Coeurdeloup"]
    with library:
        assert main([*order, "Q777"]) == 0
        assert _kb(library) == "Q777"
        assert main([*order, "-"]) == 0
        assert _kb(library) is None
        capsys.readouterr()
        assert main(["judge", "--library", str(library.path), "log"]) == 0
        assert '"is"' in capsys.readouterr().out
