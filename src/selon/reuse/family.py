"""Families: the statements of a collection that are one utterance.

Links between pairs are found when a statement is added and rest on the two alone; a family is what
hangs together by them. Both sides of a family's inner conflicts (a person's « these are two », two
speakers whom no link of their own joins, statements of one article of which one stands inside the
other) are kept apart by taking the strongest links first. So the families of a collection are the
same in whatever order it came, and adding one statement touches no family but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.reused_quotes import ReusedQuote, folded_words, overlap
from selon.reuse.shingles import Shingles
from selon.reuse.similarity import Match, comparable, match
from selon.reuse.speakers import differ, one_speaker

# Two ids, the lesser first.
Pair = tuple[str, str]
# What else may find kin of a new saying, as translation does: (new, all so far) → links.
Finder = Callable[[ReusedQuote, "Families"], Iterable[Match]]


@dataclass(frozen=True, slots=True)
class Family:
    """Sayings that are one utterance, with the links that hold them together.

    `id` is the first of the members' ids; members go by id; a lone saying has no links.
    """

    id: str
    members: tuple[str, ...]
    links: tuple[Match, ...] = ()

    @property
    def score(self) -> float:
        """How sure the weakest link is that the family needs; 1 for a lone saying."""
        return min((k.score for k in self.links), default=1.0)


class Families:
    """A growing collection of sayings and their families."""

    def __init__(self, finders: tuple[Finder, ...] = ()) -> None:
        self._finders = finders
        self._sayings: dict[str, ReusedQuote] = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        self._links: dict[str, dict[str, Match]] = {}
        self._index = Shingles()
        self._numbered: list[list[str]] = []
        self._texts: dict[tuple[str, tuple[str, ...]], int] = {}
        self._joined: set[Pair] = set()
        self._parted: set[Pair] = set()
        self._of: dict[str, Family] = {}

    def __len__(self) -> int:
        """How many sayings there are."""
        return len(self._sayings)

    def __getitem__(self, id_: str) -> ReusedQuote:
        """The saying of an id."""
        return self._sayings[id_]

    def __contains__(self, id_: str) -> bool:
        """Whether a saying of this id is in the collection."""
        return id_ in self._sayings

    def __iter__(self) -> Iterator[ReusedQuote]:
        """Every saying, in the order of adding."""
        return iter(self._sayings.values())

    def add(self, saying: ReusedQuote) -> tuple[Match, ...]:
        """Add a saying; its links to those that were there. One already there is left as it is."""
        if saying.id in self._sayings:
            return ()
        known = lexicon(saying.language)
        words = folded_words(saying.words, saying.language)
        found: list[Match] = []
        if comparable(words, known):
            for other in self._near(words, known):
                link = match(saying, self._sayings[other])
                if link:
                    found.append(link)
            self._put(saying.id, words, known)
        self._sayings[saying.id] = saying
        for finder in self._finders:
            found.extend(finder(saying, self))
        for link in found:
            before = self._links.get(link.a, {}).get(link.b)
            if before is None or before.score < link.score:
                self._links.setdefault(link.a, {})[link.b] = link
                self._links.setdefault(link.b, {})[link.a] = link
        self._forget(saying.id)
        return tuple(found)

    def near(self, words: str, language: str | None = None) -> list[ReusedQuote]:
        """The sayings that share enough words with these to be worth comparing, by id."""
        known = lexicon(language)
        return [self._sayings[i] for i in sorted(self._near(folded_words(words, language), known))]

    def join(self, a: str, b: str) -> None:
        """A person holds two sayings for one utterance: no evidence parts them."""
        self._decide(a, b, self._joined, self._parted)

    def split(self, a: str, b: str) -> None:
        """A person holds two sayings for two utterances: no evidence joins them."""
        self._decide(a, b, self._parted, self._joined)

    def of(self, id_: str) -> Family:
        """The family of a saying."""
        if id_ not in self._of:
            reached = {i: self._sayings[i] for i in self._reach(id_)}
            links = {k for i in reached for k in self._links.get(i, {}).values()}
            for family in group_families(reached, links, self._joined, self._parted):
                for member in family.members:
                    self._of[member] = family
        return self._of[id_]

    def all(self, min_members: int = 1) -> tuple[Family, ...]:
        """Every family of at least `min_members`, by id."""
        every = {self.of(i).id: self.of(i) for i in self._sayings}
        return tuple(every[k] for k in sorted(every) if len(every[k].members) >= min_members)

    def _near(self, words: tuple[str, ...], known: ReuseLexicon) -> Iterator[str]:
        for number in self._index.near(words, known):
            yield from self._numbered[number]

    def _put(self, id_: str, words: tuple[str, ...], known: ReuseLexicon) -> None:
        """Index a text once, however many say it."""
        number = self._texts.get((known.language, words))
        if number is None:
            number = self._index.add(words, known)
            self._texts[known.language, words] = number
            self._numbered.append([])
        else:
            words = self._folded[self._numbered[number][0]]
        self._numbered[number].append(id_)
        self._folded[id_] = words

    def _decide(self, a: str, b: str, into: set[Pair], out: set[Pair]) -> None:
        pair = (min(a, b), max(a, b))
        self._forget(a)
        self._forget(b)
        out.discard(pair)
        into.add(pair)
        self._forget(a)

    def _forget(self, id_: str) -> None:
        """Let the families around a saying be made again."""
        for member in self._reach(id_):
            self._of.pop(member, None)

    def _reach(self, id_: str) -> set[str]:
        """All that hangs together with a saying by links and by a person's joins."""
        beside: dict[str, set[str]] = {}
        for a, b in self._joined:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        reached, open_ = {id_}, [id_]
        while open_:
            here = open_.pop()
            for other in (*self._links.get(here, ()), *beside.get(here, ())):
                if other not in reached and other in self._sayings:
                    reached.add(other)
                    open_.append(other)
        return reached


def group_families(
    sayings: Mapping[str, ReusedQuote],
    links: Iterable[Match],
    joined: Collection[Pair] = (),
    parted: Collection[Pair] = (),
) -> list[Family]:
    """The families of some sayings: strongest links first, none over a conflict.

    `joined` and `parted` are a person's decisions, the lesser id first; they hold whatever the
    links say.
    """
    parts = _Parts(sayings, links, parted)
    for a, b in sorted(joined):
        if a in sayings and b in sayings:
            parts.merge(a, b)
    for link in sorted(parts.links.values(), key=parts.order):
        if not parts.clash(link.a, link.b):
            parts.merge(link.a, link.b)
    return [
        Family(min(ids), tuple(sorted(ids)), tuple(sorted(used, key=lambda k: (k.a, k.b))))
        for ids, used in parts.all()
    ]


class _Parts:
    """Groups of sayings that grow together, and what keeps two of them apart."""

    def __init__(
        self, sayings: Mapping[str, ReusedQuote], links: Iterable[Match], parted: Collection[Pair]
    ) -> None:
        self.links = {(k.a, k.b): k for k in links if k.a in sayings and k.b in sayings}
        self._sayings = sayings
        self._parted = {p for p in parted if p[0] in sayings and p[1] in sayings}
        self._of = {i: i for i in sayings}
        self._members = {i: [i] for i in sayings}
        self._used: dict[str, list[Match]] = {i: [] for i in sayings}

    def order(self, link: Match) -> tuple[bool, float, str, str]:
        """Which link is believed first: those of a speaker known to be one, then the strongest."""
        a, b = (self._sayings[i] for i in (link.a, link.b))
        return not one_speaker(a, b), -link.strength, link.a, link.b

    def all(self) -> list[tuple[list[str], list[Match]]]:
        """The members of each group, and the links that made it one."""
        return [(ids, self._used[g]) for g, ids in self._members.items()]

    def merge(self, a: str, b: str) -> None:
        """Make the groups of two sayings one."""
        one, two = sorted((self._of[a], self._of[b]), key=lambda g: (-len(self._members[g]), g))
        if one == two:
            return
        for i in self._members[two]:
            self._of[i] = one
        self._members[one] += self._members.pop(two)
        self._used[one] += self._used.pop(two)
        if (a, b) in self.links:
            self._used[one].append(self.links[a, b])

    def clash(self, a: str, b: str) -> bool:
        """Whether the groups of two sayings cannot be one: what one holds parts them."""
        one, two = self._of[a], self._of[b]
        if one == two:
            return False
        pairs = [(x, y) for x in self._members[one] for y in self._members[two]]
        # Two speakers whom some link of theirs joins are one here, in whatever cut of the words.
        tied = {self._speakers(x, y) for x, y in pairs if _pair(x, y) in self.links}
        return any(
            _pair(x, y) in self._parted
            or _stands_inside(self._sayings[x], self._sayings[y])
            or (differ(self._sayings[x], self._sayings[y]) and self._speakers(x, y) not in tied)
            for x, y in pairs
        )

    def _speakers(self, x: str, y: str) -> frozenset[str | None]:
        return frozenset((self._sayings[x].speaker_key, self._sayings[y].speaker_key))


def _stands_inside(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings overlap and are two: a report, and what somebody is quoted as in it.

    Words of one known speaker were cut twice, and may be told as one.
    """
    one = a.speaker_key is not None and a.speaker_key == b.speaker_key
    return not one and overlap(a, b)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
