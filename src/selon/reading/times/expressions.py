"""Time expressions of a text, each with its days for every day the publication may have been.

The date of publication is a set of days. A rule's meaning is worked out for each of them; what
comes out the same for all is exact (« lundi 16 » in March 2020), what does not is a one-of set.
All expressions of a text share the one unknown day: « hier, lundi » rules days out for all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from selon.edtf import bounds, days_of, intervals, intervals_of
from selon.edtf.intervals import Interval
from selon.reading.times.grammar import Grammar, Meaning, Now, Rule, Tense
from selon.reading.times.meaning import Fixed
from selon.records import Span, Time

# Characters around a trigger word in which an expression may lie.
BEFORE: Final = 60
AFTER: Final = 80
# How far back, in characters, « le lendemain » may look, and how far « à 18 heures ».
NEAR: Final = 400
FAR: Final = 3000
# Characters within which the day before an hour outdoes the day after it.
BESIDE: Final = 12
# Characters after a recurrence within which an hour belongs to it.
OFTEN: Final = 16

_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_DIGIT: Final = ("digit",)
_GAP: Final = re.compile(r"\s*,?\s*(?:\(\s*)?")

TenseOf = Callable[[Span], Tense | None]
Day = datetime.date | None
Values = dict[Day, Interval | None]


@dataclass(slots=True)
class _Hit:
    """A place where a rule holds, and what it means for each possible day of publication."""

    span: Span
    rule: Rule
    meaning: Meaning
    tense: Tense | None = None
    values: Values = field(default_factory=dict)
    settled: bool = False


def find_times(
    text: str, published: str | None, grammar: Grammar, tense: TenseOf | None = None
) -> tuple[Time, ...]:
    """The time expressions of a text, in its order, never overlapping.

    `published` is EDTF; None or unreadable leaves only absolute expressions with a value. `tense`
    tells the tense of the verb that governs a stretch; where it is silent the grammar guesses.
    """
    hits = _hits(text, grammar)
    for hit in hits:
        hit.tense = (
            (grammar.led(text, hit.span) if grammar.led else None)
            or (tense(hit.span) if tense else None)
            or grammar.tense(text, hit.span)
        )
    days: Sequence[Day] = days_of(published) or (None,)
    _work_out(text, hits, days)
    if len(days) > 1:
        left = _consistent_days(hits, days)
        _settle(hits, left)
        _keep_in_month(hits, published)
        if len(left) < len(days) or any(h.settled for h in hits):
            _work_out(text, hits, left)
        days = left
    return tuple(
        Time(hit.span, intervals.one_of(v for d in days if (v := hit.values[d])), hit.rule.name)
        for hit in hits
    )


def date_of(words: str, grammar: Grammar, since: str | None = None) -> str | None:
    """The date that a stretch of metadata spells (« 24 janvier 2016 », « mars 2020 ») as EDTF.

    `since` is what is known otherwise (EDTF), for a year or month left out. The first date wins;
    what leaves a choice of several days gives None.
    """
    words = words.strip()
    if intervals_of(words):
        return words.split("T")[0]
    days: Sequence[Day] = days_of(since) or (None,)
    known = bounds(since)
    hits = _hits(words, grammar)
    _work_out(words, hits, days)
    for hit in hits:
        values = {v.edtf: v for d in days if (v := hit.values[d])}
        inside = {
            e: v for e, v in values.items() if known and known[0] <= v.first and v.last <= known[1]
        }
        if len(inside or values) == 1:
            return next(iter(inside or values))
    return None


def find_meetings(text: str, grammar: Grammar) -> tuple[Span, ...]:
    """The verbs of a meeting at which somebody then speaks, for `said`."""
    if grammar.meeting is None:
        return ()
    return tuple(Span(*m.span()) for m in grammar.meeting.finditer(text))


def _hits(text: str, grammar: Grammar) -> list[_Hit]:
    """What the rules find, the longest first where they dispute a place."""
    windows = _windows(text, grammar)
    found: list[tuple[int, int, _Hit | None]] = []
    for rule in grammar.rules:
        spans = [s for kind in rule.on for s in windows.get(kind, ())]
        for window in spans if len(rule.on) == 1 else _merge(sorted(spans)):
            for match in rule.pattern.finditer(text, window.start, window.end):
                meaning = rule.read(match)
                if meaning is None:
                    continue
                silent = "silent" in rule.traits
                start, end = match.span("t") if "t" in match.re.groupindex else (-1, -1)
                start, end = (start, end) if start >= 0 else match.span()
                if start < end:
                    hit = None if silent else _Hit(Span(start, end), rule, meaning)
                    found.append((start, end, hit))
    found.sort(key=lambda f: (f[0] - f[1], f[0]))
    return _longest_hits(found, len(text))


def _longest_hits(found: list[tuple[int, int, _Hit | None]], length: int) -> list[_Hit]:
    taken = bytearray(length)
    kept: list[_Hit] = []
    for start, end, hit in found:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            if hit is not None:
                kept.append(hit)
    return sorted(kept, key=lambda h: h.span)


def _windows(text: str, grammar: Grammar) -> dict[str, list[Span]]:
    """Where each class of trigger word stands, with some room around, merged."""
    seen: dict[str, list[Span]] = {}
    triggers = grammar.triggers
    for match in _WORD.finditer(text):
        word = match.group()
        kinds = _DIGIT if word[0].isdigit() else triggers.get(word.lower(), ())
        if not kinds:
            continue
        start = max(0, match.start() - BEFORE)
        end = text.find(" ", match.end() + AFTER)
        # A text without blanks: an expression is not longer than this.
        end = min(end if end >= 0 else len(text), match.end() + 2 * AFTER)
        for kind in kinds:
            spans = seen.setdefault(kind, [])
            if spans and start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
            else:
                spans.append(Span(start, end))
    return seen


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _work_out(text: str, hits: Sequence[_Hit], days: Sequence[Day]) -> None:
    """Fill in the values, in text order; one that leans waits for a neighbour to its right."""
    told: _Hit | None = None
    wide: _Hit | None = None
    waiting: list[_Hit] = []
    often: int | None = None
    for n, hit in enumerate(hits):
        leans = "leans" in hit.rule.traits
        if leans and _touches(text, hits, n):
            waiting.append(hit)
            continue
        if "recurs" in hit.rule.traits:
            often = hit.span.end
        if leans and often is not None and hit.span.start - often < OFTEN:
            # « le jeudi de 14 h à 17 h »: all the hours of the chain.
            often = hit.span.end
            _value(text, hit, None, days)
            continue
        _value(text, hit, told, days, wide)
        for other in waiting:
            _value(text, other, hit, days)
        waiting = []
        grains = {v.grain for v in hit.values.values() if v is not None}
        if "passes" not in hit.rule.traits and "day" in grains:
            told, wide = hit, None
        elif grains & {"month", "year"}:
            wide = hit
    for other in waiting:
        _value(text, other, told, days)


def _touches(text: str, hits: Sequence[_Hit], n: int) -> bool:
    """Whether only a comma parts a hit from the next, a day, and none stands as near before."""
    if n and "leans" not in hits[n - 1].rule.traits:
        before = text[hits[n - 1].span.end : hits[n].span.start]
        if len(before) < BESIDE and "." not in before and "\n" not in before:
            return False
    if n + 1 == len(hits) or "leans" in hits[n + 1].rule.traits:
        return False
    between = text[hits[n].span.end : hits[n + 1].span.start]
    return len(between) < 5 and _GAP.fullmatch(between) is not None


def _follows_closely(text: str, told: _Hit, hit: _Hit) -> bool:
    """Whether an expression was named shortly before another, in its paragraph."""
    apart = hit.span.start - told.span.end
    return apart < NEAR and "\n" not in text[told.span.end : hit.span.start]


def _value(
    text: str, hit: _Hit, told: _Hit | None, days: Sequence[Day], wide: _Hit | None = None
) -> None:
    if hit.settled:
        return
    if isinstance(hit.meaning, Fixed):
        hit.values = dict.fromkeys(days, hit.meaning.value)
        return
    near = story = False
    if told is not None:
        story = hit.span.start - told.span.end < FAR
        near = _follows_closely(text, told, hit)
    around = wide if wide is not None and _follows_closely(text, wide, hit) else None
    for day in days:
        back = told.values[day] if told is not None and story else None
        if back is not None and back.grain != "day":
            back = None
        year = around.values[day] if around is not None else None
        hit.values[day] = hit.meaning(Now(day, hit.tense, back if near else None, back, year))


def _consistent_days(hits: Sequence[_Hit], days: Sequence[Day]) -> Sequence[Day]:
    """The days of publication that the text leaves open: those on which its dates agree."""
    for hit in hits:
        if "narrows" in hit.rule.traits:
            days = [d for d in days if hit.values[d] is not None] or days
    for hit in hits:
        # What a past tense tells with its full date had happened by then.
        if "full" in hit.rule.traits and hit.tense == "past":
            days = [d for d in days if d and ((v := hit.values[d]) is None or v.first <= d)] or days
    return days


def _settle(hits: Sequence[_Hit], days: Sequence[Day]) -> None:
    """Let a weekday alone be the same weekday whose full date the article gives."""
    full = {v.first for h in hits if "full" in h.rule.traits for d in days if (v := h.values[d])}
    for hit in hits:
        if "bare" not in hit.rule.traits:
            continue
        fits = {d: v for d in days if (v := hit.values[d]) and v.first in full}
        if fits:
            hit.values, hit.settled = {d: fits.get(d) for d in days}, True


def _keep_in_month(hits: Sequence[_Hit], published: str | None) -> None:
    """Let the weekdays of an article known to the month be those of that month.

    What falls before its first day or after its last is likely for few of the days on which the
    article may have come out, and would make each set longer by one.
    """
    allowed = intervals_of(published or "")
    if len(allowed) != 1 or allowed[0].grain != "month":
        return
    for hit in hits:
        if "bare" not in hit.rule.traits:
            continue
        inside = {d: v for d, v in hit.values.items() if v and allowed[0].holds(v.first)}
        if len({v.first for v in inside.values()}) > 1:
            hit.values, hit.settled = {d: inside.get(d) for d in hit.values}, True
