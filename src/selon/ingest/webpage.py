"""A news page as saved from the web; the one door to trafilatura, opened when first needed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.i18n import _
from selon.ingest import documents, europresse, factiva
from selon.ingest.boilerplate import kept_paragraphs
from selon.ingest.charset import BOMS, decode, decode_as_declared
from selon.ingest.edtf_dates import edtf
from selon.ingest.markup import page, prose
from selon.ingest.options import ReadOptions
from selon.ingest.page_parts import Cleaned, clean, refuse_shell
from selon.ingest.sources import (
    FoundArticle,
    InputSource,
    Unreadable,
    empty,
    identity,
    in_one,
    too_large,
)
from selon.records import Article, Failure

# The encoding that a page names stands in its first bytes (the HTML standard looks at 1,024).
HEAD: Final = 4096
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# What browsers write on top of a page that they save.
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")

# An export of many articles may be larger; no page of one is.
_MAX_PAGE_CHARS: Final = 10_000_000
_ENDS: Final = (".", "!", "?", "…", "»", "”", '"', ")")
# LexisNexis's and Nexis Uni's exports as pages.
_LEXIS: Final = re.compile(
    r"LXNComment|\b\d+ (?:of|sur|de|von) \d+ DO[CK]UMENT|End of Document|Fin d[ue] document"
)
# One of these is in each; they are looked for ten times as fast.
_LEXIS_MARKS: Final = ("LXNComment", " DOCUMENT", " DOKUMENT", "End of Document", "Fin d")


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The page's main text as an article, with what the page says of it; an archive's export as its own.

    `published` is a day, and only where the page's metadata states one; the options outrank the
    page's date and outlet. What was left out because the page hides it is a failure beside.
    """
    data = in_one(stream)
    if europresse.is_export(data):
        yield from europresse.read(source, io.BytesIO(data), options)
        return
    markup = _markup(data)
    if factiva.marked_page(data):
        yield from factiva.read_page(source, markup, options)
        return
    if any(mark in markup for mark in _LEXIS_MARKS) and _LEXIS.search(markup):
        lines = [documents.TextLine(words) for words in prose(page(markup)).split("\n\n")]
        items = documents.pieces(lines)
        if items:
            yield from documents.number_articles(items, source, options)
            return
    if factiva.numbered_page(markup):
        # Its marks are lost, its lines are not.
        lines = [documents.TextLine(words) for words in prose(page(markup)).split("\n\n")]
        items = documents.pieces(lines)
        if items:
            yield from documents.number_articles(items, source, options)
            return
    if len(data) > _MAX_PAGE_CHARS:
        raise too_large(_MAX_PAGE_CHARS)
    saved = _SAVED.search(markup[:HEAD])
    cleaned = clean(markup)
    document = _extract(cleaned.markup)
    if len(cleaned.articles) > 1:
        yield from _each(cleaned, document, source, options)
        return
    found = _of_page(cleaned, document, saved[1] if saved else None, options)
    if _broken_off(markup):
        yield documents.cut(f"{source.name}#end" if found.text.endswith(_ENDS) else source.name)
        if not found.text.endswith(_ENDS):
            # What is left of an article is none.
            return
    if cleaned.walled:
        yield _paywall_failure(source.name)
    yield FoundArticle(source.name, found)


def _broken_off(markup: str) -> bool:
    """Whether a page ends inside its article or inside a tag; closing tags alone may be left out."""
    low = markup[-20_000:].lower()
    if "</html" in low or "</body" in low:
        return False
    if low.rfind("<") > low.rfind(">") and low.rfind("<") > len(low) - 300:
        return True
    whole = markup.lower()
    return any(f"<{name}" in whole and f"</{name}" not in whole for name in ("article", "main"))


def _of_page(cleaned: Cleaned, document: Any, saved: str | None, options: ReadOptions) -> Article:
    """The one article of a page; `Unreadable` where it has none."""
    text = _body(_article_text(document), document.title) if document is not None else ""
    refuse_shell(cleaned, text, document.title if document is not None else None)
    url = document.url or saved
    return Article(
        id=identity(url, text),
        text=text,
        title=document.title or None,
        outlet=options.outlet or document.sitename or None,
        published=options.date or edtf(document.date or "-") or cleaned.day,
        url=url,
        authors=tuple(a.strip() for a in (document.author or "").split(";") if a.strip()),
    )


def _each(
    cleaned: Cleaned, whole: Any, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """Each of the articles that a page holds side by side, and that there were several."""
    outlet = options.outlet or (whole.sitename if whole is not None else None)
    for n, part in enumerate(cleaned.articles, 1):
        where = f"{source.name}#{n}"
        document = _extract(f"<html><body>{part.markup}</body></html>")
        text = _body(_article_text(document), part.title) if document is not None else ""
        if not text:
            yield empty(where)
            continue
        article = Article(
            id=identity(part.url or f"{part.title}", text),
            text=text,
            title=part.title,
            outlet=outlet or None,
            published=part.day or options.date,
            url=part.url,
        )
        yield FoundArticle(where, article)
    yield Unreadable(
        _("the page holds {n} articles: each was read by itself").format(n=len(cleaned.articles)),
        _("compare their titles and dates, or save each article's own page"),
    ).at(f"{source.name}#articles")


def _article_text(document: Any) -> str:
    """What trafilatura found, without what leads elsewhere or asks for something."""
    return "\n".join(kept_paragraphs((document.text or "").split("\n"))).strip()


def _paywall_failure(where: str) -> Failure:
    return Unreadable(
        _("the page shows only the beginning of the article; the rest is for subscribers"),
        _("save the page while you are logged in, then add it again"),
    ).at(f"{where}#rest")


def _markup(data: bytes) -> str:
    """The page's characters: by its mark, as UTF-8, as it says itself, or as plain text is."""
    if not any(data.startswith(mark) for mark, _ in BOMS):
        name = _CHARSET.search(data[:HEAD])
        for encoding in ("utf-8", name[1].decode("ascii", "replace") if name else "utf-8"):
            # The web's Latin 1 is Windows-1252, by the encoding standard.
            known = "cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "ascii") else encoding
            text = decode_as_declared(data, known)
            if text is not None and "\x00" not in text:
                return text
    return decode(data)


def _body(text: str, title: str | None) -> str:
    """The main text; a first line that only repeats the title is left to `Article.title`."""
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if first == title and rest.strip() else text.strip()


def _extract(markup: str) -> Any:
    """What trafilatura makes of a page; None where it finds nothing."""
    from trafilatura import bare_extraction

    # A date is taken from metadata and marked-up elements, never hunted for in the prose.
    dates = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
    try:
        return bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=dates,
        )
    except Exception:
        # Any markup may come; whatever it breaks in there, the run goes on.
        return None
