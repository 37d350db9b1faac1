"""A known operation on a statement comes back by its name; none is called verbatim."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from selon.reuse import ReusedQuote, names, types, words

HERE = Path(__file__).parent
QUOTES: list[str] = tomllib.loads((HERE / "ledger" / "quotes.toml").read_text("utf-8"))["quotes"]
SHARED = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
ARTICLES = SHARED / "samples" / "orange" / "articles.jsonl.gz"


@cache
def real() -> list[str]:
    """The quotations of the gold pairs, one a pair, where the sample is at hand."""
    rows = csv.DictReader(
        io.StringIO((HERE / "ledger" / "pairs.tsv").read_text("utf-8"), newline=""), delimiter="\t"
    )
    places = sorted({row["a"] for row in rows})
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        articles = {str(v["id"]): v for v in map(json.loads, lines)}
    found = []
    for place in places:
        article, part, span = place.split("/")
        start, end = map(int, span.split("-"))
        found.append(articles[article][part][start:end])
    return found


def quotes(source: str) -> list[str]:
    if source == "invented":
        return QUOTES
    if not ARTICLES.exists():
        pytest.skip(f"needs the news sample {ARTICLES}, which is not shipped")
    return real()


SOURCES = pytest.mark.parametrize("source", ["invented", "real"])
Operation = Callable[[str], str | None]


def typography(text: str) -> str | None:
    changed = text.replace("'", "’").replace(", ", " , ").replace("É", "E").upper()
    return changed.replace("Œ", "OE") + " !"


def head_cut(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[4:]) if len(parts) >= 12 else None


def tail_cut(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[:-4]) if len(parts) >= 12 else None


def splice(text: str) -> str | None:
    parts = text.split()
    if len(parts) < 14:
        return None
    return " ".join([*parts[:4], "(...)", *parts[-5:]])


def denied(text: str) -> str | None:
    """« ne … pas » taken out."""
    changed, count = re.subn(r"\b(?:ne |n['’])(\w+) (?:pas|jamais|plus)\b", r"\1", text, count=1)
    return changed if count else None


def affirmed(text: str) -> str | None:
    """« ne … pas » put in."""
    if re.search(r"\bn[e'’]", text):
        return None
    changed, count = re.subn(r"\b(est|sera|va|travaille)\b", r"ne \1 pas", text, count=1)
    return changed if count else None


def surer(text: str) -> str | None:
    """A hedge taken out, or a modal made plain."""
    for pattern, plain in (
        (r"\bpourrait\b", "va"),
        (r"\bpeut\b", "va"),
        (r"\bJe pense que ", ""),
        (r"\bsans doute ", ""),
    ):
        changed, count = re.subn(pattern, plain, text, count=1)
        if count:
            return changed
    return None


def doubted(text: str) -> str | None:
    """A future put into the conditional, a plain verb under a modal."""
    for pattern, doubt in (
        (r"\bva\b", "pourrait"),
        (r"\b(\w+)era\b", r"\1erait"),
        (r"\bsont\b", "semblent"),
    ):
        changed, count = re.subn(pattern, doubt, text, count=1)
        if count:
            return changed
    return None


def counted(text: str) -> str | None:
    """Another figure, another number word."""
    changed, count = re.subn(r"\b(\d+)", lambda m: str(int(m[1]) + 7), text, count=1)
    if not count:
        changed, count = re.subn(r"\b(deux|trois|six|dix)\b", "cinq", text, count=1)
    return changed if count else None


SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf"
).split()
TENS = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()


def spelled(text: str) -> str | None:
    """A figure below a hundred written in words."""

    def words_of(m: re.Match[str]) -> str:
        number = int(m[0])
        if number < 20:
            return SMALL[number]
        tens = TENS[number // 10 - 2]
        rest = number % 10 + (10 if number // 10 in (7, 9) else 0)
        if tens == "quatre-vingt":
            return f"{tens}-{SMALL[rest]}" if rest else "quatre-vingts"
        return f"{tens} et {SMALL[rest]}" if rest in (1, 11) else f"{tens}-{SMALL[rest]}"

    # By itself, not one below twenty: « 1 » may be « une », 07 a number that is dialled.
    changed, count = re.subn(r"(?<![\w.,:/+-])[2-9]\d(?![\w.,:/%-]| \d)", words_of, text, count=1)
    changed = changed.replace("-zéro", "")
    return changed if count else None


MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
).split()


def dated(text: str) -> str | None:
    """Another month or weekday."""
    changed, count = re.subn(
        rf"\b({'|'.join(MONTHS)})\b",
        lambda m: MONTHS[MONTHS.index(m[0]) - 1],
        text,
        count=1,
    )
    return changed if count else None


def renamed(text: str) -> str | None:
    named = [w for w in words(text, "fr") if w.name]
    if not named:
        return None
    span = named[-1].span
    return text[: span.start] + "Quillebois" + text[span.end :]


def reported(text: str) -> str | None:
    changed, count = re.subn(r"\bJe suis\b", "Elle est", text, count=1)
    for old, new in (
        (r"\bJe\b", "Il"),
        (r"\bje\b", "il"),
        (r"\bmes\b", "ses"),
        (r"\bmon\b", "son"),
        (r"\b[Mm]on\b", "Son"),
        (r"\bNous avons\b", "Ils ont"),
        (r"\bnotre\b", "leur"),
    ):
        if count:
            return changed
        changed, count = re.subn(old, new, text, count=1)
    return changed if count else None


def reworded(text: str) -> str | None:
    long = [w for w in words(text, "fr") if len(w.fold) > 6 and not (w.name or w.number or w.opens)]
    if not long:
        return None
    span = long[-1].span
    return text[: span.start] + "bidule" + text[span.end :]


OPERATIONS: dict[str, tuple[Operation, str]] = {
    "typography": (typography, "verbatim"),
    "head cut": (head_cut, "shortened"),
    "tail cut": (tail_cut, "shortened"),
    "splice": (splice, "spliced"),
    "negation out": (denied, "negation changed"),
    "negation in": (affirmed, "negation changed"),
    "hedge out": (surer, "modality dropped"),
    "hedge in": (doubted, "modality added"),
    "number": (counted, "number changed"),
    "number in words": (spelled, "verbatim"),
    "date": (dated, "date changed"),
    "name": (renamed, "name changed"),
    "report": (reported, "turned indirect"),
    "rewording": (reworded, "reworded"),
}
NEVER_VERBATIM = [name for name, (_, expected) in OPERATIONS.items() if expected != "verbatim"]


def altered(old: str, new: str, **more: str) -> tuple[str, ...]:
    return names(
        types(
            ReusedQuote("a", "1", old, language="fr", speaker_key="x"),
            ReusedQuote(
                "b",
                "2",
                new,
                language=more.get("language", "fr"),
                speaker_key=more.get("speaker", "x"),
            ),
        )
    )


@SOURCES
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_comes_back_by_its_name(name: str, source: str) -> None:
    operation, expected = OPERATIONS[name]
    tried = [(q, operation(q)) for q in quotes(source)]
    done = [(old, new) for old, new in tried if new is not None]
    assert len(done) >= 3
    missed = [(new, altered(old, new)) for old, new in done if expected not in altered(old, new)]
    assert len(missed) <= 0.1 * len(done), missed


@SOURCES
@pytest.mark.parametrize("name", NEVER_VERBATIM)
def test_what_was_changed_is_never_verbatim(name: str, source: str) -> None:
    for old in quotes(source):
        new = OPERATIONS[name][0](old)
        if new is not None:
            assert "verbatim" not in altered(old, new), new
            assert "verbatim" not in altered(new, old), new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A life is not the sixth, « et » no nought, Covid-19 no number.
        (
            "Nous avons changé la vie de ces gens",
            "Nous avons changé le sort de ces gens",
            "reworded",
        ),
        ("Il faut du pain et du sel", "Il faut du pain puis du sel", "reworded"),
        ("Un test contre le Covid-19 suffit", "Un test contre le Covid suffit", "verbatim"),
        ("Un test contre la Covid 19 suffit", "Un test contre la COVID-19 suffit", "verbatim"),
        ("Elle a soixante-et-onze ans", "Elle a 71 ans", "verbatim"),
        ("Elle a 19 ans de métier", "Elle a 20 ans de métier", "number changed"),
    ],
)
def test_what_is_a_number(old: str, new: str, expected: str) -> None:
    assert altered(old, new) == (expected,)


def test_another_speaker_and_another_language() -> None:
    for quote in QUOTES:
        assert altered(quote, quote, speaker="y") == ("re-attributed",)
        assert altered(quote, quote, language="en")[-1] == "translated"


@pytest.mark.parametrize("one", NEVER_VERBATIM)
@pytest.mark.parametrize("two", ["negation out", "number", "name"])
def test_two_operations_are_never_verbatim(one: str, two: str) -> None:
    for old in QUOTES:
        first = OPERATIONS[one][0](old)
        second = OPERATIONS[two][0](first) if first else None
        if second is not None and words(second, "fr") != words(old, "fr"):
            assert "verbatim" not in altered(old, second), second
