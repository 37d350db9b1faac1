"""A sample is drawn in the room, coded in its files, and read back there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from numbers_made import filled
from selon.numbers import coding, sampling
from selon.web.app import create
from selon.web.settings import Settings


@pytest.fixture
def room(tmp_path: Path) -> Iterator[TestClient]:
    filled(tmp_path / "a.db").close()
    app = create(tmp_path / "a.db", Settings(lang="en", read_only=True))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def posted(room: TestClient, *files: tuple[str, bytes]) -> tuple[int, str]:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', room.get("/numbers/sample").text)
    assert token
    answer = room.post(
        "/numbers/sample",
        data={"_csrf_token": token[1]},
        files=[("files", one) for one in files],
        headers={"origin": "http://127.0.0.1:8000"},
    )
    return answer.status_code, answer.text


def test_a_sample_is_drawn_coded_and_read_back(room: TestClient) -> None:
    asked = "count=6&by=outlet&by=form&seed=3"
    page = room.get(f"/numbers/sample?{asked}").text
    assert "6 drawn" in page
    assert page.count("/review/") == 6
    sheet = room.get(f"/numbers/sample/csv?{asked}")
    assert sheet.content[:3] == b"\xef\xbb\xbf"
    rows = list(csv.DictReader(io.StringIO(sheet.text.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert len(rows) == 6
    assert {r["stratum"] for r in rows} == {"La Gazette · direct", "Le Courrier · direct"}
    assert all(f"/review/{r['number']}" in page for r in rows)
    files = []
    for coder in range(2):
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, sampling.STATEMENTS, delimiter=";")
        writer.writeheader()
        for n, row in enumerate(rows):
            # They disagree on one of six.
            writer.writerow({**row, "statement_right": int(n > 0 or not coder)})
        files.append((f"coder{coder}.csv", out.getvalue().encode("cp1252")))
    status, page = posted(room, *files)
    assert status == 200
    assert "statement_right" in page
    assert "100.0%" in page
    assert re.search(r"Krippendorff’s alpha, statement_right: 0\.00 \(6 units\)", page)


def test_paragraphs_are_drawn_too(room: TestClient) -> None:
    page = room.get("/numbers/sample?count=3&what=paragraphs").text
    assert "3 drawn" in page
    text = room.get("/numbers/sample/csv?count=3&what=paragraphs").text
    assert text.lstrip("\ufeff").startswith("number;outlet;published;url;paragraph;read;said;found")


@pytest.mark.parametrize("asked", ["count=0", "count=x", "count=999999", "count=1&by=outlet"])
def test_what_cannot_be_drawn_is_said(room: TestClient, asked: str) -> None:
    answer = room.get(f"/numbers/sample?{asked}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_what_is_no_coded_file_is_said(room: TestClient) -> None:
    for name, data in (("x.csv", b"a,b\n1,2\n"), ("x.xlsx", b"PK no"), ("x.csv", b"")):
        status, page = posted(room, (name, data))
        assert (status, 'role="alert"' in page) == (400, True)


def test_a_coded_file_is_read_as_a_spreadsheet_writes_it() -> None:
    told = "number;statement_right;content\r\n7;1;« Voilà »\r\n8;0;« Non »\r\n"
    for data in (told.encode("cp1252"), told.encode("utf-8-sig"), told.replace(";", ",").encode()):
        rows = coding.rows("a.csv", data)
        assert [(r["number"], r["statement_right"]) for r in rows] == [("7", "1"), ("8", "0")]
    assert [m.share for _n, m in coding.measure([rows]).measures][:1] == [0.5]
