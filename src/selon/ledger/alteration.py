"""What happened to the words of a statement on their way: verbatim, cut, reworded, turned round.

The direction of error is towards saying too much: `verbatim` is only said where no word parts, so
a changed negation, number or speaker is never called so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final, Literal

from rapidfuzz.distance import JaroWinkler

from selon.ledger.alignment import CUT, Alignment, Edit, Words, align
from selon.ledger.lexicon import Lexicon, lexicon
from selon.ledger.sayings import Saying, Word, words
from selon.ledger.speakers import abroad, differ
from selon.ledger.tenor import dated, hedges, moods, negations
from selon.records import Spans

Type = Literal[
    "verbatim",
    "shortened",
    "lengthened",
    "spliced",
    "reworded",
    "modality dropped",
    "modality added",
    "negation changed",
    "number changed",
    "date changed",
    "name changed",
    "re-attributed",
    "turned indirect",
    "translated",
]
TYPES: Final[tuple[Type, ...]] = (
    "verbatim",
    "shortened",
    "lengthened",
    "spliced",
    "reworded",
    "modality dropped",
    "modality added",
    "negation changed",
    "number changed",
    "date changed",
    "name changed",
    "re-attributed",
    "turned indirect",
    "translated",
)
# Two spellings of one name are at least so alike (Jaro-Winkler).
ALIKE: Final = 0.85


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that happened to the words: its type, and where on either side it shows."""

    type: Type
    old: Spans = ()
    new: Spans = ()


def types(old: Saying, new: Saying, known: Lexicon | None = None) -> tuple[Alteration, ...]:
    """What became of the words of `old` in `new`, in the order of TYPES; several may hold.

    `old` is the fullest or the earliest of a family. Where nothing happened the one answer is
    `verbatim`. Never raises.
    """
    known = known or lexicon(old.language)
    found: dict[Type, Alteration] = {}
    if differ(old, new):
        found["re-attributed"] = Alteration("re-attributed")
    if abroad(old, new):
        found["translated"] = Alteration("translated")
        _translated_numbers(old, new, found)
    else:
        side = align(words(old.words, known.language), words(new.words, known.language), known)
        _beyond(side, known, found)
        _tenor(side, known, found)
        turned = _reported(side, known)
        for edit in side.edits:
            _edited(_heard(edit, side, known), known, turned, found)
        if old.form == "direct" and new.form in ("indirect", "narrated"):
            found.setdefault("turned indirect", Alteration("turned indirect"))
    if not found:
        return (Alteration("verbatim"),)
    return tuple(found[name] for name in TYPES if name in found)


def names(alterations: tuple[Alteration, ...]) -> tuple[Type, ...]:
    """Only the names of the types."""
    return tuple(a.type for a in alterations)


def fuller(a: Saying, b: Saying) -> tuple[Saying, Saying]:
    """The two with the one of more words first; of equal ones, the one whose id comes first."""
    count = {s.id: len(words(s.words, s.language)) for s in (a, b)}
    first, second = sorted((a, b), key=lambda s: (-count[s.id], s.id))
    return first, second


def _spans(some: Words) -> Spans:
    return tuple(w.span for w in some)


def _note(found: dict[Type, Alteration], name: Type, old: Words, new: Words) -> None:
    """Add one alteration, or its places to one that was there."""
    before = found.get(name, Alteration(name))
    found[name] = Alteration(name, before.old + _spans(old), before.new + _spans(new))


def _translated_numbers(old: Saying, new: Saying, found: dict[Type, Alteration]) -> None:
    """Numbers are the same in every language: a translation that has others is not true to it."""
    here = {w.fold: w for w in words(old.words, old.language) if w.number}
    there = {w.fold: w for w in words(new.words, new.language) if w.number}
    gone, come = here.keys() - there.keys(), there.keys() - here.keys()
    if gone and come:
        _note(
            found,
            "number changed",
            tuple(here[n] for n in sorted(gone)),
            tuple(there[n] for n in sorted(come)),
        )


def _beyond(side: Alignment, known: Lexicon, found: dict[Type, Alteration]) -> None:
    """What lies beyond the edges, and a clause cut off that governed the words kept."""
    if side.cut:
        _note(found, "shortened", side.cut, ())
    if side.grown:
        _note(found, "lengthened", (), side.grown)
    for edge, gone in ((side.cut, True), (side.grown, False)):
        kept = side.kept[0 if gone else 1]
        clause = _governing(edge, kept, known)
        if not clause:
            continue
        if negations(clause, known):
            _note(found, "negation changed", clause if gone else (), () if gone else clause)
        if hedges(clause, known):
            name: Type = "modality dropped" if gone else "modality added"
            _note(found, name, clause if gone else (), () if gone else clause)


def _governing(edge: Words, kept: Words, known: Lexicon) -> Words:
    """The words beyond an edge that rule the ones kept: « je ne crois pas que | il viendra ».

    Their own sentence up to the kept words, if it ends in a word that opens a clause, or is
    nothing but a hedge (« sans doute | … », « …, | je crois »).
    """
    if not edge or not kept:
        return ()
    before = tuple(w for w in edge if w.span.start < kept[0].span.start)
    opened = max((n for n, w in enumerate(before) if w.opens), default=0)
    clause = before[opened:] if not kept[0].opens else ()
    if clause and clause[-1].fold in known.opens:
        return clause
    for phrase in known.phrases:
        size = len(phrase)
        if clause and tuple(w.fold for w in clause[-size:]) == phrase:
            return clause[-size:]
    after = tuple(w for w in edge if w.span.start > kept[-1].span.end)
    ended = next((n for n, w in enumerate(after) if w.opens), len(after))
    if 0 < ended <= CUT and hedges(after[:ended], known):
        return after[:ended]
    return ()


def _tenor(side: Alignment, known: Lexicon, found: dict[Type, Alteration]) -> None:
    """Negations and hedges, counted over all that was not cut off, on both sides."""
    old = _zone(side.kept[0], [e.old for e in side.edits if not _spliced(e) and not _other(e)])
    new = _zone(side.kept[1], [e.new for e in side.edits if not _grown(e) and not _other(e)])
    before, after = negations(old, known), negations(new, known)
    if len(before) != len(after):
        _note(found, "negation changed", before, after)
    for measure in (hedges, moods):
        was, now = measure(old, known), measure(new, known)
        if measure is moods and _reported(side, known):
            continue  # a future reported in the past is a conditional, and nothing is doubted
        if len(was) > len(now):
            _note(found, "modality dropped", was, now)
        elif len(now) > len(was):
            _note(found, "modality added", was, now)


def _zone(kept: Words, edits: list[Words]) -> Words:
    """The words kept and edited, in their order."""
    every = list(kept)
    for part in edits:
        every.extend(part)
    return tuple(sorted((w for w in every if not w.soft), key=lambda w: (w.span.start, w.fold)))


def _spliced(edit: Edit) -> bool:
    """Whether words were cut out here, by a mark or by their number."""
    spoken = sum(1 for w in edit.old if not w.soft)
    if edit.where != "inside" or not spoken:
        return False
    return edit.gap or spoken - sum(1 for w in edit.new if not w.soft) >= CUT


def _grown(edit: Edit) -> bool:
    """Whether the member has a stretch here that its reference leaves out."""
    spoken = sum(1 for w in edit.new if not w.soft)
    return edit.where == "inside" and spoken - len(edit.old) >= CUT


def _other(edit: Edit) -> bool:
    """Whether the two sides are long stretches of different speech, not a change of one."""
    return min(len(edit.old), len(edit.new)) > 2 * CUT


def _shifted(old: Words, new: Words, known: Lexicon) -> bool:
    """Whether the one who speaks has become one who is spoken of: « je me » → « il se »."""
    if max(len(old), len(new)) > CUT + 1:
        return False
    first = any(w.fold in known.speaking for w in old)
    third = any(w.fold in known.spoken_of for w in new)
    return first and third and not any(w.fold in known.speaking for w in new)


def _backshifted(old: Word, new: Word, known: Lexicon) -> bool:
    """Whether a verb went from the present into the past of reported speech: réfute/réfutait."""
    stem = next((new.fold[: -len(e)] for e in known.past if new.fold.endswith(e)), "")
    if len(stem) < 3 or known.conditional(new.fold) or old.fold.endswith(known.past):
        return False
    return old.fold.startswith(stem)


def _foretold(side: Alignment, known: Lexicon) -> bool:
    """Whether a future has become a conditional after the speaker's pronoun was cut off.

    « Je ne céderai rien » → il « ne céderait rien ».
    """
    spoken = any(w.fold in known.speaking for w in side.cut[-2:])
    later = any(w.fold.endswith(known.future) for e in side.edits for w in e.old)
    return spoken and later and any(known.conditional(w.fold) for e in side.edits for w in e.new)


def _reported(side: Alignment, known: Lexicon) -> bool:
    """Whether some edit turns the words into reported speech."""
    return _foretold(side, known) or any(_turns(e, known) for e in side.edits)


def _turns(edit: Edit, known: Lexicon) -> bool:
    """Whether one edit turns the words into reported speech, or out of it."""
    old, new = edit.old, edit.new
    if _shifted(old, new, known) or _shifted(new, old, known):
        return True
    if _softened(edit.old, edit.new) or _softened(edit.new, edit.old):
        return True
    pairs = zip(old, new, strict=False)
    return any(_backshifted(o, n, known) or _backshifted(n, o, known) for o, n in pairs)


def _softened(old: Words, new: Words) -> bool:
    """Whether the newspaper put words of its own in brackets in place of the speaker's."""
    was = any(not w.soft for w in old)
    return was and any(w.soft for w in new) and len(new) <= CUT and len(old) <= CUT


def _heard(edit: Edit, side: Alignment, known: Lexicon) -> Edit:
    """The edit as one of spoken words, where it changes a bracket that both sides have.

    A bracket that comes or goes as a whole is the newspaper's, and no change of the words.
    """
    if any(not w.soft for w in (*edit.old, *edit.new)):
        return edit
    old, new = (tuple(w for w in s if w.fold not in known.notes) for s in (edit.old, edit.new))
    shared = [{w.soft for w in kept if w.soft} for kept in side.kept]
    inside = any(w.soft in shared[0] for w in old) or any(w.soft in shared[1] for w in new)
    if not inside and not (old and new):
        return edit
    return Edit(edit.where, _plain(old), _plain(new), edit.gap)


def _plain(some: Words) -> Words:
    """Words of a bracket as if it were not there."""
    return tuple(replace(w, soft=0) for w in some)


def _edited(edit: Edit, known: Lexicon, turned: bool, found: dict[Type, Alteration]) -> None:
    """The types of one edit, inside or beside the kept words."""
    old = tuple(w for w in edit.old if not w.soft)
    new = tuple(w for w in edit.new if not w.soft)
    if not old and not new:
        return
    if _spliced(edit):
        _note(found, "spliced", old, new)
        if not new or edit.gap:
            return
    elif _grown(edit):
        _note(found, "lengthened", (), new)
        if not old:
            return
    explained = False
    if turned and (_turns(edit, known) or _agreeing(old, new, known)):
        _note(found, "turned indirect", edit.old, edit.new)
        explained = True
    if not _other(edit):
        explained |= _exchanged(old, new, known, found)
        explained |= len(hedges(old, known)) != len(hedges(new, known))
        explained |= len(moods(old, known)) != len(moods(new, known))
        denied = bool(negations(old, known)) != bool(negations(new, known))
        # « ne » and « pas » stand apart, each an edit.
        denied |= known.light.issuperset(w.fold for w in (*old, *new))
        explained |= denied and "negation changed" in found
    if not explained or max(_rest(old, known), _rest(new, known)) > 2:
        _note(found, "reworded", old, new)


def _agreeing(old: Words, new: Words, known: Lexicon) -> bool:
    """Whether one small word or one form of a word gives way to another: « ai » → « a »."""
    if len(old) != 1 or len(new) != 1:
        return False
    small = old[0].fold in known.function and new[0].fold in known.function
    return small or (len(old[0].fold) > 3 and old[0].fold[:3] == new[0].fold[:3])


def _rest(some: Words, known: Lexicon) -> int:
    """How many words of an edit carry content of their own."""
    telling = {id(w) for w in hedges(some, known)} | {id(w) for w in negations(some, known)}
    return sum(
        1 for w in some if id(w) not in telling and not w.number and w.fold not in known.function
    )


def _exchanged(old: Words, new: Words, known: Lexicon, found: dict[Type, Alteration]) -> bool:
    """Note another number, date or name, a word turned into its contrary."""
    before = len(found)
    here, there = ([w for w in side if w.number] for side in (old, new))
    if here and there and Counter(w.fold for w in here) != Counter(w.fold for w in there):
        _note(found, "number changed", tuple(here), tuple(there))
    was, now = (tuple(w for w in side if dated(w, known)) for side in (old, new))
    if was and now and {w.fold for w in was} != {w.fold for w in now}:
        _note(found, "date changed", was, now)
    named, other = (tuple(w for w in side if w.name and not dated(w, known)) for side in (old, new))
    if named and other and not _alike(named, other):
        _note(found, "name changed", named, other)
    for a in old:
        for b in new:
            if _contrary(a.fold, b.fold, known):
                _note(found, "negation changed", (a,), (b,))
    return len(found) > before


def _alike(named: Words, other: Words) -> bool:
    """Whether two runs of names share one, give or take its spelling."""
    return any(
        a.fold in b.fold or b.fold in a.fold or JaroWinkler.similarity(a.fold, b.fold) >= ALIKE
        for a in named
        for b in other
    )


def _contrary(a: str, b: str, known: Lexicon) -> bool:
    """Whether one word denies the other: possible/impossible, accepte/refuse."""
    if frozenset((a, b)) in known.contraries:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and any(long == p + short for p in known.prefixes)
