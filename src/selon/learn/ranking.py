"""Train a language's ranking of candidates from annotated articles.

A logistic regression over the features that the grammar's rules leave (scikit-learn, L2); the
weights are written as a table that a person can read. The least score that is believed is the one
at which cross-validation (by article) gives the best mean of joint and content F1.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from selon import contract, pipeline
from selon.lang import Pack
from selon.reading import detect, gbdt, rank
from selon.reading.rank import Weights
from selon.records import Candidate, Reading, Spans

SKIP: Final = frozenset(" \t\n\r\u00a0\u202f\u2009«»“”„\"‹›‘’'")
STRENGTH: Final = 0.4
RAREST: Final = 2
FOLDS: Final = 5
LEVELS: Final = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True)
class Lesson:
    """A gold article with the candidates of each sentence, and which of them are right."""

    gold: Reading
    prepared: pipeline.Prepared
    candidates: tuple[tuple[Candidate, ...], ...]
    right: tuple[tuple[float, ...], ...]


def lessons(golds: Sequence[Reading], pack: Pack) -> Iterator[Lesson]:
    """Each gold article parsed, its candidates proposed and judged."""
    for gold in golds:
        whole = pipeline.parse_article(pipeline.prepare(gold.article, pack), pack)
        found = detect.candidates(pipeline.scenes(whole), pack.grammar)
        known = answers(gold)
        text = gold.article.text
        right = tuple(tuple(rightness(text, known, c) for c in many) for many in found)
        yield Lesson(gold, whole, found, right)


def characters(text: str, spans: Spans) -> frozenset[int]:
    """The places of the characters that count: no white space, no quotation marks."""
    return frozenset(i for s in spans for i in range(s.start, s.end) if text[i] not in SKIP)


@dataclass(frozen=True)
class GoldAnswer:
    """A gold statement by the characters that count: of its words, its speaker, its cue."""

    content: frozenset[int]
    speaker: frozenset[int]
    cue: frozenset[int]


def answers(gold: Reading) -> list[GoldAnswer]:
    """The gold statements of an article, as candidates are held against them."""
    text = gold.article.text
    return [
        GoldAnswer(
            characters(text, s.content),
            characters(text, s.speaker.spans),
            characters(text, s.cue),
        )
        for s in gold.statements
    ]


def nearest(mine: frozenset[int], known: Sequence[GoldAnswer]) -> tuple[float, GoldAnswer | None]:
    """The answer that shares most with some words, and the share (Jaccard)."""
    best, match = 0.0, None
    for answer in known:
        both = len(mine & answer.content)
        share = both / (len(mine) + len(answer.content) - both) if both else 0.0
        if share > best:
            best, match = share, answer
    return best, match


def rightness(text: str, known: Sequence[GoldAnswer], candidate: Candidate) -> float:
    """1 where the content matches a gold one and the speaker too, 0 where neither; between, a doubt."""
    best, match = nearest(characters(text, candidate.content), known)
    if best < 0.5 or match is None:
        return 0.0 if best < 0.3 else 0.1
    theirs = match.speaker
    return 1.0 if not theirs or theirs & characters(text, candidate.speaker) else 0.0


def fit(taught: Iterable[Lesson], min_score: float = 0.4) -> Weights:
    """The weights that some lessons teach."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [
        (c.features, right)
        for lesson in taught
        for many, rights in zip(lesson.candidates, lesson.right, strict=True)
        for c, right in zip(many, rights, strict=True)
    ]
    counts = Counter(f for features, _ in rows for f in features)
    vectors = DictVectorizer()
    table = vectors.fit_transform([{f: 1.0 for f in fs if counts[f] >= RAREST} for fs, _ in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    weight = [1.0 if right in (0.0, 1.0) else 0.5 for _, right in rows]
    model.fit(table, [int(right >= 0.5) for _, right in rows], sample_weight=weight)
    names: Any = vectors.get_feature_names_out()
    return Weights(
        {str(f): float(w) for f, w in zip(names, model.coef_[0], strict=True)},
        float(model.intercept_[0]),
        min_score,
    )


def folds(
    taught: Sequence[Lesson], count: int = FOLDS
) -> Iterator[tuple[list[Lesson], list[Lesson]]]:
    """Pairs of what is taught and what is asked, by article, shuffled in a fixed way."""
    order = list(taught)
    random.Random(1).shuffle(order)
    for n in range(count):
        yield [x for i, x in enumerate(order) if i % count != n], order[n::count]


def answer(lesson: Lesson, pack: Pack) -> Reading:
    """The reading of a lesson's article under a pack's weights."""
    return pipeline.finish(lesson.prepared, pack)


def count_believed(lesson: Lesson, weights: Weights) -> int:
    """How many candidates of a lesson some weights believe."""
    return sum(len(rank.rank(many, weights)) for many in lesson.candidates)


def read_gold(paths: Sequence[Path]) -> list[Reading]:
    """The gold readings of some JSON Lines files."""
    import orjson

    return [
        contract.from_json(orjson.loads(line))
        for path in paths
        for line in path.read_bytes().splitlines()
        if line.strip()
    ]


def write(weights: Weights, path: Path, paths: Sequence[Path], note: str) -> None:
    """The weights as a table, heaviest first, with the digest of what they were learnt from."""
    digest = sha256(b"".join(p.read_bytes() for p in paths)).hexdigest()[:16]
    lines = [
        "# Learnt by `selon train-grammar`; do not edit. A positive weight speaks for a statement.",
        f"# from: {', '.join(p.name for p in paths)} (sha256 {digest})",
        f"# {note}",
        f"(least)\t{weights.min_score}",
    ]
    chooser = weights.chooser
    if chooser is None:
        lines.append(f"(constant)\t{weights.constant:.4f}")
        ordered = sorted(weights.of.items(), key=lambda p: (-abs(p[1]), p[0]))
        lines += [f"{name}\t{weight:.4f}" for name, weight in ordered if abs(weight) >= 0.005]
    else:
        lines.append(f"(base)\t{chooser.base:.4f}")
        lines.append("(constant)\t" + "\t".join(f"{c:.4f}" for c in chooser.constants))
        rows = sorted(chooser.of.items(), key=lambda p: (-max(map(abs, p[1])), p[0]))
        lines += ["\t".join([name, *(f"{w:g}" for w in many)]) for name, many in rows]
        trees = [*lines[:3], "# tree, node, sign (= a leaf), value, where a question leads"]
        trees += gbdt.tree_lines(chooser.trees)
        path.with_name("trees.tsv").write_text("\n".join(trees) + "\n", encoding="utf-8")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def raw_gold(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """The gold as it is written, by id: what the scorer compares with."""
    import orjson

    return {
        value["id"]: value
        for path in paths
        for line in path.read_bytes().splitlines()
        if line.strip()
        for value in [orjson.loads(line)]
    }
