"""What a language says of people: the words by which they are named, described and pointed at.

A language folder offers `people.words()`, which reads its `people.toml` and `roles.tsv` by `read`
below into the words that `selon.reading.coref` asks for; docs/en/explanation/who.md says what each field wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from selon import lang, tsv
from selon.errors import SelonError
from selon.names import fold, tokens, unaccented
from selon.reading.cited import Citing, citing_verbs
from selon.reading.coref.kinds import is_medium
from selon.reading.coref.word_lists import Determiner, Noun, PeopleWords, Pronoun

GENDERS: Final = {"m": "m", "f": "f"}
LISTS: Final = (
    *(
        "elisions",
        "particles",
        "former",
        "of",
        "genitives",
        "links",
        "joins",
        "and",
        "respectively",
    ),
    *("aliases", "copulas", "where", "never", "calendar", "impersonal", "impersonal_after"),
    *("impersonal_adjectives", "heads", "offices", "theirs", "among"),
    *("generic", "first_person", "ranks", "prefixes", "contracted", "contracted_after_noun"),
    *("one", "datives", "fillers", "there", "judging", "linking", "vowels", "again"),
    *("latter_after", "name_particles", "double_names", "by", "citing", "cited_reasons"),
    *("sources", "sayings", "nobody", "collective", "channels", "areas"),
    *("quantities", "several", "somebody", "sexless", "media_names"),
    *("home", "national", "relational", "regional", "place_parts", "saints", "feminine_things"),
)
# What may stand in `not_entities.toml`: what a language has no words for is taken for an entity.
NOT_ENTITIES: Final = (
    *("fields", "things", "events", "weak_bodies", "acts", "weak_people", "adjectives"),
    *("phrases", "verb_endings", "telling", "places", "expansions", "classifiers"),
    *("event_heads", "novelty"),
    *("colours", "colouring"),
)
TABLES: Final = (
    *("synonyms", "same", "owner", "determiners", "titles", "pronouns", "nouns", "outlets"),
    *("countries", "latter"),
)


# What a lenient language need not write: tables that are lists of lines, or of one form.
STARTING: Final[Mapping[str, Any]] = {
    "synonyms": [],
    "same": [],
    "owner": ["{thing} {owner}", "{thing} {owner}"],
    "outlets": {"names": []},
}

# l’Atlantique, d'Iran: the names of the tables are compared without.
_ELIDED: Final = re.compile(r"\b[ldLD]['’]")


def read(
    folder: str,
    singular: Callable[[str], str],
    masculine: Callable[[str], str],
    lenient: bool = False,
) -> PeopleWords:
    """The words of the language folder `folder` (`fr`), with the two functions of its grammar.

    Raises SelonError naming the file and the key where one is too many, or missing; a `lenient`
    language may leave out what it has no words for yet.
    """
    table = lang.read_toml(folder, "people.toml")
    known = {*LISTS, *TABLES}
    if lenient:
        table = {**{k: [] for k in LISTS}, **{k: {} for k in TABLES}, **STARTING, **table}
    for key in sorted(known ^ table.keys()):
        state = "is missing" if key in known else "is not known"
        raise SelonError(
            f"lang/{folder}/people.toml: the key `{key}` {state}; see examples/language/people.toml"
        )
    countries = _countries(folder, table["countries"], masculine)
    several = frozenset(_plain(n) for line in table["same"] for n in line if " " in n)
    # « la Corée du Nord » is no « Nord » of a « Corée ».
    several |= {n for n in countries if " " in n}
    written = frozenset(_plain(n) for n in table["outlets"]["names"])
    outlets = written | {unaccented(n) for n in written}
    nouns = {
        n: Noun(kind, g) for kind, ns in table["nouns"].items() for n, g in _nouns_with_gender(ns)
    }
    for form, gender in tsv.rows(_lines(folder, "roles.tsv")):
        nouns[form.lower()] = Noun("person", GENDERS.get(gender))
    return PeopleWords(
        language=folder,
        lists=MappingProxyType(
            {k: frozenset(table[k]) for k in LISTS}
            | {k: frozenset(v) for k, v in _not_entities(folder).items()}
        ),
        determiners={k: Determiner(*_shape(v)) for k, v in table["determiners"].items()},
        titles={k: GENDERS.get(v) for k, v in table["titles"].items()},
        pronouns={k: _pronoun(v) for k, v in table["pronouns"].items()},
        latter={k: _pronoun(f"{v} this") for k, v in table["latter"].items()},
        nouns=nouns,
        synonyms={w: line[0] for line in table["synonyms"] for w in line},
        same={_sort_key(n): line[0] for line in table["same"] for n in line},
        owner=(table["owner"][0], table["owner"][1]),
        known=several,
        outlets=outlets,
        listed=frozenset(_firsts(outlets | several, table["determiners"])),
        countries=countries,
        cities=_cities(folder),
        peoples=_peoples(folder),
        first_names=first_names(),
        rare_names=rare_names(),
        weights=_weights(folder),
        speaker_weights=speaker_weights(),
        compounds=frozenset(n.split("-")[0] for n in nouns if "-" in n),
        singular=singular,
        masculine=masculine,
    )


@lru_cache(maxsize=1)
def first_names() -> Mapping[str, str | None]:
    """First names in lower case with the gender they are given to, None where both are.

    Each also without accents and hyphens, as names are compared: `jeanpierre`.
    """
    text = (resources.files("selon") / "data" / "first-names.tsv").read_text("utf-8")
    found = {name: GENDERS.get(g) for name, g in tsv.rows(text)}
    for name in [n for n in found if "-" in n or not n.isascii()]:
        found.setdefault(fold(name).replace(" ", ""), found[name])
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def rare_names() -> Mapping[str, str | None]:
    """Rare first names, of which only the gender is asked: as `first_names`."""
    text = (resources.files("selon") / "data" / "rare-first-names.tsv").read_text("utf-8")
    return MappingProxyType({name: GENDERS.get(g) for name, g in tsv.rows(text)})


@lru_cache(maxsize=1)
def speaker_weights() -> Mapping[str, float]:
    """What each sign counts for when a statement's speaker is chosen; the signs are of no language."""
    text = (resources.files("selon") / "data" / "speakers.tsv").read_text("utf-8")
    return MappingProxyType({name: float(weight) for name, weight in tsv.rows(text)})


def _firsts(names: frozenset[str], determiners: Mapping[str, Any]) -> Iterator[str]:
    """The first word of each name, and the next where that is an article."""
    for name in names:
        row = name.replace("'", "' ").split()
        yield row[0].rstrip("'")
        if len(row) > 1 and row[0] in determiners:
            yield row[1]


def _sort_key(name: str) -> tuple[str, ...]:
    return tokens(_ELIDED.sub(" ", name))


def _plain(name: str) -> str:
    return name.lower().replace("’", "'")


def _nouns_with_gender(nouns: list[str]) -> Iterator[tuple[str, str]]:
    for noun in nouns:
        word, _, gender = noun.partition("/")
        yield word, gender or "m"


def _shape(value: str) -> tuple[str, str | None, str | None]:
    kind, gender, number = value.split()
    return kind, GENDERS.get(gender), number if number in "sp" else None


def _pronoun(value: str) -> Pronoun:
    gender, number, kind = value.split()
    return Pronoun(GENDERS.get(gender), number, kind)


def _countries(
    folder: str, extra: Mapping[str, str], masculine: Callable[[str], str]
) -> Mapping[str, str]:
    """Country names and the adjectives made of them, each with its ISO code; the first one wins."""
    found = dict(extra)
    for code, names, demonym in tsv.rows(_lines(folder, "countries.tsv")):
        for name in (*names.lower().replace("’", "'").split("|"), demonym):
            if name:
                found.setdefault(name, code)
                found.setdefault(masculine(name), code)
    return MappingProxyType(found)


def _peoples(folder: str) -> frozenset[str]:
    """Those of a country, several at once: « français », « suisses »; no country's own name."""
    rows = list(tsv.rows(_lines(folder, "countries.tsv")))
    names = {n for _, names, _ in rows for n in names.lower().split("|")}
    many = {d if d[-1] in "sx" else f"{d}s" for _, _, d in rows if d and " " not in d}
    return frozenset(many - names)


def _cities(folder: str) -> frozenset[str]:
    """The cities of the language's date lines; nothing where it has none."""
    if not (lang.place(folder) / "headings.toml").exists():
        return frozenset()
    return frozenset(lang.read_toml(folder, "headings.toml").get("cities", ()))


def _not_entities(folder: str) -> dict[str, list[str]]:
    """The words that stand for nobody; each list empty where the language has no such file.

    Raises SelonError where the file has a key that is not known.
    """
    name = "not_entities.toml"
    table = lang.read_toml(folder, name) if (lang.place(folder) / name).exists() else {}
    for key in sorted(table.keys() - set(NOT_ENTITIES)):
        raise SelonError(f"lang/{folder}/{name}: the key `{key}` is not known")
    return {
        key: [w for word in table.get(key, []) for w in dict.fromkeys((word, unaccented(word)))]
        for key in NOT_ENTITIES
    }


def _weights(folder: str) -> Mapping[str, float]:
    """What each sign counts for when a pronoun's antecedent is chosen (pronouns.tsv).

    The signs are of no language: a folder without weights of its own takes the default language's.
    """
    text = _lines(folder, "pronouns.tsv") or _lines(lang.DEFAULT, "pronouns.tsv")
    return MappingProxyType({name: float(weight) for name, weight in tsv.rows(text)})


def _lines(folder: str, name: str) -> str:
    """A table of a language folder; nothing where it has none."""
    path = lang.place(folder) / name
    return path.read_text("utf-8") if path.exists() else ""


def citing(words: PeopleWords) -> Citing:
    """How a medium cites a source in this language."""
    lists = words.lists
    return Citing(
        citing_verbs(lists["citing"]), lists["cited_reasons"], partial(is_medium, words=words)
    )
