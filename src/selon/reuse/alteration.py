"""What happened to the words of a statement on their way: verbatim, cut, reworded, turned round.

The direction of error is towards saying too much: `verbatim` is only said where no word parts, so
a changed negation, number or speaker is never called so.
"""

from __future__ import annotations

from dataclasses import replace

from selon.reuse.alignment import Alignment, Edit, Words, align, blocks
from selon.reuse.bounds import bound_at_edge
from selon.reuse.brackets import bare, without_notes
from selon.reuse.brackets import spoken_words as outside
from selon.reuse.context import ContextRule, begins_sentence, context_rule
from selon.reuse.edits import hides_denial, is_cut, is_growth, is_other_speech, note_edit
from selon.reuse.indirect import is_reported
from selon.reuse.kinds import GRAVE, OF_THINGS, TYPES, Alteration, Type, names, note, weight
from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.order import note_order
from selon.reuse.polarity import hedges, moods, negations
from selon.reuse.questions import turned_questions
from selon.reuse.quoting import as_direct_quote, frame, is_one_frame, own_words
from selon.reuse.reused_quotes import QuoteWord, ReusedQuote, folded_words, words
from selon.reuse.speakers import are_two_speakers, differ_in_language
from selon.reuse.spelling import other_forms, other_owners, other_things

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
    said, told = as_direct_quote(old), as_direct_quote(new)
    if differ_in_language(old, new) or not (said or told) or set(names(whole)) <= {"verbatim"}:
        return whole
    quoted = all(own or s.form == "direct" for own, s in ((said, old), (told, new)))
    if set(names(whole)) <= {"verbatim", "shortened"} and not quoted:
        return whole
    if any(s and _frame_rules(one, known) for s, one in ((said, old), (told, new))):
        return whole
    part = _types_of_quoted(old, new, known, quoted)
    only_cut = quoted and set(names(whole)) <= {"verbatim", "shortened"}
    if part is None or (weight(part) > weight(whole) and not only_cut):
        return whole
    # Only two frames may tell of two things; outside its marks a quotation's other side is speech.
    framed = said is not None and told is not None
    grave = GRAVE - OF_THINGS if framed and not is_one_frame(old, new, known) else GRAVE
    kept = {a.type: a for a in (*whole, *part) if a in part or a.type in grave}
    if len(kept) > 1:
        kept.pop("verbatim", None)
    return tuple(kept[name] for name in TYPES if name in kept)


def _types_of_quoted(
    old: ReusedQuote, new: ReusedQuote, known: ReuseLexicon, quoted: bool
) -> tuple[Alteration, ...] | None:
    """What became of quoted words; None where they are not enough to tell.

    `quoted` says that both have words of the speaker's: these are compared. The quoted words of
    one may be words of the newspaper's in the other, and then the nearer ones are.
    """
    said, told = as_direct_quote(old) or old, as_direct_quote(new) or new
    pairs = [(a, b) for a, b in ((said, told), (said, new), (old, told)) if _much(a, b)]
    parts = [_types(a, b, known) for a, b in pairs if (a, b) != (old, new)]
    if not parts:
        return None
    if quoted and pairs[0] == (said, told):
        return parts[0]
    return min(parts, key=lambda found: (weight(found), len(found)))


def _frame_rules(saying: ReusedQuote, known: ReuseLexicon) -> bool:
    """Whether the newspaper's words round a quotation may turn it: a denial, a doubt, a refusal.

    Behind it those of its own clause. A denial that the quotation ends (« n'est « pas … ») is its.
    """
    before, between, after = frame(saying)
    end = next((n for n, w in enumerate(after) if w.pause or w.opens), len(after))
    some = (*before, *between, *after[:end])
    behind = {w.span for w in after}
    denied = {
        w.span
        for w in negations(words(saying.words, saying.language), known)
        # « … » sans tarder
        if not (w.fold in known.lacking and w.span in behind)
    }
    if denied & {w.span for w in some} or hedges(some, known):
        return True
    whole = tuple(w for w in before if w.fold not in known.particles)
    return context_rule(whole, after, known) is not None


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
        _forms(side, (old.words, new.words), known, found)
        note_order(side, known, found)
        turned = is_reported(side, known)
        for edit in side.edits:
            note_edit(edit, known, turned, found)
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
        bound = bound_at_edge(edge, kept, known)
        if bound:
            note(found, "number changed", *((bound, ()) if gone else ((), bound)))
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
    leading = () if begins_sentence(kept[0], before, known) else before
    return context_rule(leading, after, known, strict=True)


def _forms(
    side: Alignment, texts: tuple[str, str], known: ReuseLexicon, found: dict[Type, Alteration]
) -> None:
    """What the words kept are besides equal when folded: asked or said, another form, a name."""
    every = words(texts[0], known.language), words(texts[1], known.language)
    gone, come = turned_questions(side.kept, texts, every, known)
    if gone:
        note(found, "modality dropped", gone, ())
    if come:
        note(found, "modality added", (), come)
    genitives = other_owners(side.kept, texts) if known.contractions else ()
    for a, b in (*other_forms(side.kept, texts), *genitives):
        note(found, "reworded", (a,), (b,))
    for a, b in other_things(side.kept, texts, known):
        note(found, "name changed", (a,), (b,))


def _polarity(side: Alignment, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """Negations and hedges, counted over all that was not cut off, on both sides."""
    excused = [_reworded_denial(e, side, known) for e in side.edits]
    edits = [
        e for e, out in zip(side.edits, excused, strict=True) if not (out or is_other_speech(e))
    ]
    old = _zone(side.kept[0], [e.old for e in edits if not is_cut(e) or hides_denial(e, known)])
    new = _zone(side.kept[1], [e.new for e in edits if not is_growth(e)])
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
