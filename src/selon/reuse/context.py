"""What ruled some words where they stand: a denial, a refusal, a supposition, another's opinion.

« Il est faux de dire que | X » pasted as « X » is no lie about the words and one about the man. What
ruled the words is looked for before them in their own sentence, behind them (« X, c'est ce que
racontent mes adversaires », « X ? C'est faux »), and above them, in how the article brings them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from selon.records import Spans
from selon.reuse.alignment import Words
from selon.reuse.lexicon import ReuseLexicon, found_in
from selon.reuse.polarity import hedges, moods, negations
from selon.reuse.reused_quotes import QuoteWord, ReusedQuote, words

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
_MAX_CLAUSE_WORDS: Final = 12
# So few words may be nothing but a denial: « Pas du tout », « disent-ils ».
_FEW_WORDS: Final = 5
# So far behind the words it is looked for.
_MAX_DISTANCE_WORDS: Final = 30
# Words that may stand between a clause and what holds it, before a comma.
_INSERTED: Final = 4
_BRINGING: Final = ("denying", "refusing", "ironic")


@dataclass(frozen=True, slots=True)
class ContextRule:
    """How words were ruled where they stand, and by which words (places in the text they are of)."""

    kind: Kind
    words: str
    spans: Spans = ()


def context_rule(
    before: Words, after: Words, known: ReuseLexicon, *, outside: bool = False, strict: bool = False
) -> ContextRule | None:
    """What rules the words between these, all of one text; None where nothing is seen to.

    `outside` a statement nobody's opinion is looked for: there it is the speaker's. `strict` sees
    only what rules a whole clause, not « n'a pas | été à la hauteur ».
    """
    sentence = before[max((n for n, w in enumerate(before) if w.opens), default=0) :]
    if sentence:
        condition = None if strict else _condition_before(sentence, after, known)
        if condition:
            return _rule_of("supposition", condition)
        if (
            not outside
            and not strict
            and _attributes_to_others(sentence[_clause(sentence) :], known)
        ):
            return _rule_of("another's opinion", sentence[_clause(sentence) :])
        held = sentence[-1].fold in known.holding
        clause = sentence if held else sentence[_clause(sentence) :]
        found = _kind(clause, known, held=held, outside=outside, strict=strict)
        if found is None and not held and not strict:
            found = _farther(sentence, known, outside=outside)
            clause = sentence
        if found is None and held and after and not after[0].opens:
            end = _end(after)
            found = _kind_listed(after[:end], known, ("denying",))
            clause = after[:end]
        if found:
            return _rule_of(found, clause)
    return _rule_behind(after, known, outside=outside, strict=strict)


def begins_sentence(word: QuoteWord, before: Words, known: ReuseLexicon) -> bool:
    """Whether a word opens a sentence that nothing before it holds: « faux de dire que (…) | il »."""
    held = word.gap and bool(before) and before[-1].fold in known.opens
    return word.opens and not held


def rule_of_speech(before: Words, known: ReuseLexicon) -> ContextRule | None:
    """Whose words follow a colon, where the sentence before it says that others said them."""
    sentence = before[max((n for n, w in enumerate(before) if w.opens), default=0) :]
    found = found_in([w.fold for w in sentence], known.language, "others")
    return _rule_of("another's opinion", sentence) if found else None


def rule_of_article(saying: ReusedQuote, known: ReuseLexicon) -> ContextRule | None:
    """What rules a whole statement by the way its article brings it in: denied, mocked.

    « X », a démenti Y, says X; Y dément que X does not.
    """
    if saying.cue:
        fields = ("ironic",) if saying.form in (None, "direct") else _BRINGING
        found = _kind_listed(words(saying.cue, saying.language), known, fields)
        if found:
            return ContextRule(found, saying.cue)
    return ContextRule("denial", saying.cue or "") if saying.stance == "negated" else None


def _rule_of(kind: Kind, clause: Words) -> ContextRule:
    return ContextRule(kind, " ".join(w.fold for w in clause), tuple(w.span for w in clause))


def _condition_before(sentence: Words, after: Words, known: ReuseLexicon) -> Words:
    """The condition that the rest of a sentence hangs on: « Si la loi passe, | je partirai »."""
    place = _condition(sentence[: _INSERTED + 1], known)
    if place is None or any(w.fold not in known.function for w in sentence[:place]):
        return ()
    return sentence[place:] if len(sentence) - place > 1 else ()


def _condition_behind(after: Words, known: ReuseLexicon) -> Words:
    """A condition right behind some words, in their sentence: « je partirai | si la loi passe »."""
    clause = after[: next((n for n, w in enumerate(after) if w.opens), len(after))]
    place = _condition(clause[:_MAX_CLAUSE_WORDS], known)
    if place is None:
        return ()
    return clause[place:] if len(clause) - place > 2 else ()


def _attributes_to_others(clause: Words, known: ReuseLexicon) -> bool:
    """Whether a clause tells that others say so: « selon la police », « comme disent certains »."""
    if not clause or len(clause) > _MAX_CLAUSE_WORDS:
        return False
    folds = [w.fold for w in clause]
    if any(n == 0 for n, *_ in found_in(folds, known.language, "attributing")):
        return folds[-1] not in known.speaking  # « selon moi »
    compared = folds[0] in known.holding - known.opens - known.frames
    return compared and bool(found_in(folds, known.language, "others"))


def _condition(some: Words, known: ReuseLexicon) -> int | None:
    """Where a condition begins."""
    folds = [w.fold for w in some]
    found = found_in(folds, known.language, "unconditional", "conditions")
    return next((n for n, _, name in found if name == "conditions"), None)


def _clause(sentence: Words) -> int:
    """Where the last clause of a sentence's beginning starts: behind its last comma."""
    return max((n for n, w in enumerate(sentence) if w.pause), default=0)


def _end(after: Words) -> int:
    """Where the sentence ends that goes on behind some words."""
    return next((n for n, w in enumerate(after) if w.opens and n), len(after))


def _kind(
    clause: Words, known: ReuseLexicon, *, held: bool, outside: bool, strict: bool
) -> Kind | None:
    """How a clause rules what it leads to; only a word that holds a clause lets its sense rule."""
    if held:
        fields = ("denying", "refusing", "ironic", "supposing")
        found = _kind_listed(clause, known, fields if outside else (*fields, "others"))
        if found and not (found == "denial" and negations(clause, known)):
            return found
    if strict and clause[-1].fold not in known.opens:
        ending = _ends_in_hedge(clause, known)
        return "doubt" if ending else None
    denied = negations(clause, known)
    if any(not outside or w.fold not in known.lacking for w in denied):
        return "denial"
    if hedges(clause, known) or (moods(clause, known) and not strict):
        return "doubt"
    if (
        clause
        and clause[-1].fold in known.opens
        and _kind_listed(clause[-1:], known, ("supposing",))
    ):
        return "supposition"
    return _kind_listed(clause, known, ("doubting",)) if held else None


def _farther(sentence: Words, known: ReuseLexicon, *, outside: bool) -> Kind | None:
    """What rules a clause of which only the end is kept: « Il est faux de dire que le pont | cède »."""
    held = max((n for n, w in enumerate(sentence) if w.fold in known.opens), default=-1)
    if held < 0:
        return None
    fields: tuple[str, ...] = ("denying", "refusing", "ironic")
    parted = [n for n, w in enumerate(sentence[held:]) if w.pause]
    if not parted:
        fields = (*fields, "supposing", "doubting")
        fields = fields if outside else (*fields, "others")
    found = _kind_listed(sentence[: held + 1], known, fields)
    if found:
        return None if found == "denial" and negations(sentence[:held], known) else found
    # « Nous ne voulons pas que cette année, les prix | montent »: a few words before the clause.
    if len(parted) > 1 or any(n > _INSERTED for n in parted):
        return None
    leading = sentence[_clause(sentence[:held]) : held + 1]
    return _kind(leading, known, held=True, outside=outside, strict=False)


def _ends_in_hedge(clause: Words, known: ReuseLexicon) -> bool:
    """Whether a clause ends in a hedge: « sans doute | … »."""
    found = found_in([w.fold for w in clause], known.language, "phrases")
    return any(n + size == len(clause) for n, size, _ in found)


def _rule_behind(
    after: Words, known: ReuseLexicon, *, outside: bool, strict: bool
) -> ContextRule | None:
    """What takes words back behind them: « c'est faux », « je crois », « disent-ils »."""
    if not after:
        return None
    condition = () if strict else _condition_behind(after, known)
    if condition:
        return _rule_of("supposition", condition)
    clause = after[
        : next((n for n, w in enumerate(after) if n and (w.pause or w.opens)), len(after))
    ]
    if not (outside or strict or after[0].opens) and _attributes_to_others(clause, known):
        return _rule_of("another's opinion", clause)
    if not after[0].opens and not after[0].pause:
        end = next((n for n, w in enumerate(after) if n and (w.pause or w.opens)), len(after))
        first = after[0].fold
        if not strict and first in known.alone and first not in known.lacking:
            return _rule_of("denial", after[:1])  # « viendra | pas »
        if _doubts(after[:end], known):
            return _rule_of("doubt", after[:end])
    for n, word in enumerate(after[:_MAX_DISTANCE_WORDS]):
        if word.pause or word.opens:
            clause = after[n : n + _end(after[n:])]
            found = _taken_back(clause, known, outside=outside)
            if found:
                return _rule_of(found, clause)
            if not word.opens and not (strict and n) and _doubts(clause, known):
                return _rule_of("doubt", clause)
        if word.opens or (strict and n):
            break
    return None


def _taken_back(clause: Words, known: ReuseLexicon, *, outside: bool) -> Kind | None:
    """How a clause takes the words before it back, or says whose they are."""
    if len(clause) > _MAX_CLAUSE_WORDS:
        return None
    taking_up = clause[0].fold in known.taking_up
    fields = ("denying", "ironic") if outside else ("denying", "others", "ironic")
    denied = [w for w in negations(clause, known) if w.fold not in known.lacking]
    if taking_up or (len(clause) <= _FEW_WORDS and not outside):
        found = _kind_listed(clause, known, fields)
        if found and not (found == "denial" and denied):
            return found
    if denied and taking_up:
        folds = [w.fold for w in clause]
        return "denial" if found_in(folds, known.language, "affirming") else None
    return "denial" if denied and clause[0] in denied and len(clause) <= _FEW_WORDS else None


def _doubts(clause: Words, known: ReuseLexicon) -> bool:
    """Whether a few words behind others are nothing but a hedge: « je crois »."""
    return 0 < len(clause) <= 4 and bool(hedges(clause, known))


def _kind_listed(clause: Words, known: ReuseLexicon, fields: tuple[str, ...]) -> Kind | None:
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
