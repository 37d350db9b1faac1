"""The ledger's answers as text for people, in their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from selon.i18n import _
from selon.reuse.alignment import DiffPiece
from selon.reuse.reused_quotes import ReusedQuote

_MARKS: Final = (("«", "»"), ("“", "”"), ('"', '"'))


def line(saying: ReusedQuote) -> str:
    """Where a saying stands: its number, outlet, date and speaker, and its article's address."""
    name = saying.speaker_name or (saying.speaker_key or "?").partition(":")[2] or "?"
    bits = (
        f"#{saying.id}" if saying.id else "–",
        saying.outlet or saying.article,
        saying.published or "?",
        name,
    )
    # An article that came from the web is known by its address.
    address = saying.article.startswith(("https://", "http://"))
    return ", ".join([*bits, *([saying.article] if address and saying.outlet else [])])


def in_quotation_marks(words: str) -> str:
    """Words between quotation marks, once: those that a statement brings along are taken off."""
    bare = words.strip()
    for opens, closes in _MARKS:
        inside = bare[1:-1]
        if bare[:1] == opens and bare[-1:] == closes and len(bare) > 1 and opens not in inside:
            bare = inside.strip()
            break
    return f"« {bare} »"


def join_names(names: Iterable[str]) -> str:
    """Names of types or verdicts in the user's language."""
    return ", ".join(_(name) for name in names)


def diff_line(old: str, new: str, diff: Iterable[DiffPiece]) -> str:
    """A word diff on one line: `[-gone-]`, `{+come+}`; long stretches that stay are cut short."""

    out = ""
    for kind, words in parts(old, new, diff):
        kept = words.split()
        if kind == "same":
            shown = words if len(kept) <= 9 else " ".join([*kept[:4], "…", *kept[-4:]])
        else:
            shown = f"[-{words}-]" if kind == "gone" else f"{{+{words}+}}"
        # What has come stands right behind what it replaced.
        out += shown if kind == "come" and out.endswith("-]") else f" {shown}"
    return out.strip()


def parts(old: str, new: str, diff: Iterable[DiffPiece]) -> Iterator[tuple[str, str]]:
    """A word diff as pairs of a kind (`same`, `gone`, `come`) and the words."""
    for piece in diff:
        if piece.kind == "same":
            yield "same", piece.new.of(new) if piece.new else ""
            continue
        if piece.old:
            yield "gone", piece.old.of(old)
        if piece.new:
            yield "come", piece.new.of(new)


def crosslingual_notice(abroad: str) -> str | None:
    """What to tell where statements of several languages could not be compared; else nothing."""
    if abroad != "not installed":
        return None
    return _(
        "This library has several languages. To compare across them: pip install 'selon[translate]'"
    )
