"""Small knowledge bases out of given lines, and items as Wikidata writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from selon.kb.build import Report, build
from selon.kb.store import Kb


def claim(prop: str, value: Any, **said: Any) -> dict[str, Any]:
    qualifiers = {p: [{"datavalue": {"value": v}}] for p, v in said.items()}
    snak = {"property": prop, "datavalue": {"value": value}}
    return {"rank": "normal", "mainsnak": snak, "qualifiers": qualifiers}


def day(text: str, precision: int = 11) -> dict[str, Any]:
    return {"time": f"+{text}T00:00:00Z", "precision": precision}


def wikidata_item(qid: str, label: str, claims: dict[str, Any], *aliases: str) -> bytes:
    item = {
        "type": "item",
        "id": qid,
        "labels": {"fr": {"language": "fr", "value": label}},
        "aliases": {"en": [{"language": "en", "value": a} for a in aliases]},
        "claims": claims,
    }
    return json.dumps(item).encode()


def made(tmp_path: Path, text: str | bytes, name: str = "in.csv") -> tuple[Kb, Report]:
    source = tmp_path / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = build(tmp_path / "out.db", [source], "2022-01-01")
    return Kb(tmp_path / "out.db"), report
