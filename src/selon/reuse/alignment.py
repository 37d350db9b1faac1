"""Where two sayings have the same words, and where they part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from typing import Final, Literal

from selon.records import Span
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.reused_quotes import QuoteWord

Words = tuple[QuoteWord, ...]
Where = Literal["head", "inside", "tail"]
# So many words left out without a mark are a cut and no longer a slip: read off real pairs.
CUT: Final = 4
# A run of equal words no longer than this, far from any other, is chance.
STRAY: Final = 2
Code = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """A place where the words part: `old` words stand where the member has `new` ones.

    `after` is the word kept right before it, `ahead` the one right behind.
    """

    where: Where
    old: Words
    new: Words
    gap: bool = False
    after: QuoteWord | None = None
    ahead: QuoteWord | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sayings side by side: the words kept of each, in order, and the edits between them."""

    kept: tuple[Words, Words]
    edits: tuple[Edit, ...]
    cut: Words = ()
    grown: Words = ()


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A stretch of a word diff: both sides the same, or words gone, come or in place of others."""

    kind: Literal["same", "gone", "come", "changed"]
    old: Span | None
    new: Span | None


def _opcodes(old: Words, new: Words) -> list[Code]:
    """The operations that make the new words of the old."""
    return _between(blocks([w.fold for w in old], [w.fold for w in new]), len(old), len(new))


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The stretches of equal words, without stray words that are equal by chance."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = [b for b in matcher.get_matching_blocks() if b.size]
    while len(found) > 1:
        stray = [n for n, b in enumerate(found) if b.size <= STRAY and _is_isolated(found, n)]
        if not stray:
            break
        del found[min(stray, key=lambda n: found[n].size)]
    return found


def _is_isolated(blocks: list[Match], n: int) -> bool:
    """Whether a short block lies far from every other: the same small word in other company."""
    here = blocks[n]
    for other in (blocks[n - 1] if n else None, blocks[n + 1] if n + 1 < len(blocks) else None):
        if other is None:
            continue
        first, second = sorted((here, other), key=lambda b: b.a)
        if max(second.a - first.a - first.size, second.b - first.b - first.size) <= STRAY + CUT:
            return False
    return True


def _between(blocks: list[Match], olds: int, news: int) -> list[Code]:
    """The operations around and between blocks of equal words."""
    codes: list[Code] = []
    i = k = 0
    for b in [*blocks, Match(olds, news, 0)]:
        if i < b.a or k < b.b:
            kind = "replace" if i < b.a and k < b.b else "delete" if i < b.a else "insert"
            codes.append((kind, i, b.a, k, b.b))
        if b.size:
            codes.append(("equal", b.a, b.a + b.size, b.b, b.b + b.size))
        i, k = b.a + b.size, b.b + b.size
    return codes


def without_frame_words(old: Words, new: Words, known: ReuseLexicon) -> tuple[Words, Words]:
    """Both without a word that only holds a clause (« que », « de »), where the other lacks it."""
    if old and new and old[0].fold != new[0].fold:
        if old[0].fold in known.frames and len(old) > 1 and old[1].fold == new[0].fold:
            return old[1:], new
        if new[0].fold in known.frames and len(new) > 1 and new[1].fold == old[0].fold:
            return old, new[1:]
    return old, new


def align(old: Words, new: Words, known: ReuseLexicon) -> Alignment:
    """The member's words against its reference's; words beyond an edge are a cut or a growth.

    Where both sides have other words beyond an edge, as many as could stand for each other next to
    the kept words are paired as an edit, unless they are whole sentences or long stretches.
    """
    old, new = without_frame_words(old, new, known)
    codes = _opcodes(old, new)
    edits: list[Edit] = []
    cut: list[QuoteWord] = []
    grown: list[QuoteWord] = []
    for n, (kind, i, j, k, m) in enumerate(codes):
        if kind == "equal":
            continue
        gone, come = old[i:j], new[k:m]
        where: Where = "head" if n == 0 else "tail" if n == len(codes) - 1 else "inside"
        if where == "inside":
            # Where both have a mark behind the edit it is no mark of this one.
            marked = m < len(new) and new[m].gap and not (j < len(old) and old[j].gap)
            gap = marked or any(w.gap for w in come)
            edits.append(Edit(where, gone, come, gap, old[i - 1], old[j]))
            continue
        pairs = 0 if len(codes) == 1 else _count_pairs(gone, come, where, (old[j:], new[m:]))
        if not pairs and len(codes) > 1 and _counterparts(gone, come, where, known):
            pairs = 1
        far_old, near_old = _split_at_edge(gone, pairs, where)
        far_new, near_new = _split_at_edge(come, pairs, where)
        if _only_opens(near_old, near_new, known) or _only_opens(near_new, near_old, known):
            far_old, near_old, far_new, near_new = gone, (), come, ()
        if pairs and where == "head":
            far_old, near_old = _with_denials(far_old, near_old, known)
            far_new, near_new = _with_denials(far_new, near_new, known)
        cut.extend(far_old)
        grown.extend(far_new)
        if near_old or near_new:
            after = old[i - 1] if where == "tail" else None
            ahead = old[j] if where == "head" and j < len(old) else None
            edits.append(Edit(where, near_old, near_new, after=after, ahead=ahead))
    kept = (
        tuple(w for c in codes if c[0] == "equal" for w in old[c[1] : c[2]]),
        tuple(w for c in codes if c[0] == "equal" for w in new[c[3] : c[4]]),
    )
    return Alignment(kept, tuple(edits), _spoken_words(cut), _spoken_words(grown))


def _spoken_words(words: list[QuoteWord]) -> Words:
    """The words that are no explanation of the newspaper's (`brackets.noted`)."""
    return tuple(w for w in words if w.soft >= 0)


def _count_pairs(gone: Words, come: Words, where: Where, after: tuple[Words, Words]) -> int:
    """How many words beyond an edge stand for each other on the two sides."""
    count = min(len(gone), len(come))
    if count >= CUT or max(len(gone), len(come)) > 2 * count + 1:
        return 0
    if where == "head" and any(rest and (rest[0].opens or rest[0].gap) for rest in after):
        return 0
    if where == "tail" and any(side and (side[0].opens or side[0].gap) for side in (gone, come)):
        return 0
    return count


def _counterparts(gone: Words, come: Words, where: Where, known: ReuseLexicon) -> bool:
    """Whether next to the kept words each side has a number, a date or a name: one for the other.

    « dès le mois de | mars et pour deux ans » / « dès le mois de | mai »: what was cut begins later.
    """
    if not (gone and come):
        return False
    one, two = (side[-1 if where == "head" else 0] for side in (gone, come))
    if one.opens or two.opens or one.soft or two.soft:
        return False
    dates = one.fold in known.dates, two.fold in known.dates
    return (one.number and two.number) or all(dates) or (one.name and two.name and not any(dates))


def _only_opens(small: Words, other: Words, known: ReuseLexicon) -> bool:
    """Whether small words stand where the other side's clause had content: « c'est | un jour de … »."""
    plain = [w.fold for w in small if w.fold in known.function and w.fold not in known.light]
    if len(small) < STRAY or len(plain) < len(small) or known.verbs.intersection(plain):
        return False
    return any(w.fold not in known.function for w in other)


def _split_at_edge(words: Words, pairs: int, where: Where) -> tuple[Words, Words]:
    """The words far from what was kept, and the `pairs` words next to it."""
    if where == "head":
        return words[: len(words) - pairs], words[len(words) - pairs :]
    return words[pairs:], words[:pairs]


def _with_denials(far: Words, near: Words, known: ReuseLexicon) -> tuple[Words, Words]:
    """The same with the words of denial right before an edit in it: `No | one came`."""
    while near and far and far[-1].fold in known.alone | known.particles:
        far, near = far[:-1], (far[-1], *near)
    return far, near


def pieces(old: Words, new: Words) -> tuple[DiffPiece, ...]:
    """The word diff of two sayings, as spans of each one's text."""

    def over(words: Words) -> Span | None:
        return Span(words[0].span.start, words[-1].span.end) if words else None

    names: dict[str, Literal["same", "gone", "come", "changed"]] = {
        "equal": "same",
        "delete": "gone",
        "insert": "come",
        "replace": "changed",
    }
    return tuple(
        DiffPiece(names[kind], over(old[i:j]), over(new[k:m]))
        for kind, i, j, k, m in _opcodes(old, new)
    )
