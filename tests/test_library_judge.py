"""Judgements: laid over, undone exactly, held through new readings and edited articles."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from library_made import article, made, reader
from selon.errors import SelonError
from selon.library import add, fetch, judge, reattach, runs
from selon.library.find import Query, find
from selon.library.reanchor import reanchor_spans
from selon.library.store import Library
from selon.records import Party, Span

MAKER = runs.Maker("0", "test")


@pytest.fixture
def library(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Library(tmp_path / "a.db", create=True) as opened:
        add.add(opened, (article(n) for n in range(3)), reader, MAKER)
        yield opened


def state(library: Library) -> list[str]:
    """All that the library shows: every table but the log of judgements, and what is searched."""
    tables = [
        r[0]
        for r in library.connection.execute("select name from sqlite_master where type = 'table'")
        if not r[0].startswith(("words", "sqlite_")) and r[0] not in ("judgement", "attachment")
    ]
    rows = [
        f"{t} {tuple(r)}" for t in tables for r in library.connection.execute(f"select * from {t}")
    ]
    library.connection.execute("insert into words (words, rank) values ('integrity-check', 1)")
    return sorted(rows)


def ids(library: Library) -> dict[str, int]:
    return {r["content"]: r["id"] for r in find(library.connection, Query(limit=None))}


def one(library: Library, words: str) -> sqlite3.Row:
    return library.connection.execute(
        "select * from statement where current = 1 and content like ?", (f"%{words}%",)
    ).fetchone()


def missed(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"form": "indirect", "content": [[start, start + len(words)]]}


def every_kind(library: Library) -> list[str]:
    """One judgement of each kind, on three articles; their uids."""
    connection = library.connection
    keys = {r["name"]: r["key"] for r in connection.execute("select name, key from entity")}
    school, heart = one(library, "école n° 1")["id"], one(library, "ville n° 1")["id"]
    text = fetch.one(connection, 1).article.text
    start = text.index("l’école")
    return [
        judge.accept(library, school, "ana"),
        judge.reject(library, heart, "ana"),
        judge.edit(library, one(library, "école n° 0")["id"], (Span(start, start + 10),), "bob"),
        judge.speaker(
            library, one(library, "ville n° 0")["id"], judge.person(library, "Rose Ortis"), "ana"
        ),
        judge.speaker(library, one(library, "ville n° 2")["id"], None, "ana"),
        judge.add_missed(library, 1, missed(text, "Il faisait beau"), "ana"),
        judge.merge(library, keys["Basile Ortéga"], keys["Zélie Coeurdeloup"], "bob"),
        judge.split(
            library,
            keys["Zélie Coeurdeloup"],
            {"name": "Zélie Coeurdeloup (mère)", "articles": ["https://gazette.example/2"]},
            "bob",
        ),
    ]


def test_each_kind_shows(library: Library) -> None:
    every_kind(library)
    connection = library.connection
    assert one(library, "école n° 1")["verdict"] == "accepted"
    assert not list(find(connection, Query('"n° 1 bat"', speaker="Ortéga")))
    edited = one(library, "l’école n°")
    assert one(library, "ville n° 0")["speaker"] == "Rose Ortis"
    assert one(library, "ville n° 2")["speaker"] is None
    assert one(library, "Il faisait beau")["verdict"] == "added"
    assert one(library, "école n° 2")["speaker"] == "Zélie Coeurdeloup (mère)"
    assert one(library, "école n° 1")["addressees"] == "Zélie Coeurdeloup"
    assert edited is not None
    contents = {
        s.content[0].of(r.article.text) for r in fetch.current(connection) for s in r.statements
    }
    assert {"l’école n°", "Il faisait beau"} <= contents
    assert not any("ville n° 1" in c for c in contents)


@pytest.mark.parametrize("seed", range(6))
def test_undo_restores_the_former_state_exactly(library: Library, seed: int) -> None:
    states = [state(library)]
    before = states[0]
    uids = every_kind(library)
    chance = random.Random(seed)
    chance.shuffle(uids)
    for uid in uids:
        judge.undo(library, uid, "ana")
    assert state(library) == before
    with pytest.raises(SelonError, match=r"undone|annulé"):
        judge.undo(library, uids[0], "ana")


def test_undo_of_the_last_gives_the_state_before_it(library: Library) -> None:
    row = one(library, "école n° 0")["id"]
    text = fetch.one(library.connection, 1).article.text
    start = text.index("rouvrirons")
    states = []
    uids = []
    for deed in (
        lambda: judge.edit(library, row, (Span(start, start + 20),), "ana"),
        lambda: judge.speaker(library, row, judge.person(library, "Basile Ortéga"), "ana"),
        lambda: judge.edit(library, row, (Span(start, start + 30),), "bob"),
        lambda: judge.reject(library, row, "bob"),
        lambda: judge.accept(library, row, "ana"),
    ):
        states.append(state(library))
        uids.append(deed())
    while uids:
        judge.undo(library, uids.pop(), "ana")
        assert state(library) == states.pop()


def test_judgements_hold_through_a_new_reading(library: Library) -> None:
    every_kind(library)
    shown = {
        (s.content, r.article.id): s.speaker
        for r in fetch.current(library.connection)
        for s in r.statements
    }
    add.reread(library, reader, runs.Maker("1", "test"))
    again = {
        (s.content, r.article.id): s.speaker
        for r in fetch.current(library.connection)
        for s in r.statements
    }
    assert shown == again
    assert reattach.orphans(library.connection) == []
    assert one(library, "ville n° 0")["speaker"] == "Rose Ortis"
    assert one(library, "école n° 2")["speaker"] == "Zélie Coeurdeloup (mère)"


def test_a_trimmed_passage_is_the_same_a_shorter_one_is_not(library: Library) -> None:
    judge.reject(library, one(library, "école n° 1")["id"], "ana")
    judge.reject(library, one(library, "ville n° 2")["id"], "ana")

    def cut(articles):  # type: ignore[no-untyped-def]
        for of in articles:
            reading = made(of)
            yield replace(
                reading,
                statements=tuple(
                    replace(s, id=f"{s.id}x", content=(_shorter(s.content[0], of.text),))
                    for s in reading.statements
                ),
                voices=(),
            )

    def _shorter(span: Span, text: str) -> Span:
        drop = 2 if "école" in span.of(text) else 15
        return Span(span.start, span.end - drop)

    add.reread(library, cut, runs.Maker("1", "test"))
    assert one(library, "école n° 1")["verdict"] == "rejected"
    assert one(library, "cœur de")["verdict"] is None
    assert [o["relation"] for o in reattach.orphans(library.connection)] == ["rejected"]


def test_a_found_passage_takes_its_addition_over(library: Library) -> None:
    text = fetch.one(library.connection, 1).article.text
    judge.add_missed(library, 1, missed(text, "Il faisait beau"), "ana")

    def better(articles):  # type: ignore[no-untyped-def]
        for of in articles:
            reading = made(of)
            start = of.text.index("Il faisait beau")
            more = replace(
                reading.statements[0], id="new", content=(Span(start, start + 15),), speaker=Party()
            )
            yield replace(reading, statements=(*reading.statements, more))

    add.reread(library, better, runs.Maker("1", "test"))
    rows = library.connection.execute(
        "select key, origin, verdict from statement where current = 1 and article_id = 1"
        " and content = 'Il faisait beau'"
    ).fetchall()
    assert [tuple(r) for r in rows] == [("new", "read", "accepted")]


PARAGRAPHS = [
    "« Nous partirons demain matin », a dit Anna Lissac devant la presse réunie.",
    "Le temps était gris sur Brénac et la foule attendait, patiente, depuis l’aube.",
    "« C’est faux », a dit Basile Ortéga. La salle a murmuré longtemps après lui.",
    "On apprit plus tard que la route était coupée entre les deux vallées du nord.",
    "« C’est faux », a dit Rose Ortis. La salle a murmuré encore un peu avec elle.",
    "« Le pont tiendra encore cent ans », a écrit Zélie Marin. Personne n’y croyait.",
]


def edited(chance: random.Random) -> tuple[str, dict[int, int | None]]:
    """A scripted edit of the article, and where each paragraph's statement went (or nowhere)."""
    paragraphs: list[tuple[str, int | None]] = [(p, n) for n, p in enumerate(PARAGRAPHS)]
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(paragraphs))
        kind = chance.choice(["insert", "delete", "twin", "lookalike", "change", "move", "respeak"])
        text, origin = paragraphs[at]
        if kind == "insert":
            paragraphs.insert(at, (f"Un ajout n° {chance.randrange(99)} de la rédaction.", None))
        elif [p for p, _ in paragraphs].count(text) > 1:
            # Nobody can tell a twin that is left in its place from the paragraph itself.
            continue
        elif kind == "delete" and len(paragraphs) > 2:
            paragraphs.pop(at)
        elif kind == "twin":
            paragraphs.insert(at, (text, None))
        elif kind == "lookalike":
            paragraphs.insert(at, (text.replace("Lissac", "Morand").replace("Basile", "Luc"), None))
        elif kind == "change":
            paragraphs[at] = (text.replace("demain", "lundi").replace("cent", "mille"), origin)
            if paragraphs[at][0] != text:
                paragraphs[at] = (paragraphs[at][0], None)
        elif kind == "move":
            paragraphs.append(paragraphs.pop(at))
        elif kind == "respeak":
            other = text.replace("Anna Lissac", "Rose Ortis").replace("Basile Ortéga", "Rose Ortis")
            paragraphs[at] = (other, origin if other == text else None)
    body, places = "", dict.fromkeys(range(len(PARAGRAPHS)))
    for text, origin in paragraphs:
        if origin is not None:
            places[origin] = len(body) + text.find("«")
        body += text + "\n\n"
    return body, places


@pytest.mark.parametrize("seed", range(120))
def test_no_judgement_moves_to_a_lookalike(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    body = "".join(p + "\n\n" for p in PARAGRAPHS)
    first = article(1, body)
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [first], reader, MAKER)
        connection = library.connection
        marks = {}
        for number, paragraph in enumerate(PARAGRAPHS):
            if "«" in paragraph:
                at = body.index(paragraph) + paragraph.index("«")
                row = connection.execute(
                    "select id from statement where content_spans like ?", (f"[[{at + 2},%",)
                ).fetchone()
                marks[judge.accept(library, row["id"], "ana")] = number
        text, places = edited(chance)
        add.add(library, [replace(first, text=text, title="Retitré")], reader, MAKER)
        held = {
            r["uid"]: r["start"]
            for r in connection.execute(
                "select j.uid, json_extract(s.content_spans, '$[0][0]') as start from attachment t"
                " join judgement j on j.id = t.judgement_id"
                " join statement s on s.id = t.statement_id where s.current = 1"
            )
        }
        wrong = [uid for uid, start in held.items() if places[marks[uid]] != start - 2]
        assert wrong == []
        orphans = len(reattach.orphans(connection))
        assert orphans + len(held) == len(marks) or text == body


def test_untouched_passages_are_held_by_quotation(library: Library) -> None:
    uid = judge.reject(library, one(library, "ville n° 1")["id"], "ana")
    before = article(1)
    add.add(library, [replace(before, text="Mis à jour.\n\n" + before.text)], reader, MAKER)
    row = library.connection.execute(
        "select t.how, t.shift, s.verdict from attachment t join judgement j on"
        " j.id = t.judgement_id join statement s on s.id = t.statement_id"
        " where j.uid = ? and s.current = 1",
        (uid,),
    ).fetchone()
    assert tuple(row) == ("quotation", 13, "rejected")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "Alors « Oui », a dit Bob. Fin du texte.",
            "Eh. Alors « Oui », a dit Bob. Fin du texte.",
            4,
        ),
        ("Alors « Oui », a dit Bob. Fin.", "Alors « Non », a dit Bob. Fin.", None),
        ("Alors « Oui », a dit Bob. Fin.", "« Oui », a dit Bob, puis « Oui », a dit Bob.", None),
    ],
)
def test_place(old: str, new: str, found: int | None) -> None:
    start = old.index("Oui")
    hull = Span(start, old.index("Bob") + 3)
    placed = reanchor_spans(old, new, hull, attributed=True)
    assert (placed.shift if placed else None) == found


def test_two_logs_merge_to_one_state_in_any_order(tmp_path: Path) -> None:
    def fresh(name: str) -> Library:
        library = Library(tmp_path / name, create=True)
        add.add(library, (article(n) for n in range(3)), reader, MAKER)
        return library

    with fresh("a.db") as ana, fresh("b.db") as bob, fresh("c.db") as one_, fresh("d.db") as two:
        every_kind(ana)
        judge.accept(bob, one(bob, "ville n° 1")["id"], "bob")
        judge.reject(bob, one(bob, "école n° 2")["id"], "bob")
        logs = [judge.judgements(x.connection) for x in (ana, bob)]
        for library, order in ((one_, logs), (two, logs[::-1])):
            for log in order:
                judge.merge_log(library, log)
            assert judge.merge_log(library, logs[0]) == (0, 0)
        shown = [
            [
                tuple(r)
                for r in x.connection.execute(
                    "select key, content, speaker, addressees, verdict from statement order by key"
                )
            ]
            for x in (one_, two)
        ]
    assert shown[0] == shown[1]
    assert any(r[4] == "added" for r in shown[0])


def test_judging_what_is_not_there(library: Library) -> None:
    for deed in (
        lambda: judge.accept(library, 999, "ana"),
        lambda: judge.undo(library, "nul", "ana"),
        lambda: judge.merge(library, "a", "b", "ana"),
        lambda: judge.person(library, "@999"),
        lambda: judge.edit(library, 1, (Span(5, 10**9),), "ana"),
    ):
        with pytest.raises(SelonError):
            deed()


def test_what_is_judged_in_an_old_reading_holds_in_the_new_one(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [article(0)], reader, runs.Maker("0", "test"))
        old = library.connection.execute("select min(id) from statement").fetchone()[0]
        add.reread(library, reader, runs.Maker("1", "test"))
        judge.accept(library, old, "ana")
        shown = library.connection.execute(
            "select verdict from statement where current = 1 and key ="
            " (select key from statement where id = ?)",
            (old,),
        ).fetchall()
        assert [r[0] for r in shown] == ["accepted"]
