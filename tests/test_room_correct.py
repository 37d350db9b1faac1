"""Corrections in the room: every part of a statement, torn words, copies, by rule, of articles."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from room_browser import read_once
from selon.library.store import Library
from selon.web.app import create
from selon.web.corrections import parse_spans
from selon.web.import_job import CorrectedArticle, run_job
from selon.web.job_queue import JobQueue
from selon.web.settings import Settings
from test_room_review import wired

__all__ = ["read_once"]
BASE = "http://127.0.0.1:8000"
JSON = {"accept": "application/json"}


class Waiting(JobQueue):
    """The room's jobs, of which none is ever begun."""

    def _run(self) -> None:
        return


class Room(TestClient[Any]):
    """A client that knows the library's file, to look at what was kept."""

    def __init__(self, path: Path) -> None:
        made = create(path, Settings(lang="en"))
        self.desk = made.app.state.job_queue = Waiting()  # type: ignore[attr-defined]
        super().__init__(made, base_url=BASE)
        self.path = path


@pytest.fixture
def client(read_once: Path, tmp_path: Path) -> Iterator[Room]:
    path = tmp_path / "brenac.db"
    shutil.copy(read_once, path)
    with Room(path) as made:
        made.get("/review?lang=en")
        yield made


def row(client: Room, words: str, *names: str) -> tuple[Any, ...]:
    with Library(client.path, read_only=True) as library:
        found = library.connection.execute(
            f"select {', '.join(names)} from statement where current = 1 and content like ?",
            (f"%{words}%",),
        ).fetchone()
    return tuple(found)


def days_read(client: Room) -> str:
    """The days that the first article's current reading has: those of “lundi” and “mardi”."""
    with Library(client.path, read_only=True) as library:
        (times,) = library.connection.execute(
            "select r.times from reading r join version v on v.id = r.version_id"
            " where v.article_id = 1 and r.current = 1"
        ).fetchone()
    return str(times)


class Told(dict[str, Any]):
    """The room's end of a job's pipe."""

    def send(self, pair: tuple[str, Any]) -> None:
        self.update([pair])


def sent(client: TestClient[Any], at: str, data: dict[str, Any], **more: Any) -> Any:
    token = client.cookies["selon_csrf"]
    return client.post(at, data={**data, "_csrf_token": token}, follow_redirects=False, **more)


def test_every_part_is_corrected_at_once_and_undone_at_once(client: Room) -> None:
    told = ("speaker", "addressees", "via", "form", "stance", "said", "verdict")
    (number,) = row(client, "attendu", "id")
    before = row(client, "attendu", *told)
    fields = {
        "speaker": "Odile Marchepied",
        "addressee": "Zélie Coeurdeloup ; Rose Ortis",
        "via": "Le Phare",
        "form": "mixed",
        "stance": "conditional",
        "said": "28/02/2026",
    }
    answer = sent(client, f"/review/{number}", {"deed": "fields", **fields}, headers=JSON).json()
    assert answer["words"] == (
        "Corrected by reader: form, stance, date, who speaks, to whom, through whom."
    )
    assert row(client, "attendu", *told) == (
        *("Odile Marchepied", "Zélie Coeurdeloup; Rose Ortis", "Le Phare"),
        *("mixed", "conditional", "2026-02-28", "edited"),
    )
    page = client.get("/article/1").text
    for words in ("form corrected", "date corrected", "relay corrected"):
        assert words in page
    sent(client, "/review/statement", {"deed": f"undo {answer['uid']}"})
    assert row(client, "attendu", *told) == before


def test_what_is_left_as_it_was_is_not_judged(client: Room) -> None:
    (number,) = row(client, "attendu", "id")
    page = client.get(f"/review/{number}").text
    names = ("speaker", "addressee", "via", "said")
    given = {n: re.search(rf'name="{n}"[^>]* value="([^"]*)"', page)[1] for n in names}  # type: ignore[index]
    answer = sent(client, f"/review/{number}", {"deed": "fields", **given}, headers=JSON).json()
    assert answer == {"uid": "", "words": "Nothing was changed: it was like this already."}


def test_a_date_that_is_none_leaves_the_form_and_changes_nothing(client: Room) -> None:
    (number,) = row(client, "attendu", "id")
    given = {"deed": "fields", "said": "31/02/2026", "via": "Le Phare"}
    answer = sent(client, f"/review/{number}", given)
    assert answer.status_code == 400
    assert "“31/02/2026” is no date" in answer.text
    assert 'value="31/02/2026"' in answer.text
    assert 'value="Le Phare"' in answer.text
    assert row(client, "attendu", "via", "verdict") == (None, None)


def test_words_that_are_torn_apart(client: Room) -> None:
    number, spans = row(client, "attendu", "id", "content_spans")
    start, end = (int(n) for n in re.findall(r"\d+", spans)[:2])
    torn = f"{start}-{start + 4}, {start + 10}-{end}"
    sent(client, f"/review/{number}", {"deed": "content", "spans": torn, "start": 0, "end": 9})
    (content, now) = row(client, "longtemps", "content", "content_spans")
    assert now == f"[[{start},{start + 4}],[{start + 10},{end}]]"
    assert content.startswith("Nous […] ")
    assert f'value="{torn}"' in client.get(f"/review/{number}").text


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("4-9", [(4, 9)]),
        ("20-30, 4-9", [(4, 9), (20, 30)]),
        ("4-9,8-12", [(4, 12)]),
        ("", []),
        ("9-4", []),
        ("x-9", []),
        ("4-9-12", []),
    ],
)
def test_places_are_read_or_nothing(given: str, found: list[tuple[int, int]]) -> None:
    assert [(s.start, s.end) for s in parse_spans(given)] == found


def test_a_correction_holds_for_the_copies_on_the_wire(tmp_path: Path) -> None:
    path = wired(tmp_path)
    with Room(path) as client:
        client.get("/review")
        number, spans = row(client, "lundi matin", "id", "content_spans")
        start, end = (int(n) for n in re.findall(r"\d+", spans)[:2])
        short = {"deed": "content", "start": start, "end": end - 6}
        for data in ({"deed": "fields", "form": "indirect", "said": "2026-03-03"}, short):
            answer = sent(client, f"/review/{number}", data, headers=JSON).json()
            assert "1 copy corrected with it." in answer["words"]
        with Library(path, read_only=True) as library:
            told = library.connection.execute(
                "select form, said, content from statement where content like '%reprendra lundi'"
            ).fetchall()
        assert [tuple(r) for r in told] == [
            ("indirect", "2026-03-03", "Le bac reprendra lundi")
        ] * 2


def test_by_rule_is_looked_at_judged_and_undone_as_one(client: Room) -> None:
    page = client.get("/review?queue=rule&form=direct").text
    many = page.count('class="card sheet"')
    assert many > 1
    assert f"Judge all {many} statements well read" in page
    answer = sent(client, "/review/rule", {"deed": "accept", "form": "direct"})
    after = client.get(answer.headers["location"]).text
    assert f"{many} judgements made." in after
    assert 'class="card sheet"' not in client.get("/review?queue=rule&form=direct").text
    (undo,) = re.findall(r'value="(undo [^"]+)">Undo all', after)
    sent(client, "/review/statement", {"deed": undo})
    again = client.get("/review?queue=rule&form=direct").text
    assert again.count('class="card sheet"') == many
    # Nothing asked for is not everything.
    assert sent(client, "/review/rule", {"deed": "reject"}).status_code == 400


def test_a_batch_is_undone_by_its_place_in_the_log(client: Room) -> None:
    sent(client, "/review/rule", {"deed": "reject", "least": "0", "most": "0.999"})
    page = client.get("/review?undo=b1-9999999").text
    assert "Undo all of it" in page
    sent(client, "/review/statement", {"deed": "undo b1-9999999"})
    assert "Undo all of it" not in client.get("/review?undo=b1-9999999").text


def test_an_article_is_set_right_taken_out_and_put_back(client: Room) -> None:
    at = "/article/1/edit"
    wrong = sent(client, at, {"deed": "edit", "published": "31/02/2026", "outlet": "Le Phare"})
    assert wrong.status_code == 400
    assert 'value="Le Phare"' in wrong.text
    sent(client, at, {"deed": "edit", "published": "05/03/2026", "outlet": "Le Phare"})
    assert row(client, "attendu", "outlet", "published") == ("Le Phare", "2026-03-05")
    sent(client, at, {"deed": "remove"})
    assert client.get("/article/1", follow_redirects=True).text.count("Put it back") == 1
    assert "attendu" not in client.get("/?words=attendu").text.partition("<ol")[2]
    for _ in range(2):
        uid = re.search(r'value="(undo [^"]+)"', client.get(at).text)
        assert uid
        sent(client, at, {"deed": uid[1]})
    assert row(client, "attendu", "outlet", "published") == ("La Gazette", "2026-03-04")


def test_a_date_stands_in_its_box_as_people_type_it_and_is_no_correction(client: Room) -> None:
    at = "/article/1/edit"
    assert 'value="04/03/2026"' in client.get(at).text
    sent(client, at, {"deed": "edit", "published": "04/03/2026", "title": "Le pont"})
    # Only the title was corrected: nothing is read again.
    assert client.desk.jobs() == []
    assert row(client, "attendu", "published") == ("2026-03-04",)
    done = client.get(at).text.partition('id="done"')[2]
    assert "Le pont" in done
    assert "2026-03-04" not in done
    (number,) = row(client, "attendu", "id")
    sent(client, f"/review/{number}", {"deed": "fields", "said": "02/2026"}, headers=JSON)
    assert 'value="02/2026"' in client.get(f"/review/{number}").text


def test_an_article_whose_date_is_corrected_is_read_anew(client: Room) -> None:
    at = "/article/1/edit"
    assert '"2026-03-03"' in days_read(client)
    sent(client, at, {"deed": "edit", "title": "Le pont"})
    assert client.desk.jobs() == []
    sent(client, at, {"deed": "edit", "published": "12/03/2026"})
    (job,) = client.desk.jobs()
    assert job.order.anew is not None
    assert job.order.anew == CorrectedArticle(1, "Le pont", job.order.anew.uid)
    assert "being read again" in client.get("/article/1").text
    run_job(job.order, told := Told())
    # “mardi” is reckoned from the date as it is now; whoever is undone finds the former reading.
    assert told["articles"] == [(1, "Le pont")]
    assert row(client, "attendu", "published") == ("2026-03-12",)
    assert '"2026-03-10"' in days_read(client)
    uid = re.search(r'value="(undo [^"]+)"', client.get(at).text)
    assert uid
    sent(client, at, {"deed": uid[1]})
    assert row(client, "attendu", "published") == ("2026-03-04",)
    assert '"2026-03-03"' in days_read(client)


def test_a_read_only_room_refuses_all_of_it(read_once: Path) -> None:
    room = create(read_once, Settings(read_only=True))
    with TestClient(room, base_url=BASE) as client:
        client.get("/review")
        for at, data in (
            ("/review/1", {"deed": "fields", "form": "indirect"}),
            ("/review/rule", {"deed": "accept", "form": "direct"}),
            ("/article/1/edit", {"deed": "remove"}),
        ):
            assert "_csrf_token" not in client.get("/article/1/edit").text
            assert sent(client, at, data).status_code == 403
