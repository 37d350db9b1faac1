"""Which descriptions and names stand side by side for one bearer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.mentions import ANAPHORIC, ORGANISED, MentionDraft
from selon.reading.coref.word_lists import PeopleWords

# « respectivement » is sought this often, and its first list this many words back.
LISTS: Final = 200
WINDOW: Final = 40
# The longest full form in brackets, in words.
BRACKET: Final = 16
# And the longest clause between a description and its name.
CLAUSE: Final = 10


class Pair(NamedTuple):
    """A description and a name (or another description) that mean the same."""

    role: MentionDraft
    name: MentionDraft
    rule: str
    score: float


def pairs(
    page: DocumentTokens,
    names: Sequence[MentionDraft],
    roles: Sequence[MentionDraft],
    words: PeopleWords,
) -> Iterator[Pair]:
    """Every apposition: ROLE NAME; ROLE, NAME; NAME, ROLE; NAME est ROLE; « respectivement »."""
    starts = {m.low: m for m in names}
    at_head = {m.head: m for m in names}
    heads = _leaders(roles)
    taken: set[int] = set()
    for role in roles:
        pair = _same_noun(role, at_head)
        if pair is None:
            pair = _role_name(page, role, starts, words) or _rank_before_name(
                page, role, heads, starts
            )
            if pair is not None:
                if id(pair.name) in taken:
                    continue
                taken.add(id(pair.name))
        if pair is not None:
            yield pair
    for name in names:
        yield from _name_roles(page, name, heads, words)
    yield from _respectively(page, names, roles, words)


def acronyms(
    page: DocumentTokens, names: Sequence[MentionDraft], roles: Sequence[MentionDraft]
) -> Iterator[tuple[MentionDraft, MentionDraft]]:
    """Full forms with the acronym that stands in brackets beside them, or the other way round.

    « l'Inspection générale des finances (IGF) », « l'Ocha (le Bureau de la coordination …) ».
    """
    row = page.words
    starts = {m.low: m for m in names}
    ends, leaders = {m.high: m for m in names}, _leaders(roles)
    wholes: dict[int, MentionDraft] = {}
    for mention in (*roles, *names):
        if mention.kind in ORGANISED | {"name", "work"}:
            wholes.setdefault(mention.high, mention)
    short: MentionDraft | None
    whole: MentionDraft | None
    for bracket in (n for n, w in enumerate(row[:-1]) if w.text == "("):
        short = starts.get(bracket + 1)
        whole = wholes.get(bracket)
        if short is not None and whole is not None and _stands_for(short, whole):
            yield short, whole
        short = ends.get(bracket)
        whole = leaders.get(bracket + 1) or leaders.get(bracket + 2)
        if short is None or whole is None or not short.name.isalpha():
            continue
        if whole.kind in ORGANISED and _led_by_capital(page, whole, short, bracket):
            yield short, whole


def _stands_for(short: MentionDraft, whole: MentionDraft) -> bool:
    """AFP for Agence France-Presse; XR, whose letters stand in this order, for Extinction Rebellion."""
    if not short.name.isupper() or len(short.name) < 2:
        return False
    first = (whole.tokens or (whole.core,))[0][:1]
    letters = iter("".join(whole.tokens))
    return short.tokens[0][:1] == first or (
        len(whole.tokens) > 1 and all(letter in letters for letter in short.tokens[0])
    )


def _led_by_capital(
    page: DocumentTokens, whole: MentionDraft, short: MentionDraft, bracket: int
) -> bool:
    """Whether a bracket holds nothing but the full form, which is widened to its end."""
    row = page.words
    if not row[whole.head].capital or short is whole:
        return False
    end = min(len(row), bracket + BRACKET)
    close = next((n for n in range(whole.high, end) if row[n].text == ")"), None)
    if close is None or row[close].sentence != row[bracket].sentence:
        return False
    if any(w.text in ",;:" or w.pos in ("VERB", "AUX") for w in row[whole.high : close]):
        return False
    if close > whole.high:
        whole.high, whole.end = close, row[close - 1].end
    return True


def fits(role: MentionDraft, name: MentionDraft) -> bool:
    """Whether the two can mean one: gender and number agree, a person is no body."""
    if role.number == "p" and name.number != "p":
        return False
    if role.kind == "person" and name.kind in ORGANISED | {"country"}:
        return False
    if role.kind in ORGANISED and name.kind == "person":
        return False
    if role.kind in ("work", "group", "thing") and name.kind in ("person", "country"):
        return False
    if role.kind == "person" and name.kind == "person":
        return (
            role.gender is None
            or name.gender is None
            or role.gender == name.gender
            or (
                # « le ministre Nouria Benghabrit »: a masculine title proves nothing.
                role.gender == "m"
            )
        )
    return True


def _name_roles(
    page: DocumentTokens, name: MentionDraft, heads: dict[int, MentionDraft], words: PeopleWords
) -> Iterator[Pair]:
    """« Hubert Roux, ingénieur à l'arsenal de Brest, ex-beau-frère du père »: one after another."""
    pair = _name_role(page, name, heads, words)
    row = page.words
    for _ in range(3):
        if pair is None or not fits(pair.role, pair.name):
            return
        yield pair
        at = pair.role.high
        again = at < len(row) and row[at].text == "," and pair.role.kind == "person"
        role = heads.get(at + 1) if again else None
        if role is None or role.kind != "person" or role.number == "p":
            return
        pair = Pair(role, name, "who.name-role", 0.85)


def _leaders(roles: Sequence[MentionDraft]) -> dict[int, MentionDraft]:
    """The outermost description that begins at each word."""
    found: dict[int, MentionDraft] = {}
    for role in roles:
        if role.low not in found:
            found[role.low] = role
    return found


def _same_noun(role: MentionDraft, at_head: dict[int, MentionDraft]) -> Pair | None:
    """« le Conseil constitutionnel »: the noun is itself the beginning of a name."""
    name = at_head.get(role.head)
    return None if name is None else Pair(role, name, "who.body", 0.98)


def _role_name(
    page: DocumentTokens, role: MentionDraft, starts: dict[int, MentionDraft], words: PeopleWords
) -> Pair | None:
    """« le ministre iranien Abbas Akhoundi », « la chaîne NBC », « l'entraîneur, X »."""
    row = page.words
    at = role.high
    if row[role.head].low in words.lists["collective"]:
        return None
    aliases = words.lists["aliases"]
    while at < len(row) and (row[at].low in aliases or row[at].low in ('"', "«", ",")):
        if row[at].low == "," and at != role.high:
            break
        at += 1
    name = starts.get(at) or (
        starts.get(at + 1) if at < len(row) and _article(row[at], words) else None
    )
    if name is None and at < len(row):
        name = starts.get(_demonym(row, at, words)) or _beyond_clause(page, role, starts)
    if name is None or row[name.head].sentence != row[role.head].sentence:
        return None
    if role.kind == "person" and name.kind != "person" and _bodily(page, role, words):
        # « le patron de la compagnie Air Nord »: the name is the company's.
        return None
    comma = row[name.low - 1].text == "," or row[role.high].text == ","
    gap = page.text[row[role.high - 1].end : name.start]
    if any(c in gap for c in ";:.()") or not fits(role, name):
        return None
    if not comma:
        sure = name.kind == role.kind or name.kind in ("name", "media", "organisation", "person")
        if role.kind in ORGANISED:
            sure = sure or name.kind in ORGANISED
        return Pair(role, name, "who.role-name", 0.96) if sure and role.kind != "thing" else None
    if role.kind == "person" and name.kind in ("person", "name") and role.det in (
        "the", "poss", "this", None, "a",
    ):  # fmt: skip
        if name.kind == "name" and not _is_closed(page, name):
            return None
        return (
            None if _is_enumerated(page, name, words) else Pair(role, name, "who.role-name", 0.93)
        )
    if role.kind in ORGANISED and name.kind in ORGANISED | {"name"} and _is_closed(page, name):
        return Pair(role, name, "who.role-name", 0.85)
    return None


def _rank_before_name(
    page: DocumentTokens,
    role: MentionDraft,
    heads: dict[int, MentionDraft],
    starts: dict[int, MentionDraft],
) -> Pair | None:
    """« le porte-parole de l’armée, le colonel Anne Roux »: a rank stands before the name."""
    row = page.words
    if role.kind != "person" or role.number == "p" or role.det not in ("the", "poss", "this", None):
        return None
    if role.high + 1 >= len(row) or row[role.high].text != ",":
        return None
    rank = heads.get(role.high + 1)
    if rank is None or rank.kind != "person" or rank.number == "p" or rank.high - rank.low > 3:
        return None
    name = starts.get(rank.high)
    if name is None or name.kind not in ("person", "name") or not fits(role, name):
        return None
    same = row[name.head].sentence == row[role.head].sentence
    return Pair(role, name, "who.role-name", 0.9) if same and _is_closed(page, name) else None


def _demonym(row: list[DocumentToken], at: int, words: PeopleWords) -> int:
    """Where the name begins in « la spécialiste, l'Allemande Anne Roux »; -1 where it does not."""
    shape = words.determiners.get(row[at].low)
    if shape is None or shape.kind != "the" or at + 2 >= len(row) or row[at - 1].text != ",":
        return -1
    return at + 2 if words.masculine(row[at + 1].low) in words.countries else -1


def _beyond_clause(
    page: DocumentTokens, role: MentionDraft, starts: dict[int, MentionDraft]
) -> MentionDraft | None:
    """« Une des passagères ayant filmé la scène, Anne Roux, raconte »: over a participle's clause."""
    row = page.words
    opens = role.low == 0 or row[role.low - 1].sentence != row[role.low].sentence
    clause = row[role.high : role.high + CLAUSE]
    if role.kind != "person" or not opens or not any(w.dep == "acl" for w in clause[:2]):
        return None
    comma = next((n for n, w in enumerate(clause, role.high) if w.text == ","), None)
    name = starts.get(comma + 1) if comma is not None else None
    if name is None or name.kind not in ("person", "name"):
        return None
    return name if _is_closed(page, name) else None


def _bodily(page: DocumentTokens, role: MentionDraft, words: PeopleWords) -> bool:
    """Whether the role's last word is a noun that takes a name itself: compagnie, région, ville."""
    last = page.words[role.high - 1]
    if role.high - 1 == role.head:
        return False
    if words.singular(last.low) in words.lists["areas"]:
        return True
    noun = words.nouns.get(last.low)
    return noun is not None and noun.kind in {*ANAPHORIC, "country"}


def _article(word: DocumentToken, words: PeopleWords) -> bool:
    """Whether a name's own article stands here: Le Monde, The Times."""
    shape = words.determiners.get(word.low)
    return word.capital and shape is not None and shape.kind == "the"


def _is_closed(page: DocumentTokens, name: MentionDraft) -> bool:
    """Whether a comma or the end of the sentence closes the apposition."""
    row = page.words
    return (
        name.high >= len(row)
        or row[name.high].text in ",.;:)»"
        or row[name.high].sentence != row[name.head].sentence
    )


def _is_enumerated(page: DocumentTokens, name: MentionDraft, words: PeopleWords) -> bool:
    """« le maire, Anne Roux et Paul Petit »: a list, whose first member has no apposition."""
    row = page.words
    return (
        name.high < len(row)
        and row[name.high].low in words.lists["and"]
        and (name.high + 1 < len(row) and row[name.high + 1].capital)
    )


def _name_role(
    page: DocumentTokens, name: MentionDraft, heads: dict[int, MentionDraft], words: PeopleWords
) -> Pair | None:
    """« Thierry Anti, l'entraîneur de Nantes », « Anne Roux est maire », « Paul (député) »."""
    row = page.words
    at = name.high
    # « Haïder al-Abadi (parti Dawa), le premier ministre »: over a short bracket.
    if at < len(row) and row[at].text == "(":
        close = next((n for n in range(at, min(at + 8, len(row))) if row[n].text == ")"), None)
        if close is not None and close + 1 < len(row) and row[close + 1].text == ",":
            at = close + 1
    # « Hubert Caouissin, 46 ans, ingénieur »
    if at + 3 < len(row) and row[at].text == "," and row[at + 1].text.isdigit():
        at = at + 3 if row[at + 3].text == "," else at
    if at + 1 >= len(row) or row[at].sentence != row[name.head].sentence:
        return None
    if row[at].text in (",", "(", "-", "–", "—"):
        role = heads.get(at + 1)
        if role is None and row[at + 1].low in words.determiners:
            role = heads.get(at + 2) or _one_of(heads, at, row, words)
        if role is None and row[at + 1].low in words.lists["former"]:
            role = heads.get(at + 2)
        inner = name.low > 0 and row[name.low - 1].low in words.lists["of"] and not name.sure
        if inner and role is not None and role.kind == "person":
            # « l'arsenal de Brest, ex-beau-frère du père »
            return None
        if role is None or role.kind == "thing" or not _is_apposed(page, name, role, words):
            return None
        return None if _begins_clause(page, name, role) else Pair(role, name, "who.name-role", 0.93)
    if row[at].low in words.lists["copulas"]:
        role = heads.get(at + 1)
        if role is not None and role.kind == "person" and name.kind in ("person", "name"):
            return Pair(role, name, "who.is", 0.85)
        return None
    role = heads.get(at)
    bare = role is not None and role.det is None and role.kind == "person"
    if role is not None and bare and name.kind == "person" and row[at].pos == "NOUN":
        return Pair(role, name, "who.name-role", 0.8)
    return None


def _begins_clause(page: DocumentTokens, name: MentionDraft, role: MentionDraft) -> bool:
    """« Interrogé par l'AFP, le ministère précise »: a name within a phrase, then the subject.

    Where the tree breaks, the phrase opens the sentence and no comma ends the apposition.
    """
    row = page.words
    head = row[name.head]
    if head.head < 0 or head.dep.startswith(("nsubj", "appos", "ROOT", "root")):
        return False
    opens = head.dep.startswith("obl") and row[head.head].initial
    return row[role.head].dep.startswith("nsubj") or (opens and not _is_closed(page, role))


def _one_of(
    heads: dict[int, MentionDraft], at: int, row: list[DocumentToken], words: PeopleWords
) -> MentionDraft | None:
    """« Mario Joseph, l'un de ses avocats »."""
    for step in range(at + 2, min(at + 6, len(row))):
        if step in heads:
            return heads[step]
    return None


def _is_apposed(
    page: DocumentTokens, name: MentionDraft, role: MentionDraft, words: PeopleWords
) -> bool:
    if name.kind == "country" or (name.kind == "person" and role.kind != "person"):
        return role.kind == "group" and name.number == "p"
    if role.kind == "person":
        return (name.kind in ("person", "name") and role.number != "p") or name.number == "p"
    if role.kind not in ORGANISED or role.number == "p":
        return False
    return name.kind in ORGANISED | {"name"} and role.det in ("the", "a", None)


def _respectively(
    page: DocumentTokens,
    names: Sequence[MentionDraft],
    roles: Sequence[MentionDraft],
    words: PeopleWords,
) -> Iterator[Pair]:
    """« du commandant X et du numéro deux Y, respectivement le général A et B »: first to first."""
    row = page.words
    places = [n for n, w in enumerate(row) if w.low in words.lists["respectively"]]
    ends, starts = [r.head for r in roles], [m.low for m in names]
    for at in places[:LISTS]:
        here = row[at].sentence
        first = bisect_right(starts, at)
        after = [m for m in names[first : first + 6] if row[m.head].sentence == here]
        after = [m for m in after if m.kind in ("person", "name")][:2]
        near = roles[bisect_left(ends, at - WINDOW) : bisect_left(ends, at)]
        near = [r for r in near if r.kind == "person" and row[r.head].sentence == here]
        outer = [r for r in near if not any(o.low < r.low < o.high for o in near)]
        if len(after) == 2 and len(outer) >= 2:
            for role, name in zip(outer[-2:], after, strict=True):
                if fits(role, name):
                    yield Pair(role, name, "who.respectively", 0.9)
