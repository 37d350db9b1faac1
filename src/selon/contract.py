"""The exchange record `selon/1`: readings to and from plain JSON values.

The public schema is shipped as `contract/reading.schema.json`. Inside Selon, who a party is stands
in judgements; here they are joined to it (`entity`, `name`), and read back from it.
"""

from __future__ import annotations

from typing import Any, Final

from selon.records import (
    Article,
    Entity,
    Judgement,
    Mention,
    Party,
    Reading,
    Span,
    Spans,
    Statement,
    Time,
    Via,
    Voice,
)
from selon.statement_people import StatementPart, entity_ids, identity_scores, parts_of

SCHEMA: Final = "selon/1"
Json = dict[str, Any]


def to_json(reading: Reading) -> Json:
    """A reading as the contract's JSON object; every span is a pair of code point offsets."""
    article = reading.article
    names = {e.id: e.name for e in reading.entities}
    who = entity_ids(reading)
    scores = identity_scores(reading)

    def party(part: StatementPart) -> Json:
        entity = who.get(part.subject)
        return {"spans": _pairs(part.spans), "entity": entity, "name": names.get(entity or "")}

    def statement(s: Statement) -> Json:
        parts = parts_of(s)
        sure = scores.get(parts.speaker.subject)
        return {
            "id": s.id,
            "form": s.form,
            "content": _pairs(s.content),
            "cue": _pairs(s.cue),
            "speaker": party(parts.speaker),
            "addressees": [party(a) for a in parts.addressees],
            "via": [{**party(v), "cue": _pairs(v.cue)} for v in parts.via],
            "within": s.within,
            "said": s.said,
            "stance": s.stance,
            "score": round(s.score, 4),
            "speaker_score": None if sure is None else round(sure, 4),
            "why": list(s.why),
        }

    return {
        "schema": SCHEMA,
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "language": article.language or "und",
        "published": article.published,
        "page": article.page,
        "text": article.text,
        "entities": [_entity(e) for e in reading.entities],
        "times": [{"span": _pair(t.span), "edtf": t.edtf} for t in reading.times],
        "statements": [statement(s) for s in reading.statements],
        "voices": [
            {"span": _pair(v.span), "voice": v.voice, "statement": v.statement}
            for v in reading.voices
        ],
    }


def from_json(value: Json) -> Reading:
    """A reading from the contract's JSON object; also takes gold, where some keys are absent."""
    article = Article(
        id=value["id"],
        text=value["text"],
        language=value.get("language"),
        title=value.get("title"),
        outlet=value.get("outlet"),
        published=value.get("published"),
        url=value.get("url"),
        authors=tuple(value.get("authors") or ()),
        page=value.get("page"),
    )
    judgements: list[Judgement] = []
    statements = tuple(_statement(s, judgements) for s in value.get("statements") or ())
    return Reading(
        article=article,
        statements=statements,
        entities=tuple(_read_entity(e) for e in value.get("entities") or ()),
        times=tuple(Time(Span(*t["span"]), t["edtf"]) for t in value.get("times") or ()),
        voices=tuple(
            Voice(Span(*v["span"]), v["voice"], v["statement"]) for v in value.get("voices") or ()
        ),
        judgements=tuple(judgements),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _spans(pairs: list[list[int]] | None) -> Spans:
    return tuple(Span(a, b) for a, b in pairs or ())


def _entity(e: Entity) -> Json:
    return {
        "id": e.id,
        "type": e.type,
        "name": e.name,
        "mentions": [{"span": _pair(m.span), "form": m.form} for m in e.mentions],
        "roles": list(e.roles),
        "kb": e.kb,
    }


def _read_entity(value: Json) -> Entity:
    return Entity(
        id=value["id"],
        type=value["type"],
        name=value["name"],
        mentions=tuple(Mention(Span(*m["span"]), m["form"]) for m in value["mentions"]),
        roles=tuple(value["roles"]),
        kb=value["kb"],
    )


def _statement(value: Json, judgements: list[Judgement]) -> Statement:
    def spans(subject: str, part: Json, score: float | None = None) -> Spans:
        if part.get("entity"):
            chance = 1.0 if score is None else score
            judgements.append(Judgement(subject, "is", part["entity"], "contract", chance))
        return _spans(part.get("spans"))

    sid = value["id"]
    return Statement(
        id=sid,
        form=value["form"],
        content=_spans(value["content"]),
        cue=_spans(value.get("cue")),
        speaker=Party(
            spans(f"{sid}/speaker", value.get("speaker") or {}, value.get("speaker_score"))
        ),
        addressees=tuple(
            Party(spans(f"{sid}/addressee/{n}", a))
            for n, a in enumerate(value.get("addressees") or ())
        ),
        via=tuple(
            Via(spans(f"{sid}/via/{n}", v), _spans(v.get("cue")))
            for n, v in enumerate(value.get("via") or ())
        ),
        within=value.get("within"),
        said=value.get("said"),
        stance=value.get("stance", "asserted"),
        score=value.get("score", 1.0),
        why=tuple(value.get("why") or ()),
    )
