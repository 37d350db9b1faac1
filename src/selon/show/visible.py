"""Make hostile or unprintable characters visible and harmless."""

from __future__ import annotations

from typing import Final

_MISSING: Final = "\N{REPLACEMENT CHARACTER}"

# ESC, BEL and the like would command a terminal; a page may not hold them. They are shown as
# the pictures that Unicode has for them.
_CONTROLS: Final = {
    **{c: chr(0x2400 + c) for c in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), _MISSING),
    0x7F: "\N{SYMBOL FOR DELETE}",
    0x0A: "\n",
    0x09: " ",
    0x0D: None,
    0x85: " ",
}
_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), _MISSING)
_PAGE: Final = {**_CONTROLS, **_SURROGATES, 0xFFFE: _MISSING, 0xFFFF: _MISSING}
# Embeddings, overrides and isolates can turn a line's columns about; soft hyphens, byte order
# marks and tags have a width that terminals do not agree on.
_TERMINAL: Final = {
    **_PAGE,
    **dict.fromkeys(range(0xFDD0, 0xFDF0), _MISSING),
    0xA0: "\ufdd0",
    0x202F: "\ufdd1",
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),
    **dict.fromkeys((0xAD, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)), None),
    0x2028: " ",
    0x2029: " ",
}


GLUE: Final = "\ufdd2"
"""A space to be shown at which no line may end."""

# Line breaking takes a no-break space for a space; these noncharacters stand for it meanwhile.
_UNGLUED: Final = {0xFDD0: "\N{NO-BREAK SPACE}", 0xFDD1: "\N{NARROW NO-BREAK SPACE}", 0xFDD2: " "}


def on_page(text: str) -> str:
    """The text without what HTML forbids; line ends are kept, markup is not escaped."""
    return text.translate(_PAGE)


def in_terminal(text: str) -> str:
    """The text without what could command or confuse a terminal; line ends are kept.

    No-break spaces are hidden from line breaking until `with_no_break_spaces`.
    """
    return text.translate(_TERMINAL)


def with_no_break_spaces(text: str) -> str:
    """The text of a terminal, its lines broken, with its no-break spaces again."""
    return text.translate(_UNGLUED)
