"""The user's language: French or English words for what Selon says to people.

Message ids are English; a catalogue a domain lies in `locale/fr/LC_MESSAGES/DOMAIN.po` and is
compiled beside it by `make catalogues` (the `.mo` is committed, a test keeps it fresh).
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = ("fr", "en")


def preferred_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: SELON_LANG, then LC_ALL, LC_MESSAGES, LANG."""
    for key in ("SELON_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(key, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def translations(domain: str, language: str | None = None) -> gettext.NullTranslations:
    """Return the catalogue of a domain in a language, or in that of the environment.

    English needs no catalogue: its message ids are the words.
    """
    return _catalogue(domain, language or preferred_language())


@lru_cache(maxsize=32)
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, LOCALE, [language], fallback=True)
