"""Worked cases: a sentence with inline braces, and what must be read of it; nothing to count.

`{quote …}` `{cue …}` `{speaker …}` `{to …}` `{via …}` mark the parts; `{cue:2 …}` is of the second
statement; braces nest; a part that comes several times has several spans. A text without braces
says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PARTS = ("quote", "cue", "speaker", "to", "via")
OPENING = re.compile(r"\{(" + "|".join(PARTS) + r")(?::(\d))? ")
# What a content may hold or leave out at its edges.
EDGES = frozenset(" \t\n\r\u00a0\u202f«»“”„\"‹›‘’',.;:!?…-–—")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Case:
    """A text without its braces, and by statement's number the spans of each part."""

    name: str
    text: str
    wanted: dict[int, dict[str, Spans]]
    forms: list[str]
    names: list[str]
    stances: list[str]
    fails: bool
    known: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> list[Case]:
    """The cases of a file; a ValueError names the one that is badly written."""
    return [_case(value) for value in tomllib.loads(path.read_text("utf-8"))["case"]]


def _case(value: dict[str, Any]) -> Case:
    unknown = value.keys() - {"name", "text", "form", "who", "stance", "expect", "issue"}
    if unknown or value.get("expect", "fail") != "fail":
        raise ValueError(f"{value.get('name')}: unknown {unknown or value['expect']}")
    text, wanted = unbraced(value["text"])

    def many(key: str) -> list[str]:
        given = value.get(key, [])
        return given if isinstance(given, list) else [given]

    if len(many("form")) != len(wanted):
        raise ValueError(f"{value['name']}: a form for each of {len(wanted)} statements")
    return Case(
        value["name"], text, wanted, many("form"), many("who"), many("stance"), "expect" in value
    )


def unbraced(marked: str) -> tuple[str, dict[int, dict[str, Spans]]]:
    """The plain text, and the spans of its braces."""
    out: list[str] = []
    length = at = 0
    held: list[tuple[str, int, int]] = []
    wanted: dict[int, dict[str, Spans]] = defaultdict(lambda: defaultdict(list))
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening:
            held.append((opening[1], int(opening[2] or 1), length))
            at = opening.end()
        elif marked[at] == "}":
            part, number, start = held.pop()
            wanted[number][part].append((start, length))
            at += 1
        else:
            out.append(marked[at])
            length += 1
            at += 1
    if held:
        raise ValueError(f"an open brace in {marked!r}")
    return "".join(out), {n: dict(parts) for n, parts in sorted(wanted.items())}


def faults(case: Case, reading: dict[str, Any]) -> list[str]:
    """How a reading differs from what a case wants; empty where it is right."""
    text, found = case.text, list(reading["statements"])
    out: list[str] = []
    for number, parts in case.wanted.items():
        best = max(found, key=lambda s: _share(text, s["content"], parts["quote"]), default=None)
        if best is None or _share(text, best["content"], parts["quote"]) < 0.95:
            got = [_words(text, s["content"]) for s in found]
            out.append(f"no statement {_words(text, parts['quote'])!r}; there are {got}")
            continue
        found.remove(best)
        out += _parts(case, number, parts, best)
    return out + [f"too many: {_words(text, s['content'])!r} {s['why']}" for s in found]


def _parts(case: Case, number: int, parts: dict[str, Spans], got: dict[str, Any]) -> list[str]:
    text, out = case.text, []
    pairs = [("cue", got["cue"]), ("speaker", got["speaker"]["spans"])]
    for part, spans in pairs:
        if _share(text, spans, parts.get(part, [])) < 0.6:
            wanted = _words(text, parts.get(part, []))
            out.append(f"{part}: {_words(text, spans)!r} is not {wanted!r}")
    for part, listed in (("to", got["addressees"]), ("via", got["via"])):
        spans = [span for party in listed for span in party["spans"]]
        if _share(text, spans, parts.get(part, [])) < 0.6:
            wanted = _words(text, parts.get(part, []))
            out.append(f"{part}: {_words(text, spans)!r} is not {wanted!r}")
    values = (
        ("form", case.forms, got["form"]),
        ("who", case.names, got["speaker"]["name"]),
        ("stance", case.stances, got["stance"]),
    )
    for what, wanted_of, value in values:
        wanted = wanted_of[number - 1] if len(wanted_of) >= number else ""
        if wanted and wanted != value:
            out.append(f"{what}: {value!r} is not {wanted!r}")
    return out


def _characters(text: str, spans: Any) -> set[int]:
    return {i for a, b in spans for i in range(a, b) if text[i] not in EDGES}


def _share(text: str, a: Any, b: Any) -> float:
    one, other = _characters(text, a), _characters(text, b)
    return len(one & other) / len(one | other) if one or other else 1.0


def _words(text: str, spans: Any) -> str:
    return " … ".join(text[a:b] for a, b in spans)
