"""The layers of spaCy's encoder in which a word looks at its neighbours, in fewer steps.

Each layer of thinc's makes a dozen arrays and asks as many models; the same numbers come from one
product and a few passes over arrays that are used again. What is added up is added up in the same
order, so that not a bit differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

# A layer as spaCy's `MaxoutWindowEncoder` makes it, its parts in order.
PARTS: Final = ["expand_window", "maxout", "layernorm", "dropout"]
# What thinc adds to a variance.
LEAST: Final = 1e-08


@dataclass(frozen=True, slots=True)
class Layer:
    """The numbers of one layer; `weights` have a row an input, a column each piece of an output."""

    weights: Any
    bias: Any
    gain: Any
    shift: Any
    pieces: int


def layers(model: Any) -> tuple[int, tuple[Layer, ...]] | None:
    """The rows of padding and the layers of an encoder; nothing where it is of another make."""
    if not model.name.startswith("with_array") or len(model.layers) != 1:
        return None
    inner = model.layers[0]
    found = [inner] if _is_residual(inner) else list(inner.layers)
    made = [_layer(one) for one in found]
    if not made or None in made:
        return None
    return model.attrs["pad"], tuple(one for one in made if one is not None)


def _is_residual(model: Any) -> bool:
    return bool(model.name.startswith("residual(")) and len(model.layers) == 1


def _layer(model: Any) -> Layer | None:
    if not _is_residual(model):
        return None
    leaves = [node for node in model.walk(order="dfs_pre") if not node.layers]
    if [node.name for node in leaves] != PARTS or leaves[0].attrs["window_size"] != 1:
        return None
    weights, bias = leaves[1].get_param("W"), leaves[1].get_param("b")
    out, pieces, width = weights.shape
    if width != 3 * out or pieces < 2:
        return None
    return Layer(
        weights.reshape(out * pieces, width).T,
        bias.reshape(out * pieces),
        leaves[2].get_param("G"),
        leaves[2].get_param("b"),
        pieces,
    )


def encoded(words: Any, through: Sequence[Layer]) -> Any:
    """The vectors of words, a row each, after all layers; rows of zeros stand between sentences."""
    count, width = words.shape
    columns = np.zeros((count, 3 * width), dtype=np.float32)
    for layer in through:
        columns[1:, :width] = words[:-1]
        columns[:, width : 2 * width] = words
        columns[:-1, 2 * width :] = words[1:]
        product = np.matmul(columns, layer.weights)
        product += layer.bias
        best = np.maximum(product[:, :: layer.pieces], product[:, 1 :: layer.pieces])
        for piece in range(2, layer.pieces):
            np.maximum(best, product[:, piece :: layer.pieces], out=best)
        words = words + _normal(best, layer)
    return words


def _normal(values: Any, layer: Layer) -> Any:
    width = values.shape[1]
    values = values - np.add.reduce(values, axis=1, keepdims=True) / np.float32(width)
    variance = np.add.reduce(values * values, axis=1, keepdims=True) / np.float32(width)
    values *= (variance + np.float32(LEAST)) ** np.float32(-0.5)
    values *= layer.gain
    values += layer.shift
    return values
