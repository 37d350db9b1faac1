"""Who somebody of the library may be in a knowledge base: its entries with their offices and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from selon.kb.records import KbEntity, Tenure
from selon.kb.store import Kb
from selon.web.settings import Settings

KINDS: Final = ("person", "organisation", "place", "unknown")
_MAX_CANDIDATES: Final = 6
_MAX_OFFICES: Final = 4
_MAX_ALL_OFFICES: Final = 40


@dataclass(frozen=True, slots=True)
class KbMatch:
    """The entry that somebody is, where the knowledge base has it; and who else they may be."""

    is_: dict[str, Any] | None
    candidates: tuple[dict[str, Any], ...]


def kb_matches(settings: Settings, ident: str | None, name: str) -> KbMatch:
    """What the room's knowledge bases know of an id, and of names like this one."""
    with Kb(*settings.kb) if settings.kb else Kb.default() as kb:
        thing = kb.get(ident) if ident else None
        may = [c.thing for c in kb.named(name[:200], _MAX_CANDIDATES) if c.thing.id != ident]
        return KbMatch(
            _match_json(thing, kb.tenures_of(thing.id), _MAX_ALL_OFFICES) if thing else None,
            tuple(_match_json(t, kb.tenures_of(t.id)) for t in may),
        )


def _match_json(
    thing: KbEntity, offices: tuple[Tenure, ...], limit: int = _MAX_OFFICES
) -> dict[str, Any]:
    # The latest offices tell most of those who held many.
    latest = sorted(offices, key=lambda t: t.start or "", reverse=True)[:limit]
    return {
        "id": thing.id,
        "name": thing.names[0] if thing.names else thing.id,
        "countries": thing.countries,
        "offices": [
            {"words": t.label, "start": t.start, "end": t.end, "known": t.known} for t in latest
        ],
    }
