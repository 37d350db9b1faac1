"""Archives' exports, documents, mail, subtitles, corpora: made-up files, and each of them broken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import ingest_containers as containers
import ingest_made as made
from selon.ingest import ReadOptions, articles, documents
from selon.records import Article, Failure


def read(folder: Path, name: str, data: bytes, **options: str) -> list[Article | Failure]:
    path = folder / name
    path.write_bytes(data)
    return list(articles(path, ReadOptions(**options)))  # type: ignore[arg-type]


def good(items: list[Article | Failure]) -> list[Article]:
    assert not [i for i in items if isinstance(i, Failure)], items
    return [i for i in items if isinstance(i, Article)]


def fault(items: list[Article | Failure]) -> Failure:
    (only,) = items
    assert isinstance(only, Failure), only
    assert only.error
    assert only.remedy
    return only


PAIRS = (
    "nexis.docx",
    "nexis.rtf",
    "factiva.rtf",
    "lexis.txt",
    "codes.html",
    "plain.html",
    "europresse.html",
)


@pytest.mark.parametrize("name", PAIRS)
def test_exports_of_two_articles(tmp_path: Path, name: str) -> None:
    one, two = good(read(tmp_path, name, made.FILES[name]))
    assert (one.title, two.title) == made.TITLES
    assert (one.outlet, two.outlet) == made.OUTLETS
    assert (one.published, two.published) == made.DAYS
    first = made.MORE.replace("deux millions", "deux millions")
    assert one.text == f"{made.SAID}\n\n{first}"
    assert two.text.startswith(made.DENIED)
    assert made.SAID not in two.text
    for furniture in (
        "Copyright",
        "Document",
        "©",
        "mots",
        "Load",
        "RUBRIQUE",
        "Français",
        "End of",
    ):
        assert furniture not in one.text + two.text


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "plain.html"])
def test_authors_of_exports(tmp_path: Path, name: str) -> None:
    one = good(read(tmp_path, name, made.FILES[name]))[0]
    assert one.authors[0] in ("Damien Ressac", "RESSAC Damien")
    if name.startswith("nexis"):
        assert one.authors == ("Damien Ressac", "Anna Lissac")


ONES = ("article.docx", "article.odt", "article.rtf", "nitf.xml", "factiva.xml")


@pytest.mark.parametrize("name", ONES)
def test_documents_of_one_article(tmp_path: Path, name: str) -> None:
    (one,) = good(read(tmp_path, name, made.FILES[name]))
    assert one.title == made.TITLES[0]
    assert one.text == f"{made.SAID}\n\n{made.MORE}"
    if name.endswith(".xml"):
        assert (one.outlet, one.published) == (made.OUTLETS[0], made.DAYS[0])


def test_the_name_of_a_file_does_not_hide_what_it_is(tmp_path: Path) -> None:
    for name in ("article.rtf", "nexis.docx", "nitf.xml", "corpus.txt", "page.pdf"):
        under = {
            len(good(read(tmp_path, f"x{end}", made.FILES[name]))) for end in (".txt", ".doc", "")
        }
        assert under == {len(good(read(tmp_path, name, made.FILES[name])))}


def test_an_issue_is_read_by_its_parts(tmp_path: Path) -> None:
    one, two = good(read(tmp_path, "issue.epub", made.FILES["issue.epub"]))
    assert (one.title, two.title) == made.TITLES
    assert one.outlet == made.OUTLETS[0]
    assert one.published == made.DAYS[0]
    assert one.text == f"{made.SAID}\n\n{made.MORE}"


def test_columns_hyphens_and_running_heads_of_a_pdf(tmp_path: Path) -> None:
    (one,) = good(read(tmp_path, "page.pdf", made.FILES["page.pdf"]))
    assert one.title == made.TITLES[0]
    assert one.published == made.DAYS[0]
    assert one.text == (
        "Les travaux ont duré onze mois et coûté deux millions d’euros à la commune. « Le pont rouvrira"
        " lundi », a dit la maire, Élise Carmin, porte-parole du canton, devant la foule.\n\n"
        "Le préfet a répondu : « Il ne rouvrira pas. » Personne ne le croit."
    )


def test_a_scan_is_refused_by_name(tmp_path: Path) -> None:
    assert "scan" in fault(read(tmp_path, "scan.pdf", containers.pdf([[]]))).error
    page = containers.column(40, 500, ["Le pont rouvrira lundi, a dit la maire, dans la rue."])
    told, one = read(tmp_path, "half.pdf", containers.pdf([page, []]))
    assert isinstance(told, Failure)
    assert "2" in told.error
    assert isinstance(one, Article)


def test_europresse_as_lines_of_a_pdf() -> None:
    one, two = documents.pieces([documents.TextLine(words) for words in made.EUROPRESSE_LINES])
    assert (one.title, one.outlet, one.published) == (made.TITLES[0], made.OUTLETS[0], made.DAYS[0])
    assert (one.authors, one.number) == (("Damien Ressac",), "news·20260312·CF·0001")
    assert one.text == f"{made.SAID}\n\n{made.MORE}"
    assert (two.title, two.outlet, two.published) == (made.TITLES[1], made.OUTLETS[1], made.DAYS[1])
    assert two.text == made.DENIED
    assert documents.pieces([documents.TextLine(made.SAID), documents.TextLine(made.MORE)]) == []


def test_what_is_printed_on_every_page_is_no_text(tmp_path: Path) -> None:
    pages = [
        [(40.0, 575.0, 8.0, "La Gazette du Val"), (390.0, 20.0, 8.0, f"{n}"),
         *containers.column(40, 500, [f"La maire a dit la phrase {n} devant la foule.", "Fin de la page, enfin."])]
        for n in range(1, 5)
    ]  # fmt: skip
    (one,) = good(read(tmp_path, "pages.pdf", containers.pdf(pages)))
    assert "Gazette" not in one.text
    assert one.text.count("phrase") == 4


def test_newsml_1_has_no_captions_and_tells_pictures(tmp_path: Path) -> None:
    one, told = read(tmp_path, "newsml1.xml", made.FILES["newsml1.xml"])
    assert isinstance(one, Article)
    assert one.text == f"{made.SAID}\n\n{made.MORE}"
    assert (one.title, one.published, one.authors) == (
        made.TITLES[0],
        made.DAYS[0],
        ("Damien Ressac",),
    )
    assert isinstance(told, Failure)


def test_mail_is_read_from_its_better_part(tmp_path: Path) -> None:
    (one,) = good(read(tmp_path, "letter.eml", made.FILES["letter.eml"]))
    assert (one.title, one.outlet, one.published) == (made.TITLES[0], made.OUTLETS[0], made.DAYS[0])
    assert one.text.startswith(made.SAID)
    assert one.text.endswith(made.MORE)
    assert "Lire aussi" not in one.text
    assert len(good(read(tmp_path, "box.mbox", made.FILES["box.mbox"]))) == 2


def test_attachments_are_told(tmp_path: Path) -> None:
    part = (
        b'--xx\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\n'
        b"x\n--xx--"
    )
    data = made.FILES["letter.eml"].replace(b"multipart/alternative", b"multipart/mixed")
    items = read(tmp_path, "letter.eml", data.replace(b"--xx--", part))
    assert [i.source for i in items if isinstance(i, Failure) and "a.pdf" in i.error]
    assert [i for i in items if isinstance(i, Article)]


def test_subtitles_are_paragraphs_by_who_speaks(tmp_path: Path) -> None:
    (one,) = good(read(tmp_path, "said.srt", made.FILES["said.srt"]))
    assert one.text == (
        "Le pont rouvrira lundi, annonce la maire.\n\n- Vous en êtes sûre ?\n\n- Oui, tout est prêt."
    )
    (two,) = good(read(tmp_path, "said.vtt", made.FILES["said.vtt"]))
    assert two.text == (
        "Élise Carmin : Le pont rouvrira lundi.\n\nLoïc Trévidic : Il ne rouvrira pas & voilà."
    )


def test_corpora_for_textometry(tmp_path: Path) -> None:
    one, two = good(read(tmp_path, "corpus.txt", made.FILES["corpus.txt"]))
    assert (one.outlet, one.published, one.authors) == ("LeCourrier", made.DAYS[0], ("Ressac",))
    assert (one.text, two.text) == (made.SAID, made.DENIED)
    (three,) = good(read(tmp_path, "corpus.xml", made.FILES["corpus.xml"]))
    assert (three.id, three.outlet, three.published) == ("t1", made.OUTLETS[0], made.DAYS[0])
    folder = tmp_path / "txm"
    folder.mkdir()
    (folder / "metadata.csv").write_text(
        'id,titre,source,date\n"t2","Pont","Le Courrier",12/03/2026\n'
    )
    (four,) = good(read(folder, "t2.txt", made.SAID.encode()))
    assert (four.title, four.outlet, four.published) == ("Pont", "Le Courrier", made.DAYS[0])


def test_agencies_json_in_a_list_under_a_key(tmp_path: Path) -> None:
    (one,) = good(read(tmp_path, "items.json", made.FILES["items.json"]))
    assert (one.title, one.outlet, one.published) == (made.TITLES[0], "AGX", made.DAYS[0])
    assert one.text == "« Le pont rouvrira lundi », a dit la maire, Élise Carmin."


def test_files_in_an_archive(tmp_path: Path) -> None:
    data = containers.zipped(
        {
            "a/nitf.xml": made.FILES["nitf.xml"],
            "b/inner.zip": containers.zipped({"c.docx": made.FILES["article.docx"]}),
            "__MACOSX/a": b"x",
            "picture.png": b"\x89PNG\r\n\x1a\n0000",
        }
    )
    items = read(tmp_path, "all.zip", data)
    assert len([i for i in items if isinstance(i, Article)]) == 2
    (bad,) = [i for i in items if isinstance(i, Failure)]
    assert bad.source.endswith("all.zip!picture.png")


def test_a_member_that_unpacks_to_too_much_is_left_out(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 60_000_000)
        archive.writestr("a.xml", made.FILES["nitf.xml"])
    items = read(tmp_path, "bomb.zip", out.getvalue())
    assert [type(i).__name__ for i in items] == ["Failure", "Article"]


def test_tables_are_refused_by_name(tmp_path: Path) -> None:
    assert (
        "XLSX"
        in fault(read(tmp_path, "a.xlsx", containers.zipped({"xl/workbook.xml": "<x/>"}))).error
    )


def test_unknown_xml_is_refused_by_its_root(tmp_path: Path) -> None:
    for name in ("a.xml", "a.txt"):
        data = b"<?xml version='1.0'?><facture><a>b</a></facture>"
        assert "<facture>" in fault(read(tmp_path, name, data)).error


BREAKABLE = sorted(set(made.FILES) - {"said.srt", "said.vtt", "corpus.txt", "table.csv"})


@pytest.mark.parametrize("name", BREAKABLE)
def test_a_file_cut_short_is_told(tmp_path: Path, name: str) -> None:
    data = made.FILES[name]
    whole = [i for i in read(tmp_path, name, data) if isinstance(i, Article)]
    items = read(tmp_path, name, data[: len(data) * 2 // 3])
    kept = [i for i in items if isinstance(i, Article)]
    # HTML and text say nowhere that they end: there the last article may be shorter.
    if not name.endswith((".html", ".txt", ".eml", ".mbox")):
        assert [i for i in items if isinstance(i, Failure)], items
    assert len(kept) <= len(whole)
    # What is kept of an archive's export is whole.
    if name.endswith((".docx", ".rtf", ".xml", ".zip", ".odt", ".json")):
        assert {a.text for a in kept} <= {a.text for a in whole}


def test_an_export_that_breaks_off_keeps_what_is_whole(tmp_path: Path) -> None:
    lines = made.FACTIVA_LINES[:-4]
    items = read(tmp_path, "factiva.rtf", containers.rtf(lines))
    assert [type(i).__name__ for i in items] == ["Article", "Failure"]
    items = read(tmp_path, "nexis.docx", containers.docx(made.NEXIS[:-1]))
    assert [type(i).__name__ for i in items] == ["Article", "Failure"]


def test_a_file_in_an_archive_may_have_no_name(tmp_path: Path) -> None:
    data = containers.zipped({"x": made.SAID, "y.txt": made.SAID + made.MORE})
    # In the list at the end a name begins with a zero byte: it is read as nothing.
    nameless = bytearray(data)
    at = nameless.index(b"PK\x01\x02")
    nameless[at + 46] = 0
    assert [i for i in read(tmp_path, "b.zip", bytes(nameless)) if isinstance(i, Article)]
