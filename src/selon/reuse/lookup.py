"""Asking a library for somebody's words: under which name, in which language they stand there."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.names import fold
from selon.reuse import passages, tables, text_search
from selon.reuse.alteration import types
from selon.reuse.crosslingual import STEM_CHARS, CrosslingualLinks, has_enough_words
from selon.reuse.lexicon import guess_language, lexicon
from selon.reuse.quote_check import (
    QuoteCheck,
    QuoteFinding,
    Verdict,
    check,
    find_changes,
    order_findings,
)
from selon.reuse.reused_quotes import ReusedQuote, folded_words, words
from selon.reuse.similarity import MIN_WORDS
from selon.reuse.speakers import By, differ_in_language, spoken_by
from selon.reuse.store import ReuseStore
from selon.reuse.translation import MIN_COSINE, MIN_COSINE_UNKNOWN

_KB: Final = re.compile(r"[QP]\d+")
# A name that so large a part of an entity's articles call it by is its name, and no slip.
_USUAL_NAME_SHARE: Final = 0.1
# What has less of the words is not where they stand.
NEARLY: Final = 0.8
# Findings whose families are looked at for renderings; statements encoded for one question.
_MAX_FINDINGS: Final = 20
_MAX_ENCODED: Final = 100


class _SpeakerFirst:
    """The sayings of a library, all those of the speaker asked for among them."""

    def __init__(self, store: ReuseStore, speaker: str | None) -> None:
        self._store = store
        rows = entities(store.connection, speaker) if speaker else []
        self._speakers = [row["id"] for row in rows]

    def near(self, words: str, language: str | None = None) -> list[ReusedQuote]:
        return self._store.near(words, language, self._speakers)

    def around(self, saying: ReusedQuote) -> tuple[str, str]:
        return self._store.around(saying)


def ask(
    store: ReuseStore, text: str, language: str | None = None, speaker: str | None = None
) -> QuoteCheck:
    """What a library has of these words, in any language that it can compare.

    Their language is guessed among the library's where none is told. `speaker` is a name or a
    knowledge base's id (Q…). Renderings come from the families of what
    is found, and by the sense of the words: of the speaker's statements, or else of those that
    name the same. Raises SelonError for an id that the library does not know.
    """
    language = language or guess_language(text, store.languages())
    by = speaker_of(store.connection, speaker, language) if speaker else None
    common = text_search.common(store.connection, text, language)
    if common:
        return QuoteCheck(text, common=common)
    found = {
        f.saying.id: f for f in check(text, _SpeakerFirst(store, speaker), language, by).findings
    }
    asked = ReusedQuote("?", "?", text, language=language)
    if store.abroad() != "one language":
        for finding in list(found.values())[:_MAX_FINDINGS]:
            for other in store.family(int(finding.saying.id))[1].values():
                if other.id not in found and differ_in_language(asked, other):
                    found[other.id] = _crosslingual_finding(asked, other, finding.score, by)
    if store.abroad() == "compared":
        for other, cosine in _by_sense(store, asked, by, speaker):
            found.setdefault(other.id, _crosslingual_finding(asked, other, cosine, by))
    done = order_findings(text, found.values())
    common = _common_passages(store, asked, done)
    if common:
        return QuoteCheck(text, common=common)
    return replace(done, passages=_passages(store, asked, done, by))


def _common_passages(store: ReuseStore, asked: ReusedQuote, done: QuoteCheck) -> int:
    """In how many articles a few words stand that nobody is read to say; 0 where they are not many."""
    few = len(folded_words(asked.words, asked.language)) < MIN_WORDS
    if not few or not store.made or any(f.verdict == "verbatim" for f in done.findings):
        return 0
    count = passages.articles(store.connection, asked.words)
    return count if count > text_search.MANY_ARTICLES else 0


def _passages(
    store: ReuseStore, asked: ReusedQuote, done: QuoteCheck, by: By | None
) -> tuple[QuoteFinding, ...]:
    """Where the words stand in articles but in no statement, if no statement has them as they are."""
    if any(f.verdict == "verbatim" for f in done.findings):
        return ()
    told = {f.saying.article for f in done.findings if f.kept >= NEARLY}
    found = [
        find_changes(asked, saying, 1.0, store, by)
        for saying in passages.passages(store.connection, asked.words, asked.language, store.made)
        if saying.article not in told
    ]
    return order_findings(asked.words, (f for f in found if f.kept >= NEARLY)).findings


def speaker_of(connection: sqlite3.Connection, asked: str, language: str | None = None) -> By:
    """Whether a saying is by the one asked for: a name, or a knowledge base's id.

    Whether a description (« le maire ») is somebody of a name is not told. Raises SelonError where
    the library has nobody of that id.
    """
    rows = entities(connection, asked)
    if _KB.fullmatch(asked):
        if not rows:
            raise SelonError(_("Nobody in this library has the id {id}.").format(id=asked))
        names = {name for row in rows for name in _names(connection, row["id"])}
    else:
        names = {fold(asked)}
    keys = {row["key"] for row in rows}
    return spoken_by(names, keys, described=not keys and is_description(asked, language))


def is_description(asked: str, language: str | None) -> bool:
    """Whether somebody is described and not named: « le maire », « une source proche »."""
    first = fold(asked.split()[0]) if asked.split() else ""
    return first in lexicon(language).function or asked == asked.lower()


def entities(connection: sqlite3.Connection, asked: str) -> list[sqlite3.Row]:
    """The entities of a name or of a knowledge base's id, with those that people merged."""
    if _KB.fullmatch(asked):
        where, value = "e.kb = ?", asked
    else:
        where, value = "e.folded = ? and e.folded <> ''", fold(asked)
    return connection.execute(
        f"select e.id, e.key from entity e where {where} union"
        f" select m.id, m.key from entity e join entity m on m.id = e.same_as where {where}"
        f" union select m.id, m.key from entity e join entity m on m.same_as = e.id where {where}",
        (value, value, value),
    ).fetchall()


def _names(connection: sqlite3.Connection, entity: int) -> list[str]:
    """The folded full names by which articles call an entity."""
    rows = connection.execute(
        "select name, count(*) as often from appearance where entity_id = ?"
        " and instr(mentions, '\"name\"') group by name",
        (entity,),
    ).fetchall()
    most = sum(row["often"] for row in rows)
    often = [fold(row["name"]) for row in rows if row["often"] >= _USUAL_NAME_SHARE * most]
    return [name for name in often if " " in name] or often


def _crosslingual_finding(
    asked: ReusedQuote, other: ReusedQuote, score: float, by: By | None
) -> QuoteFinding:
    others = by is not None and by(other) is False
    verdict: Verdict = "attributed to another" if others else "translated"
    return QuoteFinding(other, verdict, types(other, asked), (), round(score, 4))


def _by_sense(
    store: ReuseStore, asked: ReusedQuote, by: By | None, speaker: str | None
) -> list[tuple[ReusedQuote, float]]:
    """The statements in other languages that say the same, with their likeness."""
    if not has_enough_words(asked) or asked.language is None:
        return []
    rows = _of_anchors(store, asked)
    if speaker:
        rows = _of_speaker(store, speaker, asked, set(rows))
    sayings = [
        s
        for s in store.sayings(rows).values()
        if differ_in_language(asked, s) and has_enough_words(s)
    ]
    if not sayings:
        return []
    across = CrosslingualLinks(store.connection, store.current)
    (vector,) = across.encoded([asked.words])
    least = MIN_COSINE if speaker else MIN_COSINE_UNKNOWN
    if store.library.read_only:
        vectors = across.vectors(sayings)
    else:
        with store.library.transaction():
            vectors = across.vectors(sayings)
    scored = [(s, float(vector @ vectors[s.id])) for s in sayings]
    return [(s, cosine) for s, cosine in scored if cosine >= least]


def _of_speaker(store: ReuseStore, speaker: str, asked: ReusedQuote, first: set[int]) -> list[int]:
    """The speaker's statements in other languages: all that are encoded, and some that are not.

    Of these the ones that name the same go first, then the newest.
    """
    ids = [row["id"] for row in entities(store.connection, speaker)]
    rows = store.connection.execute(
        "select s.id, r.vector is not null as encoded from statement s"
        " join rendering r on r.statement_id = s.id where r.language <> ?"
        f" and s.speaker_id in ({tables.marks(ids)}) order by s.published desc, s.id desc",
        ((asked.language or "")[:2], *ids),
    ).fetchall()
    new = sorted((r["id"] for r in rows if not r["encoded"]), key=lambda i: i not in first)
    return [r["id"] for r in rows if r["encoded"]] + new[:_MAX_ENCODED]


def _of_anchors(store: ReuseStore, asked: ReusedQuote) -> list[int]:
    """The statements that share a number or the beginning of a name with the words, best first."""
    found = words(asked.words, asked.language)
    terms = [f'"{w.fold}"' for w in found if w.number]
    terms += [
        f'"{w.fold[: STEM_CHARS + 1]}"*' for w in found if w.name and len(w.fold) > STEM_CHARS
    ]
    if not terms:
        return []
    rows = store.connection.execute(
        "select words.rowid from words cross join rendering r on r.statement_id = words.rowid"
        " where words match ? and r.language <> ? order by rank limit ?",
        (
            f"{{content}} : ({' OR '.join(dict.fromkeys(terms))})",
            (asked.language or "")[:2],
            _MAX_ENCODED,
        ),
    )
    return [row[0] for row in rows]
