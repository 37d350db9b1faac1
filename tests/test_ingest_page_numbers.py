"""The page of the printed edition: from each format that has it, through the library, to what is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest_made import MORE, SAID
from library_made import article, reader
from selon import contract
from selon.ingest import articles
from selon.ingest.page_numbers import find_page, page_number
from selon.library import add, article_edits, fetch
from selon.library.runs import Maker
from selon.library.store import Library
from selon.records import Article, Reading

MAKER = Maker("0", "test", "{}")


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("3", "3"),
        (8, "8"),
        ("p. 03", "3"),
        ("Pg. A3", "A3"),
        ("S. 12-13", "12-13"),
        ("Seite 4", "4"),
        ("pages 4 et 5", "4 et 5"),
        ("1, 14", "1, 14"),
        ("IV", "IV"),
        # A supplement's own pages, not « p. 3 ».
        ("S3", "S3"),
        ("Sports", None),
        ("12 mars 2026", None),
        (True, None),
        (None, None),
        ("", None),
    ],
)
def test_a_field_of_its_own(said: Any, page: str | None) -> None:
    assert page_number(said) == page


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("Politique, jeudi 12 mars 2026 642 mots, p. 12", "12"),
        ("La Gazette, no. 42034, p. 1, 14", "1, 14"),
        ("A; Column 1; Foreign Desk; Pg. 5", "5"),
        ("Le Courrier p. 8", "8"),
        ("Le Courrier • p. 8 • 612 mots", "8"),
        ("Politik; S. 12", "12"),
        ("La Gazette, no. 24123", None),
        ("Débats, jeudi 12 mars 2026 642 mots", None),
    ],
)
def test_among_other_things(line: str, page: str | None) -> None:
    assert find_page(line) == page


NITF = (
    '<?xml version="1.0"?><nitf><head><title>Le pont</title>{meta}</head><body><body.head><hedline>'
    f"<hl1>Le pont</hl1></hedline></body.head><body.content><p>{SAID}</p></body.content></body></nitf>"
)
NEWSML = (
    '<?xml version="1.0"?><NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Le pont</HeadLine></NewsLines>'
    '<DescriptiveMetadata><Property FormalName="PageNumber" Value="A3"/></DescriptiveMetadata>'
    f"<ContentItem><DataContent><p>{SAID}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
)
G2 = (
    '<?xml version="1.0"?><newsItem guid="a"><contentMeta><headline>Le pont</headline>'
    '<contentMetaExtProperty rel="agx:page" value="A3"/></contentMeta><contentSet><inlineXML><html><body>'
    f"<p>{SAID}</p></body></html></inlineXML></contentSet></newsItem>"
)
PPS = (
    '<?xml version="1.0"?><PPSResponse><article><accessionNo>GAZET00020260312em3c00001</accessionNo>'
    "<headline><paragraph>Le pont</paragraph></headline><pages>A3</pages><leadParagraph>"
    f"<paragraph>{SAID}</paragraph></leadParagraph></article></PPSResponse>"
)
TEI = (
    '<?xml version="1.0"?><TEI><teiHeader><fileDesc><sourceDesc><bibl><title>La Gazette</title>'
    '<biblScope unit="page">A3</biblScope></bibl></sourceDesc></fileDesc></teiHeader>'
    f"<text><body><p>{SAID}</p></body></text></TEI>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("named.xml", NITF.format(meta='<meta name="print_page_number" content="A3"/>')),
        ("placed.xml", NITF.format(meta='<pubdata position.section="A" position.sequence="A3"/>')),
        ("newsml.xml", NEWSML),
        ("g2.xml", G2),
        ("pps.xml", PPS),
        ("tei.xml", TEI),
        ("a.jsonl", json.dumps({"text": SAID, "page": "A3"}) + "\n"),
        ("ninjs.json", json.dumps({"uri": "a", "body_text": SAID, "print_page": "A3"})),
        ("a.csv", f'Titre;Texte;Page\nLe pont;"{SAID}";A3\n'),
        ("iramuteq.txt", f"**** *source_Gazette *page_A3\n{SAID} {MORE}\n"),
        ("text.xml", f'<text id="a" page="A3">{SAID} {MORE}</text>'),
    ],
)
def test_each_format_keeps_it(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, "utf-8")
    (found,) = articles(tmp_path / name)
    assert isinstance(found, Article), found
    assert found.page == "A3"


def test_a_number_is_a_page_and_nonsense_is_none(tmp_path: Path) -> None:
    lines = [{"text": f"{SAID} {n}", "page": page} for n, page in enumerate((8, 8.0, "?", None))]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(v) + "\n" for v in lines), "utf-8")
    found = list(articles(tmp_path / "a.jsonl"))
    assert [a.page for a in found if isinstance(a, Article)] == ["8", "8", None, None]


def test_a_reading_keeps_it() -> None:
    reading = Reading(Article("a", SAID, "fr", page="A3"))
    assert contract.from_json(contract.to_json(reading)) == reading


def test_a_library_keeps_it_and_fills_it_in(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [article(0, page="3"), article(1)], reader, MAKER)
        assert [r.article.page for r in fetch.current(library.connection)] == ["3", None]
        # A former program left it out: the same file, added again, tells it and is no new version.
        tally = add.add(library, [article(0, page="9"), article(1, page="4")], reader, MAKER)
        assert (tally.added, tally.versions, tally.known) == (0, 0, 2)
        assert [r.article.page for r in fetch.current(library.connection)] == ["3", "4"]


def test_it_is_set_right_and_undone(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [article(0, page="3")], reader, MAKER)
        uid = article_edits.edit(library, 1, {"page": "5"}, "human:Ada")
        assert [r.article.page for r in fetch.current(library.connection)] == ["5"]
        article_edits.undo(library, uid, "human:Ada")
        assert [r.article.page for r in fetch.current(library.connection)] == ["3"]


def test_the_room_shows_it_and_cites_it(tmp_path: Path) -> None:
    pytest.importorskip("litestar")
    from litestar.testing import TestClient

    from selon.web.app import create

    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [article(0, page="A3")], reader, MAKER)
    with TestClient(create(tmp_path / "a.db"), base_url="http://127.0.0.1:8000") as client:
        assert "<bdi>p. A3</bdi>" in client.get("/article/1?lang=fr").text
        assert 'value="A3"' in client.get("/article/1/edit").text
        assert "p. A3" in client.get("/cite/1?as=plain&lang=fr").text
        assert "pages = {A3}" in client.get("/cite/1?as=bibtex").text
