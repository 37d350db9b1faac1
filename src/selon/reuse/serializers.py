"""The ledger's answers as plain data, the same for the command, the API and the MCP server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selon.reuse.alteration import names, types
from selon.reuse.family import Family
from selon.reuse.paraphrase import Suggestion
from selon.reuse.propagation import first_seen, independent, propagation_steps
from selon.reuse.quote_check import VERDICTS, QuoteCheck, QuoteFinding
from selon.reuse.reference import reference
from selon.reuse.reused_quotes import ReusedQuote


def family_json(found: Family, sayings: Mapping[str, ReusedQuote]) -> dict[str, Any]:
    """A family: what became of the words in each member, where they were first seen, the way."""
    full = reference(dict(sayings))
    first = first_seen(sayings.values())
    return {
        "reference": int(full.id),
        "score": found.score,
        "first_seen": {
            "statements": [int(i) for i in first.sayings],
            "earliest": first.earliest.isoformat() if first.earliest else None,
            "latest": first.latest.isoformat() if first.latest else None,
            "undated": [int(i) for i in first.undated],
        },
        "independent": independent(sayings.values()),
        "way": [
            {"source": s.source, "taker": s.taker, "by": int(s.by)}
            for s in propagation_steps(sayings.values())
        ],
        "members": [
            {**_quote_json(s), "types": list(names(types(full, s))) if s.id != full.id else []}
            for s in sayings.values()
        ],
        "links": [
            {"a": int(k.a), "b": int(k.b), "score": k.score, "by": k.by, "why": k.why}
            for k in found.links
        ],
    }


def check_json(done: QuoteCheck) -> dict[str, Any]:
    """The verdicts with their counts of articles, and each finding."""
    return {
        "words": done.words,
        "verdict": done.verdict,
        "articles": {v: done.articles(v) for v in VERDICTS if v != "not found"},
        "findings": [_finding_json(f) for f in done.findings],
        # Where the words stand in an article and in no statement: `statement` is null.
        "passages": [_finding_json(f) for f in done.passages],
    }


def _finding_json(found: QuoteFinding) -> dict[str, Any]:
    """One finding; `ruled` is what denied or doubted the words where they stand."""
    return {
        **_quote_json(found.saying),
        "verdict": found.verdict,
        "types": list(names(found.alterations)),
        "score": found.score,
        "speaker_told": found.speaker,
        "ruled": {"kind": found.ruled.kind, "words": found.ruled.words} if found.ruled else None,
    }


def suggestions_json(near: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """What may say the same in other words: each with its cosine and the rule."""
    return [{**_quote_json(s.saying), "cosine": s.cosine, "by": s.by} for s in near]


def _quote_json(one: ReusedQuote) -> dict[str, Any]:
    return {
        "statement": int(one.id) if one.id else None,
        "article": one.article,
        "outlet": one.outlet,
        "published": one.published,
        "speaker": one.speaker_name,
        "speaker_key": one.speaker_key,
        "words": one.words,
    }
