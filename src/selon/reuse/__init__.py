"""Text reuse: the statements of many articles that repeat one utterance, and how it was altered."""

from selon.reuse.alignment import DiffPiece, pieces
from selon.reuse.alteration import TYPES, Alteration, fuller, names, types
from selon.reuse.family import Families, Family
from selon.reuse.propagation import First, Step, first_seen, independent, propagation_steps
from selon.reuse.quote_check import VERDICTS, QuoteCheck, QuoteFinding, check
from selon.reuse.reused_quotes import ReusedQuote, folded_words, words
from selon.reuse.revision import Change, versions
from selon.reuse.similarity import Match, match

__all__ = [
    "TYPES",
    "VERDICTS",
    "Alteration",
    "Change",
    "DiffPiece",
    "Families",
    "Family",
    "First",
    "Match",
    "QuoteCheck",
    "QuoteFinding",
    "ReusedQuote",
    "Step",
    "check",
    "first_seen",
    "folded_words",
    "fuller",
    "independent",
    "match",
    "names",
    "pieces",
    "propagation_steps",
    "types",
    "versions",
    "words",
]
