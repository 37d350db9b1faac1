"""The page `/check`: who said these words, in which text they stand, or that they are not here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from litestar import Response, get

from selon.errors import SelonError
from selon.library import review_queue, serialization
from selon.library.store import Library
from selon.reuse import names
from selon.reuse.formatting import parts
from selon.reuse.lookup import ask
from selon.reuse.quote_check import VERDICTS, QuoteCheck, QuoteFinding
from selon.reuse.store import ReuseStore
from selon.web import statement_links, templating
from selon.web.snippet import snippet
from selon.web.templating import Asked

MAX_CHARS: Final = 2_000
MAX_SHOWN: Final = 30
# Fewer words than these are anybody's: found, they tell little.
FEW_WORDS: Final = 6
MIN_WORDS: Final = 2
_WORD: Final = re.compile(r"[^\W_]+")
_QUOTES: Final = ' \n\r\t«»"“”\u00a0\u202f'


@dataclass
class Layers:
    """What a library has of some words: statements that say them, texts that have them, its scope."""

    said: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    stand: list[dict[str, Any]] = field(default_factory=list)
    scope: dict[str, Any] = field(default_factory=dict)
    waiting: int = 0
    common: int = 0
    more: bool = False
    verdict: str = ""


@get("/check", sync_to_thread=True)
def check(request: Asked) -> Response[str]:
    """The form, and the verdict on what was pasted into it; the address is the verdict's own."""
    given = request.query_params
    quoted = given.get("words", "").strip(_QUOTES)[:MAX_CHARS]
    speaker = given.get("speaker", "").strip()[:200]
    layers, fault = Layers(), ""
    size = len(_WORD.findall(quoted))
    if size >= MIN_WORDS:
        with templating.library_of(request).reading() as library:
            try:
                layers = check_layers(library, quoted, speaker)
            except SelonError as error:
                fault = str(error)
    return templating.page(
        request,
        "check",
        quoted=quoted,
        speaker=speaker,
        fault=fault,
        size=size,
        few=size < FEW_WORDS,
        least=MIN_WORDS,
        asked_for=bool(quoted),
        verdict=layers.verdict if size >= MIN_WORDS and not fault else "",
        layers=layers,
        who=_who(layers.said[:1]),
        all_who=_who(layers.said),
        others=_who(layers.others),
        at_time=datetime.now(UTC).isoformat(),
    )


def check_layers(library: Library, quoted: str, speaker: str) -> Layers:
    """The three layers of a library; raises `SelonError` for a speaker's id that nobody has."""
    store = ReuseStore(library)
    done = ask(store, quoted, None, speaker or None)
    layers = Layers(waiting=store.waiting(), scope=_scope(library), common=done.common)
    for card in _findings(library, done, quoted)[:MAX_SHOWN]:
        (layers.others if card["verdict"] == "attributed to another" else layers.said).append(card)
    layers.more = len(done.findings) > MAX_SHOWN
    layers.stand = _article_passages(library, done.passages[:MAX_SHOWN], quoted)
    layers.verdict = _verdict(done, layers)
    return layers


def _findings(library: Library, done: QuoteCheck, quoted: str) -> list[dict[str, Any]]:
    """What the ledger found, each with its sentence and the word diff."""
    kept = done.findings[: MAX_SHOWN * 2]
    rows = {
        r["id"]: r for r in review_queue.rows(library.connection, [int(f.saying.id) for f in kept])
    }
    links = statement_links.links(library, rows)
    return [
        {
            **statement_links.statement_view(rows[int(f.saying.id)], links),
            **_finding_view(f, quoted),
        }
        for f in kept
        if int(f.saying.id) in rows
    ]


def _finding_view(found: QuoteFinding, quoted: str) -> dict[str, Any]:
    """What became of the words in one place, what ruled them there, whether by who was asked for."""
    types = names(found.alterations)
    same = types == ("verbatim",)
    return {
        "verdict": found.verdict,
        "types": [t for t in types if t != "verbatim"],
        "diff": [] if same else list(parts(found.saying.words, quoted, found.diff)),
        "ruled": found.ruled,
        "told": found.speaker,
        "score": found.score,
    }


def _article_passages(
    library: Library, passages: Sequence[QuoteFinding], quoted: str
) -> list[dict[str, Any]]:
    """The sentences of articles that are in no statement, the words marked in each."""
    articles = {
        row["key"]: row
        for row in library.connection.execute(
            "select a.key, a.id, a.title, a.url from json_each(?) hit"
            " join article a on a.key = hit.value",
            (serialization.pack([f.saying.article for f in passages]),),
        )
    }
    cards = []
    for found in passages:
        row, saying = articles[found.saying.article], found.saying
        before, words, after = snippet(saying.words, _marked_text(found), saying.language)
        cards.append(
            {
                **_finding_view(found, quoted),
                "article": row["id"],
                "title": row["title"] or "",
                "outlet": saying.outlet,
                "published": saying.published,
                "original": statement_links.original_url(row["url"]),
                "before": before,
                "words": words,
                "after": after,
            }
        )
    return cards


def _marked_text(found: QuoteFinding) -> str:
    """From the first of a passage's words that were pasted to the last."""
    kept = [piece.old for piece in found.diff if piece.kind == "same" and piece.old]
    return found.saying.words[kept[0].start : kept[-1].end] if kept else found.saying.words


def _scope(library: Library) -> dict[str, Any]:
    """What was searched: how many articles, of which outlets, from when to when."""
    connection = library.connection
    articles, outlets, first, last = connection.execute(
        "select count(*), count(distinct outlet), min(published), max(published) from article"
    ).fetchone()
    largest = connection.execute(
        "select outlet, count(*) from article where outlet is not null group by outlet"
        " order by 2 desc, 1 limit 3"
    ).fetchall()
    return {
        "articles": articles,
        "outlets": outlets,
        "first": first,
        "last": last,
        "largest": [tuple(row) for row in largest],
    }


def _who(cards: list[dict[str, Any]]) -> str:
    """Who says it, three names at most; empty where nobody is known."""
    names = dict.fromkeys(str(card["speaker"]) for card in cards if card["speaker"])
    return ", ".join(list(names)[:3])


def _verdict(done: QuoteCheck, layers: Layers) -> str:
    """Which verdict the page opens with: the best that the ledger has."""
    if done.common:
        return "common"
    best = layers.said[0]["verdict"] if layers.said else "not found"
    if layers.stand and (layers.said or not layers.others):
        passage = layers.stand[0]["verdict"]
        if VERDICTS.index(passage) < VERDICTS.index(best):
            return "text" if passage == "verbatim" else "near"
    if best == "shortened":
        first = layers.said[0]
        if first["ruled"]:
            return "ruled"
        return "part" if "lengthened" in first["types"] else "shortened"
    if best == "not found":
        return "another" if layers.others else "none"
    return str(best)


ROUTES: Final[list[Any]] = [check]
