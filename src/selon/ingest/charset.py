"""Bytes to text, exactly; the one door to charset-normalizer, opened when UTF-8 does not hold."""

from __future__ import annotations

import codecs
import re
from typing import Final

from selon.i18n import _
from selon.ingest.sources import Unreadable

# What a file begins with that is no text, and what to do about it.
MAGIC: Final = (
    (b"%PDF-", "PDF", "pdftotext FILE.pdf FILE.txt"),
    (b"PK\x03\x04", "ZIP, DOCX, ODT, EPUB", ""),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS", ""),
    (b"{\\rtf", "RTF", ""),
    (b"\x1f\x8b", "GZIP", "gunzip FILE"),
    (b"BZh", "BZIP2", "bunzip2 FILE"),
    (b"\xfd7zXZ", "XZ", "unxz FILE"),
    (b"\x28\xb5\x2f\xfd", "ZSTD", "unzstd FILE"),
    (b"\x89PNG", "PNG", ""),
    (b"\xff\xd8\xff", "JPEG", ""),
    (b"GIF8", "GIF", ""),
    (b"SQLite format 3\x00", "SQLite", ""),
    (b"PAR1", "Parquet", ""),
)
# UTF-32 before UTF-16, whose mark begins its own.
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# All that French typing has beyond ASCII, and what most of it is. Bytes that make nothing else
# are French: in Windows-1252, in Mac Roman or in the code page of DOS, where most is usual.
FRENCH: Final = frozenset(
    "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»“”‘’„…–—•·€£§°©®™²³µ×½¼¾ªº\u00a0\u00ad‹›ñÑáíóúãõòìßÅåØø"
)
USUAL: Final = frozenset("àâçéèêëîïôœùûÀÉ«»“”’…–—€°\u00a0")
CODE_PAGES: Final = ("cp1252", "mac_roman", "cp850")
# « s½ur » in Windows-1252 is « sœur » in Latin 9.
LATIN_9: Final = re.compile("[a-z]½|½[a-z]")
CONTROLS: Final = [chr(c) for c in range(32) if chr(c) not in "\t\n\v\f\r\x1b"]
# Enough for a verdict; the whole is then decoded strictly.
SAMPLE: Final = 100_000


def decode(data: bytes) -> str:
    """The text of a file, exactly, but for a byte order mark; `Unreadable` where there is none.

    UTF-8, 16 or 32 by their mark; UTF-8; UTF-16 without a mark; Windows-1252 or Latin 9 where
    the bytes make French letters; else what charset-normalizer says.
    """
    _refuse_magic(data)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding)
    try:
        return _proper(data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        if _broken_utf8(data):
            raise _broken(data, fault) from None
    return _text(data, _guess_encoding(data))


def likely(data: bytes) -> str:
    """The encoding of a text that begins with these whole lines; `Unreadable` where it is no text."""
    _refuse_magic(data)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(encoding, encoding[:6])
    try:
        _proper(data.decode("utf-8"))
        return "utf-8"
    except UnicodeDecodeError as fault:
        if _broken_utf8(data):
            raise _broken(data, fault) from None
    return _guess_encoding(data)


def decode_as_declared(data: bytes, encoding: str) -> str | None:
    """The text in an encoding that the file itself names; None where that is not so."""
    try:
        return data.decode(encoding) if codecs.lookup(encoding)._is_text_encoding else None
    except (LookupError, ValueError):
        return None


def _guess_encoding(data: bytes) -> str:
    """The likely encoding of bytes that are no UTF-8."""
    if b"\x00" in data:
        return _utf16(data)
    french = _french(data[:SAMPLE])
    if french is not None:
        return french
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_exclusion=["utf_7"]).best()
    if best is None:
        raise _binary()
    return best.encoding


def _french(data: bytes) -> str | None:
    """The code page in which all the bytes are French typing, the most usual of them."""
    ranked: list[tuple[int, int, str]] = []
    for place, encoding in enumerate(CODE_PAGES):
        text = decode_as_declared(data, encoding)
        beyond = [c for c in text or "" if c > "\x7f"]
        if text is not None and FRENCH.issuperset(beyond):
            latin_9 = encoding == "cp1252" and LATIN_9.search(text)
            unusual = sum(c not in USUAL for c in beyond)
            ranked.append((unusual, place, "iso8859-15" if latin_9 else encoding))
    return min(ranked)[2] if ranked else None


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: ordinary letters have a zero in every other byte."""
    zeros = data[0::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    if zeros[1] > half * 0.6 and zeros[0] < half * 0.1:
        return "utf-16-le"
    if zeros[0] > half * 0.6 and zeros[1] < half * 0.1:
        return "utf-16-be"
    raise _binary()


def _text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        raise Unreadable(
            _("the text is not valid {encoding}").format(encoding=encoding), _resave()
        ) from None
    return _proper(text)


def _proper(text: str) -> str:
    """The same text; `Unreadable` where it holds what no text holds."""
    if "\x00" in text:
        # UTF-16 without a mark, in plain letters, is also sound UTF-8.
        data = text.encode("utf-8", "surrogatepass")
        return _plain_utf16(data)
    odd = sum(text.count(c) for c in CONTROLS)
    if odd > 3 and odd > len(text) / 200:
        raise _binary()
    return text


def _plain_utf16(data: bytes) -> str:
    try:
        text = data.decode(_utf16(data))
    except UnicodeError:
        raise _binary() from None
    if "\x00" in text:
        raise _binary()
    return text


def _broken_utf8(data: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8: then a few bytes are damaged."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) - lost > lost


def _broken(data: bytes, fault: UnicodeDecodeError) -> Unreadable:
    line = data.count(b"\n", 0, fault.start) + 1
    return Unreadable(
        _("the text is UTF-8 with broken bytes, the first on line {line}").format(line=line),
        _("correct that line, or drop the bytes: iconv -c -f utf-8 -t utf-8 FILE > NEW"),
    )


def _refuse_magic(data: bytes) -> None:
    for start, kind, command in MAGIC:
        if data.startswith(start):
            remedy = _("save the article as text (.txt) or as a page (.html)")
            if command:
                remedy = _("convert it first: {command}").format(command=command)
            raise Unreadable(_("this is not a text ({kind})").format(kind=kind), remedy)


def _binary() -> Unreadable:
    return Unreadable(_("this is not a text, or in an unknown encoding"), _resave())


def _resave() -> str:
    return _("save it again as UTF-8, or: iconv -f latin1 -t utf-8 FILE > NEW")
