"""A role in French, English or another language as concepts: who, of what, where, what bars it.

« le secrétaire du Conseil suprême de la sécurité nationale d'Iran » and "Secretary of the Supreme
National Security Council" (Iran) are one: `secretary`, {council, national, security, supreme}, IR.
The words stand in `roles.tsv`, `role-synonyms.tsv` and `countries.tsv`; a language folder's
`offices.tsv` and `countries.tsv` add to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from selon import lang, tsv
from selon.names import fold

_BREAKS: Final = re.compile(r"['’ʼ‘`\-‐‑–—]")
_INTERNATIONAL: Final = "ZZ"
_MAX_CHARS: Final = 400


@dataclass(frozen=True, slots=True)
class OfficeRole:
    """What a role says: `head` None is no role; `proper` words are in no glossary."""

    head: str | None
    matter: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The office as text: `minister:defence`, `president`; its country apart."""
        words = sorted(self.matter | self.proper)
        return f"{self.head}:{' '.join(words)}" if words else self.head or ""


@dataclass(frozen=True, slots=True)
class _OfficeEntry:
    kind: str
    value: str
    french: str
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its code, Wikidata id, and its names and demonyms in two languages."""

    code: str
    qid: str
    french: tuple[str, ...]
    english: tuple[str, ...]
    demonyms: tuple[str, ...]


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a shipped table, comments left out."""
    return tsv.rows((resources.files("selon") / "data" / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """The countries by code."""
    found = {}
    for code, qid, french, english, fr_people, en_people in rows("countries.tsv"):
        people = (*fr_people.split("|"), *en_people.split("|"))
        names = tuple(french.split("|")), tuple(english.split("|"))
        found[code] = Country(code, qid, *names, tuple(p for p in people if p))
    return found


@lru_cache(maxsize=1)
def by_qid() -> dict[str, str]:
    """The code of a country by its Wikidata id."""
    return {c.qid: c.code for c in countries().values()}


@lru_cache(maxsize=1)
def many() -> frozenset[str]:
    """The heads that several people hold at once."""
    return frozenset(
        value.split()[0] for kind, value, *_ in rows("roles.tsv") if value.endswith(" many")
    )


@lru_cache(maxsize=1)
def _synonyms() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for country, asked, held in rows("role-synonyms.tsv"):
        found[country, asked] = (*found.get((country, asked), ()), held)
    return found


def words(text: str) -> list[str]:
    """The folded words of a role, apostrophes and hyphens as breaks."""
    return fold(_BREAKS.sub(" ", text[:_MAX_CHARS])).split()


def _added_rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of the language folders that add offices to what is shipped."""
    for code in lang.codes():
        if (lang.place(code) / "offices.tsv").exists():
            yield from tsv.rows((lang.place(code) / name).read_text("utf-8"))


def _spellings() -> Iterator[tuple[str, str]]:
    """Each name and demonym of a country, in every language, with the country's code."""
    for country in countries().values():
        for spelling in (*country.french, *country.english, *country.demonyms):
            yield spelling, country.code
    for code, names, demonym in _added_rows("countries.tsv"):
        for spelling in filter(None, (*names.split("|"), demonym)):
            yield spelling, code


@lru_cache(maxsize=1)
def _glossary() -> tuple[dict[tuple[str, ...], _OfficeEntry], int]:
    entries: dict[tuple[str, ...], _OfficeEntry] = {}
    people: dict[tuple[str, ...], set[str]] = {}
    for spelling, code in _spellings():
        people.setdefault(tuple(words(spelling)), set()).add(code)
    for called, codes in people.items():
        entries[called] = _OfficeEntry("country", "", "", frozenset(codes))
    for kind, value, french, forms in rows("roles.tsv"):
        bare, _, code = value.split()[0].partition("@") if value else ("", "", "")
        entry = _OfficeEntry(kind, bare, french, frozenset({code} if code else ()))
        for form in forms.split("|"):
            entries[tuple(words(form))] = entry
    for kind, value, forms in _added_rows("offices.tsv"):
        for form in forms.split("|"):
            entries.setdefault(tuple(words(form)), _OfficeEntry(kind, value, "", frozenset()))
    entries.pop((), None)
    return entries, max(map(len, entries))


def _entry(piece: tuple[str, ...]) -> _OfficeEntry | None:
    entries, _ = _glossary()
    found = entries.get(piece)
    if found is None and len(piece[-1]) > 3 and piece[-1][-1] in "sx":
        found = entries.get((*piece[:-1], piece[-1][:-1]))
    return found


def _cut(text: str) -> Iterator[tuple[str, _OfficeEntry | None]]:
    """The text as the longest known phrases, and the words that nothing knows.

    Countries are taken out first, since « la ministre française des Armées » is a « ministre des
    Armées ».
    """
    left: list[str] = []
    for piece, entry in _phrases(words(text)):
        if entry is not None and entry.kind == "country":
            yield piece, entry
        else:
            left.extend(piece.split())
    yield from _phrases(left)


def _phrases(tokens: list[str]) -> Iterator[tuple[str, _OfficeEntry | None]]:
    _, longest = _glossary()
    at = 0
    while at < len(tokens):
        for size in range(min(longest, len(tokens) - at), 0, -1):
            piece = tuple(tokens[at : at + size])
            entry = _entry(piece)
            if entry is not None:
                yield " ".join(piece), entry
                at += size
                break
        else:
            yield tokens[at], None
            at += 1


@lru_cache(maxsize=8192)
def parse(text: str) -> OfficeRole:
    """The role that a text describes; `head` is None where it describes none. Never raises."""
    head: str | None = None
    matter: set[str] = set()
    places: set[frozenset[str]] = set()
    marks: set[str] = set()
    proper: set[str] = set()
    for piece, entry in _cut(text):
        if entry is None:
            proper.add(piece)
            continue
        if entry.countries:
            places.add(entry.countries)
        if entry.kind == "mark":
            marks.add(entry.value)
        elif entry.kind == "matter" or (entry.kind == "head" and head is not None):
            matter.add(entry.value)
        elif entry.kind == "head":
            head = entry.value
        elif entry.kind == "role":
            first, _, rest = entry.value.partition("+")
            if head is None:
                head = first
            elif head != first:
                matter.add(first)
            matter |= set(rest.split("+")) - {""}
    where = frozenset.intersection(*places) if places else frozenset()
    if places and not where:
        # Two countries: « l'ambassadeur d'Iran en Irak »; an office of both is an office of none.
        where = frozenset().union(*places)
    return OfficeRole(head, frozenset(matter), where, frozenset(marks), frozenset(proper))


def alike(role: OfficeRole, country: str | None) -> tuple[str, ...]:
    """The keys under which a country's table may hold the office that is asked for.

    The key itself comes first; then what `role-synonyms.tsv` says for the country, or for any.
    """
    matter = role.key.partition(":")[2]
    found = [role.key]
    for asked, any_matter in ((role.key, False), (f"{role.head}:*", True)):
        if any_matter and not matter:
            continue
        local = _synonyms().get((country or "", asked), ())
        if "-" in local:
            break
        for held in (*local, *_synonyms().get(("*", asked), ())):
            found.append(held.replace("*", matter))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, value, french, _ in rows("roles.tsv"):
        if kind in ("head", "matter", "role"):
            head, _, matter = value.split()[0].partition("@")[0].partition("+")
            found.setdefault("+".join((head, *sorted(matter.split("+")))).rstrip("+"), french)
    return found


def french(role: OfficeRole) -> str | None:
    """The French name of an office, `ministre de l'Énergie`; None where a word has none."""
    if role.head is None or role.proper or role.marks:
        return None
    labels = _labels()
    whole = labels.get("+".join((role.head, *sorted(role.matter))))
    if whole or not role.matter:
        return whole
    parts = [labels.get(m, "") for m in sorted(role.matter)]
    head = labels.get(role.head)
    if head is None or not all(p.startswith("d") for p in parts):
        return None
    return f"{head} " + " et ".join(parts)


@lru_cache(maxsize=64)
def countries_named(text: str) -> frozenset[str]:
    """The countries that a text names or whose demonym it uses; those of unclear words left out."""
    forms, longest = _country_forms()
    tokens = fold_words(text)
    found: set[str] = set()
    for at, word in enumerate(tokens):
        for size in range(1, min(longest.get(word, 0), len(tokens) - at) + 1):
            codes = forms.get(tuple(tokens[at : at + size]), frozenset())
            if len(codes) == 1:
                found |= codes
    return frozenset(found)


@lru_cache(maxsize=1)
def _country_forms() -> tuple[dict[tuple[str, ...], frozenset[str]], dict[str, int]]:
    """The countries of each form, and the words of the longest form that begins with a word."""
    forms: dict[tuple[str, ...], frozenset[str]] = {}
    for spelling, code in _spellings():
        for form in (spelling, f"{spelling}s"):
            piece = tuple(words(form))
            # « US », « UK » folded are also words of other meaning.
            if len("".join(piece)) > 3:
                forms[piece] = forms.get(piece, frozenset()) | {code}
    longest: dict[str, int] = {}
    for piece in forms:
        longest[piece[0]] = max(len(piece), longest.get(piece[0], 0))
    return forms, longest


def fold_words(text: str) -> list[str]:
    """The folded words of a text of any length."""
    lines = text.split("\n")
    pieces = (
        line[at : at + _MAX_CHARS] for line in lines for at in range(0, len(line), _MAX_CHARS)
    )
    return [w for piece in pieces for w in words(piece)]
