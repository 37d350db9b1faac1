"""From believed candidates or a reader's drafts to statements: addresses, nesting, and who relays whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from selon.records import (
    Candidate,
    Draft,
    Party,
    Ranked,
    Spans,
    Statement,
    Via,
    address,
)
from selon.spans import hull, inside, overlap, size

# Statements that have to do with one another stand so near: the work stays linear in the text.
NEAR: Final = 40


def statements(article: str, believed: Sequence[Ranked]) -> tuple[Statement, ...]:
    """The statements of an article in text order, each with its address for an id.

    A medium that only relays another's words is no second speaker: « selon Le Monde, le ministre
    a dit que P » is one statement, with a relay.
    """
    kept = _without_mere_relays(believed)
    ordered = sorted(
        kept, key=lambda r: (hull(r.candidate.content).start, -size(r.candidate.content))
    )
    ids: set[str] = set()
    made = []
    for one in ordered:
        made.append(_statement(article, one, ids))
    return _with_parents(made)


def statements_of_drafts(
    article: str, drafts: Sequence[Draft], evidence: Sequence[str] = ()
) -> tuple[tuple[Statement, ...], dict[str, Draft]]:
    """The statements of the learnt reader's drafts, and the drafts by their ids.

    `why` tells what shows a statement: the place of its cue, or that it has none, whether the
    speaker stands beside it or is carried on, and a relay; `evidence` is said of all of them.
    """
    ordered = sorted(drafts, key=lambda d: (hull(d.content).start, -size(d.content)))
    ids: set[str] = set()
    made, by_id = [], {}
    for one in ordered:
        sid = _id(article, one.content, one.cue, ids)
        by_id[sid] = one
        made.append(
            Statement(
                id=sid,
                form=one.form,
                content=one.content,
                cue=one.cue,
                speaker=Party(one.speaker),
                addressees=tuple(Party(a) for a in one.addressees),
                via=one.relays,
                stance=one.stance,
                score=one.score,
                why=(*_shown_by(one), *evidence),
            )
        )
    return _with_parents(made), by_id


def _shown_by(draft: Draft) -> tuple[str, ...]:
    found = [draft.evidence or "encoder:no-cue"]
    if draft.cue:
        cue, content = hull(draft.cue), hull(draft.content)
        where = "before" if cue.end <= content.start else "after"
        found = [f"encoder:cue-{'amid' if content.meets(cue) else where}"]
    found.append("speaker:words" if draft.speaker else "speaker:carried-on")
    if draft.relays:
        found.append("relay:cue" if any(r.cue for r in draft.relays) else "relay:words")
    return tuple(found)


def _without_mere_relays(believed: Sequence[Ranked]) -> list[Ranked]:
    relayed = [_relayed_by(n, believed) for n in range(len(believed))]
    dropped = {id(outer) for outers in relayed for outer in outers}
    out = []
    for n, one in enumerate(believed):
        if id(one) in dropped:
            continue
        if one.candidate.via:
            # Where the medium stays a speaker of its own, it is not the relay as well.
            standing = [o for o in _neighbours(n, believed) if id(o) not in dropped]
            via = tuple(
                v for v in one.candidate.via if not any(_speaks(v, o.candidate) for o in standing)
            )
            one = replace(one, candidate=replace(one.candidate, via=via))
        out.append(one)
    return out


def _neighbours(n: int, believed: Sequence[Ranked]) -> list[Ranked]:
    """The others around one: believed candidates come in the text's order, a sentence at a time."""
    return [*believed[max(0, n - NEAR) : n], *believed[n + 1 : n + 1 + NEAR]]


def _relayed_by(n: int, believed: Sequence[Ranked]) -> list[Ranked]:
    """The statements that say no more than that a medium relays this one."""
    mine = believed[n].candidate
    if not mine.via:
        return []
    whole = (*mine.content, *mine.cue, *mine.speaker)
    found = []
    for other in _neighbours(n, believed):
        theirs = other.candidate
        if not any(_speaks(v, theirs) for v in mine.via):
            continue
        shared = overlap(whole, theirs.content)
        if shared >= 0.6 * size(theirs.content):
            found.append(other)
    return found


def _speaks(via: Via, candidate: Candidate) -> bool:
    return overlap(via.spans, candidate.speaker) > 0


def _statement(article: str, one: Ranked, ids: set[str]) -> Statement:
    c = one.candidate
    return Statement(
        id=_id(article, c.content, c.cue, ids),
        form=c.form,
        content=c.content,
        cue=c.cue,
        speaker=Party(c.speaker),
        addressees=tuple(Party(a) for a in c.addressees),
        via=c.via,
        stance=c.stance,
        score=one.score,
        why=(f"rule:{c.rule}", "rank"),
    )


def _id(article: str, content: Spans, cue: Spans, taken: set[str]) -> str:
    """The address of a passage, made different from those that are taken."""
    sid = f"{article}#{address(content)}"
    if sid in taken:
        sid = f"{sid}@{address(cue)}"
    while sid in taken:
        sid += "'"
    taken.add(sid)
    return sid


def _with_parents(made: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each statement with the smallest one whose content holds its words and its cue."""
    out = []
    for n, one in enumerate(made):
        best: Statement | None = None
        for other in made[max(0, n - NEAR) : n + NEAR]:
            if other is one or not inside((*one.content, *one.cue), other.content):
                continue
            if size(other.content) > size(one.content) and (
                best is None or size(other.content) < size(best.content)
            ):
                best = other
        out.append(replace(one, within=best.id) if best else one)
    return tuple(out)
