"""A guess, without a parse, at the tense of the verb that governs a French time expression."""

from __future__ import annotations

import re
from typing import Final

from selon.lang.fr.times_words import words
from selon.reading.times.grammar import Tense
from selon.records import Span

_STOP: Final = re.compile(r"[.!?;:\n](?=\s|$)|[«»“”]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-t-(?:il|elle|on|ils|elles))?|,")
_FUTURE: Final = re.compile(
    r"[^\W\d_]{2,}(?:era|eras|erai|eront|erons|erez|ira|iront|dra|dront|vra|vront|rra|rront)"
)
_PAST: Final = re.compile(r"[^\W\d_]{3,}(?:(?<![rR])ait|(?<![rR])aient|èrent|irent|urent)")
_PARTICIPLE: Final = re.compile(
    r"[^\W\d_]+(?:ée?s?|ie?s?|ue?s?|it|ite|is|ise|ert|erte|int|inte|ort|orte|ait)"
)
_INFINITIVE: Final = re.compile(r"[^\W\d_]+(?:er|ir|re|oir)")
# « d’ici fin juin » looks ahead whatever the verb.
_BY: Final = re.compile(r"\bd['’]ici(?: (?:à|au|aux))?(?: la| le| l['’])?\s*$", re.IGNORECASE)
# « depuis lundi » looks back, also where the verb is a present.
_SINCE: Final = re.compile(r"\bdepuis(?: (?:le|la|ce|cette))?\s*$", re.IGNORECASE)
REACH: Final = 240
LED: Final = 24


def tense_of_words_before(text: str, span: Span) -> Tense | None:
    """The tense that the words right before give: « depuis lundi », « d’ici vendredi »."""
    before = text[max(0, span.start - LED) : span.start]
    if _BY.search(before):
        return "future"
    return "past" if _SINCE.search(before) else None


def tense(text: str, span: Span) -> Tense | None:
    """The tense of the likeliest verb of the sentence: the nearest, the clause before all.

    A verb beyond a comma is dearer: in « voteront le texte lundi, a indiqué X » the day belongs
    to the vote. « présenté lundi » and « survenu hier » count as past.
    """
    before = text[max(0, span.start - REACH) : span.start]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    after = text[span.end : span.end + REACH]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    choices = [*_cues(before, len(before), False), *_cues(after, 0, True)]
    return min(choices)[1] if choices else None


def _cues(part: str, here: int, follows: bool) -> list[tuple[int, Tense]]:
    """Each verb of a stretch with its cost: distance, commas between, and being behind."""
    found = list(_WORD.finditer(part))
    names = [m.group().split("-t-")[0].lower() for m in found]
    cues: list[tuple[int, Tense]] = []
    for n, match in enumerate(found):
        if names[n] == "," or (match.group()[0].isupper() and n):
            continue
        guess = _tense_of(names, n, here - match.end() if not follows else None)
        if guess is None:
            continue
        between = names[:n] if follows else names[n + 1 :]
        apart = match.start() if follows else here - match.end()
        cues.append((apart + 30 * between.count(",") + (10 if follows else 0), guess))
    return cues


def _tense_of(names: list[str], n: int, gap: int | None) -> Tense | None:
    """The tense that a word tells, with its neighbours; `gap` to an expression that follows it."""
    known, name = words().tense, names[n]
    rest = [w for w in names[n + 1 : n + 4] if w != ","]
    if name in known.no_verbs:
        return None
    if name in known.future or _FUTURE.fullmatch(name):
        return "future"
    if name in known.going:
        return "future" if any(_INFINITIVE.fullmatch(w) for w in rest[:2]) else None
    if name in known.helpers:
        if any(w in known.future for w in rest[:2]):
            return "future"
        return "past" if any(_PARTICIPLE.fullmatch(w) for w in rest) else None
    if _PARTICIPLE.fullmatch(name) and any(
        w in known.future or _FUTURE.fullmatch(w) for w in names[max(0, n - 2) : n]
    ):
        return "future"
    if name in known.past or _PAST.fullmatch(name):
        return "past"
    if gap is not None and gap <= 5 and _PARTICIPLE.fullmatch(name) and len(name) > 3:
        return "past"
    return None
