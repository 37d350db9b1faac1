"""`selon watch`: settings, one turn over feeds and folders, alerts as Atom and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from library_made import article, reader
from selon.errors import SelonError
from selon.library import add, alerts, schedule
from selon.library.runs import Maker
from selon.library.store import Library
from selon.records import Article, Failure, Reading
from web_site import Site, site

__all__ = ["site"]


def words(n: int) -> str:
    return article(n).text


def settings(folder: Path, more: str = "") -> schedule.Schedule:
    (folder / "in").mkdir(exist_ok=True)
    text = f"""
library = "a.db"
every = "15m"
atom = "alerts.xml"
lines = "alerts.jsonl"
log = "watch.log"
{more}
[[source]]
path = "in"
outlet = "La Gazette"
lang = "fr"
[[alert]]
name = "Ortéga & fils"
speaker = "Basile Ortéga"
[[alert]]
name = "cœur"
words = "Le cœur de la ville n° 2"
"""
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return schedule.settings(folder / "sources.toml")


def made(articles: Iterable[Article]) -> Iterator[Reading | Failure]:
    yield from reader(articles)


def test_a_turn_adds_what_is_new_and_tells_of_it_once(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    (tmp_path / "in/1.txt").write_text(words(1), encoding="utf-8")
    (tmp_path / "in/broken.txt").write_bytes(b"\xff\xfe\x00")
    first = schedule.turn(wanted, made)
    assert (first.tally.added, len(first.failed)) == (1, 1)
    assert [a["alert"] for a in first.alerts] == ["Ortéga & fils"]
    # Nothing is new: no alert, and the log has one line a turn.
    assert schedule.turn(wanted, made).alerts == []
    (tmp_path / "in/2.txt").write_text(words(2), encoding="utf-8")
    third = schedule.turn(wanted, made)
    assert sorted(a["alert"] for a in third.alerts) == ["Ortéga & fils", "cœur"]
    assert len((tmp_path / "watch.log").read_text("utf-8").splitlines()) == 3
    rows = [json.loads(x) for x in (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 3
    feed = etree.parse(tmp_path / "alerts.xml")
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert len(feed.findall("a:entry", names)) == 3
    ids = [e.text for e in feed.findall("a:entry/a:id", names)]
    assert len(set(ids)) == 3


def test_two_do_not_read_at_once(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    wanted = settings(tmp_path)
    with (
        schedule.exclusive_turn(wanted),
        pytest.raises(SelonError),
        schedule.exclusive_turn(wanted),
    ):
        pass
    with schedule.exclusive_turn(wanted):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "library = 3 =",
        'library = "a.db"',
        'library = "a.db"\nfoo = 1\n[[source]]\npath = "x"',
        'library = "a.db"\n[[source]]\nurl = "x"\npath = "x"',
        'library = "a.db"\nevery = "1 s"\n[[source]]\npath = "x"',
        'library = "a.db"\n[[source]]\npath = "x"\n[[alert]]\nname = "x"',
        'library = "a.db"\n[source]\npath = "x"',
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SelonError, match=r"s\.toml"):
        schedule.settings(path)


def test_pace_by_its_keys_and_by_those_of_the_release_before(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    for delay, pages in (("delay", "max_pages"), ("pause", "most")):
        words = f'library = "a.db"\n{delay} = 2.5\n{pages} = 40\n[[source]]\npath = "x"'
        path.write_text(words, encoding="utf-8")
        found = schedule.settings(path)
        assert (found.delay_s, found.max_pages) == (2.5, 40)


def test_a_feed_that_is_none_is_begun_anew(tmp_path: Path) -> None:
    atom = tmp_path / "a.xml"
    atom.write_bytes(b"\xff\x00<entry>")
    row = {
        "alert": "a<b", "at": "2026-03-12T08:00:00Z", "id": 1, "content": "x\x00 & y", "speaker": None,
        "outlet": "o", "published": None, "title": "t", "url": "https://a.example/?a=1&b=2",
    }  # fmt: skip
    alerts.write_alerts(None, atom, [row], "2026-03-12T08:00:00Z")
    assert len(etree.parse(atom).findall("{http://www.w3.org/2005/Atom}entry")) == 1


def test_feeds_and_sitemaps_of_a_site(tmp_path: Path, site: Site) -> None:
    for package in ("httpx", "protego", "feedparser"):
        pytest.importorskip(package)
    text = f"""
library = "w.db"
pause = 0
lines = "alerts.jsonl"
[[source]]
url = "{site.url}/good.xml"
private = true
outlet = "Le Fanal"
[[source]]
url = "{site.url}/sitemap.xml.gz"
private = true
[[source]]
url = "{site.url}/gone.html"
private = true
[[alert]]
name = "le pont"
outlet = "Le Fanal"
"""
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    wanted = schedule.settings(tmp_path / "sources.toml")
    first = schedule.turn(wanted, made)
    # Two entries of the feed, three pages of the sitemap; a page that is not there stops nothing.
    assert first.tally.added == 5
    assert [source for source, _error, _remedy in first.failed] == [f"{site.url}/gone.html"]
    assert {a["url"] for a in first.alerts} <= {f"{site.url}/{n}.html" for n in (5, 6)}
    assert first.alerts
    site.becomes()
    again = schedule.turn(wanted, made)
    assert (again.tally.added, again.tally.versions, again.alerts) == (0, 0, [])
    # What the sitemap says has not changed is not asked for.
    assert not {"/11.html", "/12.html", "/13.html"} & set(site.asked())
    site.becomes(stamps={"12": "2024-02-01"}, changed={"12": "Un mot de plus."})
    third = schedule.turn(wanted, made)
    # What is added is the new version.
    assert (third.tally.added, third.tally.versions) == (1, 1)
    assert "/12.html" in site.asked()
    assert "/11.html" not in site.asked()


def test_what_a_killed_turn_read_is_told_by_the_next(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    (tmp_path / "in/1.txt").write_text(words(1), encoding="utf-8")
    schedule.turn(wanted, made)
    (tmp_path / "in/3.txt").write_text(words(3), encoding="utf-8")

    def killed(_place: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schedule.turn(wanted, made, killed)
    after = schedule.turn(wanted, made)
    assert after.tally.added == 0
    assert [a["content"] for a in after.alerts] == ["Le cœur de la ville n° 3 bat"]
    assert schedule.turn(wanted, made).alerts == []


def test_an_article_that_is_only_read_again_is_not_told(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    (tmp_path / "in/1.txt").write_text(words(1), encoding="utf-8")
    assert schedule.turn(wanted, made).alerts
    with Library(wanted.library) as library:
        before = alerts.newest(library.connection)
        add.reread(library, made, Maker("1", "test"))
        assert alerts.newest(library.connection) > before
    assert schedule.turn(wanted, made).alerts == []
