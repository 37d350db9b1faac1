"""PDF with a text layer; the one door to pypdfium2, opened when first needed.

pdfium (BSD, Apache-2.0) gives each character's place ten times as fast as pdfplumber; the order of
columns, paragraphs and what is repeated on every page are found in `pdf_layout`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, Final, cast

from selon.i18n import _
from selon.ingest import documents, pdf_layout
from selon.ingest.archives import searchable
from selon.ingest.documents import Piece
from selon.ingest.options import ReadOptions
from selon.ingest.pdf_layout import PdfWord, Sheet
from selon.ingest.sources import AnnouncedPage, FoundArticle, InputSource, Unreadable
from selon.records import Failure

# A page of a broadsheet has some forty thousand.
_MAX_PAGE_CHARS: Final = 400_000
_MAX_PAGES: Final = 5000
# Bytes of a document that are met before it is opened again.
_REOPEN_AFTER_BYTES: Final = 40_000_000
_HYPHEN: Final = "\x02"
# A word, and pdfium's sign for a hyphen at a line's end.
_WORD: Final = re.compile("([^\\s\ufffe\x02]+)[\ufffe\x02]?")

Place = tuple[float, float, float, float]


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    """The articles of a document; pages without a text layer are told by their numbers."""
    try:
        import pypdfium2
    except ImportError as error:
        # One PDF among a thousand files stops nothing: it is told with what is to be installed.
        raise Unreadable(
            _("a PDF needs one more package"), "pip install 'selon[documents]'"
        ) from error
    with searchable(stream) as file:
        size, ended = _has_end(file)
        document = _open_document(file, pypdfium2)
        if not ended:
            yield documents.cut(f"{source.name}#end")
        sheets: list[Sheet] = []
        blank: list[int] = []
        try:
            count = len(document)
            most = min(count, _MAX_PAGES)
            step = max(1, _REOPEN_AFTER_BYTES * count // max(size, 1))
            for first in range(0, most, step):
                if first:
                    # pdfium keeps the pictures of all pages that it met until it closes.
                    document.close()
                    document = _open_document(file, pypdfium2)
                _sheets(document, range(first, min(first + step, most)), (sheets, blank), pypdfium2)
        finally:
            document.close()
    if not sheets:
        raise Unreadable(
            _("the PDF is a scan: no page contains text"),
            _("run OCR on it: ocrmypdf IN.pdf OUT.pdf"),
        )
    if count > _MAX_PAGES:
        yield Unreadable(
            _("the PDF has {n} pages; only the first {most} are read").format(
                n=count, most=_MAX_PAGES
            ),
            _("split it, and add the parts"),
        ).at(f"{source.name}#rest")
    if blank:
        yield Unreadable(
            _("pages without text (pictures or scans): {pages}").format(
                pages=", ".join(map(str, blank[:40]))
            ),
            _("run OCR on it: ocrmypdf IN.pdf OUT.pdf"),
        ).at(f"{source.name}#pages")
    lines, day = pdf_layout.lines(sheets)
    known = Piece("", pdf_layout.title(lines), published=day)
    yield from documents.read(lines, source, options, known)


def _open_document(file: IO[bytes], pypdfium2: Any) -> Any:
    small = file.seek(0, io.SEEK_END) <= _REOPEN_AFTER_BYTES
    file.seek(0)
    try:
        # pdfium asks for a file in many small pieces, each a call back into Python.
        return pypdfium2.PdfDocument(file.read() if small else _steady(file))
    except (pypdfium2.PdfiumError, ValueError, OSError) as fault:
        raise _open_failure(fault) from None


def _has_end(file: IO[bytes]) -> tuple[int, bool]:
    """The file's size, and whether its end is there: what is lost pdfium may not notice."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - 4096))
    tail = file.read(4096)
    file.seek(0)
    return end, b"%%EOF" in tail


def _steady(file: IO[bytes]) -> Any:
    # pdfium asks by seek and readinto; streams that lack the latter are wrapped.
    if isinstance(file, io.IOBase):
        return file
    file.seek(0)
    return cast(Any, _Readable(file))


class _Readable(io.RawIOBase):
    """A stream with `readinto`, which pdfium asks for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = 0) -> int:
        return self._file.seek(at, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _sheets(
    document: Any, numbers: range, found: tuple[list[Sheet], list[int]], pypdfium2: Any
) -> None:
    """Find the pages that have words, and the numbers of those that have none but a picture."""
    sheets, blank = found
    for number in numbers:
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            blank.append(number + 1)
            continue
        try:
            words = _words(page, pypdfium2)
            if words:
                sheets.append(Sheet(number + 1, page.get_height(), pdf_layout.rows_of(words)))
            elif next(iter(page.get_objects(max_depth=2)), None) is not None:
                blank.append(number + 1)
        except pypdfium2.PdfiumError:
            blank.append(number + 1)
        finally:
            page.close()


def _words(page: Any, pypdfium2: Any) -> list[PdfWord]:
    """The words of a page with their places, in no order yet."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        boxes = _Boxes(text.raw, pypdfium2.raw)
        said = _characters(text.raw, count, pypdfium2.raw)
        if len(said) != count:
            # Characters of two units, or that stand for nothing: each is asked for by itself.
            return list(_one_by_one(boxes, range(min(count, _MAX_PAGE_CHARS))))
        found: list[PdfWord] = []
        for match in _WORD.finditer(said, 0, _MAX_PAGE_CHARS):
            word = match[1]
            start, end = match.span(1)
            left, bottom, right, top = first = boxes.of(start)
            size = boxes.size(start)
            if end - start > 1:
                last = boxes.of(end - 1)
                if _parted(first, last, max(size, 1.0), end - start):
                    # Nothing stands between what is far apart: another line or column.
                    found += _one_by_one(boxes, range(start, match.end()))
                    continue
                _left, foot, right, head = last
                bottom = foot if foot < bottom else bottom
                top = head if head > top else top
            if match.end() > end:
                word += _HYPHEN
            found.append(PdfWord(word, left, bottom, right, top, size or top - bottom or 1.0))
        return found
    finally:
        text.close()


def _characters(text: Any, count: int, raw: Any) -> str:
    """The characters of a page in one call; as many as pdfium counts, where each is one unit."""
    import ctypes

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    return bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")


class _Boxes:
    """The places of characters, asked for by their number."""

    def __init__(self, text: Any, raw: Any) -> None:
        import ctypes

        self._text = text
        self._places = [ctypes.c_double() for _n in range(4)]
        # Made once: a page has thousands of characters.
        self._pointers = [ctypes.pointer(place) for place in self._places]
        self._box_of, self.size_of = raw.FPDFText_GetCharBox, raw.FPDFText_GetFontSize
        self.code_of = raw.FPDFText_GetUnicode

    def of(self, number: int) -> Place:
        """Left, bottom, right and top of a character."""
        self._box_of(self._text, number, *self._pointers)
        left, right, bottom, top = self._places
        return left.value, bottom.value, right.value, top.value

    def size(self, number: int) -> float:
        """The size in which a character is set."""
        return float(self.size_of(self._text, number))

    def sign(self, number: int) -> str:
        """The character; nothing where it is none."""
        code = self.code_of(self._text, number)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _parted(first: Place, last: Place, size: float, letters: int) -> bool:
    """Whether the first and the last letter of a word are too far apart for one."""
    wide = last[2] - first[0] > size * (0.75 * letters + 1.5)
    return wide or abs(last[1] - first[1]) > 2 * size or last[0] < first[0] - size


def _one_by_one(boxes: _Boxes, numbers: range) -> list[PdfWord]:
    """The words of characters that are looked at one by one."""
    found: list[PdfWord] = []
    held: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    size = 0.0
    for i in numbers:
        sign = boxes.sign(i)
        if not sign or sign.isspace() or sign == "\ufffe":
            _close_word(found, held, box, size)
            held = []
            if sign == "\ufffe" and found:
                # pdfium's sign for a hyphen at a line's end.
                last = found.pop()
                found.append(last._replace(text=last.text + _HYPHEN))
            continue
        if sign == _HYPHEN:
            held.append(sign)
            continue
        place = boxes.of(i)
        if held and _leaps(box, place, max(size, 1.0)):
            # Another line or column, though nothing stands between.
            _close_word(found, held, box, size)
            held = []
        if not held:
            box, size = list(place), boxes.size(i)
        else:
            _stretch(box, place)
        held.append(sign)
    _close_word(found, held, box, size)
    return found


def _leaps(box: list[float], place: Place, size: float) -> bool:
    far = abs(place[1] - box[1]) > 2 * size or place[0] - box[2] > 2 * size
    return far or place[0] < box[0] - size


def _stretch(box: list[float], place: Place) -> None:
    """Make a box hold a place besides."""
    left, bottom, right, top = place
    if left < box[0]:
        box[0] = left
    if bottom < box[1]:
        box[1] = bottom
    if right > box[2]:
        box[2] = right
    if top > box[3]:
        box[3] = top


def _close_word(found: list[PdfWord], held: list[str], box: list[float], size: float) -> None:
    words = "".join(held)
    if words:
        found.append(PdfWord(words, box[0], box[1], box[2], box[3], size or box[3] - box[1] or 1.0))


def _open_failure(fault: Exception) -> Unreadable:
    if "assword" in str(fault):
        return Unreadable(_("the file is locked by a password"), _("save it without the password"))
    return Unreadable(
        _("the file is not valid {kind}").format(kind="PDF") + f" ({str(fault)[:120]})",
        _("save or export it again"),
    )
