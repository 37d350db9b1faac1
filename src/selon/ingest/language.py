"""Which language a text is in; the one door to py3langid, opened when first needed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from selon.ingest.word_lists import fold_words, press

UNKNOWN: Final = "und"
# Below this a text may be anything: « Paris, Lyon, Marseille » is French with 0.18.
LETTERS: Final = 20
# Over the gold's French articles cut at 40 letters a third stays below; at 160 letters none.
SURE: Final = 0.8
# Characters looked at: the verdict does not change after a page.
SAMPLE: Final = 6000
BEGINNING: Final = 1500
CERTAIN: Final = 0.999

# Languages with a daily press. The model knows 140, down to dialects; the rare ones only draw
# short texts away from their neighbours.
LANGUAGES: Final = (
    *("af", "am", "ar", "az", "be", "bg", "bn", "br", "bs", "ca", "cs", "cy", "da", "de", "el"),
    *("en", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr"),
    *("ht", "hu", "hy", "id", "ig", "is", "it", "ja", "ka", "kk", "km", "ko", "ku", "la", "lb"),
    *("ln", "lo", "lt", "lv", "mg", "mk", "ml", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no"),
    *("oc", "pa", "pl", "ps", "pt", "ro", "ru", "rw", "si", "sk", "sl", "so", "sq", "sr", "sv"),
    *("sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zh", "zu", "zxx"),
)
# Read by the learnt reader without a pack: the languages of Europe in Latin script, whose pieces
# its vocabulary keeps.
UNPACKED: Final = (
    *("ca", "cs", "da", "de", "es", "et", "eu", "fi", "gl", "hr", "hu", "is", "it", "lb", "lt"),
    *("lv", "nl", "nn", "no", "oc", "pl", "pt", "ro", "sk", "sl", "sq", "sv"),
)
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


def detect_language(text: str) -> str:
    """The language of a text as a BCP 47 code; `und` where it is too short or in doubt."""
    sample = " ".join(text[: 4 * SAMPLE].split())[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return UNKNOWN
    # The first lines tell nearly always, in a quarter of the time.
    code, probability = _identifier().classify(sample[:BEGINNING])
    if probability < CERTAIN and len(sample) > BEGINNING:
        code, probability = _identifier().classify(sample)
    return code if probability >= SURE and code != "zxx" else UNKNOWN


def primary(tag: str) -> str:
    """The two letters of a language: of a tag (`fr-CA`), of three letters (`fra`), of a name (« Français »).

    `und` where it is none of these.
    """
    first = re.split("[-_]", tag.strip())[0].lower()
    if len(first) == 2 and _TAG.fullmatch(tag.strip()):
        return first
    named = _codes_by_name().get(fold_words(tag)) or _codes_by_name().get(fold_words(first))
    return named or (first if _TAG.fullmatch(tag.strip()) else UNKNOWN)


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    return {name: code for code, names in press()["languages"].items() for name in names}


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Loading takes a second: late, and once.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
