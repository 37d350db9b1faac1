"""English time expressions: the words in `times.toml`, one named function a rule."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from selon.lang.en import times_counted as counted
from selon.lang.en import times_rules as rules
from selon.lang.en import times_spans as spans
from selon.lang.en.times_rules import HEAD, PART, Shape
from selon.lang.en.times_tense import tense, tense_of_words_before
from selon.reading.times.grammar import Grammar, Rule


def _slots() -> dict[str, str]:
    w = rules.words()

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
        "holiday": either(w["holidays"]),
        "often": either(w["often"]["words"]),
        "vague": either(w["vague"]["words"]),
        "part": "(?:morning|afternoon|evening|night)",
        "year": r"(?:1[5-9]\d\d|20\d\d)",
        "day": r"(?:3[01]|[12]\d|0?[1-9])",
        "clock": r"(?:1[0-2]|0?[1-9])(?::[0-5]\d)? ?(?:a\.m\.|p\.m\.|am|pm)",
        "aim": "(?:last|next|this|past|previous|coming|upcoming)",
    }


# The function, the classes of triggers, the traits (see `Rule`), the shape.
_SHAPES: Final[tuple[Shape, ...]] = (
    (rules.iso_date, "digit", "", r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\w-])"),
    (
        rules.slashed_date,
        "digit",
        "",
        r"(?<![\w/])(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>(?:19|20)?\d\d)(?![\w/])",
    ),
    (
        rules.full_date,
        "month",
        "full",
        r"\b(?P<weekday>{weekday}),? (?:the )?(?P<month>{month}) (?P<d>{day})"
        r"(?:st|nd|rd|th)?\b(?:,? (?P<year>{year}))?",
    ),
    (
        rules.full_date,
        "month",
        "",
        r"\b(?P<month>{month}) (?P<d>{day})(?:st|nd|rd|th)?\b(?![\d,]*\d{{3}})(?:,? "
        r"(?P<year>{year})\b)?(?: (?P<aim>last|next) year)?",
    ),
    (
        rules.full_date,
        "month",
        "",
        r"\b(?:(?P<weekday>{weekday}),? )?(?:the )?(?P<d>{day})(?:st|nd|rd|th)?(?: of)? "
        r"(?P<month>{month})\b(?:,? (?P<year>{year})\b)?",
    ),
    (rules.month_years_off, "month", "", r"\b(?P<month>{month}) (?:of )?(?P<aim>last|next) year\b"),
    (
        rules.month_year,
        "month",
        "",
        r"\b(?:(?:early|late|mid)(?: |-))?(?P<month>{month}),?(?: of)? (?P<year>{year})\b",
    ),
    (
        rules.month_alone,
        "month",
        "",
        r"\b(?:in|since|until|till|by|from|through|during|for|of|to|and|between|before"
        r"|after|early|late|mid|last|next|this|[Tt]he) ?-?(?:early |late |mid-?)?(?:the )?"
        r"(?P<t>(?:(?<=last )|(?<=next )|(?<=this ))?(?P<month>{month}))\b(?! \d)(?!['’]s)",
    ),
    (
        rules.month_alone,
        "month",
        "",
        r"\b(?P<aim>last|next|this) (?:(?:early|late|mid)(?: |-))?(?P<month>{month})\b(?! \d)",
    ),
    (rules.month_alone, "month", "", r"\b(?:early|late|mid)(?: |-)(?P<month>{month})\b(?! \d)"),
    (
        rules.deictic,
        "deictic",
        "narrows",
        r"\bthe day (?P<over>before|after) (?P<deictic>yesterday|tomorrow)\b",
    ),
    (rules.deictic, "deictic", "", r"\b(?P<deictic>today|tonight|tomorrow|yesterday)\b" + PART),
    (rules.this_part, "part", "", r"\b(?:earlier )?this (?:morning|afternoon|evening)\b"),
    (rules.last_night, "part", "", r"\blast (?:night|evening)\b"),
    (
        rules.weekday,
        "weekday",
        "bare",
        r"\b" + HEAD + r"(?P<weekday>{plain_weekday})\b(?!['’]s (?:of|in))" + PART,
    ),
    (
        rules.weekday_off,
        "weekday",
        "",
        r"\bthe (?P<turn>following|next|previous) (?P<weekday>{plain_weekday})\b",
    ),
    (
        rules.recurrence,
        "weekday",
        "recurs",
        r"\b(?:(?:each|every) {plain_weekday}(?: {part})?|{plain_weekday}s)\b",
    ),
    (
        rules.recurrence,
        "unit",
        "",
        r"\b(?:each|every) (?:{number} )?{unit}|\b(?:a|per) (?P<t>(?:day|week|month|year))"
        r"(?= on average)",
    ),
    (
        rules.story_day,
        "part",
        "",
        r"\b(?:that (?:same )?(?:day|night|morning|afternoon|evening)|the same (?:day|night))\b",
    ),
    (
        rules.story_shift,
        "unit",
        "",
        r"\bthe (?:next|following|previous) (?:day|morning)\b|\bthe day before\b(?! yest)",
    ),
    (
        rules.named_year,
        "digit",
        "",
        r"\b(?:in|since|by|until|before|after|from|to|of|during|the year|early|late|and"
        r"|through|between|around|the|mid-?) (?P<t>(?P<year>{year}))\b"
        r"(?![,.]\d|['’]?s\b|[-–]\d)",
    ),
    (
        rules.named_year,
        "digit",
        "",
        r"(?<![\w.,:/€$£-])(?P<year>(?:19|20)\d\d)(?= "
        r"(?:election|campaign|presidential|race|primary|Olympics|World|budget|season"
        r"|report|study|speech|interview|book))|(?<=\()(?P<t>{year})(?=\))",
    ),
    (
        rules.decade,
        "unit digit",
        "",
        r"\b(?:the )?(?:early |late |mid-?)?['’]?(?P<number>(?:1[5-9]|20)?\d0)['’]?s\b",
    ),
    (rules.century, "unit", "", r"\b(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)(?: |-)century\b"),
    (
        rules.aimed_unit,
        "unit",
        "",
        r"\b(?:(?:earlier|later|late|early) )?"
        r"(?P<aim>last|next|this|the past|the coming|the last|the next) "
        r"(?P<unit>day|week|month|year|decade|century)\b(?!['’]?s? end)",
    ),
    (
        rules.weekend,
        "weekend",
        "",
        r"\b(?:over (?:the )?|(?P<aim>last|this|next|past|the) )weekend\b",
    ),
    (
        rules.season,
        "season",
        "",
        r"\b(?:(?:in|of|since|by|during|over|until|early|late|after|before) |(?="
        r"(?:the|last|next|this) ))(?P<t>(?:the |(?P<aim>last|next|this) )?"
        r"(?P<season>{season})\b(?:,?(?: of)? (?P<year>{year}))?)(?! "
        r"(?:in|of|to|from|back|apart|short|off|under|for|line)\b)",
    ),
    (
        rules.quarter,
        "unit",
        "",
        r"\bthe (?P<nth>first|second|third|fourth|last) (?P<half>quarter|half) of "
        r"(?P<year>{year})\b",
    ),
    (
        rules.feast,
        "feast",
        "passes",
        r"\b(?:(?P<aim>last|next|this) )?(?P<feast>{feast})\b(?: (?P<year>{year}))?",
    ),
    (
        rules.ago,
        "unit",
        "",
        r"\b(?:about |nearly |almost |roughly |more than |over |less than |some )?(?:"
        r"(?P<number>{number})|a few|several|many|a couple(?: of)?|half a) "
        r"(?P<unit>{unit}) (?:ago|from now)\b",
    ),
    (
        rules.ago,
        "unit",
        "",
        r"\bin (?:about |just |only )?(?P<number>"
        r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)) "
        r"(?P<unit>days|weeks|months)(?= ?['’] time|[’'] time)?",
    ),
    (
        rules.duration,
        "unit",
        "",
        r"\b(?:(?:the|these) )?(?:(?:past|last|next|coming|first) )?"
        r"(?:more than |nearly |almost |about |over )?"
        r"(?:{number}|few|a few|several|many|two dozen|dozens of|couple of) {unit}\b",
    ),
    *counted.SHAPES,
    *spans.SHAPES,
    (rules.vague, "vague", "", r"\b{vague}\b"),
    (
        rules.clock,
        "digit",
        "leans",
        r"\b(?:at )?(?P<t>(?:1[0-2]|0?[1-9])(?::[0-5]\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b))",
    ),
    (rules.clock, "part", "leans", r"\b(?:at|by|until|before|after|around) (?P<t>noon|midnight)\b"),
)
_MEETING: Final = (
    r"\b(?:met (?:with|behind)|spoke|took the floor"
    r"|held (?:a|an) (?:news conference|press conference|meeting|rally|briefing)"
    r"|(?:in|during|at|after) (?:a|an|his|her|their|the) (?:\w+ ){0,2}(?:interview|speech|address"
    r"|news conference|press conference|briefing|meeting|rally|debate|testimony|hearing))\b"
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The English grammar of time expressions, made once."""
    slots = _slots()
    made = tuple(
        Rule(
            read.__name__,
            re.compile(_fill_slots(shape, slots), re.IGNORECASE),
            read,
            frozenset(on.split()),
            frozenset(traits.split()),
        )
        for read, on, traits, shape in _SHAPES
    )
    meeting = re.compile(_MEETING, re.IGNORECASE)
    planned = frozenset(rules.words()["tense"]["planned"])
    return Grammar(made, _triggers(), tense, meeting, planned, tense_of_words_before)


def _fill_slots(shape: str, slots: dict[str, str]) -> str:
    for name, words_of in slots.items():
        shape = shape.replace("{" + name + "}", words_of)
    return shape.replace("{{", "{").replace("}}", "}").replace(" ", r"[^\S\n]")


def _triggers() -> dict[str, tuple[str, ...]]:
    """The words near which rules are tried, by class."""
    w = rules.words()
    named: dict[str, list[str]] = {
        "weekday": [n + s for n in w["weekdays"] for s in ("", "s")],
        "month": [*w["months"], *w["short_months"]],
        "deictic": list(w["deictics"]),
        "unit": [n + s for n in w["units"] for s in ("", "s")] + ["quarter", "half", "centuries"],
        "weekend": ["weekend"],
        "season": list(w["seasons"]),
        "part": [
            "morning",
            "afternoon",
            "evening",
            "night",
            "noon",
            "midnight",
            "day",
            "overnight",
        ],
        "feast": [*w["feasts"], *w["easter"], *w["holidays"]],
        "vague": list(w["vague"]["words"]),
        "often": w["often"]["words"],
    }
    found: dict[str, tuple[str, ...]] = {}
    for kind, names in named.items():
        for name in names:
            word = max(re.findall(r"[^\W\d_]+", name.lower()), key=len)
            if kind not in found.get(word, ()):
                found[word] = (*found.get(word, ()), kind)
    return found
