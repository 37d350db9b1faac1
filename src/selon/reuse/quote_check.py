"""Checking pasted words against a collection: verbatim, cut, altered, another's, not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, runtime_checkable

from selon.reuse.alignment import CUT, Alignment, DiffPiece, Words, blocks, pieces
from selon.reuse.alteration import Alteration, names, sides, types
from selon.reuse.brackets import without_notes
from selon.reuse.context import (
    ContextRule,
    begins_sentence,
    context_rule,
    rule_of_article,
    rule_of_speech,
)
from selon.reuse.edits import is_cut
from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.reused_quotes import ReusedQuote, folded_words, words
from selon.reuse.similarity import match, measure
from selon.reuse.speakers import By

# Whether a saying is the asked speaker's: a description against a name is not told.
Speaker = Literal["same", "another", "not told"]
Verdict = Literal[
    "verbatim",
    "shortened",
    "altered",
    "translated",
    "attributed to another",
    "too common to tell",
    "not found",
]
VERDICTS: Final[tuple[Verdict, ...]] = (
    "verbatim",
    "shortened",
    "altered",
    "translated",
    "attributed to another",
    "too common to tell",
    "not found",
)
# Words too few to be anybody's own are found only where nearly all of them stand.
ALL_BUT: Final = 0.9
# Where what stands is a stretch that tells something, as much of them as here.
MIN_SHARE: Final = 0.7
OWN_RUN: Final = 3
OWN_CONTENT: Final = 2
# Where so little of the words stands, another finding tells more.
HALF: Final = 0.5


class Collection(Protocol):
    """Sayings that can be asked for those near to some words."""

    def near(self, words: str, language: str | None = None) -> list[ReusedQuote]:
        """The sayings that share enough words with these to be worth comparing."""
        ...


@runtime_checkable
class Around(Protocol):
    """A collection that knows what stands round a saying in its article."""

    def around(self, saying: ReusedQuote) -> tuple[str, str]:
        """The text before it in its sentence and the one behind it, both empty where unknown."""
        ...


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """One saying that the words come from: the verdict and what was altered.

    `diff` goes from the collection's words (`old`) to the pasted ones (`new`); `kept` is the share
    of the pasted ones that stand there, 1 where they are only rendered. `context_rule` is what denied or
    doubted them where they stand; `speaker` whether they are the asked speaker's, where one was
    asked for.
    """

    saying: ReusedQuote
    verdict: Verdict
    alterations: tuple[Alteration, ...]
    diff: tuple[DiffPiece, ...]
    score: float
    kept: float = 1.0
    ruled: ContextRule | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """All findings for pasted words, the best first.

    `passages` are places of articles that are in no statement (their sayings have no id, and nobody
    is told to say them); `common` in how many articles words stand that are too common to tell.
    """

    words: str
    findings: tuple[QuoteFinding, ...] = ()
    passages: tuple[QuoteFinding, ...] = ()
    common: int = 0

    @property
    def verdict(self) -> Verdict:
        """The best that can be said of the words in this collection."""
        if self.common:
            return "too common to tell"
        best = [found[0].verdict for found in (self.findings, self.passages) if found]
        return min(best, key=VERDICTS.index, default="not found")

    def articles(self, verdict: Verdict) -> int:
        """In how many articles the words stand so."""
        if verdict == "too common to tell":
            return self.common
        every = (*self.findings, *self.passages)
        return len({f.saying.article for f in every if f.verdict == verdict})


def check(
    text: str, collection: Collection, language: str | None = None, by: By | None = None
) -> QuoteCheck:
    """What a collection has of these words; `by` tells the speaker asked for.

    `verbatim`: the article has all the words, alone or in a longer statement; `shortened`: it has
    only a part of them, they leave out some of its words inside, or something ruled them there
    that they do not have (`QuoteFinding.ruled`); never raises.
    """
    asked = ReusedQuote("?", "?", text, language=language)
    known = lexicon(language)
    mine = folded_words(text, language)
    found: list[QuoteFinding] = []
    for saying in collection.near(text, language):
        theirs = folded_words(saying.words, saying.language)
        link = match(asked, saying)
        score = link.score if link else 0.0
        if link is None:
            score, run, telling = measure(mine, theirs, known)
            own = run >= OWN_RUN and telling >= OWN_CONTENT
            if score < (MIN_SHARE if own else ALL_BUT):
                continue
        found.append(find_changes(asked, saying, round(score, 4), collection, by))
    return order_findings(text, found)


def find_changes(
    asked: ReusedQuote, saying: ReusedQuote, score: float, collection: Collection, by: By | None
) -> QuoteFinding:
    """One saying that has the words: what became of them, what ruled them there, who says them."""
    known = lexicon(asked.language)
    side = sides(saying, asked, known)
    what = types(saying, asked, known)
    rule = _rule(side, saying, collection, known)
    verdict = _verdict(names(what))
    if verdict == "verbatim" and _cut_from_whole(side, saying, known):
        verdict = "shortened"
    if rule and (verdict == "verbatim" or _only_cut(side, what)):
        verdict = "shortened"
    speaker = None if by is None else _whose(by(saying))
    if speaker == "another":
        verdict = "attributed to another"
    mine, theirs = (folded_words(s.words, s.language) for s in (asked, saying))
    kept = sum(b.size for b in blocks(mine, theirs)) / max(1, len(mine))
    diff = pieces(words(saying.words, saying.language), words(asked.words, asked.language))
    return QuoteFinding(saying, verdict, what, diff, score, round(kept, 4), rule, speaker)


def _cut_from_whole(side: Alignment, saying: ReusedQuote, known: ReuseLexicon) -> bool:
    """Whether the words begin with a name that only tells whose: « le frère de | Paul Sorel a menti »."""
    kept = side.kept[0]
    if len(kept) < CUT or not kept[0].name or kept[0].opens:
        return False
    before = [w for w in side.cut if w.span.start < kept[0].span.start]
    named = next((n for n, w in enumerate(kept) if not w.name), len(kept))
    goes_on = named < len(kept) and not kept[named].pause
    return goes_on and bool(before) and before[-1].fold in known.belonging


def _whose(same: bool | None) -> Speaker:
    """Whether a saying is the asked speaker's, in words."""
    if same is None:
        return "not told"
    return "same" if same else "another"


def _rule(
    side: Alignment, saying: ReusedQuote, collection: Collection, known: ReuseLexicon
) -> ContextRule | None:
    """What rules the words kept: in the statement, in the article around it, or above it."""
    kept = side.kept[0]
    if not kept:
        return None
    every = without_notes(words(saying.words, saying.language), known)
    before = tuple(w for w in every if w.span.start < kept[0].span.start)
    after = tuple(w for w in every if w.span.start > kept[-1].span.end)
    leading = () if begins_sentence(kept[0], before, known) else before
    rule = context_rule(leading, after, known) if side.cut else _rule_left_out(side, known)
    if not rule and before and ":" in saying.words[before[-1].span.end : kept[0].span.start]:
        rule = rule_of_speech(before, known)  # « Ils m'ont dit : | X »
    if rule or not isinstance(collection, Around):
        return rule or rule_of_article(saying, known)
    left, right = collection.around(saying)
    if saying.form == "indirect" and not after and right.startswith(("?", " ?", "\u00a0?")):
        return ContextRule("doubt", "?")
    return rule_of_article(saying, known) or context_rule(
        _words_before(left, saying) if not before else (),
        _words_after(right, saying) if not after else (),
        known,
        outside=True,
    )


def _rule_left_out(side: Alignment, known: ReuseLexicon) -> ContextRule | None:
    """What rules words in what a mark of a cut stands for: « X. (C'est faux.) Y »."""
    rules = (context_rule((), e.old, known) for e in side.edits if is_cut(e))
    return next(filter(None, rules), None)


def _words_before(left: str, saying: ReusedQuote) -> Words:
    """The words before a statement in its own sentence; none where a sentence ends right before it."""
    line = left.rpartition("\n")[2].rstrip(' \u00a0\u202f«“„"‹‘(')
    return () if line.endswith((".", "!", "?", "…")) else words(line, saying.language)


def _words_after(right: str, saying: ReusedQuote) -> Words:
    """The words behind a statement in its article, as those of a text that goes on."""
    return words(f"x{right}", saying.language)[1:] if right else ()


def _only_cut(side: Alignment, what: tuple[Alteration, ...]) -> bool:
    """Whether the words kept are whole, and all that was altered is what ruled them."""
    return not side.edits and not side.grown and "re-attributed" not in names(what)


def order_findings(text: str, found: Iterable[QuoteFinding]) -> QuoteCheck:
    """Findings for some words, the best first; those that have less than half of them last."""
    rank = {verdict: n for n, verdict in enumerate(VERDICTS)}
    best = sorted(
        found, key=lambda f: (f.kept < HALF, rank[f.verdict], -f.score, -f.kept, f.saying.id)
    )
    return QuoteCheck(text, tuple(best))


def _verdict(what: tuple[str, ...]) -> Verdict:
    """The verdict on words whose types against the collection's are these."""
    kinds = set(what)
    if kinds <= {"verbatim", "shortened"}:
        return "verbatim"
    if kinds <= {"shortened", "lengthened", "spliced"}:
        return "shortened"
    return "altered"
