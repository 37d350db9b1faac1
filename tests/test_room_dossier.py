"""A dossier from a quotation to a printed page; saved searches and what is new; coverage compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from lxml import etree
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit
from selon.cli import main
from selon.library.store import Library
from selon.reuse.store import ReuseStore
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "read_once", "room", "visit"]
expect.set_options(timeout=60_000)
BASE = "http://127.0.0.1:8000"


def test_a_dossier_from_a_check_to_paper(visit: Visit, axe: str) -> None:
    tab = visit("/check?words=Le+pont+rouvrira+lundi&lang=en")
    tab.get_by_role("link", name="Open a dossier on it").click()
    tab.locator("#speaker").fill("Zélie Coeurdeloup")
    tab.locator("form.form button").click()
    expect(tab.locator("h1")).to_contain_text("Le pont rouvrira lundi")
    at = tab.url
    # A statement with such words is offered, and taken in with what it bears.
    tab.get_by_role("button", name="contradicts").first.click()
    expect(tab.locator(".bear.con")).to_contain_text("peut-être")
    tab.locator("#summary").fill("Elle a dit peut-être.")
    tab.get_by_role("button", name="Keep it").first.click()
    expect(tab.locator(".summary")).to_have_text("Elle a dit peut-être.")
    tab.locator("#title").fill("Arrêté municipal 12")
    tab.locator("#url").fill("mairie.example/12")
    tab.locator("#kind").select_option("official document")
    tab.locator("#seen").fill("28/06/2026")
    tab.get_by_role("button", name="Add the source").click()
    source = tab.locator("table.sources tr", has_text="Arrêté municipal 12")
    expect(source.locator("a.original")).to_have_attribute("href", "https://mairie.example/12")
    expect(source).to_contain_text("official document")
    expect(source).to_contain_text("28 June 2026")
    # The articles that the statements stand in are sources, too.
    expect(tab.locator("table.sources a.original")).to_have_count(2)
    tab.locator("#note").fill("Rappeler la mairie lundi.")
    tab.get_by_role("button", name="Add the note").click()
    tab.locator("#finding").select_option("inaccurate")
    tab.locator("#holder").fill("Anouk R.")
    tab.locator("#state ~ form .main").click()
    expect(tab.locator(".head .tag.hot")).to_have_text("inaccurate")
    # Only what contradicts is shown where that is asked for; the page to send keeps the choice.
    narrow = tab.locator(".narrow")
    expect(narrow.get_by_role("link")).to_have_text(["All 1", "− contradicts 1"])
    narrow.get_by_role("link", name="contradicts").click()
    expect(tab.locator(".bear")).to_have_count(1)
    assert "bears=contradicts" in str(tab.locator("a[href*='/share']").first.get_attribute("href"))
    narrow.get_by_role("link", name="All").click()
    expect(tab.locator(".bear")).to_have_count(1)
    # The finding is taken back, and holds no more.
    tab.locator("#history ~ ul li", has_text="finding").get_by_role("button").click()
    expect(tab.locator(".head .tag.hot")).to_have_count(0)
    expect(tab.locator("#history ~ ul")).to_contain_text("undone by")
    tab.goto(f"{at}/share")
    expect(tab.locator("main")).to_contain_text("Arrêté municipal 12")
    assert "Rappeler la mairie" not in tab.locator("main").inner_text()
    assert tab.locator("main form").count() == 0
    tab.emulate_media(media="print")
    expect(tab.locator(".summary")).to_be_visible()
    shoot(tab, "dossier-paper")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.emulate_media(media="screen")
    tab.goto(at)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    seen = visit(at.partition("127.0.0.1:")[2].partition("/")[2].join(("/", "")), bypass_csp=True)
    assert [f for f in faults_of(seen, axe) if f[1] in ("serious", "critical")] == []


@pytest.fixture
def path(read_once: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "a.db"
    copy.write_bytes(read_once.read_bytes())
    return copy


@pytest.fixture
def client(path: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(path, Settings(lang="en")), base_url=BASE) as client:
        client.get("/sign")
        yield client


def _post(client: TestClient[Any], at: str, **data: Any) -> Any:
    return client.post(at, data={**data, "_csrf_token": client.cookies["selon_csrf"]})


def test_a_dossier_is_written_as_claim_review(client: TestClient[Any]) -> None:
    claim = "Le pont </script> rouvrira lundi"
    _post(client, "/dossier", claim=claim, speaker="Zélie Coeurdeloup", statement="1")
    _post(client, "/dossier/1", deed="state", status="closed", finding="inaccurate", holder="Ana")
    _post(client, "/dossier/1", deed="source", title="Arrêté", url="https://mairie.example/12")
    _post(client, "/dossier/1", deed="source", title="Faux", url="javascript:alert(1)")
    answer = client.get("/dossier/1/claimreview")
    told = answer.json()
    assert told["@type"] == "ClaimReview"
    assert told["claimReviewed"] == claim
    assert told["itemReviewed"]["author"] == {"@type": "Person", "name": "Zélie Coeurdeloup"}
    assert told["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "inaccurate",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert [s["url"] for s in told["citation"]] == ["https://mairie.example/12"]
    assert "javascript:" not in client.get("/dossier/1").text


def test_what_bears_and_its_sources_are_a_table(client: TestClient[Any], path: Path) -> None:
    made = path.with_suffix(".jsonl")
    for n, outlet, day in ((1, "Le Phare", "02"), (2, "Le Quai", "03")):
        text = "« Les travaux de la digue coûteront quatre millions d’euros »"
        text += " sans compter la route" if n == 2 else ""
        article = {"id": f"v{n}", "outlet": outlet, "published": f"2026-04-{day}", "language": "fr"}
        article["text"] = f"{text}, a déclaré Zélie Coeurdeloup à la presse."
        made.write_bytes(orjson.dumps({**article, "url": f"https://v{n}.example/"}))
        assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
        first, second = (
            row[0]
            for row in library.connection.execute(
                "select id from statement where content like '%travaux de la digue%' and current = 1"
                " order by id"
            )
        )
    _post(client, "/dossier", claim="=La digue coûtera quatre millions")
    _post(client, "/dossier/1", deed="statement", statement=str(first), bears="supports")
    page = client.get("/dossier/1").text
    # The same words in another outlet are told of, and are no statement of the dossier yet.
    assert "1 version elsewhere" in page
    assert f"#s{second}" in page
    _post(client, "/dossier/1", deed="source", title="=HYPERLINK(1)", url="https://m.example/9")
    table = client.get("/dossier/1/table").text.splitlines()
    assert [line.split(",")[0] for line in table[1:]] == ["statement", "version", "source"]
    assert "https://v2.example/" in table[2]
    # No spreadsheet takes a title for a formula.
    assert ",'=HYPERLINK(1)," in table[3]
    entry = page.partition("deed")[2] and page.partition('value="undo ')[2].partition('"')[0]
    _post(client, "/dossier/1", deed=f"bears {entry} contradicts")
    assert "bear con" in client.get("/dossier/1").text
    assert "bear con" not in client.get("/dossier/1?bears=supports").text
    assert client.get("/dossier/1/table?bears=supports").text.count("\n") == 2
    told = client.get("/dossier/1/claimreview").json()
    assert "https://v1.example/" in [c["url"] for c in told["citation"]]
    assert "appearance" not in told["itemReviewed"]
    shown = client.get("/dossier/1/share").text
    assert "Le Quai" in shown
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]


def test_the_nearest_statement_is_offered_first(client: TestClient[Any], path: Path) -> None:
    made = path.with_suffix(".jsonl")
    said = "La digue neuve coûtera quatre millions d’euros à la commune de Brénac cet hiver"
    near = said.replace("quatre", "douze").replace(" cet hiver", " au printemps")
    for n, words in ((1, near), (2, said)):
        text = f"« {words} », a déclaré Zélie Coeurdeloup à la presse."
        article = {"id": f"s{n}", "text": text, "published": f"2026-04-0{n}", "language": "fr"}
        made.write_bytes(orjson.dumps({**article, "outlet": f"Le Quai {n}"}))
        assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
    _post(client, "/dossier", claim=said)
    offered = client.get("/dossier/1").text.partition('class="screen" open')[2]
    first, second = (offered.split("<li>")[n] for n in (1, 2))
    assert "quatre" in first
    assert "douze" in second


def test_the_table_has_the_versions_of_all_and_the_page_says_where_it_stops(
    client: TestClient[Any], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selon.web import versions
    from selon.web.pages import dossier

    monkeypatch.setattr(dossier, "MAX_STATEMENTS", 1)
    monkeypatch.setattr(versions.versions, "__defaults__", (1,))
    made = path.with_suffix(".jsonl")
    for n, words in enumerate(("Le bac sera gratuit tout l’été", "La jetée rouvrira au public")):
        for outlet in ("Le Quai", "Le Soir"):
            text = f"« {words} pour les habitants de Brénac », a déclaré Zélie Coeurdeloup."
            article = {"id": f"v{n}{outlet}", "text": text, "outlet": outlet, "language": "fr"}
            made.write_bytes(orjson.dumps({**article, "published": f"2026-05-0{n + 1}"}))
            assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
        rows = library.connection.execute(
            "select min(id) from statement where content like 'Le bac%' or content like 'La jet%'"
            " group by substr(content, 1, 6)"
        ).fetchall()
    _post(client, "/dossier", claim="Le bac sera gratuit")
    for (row,) in rows:
        _post(client, "/dossier/1", deed="statement", statement=row, bears="supports")
    page = client.get("/dossier/1?lang=en").text
    assert "Other versions are shown beside the first 1 statement" in page
    assert page.count('class="versions"') == 1
    assert client.get("/dossier/1/table").text.count("Le Soir") == 2


@pytest.mark.parametrize(
    "named", ["{n}", "#{n}", "{base}/article/1#s{n}", "/article/1?lang=fr#s{n}", "{base}/cite/{n}"]
)
def test_the_same_utterance_is_named_by_its_number_or_its_address(
    client: TestClient[Any], path: Path, named: str
) -> None:
    with Library(path) as library:
        ReuseStore(library).update()
        one, other = library.connection.execute(
            "select min(id), max(id) from statement where current = 1"
        ).fetchone()
    before = client.get(f"/family/{one}").text.count("<tr><td")
    given = named.format(n=other, base=BASE)
    assert _post(client, f"/family/{one}", deed="join", other=given).status_code == 200
    assert client.get(f"/family/{one}").text.count("<tr><td") > before
    for wrong in ("", "le pont", f"{BASE}/article/1", "²"):
        assert _post(client, f"/family/{one}", deed="join", other=wrong).status_code == 400


def test_a_source_that_cannot_be_taken_stays_as_it_was_typed(client: TestClient[Any]) -> None:
    _post(client, "/dossier", claim="Le pont")
    given = {"title": "Arrêté 12", "url": "à la mairie", "seen": "32/13/2026"}
    answer = _post(client, "/dossier/1", deed="source", kind="data", **given)
    assert answer.status_code == 400
    # As it was typed, with the remedy.
    for words in (*given.values(), '<option value="data" selected>', "no address of the web"):
        assert words in answer.text, words
    assert "This is no date" in answer.text
    assert "Arrêté 12" not in client.get("/dossier/1").text


def test_notes_go_with_the_page_where_they_are_asked_for(client: TestClient[Any]) -> None:
    _post(client, "/dossier", claim="Le pont")
    _post(client, "/dossier/1", deed="note", words="Rappeler la mairie lundi.")
    assert "Rappeler la mairie" not in client.get("/dossier/1/share").text
    assert "Rappeler la mairie" in client.get("/dossier/1/share?notes=yes").text


def test_odd_forms_of_a_dossier_are_answered(client: TestClient[Any]) -> None:
    assert _post(client, "/dossier", claim=" ").status_code == 400
    assert _post(client, "/dossier/9", deed="note", words="x").status_code == 400
    _post(client, "/dossier", claim="Le pont")
    for data, status in (
        ({"deed": "note", "words": " "}, 400),
        ({"deed": "statement", "statement": "99999"}, 400),
        ({"deed": "source"}, 400),
        ({"deed": "source", "title": "x", "url": "javascript:alert(1)"}, 400),
        ({"deed": "source", "title": "x", "seen": "32/13/2026"}, 400),
        ({"deed": "bears 999 supports"}, 200),
        ({"deed": "bears x"}, 200),
        ({"deed": "state", "status": "no such"}, 200),
        ({"deed": "undo x"}, 200),
        ({"deed": "else"}, 404),
    ):
        assert _post(client, "/dossier/1", **data).status_code == status, data
    assert client.get("/dossier/9").status_code == 404
    # The opening entry stays.
    _post(client, "/dossier/1", deed="undo 1")
    assert client.get("/dossier/1").status_code == 200


def test_a_saved_search_tells_what_is_new(client: TestClient[Any], path: Path) -> None:
    answer = _post(client, "/watch", words="pont", name="Le pont")
    assert "Nothing new since you last looked." in answer.text
    assert "Le pont" in client.get("/").text
    made = path.with_suffix(".jsonl")
    text = "« Le pont tiendra », a dit Ysé Marchalot. « Le bac aussi », a dit Naïg Tanguy."
    article = {"id": "n1", "text": text, "outlet": "Le Phare", "published": "2026-04-01"}
    made.write_bytes(orjson.dumps({**article, "language": "fr"}))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    page = client.get("/watch/1").text
    assert "Le pont tiendra" in page
    assert "Ysé Marchalot" in page
    feed = etree.fromstring(client.get("/watch/1/feed").content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    # What stands beside the word is found, too; the newest first.
    told = [one.text for one in feed.iterfind("a:entry/a:content", namespaces=atom)]
    assert told[:2] == ["Le bac aussi", "Le pont tiendra"]
    _post(client, "/watch/1", deed="seen")
    assert "Nothing new since you last looked." in client.get("/watch/1").text
    _post(client, "/watch/1", deed="drop")
    assert client.get("/watch/1").status_code == 404
    assert _post(client, "/watch", name="x").status_code == 400


def test_coverage_says_who_is_quoted_by_one_alone(client: TestClient[Any], path: Path) -> None:
    made = path.with_suffix(".jsonl")
    text = (
        "« Le pont tiendra », a dit Zélie Coeurdeloup. « Le pont est vieux », a dit Ysé Marchalot."
    )
    article = {"id": "n2", "text": text, "outlet": "Le Quai", "published": "2026-03-05"}
    made.write_bytes(orjson.dumps({**article, "language": "fr"}))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    page = client.get("/coverage?words=pont&since=01/03/2026").text
    rows = {
        row.partition("<bdi>")[2].partition("</bdi>")[0]: row
        for row in page.partition("<tbody>")[2].split("<tr>")
    }
    assert "<cite><bdi>Le Quai</bdi></cite>" in rows["Ysé Marchalot"]
    assert rows["Zélie Coeurdeloup"].count("outlet=") == 2
    assert "<cite><bdi>" not in rows["Zélie Coeurdeloup"].rpartition("<td")[2]
    alone = client.get("/coverage?words=pont&since=01/03/2026&alone=yes").text
    assert "Ysé Marchalot" in alone
    assert "Zélie Coeurdeloup" not in alone
    href = rows["Ysé Marchalot"].partition('href="/?')[2].partition('"')[0].replace("&amp;", "&")
    assert "Le pont est vieux" in client.get(f"/?{href}").text


def test_coverage_shows_which_words_changed(client: TestClient[Any], path: Path) -> None:
    made = path.with_suffix(".jsonl")
    said = "La digue neuve coûtera quatre millions d’euros à la commune de Brénac"
    for n, outlet, words in (
        (1, "Le Phare", said),
        (2, "Le Quai", said.replace("quatre", "douze")),
        (3, "Le Soir", said),
    ):
        article = {"id": f"w{n}", "outlet": outlet, "published": f"2026-04-0{n}", "language": "fr"}
        article["text"] = f"« {words} », a déclaré Zélie Coeurdeloup à la presse."
        made.write_bytes(orjson.dumps({**article, "url": f"https://w{n}.example/"}))
        assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
    page = client.get("/coverage?words=digue&since=2026-04").text
    told = page.partition('id="changed"')[2]
    # The earliest wording, and the one that differs; not the one that is the same.
    gone, come = (told.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0] for tag in ("del", "ins"))
    assert "quatre" in gone, told
    assert "douze" in come
    assert "Le Quai" in told
    assert told.count('class="wording"') == 1


def test_what_has_no_outlet_is_not_called_absent(client: TestClient[Any], path: Path) -> None:
    made = path.with_suffix(".jsonl")
    text = "« Le barrage tiendra », a dit Zélie Coeurdeloup."
    made.write_bytes(orjson.dumps({"id": "n9", "text": text, "language": "fr"}))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    page = client.get("/coverage?words=barrage").text
    assert "1 statement found is in an article without the name of an outlet" in page
    assert "No statement matches" not in page


def test_somebody_quoted_is_told_apart_from_somebody_mentioned(
    client: TestClient[Any], path: Path
) -> None:
    made = path.with_suffix(".jsonl")
    article = {"id": "n3", "outlet": "Le Quai", "published": "2026-03-06", "language": "fr"}
    text = "Le marché\n\nZélie Coeurdeloup a traversé le marché sans un mot. Il pleuvait."
    made.write_bytes(orjson.dumps({**article, "text": text, "title": "Le marché"}))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    who = client.get("/api/people?name=Coeurdeloup").json()["people"][0]["id"]
    page = client.get(f"/person/{who}?on=pont").text
    quoted, _, mentioned = page.partition('id="named"')
    assert "Articles that only mention them" in mentioned
    assert "Le marché" in mentioned
    assert "Le marché" not in quoted.partition('id="articles"')[2]
    assert 'class="cols"' in page
