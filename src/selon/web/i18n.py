"""What a visitor reads: French or English, with dates and numbers as that language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent

from selon.i18n import LANGUAGES, catalogue
from selon.show.dates import date_in_words

COOKIE: Final = "selon_lang"


class Locale:
    """A language: `gettext`, and dates, numbers and shares in it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogue(language)

    def gettext(self, message: str) -> str:
        """The message in this language; English message ids are English."""
        return self._catalogue.gettext(message)

    def pgettext(self, context: str, message: str) -> str:
        """A message whose French depends on where it stands: `context` tells translators."""
        return self._catalogue.pgettext(context, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The message for a count, its `{n}` filled in."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n))

    def date(self, edtf: str | None) -> str:
        """An EDTF date in words; nothing for none."""
        return date_in_words(edtf, self.language) if edtf else ""

    def moment(self, iso: str) -> str:
        """A stamp of the library as a date and time of this machine's clock, to the minute."""
        try:
            when = datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone()
        except ValueError:
            return iso
        pattern = "d MMM y 'à' H 'h' mm" if self.language == "fr" else "d MMM y, HH:mm"
        said = format_datetime(when, pattern, tzinfo=when.tzinfo, locale=self.language)
        # An hour stays on one line with its minutes.
        return said.replace(" h ", "\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}")

    def number(self, n: float) -> str:
        """A number with this language's marks."""
        return format_decimal(n, locale=self.language)

    def score(self, score: float) -> str:
        """A score between 0 and 1, to the hundredth."""
        return format_decimal(score, "0.00", locale=self.language)

    def typed_date(self, edtf: str | None) -> str:
        """A date as it is typed into a box, `28/06/2020` or `06/2020`; any other value unchanged."""
        parts = (edtf or "").split("-")
        known = len(parts) in (2, 3) and all(p.isdigit() for p in parts) and len(parts[0]) == 4
        return "/".join(reversed(parts)) if known else edtf or ""

    def percent(self, share: float, places: int = 0) -> str:
        """A share between 0 and 1 as a percentage."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        mark = "\N{NARROW NO-BREAK SPACE}%" if self.language == "fr" else "%"
        return format_percent(share, pattern + mark, locale=self.language)


@lru_cache(maxsize=4)
def locale(language: str) -> Locale:
    """The language of that name."""
    return Locale(language if language in LANGUAGES else "en")


def preferred_language(
    query: Mapping[str, str], cookies: Mapping[str, str], accept: str, otherwise: str
) -> str:
    """The language a visitor asks for: `?lang=`, then the cookie, then `Accept-Language`."""
    for said in (query.get("lang"), cookies.get(COOKIE)):
        if said in LANGUAGES:
            return str(said)
    ranked: list[tuple[float, int, str]] = []
    for n, part in enumerate(accept[:1000].split(",")):
        tag, _sep, weight = part.strip().partition(";q=")
        try:
            q = float(weight) if weight else 1.0
        except ValueError:
            q = 0.0
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES and q > 0:
            ranked.append((-q, n, language))
    return min(ranked)[2] if ranked else otherwise
