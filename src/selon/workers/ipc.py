"""Readings on their way between processes: packed as MessagePack, and whole again as they were."""

from __future__ import annotations

import pickle
from functools import lru_cache

import msgspec

from selon.records import Reading

# What MessagePack cannot hold (half a character) goes as a pickle; its first byte never begins a
# MessagePack map.
_PICKLE = b"\x80"


def encode(reading: Reading) -> bytes:
    """A reading as bytes; nothing is lost, rounded or left out."""
    try:
        return msgspec.msgpack.encode(reading)
    except (UnicodeEncodeError, ValueError):
        return _PICKLE + pickle.dumps(reading)


def decode(data: bytes) -> Reading:
    """The reading that was packed; only of one's own processes, since pickles are trusted."""
    if data.startswith(_PICKLE):
        found = pickle.loads(data[1:])
        assert isinstance(found, Reading)
        return found
    return _decoder().decode(data)


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[Reading]:
    return msgspec.msgpack.Decoder(Reading)
