"""The ledger: one statement from mouth to mouth, over the articles of a collection."""

from selon.ledger.alignment import Piece, pieces
from selon.ledger.alteration import TYPES, Alteration, fuller, names, types
from selon.ledger.checking import VERDICTS, Check, Finding, check
from selon.ledger.family import Families, Family
from selon.ledger.kinship import Kin, kin
from selon.ledger.revision import Change, versions
from selon.ledger.sayings import Saying, folded, words
from selon.ledger.spread import First, Step, first_seen, independent, way

__all__ = [
    "TYPES",
    "VERDICTS",
    "Alteration",
    "Change",
    "Check",
    "Families",
    "Family",
    "Finding",
    "First",
    "Kin",
    "Piece",
    "Saying",
    "Step",
    "check",
    "first_seen",
    "folded",
    "fuller",
    "independent",
    "kin",
    "names",
    "pieces",
    "types",
    "versions",
    "way",
    "words",
]
