"""French verbs, conjugated as far as reports need them: third persons, infinitive, participles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

Mood = Literal["inf", "ind", "past", "fut", "cnd", "sub", "part", "presp"]


class Irregular(TypedDict):
    """One entry of paradigms.toml."""

    pres: list[str]
    part: str
    presp: str
    past: str
    fut: str
    subj: str


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A form of a verb: what it says of mood (ind: present or imperfect indicative) and number."""

    lemma: str
    mood: Mood
    plural: bool = False


def forms(lemma: str, irregular: Mapping[str, Irregular]) -> dict[str, VerbForm]:
    """Every form of a verb, by its letters; where two forms share them, the commoner stays."""
    stems = _stems(lemma, irregular)
    out: dict[str, VerbForm] = {}

    def add(form: str, mood: Mood, plural: bool = False) -> None:
        if form:
            out.setdefault(form, VerbForm(lemma, mood, plural))

    add(stems["pres"][0], "ind")
    add(stems["pres"][1], "ind", True)
    part = stems["part"]
    for ending in ("", "e", "s", "es"):
        form = part if ending == "s" and part.endswith("s") else part + ending
        add(form, "part", ending in ("s", "es"))
    add(lemma, "inf")
    add(stems["presp"], "presp")
    imperfect = stems["presp"].removesuffix("ant")
    for ending, plural in (("ait", False), ("aient", True)):
        add(imperfect + ending, "ind", plural)
        add(stems["fut"] + ending, "cnd", plural)
    add(stems["fut"] + "a", "fut")
    add(stems["fut"] + "ont", "fut", True)
    past = stems["past"]
    add(past, "past")
    add(lemma[:-2] + "èrent" if lemma.endswith("er") else _past_plural(past), "past", True)
    add(stems["subj"], "sub")
    add(stems["subj"].removesuffix("t") + "nt" if stems["subj"].endswith("e") else "", "sub", True)
    return out


def _past_plural(past: str) -> str:
    """Dit → dirent, tint → tinrent, avertit → avertirent."""
    return past[:-1] + "rent" if past.endswith("t") else ""


def _stems(lemma: str, irregular: Mapping[str, Irregular]) -> Irregular:
    key = max((k for k in irregular if lemma.endswith(k)), key=len, default="")
    if key and not (lemma.endswith("er") and key != lemma):
        prefix, entry = lemma[: len(lemma) - len(key)], irregular[key]
        return Irregular(
            pres=[prefix + p for p in entry["pres"]],
            part=prefix + entry["part"],
            presp=prefix + entry["presp"],
            past=prefix + entry["past"] if entry["past"] else "",
            fut=prefix + entry["fut"],
            subj=prefix + entry["subj"],
        )
    return _first_group(lemma) if lemma.endswith("er") else _second_group(lemma)


def _first_group(lemma: str) -> Irregular:
    """Affirmer; with the spellings of révéler, appeler, lever, placer, exiger, appuyer."""
    stem = lemma[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    strong = _strong(stem)
    future = strong + "er" if strong != stem and "é" not in stem[-3:] else lemma
    return Irregular(
        pres=[strong + "e", strong + "ent"],
        part=stem + "é",
        presp=soft + "ant",
        past=soft + "a",
        fut=future,
        subj=strong + "e",
    )


def _strong(stem: str) -> str:
    """The stem before a mute e: révèl-, appell-, lèv-, appui-."""
    if stem.endswith(("uy", "oy")):
        return stem[:-1] + "i"
    if stem.endswith(("appel", "rappel", "épel", "jet")):
        return stem + stem[-1]
    for tail in range(2, 4):
        vowel = stem[-tail : len(stem) - tail + 1]
        if vowel in ("é", "e") and all(c not in "aeiouyéèê" for c in stem[len(stem) - tail + 1 :]):
            if vowel == "e" and stem[len(stem) - tail + 1 :] not in (
                "l",
                "m",
                "n",
                "t",
                "v",
                "s",
                "vr",
            ):
                return stem
            return stem[:-tail] + "è" + stem[len(stem) - tail + 1 :]
    return stem


def _second_group(lemma: str) -> Irregular:
    """Avertir → avertit, avertissent, averti."""
    stem = lemma[:-1] if lemma.endswith("ir") else lemma
    return Irregular(
        pres=[stem + "t", stem + "ssent"],
        part=stem,
        presp=stem + "ssant",
        past=stem + "t",
        fut=lemma,
        subj=stem + "sse",
    )


def table(lemmas: Sequence[str], irregular: Mapping[str, Any]) -> dict[str, tuple[VerbForm, ...]]:
    """Forms of all the lemmas: from the letters to the verbs they may be of."""
    out: dict[str, tuple[VerbForm, ...]] = {}
    for lemma in lemmas:
        for form, what in forms(lemma, irregular).items():
            out[form] = (*out.get(form, ()), what)
    return out
