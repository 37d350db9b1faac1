"""Modules under the names of the release before: they can still be imported, with a warning, until the next.

`old_names.tsv` has a line for each: the old module, and the new one; or the old module, a name in it, and the
name's new one (with its module where that is another). What is not there was not renamed.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any


class _OldModule(ModuleType):
    """A module under its old name: what is asked of it is asked of the new one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        modules, names = _table()
        home, _, new = names.get((self.__name__, name), name).rpartition(".")
        return getattr(import_module(home or modules[self.__name__]), new)


class _Finder:
    """Finds what no other finder does: it stands last."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module of an old name, else None."""
        if not name.startswith("selon.") or name not in _table()[0]:
            return None
        return ModuleSpec(name, _Loader(), is_package=True)


class _Loader(Loader):
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module that knows where the new one is."""
        return _OldModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Say what to import instead."""
        new = _table()[0][module.__name__]
        words = f"{module.__name__} is now {new}; the old name goes in the next release"
        warnings.warn(words, DeprecationWarning, stacklevel=2)


_read: tuple[dict[str, str], dict[tuple[str, str], str]] | None = None


def _table() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Old modules with their new names, and old names in them with theirs; read when first wanted."""
    global _read
    if _read is None:
        modules, names = {}, {}
        text = Path(__file__).with_suffix(".tsv").read_text("utf-8")
        for line in text.splitlines():
            old, *rest = line.split("\t")
            if len(rest) == 1:
                modules[old] = rest[0]
            else:
                names[old, rest[0]] = rest[1]
        _read = modules, names
    return _read


def install() -> None:
    """Let old names be imported; costs nothing until one is."""
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)
