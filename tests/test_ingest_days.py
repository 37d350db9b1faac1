"""Dates as people write them, wherever one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.errors import SelonError
from selon.ingest import ReadOptions, articles, dates
from selon.records import Article, Failure

SAME = (
    "28/06/2020", "28-06-2020", "28.06.2020", "28/6/20", "2020/06/28", "20200628", "20200628T101500Z",
    "dim. 28 juin 2020", "dimanche 28 juin 2020", "28 juin 2020 à 14h30", "le 28 juin 2020", "28 juin 2020 14:30",
    "Sun, 28 Jun 2020 15:06:05 GMT", "dim., 28 juin 2020 15:06:05 +0200", "June 28, 2020", "28th June 2020",
    "28. Juni 2020", "28 de junio de 2020", "06/28/2020",
)  # fmt: skip


@pytest.mark.parametrize("words", SAME)
def test_ways_to_write_a_day(words: str) -> None:
    assert dates.parse_date(words) == "2020-06-28"


def test_edtf_stays_as_it_is() -> None:
    for words in ("2020", "2020-06", "2020-06~", "2020-06-28T10:15:00+02:00", "2020/2021"):
        assert dates.parse_date(words) == words


@pytest.mark.parametrize(
    "words", ["hier", "31/02/2020", "28 brumaire 2020", "", "Publié hier à 19h25", "12"]
)
def test_what_is_no_date(words: str) -> None:
    assert dates.parse_date(words) is None


def test_two_dates_in_one() -> None:
    with pytest.raises(dates.Ambiguous):
        dates.parse_date("03/04/2026")
    assert dates.parse_date("03/04/2026", "day-first") == "2026-04-03"
    assert dates.parse_date("03/04/2026", "month-first") == "2026-03-04"
    # Against the order that was said, it is no date: it is not turned round.
    assert dates.parse_date("03/28/2026", "day-first") is None
    assert dates.parse_date("03.04.2026") == "2026-04-03"


def test_a_person_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")
    with pytest.raises(SelonError, match="may be two dates"):
        dates.parse_date_option("03/04/2026", "--date")
    with pytest.raises(SelonError, match="is not a date"):
        dates.parse_date_option("bientôt", "--date")
    monkeypatch.setenv("SELON_LANG", "fr")
    assert dates.parse_date_option("03/04/2026", "--date") == "2026-04-03"


def table(folder: Path, text: str, **options: str) -> list[Article | Failure]:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return list(articles(path, ReadOptions(**options)))  # type: ignore[arg-type]


ENGLISH = (
    "The mayor said on Tuesday that the bridge would open again within a week, after long works."
)


def test_a_table_tells_the_order_of_its_dates(tmp_path: Path) -> None:
    lines = [f'a,03/04/2026,"{ENGLISH}"', f'b,28/04/2026,"{ENGLISH} Again."']
    rows = table(tmp_path, "\n".join(["title,date,text", *lines, ""]))
    assert [r.published for r in rows if isinstance(r, Article)] == ["2026-04-03", "2026-04-28"]


def test_an_order_that_nothing_tells_is_asked_for(tmp_path: Path) -> None:
    (refused,) = table(tmp_path, f'title,date,text\na,03/04/2026,"{ENGLISH}"\n')
    assert isinstance(refused, Failure)
    assert "--dates" in refused.remedy
    (french,) = table(
        tmp_path, 'title,date,text\na,03/04/2026,"La maire a dit mardi que le pont rouvrirait."\n'
    )
    assert isinstance(french, Article)
    assert french.published == "2026-04-03"


def test_the_option_settles_it(tmp_path: Path) -> None:
    text = 'Titre;Date;Texte\na;03/04/2026;"La maire a dit mardi que le pont rouvrirait lundi."\n'
    (one,) = table(tmp_path, text)
    (two,) = table(tmp_path, text, dates="month-first")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.published, two.published) == ("2026-04-03", "2026-03-04")
