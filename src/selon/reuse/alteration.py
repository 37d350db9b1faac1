"""What happened to the words of a statement on their way: verbatim, cut, reworded, turned round.

The direction of error is towards saying too much: `verbatim` is only said where no word parts, so
a changed negation, number or speaker is never called so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from selon.reuse.alignment import CUT, Alignment, Edit, Words, align, blocks
from selon.reuse.brackets import bare, is_insertion, without_notes
from selon.reuse.brackets import spoken_words as outside
from selon.reuse.context import ContextRule, context_rule
from selon.reuse.indirect import is_reported, turns
from selon.reuse.kinds import GRAVE, TYPES, Alteration, Type, names, note, weight
from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.persons import first_names, one_person
from selon.reuse.polarity import hedges, is_date_word, moods, negations
from selon.reuse.quoting import frame, own_words, spoken
from selon.reuse.reused_quotes import QuoteWord, ReusedQuote, folded_words, words
from selon.reuse.speakers import are_two_speakers, differ_in_language

__all__ = ["TYPES", "Alteration", "Type", "fuller", "names", "sides", "types"]


def types(
    old: ReusedQuote, new: ReusedQuote, known: ReuseLexicon | None = None
) -> tuple[Alteration, ...]:
    """What became of the words of `old` in `new`, in the order of TYPES; several may hold.

    `old` is the fullest or the earliest of a family. Of a mixed statement the quoted part is
    compared: the newspaper's words round it shorten and reword nothing, but a denial, a number, a
    name, a date or a doubt of theirs is told. Where nothing happened the one answer is `verbatim`.
    Never raises.
    """
    known = known or lexicon(old.language)
    whole = _types(old, new, known)
    said, told = spoken(old), spoken(new)
    if (
        differ_in_language(old, new)
        or not (said or told)
        or set(names(whole)) <= {"verbatim", "shortened"}
    ):
        return whole
    if any(s and _frame_rules(one, known) for s, one in ((said, old), (told, new))):
        return whole
    # The quoted words of one may be words of the newspaper's in the other.
    pairs = ((said or old, told or new), (said or old, new), (old, told or new))
    parts = [_types(a, b, known) for a, b in pairs if (a, b) != (old, new) and _much(a, b)]
    if not parts:
        return whole
    part = min(parts, key=lambda found: (weight(found), len(found)))
    if weight(part) >= weight(whole):
        return whole
    kept = {a.type: a for a in (*whole, *part) if a in part or a.type in GRAVE}
    if len(kept) > 1:
        kept.pop("verbatim", None)
    return tuple(kept[name] for name in TYPES if name in kept)


def _frame_rules(saying: ReusedQuote, known: ReuseLexicon) -> bool:
    """Whether the newspaper's words round a quotation may turn it: a denial, a doubt, a refusal."""
    before, between, after = frame(saying)
    some = (*before, *between, *after)
    return bool(negations(some, known) or hedges(some, known) or context_rule(before, after, known))


def _much(old: ReusedQuote, new: ReusedQuote) -> bool:
    """Whether two sayings share half of the shorter's words, so that they are told apart by words."""
    one, two = (folded_words(s.words, s.language) for s in (old, new))
    shared = sum(b.size for b in blocks(one, two))
    return bool(one and two) and 2 * shared >= min(len(one), len(two))


def _types(old: ReusedQuote, new: ReusedQuote, known: ReuseLexicon) -> tuple[Alteration, ...]:
    """What became of all words of one in all words of the other."""
    found: dict[Type, Alteration] = {}
    if are_two_speakers(old, new):
        found["re-attributed"] = Alteration("re-attributed")
    if differ_in_language(old, new):
        found["translated"] = Alteration("translated")
        _translated_numbers(old, new, found)
    else:
        side = sides(old, new, known)
        _beyond(side, known, found)
        _polarity(side, known, found)
        turned = is_reported(side, known)
        for edit in side.edits:
            _note_edit(edit, known, turned, found)
        if not found and any(e.old or e.new for e in side.edits):
            found["reworded"] = Alteration("reworded")  # no word parts without being told
        if old.form == "direct" and new.form in ("indirect", "narrated"):
            found.setdefault("turned indirect", Alteration("turned indirect"))
    if not found:
        return (Alteration("verbatim"),)
    return tuple(found[name] for name in TYPES if name in found)


def sides(old: ReusedQuote, new: ReusedQuote, known: ReuseLexicon) -> Alignment:
    """The words of two sayings side by side, without the newspaper's notes."""
    one = without_notes(words(old.words, known.language), known)
    two = without_notes(words(new.words, known.language), known)
    side = align(one, two, known)
    return replace(side, edits=tuple(bare(e) for e in side.edits))


def fuller(a: ReusedQuote, b: ReusedQuote) -> tuple[ReusedQuote, ReusedQuote]:
    """The two with the one of more words first; of equal ones, the one whose id comes first."""
    count = {s.id: len(words(own_words(s) or s.words, s.language)) for s in (a, b)}
    first, second = sorted((a, b), key=lambda s: (-count[s.id], s.id))
    return first, second


def _translated_numbers(old: ReusedQuote, new: ReusedQuote, found: dict[Type, Alteration]) -> None:
    """Numbers are the same in every language: a translation that has others is not true to it."""
    here = {w.fold: w for w in words(old.words, old.language) if w.number}
    there = {w.fold: w for w in words(new.words, new.language) if w.number}
    gone, come = here.keys() - there.keys(), there.keys() - here.keys()
    if gone and come:
        note(
            found,
            "number changed",
            tuple(here[n] for n in sorted(gone)),
            tuple(there[n] for n in sorted(come)),
        )


def _beyond(side: Alignment, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """What lies beyond the edges, and a clause cut off that governed the words kept."""
    if side.cut:
        note(found, "shortened", side.cut, ())
    if side.grown:
        note(found, "lengthened", (), side.grown)
    for edge, gone in ((side.cut, True), (side.grown, False)):
        kept = side.kept[0 if gone else 1]
        rule = _rule_at_edge(edge, kept, known) if edge and kept else None
        if rule is None:
            continue
        clause = tuple(w for w in edge if w.span in rule.spans)
        sides_of = (clause, ()) if gone else ((), clause)
        if rule.kind in ("denial", "refusal"):
            note(found, "negation changed", *sides_of)
        elif rule.kind == "doubt":
            note(found, "modality dropped" if gone else "modality added", *sides_of)


def _rule_at_edge(edge: Words, kept: Words, known: ReuseLexicon) -> ContextRule | None:
    """What in the words beyond the edges rules the ones kept: « je ne crois pas que | il viendra »."""
    before = tuple(w for w in edge if w.span.start < kept[0].span.start)
    after = tuple(w for w in edge if w.span.start > kept[-1].span.end)
    return context_rule(() if kept[0].opens else before, after, known, strict=True)


def _polarity(side: Alignment, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """Negations and hedges, counted over all that was not cut off, on both sides."""
    excused = [_reworded_denial(e, side, known) for e in side.edits]
    edits = [e for e, out in zip(side.edits, excused, strict=True) if not (out or _other(e))]
    old = _zone(side.kept[0], [e.old for e in edits if not _is_cut(e)])
    new = _zone(side.kept[1], [e.new for e in edits if not _grown(e)])
    both = {w.fold for w in side.kept[0]} & {w.fold for w in side.kept[1]} & known.fixed
    before, after = (
        negations(zone, known, both)
        for zone in (
            _zone(old, [_adjacent_denial(side.cut, side.kept[0], known)]),
            _zone(new, [_adjacent_denial(side.grown, side.kept[1], known)]),
        )
    )
    if len(before) != len(after):
        note(found, "negation changed", before, after)
    for measure in (hedges, moods):
        was, now = measure(old, known), measure(new, known)
        if measure is moods and is_reported(side, known):
            continue  # a future reported in the past is a conditional, and nothing is doubted
        if len(was) > len(now):
            note(found, "modality dropped", was, now)
        elif len(now) > len(was):
            note(found, "modality added", was, now)


def _adjacent_denial(edge: Words, kept: Words, known: ReuseLexicon) -> Words:
    """The words of denial right behind the ones kept, which were cut off: « viendra | pas »."""
    out: list[QuoteWord] = []
    for word in (w for w in edge if kept and w.span.start >= kept[-1].span.end):
        if word.fold not in known.light | known.alone or word.opens or word.pause:
            break
        out.append(word)
    return tuple(out)


def _reworded_denial(edit: Edit, side: Alignment, known: ReuseLexicon) -> bool:
    """Whether both sides say no, one by its sense: « inutile », « ne sert à rien »; « sûr »."""
    for one, two, edge in ((edit.old, edit.new, side.cut), (edit.new, edit.old, side.grown)):
        denied = negations(one, known)
        if not denied or negations(two, known) or not two:
            continue
        lacking = all(w.fold in known.lacking for w in denied)
        # Of « sans danger » at the end « danger » may be counted as cut off.
        beyond = edge[:1] if lacking and edit.where == "tail" else ()
        content = [w.fold for w in (*one, *beyond) if w.fold not in known.function]
        content = [fold for fold in content if fold not in {w.fold for w in denied}]
        others = [w.fold for w in two if lacking or w.fold not in known.function]
        if not content or not others or any(_begin_alike(a, b) for a in content for b in others):
            continue
        if lacking or known.senses.intersection(others):
            return True
    return False


def _begin_alike(a: str, b: str) -> bool:
    """Whether two words begin alike: « danger », « dangereux »."""
    return a[:4] == b[:4]


def _zone(kept: Words, edits: list[Words]) -> Words:
    """The words kept and edited, in their order."""
    every = list(kept)
    for part in edits:
        every.extend(part)
    return tuple(sorted(outside(every), key=lambda w: (w.span.start, w.fold)))


def _is_cut(edit: Edit) -> bool:
    """Whether words were cut out here, by a mark or by their number."""
    count = len(outside(edit.old))
    if edit.where != "inside" or not count:
        return False
    return edit.gap or count - len(outside(edit.new)) >= CUT


def _grown(edit: Edit) -> bool:
    """Whether the member has a stretch here that its reference leaves out."""
    return edit.where == "inside" and len(outside(edit.new)) - len(edit.old) >= CUT


def _other(edit: Edit) -> bool:
    """Whether the two sides are long stretches of different speech, not a change of one."""
    return min(len(edit.old), len(edit.new)) > 2 * CUT


def _note_edit(
    edit: Edit, known: ReuseLexicon, turned: bool, found: dict[Type, Alteration]
) -> None:
    """The types of one edit, inside or beside the kept words."""
    old, new = edit.old, edit.new
    if not old and not new:
        return
    if is_insertion(edit) and not (old and new) and not negations((*old, *new), known):
        note(found, "lengthened" if new else "shortened", old, new)
        return
    if _is_cut(edit):
        note(found, "spliced", old, new)
        if not new or edit.gap:
            return
    elif _grown(edit):
        note(found, "lengthened", (), new)
        if not old:
            return
    explained = False
    if not _other(edit):
        explained |= _note_exchange(old, new, known, found)
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
    elif is_insertion(edit) and not explained and max(len(old), len(new)) <= CUT:
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


def _note_exchange(
    old: Words, new: Words, known: ReuseLexicon, found: dict[Type, Alteration]
) -> bool:
    """Note another number, date or name, a word turned into its contrary."""
    before = sum(len(a.old) + len(a.new) for a in found.values())
    here, there = (tuple(w for w in side if _counts(w, known)) for side in (old, new))
    if _differ(here, there, (old, new)) and Counter(w.fold for w in here) != Counter(
        w.fold for w in there
    ):
        note(found, "number changed", here, there)
    was, now = (tuple(w for w in side if is_date_word(w, known)) for side in (old, new))
    if _differ(was, now, (old, new)) and {w.fold for w in was} != {w.fold for w in now}:
        note(found, "date changed", was, now)
    called, other = (tuple(w for w in side if _is_of_name(w, known)) for side in (old, new))
    titled = [{_title(w, known) for w in side} - {None} for side in (old, new)]
    another = _differ(called, other, (old, new)) and not _alike(called, other)
    if another or (all(titled) and titled[0] != titled[1]):
        note(found, "name changed", called, other)
    for a in old:
        for b in new:
            if _contrary(a.fold, b.fold, known):
                note(found, "negation changed", (a,), (b,))
    return sum(len(a.old) + len(a.new) for a in found.values()) > before


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
