"""A guess, without a parse, at the tense of the verb that governs an English time expression."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from selon.lang.en.words import read_toml
from selon.reading.times.grammar import Tense
from selon.records import Span

_STOP: Final = re.compile(r"[.!?;:\n](?=\s|$)|[“”\"]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|,")
FUTURE: Final = frozenset(
    {
        "will",
        "shall",
        "won't",
        "won’t",
        "scheduled",
        "expected",
        "due",
        "set",
        "slated",
        "tomorrow",
        "upcoming",
    }
)
LOOKING: Final = frozenset(
    {"plans", "plan", "planned", "hopes", "intends", "promised", "vowed", "going"}
)
PAST: Final = frozenset(
    "was were had did said told went came took made gave found got held saw won lost met left began "
    "became spoke wrote died fell rose led kept brought sent set ran built paid heard felt grew knew "
    "thought stood spent cut hit put shot broke drew drove flew fled fought sold beat".split()
)
PRESENT: Final = frozenset(
    {"is", "are", "has", "have", "opens", "begins", "starts", "meets", "votes", "faces"}
)
NO_VERBS: Final = frozenset(
    {"need", "speed", "united", "hundred", "indeed", "red", "bed", "based", "armed"}
)
REACH: Final = 200
LED: Final = 60
# « since Monday » looks back whatever the verb.
_SINCE: Final = re.compile(r"\b(?:ever )?since(?: the| last)?\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _planned_pattern() -> re.Pattern[str]:
    names = "|".join(read_toml("times.toml")["tense"]["planned"])
    return re.compile(
        rf"\b(?:has|have|['’]s|['’]ve) (?:now )?been (?:{names})\b(?: to \w+)?(?: (?:for|on|in|by|from))?\s*$",
        re.IGNORECASE,
    )


def tense_of_words_before(text: str, span: Span) -> Tense | None:
    """The tense that the words right before give: "since Monday", "has been scheduled for Friday"."""
    before = text[max(0, span.start - LED) : span.start]
    if _planned_pattern().search(before):
        return "future"
    return "past" if _SINCE.search(before) else None


def tense(text: str, span: Span) -> Tense | None:
    """The tense of the likeliest verb of the sentence: the nearest, the clause before all."""
    before = text[max(0, span.start - REACH) : span.start]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    after = text[span.end : span.end + REACH]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    choices = [*_cues(before, len(before), False), *_cues(after, 0, True)]
    return min(choices)[1] if choices else None


def _cues(part: str, here: int, follows: bool) -> list[tuple[int, Tense]]:
    found = list(_WORD.finditer(part))
    names = [m.group().lower() for m in found]
    cues: list[tuple[int, Tense]] = []
    for n, match in enumerate(found):
        guess = _tense_of(names, n)
        if guess is None or (match.group()[0].isupper() and n):
            continue
        between = names[:n] if follows else names[n + 1 :]
        apart = match.start() if follows else here - match.end()
        cues.append((apart + 30 * between.count(",") + (10 if follows else 0), guess))
    return cues


def _tense_of(names: list[str], n: int) -> Tense | None:
    name = names[n]
    before = names[max(0, n - 3) : n]
    if (
        name in FUTURE
        or name.endswith(("'ll", "’ll"))
        or (name in LOOKING and "to" in names[n + 1 : n + 2])
    ):
        return "future"
    if any(w in FUTURE or w == "to" for w in before[-2:]):
        return "future" if any(w in FUTURE for w in before) else None
    if name in PAST or (name.endswith("ed") and len(name) > 4 and name not in NO_VERBS):
        return "past"
    return "present" if name in PRESENT else None
