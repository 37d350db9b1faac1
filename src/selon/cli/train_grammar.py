"""`selon train-grammar`: learn a language's ranking from gold articles."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from selon import contract, lang
from selon.errors import SelonError
from selon.i18n import _
from selon.lang import Pack
from selon.learn import judged_sentences, ranking, reranker
from selon.reading.rank import Weights
from selon.score import score

SAME = 0.001


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `selon train-grammar` takes."""
    parser.add_argument("gold", nargs="+", type=Path, help=_("gold articles, JSON Lines"))
    parser.add_argument("--lang", default=lang.DEFAULT, help=_("the language's code"))
    parser.add_argument(
        "--judged", type=Path, help=_("sentences judged by hand, JSON Lines (offsets only)")
    )
    parser.add_argument(
        "--texts", type=Path, help=_("the texts of --judged, JSON Lines or its gzip")
    )
    parser.add_argument(
        "--threshold",
        dest="min_score",
        type=float,
        metavar="SCORE",
        help=_(
            "accept candidates from this score on (default: the best found by cross-validation)"
        ),
    )
    parser.add_argument(
        "--rerank",
        dest="rivals",
        action="store_true",
        help=_(
            "also train the reranker of competing candidates (needs a few hundred gold articles)"
        ),
    )
    parser.add_argument(
        "--folds",
        dest="parts",
        type=int,
        default=ranking.FOLDS,
        help=_("folds of the cross-validation; 0 with --threshold: train and write at once"),
    )
    parser.add_argument("--dry", action="store_true", help=_("cross-validate only; write nothing"))
    parser.epilog = "selon train-grammar gold/fr/train.jsonl gold/fr/train-agency.jsonl"


def run(args: argparse.Namespace) -> int:
    """Cross-validate, choose the threshold, train on all, write the weights."""
    pack = lang.load(args.lang)
    taught = list(ranking.lessons(ranking.read_gold(args.gold), pack))
    more = _judged_lessons(args, pack)
    learn = _learner(args)
    best = (-1.0, 0.4 if args.min_score is None else args.min_score, "no")
    parts = [
        (learn([*some, *more], best[1]), ask) for some, ask in ranking.folds(taught, args.parts)
    ]
    for level in _levels(args.min_score) if parts else ():
        gold, got = {}, {}
        for weights, ask in parts:
            own = replace(pack, weights=replace(weights, min_score=level))
            for lesson in ask:
                gold[lesson.gold.article.id] = lesson.gold
                got[lesson.gold.article.id] = contract.to_json(ranking.answer(lesson, own))
        originals = ranking.raw_gold(args.gold)
        result, _differences = score(originals, got)
        line = (
            f"threshold {level}: joint {result['joint']['f1']} content {result['content']['f1']} "
            f"name {result['name']} form {result['form']} via {result['via']['f1']} "
            f"addressee {result['addressee']['f1']} direct {result['recall']['direct']['joint']}"
        )
        print(line, file=sys.stderr)
        worth = _worth(result)
        # Of levels that are worth the same, the lowest: it misses the fewest quotations.
        if worth > best[0] + SAME:
            best = (worth, level, line)
    if args.dry:
        return 0
    weights = learn([*taught, *more], best[1])
    path = lang.place(args.lang) / "weights.tsv"
    sources = [*args.gold, *([args.judged] if args.judged else [])]
    ranking.write(weights, path, sources, f"cross-validated by article: {best[2]}")
    print(path)
    return 0


def _learner(args: argparse.Namespace) -> Callable[[Sequence[ranking.Lesson], float], Weights]:
    """How the weights are learnt: alone, or against their competitors too."""
    if args.parts < 0 or args.parts == 1 or (not args.parts and args.min_score is None):
        raise SelonError(f"--folds {args.parts}: two or more; or 0, with --threshold")
    if not args.rivals:
        return ranking.fit
    if args.judged is not None:
        raise SelonError("--rerank learns from whole gold articles: leave out --judged")
    return lambda some, min_score: reranker.fit(
        [reranker.candidates_with_verdicts(x) for x in some], min_score
    )


def _levels(min_score: float | None) -> tuple[float, ...]:
    """The scores to try as thresholds."""
    if min_score is None:
        return ranking.LEVELS
    if not 0 <= min_score <= 1:
        raise SelonError(f"--threshold {min_score}: a score lies between 0 and 1")
    return (min_score,)


def _worth(result: dict[str, Any]) -> float:
    """What figures are worth together: the headline's two halves most, relays and addressees, being
    few, least. A level that only drops doubtful words is no better for one that loses quotations."""
    return float(
        result["joint"]["f1"]
        + result["content"]["f1"]
        + result["recall"]["direct"]["joint"] / 2
        + (result["via"]["f1"] + result["addressee"]["f1"]) / 4
    )


def _judged_lessons(args: argparse.Namespace, pack: Pack) -> list[ranking.Lesson]:
    """The lessons of the sentences judged by hand, if any are given."""
    if (args.judged is None) != (args.texts is None):
        raise SelonError("--judged and --texts go together: name both files")
    if args.judged is None:
        return []
    found = list(
        judged_sentences.lessons(
            judged_sentences.read(args.judged), judged_sentences.texts(args.texts), pack
        )
    )
    print(f"judged: {len(found)} articles", file=sys.stderr)
    return found
