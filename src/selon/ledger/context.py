"""What ruled some words where they stand: a denial, a refusal, a supposition, another's opinion.

« Il est faux de dire que | X » pasted as « X » is no lie about the words and one about the man. What
ruled the words is looked for before them in their own sentence, behind them (« X, c'est ce que
racontent mes adversaires », « X ? C'est faux »), and above them, in how the article brings them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from selon.ledger.alignment import Words
from selon.ledger.lexicon import Lexicon, found_in
from selon.ledger.sayings import Saying, words
from selon.ledger.tenor import hedges, moods, negations
from selon.records import Spans

Kind = Literal["denial", "refusal", "doubt", "supposition", "another's opinion", "irony"]
KINDS: Final[tuple[Kind, ...]] = (
    "denial",
    "refusal",
    "doubt",
    "supposition",
    "another's opinion",
    "irony",
)
# A clause behind the words that takes them up is no longer than this.
_LONGEST: Final = 12
_BRINGING: Final = ("denying", "refusing", "ironic")


@dataclass(frozen=True, slots=True)
class Ruled:
    """How words were ruled where they stand, and by which words (places in the text they are of)."""

    kind: Kind
    words: str
    spans: Spans = ()


def ruled(
    before: Words, after: Words, known: Lexicon, *, outside: bool = False, strict: bool = False
) -> Ruled | None:
    """What rules the words between these, all of one text; None where nothing is seen to.

    `outside` a statement nobody's opinion is looked for: there it is the speaker's. `strict` sees
    only what rules a whole clause, not « n'a pas | été à la hauteur ».
    """
    sentence = before[max((n for n, w in enumerate(before) if w.opens), default=0) :]
    if sentence:
        held = sentence[-1].fold in known.holding
        clause = sentence if held else sentence[_clause(sentence) :]
        found = _kind(clause, known, held=held, outside=outside, strict=strict)
        if found is None and held and after and not after[0].opens:
            end = _end(after)
            found = _listed(after[:end], known, ("denying",))
            clause = after[:end]
        if found:
            return _told(found, clause)
    return _behind(after, known, outside=outside, strict=strict)


def above(saying: Saying, known: Lexicon) -> Ruled | None:
    """What rules a whole statement by the way its article brings it in: denied, mocked.

    « X », a démenti Y, says X; Y dément que X does not.
    """
    if saying.cue:
        fields = ("ironic",) if saying.form in (None, "direct") else _BRINGING
        found = _listed(words(saying.cue, saying.language), known, fields)
        if found:
            return Ruled(found, saying.cue)
    return Ruled("denial", saying.cue or "") if saying.stance == "negated" else None


def _told(kind: Kind, clause: Words) -> Ruled:
    return Ruled(kind, " ".join(w.fold for w in clause), tuple(w.span for w in clause))


def _clause(sentence: Words) -> int:
    """Where the last clause of a sentence's beginning starts: behind its last comma."""
    return max((n for n, w in enumerate(sentence) if w.pause), default=0)


def _end(after: Words) -> int:
    """Where the sentence ends that goes on behind some words."""
    return next((n for n, w in enumerate(after) if w.opens and n), len(after))


def _kind(clause: Words, known: Lexicon, *, held: bool, outside: bool, strict: bool) -> Kind | None:
    """How a clause rules what it leads to; only a word that holds a clause lets its sense rule."""
    if held:
        fields = ("denying", "refusing", "ironic", "supposing")
        found = _listed(clause, known, fields if outside else (*fields, "others"))
        if found and not (found == "denial" and negations(clause, known)):
            return found
    if strict and clause[-1].fold not in known.opens:
        ending = _ending(clause, known)
        return "doubt" if ending else None
    denied = negations(clause, known)
    if any(not outside or w.fold not in known.lacking for w in denied):
        return "denial"
    if hedges(clause, known) or (moods(clause, known) and not strict):
        return "doubt"
    if clause and clause[-1].fold in known.opens and _listed(clause[-1:], known, ("supposing",)):
        return "supposition"
    return _listed(clause, known, ("doubting",)) if held else None


def _ending(clause: Words, known: Lexicon) -> bool:
    """Whether a clause ends in a hedge: « sans doute | … »."""
    found = found_in([w.fold for w in clause], known.language, "phrases")
    return any(n + size == len(clause) for n, size, _ in found)


def _behind(after: Words, known: Lexicon, *, outside: bool, strict: bool) -> Ruled | None:
    """What takes words back behind them: « c'est faux », « je crois », « disent-ils »."""
    if not after:
        return None
    clause = after[: _end(after)]
    if not clause[0].opens and not clause[0].pause:
        end = next((n for n, w in enumerate(clause) if w.pause and n), len(clause))
        first = clause[0].fold
        if not strict and first in known.alone and first not in known.lacking:
            return _told("denial", clause[:1])  # « viendra | pas »
        return _told("doubt", clause[:end]) if _doubts(clause[:end], known) else None
    if len(clause) > _LONGEST:
        return None
    fields = ("denying", "ironic") if outside else ("denying", "others", "ironic")
    if clause[0].fold in known.taking_up or (len(clause) <= 5 and not outside):
        found = _listed(clause, known, fields)
        if found == "denial" and negations(clause, known):
            found = None
        if found is None and clause[0].fold in known.taking_up | known.alone:
            denied = [w for w in negations(clause, known) if w.fold not in known.lacking]
            found = "denial" if denied else None
        if found:
            return _told(found, clause)
    return _told("doubt", clause) if _doubts(clause, known) and not clause[0].opens else None


def _doubts(clause: Words, known: Lexicon) -> bool:
    """Whether a few words behind others are nothing but a hedge: « je crois »."""
    return 0 < len(clause) <= 4 and bool(hedges(clause, known))


def _listed(clause: Words, known: Lexicon, fields: tuple[str, ...]) -> Kind | None:
    """The kind of the first of these lists of which a phrase stands in a clause."""
    kinds: dict[str, Kind] = {
        "denying": "denial",
        "refusing": "refusal",
        "doubting": "doubt",
        "supposing": "supposition",
        "others": "another's opinion",
        "ironic": "irony",
    }
    found = found_in([w.fold for w in clause], known.language, *fields)
    return next((kinds[name] for field in fields for _, _, name in found if name == field), None)
