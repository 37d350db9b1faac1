"""Who says it: the noun phrases around a French cue."""

from __future__ import annotations

from dataclasses import dataclass

from selon.lang.fr.adverbials import is_date, past_adverbials
from selon.lang.fr.cues import Cue
from selon.lang.fr.impersonal_on import source_of_on
from selon.lang.fr.phrases import NOMINAL, names_person, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Span, Spans


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name a speaker, and how they were found."""

    spans: Spans
    head: int | None
    how: str


NO_SUBJECT = ("-t", "-t-", "t", "y", "s'", "se", "en")


NOBODY = Subject((), None, "none")


def subject(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...] = ()
) -> Subject:
    """The subject of a cue.

    « a-t-il ajouté »      the clitic
    « a-t-on appris de X » who is behind « on »
    « X a dit »            the noun phrase before
    « …, explique X »      the noun phrase after, in an inversion
    « X, qui a dit »       the antecedent
    « X a promis de dire » the subject of the verb above
    « dénoncée par X »     the agent
    """
    if cue.inverted is not None:
        return _clitic(scene, cue.inverted, cue, words)
    if cue.passive or cue.mood == "part":
        return _agent(scene, cue, words)
    own = _own_subject(scene, cue.at, words)
    if _put_in(scene, cue):
        # « "C'est fini, a confié X. R" »: what stands before is said, it does not say.
        own = own if own is not None and own > cue.at else None
    hidden = (
        source_of_on(scene, cue, words) if own is not None and scene.lower[own] == "on" else None
    )
    if own is not None and hidden is not None:
        return Subject((hidden,), own, "own")
    if own is not None and not (cue.low <= own < cue.at):
        return _subject_with_words(scene, own, "own", cue, words)
    inverted = after_cue(scene, cue, words) if _may_invert(scene, cue) else None
    if inverted is not None:
        return inverted
    adjacent = _adjacent(scene, cue) if cue.mood == "finite" else None
    if adjacent is not None:
        return adjacent
    above = _from_cue_before(scene, cue, words, others)
    if above is not None:
        return above
    return _inherited_subject(scene, cue, words)


def _clitic(scene: ParsedSentence, at: int, cue: Cue, words: Lexicon) -> Subject:
    """A pronoun behind its verb, without its hyphen; whoever speaks behind « on », where told."""
    span = scene.tokens[at].span
    if scene.lower[at].endswith("on"):
        found = source_of_on(scene, cue, words)
        if found is not None:
            return Subject((found,), at, "clitic")
    hyphen = scene.tokens[at].text.startswith("-")
    return Subject((Span(span.start + hyphen, span.end),), at, "clitic")


def _put_in(scene: ParsedSentence, cue: Cue) -> bool:
    """Whether a cue stands after a comma or a mark within a quotation that began before it."""
    quote = scene.quote_at(scene.tokens[cue.at].span.start)
    before = scene.lower[cue.low - 1] if cue.low else ""
    return (
        quote is not None
        and cue.mood == "finite"
        and before in (",", "!", "?")
        and quote.inner.start < scene.tokens[cue.low - 1].span.start
        and not any("VerbForm=Fin" in t.morph for t in scene.tokens[cue.high + 1 : cue.high + 4])
        and _words_after(scene, cue)
    )


def _words_after(scene: ParsedSentence, cue: Cue) -> bool:
    """Whether a determiner, a name or « à » stands right after a cue, as before an inverted subject."""
    k = cue.high + 1
    if k >= len(scene.tokens):
        return False
    token = scene.tokens[k]
    return token.pos in ("PROPN", "ADP", "DET") or token.text[:1].isupper()


def _adjacent(scene: ParsedSentence, cue: Cue) -> Subject | None:
    """« … et Louis Dreyfus, président du journal, estime que »: the phrase right before the cue."""
    before = cue.low - 1
    if (
        before < 0
        or scene.tokens[before].pos not in (*NOMINAL, "ADJ", "PUNCT")
        or scene.tokens[before].masked
    ):
        return None
    if scene.tokens[before].pos == "PUNCT" and scene.lower[before] not in (",", ")"):
        return None
    floor = 0
    for j in range(before, -1, -1):
        token = scene.tokens[j]
        ends = "VerbForm=Fin" in token.morph or token.pos == "SCONJ" or token.masked
        if ends or scene.lower[j] in (";", ":", "qui", "que", "dont", "où", "mais", "–"):
            floor = j + 1
            break
    j = floor
    while j < cue.low:
        token = scene.tokens[j]
        if token.pos == "ADP" or ("VerbForm=Part" in token.morph and token.pos == "VERB"):
            comma = scene.find(j, cue.low, lambda k: scene.lower[k] == ",")
            if comma is None:
                return None
            j = comma + 1
        elif token.pos in NOMINAL:
            if scene.tokens[j].masked or token.dep.startswith("obl"):
                j += 1
                continue
            return Subject((noun_phrase(scene, j, floor=floor, ceiling=before),), j, "adjacent")
        else:
            j += 1
    return None


def _from_cue_before(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Subject | None:
    """« X a expliqué P, estimant que Q », « X nie P et affirme Q »: one speaker, several cues."""
    if cue.low == 0 or cue.mood == "part":
        return None
    j = cue.low - 1
    while j > 0 and (scene.tokens[j].pos == "ADV" or scene.lower[j] == "en"):
        j -= 1
    if (
        scene.lower[j] not in (",", "et", "en", "tout", "mais", "puis", "ou", "-", "–")
        and not scene.tokens[j].masked
    ):
        return None
    head = scene.tokens[cue.at].head
    if scene.tokens[cue.at].dep.startswith("acl") and head == cue.low - 1:
        return None
    before = [c for c in others if c.at < cue.low and c.mood in ("finite", "presp")]
    governor = next((c for c in before if c.at == head), None)
    for c in [governor] if governor else reversed(before):
        who = subject(scene, c, words, tuple(o for o in others if o.at < c.at))
        if who.spans and who.how != "nearest":
            return Subject(who.spans, who.head, "shared")
    return None


def _own_subject(scene: ParsedSentence, i: int, words: Lexicon) -> int | None:
    found = [
        k
        for k in scene.children(i, "nsubj", "expl:subj")
        if scene.lower[k] not in NO_SUBJECT and not is_date(scene, k, words)
    ]
    found = [
        k
        for k in found
        if not scene.tokens[k].masked
        and scene.is_word(k)
        and scene.lower[k] not in ("que", "qu'", "ce", "c'")
    ]
    before = [k for k in found if k < i]
    return before[-1] if before else found[0] if found else None


def _subject_with_words(
    scene: ParsedSentence, k: int, how: str, cue: Cue, words: Lexicon
) -> Subject:
    if scene.lower[k] in ("qui", "lequel", "laquelle") and scene.tokens[k].pos == "PRON":
        antecedent = _antecedent(scene, cue.at, k)
        if antecedent is None:
            return Subject((scene.tokens[k].span,), k, "relative")
        antecedent = _apposed_name(scene, antecedent)
        return Subject((noun_phrase(scene, antecedent, ceiling=k - 1),), antecedent, "relative")
    if k > cue.at:
        floor = past_adverbials(scene, cue.high + 1, words)
        if floor > k:
            further = after_cue(scene, cue, words)
            if further is not None:
                return further
            floor = cue.high + 1
        ceiling = _before_medium(scene, words, k)
        return Subject((noun_phrase(scene, k, floor=floor, ceiling=ceiling),), k, "after")
    return Subject((noun_phrase(scene, k, ceiling=cue.low - 1),), k, how)


def _apposed_name(scene: ParsedSentence, noun: int) -> int:
    """« Paul Roux, chef de mission pour la Syrie, qui »: Paul Roux, not the end of his apposition."""
    if not scene.children(noun, "case"):
        return noun
    for j in range(noun - 1, 0, -1):
        token = scene.tokens[j]
        if token.masked or "VerbForm=Fin" in token.morph or scene.lower[j] in (";", ":"):
            return noun
        if scene.lower[j] != ",":
            continue
        first = j
        while first and scene.tokens[first - 1].pos == "PROPN":
            first -= 1
        return first if j - first > 1 else noun
    return noun


def _antecedent(scene: ParsedSentence, verb: int, pronoun: int) -> int | None:
    """The noun that a relative pronoun stands for: the clause's head, else the nearest before."""
    at = verb
    for _ in range(4):
        head = scene.tokens[at].head
        if scene.tokens[at].dep.startswith("acl") and head < pronoun:
            return head
        if head == at:
            break
        at = head
    for j in range(pronoun - 1, max(pronoun - 8, -1), -1):
        if scene.tokens[j].pos in ("NOUN", "PROPN") and not scene.tokens[j].masked:
            while (
                scene.tokens[j].dep in ("nmod", "flat:name", "appos", "flat:foreign")
                and scene.tokens[j].head < j
            ):
                j = scene.tokens[j].head
            return j
    return None


def _may_invert(scene: ParsedSentence, cue: Cue) -> bool:
    """Whether a finite cue opens a clause, so that its subject may follow."""
    if cue.mood != "finite":
        return False
    before = cue.low - 1
    if before < 0:
        return True
    gap = scene.between(cue.low)
    return (
        scene.tokens[before].masked
        or scene.lower[before] in (",", "-", "–", "—", "(", "comme", "que", "ainsi")
        or any(c in gap for c in '»”"')
    )


def after_cue(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Subject | None:
    """The noun phrase after an inverted cue: « a déclaré à l'AFP le ministre de l'Intérieur »."""
    j = past_adverbials(scene, cue.high + 1, words)
    if j >= len(scene.tokens) or j > cue.high + 14:
        return None
    stops = (",", ".", "!", "?", ";") if _put_in(scene, cue) else (".", "!", "?", ";")
    close = scene.find(j, len(scene.tokens), lambda k: scene.lower[k] in stops)
    close = len(scene.tokens) if close is None else close
    head = scene.find(
        j,
        min(j + 6, close),
        lambda k: (
            (scene.tokens[k].pos in NOMINAL and not scene.tokens[k].masked)
            or scene.lower[k].startswith(("dernier", "dernière"))
        ),
    )
    if head is None or scene.tokens[j].pos in ("PUNCT", "SCONJ", "CCONJ", "VERB", "AUX"):
        return None
    if scene.lower[head] in words.closed["relatives"]:
        return None
    while scene.tokens[head].dep in ("flat:name", "nmod", "compound", "appos") and scene.tokens[
        head
    ].head in range(j, head):
        head = scene.tokens[head].head
    ceiling = _before_medium(scene, words, head)
    if _put_in(scene, cue):
        ceiling = close - 1 if ceiling is None else min(ceiling, close - 1)
    return Subject((noun_phrase(scene, head, floor=j, ceiling=ceiling),), head, "after")


def _before_medium(scene: ParsedSentence, words: Lexicon, head: int) -> int | None:
    """« a expliqué le votant à BFMTV », « à Anne Roux »: who is told is no part of the speaker's name."""
    for j in range(head + 1, min(head + 14, len(scene.tokens))):
        if scene.lower[j] in words.closed["to"]:
            if names_person(scene, j + 1):
                return j - 1
            named = scene.tokens[j + 1 : j + 5]
            texts = [t.text for t in named]
            if any(t in words.media_names or t.lower() in words.media_nouns for t in texts):
                return j - 1
    return None


def _agent(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Subject:
    """« annoncé mardi par X »: the agent, or nobody."""
    for k in scene.children(cue.at, "obl:agent", "obl:arg", "obl:mod", "obl"):
        case = scene.child(k, "case")
        if scene.lower[k] in ("suite", "ailleurs", "conséquent", "part"):
            continue
        if case is not None and scene.lower[case] in words.closed["by"] and k > cue.at:
            return Subject((noun_phrase(scene, k, floor=case + 1),), k, "agent")
    for j in range(cue.high + 1, min(cue.high + 60, len(scene.tokens))):
        if scene.quote_at(scene.tokens[j].span.start) is not None:
            continue
        if scene.lower[j] in words.closed["by"]:
            head = scene.tokens[j].head
            nominal = (
                head > j and scene.tokens[head].pos in NOMINAL and not scene.tokens[head].masked
            )
            if nominal and scene.lower[head] not in ("suite", "ailleurs", "conséquent", "part"):
                return Subject((noun_phrase(scene, head, floor=j + 1),), head, "agent")
        if scene.lower[j] in (".", ";", ":") or "VerbForm=Fin" in scene.tokens[j].morph:
            break
    return NOBODY


def _inherited_subject(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Subject:
    """The subject of the verb above: coordination, infinitive, gerund, participle clause."""
    at = cue.at
    for _ in range(6):
        token = scene.tokens[at]
        head = token.head
        if head == at:
            break
        if (
            token.dep.startswith("acl")
            and scene.tokens[head].pos in NOMINAL
            and cue.mood in ("presp", "inf")
        ):
            own = _own_subject(scene, scene.tokens[head].head, words)
            if cue.mood == "presp" and own is not None and "," in scene.lower[head : cue.at]:
                return _subject_with_words(scene, own, "shared", cue, words)
            return Subject((noun_phrase(scene, head, ceiling=cue.low - 1),), head, "governor")
        own = _own_subject(scene, head, words)
        if own is not None:
            if own > cue.low:
                return Subject((noun_phrase(scene, own),), own, "shared")
            return _subject_with_words(scene, own, "shared", cue, words)
        agent = scene.child(head, "obl:agent")
        if agent is not None and cue.mood == "presp":
            return Subject((noun_phrase(scene, agent),), agent, "shared")
        at = head
    return _nearest_before(scene, cue)


def _nearest_before(scene: ParsedSentence, cue: Cue) -> Subject:
    """Where the tree is broken: the nearest subject before the cue, else the phrase that opens."""
    for j in range(cue.low - 1, -1, -1):
        token = scene.tokens[j]
        if token.dep.startswith("nsubj") and token.pos in NOMINAL and not token.masked:
            if scene.lower[j] in (*NO_SUBJECT, "qui", "que", "ce", "c'"):
                continue
            return Subject((noun_phrase(scene, j, ceiling=cue.low - 1),), j, "nearest")
    for j in range(cue.low - 1, -1, -1):
        opens = j == 0 or scene.lower[j - 1] in (",", ":", ";", "–", "-")
        if opens and scene.tokens[j].pos in ("DET", "PROPN", "PRON"):
            head = scene.find(j, cue.low, lambda k: scene.tokens[k].pos in NOMINAL)
            if head is not None and not scene.tokens[head].masked:
                return Subject(
                    (noun_phrase(scene, head, floor=j, ceiling=cue.low - 1),), head, "nearest"
                )
    return NOBODY
