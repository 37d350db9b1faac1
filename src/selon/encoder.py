"""The parser's encoder made faster; what it answers stays the same.

Two thirds of the time of a spaCy pipeline of this kind go into matrix products of its encoder. Here
they are numpy's, whose library knows more processors than the one that spaCy brings (three times
as fast on a recent AMD, as fast elsewhere), and a word's embedding, which depends on the word
alone, is worked out once and remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Final

import numpy as np
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

# Attributes of a token that follow from its letters, its norm and whether a space comes after it.
OF_THE_WORD: Final = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "ORTH", "LOWER"}
# Some 40 MB at a width of 96, the keys included; the words of five thousand articles.
REMEMBERED: Final = 60_000

_Key = tuple[int, int, int]


class Products(NumpyOps):  # type: ignore[misc]
    """Thinc's operations with numpy's matrix product."""

    def gemm(
        self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """The product of two matrices, each transposed or not."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def hasten(nlp: Any) -> None:
    """Give the encoder of a loaded pipeline numpy's products and a memory for words.

    A pipeline that is made otherwise (no encoder called `tok2vec`, embeddings that look at a
    word's neighbours) is left as it is.
    """
    if "tok2vec" not in nlp.pipe_names:
        return
    encoder = nlp.get_pipe("tok2vec").model
    operations = Products()
    # The embeddings keep spaCy's own product: its rows do not depend on what stands beside them.
    embed = encoder.get_ref("embed") if encoder.has_ref("embed") else None
    kept = {id(node) for node in embed.walk()} if embed is not None else set()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if id(node) not in kept:
                node.ops = operations
    if embed is not None and encoder.layers[0] is embed and _of_words_alone(embed):
        encoder.layers[0] = remembering(embed)


@lru_cache(maxsize=1)
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def alone() -> AbstractContextManager[Any]:
    """One thread for numpy's products: the matrices are small, and cores are for processes."""
    context: AbstractContextManager[Any] = _threads().limit(limits=1, user_api="blas")
    return context


def _of_words_alone(embed: Any) -> bool:
    read = [node for node in embed.walk() if node.name == "extract_features"]
    return bool(read) and all(OF_THE_WORD.issuperset(node.attrs["columns"]) for node in read)


def remembering(embed: Any) -> Any:
    """The layer that answers as `embed` does, and asks it for new words only."""
    return Model("remembered", _forward, layers=[embed], attrs={"memory": _Memory()})


class _Memory:
    """The embeddings of words so far, a row each; forgotten all at once where they are too many."""

    def __init__(self) -> None:
        self.rows: dict[_Key, int] = {}
        self.table = np.zeros((0, 0), dtype=np.float32)

    def add(self, keys: Sequence[_Key], values: Any) -> None:
        """Keep the embeddings of some words."""
        at = len(self.rows)
        if at + len(keys) > len(self.table):
            grown = np.zeros((2 * (at + len(keys)) + 4096, values.shape[1]), dtype=np.float32)
            if at:
                grown[:at] = self.table[:at]
            self.table = grown
        self.table[at : at + len(keys)] = values
        self.rows.update(zip(keys, range(at, at + len(keys)), strict=True))


def _forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
    memory: _Memory = model.attrs["memory"]
    keys = [_keys(doc) for doc in docs]
    new = {key: None for some in keys for key in some if key not in memory.rows}
    if len(memory.rows) + len(new) > REMEMBERED:
        memory = model.attrs["memory"] = _Memory()
        new = {key: None for some in keys for key in some}
    if new:
        memory.add(list(new), model.layers[0].predict([_one(docs[0].vocab, list(new))])[0])
    rows = memory.rows
    return [memory.table[[rows[key] for key in some]] for some in keys], _no_training


def _no_training(_: Any) -> Any:
    raise NotImplementedError("this encoder is for reading, not for training")


def _keys(doc: Any) -> list[_Key]:
    return list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist()))


def _one(vocab: Any, keys: Sequence[_Key]) -> Any:
    """A document of these words, only to have them embedded."""
    words = [vocab.strings[orth] for orth, _, _ in keys]
    doc = Doc(vocab, words, [bool(space) for _, _, space in keys])
    for token, (_, norm, _) in zip(doc, keys, strict=True):
        if token.norm != norm:
            token.norm_ = vocab.strings[norm]
    return doc
