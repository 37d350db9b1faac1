"""The learnt reader: from an article's text to every statement in it, by a fine-tuned encoder."""

from __future__ import annotations

from collections.abc import Sequence

from selon.reading.reader import edges
from selon.reading.reader.decode import drafts
from selon.reading.reader.network import Network, guideline, load
from selon.reading.reader.tokens import tokenize
from selon.reading.reader.worth import told
from selon.records import Draft, Quote, Span

__all__ = ["Network", "guideline", "load", "read"]


def read(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quote], network: Network
) -> tuple[Draft, ...]:
    """The statements of a text that are worth being told, by the network's own weights."""
    tokens = tokenize(text, paragraphs, quotes, network.tokenizer)
    found = told(text, drafts(text, tokens, network, network.threshold), network.worth)
    return edges.bounded(text, found, quotes)
