"""The types of one edit, a place where the words of two sayings part."""

from __future__ import annotations

from collections import Counter

from selon.reuse.alignment import CUT, Edit, Words
from selon.reuse.bounds import is_bound
from selon.reuse.brackets import is_insertion, is_inside_bracket
from selon.reuse.brackets import spoken_words as outside
from selon.reuse.indirect import turns
from selon.reuse.kinds import Alteration, Type, note
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.persons import first_names, one_person
from selon.reuse.polarity import hedges, is_date_word, moods, negations
from selon.reuse.reused_quotes import QuoteWord


def is_cut(edit: Edit) -> bool:
    """Whether words were cut out here, by a mark or by their number."""
    count = len(outside(edit.old))
    if edit.where != "inside" or not count:
        return False
    return edit.gap or count - len(outside(edit.new)) >= CUT


def hides_denial(edit: Edit, known: ReuseLexicon) -> bool:
    """Whether a mark of a cut stands for few words that deny: « je (…) veux (…) de ce pont »."""
    return (
        edit.gap
        and len(outside(edit.old)) < CUT
        and any(w.fold in known.alone | known.particles for w in edit.old)
    )


def is_growth(edit: Edit) -> bool:
    """Whether the member has a stretch here that its reference leaves out."""
    return edit.where == "inside" and len(outside(edit.new)) - len(edit.old) >= CUT


def is_other_speech(edit: Edit) -> bool:
    """Whether the two sides are long stretches of different speech, not a change of one."""
    return min(len(edit.old), len(edit.new)) > 2 * CUT


def note_edit(edit: Edit, known: ReuseLexicon, turned: bool, found: dict[Type, Alteration]) -> None:
    """The types of one edit, inside or beside the kept words."""
    old, new = edit.old, edit.new
    if not old and not new:
        return
    inserted = is_insertion(edit) and not is_inside_bracket(edit)
    small = known.light.issuperset(w.fold for w in (*old, *new)) and "negation changed" in found
    if inserted and not ((old and new) or small or negations((*old, *new), known)):
        note(found, "lengthened" if new else "shortened", old, new)
        return
    if is_cut(edit):
        note(found, "spliced", old, new)
        if not new or edit.gap:
            return
    elif is_growth(edit):
        note(found, "lengthened", (), new)
        if not old:
            return
    explained = False
    if is_bound(edit, known):
        note(found, "number changed", old, new)
    if not is_other_speech(edit):
        explained |= _note_exchange(edit, known, found)
        was, now = hedges(old, known), hedges(new, known)
        if len(was) != len(now):
            # One that came may hide one that went elsewhere.
            if "modality dropped" not in found and "modality added" not in found:
                gone = len(was) > len(now)
                note(found, "modality dropped" if gone else "modality added", was, now)
            explained = True
        explained |= len(moods(old, known)) != len(moods(new, known))
        denied = bool(negations(old, known)) != bool(negations(new, known))
        # « ne » and « pas » stand apart, each an edit.
        denied |= known.light.issuperset(w.fold for w in (*old, *new))
        explained |= denied and "negation changed" in found
    if turned and (turns(edit, known) or _is_agreement(old, new, known)):
        note(found, "turned indirect", edit.old, edit.new)
        explained = True
    elif inserted and not explained and max(len(old), len(new)) <= CUT:
        # « (devait) » for « doit », « (se) » for « vous ».
        note(found, "turned indirect", old, new)
        explained = True
    if not explained or max(_rest(old, known), _rest(new, known)) > 2:
        note(found, "reworded", old, new)


def _is_agreement(old: Words, new: Words, known: ReuseLexicon) -> bool:
    """Whether one small word or one form of a word gives way to another: « ai » → « a »."""
    if len(old) != 1 or len(new) != 1:
        return False
    small = old[0].fold in known.function and new[0].fold in known.function
    return small or (len(old[0].fold) > 3 and old[0].fold[:3] == new[0].fold[:3])


def _rest(some: Words, known: ReuseLexicon) -> int:
    """How many words of an edit carry content of their own."""
    telling = {id(w) for w in hedges(some, known)} | {id(w) for w in negations(some, known)}
    return sum(
        1 for w in some if id(w) not in telling and not w.number and w.fold not in known.function
    )


def _note_exchange(edit: Edit, known: ReuseLexicon, found: dict[Type, Alteration]) -> bool:
    """Note another number, date or name, a word turned into its contrary."""
    old, new = edit.old, edit.new
    before = sum(len(a.old) + len(a.new) for a in found.values())
    _note_numbers(edit, known, found)
    _note_dates(edit, known, found)
    called, other = (tuple(w for w in side if _is_of_name(w, known)) for side in (old, new))
    titled = [{_title(w, known) for w in side} - {None} for side in (old, new)]
    another = _differ(called, other, (old, new)) and not _alike(called, other)
    ages = [{known.generations.get(w.fold) for w in side} - {None} for side in (old, new)]
    if another or any(all(sides) and sides[0] != sides[1] for sides in (titled, ages)):
        note(found, "name changed", called, other)
    for a in old:
        for b in new:
            if _contrary(a.fold, b.fold, known):
                note(found, "negation changed", (a,), (b,))
    return sum(len(a.old) + len(a.new) for a in found.values()) > before


def _note_numbers(edit: Edit, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """Note another number, one where there were several, another measure of the same number."""
    here, there = (tuple(w for w in side if _counts(w, known)) for side in (edit.old, edit.new))
    # « un enfant », « deux enfants »
    here = here or (_ones(edit.old, known) if _digits(there) else ())
    there = there or (_ones(edit.new, known) if _digits(here) else ())
    if _differ(here, there, (edit.old, edit.new)) and _folds(here) != _folds(there):
        note(found, "number changed", here, there)
    was, now = (tuple(w for w in side if w.fold in known.measures) for side in (edit.old, edit.new))
    if edit.after and edit.after.number:
        was, now = (
            tuple(w for w in side if w.fold in known.measures | known.periods)
            for side in (edit.old, edit.new)
        )
    if was and now and _folds(was) != _folds(now) and not _singular(was, now):
        note(found, "number changed", was, now)


def _note_dates(edit: Edit, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """Note another day or month, another day as it is told from today, another stretch of time."""
    old, new = edit.old, edit.new
    for asked in (
        lambda w: is_date_word(w, known),
        lambda w: w.fold in known.relative,
        lambda w: w.fold in known.periods,
    ):
        was, now = tuple(filter(asked, old)), tuple(filter(asked, new))
        other = _differ(was, now, (old, new)) and set(_folds(was)) != set(_folds(now))
        if other and not _singular(was, now):
            note(found, "date changed", was, now)


def _folds(some: Words) -> Counter[str]:
    return Counter(w.fold for w in some)


def _digits(some: Words) -> bool:
    """Whether some of these words are a number of more than one."""
    return any(w.number and w.fold not in ("0", "1", "%") for w in some)


def _ones(some: Words, known: ReuseLexicon) -> Words:
    return tuple(w for w in some if w.fold in known.ones)


def _singular(was: Words, now: Words) -> bool:
    """Whether two words are one in the singular and the plural: « euro », « euros »."""
    short, long = (
        sorted((was[0].fold, now[0].fold), key=len) if len(was) == len(now) == 1 else ("", "?")
    )
    return bool(short) and long in (f"{short}s", short)


def _counts(word: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether a word is a number or counts like one: « millions », « dizaine »."""
    return word.number or word.fold in known.times or word.fold in known.amounts


def _differ(here: Words, there: Words, edit: tuple[Words, Words]) -> bool:
    """Whether both have words of a sort; of one alone, where the newspaper put them in brackets."""
    if here and there:
        return True
    return all(edit) and any(w.soft for w in (*here, *there))


def _is_of_name(word: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether a word is one of a name, no title; at a sentence's head only a first name is."""
    if is_date_word(word, known) or _title(word, known):
        return False
    return word.name or (word.opens and word.fold in first_names())


def _title(word: QuoteWord, known: ReuseLexicon) -> str | None:
    """The gender that a title tells: « M. », « Mme »; None for other words."""
    if len(word.fold) == 1 and not word.name:
        return None
    return "f" if word.fold in known.feminine else "m" if word.fold in known.masculine else None


def _alike(named: Words, other: Words) -> bool:
    """Whether two runs of names share one, give or take its spelling."""
    pairs = [(a.fold, b.fold) for a in named for b in other]
    if any(a == b for a, b in pairs):
        # « Marine Le Pen », « Martine Le Pen »: what else is there must agree too.
        return all(len(side) == 1 for side in (named, other)) or _subset(named, other)
    return _is_joined(named, other) or any(one_person(a, b) for a, b in pairs)


def _subset(named: Words, other: Words) -> bool:
    one, two = ({w.fold for w in side} for side in (named, other))
    return one <= two or two <= one


def _is_joined(named: Words, other: Words) -> bool:
    """Whether one side writes as one word what the other has as several: « Mc Do », « McDo »."""
    for one, two in ((named, other), (other, named)):
        whole = "".join(w.fold for w in one)
        if len(two) > 1 and all(w.fold in whole for w in two):
            return True
    return False


def _contrary(a: str, b: str, known: ReuseLexicon) -> bool:
    """Whether one word denies the other: possible/impossible, accepte/refuse."""
    if frozenset((a, b)) in known.contraries:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and any(long == p + short for p in known.prefixes)
