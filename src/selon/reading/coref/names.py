"""Where names stand: runs of capitals with their small words, outlets, titles."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.listed_names import listed_name
from selon.reading.coref.mentions import ORGANISED, MentionDraft
from selon.reading.coref.name_spelling import comparable, on_one_line
from selon.reading.coref.word_lists import PeopleWords

MAX_WORDS: Final = 8
_CLOSED: Final = frozenset(["DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "NUM", "PUNCT"])
# « le XIIIe », of a century or a quarter; « XIV » may be a pope's.
_ROMAN: Final = re.compile(r"[IVXLC]+(?:e|ème|er|ère|es)")


def names(page: DocumentTokens, words: PeopleWords) -> list[MentionDraft]:
    """Every name in text order, none overlapping another."""
    found: list[MentionDraft] = []
    surnames = _surnames(page, words)
    at, row = 0, page.words
    while at < len(row):
        word = row[at]
        high = _after_title(page, at, words)
        if high:
            found.append(_of_a_family(page, at + 1, high, words))
        elif word.capital or word.text[:1].isdigit() or word.text[:1] == "#":
            if word.low.rstrip("'") in words.listed or word.low in words.listed:
                high, kind = listed_name(page, at, words)
            if high:
                found.append(name_at(page, at, high, words, kind))
            elif _begins(page, at, words) or (word.text in surnames and not word.initial):
                high = _run(page, at, words)
                led = at > 0 and row[at - 1].low in words.determiners
                lone = high == at + 1 and word.text in surnames and not led
                # « a réagi Justice », of Marc Justice, is no court.
                found.append(name_at(page, at, high, words, "name" if lone else ""))
        at = max(high, at + 1)
    return found


def _after_title(page: DocumentTokens, at: int, words: PeopleWords) -> int:
    """Where « M. d'Orval », « Mme de La Tour » end, if this word is such a title; else 0."""
    row = page.words
    if row[at].low not in words.titles or at + 2 >= len(row):
        return 0
    step = at + 1
    while step < len(row) - 1 and not row[step].capital and row[step].low in _small(words):
        step += 1
    same = all(w.sentence == row[at].sentence for w in row[at + 1 : step + 1])
    if step == at + 1 or not same or not row[step].capital:
        return 0
    if row[step].low in words.determiners and not _next(page, step):
        return 0
    return _run(page, step, words)


def _small(words: PeopleWords) -> frozenset[str]:
    return words.lists["particles"] - words.lists["joins"]


def _of_a_family(page: DocumentTokens, low: int, high: int, words: PeopleWords) -> MentionDraft:
    """« d'Orval » behind a title: a surname with its particle."""
    name = name_at(page, low, high, words, "person")
    capital = next(n for n in range(low, high) if page.words[n].capital)
    return replace(name, head=capital, sure=True)


def _surnames(page: DocumentTokens, words: PeopleWords) -> frozenset[str]:
    """The words that stand right behind a first name: Depuis and Justice may be surnames here."""
    row = page.words
    return frozenset(
        after.text
        for word, after in pairwise(row)
        if word.capital
        and after.capital
        and not after.initial
        and len(after.text) > 2
        and (word.low in words.first_names or word.low in words.rare_names)
        and page.text[word.end : after.start].isspace()
    )


def _begins(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether a name begins at this word, which has a capital."""
    word = page.words[at]
    if not word.capital:
        return False
    if word.low in words.lists["never"] or word.low in words.titles:
        # « Noël Brigand », « Avril Lemaire »
        return word.low in words.first_names and _next(page, at)
    if word.low in words.determiners or word.low in words.pronouns:
        elided = word.low.endswith("'") and word.low[:-1] in words.lists["elisions"]
        return not word.initial and not elided and _next(page, at)
    if len(word.text) == 1 or word.low.endswith("'") or _ROMAN.fullmatch(word.text):
        return False
    if _role(page, at, words):
        return False
    if not word.initial:
        return True
    if _before_role(page, at, words):
        return False
    if _unled(page, at, words):
        return True
    if _common(word, words) and word.low not in words.first_names:
        # « Conseil d'État : … » as well as « Manifestants et policiers … »
        return word.text in page.amid and word.low not in page.lowered
    if word.text in page.amid or is_acronym(word.text):
        return True
    if word.low in page.lowered:
        return False
    if word.low in words.first_names or word.low in words.countries:
        return word.pos not in _CLOSED
    if _next(page, at) or _is_before_foreign_particle(page, at, words):
        return word.pos not in _CLOSED or word.pos == "PROPN"
    # « Choqué, il … », « Finalement … »: the tag alone proves no name.
    return word.pos == "PROPN" and word.dep.split(":")[0] in ("nsubj", "appos", "dislocated", "")


def _unled(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """« Radio Armor affirme », « Journal du Cap assure »: a body's noun opens the name, no article."""
    if not is_organisation_word(page.words[at], words):
        return False
    if _next(page, at):
        return True
    noun = words.nouns.get(page.words[at].low)
    after = page.words[at + 1 : at + 3]
    of = len(after) == 2 and after[0].low in words.lists["of"] and after[1].capital
    return of and noun is not None and noun.kind == "media"


def _before_role(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """« Police chief Anne Roux »: a sentence's first word that narrows a role without a capital."""
    row = page.words
    if not _common(row[at], words) or at + 2 >= len(row):
        return False
    noun = words.nouns.get(row[at + 1].low)
    return (
        noun is not None
        and noun.kind == "person"
        and not row[at + 1].capital
        and row[at + 2].capital
        and page.text[row[at].end : row[at + 1].start].isspace()
    )


def _role(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether the capital is one of respect: le Président, Premier ministre, le Professeur X.

    Not Boulanger or Berger by themselves, which are surnames, nor la Ville de Toronto's likes.
    """
    word = page.words[at]
    noun = words.nouns.get(word.low) or words.nouns.get(words.singular(word.low))
    if noun is not None and noun.kind in ORGANISED and is_acronym(word.text):
        # « l'ONG Sos Rivages »
        return True
    if noun is None or noun.kind in ORGANISED or word.low in words.first_names:
        return word.low in words.lists["ranks"]
    led = at > 0 and page.words[at - 1].low in words.determiners
    alone = not _next(page, at)
    if noun.kind != "person":
        return led and alone
    return word.initial or led or word.low in page.lowered or not alone


def _next(page: DocumentTokens, at: int) -> bool:
    row = page.words
    return at + 1 < len(row) and row[at + 1].capital and not row[at + 1].initial


def _is_before_particle(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether a surname goes on after a particle: « Céline de Lor »."""
    row = page.words
    particle = at + 1 < len(row) and row[at + 1].low in words.lists["of"]
    return particle and row[at + 1].low in words.lists["particles"] and _next(page, at + 1)


def _is_before_foreign_particle(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """« Joost van den Berghe »: small words of names alone, which are no prepositions or articles."""
    row, step = page.words, at + 1
    while step < len(row) and row[step].low in words.lists["name_particles"]:
        step += 1
    return step > at + 1 and _next(page, step - 1)


def is_acronym(text: str) -> bool:
    """Whether a word is written in capitals alone: AFP."""
    return len(text) > 1 and text.isupper() and text.isalpha()


def _common(word: DocumentToken, words: PeopleWords) -> bool:
    return word.low in words.nouns or words.singular(word.low) in words.nouns


def is_organisation_word(word: DocumentToken, words: PeopleWords) -> bool:
    """Whether this word is a noun for a body: Conseil, Front, Université."""
    noun = words.nouns.get(word.low) or words.nouns.get(words.singular(word.low))
    return noun is not None and noun.kind in ORGANISED


def _run(page: DocumentTokens, at: int, words: PeopleWords) -> int:
    """The end of the run of capitals and particles that begins at `at`."""
    row = page.words
    high = at + 1
    body = is_organisation_word(row[at], words)
    while high < len(row) and high - at < MAX_WORDS:
        step = high
        while (
            step < len(row)
            and step - high < 3
            and not row[step].capital
            and row[step].low in words.lists["particles"]
        ):
            step += 1
        if step == len(row) or not _goes_on(page, at, high, step, words):
            break
        if step > high and not _is_linked(page, (at, high, step), body, words):
            break
        if _second_name(page, at, step, words):
            break
        high = step + 1
    return high


def _goes_on(page: DocumentTokens, at: int, high: int, step: int, words: PeopleWords) -> bool:
    row = page.words
    word, before = row[step], row[high - 1]
    if not word.capital or word.sentence != row[at].sentence or word.quote != row[at].quote:
        return False
    if word.low in words.titles and word.low not in words.first_names:
        # « Corinne M. » is no « M. » of somebody else.
        first = row[at].low in words.first_names and high == at + 1 and len(word.text) == 2
        if not first or _next(page, step):
            return False
    if word.low in words.determiners and not _next(page, step):
        # « annoncées par Anne Roux Les parents »: a full stop is lost.
        return False
    if word.initial:
        return False
    if word.low in words.determiners and len(word.low) < 3 and step > high:
        # « Jean de La Tour », no « Anne Roux de La Tour ».
        return _is_first_name(page, at, high, words)
    gaps = (
        page.text[a.end : b.start]
        for a, b in zip(row[high - 1 : step], row[high : step + 1], strict=True)
    )
    return not any(gap.strip() for gap in gaps) and before.text != word.text


def _is_linked(
    page: DocumentTokens, at: tuple[int, int, int], body: bool, words: PeopleWords
) -> bool:
    """Whether small words between two capitals are a name's: Augustin de Livois, Ordre de Malte.

    Not « FBI de Denver », « président de Turquie », « Valls d'Espagne ».
    """
    low, high, step = at
    row = page.words
    small = [w.low for w in row[high:step]]
    joined = page.text[row[high - 1].start : row[step].end].lower().replace("’", "'")
    if joined in words.lists["double_names"]:
        return True
    if not any(s in words.lists["of"] or s in words.determiners for s in small):
        return True
    if body:
        return True
    if is_acronym(row[high - 1].text) or row[step].low in words.countries:
        return False
    # A place or body after a full name is no part of it; after a first name it is.
    return _is_first_name(page, low, high, words) and small[0] in words.lists["of"]


def _is_first_name(page: DocumentTokens, low: int, high: int, words: PeopleWords) -> bool:
    """Whether all words so far are a first name: Jean, Jean-Baptiste; « Jean Luc », no « Jean Martin »."""
    first, *more = (w.low for w in page.words[low:high])
    known = first in words.first_names or first in words.rare_names
    if not known and "-" in first:
        known = first.split("-")[0] in words.first_names
    return known and all(
        w in words.first_names and f"{first}-{w}" in words.first_names for w in more
    )


def _second_name(page: DocumentTokens, at: int, step: int, words: PeopleWords) -> bool:
    """Whether a person's name begins inside the run: « de la Justice Jean Dupont »."""
    row = page.words
    given = row[step].low in words.first_names
    first = row[at]
    nation = words.masculine(first.low) in words.countries or first.low in words.countries
    if not (given or (nation and row[step].low in words.rare_names)):
        return False
    if not (_next(page, step) or _is_before_particle(page, step, words)):
        return False
    before = row[at - 1].low if at else ""
    led = before in words.determiners or before in words.lists["of"]
    # « à Brione Anne Roux », « dans La Gazette Anne Roux »
    led = (
        led or before in words.lists["where"] or (step > at + 1 and first.low in words.determiners)
    )
    other = _common(first, words) or nation or first.low in words.cities
    if first.low in words.first_names and not other:
        return False
    return led or other or is_acronym(first.text)


def name_at(
    page: DocumentTokens, low: int, high: int, words: PeopleWords, kind: str
) -> MentionDraft:
    """The name of the words low … high, high not included, of a kind or of what it shows."""
    row = page.words
    first, last = row[low], row[high - 1]
    name = on_one_line(page.text[first.start : last.end])
    gender, person, sure = _gender(page, low, high, words)
    start = low
    if low and row[low - 1].low in words.titles and row[low - 1].sentence == first.sentence:
        gender, start = words.titles[row[low - 1].low] or gender, low - 1
        person = sure = True
    country = words.countries.get(name.lower().replace("’", "'"))
    if not kind:
        kind = "name"
        if is_organisation_word(first, words):
            noun = words.nouns.get(first.low) or words.nouns[words.singular(first.low)]
            kind, gender = noun.kind, noun.gender
        elif country:
            kind = "country"
        elif sure:
            kind = "person"
        elif high - low == 1 and is_acronym(first.text):
            kind = "organisation"
    before = row[low - 1] if low else None
    shape = words.determiners.get(before.low) if before is not None else None
    number = "s"
    if shape is not None and shape.number == "p" and first.low in words.peoples and high == low + 1:
        # « les Français », not « les Philippines »
        kind, gender = "group", "m"
    if kind != "person" and shape is not None:
        gender = gender or shape.gender
        number = shape.number or "s"
    return MentionDraft(
        start, high, row[start].start, last.end, low, "name", kind, gender, number,
        "the" if shape else None, tokens=comparable(name, words),
        name=name, sure=person, where=_where(page, low, words),
        subject=first.dep.startswith("nsubj"),
    )  # fmt: skip


def _gender(
    page: DocumentTokens, low: int, high: int, words: PeopleWords
) -> tuple[str | None, bool, bool]:
    """The gender that a first name tells; whether this may be, and surely is, a person's name."""
    row = page.words
    first = row[low].low
    led = low > 0 and row[low - 1].low in words.determiners
    if high - low < 2:
        return None, not led, False
    if first not in words.first_names:
        first = first.split("-")[0]
    if first in words.first_names:
        return words.first_names[first], not led, not led
    if led or any(is_acronym(w.text) for w in row[low:high]) or first in words.determiners:
        return None, False, False
    return None, True, False


def _where(page: DocumentTokens, low: int, words: PeopleWords) -> bool:
    """Whether the word before is one that stands before places: en Syrie, dans le Var, à Lahore."""
    row = page.words
    before = row[low - 1] if low else None
    if before is not None and before.low in words.determiners and low > 1:
        before = row[low - 2]
    if before is None or before.low not in words.lists["where"]:
        return False
    return row[low].low not in words.first_names
