"""Named operations on real quotations, in two languages, and what the ledger must call each.

An operation answers with the changed words, or None where it cannot be done on these. Those of
`GRAVE` change who denies, how many, who, when or how sure: none of them may be called verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

Change = Callable[[str], str | None]


@dataclass(frozen=True)
class Pair:
    """What the library has and what is asked: the words, and the names of who speaks."""

    old: str
    new: str
    old_by: str = "Odile Ferrandier"
    new_by: str = "Odile Ferrandier"


@dataclass(frozen=True)
class Operation:
    """A named change of one language: what it must be called; `side` is where it is made."""

    name: str
    kind: str
    change: Change | None
    expected: frozenset[str]
    side: str = "new"
    by: tuple[str, str] = ("", "")

    def on(self, pair: Pair) -> Pair | None:
        """The pair with this done to it; None where it cannot be."""
        if self.by[0]:
            return replace(pair, old_by=self.by[0], new_by=self.by[1])
        assert self.change is not None
        if self.side == "old":
            made = self.change(pair.old)
            return None if made is None else replace(pair, old=made)
        made = self.change(pair.new)
        return None if made is None or made == pair.new else replace(pair, new=made)


def put(pattern: str, to: str | Callable[[re.Match[str]], str], flags: int = 0) -> Change:
    """A change of the first place where a pattern stands."""

    def change(text: str) -> str | None:
        made, count = re.subn(pattern, to, text, count=1, flags=flags)
        return made if count else None

    return change


def first(*changes: Change) -> Change:
    """The first of some changes that can be made."""
    return lambda text: next((m for c in changes if (m := c(text)) is not None), None)


def before(head: str) -> Change:
    """The words in the rule of a clause that is cut off again: made on the library's side."""

    def change(text: str) -> str | None:
        return head + text[:1].lower() + text[1:] if len(text.split()) >= 4 else None

    return change


def behind(tail: str) -> Change:
    """The words with a clause behind them that takes them back."""
    return lambda text: text.rstrip(" .!?…") + tail if len(text.split()) >= 4 else None


def head(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[4:]) if len(parts) >= 12 else None


def tail(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[:-4]) if len(parts) >= 12 else None


def splice(text: str) -> str | None:
    parts = text.split()
    return " ".join([*parts[:5], "(...)", *parts[-5:]]) if len(parts) >= 15 else None


def noted(note: str) -> Change:
    """A neutral note of the newspaper's behind the third word."""

    def change(text: str) -> str | None:
        parts = text.split()
        return " ".join([*parts[:3], note, *parts[3:]]) if len(parts) >= 6 else None

    return change


def typeset(text: str) -> str:
    return text.replace("'", "’").replace(", ", " , ").replace("É", "E") + " !"


NUMBER: Final = r"(?<![\w.,-])(\d+)(?![\w.,-]*\d)(?!\w)"
NAMED: Final = r"(?<=[a-zéè,] )([A-ZÉ][a-zéèïç]{3,})\b(?! [A-ZÉ])"
GRAVE: Final = ("negation", "number", "name", "speaker", "date", "modality")


def more(match: re.Match[str]) -> str:
    return str(int(match[1]) + 7)


def tenfold(match: re.Match[str]) -> str:
    return f"{match[1]}0" if int(match[1]) else "10"


def fewer(match: re.Match[str]) -> str:
    return str(abs(int(match[1]) - 1))


def bracketed(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """A change that the newspaper puts in brackets."""
    return lambda m: f"[{change(m)}]"


def numbers() -> tuple[Operation, ...]:
    """Another number, plain and in brackets, in three ways."""
    return tuple(
        made
        for name, change in (("", more), (" tenfold", tenfold), (" less one", fewer))
        for made in (
            op(f"number{name}", "number", put(NUMBER, change), "number changed"),
            op(
                f"number{name} in brackets",
                "number",
                put(NUMBER, bracketed(change)),
                "number changed",
            ),
        )
    )


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


def unless(guard: str, change: Change) -> Change:
    """A change only where the guard matches the words."""
    return lambda text: change(text) if re.search(guard, text, re.S | re.I) else None


def op(name: str, kind: str, change: Change | None, expected: str, **more: object) -> Operation:
    return Operation(name, kind, change, frozenset(expected.split("/")), **more)  # type: ignore[arg-type]


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
OPERATIONS: Final = {"fr": FRENCH, "en": ENGLISH}
