"""Date lines and datelines of French news. `{…}` marks what must be found; no braces: nothing."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.lang.fr import headings
from selon.lang.fr.heading_shapes import compile_shapes
from selon.records import Span

SHARED = Path(os.environ.get("SELON_SHARED", Path(__file__).parents[2] / "shared"))

# text, rule, published, place, outlet
CASES = [
    (" {date 2021-03} Le préfet a parlé.", "keyed_date", "2021-03", None, None),
    ("{Date : 12 mars 2021}\nLe préfet.", "keyed_date", "2021-03-12", None, None),
    ("{24 janvier 2016 . –}\nLe préfet a parlé.", "dated_paragraph", "2016-01-24", None, None),
    ("{29 mai 2012. -} Un postier est mort.", "dated_paragraph", "2012-05-29", None, None),
    ("Un titre\n\n{1er septembre 2016. –}\n", "dated_paragraph", "2016-09-01", None, None),
    (
        "Un titre\n\nUn résumé d’une phrase.\n\n{12 mars 2016, Montpellier . –}\nLe club.",
        "dated_paragraph",
        "2016-03-12",
        "Montpellier",
        None,
    ),
    ("{1er janvier 2017, 1 h 30 UTC+3 . –} Au moins", "dated_paragraph", "2017-01-01", None, None),
    ("{31 mars 2016, 15:37 (UTC) . –}\nDix", "dated_paragraph", "2016-03-31", None, None),
    (
        "{4 août 2016, Bolivie, cratère de Maragua . –}\nC’est",
        "dated_paragraph",
        "2016-08-04",
        "Bolivie",
        None,
    ),
    ("{jeudi 12 mars 2020}\n\nLe préfet.", "place_line", "2020-03-12", None, None),
    ("{Paris, le 12 mars 2020}\n\nLe préfet.", "place_line", "2020-03-12", "Paris", None),
    ("{12/03/2020}\r\nLe préfet.", "place_line", "2020-03-12", None, None),
    ("{Montpellier, 12 mars 2016 –} Le club", "place_dated", "2016-03-12", "Montpellier", None),
    ("{New York, le 31 février 2020 –} Le", "place_dated", None, "New York", None),
    ("{PARIS, 3 mars (AFP) —} Le préfet", "agency_dateline", None, "PARIS", "AFP"),
    ("{(Reuters) -} Une femme", "agency_dateline", None, None, "Reuters"),
    (
        "{Téhéran, 12 mai 2019 (IRNA) -} Le",
        "agency_dateline",
        "2019-05-12",
        "Téhéran",
        "IRNA",
    ),
    ("{BERNE (ats) -} Le Conseil", "agency_dateline", None, "BERNE", "ats"),
    ("{OTTAWA, le 3 mars 2020 /CNW/ -} Le", "agency_dateline", "2020-03-03", "OTTAWA", "CNW"),
    (
        "{Kinshasa, 02 mars 2020 (ACP).-} Le",
        "agency_dateline",
        "2020-03-02",
        "Kinshasa",
        "ACP",
    ),
    ("{Lomé, 3 mars (Savane Infos) –} Le", "agency_dateline", None, "Lomé", "Savane Infos"),
    (
        "{NEW YORK/WASHINGTON, 3 mars (Reuters) -} Le",
        "agency_dateline",
        None,
        "NEW YORK/WASHINGTON",
        "Reuters",
    ),
    ("{AFP -} Le préfet", "agency_dash", None, None, "AFP"),
    ("Un titre\n{Avec AFP}\nLe préfet", "agency_line", None, None, "AFP"),
    ("{AFP, le 12 mars 2020 à 14h30}\nLe", "agency_line", "2020-03-12", None, "AFP"),
    ("{Source : Press TV}\nLe préfet", "keyed_source", None, None, "Press TV"),
    ("{MONTRÉAL —} Le gouvernement", "city_dash", None, "MONTRÉAL", None),
    ("{Publié le 12 mars 2020 à 14h30}\nLe", "dated_line", "2020-03-12", None, None),
    (
        "{Publié le 12/03/2020 à 10:12, mis à jour le 13/03/2020 à 09:00}\nLe",
        "dated_line",
        "2020-03-12",
        None,
        None,
    ),
    (
        "{Par Anne Roux | Publié le 12 mars 2020 | 3 min de lecture}\nLe",
        "dated_line",
        "2020-03-12",
        None,
        None,
    ),
    # A later date is not the date of publication.
    ("{Mis à jour le 12 mars 2020}\nLe", "dated_line", None, None, None),
]

NONE = [
    "",
    "Le 12 mars 2016, Jean Roux – Premier ministre – a parlé.",
    "Le 22 octobre 2016, Anne Roux , première vice-présidente du conseil a réagi.",
    "Publié le 12 mars 2020, le rapport indique que tout va bien.",
    "Paris, le 12 mars 2020, le préfet a dit non.",
    "Date limite le 12 mars 2020.",
    "Anne Roux (PS) – Le maire refuse.",
    "Jean Dupont (AP) a dit non.",
    "PARIS - ROUBAIX : une course",
    "ACCIDENT - Un petit garçon est tombé.",
    "12 mars 2016 – 14 mars 2016 : une semaine",
    "Mars 2020 : une année",
    # A chronology: no date of these is the article's.
    "12 mars 2016 – La grève.\n14 mars 2016 – La reprise.\n",
    "Un titre\n" + "Une phrase. " * 200 + "\nPARIS, 3 mars (AFP) — Le préfet",
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c[0][:40])
def test_found(case: tuple[str, str, str | None, str | None, str | None]) -> None:
    marked, rule, published, place, outlet = case
    text = re.sub("[{}]", "", marked)
    (heading,) = headings.find_headings(text)
    assert heading.span == Span(marked.index("{"), marked.index("}") - 1)
    assert (heading.rule, heading.published) == (rule, published)
    assert (heading.place.of(text) if heading.place else None) == place
    assert (heading.outlet.of(text) if heading.outlet else None) == outlet


@pytest.mark.parametrize("text", NONE)
def test_nothing_found(text: str) -> None:
    assert headings.find_headings(text) == ()


def test_a_caption_with_a_date_is_no_heading() -> None:
    text = "15 février 2016 . –\nLe préfet.\n\nMarine Nationale, 22 octobre 2015.\n"
    assert [h.published for h in headings.find_headings(text)] == ["2016-02-15"]


def test_published() -> None:
    assert headings.edtf_of_date("1er mars 2020") == "2020-03-01"
    assert headings.edtf_of_date("jeudi 12 déc. 2019") == "2019-12-12"
    assert headings.edtf_of_date("mars 2020") == "2020-03"
    assert headings.edtf_of_date("3.4.2020") == "2020-04-03"
    assert headings.edtf_of_date("12 mars") is None
    assert headings.edtf_of_date("demain") is None


def test_every_city_and_agency_is_written_small() -> None:
    assert all(name == name.casefold() for name in compile_shapes().agencies)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["12 mars 2020", "PARIS", ", ", "(AFP)", " – ", "\n", "Publié le ", ". ", "14h30", "X"]
        )
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_text_gives_ordered_spans_in_it(text: str) -> None:
    at = 0
    for heading in headings.find_headings(text):
        assert at <= heading.span.start < heading.span.end <= len(text)
        for part in (heading.date, heading.place, heading.outlet):
            assert part is None or heading.span.holds(part)
        at = heading.span.end


@pytest.mark.skipif(not (SHARED / "gold/fr").is_dir(), reason="the gold articles are not here")
def test_gold_heads_are_found_and_no_statement_is() -> None:
    articles = [
        json.loads(line)
        for name in ("dev", "train", "train-agency")
        for line in (SHARED / f"gold/fr/{name}.jsonl").read_text("utf-8").splitlines()
    ]
    found = {a["id"]: headings.find_headings(a["text"]) for a in articles}
    news = [a for a in articles if a["id"].startswith("wn-")]
    assert sum(1 for a in news if any(h.published for h in found[a["id"]])) == len(news) > 100
    for article in articles:
        for statement in article["statements"]:
            for pair in statement["content"] + statement["cue"]:
                assert not any(h.span.meets(Span(*pair)) for h in found[article["id"]])
