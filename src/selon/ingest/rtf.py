"""RTF: its paragraphs, with bold ones marked as headings, since archives tell titles by nothing else.

`striprtf` gives the words alone; here boldness counts, and each font's own code page.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from selon.ingest import documents
from selon.ingest.documents import TextLine
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, within
from selon.records import Failure

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z\r\n'])|\\(\r?\n)"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
# Groups whose words are not the document's.
_ASIDE: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr"
    b" footerf footnote annotation themedata datastore listtable listoverridetable rsidtbl generator"
    b" xmlnstbl mmathPr latentstyles fldinst filetbl revtbl bkmkstart bkmkend pntext objdata shppict nonshppict".split()
)
_BREAKS: Final = frozenset((b"par", b"line", b"page", b"sect", b"row", b"column"))
_SIGNS: Final = {
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"cell": "\t", b"nestcell": "\t",
}  # fmt: skip
_SYMBOLS: Final = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS: Final = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
_MAX_DEPTH: Final = 2000


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    aside: bool = False
    bold: bool = False
    hidden: bool = False
    skip: int = 1
    page: int = 1252
    fonts: bool = False


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of a document."""
    data = within(stream)
    lines = list(_lines(data))
    items = documents.pieces(lines)
    if not data.rstrip(b"\x00\r\n\t ").endswith(b"}") and not (items and items[-1].cut):
        # What an archive's export has whole is kept; what is left of one article is none.
        yield documents.cut(f"{source.name}#end" if items else source.name)
        if not items:
            return
    yield from documents.read(lines, source, options)


def _lines(data: bytes) -> Iterator[TextLine]:
    """The paragraphs; one whose every letter is bold is a heading."""
    words: list[str] = []
    bold = True
    for piece, heavy in _pieces(data):
        if piece == "\n":
            text = "".join(words).strip()
            yield TextLine(_whole(text), int(bold and bool(text)))
            words, bold = [], True
        else:
            words.append(piece)
            bold = bold and (heavy or not piece.strip())
    text = "".join(words).strip()
    if text:
        yield TextLine(_whole(text), int(bold))


def _whole(text: str) -> str:
    # `\u` writes what is beyond 16 bits as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def _pieces(data: bytes) -> Iterator[tuple[str, bool]]:
    """Stretches of words with their boldness; a line's end is `\\n`."""
    reader = _RtfReader()
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        word, number, code, sign, broken, brace, plain = match.groups()
        if code is not None:
            reader.coded(code)
            continue
        yield from reader.coded_words()
        words: str | None = None
        if word is not None:
            value = int(number) if number is not None else None
            if word == b"bin":
                at += max(0, value or 0)
            words = reader.word(word, value)
        elif brace is not None:
            reader.brace(brace)
        elif sign is not None:
            words = reader.sign(sign)
        elif broken is not None:
            words = "\n"
        elif plain is not None:
            words = reader.plain(plain)
        reader.first = brace == b"{" or (sign == b"*" and reader.first)
        if words and reader.shown():
            yield words, reader.state.bold
    yield from reader.coded_words()


class _RtfReader:
    """What holds at a place of the document: groups, fonts, letters to be passed over."""

    def __init__(self) -> None:
        self.stack: list[_State] = []
        self.state = _State()
        self.default, self.font = 1252, 0
        self.fonts: dict[int, int] = {}
        # `\\u` is followed by letters for programs that do not know it.
        self.left = 0
        self.first = False
        self.raw = bytearray()

    def shown(self) -> bool:
        return not self.state.aside and not self.state.hidden

    def coded(self, digits: bytes) -> None:
        """A byte in the code page; several may make one character."""
        if self.left:
            self.left -= 1
        elif self.shown():
            self.raw += bytes.fromhex(digits.decode())

    def coded_words(self) -> Iterator[tuple[str, bool]]:
        if self.raw:
            yield self.raw.decode(_code_page(self.state.page), "replace"), self.state.bold
            self.raw = bytearray()

    def brace(self, brace: bytes) -> None:
        self.left = 0
        if brace == b"{":
            if len(self.stack) < _MAX_DEPTH:
                self.stack.append(self.state)
        else:
            self.state = self.stack.pop() if self.stack else _State()

    def sign(self, sign: bytes) -> str | None:
        if sign == b"*":
            self.state = replace(self.state, aside=True)
            return None
        if self.left:
            self.left -= 1
            return None
        return _SYMBOLS.get(sign)

    def plain(self, words: bytes) -> str:
        kept = words[self.left :]
        self.left = max(0, self.left - len(words))
        return kept.decode(_code_page(self.state.page), "replace")

    def word(self, word: bytes, value: int | None) -> str | None:
        """The letters that a control word stands for; most change what holds from here."""
        if word == b"u" and value is not None:
            self.left = self.state.skip
            return chr(value % 65536)
        if word in _BREAKS:
            return "\n"
        if word in _SIGNS:
            if self.left:
                self.left -= 1
                return None
            return _SIGNS[word]
        if word in _ASIDE and (self.first or word == b"fonttbl"):
            self.state = replace(self.state, aside=True, fonts=word == b"fonttbl")
        elif word in (b"ansicpg", b"mac"):
            self.default = 10000 if word == b"mac" else value or 1252
            self.state = replace(self.state, page=self.default)
        elif word == b"f" and value is not None:
            self.font = value
            if not self.state.fonts:
                self.state = replace(self.state, page=self.fonts.get(value, self.default))
        elif word == b"fcharset" and self.state.fonts:
            if value is not None and value > 1:
                self.fonts[self.font] = _CHARSETS.get(value, self.default)
        else:
            self.state = _format(self.state, word, value)
        return None


def _format(state: _State, word: bytes, value: int | None) -> _State:
    on = value != 0
    if word == b"b":
        return replace(state, bold=on)
    if word == b"plain":
        return replace(state, bold=False, hidden=False)
    if word in (b"v", b"deleted"):
        return replace(state, hidden=on)
    if word == b"uc" and value is not None:
        return replace(state, skip=max(0, min(value, 20)))
    return state


def _code_page(number: int) -> str:
    """The name of a code page; Windows-1252 where it is not known."""
    if number == 10000:
        return "mac_roman"
    try:
        codecs.lookup(f"cp{number}")
    except LookupError:
        return "cp1252"
    return f"cp{number}"
