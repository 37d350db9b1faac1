"""Statements drawn for coding by hand, and what the coding says of the reading.

Precision is told by a sample of statements, allocated to the strata by their sizes; recall by a
sample of paragraphs, in which a coder counts what is said. Krippendorff's alpha between coders is
NLTK's (`nltk.metrics.agreement`; Krippendorff 2004, *Content Analysis*, chapter 11), for nominal
codes, gaps allowed.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Final

import numpy as np

from selon.errors import SelonError
from selon.i18n import _
from selon.library import serialization
from selon.library.find import Query
from selon.numbers.facts import Facts, gather
from selon.numbers.intervals import effective, wilson

Row = dict[str, Any]
SEED: Final = 1
# What a coder answers: 1 right, 0 wrong, nothing where they cannot tell.
CODES: Final = ("statement_right", "words_right", "speaker_right", "form_right")
COUNTS: Final = ("said", "found")
_TOLD: Final = (
    *("number", "stratum", "weight", "outlet", "published", "url", "context", "content", "cue"),
    *("speaker", "addressees", "via", "form", "stance"),
)
STATEMENTS: Final = (*_TOLD, *CODES, "note")
PARAGRAPHS: Final = (
    *("number", "outlet", "published", "url", "paragraph", "read"),
    *(*COUNTS, "note"),
)
_YES: Final = frozenset("1 1.0 yes y oui o vrai true x".split())
_NO: Final = frozenset("0 0.0 no n non faux false".split())
# A paragraph of so few characters says nothing.
_MIN_PARAGRAPH_CHARS: Final = 40


def statements(
    connection: sqlite3.Connection,
    count: int,
    *,
    stratify: tuple[str, ...] = (),
    query: Query | None = None,
    seed: int = SEED,
) -> list[Row]:
    """So many statements to code: allocated to the strata by their sizes, one each at least.

    `weight` is how many statements of the library each stands for. Wire copy is drawn once.
    """
    facts = gather(connection, stratify, query, persons=False)
    if facts.exploded:
        raise SelonError(
            _("Strata need a dimension with one value per statement: not relay or addressee.")
        )
    chance = random.Random(seed)
    strata = _strata(facts, stratify)
    drawn: list[tuple[int, str, float]] = []
    for name, share in _allocate({n: len(p) for n, p in strata.items()}, count).items():
        places = strata[name]
        weight = len(places) / share
        drawn += [(place, name, weight) for place in sorted(chance.sample(places, share))]
    ids = facts.statement.tolist()
    return [_row(connection, ids[place], name, weight) for place, name, weight in drawn]


def _strata(facts: Facts, names: tuple[str, ...]) -> dict[str, list[int]]:
    columns = [facts.columns[name] for name in names]
    out: dict[str, list[int]] = {}
    for place in np.flatnonzero(~facts.again).tolist():
        parts = [c.values[c.codes[place]] if c.codes[place] >= 0 else "?" for c in columns]
        out.setdefault(" · ".join(parts), []).append(place)
    return dict(sorted(out.items()))


def _allocate(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of each stratum: by size, the largest remainders first, at least one, at most all."""
    whole = sum(sizes.values())
    count = min(count, whole)
    if count < len(sizes):
        raise SelonError(
            _(
                "{n} statements are too few for {strata} strata: draw more, or use fewer strata."
            ).format(n=count, strata=len(sizes))
        )
    exact = {n: count * size / whole for n, size in sizes.items()}
    out = {n: min(max(floor(e), 1), sizes[n]) for n, e in exact.items()}
    while (left := count - sum(out.values())) != 0:
        step = 1 if left > 0 else -1
        may = [n for n in out if (out[n] < sizes[n] if step > 0 else out[n] > 1)]
        chosen = max(may, key=lambda n: (step * (exact[n] - out[n]), n))
        out[chosen] += step
    return out


def _row(connection: sqlite3.Connection, number: int, stratum: str, weight: float) -> Row:
    s = connection.execute(
        "select s.*, a.url from statement s join article a on a.id = s.article_id where s.id = ?",
        (number,),
    ).fetchone()
    row: Row = {name: s[name] for name in _TOLD if name not in ("number", "stratum", "weight")}
    row |= {"number": number, "stratum": stratum, "weight": round(weight, 6), "note": None}
    return row | dict.fromkeys(CODES)


def paragraphs(
    connection: sqlite3.Connection, count: int, *, query: Query | None = None, seed: int = SEED
) -> list[Row]:
    """So many paragraphs, any alike to be drawn, with what was read in each.

    A coder counts what is said in it (`said`) and how much of this was read rightly (`found`).
    Of the query only outlet and dates are heeded; copies are left out.
    """
    asked = query or Query()
    rows = connection.execute(
        "select r.id, v.text, a.outlet, a.published, a.url from reading r"
        " join version v on v.id = r.version_id join article a on a.id = v.article_id"
        " where r.current = 1 and a.copy_of is null and (?1 is null or a.outlet = ?1)"
        " and (?2 is null or a.published >= ?2) and (?3 is null or a.published <= ?3 || '~')"
        " order by r.id",
        (asked.outlet, asked.since, asked.until),
    )
    chance = random.Random(seed)
    kept: list[tuple[Any, int, str]] = []
    seen = 0
    # Reservoir (Vitter 1985): each paragraph of the library has the same chance.
    for row in rows:
        at = 0
        for text in row["text"].split("\n"):
            start, at = at, at + len(text) + 1
            if len(text.strip()) < _MIN_PARAGRAPH_CHARS:
                continue
            seen += 1
            if len(kept) < count:
                kept.append((_bare(row), start, text))
            elif (place := chance.randrange(seen)) < count:
                kept[place] = (_bare(row), start, text)
    return [_paragraph(connection, n, *one) for n, one in enumerate(kept, 1)]


def _bare(row: sqlite3.Row) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "outlet", "published", "url")}


def _paragraph(
    connection: sqlite3.Connection, number: int, row: dict[str, Any], start: int, text: str
) -> Row:
    told = []
    for s in connection.execute(
        "select content, content_spans, speaker from statement where reading_id = ?"
        " and verdict is not 'rejected' order by id",
        (row["id"],),
    ):
        spans = serialization.spans(s["content_spans"])
        if spans and start <= spans[0].start <= start + len(text):
            told.append(f"{s['speaker'] or '?'}: {s['content']}")
    known = {name: row[name] for name in ("outlet", "published", "url")}
    return {
        "number": number,
        **known,
        "paragraph": text,
        "read": "\n".join(told),
        **dict.fromkeys((*COUNTS, "note")),
    }


@dataclass(frozen=True, slots=True)
class Measure:
    """One share by coding: precision of a code, or recall, with its interval, of so many."""

    name: str
    share: float
    low: float
    high: float
    n: int


def precision(rows: Sequence[Mapping[str, Any]]) -> Iterator[Measure]:
    """The share of right ones by each code, weighted by what each row stands for.

    Wilson's interval over Kish's effective number, (Σw)² / Σw². Whoever is no statement has
    neither words nor speaker right, whatever a coder left blank.
    """
    for code in CODES:
        told = [
            (w, v)
            for row in rows
            if (v := _code_value(row, code)) is not None
            for w in [_weight(row)]
        ]
        if told:
            total = sum(w for w, _v in told)
            share = sum(w for w, v in told if v) / total
            worth = total**2 / sum(w * w for w, _v in told)
            yield Measure(code, share, *wilson(share * worth, worth), len(told))


def recall(rows: Sequence[Mapping[str, Any]]) -> Measure | None:
    """What was found of what is said, paragraphs being what is drawn; nothing uncoded."""
    pairs = [
        (right, all_)
        for row in rows
        if (all_ := _number(row, "said")) is not None
        and (right := _number(row, "found")) is not None
    ]
    found = np.array([right for right, _all in pairs], np.int64)
    said = np.array([all_ for _right, all_ in pairs], np.int64)
    if not said.sum():
        return None
    if (found > said).any():
        raise SelonError(
            _("A paragraph has more “found” than “said”: “found” counts a part of “said”.")
        )
    share = float(found.sum() / said.sum())
    worth = effective(found, said)
    low, high = wilson(share * worth, worth) if worth else (0.0, 1.0)
    return Measure("recall", share, low, high, int(said.sum()))


def alpha(coders: Sequence[Sequence[Mapping[str, Any]]], code: str) -> tuple[float, int] | None:
    """Krippendorff's alpha of a code between coders, and of how many units two or more coded.

    Nothing where no unit was coded twice. One code given throughout tells nothing: alpha is then
    1 by convention. Raises `SelonError` without NLTK.
    """
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise SelonError(
            _("This needs one more package: pip install 'selon[{extra}]'.").format(extra="numbers")
        ) from error
    data = [
        (f"coder{n}", str(row["number"]), told)
        for n, rows in enumerate(coders)
        for row in rows
        if (told := _answer(row, code)) is not None
    ]
    times: dict[str, int] = {}
    for _coder, unit, _told in data:
        times[unit] = times.get(unit, 0) + 1
    both = [one for one in data if times[one[1]] > 1]
    if not both:
        return None
    if len({told for _c, _u, told in both}) == 1:
        return 1.0, sum(n > 1 for n in times.values())
    return float(AnnotationTask(data=both).alpha()), sum(n > 1 for n in times.values())


def _answer(row: Mapping[str, Any], code: str) -> str | None:
    if code in COUNTS:
        number = _number(row, code)
        return None if number is None else str(number)
    told = _code_value(row, code)
    return None if told is None else str(int(told))


def _code_value(row: Mapping[str, Any], code: str) -> bool | None:
    if code != CODES[0] and _plain(row, CODES[0]) in _NO:
        return False
    told = _plain(row, code)
    if told in _YES:
        return True
    if told in _NO:
        return False
    if told:
        raise SelonError(
            _("Row {n}: {code} is “{word}”; write 1, 0 or nothing.").format(
                n=row["number"], code=code, word=told
            )
        )
    return None


def _number(row: Mapping[str, Any], code: str) -> int | None:
    told = _plain(row, code).removesuffix(".0")
    if not told:
        return None
    if told.isascii() and told.isdigit() and len(told) < 9:
        return int(told)
    raise SelonError(
        _("Row {n}: {code} is “{word}”; write a number.").format(
            n=row["number"], code=code, word=told
        )
    )


def _plain(row: Mapping[str, Any], code: str) -> str:
    return str(row.get(code) or "").strip().lower()


def _weight(row: Mapping[str, Any]) -> float:
    try:
        weight = float(str(row.get("weight") or 1).replace(",", "."))
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        raise SelonError(_("Row {n}: its weight was changed.").format(n=row["number"]))
    return weight
