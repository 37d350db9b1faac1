"""Checking pasted words against a collection: verbatim, cut, altered, another's, not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, runtime_checkable

from selon.ledger.alignment import Alignment, Piece, Words, blocks, pieces
from selon.ledger.alteration import Alteration, names, sides, types
from selon.ledger.brackets import noted
from selon.ledger.context import Ruled, above, ruled
from selon.ledger.kinship import kin, measure
from selon.ledger.lexicon import Lexicon, lexicon
from selon.ledger.sayings import Saying, folded, words
from selon.ledger.speakers import By

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
# Where so little of the words stands, another finding tells more.
HALF: Final = 0.5


class Collection(Protocol):
    """Sayings that can be asked for those near to some words."""

    def near(self, words: str, language: str | None = None) -> list[Saying]:
        """The sayings that share enough words with these to be worth comparing."""
        ...


@runtime_checkable
class Around(Protocol):
    """A collection that knows what stands round a saying in its article."""

    def around(self, saying: Saying) -> tuple[str, str]:
        """The text before it in its sentence and the one behind it, both empty where unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One saying that the words come from: the verdict and what was altered.

    `diff` goes from the collection's words (`old`) to the pasted ones (`new`); `kept` is the share
    of the pasted ones that stand there, 1 where they are only rendered. `ruled` is what denied or
    doubted them where they stand; `speaker` whether they are the asked speaker's, where one was
    asked for.
    """

    saying: Saying
    verdict: Verdict
    alterations: tuple[Alteration, ...]
    diff: tuple[Piece, ...]
    score: float
    kept: float = 1.0
    ruled: Ruled | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """All findings for pasted words, the best first.

    `passages` are places of articles that are in no statement (their sayings have no id, and nobody
    is told to say them); `common` in how many articles words stand that are too common to tell.
    """

    words: str
    findings: tuple[Finding, ...] = ()
    passages: tuple[Finding, ...] = ()
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
) -> Check:
    """What a collection has of these words; `by` tells the speaker asked for.

    `verbatim`: the article has all the words, alone or in a longer statement; `shortened`: it has
    only a part of them, they leave out some of its words inside, or something ruled them there
    that they do not have (`Finding.ruled`); never raises.
    """
    asked = Saying("?", "?", text, language=language)
    known = lexicon(language)
    mine = folded(text, language)
    found: list[Finding] = []
    for saying in collection.near(text, language):
        theirs = folded(saying.words, saying.language)
        link = kin(asked, saying)
        score = link.score if link else 0.0
        if link is None:
            score = measure(mine, theirs, known)[0]
            if score < ALL_BUT:
                continue
        found.append(finding(asked, saying, round(score, 4), collection, by))
    return ordered(text, found)


def finding(
    asked: Saying, saying: Saying, score: float, collection: Collection, by: By | None
) -> Finding:
    """One saying that has the words: what became of them, what ruled them there, who says them."""
    known = lexicon(asked.language)
    side = sides(saying, asked, known)
    what = types(saying, asked, known)
    rule = _rule(side, saying, collection, known)
    verdict = _verdict(names(what))
    if rule and (verdict == "verbatim" or _only_cut(side, what)):
        verdict = "shortened"
    speaker = None if by is None else _whose(by(saying))
    if speaker == "another":
        verdict = "attributed to another"
    mine, theirs = (folded(s.words, s.language) for s in (asked, saying))
    kept = sum(b.size for b in blocks(mine, theirs)) / max(1, len(mine))
    diff = pieces(words(saying.words, saying.language), words(asked.words, asked.language))
    return Finding(saying, verdict, what, diff, score, round(kept, 4), rule, speaker)


def _whose(same: bool | None) -> Speaker:
    """Whether a saying is the asked speaker's, in words."""
    if same is None:
        return "not told"
    return "same" if same else "another"


def _rule(side: Alignment, saying: Saying, collection: Collection, known: Lexicon) -> Ruled | None:
    """What rules the words kept: in the statement, in the article around it, or above it."""
    kept = side.kept[0]
    if not kept:
        return None
    every = noted(words(saying.words, saying.language), known)
    before = tuple(w for w in every if w.span.start < kept[0].span.start)
    after = tuple(w for w in every if w.span.start > kept[-1].span.end)
    rule = ruled(() if kept[0].opens else before, after, known) if side.cut else None
    if rule or not isinstance(collection, Around):
        return rule or above(saying, known)
    left, right = collection.around(saying)
    return above(saying, known) or ruled(
        _leading(left, saying) if not before else (),
        _following(right, saying) if not after else (),
        known,
        outside=True,
    )


def _leading(left: str, saying: Saying) -> Words:
    """The words before a statement in its own sentence; none where a sentence ends right before it."""
    line = left.rpartition("\n")[2].rstrip(' \u00a0\u202f«“„"‹‘(')
    return () if line.endswith((".", "!", "?", "…")) else words(line, saying.language)


def _following(right: str, saying: Saying) -> Words:
    """The words behind a statement in its article, as those of a text that goes on."""
    return words(f"x{right}", saying.language)[1:] if right else ()


def _only_cut(side: Alignment, what: tuple[Alteration, ...]) -> bool:
    """Whether the words kept are whole, and all that was altered is what ruled them."""
    return not side.edits and not side.grown and "re-attributed" not in names(what)


def ordered(text: str, found: Iterable[Finding]) -> Check:
    """Findings for some words, the best first; those that have less than half of them last."""
    rank = {verdict: n for n, verdict in enumerate(VERDICTS)}
    best = sorted(
        found, key=lambda f: (f.kept < HALF, rank[f.verdict], -f.score, -f.kept, f.saying.id)
    )
    return Check(text, tuple(best))


def _verdict(what: tuple[str, ...]) -> Verdict:
    """The verdict on words whose types against the collection's are these."""
    kinds = set(what)
    if kinds <= {"verbatim", "shortened"}:
        return "verbatim"
    if kinds <= {"shortened", "lengthened", "spliced"}:
        return "shortened"
    return "altered"
