"""Whether words deny and whether they doubt: negations, hedges, the mood that keeps a distance."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from selon.reuse.alignment import Words
from selon.reuse.lexicon import ReuseLexicon, found_in
from selon.reuse.reused_quotes import QuoteWord

# So many words may lie between a particle of negation and its other half: « ne … vraiment pas ».
REACH: Final = 6


def negations(some: Words, known: ReuseLexicon, fixed: Collection[str] = ()) -> Words:
    """The word each negation hangs on: « ne … pas » is one, « pas » alone is, « ne … que » none.

    `fixed` are words that deny here without a particle too (« on a rien »).
    """
    found: list[QuoteWord] = []
    waiting: int | None = None
    idle = found_in([w.fold for w in some], known.language, "phrases", "idle")
    hedged = {i for start, size, _ in idle for i in range(start, start + size)}
    for n, word in enumerate(some):
        if n in hedged:
            if word.fold in known.limiting:
                waiting = None  # « ne parlons pas seulement »
            continue  # « sans doute » denies nothing
        if waiting is not None and (n - waiting > REACH or (word.opens and not word.gap)):
            found.append(some[waiting])
            waiting = None
        if word.fold in known.particles:
            if waiting is None:
                waiting = n
        elif word.fold in known.alone or word.fold in fixed:
            # « ni … ni », « pas … aucun » deny once.
            if waiting is None and found and n - some.index(found[-1]) <= 2:
                continue
            found.append(word)
            waiting = None
        elif waiting is not None and word.fold in known.paired:
            found.append(word)
            waiting = None
        elif waiting is not None and word.fold in known.limiting:
            if waiting and some[waiting - 1].fold in known.paired | known.alone:
                found.append(some[waiting - 1])  # « personne ne croit que … », « rien ne dit que »
            waiting = None
    if waiting is not None and len(some) - waiting > 1:
        found.append(some[waiting])
    return tuple(found)


def hedges(some: Words, known: ReuseLexicon) -> Words:
    """The words that hold a thing for less than certain: modal verbs and phrases."""
    found = found_in([w.fold for w in some], known.language, "phrases")
    starts = {start: size for start, size, _ in found}
    inside = {i for start, size in starts.items() for i in range(start + 1, start + size)}
    return tuple(
        w
        for n, w in enumerate(some)
        if n in starts or (n not in inside and w.fold in known.verbs and not is_date_word(w, known))
    )


def is_date_word(word: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether a word is a month or a weekday; one that may be a modal verb must be a name."""
    return word.fold in known.dates and (word.name or word.fold not in known.verbs)


def moods(some: Words, known: ReuseLexicon) -> Words:
    """The verbs in the mood that keeps a distance: « serait », « pourrait »."""
    return tuple(w for w in some if known.conditional(w.fold))
