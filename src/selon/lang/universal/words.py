"""The words of a language that has word lists and no rules of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from selon.errors import SelonError
from selon.lang import place, read_toml
from selon.tsv import numbered_rows

# The keys of `pack.toml`, by table; each is described where it stands in the example folder.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "model": ("package", "licence", "mask", "labels", "needs"),
    "marks": ("abbreviations",),
    "report": ("that", "according", "to", "negations", "hedges"),
}
NEEDED: Final = ("package", "licence", "mask")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by lemma with their act, and by form with their lemma; the small words of reports."""

    verbs: Mapping[str, str]
    forms: Mapping[str, str]
    that: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    to: frozenset[str]
    negations: frozenset[str]
    hedges: frozenset[str]


@lru_cache(maxsize=8)
def settings(code: str) -> dict[str, dict[str, Any]]:
    """`pack.toml`, with what is left out empty; SelonError names a key that is not known."""
    given = read_toml(code, "pack.toml")
    file = f"lang/{code}/pack.toml"
    for table, values in given.items():
        if table not in KEYS:
            raise SelonError(f"{file}: unknown table [{table}]; there are: {', '.join(KEYS)}")
        for key in sorted(values.keys() - set(KEYS[table])):
            raise SelonError(
                f"{file}: unknown key `{key}` in [{table}]; there are: {', '.join(KEYS[table])}"
            )
    for key in NEEDED:
        if not given.get("model", {}).get(key):
            raise SelonError(f"{file}: [model] needs `{key}`; see examples/language/pack.toml")
    empty: dict[str, Any] = {"labels": {}}
    return {
        table: {key: given.get(table, {}).get(key, empty.get(key, [])) for key in keys}
        for table, keys in KEYS.items()
    }


@lru_cache(maxsize=8)
def lexicon(code: str) -> Lexicon:
    """The words of reports of a language folder."""
    report = settings(code)["report"]
    verbs: dict[str, str] = {}
    forms: dict[str, str] = {}
    for lemma, act, many in _verbs(code):
        verbs[lemma] = act
        for form in (lemma, *many.split("|")):
            forms.setdefault(form.lower(), lemma)
    # The longest phrase first: « de acuerdo con » before « con ».
    phrases = sorted((tuple(p.lower().split()) for p in report["according"]), key=len)
    return Lexicon(
        verbs,
        forms,
        frozenset(report["that"]),
        tuple(reversed(phrases)),
        frozenset(report["to"]),
        frozenset(report["negations"]),
        frozenset(report["hedges"]),
    )


def _verbs(code: str) -> list[list[str]]:
    rows = []
    for number, parts in numbered_rows((place(code) / "verbs.tsv").read_text(encoding="utf-8")):
        if len(parts) != 3:
            raise SelonError(
                f"lang/{code}/verbs.tsv:{number}: needs lemma, act and forms (| between), by tabs"
            )
        rows.append(parts)
    return rows
