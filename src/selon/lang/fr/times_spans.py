"""French expressions of months, years, seasons, feasts, durations: one function a rule."""

from __future__ import annotations

import re
from typing import Final

from selon.edtf import intervals
from selon.lang.fr.times_days import aim
from selon.lang.fr.times_words import fold_text, month, number, unit, words, year
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning

Match = re.Match[str]
# Hours that are said for whole days: « il y a 48 heures ».
DAYS_IN_HOURS: Final = (24, 48, 72)


def month_year(m: Match) -> Meaning | None:
    """« mars 2020 », « octobre 98 », « début octobre 2001 », « fin mars 2020 », « mai 68 »."""
    return meaning.fixed_days(intervals.month(year(m["year"] or m["short"]), month(m["anymonth"])))


def month_alone(m: Match) -> Meaning | None:
    """« en juillet », « juin prochain », « début octobre », « mi-mars », « septembre dernier ».

    A capital makes it a name (Mars, Avril), « mois de juin » is said of every year.
    """
    if m["month"][0].isupper() and not m.string[: m.start("month")].endswith((" ", "\n", "-")):
        return None
    if m["month"][0].isupper() and not (m["last"] or m["next"] or m["edge"]):
        return None
    return meaning.month(month(m["month"]), aim(m))


def listed_month(m: Match) -> Meaning | None:
    """The first months of a list: « avril » et mai 2017, « janvier », février et mars derniers."""
    number = month(m["first"])
    if m["year"]:
        # « de décembre à février 2020 »: the year does not carry back over its own first day.
        before = number - month(m["month"]) >= 6
        return meaning.fixed_days(intervals.month(int(m["year"]) - before, number))
    return meaning.month(number, aim(m))


def slashed_month(m: Match) -> Meaning | None:
    """« 03/2020 », « 2020-03 »."""
    mon = int(m["m"])
    return meaning.fixed_days(intervals.month(int(m["y"]), mon)) if 1 <= mon <= 12 else None


def named_year(m: Match) -> Meaning | None:
    """« l’année 2001 », « l’an 2000 », « fin 2001 », « en 1975 », « d’ici 2030 »."""
    return None if _is_count(m) else meaning.fixed_days(intervals.year(int(m["year"])))


def lone_year(m: Match) -> Meaning | None:
    """« la présidentielle de 2002 », « (2004) », « 2002/2003 »; not « 2000 personnes »."""
    text, value = m.string, int(m["year"])
    if not 1600 <= value <= 2099 or _is_count(m):
        return None
    before = fold_text(text[max(0, m.start() - 24) : m.start()]).split()
    if set(before[-2:]) & words().no.amounts:
        return None
    after = re.match(r"[^\S\n]+([^\W\d_]+)|[^\S\n]*[%€$£°]", text[m.end() : m.end() + 30])
    if after and (after[1] is None or after[1].lower() not in words().no.little):
        return None
    return meaning.fixed_days(intervals.year(value))


def short_year(m: Match) -> Meaning | None:
    """« en 98. », « fin 93, », « l’été 68 »: only at the end of a clause, else it counts things."""
    return meaning.fixed_days(intervals.year(year(m["short"])))


def part_of_year(m: Match) -> Meaning | None:
    """« le premier semestre 2002 », « au 3e trimestre », « le dernier trimestre de 2003 »."""
    half = m["half"].lower() == "semestre"
    count = {"pr": 1, "1e": 1, "de": 2, "se": 2, "2e": 2, "2è": 2, "tr": 3, "3e": 3, "3è": 3}.get(
        fold_text(m["nth"])[:2], 2 if half else 4
    )
    if fold_text(m["nth"]).startswith("dern"):
        count = 2 if half else 4
    if count > (2 if half else 4):
        return meaning.nothing
    if m["year"]:
        return meaning.fixed_days(intervals.part(int(m["year"]), half, count))
    return meaning.yearly(lambda number: intervals.part(number, half, count), aim(m))


def decade(m: Match) -> Meaning | None:
    """« les années 60 », « les années 1990 », « les années quatre-vingt-dix »."""
    count = number(m["number"])
    if count is None or count % 10:
        return None
    return meaning.fixed_days(intervals.years(count if count > 99 else 1900 + count, 10))


def century(m: Match) -> Meaning | None:
    """« XIXe siècle », « le 20e siècle », « au XVIIIème siècle »."""
    count = _roman(m["roman"]) if m["roman"] else int(m["figures"])
    if not 1 < count < 22:
        return None
    return meaning.fixed_days(intervals.years((count - 1) * 100, 100))


def aimed_unit(m: Match) -> Meaning | None:
    """« l’an dernier », « la fin de l’année dernière », « la semaine prochaine »."""
    name = unit(m["unit"])
    return meaning.unit(name, aim(m)) if name and name != "day" else meaning.nothing


def this_unit(m: Match) -> Meaning | None:
    """« cette année », « ce mois-ci », « cette semaine », « la fin de l’année »."""
    name = unit(m["unit"])
    return meaning.unit(name, 0) if name and name != "day" else None


def new_year(m: Match) -> Meaning | None:
    """« la nouvelle année », said about the turn of the year."""
    return meaning.new_year()


def this_weekend(m: Match) -> Meaning | None:
    """« ce week-end », « le week-end dernier », « le week-end prochain »."""
    return meaning.weekend(aim(m))


def aimed_season(m: Match) -> Meaning | None:
    """« l’été dernier », « l’hiver prochain », « cet été », « à l’automne », « l’été 2003 »."""
    name = words().seasons[fold_text(m["season"])]
    if m["year"]:
        value = int(m["year"])
        return meaning.fixed_days(intervals.season(value, name))
    if m["deixis"] or aim(m):
        return meaning.season(name, aim(m))
    return meaning.nothing


def feast(m: Match) -> Meaning | None:
    """« à Noël », « avant Pâques », « la Toussaint », « le lundi de Pentecôte », « Noël 2019 »."""
    name = fold_text(m["feast"])
    if m["feast"].islower() and not re.match("jour|nouv|fête", name):
        return None
    fixed = {fold_text(k): v for k, v in words().feasts.fixed.items()}
    moving = {fold_text(k): v for k, v in words().feasts.easter.items()}
    if name in fixed:
        mon, day = fixed[name]
        if m["year"]:
            return meaning.fixed_days(intervals.civil(int(m["year"]), mon, day))
        return meaning.date(mon, day, None, aim(m))
    if m["year"]:
        return meaning.fixed_days(meaning.easter_of(int(m["year"]), moving[name]))
    return meaning.easter(moving[name], aim(m))


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
    """« chaque année », « tous les jeudis », « le mercredi », « par mois », « toute la nuit »."""
    return meaning.nothing


def vague(m: Match) -> Meaning | None:
    """« désormais », « récemment », « bientôt », « ces derniers jours », « les prochains mois »."""
    return meaning.nothing


def adjective(m: Match) -> Meaning | None:
    """« le dîner annuel », « le lot quotidien »; after an article it is a noun, a newspaper."""
    before = fold_text(m.string[max(0, m.start() - 8) : m.start()])
    return (
        None
        if re.search(r"(?:\b(?:le|un|du|au|les|des|ce|son|l'|d')|^)$", before)
        else meaning.nothing
    )


def _is_count(m: Match) -> bool:
    """Whether the year is a number of things: « 2000 personnes », « 1 998 », « 2000 km »."""
    after = re.match(r"[^\S\n]*([^\W\d_]+|%|€|\d)", m.string[m.end() : m.end() + 30])
    if after is None:
        return False
    word = after[1].lower()
    return word in words().no.counted or word in "%€" or word.isdigit()


def _counted_from_now(m: Match, sign: int) -> Meaning | None:
    count, name = number(m["number"]) if m["number"] else None, unit(m["unit"])
    if count and fold_text(m["unit"]).startswith("heure") and count in DAYS_IN_HOURS:
        count, name = count // 24, "day"
    # « huit jours » are a week, « quinze jours » two: no day is meant.
    if count is None or name is None or m["about"] or (name == "day" and count in (8, 15)):
        return meaning.nothing
    return meaning.ago(name, sign * count)


def _age(m: Match) -> bool:
    """Whether years are somebody's: « âgé de 38 ans », « un homme de 38 ans », « X, 38 ans, »."""
    if not fold_text(m["unit"]).startswith("an"):
        return False
    before = fold_text(m.string[max(0, m.start() - 30) : m.start()])
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
