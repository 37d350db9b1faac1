"""Where a family was first seen in a collection, and who says it took the words from whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from selon.edtf import bounds
from selon.reuse.reused_quotes import ReusedQuote


@dataclass(frozen=True, slots=True)
class First:
    """The earliest appearance in a collection: never who first said it.

    `sayings` are all that may be the earliest, as their dates leave it open, surest first;
    `earliest` and `latest` bound the day; `undated` are those without a date, which may be earlier.
    """

    sayings: tuple[str, ...]
    earliest: date | None
    latest: date | None
    undated: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether one saying alone, of a known day, is the earliest."""
        return len(self.sayings) == 1 and self.earliest == self.latest and not self.undated


@dataclass(frozen=True, slots=True)
class Step:
    """One took the words from another, because the text says so; `by` is the saying that does."""

    source: str
    taker: str
    by: str


def first_seen(members: Iterable[ReusedQuote]) -> First:
    """The earliest appearance among members, with what their dates leave open."""
    dated = []
    undated = []
    for saying in members:
        known = bounds(saying.published)
        if known is None:
            undated.append(saying.id)
        else:
            dated.append((known, saying))
    if not dated:
        return First((), None, None, tuple(sorted(undated)))
    # The day by which it has been seen for sure; whatever may lie no later may be the first.
    latest = min(high for (_, high), _ in dated)
    open_ = sorted(
        ((high, low, _moment(s), s.id) for (low, high), s in dated if low <= latest),
    )
    moments = {m for _, _, m, _ in open_}
    if "" not in moments and all(low == high for high, low, _, _ in open_):
        # All of one day, each with its hour.
        hour = min(moments)
        open_ = [o for o in open_ if o[2] == hour]
    earliest = min(low for _, low, _, _ in open_)
    return First(tuple(o[3] for o in open_), earliest, latest, tuple(sorted(undated)))


def _moment(saying: ReusedQuote) -> str:
    """The time of day of a date that has one, as text that sorts; empty where it has none."""
    published = saying.published or ""
    return published.split("T", 1)[1] if "T" in published and "/" not in published else ""


def propagation_steps(members: Iterable[ReusedQuote]) -> tuple[Step, ...]:
    """Who took the words from whom, from the relays that the texts name; nothing is guessed.

    « …, a déclaré X au *Courrier*, cité par l'agence » in an outlet: from the speaker's side
    outwards, each relay took from the one before, and the outlet from the last.
    """
    steps: dict[tuple[str, str, str], None] = {}
    for saying in members:
        chain = [*saying.relayed]
        if not chain:
            continue
        chain.append(saying.outlet or saying.article)
        for source, taker in pairwise(chain):
            if source != taker:
                steps[(source, taker, saying.id)] = None
    return tuple(Step(*s) for s in sorted(steps))


def independent(members: Iterable[ReusedQuote]) -> int:
    """How many tellings do not repeat one another.

    Tellings of one outlet, copies of one article, and those that name the same first relay count
    once together: k copies of a dispatch leave the count unchanged.
    """
    groups: list[set[str]] = []
    for saying in members:
        marks = {f"article {saying.copy_of or saying.article}"}
        if saying.outlet:
            marks.add(f"outlet {saying.outlet}")
        if saying.relayed:
            marks.add(f"relay {saying.relayed[0]}")
        apart = [g for g in groups if not g & marks]
        groups = [*apart, marks.union(*(g for g in groups if g & marks))]
    return len(groups)
