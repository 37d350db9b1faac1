"""What a dishonest editor does to a quotation besides `ledger_mutated`: forty ways in each language.

Questions of statements, bounds and conditions that go, things that change places, tenses, persons,
signs, words that look alike. `ANY` are those for which any type but verbatim is right.
"""

from __future__ import annotations

import re
from typing import Final

from ledger_changes import NAMED, Change, first, op, put, swapped, unless

ANY: Final = (
    "shortened/lengthened/spliced/reworded/modality dropped/modality added/negation changed"
    "/number changed/date changed/name changed/turned indirect"
)
ASKED: Final = "modality added"
SAID: Final = "modality dropped"
COUNT: Final = "number changed"
# A statement, no question by its form: what begins with a small word of asking is left out.
FR_STATED: Final = (
    r"^(?!(?:\W*\w+\W+)?(?:\w+\W+)?(?:est|qu|pourquoi|comment|combien|où|quand|lequel|laquelle))"
    r"(?!.*\w-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|t)\b)[^?:;.!…]*[.!…]?$"
)
EN_STATED: Final = (
    r"^(?!(?:\W*\w+\W+)?(?:\w+\W+)?(?:is|are|was|were|am|do|does|did|will|would|can|could|shall"
    r"|should|may|might|must|has|have|had|wh\w+|how)\b)[^?:;.!…]*[.!…]?$"
)


def asked(text: str) -> str:
    """A statement with a mark of question at its end."""
    return text.rstrip(" .!…") + " ?"


def end(tail: str) -> Change:
    """The words with something behind them that is cut off again: made on the library's side."""
    return lambda text: text.rstrip(" .!…") + tail if "?" not in text else None


def start(head: str) -> Change:
    """The words with something before them that is cut off again."""
    return lambda text: head + text[:1].lower() + text[1:] if re.match(r"\w[^?]*$", text) else None


def moved(text: str) -> str | None:
    """The first two names in each other's place."""
    return _exchanged(text, NAMED)


def numbers_moved(text: str) -> str | None:
    """The first two numbers in each other's place."""
    return _exchanged(text, r"(?<![\w.,-])(\d+)(?![\w.,-]*\d)(?!\w)")


def _exchanged(text: str, pattern: str) -> str | None:
    found = list(re.finditer(pattern, text))[:2]
    if len(found) < 2 or found[0][1] == found[1][1]:
        return None
    (a, b), (c, d) = (m.span(1) for m in found)
    between = text[b:c]
    # « Paul et Anne » are « Anne et Paul ».
    if len(between.split()) < 2 or re.search(r",|\b(?:et|ou|and|or)\b", between):
        return None
    return text[:a] + text[c:d] + between + text[a:b] + text[d:]


def welded(text: str) -> str | None:
    """The first half of a sentence and the last half of the next as if they were one."""
    parts = re.split(r"(?<=[.!?…])\s+", text)
    if len(parts) < 2 or min(len(p.split()) for p in parts[:2]) < 8:
        return None
    one, two = (p.split() for p in parts[:2])
    made = " ".join([*one[: len(one) // 2], *two[len(two) // 2 :]])
    return None if made in text else made


def without(*patterns: str) -> Change:
    """The words without the first of these."""
    return first(*(put(p, "") for p in patterns))


FRENCH: Final = (
    op("question of a statement", "question", unless(FR_STATED, asked), ASKED),
    op("statement of a question", "question", unless(FR_STATED, asked), SAID, side="old"),
    op("bound cut off the head", "bound", unless(r"^\W*(?:tous|toutes|la moitié|\d|deux|trois)", start("Presque ")),
       COUNT, side="old"),
    op("bound before a number", "bound", put(r"(?<![\w.,-])(?=\d+ [a-z])(?<!de )", "au moins "),
       f"{COUNT}/date changed"),
    op("bound dropped", "bound", without(r"\b(?:plus|moins) de (?=\d)", r"\bau moins (?=\d)", r"\benviron (?=\d)",
       r"\bprès de (?=\d)", r"\bjusqu'à (?=\d)", r"\bseulement (?=\d)"), COUNT),
    op("almost all", "bound", put(r"\b(tous|toutes) (?=l)", r"presque \1 "), COUNT),
    op("at most", "bound", first(swapped("au moins", "au plus"), swapped("plus de", "moins de")), COUNT),
    op("some of all", "bound", put(r"\b[Ll]es (?=\w+s\b)", "certains "), ANY),
    op("condition behind", "condition", end(" si la région paie les travaux."), "shortened", side="old"),
    op("condition before", "condition", start("Si la région paie les travaux, "), "shortened", side="old"),
    op("unless", "condition", end(", à moins que la région refuse."), "shortened", side="old"),
    op("provided", "condition", end(" à condition que la région paie."), "shortened", side="old"),
    op("if dropped", "condition", without(r"\b[Ss]i (?=(?:on|nous|je|vous|la|le|les|un|une) )"), ANY),
    op("in my view dropped", "modality", put(r"^((?:\S+ ){3})", r"\1, selon moi, "), SAID, side="old"),
    op("in my view cut off", "modality", end(", à mon avis."), f"{SAID}/shortened", side="old"),
    op("names exchanged", "order", moved, "name changed"),
    op("numbers exchanged", "order", numbers_moved, COUNT),
    op("sentences welded", "words", welded, "spliced/shortened"),
    op("denial behind an ellipsis", "negation", put(r"\b(?:ne |n['’])(\w+) pas\b", r"(…) \1 (…)"), "negation changed"),
    op("not only", "negation", put(r"\bpas seulement\b", "pas"), "negation changed"),
    op("past of a present", "words", put(r"\best\b", "était"), ANY),
    op("future of a present", "words", first(put(r"\best\b", "sera"), put(r"\bsont\b", "seront"),
       put(r"\ba\b", "aura")), ANY),
    op("past of a future", "words", put(r"\b(\w{3,})era\b", r"a \1é"), ANY),
    op("us of me", "words", first(put(r"\b[Jj]e (?=\w)", "nous "), put(r"\bmon\b", "notre")), ANY),
    op("you of us", "words", first(put(r"\b[Nn]ous\b", "vous"), put(r"\bnotre\b", "votre")), ANY),
    op("one of many", "words", put(r"\b[Ll]es (\w{4,})s\b", r"le \1"), ANY),
    op("year", "number", put(r"\b(19|20)(\d)(\d)\b", lambda m: f"{m[1]}{(int(m[2]) + 1) % 10}{m[3]}"),
       f"{COUNT}/date changed"),
    op("fraction", "number", first(put(r"\bla moitié\b", "le tiers"), put(r"\bun tiers\b", "un quart"),
       put(r"\bdeux tiers\b", "trois quarts"), swapped("double", "triple")), f"{COUNT}/reworded"),
    op("Roman numeral", "number", first(put(r"\b(X[IVX]+)e\b", "VIIIe"), put(r"\b(?<=[a-z] )(I|II|III|IV|V)\b", "IX")),
       f"{COUNT}/name changed/reworded"),
    op("thousandth", "number", put(r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f.]000\b", r"\1"), COUNT),
    op("hour", "number", put(r"\b(\d{1,2}) ?h\b", lambda m: f"{(int(m[1]) + 5) % 24}h"), COUNT),
    op("sign", "form", put(r"(?<![^\s])(?=\d+(?:[,.]\d+)? ?%)", "-"), COUNT),
    op("pounds", "form", first(put(r" euros\b", " £"), put(r" ?€", " £"), put(r" dollars\b", " £")),
       f"{COUNT}/reworded"),
    op("accent", "form", unless(r"[àâçêîôûùë]", put(r"\b([a-z]{4,})é\b(?![-\u00ad])", r"\1e")), "reworded"),
    op("and of or", "words", swapped("ou", "et"), ANY),
    op("although of because", "words", first(put(r"\bparce que?\b", "bien que"), put(r"\bdonc\b", "pourtant")), ANY),
    op("before of after", "words", first(swapped("avant", "après"), swapped("depuis", "jusqu'à")), ANY),
    op("only added", "limit", put(r"\b(est|sont|a|ont|va) (?!\w+é)", r"\1 seulement "), ANY),
    op("already of still", "words", first(swapped("déjà", "encore"), swapped("souvent", "rarement"),
       swapped("mieux", "pire"), swapped("hausse", "baisse")), ANY),
    op("must of may", "modality", swapped("doit", "peut"), ANY),
    op("who of whom", "words", first(swapped("qui", "que"), swapped("il", "elle"), swapped("son", "leur")), ANY),
)  # fmt: skip
ENGLISH: Final = (
    op("question of a statement", "question", unless(EN_STATED, asked), ASKED),
    op("statement of a question", "question", unless(EN_STATED, asked), SAID, side="old"),
    op("bound cut off the head", "bound", unless(r"^\W*(?:all|half|every|\d|two|three)\b", start("Almost ")),
       COUNT, side="old"),
    op("bound before a number", "bound", put(r"(?<![\w.,$£€-])(?=\d+ [a-z])", "at least "), f"{COUNT}/date changed"),
    op("bound dropped", "bound", without(r"\b(?:more|less|fewer) than (?=\d)", r"\bat least (?=\d)", r"\babout (?=\d)",
       r"\bnearly (?=\d)", r"\bup to (?=\d)", r"\bonly (?=\d)"), COUNT),
    op("almost all", "bound", put(r"\b(all|every|everyone|nobody)\b", r"almost \1"), COUNT),
    op("at most", "bound", first(swapped("at least", "at most"), swapped("more than", "less than")),
       f"{COUNT}/reworded"),
    op("condition behind", "condition", end(" if the region pays for it."), "shortened", side="old"),
    op("condition before", "condition", start("If the region pays for it, "), "shortened", side="old"),
    op("unless", "condition", end(" unless the region refuses."), "shortened", side="old"),
    op("provided", "condition", end(", provided the region pays."), "shortened", side="old"),
    op("if dropped", "condition", without(r"\b[Ii]f (?=(?:we|you|they|he|she|it|the|I|a) )"), ANY),
    op("in my opinion dropped", "modality", put(r"^((?:\S+ ){3})", r"\1, in my opinion, "), SAID, side="old"),
    op("I think cut off", "modality", end(", I think."), f"{SAID}/shortened", side="old"),
    op("names exchanged", "order", moved, "name changed"),
    op("numbers exchanged", "order", numbers_moved, COUNT),
    op("sentences welded", "words", welded, "spliced/shortened"),
    op("denial behind an ellipsis", "negation", put(r"\b(is|are|was|were|will|can|has|have|should) not\b", r"\1 (...)"),
       "negation changed"),
    op("not only", "negation", put(r"\bnot (?:only|just)\b", "not"), "negation changed"),
    op("past of a present", "words", first(put(r"\bis\b", "was"), put(r"\bare\b", "were")), ANY),
    op("future of a past", "words", first(put(r"\bwas\b", "will be"), put(r"\bwere\b", "will be")), ANY),
    op("us of me", "words", first(put(r"\bI\b(?!['’])", "we"), put(r"\bmy\b", "our")), ANY),
    op("you of us", "words", first(put(r"\bwe\b(?!['’])", "you"), put(r"\bour\b", "your")), ANY),
    op("one of many", "words", put(r"\b(the|our|these) (\w{4,})s\b", r"\1 \2"), ANY),
    op("year", "number", put(r"\b(19|20)(\d)(\d)\b", lambda m: f"{m[1]}{(int(m[2]) + 1) % 10}{m[3]}"),
       f"{COUNT}/date changed"),
    op("fraction", "number", first(put(r"\bhalf\b", "a third"), put(r"\btwo[- ]thirds\b", "three quarters"),
       swapped("double", "triple"), swapped("twice", "once")), f"{COUNT}/reworded"),
    op("thousandth", "number", put(r"(?<![\d.,])(\d{1,3}),000\b", r"\1"), COUNT),
    op("morning of evening", "number", swapped(r"a\.m", "p.m"), ANY),
    op("sign", "form", put(r"(?<![^\s])(?=\d+(?:\.\d+)? ?(?:%|percent))", "-"), COUNT),
    op("decimal point", "form", put(r"(?<![^\s])(?=\d{1,2} (?:percent|million|billion))", "."), COUNT),
    op("pounds", "form", first(put(r"\$(?=\d)", "£"), put(r"(?<=\d) dollars\b", " pounds")), f"{COUNT}/reworded"),
    op("US of us", "form", put(r"\bus\b", "US"), "name changed"),
    op("and of or", "words", swapped("or", "and"), ANY),
    op("although of because", "words", first(put(r"\bbecause\b", "although"), put(r"\bso\b", "but")), ANY),
    op("before of after", "words", first(swapped("before", "after"), swapped("since", "until")), ANY),
    op("only added", "limit", put(r"\b(is|are|was|were|has|have)\b", r"\1 only"), ANY),
    op("already of still", "words", first(swapped("already", "still"), swapped("often", "rarely"),
       swapped("better", "worse"), swapped("up", "down"), swapped("rise", "fall")), ANY),
    op("must of may", "modality", first(swapped("must", "may"), swapped("can", "must")), ANY),
    op("him of her", "words", first(swapped("he", "she"), swapped("his", "their"), swapped("this", "that")), ANY),
    op("the of a", "words", swapped("the", "a"), ANY),
)  # fmt: skip
