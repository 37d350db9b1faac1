"""Learn what each sign counts for when a pronoun's antecedent is chosen.

    python -m selon.learn.pronouns fr POPCORN.json [--readings GOLD.jsonl …] [--folds 5]

POPCORN.json is the POPCORN-fr corpus (MIT): texts with entities and their mentions. GOLD.jsonl
holds gold readings, whose speakers are named: they teach the pronouns that speak. Each pronoun
that stands for a named or described entity makes one choice among the candidates that
`selon.reading.coref` would weigh; a log-linear model of their signs is fitted to all choices at once
(conditional likelihood, quadratic penalty, plain gradient descent), so that a weight reads: this
much for, this much against. `--folds` reports the share of right choices on texts left out;
without it the table is written to the language folder's `pronouns.tsv`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from selon import contract, lang, pipeline
from selon.lang import Pack
from selon.names import fold
from selon.reading.coref import resolve_mentions
from selon.reading.coref.mentions import EntityCluster, MentionDraft
from selon.reading.coref.pronoun_choice import PronounContext, features, score_candidates
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Article, Quote, Sentence, Statement

STEPS = 150
RATE = 0.5
PENALTY = 1.0
# What a reader expects before any corpus is seen: people, subjects and the last speaker go on.
PRIOR = {
    "last.speaker": 1.0,
    "last.speaker.speaks": 1.5,
    "named": 0.8,
    "kind.person": 1.5,
    "kind.group": 0.8,
    "kind.name": 0.5,
    "same.sentence": 1.0,
    "next.sentence": 0.8,
    "subject.here": 0.8,
    "subject.before": 0.6,
    "pronoun.before": 0.5,
    "complement": -0.5,
    "rank.0": 0.5,
    "gender.clash": -1.0,
    "speaks.from.quote": -1.0,
    "speaks.subject": 1.0,
    "first.to.speak": 2.0,
    "one.among": -1.0,
    "this.latest": 2.0,
    "opens.before": 0.5,
    "thing.speaks": -1.5,
    "speaks.person": 0.5,
    "kind.country": -0.5,
    "kind.thing": -0.5,
}
POINTING = frozenset({"il", "elle", "ils", "elles", "lui", "eux"})
SMALL = frozenset(
    {
        *("le", "la", "les", "l", "un", "une", "des", "de"),
        *("du", "d", "m", "mme", "mlle", "dr", "me"),
    }
)
Parsed = tuple[Sequence[Sentence], Sequence[Quote]]


class Choice(NamedTuple):
    """One pronoun: the signs of each candidate, and which candidates are right."""

    options: tuple[tuple[str, ...], ...]
    right: frozenset[int]


class Spans(NamedTuple):
    """Where a text names or describes each entity, and whose each pronoun is."""

    whole: Mapping[int, list[tuple[int, int]]]
    pronouns: Mapping[tuple[int, int], int]


def gold(record: Mapping[str, Any], words: PeopleWords) -> Spans:
    """The mentions of a POPCORN text."""
    whole: dict[int, list[tuple[int, int]]] = {}
    pronouns: dict[tuple[int, int], int] = {}
    for n, entity in enumerate(record["entities"]):
        for mention in entity["mentions"]:
            place = (mention["start"], mention["end"])
            if mention["value"].lower() in POINTING:
                pronouns[place] = n
            elif mention["value"].lower() not in words.determiners:
                whole.setdefault(n, []).append(place)
    return Spans(whole, pronouns)


Right = Callable[[MentionDraft, EntityCluster, PronounContext], bool]


def in_spans(marked: Spans) -> Right:
    """Whether somebody is the entity whose pronoun stands there, by the annotated mentions."""

    def right(pronoun: MentionDraft, who: EntityCluster, scene: PronounContext) -> bool:
        entity = marked.pronouns.get((pronoun.start, pronoun.end))
        return entity is not None and any(
            m.form != "pronoun" and m.start < high and low < m.end
            for low, high in marked.whole.get(entity, ())
            for m in who.mentions
        )

    return right


def in_names(record: Mapping[str, Any]) -> Right:
    """Whether somebody has the name that a gold reading gives the speaker that stands there."""
    names = {
        tuple(span): set(fold(statement["speaker"]["name"] or "").split()) - SMALL
        for statement in record["statements"]
        for span in statement["speaker"]["spans"]
    }

    def right(pronoun: MentionDraft, who: EntityCluster, scene: PronounContext) -> bool:
        name = names.get((pronoun.start, pronoun.end))
        if not name:
            return False
        for mention in who.mentions:
            if mention.form == "pronoun":
                continue
            words = set(fold(mention.name or scene.page.text[mention.start : mention.end]).split())
            words -= SMALL
            if words and (words <= name or name <= words):
                return True
        return False

    return right


def choices(
    text: str, parsed: Parsed, statements: Sequence[Statement], is_right: Right, words: PeopleWords
) -> list[Choice]:
    """The choices that a text offers; earlier pronouns count as resolved the right way."""
    made: list[Choice] = []

    def choose(
        pronoun: MentionDraft, chosen: Sequence[EntityCluster], scene: PronounContext
    ) -> tuple[int, float] | None:
        right = frozenset(n for n, who in enumerate(chosen) if is_right(pronoun, who, scene))
        if not right:
            shares = score_candidates(pronoun, chosen, scene, words.weights)
            best = max(range(len(shares)), key=shares.__getitem__)
            return best, shares[best]
        options = tuple(tuple(features(pronoun, w, n, scene)) for n, w in enumerate(chosen))
        made.append(Choice(options, right))
        return min(right), 1.0

    resolve_mentions(text, parsed, statements, words, choose)
    return made


def fit(made: Sequence[Choice]) -> dict[str, float]:
    """The weights that make the right choices most likely, seldom signs held near the prior."""
    prior = PRIOR
    counts = Counter(s for c in made for option in c.options for s in set(option))
    weights = {s: prior.get(s, 0.0) for s, n in counts.items() if n >= 5 or s in prior}
    weights |= {s: w for s, w in prior.items() if s not in weights}
    memory = dict.fromkeys(weights, 1e-6)
    for _ in range(STEPS):
        slope = {s: PENALTY * (prior.get(s, 0.0) - w) for s, w in weights.items()}
        for choice in made:
            shares = _shares(choice.options, weights)
            good = sum(shares[n] for n in choice.right)
            for n, option in enumerate(choice.options):
                pull = (shares[n] / good if n in choice.right else 0.0) - shares[n]
                for sign in option:
                    if sign in slope:
                        slope[sign] += pull
        for sign, pull in slope.items():
            # AdaGrad: each weight steps by what it has moved so far.
            memory[sign] += pull * pull
            weights[sign] += RATE * pull / math.sqrt(memory[sign])
    return weights


def _shares(options: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    sums = [sum(weights.get(s, 0.0) for s in option) for option in options]
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    whole = sum(powers)
    return [p / whole for p in powers]


def share_right(made: Iterable[Choice], weights: Mapping[str, float]) -> float:
    """The share of choices whose heaviest candidate is right."""
    answers = []
    for choice in made:
        shares = _shares(choice.options, weights)
        answers.append(max(range(len(shares)), key=shares.__getitem__) in choice.right)
    return sum(answers) / max(1, len(answers))


def folds(texts: Sequence[Sequence[Choice]], number: int) -> tuple[float, float]:
    """The share of right choices on texts left out, and how many choices that is of."""
    order = list(range(len(texts)))
    random.Random(7).shuffle(order)
    right = total = 0.0
    for part in range(number):
        inside = [c for n in order if n % number != part for c in texts[n]]
        outside = [c for n in order if n % number == part for c in texts[n]]
        right += share_right(outside, fit(inside)) * len(outside)
        total += len(outside)
    return right / max(1, total), total


def write(weights: Mapping[str, float], path: Path) -> None:
    """The table as the language folder keeps it, heaviest first."""
    lines = [
        "# What each sign counts for when the antecedent of a pronoun is chosen.",
        "# Learnt by selon.learn.pronouns; see docs/en/explanation/who.md.",
    ]
    order = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    lines += [f"{sign}\t{weight:.3f}" for sign, weight in order if abs(weight) >= 0.01]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Learn the table, or with --folds only say how well it would do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--readings", type=Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args(argv)
    pack = lang.load(options.language)
    texts = [*_corpus(options.corpus, pack), *_readings(options.readings, pack)]
    if options.folds:
        share, number = folds(texts, options.folds)
        sys.stdout.write(f"right {share:.4f} of {number:.0f} choices, texts left out\n")
        return 0
    write(fit([c for made in texts for c in made]), lang.HERE / options.language / "pronouns.tsv")
    return 0


def _corpus(path: Path, pack: Pack) -> Iterator[list[Choice]]:
    records = json.loads(path.read_text("utf-8"))
    articles = [Article(key, record["text"], pack.code) for key, record in records.items()]
    for article, cut in zip(articles, parse_articles(articles, pack), strict=True):
        right = in_spans(gold(records[article.id], pack.people))
        yield choices(article.text, cut, (), right, pack.people)


def _readings(paths: Sequence[Path], pack: Pack) -> Iterator[list[Choice]]:
    records = [json.loads(x) for p in paths for x in p.read_text("utf-8").splitlines() if x]
    for record in records:
        for n, statement in enumerate(record["statements"]):
            statement.setdefault("id", f"s{n}")
    readings = [contract.from_json(record) for record in records]
    cuts = parse_articles([r.article for r in readings], pack)
    for record, reading, cut in zip(records, readings, cuts, strict=True):
        text = reading.article.text
        yield choices(text, cut, reading.statements, in_names(record), pack.people)


def parse_articles(articles: Sequence[Article], pack: Pack) -> Iterator[Parsed]:
    """The parsed sentences and the quotations of each article."""
    ready = (pipeline.parse_article(pipeline.prepare(article, pack), pack) for article in articles)
    return ((p.sentences, p.quotes) for p in ready)


if __name__ == "__main__":
    raise SystemExit(main())
