"""Learn to weigh candidates against their competitors: three linear sums, then small boosted trees.

The sums are logistic regressions (scikit-learn, L2): over all candidates; over those of cues that
attribute, which of them has the right words; over cues, whether they attribute at all. What the
trees learn from are sums of articles that those sums were not learnt from (cross-fitting).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from selon.learn.ranking import GoldAnswer, Lesson, answers, characters, nearest
from selon.reading.gbdt import Tree, TreeNode
from selon.reading.rank import Weights
from selon.reading.reranker import FEATURES, SAME_CONTENT_SHARE, Reranker, Sums, cue_key, features
from selon.records import Candidate

# Each candidate with what it is worth as an example: right or not, and how sure.
Verdict = tuple[float, float]
Marked = Sequence[tuple[Sequence[Candidate], Sequence[Verdict]]]

STRENGTHS: Final = (0.1, 0.1, 0.07)
RAREST: Final = 20
PARTS: Final = 3
MIN_WEIGHT: Final = 0.05
TREES: Final = {
    "max_iter": 100,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 80,
    "l2_regularization": 5.0,
    "random_state": 1,
}
SURE: Final = 1.0
UNSURE: Final = 0.5


def candidates_with_verdicts(lesson: Lesson) -> list[tuple[Sequence[Candidate], list[Verdict]]]:
    """The candidates of a lesson's sentences, each with its verdict."""
    text, known = lesson.gold.article.text, answers(lesson.gold)
    return [(many, [_verdict(text, c, known) for c in many]) for many in lesson.candidates]


def _verdict(text: str, candidate: Candidate, known: Sequence[GoldAnswer]) -> Verdict:
    """Right where the words match and the speaker does; where only the cue does, less surely so."""
    best, match = nearest(characters(text, candidate.content), known)
    if match is None or best < SAME_CONTENT_SHARE:
        return 0.0, SURE if best < 0.3 else UNSURE
    who, speaker = match.speaker, characters(text, candidate.speaker)
    if (who & speaker) if who and speaker else (not who and not speaker):
        return 1.0, SURE
    return (1.0, UNSURE) if match.cue & characters(text, candidate.cue) else (0.0, SURE)


@dataclass(frozen=True)
class _Table:
    """All candidates in a row, with their article, sentence and group (a cue of a sentence)."""

    candidates: list[Candidate]
    right: Any
    sure: Any
    article: Any
    sentences: list[tuple[int, int]]
    group: Any
    groups: int


def _table(articles: Sequence[Marked]) -> _Table:
    import numpy as np

    candidates: list[Candidate] = []
    verdicts: list[Verdict] = []
    article, group, sentences, groups = [], [], [], 0
    for number, sentence in ((n, s) for n, many in enumerate(articles) for s in many):
        start = len(candidates)
        seen: dict[tuple[bool, int], int] = {}
        for candidate, verdict in zip(*sentence, strict=True):
            place = seen.setdefault(cue_key(candidate), groups + len(seen))
            candidates.append(candidate)
            verdicts.append(verdict)
            article.append(number)
            group.append(place)
        groups += len(seen)
        sentences.append((start, len(candidates)))
    right, sure = np.array(verdicts, dtype=float).reshape(-1, 2).T
    return _Table(
        candidates, right, sure, np.array(article), sentences, np.array(group, dtype=int), groups
    )


def fit(articles: Sequence[Marked], min_score: float) -> Weights:
    """The weights that some marked articles teach."""
    table = _table(articles)
    counts = Counter(f for c in table.candidates for f in c.features)
    names = sorted(f for f, n in counts.items() if n >= RAREST)
    rows = _matrix(table.candidates, names)
    apart = _cross_fitted(table, rows)
    learnt = _sums(table, rows, table.article >= 0)
    trees, base = _trees(table, apart)
    columns = [model.coef_[0] for model in learnt]
    of = {
        name: (round(float(a), 2), round(float(b), 2), round(float(c), 2))
        for name, a, b, c in zip(names, *columns, strict=True)
        if max(abs(a), abs(b), abs(c)) >= MIN_WEIGHT
    }
    whole, span, cue = (float(model.intercept_[0]) for model in learnt)
    return Weights({}, 0.0, min_score, Reranker(of, (whole, span, cue), trees, base))


def _matrix(candidates: Sequence[Candidate], names: Sequence[str]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {name: n for n, name in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    for candidate in candidates:
        columns += [place[f] for f in dict.fromkeys(candidate.features) if f in place]
        ends.append(len(columns))
    shape = (len(candidates), len(names))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)


def _group_features(table: _Table, rows: Any) -> Any:
    """The features of each group: those that any of its candidates has."""
    import numpy as np
    from scipy.sparse import csr_matrix

    size = len(table.candidates)
    ones = csr_matrix((np.ones(size), (table.group, np.arange(size))), shape=(table.groups, size))
    joined = (ones @ rows).tocsr()
    joined.data[:] = 1.0
    return joined


def _sums(table: _Table, rows: Any, chosen: Any) -> tuple[Any, Any, Any]:
    """The three regressions over the candidates chosen."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    def regression(x: Any, y: Any, sure: Any, strength: float) -> Any:
        model = LogisticRegression(C=strength, solver="liblinear", tol=3e-3, random_state=1)
        return model.fit(x, y, sample_weight=sure)

    attributes = np.zeros(table.groups)
    np.maximum.at(attributes, table.group, table.right)
    held = np.zeros(table.groups, dtype=bool)
    held[table.group[chosen]] = True
    within = chosen & (attributes[table.group] > 0)
    best = _of_the_best(table)
    return (
        regression(rows[chosen], table.right[chosen], table.sure[chosen], STRENGTHS[0]),
        regression(rows[within], best[within], table.sure[within], STRENGTHS[1]),
        regression(_group_features(table, rows)[held], attributes[held], None, STRENGTHS[2]),
    )


def _of_the_best(table: _Table) -> Any:
    """Which candidates are right; where one of its cue has the speaker right too, it and its like alone."""
    import numpy as np

    surely = table.right * (table.sure >= SURE)
    found = np.zeros(table.groups)
    np.maximum.at(found, table.group, surely)
    return np.where(found[table.group] > 0, surely, table.right)


def _cross_fitted(table: _Table, rows: Any) -> list[Sums]:
    """The sums of each candidate by regressions that never saw its article."""
    import numpy as np

    out = np.zeros((len(table.candidates), 3))
    grouped = _group_features(table, rows)
    for part in range(PARTS):
        asked = table.article % PARTS == part
        whole, span, cue = _sums(table, rows, ~asked)
        out[asked, 0] = whole.decision_function(rows[asked])
        out[asked, 1] = span.decision_function(rows[asked])
        out[asked, 2] = cue.decision_function(grouped)[table.group[asked]]
    return [(float(a), float(b), float(c)) for a, b, c in out]


def _trees(table: _Table, sums: Sequence[Sums]) -> tuple[tuple[Tree, ...], float]:
    """Boosted trees over the features, carried over to our own nodes."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    found = [
        [one[name] for name in FEATURES]
        for low, high in table.sentences
        for one in features(table.candidates[low:high], sums[low:high])
    ]
    model: Any = HistGradientBoostingClassifier(**TREES)
    model.fit(np.array(found), table.right, sample_weight=table.sure)
    trees = tuple(_tree(stage[0].nodes) for stage in model._predictors)
    return trees, float(np.ravel(model._baseline_prediction)[0])


def _tree(nodes: Any) -> Tree:
    return tuple(
        TreeNode("", float(node["value"]))
        if node["is_leaf"]
        else TreeNode(
            FEATURES[node["feature_idx"]],
            float(node["num_threshold"]),
            int(node["left"]),
            int(node["right"]),
        )
        for node in nodes
    )
