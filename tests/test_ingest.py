"""What comes in: texts unaltered, pages, JSON; whatever is bad is a failure and stops nothing."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest_read import FRENCH, LINE, ROOT, bad, one, read
from selon import ingest
from selon.errors import SelonError
from selon.ingest import ReadOptions, articles, charset, formats, language
from selon.ingest.edtf_dates import edtf
from selon.records import Article, Failure, Heading, Span


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")


# Plain text


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"],
)
def test_the_text_is_exactly_what_the_file_holds(tmp_path: Path, encoding: str) -> None:
    assert one(tmp_path, "a.txt", FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "iso8859-15"])
def test_older_encodings(tmp_path: Path, encoding: str) -> None:
    text = FRENCH.replace("’", "'")
    text = text if encoding == "iso8859-15" else text.replace("œ", "oe")
    assert one(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_no_mark_and_no_accent_in_utf_16(tmp_path: Path) -> None:
    assert one(tmp_path, "a.txt", LINE.replace("é", "e").encode("utf-16-le")).language == "fr"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_any_utf_8_comes_back(text: str) -> None:
    text = text.removeprefix("\ufeff")
    # What UTF-8 never begins with by chance, but a file kind does.
    if text.encode() and not any(text.encode().startswith(m[0]) for m in charset.MAGIC):
        assert charset.decode(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (FRENCH.encode()[:-1] + "été".encode()[:-1], "line 5"),
        (b"Le maire\x00 a dit", "not a text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (FRENCH.encode("utf-16")[:-1], "utf-16"),
        (bytes(range(256)) * 20, "not a text"),
    ],
)
def test_a_bad_text_is_a_failure_with_a_remedy(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in bad(tmp_path, "a.txt", data).error


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "none.txt", "no such file"),
        ("a\x00b", "no such file"),
        ("\ud800.txt", "no such file"),
    ):
        (failure,) = articles(path)
        assert isinstance(failure, Failure)
        assert words in failure.error
        failure.source.encode("utf-8")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    (failure,) = articles(tmp_path / "a.txt")
    assert isinstance(failure, Failure)
    assert "permission to read the file was denied" in failure.error


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a file have such a name")
def test_a_file_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_bytes(b"")
    (failure,) = articles(os.fsdecode(path))
    assert isinstance(failure, Failure)
    assert failure.source.endswith("\ufffd.txt")


def test_ten_megabytes_on_one_line(tmp_path: Path) -> None:
    long = (LINE + " ") * 160_000
    assert one(tmp_path, "a.txt", long.encode()).text == long
    assert one(tmp_path, "a.jsonl", json.dumps({"text": long}).encode()).text == long


def test_the_id_is_stable_and_of_the_text(tmp_path: Path) -> None:
    first = one(tmp_path, "a.txt", FRENCH.encode())
    assert first.id == one(tmp_path, "b.txt", FRENCH.encode("cp1252")).id
    assert first.id == hashlib.sha256(f"\n{FRENCH}".encode()).hexdigest()[:16]
    assert first.id != one(tmp_path, "a.txt", FRENCH.encode() + b".").id


# Headings, language, options


def test_a_heading_fills_what_is_absent(tmp_path: Path) -> None:
    text = f"date 2020-03 {LINE}"
    article = one(tmp_path, "a.txt", text.encode())
    assert (article.published, article.text) == ("2020-03", text)
    text = f"PARIS, 3 mars 2020 (AFP) — {LINE}"
    article = one(tmp_path, "a.txt", text.encode())
    assert (article.published, article.outlet) == ("2020-03-03", "AFP")
    said = one(tmp_path, "a.txt", text.encode(), ReadOptions(date="2020-03-04", outlet="L’Écho"))
    assert (said.published, said.outlet) == ("2020-03-04", "L’Écho")


def test_with_heading_is_pure_and_takes_the_first_that_tells() -> None:
    article = Article("1", "AFP 2020")
    headings = [
        Heading(Span(0, 3), None, None, Span(0, 3), "a"),
        Heading(Span(4, 8), Span(4, 8), None, None, "b", "2020"),
        Heading(Span(4, 8), Span(4, 8), None, None, "b", "2021"),
    ]
    assert ingest.with_heading(article, headings) == Article(
        "1", "AFP 2020", outlet="AFP", published="2020"
    )
    assert ingest.with_heading(article, []) == article


def test_language(tmp_path: Path) -> None:
    assert language.detect_language(LINE) == "fr"
    assert language.detect_language("The mayor said on Tuesday that the pool would reopen.") == "en"
    assert language.detect_language("Oui.") == "und"
    assert language.detect_language("12 000 € 30 % " * 50) == "und"
    assert one(tmp_path, "a.txt", b"Oui.").language == "fr"
    arabic = "قال رئيس البلدية يوم الثلاثاء إن المسبح سيفتح أبوابه من جديد".encode()
    failure = bad(tmp_path, "a.txt", arabic)
    assert failure.stage == "language"
    assert "(ar)" in failure.error
    assert "--lang" in failure.remedy
    assert one(tmp_path, "a.txt", arabic, ReadOptions(lang="fr")).language == "fr"


def test_a_stated_language_is_believed(tmp_path: Path) -> None:
    line = json.dumps({"text": LINE, "language": "fr-CA"}).encode()
    assert one(tmp_path, "a.jsonl", line).language == "fr"
    line = json.dumps({"text": LINE, "language": "tlh"}).encode()
    assert read(tmp_path, "a.jsonl", line)[0].stage == "language"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "options", [ReadOptions(date="bientôt"), ReadOptions(lang="tlh"), ReadOptions(format="odt")]
)
def test_a_bad_option_stops_at_once(options: ReadOptions) -> None:
    with pytest.raises(SelonError):
        articles("none.txt", options)


def test_from_text() -> None:
    article = ingest.from_text(
        f"12 mars 2020. – {LINE}", ReadOptions(outlet="L’Écho"), title="Piscine"
    )
    assert isinstance(article, Article)
    assert (article.published, article.outlet, article.title) == ("2020-03-12", "L’Écho", "Piscine")
    assert isinstance(ingest.from_text(" "), Failure)
    assert isinstance(ingest.from_text("\ud800"), Failure)


# Pages


def test_the_example_page() -> None:
    (page,) = articles(ROOT / "examples/page.html")
    assert isinstance(page, Article)
    assert page.title == "À Sault-les-Bains, les bus de nuit ne rouleront plus le week-end"
    assert (page.outlet, page.published) == ("La Gazette des Deux-Rives", "2024-05-23")
    assert page.authors == ("Camille Verdeil", "Idris Montagnac")
    assert page.url == "https://www.gazette-deux-rives.example/2024/05/23/bus-de-nuit"
    assert page.text.startswith("La régie des transports")
    assert page.text.endswith("le 6 juin.")
    for clutter in ("cookies", "S’abonner", "À lire aussi", "bus vides", "Les plus lus", "©"):
        assert clutter not in page.text


def test_the_example_text() -> None:
    (article,) = articles(ROOT / "examples/exemple.txt")
    assert isinstance(article, Article)
    assert article.text.encode() == (ROOT / "examples/exemple.txt").read_bytes()
    assert (article.published, article.outlet) == ("2024-03-12", "Agence Littoral")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_a_plain_page_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    body = f"<p>{LINE} {LINE}</p>" * 3
    page = (
        f"<html><head><meta charset='iso-8859-1'><title>Piscine</title></head>"
        f"<body><nav>menu</nav><article><h1>Piscine</h1>{body}</article></body></html>"
    )
    article = one(tmp_path, "a.txt", page.encode(encoding), ReadOptions(outlet="L’Écho"))
    assert article.text.startswith(LINE)
    # No date is stated: none is guessed.
    assert (article.title, article.outlet, article.published) == ("Piscine", "L’Écho", None)


@pytest.mark.parametrize("data", [b"", b"garbage", b"<html></html>", b"<p>x", b"<div>" * 50_000])
def test_a_page_without_an_article(tmp_path: Path, data: bytes) -> None:
    bad(tmp_path, "a.html", data)


# Standard input, the door


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, count in (
        (LINE.encode(), 1),
        (b'{"text": "Un."}\n{"text": "Deux."}\n', 2),
        (b'[{"text": "Un."},{"text": "Deux."}]', 2),
        (b'{\n  "text": "Un."\n}', 1),
        (b"[Photo] Le maire.", 1),
    ):
        stream = io.BytesIO(data)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        got = list(articles("-"))
        assert [type(g) for g in got] == [Article] * count
        assert not stream.closed


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(lambda t: t.encode("utf-8", "surrogatepass"))
    | st.builds(lambda t: json.dumps({"text": t}).encode(), st.text(max_size=50)),
    st.sampled_from([None, *(f.name for f in formats.FORMATS)]),
)
def test_any_bytes_give_articles_or_failures(
    tmp_path: Path, data: bytes, format_: str | None
) -> None:
    for row in read(tmp_path, "a.bin", data, ReadOptions(format=format_)):
        assert isinstance(row, Article | Failure)
        words = (row.text, row.id) if isinstance(row, Article) else (row.error, row.remedy)
        "".join(words).encode("utf-8")


@given(st.text(alphabet="0123456789X-/.,[]{}~?%T: Z", max_size=20))
def test_edtf_never_raises(value: str) -> None:
    date = edtf(value)
    assert date is None or edtf(date) == date


def test_edtf_is_what_the_library_of_record_reads() -> None:
    from edtf import parse_edtf

    dates = ["2020-03-12", "2020-03", "2020", "2020-03-12T10:00:00Z", "2020-XX", "2020-21"]
    dates += ["2020-03~", "2020-03-01/2020-03-05", "2020-03-01/..", "[2020-03-02,2020-03-09]"]
    for date in dates:
        assert edtf(date) == date
        parse_edtf(date)
    for wrong in ("2020-13", "2021-02-29", "12/03/2020", "mars 2020", "", "2020-3-1", "/"):
        assert edtf(wrong) is None


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, selon.ingest; heavy = {'trafilatura', 'py3langid', 'charset_normalizer'};"
        "print((heavy | {'numpy', 'spacy'}) & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_manual_names_every_format_and_rule(lang: str) -> None:
    from selon.lang.fr.headings import RULES

    manual = (ROOT / "docs" / lang / "reference" / "formats.md").read_text("utf-8")
    for chosen in formats.FORMATS:
        for word in (chosen.name, *chosen.suffixes):
            assert f"`{word}`" in manual
    for rule in RULES:
        assert f"| `{rule.__name__}` |" in manual
