"""Europresse, tables, agencies' formats, feeds, web archives: made up here, hostile ones too."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from selon.ingest import ReadOptions, articles
from selon.records import Article, Failure

LONG = (
    "Le conseil municipal de Brénac s’est réuni mardi soir pour parler de l’école. "
    "« Nous la rouvrirons lundi », a dit Zélie Coeurdeloup devant une salle comble et attentive. "
)


def read(path: Path, **options: str) -> list[Article | Failure]:
    return list(articles(path, ReadOptions(**options)))


def good(items: list[Article | Failure]) -> list[Article]:
    assert not [i for i in items if isinstance(i, Failure)], items
    return [i for i in items if isinstance(i, Article)]


def failed(items: list[Article | Failure]) -> list[Failure]:
    assert items
    assert all(isinstance(i, Failure) for i in items)
    return [i for i in items if isinstance(i, Failure)]


BODY = (
    "<p>Le maire dit que <i>« l’école\nrouvrira »</i> <span><span class='occurrence'>lundi</span>"
    "</span>.</p><p>Propos recueillis par Anna Lissac</p><p>Mis à jour le 6 janvier 2024</p>"
    "<p>redaction@brenac.example</p>"
)
TEXT = "Le maire dit que « l’école rouvrira » lundi.\n\nPropos recueillis par Anna Lissac"
NEWEST = f"""<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">
La Gazette de Brénac, no. 43018</span></div><span class="DocHeader">Une, vendredi 5 janvier 2024
 240 mots, p. 3</span><p class="titreArticleVisu rdp__articletitle">L’école <b>rouvre</b></p>
<div class="docAuthors">Lissac, Anna; Basile Ortéga</div></header>
<section><div class="DocText clearfix">{BODY}</div></section>
<div class="publiC-lblNodoc">news·20240105·BR·0001234</div><footer>© 2024</footer></article>"""
MIDDLE = f"""<article><span class="DocPublicationName">Le Fanal (site web)</span>
<span class="DocHeader">p. 4, June 13, 2023, News</span><div class="titreArticle">Un titre</div>
<div class="DocText clearfix">{BODY}</div></article>"""
OLDEST = f"""<article><span class="DocPublicationName">Ouest-Brénac - Édition de Kerlan</span>
<span class="DocHeader">Lundi 1er août 2016</span><p class="titreArticle">Vieux titre</p>
<p>Par Rose Ortis et Luc Morand</p><div class="docOcurrContainer">{BODY}</div></article>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_europresse(tmp_path: Path, encoding: str) -> None:
    page = f"<html><head><meta charset='utf-8'></head><body>{NEWEST}{MIDDLE}{OLDEST}</body></html>"
    path = tmp_path / "export.html"
    path.write_bytes(page.encode(encoding))
    newest, middle, oldest = good(read(path, lang="fr"))
    assert newest.id == "news·20240105·BR·0001234"
    assert (newest.outlet, newest.published) == ("La Gazette de Brénac", "2024-01-05")
    assert newest.title == "L’école rouvre"
    assert newest.authors == ("Lissac", "Anna", "Basile Ortéga")
    assert (middle.outlet, middle.published) == ("Le Fanal", "2023-06-13")
    assert (oldest.outlet, oldest.published) == ("Ouest-Brénac", "2016-08-01")
    assert oldest.authors == ("Rose Ortis", "Luc Morand")
    assert {newest.text, middle.text, oldest.text} == {TEXT}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    rows = [["Titre", "Texte", "Date", "Source"], ["Un", f'"{LONG}\n, ; fin"', "2024-01-05", "A"]]
    path.write_text("\n".join(delimiter.join(r) for r in [*rows, ["Deux", "", "", ""]]), "utf-8")
    first, second = read(path, lang="fr")
    assert isinstance(first, Article)
    assert (first.text, first.published, first.outlet) == (f"{LONG}\n, ; fin", "2024-01-05", "A")
    assert isinstance(second, Failure)
    (tmp_path / "u.csv").write_text("a,b\n1,2", "utf-8")
    assert failed(read(tmp_path / "u.csv"))


def test_a_table_with_headings_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'Jour,Papier\n2024-01-05,"{LONG}"\n', "utf-8")
    failed(read(path, lang="fr"))
    own = ReadOptions(lang="fr", columns=(("text", "papier"), ("published", "Jour")))
    (one,) = good(list(articles(path, own)))
    assert (one.text, one.published) == (LONG, "2024-01-05")
    missing = failed(list(articles(path, ReadOptions(columns=(("text", "Corps"),)))))[0]
    assert ("Papier" in missing.error, "--column text=" in missing.remedy) == (True, True)
    path.write_text("id,texte\n1,coupé, ici\n2,entier\n", "utf-8")
    cut, whole = read(path, lang="fr")
    assert isinstance(cut, Failure)
    assert isinstance(whole, Article)


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    import datetime

    from pyarrow import parquet

    table = pyarrow.table({"content": [LONG, None], "date": [datetime.date(2024, 1, 5)] * 2})
    parquet.write_table(table, tmp_path / "t.parquet")
    first, second = read(tmp_path / "t.parquet", lang="fr")
    assert isinstance(first, Article)
    assert (first.text, first.published) == (LONG, "2024-01-05")
    assert isinstance(second, Failure)
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + b"\x00" * 100)
    failed(read(tmp_path / "bad.parquet"))


NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:a:1">
<itemMeta><provider literal="Mediapluie"/><versionCreated>2024-01-05T10:00:00+01:00</versionCreated>
</itemMeta><contentMeta><language tag="fr"/><headline>Brénac rouvre</headline><by>Anna Lissac</by>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{LONG}</p>
<p>Et <b>encore</b>.</p><script>alert(1)</script></body></html></inlineXML></contentSet>
</newsItem></itemSet></newsMessage>"""


def test_newsml(tmp_path: Path) -> None:
    path = tmp_path / "n.xml"
    path.write_text(NEWSML, "utf-8")
    (one,) = good(read(path))
    assert one.text == f"{LONG.strip()}\n\nEt encore."
    assert (one.id, one.title, one.outlet) == ("urn:a:1", "Brénac rouvre", "Mediapluie")
    assert (one.published, one.authors) == ("2024-01-05", ("Anna Lissac",))


@pytest.mark.parametrize(
    "body",
    [
        {"body_text": LONG},
        {"body_xhtml": f"<p>{LONG}</p>"},
        {"bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p>{LONG}</p>"}]},
    ],
)
def test_ninjs(tmp_path: Path, body: dict[str, object]) -> None:
    item = {
        "uri": "urn:n:1",
        "headline": "Titre",
        "versioncreated": "2024-01-05T09:00:00Z",
        "provider": "Mediapluie",
        "byline": "Anna Lissac",
        **body,
    }
    (tmp_path / "n.json").write_text(json.dumps(item, indent=1), "utf-8")
    (one,) = good(read(tmp_path / "n.json", lang="fr"))
    assert one.text.strip() == LONG.strip()
    assert (one.id, one.published, one.outlet) == ("urn:n:1", "2024-01-05", "Mediapluie")


def test_feed_and_sitemap(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    (tmp_path / "f.xml").write_text(
        f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Fanal</title>
<item><title>Un</title><link>https://f.example/1</link>
<pubDate>Fri, 05 Jan 2024 10:00:00 +0100</pubDate>
<content:encoded><![CDATA[<p>{LONG}</p><script>x()</script>]]></content:encoded></item>
<item><title>Deux</title><link>https://f.example/2</link><description>Court.</description></item>
</channel></rss>""",
        "utf-8",
    )
    first, second = read(tmp_path / "f.xml", lang="fr")
    assert isinstance(first, Article)
    assert (first.text, first.url, first.outlet) == (
        LONG.strip(),
        "https://f.example/1",
        "Le Fanal",
    )
    assert first.published == "2024-01-05"
    assert isinstance(second, Failure)
    assert "https://f.example/2" in second.remedy
    (tmp_path / "s.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://f.example/3</loc></url></urlset>",
        "utf-8",
    )
    assert "https://f.example/3" in failed(read(tmp_path / "s.xml"))[0].remedy


def record(url: str, body: bytes, kind: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    payload = http.encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-02-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def html(n: int) -> bytes:
    paragraphs = "".join(f"<p>{LONG} Numéro {n}, alinéa {i}.</p>" for i in range(6))
    return (
        f"<html><head><title>Titre {n}</title></head><body><article><h1>Titre {n}</h1>{paragraphs}"
        "</article></body></html>"
    ).encode()


def test_warc_and_wacz(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    records = [
        record("https://w.example/1", html(1)),
        record("https://w.example/i.png", b"\x89PNG", "image/png"),
        record("https://w.example/2", gzip.compress(html(2)), extra="Content-Encoding: gzip\r\n"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    (tmp_path / "a.warc.gz").write_bytes(b"".join(gzip.compress(r) for r in records))
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", (tmp_path / "a.warc.gz").read_bytes())
    for name in ("a.warc", "a.warc.gz", "a.wacz"):
        found = good(read(tmp_path / name, lang="fr"))
        assert [a.url for a in found] == ["https://w.example/1", "https://w.example/2"]
        assert all("rouvrirons" in a.text for a in found)


def test_hostile_archives(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    bomb = gzip.compress(b"<html>" + b"\x00" * 60_000_000)
    (tmp_path / "b.warc").write_bytes(
        record("https://w.example/b", bomb, extra="Content-Encoding: gzip\r\n")
        + record("https://w.example/1", html(1))
    )
    first, second = read(tmp_path / "b.warc", lang="fr")
    assert isinstance(first, Failure)
    assert isinstance(second, Article)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/x.warc", record("https://w.example/1", html(1)))
        archive.writestr("archive/b.warc", b"\x00" * 50_000_000)
    (tmp_path / "b.wacz").write_bytes(stream.getvalue())
    assert len(failed(read(tmp_path / "b.wacz"))) == 2
    assert not (tmp_path.parent.parent / "etc").exists()
    (tmp_path / "t.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nbroken")[:-9])
    failed(read(tmp_path / "t.warc.gz"))


def test_xml_bombs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for n, declared in enumerate(
        (f'<!ENTITY l0 "lol">{laughs}', f'<!ENTITY l9 SYSTEM "file://{tmp_path}/secret">')
    ):
        path = tmp_path / f"x{n}.newsml"
        path.write_text(
            f"<?xml version='1.0'?><!DOCTYPE newsItem [{declared}]><newsItem><contentSet>"
            "<inlineData>&l9;</inlineData></contentSet></newsItem>"
        )
        assert "SECRET" not in failed(read(path))[0].error
    deep = "<newsItem><contentSet>" + "<p>" * 100_000
    (tmp_path / "deep.newsml").write_text(deep)
    failed(read(tmp_path / "deep.newsml"))
    (tmp_path / "deep.html").write_text("<html><p class='docOcurrContainer'>" + "<div>" * 100_000)
    failed(read(tmp_path / "deep.html"))


def test_a_packed_file_is_the_file_in_it(tmp_path: Path) -> None:
    lines = b"".join(b'{"id": "%d", "text": "Le pont est clos."}\n' % n for n in range(3))
    # Two members, as `cat a.gz b.gz` makes them.
    packed = gzip.compress(lines[:20]) + gzip.compress(lines[20:])
    for name in ("a.jsonl.gz", "b.JSONL.GZ", "c.gz", "d.jsonl"):
        (tmp_path / name).write_bytes(packed)
        found = read(tmp_path / name, lang="fr")
        assert [a.id for a in found if isinstance(a, Article)] == ["0", "1", "2"], name
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress("Le pont est clos, à jamais.".encode()))
    (article,) = read(tmp_path / "e.txt.gz", lang="fr")
    assert isinstance(article, Article)
    assert article.text == "Le pont est clos, à jamais."


def test_a_packed_file_that_is_broken_or_beyond_measure_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = gzip.compress(os.urandom(4000))
    for n, data in enumerate((whole[:-9], whole[:60], whole[:30] + b"x" * 40, b"\x1f\x8b")):
        (tmp_path / f"{n}.txt.gz").write_bytes(data)
        failed(read(tmp_path / f"{n}.txt.gz"))
    # Below what a text may have: its own bound is met before this one else.
    monkeypatch.setattr("selon.ingest.compression.FREE_BYTES", 10_000_000)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 40_000_000))
    (bomb,) = failed(read(tmp_path / "bomb.txt.gz"))
    assert "100" in bomb.error
