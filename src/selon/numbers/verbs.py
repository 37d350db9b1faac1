"""The verb of saying in a cue, as its lemma in the article's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from selon import lang

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def code(language: str | None) -> str:
    """The language folder for an article's language; the default's where it tells none."""
    return (language or lang.DEFAULT).split("-")[0].lower()


@lru_cache(maxsize=65_536)
def lemma(cue: str | None, language: str) -> str | None:
    """« a déclaré » → déclarer; the cue's own words where no verb of the language is in it.

    « a fait savoir » → faire savoir, as the language's verbs have it; « selon », « d’après » stay
    what they are; nothing for no cue.
    """
    plain = " ".join((cue or "").lower().replace("’", "'").split())
    if not plain:
        return None
    forms, phrases = _forms(language)
    words = _WORD.findall(plain)
    # What is a verb of saying stands last, after its auxiliary; but « a fait remarquer » is one.
    last: str | None = None
    at = 0
    while at < len(words):
        head = forms.get(words[at])
        at += 1
        if head is not None:
            last = head
            for rest in phrases.get(head, ()):
                if tuple(words[at : at + len(rest)]) == tuple(rest):
                    last = " ".join((head, *rest))
                    at += len(rest)
                    break
    return last or plain


@lru_cache(maxsize=8)
def _forms(language: str) -> tuple[dict[str, str], Mapping[str, Sequence[Sequence[str]]]]:
    """Each form of a language's verbs of saying, with its lemma; what follows in set phrases.

    Nothing for a language without.
    """
    if language not in lang.codes():
        return {}, {}
    try:
        words = import_module(f"selon.lang.{language}.words").lexicon()
    except ImportError:
        return {}, {}
    forms: dict[str, Any] = words.forms
    return {form: _of(value) for form, value in forms.items()}, getattr(words, "phrases", {})


def _of(value: Any) -> str:
    if isinstance(value, str):
        return value
    first: str = value[0].lemma
    return first
