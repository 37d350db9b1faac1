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

from selon.reading.spacy_model import windows

# Attributes of a token that follow from its letters, its norm and whether a space comes after it.
OF_THE_WORD: Final = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "ORTH", "LOWER"}
# Some 40 MB at a width of 96, the keys included; the words of five thousand articles.
MAX_CACHED_WORDS: Final = 60_000

_Key = tuple[int, int, int]


class Products(NumpyOps):  # type: ignore[misc]
    """Thinc's operations with numpy's matrix product."""

    def gemm(
        self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """The product of two matrices, each transposed or not."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def optimize_encoder(nlp: Any) -> None:
    """Give the encoder of a loaded pipeline numpy's products and a memory for words.

    A pipeline that is made otherwise (no encoder called `tok2vec`, embeddings that look at a
    word's neighbours, layers of another kind) is left as it is.
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
    if embed is None or encoder.layers[0] is not embed or not _of_words_alone(embed):
        return
    found = windows.layers(encoder.layers[1]) if len(encoder.layers) == 2 else None
    if found is None:
        encoder.layers[0] = cache_words(embed)
    else:
        encoder.layers[:] = [_whole(embed, *found)]


@lru_cache(maxsize=1)
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def single_threaded() -> AbstractContextManager[Any]:
    """One thread for numpy's products: the matrices are small, and cores are for processes."""
    context: AbstractContextManager[Any] = _threads().limit(limits=1, user_api="blas")
    return context


def _of_words_alone(embed: Any) -> bool:
    read = [node for node in embed.walk() if node.name == "extract_features"]
    return bool(read) and all(OF_THE_WORD.issuperset(node.attrs["columns"]) for node in read)


def cache_words(embed: Any) -> Any:
    """The layer that answers as `embed` does, and asks it for new words only."""
    return Model("remembered", _forward, layers=[embed], attrs={"memory": _WordCache()})


def _whole(embed: Any, pad: int, layers: tuple[windows.WindowLayer, ...]) -> Any:
    """The encoder as one layer: embeddings remembered, then a word's neighbours looked at."""
    buffers = windows.ScratchBuffers(len(layers[0].gain))
    attrs = {"memory": _WordCache(), "pad": pad, "layers": layers, "buffers": buffers}
    return Model("encoder", _encode, layers=[embed], attrs=attrs)


class _WordCache:
    """The embeddings of words so far, a row each; forgotten all at once where they are too many.

    The first row is no word's: zeros, which stand between sentences.
    """

    def __init__(self) -> None:
        self.rows: dict[_Key, int] = {}
        self.table = np.zeros((0, 0), dtype=np.float32)

    def add(self, keys: Sequence[_Key], values: Any) -> None:
        """Keep the embeddings of some words."""
        at = len(self.rows) + 1
        if at + len(keys) > len(self.table):
            grown = np.zeros((2 * (at + len(keys)) + 4096, values.shape[1]), dtype=np.float32)
            if at > 1:
                grown[:at] = self.table[:at]
            self.table = grown
        self.table[at : at + len(keys)] = values
        self.rows.update(zip(keys, range(at, at + len(keys)), strict=True))


def _forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
    keys = [_keys(doc) for doc in docs]
    memory = _fill_cache(model, docs, keys)
    rows = memory.rows
    return [memory.table[[rows[key] for key in some]] for some in keys], _no_training


def _encode(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
    keys = [_keys(doc) for doc in docs]
    memory, pad = _fill_cache(model, docs, keys), model.attrs["pad"]
    rows, between = memory.rows, [0] * pad
    order: list[int] = []
    starts: list[int] = []
    for some in keys:
        # As thinc does: no rows are put before a document without words.
        order += between if some else ()
        starts.append(len(order))
        order += [rows[key] for key in some]
    out = windows.encode(
        memory.table[order + between], model.attrs["layers"], model.attrs["buffers"]
    )
    ends = [start + len(some) for start, some in zip(starts, keys, strict=True)]
    return [out[start:end] for start, end in zip(starts, ends, strict=True)], _no_training


def _fill_cache(model: Any, docs: Sequence[Any], keys: Sequence[Sequence[_Key]]) -> _WordCache:
    """The memory, with all these words in it."""
    memory: _WordCache = model.attrs["memory"]
    new = {key: None for some in keys for key in some if key not in memory.rows}
    if len(memory.rows) + len(new) > MAX_CACHED_WORDS:
        memory = model.attrs["memory"] = _WordCache()
        new = {key: None for some in keys for key in some}
    if new:
        memory.add(list(new), model.layers[0].predict([_one(docs[0].vocab, list(new))])[0])
    return memory


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
