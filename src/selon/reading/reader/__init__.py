"""The learnt reader: from an article's text to every statement in it, by a fine-tuned encoder."""

from __future__ import annotations

from collections.abc import Sequence

from selon.reading.reader import edges, untrained
from selon.reading.reader.decode import drafts
from selon.reading.reader.network import Network, guideline, load
from selon.reading.reader.tokens import tokenize
from selon.records import Draft, Quote, Span

__all__ = ["Network", "guideline", "load", "read", "read_untrained"]


def read(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quote], network: Network
) -> tuple[Draft, ...]:
    """The statements of a text, each likelier than the network's own threshold."""
    tokens = tokenize(text, paragraphs, quotes, network.tokenizer)
    return edges.bounded(text, drafts(text, tokens, network, network.threshold), quotes)


def read_untrained(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quote], network: Network
) -> tuple[Draft, ...]:
    """The statements of a text whose language the network was not trained on."""
    tokens = tokenize(text, paragraphs, quotes, network.tokenizer)
    scorer = untrained.UntrainedScorer(network)
    found = drafts(text, tokens, scorer, untrained.MIN_CHANCE)
    return edges.bounded(text, untrained.believable(found), quotes)
