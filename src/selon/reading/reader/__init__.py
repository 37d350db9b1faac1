"""The learnt reader: from an article's text to every statement in it, by a fine-tuned encoder."""

from __future__ import annotations

from collections.abc import Sequence

from selon.reading.reader import edges, interviews
from selon.reading.reader.decode import drafts
from selon.reading.reader.inserted import with_inserted_clauses
from selon.reading.reader.network import Network, guideline, load
from selon.reading.reader.tokens import tokenize
from selon.records import Answer, Draft, Quote, Span

__all__ = ["Network", "guideline", "load", "read", "with_inserted_clauses"]


def read(
    text: str,
    paragraphs: Sequence[Span],
    quotes: Sequence[Quote],
    network: Network,
    answers: Sequence[Answer] = (),
) -> tuple[Draft, ...]:
    """The statements of a text, each of the network's forms and likelier than its threshold.

    `answers` are those of an interview, which are statements by where they stand.
    """
    tokens = tokenize(text, paragraphs, quotes, network.tokenizer)
    found = drafts(text, tokens, network, network.threshold)
    bounded = edges.bounded(text, [d for d in found if d.form in network.forms], quotes)
    return tuple(interviews.with_answers(bounded, answers))
