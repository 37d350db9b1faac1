"""The ledger's answers as text for people, in their tongue."""

from __future__ import annotations

from collections.abc import Iterable

from selon.ledger.alignment import Piece
from selon.ledger.sayings import Saying
from selon.records import Span
from selon.tongue import speaking


def line(saying: Saying) -> str:
    """Where a saying stands: its number, outlet, date and speaker."""
    name = saying.speaker_name or (saying.speaker_key or "?").partition(":")[2] or "?"
    bits = (f"#{saying.id}", saying.outlet or saying.article, saying.published or "?", name)
    return ", ".join(bits)


def listed(names: Iterable[str]) -> str:
    """Names of types or verdicts in the user's tongue."""
    _ = speaking("ledger").gettext
    return ", ".join(_(name) for name in names)


def diffed(old: str, new: str, diff: Iterable[Piece]) -> str:
    """A word diff on one line: `[-gone-]`, `{+come+}`; long stretches that stay are cut short."""

    def of(text: str, span: Span | None) -> str:
        return span.of(text) if span else ""

    out: list[str] = []
    for piece in diff:
        was, now = of(old, piece.old), of(new, piece.new)
        if piece.kind == "same":
            kept = now.split()
            out.append(now if len(kept) <= 9 else " ".join([*kept[:4], "…", *kept[-4:]]))
        else:
            out.append((f"[-{was}-]" if was else "") + (f"{{+{now}+}}" if now else ""))
    return " ".join(out)


def lacking(abroad: str) -> str | None:
    """What to tell where statements of several languages could not be compared; else nothing."""
    if abroad != "not installed":
        return None
    _ = speaking("ledger").gettext
    return _(
        "This library has several languages; to compare across them: pip install 'selon[translate]'"
    )
