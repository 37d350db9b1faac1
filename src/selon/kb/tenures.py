"""Who held an office in a stretch of days: reckoning over tenures whose dates are partly known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selon.kb.days import FIRST, LAST, Window, window
from selon.kb.records import KbAnswer, Tenure


@dataclass(frozen=True, slots=True)
class _Stay:
    """The days on which a tenure may begin and may end."""

    tenure: Tenure
    begin: Window
    end: Window

    def may(self, asked: Window) -> bool:
        return self.begin[0] <= asked[1] and asked[0] <= self.end[1]

    def whole(self, asked: Window) -> bool:
        return self.begun(asked) and self.lasts(asked)

    def begun(self, asked: Window) -> bool:
        """Before the first day asked: on the day of a handover two people hold an office."""
        return self.begin[1] < asked[0]

    def lasts(self, asked: Window) -> bool:
        if self.tenure.end is None:
            return asked[1] <= self.end[0]
        return asked[1] < self.end[0]


def _stay(tenure: Tenure) -> _Stay:
    begin = window(tenure.start) or (FIRST, LAST)
    if tenure.end is None:
        return _Stay(tenure, begin, (tenure.known, LAST))
    end = window(tenure.end) or (begin[0], tenure.known)
    if begin == (FIRST, LAST):
        # No beginning is stated: only that it was before the end.
        begin = (FIRST, end[1])
    return _Stay(tenure, begin, end)


def _close_open_tenures(stays: list[_Stay]) -> list[_Stay]:
    """An open tenure that others followed ended at an unknown day before the next one's start.

    Without this, a holder whose end nobody wrote down would be in office for ever.
    """
    found = []
    for stay in stays:
        if stay.tenure.end is not None:
            found.append(stay)
            continue
        later = [
            other.begin[1]
            for other in stays
            if other.tenure.holder != stay.tenure.holder and other.begin[0] > stay.begin[1]
        ]
        if later:
            stay = _Stay(stay.tenure, stay.begin, (stay.begin[1], min(later)))
        found.append(stay)
    return found


def answer(tenures: Iterable[Tenure], asked: Window) -> KbAnswer:
    """The one who held the office through all of the days asked, or those who may have.

    `part`: one person, for some of these days or with too vague dates; `none`: nobody in the
    table; `after`: the days lie after what the source knows.
    """
    stays = _close_open_tenures([_stay(t) for t in tenures])
    possible = [s for s in stays if s.may(asked)]
    people = tuple(dict.fromkeys(s.tenure.holder for s in possible))
    held = tuple(s.tenure for s in possible)
    if not people:
        return KbAnswer("none")
    if len(people) > 1:
        return KbAnswer("several", people, held)
    if any(s.whole(asked) for s in possible) or _covers(possible, asked):
        return KbAnswer("found", people, held)
    if all(s.tenure.end is None and s.tenure.known < asked[1] for s in possible):
        return KbAnswer("after", people, held)
    return KbAnswer("part", people, held)


def _covers(stays: list[_Stay], asked: Window) -> bool:
    """Whether one person's tenures, end to end, cover the days: a minister kept at a reshuffle."""
    reached, lasts = asked[0], False
    for stay in sorted(stays, key=lambda s: s.begin[1]):
        if stay.begin[1] <= reached:
            reached = max(reached, stay.end[0])
            lasts = lasts or stay.lasts(asked)
    return lasts and any(s.begun(asked) for s in stays)
