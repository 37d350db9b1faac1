"""A spaCy package loaded in less time; what it answers stays the same.

Three things take most of the seconds in which a pipeline starts, and no reading needs them: spaCy's
own command line, which `import spacy` brings along; one regular expression of French that names
every letter of the world 480 times; and the spelling of half a million words of which an article
has a few hundred (a word's spelling is learnt where the word is met).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from threading import RLock
from types import ModuleType
from typing import Any, Final

# An expression longer than this is worth taking apart.
LONG: Final = 100_000
# A class of so many characters is an alphabet.
ALPHABET: Final = re.compile(r"\[[^\[\]]{1000,}\]")
# One private character stands for an alphabet while an expression is taken apart.
PRIVATE: Final = 0xE000
_SIGN: Final = "[\ue000-\uf8ff]"
_TWO: Final = re.compile(rf"([^\ue000-\uf8ff]*)({_SIGN}[+*?]?)(.*)({_SIGN}[+*?]?)(\$?)", re.DOTALL)
# A class, an escaped sign, or a sign.
_PIECE: Final = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)

_lock = RLock()


def pipeline(package: str, exclude: Iterable[str]) -> Any:
    """The pipeline of an installed package without some components; raises what spaCy raises."""
    with _lock, _shorter_expressions():
        spacy = _spacy()
        return spacy.load(package, exclude=[*exclude, "strings"])


def _spacy() -> Any:
    """The package spaCy, without its command line where nobody has imported it yet."""
    if "spacy" in sys.modules:
        return import_module("spacy")
    absent = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    absent[0].__path__ = []
    vars(absent[1])["info"] = _info
    sys.modules.update({module.__name__: module for module in absent})
    try:
        return import_module("spacy")
    finally:
        for module in absent:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]


def _info(*args: Any, **kwargs: Any) -> Any:
    """What `spacy.info` does, its command line imported when it is called."""
    return import_module("spacy.cli.info").info(*args, **kwargs)


@contextmanager
def _shorter_expressions() -> Iterator[None]:
    """Very long expressions that are compiled meanwhile are replaced by equal shorter ones."""
    compile_ = re.compile

    def shorter(pattern: Any, flags: Any = 0) -> Any:
        return compile_(factor_pattern(pattern) if _is_long(pattern) else pattern, flags)

    re.compile = shorter
    try:
        yield
    finally:
        re.compile = compile_


def _is_long(pattern: object) -> bool:
    return isinstance(pattern, str) and len(pattern) > LONG


@lru_cache(maxsize=4)
def factor_pattern(pattern: str) -> str:
    """An expression that matches the same texts, with what its alternatives share written once.

    « (?:^ab[L]+$)|(?:^cd[L]+$) » is « (?:^ab|^cd)[L]+$ », L an alphabet. An expression of another
    make comes back as it was. What a match captures is not kept: only whether there is one.
    """
    flags, _, body = pattern.partition("(?:")
    if not re.fullmatch(r"(\(\?[a-z]+\))?", flags) or not body.endswith(")"):
        return pattern
    alphabets: dict[str, str] = {}

    def sign(found: re.Match[str]) -> str:
        return alphabets.setdefault(found.group(), chr(PRIVATE + len(alphabets)))

    if re.search(_SIGN, body):
        return pattern
    parts = ALPHABET.sub(sign, body[:-1]).split(")|(?:")
    if not all(map(_whole, parts)):
        return pattern
    merged = _merge(_merge(parts, _before_alphabets), _between_alphabets)
    names = {sign: alphabet for alphabet, sign in alphabets.items()}
    return flags + re.sub(_SIGN, lambda m: names[m.group()], "|".join(merged))


def _whole(part: str) -> bool:
    """Whether a part is one sequence: brackets closed, no bar outside them, nothing looked back."""
    depth = 0
    for piece in _PIECE.findall(part):
        depth += (piece == "(") - (piece == ")")
        if depth < 0 or (piece == "|" and not depth):
            return False
    groups = re.findall(r"\((?!\?:)", re.sub(r"\\.", "", part))
    return not depth and not groups and not re.search(r"\\\d", part)


_Split = Callable[[str], tuple[str, str, str]]


def _merge(parts: Iterable[str], split: _Split) -> list[str]:
    """Alternatives that begin and end alike made one: their middles become the alternatives."""
    cut = sorted(map(split, parts), key=lambda c: (c[0], c[2]))
    out = []
    for (first, last), some in groupby(cut, key=lambda c: (c[0], c[2])):
        middles = [middle for _, middle, _ in some]
        middle = middles[0] if len(middles) == 1 else f"(?:{'|'.join(middles)})"
        out.append(first + middle + last)
    return out


def _before_alphabets(part: str) -> tuple[str, str, str]:
    """What stands before the first alphabet differs, the rest is shared."""
    found = re.search(_SIGN, part)
    at = found.start() if found else len(part)
    return "", part[:at], part[at:]


def _between_alphabets(part: str) -> tuple[str, str, str]:
    """What stands between the first and the last alphabet differs, the rest is shared."""
    found = _TWO.fullmatch(part)
    if not found:
        return "", part, ""
    head, first, middle, last, end = found.groups()
    return head + first, middle, last + end
