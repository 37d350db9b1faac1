"""One utterance in the words of several outlets: which words each has changed, among some statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from selon.library import serialization
from selon.library.store import Library
from selon.reuse.alignment import pieces
from selon.reuse.formatting import parts
from selon.reuse.reused_quotes import ReusedQuote, folded_words, words
from selon.reuse.store import ReuseStore

# Utterances that are told of, the other wordings of each, links that are looked at.
MAX_UTTERANCES: Final = 8
MAX_WORDINGS: Final = 4
_MAX_LINKS: Final = 5_000


def changed_words(library: Library, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The utterances that several outlets print otherwise, those of the most outlets first.

    Each is its earliest statement with the other wordings, an outlet each, as word diffs from it.
    """
    store = ReuseStore(library)
    if not store.made:
        return []
    found: list[tuple[int, ReusedQuote, list[ReusedQuote]]] = []
    for group in _widest_first(library, _linked_groups(library, ids)):
        if len(found) == MAX_UTTERANCES:
            break
        sayings = sorted(
            store.sayings(group).values(), key=lambda s: (s.published or "9", int(s.id))
        )
        others = _other_wordings(sayings)
        if others:
            found.append((len({s.outlet for s in sayings}), sayings[0], others))
    found.sort(key=lambda one: (-one[0], int(one[1].id)))
    return [
        {
            "outlets": outlets,
            **_view(first),
            "others": [_wording(first, o) for o in others[:MAX_WORDINGS]],
        }
        for outlets, first, others in found
    ]


def _widest_first(library: Library, groups: list[set[int]]) -> list[set[int]]:
    """The groups that several outlets print, those of the most outlets first."""
    outlets = dict(
        library.connection.execute(
            "select s.id, s.outlet from json_each(?) hit join statement s on s.id = hit.value",
            (serialization.pack([one for group in groups for one in group]),),
        ).fetchall()
    )
    counted = [(len({outlets[one] for one in group}), group) for group in groups]
    several = [(count, group) for count, group in counted if count > 1]
    return [group for _n, group in sorted(several, key=lambda c: (-c[0], min(c[1])))]


def _linked_groups(library: Library, ids: Sequence[int]) -> list[set[int]]:
    """The statements among some that the ledger links to others of them, in groups."""
    among = serialization.pack(list(ids))
    rows = library.connection.execute(
        "select a, b from json_each(?) hit join kin on kin.a = hit.value"
        " where b in (select value from json_each(?)) limit ?",
        (among, among, _MAX_LINKS),
    ).fetchall()
    group: dict[int, set[int]] = {}
    for a, b in rows:
        both = group.get(a, {a}) | group.get(b, {b})
        group.update(dict.fromkeys(both, both))
    return list({id(one): one for one in group.values()}.values())


def _other_wordings(sayings: Sequence[ReusedQuote]) -> list[ReusedQuote]:
    """The later ones of other outlets whose words are not those of one before them."""
    told: set[tuple[str, ...]] = set()
    others = []
    for saying in sayings:
        folded = folded_words(saying.words, saying.language)
        if told and folded not in told and saying.outlet != sayings[0].outlet:
            others.append(saying)
        told.add(folded)
    return others


def _view(saying: ReusedQuote) -> dict[str, Any]:
    return {
        "id": int(saying.id),
        "words": saying.words,
        "speaker": saying.speaker_name,
        "outlet": saying.outlet,
        "published": saying.published,
    }


def _wording(first: ReusedQuote, other: ReusedQuote) -> dict[str, Any]:
    """Another wording, as what went and came against the first."""
    return {**_view(other), "diff": word_diff(first, other)}


def word_diff(first: ReusedQuote, other: ReusedQuote) -> list[tuple[str, str]]:
    """What became of the first's words in the other: pairs of `same`, `gone` or `come` and words."""
    if first.language != other.language:
        return [("same", other.words)]
    sides = (words(one.words, one.language) for one in (first, other))
    return list(parts(first.words, other.words, pieces(*sides)))
