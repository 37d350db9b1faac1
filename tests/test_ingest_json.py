"""JSON that comes in: lines, lists, one article; a bad one is a failure and stops nothing."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest_read import FRENCH, LINE, bad, one, read
from selon.errors import SelonError
from selon.ingest import ReadOptions, articles
from selon.records import Article, Failure


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")


# JSON


def test_json_lines(tmp_path: Path) -> None:
    full = {
        "id": "x",
        "text": FRENCH,
        "title": "T",
        "outlet": "L’Écho",
        "published": "2020-03-12",
        "url": "https://echo.example/1",
        "authors": ["A", "B"],
    }
    lines = [json.dumps(full), "", "{oops", json.dumps({"id": 7, "text": LINE, "title": None})]
    got = read(tmp_path, "a.jsonl", "\n".join(lines).encode(), ReadOptions(outlet="Défaut"))
    first, broken, last = got
    assert first == Article(
        "x", FRENCH, "fr", "T", "L’Écho", "2020-03-12", "https://echo.example/1", ("A", "B")
    )
    assert isinstance(broken, Failure)
    assert broken.source.endswith("a.jsonl:3")
    assert isinstance(last, Article)
    assert (last.id, last.outlet, last.title) == ("7", "Défaut", None)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"text": 3}', "“text” is a number"),
        (b'{"text": ["a"]}', "“text” is a list"),
        (b'{"text": ""}', "no text"),
        (b'{"title": "T", "prose": "B"}', "prose, title"),
        (b'{"text": "a", "title": {}}', "“title” is an object"),
        (b'{"text": "a", "id": true}', "“id” is true or false"),
        (b'{"text": "a", "authors": ["A", 3]}', "“authors” is a list"),
        (b'{"text": "a", "published": "12/03/2020"}', "two dates"),
        (b'{"text": "a\\ud800b"}', "\\ud800"),
        (b'{"text": "a", "authors": ["\\udc00"]}', "\\udc00"),
        (b'{"text": "a", "\\ud800": 1, "tex": "\xff"}', "UTF-8"),
        (b"[1]", "a list"),
        (b"null", "null"),
        (b'{"text": ' + b"[" * 100_000, "nested"),
        (b'{"text": "a"', "not JSON"),
    ],
)
def test_a_bad_line_is_a_failure_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, words: str
) -> None:
    failure, article = read(tmp_path, "a.jsonl", line + b"\n" + json.dumps({"text": LINE}).encode())
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert words in failure.error
    json.dumps([failure.error, failure.remedy], ensure_ascii=False).encode("utf-8")


def test_what_is_plain_enough_is_taken(tmp_path: Path) -> None:
    line = b'{"text": "a", "authors": "X", "title": NaN, "published": "2020-03-12 10:00:00"}'
    article = one(tmp_path, "a.jsonl", line)
    assert (article.authors, article.title) == (("X",), None)
    assert article.published == "2020-03-12T10:00:00"


def test_an_id_that_came_before(tmp_path: Path) -> None:
    lines = [{"id": 1, "text": "Un."}, {"id": 1, "text": "Deux."}, {"text": "Un."}, {"text": "Un."}]
    got = read(tmp_path, "a.jsonl", b"\n".join(json.dumps(v).encode() for v in lines))
    assert [type(g) for g in got] == [Article, Failure, Article, Failure]
    assert "“1”" in got[1].error  # type: ignore[attr-defined]


def test_json_files(tmp_path: Path) -> None:
    assert one(tmp_path, "a.json", b'\xef\xbb\xbf{"text": "Un."}').text == "Un."
    got = read(tmp_path, "a.json", b'[{"text": "Un."}, 3]')
    assert [type(g) for g in got] == [Article, Failure]
    assert len(read(tmp_path, "a.json", b'{"text": "Un."}\n{"text": "Deux."}\n')) == 2
    assert bad(tmp_path, "a.json", b"[]")
    assert bad(tmp_path, "a.json", b"{oops")
    assert "UTF-16" in bad(tmp_path, "a.json", '{"text": "Un."}'.encode("utf-16")).error
    assert "UTF-16" in bad(tmp_path, "a.jsonl", '{"text": "Un."}'.encode("utf-16")).error


OWN = ReadOptions(lang="fr", columns=(("text", "prose"), ("published", "date")))


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_keys_of_its_own(tmp_path: Path, name: str) -> None:
    line = json.dumps({"prose": LINE, "date": "2020-03-12", "title": "T", "published": "x"})
    assert "--column text=" in bad(tmp_path, name, line.encode()).remedy
    article = one(tmp_path, name, line.encode(), OWN)
    assert (article.text, article.published, article.title) == (LINE, "2020-03-12", "T")
    # A record that already speaks our tongue is read, whatever its neighbours need.
    plain = one(tmp_path, name, json.dumps({"text": LINE}).encode(), OWN)
    assert plain.text == LINE


def test_a_record_speaks_the_words_of_other_programs(tmp_path: Path) -> None:
    said = {
        "Titre de l’article": "T",
        "texte": LINE,
        "Support": "Le Phare",
        "datePublished": "12/03/2020",
    }
    told = {"author": [{"@type": "Person", "name": "Anne Roux"}], "publisher": {"name": "Le Soir"}}
    article = one(tmp_path, "a.json", json.dumps({**said, **told}).encode())
    assert (article.text, article.title, article.published) == (LINE, "T", "2020-03-12")
    assert article.outlet in ("Le Phare", "Le Soir")
    assert article.authors == ("Anne Roux",)
    # What is ours is never overruled.
    ours = {"text": LINE, "outlet": "Le Soir", "source": "https://a.example/1", "content": "autre"}
    assert one(tmp_path, "b.json", json.dumps(ours).encode()).text == LINE
    assert one(tmp_path, "b.json", json.dumps(ours).encode()).outlet == "Le Soir"


def test_a_date_of_somebody_elses_is_read_or_refused(tmp_path: Path) -> None:
    line = {"text": LINE, "date": "jeu. 12 mars 2020", "source": "https://a.example/1"}
    article = one(tmp_path, "a.json", json.dumps(line).encode())
    assert (article.published, article.outlet) == ("2020-03-12", None)
    assert "hier" in bad(tmp_path, "b.json", json.dumps({**line, "date": "hier"}).encode()).error


def test_the_first_characters_alone_are_no_article(tmp_path: Path) -> None:
    line = {"title": "T", "content": f"{LINE}… [+2143 chars]"}
    assert "first characters" in bad(tmp_path, "a.json", json.dumps(line).encode()).error


def test_an_unknown_field_stops_at_once() -> None:
    for columns in ((("texte", "article"),), (("text", ""),)):
        with pytest.raises(SelonError, match="--column"):
            articles("a.jsonl", ReadOptions(columns=columns))


class Endless(io.RawIOBase):
    """Lines without end, and how many bytes of them were asked for."""

    asked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.asked += len(buffer)
        assert self.asked < 1_000_000, "the whole stream is read"
        data = (json.dumps({"text": f"Article {self.asked}."}) + "\n").encode()
        buffer[: len(data)] = data
        return len(data)


def test_json_lines_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    rows = articles("-")
    assert all(isinstance(next(rows), Article) for _ in range(3))


def test_a_line_beyond_measure_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selon.ingest.jsonlines.MAX_LINE_BYTES", 1000)
    long = b'{"text": "' + b"a " * 2_000_000 + b'"}\n'
    lines = b'{"text": "Le maire a dit oui."}\n' + long + b'{"text": "Elle a dit non."}\n'
    one, told, two = read(tmp_path, "a.jsonl", lines)
    assert isinstance(told, Failure)
    assert told.source.endswith(":2")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
