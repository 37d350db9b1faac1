"""The words of French time expressions, and the slots that patterns are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from selon.errors import SelonError
from selon.reading.times.meaning import Unit

HERE: Final = Path(__file__).parent
# A blank in a pattern: blanks of any kind on one line, or a line that is simply wrapped.
BLANK: Final = r"(?:[^\S\n]{1,4}|\n(?=(?-i:[a-zà-ÿ0-9])))"


class Feasts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Feasts by their day: month and number, or days after Easter."""

    fixed: dict[str, tuple[int, int]]
    easter: dict[str, int]


class DayParts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parts of a day."""

    words: list[str]


class Vague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that date without a calendar value."""

    words: list[str]
    adjectives: list[str]


class No(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around a number that make it no date, or that leave it one."""

    counted: frozenset[str]
    amounts: frozenset[str]
    streets: list[str]
    little: frozenset[str]
    lasting: frozenset[str]


class Talks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Occasions and papers in which somebody speaks."""

    words: list[str]


class TenseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that tell a tense by themselves or with what follows."""

    future: frozenset[str]
    going: frozenset[str]
    past: frozenset[str]
    planned: frozenset[str]
    helpers: frozenset[str]
    no_verbs: frozenset[str]


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`times.toml` as it stands."""

    lang: str
    weekdays: dict[str, int]
    months: dict[str, int]
    short_weekdays: dict[str, int]
    short_months: dict[str, int]
    deictics: dict[str, int]
    seasons: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, str]
    parts: DayParts
    feasts: Feasts
    vague: Vague
    no: No
    talks: Talks
    tense: TenseWords


@lru_cache(maxsize=1)
def words() -> TimeWords:
    """The words, read once; a fault in the file names its place."""
    path = HERE / "times.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=TimeWords)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise SelonError(f"lang/fr/times.toml: {error}; correct that key") from None


def fold_text(text: str) -> str:
    """Lower case, plain apostrophes and hyphens, single blanks, composed accents."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'").replace("‑", "-")
    return " ".join(plain.split())


def number(text: str) -> int | None:
    """A number in figures or words (« dix-huit », « quatre-vingt-dix », « 1er »)."""
    text = fold_text(text)
    figures = re.match(r"\d{1,9}", text, re.ASCII)
    if figures:
        return int(figures.group())
    if text == "premier":
        return 1
    total = 0
    for word in re.split(r"[-\s]+", text):
        if word == "et":
            continue
        value = words().numbers.get(word)
        if value is None:
            return None
        total = (
            total * value
            if value >= 20 and 0 < total < value and (value >= 100 or total == 4)
            else total + value
        )
    return total or None


def unit(text: str) -> Unit | None:
    """The calendar unit that a word names, None for one that only measures."""
    name = words().units.get(fold_text(text), "")
    return name if name in ("day", "week", "month", "year") else None  # type: ignore[return-value]


def weekday(text: str | None) -> int | None:
    """A weekday by its name or short name."""
    if not text:
        return None
    name = fold_text(text)
    return words().weekdays.get(name.removesuffix("s"), words().short_weekdays.get(name))


def month(text: str) -> int:
    """A month by its name or short name."""
    name = fold_text(text)
    found = words().months.get(name) or words().short_months.get(name)
    return found or words().short_months[name.rstrip(".") + "."]


def year(text: str) -> int:
    """A year in four figures or two: 30 to 99 are of the last century."""
    value = int(text)
    return value if value > 99 else value + (1900 if value >= 30 else 2000)


def pattern(template: str) -> re.Pattern[str]:
    """A pattern from a template: `{slot}` captures a word, `{_slot}` does not, a blank is any.

    A plain apostrophe stands for either kind; case is ignored.
    """

    def slot(found: re.Match[str]) -> str:
        name = found[1]
        body = slots()[name.lstrip("_")]
        return f"(?:{body})" if name.startswith("_") else f"(?P<{name}>{body})"

    source = template.replace(" ", BLANK).replace("'", "['’]")
    return re.compile(re.sub(r"\{(_?[a-z]+)\}", slot, source), re.IGNORECASE)


@lru_cache(maxsize=1)
def slots() -> dict[str, str]:
    """What may stand in each slot of a template."""
    w = words()
    atom = _any(w.numbers)
    return {
        "weekday": _any(w.weekdays),
        "month": _any(w.months) + r"\b",
        "anymonth": f"(?:{_any(w.months)}\\b|{_any(w.short_months)}"
        f"|{_any(n.rstrip('.') for n in w.short_months)}(?=[\\s,;)»]|$))",
        "shortday": _any(w.short_weekdays),
        "nth": rf"(?<![\w-]){_any(w.ordinals)}",
        "counted": _any(w.no.counted) + r"\b",
        "deictic": _any(w.deictics),
        "season": _any(w.seasons),
        "unit": _any(w.units) + r"\b",
        "part": _any(w.parts.words) + r"\b",
        "number": rf"\d{{1,4}}(?:,\d{{1,3}})?|{atom}(?:(?:-| )(?:et(?:-| ))?{atom}){{0,3}}".replace(
            " ", BLANK
        ),
        "dayno": r"(?:0?[1-9]|[12]\d|3\d)(?!\d)|1er|premier",
        "year": r"(?:1\d|20)\d\d(?![\d%])",
        "feast": _any([*w.feasts.fixed, *w.feasts.easter]) + r"\b",
        "street": _any(w.no.streets),
        "vague": _any(w.vague.words) + r"\b",
        "adjective": _any(w.vague.adjectives) + r"\b",
        "talk": _any(w.talks.words),
        "last": r"derni(?:er|ère)s?|passée?s?",
        "next": r"prochaine?s?",
    }


def _any(names: Iterable[str]) -> str:
    ordered = sorted(set(names), key=lambda n: (-len(n), n))
    return (
        "(?:"
        + "|".join(
            re.escape(n).replace(r"\ ", BLANK).replace("'", "['’]").replace(r"\-", "[-‑]")
            for n in ordered
        )
        + ")"
    )
