"""Pages fetched from a site of our own, a real process: politeness, bounds, hostile hosts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from library_made import reader
from selon.ingest import ReadOptions, crawl
from selon.ingest.addresses import hosts, place
from selon.ingest.crawl import CachedPage, Crawl
from selon.ingest.sources import Unreadable
from selon.library import add
from selon.library.store import Library
from selon.library.visit_store import Visits
from selon.records import Article, Failure
from web_site import Site, site

pytest.importorskip("httpx")
pytest.importorskip("protego")
pytest.importorskip("feedparser")

from selon.ingest.fetcher import Fetcher, HttpSettings

__all__ = ["site"]

FRENCH = ReadOptions(lang="fr")


@dataclass
class Mind:
    """A memory for one test."""

    visits: dict[str, CachedPage] = field(default_factory=dict)

    def last(self, url: str) -> CachedPage | None:
        return self.visits.get(url)

    def visited(self, visit: CachedPage) -> None:
        self.visits[visit.url] = visit

    listed = visited


QUICK = HttpSettings(pause=0, private=frozenset({"127.0.0.1"}))


def walked(
    url: str, mind: Mind | None = None, manners: HttpSettings = QUICK, most: int = 500
) -> list[Article | Failure]:
    with Fetcher(manners) as web:
        return list(crawl.articles(url, Crawl(web, mind or Mind(), most), FRENCH))


def refused(url: str, manners: HttpSettings = QUICK) -> Failure:
    (failure,) = walked(url, manners=manners)
    assert isinstance(failure, Failure)
    assert failure.source == url
    assert failure.remedy
    return failure


def urls(items: list[Article | Failure]) -> list[str | None]:
    return [i.url for i in items if isinstance(i, Article)]


def test_a_page(site: Site) -> None:
    (article,) = walked(f"{site.url}/moved")
    assert isinstance(article, Article)
    assert article.url == f"{site.url}/4.html"
    assert article.title == "Page 4"
    assert "Nous la rouvrirons lundi, page 4, point 0" in article.text
    assert [r["path"] for r in site.requests()] == ["/robots.txt", "/moved", "/4.html"]
    assert site.requests()[0]["user-agent"].startswith("Selon/")
    (latin,) = walked(f"{site.url}/latin")
    assert isinstance(latin, Article)
    assert "Brénac" in latin.text


def test_a_feed_leads_to_its_pages_and_nowhere_else(site: Site) -> None:
    items = walked(f"{site.url}/feed.xml")
    assert urls(items) == [f"{site.url}/1.html", f"{site.url}/2.html"]
    first = items[0]
    assert isinstance(first, Article)
    assert (first.outlet, first.published) == ("Le Fanal", "2024-01-05")
    told = {f.source: f.error for f in items if isinstance(f, Failure)}
    assert "private" in told["http://169.254.10.20/secret"]
    assert "robots.txt" in told[f"{site.url}/prive/3.html"]
    assert "404" in told[f"{site.url}/gone.html"]
    assert len(told) == 4
    assert "/prive/3.html" not in site.asked()


def test_a_sitemap_of_sitemaps(site: Site) -> None:
    items = walked(f"{site.url}/index.xml")
    assert urls(items) == [f"{site.url}/{n}.html" for n in (11, 12, 13)]
    assert "/photo.jpg" not in site.asked()


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    mind = Mind()
    assert len(walked(f"{site.url}/good.xml", mind)) == 2
    assert set(mind.visits) == {f"{site.url}/{p}" for p in ("good.xml", "5.html", "6.html")}
    site.becomes(changed={"5": "Une phrase de plus."})
    assert walked(f"{site.url}/good.xml", mind) == []
    assert site.asked() == ["/good.xml"]
    assert walked(f"{site.url}/6.html", mind) == []
    (changed,) = walked(f"{site.url}/5.html", mind)
    assert isinstance(changed, Article)
    assert "Une phrase de plus." in changed.text


def test_a_stamp_that_is_the_same_saves_the_request(site: Site) -> None:
    mind = Mind()
    walked(f"{site.url}/sitemap.xml.gz", mind)
    site.becomes(stamps={"12": "2024-02-01"}, changed={"12": "Corrigé."})
    (changed,) = walked(f"{site.url}/sitemap.xml.gz", mind)
    assert isinstance(changed, Article)
    assert "Corrigé." in changed.text
    assert site.asked() == ["/sitemap.xml.gz", "/12.html"]


def test_a_long_list_is_cut_said_and_gone_on_with(site: Site) -> None:
    mind = Mind()
    first = walked(f"{site.url}/sitemap.xml.gz", mind, most=2)
    assert urls(first) == [f"{site.url}/11.html", f"{site.url}/12.html"]
    assert isinstance(first[-1], Failure)
    assert "1 of the pages" in first[-1].error
    assert f"{site.url}/sitemap.xml.gz" not in mind.visits
    assert urls(walked(f"{site.url}/sitemap.xml.gz", mind, most=2)) == [f"{site.url}/13.html"]


def test_a_host_is_left_in_peace(site: Site) -> None:
    walked(f"{site.url}/good.xml", manners=replace(QUICK, pause=0.4))
    times = [r["at"] for r in site.requests()]
    assert len(times) == 4
    assert all(b - a >= 0.39 for a, b in pairwise(times))
    site.becomes(robots="User-agent: selon\nCrawl-delay: 1\n")
    walked(f"{site.url}/good.xml")
    times = [r["at"] for r in site.requests()][1:]
    assert all(b - a >= 0.99 for a, b in pairwise(times))


def test_a_host_that_asks_to_wait_is_waited_for(site: Site) -> None:
    (article,) = walked(f"{site.url}/busy")
    assert isinstance(article, Article)
    first, second = [r["at"] for r in site.requests() if r["path"] == "/busy"]
    assert second - first >= 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("loop", "without end"),
        ("inward", "private"),
        ("pdf", "application/pdf"),
        ("gone.html", "404"),
        ("prive/x.html", "robots.txt"),
    ],
)
def test_what_does_not_come_is_a_failure(site: Site, path: str, words: str) -> None:
    assert words in refused(f"{site.url}/{path}").error
    assert len(site.asked()) <= 6


@pytest.mark.parametrize("path", ["slow", "drip", "heads"])
def test_no_host_holds_us_up(site: Site, path: str) -> None:
    started = time.monotonic()
    assert "too long" in refused(f"{site.url}/{path}", replace(QUICK, seconds=1.5)).error
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("path", ["huge", "bomb"])
def test_no_body_fills_us_up(site: Site, path: str) -> None:
    manners = replace(QUICK, largest=2_000_000)
    assert "larger than 2 MB" in refused(f"{site.url}/{path}", manners).error


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_that_cannot_tell_is_not_asked(site: Site, status: int) -> None:
    site.becomes(robots_status=status)
    assert "cannot be fetched" in refused(f"{site.url}/1.html").error
    assert site.asked() == []
    site.becomes(robots_status=404)
    assert urls(walked(f"{site.url}/1.html")) == [f"{site.url}/1.html"]


def test_a_page_cannot_pass_for_anothers(site: Site) -> None:
    assert urls(walked(f"{site.url}/elsewhere")) == [f"{site.url}/elsewhere"]


def test_nobody_is_there() -> None:
    manners = replace(QUICK, private=frozenset({"127.0.0.1", "nobody.invalid"}))
    assert refused("http://127.0.0.1:9/x", manners)
    assert "no host" in refused("http://nobody.invalid/x", manners).error


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.1.2.3/",
        "http://169.254.10.20/latest/meta-data",
        "http://0/",
        "http://2130706433/",
        "http://224.0.0.1/",
        "file:///etc/passwd",
        "ftp://brenac.example/x",
        "http://moi:secret@brenac.example/",
        "http:///x",
        "http://[::1/",
        "http://a:99999/",
    ],
)
def test_no_way_inward(url: str) -> None:
    with pytest.raises(Unreadable):
        place(url)


def test_only_the_hosts_that_were_given_may_be_private() -> None:
    assert hosts(["http://127.0.0.1:80/a", "b.txt", "http://[::1/"]) == {"127.0.0.1"}
    assert place("http://127.0.0.1/a", frozenset({"127.0.0.1"})).url == "http://127.0.0.1/a"
    with pytest.raises(Unreadable):
        place("http://127.0.0.2/a", frozenset({"127.0.0.1"}))


def gathered(library: Library, url: str, stop: int | None = None) -> Crawl:
    visits = Visits(library)
    with Fetcher(QUICK) as web:
        walk = Crawl(web, visits)

        def items() -> Iterator[Article | Failure]:
            for n, item in enumerate(crawl.articles(url, walk, FRENCH)):
                if n == stop:
                    raise KeyboardInterrupt
                yield item

        try:
            add.add(library, items(), reader, progress=lambda _tally: visits.keep())
            visits.keep(ended=True)
        finally:
            visits.close()
    return walk


def test_the_library_remembers(site: Site, tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        gathered(library, f"{site.url}/good.xml")
        before = list(library.connection.iterdump())
        site.becomes()
        assert gathered(library, f"{site.url}/good.xml").unchanged == 1
        assert site.asked() == ["/good.xml"]
        assert list(library.connection.iterdump()) == before


def test_a_run_that_was_killed_asks_for_what_it_lost(site: Site, tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        with pytest.raises(KeyboardInterrupt):
            gathered(library, f"{site.url}/good.xml", stop=1)
        # The first page was fetched, but its batch was never written.
        assert library.connection.execute("select count(*) from visit").fetchone()[0] == 0
        gathered(library, f"{site.url}/good.xml")
        kept = [r[0] for r in library.connection.execute("select key from article order by key")]
        assert kept == [f"{site.url}/5.html", f"{site.url}/6.html"]
