"""Who speaks behind « on »: « a-t-on appris auprès du parquet », « indique-t-on à Matignon »."""

from __future__ import annotations

from typing import Final

from selon.lang.fr import people
from selon.lang.fr.cues import Cue
from selon.lang.fr.phrases import NOMINAL, noun_phrase, taken_by
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Span

# How far behind the verb the source begins, in tokens: a day and an hour may stand between.
REACH: Final = 9
# Bodies at which one speaks; a union or a newspaper after « à » is rather spoken to.
BODIES: Final = frozenset(("government", "court", "assembly", "school", "force"))


def source_of_on(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Span | None:
    """The words of whoever speaks, where the subject is « on ».

    « auprès du parquet », « chez X », « au sein de l'hôpital »   what follows
    « de source policière », « de sources concordantes »          the sources
    « dans l'entourage du ministre »                              the circle
    « à l'Elysée », « à la préfecture »                           the seat, the body
    """
    base = max(cue.high, cue.inverted or 0)
    for j in range(base + 1, min(base + REACH, len(scene.tokens))):
        token = scene.tokens[j]
        low = scene.lower[j]
        if (
            token.masked
            or low in (",", ".", ";", ":", "que", "qu'")
            or "VerbForm=Fin" in token.morph
        ):
            return None
        for read in (_nearest_noun, _source, _circle, _seat):
            floor = read(scene, j, words)
            if floor is not None:
                return _party(scene, floor)
    return None


def _party(scene: ParsedSentence, floor: int) -> Span | None:
    head = scene.find(floor, floor + 5, lambda k: scene.tokens[k].pos in NOMINAL)
    if head is None or scene.tokens[head].masked:
        return None
    ceiling = scene.find(head, len(scene.tokens), lambda k: scene.lower[k] in (",", "."))
    top = None if ceiling is None else ceiling - 1
    return noun_phrase(scene, head, floor=floor, ceiling=top)


def _nearest_noun(scene: ParsedSentence, j: int, words: Lexicon) -> int | None:
    size = max(taken_by(scene, j, tuple(phrase.split())) for phrase in words.behind["near"])
    return j + size if size else None


def _source(scene: ParsedSentence, j: int, words: Lexicon) -> int | None:
    if scene.lower[j] not in ("de", "d'", "d’"):
        return None
    near = scene.lower[j + 1 : j + 4]
    return j + 1 if words.behind["sources"].intersection(near) else None


def _circle(scene: ParsedSentence, j: int, words: Lexicon) -> int | None:
    if scene.lower[j] != "dans":
        return None
    return j + 1 if words.behind["circles"].intersection(scene.lower[j + 1 : j + 4]) else None


def _seat(scene: ParsedSentence, j: int, words: Lexicon) -> int | None:
    if scene.lower[j] not in ("à", "au"):
        return None
    start = scene.tokens[j].span.end
    if any(seat in scene.text[start : start + 22] for seat in words.behind["seats"]):
        return j + 1
    if scene.lower[j] == "à" and scene.lower[j + 1 : j + 2] not in (("la",), ("l'",), ("l’",)):
        return None
    nouns = people.words().nouns
    near = (nouns.get(low) for low in scene.lower[j + 1 : j + 3])
    return j + 1 if any(noun is not None and noun.kind in BODIES for noun in near) else None
