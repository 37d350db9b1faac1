"""What operations on quotations are made of: changes of words, pairs, what each must be called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

Change = Callable[[str], str | None]


@dataclass(frozen=True)
class Pair:
    """What the library has and what is asked: the words, and the names of who speaks."""

    old: str
    new: str
    old_by: str = "Odile Ferrandier"
    new_by: str = "Odile Ferrandier"


@dataclass(frozen=True)
class Operation:
    """A named change of one language: what it must be called; `side` is where it is made."""

    name: str
    kind: str
    change: Change | None
    expected: frozenset[str]
    side: str = "new"
    by: tuple[str, str] = ("", "")

    def on(self, pair: Pair) -> Pair | None:
        """The pair with this done to it; None where it cannot be."""
        if self.by[0]:
            return replace(pair, old_by=self.by[0], new_by=self.by[1])
        assert self.change is not None
        if self.side == "old":
            made = self.change(pair.old)
            return None if made is None else replace(pair, old=made)
        made = self.change(pair.new)
        return None if made is None or made == pair.new else replace(pair, new=made)


def put(pattern: str, to: str | Callable[[re.Match[str]], str], flags: int = 0) -> Change:
    """A change of the first place where a pattern stands."""

    def change(text: str) -> str | None:
        made, count = re.subn(pattern, to, text, count=1, flags=flags)
        return made if count else None

    return change


def first(*changes: Change) -> Change:
    """The first of some changes that can be made."""
    return lambda text: next((m for c in changes if (m := c(text)) is not None), None)


def before(head: str) -> Change:
    """The words in the rule of a clause that is cut off again: made on the library's side."""

    def change(text: str) -> str | None:
        if len(text.split()) < 4 or not re.match(r"[^\w?!]*\w", text):
            return None
        return head + text[:1].lower() + text[1:]

    return change


def behind(tail: str) -> Change:
    """The words with a clause behind them that takes them back."""
    return lambda text: text.rstrip(" .!?…") + tail if len(text.split()) >= 4 else None


def head(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[4:]) if len(parts) >= 12 else None


def tail(text: str) -> str | None:
    parts = text.split()
    return " ".join(parts[:-4]) if len(parts) >= 12 else None


def splice(text: str) -> str | None:
    parts = text.split()
    return " ".join([*parts[:5], "(...)", *parts[-5:]]) if len(parts) >= 15 else None


def noted(note: str) -> Change:
    """A neutral note of the newspaper's behind the third word."""

    def change(text: str) -> str | None:
        parts = text.split()
        return " ".join([*parts[:3], note, *parts[3:]]) if len(parts) >= 6 else None

    return change


def typeset(text: str) -> str:
    return text.replace("'", "’").replace(", ", " , ").replace("É", "E") + " !"


def op(name: str, kind: str, change: Change | None, expected: str, **more: object) -> Operation:
    return Operation(name, kind, change, frozenset(expected.split("/")), **more)  # type: ignore[arg-type]


def swapped(one: str, two: str) -> Change:
    """The first of two words that stands, as the other."""
    return first(put(rf"\b{one}\b", two), put(rf"\b{two}\b", one))


def unless(guard: str, change: Change) -> Change:
    """A change only where the guard matches the words."""
    return lambda text: change(text) if re.search(guard, text, re.S | re.I) else None


NUMBER: Final = r"(?<![\w.,-])(\d+)(?![\w.,-]*\d)(?!\w)"
NAMED: Final = r"(?<=[a-zéè,] )([A-ZÉ][a-zéèïç]{3,})\b(?! [A-ZÉ])"
GRAVE: Final = (
    *("negation", "number", "name", "speaker", "date", "modality"),
    *("supposition", "doubt", "opinion", "limit"),
    *("question", "bound", "condition", "order", "form", "words"),
)


def more(match: re.Match[str]) -> str:
    return str(int(match[1]) + 7)


def tenfold(match: re.Match[str]) -> str:
    return f"{match[1]}0" if int(match[1]) else "10"


def fewer(match: re.Match[str]) -> str:
    return str(abs(int(match[1]) - 1))


def bracketed(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """A change that the newspaper puts in brackets."""
    return lambda m: f"[{change(m)}]"


def numbers() -> tuple[Operation, ...]:
    """Another number, plain and in brackets, in three ways."""
    return tuple(
        made
        for name, change in (("", more), (" tenfold", tenfold), (" less one", fewer))
        for made in (
            op(f"number{name}", "number", put(NUMBER, change), "number changed"),
            op(
                f"number{name} in brackets",
                "number",
                put(NUMBER, bracketed(change)),
                "number changed",
            ),
        )
    )
