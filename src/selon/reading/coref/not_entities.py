"""What looks like a name or a body and stands for nobody: « la Santé » of its ministry, « 20 minutes ».

Numbers, measures, illnesses, events, ideas and acts are no entities, nor are words that only open a
sentence. What speaks is judged more mildly than what is only spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft
from selon.reading.coref.word_lists import PeopleWords

# « A16 », « DB10 », « L=1 »: letters and figures; the G7 and the G20 are somebody.
_CODE: Final = re.compile(r"(?!g-?\d)[a-z]{1,3}[-=]?\d+\w*")
# A name in capitals alone, of so many letters, is a heading's.
_HEADING: Final = 6
# Around a noun, the letters in which a set phrase with it is looked for.
_AROUND: Final = 24
_QUOTES: Final = frozenset('"«»“”„‹›')
# How many words before a shade say that colours are told.
_SHADES: Final = 40
# The most words behind a title's first noun.
_TITLE: Final = 4
# How far from its noun « de l’… » may say what an act is done to.
_NEAR: Final = 3


def means_nobody(who: EntityCluster, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether no mention of somebody who does not speak shows a person, a body or a place."""
    said = [m for m in who.mentions if m.form != "pronoun"]
    named = [m for m in said if m.form == "name"]
    if named and all(_thing_or_event(page.words[m.head : m.high], words) for m in named):
        return True
    if named and len(named) == len(said) and _is_new_product(named, page, words):
        return True
    if not said:
        return False
    if len(said) < len(who.mentions):
        # What pronouns mean again is followed through the text, be it a thing.
        return all(m.kind == "person" and m.form == "nominal" for m in said) and all(
            _in_phrase(page, page.words[m.head], words) for m in said
        )
    return all(_nobody(m, page, words) for m in said)


def _is_new_product(named: list[MentionDraft], page: DocumentTokens, words: PeopleWords) -> bool:
    """« la nouvelle Evala », « sa première Hypercar »: what is made, by a name in no list of names."""
    if any(m.kind != "name" for m in named):
        return False
    rows = [page.words[m.head : m.high] for m in named]
    if any(_known(w.low, words) for row in rows for w in row):
        return False
    return any(
        m.head > 1
        and not page.words[m.head - 1].capital
        and page.words[m.head - 1].low in words.lists["novelty"]
        and page.words[m.head - 2].low in words.determiners
        for m in named
    )


def only_a_thing(who: EntityCluster, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether a speaker is an event, a state or a number: « la situation sanitaire », « des circuits ».

    Not what things can say: « les premiers éléments », « des rumeurs »; a language that does not
    list these has no such speakers.
    """
    if not words.lists["telling"]:
        return False
    if who.parts:
        # « d’après leur voix et leur allure »
        things = all(part.kind == "thing" for part in who.parts)
        return things and any(only_a_thing(part, page, words) for part in who.parts)
    said = [m for m in who.mentions if m.form != "pronoun"]
    if not said or who.kind != "thing":
        return False
    return all(
        m.form == "nominal" and m.kind == "thing" and not _tells(page, m, words) for m in said
    )


def _tells(page: DocumentTokens, mention: MentionDraft, words: PeopleWords) -> bool:
    row = page.words[mention.low : mention.high]
    if any(w.low in words.lists["several"] or w.low in words.lists["somebody"] for w in row):
        return True
    # A word that no tag shows to be a noun may well be somebody's description.
    if page.words[mention.head].pos != "NOUN" or any(w.capital for w in row[1:]):
        return True
    if any(w.low in words.outlets for w in row):
        return True
    telling = words.lists["telling"] | words.lists["quantities"]
    forms = {form for w in row for form in (w.low, *w.low.split("-"))}
    return bool({*forms, *map(words.singular, forms)} & telling)


def _nobody(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    if mention.form == "name":
        return _empty_name(mention, page, words)
    if _idle(mention, page, words):
        return True
    if mention.kind in ORGANISED:
        return _no_body(mention, page, words)
    return mention.kind in ("thing", "work", "country")


def _idle(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """A noun for somebody that is none here: of a set phrase, of all people, of a title."""
    head = page.words[mention.head]
    if _in_phrase(page, head, words) or (head.capital and _quoted(mention, page, words)):
        return True
    if mention.kind not in ("person", "group"):
        return False
    if {head.low, words.singular(head.low)} & words.lists["weak_people"]:
        return not _anchored(mention, page, words)
    if head.capital and not head.initial and head.low in words.lists["generic"]:
        # « la Nature et l’Homme »
        return mention.high == mention.head + 1
    return _narrows_next(mention, page, words)


def _quoted(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether quotation marks stand right before and right after: a title, « L’Amie perdue »."""
    if _of_a_title(mention, page, words):
        return True
    before = (
        page.text[: mention.start].rstrip()[-1:]
        if mention.start < _AROUND
        else (page.text[mention.start - 2 : mention.start].rstrip()[-1:])
    )
    after = page.text[mention.end : mention.end + 2].lstrip()[:1]
    return before in _QUOTES and after in _QUOTES and bool(before) and bool(after)


def _of_a_title(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« La Brénaude de Vivaldi »: an article with a capital, a noun, and few words in the marks."""
    row, at = page.words, mention.head
    opening = row[at - 1] if at else None
    if opening is None or mention.det != "the" or not opening.capital or opening.quote < 0:
        return False
    last = mention.high
    while last < min(len(row), mention.high + _TITLE) and row[last].quote == opening.quote:
        last += 1
    closes = last == len(row) or row[last].quote != opening.quote
    alone = at < 2 or row[at - 2].quote != opening.quote
    plain = all(w.low in words.lists["of"] or w.capital for w in row[mention.high : last])
    return alone and closes and plain and not row[at].text.isupper()


def _empty_name(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« Covid-19 », « ministre de la Santé », « Seconde Guerre mondiale », « Désarmer la police »."""
    row = page.words[mention.head : mention.high]
    if mention.kind == "media":
        return False
    if _thing_or_event(row, words) or _portfolio(mention, page, words):
        return True
    first = row[0]
    if len(row) > 1 and any(_CODE.match(w.low) for w in row[1:]):
        # « Ferrari 250 GTO », « Aston Martin DP215 »
        return True
    human = first.low in words.first_names or first.low in words.rare_names
    if not human and _is_colour(mention, page, words):
        return True
    if not human and mention.kind in ("name", "person", "organisation"):
        titled = mention.kind != "organisation" and _quoted(mention, page, words)
        if titled or _of_a_thing(mention, page, words):
            return True
    if len(row) > 1:
        fields = words.lists["fields"] | words.lists["adjectives"]
        return all(w.low in fields for w in row) or _in_capitals(row, words)
    low = first.low
    if _adjectival(mention, page, words):
        return True
    if low in words.lists["fields"] or low in words.lists["former"]:
        return mention.kind != "person" or not mention.sure
    if low in words.lists["never"] or low in words.lists["calendar"]:
        return low not in words.first_names
    if first.text.isupper() and first.text.isalpha() and len(first.text) >= _HEADING:
        return first.initial and low not in words.outlets
    return first.initial and (_is_verbal(low, words) or _opens_only(mention, page, words))


def _opens_only(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« Pic en Bohême », « Gros accident hier »: a sentence’s first word that no verb has for subject.

    Of a word that stands nowhere else with a capital, and in no list of names.
    """
    word = page.words[mention.head]
    if mention.subject or word.text in page.amid or word.text.isupper() or _known(word.low, words):
        return False
    after = page.words[mention.high : mention.high + 1]
    lower = bool(after) and after[0].text[:1].isalpha() and not after[0].capital
    return lower and after[0].sentence == word.sentence


def _known(low: str, words: PeopleWords) -> bool:
    """Whether a list of names has this word: a first name, a city, a country, an outlet."""
    tables = (words.first_names, words.rare_names, words.cities, words.countries, words.outlets)
    return any(low in table for table in tables) or low in words.lists["places"]


def _of_a_thing(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« les modèles Veyron », « Revenu de solidarité active », « Airbus A380 », « #MeToo »."""
    row = page.words[mention.head : mention.high]
    if len(row) > 1:
        first = {row[0].low, words.singular(row[0].low)}
        if first & (words.lists["expansions"] | words.lists["things"]):
            return True
    start = row[0].start
    if page.text[start - 1 : start] == "#":
        return True
    if not mention.head or not page.text[page.words[mention.head - 1].end : start].isspace():
        return False
    before = page.words[mention.head - 1]
    if before.text.isdigit() and row[0].text.isupper() and len(row[0].text) < _HEADING:
        # « 812 GTS »
        return True
    plain = {before.low, words.singular(before.low)}
    return not before.capital and bool(plain & words.lists["classifiers"])


def _is_colour(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« quatre teintes (Gris Ardoise, Blanc Lune) »: a shade, where the sentence speaks of colours."""
    row, at = page.words, mention.head
    if row[at].low not in words.lists["colours"] or mention.high - at < 2:
        return False
    near = row[max(0, at - _SHADES) : at]
    return any(
        w.sentence == row[at].sentence and words.singular(w.low) in words.lists["colouring"]
        for w in near
    )


def _portfolio(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« ministre de la Défense britannique », « chargée de l’Enfance »: what an office is for."""
    if page.words[mention.head].low not in words.lists["fields"]:
        return False
    at = mention.head - 1
    while at > 0 and page.words[at].low in words.determiners:
        if page.words[at].low in words.lists["contracted"]:
            break
        at -= 1
    if (
        at < 1
        or page.words[at].low
        not in words.lists["of"] | words.lists["links"] | (words.lists["contracted"])
    ):
        return False
    before = page.words[at - 1]
    noun = words.nouns.get(before.low) or words.nouns.get(words.singular(before.low))
    office = noun is not None and noun.kind in ("person", "government")
    return office or before.low in words.lists["links"]


def _adjectival(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« l’océan Indien »: a country's adjective right behind a noun without a capital."""
    word = page.words[mention.head]
    plain = words.masculine(word.low)
    if plain not in words.countries or word.low in words.cities or not mention.head:
        return False
    before = page.words[mention.head - 1]
    noun = before.pos == "NOUN" and not before.capital and before.low not in words.nouns
    return noun and page.text[before.end : word.start].isspace()


def _thing_or_event(row: list[DocumentToken], words: PeopleWords) -> bool:
    """« Covid-19 », « A16 », « Coupe du monde »: by the words alone."""
    events = words.lists["events"]
    if any(" ".join(w.low for w in row[:count]) in events for count in (1, 2, 3)):
        return True
    if len(row) > 1 and row[-1].low in words.lists["event_heads"]:
        # « la Brénac Car Week », not « The Week » of a list
        return " ".join(w.low for w in row) not in words.outlets
    # « M840T » is two words to a tokenizer.
    touching = all(a.end == b.start for a, b in pairwise(row))
    low = "".join(w.low for w in row) if touching else row[0].low
    one = len(row) == 1 or touching
    return one and (low in words.lists["things"] or _CODE.fullmatch(low) is not None)


def _in_capitals(row: list[DocumentToken], words: PeopleWords) -> bool:
    """A heading in capitals: « RÉACTIONS À GAUCHE », « MACRON EST »; no « CGT RATP »."""
    if not all(w.text.isupper() or not w.text[:1].isalpha() for w in row[:-1]):
        return False
    small = {*words.determiners, *words.pronouns, *words.lists["never"], *words.lists["links"]}
    small |= {*words.lists["joins"], *words.lists["copulas"], *words.lists["of"]}
    if any(w.low in small for w in row):
        return True
    return sum(len(w.text) >= _HEADING for w in row) > 1


def _is_verbal(low: str, words: PeopleWords) -> bool:
    """« Désarmer », « Évitez », « Heureusement »; no first name, city, country or outlet."""
    if len(low) < 5 or _known(low, words):
        return False
    return any(low.endswith(ending) for ending in words.lists["verb_endings"])


def _no_body(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« notre protection sociale », « l’organisation du déconfinement », « chaque école »."""
    head = page.words[mention.head]
    nouns = {head.low, words.singular(head.low)}
    if mention.det == "some" and mention.number != "p":
        return True
    if mention.det == "a" and mention.number != "p" and not _anchored(mention, page, words):
        # « une entreprise »: any; one that is told of goes on as « l’entreprise ».
        return True
    if head.capital and not head.initial:
        return False
    if nouns & words.lists["acts"] and _done_to(mention, page, words):
        return True
    return bool(nouns & words.lists["weak_bodies"]) and not _anchored(mention, page, words)


def _done_to(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether « du », « de la », « des » and a noun without a capital follow: what an act is done to."""
    row = page.words[mention.head + 1 : mention.head + 1 + _NEAR + 1]
    if not row or row[0].low not in words.lists["of"]:
        return False
    led = (
        row[0].low in words.lists["contracted"]
        or row[0].low in (words.lists["contracted_after_noun"])
    )
    rest = row[1:]
    if not led:
        led = bool(rest) and rest[0].low in words.determiners
        rest = rest[1:]
    return led and bool(rest) and not rest[0].capital


def _anchored(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether a name or a country narrows it: « l’hôpital Bichat », « la police nigérienne »."""
    after = page.words[mention.head + 1 : mention.high]
    return mention.owner is not None or any(
        (w.capital and not w.initial) or words.masculine(w.low) in words.countries for w in after
    )


def _narrows_next(mention: MentionDraft, page: DocumentTokens, words: PeopleWords) -> bool:
    """« La jeune génération »: the word is said of the noun that follows."""
    head = page.words[mention.head]
    if head.low not in words.lists["adjectives"] or mention.high != mention.head + 1:
        return False
    if mention.high >= len(page.words):
        return False
    after = page.words[mention.high]
    joined = page.text[head.end : after.start].isspace() and after.sentence == head.sentence
    return joined and not after.capital and after.pos in ("NOUN", "")


def _in_phrase(page: DocumentTokens, head: DocumentToken, words: PeopleWords) -> bool:
    """« sa garde à vue », « à l’étranger »: a set phrase holds the noun."""
    start = max(0, head.start - _AROUND)
    around = page.text[start : head.end + _AROUND].lower().replace("’", "'")
    at = head.start - start
    for phrase in _phrases(head.low, words):
        found = around.find(phrase)
        while found >= 0:
            if found <= at < found + len(phrase) and _whole(around, found, found + len(phrase)):
                return True
            found = around.find(phrase, found + 1)
    return False


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do."""
    before = text[start - 1 : start] if start else ""
    return not before.isalnum() and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


def _phrases(low: str, words: PeopleWords) -> Iterator[str]:
    """The set phrases with a word."""
    return (p for p in words.lists["phrases"] if low in p)
