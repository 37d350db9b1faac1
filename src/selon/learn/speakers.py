"""Learn what each sign counts for when a statement's speaker is chosen.

    python -m selon.learn.speakers GOLD.jsonl … --held-out IDS.txt [--model MODEL.zip] [--folds 5]

GOLD.jsonl holds articles with statements whose speakers are named; IDS.txt the articles that are kept
apart. The reader's network has learnt from the others; of names it knows little more there than
elsewhere: learnt from them, the signs choose as well as when learnt from articles kept apart.
Each statement makes two choices where it is read (the gold's own spans, and those that the network
reads) among all who may speak there; a log-linear model of their signs is fitted to all choices at
once (conditional likelihood, quadratic penalty, AdaGrad). `--folds` reports the share of right
choices on articles left out; without it the table is written to `data/speakers.tsv`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from selon import contract, lang, pipeline
from selon.reading import segment
from selon.reading.coref import resolve_mentions
from selon.reading.coref.answers import Naming
from selon.reading.coref.learnt_links import by_signs, choose_speakers
from selon.reading.coref.mentions import MentionDraft
from selon.reading.coref.pronoun_choice import by_weight
from selon.reading.coref.speaking import BINS, FORMS, Option
from selon.reading.coref.word_lists import PeopleWords
from selon.reading.reader import Network, load
from selon.reading.reader.decode import OVERLAP, SIZE
from selon.reading.reader.tokens import tokenize, windows
from selon.records import Antecedent, Span, Statement
from selon.score import characters, jaccard, same_name

STEPS = 300
RATE = 0.3
PENALTY = 10.0
# … of a sign that says how the speaker stands in the text as well.
NARROW = 30.0
# What a reader expects before any article is seen.
PRIOR = {
    **{
        f"share.{b}": w
        for b, w in zip(BINS, (1.0, 0.8, 0.8, 0.7, 0.7, 0.5, 0.5, 0.5, 0.4), strict=True)
    },
    **{f"itself.{b}": 0.3 for b in BINS},
    "found": 1.0,
    "name.found": 3.0,
    "nominal.found": 0.5,
    "pronoun.found": 0.3,
    "several.own": 4.0,
    "found.who.generic": -1.0,
    "found.who.role": -0.3,
    "found.who.ahead": -1.0,
    "gender.clash": -1.5,
    "number.clash": -1.5,
    "across": -2.0,
    "outer": -1.0,
    "in.content": -0.7,
    "last": 0.3,
    "none.last": 0.3,
    "named": 0.3,
    "kind.person": 0.3,
    "kind.thing": -1.0,
    "kind.country": -0.5,
}
# A sign is learnt where it is seen so often.
SEEN = 4
TABLE = Path(__file__).parent.parent / "data" / "speakers.tsv"


@dataclass(frozen=True, slots=True)
class Choice:
    """One statement: the signs of each option, and which options are right."""

    options: tuple[tuple[str, ...], ...]
    right: frozenset[int]


def choices(
    text: str,
    parsed: tuple[Sequence[Any], Sequence[Any]],
    statements: Sequence[Statement],
    found: tuple[Mapping[str, Sequence[Antecedent]], Mapping[str, str | None]],
    words: PeopleWords,
) -> list[Choice]:
    """The choices that a text offers; earlier statements count as the table that stands tells them:
    told the right way, they would teach too much trust in whoever spoke last.

    `found` has the reader's antecedents and the right name by a statement's id; a name that is
    None means that nobody is named, a statement that is not there teaches nothing.
    """
    antecedents, names = found
    made: list[Choice] = []
    read = resolve_mentions(text, parsed, statements, words, by_weight(words))
    naming = Naming(read, words, {})
    guess = by_signs(words)

    def called(option: Option, statement: Statement) -> str | None:
        own: Sequence[MentionDraft] = read.parts.get(f"{statement.id}/speaker", ())
        if option.sort == "own":
            return " ".join(naming.name(m.who) for m in own if m.who is not None)
        if option.place is not None:
            return option.place.of(text)
        if option.sort == "itself":
            return text[own[0].start : own[0].end]
        return naming.name(option.who) if option.who is not None else None

    def choose(statement: Statement, options: Sequence[Option]) -> tuple[int, float] | None:
        if statement.id not in names:
            return guess(statement, options)
        name = names[statement.id]
        right = [
            n
            for n, option in enumerate(options)
            if (same_name(name, called(option, statement)) if name else option.sort == "nobody")
        ]
        if not right:
            return guess(statement, options)
        made.append(Choice(tuple(o.signs for o in options), frozenset(right)))
        return guess(statement, options)

    choose_speakers(read, statements, antecedents, choose)
    return made


@dataclass(frozen=True, slots=True)
class Table:
    """Choices as arrays: the sign of each use, the option it belongs to, that option's choice."""

    signs: tuple[str, ...]
    sign: npt.NDArray[np.int64]
    option: npt.NDArray[np.int64]
    choice: npt.NDArray[np.int64]
    right: npt.NDArray[np.float64]


def table(made: Sequence[Choice], known: Sequence[str] | None = None) -> Table:
    """The choices with the signs that are seen often enough, or with those that are `known`."""
    if known is None:
        count: dict[str, int] = {}
        for choice in made:
            for sign in {s for option in choice.options for s in option}:
                count[sign] = count.get(sign, 0) + 1
        known = sorted(s for s, n in count.items() if n >= SEEN)
    number = {s: n for n, s in enumerate(known)}
    uses: list[int] = []
    option: list[int] = []
    owner: list[int] = []
    right: list[float] = []
    for n, choice in enumerate(made):
        for k, signs in enumerate(choice.options):
            for name in signs:
                if name in number:
                    uses.append(number[name])
                    option.append(len(owner))
            owner.append(n)
            right.append(float(k in choice.right))
    places = [np.array(x, np.int64) for x in (uses, option, owner)]
    return Table(tuple(known), places[0], places[1], places[2], np.array(right))


def shares(data: Table, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The share of belief of each option in its choice."""
    sums = np.bincount(data.option, weights[data.sign], len(data.choice))
    powers: npt.NDArray[np.float64] = np.exp(np.clip(sums, -30, 30))
    return powers / np.bincount(data.choice, powers)[data.choice]


def fit(data: Table) -> npt.NDArray[np.float64]:
    """The weights that make the right choices most likely, held near the prior by a penalty."""
    prior = np.array([PRIOR.get(s, 0.0) for s in data.signs])
    narrow = [s.split(".")[0] in FORMS for s in data.signs]
    penalty = np.where(narrow, NARROW, PENALTY)
    weights = prior.copy()
    memory = np.full(len(data.signs), 1e-6)
    for _ in range(STEPS):
        share = shares(data, weights)
        good = share * data.right
        all_good = np.bincount(data.choice, good)[data.choice]
        pull = good / np.maximum(all_good, 1e-12) - share
        slope = np.bincount(data.sign, pull[data.option], len(weights)) - penalty * (
            weights - prior
        )
        memory += slope * slope
        weights = weights + RATE * slope / np.sqrt(memory)
    return weights


def share_right(data: Table, weights: npt.NDArray[np.float64]) -> float:
    """The share of choices whose likeliest option is right."""
    share = shares(data, weights)
    best: dict[int, int] = {}
    for n, choice in enumerate(data.choice.tolist()):
        if choice not in best or share[n] > share[best[choice]]:
            best[choice] = n
    return float(np.mean([data.right[n] for n in best.values()])) if best else 0.0


def folds(texts: Sequence[Sequence[Choice]], number: int) -> tuple[float, int]:
    """The share of right choices on articles left out, and how many choices that is of."""
    order = list(range(len(texts)))
    random.Random(7).shuffle(order)
    right, total = 0.0, 0
    for part in range(number):
        inside = table([c for n in order if n % number != part for c in texts[n]])
        outside = [c for n in order if n % number == part for c in texts[n]]
        if outside:
            right += share_right(table(outside, inside.signs), fit(inside)) * len(outside)
        total += len(outside)
    return right / max(1, total), total


def write(data: Table, weights: npt.NDArray[np.float64], path: Path) -> None:
    """The table as it ships, heaviest first."""
    order = sorted(zip(data.signs, weights.tolist(), strict=True), key=lambda x: (-x[1], x[0]))
    lines = [
        "# What each sign counts for when a statement's speaker is chosen.",
        "# Learnt by selon.learn.speakers; see docs/who.md.",
        *(f"{sign}\t{weight:.3f}" for sign, weight in order if abs(weight) >= 0.01),
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


Json = dict[str, Any]


def of_articles(gold: Iterable[Json], network: Network) -> Iterator[list[Choice]]:
    """The choices of gold articles: by the gold's statements, and by those that the network reads."""
    for one in gold:
        article = contract.from_json({**one, "statements": [], "entities": []}).article
        pack = lang.load(article.language or lang.DEFAULT)
        prepared = pipeline.parse_article(pipeline.prepare(article, pack), pack)
        parsed = (prepared.sentences, prepared.quotes)
        told = contract.from_json({**one, "entities": []}).statements
        named = {s["id"]: s["speaker"].get("name") for s in one["statements"]}
        made = choices(
            article.text, parsed, told, (places(article.text, told, network), named), pack.people
        )
        reading, drafts = pipeline.read_with_drafts(article, pack, network)
        seen = {sid: draft.antecedents for sid, draft in drafts.items()}
        found = (seen, matched(one, reading.statements))
        yield made + choices(article.text, parsed, reading.statements, found, pack.people)


def places(
    text: str, statements: Sequence[Statement], network: Network
) -> dict[str, tuple[Antecedent, ...]]:
    """Where the network sees the speakers of given statements named."""
    paragraphs = segment.paragraphs(text)
    tokens = tokenize(text, paragraphs, segment.quotes(text, paragraphs), network.tokenizer)
    parts = windows(tokens, SIZE, OVERLAP)
    if not parts:
        return {}
    own = zip(parts, network.hidden(tokens, parts), strict=True)
    states = np.concatenate([h[w.first - w.start : w.last - w.start] for w, h in own])

    def rows(span: Span) -> range:
        start = int(np.searchsorted(tokens.ends, span.start, "right"))
        return range(start, int(np.searchsorted(tokens.starts, span.end, "left")))

    found: dict[str, tuple[Antecedent, ...]] = {}
    for statement in statements:
        anchor = [n for s in (statement.cue or statement.content)[:1] for n in rows(s)]
        words = [n for s in statement.speaker.spans for n in rows(s)]
        if not anchor:
            continue
        mean = states[words].mean(0) if words else np.zeros(states.shape[1], np.float32)
        chances = network.names(states[anchor[0]][None], mean[None], states)[0, 1:]
        found[statement.id] = tuple(
            Antecedent(Span(int(tokens.starts[n]), int(tokens.ends[n])), float(chances[n]))
            for n in np.flatnonzero(chances > 0.01)
        )
    return found


def matched(gold: Json, read: Sequence[Statement]) -> dict[str, str | None]:
    """The right name of each statement that was read, where gold has the like of it."""
    wanted = [characters(gold["text"], s["content"]) for s in gold["statements"]]
    names: dict[str, str | None] = {}
    for statement in read:
        own = characters(gold["text"], [[s.start, s.end] for s in statement.content])
        best = max(range(len(wanted)), key=lambda n: jaccard(wanted[n], own), default=None)
        if best is not None and jaccard(wanted[best], own) >= 0.5:
            names[statement.id] = gold["statements"][best]["speaker"].get("name")
    return names


def main(argv: Sequence[str] | None = None) -> int:
    """Learn the table, or with --folds only say how well it would do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args(argv)
    held_out = set(options.held_out.read_text("utf-8").split("\n"))
    lines = (line for path in options.gold for line in path.read_text("utf-8").splitlines())
    gold = (one for one in map(json.loads, lines) if one["id"] not in held_out)
    network = load(options.model) if options.model else load()
    texts = list(of_articles(gold, network))
    if options.folds:
        share, number = folds(texts, options.folds)
        sys.stdout.write(f"right {share:.4f} of {number} choices, articles left out\n")
        return 0
    data = table([choice for made in texts for choice in made])
    write(data, fit(data), TABLE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
