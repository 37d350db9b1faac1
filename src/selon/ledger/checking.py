"""Checking pasted words against a collection: verbatim, cut, altered, another's, not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from selon.ledger.alignment import Piece, align, blocks, pieces
from selon.ledger.alteration import Alteration, names, types
from selon.ledger.kinship import kin, measure
from selon.ledger.lexicon import Lexicon, lexicon
from selon.ledger.sayings import Saying, folded, words
from selon.ledger.speakers import By
from selon.ledger.tenor import hedges, moods, negations

Verdict = Literal[
    "verbatim", "shortened", "altered", "translated", "attributed to another", "not found"
]
VERDICTS: Final[tuple[Verdict, ...]] = (
    "verbatim",
    "shortened",
    "altered",
    "translated",
    "attributed to another",
    "not found",
)
# Words too few to be anybody's own are found only where nearly all of them stand.
ALL_BUT: Final = 0.9
# Where so little of the words stands, another finding tells more.
HALF: Final = 0.5


class Collection(Protocol):
    """Sayings that can be asked for those near to some words."""

    def near(self, words: str, language: str | None = None) -> list[Saying]:
        """The sayings that share enough words with these to be worth comparing."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One saying that the words come from: the verdict and what was altered.

    `diff` goes from the collection's words (`old`) to the pasted ones (`new`); `kept` is the share
    of the pasted ones that stand there, 1 where they are only rendered.
    """

    saying: Saying
    verdict: Verdict
    alterations: tuple[Alteration, ...]
    diff: tuple[Piece, ...]
    score: float
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """All findings for pasted words, the best first."""

    words: str
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The best that can be said of the words in this collection."""
        return self.findings[0].verdict if self.findings else "not found"

    def articles(self, verdict: Verdict) -> int:
        """In how many articles the words stand so."""
        return len({f.saying.article for f in self.findings if f.verdict == verdict})


def check(
    text: str, collection: Collection, language: str | None = None, by: By | None = None
) -> Check:
    """What a collection has of these words; `by` tells the speaker asked for.

    `verbatim`: the article has all the words, alone or in a longer statement; `shortened`: it has
    only a part of them, or they leave out some of its words inside; never raises.
    """
    asked = Saying("?", "?", text, language=language)
    known = lexicon(language)
    mine = folded(text, language)
    found: list[Finding] = []
    for saying in collection.near(text, language):
        theirs = folded(saying.words, saying.language)
        link = kin(asked, saying, (mine, theirs))
        score = link.score if link else 0.0
        if link is None:
            score = measure(mine, theirs, known)[0]
            if score < ALL_BUT:
                continue
        what = types(saying, asked, known)
        verdict = _verdict(names(what))
        if verdict == "verbatim" and _bared(saying, asked, known):
            verdict = "shortened"
        if by is not None and by(saying) is False:
            verdict = "attributed to another"
        diff = pieces(words(saying.words, saying.language), words(text, language))
        kept = sum(b.size for b in blocks(mine, theirs)) / max(1, len(mine))
        found.append(Finding(saying, verdict, what, diff, round(score, 4), round(kept, 4)))
    return ordered(text, found)


def ordered(text: str, found: Iterable[Finding]) -> Check:
    """Findings for some words, the best first; those that have less than half of them last."""
    rank = {verdict: n for n, verdict in enumerate(VERDICTS)}
    best = sorted(
        found, key=lambda f: (f.kept < HALF, rank[f.verdict], -f.score, -f.kept, f.saying.id)
    )
    return Check(text, tuple(best))


def _bared(saying: Saying, asked: Saying, known: Lexicon) -> bool:
    """Whether the words were cut out of a sentence that denies or doubts them.

    « n’a pas | été à la hauteur »: the words stand there, but not by themselves.
    """
    side = align(words(saying.words, saying.language), words(asked.words, asked.language), known)
    if not side.cut or not side.kept[0]:
        return False
    first = side.kept[0][0]
    before = [w for w in side.cut if w.span.start < first.span.start]
    opened = max((n for n, w in enumerate(before) if w.opens), default=0)
    sentence = () if first.opens else tuple(before[opened:])
    return bool(negations(sentence, known) or hedges(sentence, known) or moods(sentence, known))


def _verdict(what: tuple[str, ...]) -> Verdict:
    """The verdict on words whose types against the collection's are these."""
    kinds = set(what)
    if kinds <= {"verbatim", "shortened"}:
        return "verbatim"
    if kinds <= {"shortened", "lengthened", "spliced"}:
        return "shortened"
    return "altered"
