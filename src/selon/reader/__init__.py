"""The learnt reader: from an article's text to every statement in it, by a fine-tuned encoder."""

from __future__ import annotations

from collections.abc import Sequence

from selon.reader import edges
from selon.reader.decode import drafts
from selon.reader.network import Network, guideline, load
from selon.reader.tokens import tokenize
from selon.records import Draft, Quote, Span

__all__ = ["Network", "guideline", "load", "read"]


def read(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quote], network: Network
) -> tuple[Draft, ...]:
    """The statements of a text, each likelier than the network's own threshold."""
    tokens = tokenize(text, paragraphs, quotes, network.tokenizer)
    found = drafts(text, tokens, network, network.threshold)
    clipped = tuple(edges.reopened(tuple(edges.within_marks(found, quotes)), quotes))
    return tuple(edges.whole_quotations(clipped, quotes))
