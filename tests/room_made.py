"""A tiny library for the room's tests in a real browser: invented people, a hostile article."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import orjson

HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
QUIET = (
    "Le pont de Brénac reste fermé\n\n« Le pont rouvrira lundi », a déclaré Zélie Coeurdeloup à"
    " Basile Ortéga. Selon Le Phare, la préfète Odile Marchepied estime que la crue est passée.\n\n"
    "« Nous avons attendu trop longtemps », a regretté Basile Ortéga mardi. La mairie se tait."
)


def library(folder: Path) -> Path:
    """A library of a quiet article in two versions, and one with markup in every field."""
    path = folder / "brenac.db"
    quiet: dict[str, Any] = {
        "id": "a1",
        "text": QUIET,
        "title": "Le pont de Brénac reste fermé",
        "outlet": "La Gazette",
        "published": "2026-03-04",
        "url": "https://gazette.example/1",
        "language": "fr",
    }
    later = {**quiet, "text": QUIET.replace("rouvrira lundi", "rouvrira peut-être lundi")}
    hostile: dict[str, Any] = {
        "id": f"a2{HOSTILE}",
        "text": f"« La digue tiendra {HOSTILE} », a dit Flore Tardieu{HOSTILE}. Selon {HOSTILE}, non.",
        "title": HOSTILE,
        "outlet": f"Le Phare {HOSTILE}",
        "published": "2026-03-02",
        "url": f"https://phare.example/{HOSTILE}",
        "authors": [HOSTILE],
        "language": "fr",
    }
    from selon.cli import main

    for n, articles in enumerate([[quiet, hostile], [later]]):
        made = folder / f"made{n}.jsonl"
        made.write_bytes(b"".join(orjson.dumps(a) + b"\n" for a in articles))
        assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    return path


def slow(order: Any, pipe: Any) -> None:
    """Instead of reading what was sent: says one thing, and then waits to be stopped."""
    pipe.send(
        (
            "tally",
            dict.fromkeys(("added", "versions", "copies", "known", "failed", "statements"), 0),
        )
    )
    Event().wait(60)


def broken(order: Any, pipe: Any) -> None:
    """Instead of reading what was sent: dies."""
    raise SystemExit(9)
