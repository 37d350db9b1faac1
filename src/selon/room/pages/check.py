"""The page `/check`: who said these words, in which text they stand, or that they are not here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from litestar import Response, get

from selon.faults import SelonError
from selon.ledger import names
from selon.ledger.asking import ask, speaker_of
from selon.ledger.checking import Check, Finding
from selon.ledger.shelf import Shelf
from selon.ledger.showing import parts
from selon.library import reviewing
from selon.library.store import Library
from selon.room import frame, stating, texts
from selon.room.frame import Asked
from selon.room.snippet import snippet
from selon.room.texts import Place

LONGEST: Final = 2_000
SHOWN: Final = 30
# Fewer words than these are anybody's: found, they tell little.
FEW: Final = 6
LEAST: Final = 2
_QUOTES: Final = ' \n\r\t«»"“”\u00a0\u202f'


@dataclass
class Layers:
    """What a library has of some words: statements that say them, texts that have them, its scope."""

    said: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    stand: list[dict[str, Any]] = field(default_factory=list)
    scope: dict[str, Any] = field(default_factory=dict)
    waiting: int = 0


@get("/check", sync_to_thread=True)
def check(request: Asked) -> Response[str]:
    """The form, and the verdict on what was pasted into it; the address is the verdict's own."""
    given = request.query_params
    quoted = given.get("words", "").strip(_QUOTES)[:LONGEST]
    speaker = given.get("speaker", "").strip()[:200]
    layers, fault = Layers(), ""
    size = texts.size(quoted)
    if size >= LEAST:
        with frame.holdings(request).reading() as library:
            try:
                layers = looked(library, quoted, speaker)
            except SelonError as error:
                fault = str(error)
    return frame.page(
        request,
        "check",
        quoted=quoted,
        speaker=speaker,
        fault=fault,
        size=size,
        few=size < FEW,
        least=LEAST,
        asked_for=bool(quoted),
        verdict=_verdict(layers, speaker) if size >= LEAST and not fault else "",
        layers=layers,
        who=_who(layers.said[:1]),
        all_who=_who(layers.said),
        others=_who(layers.others),
        at_time=datetime.now(UTC).isoformat(),
    )


def looked(library: Library, quoted: str, speaker: str) -> Layers:
    """The three layers of a library; raises `SelonError` for a speaker's id that nobody has."""
    shelf = Shelf(library)
    done = ask(shelf, quoted, None, speaker or None)
    found = texts.places(library.connection, quoted)
    layers = Layers(waiting=shelf.waiting(), scope=_scope(library))
    cards = _findings(library, done, quoted) + _held(library, done, found, quoted, speaker)
    for card in cards[:SHOWN]:
        (layers.others if card["verdict"] == "attributed to another" else layers.said).append(card)
    known = {card["id"] for card in cards}
    layers.stand = [_standing(place) for place in found if place.statement not in known][:SHOWN]
    return layers


def _findings(library: Library, done: Check, quoted: str) -> list[dict[str, Any]]:
    """What the ledger found, each with its sentence and the word diff."""
    kept = done.findings[: SHOWN * 2]
    rows = {
        r["id"]: r for r in reviewing.rows(library.connection, [int(f.saying.id) for f in kept])
    }
    links = stating.links(library, rows)
    return [
        {
            **stating.seen(rows[int(f.saying.id)], links),
            "verdict": f.verdict,
            "types": [t for t in names(f.alterations) if t != "verbatim"],
            "diff": _diff(f, quoted),
            "score": f.score,
        }
        for f in kept
        if int(f.saying.id) in rows
    ]


def _diff(found: Finding, quoted: str) -> list[tuple[str, str]]:
    """From the library's words to the pasted ones; nothing where they are the same."""
    if names(found.alterations) == ("verbatim",):
        return []
    return list(parts(found.saying.words, quoted, found.diff))


def _held(
    library: Library, done: Check, found: list[Place], quoted: str, speaker: str
) -> list[dict[str, Any]]:
    """The statements that have the very words and that the ledger passed over (too few, too new)."""
    known = {int(f.saying.id) for f in done.findings}
    new = [p.statement for p in found if p.statement is not None and p.statement not in known]
    rows = reviewing.rows(library.connection, dict.fromkeys(new))
    links = stating.links(library, new)
    by = speaker_of(library.connection, speaker) if speaker else None
    sayings = Shelf(library).sayings(new) if by else {}
    cards = []
    for row in rows:
        saying = sayings.get(str(row["id"]))
        another = by is not None and saying is not None and by(saying) is False
        verdict = "attributed to another" if another else "verbatim"
        whole = texts.folded(row["content"]).strip(_QUOTES) == texts.folded(quoted)
        cards.append(
            {
                **stating.seen(row, links),
                "verdict": verdict,
                "types": [] if whole else ["shortened"],
                "diff": [],
                "score": 1.0,
            }
        )
    return cards


def _standing(place: Place) -> dict[str, Any]:
    """A place in a text as the page shows it: its sentence, the words marked in it."""
    before, words, after = snippet(place.context, place.words)
    return {
        "article": place.article,
        "title": place.title,
        "outlet": place.outlet,
        "published": place.published,
        "original": stating.original(place.url),
        "before": before,
        "words": words,
        "after": after,
    }


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


def _verdict(layers: Layers, speaker: str) -> str:
    """Which verdict the page opens with."""
    verdicts = [card["verdict"] for card in layers.said]
    if "verbatim" in verdicts:
        return "verbatim"
    if verdicts and verdicts[0] == "shortened" and "lengthened" in layers.said[0]["types"]:
        return "part"
    if verdicts:
        return {"shortened": "shortened", "translated": "translated"}.get(verdicts[0], "altered")
    if layers.others and speaker:
        return "another"
    return "text" if layers.stand else "none"


ROUTES: Final[list[Any]] = [check]
