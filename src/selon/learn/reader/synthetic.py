"""Articles of an invented press, made from scenes: what gold shows too seldom is learnt from them.

A scene is a sentence or more with the parts of its statements in braces, as in the worked cases
(`{speaker [P1]} {cue dit} {quote que [C1]}`), and with slots in square brackets that are filled by
chance from the words of its file. People, bodies and papers are invented.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent / "made"
SLOT: Final = re.compile(r"\[([A-Za-z]+\d?[mf]?(?:\.[A-Za-z.]+)?)\]")
OPENING: Final = re.compile(r"\{(quote|cue|speaker|to|viacue|via)(?::(\d))? ")
MARKS: Final = " «»“”\"‘’'\u00a0\u202f,"
CLITIC: Final = re.compile(r"^(?:se |s’)")
# Slots that stand for an entry of a list, and the list.
LISTS: Final = {
    "Q": "sentences", "q": "sentences", "C": "clauses", "F": "facts", "N": "nouns", "B": "fragments",
    "NP": "subjects", "VP": "predicates", "RANK": "ranks", "BODY": "bodies", "MEDIA": "media",
    "PAPER": "papers", "PLACE": "places", "DAY": "days", "ADJ": "adjectives", "ADV": "adverbs",
    "GERUND": "gerunds", "INF": "infs", "INFINITIVE": "infinitives", "PLAIN": "plain",
    "QUESTION": "questions", "ANSWER": "answers", "TITLE": "titles", "STRIKING": "striking",
    "GESTURE": "gestures", "RECALLS": "recalls", "STANDS": "stands", "REACHED": "reached",
    "TREATED": "treated", "PROVERB": "proverbs", "KIN": "kin", "ANONYMOUS": "anonymous",
    "ECHO": "echoes", "ACT": "acts", "INCLUSIVE": "inclusive", "INCLUSIVES": "inclusives",
    "OFFICE": "offices", "TOWN": "towns", "THINGS": "things",
    "OWNER": "owners", "POST": "posts", "ORGAN": "organs", "SOMEONE": "someones",
    "ANNOUNCING": "announcing", "NOTE": "notes",
    "V.now": "inserted_now", "V.past": "inserted_past", "V.que": "that_now", "V.que.past": "that_past",
}  # fmt: skip
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Person:
    female: bool
    first: str
    last: str
    role: str


@dataclass(slots=True)
class _Fill:
    """What the slots of one scene stand for."""

    words: dict[str, list[str]]
    chance: random.Random
    language: str
    forced: dict[str, bool]
    people: dict[str, _Person] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)

    def slot(self, name: str) -> str:
        """The words of a slot: the same slot is the same words all through the scene."""
        if m := re.fullmatch(r"P(\d)[mf]?(?:\.(\w+))?", name):
            return self._of_person(m.group(1), m.group(2) or "")
        key, _, change = (name, "", "") if name in LISTS else name.partition(".")
        if key not in self.chosen:
            kind = key if key in LISTS else key.rstrip("0123456789")
            taken = set(self.chosen.values())
            free = [w for w in self.words[LISTS[kind]] if w not in taken]
            self.chosen[key] = self.chance.choice(free or self.words[LISTS[kind]])
        found = self.chosen[key]
        if key.rstrip("0123456789") == "q":
            found = found[0].lower() + found[1:]
        return _apply_change(found, change)

    def _of_person(self, number: str, what: str) -> str:
        if number not in self.people:
            female = self.forced.get(number, self.chance.random() < 0.5)
            taken = {p.last for p in self.people.values()}
            self.people[number] = _Person(
                female,
                self.chance.choice(self.words["first_f" if female else "first_m"]),
                self.chance.choice([w for w in self.words["last"] if w not in taken]),
                self.chance.choice(self.words["roles_f" if female else "roles_m"]),
            )
        return _person(self.people[number], what, self.language)


def _person(one: _Person, what: str, language: str) -> str:
    """A person's name, or how else they are called."""
    french = language == "fr"
    he = ("elle" if one.female else "il") if french else ("she" if one.female else "he")
    vowel = one.role[0].lower() in "aeéiouh" and not one.role.startswith("haut")
    article = ("l’" if vowel else "la " if one.female else "le ") if french else "the "
    of = {"l’": "de l’", "la ": "de la ", "le ": "du "}.get(article, "of the ")
    initials = " ".join(f"{w[0].upper()}." for w in (one.first, one.last))
    return {
        "": f"{one.first} {one.last}",
        "last": one.last,
        "role": article + one.role,
        "Role": (article + one.role)[0].upper() + (article + one.role)[1:],
        "bare": one.role,
        "Bare": one.role[0].upper() + one.role[1:],
        "du": of + one.role,
        "il": he,
        "Il": he.capitalize(),
        "lui": "elle" if one.female else "lui",
        "m": "Mme" if one.female else "M.",
        "initials": initials,
    }[what]


def _apply_change(words: str, change: str) -> str:
    if change == "cap":
        return words[0].upper() + words[1:]
    if change == "hyphen":
        longest = max(words.split(), key=len)
        middle = len(longest) // 2
        return words.replace(longest, f"{longest[:middle]}-\n{longest[middle:]}", 1)
    return words


@lru_cache(maxsize=4)
def scenes(language: str) -> tuple[dict[str, list[str]], tuple[Json, ...]]:
    """The words and the scenes of a language."""
    told = tomllib.loads((HERE / f"{language}.toml").read_text("utf-8"))
    return told["words"], tuple(told["scene"])


def articles(language: str, count: int, chance: random.Random) -> list[Json]:
    """Some made-up articles of one to five scenes with plain sentences between, as gold has them."""
    words, known = scenes(language)
    weights = [s.get("weight", 1) for s in known]
    out = []
    for number in range(count):
        some = chance.choices(known, weights, k=chance.choice((1, 1, 2, 3, 5)))
        out.append(_article(f"made-{language}-{number}", language, some, words, chance))
    return out


def _article(
    name: str,
    language: str,
    some: Sequence[Json],
    words: dict[str, list[str]],
    chance: random.Random,
) -> Json:
    text = ""
    statements: list[Json] = []
    for scene in some:
        if chance.random() < 0.6:
            text += chance.choice(words["plain"]) + chance.choice((" ", "\n", "\n\n"))
        if "\n" in scene["text"] and text and not text.endswith("\n"):
            text += "\n\n"
        made, found = _scene(scene, words, chance, language)
        for one in found:
            one["id"] = f"s{len(statements)}"
            statements.append(_shift(one, len(text)))
        text += made + ("\n\n" if "\n" in scene["text"] else chance.choice((" ", "\n", "\n\n")))
        if chance.random() < 0.4:
            text += chance.choice(words["plain"]) + chance.choice((" ", "\n"))
    return {"id": name, "language": language, "text": text.rstrip(), "statements": statements}


def _scene(
    scene: Json, words: dict[str, list[str]], chance: random.Random, language: str
) -> tuple[str, list[Json]]:
    whole = f"{scene['prefix']} {scene['text']}" if "prefix" in scene else scene["text"]
    forced = {m[0]: m[1] == "f" for m in re.findall(r"\[P(\d)([mf])", whole)}
    fill = _Fill(words, chance, language, forced)
    if "quote" in scene:
        for slot in scene["quote"]:
            whole = whole.replace(f"[{slot}]", f"{{quote {fill.slot(slot)}}}")
    filled = SLOT.sub(lambda m: fill.slot(m.group(1)), whole)
    # « répond-il », « proteste-t-il ».
    filled = re.sub(r"([td])\}-t-\{", r"\1}-{", filled)
    text, parts = strip_braces(filled)
    forms = scene.get("form", [])
    forms = [forms] if isinstance(forms, str) else forms
    out = []
    for number, form in enumerate(forms, 1):
        mine = parts.get(number, {})
        if number == 2 and "speaker2" in scene:
            mine["speaker"] = parts[1]["speaker"]
        who = scene["who"][number - 1] if "who" in scene else None
        out.append(_statement(text, mine, form, scene.get("stance", "asserted"), _name(fill, who)))
    for one in out:
        if one["speaker"]["name"] is None:
            one["speaker"]["name"] = _name_in_words(text, fill, one)
    return text, out


def _name(fill: _Fill, who: str | None) -> str | None:
    if not who:
        return None
    if who == "P1 et P2":
        return f"{fill.slot('P1')} et {fill.slot('P2')}"
    head, _, rest = who.partition(" ")
    return fill.slot(head) + (f" {rest}" if rest else "")


def _name_in_words(text: str, fill: _Fill, one: Json) -> str | None:
    """The fullest name in the speaker's own words, or these words."""
    spans = one["speaker"]["spans"]
    own = " ".join(text[a:b] for a, b in spans)
    for person in fill.people.values():
        if person.last in own:
            return f"{person.first} {person.last}" if person.first in text else own
    return own or None


def _statement(
    text: str, parts: dict[str, list[tuple[int, int]]], form: str, stance: str, name: str | None
) -> Json:
    content = (
        [_trim(text, s) for s in parts.get("quote", [])]
        if form == "direct"
        else [(a, b) for a, b in parts.get("quote", [])]
    )
    cue = []
    for a, b in parts.get("cue", []):
        clitic = CLITIC.match(text[a:b])
        cue.append((a + clitic.end() if clitic else a, b))
    speaker = [_trim(text, s, " ,") for s in parts.get("speaker", [])]
    relays = [{"spans": [s], "cue": parts.get("viacue", [])} for s in parts.get("via", [])]
    return {
        "form": form,
        "content": content,
        "cue": cue,
        "speaker": {"spans": speaker, "name": name},
        "addressees": [{"spans": [s]} for s in parts.get("to", [])],
        "via": relays,
        "stance": stance,
    }


def _trim(text: str, span: tuple[int, int], marks: str = MARKS) -> tuple[int, int]:
    a, b = span
    while a < b and text[a] in marks:
        a += 1
    while b > a and text[b - 1] in marks:
        b -= 1
    return a, b


def _shift(one: Json, by: int) -> Json:
    def spans(found: Sequence[tuple[int, int]]) -> list[list[int]]:
        return [[a + by, b + by] for a, b in found]

    return {
        **one,
        "content": spans(one["content"]),
        "cue": spans(one["cue"]),
        "speaker": {**one["speaker"], "spans": spans(one["speaker"]["spans"])},
        "addressees": [{"spans": spans(a["spans"])} for a in one["addressees"]],
        "via": [{"spans": spans(v["spans"]), "cue": spans(v["cue"])} for v in one["via"]],
    }


def strip_braces(marked: str) -> tuple[str, dict[int, dict[str, list[tuple[int, int]]]]]:
    """The text without its braces, and by statement's number the spans of each part."""
    out: list[str] = []
    length = at = 0
    opened: list[tuple[int, str, int]] = []
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    while at < len(marked):
        if m := OPENING.match(marked, at):
            opened.append((int(m.group(2) or 1), m.group(1), length))
            at = m.end()
        elif marked[at] == "}" and opened:
            number, part, start = opened.pop()
            found.setdefault(number, {}).setdefault(part, []).append((start, length))
            at += 1
        else:
            out.append(marked[at])
            length += 1
            at += 1
    return "".join(out), found
