"""What was renamed since the release before can still be imported by its old name, with a warning, until the next.

`old_names.tsv` has a line for each: an old module, and the new one; or a module, a name in it, and the name's
new one (with its module where that is another). What is not there was not renamed.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class _OldModule(ModuleType):
    """A module under its old name: what is asked of it is asked of the new one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _find(self.__name__, name, _table()[0][self.__name__])


class _Finder:
    """Finds modules by their old names; it stands last, for what no other finder knows."""

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
        _warn(module.__name__, _table()[0][module.__name__])


class _NamesFinder:
    """Finds modules that kept their name, but not those of all their classes and functions; it stands first."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, which answers to old names as well; None for the finders behind it."""
        if not name.startswith("selon.") or name not in _modules_with_old_names():
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _NamesLoader(spec.loader.name, spec.loader.path)
        return spec


class _NamesLoader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        """Load the module; from then on it is asked here for what it does not have."""
        super().exec_module(module)
        here = module.__name__

        def named(name: str) -> Any:
            if (here, name) not in _table()[1]:
                raise AttributeError(f"module {here!r} has no attribute {name!r}")
            _warn(f"{here}.{name}", _table()[1][here, name])
            return _find(here, name, here)

        vars(module).setdefault("__getattr__", named)


def _find(module: str, name: str, new_module: str) -> Any:
    """What a module had under a name, where it is now."""
    home, _, new = _table()[1].get((module, name), name).rpartition(".")
    return getattr(import_module(home or new_module), new)


def _warn(old: str, new: str) -> None:
    words = f"{old} is now {new}; the old name goes in the next release"
    warnings.warn(words, DeprecationWarning, stacklevel=3)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Old modules with their new names, and old names in modules with theirs."""
    modules, names = {}, {}
    # Not by `selon.tsv`: that is imported by what is found here.
    for line in Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines():
        old, *rest = line.split("\t")
        if len(rest) == 1:
            modules[old] = rest[0]
        else:
            names[old, rest[0]] = rest[1]
    return modules, names


@lru_cache(maxsize=1)
def _modules_with_old_names() -> frozenset[str]:
    modules, names = _table()
    return frozenset(module for module, _ in names) - modules.keys()


def renamed_arguments(
    **new_names: str,
) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result]]:
    """Return a decorator that lets keyword arguments be given by their old names, `old="new"`, with a warning."""

    def decorate(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
        @wraps(function)
        def called(*args: _Parameters.args, **given: _Parameters.kwargs) -> _Result:
            for old, new in new_names.items():
                if old in given:
                    _warn(f"{function.__qualname__}({old}=…)", f"{new}=…")
                    given[new] = given.pop(old)
            return function(*args, **given)

        return called

    return decorate


def renamed_fields(**new_names: str) -> Callable[[type[_Result]], type[_Result]]:
    """Return a decorator that lets a record be made with the old names of its fields, with a warning."""

    def decorate(record: type[_Result]) -> type[_Result]:
        made = renamed_arguments(**new_names)(record.__init__)
        setattr(record, "__init__", made)  # noqa: B010  (mypy refuses the plain assignment)
        return record

    return decorate


def install() -> None:
    """Let old names be imported."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _NamesFinder)
        sys.meta_path.append(_Finder)
