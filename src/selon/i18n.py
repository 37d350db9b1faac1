"""The user's language: French or English words for what Selon says to people.

Message ids are English; all French words are `locale/fr/LC_MESSAGES/selon.po`, compiled beside it by
`make catalogues` (the `.mo` is committed, a test keeps it fresh). Code says `_("…")` in the language of the
environment, and `_ = catalogue(language).gettext` in a language that it was given.
"""

from __future__ import annotations

import gettext
import os
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "selon"
LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = ("fr", "en")


def preferred_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: SELON_LANG, then LC_ALL, LC_MESSAGES, LANG."""
    for key in ("SELON_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(key, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def catalogue(language: str | None = None) -> gettext.NullTranslations:
    """Return the words of a language (`fr`, `en`), or of the one that the environment asks for.

    English needs no catalogue: its message ids are the words.
    """
    return _catalogue(language or preferred_language())


def _(message: str) -> str:
    """Return a message in the environment's language."""
    return catalogue().gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the message for a count, in the environment's language."""
    return catalogue().ngettext(one, many, n)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def translations(_domain: str, language: str | None = None) -> gettext.NullTranslations:
    """Return the words of a language, as the release before asked for them; goes with the next."""
    words = "translations(domain, language) is now catalogue(language); the old name goes in the next release"
    warnings.warn(words, DeprecationWarning, stacklevel=2)
    return catalogue(language)
