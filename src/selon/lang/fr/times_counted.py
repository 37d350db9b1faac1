"""French expressions that count: the nth weekday of a month, a day of a month, hours in letters.

One function a rule, its surface forms in its docstring; the shapes are tried with those of
`times.py`, and say what they stand near (see `Rule`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from selon.edtf import intervals
from selon.lang.fr.times_days import aim
from selon.lang.fr.times_words import fold_text, month, number, pattern, weekday, words
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning

Match = re.Match[str]
Read = Callable[[Match], Meaning | None]


def nth_weekday(m: Match) -> Meaning | None:
    """« le dernier vendredi de février », « le premier lundi de mai 2027 »."""
    named, nth, of = weekday(m["weekday"]), _nth(m), month(m["month"])
    if named is None:
        return None
    if not m["year"]:
        return meaning.nth_weekday(named, nth, of, aim(m))
    around = intervals.month(int(m["year"]), of)
    return meaning.fixed_days(intervals.nth_weekday(around, named, nth) if around else None)


def nth_weekday_off(m: Match) -> Meaning | None:
    """« le premier mercredi du mois prochain », « le deuxième samedi de ce mois »."""
    named, nth = weekday(m["weekday"]), _nth(m)
    if named is None:
        return None
    return meaning.within(
        meaning.unit("month", aim(m)), lambda around: intervals.nth_weekday(around, named, nth)
    )


def some_nth_weekday(m: Match) -> Meaning | None:
    """« le premier mercredi de chaque mois », « le premier lundi du mois », « le dernier samedi ».

    Of which month is not said, or of all: never the nearest such weekday.
    """
    return meaning.nothing


def day_of_month(m: Match) -> Meaning | None:
    """« le 5 du mois prochain », « le premier jour du mois dernier », « le 15 de ce mois »."""
    day = number(m["dayno"]) if m["dayno"] else 1 if m["first"] else None
    if m["dayno"] and day is None:
        return None
    return meaning.within(
        meaning.unit("month", aim(m)),
        lambda around: (
            intervals.civil(around.first.year, around.first.month, day)
            if day
            else intervals.day(around.last)
        ),
    )


def some_day_of_month(m: Match) -> Meaning | None:
    """« le premier du mois », « le 15 de chaque mois »: of no one month."""
    return meaning.nothing


def hour_in_letters(m: Match) -> Meaning | None:
    """« à dix-huit heures », « vers sept heures et demie »; not « à vingt heures de route »."""
    count = number(m["number"])
    return meaning.story_or_today if count is not None and count < 24 else None


@lru_cache(maxsize=1)
def short_date() -> re.Pattern[str]:
    """« mer. 16 déc. », « lun. 3 mars »."""
    return pattern(r"{_shortday} (?:{_dayno})(?: |-){_anymonth}")


def _nth(m: Match) -> int:
    return words().ordinals[fold_text(m["nth"])]


_NTH_DAY: Final = r"(?:\b(?:le|ce|au|du|un) )?{nth} {weekday}(?: {_part})?"
_LISTED: Final = r"(?:(?:, | et | ou )(?:le )?(?:{_nth} )?{_weekday}\b)*"
_THIS_MONTH: Final = r"(?:du mois (?:{last}|{next}|en cours|courant)|de ce mois(?:-ci)?)\b"
# The function, the classes of triggers, the traits, the shape: see times.py.
SHAPES: Final[tuple[tuple[Read, str, str, str], ...]] = (
    (
        nth_weekday,
        "weekday",
        "",
        _NTH_DAY + r" (?:du mois )?(?:de |d'){month}(?: (?:de )?{year}| {last}\b| {next}\b)?"
        r"(?! de (?:l'an|cette|chaque))",
    ),
    (nth_weekday_off, "weekday", "", _NTH_DAY + " " + _THIS_MONTH),
    (
        some_nth_weekday,
        "weekday",
        "recurs",
        r"(?:\b(?:le|ce|au|du|un|chaque) )?{nth} {weekday}\b"
        + _LISTED
        + r"(?: {_part})?(?: (?:de chaque|du) mois\b| de l'année\b)?(?! (?:le )?(?:{_dayno})\b)",
    ),
    (
        day_of_month,
        "unit",
        "",
        r"\b(?:le|au|du) (?:{dayno}|(?:(?P<first>premier|1er)|dernier) jour) " + _THIS_MONTH,
    ),
    (
        some_day_of_month,
        "unit",
        "recurs",
        r"\b(?:le|au|du) (?:{dayno}|(?:premier|1er|dernier) jour) (?:du|de chaque) mois\b"
        r"(?! (?:suivant|précédent|d(?:e|')))",
    ),
    (
        hour_in_letters,
        "unit",
        "leans",
        r"\b(?:à|vers|dès|jusqu'à) (?P<t>(?!\d){number} heures?"
        r"(?: (?:(?:cinq|dix|quinze|vingt(?:-cinq)?|trente|quarante(?:-cinq)?|cinquante)\b"
        r"|et (?:demie?|quart)|moins (?:le quart|cinq|dix|vingt(?:-cinq)?)))?"
        r"(?: du matin| du soir| de l'après-midi)?)\b(?! d(?:e|'))",
    ),
)
# The verbs and occasions of a meeting at which somebody then speaks.
MEETING: Final = (
    r"\b(?:s'(?:est|était|étaient) (?:longuement |brièvement )?(?:entretenue?s?|réunie?s?"
    r"|exprimée?s?|adressée?s?)"
    r"|se (?:sont|est) (?:entretenue?s?|réunie?s?|rencontrée?s?|exprimée?s?)"
    r"|(?:a|ont|avait) (?:rencontré|reçu|accueilli)e?s?"
    r"|(?:a|ont|avait) (?:parlé|pris la parole|répondu (?:aux|à des) questions)"
    r"|(?:a|ont) (?:tenu|donné|présidé) une? (?:conférence|réunion|point)"
    r"|(?:lors|au cours|à l'occasion|à l'issue) (?:d'une?|de (?:la|sa|son)|du|de leur) {_talk}"
    r"|(?:dans|par|pendant) (?:une?|la|sa|son|le|leur) {_talk}"
    r"|à la (?:tribune|barre)|à l'antenne|au micro (?:de|du|d')|sur le plateau (?:de|du|d')"
    r"|invitée? (?:de|du|d'|sur|dans|à))\b"
)
