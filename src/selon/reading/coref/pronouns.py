"""Where third-person pronouns stand, the impersonal ones left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.mentions import MentionDraft
from selon.reading.coref.word_lists import PeopleWords, Pronoun
from selon.records import Span


def pronouns(page: DocumentTokens, words: PeopleWords) -> list[MentionDraft]:
    """« il », « a-t-elle », « eux », « lui », « celui-ci », « ce dernier », in text order."""
    found = []
    for at, word in enumerate(page.words):
        shape = words.pronouns.get(word.low)
        low = high = at
        if shape is None:
            shape = words.latter.get(word.low)
            if shape is None or not _latter(page, at, words):
                continue
            low = at - 1
        elif (shape.kind == "subject" and _nobody_meant(page, at, shape, words)) or (
            word.pos in ("DET", "NOUN", "PROPN") and shape.kind == "tonic"
        ):
            continue
        found.append(_pointer(page, low, high + 1, shape, words))
    return found


def pointer_at(page: DocumentTokens, span: Span, words: PeopleWords) -> MentionDraft | None:
    """A party that is one word that points: a pronoun, or « son » in « son annonce »."""
    row = page.words
    at = bisect_left(row, span.start, key=lambda w: w.start)
    if at == len(row) or row[at].end < span.end:
        return None
    shape = words.pronouns.get(row[at].low)
    if shape is None:
        owner = words.determiners.get(row[at].low)
        if owner is None or owner.kind != "poss":
            return None
        shape = Pronoun(None, "p" if row[at].low in words.lists["theirs"] else "s", "tonic")
    return _pointer(page, at, at + 1, shape, words)


def _pointer(
    page: DocumentTokens, low: int, high: int, shape: Pronoun, words: PeopleWords
) -> MentionDraft:
    row = page.words
    gender: str | None = shape.gender
    rule = shape.kind
    if shape.kind == "tonic" and row[high - 1].low in words.lists["datives"]:
        # « lui a dit » tells no gender, « selon lui » does; a verb behind it tells them apart.
        # « Lui a dit qu'il partait » opens the sentence, its subject: it is he.
        after = row[high] if high < len(row) and not _subject(page, high - 1) else None
        if after is not None and after.pos in ("VERB", "AUX", "PRON"):
            gender, rule = None, "dative"
    return MentionDraft(
        low, high, row[low].start, row[high - 1].end, high - 1, "pronoun", "person",
        gender, shape.number, rule=rule,
    )  # fmt: skip


def _subject(page: DocumentTokens, at: int) -> bool:
    """Whether a tonic pronoun opens its sentence as the verb's subject: no « a-t-il » behind."""
    row = page.words
    word = row[at]
    if not word.initial or not word.text[:1].isupper():
        return False
    after = [w for w in row[at + 1 : at + 4] if w.sentence == word.sentence]
    return not any(page.text[w.start - 1] == "-" and w.pos == "PRON" for w in after)


def _latter(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    row = page.words
    after = row[at + 1] if at + 1 < len(row) else None
    alone = after is None or after.pos not in ("NOUN", "PROPN", "ADJ")
    return at > 0 and row[at - 1].low in words.lists["latter_after"] and alone


def _nobody_meant(page: DocumentTokens, at: int, shape: Pronoun, words: PeopleWords) -> bool:
    """« il » and « it » alone may mean nobody: « elle a demandé », « ils ont décidé » tell somebody."""
    if shape.gender == "f" or shape.number == "p":
        return False
    return impersonal(page, at, words)


def impersonal(page: DocumentTokens, at: int, words: PeopleWords) -> bool:
    """Whether nobody is meant: « il faut », « il s'agit », « y a-t-il », « il est possible de »."""
    row, lists = page.words, words.lists
    after = [w for w in row[at + 1 : at + 7] if w.low not in lists["fillers"]]
    first = after[0].low if after else ""
    second = after[1].low if len(after) > 1 else ""
    joined = first + second if first.endswith("'") else f"{first} {second}"
    if first in lists["impersonal"] or joined in lists["impersonal"]:
        return True
    if at and page.text[row[at - 1].end : row[at].start].endswith("-"):
        verb = row[at - 1].low
        return verb in lists["impersonal"] or (at > 1 and row[at - 2].low in lists["there"])
    judged = any(w.low in lists["impersonal_adjectives"] for w in after[1:4])
    bound = any(w.low in lists["impersonal_after"] for w in after[2:6])
    if after and after[0].dep == "aux:tense" and not _passive(after[1:3]):
        # « il a demandé à ses amis de … », no « il a été demandé de … »
        return False
    return first in lists["copulas"] | lists["judging"] and judged and bound


def _passive(after: Sequence[DocumentToken]) -> bool:
    """Whether a passive or « been » follows: « a été demandé », « a été possible »."""
    return any(w.dep in ("aux:pass", "cop") for w in after)
