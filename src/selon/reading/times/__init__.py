"""When: time expressions to EDTF against the date of publication, and when a thing was said.

A pure stage, and neutral as to language: `grammar` says what a language must give.
"""

from selon.reading.times.expressions import date_of, find_meetings, find_times
from selon.reading.times.governing_verbs import tense_finder
from selon.reading.times.grammar import Grammar, Meaning, Now, Rule, Tense
from selon.reading.times.statement_times import date_statements

__all__ = [
    "Grammar",
    "Meaning",
    "Now",
    "Rule",
    "Tense",
    "date_of",
    "date_statements",
    "find_meetings",
    "find_times",
    "tense_finder",
]
