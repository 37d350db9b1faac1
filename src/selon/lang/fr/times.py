"""French time expressions: which shape each rule has, near which words it is tried.

The rules themselves, one named function each with its surface forms, stand in `times_days.py` and
`times_spans.py`; the words in `times.toml`; the slots of the shapes in `times_words.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from selon.lang.fr import times_counted as counted
from selon.lang.fr import times_days as days
from selon.lang.fr import times_spans as spans
from selon.lang.fr.times_tense import tense, tense_of_words_before
from selon.lang.fr.times_words import fold_text, pattern, words
from selon.reading.times.grammar import Grammar, Meaning, Rule

_PART: Final = r"(?: (?:au |dans (?:la |l')|en (?:fin|début|milieu) (?:de |d'))?{part})?"
_YEAR: Final = (
    r"(?:(?:,? (?:de l'année |de )?{year}(?! (?:\d{3}\b|{_counted})))"
    r"|(?: (?P<short>[0-9]\d)(?=\s*[.,;:)»]|\s*$| (?:au|à|et|sur|dans|par|en|près|lors)\b)))"
)
_YEAR_OR_AIM: Final = r"(?:" + _YEAR + r"|(?: {last}\b| {next}\b))?"
# No date begins inside a number (« 14.30, 20 mai »).
_START: Final = r"\b(?<!\d[.,:/-])"
_DATE: Final = (
    _START
    + r"(?:(?:le|ce) )?(?:(?P<weekday>{_weekday}|(?<!la\s){_shortday})(?: (?:{_last}|{_next}))?,? "
    r"(?:le )?)?{dayno}(?: |-){anymonth}" + _YEAR_OR_AIM + _PART
)
_LIST: Final = (
    _START + r"(?:les? )?(?:{weekday},? )?{dayno}"
    r"(?=(?:(?:, ?|,? (?:et|ou|au|à|-) |-|/)(?:le |au )?(?:{_weekday} )?(?:{_dayno})){1,4} "
    r"{anymonth}" + _YEAR_OR_AIM + r")"
)
_EDGE: Final = r"(?:(?:la |en |au )?(?:fin|début|milieu|mi|courant)(?: de | du | d'|-| ))"
_ABOUT: Final = (
    r"(?P<about>(?:(?:environ |(?:près|plus|moins) d(?:e |')|à peine |déjà |quelque ))*)"
)
_SOME: Final = r"(?:{number}|quelques|plusieurs|une (?:\w+aine|demi-douzaine) d(?:e|'))"
_BEFORE_FEAST: Final = (
    r"(?:\b(?:à|de|avant|après|depuis|pour|dès|veille|jour|lendemain|d'ici|entre|jusqu'à|passé"
    r"|lundi|week-end|fête) (?:de )?(?:la |l'|le )?|\b(?:la |l'|le ))"
)
_LITTLE: Final = r"(?:et|à|au|pour|dans|par|en|que|a|ont|est|sera|lors|de|du|le|la|les)\b"
_THAT: Final = (
    r"(?:(?:ce|cet|cette) (?:jour|matin|soir|nuit|après-midi|soirée|journée)-là"
    r"|le même jour|le jour même|(?:le|la) même (?:soir|nuit|matin)"
    r"|(?:le|la) (?:matin|soir|nuit|journée|après-midi) même|à ce moment(?:-| )là)"
)
_WHOLE: Final = r"toute (?:l'année|la (?:journée|nuit|matinée|soirée|semaine))"
_NEXT_ONES: Final = r"(?:derniers?|dernières?|prochains?|prochaines?)"
_AT: Final = r"\b(?:à|de|vers|dès|avant|après|jusqu'à|et|entre|depuis) "

Read = Callable[[re.Match[str]], Meaning | None]
# The function, the classes of triggers, the traits (see `Rule`), the shape.
_SHAPES: Final[tuple[tuple[Read, str, str, str], ...]] = (
    (
        days.street_date,
        "month",
        "silent",
        r"\b{street} (?:du|de la|des) (?:{_weekday} )?(?:{_dayno})(?: |-){_month}(?: {_year})?",
    ),
    (
        days.attacks_date,
        "month",
        "passes",
        r"\b(?:attentats|attaques) du (?P<t>11(?: |-)septembre\b(?! \d))",
    ),
    (days.attacks_date, "month", "passes", r"\b11-septembre\b(?! \d)"),
    (
        days.iso_date,
        "digit",
        "",
        r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.+Z-]+)?(?![\w-])",
    ),
    (
        days.slashed_date,
        "digit",
        "",
        r"(?<![\w/.-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)"
        r"(?P<y>(?:19|20)?\d\d)(?![\w/]|[.-]\d)",
    ),
    (
        spans.slashed_month,
        "digit",
        "",
        r"(?<![\w/.-])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/]|[.-]\d)",
    ),
    (
        spans.slashed_month,
        "digit",
        "",
        r"(?<![\w/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\w/]|[.-]\d)",
    ),
    (
        days.today_date,
        "deictic",
        "narrows",
        r"\b{deictic}\b(?:,? (?:ce |le )?{weekday}\b)?"
        r"(?:,? (?:le )?{dayno}(?: |-){anymonth}(?:" + _YEAR + r")?)?" + _PART,
    ),
    (days.weekday_date, "month", "full", _DATE),
    (days.full_date, "month", "", _DATE),
    (days.listed_date, "month", "", _LIST),
    (
        days.night_before,
        "weekday",
        "",
        r"\bla nuit (?:de |du ){weekday} (?:à|au) {_weekday} {dayno} {anymonth}" + _YEAR_OR_AIM,
    ),
    (days.night_between, "weekday", "", r"\bla nuit (?:de |du ){weekday} (?:à|au) {_weekday}\b"),
    (
        days.weekday_number,
        "weekday",
        "",
        r"\b(?:ce |le )?{weekday} {dayno}(?= ?[.,;:!?)»]|\s*$|\s" + _LITTLE + ")",
    ),
    (
        days.aimed_weekday,
        "weekday",
        "",
        r"\b(?:le )?{weekday}(?: {_part})? (?:{last}|{next})\b",
    ),
    (days.story_weekday, "weekday", "", r"\bce même {weekday}\b" + _PART),
    (
        days.story_weekday,
        "weekday",
        "",
        r"\b(?:le |ce ){weekday}"
        r"(?: (?:(?P<after>suivant|d'après)|(?P<before>précédent|d'avant))\b|-là\b)",
    ),
    (
        days.weekday_until,
        "weekday",
        "",
        r"\b(?:de |du |entre ){weekday}(?: {_part})? (?:à|au|et) (?P<t>(?P<last>{_weekday})\b"
        + _PART
        + ")",
    ),
    (days.this_weekday, "weekday", "bare", r"\bce {weekday}\b(?!-là)" + _PART),
    (days.bare_weekday, "weekday", "bare", r"\b{weekday}\b" + _PART),
    *counted.SHAPES,
    (
        spans.recurrence,
        "weekday",
        "recurs",
        r"\b(?:(?:chaque|le) {_weekday}(?: {_part})?"
        r"(?:(?:, | et | ou ){_weekday}\b(?! (?:{_dayno})))*"
        r"|(?:tous )?les (?:{_weekday}(?:, | et ))?(?:\w+ (?:et \w+ )?)?{_weekday}s(?: {_part}s?)?"
        r"|(?:tous )?les (?:{_weekday}(?:, | et )){1,5}{_weekday}s?\b(?! (?:{_dayno}))"
        r"|{_weekday}s)\b",
    ),
    (days.deictic, "deictic", "", r"\b{deictic}\b" + _PART),
    (
        days.this_part,
        "part",
        "",
        r"\b(?:ce (?:matin|soir|midi)|cet après-midi|cette après-midi)\b(?!-là)",
    ),
    (days.last_night, "part", "", r"\bla nuit (?:dernière|passée)\b"),
    (days.tonight, "part", "", r"\bcette nuit\b(?!-là)"),
    (days.story_day, "part", "", r"\b" + _THAT + r"\b(?! (?:de|du|des|d'))"),
    (
        days.eve_of,
        "part",
        "",
        r"\b(?P<t>la veille|le lendemain|l'avant-veille|le surlendemain) (?:de |du |des |d'|même)",
    ),
    (
        days.story_shift,
        "part",
        "",
        r"\b(?:dès )?(?:le )(?P<word>lendemain|surlendemain)\b"
        r"(?: soir| matin| après-midi| midi)?(?! (?:de|du|des|d')\b)",
    ),
    (
        days.story_shift,
        "part",
        # A look back: the story does not go there.
        "passes",
        r"\b(?:la |l')(?P<word>veille|avant-veille)\b(?:(?: au)? soir)?(?! (?:de|du|des|d')\b)",
    ),
    (
        days.story_later,
        "unit",
        "",
        r"\b{number} {unit} (?:(?P<later>plus tard)|plus tôt|auparavant)\b",
    ),
    (
        days.part_of_day,
        "part",
        "leans",
        r"\b(?:(?:dans|pendant|durant|au cours de|tard dans)"
        r" (?P<t>la (?:soirée|nuit|matinée|journée)|l'après-midi)\b(?! d(?:e|u|es|'))"
        r"|en (?:(?:fin|début|milieu) (?:d'|de ))?(?:soirée|matinée|après-midi|journée)\b)",
    ),
    (
        days.clock,
        "digit",
        "leans",
        r"(?<![\d,./-])(?P<hour>[0-2]?\d)"
        r"(?: ?h(?: ?(?P<minute>[0-5]\d))?\b|:(?P<colon>[0-5]\d)\b)",
    ),
    (
        days.clock,
        "unit",
        "leans",
        _AT + r"(?P<t>(?P<hour>[0-2]?\d) heures?(?: (?P<minute>[0-5]\d))?\b"
        r"(?: du matin| du soir| de l'après-midi)?)",
    ),
    (days.clock, "part", "leans", r"\b(?:midi|minuit)\b(?! et demi)"),
    (spans.month_year, "month", "", r"\b" + _EDGE + r"?(?:mois de )?{anymonth}" + _YEAR),
    (
        spans.listed_month,
        "month",
        "",
        r"\b(?P<first>{_month})(?=(?:(?:, | et | ou | à |-){_month}){0,3}(?: et | ou | à |-)"
        r"{month}(?: {year}| {last}\b| {next}\b))",
    ),
    (
        spans.month_alone,
        "month",
        "",
        r"\b(?P<edge>" + _EDGE + r")?(?:mois d(?:e |'))?{month}(?: {last}\b| {next}\b)?",
    ),
    (
        spans.named_year,
        "digit",
        "",
        r"(?:\b(?:en|depuis|dès|d'ici|d'ici à|jusqu'en|avant|après|courant|fin|début) )"
        r"(?P<t>(?:l'an(?:née)? )?{year})(?![,.]\d)",
    ),
    (spans.named_year, "digit", "", r"\b(?:l')?an(?:née)? {year}(?![,.]\d)"),
    (
        spans.lone_year,
        "digit",
        "",
        r"(?:(?<![\w.,:/€$-])(?<!\d[^\S\n])|(?<=\d{4}[/-]))(?P<t>{year})(?![,.]\d|[\w:])",
    ),
    (
        spans.short_year,
        "digit",
        "",
        r"\b(?:en|depuis|dès|avant|fin|début|courant|été|hiver|printemps|automne|rentrée) "
        r"(?P<t>(?P<short>[3-9]\d))(?=\s*[.,;:)»](?!\d)|\s*$)",
    ),
    (
        spans.part_of_year,
        "unit",
        "",
        r"\b(?P<nth>premier|1er|deuxième|second|2(?:e|ème)|troisième|3(?:e|ème)|quatrième|4(?:e|ème)"
        r"|dernier) (?P<half>trimestre|semestre)(?: (?:de )?{year}| {last}\b| {next}\b)?",
    ),
    (
        spans.decade,
        "unit",
        "",
        r"\b(?:les )?années (?P<number>\d0|(?:1[5-9]|20)\d0|vingt|trente|quarante|cinquante"
        r"|soixante(?:-dix)?|quatre-vingts?(?:-dix)?)\b",
    ),
    (
        spans.century,
        "unit",
        "",
        r"\b(?:le |au )?(?:(?P<roman>[ivx]+)|(?P<figures>\d\d?)) ?(?:e|è|ème|ième)"
        r"(?: siècle|(?=(?: (?:et|ou|au) (?:[ivx]+|\d\d?)(?:e|è|ème|ième) siècle)))",
    ),
    (
        spans.aimed_unit,
        "unit",
        "",
        r"\b" + _EDGE + r"?(?:l'|la |le |du |au |en )"
        r"(?P<unit>an|année|semaine|mois|siècle|trimestre|semestre|saison|décennie)"
        r" (?:{last}|{next})\b",
    ),
    (spans.new_year, "unit", "", r"\b" + _EDGE + r"?(?:la |cette )nouvelle année\b"),
    (
        spans.this_unit,
        "unit",
        "",
        r"\b" + _EDGE + r"?(?:cet |cette |ce )(?P<unit>an|année|mois|semaine)(?:-ci)?\b(?!-là)",
    ),
    (
        spans.this_unit,
        "unit",
        "",
        r"\b(?:la |en |au )?(?:fin|début|milieu) (?:de l'|du |de la |de |d')"
        r"(?P<unit>année|mois|semaine)\b"
        r"(?! (?:suivante?|précédente?|scolaire|civile|\d|du|des?\b|d'))",
    ),
    (
        spans.this_weekend,
        "weekend",
        "",
        r"\b(?:ce week-?end\b(?!-là)|(?:pendant |durant |cours )(?P<t>(?:le |du )week-?end)\b(?! d)"
        r"|ce dernier week-?end|(?:le |au |du )?week-?end (?:{last}|{next}))",
    ),
    (
        spans.aimed_season,
        "season",
        "",
        r"\b(?:(?P<deixis>cet |ce |à l'|au |dès l'|depuis l'|d'ici l'|d'ici à l')"
        r"|l'|d'|en |le |un |chaque ){season}\b"
        r"(?! (?:arabe|de prague))(?: (?:(?:de )?{year}|{last}\b|{next}\b))?",
    ),
    (
        spans.feast,
        "feast",
        "passes",
        _BEFORE_FEAST + r"(?P<t>{feast}(?: (?:{year}|{last}|{next}))?)",
    ),
    (spans.ago, "unit", "", r"\b(?:il y a|voilà|voici) " + _ABOUT + _SOME + r" ?{unit}"),
    (spans.ahead, "unit", "", r"\bdans " + _ABOUT + r"(?:{number}|quelques) {unit}"),
    (
        spans.duration,
        "unit",
        "",
        r"\b(?:environ |près de )?(?:{_number}|quelques|plusieurs"
        r"|une? (?:\w+aine|quart) d(?:e|')|trois quarts d'|(?:une )?demi-) ?{unit}",
    ),
    (spans.duration, "unit", "", r"\b(?:depuis|pendant|durant) (?P<t>des {unit})"),
    (
        spans.recurrence,
        "unit",
        "",
        r"\b(?:chaque (?:{_unit}|{_part})|tou(?:s|tes) les (?:{_number} )?(?:{_unit}|{_part}s?)|"
        + _WHOLE
        + r"|par (?P<t>{_unit}))",
    ),
    (
        spans.recurrence,
        "part",
        "",
        r"\b(?:chaque {_part}|tous les (?:matins|soirs|midis)|" + _WHOLE + r")",
    ),
    (
        spans.vague,
        "unit",
        "",
        r"\b(?:ces|les|des|ses) (?:{_number} )?" + _NEXT_ONES + r" (?:{_number} )?{_unit}",
    ),
    (spans.vague, "vague", "", r"\b{vague}"),
    (spans.adjective, "vague", "", r"\b{adjective}"),
)
_PART_TRIGGERS: Final = (
    *("matins", "soirs", "midis", "jour", "moment", "veille", "lendemain", "surlendemain"),
    "minuit",
)


def has_short_date(text: str) -> bool:
    """Whether a text begins with a date whose weekday is cut short: « mer. 16 déc. »."""
    return counted.short_date().match(text) is not None


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The French grammar of time expressions, made once."""
    rules = tuple(
        Rule(
            read.__name__,
            pattern(shape),
            read,
            frozenset(on.split()),
            frozenset(traits.split()),
        )
        for read, on, traits, shape in _SHAPES
    )
    planned = words().tense.planned
    return Grammar(
        rules, _triggers(), tense, pattern(counted.MEETING), planned, tense_of_words_before
    )


def _triggers() -> dict[str, tuple[str, ...]]:
    """The words near which rules are tried, by class; of a phrase its longest word."""
    w = words()
    named = {
        "weekday": [n + s for n in w.weekdays for s in ("", "s")],
        "month": [*w.months, *w.short_months],
        "deictic": ["hier", "hui", "demain"],
        "unit": [*w.units, "quart"],
        "weekend": ["weekend", "week"],
        "season": list(w.seasons),
        "part": [*w.parts.words, *_PART_TRIGGERS],
        "feast": [*w.feasts.fixed, *w.feasts.easter],
        "vague": [*w.vague.words, *w.vague.adjectives],
    }
    found: dict[str, tuple[str, ...]] = {}
    for kind, names in named.items():
        for name in names:
            word = max(re.findall(r"[^\W\d_]+", fold_text(name)), key=len)
            if kind not in found.get(word, ()):
                found[word] = (*found.get(word, ()), kind)
    return found
