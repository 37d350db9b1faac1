"""Sentences whose candidates a person judged: more to learn from where no article is annotated whole.

A judged file holds places and verdicts alone, never text, so that it may be kept where the texts may
not: one JSON object a line with `id`, `chars` (the text's length), `seen` (the sentences judged),
`right` (content and speaker of what is a statement) and `unsure` (contents left out of the lesson).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from selon import pipeline
from selon.errors import SelonError
from selon.lang import Pack
from selon.learn.ranking import Lesson, characters
from selon.reading import detect
from selon.records import Article, Candidate, Reading, Span, Spans

LIKE = 0.5
NEAR = 0.3


@dataclass(frozen=True)
class Judged:
    """What was judged of one article: see the module's account of the fields."""

    id: str
    chars: int
    seen: Spans
    right: tuple[tuple[Spans, Spans], ...]
    unsure: tuple[Spans, ...]


def read(path: Path) -> list[Judged]:
    """The judged articles of a JSON Lines file; a broken line is named."""
    import orjson

    out = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            value = orjson.loads(line)
            out.append(
                Judged(
                    value["id"],
                    value["chars"],
                    _spans(value["seen"]),
                    tuple((_spans(r["content"]), _spans(r["speaker"])) for r in value["right"]),
                    tuple(_spans(u) for u in value["unsure"]),
                )
            )
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise SelonError(f"{path}:{number}: {error}; mend or drop that line") from None
    return out


def texts(path: Path) -> dict[str, str]:
    """The texts of judged articles by id: JSON Lines of `id` and `article` or `text`, plain or gzip.

    Ids are as the gold has them: those of the OrangeSum articles are `or-` and their number.
    """
    import gzip

    import orjson

    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    values = [orjson.loads(line) for line in data.splitlines() if line.strip()]
    return {f"or-{v['id']}": str(v.get("article", v.get("text", ""))) for v in values}


def lessons(judged: Sequence[Judged], texts: Mapping[str, str], pack: Pack) -> Iterator[Lesson]:
    """A lesson for each judged article whose text is at hand and as long as it was."""
    known = [j for j in judged if len(texts.get(j.id, "")) == j.chars]
    for one in known:
        whole = pipeline.parse_article(pipeline.prepare(Article(one.id, texts[one.id]), pack), pack)
        found = detect.candidates(pipeline.scenes(whole), pack.grammar)
        kept, right = [], []
        for many in found:
            pairs = [(c, _verdict(one, c, texts[one.id])) for c in many]
            kept.append(tuple(c for c, verdict in pairs if verdict is not None))
            right.append(tuple(v for _, v in pairs if v is not None))
        yield Lesson(Reading(whole.article, ()), whole, tuple(kept), tuple(right))


def _verdict(judged: Judged, candidate: Candidate, text: str) -> float | None:
    """1 for a statement, 0 for none, a doubt between; nothing where nobody judged."""
    place = candidate.content[0].start
    if not any(s.start <= place < s.end for s in judged.seen):
        return None
    mine = characters(text, candidate.content)
    speaker = characters(text, candidate.speaker)
    best = 0.0
    for content, who in judged.right:
        theirs = characters(text, content)
        both = len(mine & theirs)
        share = both / (len(mine) + len(theirs) - both) if both else 0.0
        best = max(best, share)
        if share >= LIKE and (not who or characters(text, who) & speaker):
            return 1.0
    if any(mine & characters(text, u) for u in judged.unsure):
        return None
    return 0.1 if NEAR <= best < LIKE else 0.0


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(int(a), int(b)) for a, b in pairs)
