"""Whether words were turned into reported speech: « je » has become « il », a present a past."""

from __future__ import annotations

from selon.reuse.alignment import CUT, Alignment, Edit, Words
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.reused_quotes import QuoteWord


def _is_person_shifted(old: Words, new: Words, known: ReuseLexicon) -> bool:
    """Whether the one who speaks has become one who is spoken of: « je me » → « il se »."""
    if max(len(old), len(new)) > CUT + 1:
        return False
    first = any(w.fold in known.speaking for w in old)
    third = any(w.fold in known.spoken_of for w in new)
    return first and third and not any(w.fold in known.speaking for w in new)


def _is_backshifted(old: QuoteWord, new: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether a verb went from the present into the past of reported speech: réfute/réfutait."""
    stem = next((new.fold[: -len(e)] for e in known.past if new.fold.endswith(e)), "")
    if len(stem) < 3 or known.conditional(new.fold) or old.fold.endswith(known.past):
        return False
    return old.fold.startswith(stem)


def _is_future_of_past(side: Alignment, known: ReuseLexicon) -> bool:
    """Whether a future has become a conditional after the speaker's pronoun was cut off.

    « Je ne céderai rien » → il « ne céderait rien ».
    """
    spoken = any(w.fold in known.speaking for w in side.cut[-2:])
    later = any(w.fold.endswith(known.future) for e in side.edits for w in e.old)
    return spoken and later and any(known.conditional(w.fold) for e in side.edits for w in e.new)


def is_reported(side: Alignment, known: ReuseLexicon) -> bool:
    """Whether some edit turns the words into reported speech."""
    return _is_future_of_past(side, known) or any(turns(e, known) for e in side.edits)


def turns(edit: Edit, known: ReuseLexicon) -> bool:
    """Whether one edit turns the words into reported speech, or out of it."""
    old, new = edit.old, edit.new
    if _is_person_shifted(old, new, known) or _is_person_shifted(new, old, known):
        return True
    pairs = zip(old, new, strict=False)
    return any(_is_backshifted(o, n, known) or _is_backshifted(n, o, known) for o, n in pairs)
