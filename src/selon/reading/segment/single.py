"""Single marks (‘…’): which of them quote, and which are apostrophes."""

from __future__ import annotations

import re
from typing import Final

from selon.records import Span

OPEN: Final = "‘"
CLOSE: Final = "’"
# Where an opening mark may stand, and what may not follow it: « the ‘90s ».
_OPENS: Final = re.compile(r"(?<![^\s(\[—–«“\"-])‘(?=\S)(?!\d\ds?\b)")
# No letter behind it: else it is an apostrophe.
_CLOSES: Final = re.compile(r"(?<=\S)’(?!\w)")
_PLURAL: Final = re.compile(r"(?<=[^\W\d_][sS])’(?=\s+[^\W\d_])")


def marks(text: str, paragraph: Span, reopened: bool) -> frozenset[int]:
    """Places of the single marks of a paragraph that open or close a quotation.

    ‘We’ll see,’ she said.          the apostrophe has a letter on either side
    ‘The boys’ boat sank,’ she said. the one after a plural's s closes only where no other does
    `reopened`: a mark at the paragraph's start opens even if none closes (the next one reopens).
    """
    if text.find(OPEN, paragraph.start, paragraph.end) < 0:
        return frozenset()
    opens = [m.start() for m in _OPENS.finditer(text, paragraph.start, paragraph.end)]
    found: list[int] = []
    for n, at in enumerate(opens):
        end = opens[n + 1] if n + 1 < len(opens) else paragraph.end
        closes = [m.start() for m in _CLOSES.finditer(text, at + 1, end)]
        sure = [c for c in closes if not _PLURAL.match(text, c)]
        if closes:
            found += [at, sure[0] if sure else closes[0]]
        elif reopened and at == paragraph.start:
            found.append(at)
    return frozenset(found)
