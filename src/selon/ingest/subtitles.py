"""Subtitles (SRT, WebVTT): what is said, in paragraphs; hours and marks of style are left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from selon.i18n import _
from selon.ingest.charset import decode
from selon.ingest.documents import Piece, article, cut
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, within
from selon.records import Failure

_TIMES: Final = re.compile(
    r"\s*(?P<start>(?:\d+:)?\d{1,2}:\d{1,2}[,.]\d{1,3})\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d{1,2}[,.]\d{1,3}).*"
)
_COMMA: Final = re.compile(
    r"^(\d+:\d{1,2}:\d{1,2}\.\d{1,3}),(\d+:\d{1,2}:\d{1,2}\.\d{1,3})[ \t]*$", re.MULTILINE
)
_NUMBERED: Final = re.compile(
    r"(?<=[^\n\d])\n(?=(?:\d+[ \t]*\n)?(?:\d+:)?\d{1,2}:\d{1,2}[,.]\d{1,3}[ \t]*-->)"
)
_BEGUN: Final = re.compile(r"\s*\d{1,2}:[\d:,.]*\s*(?:-{1,2}>?\s*[\d:,.]*)?")
_MARKS: Final = re.compile(r"</?[a-zA-Z][^>\n]{0,80}>|<\d[\d:.]*>|</>|\{\\[^}\n]{0,40}\}")
_VOICE: Final = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>\n]{1,80})>")
_TURN: Final = re.compile(r"^\s*[-–—]\s*\S")
_BLOCKS: Final = re.compile(r"\n[ \t]*\n")
# What is heard and not said: « [MUSIQUE] », a line in brackets, notes around a song.
_SOUND: Final = re.compile(
    r"\[[^\[\]a-zà-ÿ\n]{2,40}\]|^\s*[\[(][^\[\]()\n]{2,60}[\])]\s*$|[♪♫#]{1,2}.*[♪♫]|[♪♫]"
)
_ASIDE: Final = ("NOTE", "STYLE", "REGION", "WEBVTT")
# A silence as long as this, behind a full stop, begins a paragraph.
_SILENCE: Final = 2.0
_ENDS: Final = (".", "!", "?", "…", "»", "”", '"')


@dataclass(frozen=True, slots=True)
class _Subtitle:
    start: float
    end: float
    words: str
    voice: str | None
    turn: bool


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The subtitles as one article; a last cue that breaks off is a failure."""
    text = decode(within(stream)).replace("\r\n", "\n").replace("\r", "\n")
    # YouTube's SBV parts the times by a comma; some write no blank line between two.
    text = _NUMBERED.sub("\n\n", _COMMA.sub(r"\1 --> \2", text))
    cues = list(_cues(text))
    if not cues:
        raise Unreadable(_("it contains no text"), _("remove it, or save it again"))
    yield FoundArticle(source.name, article(Piece("\n\n".join(_paragraphs(cues))), options))
    if _broken_off(text):
        yield cut(f"{source.name}#end")


def _broken_off(text: str) -> bool:
    """Whether the last block is a number or an hour that something should follow."""
    lines = _BLOCKS.split(text.strip())[-1].strip().split("\n")
    last = lines[-1]
    if len(lines) == 1 and last.strip().isdecimal():
        return True
    return len(lines) <= 2 and bool(_BEGUN.fullmatch(last)) and not _TIMES.fullmatch(last)


def _cues(text: str) -> Iterator[_Subtitle]:
    last: list[str] = []
    for block in _BLOCKS.split(text):
        lines = block.strip().split("\n")
        if not lines[0] or (lines[0].startswith(_ASIDE) and "-->" not in "".join(lines[:3])):
            continue
        at = next((i for i, line in enumerate(lines[:3]) if _TIMES.fullmatch(line)), None)
        if at is None:
            continue
        times = _TIMES.fullmatch(lines[at])
        said = [line for line in lines[at + 1 :] if line.strip()]
        voice = _VOICE.search("\n".join(said))
        words = [_SOUND.sub("", html.unescape(_MARKS.sub("", line))).strip() for line in said]
        # Captions that roll show each line twice.
        fresh = [w for w in words if w and w not in last]
        last = words
        if fresh and times:
            yield _Subtitle(
                _seconds(times["start"]),
                _seconds(times["end"]),
                "\n".join(fresh),
                voice[1].strip() if voice else None,
                any(_TURN.match(w) for w in fresh),
            )


def _paragraphs(cues: list[_Subtitle]) -> Iterator[str]:
    held: list[str] = []
    voice: str | None = None
    end = 0.0
    for cue in cues:
        full = bool(held) and held[-1].rstrip().endswith(_ENDS)
        changed = cue.voice is not None and cue.voice != voice
        if held and (changed or cue.turn or (full and cue.start - end > _SILENCE)):
            yield " ".join(held)
            held = []
        if changed:
            held.append(f"{cue.voice} :")
            voice = cue.voice
        for line in cue.words.split("\n"):
            if _TURN.match(line) and held:
                yield " ".join(held)
                held = []
            held.append(line)
        end = cue.end
    if held:
        yield " ".join(held)


def _seconds(stamp: str) -> float:
    parts = [float(p) for p in stamp.replace(",", ".").split(":")]
    return sum(p * 60.0**i for i, p in enumerate(reversed(parts)))
