"""Worked cases of failures seen in the press (`tests/press/*.toml`), and how a reading differs from one.

A content is compared without the marks and stops at its edges; « que » may be in it or not. The
cue is not compared: cases are of both readers. Parties are compared where the case marks any.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases import EDGES, Spans, unbraced

HERE = Path(__file__).parent / "press"
READERS = ("encoder", "grammar")
KEYS = frozenset(
    {"kind", "name", "covers", "published", "text", "form", "who", "stance", "said"}
    | {"times", "more", "fails", "why"}
)
# Words that may open a content or be left out of it.
OPENING = re.compile(r"(?:que\b|qu[’']|de\b|d[’']|that\b)\s*")
ARTICLE = re.compile(r"^(?:l[ea]s?\b|l[’']|the\b)\s*", re.IGNORECASE)
SAME = 0.9


@dataclass(frozen=True)
class Worked:
    """One case: what must be read of a text, and by which readers it is not read yet."""

    language: str
    kind: str
    name: str
    text: str
    published: str | None
    wanted: dict[int, dict[str, Spans]]
    values: dict[str, list[str]]
    times: dict[str, str]
    covers: tuple[str, ...]
    more: bool
    fails: tuple[str, ...]


def load(language: str) -> list[Worked]:
    """The cases of a language; a ValueError names the one that is badly written."""
    found = tomllib.loads((HERE / f"{language}.toml").read_text("utf-8"))["case"]
    return [_worked(language, value) for value in found]


def _worked(language: str, value: dict[str, Any]) -> Worked:
    text, wanted = unbraced(value["text"])
    values = {
        key: given if isinstance(given := value.get(key, []), list) else [given]
        for key in ("form", "who", "stance", "said")
    }
    fails = tuple(value.get("fails", ()))
    bad = value.keys() - KEYS or set(fails) - set(READERS)
    if "encoder" in fails and "why" not in value:
        raise ValueError(f"{value['name']}: say why the encoder does not read it")
    if bad or any(len(v) not in (0, len(wanted)) for v in values.values()):
        raise ValueError(f"{value['name']}: {bad or 'a value for each statement'}")
    return Worked(
        language, value["kind"], value["name"], text, value.get("published"), wanted, values,
        value.get("times", {}), tuple(value.get("covers", ())), value.get("more", False), fails,
    )  # fmt: skip


def faults(case: Worked, reading: dict[str, Any]) -> list[str]:
    """How a reading differs from what a case wants; empty where it is right."""
    left, out = list(reading["statements"]), []
    for number, parts in case.wanted.items():
        near = [s for s in left if _share(case.text, s["content"], parts["quote"]) >= SAME]
        if not near:
            out.append(f"no statement {_words(case.text, parts['quote'])!r}")
            continue
        graded = [(_differ(case, number, parts, s), s) for s in near]
        why, best = min(graded, key=lambda pair: len(pair[0]))
        left.remove(best)
        out += why
    if not case.more:
        out += [f"too many: {_words(case.text, s['content'])!r}" for s in left]
    return out + _times(case, reading["times"])


def _differ(case: Worked, number: int, parts: dict[str, Spans], got: dict[str, Any]) -> list[str]:
    out = []
    values = {"form": got["form"], "who": got["speaker"]["name"], "stance": got["stance"]}
    for key, value in (*values.items(), ("said", got["said"])):
        wanted = case.values[key][number - 1] if case.values[key] else None
        same = _bare(value or "") == _bare(wanted or "") if key == "who" else value == wanted
        if wanted is not None and not same and (wanted or value):
            out.append(f"{key}: {value!r} is not {wanted!r}")
    for part, listed in (("to", got["addressees"]), ("via", got["via"])):
        spans = [span for party in listed for span in party["spans"]]
        if _share(case.text, spans, parts.get(part, [])) < 0.6:
            out.append(f"{part}: {_words(case.text, spans)!r}")
    if "speaker" in parts and not _characters(case.text, parts["speaker"]) & _characters(
        case.text, got["speaker"]["spans"]
    ):
        out.append(f"speaker: {_words(case.text, got['speaker']['spans'])!r}")
    return out


def _bare(name: str) -> str:
    """A name without an article before it: « Le Phare » or « Phare » is a matter of taste."""
    return ARTICLE.sub("", name).casefold()


def _times(case: Worked, found: list[dict[str, Any]]) -> list[str]:
    out = []
    for words, wanted in case.times.items():
        start = case.text.index(words)
        over = [t for t in found if t["span"][0] < start + len(words) and t["span"][1] > start]
        got = [t["edtf"].partition("T")[0] for t in over if t["edtf"]]
        if wanted not in got if wanted else got:
            out.append(f"time {words!r}: {got} is not {wanted!r}")
    return out


def _characters(text: str, spans: Any) -> set[int]:
    found: set[int] = set()
    for n, (a, b) in enumerate(sorted(spans)):
        opening = OPENING.match(text, a, b) if n == 0 else None
        found |= {i for i in range(opening.end() if opening else a, b) if text[i] not in EDGES}
    return found


def _share(text: str, a: Any, b: Any) -> float:
    one, other = _characters(text, a), _characters(text, b)
    return len(one & other) / len(one | other) if one or other else 1.0


def _words(text: str, spans: Any) -> str:
    return " … ".join(text[a:b] for a, b in spans)


def struck_off(language: str, read: set[str]) -> str:
    """The file of a language without `fails = ["encoder"]` and `why` of the cases that are `read` now."""
    parts = (HERE / f"{language}.toml").read_text("utf-8").split("[[case]]")
    for n, part in enumerate(parts[1:], 1):
        name = re.search(r'^name = "(.*)"$', part, re.MULTILINE)
        if name is not None and name[1] in read:
            kept = re.sub(r'^why = ".*"\n', "", part.replace('"encoder"', ""), flags=re.MULTILINE)
            kept = kept.replace('[, "grammar"]', '["grammar"]').replace(
                '["grammar", ]', '["grammar"]'
            )
            parts[n] = re.sub(r"^fails = \[\]\n", "", kept, flags=re.MULTILINE)
    return "[[case]]".join(parts)


def update() -> None:
    """Strike off what a newly trained reader reads; tell what it reads no more."""
    from selon import contract
    from selon.api import read_many
    from selon.records import Article

    for language in ("fr", "en"):
        many = load(language)
        articles = [Article(c.name, c.text, language, published=c.published) for c in many]
        found = [contract.to_json(r) for r in read_many(articles, kb=None, reader="encoder")]  # type: ignore[arg-type]
        right = {c.name for c, got in zip(many, found, strict=True) if not faults(c, got)}
        for case in many:
            if case.name not in right and "encoder" not in case.fails:
                print(f"{language}: {case.name}: no longer read; mend it, or say why it fails")
        known = {c.name for c in many if "encoder" in c.fails}
        text = struck_off(language, right & known)
        (HERE / f"{language}.toml").write_text(text, "utf-8")


if __name__ == "__main__":
    update()
