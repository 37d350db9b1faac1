"""A news page as saved from the web; the one door to trafilatura, opened when first needed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.ingest import europresse
from selon.ingest.charset import BOMS, declared, decoded
from selon.ingest.options import Options
from selon.ingest.published import edtf
from selon.ingest.sources import Found, Source, Unreadable, identity
from selon.records import Article, Failure
from selon.tongue import speaking

# The encoding that a page names stands in its first bytes (the HTML standard looks at 1,024).
HEAD: Final = 4096
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# What browsers write on top of a page that they save.
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")


def read(source: Source, stream: BinaryIO, options: Options) -> Iterator[Found | Failure]:
    """The page's main text as an article, with what the page says of it.

    `published` is a day, and only where the page's metadata states one; the options outrank the
    page's date and outlet.
    """
    data = stream.read()
    if europresse.marked(data):
        yield from europresse.read(source, io.BytesIO(data), options)
        return
    page = _markup(data)
    document = _extracted(page)
    text = _body(document.text or "", document.title) if document is not None else ""
    if document is None or not text:
        _ = speaking("ingest").gettext
        raise Unreadable(
            _("no article was found in the page"),
            _("save the page when it is fully shown, or copy its text into a .txt file"),
        )
    saved = _SAVED.search(page[:HEAD])
    url = document.url or (saved[1] if saved else None)
    yield Found(
        source.name,
        Article(
            id=identity(url, text),
            text=text,
            title=document.title or None,
            outlet=options.outlet or document.sitename or None,
            published=options.date or edtf(document.date or "-"),
            url=url,
            authors=tuple(a.strip() for a in (document.author or "").split(";") if a.strip()),
        ),
    )


def _markup(data: bytes) -> str:
    """The page's characters: by its mark, as UTF-8, as it says itself, or as plain text is."""
    if not any(data.startswith(mark) for mark, _ in BOMS):
        name = _CHARSET.search(data[:HEAD])
        for encoding in ("utf-8", name[1].decode("ascii", "replace") if name else "utf-8"):
            # The web's Latin 1 is Windows-1252, by the encoding standard.
            known = "cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "ascii") else encoding
            page = declared(data, known)
            if page is not None and "\x00" not in page:
                return page
    return decoded(data)


def _body(text: str, title: str | None) -> str:
    """The main text; a first line that only repeats the title is left to `Article.title`."""
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if first == title and rest.strip() else text.strip()


def _extracted(page: str) -> Any:
    """What trafilatura makes of a page; None where it finds nothing."""
    from trafilatura import bare_extraction

    # A date is taken from metadata and marked-up elements, never hunted for in the prose.
    dates = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
    try:
        return bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=dates,
        )
    except Exception:
        # Any markup may come; whatever it breaks in there, the run goes on.
        return None
