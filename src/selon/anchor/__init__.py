"""When: time expressions to EDTF against the date of publication, and when a thing was said.

A pure stage, and neutral as to language: `grammar` says what a language must give.
"""

from selon.anchor.expressions import date_of, meetings, times
from selon.anchor.governing import governing
from selon.anchor.grammar import Grammar, Meaning, Now, Rule, Tense
from selon.anchor.speech import said

__all__ = [
    "Grammar",
    "Meaning",
    "Now",
    "Rule",
    "Tense",
    "date_of",
    "governing",
    "meetings",
    "said",
    "times",
]
