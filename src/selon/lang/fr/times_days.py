"""French expressions of days and hours: one function a rule, its surface forms in its docstring."""

from __future__ import annotations

import re
from functools import lru_cache

from selon.edtf import intervals
from selon.edtf.intervals import Interval
from selon.lang.fr.times_words import fold_text, month, number, pattern, unit, weekday, words, year
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning, Now

Match = re.Match[str]


def aim(m: Match) -> int:
    """-1 for « dernier », 1 for « prochain », 0 without either."""
    groups = m.groupdict()
    return -1 if groups.get("last") else 1 if groups.get("next") else 0


def iso_date(m: Match) -> Meaning | None:
    """« 2020-03-13 », « 2020-03-13T10:00 »."""
    return meaning.fixed_days(intervals.civil(int(m["y"]), int(m["m"]), int(m["d"])))


def slashed_date(m: Match) -> Meaning | None:
    """« 13/03/2020 », « 13.03.2020 », « 13-03-20 »: the day first."""
    return meaning.fixed_days(intervals.civil(year(m["y"]), int(m["m"]), int(m["d"])))


def full_date(m: Match, checked: bool = True) -> Meaning | None:
    """« le 27 mai 1998 », « vendredi 13 mars », « 6 mai dernier », « le 10 novembre 93 »."""
    day, mon = number(m["dayno"]), month(m["anymonth"])
    if day is None:
        return None
    named = weekday(m["weekday"]) if checked else None
    carried = _year_of_the_next(m, mon)
    if m["year"] or m["short"] or carried:
        value = intervals.civil(carried or year(m["year"] or m["short"]), mon, day)
        fits = value is None or named is None or value.first.weekday() == named
        return meaning.fixed_days(value if fits else None)
    return meaning.date(mon, day, named, aim(m))


def _year_of_the_next(m: Match, month_of: int) -> int | None:
    """« du 28 décembre » au 3 janvier 2027: the year of the date that ends the stretch."""
    if m["year"] or m["short"] or aim(m):
        return None
    last = ends_in_year().match(m.string, m.end())
    if last is None:
        return None
    return int(last["year"]) - (month(last["anymonth"]) < month_of)


@lru_cache(maxsize=1)
def ends_in_year() -> re.Pattern[str]:
    """What may follow a date without its year, and gives it one."""
    return pattern(
        r"(?: (?:jusqu'au|au|à|-|–) |[-–])(?:le )?(?:{_weekday},? )?(?:{_dayno}) {anymonth},? {year}"
        r"(?! (?:\d{3}\b|{_counted}))"
    )


def weekday_date(m: Match) -> Meaning | None:
    """« vendredi 13 mars », « le mercredi 1er mai », « ce mardi 3 mars 2020 »."""
    return full_date(m) if m["weekday"] else None


def today_date(m: Match) -> Meaning | None:
    """« hier, lundi », « aujourd’hui vendredi », « hier, lundi 16 mars », « demain 3 mai »."""
    first = meaning.shift(words().deictics[fold_text(m["deictic"])])
    if m["dayno"]:
        second = full_date(m)
        return meaning.same_day(first, second) if second else None
    named = weekday(m["weekday"])
    return meaning.same_day(first, meaning.this_weekday(named)) if named is not None else None


def listed_date(m: Match) -> Meaning | None:
    """The first days of a list that ends in a month: « les 6 » et 13 avril, « du 3 » au 6 mai.

    « du 28 au 3 mai »: the first is of the month before, or a slip; no day is sure.
    """
    day = number(m["dayno"])
    later = [int(n) for n in re.findall(r"\d+", m.string[m.end() : m.start("anymonth")])]
    if day is not None and later and later[-1] < day:
        return meaning.nothing
    return full_date(m)


def weekday_number(m: Match) -> Meaning | None:
    """« jeudi 16 », « ce lundi 9 »: the month left out."""
    day, named = number(m["dayno"]), weekday(m["weekday"])
    return meaning.day_of_month(day, named) if day is not None else None


def street_date(m: Match) -> Meaning | None:
    """No date: « rue du 8 mai 1945 », « place du 11-Novembre », « rue du 4-Septembre »."""
    return meaning.nothing


def attacks_date(m: Match) -> Meaning | None:
    """« les attentats du 11 septembre », « le 11-Septembre »: those of 2001."""
    return meaning.fixed_days(intervals.civil(2001, 9, 11))


def bare_weekday(m: Match) -> Meaning | None:
    """« lundi », « mardi soir », « vendredi dans la soirée »; a plural recurs."""
    named = weekday(m["weekday"])
    return meaning.weekday(named) if named is not None else None


def aimed_weekday(m: Match) -> Meaning | None:
    """« vendredi dernier », « lundi prochain », « jeudi soir dernier »."""
    named = weekday(m["weekday"])
    return meaning.weekday(named, aim(m)) if named is not None else None


def weekday_until(m: Match) -> Meaning | None:
    """« de lundi à vendredi », « entre mardi et jeudi »: the second day follows the first."""
    first, last = weekday(m["weekday"]), weekday(m["last"])
    if first is None or last is None:
        return None
    begins = meaning.weekday(first)
    return lambda now: (
        intervals.shift(day.first, (last - first) % 7) if (day := begins(now)) else None
    )


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
    return lambda now: intervals.either(day.first) if (day := evening(now)) else None


def night_before(m: Match) -> Meaning | None:
    """« dans la nuit de samedi à dimanche 20 novembre »: the date is the second day's."""
    second = full_date(m, checked=False)

    def read(now: Now) -> Interval | None:
        after = second(now) if second else None
        first = intervals.shift(after.first, -1) if after else None
        wanted = weekday(m["weekday"])
        return intervals.either(first.first) if first and first.first.weekday() == wanted else None

    return read


def deictic(m: Match) -> Meaning | None:
    """« hier », « avant-hier soir », « aujourd’hui », « demain matin », « après-demain »."""
    return meaning.shift(words().deictics[fold_text(m["deictic"])])


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
    return meaning.days_after_named()


def story_shift(m: Match) -> Meaning | None:
    """« le lendemain », « la veille au soir », « le surlendemain », « l’avant-veille »."""
    return meaning.days_after_named(
        {"veil": -1, "avan": -2, "lend": 1, "surl": 2}[fold_text(m["word"])[:4]]
    )


def eve_of(m: Match) -> Meaning | None:
    """« la veille du match », « le lendemain de l’attaque »: of something, not of a day named."""
    return meaning.nothing


def story_later(m: Match) -> Meaning | None:
    """« deux jours plus tard », « trois jours plus tôt »; months and years stay vague."""
    count, name = number(m["number"]), unit(m["unit"])
    if count is None or name != "day":
        return meaning.nothing
    return meaning.days_after_named(count if m["later"] else -count)


def part_of_day(m: Match) -> Meaning | None:
    """« dans la soirée », « pendant la nuit », « en fin de matinée », « en soirée »."""
    return meaning.story


def clock(m: Match) -> Meaning | None:
    """« 18 h », « 8 h 30 », « 14h15 », « à 9 heures », « midi », « minuit », « 20:30 »."""
    hour = m.groupdict().get("hour")
    if hour is not None and (int(hour) > 24 or int(m["minute"] or 0) > 59):
        return None
    if re.match(r"\s(?:plus t|de (?:retard|route|trajet|marche|vol))", m.string[m.end() :][:16]):
        return None
    before = fold_text(m.string[max(0, m.start() - 12) : m.start()])
    if hour is None and (m.group()[0].isupper() or re.search(r"(?:\ble|après|-)$", before)):
        return None
    return None if re.search(r"(?:\ben|pendant|durant)$", before) else meaning.story_or_today
