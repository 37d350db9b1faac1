"""What every French rule over a verb does: a draft with cue and speaker, a candidate from it."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.addressees import addressees
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.cues import Cue
from selon.lang.fr.parties import subject
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Form, Span


def draft_of_rule(
    scene: ParsedSentence, words: Lexicon, rule: str, bare: Form, cues: tuple[Cue, tuple[Cue, ...]]
) -> CandidateBuilder:
    """A rule's draft with its cue and the speaker of that cue."""
    cue, others = cues
    draft = CandidateBuilder(scene, words, rule, bare).said_with(cue)
    return draft.said_by(subject(scene, cue, words, others))


def finish_draft(draft: CandidateBuilder, content: list[Span], *notes: str) -> Iterator[Candidate]:
    """The draft\'s candidate over some content, with the addressees beside it."""
    if draft.cue is not None:
        draft.addressees = addressees(
            draft.scene, draft.cue, draft.words, (*content, *draft.who.spans)
        )
    if draft.addressees:
        notes = (*notes, "addressed")
    candidate = draft.done(content, *notes)
    if candidate is not None:
        yield candidate
