"""What a language says of its sentences and interviews."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """What a language says of its sentences' ends.

    `abbreviations`: words whose full stop ends nothing. `openers`: words with a capital that begin
    a new sentence even where they are glued to the one before (« démissionSelon lui »).
    `resumes`: whether what follows a quotation that ends with « ? » or « ! » is that quotation's
    own report (« "Why?" Prew asked. »), so that the sentence goes on. `dated`: whether words begin
    with a date whose weekday is cut short (« mer. 16 déc. »). `asked`: the words by which an
    interview's question speaks to somebody (vous), `answering`: those of who answers (je).
    """

    abbreviations: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    resumes: Callable[[str], bool] = lambda rest: False
    dated: Callable[[str], bool] = lambda words: False
    asked: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
