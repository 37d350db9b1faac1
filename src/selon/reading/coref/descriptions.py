"""Where people, bodies and things are described: a noun with what narrows it."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from selon.names import fold
from selon.reading.coref.document import INCLUSIVE, DocumentToken, DocumentTokens
from selon.reading.coref.mentions import ORGANISED, MentionDraft
from selon.reading.coref.word_lists import Determiner, PeopleWords
from selon.records import Span

LONGEST: Final = 30
BEFORE: Final = 6
# What a word that names somebody can be a noun for as well.
_BEARING: Final = frozenset({*ORGANISED, "group", "work", "person"})
# How long a set phrase may be, in letters.
_PHRASE: Final = 30
_NOUNS: Final = ("NOUN", "PROPN")
_NEVER: Final = ("VERB", "AUX", "ADV", "PRON", "DET")


def descriptions(
    page: DocumentTokens, names: list[MentionDraft], words: PeopleWords
) -> list[MentionDraft]:
    """Every described person, body, group, document and thing, in text order, nested ones too.

    « le chef du renseignement irakien », « des responsables de haut rang », « son porte-parole ».
    Unparsed stretches yield only nouns of the lexicon.
    """
    named = {m.head: m for m in names}
    inside = {n for m in names for n in range(m.low, m.high)}
    found = []
    for at, word in enumerate(page.words):
        if at in inside and at not in named:
            continue
        kind = _kind(word, words)
        if at in named and (kind is None or kind[0] not in _BEARING):
            continue
        if kind is None:
            if word.pos != "NOUN" or not word.text[:1].isalpha():
                continue
            kind = ("thing", word.gender)
        if kind[0] == "person" and _thing(page, at, words):
            kind = ("thing", "f")
        if word.low in words.lists["calendar"] or _never(page, at, kind[0], words):
            continue
        if kind[0] != "thing" and word.pos == "ADJ" and not _has_article(page, at, words):
            continue
        if word.dep.startswith("compound") and at + 1 < len(page.words):
            after = _kind(page.words[at + 1], words)
            if (after is not None and after[0] == "person") or _compounded(page, at):
                # « police chief », « union organiser »: the first word only narrows the second.
                continue
        found.append(_description(page, at, kind, named, words))
    return found


def _thing(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """« la mort », « sa politique »: what is somebody in the masculine alone."""
    before = words.determiners.get(page.words[at - 1].low) if at else None
    feminine = before is not None and before.gender == "f"
    low, start = page.words[at].low, page.words[at].start
    if feminine and low in words.lists["feminine_things"]:
        return True
    # « le premier chef d’accusation », « son chef-d’œuvre »
    after = page.text[start : start + _PHRASE].lower().replace("’", "'")
    return any(p.startswith(f"{low} d'") and after.startswith(p) for p in words.lists["phrases"])


def _never(page: DocumentTokens, at: int, kind: str, words: PeopleWords) -> bool:
    """Whether the tag says that this is no noun; « un habitant » is one whatever it says."""
    word = page.words[at]
    one = at > 0 and page.words[at - 1].low in words.lists["one"]
    return word.pos in _NEVER and "-" not in word.low and not (kind == "person" and one)


def _compounded(page: DocumentTokens, at: int) -> bool:
    """Whether a noun only narrows a later one of its phrase: « deputy navy spokesman »."""
    word = page.words[at]
    if word.dep != "compound" or not at < word.head < at + BEFORE:
        return False
    noun = page.words[word.head]
    return noun.pos == "NOUN" and not noun.capital and noun.sentence == word.sentence


def _kind(word: DocumentToken, words: PeopleWords) -> tuple[str, str | None] | None:
    noun = words.nouns.get(word.low)
    if noun is None:
        noun = words.nouns.get(words.singular(word.low))
    if noun is None and "-" in word.low:
        head, _, tail = word.low.partition("-")
        noun = words.nouns.get(tail if head in words.lists["prefixes"] else head)
    return None if noun is None else (noun.kind, noun.gender)


def _has_article(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether an article stands right before: an adjective by its tag, a noun in fact."""
    before = page.words[at - 1] if at else None
    after = page.words[at + 1] if at + 1 < len(page.words) else None
    if before is None or before.low not in words.determiners:
        return False
    return after is None or after.pos not in _NOUNS or after.capital


def _description(
    page: DocumentTokens,
    at: int,
    kind: tuple[str, str | None],
    named: dict[int, MentionDraft],
    words: PeopleWords,
) -> MentionDraft:
    row = page.words
    low = _low(page, at, words)
    high = _high(page, at, kind[0], named, words)
    shape = words.determiners.get(row[low].low)
    if shape is None and any(w.low in words.lists["genitives"] for w in row[low:at]):
        shape = Determiner("the", None, None)
    noun = row[at]
    inner = (low > 0 and _of(row[low - 1], words)) or (
        low < at and _is_contracted(page, low, words)
    )
    one = _one_of(page, low, words) if low < at else low
    if one < low:
        low, shape, inner = one, Determiner("a", kind[1], "s"), False
    elif low < at and _is_contracted(page, low, words):
        low += 1
    gender = (shape.gender if shape else None) or kind[1]
    if INCLUSIVE.fullmatch(noun.text.lower()) or INCLUSIVE.fullmatch(row[low].text.lower()):
        gender = None
    if kind[0] != "person":
        gender = gender or noun.gender
    number = (shape.number if shape else None) or noun.number
    if number is None:
        number = "p" if words.singular(noun.low) != noun.low else "s"
    core, used = _core(page, low, at, high, words)
    traits = _traits(page, low, high, used, words)
    if _goes_on(page, high, words) and not traits:
        # A complement that could not be read narrows all the same.
        traits = frozenset({"…"})
    return MentionDraft(
        low, high, row[low].start, row[high - 1].end, at, "nominal", kind[0], gender, number,
        shape.kind if shape else None, core, traits, inner=inner,
    )  # fmt: skip


def _goes_on(page: DocumentTokens, high: int, words: PeopleWords) -> bool:
    """Whether a complement follows that is no age: not « cette femme de 36 ans »."""
    row = page.words
    if high >= len(row) or not _of(row[high], words):
        return False
    return not (high + 1 < len(row) and row[high + 1].text.isdigit())


def _is_contracted(page: DocumentTokens, low: int, words: PeopleWords) -> bool:
    """Whether the determiner holds a preposition: « du », « aux », and « des » after a noun."""
    word = page.words[low]
    if word.low in words.lists["contracted"]:
        return True
    after = low > 0 and page.words[low - 1].pos in ("NOUN", "PROPN", "ADJ")
    return after and word.low in words.lists["contracted_after_noun"]


def _one_of(page: DocumentTokens, low: int, words: PeopleWords) -> int:
    """Where « un de ses avocats », « l'une des passagères » begins; `low` where it is none."""
    row = page.words
    at = low if row[low].low in words.lists["contracted_after_noun"] else low - 1
    if at < 1 or not _of(row[at], words) or row[at].low in words.lists["contracted"]:
        return low
    if row[at - 1].low not in words.lists["one"]:
        return low
    before = words.determiners.get(row[at - 2].low) if at > 1 else None
    return at - 2 if before is not None and before.kind == "the" else at - 1


def _of(word: DocumentToken, words: PeopleWords) -> bool:
    return word.low in words.lists["of"]


def _low(page: DocumentTokens, at: int, words: PeopleWords) -> int:
    """Where the description begins: its determiner, or the noun; « l'ancien premier ministre »."""
    row = page.words
    for low in range(at - 1, max(at - 1 - BEFORE, -1), -1):
        word = row[low]
        if word.sentence != row[at].sentence or page.text[word.end : row[low + 1].start].strip():
            break
        if word.low in words.lists["genitives"] and page.text[word.start - 1].isalnum():
            return _owner(page, low, words)
        if word.low in words.determiners:
            counted = words.determiners[word.low].kind == "some" and word.number != "s"
            more = low and counted and row[low - 1].low in words.determiners
            return low - 1 if more else low
        # In what is not parsed, a word between may be anything: « l'ai commencé en homme ».
        before = word.pos in ("ADJ", "NUM") or word.low in words.lists["ranks"]
        narrows = before or word.low in words.lists["former"]
        if not narrows and not (word.dep == "compound" and low < word.head <= at):
            break
    return at


def _owner(page: DocumentTokens, at: int, words: PeopleWords) -> int:
    """Where whoever owns what follows the genitive at `at` begins: « the council’s spokesman »."""
    row = page.words
    low = at - 1
    while low > 0 and at - low < BEFORE:
        word = row[low - 1]
        joined = (
            page.text[word.end : row[low].start].isspace() and word.sentence == row[at].sentence
        )
        if not joined or (word.pos not in ("ADJ", "NOUN", "PROPN", "NUM", "DET")):
            break
        low -= 1
        if word.low in words.determiners:
            break
    return low


def _high(
    page: DocumentTokens, at: int, kind: str, named: dict[int, MentionDraft], words: PeopleWords
) -> int:
    """Where it ends: before a relative clause, a comma, a verb, the name of its bearer."""
    row = page.words
    stop = min(at + LONGEST, len(row))
    high = at + 1
    links = words.lists["links"] if kind in ("person", "company") else frozenset()
    while high < stop:
        word = row[high]
        if word.sentence != row[at].sentence or word.low in words.lists["calendar"]:
            break
        if page.text[row[high - 1].end : word.start].strip():
            break
        if high in named:
            name = named[high]
            if name.low != high or kind in ORGANISED:
                break
            if name.kind == "person" or (kind == "person" and name.kind == "name"):
                break
            high = name.high
        elif word.low in words.lists["of"] or word.low in links:
            if row[min(high + 1, stop - 1)].low in words.lists["channels"]:
                # « l’élue du Var au micro de Radio Cap »: where she speaks, no part of the role.
                break
            told = named.get(high + 1)
            shape = words.determiners.get(row[min(high + 1, stop - 1)].low)
            if kind in ORGANISED and row[at].capital and shape and shape.kind == "poss":
                # « par le Royaume d’Orle de sa loi »
                break
            if (
                word.low in links
                and word.low not in words.lists["of"]
                and told
                and told.kind == "person"
            ):
                # « a confié la jeune femme à Anne Roux »: whom she tells.
                break
            step = _complement(page, high, named, words)
            if step == high:
                break
            high = step
        elif word.low in words.lists["and"] and high + 1 < stop and _of(row[high + 1], words):
            if kind == "person" and _another(page, high + 1, words):
                break
            step = _complement(page, high + 1, named, words)
            if step == high + 1:
                break
            high = step
        elif _narrows(word, words) or (high == at + 1 and word.pos == "NUM"):
            high += 1
        else:
            break
    return high


def _another(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether another person begins here: « du commandant X et du numéro deux Y »."""
    after = page.words[at + 1 : at + 4]
    first = next((k for w in after if (k := _kind(w, words)) is not None), None)
    return first is not None and first[0] == "person"


def _narrows(word: DocumentToken, words: PeopleWords) -> bool:
    if word.pos == "ADJ" or (word.pos == "NOUN" and word.dep != "nsubj"):
        return True
    # « le ministre délégué »: a participle by its tag, an office in fact.
    if word.pos == "VERB" and word.dep.startswith(("acl", "amod", "appos")):
        noun = words.nouns.get(word.low)
        return noun is not None and noun.kind == "person"
    return word.pos in ("", "PROPN") and words.masculine(word.low) in words.countries


def _complement(
    page: DocumentTokens, at: int, named: dict[int, MentionDraft], words: PeopleWords
) -> int:
    """The end of « de la sécurité », « d'Iran », « des Hachd al-Chaabi »; else `at`."""
    row = page.words
    high = at + 1
    while high < len(row) and high - at < 4:
        word = row[high]
        if word.sentence != row[at].sentence or page.text[row[high - 1].end : word.start].strip():
            return at
        if high in named:
            return named[high].high
        if word.pos in _NOUNS or (word.capital and not word.initial):
            calendar = words.lists["calendar"]
            # « de 36 ans », « de mars »
            return at if {word.low, words.singular(word.low)} & calendar else high + 1
        if _kind(word, words) is not None and not word.pos:
            return high + 1
        small = word.low in words.determiners or word.low in words.lists["of"]
        if not small and word.pos not in ("ADJ", "NUM", "DET"):
            return at
        high += 1
    return at


def _core(
    page: DocumentTokens, low: int, at: int, high: int, words: PeopleWords
) -> tuple[str, set[int]]:
    """The word or phrase that roles are compared by, and the words that it has used up.

    « la première ministre » → premier-ministre, « chef de l'État » → président.
    """
    row = page.words
    noun = words.singular(row[at].low)
    head, hyphen, tail = noun.partition("-")
    if hyphen and head in words.lists["former"]:
        noun = tail
    used = {at}
    if at > low and row[at - 1].low in words.lists["ranks"]:
        noun = f"{words.masculine(row[at - 1].low)}-{noun}"
        used.add(at - 1)
    else:
        step = at + 1
        while step < high and (_of(row[step], words) or row[step].low in words.determiners):
            step += 1
        if step < high:
            joined = f"{noun}-{words.singular(row[step].low)}"
            if joined in words.synonyms:
                return words.synonyms[joined], used | {step}
    one = words.masculine(noun)
    return words.synonyms.get(noun) or words.synonyms.get(one, one), used


def _traits(
    page: DocumentTokens, low: int, high: int, used: set[int], words: PeopleWords
) -> frozenset[str]:
    """The words that narrow a description, made comparable: irakien and Irak are IQ."""
    found = set()
    for n in range(low, high):
        word = page.words[n]
        if n in used or word.pos in ("DET", "ADP", "CCONJ", "NUM", "PUNCT"):
            continue
        if word.low in words.determiners or word.low in words.lists["of"]:
            continue
        if word.low in words.lists["former"] or word.low in words.lists["links"]:
            continue
        if word.low in words.lists["again"]:
            continue
        plain = words.masculine(word.low)
        code = words.countries.get(word.low) or words.countries.get(plain)
        found.add(code or trait(plain))
    found.discard("")
    return frozenset(found)


@lru_cache(maxsize=16384)
def trait(word: str) -> str:
    """The beginning of a word, accents folded: montpelliérain and Montpellier share it."""
    folded = fold(word).replace(" ", "")
    return folded if len(folded) <= 6 else folded[: max(6, len(folded) - 4)]


def description_at(page: DocumentTokens, span: Span, words: PeopleWords) -> MentionDraft | None:
    """The words of a party that no rule has found to be a mention, as a description."""
    row = page.words
    low = bisect_left(row, span.start, key=lambda w: w.start)
    high = bisect_left(row, span.end, key=lambda w: w.start)
    if low >= high:
        return None
    shape = words.determiners.get(row[low].low)
    head = next((n for n in range(low, high) if n > low or shape is None), low)
    for n in range(low, high):
        if row[n].pos in _NOUNS or _kind(row[n], words):
            head = n
            break
    kind = _kind(row[head], words) or ("name", None)
    core, used = _core(page, low, head, high, words)
    return MentionDraft(
        low, high, row[low].start, row[high - 1].end, head, "nominal", kind[0],
        (shape.gender if shape else None) or kind[1], (shape.number if shape else None) or "s",
        shape.kind if shape else None, core, _traits(page, low, high, used, words),
    )  # fmt: skip
