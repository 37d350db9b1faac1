"""Languages: each is one folder, which offers one `pack()`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import Any, Final

from selon.errors import SelonError
from selon.reading import gbdt, reranker
from selon.reading.cited import NOTHING_CITED, Citing
from selon.reading.coref.word_lists import PeopleWords
from selon.reading.parse import Model
from selon.reading.rank import Weights
from selon.reading.segment import Marks
from selon.reading.times import Grammar as TimeGrammar
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Heading, ReportClause
from selon.tsv import numbered_rows

HERE: Final = Path(__file__).parent
# The language of an article that tells none, and too short to be guessed.
DEFAULT: Final = "fr"
_loading: Final = RLock()


@dataclass(frozen=True)
class Pack:
    """All that Selon knows of a language.

    `opens` tells the words after which a quotation may stand by itself, `inserted` whether a clause
    of report stands between a quotation's marks, `clause` where; `citing` how a medium cites a
    source; `grammar` proposes the candidates of a sentence; `hedges` tells the stretches that the
    outlet itself puts in doubt.
    """

    code: str
    model: Model
    model_licence: str
    marks: Marks
    opens: Callable[[str], bool]
    grammar: Callable[[ParsedSentence], tuple[Candidate, ...]]
    hedges: Callable[[ParsedSentence], bool]
    headings: Callable[[str], tuple[Heading, ...]]
    times: TimeGrammar
    people: PeopleWords
    weights: Weights
    inserted: Callable[[str], bool] = lambda words: False
    clause: Callable[[str], ReportClause | None] = lambda words: None
    citing: Citing = NOTHING_CITED


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The languages that Selon can read, by code."""
    return tuple(sorted(p.parent.name for p in HERE.glob("*/pack.toml")))


def place(code: str) -> Path:
    """The folder of a language."""
    return HERE / code


def read_toml(code: str, name: str) -> dict[str, Any]:
    """One of a language folder's TOML files; a missing or broken one is named with its fault."""
    try:
        return tomllib.loads((place(code) / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SelonError(f"lang/{code}/{name}: {error}; correct that line") from None
    except FileNotFoundError:
        raise SelonError(f"lang/{code}/{name} is missing; see examples/language/{name}") from None


def load(code: str) -> Pack:
    """The pack of a language; one that is not there is said so, with those that are."""
    # One thread at a time: msgspec (0.22) crashes where two decode a type for the first time.
    with _loading:
        return _load(code)


@lru_cache(maxsize=8)
def _load(code: str) -> Pack:
    base = code.split("-")[0].lower()
    if base not in codes():
        raise SelonError(f"no language pack {code!r}; there are: {', '.join(codes())}")
    pack = import_module(f"selon.lang.{base}").pack()
    if not isinstance(pack, Pack):
        raise SelonError(f"lang/{base}/__init__.py: pack() must give a Pack")
    return pack


@lru_cache(maxsize=8)
def digest(code: str) -> str:
    """What a pack is made of, as a short hash of its files: kept with every run."""
    total = sha256()
    for path in sorted(place(code).glob("*")):
        if path.suffix in (".py", ".toml", ".tsv"):
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def read_weights(path: Path) -> Weights:
    """The weights of a ranking from a table: a feature and its weight a line.

    `(constant)` and `(least)` are the constant and the least score that is believed. A missing
    table is an untrained language: nothing is believed. Three weights a line are those of the
    three sums of `reranker`, whose trees stand in `trees.tsv` beside the table.
    """
    if not path.exists():
        return Weights({}, 0.0, 1.1)
    rows: dict[str, list[float]] = {}
    for number, (feature, *values) in numbered_rows(path.read_text(encoding="utf-8")):
        try:
            rows[feature] = [float(value) for value in values]
        except ValueError:
            raise SelonError(f"{path.name}:{number}: {values!r} are no numbers") from None
    min_score = rows.pop("(least)", [0.5])[0]
    constants = rows.pop("(constant)", [0.0])
    if len(constants) == 1:
        return Weights({f: values[0] for f, values in rows.items()}, constants[0], min_score)
    (base,) = rows.pop("(base)", [0.0])
    of = {f: (a, b, c) for f, (a, b, c) in rows.items()}
    trees = gbdt.read_trees(path.with_name("trees.tsv"), reranker.FEATURES)
    a, b, c = constants
    return Weights({}, 0.0, min_score, reranker.Reranker(of, (a, b, c), trees, base))
