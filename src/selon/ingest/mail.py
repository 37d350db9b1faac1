"""E-mail newsletters: a message (EML) or a box of them (mbox), by the standard library's reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import errors, message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from typing import BinaryIO, Final

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.boilerplate import is_notice, kept_paragraphs
from selon.ingest.charset import decode
from selon.ingest.documents import Piece, article, cut
from selon.ingest.mail_parts import drop_hidden, forwarded_piece
from selon.ingest.markup import page, prose
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, too_large
from selon.records import Failure

_FROM: Final = re.compile(rb"From \S+.*\d{4}\s*")
_BLANK: Final = re.compile(r"\n[ \t]*\n\s*")
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_GOES_ON: Final = re.compile(r"[\w«“\"'’(]")
# How wide a text is that was cut by a margin, in characters.
_MAX_LINE_BYTES: Final = 1_000_000
_MIN_WIDTH_CHARS: Final = 60
_MAX_WIDTH_CHARS: Final = 100
# A message with its pictures.
_MAX_MESSAGE_BYTES: Final = 50_000_000
# How the standard library says that the end is missing.
_CUT: Final = (
    errors.CloseBoundaryNotFoundDefect,
    errors.InvalidBase64LengthDefect,
    errors.InvalidBase64PaddingDefect,
)
# A plain part shorter than this only says « open this in a browser ».
_MIN_WORDS: Final = 30


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The messages in their order; attachments are told, not read."""
    some = False
    for n, data in enumerate(_messages(stream), 1):
        where = f"{source.name}:{n}" if n > 1 else source.name
        some = True
        if len(data) > _MAX_MESSAGE_BYTES:
            yield too_large(_MAX_MESSAGE_BYTES).at(where)
            continue
        try:
            yield from _message(data, where, options)
        except Unreadable as fault:
            yield fault.at(where)
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            IndexError,
            RecursionError,
        ) as fault:
            yield _broken(fault).at(where)
    if not some:
        yield empty(source.name)


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each message; a line « From … » begins another in a box."""
    held: list[bytes] = []
    size = 0
    box = False
    for number, line in enumerate(stream):
        if line.startswith(b"From ") and _FROM.fullmatch(line) and (number == 0 or box):
            box = True
            if held:
                yield b"".join(held)
            held, size = [], 0
            continue
        if box and line.startswith(b">From "):
            line = line[1:]
        # What is beyond measure is not held; that it is, is told.
        if size <= _MAX_MESSAGE_BYTES:
            held.append(line)
        size += len(line)
    if b"".join(held[:50]).strip():
        yield b"".join(held)


def _message(data: bytes, where: str, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise _broken("")
    if (
        message.get("Snapshot-Content-Location")
        or message.get_content_type() == "multipart/related"
    ):
        saved = _saved(message)
        if saved:
            from selon.ingest import webpage

            yield from webpage.read(InputSource("", where), io.BytesIO(saved), options)
            return
    text = _text(message)
    if any(isinstance(d, _CUT) for part in message.walk() for d in part.defects):
        # What is left of a message is no article.
        yield cut(where)
        return
    for n, inner in enumerate(_forwarded(message), 1):
        yield from _message(inner, f"{where}!{n}", options)
    for part in message.iter_attachments():
        name = part.get_filename()
        if name and part.get_content_disposition() == "attachment":
            yield Unreadable(
                _("an attachment is not read ({name})").format(name=str(name)[:80]),
                _("save it, and add the file"),
            ).at(f"{where}!{name}")
    if not text:
        if not _forwarded(message):
            yield empty(where)
        return
    name, address = parseaddr(str(message.get("From", "")))
    piece = Piece(
        text,
        " ".join(str(message.get("Subject", "")).split()) or None,
        name or address.rpartition("@")[2] or None,
        _day(message),
        number=str(message.get("Message-ID", "")).strip(" <>\r\n") or None,
    )
    yield FoundArticle(where, article(forwarded_piece(piece), options))


def _saved(message: EmailMessage) -> bytes | None:
    """The page that a browser saved with its pictures as one message (MHTML)."""
    place = message.get("Snapshot-Content-Location")
    if place is None and "Saved by" not in str(message.get("From", "")):
        return None
    pages = (p for p in message.walk() if p.get_content_type() == "text/html")
    data = next((p.get_payload(decode=True) for p in pages), None)
    if not isinstance(data, bytes):
        return None
    mark = f"<!-- saved from url=({len(str(place)):04d}){place} -->\n" if place else ""
    return mark.encode() + data


def _forwarded(message: EmailMessage) -> list[bytes]:
    """The messages that one carries as its attachments."""
    parts = [p for p in message.iter_attachments() if p.get_content_type() == "message/rfc822"]
    inner = [p.get_payload() for p in parts]
    return [m[0].as_bytes() for m in inner if isinstance(m, list) and isinstance(m[0], Message)]


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        # Some senders write it in the words of their language.
        return dates.find_date(str(message.get("Date", "")))


def _text(message: EmailMessage) -> str:
    """The words of the plain part, or of the marked-up one where that says more."""
    plain = _kept_text(_BLANK.split(_plain(message).strip()))
    if len(plain.split()) >= _MIN_WORDS:
        return plain
    marked = _body_text(message, "html")
    root = page(marked) if marked.strip() else None
    if root is not None:
        drop_hidden(root)
    words = _kept_text(prose(root).split("\n\n")) if root is not None else ""
    return words if len(words.split()) > len(plain.split()) else plain


def _plain(message: EmailMessage) -> str:
    """The words of the plain part: lines that a margin cut are joined, what is below « -- » is off."""
    text = _SIGNATURE.split(_body_text(message, "plain").replace("\r\n", "\n"), maxsplit=1)[0]
    part = message.get_body(preferencelist=("plain",))
    if part is not None and part.get_param("format", "") == "flowed":
        # RFC 3676: a blank at a line's end says that the next goes on.
        gone = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
        return re.sub(r" \n(?=\S)", lambda _cut: gone, text)
    if len(text) > _MAX_LINE_BYTES:
        return text
    lines = text.split("\n")
    # An address is not cut, however long.
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if not _MIN_WIDTH_CHARS <= width <= _MAX_WIDTH_CHARS:
        return text
    joined = lines[0]
    for last, line in pairwise(lines):
        # A full line is one that the next one's first word does not fit on.
        cut = last.strip() and _GOES_ON.match(line) and len(last) + 1 + len(line.split()[0]) > width
        joined += f"{' ' if cut else chr(10)}{line}"
    return joined


def _kept_text(paragraphs: list[str]) -> str:
    return "\n\n".join(p for p in kept_paragraphs(paragraphs) if p.strip() and not is_notice(p))


def _body_text(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError, KeyError):
        data = part.get_payload(decode=True)
        return decode(data) if isinstance(data, bytes) else ""


def _broken(fault: object) -> Unreadable:
    return Unreadable(
        _("the file is not valid {kind}").format(kind="EML") + f" ({str(fault)[:120]})",
        _("save or export it again"),
    )
