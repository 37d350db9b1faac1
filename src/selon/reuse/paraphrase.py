"""What may say the same in other words: suggested to a person, never joined by itself.

Sentence vectors within one language link as many wrong pairs as right ones, so a likeness of sense
is no link here: a family takes a suggestion in when a person says so (`selon trace … --merge-with`). The
constraints are those of translations: one speaker within ten days, or within two days an unknown
one who names the same thing or number; never two speakers known to be two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from selon.edtf import bounds, days_between
from selon.reuse import tables
from selon.reuse.crosslingual import anchors, has_enough_words
from selon.reuse.reused_quotes import ReusedQuote, words
from selon.reuse.speakers import differ_in_language
from selon.reuse.store import ReuseStore
from selon.reuse.translation import DAYS, DAYS_UNKNOWN, Encode, encoder, match_across_languages

RULE: Final = "paraphrase-suggested"
# Statements found in one way that are encoded for one question (each takes some ten milliseconds),
# and suggestions that are shown.
_MAX_COMPARED: Final = 40
_MAX_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement that may be the same utterance, with the cosine of the two."""

    saying: ReusedQuote
    cosine: float
    by: str = RULE


def suggestions(
    store: ReuseStore, statement: int, encode: Encode | None = None
) -> tuple[Suggestion, ...]:
    """What may say the same as a statement in other words, the most similar first; one of each family.

    Nothing of its own family or article (which seldom says a thing twice), in another language, or
    that a person parted from it. Raises SelonError where the library has no such statement or the
    encoder is not installed.
    """
    encode = encode or encoder()
    family, members = store.family(statement)
    here = members[str(statement)]
    if not has_enough_words(here):
        return ()
    parted = {i for d in store.decided(family) if not d.same for i in d.pair}
    found = store.sayings({*_of_speaker(store, here), *_of_anchors(store, here)})
    out = parted.union(family.members)
    others = [
        o
        for o in found.values()
        if o.id not in out
        and o.article != here.article
        and not differ_in_language(here, o)
        and has_enough_words(o)
    ]
    if not others:
        return ()
    texts = list(dict.fromkeys((here.words, *(o.words for o in others))))
    vectors = encode(texts)
    cosines = {t: float(vectors[0] @ v) for t, v in zip(texts, vectors, strict=True)}
    near = [
        (o, cosines[o.words]) for o in others if match_across_languages(here, o, cosines[o.words])
    ]
    return _each_once(store, sorted(near, key=lambda n: (-n[1], n[0].id)))


def _each_once(store: ReuseStore, near: list[tuple[ReusedQuote, float]]) -> tuple[Suggestion, ...]:
    """The best of each family: copies of one dispatch are one suggestion."""
    found: list[Suggestion] = []
    seen: set[str] = set()
    for other, cosine in near:
        if other.id not in seen and len(found) < _MAX_SHOWN:
            seen.update(store.family(int(other.id))[0].members)
            found.append(Suggestion(other, round(cosine, 4)))
    return tuple(found)


def _of_speaker(store: ReuseStore, here: ReusedQuote) -> list[int]:
    """The statements of one's speaker, by whatever entry, nearest in time."""
    rows = store.connection.execute(
        "select s.id, s.published from statement me join entity e on e.id = me.speaker_id"
        " join entity o on coalesce(o.same_as, o.id) = coalesce(e.same_as, e.id)"
        " join statement s on s.speaker_id = o.id where me.id = ? and +s.current = 1",
        (int(here.id),),
    ).fetchall()
    days = ((days_between(here.published, row["published"]) or 0, row["id"]) for row in rows)
    return [number for gap, number in sorted(days)[:_MAX_COMPARED] if gap <= DAYS]


def _of_anchors(store: ReuseStore, here: ReusedQuote) -> list[int]:
    """The statements of those days that name the same thing or number."""
    known = bounds(here.published)
    named = [w for w in words(here.words, here.language) if w.number or w.name]
    terms = dict.fromkeys(f'"{w.fold}"' for w in named)
    if known is None or not terms:
        return []
    rows = store.connection.execute(
        "select s.id from words cross join statement s on s.id = words.rowid where words match ?"
        " and s.current = 1 and s.published between ? and ? order by rank limit ?",
        (
            f"{{content}} : ({' OR '.join(terms)})",
            _day(known[0], -DAYS_UNKNOWN),
            _day(known[1], DAYS_UNKNOWN) + "~",  # any hour of it
            _MAX_COMPARED,
        ),
    )
    numbers = [row[0] for row in rows]
    found: list[int] = []
    for part in tables.batches(numbers):
        for saying in store.sayings(part).values():
            if not anchors(saying).isdisjoint(anchors(here)):
                found.append(int(saying.id))
    return found


def _day(known: date, by: int) -> str:
    """A day so many days later, as dates are written; the last or first where there is none."""
    try:
        return (known + timedelta(days=by)).isoformat()
    except OverflowError:
        return known.isoformat()
