"""Esperanto, begun from word lists: copy this folder to `src/selon/lang/xx` and replace the words."""

from __future__ import annotations

from selon.lang import Pack, universal


def pack() -> Pack:
    """The pack of the folder that this file stands in."""
    return universal.pack(__name__.rpartition(".")[2])
