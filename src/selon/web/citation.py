"""A statement with its reference, to be put into a text: plain, Markdown, BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from selon.names import fold
from selon.web.i18n import Locale

FORMATS: Final = ("plain", "markdown", "bibtex")
# What Markdown and LaTeX would take for more than a letter.
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|])")
_LATEX: Final = re.compile(r"([{}%&$#_])")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def citation(row: Mapping[str, Any], name: str, say: Locale) -> str:
    """A statement in one of `FORMATS`, in the visitor's language.

    `row` has `content`, `speaker`, `via`, `title`, `outlet`, `published`, `page`, `url` and `authors`.
    """
    return {"plain": _plain, "markdown": _markdown, "bibtex": _bibtex}[name](row, say)


def _in_quotation_marks(words: str, say: Locale) -> str:
    bare = words.strip(' «»“”"\u00a0\u202f')
    return f"«\u202f{bare}\u202f»" if say.language == "fr" else f"“{bare}”"


def _parts(row: Mapping[str, Any], say: Locale) -> tuple[str, str, str]:
    """Who, where and when (with the page), in words."""
    _ = say.gettext
    who = str(row["speaker"] or _("unknown speaker"))
    if row["via"]:
        who = _("{who}, relayed by {relay}").format(who=who, relay=row["via"])
    when = say.date(row["published"]) or _("no date")
    if row.get("page"):
        when = f"{when}, {_('p. {page}').format(page=row['page'])}"
    return who, str(row["outlet"] or _("unknown outlet")), when


def _plain(row: Mapping[str, Any], say: Locale) -> str:
    who, outlet, when = _parts(row, say)
    title = f"{_in_quotation_marks(str(row['title']), say)}, " if row["title"] else ""
    url = f", {row['url']}" if row["url"] else ""
    return f"{_in_quotation_marks(str(row['content']), say)} ({who} – {title}{outlet}, {when}{url})"


def _markdown(row: Mapping[str, Any], say: Locale) -> str:
    who, outlet, when = (_MARKDOWN.sub(r"\\\1", part) for part in _parts(row, say))
    title = _MARKDOWN.sub(r"\\\1", str(row["title"] or outlet))
    if row["url"]:
        address = str(row["url"]).replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        title = f"[{title}]({address})"
    words = _MARKDOWN.sub(r"\\\1", _in_quotation_marks(str(row["content"]), say))
    return f"> {words}\n>\n> — {who}, {title}, *{outlet}*, {when}"


def _bibtex(row: Mapping[str, Any], say: Locale) -> str:
    date = _DATE.match(str(row["published"] or ""))
    year, month, day = date.groups() if date else (None, None, None)
    words = fold(f"{row['outlet'] or 'article'}").split()
    key = "".join(c for c in f"{(words or ['article'])[-1]}{year or ''}" if c.isalnum())
    fields = {
        "title": row["title"],
        "author": " and ".join(row["authors"]),
        "journal": row["outlet"],
        "year": year,
        "month": month,
        "day": day,
        "pages": row.get("page"),
        "url": row["url"],
        "note": f"{row['speaker'] or '?'}{say.gettext(':')} {_in_quotation_marks(str(row['content']), say)}",
    }
    lines = [
        f"  {name} = {{{value if name == 'url' else _escape(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join((f"@article{{{key or 'article'}-{row['id']},", *lines, "}"))


def _escape(value: Any) -> str:
    """A field on one line, its signs told LaTeX as signs; an address is taken as it is by `url`."""
    return _LATEX.sub(r"\\\1", " ".join(str(value).split()))
