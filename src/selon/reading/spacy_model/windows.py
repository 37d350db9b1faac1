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
# Of so many numbers a layer keeps the greatest.
PIECES: Final = 3
# What thinc adds to a variance.
EPSILON: Final = 1e-08
# Words of an article for which there is room: 7 MB at a width of 96.
ROWS: Final = 2048


@dataclass(frozen=True, slots=True)
class WindowLayer:
    """The numbers of one layer; `weights` have a row an input, a column each piece of an output."""

    weights: Any
    bias: Any
    gain: Any
    shift: Any


def layers(model: Any) -> tuple[int, tuple[WindowLayer, ...]] | None:
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


def _layer(model: Any) -> WindowLayer | None:
    if not _is_residual(model):
        return None
    leaves = [node for node in model.walk(order="dfs_pre") if not node.layers]
    if [node.name for node in leaves] != PARTS or leaves[0].attrs["window_size"] != 1:
        return None
    weights, bias = leaves[1].get_param("W"), leaves[1].get_param("b")
    out, pieces, width = weights.shape
    if width != 3 * out or pieces != PIECES:
        return None
    return WindowLayer(
        weights.reshape(out * pieces, width).T,
        bias.reshape(out * pieces),
        leaves[2].get_param("G"),
        leaves[2].get_param("b"),
    )


class ScratchBuffers:
    """Arrays that the layers work on, used again for each article; a long one has its own.

    Made again, they take a sixth of the time: the system gives each page, emptied, when it is used.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._kept = self._arrays(ROWS)

    def _arrays(self, rows: int) -> tuple[Any, ...]:
        widths = (3 * self.width, 3 * self.width, self.width, self.width, self.width)
        return tuple(np.zeros((rows, width), dtype=np.float32) for width in widths)

    def of(self, rows: int) -> tuple[Any, ...]:
        """The arrays with so many rows: what goes into a product, the product, and three more."""
        kept = self._kept if rows <= ROWS else self._arrays(rows)
        return tuple(array[:rows] for array in kept)


def encode(words: Any, through: Sequence[WindowLayer], buffers: ScratchBuffers) -> Any:
    """The vectors of words, a row each, after all layers; rows of zeros stand between sentences."""
    count, width = words.shape
    columns, product, best, square, out = buffers.of(count)
    columns[0, :width] = columns[-1, 2 * width :] = 0
    out[:] = words
    for layer in through:
        columns[1:, :width] = out[:-1]
        columns[:, width : 2 * width] = out
        columns[:-1, 2 * width :] = out[1:]
        np.matmul(columns, layer.weights, out=product)
        product += layer.bias
        np.maximum(product[:, ::PIECES], product[:, 1::PIECES], out=best)
        np.maximum(best, product[:, 2::PIECES], out=best)
        _normalise(best, square, layer)
        out += best
    return out.copy()


def _normalise(values: Any, square: Any, layer: WindowLayer) -> None:
    width = np.float32(values.shape[1])
    values -= np.add.reduce(values, axis=1, keepdims=True) / width
    np.multiply(values, values, out=square)
    variance = np.add.reduce(square, axis=1, keepdims=True) / width
    values *= (variance + np.float32(EPSILON)) ** np.float32(-0.5)
    values *= layer.gain
    values += layer.shift
