"""An article from named values: what JSON Lines has, and any format of records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from selon.i18n import _
from selon.ingest import dates, language, ninjs
from selon.ingest.field_names import fields_of
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import page_number
from selon.ingest.sources import FoundArticle, Unreadable, empty, identity
from selon.records import Article, Failure

_SHORTENED: Final = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ (?:chars|characters|caractères)\]\s*$")
OPTIONAL: Final = ("title", "outlet", "published", "url", "language")


def article_of_named_fields(
    values: object, where: str, options: ReadOptions
) -> FoundArticle | Failure:
    """The article of a record with keys of its own, where the options pair them with our fields."""
    own = dict(options.columns)
    if own and isinstance(values, Mapping):
        kept = {key: value for key, value in values.items() if key not in own.values()}
        values = kept | {field: values[key] for field, key in own.items() if key in values}
    return article_of_fields(values, where, options)


def article_of_fields(values: object, where: str, options: ReadOptions) -> FoundArticle | Failure:
    """The article that the values make; all but `text` may be absent, null or blank.

    Values win over the options. `id` and `page` may be whole numbers; `authors` a list or one name; other
    keys are left alone. A value of the wrong type is a failure that names the key.
    """
    try:
        return _article_of_fields(values, where, options)
    except Unreadable as fault:
        return fault.at(where)


def _article_of_fields(values: object, where: str, options: ReadOptions) -> FoundArticle | Failure:
    if not isinstance(values, Mapping):
        raise Unreadable(
            _("an article must be an object, not {kind}").format(kind=_kind(values)),
            _('write {"text": "…"}'),
        )
    values = _by_our_names(values)
    if values.get("text") is None:
        keys = ", ".join(sorted(str(k) for k in values)[:12]) or "–"
        raise Unreadable(
            _("there is no “text” (keys: {keys})").format(keys=_shorten(keys)),
            _("name the text “text”, or give its key: --column text=KEY"),
        )
    text = _string(values, "text")
    if text is None or not text.strip():
        return empty(where)
    if _SHORTENED.search(text[-40:]):
        # An interface for news gives the first characters alone.
        raise Unreadable(
            _("only the first characters of the article are there"),
            _("add its page: selon add ADDRESS"),
        )
    said = {key: _string(values, key) for key in OPTIONAL}
    return FoundArticle(
        where,
        Article(
            id=_id(values) or identity(said["url"], text),
            text=text,
            language=said["language"],
            title=said["title"],
            outlet=said["outlet"] or options.outlet,
            published=_date(said["published"], text, said["language"], options) or options.date,
            url=said["url"],
            authors=_authors(values),
            page=page_number(_whole(values.get("page"))),
        ),
    )


def _by_our_names(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values with what other programs call otherwise: an agency's item, a crawler's record."""
    if values.get("text") is None:
        found = ninjs.article(values)
        if found is None:
            found = fields_of(values)
            if isinstance(text := found.get("text"), str):
                found["text"] = ninjs.plain_text(text)
        return values if found.get("text") is None else found
    missing = {key: v for key, v in fields_of(values).items() if values.get(key) is None}
    return {**values, **missing} if missing else values


def _string(values: Mapping[str, object], key: str) -> str | None:
    """The string under a key, untouched; None where it is absent, null, NaN or blank."""
    value = values.get(key)
    # NaN is how tables of numbers write that nothing is there.
    if value is None or value != value:
        return None
    if not isinstance(value, str):
        raise _wrong(key, value, _("a string"))
    _check_characters(key, value)
    return value if key == "text" or value.strip() else None


def _whole(value: object) -> object:
    """A number of a spreadsheet without its decimals: `8.0` is page 8."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _id(values: Mapping[str, object]) -> str | None:
    value = values.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(values, "id")


def _authors(values: Mapping[str, object]) -> tuple[str, ...]:
    value = values.get("authors")
    if value is None or isinstance(value, str) or value != value:
        one = _string(values, "authors")
        return (one,) if one else ()
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _wrong("authors", value, _("a list of strings"))
    for name in value:
        _check_characters("authors", name)
    return tuple(name for name in value if name.strip())


def _date(value: str | None, text: str, language_: str | None, options: ReadOptions) -> str | None:
    """The EDTF of a date however it is written; French has the day first."""
    if value is None:
        return None
    try:
        date = dates.parse_date(value, options.dates)
    except dates.Ambiguous:
        code = options.lang or language_ or language.detect_language(text)
        first = dates.usual_order(language.primary(code))
        date = dates.parse_date(value, first) if first else None
        if date is None:
            raise Unreadable(
                _("“published” may be two dates: “{value}”").format(value=_shorten(value)),
                _("say which comes first: --dates day-first, or --dates month-first"),
            ) from None
    if date is None:
        raise Unreadable(
            _("“published” is not a date: “{value}”").format(value=_shorten(value)),
            _("write 2020-03-12, 12/03/2020, 12 mars 2020, 2020-03 or 2020"),
        )
    return date


def _check_characters(key: str, value: str) -> None:
    """Half a surrogate pair (`\\ud800`) is no character: no UTF-8 can hold it, no span count it."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise Unreadable(
            _("“{key}” holds half a character (\\u{code:04x}) at position {at}").format(
                key=key, code=ord(value[fault.start]), at=fault.start
            ),
            _("fix the program that cut the text, or remove that escape"),
        ) from None


def _wrong(key: str, value: object, wanted: str) -> Unreadable:
    return Unreadable(
        _("“{key}” is {kind}, not {wanted}").format(key=key, kind=_kind(value), wanted=wanted),
        _("correct that value in the file"),
    )


def _kind(value: object) -> str:
    names = {str: _("a string"), bool: _("true or false"), list: _("a list"), dict: _("an object")}
    if value is None:
        return _("null")
    return names.get(type(value), _("a number"))


def _shorten(words: str) -> str:
    return words[:80].encode("utf-8", "replace").decode("utf-8")
