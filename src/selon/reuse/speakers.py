"""Whether two speakers are known to be two: by their entries in a knowledge base, by their names.

A surname alone, a name in another transliteration, a first name left out do not make another
speaker; another gender, letter, generation or title does (`persons`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final

from selon.names import fold
from selon.reuse.persons import one_person
from selon.reuse.reused_quotes import ReusedQuote

# Whether a saying is by the speaker asked for; None where that is not known.
By = Callable[[ReusedQuote], bool | None]
_BASED: Final = "kb:"
# Kinds of speakers whose names are translated.
_RENAMED: Final = ("organisation:", "group:", "place:", "work:", "unknown:")


def differ(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings are of speakers known to be two.

    Not where one is unknown, nor where one name is all of the other's words (`Ana Ruiz`, `Ruiz`),
    or a spelling of it; across languages only people keep their names (Maison Blanche, White
    House).
    """
    one, two = a.speaker_key, b.speaker_key
    if one is None or two is None or one == two:
        return False
    if differ_in_language(a, b) and (one.startswith(_RENAMED) or two.startswith(_RENAMED)):
        return False
    if one.startswith(_BASED) and two.startswith(_BASED):
        return True
    first, second = name_of(a), name_of(b)
    return first is not None and second is not None and not alike(first, second, _genders(a, b))


def are_two_speakers(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings are of two speakers, those counted whom one article alone knows by name.

    Wider than `differ`: such a name (`M. Delmas`) ties nothing and parts nothing in families.
    """
    if differ(a, b):
        return True
    if a.speaker_key is not None and b.speaker_key is not None:
        return False
    one, two = (_local(s) if s.speaker_key is None else name_of(s) for s in (a, b))
    return one is not None and two is not None and not alike(one, two, _genders(a, b))


def _genders(a: ReusedQuote, b: ReusedQuote) -> tuple[str | None, str | None]:
    return a.gender, b.gender


def _known(saying: ReusedQuote) -> tuple[str | None, str | None]:
    return saying.gender, None


def _local(saying: ReusedQuote) -> str | None:
    """The folded name by which one article alone knows a speaker; None where it has none."""
    return fold(saying.speaker_name) if saying.speaker_name and saying.speaker_named else None


def differ_in_language(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings are in two languages."""
    return a.language is not None and b.language is not None and a.language[:2] != b.language[:2]


def one_speaker(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings are of speakers known to be one: the same key, or a person's full name.

    A full name has two words at least, and may be spelt otherwise: Vladimir Poutine and Putin.
    """
    if a.speaker_key is None or b.speaker_key is None:
        return False
    if a.speaker_key == b.speaker_key:
        return True
    names = [name_of(a), name_of(b)]
    keys = (a.speaker_key, b.speaker_key)
    if any(k.startswith(_RENAMED) for k in keys) or differ(a, b):
        return False
    return all(n is not None and len(n.split()) > 1 for n in names)


def name_of(saying: ReusedQuote) -> str | None:
    """The folded name of a saying's speaker; None where only a knowledge base knows it."""
    key = saying.speaker_key
    if key is None:
        return None
    if key.startswith(_BASED):
        named = saying.speaker_name if saying.speaker_named else None
        return fold(named) if named else None
    return key.partition(":")[2] or key


@lru_cache(maxsize=65536)
def alike(first: str, second: str, genders: tuple[str | None, str | None] = (None, None)) -> bool:
    """Whether two folded names may be one's: words left out, initials, other spellings."""
    if _initials(first, second) or _initials(second, first):
        return True
    return one_person(first, second, genders)


def _initials(short: str, long: str) -> bool:
    """Whether one name is made of the other's first letters: DGS, Direction générale de la santé.

    Small words may be left out of it.
    """
    words = long.split()
    if not short.isalpha() or len(short) < 2 or len(words) < len(short):
        return False
    every = "".join(w[0] for w in words)
    return short in (every, "".join(w[0] for w in words if len(w) > 3))


def spoken_by(names: Collection[str], keys: Collection[str], described: bool = False) -> By:
    """Whether a saying is by somebody of these names (folded) or with one of these keys.

    Where they are a description (« le maire ») nobody's name is told to be another's.
    """

    def by(saying: ReusedQuote) -> bool | None:
        if saying.speaker_key is None:
            near = _local(saying)
            told = described or near is None
            return (
                None if told or any(alike(near or "", n, _known(saying)) for n in names) else False
            )
        if saying.speaker_key in keys:
            return True
        if described:
            return None
        name = name_of(saying)
        if name is not None and any(alike(name, asked, _known(saying)) for asked in names):
            # Two entries of a knowledge base are two people, whatever they are called.
            based = [k for k in keys if k.startswith(_BASED)]
            return not (based and saying.speaker_key.startswith(_BASED))
        return None if name is None and not any(k.startswith(_BASED) for k in keys) else False

    return by
