"""The speaker's own words in a statement: of one that is half quoted, the quoted part.

« que le pont « va fermer dès mars » » has the newspaper's words round the speaker's. Two such are
compared by what stands between the marks, so that the same words in two frames are the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from selon.ledger.lexicon import lexicon
from selon.ledger.sayings import Saying, Word, folded, words

# Fewer quoted words, or fewer with content, may be marked for any reason: the whole is compared.
LEAST: Final = 3
LEAST_CONTENT: Final = 2
# « … », “…”, „…“, "…": outer marks, what they hold.
_MARKED: Final = re.compile(r"«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]|\"([^\"]*)\"")
# Between two quoted parts words of the newspaper's are left out.
_GAP: Final = " (…) "


def own_words(saying: Saying) -> str | None:
    """What stands between the marks of a mixed statement; None where that is not enough, or all."""
    return _quoted(saying.words, saying.language) if saying.form == "mixed" else None


@lru_cache(maxsize=4096)
def _quoted(text: str, language: str | None) -> str | None:
    parts = [next(filter(None, m.groups()), "").strip() for m in _MARKED.finditer(text)]
    found = _GAP.join(p for p in parts if p)
    own = folded(found, language)
    content = sum(1 for w in own if w not in lexicon(language).function)
    enough = len(own) >= LEAST and content >= LEAST_CONTENT
    return found if enough and len(own) < len(folded(text, language)) else None


def spoken(saying: Saying) -> Saying | None:
    """A mixed statement as its speaker's own words, quoted directly; None for others."""
    own = own_words(saying)
    return None if own is None else replace(saying, words=own, form="direct")


def frame(saying: Saying) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The newspaper's words before the first mark of a mixed statement and behind the last."""
    marks = list(_MARKED.finditer(saying.words))
    every = words(saying.words, saying.language)
    if not marks:
        return every, ()
    return (
        tuple(w for w in every if w.span.end <= marks[0].start()),
        tuple(w for w in every if w.span.start >= marks[-1].end()),
    )


def readings(saying: Saying) -> tuple[tuple[str, ...], ...]:
    """The folded words that a saying is matched by: all, and the quoted ones of a mixed one."""
    own = own_words(saying)
    every = folded(saying.words, saying.language)
    return (every,) if own is None else (every, folded(own, saying.language))
