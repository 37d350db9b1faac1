"""Named operations on real quotations, in two languages, and what the ledger must call each.

An operation answers with the changed words, or None where it cannot be done on these. Those of
`GRAVE` change who denies, how many, who, when or how sure: none of them may be called verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ledger_changes import (
    NAMED,
    Change,
    Operation,
    Pair,
    before,
    behind,
    bracketed,
    first,
    head,
    noted,
    numbers,
    op,
    put,
    splice,
    swapped,
    tail,
    typeset,
    unless,
)
from ledger_distorted import ENGLISH as ENGLISH_DISTORTED
from ledger_distorted import FRENCH as FRENCH_DISTORTED

__all__ = ["OPERATIONS", "Operation", "Pair"]

FR_MONTHS: Final = (
    "janvier février avril juin juillet août septembre octobre novembre décembre lundi mardi"
    " mercredi jeudi vendredi samedi dimanche"
).split()
EN_MONTHS: Final = (
    "January February April June July August September October November December Monday Tuesday"
    " Wednesday Thursday Friday Saturday Sunday"
).split()
FR_PLAIN: Final = r"\b(est|sont|sera|va|ont|avons|faut|sommes|veut)\b"
FR_FREE: Final = r"^(?!.*\b(?:n[e'’]|pas|jamais|rien|aucune?|sans|ni|plus)\b)"
EN_PLAIN: Final = r"\b(is|are|was|were|will|can|has|have|should)\b"
EN_FREE: Final = r"^(?!.*\b(?:not|never|no|none|nothing|nobody|without)\b)(?!.*n['’]t\b)"


def other(words: list[str], by: int = -1) -> Callable[[re.Match[str]], str]:
    """The word so far from it in a list: another month, another day."""
    return lambda m: words[(words.index(m[0]) + by) % len(words)]


def dates(words: list[str]) -> tuple[Operation, ...]:
    """Another month or day, plain and in brackets: few quotations have one, so several others."""
    pattern = rf"\b({'|'.join(words)})\b"
    ways = (("", -1), (" two on", 2), (" four on", 4), (" seven on", 7))
    return tuple(
        made
        for name, by in ways
        for made in (
            op(f"date{name}", "date", put(pattern, other(words, by)), "date changed"),
            op(
                f"date{name} in brackets",
                "date",
                put(pattern, bracketed(other(words, by))),
                "date changed",
            ),
        )
    )


def governed(*heads: str) -> Change:
    """The words in the rule of one of some clauses, by their length: made on the library's side."""
    return lambda text: before(heads[len(text) % len(heads)])(text)


def taken_back(*tails: str) -> Change:
    """The words with one of some clauses behind them."""
    return lambda text: behind(tails[len(text) % len(tails)])(text)


def letter(match: re.Match[str]) -> str:
    """A name with another letter near its end."""
    name = match[1]
    return name[:-2] + ("n" if name[-2] != "n" else "l") + name[-1]


NEG = "negation changed"
CUT = "shortened/negation changed"
FRENCH: Final = (
    op("typography", "neutral", typeset, "verbatim"),
    op("sic", "neutral", noted("(sic)"), "verbatim"),
    op("ndlr", "neutral", noted("(NDLR)"), "verbatim"),
    op("gloss with ndlr", "neutral", noted("(un quartier de la ville, ndlr)"), "verbatim"),
    op("ellipsis without a cut", "neutral", noted("[…]"), "verbatim"),
    op("head cut", "neutral", head, "shortened"),
    op("tail cut", "neutral", tail, "shortened"),
    op("splice", "neutral", splice, "spliced"),
    op("ne left out", "neutral", put(r"\b(?:ne |n['’])(\w+ (?:pas|rien|jamais)\b)", r"\1"),
       "verbatim/reworded"),
    op("ordinal", "neutral", put(r"\b(\d+)e\b", r"\1ème"), "verbatim"),
    op("denial out", "negation", put(r"\b(?:ne |n['’])(\w+) (?:pas|jamais)\b", r"\1"), NEG),
    op("denial in", "negation", unless(FR_FREE, put(FR_PLAIN, r"ne \1 pas")), NEG),
    op("denial in brackets", "negation", unless(FR_FREE, put(FR_PLAIN, r"(ne) \1 (pas)")), NEG),
    op("denied verb in brackets", "negation", unless(FR_FREE, put(FR_PLAIN, r"[ne \1 pas]")), NEG),
    op("denial bracketed out", "negation",
       put(r"\b(?:ne |n['’])(\w+) (?:pas|jamais)\b", r"[\1]"), NEG),
    op("contrary", "negation", first(put(r"\bpossible", "impossible"), put(r"\butile", "inutile"),
       put(r"\bacceptable", "inacceptable"), put(r"\bjuste\b", "injuste"),
       put(r"\btoujours\b", "jamais"), put(r"\bavec\b", "sans"), put(r"\btous les\b", "aucun des"),
       put(r"\btoutes les\b", "aucune des"), put(r"\baccepte", "refuse")), NEG),
    op("false to say", "negation", before("Il est faux de dire que "), CUT, side="old"),
    op("refused", "negation", before("Nous refusons que "), CUT, side="old"),
    op("adversaries", "negation", behind(", c'est ce que racontent mes adversaires."), CUT, side="old"),
    op("taken back", "negation", behind(" : c'est un mensonge."), CUT, side="old"),
    *numbers(),
    op("number word", "number", put(r"\b(deux|trois|quatre|six|dix)\b", "cinq"), "number changed"),
    op("scale", "number", first(put(r"\bmillions\b", "milliards"), put(r"\bmille\b", "cent mille"),
       put(r"\bmilliards\b", "millions")), "number changed"),
    op("name", "name", put(NAMED, "Quillebois"), "name changed"),
    op("name in brackets", "name", put(NAMED, "[Quillebois]"), "name changed"),
    op("name for il in brackets", "name", put(r"(?<=, )(il|elle) ", "[Jean Corvol] "),
       "name changed"),
    op("first name", "name", first(put(r"\bJean\b", "Jeanne"), put(r"\bFrançois\b", "Françoise"),
       put(r"\bMarine\b", "Martine"), put(r"\bMichel\b", "Michèle"), put(r"\bLouis\b", "Louise"),
       put(r"\bEmmanuel\b", "Emmanuelle"), put(r"\bDonald\b", "Ronald"),
       put(r"\bDaniel\b", "Danielle"), put(r"\bM\. ", "Mme ")), "name changed"),
    op("prefix in brackets", "negation", first(put(r"\bpossible", "[im]possible"),
       put(r"\b(utile|juste|certain|acceptable|suffisant)", r"(in)\1"),
       put(r"\b(responsable|régulier|réel)", r"[ir]\1"), put(r"\b(légal|légitime)", r"[il]\1"),
       put(r"\b(content)", r"[mé]\1")), NEG),
    op("prefix", "negation", first(put(r"\b(certain|suffisant|capable|croyable|complet)", r"in\1"),
       put(r"\b(responsable|régulier|réel)", r"ir\1"), put(r"\b(légal|légitime)", r"il\1"),
       put(r"\b(content)", r"mé\1"), put(r"\b(armer|ordre|espoir|intérêt)\b", r"dés\1")), NEG),
    op("no more", "negation", unless(FR_FREE, put(FR_PLAIN, r"ne \1 plus")), NEG),
    op("never", "negation", unless(FR_FREE, put(FR_PLAIN, r"ne \1 jamais")), NEG),
    op("not in brackets", "negation", unless(FR_FREE, put(FR_PLAIN, r"\1 (pas)")), NEG),
    op("against", "negation", first(swapped("présente?s?", "absent"), put(r"\bcontre\b", "pour"),
       put(r"\btout le monde\b", "personne"), put(r"\bbeaucoup d", "peu d")), NEG),
    op("denied above", "negation", governed("Je ne crois pas que ", "Je n'ai jamais dit que ",
       "Il n'est pas vrai que ", "Personne ne pense que ", "Il est exclu que ", "C'est un mensonge de dire que ",
       "Nous nions que ", "Il serait faux de croire que "), CUT, side="old"),
    op("refused above", "negation", governed("Nous n'accepterons jamais que ", "Il est hors de question que ",
       "Nous ne voulons pas que ", "Je m'oppose à ce que ", "Il faut éviter que "), CUT, side="old"),
    op("supposed above", "supposition", governed("Si ", "Imaginons que ", "À supposer que ", "Admettons que ",
       "Même si ", "Comme si "), CUT, side="old"),
    op("doubted above", "doubt", governed("Je doute que ", "Je crains que ", "Il est possible que ",
       "Je ne sais pas si ", "On se demande si "), f"{CUT}/modality dropped", side="old"),
    op("others above", "opinion", governed("Certains disent que ", "Mes adversaires prétendent que ",
       "On nous dit que ", "Ils racontent que ", "On m'accuse de dire que "), CUT, side="old"),
    op("taken back behind", "negation", taken_back(", ce n'est pas vrai.", " ? C'est faux.",
       ", voilà le mensonge.", " : c'est une rumeur.", " ? Non."), CUT, side="old"),
    op("only", "limit", unless(FR_FREE, put(r"\b(est|sont|a|ont) (?=un|une|des|le|la|les)", r"n'\1 que ")),
       "reworded/negation changed/lengthened"),
    op("measure", "number", first(swapped("euros", "dollars"), put(r"\bkilomètres\b", "mètres"),
       put(r"(?<=\d) ?%", " points"), put(r"\btonnes\b", "kilos")), "number changed"),
    op("decimal", "number", put(r"(?<![\d.,])(\d+),(\d)(?!\d)", r"\1\2"), "number changed"),
    op("order", "number", first(swapped("première", "deuxième"), swapped("premier", "dernier"),
       put(r"\b(\d+)e\b", "93e")), "number changed"),
    op("one", "number", put(r"(?<!\()\bun(e?) (?=[a-zé])", "trois "), "number changed"),
    op("bound", "number", put(r"\bplus de (?=\d)", "moins de "), "number changed"),
    op("letter of a name", "name", put(NAMED, letter), "name changed"),
    op("given name", "name", put(r"(?<=[a-zé,] )([A-ZÉ][a-zéè]{3,}) (?=[A-Z][a-z]{3,})", "Gontran "),
       "name changed"),
    op("Mme", "name", first(put(r"\bMme ", "M. "), put(r"\bM\. ", "Mme "), put(r"\bmonsieur\b", "madame"),
       put(r"\bpère\b", "fils"), put(r"\bfils\b", "père")), "name changed"),
    op("relative day", "date", first(swapped("demain", "hier"), swapped("prochaine?", "dernier"),
       swapped("matin", "soir")), "date changed"),
    op("stretch of time", "date", first(swapped("semaine", "année"), swapped("jours", "mois"),
       put(r"\bans\b", "mois")), "date changed"),
    op("conditional", "modality", first(put(r"\best\b", "serait"), put(r"\bont été\b", "auraient été"),
       put(r"\bsont\b", "seraient"), put(r"\bfaut\b", "faudrait")), "modality added"),
    op("perhaps", "modality", unless(r"^(?!.*peut-être)", put(FR_PLAIN, r"\1 peut-être")), "modality added"),
    *dates(FR_MONTHS),
    op("surer", "modality", first(put(r"\bpourrait\b", "va"), put(r"\bpeut\b", "va"),
       put(r"\b[Jj]e pense que ", ""), put(r"\bpeut-être ", ""), put(r"\bdoit\b", "va")),
       "modality dropped"),
    op("doubted", "modality", first(put(r"\bva\b", "pourrait"), put(r"\b(\w{3,})era\b", r"\1erait"),
       put(r"\bsont\b", "semblent"), put(r"\bveut\b", "pourrait")), "modality added"),
    op("doubted in brackets", "modality", first(put(r"\bva\b", "(pourrait)"),
       put(r"\bsont\b", "[semblent]"), put(r"\bveut\b", "[pourrait]")), "modality added"),
    op("past in brackets", "tense", put(r"\bdoit\b", "(devait)"), "turned indirect"),
    op("report", "person", first(put(r"\b[Jj]e (?=\w)", "il "), put(r"\bmon\b", "son"),
       put(r"\bnotre\b", "leur")), "turned indirect"),
    *(op(f"speaker: {one} for {two}", "speaker", None, "re-attributed", by=(one, two))
      for one, two in (
        ("Françoise Delmas", "François Delmas"), ("Louis Ferrandier", "Louise Ferrandier"),
        ("Marine Sorel", "Martine Sorel"), ("Odile Ferrandier", "Odile Ferrandin"),
        ("M. Delmas", "Mme Delmas"), ("Delmas père", "Delmas fils"),
        ("Paul Roux", "Paule Roux"), ("Jean Sorel", "Jean Morel"),
    )),
)  # fmt: skip
ENGLISH: Final = (
    op("typography", "neutral", typeset, "verbatim"),
    op("sic", "neutral", noted("[sic]"), "verbatim"),
    op("editor's note", "neutral", noted("(Ed.)"), "verbatim"),
    op("ellipsis without a cut", "neutral", noted("[...]"), "verbatim"),
    op("head cut", "neutral", head, "shortened"),
    op("tail cut", "neutral", tail, "shortened"),
    op("splice", "neutral", splice, "spliced"),
    op("contraction", "neutral", first(put(r"\bdo not\b", "don't"), put(r"\bdon['’]t\b", "do not"),
       put(r"\bit['’]s\b", "it is"), put(r"\bisn['’]t\b", "is not"), put(r"\bcan['’]t\b", "cannot")),
       "verbatim"),
    op("denial out", "negation", first(put(r"\b(is|are|was|were|will|can|has|have|should) not ", r"\1 "),
       put(r"\b(do|does|did)(?: not|n['’]t) ", ""), put(r"\bnever ", ""),
       put(r"\b(is|are|was|were|has|have)n['’]t ", r"\1 ")), NEG),
    op("denial in", "negation", unless(EN_FREE, put(EN_PLAIN, r"\1 not")), NEG),
    op("denial in brackets", "negation", unless(EN_FREE, put(EN_PLAIN, r"\1 (not)")), NEG),
    op("denied verb in brackets", "negation", unless(EN_FREE, put(EN_PLAIN, r"[\1 not]")), NEG),
    op("denial bracketed out", "negation", first(
       put(r"\b(is|are|was|were|will|can|has|have|should) not ", r"[\1] "),
       put(r"\b(?:do|does|did)(?: not|n['’]t) (\w+)", r"[\1]")), NEG),
    op("contrary", "negation", first(put(r"\bpossible", "impossible"), put(r"\balways\b", "never"),
       put(r"\bwith\b", "without"), put(r"\bfair\b", "unfair"), put(r"\blikely\b", "unlikely"),
       put(r"\bable\b", "unable"), put(r"\bagree\b", "disagree")), NEG),
    op("false to say", "negation", before("It is false to say that "), CUT, side="old"),
    op("refused", "negation", before("We reject the idea that "), CUT, side="old"),
    op("adversaries", "negation", behind(", that is what my opponents claim."), CUT, side="old"),
    op("taken back", "negation", behind(": this is a lie."), CUT, side="old"),
    *numbers(),
    op("number word", "number", put(r"\b(two|three|four|six|ten)\b", "five"), "number changed"),
    op("scale", "number", first(put(r"\bmillion(s?)\b(?!-)", r"billion\1"), put(r"\bthousand(s?)\b", r"million\1"),
       put(r"\bhundred\b", "thousand")), "number changed"),
    op("name", "name", put(NAMED, "Quillebois"), "name changed"),
    op("name in brackets", "name", put(NAMED, "[Quillebois]"), "name changed"),
    op("name for he in brackets", "name", put(r"(?<=[a-z] )(he|she|they) ", "[John Corvol] "),
       "name changed"),
    op("first name", "name", first(put(r"\bDonald\b", "Ronald"), put(r"\bJohn\b", "Joan"),
       put(r"\bMr\.? ", "Mrs. "), put(r"\bPaul\b", "Paula"), put(r"\bJames\b", "Jane")),
       "name changed"),
    op("contracted denial", "negation", unless(EN_FREE, first(
       put(r"\b(is|are|was|were|has|have|would|could|should|had)\b", r"\1n't"),
       put(r"\bcan\b", "can't"), put(r"\bwill\b", "won’t"))), NEG),
    op("ain't", "negation", unless(EN_FREE, put(r"\b(?:is|are)\b", "ain't")), NEG),
    op("never", "negation", unless(EN_FREE, put(EN_PLAIN, r"\1 never")), NEG),
    op("prefix in brackets", "negation", first(put(r"\bpossible", "[im]possible"),
       put(r"\b(fair|likely|able|happy|safe|clear)\b", r"[un]\1"), put(r"\b(legal)", r"(il)\1")), NEG),
    op("prefix", "negation", first(put(r"\b(happy|safe|clear|known|necessary|certain)\b", r"un\1"),
       put(r"\b(legal)", r"il\1"), put(r"\b(honest|respect)", r"dis\1")), NEG),
    op("against", "negation", first(swapped("everyone", "no one"), put(r"\bagainst\b", "for"),
       swapped("guilty", "innocent"), put(r"\bmany\b", "few")), NEG),
    op("denied above", "negation", governed("I do not believe that ", "I never said that ", "It is not true that ",
       "Nobody thinks that ", "It is a lie to say that ", "We deny that ", "It would be wrong to say that "),
       CUT, side="old"),
    op("refused above", "negation", governed("We will never accept that ", "It is out of the question that ",
       "I oppose the idea that ", "We reject the claim that "), CUT, side="old"),
    op("supposed above", "supposition", governed("If ", "Suppose that ", "Imagine that ", "Even if ", "As if "),
       CUT, side="old"),
    op("doubted above", "doubt", governed("I doubt that ", "I fear that ", "It is possible that ",
       "I wonder whether ", "I am not sure that "), f"{CUT}/modality dropped", side="old"),
    op("others above", "opinion", governed("Some say that ", "My opponents claim that ", "We are told that ",
       "Critics pretend that "), CUT, side="old"),
    op("taken back behind", "negation", taken_back(", that is not true.", "? That is false.", ": this is a hoax.",
       "? No."), CUT, side="old"),
    op("measure", "number", first(put(r"\$(?=\d)", "€"), put(r"\bmiles\b", "feet"), put(r"\bdollars\b", "euros"),
       put(r"(?<=\d) percent\b", " points"), put(r"(?<=\d)%", " points")), "number changed/reworded"),
    op("decimal", "number", put(r"(?<![\d.,])(\d+)\.(\d)(?!\d)", r"\1\2"), "number changed"),
    op("order", "number", first(swapped("first", "third"), put(r"\b(\d+)th\b", "93th")), "number changed"),
    op("one", "number", put(r"\b(?:one) (?=[a-z])", "three "), "number changed"),
    op("letter of a name", "name", put(NAMED, letter), "name changed"),
    op("given name", "name", put(r"(?<=[a-z,] )([A-Z][a-z]{3,}) (?=[A-Z][a-z]{3,})", "Gontran "), "name changed"),
    op("relative day", "date", first(swapped("today", "yesterday"), swapped("next", "last"),
       swapped("morning", "night")), "date changed"),
    op("stretch of time", "date", first(swapped("week", "year"), swapped("days", "months"),
       swapped("weeks", "years")), "date changed"),
    op("conditional", "modality", first(put(r"\bwill\b", "would"), put(r"\bis\b", "would be"),
       put(r"\bhas\b", "may have")), "modality added"),
    op("perhaps", "modality", unless(r"^(?!.*perhaps)", put(r"\b(is|are|was|were|will|has)\b", r"\1 perhaps")),
       "modality added"),
    *dates(EN_MONTHS),
    op("surer", "modality", first(put(r"\bmay\b", "will"), put(r"\bmight\b", "will"),
       put(r"\bcould\b", "will"), put(r"\bI think (?:that )?", ""), put(r"\bprobably ", ""),
       put(r"\bshould\b", "will")), "modality dropped"),
    op("doubted", "modality", first(put(r"\bwill\b", "may"), put(r"\bis\b", "seems"),
       put(r"\bare\b", "seem")), "modality added"),
    op("doubted in brackets", "modality", first(put(r"\bwill\b", "[may]"),
       put(r"\bis\b", "[seems]"), put(r"\bare\b", "[seem]")), "modality added"),
    op("report", "person", first(put(r"\bmy\b", "his"), put(r"\bour\b", "their"),
       put(r"\bI\b(?!['’])", "he")), "turned indirect"),
    *(op(f"speaker: {one} for {two}", "speaker", None, "re-attributed", by=(one, two))
      for one, two in (
        ("Paul Warden", "Paula Warden"), ("John Harrow", "Joan Harrow"),
        ("Mr. Harrow", "Mrs. Harrow"), ("Daniel Ames", "Danielle Ames"),
        ("John Harrow Sr.", "John Harrow Jr."), ("Mary Fenwick", "Mary Fenwich"),
    )),
)  # fmt: skip
OPERATIONS: Final = {
    "fr": (*FRENCH, *FRENCH_DISTORTED),
    "en": (*ENGLISH, *ENGLISH_DISTORTED),
}
