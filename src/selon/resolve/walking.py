"""The article read from its beginning: each description and pronoun resolved where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from selon.lang.people import PeopleWords
from selon.resolve.choosing import Scene, candidates, weigh
from selon.resolve.describing import trait
from selon.resolve.mentions import ANAPHORIC, ORGANISED, Found, Who
from selon.resolve.page import Page

# Below this share of belief a pronoun stays open.
SURE: Final = 0.2
# « l'homme », « la compagnie »: whoever it was that the text spoke of, this many sentences back.
GENERIC: Final = 4
PLACES: Final = frozenset({"country"})

Choose = Callable[[Found, Sequence[Who], Scene], "tuple[int, float] | None"]


@dataclass(slots=True, eq=False)
class Walk:
    """What has been read so far; `speakers` says which mention speaks in which statement."""

    page: Page
    words: PeopleWords
    speakers: dict[int, list[int]]
    title: int
    choose: Choose
    recent: dict[Who, int] = field(default_factory=dict)
    by_core: dict[str, list[Who]] = field(default_factory=lambda: defaultdict(list))
    speaker: Who | None = None
    people: list[Who] = field(default_factory=list)

    def read(self, mentions: Sequence[Found]) -> None:
        """Resolve every mention, in text order."""
        for mention in mentions:
            speaks = id(mention) in self.speakers
            if mention.who is None:
                if mention.form == "pronoun":
                    self._point(mention, speaks)
                else:
                    self._describe(mention)
            else:
                mention.who.mentions.append(mention)
            if mention.who is not None:
                self._seen(mention, mention.who, speaks)

    def _seen(self, mention: Found, who: Who, speaks: bool) -> None:
        self.recent.pop(who, None)
        self.recent[who] = mention.head
        if speaks:
            self.speaker = who
            who.spoke = mention.head
            who.party = True

    def _new(self, mention: Found, rule: str) -> None:
        who = Who(kind=mention.kind)
        self.people.append(who)
        who.add(mention, rule, 0.9)
        if mention.core:
            self.by_core[mention.core].append(who)

    def _point(self, mention: Found, speaks: bool) -> None:
        scene = Scene(self.page, self.speaker, speaks, self.title)
        chosen = candidates(mention, list(self.recent), scene)
        answer = self.choose(mention, chosen, scene) if chosen else None
        if answer is not None:
            rule = "who.pronoun.speaker" if chosen[answer[0]] is self.speaker else "who.pronoun"
            chosen[answer[0]].add(mention, rule, answer[1])

    def _describe(self, mention: Found) -> None:
        known = self.by_core.get(mention.core, ())
        best: tuple[float, int, Who] | None = None
        if mention.det not in ("a", "some"):
            for who in known[-12:]:
                fit = self._fit(mention, who)
                place = self.recent.get(who, -1)
                if fit > 0 and (best is None or (fit, place) > best[:2]):
                    best = (fit, place, who)
        if best is not None:
            who = best[2]
            who.add(mention, "who.role", min(0.9, 0.5 + best[0] / 10))
            return
        other = self._generic(mention)
        if other is not None:
            other.add(mention, "who.generic", 0.55)
            if mention.core and other not in self.by_core[mention.core]:
                self.by_core[mention.core].append(other)
            return
        self._new(mention, "who.description")

    def _fit(self, mention: Found, who: Who) -> float:
        """How well the description fits what is known of somebody; 0 where it cannot be."""
        if who.number is not None and mention.number != who.number:
            return 0.0
        seen = who in self.recent
        if mention.gender and who.gender and mention.gender != who.gender:
            noun = self.words.nouns.get(self.page.words[mention.head].low)
            # « le ministre » may be a woman; « le directeur » is none, nor « la ministre » a man.
            loose = noun is not None and noun.gender is None and mention.gender == "m"
            if not (loose and who.named):
                return 0.0
        best = 0.0
        for core, traits in who.roles:
            if core == mention.core:
                best = max(best, _agree(mention, traits))
        if not best:
            return 0.0
        if not seen:
            # Somebody of whom the text has not spoken yet: only the very same description.
            return best - 1 if best >= 2.5 or (mention.det is None and best >= 2) else 0.0
        return best + (0.5 if who.named else 0.0)

    def _generic(self, mention: Found) -> Who | None:
        """« le journal », « la compagnie », « l'homme »: whoever of that kind was spoken of last."""
        if mention.det not in ("the", "this") or mention.kind == "thing":
            return None
        row = self.page.words
        here = row[mention.head].sentence
        plain = not mention.traits
        for who in reversed(self.recent):
            if here - row[self.recent[who]].sentence > GENERIC:
                break
            if who.number is not None and who.number != mention.number and mention.kind != "group":
                continue
            if self._means(mention, who, plain):
                return who
        return None

    def _means(self, mention: Found, who: Who, plain: bool) -> bool:
        kind = mention.kind
        clash = mention.gender and who.gender and mention.gender != who.gender
        noun = self.words.singular(self.page.words[mention.head].low)
        loose = noun in self.words.lists["generic"]
        if kind == "person":
            if who.kind != "person" or clash or not (plain or loose):
                return False
            if not plain and who.named:
                return self._shares(mention, who)
            if who.named or mention.det == "this":
                return loose or (who is self.speaker and not who.roles)
            return loose
        if kind == "group":
            return loose and who.number == "p" and who.named
        if kind == "media":
            return who.kind in ("media", "agency")
        if kind in ("country", "work"):
            return who.kind == kind and plain
        if kind in ANAPHORIC and who.named:
            if who.kind == kind:
                return plain or self._shares(mention, who)
            open_kind = who.kind in ("organisation", "association")
            if who.kind == "name":
                open_kind = who.party
            return open_kind and (plain or who is self.speaker or self._shares(mention, who))
        return False

    def _shares(self, mention: Found, who: Who) -> bool:
        """Whether a narrowing word is known of somebody: le dirigeant américain, le parti écologiste."""
        known = {t for _, traits in who.roles for t in traits}
        known |= {trait(t) for name in who.names for t in name}
        return bool(mention.traits & known)


def _agree(mention: Found, traits: frozenset[str]) -> float:
    mine = mention.traits
    if mine == traits:
        return 3.0 if mine else 2.2
    if not mine:
        return 2.0
    if mine < traits:
        return 2.6
    if not traits:
        return 1.2
    if traits < mine:
        return 1.6
    return 1.0 if len(mine & traits) > 1 else 0.0


def by_weight(words: PeopleWords) -> Choose:
    """The chooser that weighs signs by the language's table."""

    def choose(pronoun: Found, chosen: Sequence[Who], scene: Scene) -> tuple[int, float] | None:
        shares = weigh(pronoun, chosen, scene, words.weights)
        best = max(range(len(shares)), key=shares.__getitem__)
        return (best, shares[best]) if shares[best] >= SURE else None

    return choose
