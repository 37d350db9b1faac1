"""French noun phrases: where one begins and ends around its head."""

from __future__ import annotations

from selon.lang.fr import people
from selon.lang.fr.cues import RELAYED
from selon.lang.fr.words import lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Span

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "X")


def noun_phrase(scene: ParsedSentence, i: int, floor: int = 0, ceiling: int | None = None) -> Span:
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
    high = _names_follow(scene, _field_follows(scene, high, top), top)
    while high > i and not scene.is_word(high):
        high -= 1
    low = _title_before(scene, low, floor)
    while low < i and (
        not scene.is_word(low) or scene.tokens[low].pos in ("ADP", "CCONJ", "SCONJ")
    ):
        low += 1
    return scene.words(low, high)


def taken_by(scene: ParsedSentence, i: int, phrase: tuple[str, ...]) -> int:
    """How many tokens a phrase takes from here on; its last « de » may be « du », « des », « d' »."""
    at = i
    for n, word in enumerate(phrase):
        if at >= len(scene.tokens):
            return 0
        low = scene.lower[at].replace("’", "'")
        wanted = word.replace("’", "'")
        if low == wanted or (
            n == len(phrase) - 1 and wanted == "de" and low in ("du", "des", "d'")
        ):
            at += 1
        elif (
            low.startswith(wanted)
            and n + 1 < len(phrase)
            and low == wanted + phrase[n + 1].replace("’", "'")
        ):
            return at + 1 - i if n + 2 == len(phrase) else 0
        else:
            return 0
    return at - i


TITLES = frozenset("m. me mme mmes mm. mgr dr pr mlle maître".split())


def holds(scene: ParsedSentence, at: int) -> bool:
    """Whether « à » at `at` says what somebody is in charge of: « délégué aux Transports »."""
    return at > 0 and scene.lower[at - 1] in lexicon().closed["held"]


def _field_follows(scene: ParsedSentence, high: int, top: int) -> int:
    """« le ministre délégué aux Transports »: the parser often hangs the field on the verb."""
    at = high + 1
    if at + 1 > top or scene.lower[at] not in ("à", "au", "aux") or not holds(scene, at):
        return high
    head = scene.find(at + 1, at + 4, lambda k: scene.tokens[k].pos in NOMINAL)
    if head is None or head > top or scene.tokens[head].masked:
        return high
    return head if scene.tokens[head].text[:1].isupper() else high


def names_person(scene: ParsedSentence, k: int) -> bool:
    """« Anne Roux », « M. Eskar »: a first name or a title, and a capital right after it."""
    if k + 1 >= len(scene.tokens) or scene.tokens[k].masked or scene.tokens[k + 1].masked:
        return False
    low = scene.lower[k]
    first = low in people.words().first_names and low not in lexicon().never_addressee
    first = first and scene.tokens[k].text[:1].isupper()
    capital = scene.tokens[k + 1].text[:1].isupper()
    return capital and (first or low in TITLES)


def _title_before(scene: ParsedSentence, low: int, floor: int) -> int:
    """« Me Samia Fadel »: the parser often leaves the title out of the name."""
    before = low - 1
    return before if before >= floor and scene.lower[before] in TITLES else low


def _first_break(scene: ParsedSentence, i: int, high: int) -> int:
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


def _last_break(scene: ParsedSentence, low: int, i: int) -> int:
    for j in range(i - 1, low - 1, -1):
        token = scene.tokens[j]
        if token.masked or "VerbForm=Fin" in token.morph or scene.lower[j] in (";", ":"):
            return j + 1
    return low


def _names_follow(scene: ParsedSentence, high: int, top: int) -> int:
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


def _hyphen(scene: ParsedSentence, j: int) -> bool:
    """« al-Jichi »: a hyphen with no space around it."""
    return scene.lower[j] == "-" and not scene.between(j) and not scene.after(j)
