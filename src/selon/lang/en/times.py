"""English time expressions: the words in `times.toml`, one named function a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from selon.anchor import meaning, stretch
from selon.anchor.grammar import Grammar, Meaning, Rule
from selon.anchor.meaning import Unit
from selon.lang.en.times_tense import tense
from selon.lang.en.words import read_toml

UNITS: Final[dict[str, Unit]] = {"day": "day", "week": "week", "month": "month", "year": "year"}
LAST: Final = ("last", "past", "previous")
NEXT: Final = ("next", "coming", "upcoming")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """`times.toml` as it stands."""
    return read_toml("times.toml")


def _aim(match: re.Match[str]) -> int:
    word = (match.groupdict().get("aim") or "").lower()
    return -1 if word in LAST else 1 if word in NEXT else 0


def _month(name: str) -> int:
    table = {**words()["months"], **words()["short_months"]}
    low = name.lower()
    return int(table.get(low) or table.get(low + ".") or table[low.rstrip(".")])


def _weekday(name: str) -> int:
    low = name.lower()
    return int({**words()["weekdays"], **words()["short_weekdays"]}[low])


def _count(match: re.Match[str]) -> int:
    low = match["number"].lower()
    return int(words()["numbers"].get(low) or low.replace(",", ""))


def iso_date(match: re.Match[str]) -> Meaning | None:
    """2020-03-12"""
    return meaning.fixed(stretch.civil(int(match["y"]), int(match["m"]), int(match["d"])))


def slashed_date(match: re.Match[str]) -> Meaning | None:
    """3/14/2020: the month first, unless it can be none; 3/4/2020 is left open outside America."""
    month, day, year = int(match["m"]), int(match["d"]), int(match["y"])
    if month > 12:
        month, day = day, month
    return meaning.fixed(stretch.civil(year + (2000 if year < 100 else 0), month, day))


def full_date(match: re.Match[str]) -> Meaning | None:
    """March 12, 2020 · Thursday, March 12 · 12 March 2020 · the 12th of March · Sept. 11"""
    month, day = _month(match["month"]), int(match["d"])
    name = match.groupdict().get("weekday")
    if match["year"]:
        return meaning.fixed(stretch.civil(int(match["year"]), month, day))
    if stretch.civil(2020, month, day) is None:
        return None
    return meaning.date(month, day, _weekday(name) if name else None, _aim(match))


def month_year(match: re.Match[str]) -> Meaning | None:
    """March 2020 · in early March 2020 · March of 2020"""
    return meaning.fixed(stretch.month(int(match["year"]), _month(match["month"])))


def month_alone(match: re.Match[str]) -> Meaning | None:
    """in March · last March · next November · since August"""
    return meaning.month(_month(match["month"]), _aim(match))


def month_years_off(match: re.Match[str]) -> Meaning | None:
    """March of last year · last year's March"""
    aim, number = _aim(match), _month(match["month"])

    def read(now: Any) -> stretch.Stretch | None:
        return stretch.month(now.today.year + aim, number) if now.today else None

    return read


def deictic(match: re.Match[str]) -> Meaning | None:
    """today · yesterday morning · tomorrow night · tonight · the day before yesterday"""
    days = int(words()["deictics"][match["deictic"].lower()])
    over = (match.groupdict().get("over") or "").lower()
    return meaning.shift(days + (-1 if over == "before" else 1 if over == "after" else 0))


def this_part(match: re.Match[str]) -> Meaning | None:
    """this morning · this afternoon · this evening"""
    return meaning.shift(0)


def last_night(match: re.Match[str]) -> Meaning | None:
    """last night"""
    return meaning.shift(-1)


def weekday(match: re.Match[str]) -> Meaning | None:
    """Monday · on Monday night · last Monday · next Monday · this Monday"""
    if (match.groupdict().get("aim") or "").lower() == "this":
        return meaning.this_weekday(_weekday(match["weekday"]))
    return meaning.weekday(_weekday(match["weekday"]), _aim(match))


def weekday_off(match: re.Match[str]) -> Meaning | None:
    """a week from Monday · Monday week are not read; the following Monday, the previous Monday"""
    return meaning.near_weekday(_weekday(match["weekday"]), -1 if match["turn"][0] in "pP" else 1)


def recurrence(match: re.Match[str]) -> Meaning | None:
    """every Monday · on Mondays · each year · daily"""
    return meaning.nothing


def story_day(match: re.Match[str]) -> Meaning | None:
    """that day · that night · the same day"""
    return meaning.near(0)


def story_shift(match: re.Match[str]) -> Meaning | None:
    """the next day · the following day · the day before · the previous day"""
    low = match[0].lower()
    return meaning.near(-1 if "before" in low or "previous" in low else 1)


def named_year(match: re.Match[str]) -> Meaning | None:
    """in 2016 · since 2010 · the year 2000 · by 2030"""
    return meaning.fixed(stretch.year(int(match["year"])))


def decade(match: re.Match[str]) -> Meaning | None:
    """the 1990s · the '90s · the 80s"""
    number = int(match["number"])
    if number < 100:
        number += 1900 if number > 20 else 2000
    return meaning.fixed(stretch.years(number, 10))


def century(match: re.Match[str]) -> Meaning | None:
    """the 19th century · the 21st century"""
    return meaning.fixed(stretch.years((int(match["number"]) - 1) * 100, 100))


def aimed_unit(match: re.Match[str]) -> Meaning | None:
    """last week · next month · this year · the past year"""
    aim = {"this": 0, "last": -1, "next": 1}.get(match["aim"].lower())
    unit = UNITS.get(match["unit"].lower())
    return meaning.nothing if aim is None or unit is None else meaning.unit(unit, aim)


def weekend(match: re.Match[str]) -> Meaning | None:
    """this weekend · last weekend · over the weekend · next weekend"""
    return meaning.weekend(_aim(match))


def season(match: re.Match[str]) -> Meaning | None:
    """in the summer of 2016 · last fall · this spring · in winter"""
    name = words()["seasons"][match["season"].lower()]
    year = match.groupdict().get("year")
    if year:
        return meaning.fixed(stretch.season(int(year), name))
    return meaning.season(name, _aim(match))


def quarter(match: re.Match[str]) -> Meaning | None:
    """the first quarter of 2020 · the second half of 2019"""
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    count, half = order[match["nth"].lower()], match["half"].lower() == "half"
    if half and count > 2:
        return None
    return meaning.fixed(stretch.part(int(match["year"]), half, count))


def feast(match: re.Match[str]) -> Meaning | None:
    """Christmas · Christmas Eve · Good Friday · Easter 2016 · last Halloween"""
    low = re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))
    year, table = match.groupdict().get("year"), words()
    if low in table["easter"]:
        off = int(table["easter"][low])
        return meaning.fixed(meaning.easter_of(int(year), off)) if year else meaning.easter(off, _aim(match))
    month, day = table["feasts"][low]
    return meaning.fixed(stretch.civil(int(year), month, day)) if year else meaning.date(month, day, None, _aim(match))


def ago(match: re.Match[str]) -> Meaning | None:
    """three days ago · a week earlier · two years ago · in three days · a month from now"""
    unit = UNITS.get(match["unit"].lower().rstrip("s"))
    if unit is None:
        return meaning.nothing
    if not match.groupdict().get("number"):
        return meaning.nothing
    ahead = "ago" not in match[0].lower()
    return meaning.ago(unit, _count(match) if ahead else -_count(match))


def duration(match: re.Match[str]) -> Meaning | None:
    """for three days · two decades · a few weeks · several hours · the past two years"""
    return meaning.nothing


def vague(match: re.Match[str]) -> Meaning | None:
    """recently · currently · in recent years"""
    return meaning.nothing


def clock(match: re.Match[str]) -> Meaning | None:
    """at 8 p.m. · 10:30 a.m. · noon · midnight: of the day beside it"""
    return meaning.story


def _slots() -> dict[str, str]:
    w = words()

    def either(names: Any) -> str:
        found = sorted((re.escape(n) for n in names), key=len, reverse=True)
        return "(?:" + "|".join(f.replace("'", "['’]").replace("\\ ", r"\s") for f in found) + ")"

    short = [n.rstrip(".") for n in w["short_months"] if n != "mar."]
    months = f"(?:{either(w['months'])}|{either(w['short_months'])}|{either(short)}(?= \\d))"
    return {
        "weekday": f"(?:{either(w['weekdays'])}|{either(w['short_weekdays'])}(?=,? [A-Z\\d]))",
        "plain_weekday": either(w["weekdays"]),
        "month": months,
        "season": either(w["seasons"]),
        "unit": f"{either(w['units'])}s?",
        "number": f"(?:\\d[\\d,]*|{either(w['numbers'])})",
        "feast": either([*w["feasts"], *w["easter"]]),
        "vague": either(w["vague"]["words"]),
        "part": "(?:morning|afternoon|evening|night)",
        "year": r"(?:1[5-9]\d\d|20\d\d)",
        "day": r"(?:3[01]|[12]\d|0?[1-9])",
        "aim": "(?:last|next|this|past|previous|coming|upcoming)",
    }


_PART: Final = r"(?:,? (?:{part}|at noon))?"
_HEAD: Final = r"(?:(?P<aim>{aim}) )?"
Read = Callable[[re.Match[str]], Meaning | None]
# The function, the classes of triggers, the traits (see `Rule`), the shape.
_SHAPES: Final[tuple[tuple[Read, str, str, str], ...]] = (
    (iso_date, "digit", "", r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\w-])"),
    (slashed_date, "digit", "", r"(?<![\w/])(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>(?:19|20)?\d\d)(?![\w/])"),
    (
        full_date,
        "month",
        "full",
        r"\b(?P<weekday>{weekday}),? (?:the )?(?P<month>{month}) (?P<d>{day})(?:st|nd|rd|th)?\b(?:,? (?P<year>{year}))?",
    ),
    (
        full_date,
        "month",
        "",
        r"\b(?P<month>{month}) (?P<d>{day})(?:st|nd|rd|th)?\b(?![\d,]*\d{{3}})(?:,? (?P<year>{year})\b)?(?: (?P<aim>last|next) year)?",
    ),
    (
        full_date,
        "month",
        "",
        r"\b(?:(?P<weekday>{weekday}),? )?(?:the )?(?P<d>{day})(?:st|nd|rd|th)?(?: of)? (?P<month>{month})\b(?:,? (?P<year>{year})\b)?",
    ),
    (month_years_off, "month", "", r"\b(?P<month>{month}) (?:of )?(?P<aim>last|next) year\b"),
    (month_year, "month", "", r"\b(?:(?:early|late|mid)(?: |-))?(?P<month>{month}),?(?: of)? (?P<year>{year})\b"),
    (
        month_alone,
        "month",
        "",
        r"\b(?:in|since|until|till|by|from|through|during|for|of|to|and|between|before|after|early|late|mid|last|next|this|[Tt]he) ?-?(?:early |late |mid-?)?(?:the )?(?P<t>(?:(?<=last )|(?<=next )|(?<=this ))?(?P<month>{month}))\b(?! \d)(?!['’]s)",
    ),
    (month_alone, "month", "", r"\b(?P<aim>last|next|this) (?:(?:early|late|mid)(?: |-))?(?P<month>{month})\b(?! \d)"),
    (month_alone, "month", "", r"\b(?:early|late|mid)(?: |-)(?P<month>{month})\b(?! \d)"),
    (deictic, "deictic", "narrows", r"\bthe day (?P<over>before|after) (?P<deictic>yesterday|tomorrow)\b"),
    (deictic, "deictic", "", r"\b(?P<deictic>today|tonight|tomorrow|yesterday)\b" + _PART),
    (this_part, "part", "", r"\b(?:earlier )?this (?:morning|afternoon|evening)\b"),
    (last_night, "part", "", r"\blast (?:night|evening)\b"),
    (weekday, "weekday", "bare", r"\b" + _HEAD + r"(?P<weekday>{plain_weekday})\b(?!['’]s (?:of|in))" + _PART),
    (weekday_off, "weekday", "", r"\bthe (?P<turn>following|next|previous) (?P<weekday>{plain_weekday})\b"),
    (
        recurrence,
        "weekday",
        "recurs",
        r"\b(?:(?:each|every) {plain_weekday}(?: {part})?|{plain_weekday}s)\b",
    ),
    (recurrence, "unit", "", r"\b(?:each|every) (?:{number} )?{unit}|\b(?:a|per) (?P<t>(?:day|week|month|year))(?= on average)"),
    (story_day, "part", "", r"\b(?:that (?:same )?(?:day|night|morning|afternoon|evening)|the same (?:day|night))\b"),
    (story_shift, "unit", "", r"\bthe (?:next|following|previous) (?:day|morning)\b|\bthe day before\b(?! yest)"),
    (
        named_year,
        "digit",
        "",
        r"\b(?:in|since|by|until|before|after|from|to|of|during|the year|early|late|and|through|between|around|the|mid-?) (?P<t>(?P<year>{year}))\b(?![,.]\d|['’]?s\b|[-–]\d)",
    ),
    (named_year, "digit", "", r"(?<![\w.,:/€$£-])(?P<year>(?:19|20)\d\d)(?= (?:election|campaign|presidential|race|primary|Olympics|World|budget|season|report|study|speech|interview|book))|(?<=\()(?P<t>{year})(?=\))"),
    (decade, "unit digit", "", r"\b(?:the )?(?:early |late |mid-?)?['’]?(?P<number>(?:1[5-9]|20)?\d0)['’]?s\b"),
    (century, "unit", "", r"\b(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)(?: |-)century\b"),
    (
        aimed_unit,
        "unit",
        "",
        r"\b(?:(?:earlier|later|late|early) )?(?P<aim>last|next|this|the past|the coming|the last|the next) (?P<unit>day|week|month|year|decade|century)\b(?!['’]?s? end)",
    ),
    (weekend, "weekend", "", r"\b(?:over (?:the )?|(?P<aim>last|this|next|past|the) )weekend\b"),
    (season, "season", "", r"\b(?:(?P<aim>last|next|this) |(?:in|of|since|by|during|over|until|the|early|late) (?:the )?)(?P<season>{season})\b(?:,?(?: of)? (?P<year>{year}))?(?! (?:in|of|to|from|back|apart|short|off|under|for|line)\b)"),
    (quarter, "unit", "", r"\bthe (?P<nth>first|second|third|fourth|last) (?P<half>quarter|half) of (?P<year>{year})\b"),
    (feast, "feast", "passes", r"\b(?:(?P<aim>last|next|this) )?(?P<feast>{feast})\b(?: (?P<year>{year}))?"),
    (ago, "unit", "", r"\b(?:about |nearly |almost |roughly |more than |over |less than |some )?(?:(?P<number>{number})|a few|several|many|a couple(?: of)?|half a) (?P<unit>{unit}) (?:ago|from now)\b"),
    (ago, "unit", "", r"\bin (?:about |just |only )?(?P<number>(?:\d+|two|three|four|five|six|seven|eight|nine|ten)) (?P<unit>days|weeks|months)(?= ?['’] time|[’'] time)?"),
    (
        duration,
        "unit",
        "",
        r"\b(?:(?:the|these) )?(?:(?:past|last|next|coming|first) )?(?:more than |nearly |almost |about |over )?(?:{number}|few|a few|several|many|two dozen|dozens of|couple of) {unit}\b",
    ),
    (vague, "vague", "", r"\b{vague}\b"),
    (clock, "digit", "leans", r"\b(?:at )?(?P<t>(?:1[0-2]|0?[1-9])(?::[0-5]\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b))"),
    (clock, "part", "leans", r"\b(?:at|by|until|before|after|around) (?P<t>noon|midnight)\b"),
)
_MEETING: Final = (
    r"\b(?:met (?:with|behind)|held (?:a|an) (?:news conference|press conference|meeting|rally|briefing)"
    r"|(?:in|during|at|after) (?:a|an|his|her|their|the) (?:\w+ ){0,2}(?:interview|speech|address"
    r"|news conference|press conference|briefing|meeting|rally|debate|testimony|hearing))\b"
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The English grammar of time expressions, made once."""
    slots = _slots()
    rules = tuple(
        Rule(
            read.__name__,
            re.compile(_filled(shape, slots), re.IGNORECASE),
            read,
            frozenset(on.split()),
            frozenset(traits.split()),
        )
        for read, on, traits, shape in _SHAPES
    )
    return Grammar(rules, _triggers(), tense, re.compile(_MEETING, re.IGNORECASE))


def _filled(shape: str, slots: dict[str, str]) -> str:
    for name, words_of in slots.items():
        shape = shape.replace("{" + name + "}", words_of)
    return shape.replace("{{", "{").replace("}}", "}").replace(" ", r"[^\S\n]")


def _triggers() -> dict[str, tuple[str, ...]]:
    """The words near which rules are tried, by class."""
    w = words()
    named: dict[str, list[str]] = {
        "weekday": [n + s for n in w["weekdays"] for s in ("", "s")],
        "month": [*w["months"], *w["short_months"]],
        "deictic": list(w["deictics"]),
        "unit": [n + s for n in w["units"] for s in ("", "s")] + ["quarter", "half", "centuries"],
        "weekend": ["weekend"],
        "season": list(w["seasons"]),
        "part": ["morning", "afternoon", "evening", "night", "noon", "midnight", "day"],
        "feast": [*w["feasts"], *w["easter"]],
        "vague": list(w["vague"]["words"]),
    }
    found: dict[str, tuple[str, ...]] = {}
    for kind, names in named.items():
        for name in names:
            word = max(re.findall(r"[^\W\d_]+", name.lower()), key=len)
            if kind not in found.get(word, ()):
                found[word] = (*found.get(word, ()), kind)
    return found
