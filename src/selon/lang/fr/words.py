"""The French lexicon of reports, read once from the files beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from selon import lang
from selon.errors import SelonError
from selon.lang.fr.conjugate import VerbForm, table
from selon.tsv import numbered_rows

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of report does: its act and the frames it takes (see verbs.tsv)."""

    act: str
    frames: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word that the French rules turn on."""

    verbs: dict[str, Verb]
    forms: dict[str, tuple[VerbForm, ...]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    nouns: dict[str, str]
    closed: dict[str, frozenset[str]]
    cuts: dict[str, str]
    prepositions: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    behind: dict[str, frozenset[str]]
    media_nouns: frozenset[str]
    media_names: frozenset[str]
    never_addressee: frozenset[str]
    places: frozenset[str]


def read_toml(name: str) -> dict[str, Any]:
    """One of the folder's TOML files."""
    return lang.read_toml("fr", name)


def _verbs() -> dict[str, Verb]:
    verbs = {}
    for number, parts in numbered_rows((HERE / "verbs.tsv").read_text(encoding="utf-8")):
        if len(parts) != 3:
            raise SelonError(f"lang/fr/verbs.tsv:{number}: needs lemma, act and frames, by tabs")
        verbs[parts[0]] = Verb(parts[1], parts[2])
    return verbs


def _prepositions(
    kinds: dict[str, list[str]],
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The phrases that attribute, each with its kind, by the first token that they may begin with."""
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind, many in kinds.items():
        for phrase in many:
            words = tuple(phrase.replace("’", "'").replace("'", "' ").split())
            firsts = [words[0]]
            if words[0].endswith("'") and len(words) > 1:
                firsts.append(words[0] + words[1])
            for first in firsts:
                if (kind, words) not in out.setdefault(first, []):
                    out[first].append((kind, words))
    return {first: tuple(phrases) for first, phrases in out.items()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon; the forms of each verb are conjugated here."""
    pack = read_toml("pack.toml")
    verbs = _verbs()
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for lemma in verbs:
        head, *rest = lemma.split(" ")
        if rest:
            phrases.setdefault(head, []).append(tuple(rest))
    heads = [v for v in verbs if " " not in v] + [h for h in phrases if h not in verbs]
    return Lexicon(
        verbs=verbs,
        forms=table(heads, read_toml("paradigms.toml")["irregular"]),
        phrases={h: tuple(sorted(p, key=len, reverse=True)) for h, p in phrases.items()},
        nouns={noun: act for act, many in pack["nouns"].items() for noun in many},
        closed={name: frozenset(many) for name, many in pack["closed"].items()},
        cuts={word: kind for kind, many in pack["cuts"].items() for word in many},
        prepositions=_prepositions(pack["prepositions"]),
        behind={name: frozenset(many) for name, many in pack["behind"].items()},
        media_nouns=frozenset(pack["media"]["nouns"]),
        media_names=frozenset(pack["media"]["names"]),
        never_addressee=frozenset(pack["addressee"]["never"]),
        places=frozenset(p.lower() for p in read_toml("headings.toml")["cities"]),
    )
