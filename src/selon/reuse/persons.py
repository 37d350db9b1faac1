"""Whether two names may be one person's: another gender, letter, generation or title parts them.

The direction of error is towards two: « Françoise » and « François », « Ferrandier » and
« Ferrandin », M. and Mme, father and son are never one unless the library's people say so (one
entity, or several that are tied). What a name leaves out does not part it (`Ana Ruiz`, `Ruiz`), nor
does another transliteration (Poutine, Putin).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from selon.names import fold, skeleton, tokens
from selon.reuse.lexicon import known, lexicon

Gender = Literal["f", "m"]
_GENDERS: Final[dict[str, Gender]] = {"female": "f", "male": "m", "f": "f", "m": "m"}
# A shorter word is another word where a letter is another one.
_LONG_WORD_CHARS: Final = 5


@dataclass(frozen=True, slots=True)
class PersonName:
    """A folded name: its words, the gender that a title tells, the generation (senior, junior)."""

    words: tuple[str, ...]
    gender: Gender | None = None
    generation: str | None = None


@lru_cache(maxsize=65536)
def parse_name(name: str) -> PersonName:
    """A name, folded, in its parts; titles alone are its words."""
    gender: Gender | None = None
    generation: str | None = None
    kept: list[str] = []
    masculine, feminine, generations = _marks()
    every = name.split()
    for n, word in enumerate(every):
        if n < len(every) - 1 and not kept and word in masculine | feminine:
            gender = "f" if word in feminine else "m"
        elif n and n == len(every) - 1 and word in generations:
            generation = generations[word]
        else:
            kept.append(word)
    return PersonName(tokens(" ".join(kept)), gender, generation)


def one_person(first: str, second: str, genders: tuple[str | None, str | None] = ("", "")) -> bool:
    """Whether two folded names may be one person's; `genders` are what is known besides them."""
    a, b = parse_name(first), parse_name(second)
    one, two = gender(a, genders[0]), gender(b, genders[1])
    if one and two and one != two:
        return False
    if a.generation and b.generation and a.generation != b.generation:
        return False
    short, long = sorted((a.words, b.words), key=len)
    if not short:
        return first == second
    free = list(long)
    for word in short:
        other = next((w for w in free if w == word), None)
        other = other or next((w for w in free if _spelt(word, w)), None)
        if other is None:
            return False
        free.remove(other)
    return True


def gender(name: PersonName, said: str | None = None) -> Gender | None:
    """The gender of whoever bears a name: what is known, a title, or a first name before others."""
    if said in _GENDERS:
        return _GENDERS[said]
    if name.gender:
        return name.gender
    return first_names().get(name.words[0]) if len(name.words) > 1 else None


@lru_cache(maxsize=1)
def first_names() -> dict[str, Gender]:
    """The first names that are given to one gender, folded."""
    text = (resources.files("selon") / "data" / "first-names.tsv").read_text("utf-8")
    found: dict[str, Gender | None] = {}
    for line in text.splitlines():
        name, _, kind = line.partition("\t")
        if not line.startswith("#") and kind in _GENDERS:
            key = fold(name)
            # « René », « Renée » and « Rene » fold to what both may bear.
            found[key] = (
                _GENDERS[kind] if found.get(key, _GENDERS[kind]) == _GENDERS[kind] else None
            )
    return {name: kind for name, kind in found.items() if kind}


def _spelt(a: str, b: str) -> bool:
    """Whether two words of names are one in two spellings, or one the other's initial."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if min(len(a), len(b)) < _LONG_WORD_CHARS or skeleton(a) != skeleton(b):
        return False
    given = first_names()
    if a in given and b in given:
        return given[a] == given[b] and not _feminine(a, b) and not _feminine(b, a)
    return not (_feminine(a, b) or _feminine(b, a)) or not (a in given or b in given)


def _feminine(a: str, b: str) -> bool:
    """Whether one word is the other with an ending that makes it a woman's: Paule, Michelle."""
    return b == f"{a}e" or b == f"{a}{a[-1]}e"


@lru_cache(maxsize=1)
def _marks() -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Titles of men, of women, and words of generations, in every language of the ledger."""
    every = [lexicon(code) for code in known()]
    return (
        frozenset(w for k in every for w in k.masculine),
        frozenset(w for k in every for w in k.feminine),
        {word: kind for k in every for word, kind in k.generations.items()},
    )
