"""French noun phrases: where one begins and ends around its head."""

from __future__ import annotations

from selon.lang.fr.cues import RELAYED
from selon.records import Span
from selon.tree import Scene

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "X")


def noun_phrase(scene: Scene, i: int, floor: int = 0, ceiling: int | None = None) -> Span:
    """The noun phrase of a head, with its title and apposition, without a relative clause."""
    low, high = scene.extents[i]
    top = len(scene.tokens) - 1 if ceiling is None else ceiling
    low, high = max(low, floor), min(high, top)
    for k in scene.children(i, "acl:relcl", "parataxis", "advcl", "cop", "conj"):
        if scene.tokens[k].dep.startswith("conj") and scene.tokens[k].pos in NOMINAL:
            continue
        start = scene.extents[k][0]
        if start > i:
            high = min(high, start - 1)
        else:
            low = max(low, min(i, scene.extents[k][1] + 1))
    high = _first_break(scene, i, high)
    low = _last_break(scene, low, i)
    high = _names_follow(scene, high, top)
    while high > i and not scene.is_word(high):
        high -= 1
    low = _title_before(scene, low, floor)
    while low < i and (
        not scene.is_word(low) or scene.tokens[low].pos in ("ADP", "CCONJ", "SCONJ")
    ):
        low += 1
    return scene.words(low, high)


TITLES = frozenset("m. me mme mmes mm. mgr dr pr mlle maître".split())


def _title_before(scene: Scene, low: int, floor: int) -> int:
    """« Me Samia Fadel »: the parser often leaves the title out of the name."""
    before = low - 1
    return before if before >= floor and scene.lower[before] in TITLES else low


def _first_break(scene: Scene, i: int, high: int) -> int:
    """The phrase ends before a verb in a person, a whole quotation or a relative pronoun."""
    for j in range(i + 1, high + 1):
        token = scene.tokens[j]
        relative = (
            scene.lower[j] in ("qui", "dont", "où", "lequel", "laquelle") and token.pos == "PRON"
        )
        if (
            token.masked
            or relative
            or "VerbForm=Fin" in token.morph
            or scene.lower[j] in (";", ":")
            or scene.lower[j] in RELAYED
        ):
            return max(i, j - 1)
    return high


def _last_break(scene: Scene, low: int, i: int) -> int:
    for j in range(i - 1, low - 1, -1):
        token = scene.tokens[j]
        if token.masked or "VerbForm=Fin" in token.morph or scene.lower[j] in (";", ":"):
            return j + 1
    return low


def _names_follow(scene: Scene, high: int, top: int) -> int:
    """« le porte-parole Jean Dupont »: the parser often hangs the name elsewhere."""
    j = high
    while j + 1 <= top:
        token = scene.tokens[j + 1]
        gap = scene.between(j + 1)
        if (
            token.pos in ("PROPN", "X")
            and token.text[:1].isupper()
            and not token.masked
            and gap.strip() == ""
        ):
            j += 1
        elif j + 2 <= top and _hyphen(scene, j + 1) and scene.tokens[j + 2].text[:1].isupper():
            j += 2
        else:
            break
    return j


def _hyphen(scene: Scene, j: int) -> bool:
    """« al-Jichi »: a hyphen with no space around it."""
    return scene.lower[j] == "-" and not scene.between(j) and not scene.after(j)
