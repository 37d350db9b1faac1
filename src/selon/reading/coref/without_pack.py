"""Who speaks in a language without a pack: by the reader's antecedents and the words themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from selon.names import fold
from selon.reading.coref.parties import subjects
from selon.records import Antecedent, Entity, Judgement, Mention, Span, Spans, Statement

# Of all chances, the share from which a place is believed to name the speaker.
BELIEVED: Final = 0.5
# Words of one name stand no further apart.
GAP: Final = 2


@dataclass(slots=True)
class _NameGroup:
    name: str
    mentions: dict[Span, Mention] = field(default_factory=dict)


def entities_of_names(
    text: str, statements: Sequence[Statement], antecedents: Mapping[str, Sequence[Antecedent]]
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """An entity for each name, and who each party is; equal words are one, and a surname is the
    one person's who bears it.

    A party's own words name it, but where the reader sees its name elsewhere in the article.
    """
    bodies: dict[str, _NameGroup] = {}
    found: list[tuple[str, str | None, float]] = []
    for statement in statements:
        for subject, spans in subjects(statement):
            own = _words(text, spans)
            place, chance = None, 1.0
            if subject.endswith("/speaker"):
                place, chance = _likeliest(antecedents.get(statement.id, ()))
            name = " ".join(place.of(text).split()) if place is not None else own
            if not name:
                found.append((subject, None, 0.0))
                continue
            key = fold(name)
            body = bodies.setdefault(key, _NameGroup(name))
            for span in (*spans, *((place,) if place is not None else ())):
                body.mentions.setdefault(
                    span, Mention(span, "name" if span == place else "nominal")
                )
            found.append((subject, key, min(1.0, chance)))
    bearers = _bearers(bodies)
    for key, bearer in bearers.items():
        bodies[bearer].mentions.update(bodies.pop(key).mentions)
    ids = {key: f"e{n}" for n, key in enumerate(bodies, 1)}
    ids |= {key: ids[bearer] for key, bearer in bearers.items()}
    entities = tuple(
        Entity(ids[key], "unknown", body.name, tuple(sorted(body.mentions.values(), key=_place)))
        for key, body in bodies.items()
    )
    return entities, tuple(_judgement(*one, ids) for one in found)


def _bearers(bodies: Mapping[str, _NameGroup]) -> dict[str, str]:
    """Whose each lone surname is: « Merkel » of the only « Angela Merkel »; nobody's of two."""
    fuller: dict[str, list[str]] = {}
    for key, body in bodies.items():
        words = body.name.split()
        if len(words) > 1 and all(w[:1].isupper() for w in words):
            fuller.setdefault(key.split()[-1], []).append(key)
    return {
        key: fuller[key][0]
        for key in bodies
        if " " not in key and len(fuller.get(key, ())) == 1 and fuller[key][0] != key
    }


def _judgement(subject: str, key: str | None, chance: float, ids: Mapping[str, str]) -> Judgement:
    if key is None:
        return Judgement(subject, "unknown", None, "rule:who.no-mention", 0.0)
    return Judgement(subject, "is", ids[key], "rule:who.learnt", round(chance, 3))


def _place(mention: Mention) -> Span:
    return mention.span


def _words(text: str, spans: Spans) -> str:
    return " ".join(" ".join(s.of(text) for s in spans).split())


def _likeliest(found: Sequence[Antecedent]) -> tuple[Span | None, float]:
    """The likeliest run of words, and the chance of all runs together."""
    runs: list[tuple[Span, float]] = []
    for one in sorted(found, key=lambda a: a.span):
        if runs and one.span.start - runs[-1][0].end <= GAP:
            runs[-1] = (Span(runs[-1][0].start, one.span.end), runs[-1][1] + one.chance)
        else:
            runs.append((one.span, one.chance))
    total = sum(chance for _, chance in runs)
    if total < BELIEVED:
        return None, 1.0 - total
    return max(runs, key=lambda run: run[1])[0], total
