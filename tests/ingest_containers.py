"""Small files of each container: ZIP, Word, OpenDocument, EPUB, RTF, PDF, out of given words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, kind)
    return out.getvalue()


def docx(paragraphs: Iterable[tuple[str, str]]) -> bytes:
    """A Word document of (style, words); a line break of the words is one of the document."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = ""
    for style, words in paragraphs:
        mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        runs = "<w:r><w:br/></w:r>".join(
            f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in words.split("\n")
        )
        body += f"<w:p>{mark}{runs}</w:p>"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
        }
    )


def odt(body: str, title: str = "") -> bytes:
    """An OpenDocument text with this body."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest/>",
            "meta.xml": f"<office:document-meta {names}><office:meta><dc:title>{title}</dc:title>"
            "</office:meta></office:document-meta>",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
        }
    )


def epub(
    chapters: dict[str, str],
    *,
    title: str = "Le Courrier de Fontbrune",
    day: str = "2026-03-12",
) -> bytes:
    """An issue whose parts are these pages, with a list of contents before them."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    places = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title><dc:date>{day}</dc:date></metadata>"
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{places}</spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/content.opf": package,
            "OEBPS/nav.xhtml": "<html><body><nav><a href='a.xhtml'>Une</a></nav></body></html>",
            **{f"OEBPS/{name}": page for name, page in chapters.items()},
        }
    )


def rtf(paragraphs: Iterable[str], head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    r"""An RTF document; a paragraph that begins with `*` is bold; letters beyond ASCII are `\u`."""
    body = ""
    for words in paragraphs:
        bold = words.startswith("*")
        coded = "".join(c if c < "\x80" else rf"\u{ord(c)}?" for c in words.removeprefix("*"))
        body += rf"\pard{{\b {coded}}}\par" if bold else rf"\pard {coded}\par"
        body += "\n"
    fonts = r"{\fonttbl{\f0\fswiss Arial;}}"
    return (rf"{{\rtf1{head}{fonts}" + "\n" + body + "}").encode("ascii")


Placed = tuple[float, float, float, str]


def pdf(pages: Iterable[Iterable[Placed]]) -> bytes:
    """A PDF of (left, bottom, size, words); a page without any is a picture of one grey square."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for placed in pages:
        lines = []
        for left, bottom, size, words in placed:
            coded = words.encode("cp1252").replace(b"\\", b"\\\\")
            coded = coded.replace(b"(", b"\\(").replace(b")", b"\\)")
            place = f"BT /F1 {size} Tf 1 0 0 1 {left} {bottom} Tm (".encode()
            lines.append(place + coded + b") Tj ET")
        stream = b"\n".join(lines) or b"0.5 g 50 50 300 400 re f"
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /Font << /F1 3 0 R"
            b" >> >> /Contents " + str(len(objects) + 2).encode() + b" 0 R >>"
        )
        objects.append(
            b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream"
        )
    refs = " ".join(f"{k} 0 R" for k in kids)
    objects[1] = f"<< /Type /Pages /Kids [{refs}] /Count {len(kids)} >>".encode()
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for n, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{n} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def column(left: float, top: float, lines: Iterable[str], size: float = 9.0) -> list[Placed]:
    """Lines of a column, one under the other."""
    return [(left, top - 13 * n, size, words) for n, words in enumerate(lines)]
