"""A dossier as a table: what bears on the claim, the versions of it, the sources; a row each."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from selon.export.writing import write
from selon.web.dossiers import Dossier, DossierEntry
from selon.web.i18n import Locale

COLUMNS: Final = (
    *("part", "bears", "speaker", "relay", "words", "changes", "outlet", "published"),
    *("title", "url", "kind", "seen", "establishes", "by", "at"),
)
Versions = dict[int, list[dict[str, Any]]]


def dossier_csv(found: Dossier, versions: Versions, say: Locale) -> bytes:
    """The table of a dossier as CSV, its values in the reader's language."""
    out = BytesIO()
    rows = [*_statements(found.statements, versions, say), *_sources(found.sources, say)]
    write(rows, COLUMNS, out, "csv")
    return out.getvalue()


def _statements(
    entries: Iterable[DossierEntry], versions: Versions, say: Locale
) -> Iterable[dict[str, Any]]:
    for entry in entries:
        value, bears = entry.value, entry.value["bears"]
        common = {"bears": say.gettext(bears), "by": entry.by, "at": entry.at}
        yield _row(
            {
                **common,
                "part": say.gettext("statement"),
                "speaker": value["speaker"],
                "relay": value["via"],
                "words": value["content"],
                "outlet": value["outlet"],
                "published": value["published"],
                "title": value["title"],
                "url": value["original"],
            }
        )
        for one in versions.get(value["id"], ()):
            yield _row(
                {
                    **common,
                    "part": say.gettext("version"),
                    "changes": ", ".join(say.gettext(t) for t in one["types"]),
                    **{k: one[k] for k in ("speaker", "words", "outlet", "published", "title")},
                    "url": one["original"],
                }
            )


def _sources(entries: Iterable[DossierEntry], say: Locale) -> Iterable[dict[str, Any]]:
    for entry in entries:
        value, kind = entry.value, entry.value["kind"]
        yield _row(
            {
                "part": say.gettext("source"),
                "title": value["title"],
                "url": value["url"],
                "kind": say.gettext(kind) if kind else "",
                "seen": value["seen"],
                "establishes": value["says"],
                "by": entry.by,
                "at": entry.at,
            }
        )


def _row(known: dict[str, Any]) -> dict[str, Any]:
    return {column: known.get(column) or "" for column in COLUMNS}
