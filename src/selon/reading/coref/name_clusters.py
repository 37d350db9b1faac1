"""Names gathered to their bearers: whole names, surnames, acronyms, spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from selon.names import likeness, skeleton
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft
from selon.reading.coref.word_lists import PeopleWords

# Below this two spellings are two names; over name_bench's Latin-script persons .80 is best.
SPELLING: Final = 0.8
SURNAME: Final = 0.87
# Comparing spellings is quadratic in the different names of an article: no more than this.
COMPARED: Final = 20_000
FORMS: Final = 5
BEARERS: Final = 20
# Among so many a double surname or initials are sought.
PARTLY: Final = 200


def cluster_names(names: Sequence[MentionDraft], words: PeopleWords) -> list[EntityCluster]:
    """Everybody that is named, each once; lone surnames join whoever alone bears them.

    Two full names are one only where all their words agree or are spellings of one another; a
    surname that two people share is nobody's. A word of two parts (« Mme Tanguay-Roy ») may be a
    surname, and initials (« J. K. ») whoever alone has them.
    """
    people: list[EntityCluster] = []
    exact: dict[tuple[str, ...], EntityCluster] = {}
    lone: list[MentionDraft] = []
    later: list[MentionDraft] = []
    by_word: dict[str, list[EntityCluster]] = defaultdict(list)
    spent = 0
    for mention in names:
        if len(mention.tokens) < 2:
            lone.append(mention)
        elif _may_be_surname(mention, words) or _initials(mention):
            later.append(mention)
        else:
            spent += _whole(mention, (people, exact, by_word), words, spent)
    for mention in later:
        who = exact.get(mention.tokens) or _partly(mention, people)
        if who is None:
            spent += _whole(mention, (people, exact, by_word), words, spent)
        else:
            who.add(mention, "who.surname", 0.9)
    _single_word_name(lone, people, by_word, exact, words)
    return people


def _whole(
    mention: MentionDraft,
    known: tuple[
        list[EntityCluster], dict[tuple[str, ...], EntityCluster], dict[str, list[EntityCluster]]
    ],
    words: PeopleWords,
    spent: int,
) -> int:
    """Give a name of several words to its bearer, old or new; how many it was compared with."""
    people, exact, by_word = known
    who = exact.get(mention.tokens) or exact.get(_known(mention, words))
    if who is not None:
        who.add(mention, "who.name", 0.99)
        return 0
    near = people if spent + len(people) < COMPARED else ()
    who, rule, score = _other_spelling(mention, near, words)
    if who is None:
        who = EntityCluster(kind=mention.kind)
        people.append(who)
        rule, score = "who.name", 0.99
    exact[mention.tokens] = exact[_known(mention, words)] = who
    for token in mention.tokens:
        if who not in by_word[token][:BEARERS]:
            by_word[token].append(who)
    who.add(mention, rule, score)
    return len(people)


def _may_be_surname(mention: MentionDraft, words: PeopleWords) -> bool:
    """« Tanguay-Roy », « Le Bihan-Kergoat », « M. Ben Salah »: words that may be half of a name."""
    if mention.low < mention.head and mention.name.split()[0].lower() not in words.first_names:
        return True
    small = words.determiners.keys() | words.lists["particles"]
    return sum(w.lower() not in small for w in mention.name.split()) == 1


def _initials(mention: MentionDraft) -> bool:
    """Whether a name is written in initials alone: « S. M. »."""
    return all(len(t) == 1 for t in mention.tokens)


def _partly(mention: MentionDraft, people: Sequence[EntityCluster]) -> EntityCluster | None:
    """Whoever alone bears a double surname, or has these initials."""
    tokens, count = mention.tokens, len(mention.tokens)
    short = _initials(mention)
    found = [
        who
        for who in people[:PARTLY]
        if not _gender_clash(mention.gender, who.gender)
        and who.kind in ("person", "name")
        and any(
            tuple(t[0] for t in name) == tokens if short else name[-count:] == tokens
            for name in who.names[:FORMS]
            if len(name) > count or short
        )
    ]
    return found[0] if len(found) == 1 else None


def _known(mention: MentionDraft, words: PeopleWords) -> tuple[str, ...]:
    """The name under which the language's table of equal names knows this one."""
    name = words.same.get(mention.tokens)
    if name is not None:
        return ("=", name)
    if mention.kind in ORGANISED and len(mention.tokens) > 2:
        # « … de la sécurité nationale d'Iran » is « … de la sécurité nationale iranienne ».
        plain = (words.masculine(t) for t in mention.tokens)
        return ("~", *sorted(words.countries.get(p, p) for p in plain))
    return mention.tokens


def settle(who: EntityCluster, words: PeopleWords) -> None:
    """A name of several words that is never led by an article, or a surname too, is a person's;
    a city's, or one that is made as places' names are, is a place's.
    """
    if who.kind != "name":
        return
    if all(_place(m.name, words) for m in who.mentions):
        who.kind = "country"
        return
    if any(m.where for m in who.mentions) and not any(m.subject for m in who.mentions):
        who.kind = "country"
        return
    whole = [m for m in who.mentions if len(m.tokens) > 1]
    if whole and all(m.sure and not any(map(str.isdigit, m.name)) for m in who.mentions):
        who.kind = "person"


def _place(name: str, words: PeopleWords) -> bool:
    """Whether one word names a place: Lyon, Issy-les-Moulineaux, Saint-Denis; no Florence."""
    low = name.lower().replace("’", "'")
    if low in words.lists["places"] and low not in words.first_names:
        return True
    if " " in low:
        return False
    first, *inner, last = low.split("-") if "-" in low else (low, low)
    if first == last:
        return low in words.cities and words.first_names.get(low) is None
    made = any(part in words.lists["place_parts"] for part in inner)
    return made or first in words.lists["saints"] or (first in words.countries and "-" in low)


def _other_spelling(
    mention: MentionDraft, people: Sequence[EntityCluster], words: PeopleWords
) -> tuple[EntityCluster | None, str, float]:
    """Whoever bears another spelling of this name, or it with an initial or a middle name."""
    for who in people:
        if _gender_clash(mention.gender, who.gender) or not _one_kind(mention, who):
            continue
        for name in who.names[:FORMS]:
            if _is_contained(mention.tokens, name, mention.kind in ORGANISED) or _two_surnames(
                mention.tokens, name, words
            ):
                return who, "who.longer-name", 0.95
            if same_name(mention.tokens, name, words):
                return who, "who.spelling", 0.85
            if _headline(mention, who, name):
                return who, "who.longer-name", 0.9
    return None, "", 0.0


def _headline(mention: MentionDraft, who: EntityCluster, name: tuple[str, ...]) -> bool:
    """« ANNE ROUX DÉNONCE » in a heading is Anne Roux: of two, the longer in capitals alone."""
    short, long = sorted((mention.tokens, name), key=len)
    if len(short) < 2 or long[: len(short)] != short or who.kind in ORGANISED:
        return False
    if len(mention.tokens) > len(name):
        return mention.name.isupper()
    return any(m.tokens == name and m.name.isupper() for m in who.mentions[:FORMS])


def _one_kind(mention: MentionDraft, who: EntityCluster) -> bool:
    bodies = (mention.kind in ORGANISED, who.kind in ORGANISED)
    return bodies[0] == bodies[1] or "name" in (mention.kind, who.kind)


def _gender_clash(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _is_contained(one: tuple[str, ...], other: tuple[str, ...], body: bool) -> bool:
    """First and last word agree and one has more between: Recep Erdogan, Recep Tayyip Erdogan.

    A body's name may also go on: Conseil constitutionnel, Conseil constitutionnel français.
    """
    if len(one) == len(other):
        return (
            len(one) > 1
            and one[1:] == other[1:]
            and one[0][0] == other[0][0]
            and (1 in (len(one[0]), len(other[0])))
        )
    short, long = sorted((one, other), key=len)
    if body and len(short) > 1 and short == long[: len(short)]:
        return True
    return (
        len(short) > 1
        and short[0] == long[0]
        and short[-1] == long[-1]
        and (set(short) <= set(long))
    )


def _two_surnames(one: tuple[str, ...], other: tuple[str, ...], words: PeopleWords) -> bool:
    """« Ana Pastor García » is « Ana Pastor » too: a first name and the first of two surnames."""
    short, long = sorted((one, other), key=len)
    return (
        len(short) == 2
        and len(long) == 3
        and long[:2] == short
        and short[0] in words.first_names
        and short[1] not in words.first_names
    )


def same_name(one: tuple[str, ...], other: tuple[str, ...], words: PeopleWords) -> bool:
    """Whether two full names are spellings of one: as many words, each like its counterpart.

    Two different known first names are never one (Jean, Jeanne), nor two short surnames.
    """
    if len(one) != len(other) or len(one) < 2:
        return False
    if one[0] != other[0]:
        known = one[0] in words.first_names and other[0] in words.first_names
        if known and skeleton(one[0]) != skeleton(other[0]):
            return False
        if one[1:] == other[1:] and len(one[0]) < 5:
            return False
    if all(skeleton(a) == skeleton(b) for a, b in zip(one, other, strict=True)):
        return True
    if len(one[-1]) < 5 and one[-1] != other[-1]:
        return False
    # Luís Monteiro and Luís Montenegro are two: surnames have to be nearer than first names.
    if skeleton(one[-1]) != skeleton(other[-1]) and likeness(one[-1], other[-1]) < SURNAME:
        return False
    return all(likeness(a, b) >= SPELLING for a, b in zip(one, other, strict=True))


def _single_word_name(
    lone: Sequence[MentionDraft],
    people: list[EntityCluster],
    by_word: dict[str, list[EntityCluster]],
    exact: dict[tuple[str, ...], EntityCluster],
    words: PeopleWords,
) -> None:
    """Names of one word: a surname, a first name, an acronym, or a name of its own."""
    own: dict[tuple[str, ...], EntityCluster] = {}
    index = _index(people)
    for mention in lone:
        known = _known(mention, words)
        who, rule, score = exact.get(known), "who.same", 0.95
        if who is None:
            who, rule, score = _bearer(mention, by_word, index, words)
        if who is None:
            who = own.get(known)
            if who is None or _gender_clash(mention.gender, who.gender):
                who = EntityCluster(kind=mention.kind)
                people.append(who)
                own[known] = who
            rule, score = "who.name", 0.95
        who.add(mention, rule, score)


def _bearer(
    mention: MentionDraft,
    by_word: dict[str, list[EntityCluster]],
    index: _Index,
    words: PeopleWords,
) -> tuple[EntityCluster | None, str, float]:
    token = mention.tokens[0]
    if mention.kind == "country":
        return None, "", 0.0
    bearers = [
        w for w in by_word.get(token, [])[:BEARERS] if not _gender_clash(mention.gender, w.gender)
    ]
    surname = [w for w in bearers if w.kind in ("person", "name") and _last(w, token)]
    if mention.kind == "organisation":
        surname = [w for w in surname if w.kind != "person"]
    if len(surname) == 1:
        return surname[0], "who.surname", 0.93
    if surname:
        return None, "", 0.0
    first = [w for w in bearers if any(n[0] == token for n in w.names)]
    first = [w for w in first if w.kind in ORGANISED or token in words.first_names]
    if len(first) == 1:
        return first[0], "who.first-word", 0.85
    acronym = index.acronyms.get(token, ())
    if len(acronym) == 1 and mention.name.isupper():
        return acronym[0], "who.acronym", 0.9
    spelled = index.surnames.get(skeleton(token), ()) if len(token) >= 6 else ()
    spelled = [w for w in spelled if not _gender_clash(mention.gender, w.gender)]
    if len(spelled) == 1 and not bearers and token not in words.first_names:
        return spelled[0], "who.spelling", 0.75
    return None, "", 0.0


def _last(who: EntityCluster, token: str) -> bool:
    return any(token == n[-1] or token in n[1:] for n in who.names)


class _Index(NamedTuple):
    """Whom an acronym, and the sound of a surname, can stand for."""

    acronyms: dict[str, list[EntityCluster]]
    surnames: dict[str, list[EntityCluster]]


def _index(people: Sequence[EntityCluster]) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list))
    for who in people:
        for short in initials(who):
            index.acronyms[short].append(who)
        sounds = {skeleton(n[-1]) for n in who.names if len(n) > 1 and len(n[-1]) >= 6}
        for sound in sounds if who.kind == "person" else ():
            index.surnames[sound].append(who)
    return index


def initials(who: EntityCluster) -> set[str]:
    """The acronyms that a body's names make, articles and prepositions left out: RII."""
    made = {"".join(t[0] for t in name) for name in who.names if len(name) > 1}
    return made | who.acronyms
