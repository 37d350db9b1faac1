"""French time expressions: each rule a named function, its surface forms in its docstring.

The words stand in `times.toml`; the patterns, with the triggers that wake them, in `RULES` below.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from selon.anchor import meaning, stretch
from selon.anchor.grammar import Grammar, Meaning, Rule
from selon.lang.fr.times_tense import tense
from selon.lang.fr.times_words import (
    folded,
    month,
    number,
    pattern,
    slots,
    unit,
    weekday,
    words,
    year,
)

Match = re.Match[str]


def iso_date(m: Match) -> Meaning | None:
    """« 2020-03-13 », « 2020-03-13T10:00 »."""
    return meaning.fixed(stretch.civil(int(m["y"]), int(m["m"]), int(m["d"])))


def slashed_date(m: Match) -> Meaning | None:
    """« 13/03/2020 », « 13.03.2020 », « 13-03-20 »: the day first."""
    return meaning.fixed(stretch.civil(year(m["y"]), int(m["m"]), int(m["d"])))


def full_date(m: Match) -> Meaning | None:
    """« le 27 mai 1998 », « vendredi 13 mars », « 6 mai dernier », « le 10 novembre 93 »."""
    day, mon = number(m["dayno"]), month(m["anymonth"])
    if day is None:
        return None
    if m["year"] or m["short"]:
        value = stretch.civil(year(m["year"] or m["short"]), mon, day)
        wanted = weekday(m["weekday"])
        fits = value is None or wanted is None or value.first.weekday() == wanted
        return meaning.fixed(value if fits else None)
    return meaning.date(mon, day, weekday(m["weekday"]), _aim(m))


def weekday_date(m: Match) -> Meaning | None:
    """« vendredi 13 mars », « le mercredi 1er mai », « ce mardi 3 mars 2020 »."""
    return full_date(m) if m["weekday"] else None


def today_date(m: Match) -> Meaning | None:
    """« hier, lundi », « aujourd’hui vendredi », « hier, lundi 16 mars », « demain 3 mai »."""
    first = meaning.shift(words().deictics[folded(m["deictic"])])
    if m["dayno"]:
        second = full_date(m)
        return meaning.agreeing(first, second) if second else None
    named = weekday(m["weekday"])
    return meaning.agreeing(first, meaning.this_weekday(named)) if named is not None else None


def listed_date(m: Match) -> Meaning | None:
    """The first days of a list that ends in a month: « les 6 » et 13 avril, « du 3 » au 6 mai."""
    return full_date(m)


def weekday_number(m: Match) -> Meaning | None:
    """« jeudi 16 », « ce lundi 9 »: the month left out."""
    day, named = number(m["dayno"]), weekday(m["weekday"])
    return meaning.numbered(day, named) if day is not None else None


def street_date(m: Match) -> Meaning | None:
    """No date: « rue du 8 mai 1945 », « place du 11-Novembre », « rue du 4-Septembre »."""
    return meaning.nothing


def attacks_date(m: Match) -> Meaning | None:
    """« les attentats du 11 septembre », « le 11-Septembre »: those of 2001."""
    return meaning.fixed(stretch.civil(2001, 9, 11))


def bare_weekday(m: Match) -> Meaning | None:
    """« lundi », « mardi soir », « vendredi dans la soirée »; a plural recurs."""
    named = weekday(m["weekday"])
    return meaning.weekday(named) if named is not None else None


def aimed_weekday(m: Match) -> Meaning | None:
    """« vendredi dernier », « lundi prochain », « jeudi soir dernier »."""
    named = weekday(m["weekday"])
    return meaning.weekday(named, _aim(m)) if named is not None else None


def this_weekday(m: Match) -> Meaning | None:
    """« ce dimanche », « ce lundi matin »."""
    named = weekday(m["weekday"])
    return meaning.this_weekday(named) if named is not None else None


def story_weekday(m: Match) -> Meaning | None:
    """« ce même lundi », « le lundi suivant », « le vendredi précédent », « ce lundi-là »."""
    named = weekday(m["weekday"])
    groups = m.groupdict()
    aim = 1 if groups.get("after") else -1 if groups.get("before") else 0
    return meaning.near_weekday(named, aim) if named is not None else None


def night_between(m: Match) -> Meaning | None:
    """« dans la nuit de lundi à mardi »: one of the two days, nobody knows which."""
    first = weekday(m["weekday"])
    if first is None:
        return None
    evening = meaning.weekday(first)
    return lambda now: stretch.either(day.first) if (day := evening(now)) else None


def deictic(m: Match) -> Meaning | None:
    """« hier », « avant-hier soir », « aujourd’hui », « demain matin », « après-demain »."""
    return meaning.shift(words().deictics[folded(m["deictic"])])


def this_part(m: Match) -> Meaning | None:
    """« ce matin », « ce soir », « cet après-midi », « ce midi », « ce jour »."""
    return meaning.shift(0)


def last_night(m: Match) -> Meaning | None:
    """« la nuit dernière », « hier » in the night."""
    return meaning.shift(-1)


def tonight(m: Match) -> Meaning | None:
    """« cette nuit »: the last one in the past, else the coming one."""
    return lambda now: meaning.shift(-1 if now.tense == "past" else 0)(now)


def story_day(m: Match) -> Meaning | None:
    """« ce jour-là », « le même jour », « le jour même », « ce soir-là », « le matin même »."""
    return meaning.near()


def story_shift(m: Match) -> Meaning | None:
    """« le lendemain », « la veille au soir », « le surlendemain », « l’avant-veille »."""
    return meaning.near({"veil": -1, "avan": -2, "lend": 1, "surl": 2}[folded(m["word"])[:4]])


def eve_of(m: Match) -> Meaning | None:
    """« la veille du match », « le lendemain de l’attaque »: of something, not of a day named."""
    return meaning.nothing


def story_later(m: Match) -> Meaning | None:
    """« deux jours plus tard », « trois jours plus tôt »; months and years stay vague."""
    count, name = number(m["number"]), unit(m["unit"])
    if count is None or name != "day":
        return meaning.nothing
    return meaning.near(count if m["later"] else -count)


def part_of_day(m: Match) -> Meaning | None:
    """« dans la soirée », « pendant la nuit », « en fin de matinée », « en soirée »."""
    return meaning.story


def clock(m: Match) -> Meaning | None:
    """« 18 h », « 8 h 30 », « 14h15 », « à 9 heures », « midi », « minuit », « 20:30 »."""
    hour = m.groupdict().get("hour")
    if hour is not None and (int(hour) > 24 or int(m["minute"] or 0) > 59):
        return None
    before = folded(m.string[max(0, m.start() - 12) : m.start()])
    if hour is None and (m.group()[0].isupper() or re.search(r"(?:\ble|après|-)$", before)):
        return None
    return None if re.search(r"(?:\ben|pendant|durant)$", before) else meaning.story


def month_year(m: Match) -> Meaning | None:
    """« mars 2020 », « octobre 98 », « début octobre 2001 », « fin mars 2020 », « mai 68 »."""
    return meaning.fixed(stretch.month(year(m["year"] or m["short"]), month(m["anymonth"])))


def month_alone(m: Match) -> Meaning | None:
    """« en juillet », « juin prochain », « début octobre », « mi-mars », « septembre dernier ».

    A capital makes it a name (Mars, Avril), « mois de juin » is said of every year.
    """
    if m["month"][0].isupper() and not m.string[: m.start("month")].endswith((" ", "\n", "-")):
        return None
    if m["month"][0].isupper() and not (m["last"] or m["next"] or m["edge"]):
        return None
    return meaning.month(month(m["month"]), _aim(m))


def slashed_month(m: Match) -> Meaning | None:
    """« 03/2020 », « 2020-03 »."""
    mon = int(m["m"])
    return meaning.fixed(stretch.month(int(m["y"]), mon)) if 1 <= mon <= 12 else None


def named_year(m: Match) -> Meaning | None:
    """« l’année 2001 », « l’an 2000 », « fin 2001 », « en 1975 », « d’ici 2030 »."""
    return None if _counted(m) else meaning.fixed(stretch.year(int(m["year"])))


def lone_year(m: Match) -> Meaning | None:
    """« la présidentielle de 2002 », « (2004) », « 2002/2003 »; not « 2000 personnes »."""
    text, value = m.string, int(m["year"])
    if not 1600 <= value <= 2099 or _counted(m):
        return None
    before = folded(text[max(0, m.start() - 24) : m.start()]).split()
    if set(before[-2:]) & words().no.amounts:
        return None
    after = re.match(r"[^\S\n]+([^\W\d_]+)|[^\S\n]*[%€$£°]", text[m.end() : m.end() + 30])
    if after and (after[1] is None or after[1].lower() not in words().no.little):
        return None
    return meaning.fixed(stretch.year(value))


def decade(m: Match) -> Meaning | None:
    """« les années 60 », « les années 1990 », « les années quatre-vingt-dix »."""
    count = number(m["number"])
    if count is None or count % 10:
        return None
    return meaning.fixed(stretch.years(count if count > 99 else 1900 + count, 10))


def century(m: Match) -> Meaning | None:
    """« XIXe siècle », « le 20e siècle », « au XVIIIème siècle »."""
    count = _roman(m["roman"]) if m["roman"] else int(m["figures"])
    if not 1 < count < 22:
        return None
    return meaning.fixed(stretch.years((count - 1) * 100, 100))


def aimed_unit(m: Match) -> Meaning | None:
    """« l’an dernier », « la fin de l’année dernière », « la semaine prochaine », « le mois passé »."""
    name = unit(m["unit"])
    return meaning.unit(name, _aim(m)) if name and name != "day" else meaning.nothing


def this_unit(m: Match) -> Meaning | None:
    """« cette année », « ce mois-ci », « cette semaine », « la fin de l’année », « fin du mois »."""
    name = unit(m["unit"])
    return meaning.unit(name, 0) if name and name != "day" else None


def this_weekend(m: Match) -> Meaning | None:
    """« ce week-end », « le week-end dernier », « le week-end prochain »."""
    return meaning.weekend(_aim(m))


def aimed_season(m: Match) -> Meaning | None:
    """« l’été dernier », « l’hiver prochain », « cet été », « à l’automne », « l’été 2003 »."""
    name = words().seasons[folded(m["season"])]
    if m["year"]:
        value = int(m["year"])
        return meaning.fixed(stretch.season(value, name))
    if m["deixis"] or _aim(m):
        return meaning.season(name, _aim(m))
    return meaning.nothing


def feast(m: Match) -> Meaning | None:
    """« à Noël », « avant Pâques », « la Toussaint », « le lundi de Pentecôte », « Noël 2019 »."""
    name = folded(m["feast"])
    if m["feast"].islower() and not re.match("jour|nouv|fête", name):
        return None
    fixed = {folded(k): v for k, v in words().feasts.fixed.items()}
    moving = {folded(k): v for k, v in words().feasts.easter.items()}
    if name in fixed:
        mon, day = fixed[name]
        if m["year"]:
            return meaning.fixed(stretch.civil(int(m["year"]), mon, day))
        return meaning.date(mon, day, None, _aim(m))
    if m["year"]:
        return meaning.fixed(meaning.easter_of(int(m["year"]), moving[name]))
    return meaning.easter(moving[name], _aim(m))


def ago(m: Match) -> Meaning | None:
    """« il y a deux jours », « voilà trois ans »; « il y a quelques mois » stays vague."""
    return _counted_from_now(m, -1)


def ahead(m: Match) -> Meaning | None:
    """« dans trois jours », « dans deux ans »."""
    return _counted_from_now(m, 1)


def duration(m: Match) -> Meaning | None:
    """« six mois », « pendant plusieurs jours », « un quart de siècle »; not an age."""
    return None if _age(m) else meaning.nothing


def recurrence(m: Match) -> Meaning | None:
    """« chaque année », « tous les jeudis », « le mercredi », « par semestre », « toute l’année »."""
    return meaning.nothing


def vague(m: Match) -> Meaning | None:
    """« désormais », « récemment », « bientôt », « ces derniers jours », « les prochains mois »."""
    return meaning.nothing


def adjective(m: Match) -> Meaning | None:
    """« le dîner annuel », « le lot quotidien »; after an article it is a noun, a newspaper."""
    before = folded(m.string[max(0, m.start() - 8) : m.start()])
    return (
        None
        if re.search(r"(?:\b(?:le|un|du|au|les|des|ce|son|l'|d')|^)$", before)
        else meaning.nothing
    )


def _aim(m: Match) -> int:
    groups = m.groupdict()
    return -1 if groups.get("last") else 1 if groups.get("next") else 0


def _counted(m: Match) -> bool:
    """Whether the year is a number of things: « 2000 personnes », « 1 998 », « 2000 km »."""
    after = re.match(r"[^\S\n]*([^\W\d_]+|%|€|\d)", m.string[m.end() : m.end() + 30])
    if after is None:
        return False
    word = after[1].lower()
    return word in words().no.counted or word in "%€" or word.isdigit()


def _counted_from_now(m: Match, sign: int) -> Meaning | None:
    count, name = number(m["number"]) if m["number"] else None, unit(m["unit"])
    # « huit jours » are a week, « quinze jours » two: no day is meant.
    if count is None or name is None or m["about"] or (name == "day" and count in (8, 15)):
        return meaning.nothing
    return meaning.ago(name, sign * count)


def _age(m: Match) -> bool:
    """Whether years are somebody's: « âgé de 38 ans », « un homme de 38 ans », « X, 38 ans, »."""
    if not folded(m["unit"]).startswith("an"):
        return False
    before = folded(m.string[max(0, m.start() - 30) : m.start()])
    after = m.string[m.end() : m.end() + 3]
    if before.endswith((",", "(")) and re.match(r"\s*[,.)]", after):
        return True
    if not before.endswith((" de", "d'", " à")):
        return False
    if before.endswith(" à"):
        return bool(re.match(r"\s*[,.)]", after)) and "condamn" not in before
    return before.split()[-2:-1] != [] and before.split()[-2] not in words().no.lasting


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in text.lower()]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


_PART: Final = r"(?: (?:au |dans (?:la |l')|en (?:fin|début|milieu) (?:de |d'))?{part})?"
_YEAR: Final = (
    r"(?:(?:,? (?:de l'année |de )?{year})"
    r"|(?: (?P<short>[0-9]\d)(?=\s*[.,;:)»]|\s*$| (?:au|à|et|sur|dans|par|en|près|lors)\b)))"
)
_DAY: Final = r"\b(?:(?:le|ce) )?(?:{weekday},? (?:le )?)?{dayno}(?: |-){anymonth}"
_DATE: Final = _DAY + r"(?:" + _YEAR + r"|(?: {last}\b| {next}\b))?" + _PART
_MORE: Final = (
    r"(?=(?:(?:, ?|,? (?:et|ou|au|à|-) |-)(?:le |au )?(?:{_weekday} )?(?:{_dayno})){1,4} "
)
_LIST: Final = (
    r"\b(?:les? )?(?:{weekday},? )?{dayno}"
    + _MORE
    + r"{anymonth}(?:"
    + _YEAR
    + r"|(?: {last}\b| {next}\b))?)"
)
_EDGE: Final = r"(?:(?:la |en |au )?(?:fin|début|milieu|mi|courant)(?: de | du | d'|-| ))"
_THE: Final = r"(?:l'|la |le |cette |ce |cet )"
_ABOUT: Final = (
    r"(?P<about>(?:(?:environ|près d[e']|plus d[e']|moins d[e']|à peine|déjà|quelque) ?)*)"
)
_FIRST: Final = r"(?:\b(?:à|de|avant|après|depuis|pour|dès|veille|jour|lendemain|d'ici|entre|jusqu'à|passé|lundi|week-end|fête) (?:de )?(?:la |l'|le )?|\b(?:la |l'|le ))"

Read = Callable[[Match], Meaning | None]
_TABLE: Final[tuple[tuple[Read, str, str, str], ...]] = (
    (street_date, "month", "silent", r"\b{street} (?:du|de la|des) (?:{_weekday} )?{_dayno}(?: |-){_month}(?: {_year})?"),
    (attacks_date, "month", "passes", r"\b(?:attentats|attaques) du (?P<t>11(?: |-)septembre\b(?! \d))"),
    (attacks_date, "month", "passes", r"\b11-septembre\b(?! \d)"),
    (iso_date, "digit", "", r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.+Z-]+)?(?![\w-])"),
    (slashed_date, "digit", "", r"(?<![\w/.-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)?\d\d)(?![\w/]|[.-]\d)"),
    (slashed_month, "digit", "", r"(?<![\w/.-])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/]|[.-]\d)"),
    (slashed_month, "digit", "", r"(?<![\w/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\w/]|[.-]\d)"),
    (today_date, "deictic", "narrows", r"\b{deictic}\b(?:,? (?:ce |le )?{weekday}\b)?(?:,? (?:le )?{dayno}(?: |-){anymonth}(?:" + _YEAR + r")?)?" + _PART),
    (weekday_date, "month", "full", _DATE),
    (full_date, "month", "", _DATE),
    (listed_date, "month", "", _LIST),
    (night_between, "weekday", "", r"\bla nuit (?:de |du ){weekday} (?:à|au) {_weekday}\b"),
    (weekday_number, "weekday", "", r"\b(?:ce |le )?{weekday} {dayno}(?= ?[.,;:!?)»]|\s*$|\s(?:et|à|au|pour|dans|par|en|que|a|ont|est|sera|lors|de|du|le|la|les)\b)"),
    (aimed_weekday, "weekday", "", r"\b(?:le )?{weekday}(?: {_part})? (?:{last}|{next})\b"),
    (story_weekday, "weekday", "", r"\bce même {weekday}\b" + _PART),
    (story_weekday, "weekday", "", r"\b(?:le |ce ){weekday}(?: (?:(?P<after>suivant|d'après)|(?P<before>précédent|d'avant))\b|-là\b)"),
    (this_weekday, "weekday", "", r"\bce {weekday}\b(?!-là)" + _PART),
    (bare_weekday, "weekday", "bare", r"\b{weekday}\b" + _PART),
    (recurrence, "weekday", "", r"\b(?:(?:chaque|le) {_weekday}(?: {_part})?|(?:tous )?les (?:{_weekday}(?:, | et ))?(?:\w+ (?:et \w+ )?)?{_weekday}s(?: {_part}s?)?|{_weekday}s)\b"),
    (deictic, "deictic", "", r"\b{deictic}\b" + _PART),
    (this_part, "part", "", r"\b(?:ce (?:matin|soir|midi)|cet après-midi|cette après-midi)\b(?!-là)"),
    (last_night, "part", "", r"\bla nuit dernière\b"),
    (tonight, "part", "", r"\bcette nuit\b(?!-là)"),
    (story_day, "part", "", r"\b(?:(?:ce|cet|cette) (?:jour|matin|soir|nuit|après-midi|soirée|journée)-là|le même jour|le jour même|(?:le|la) même (?:soir|nuit|matin)|(?:le|la) (?:matin|soir|nuit|journée|après-midi) même)\b"),
    (eve_of, "part", "", r"\b(?:la veille|le lendemain|l'avant-veille|le surlendemain) (?:de |du |des |d'|même)"),
    (story_shift, "part", "", r"\b(?:la |le |l'|dès le )(?P<word>veille|avant-veille|lendemain|surlendemain)\b(?: au soir| soir| matin| après-midi| midi)?"),
    (story_later, "unit", "", r"\b{number} {unit} (?:(?P<later>plus tard)|plus tôt|auparavant)\b"),
    (part_of_day, "part", "leans", r"\b(?:(?:dans|pendant|durant|au cours de|tard dans) (?P<t>la (?:soirée|nuit|matinée|journée)|l'après-midi)\b(?! d[eu'])|en (?:(?:fin|début|milieu) (?:d'|de ))?(?:soirée|matinée|après-midi|journée)\b)"),
    (clock, "digit", "leans", r"(?<![\d,./-])(?P<hour>[0-2]?\d)(?: ?h(?: ?(?P<minute>[0-5]\d))?\b|:(?P<colon>[0-5]\d)\b)"),
    (clock, "unit", "leans", r"\b(?:à|de|vers|dès|avant|après|jusqu'à|et|entre|depuis) (?P<t>(?P<hour>[0-2]?\d) heures?(?: (?P<minute>[0-5]\d))?\b(?: du matin| du soir| de l'après-midi)?)"),
    (clock, "part", "leans", r"\b(?:midi|minuit)\b(?! et demi)"),
    (month_year, "month", "", r"\b" + _EDGE + r"?(?:mois de )?{anymonth}" + _YEAR),
    (month_alone, "month", "", r"\b(?P<edge>" + _EDGE + r")?(?:mois d(?:e |'))?{month}(?: {last}\b| {next}\b)?"),
    (named_year, "digit", "", r"(?:\b(?:en|depuis|dès|d'ici|d'ici à|jusqu'en|avant|après|courant|fin|début) )(?P<t>(?:l'an(?:née)? )?{year})(?![,.]\d)"),
    (named_year, "digit", "", r"\b(?:l')?an(?:née)? {year}(?![,.]\d)"),
    (lone_year, "digit", "", r"(?:(?<![\w.,:/€$-])(?<!\d[^\S\n])|(?<=\d{4}[/-]))(?P<t>{year})(?![,.]\d|[\w:])"),
    (decade, "unit", "", r"\b(?:les )?années (?P<number>\d\d(?:\d0)?|vingt|trente|quarante|cinquante|soixante(?:-dix)?|quatre-vingts?(?:-dix)?)\b"),
    (century, "unit", "", r"\b(?:le |au )?(?:(?P<roman>[ivx]+)|(?P<figures>\d\d?))(?:e|è|ème|ième) siècle"),
    (aimed_unit, "unit", "", r"\b" + _EDGE + r"?(?:l'|la |le |du |au |en )(?P<unit>an|année|semaine|mois|siècle|trimestre|semestre|saison|décennie) (?:{last}|{next})\b"),
    (this_unit, "unit", "", r"\b" + _EDGE + r"?(?:cet |cette |ce )(?P<unit>an|année|mois|semaine)(?:-ci)?\b(?!-là)"),
    (this_unit, "unit", "", r"\b(?:la |en |au )?(?:fin|début|milieu) (?:de l'|du |de la |de |d')(?P<unit>année|mois|semaine)\b(?! (?:suivante?|précédente?|scolaire|civile|\d|d[eu]|des|d'))"),
    (this_weekend, "weekend", "", r"\b(?:ce |(?:le )?)(?P<unit>week-?end)(?: (?:{last}|{next}))?\b"),
    (aimed_season, "season", "", r"\b(?:(?P<deixis>cet |ce |à l'|au )|l'|d'|en |le |un |chaque ){season}\b(?: (?:(?:de )?{year}|{last}\b|{next}\b))?"),
    (feast, "feast", "passes", _FIRST + r"(?P<t>{feast})(?: (?:{year}|{last}|{next}))?"),
    (ago, "unit", "", r"\b(?:il y a|voilà|voici) " + _ABOUT + r"(?:{number}|quelques|plusieurs|une (?:\w+aine|demi-douzaine) d[e']) ?{unit}"),
    (ahead, "unit", "", r"\bdans " + _ABOUT + r"(?:{number}|quelques) {unit}"),
    (duration, "unit", "", r"\b(?:environ |près de )?(?:{_number}|quelques|plusieurs|une? (?:\w+aine|quart|demi|dizaine) d[e']|(?:une )?demi-) ?{unit}"),
    (duration, "unit", "", r"(?:\b(?:depuis|pendant|durant) )(?P<t>des {unit})"),
    (recurrence, "unit", "", r"\b(?:chaque (?:{_unit}|{_part})|tou(?:s|tes) les (?:{_number} )?(?:{_unit}|{_part}s?)|toute (?:l'année|la (?:journée|nuit|semaine))|par (?P<t>{_unit}))"),
    (recurrence, "part", "", r"\b(?:chaque {_part}|tous les (?:matins|soirs|midis)|toute la (?:journée|nuit|matinée|soirée))"),
    (vague, "unit", "", r"\b(?:ces|les|des|ses) (?:{_number} )?(?:derniers?|dernières?|prochains?|prochaines?) (?:{_number} )?{_unit}"),
    (vague, "vague", "", r"\b{vague}"),
    (adjective, "vague", "", r"\b{adjective}"),
)  # fmt: skip


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The French grammar of time expressions, made once."""
    rules = tuple(
        Rule(
            read.__name__, pattern(template), read, frozenset(on.split()), frozenset(traits.split())
        )
        for read, on, traits, template in _TABLE
    )
    return Grammar(rules, _triggers(), tense, pattern(_MEETING))


_MEETING: Final = (
    r"\b(?:s'(?:est|était|étaient) (?:longuement |brièvement )?(?:entretenue?s?|réunie?s?)"
    r"|se (?:sont|est) (?:entretenue?s?|réunie?s?|rencontrée?s?)"
    r"|(?:a|ont|avait) (?:rencontré|reçu|accueilli)e?s?"
    r"|(?:a|ont) (?:tenu|donné|présidé) une? (?:conférence|réunion|point)|lors d'une? (?:entretien|rencontre|réunion|conférence))\b"
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
            word = max(re.findall(r"[^\W\d_]+", folded(name)), key=len)
            if kind not in found.get(word, ()):
                found[word] = (*found.get(word, ()), kind)
    return found


_PART_TRIGGERS: Final = (
    "matins", "soirs", "midis", "jour", "veille", "lendemain", "surlendemain", "minuit",
)  # fmt: skip
