"""French rules over a quotation that is a piece of its sentence: an object, or the outlet's account."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.addressees import addressees
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.content_span import through_quote
from selon.lang.fr.cues import Cue
from selon.lang.fr.parties import NOBODY, Subject, subject
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span


def quoted_object(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X a confirmé à Y ce jeudi « Q » · X a dénombré « Q » et « R »: what is quoted is the object."""
    start = scene.find(
        cue.high + 1,
        cue.high + 9,
        lambda j: scene.quote_at(scene.tokens[j].span.start) is not None,
    )
    if start is None or scene.quote_at(scene.tokens[cue.at].span.start) is not None:
        return
    between = scene.tokens[cue.high + 1 : start]
    if 0 < cue.low == cue.at and not between and scene.lower[cue.low - 1] == ",":
        # « Jo Marchal, dit « le Boiteux », … » is a name.
        return
    # « se dit déterminé à « combattre » », « traité « comme un justiciable » »: other rules' objects.
    if cue.passive or cue.reflexive or cue.mood == "part" or cue.verb.act == "call":
        return
    if any("VerbForm" in t.morph or t.pos in ("SCONJ", "ADJ") or t.text == ";" for t in between):
        return
    if between and between[-1].pos not in ("NOUN", "PROPN", "ADV", "PUNCT"):
        return
    if any(cue.high < c.at < start and c.mood != "part" for c in others):
        return
    content = [_quotation(scene, start)]
    end = through_quote(scene, start)
    while end + 2 < len(scene.tokens) and scene.lower[end + 1] in ("et", ",", "ou", "puis"):
        if scene.quote_at(scene.tokens[end + 2].span.start) is None:
            break
        content.append(_quotation(scene, end + 2))
        end = through_quote(scene, end + 2)
    draft = CandidateBuilder(scene, words, "quoted-object", "direct").said_with(cue)
    draft.said_by(_speaker_before(scene, cue, content, subject(scene, cue, words, others)))
    draft.addressees = addressees(scene, cue, words, (*content, *draft.who.spans))
    last = between[-1] if between else None
    candidate = draft.done(
        content,
        f"gap={'0' if not between else '1-3' if len(between) <= 3 else '4+'}",
        f"before-quote={last.pos if last else 'cue'}",
        f"frames={cue.verb.frames}",
    )
    if candidate is not None:
        yield candidate


def _speaker_before(scene: ParsedSentence, cue: Cue, content: list[Span], who: Subject) -> Subject:
    """« X a de son côté dénoncé « Q » »: a broken tree may take a noun of Q for the subject."""
    if not any(s.meets(c) for s in who.spans for c in content):
        return who
    head = scene.find(0, cue.low, lambda j: scene.tokens[j].dep.startswith("nsubj"))
    if head is None or scene.tokens[head].masked or scene.tokens[head].pos not in NOMINAL:
        return NOBODY
    return Subject((noun_phrase(scene, head, ceiling=cue.low - 1),), head, "own")


def _quotation(scene: ParsedSentence, j: int) -> Span:
    quote = scene.quote_at(scene.tokens[j].span.start)
    return quote.outer if quote is not None else scene.tokens[j].span


def carried_on(
    scene: ParsedSentence, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """« L'opération a permis de saisir des « objets de propagande ». »: no cue, but somebody's words.

    After a statement the outlet often goes on with the speaker's account and marks a piece of it.
    """
    if any(t.masked for t in scene.tokens) or not scene.quotes:
        return
    inside = [j for j in range(len(scene.tokens)) if scene.quote_at(scene.tokens[j].span.start)]
    inside = [j for j in inside if scene.is_word(j)]
    bare = sum(scene.is_word(j) for j in range(len(scene.tokens))) - len(inside)
    if not inside or not bare:
        return
    draft = CandidateBuilder(scene, words, "carried-on", "mixed")
    speech = [c for c in others if c.mood in ("finite", "presp")]
    count = len(inside)
    said = "1" if count == 1 else "2" if count == 2 else "3-5" if count < 6 else "6+"
    draft.features += [
        f"words-quoted={said}",
        f"cues={min(len(speech), 2)}",
        f"words-quoted+cues={said}/{min(len(speech), 2)}",
        "first-of-paragraph" if scene.first_of_paragraph else "inside-paragraph",
        f"bare={'1-3' if bare <= 3 else '4-8' if bare <= 8 else '9+'}",
        *(["ends-quoted"] if inside[-1] >= len(scene.tokens) - 2 else []),
        *(["according-too"] if any(w in words.prepositions for w in scene.lower) else []),
    ]
    candidate = draft.done([scene.words(0, len(scene.tokens) - 1)])
    if candidate is not None:
        yield candidate
