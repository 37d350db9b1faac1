"""The article read from its beginning: each description and pronoun resolved where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from selon.reading.coref.descriptions import trait
from selon.reading.coref.document import DocumentTokens
from selon.reading.coref.mentions import ANAPHORIC, ORGANISED, EntityCluster, MentionDraft, merge
from selon.reading.coref.pronoun_choice import Choose, PronounContext, candidates
from selon.reading.coref.word_lists import PeopleWords

# « l'homme », « la compagnie »: whoever it was that the text spoke of, this many sentences back.
GENERIC: Final = 4
OWNER: Final = 0.4
# Bounds on the work, whatever the text: how many are looked through, or make a crowd.
NEAREST: Final = 200
FEW: Final = 30
# The lead ends with this paragraph (the headline is 0).
LEAD: Final = 2


@dataclass(slots=True, eq=False)
class Resolver:
    """What has been read so far.

    `speakers` says which mention speaks in which statement, `facing` which mentions stand across
    from one in a statement.
    """

    page: DocumentTokens
    words: PeopleWords
    speakers: dict[int, list[int]]
    facing: dict[int, list[MentionDraft]]
    title: int
    choose: Choose
    recent: dict[EntityCluster, int] = field(default_factory=dict)
    by_core: dict[str, list[EntityCluster]] = field(default_factory=lambda: defaultdict(list))
    named: dict[EntityCluster, None] = field(default_factory=dict)
    speaker: EntityCluster | None = None
    people: list[EntityCluster] = field(default_factory=list)

    def read(self, mentions: Sequence[MentionDraft]) -> None:
        """Resolve every mention, in text order."""
        for mention in self._ordered(mentions):
            speaks = id(mention) in self.speakers
            if mention.who is None:
                if mention.form == "pronoun":
                    self._point(mention, speaks)
                else:
                    self._describe(mention)
                    if speaks:
                        self._own(mention)
            else:
                mention.who.mentions.append(mention)
            if mention.who is not None:
                self._seen(mention, mention.who, speaks)

    def _ordered(self, mentions: Sequence[MentionDraft]) -> list[MentionDraft]:
        """Text order, but « lui a-t-il dit »: he who speaks is sought before the one he tells."""
        found = list(mentions)
        for n, mention in enumerate(found[:-1]):
            after = found[n + 1]
            tells = mention.form == after.form == "pronoun" and id(after) in self.speakers
            if tells and any(after is other for other in self.facing.get(id(mention), ())):
                found[n], found[n + 1] = after, mention
        return found

    def look_ahead(self) -> None:
        """A description in the lead whose bearer the next sentence names.

        « Le ministre du Redressement productif a déclaré … Arnaud Montebourg reconnaît … »: the
        description opens a sentence of the first paragraphs, nobody of that role is named, and the
        subject of one of the next two sentences is a named person without any other role.
        """
        row = self.page.words
        for who in [w for w in self.people[:NEAREST] if not w.named and w.kind == "person"]:
            first = who.mentions[0] if who.mentions else None
            if first is None or first.form != "nominal" or who.number == "p":
                continue
            lead = row[first.head].paragraph <= LEAD and first.core and first.det != "some"
            if not lead or (first.det == "a" and first.head >= self.title):
                continue
            bearer = self._bearer(first, who)
            if bearer is not None:
                for mention in who.mentions:
                    mention.rule, mention.score = "who.ahead", 0.6
                merge(bearer, who)

    def _bearer(self, first: MentionDraft, who: EntityCluster) -> EntityCluster | None:
        row = self.page.words
        here = row[first.head].sentence
        for other in islice(self.named, NEAREST):
            if who.gender and other.gender and who.gender != other.gender:
                continue
            same = [traits for core, traits in other.roles if core == first.core]
            if any(_agree(first, traits) >= 1.5 for traits in same):
                return other
            if other.roles or first.det != "the" or row[first.head].dep.split(":")[0] != "nsubj":
                continue
            for mention in other.mentions[:NEAREST]:
                word = row[mention.head]
                subject = word.dep.split(":")[0] == "nsubj" and mention.form == "name"
                if subject and 0 < word.sentence - here <= 2 and word.quote < 0:
                    return other
        return None

    def _seen(self, mention: MentionDraft, who: EntityCluster, speaks: bool) -> None:
        self.recent.pop(who, None)
        self.recent[who] = mention.head
        if who.named and who.kind == "person" and who.number != "p":
            self.named[who] = None
        if speaks:
            self.speaker = who
            who.spoke = mention.head
            who.party = True

    def _new(self, mention: MentionDraft, rule: str) -> None:
        who = EntityCluster(kind=mention.kind)
        self.people.append(who)
        who.add(mention, rule, 0.9)
        bare = mention.det is None and self.page.words[mention.head].quote >= 0
        if mention.core and not bare:
            self.by_core[mention.core].append(who)

    def _scene(self, speaks: bool) -> PronounContext:
        return PronounContext(
            self.page, self.speaker, speaks, self.title, self.words.lists["among"]
        )

    def _point(self, mention: MentionDraft, speaks: bool) -> None:
        scene = self._scene(speaks)
        across = self._across(mention)
        chosen = [w for w in candidates(mention, self.recent, scene) if w not in across]
        answer = self.choose(mention, chosen, scene) if chosen else None
        if answer is not None:
            rule = "who.pronoun.speaker" if chosen[answer[0]] is self.speaker else "who.pronoun"
            chosen[answer[0]].add(mention, rule, answer[1])

    def _across(self, mention: MentionDraft) -> list[EntityCluster]:
        """Whom a mention cannot mean, as they stand across from it in a statement."""
        return [m.who for m in self.facing.get(id(mention), ()) if m.who is not None]

    def _own(self, mention: MentionDraft) -> None:
        """Whose « son entourage », « sa famille » is: chosen as a pronoun is."""
        word = self.page.words[mention.low]
        shape = self.words.determiners.get(word.low)
        if shape is None or shape.kind != "poss" or word.low in self.words.lists["first_person"]:
            return
        number = "p" if word.low in self.words.lists["theirs"] else "s"
        pointer = MentionDraft(
            mention.low, mention.low + 1, word.start, word.end, mention.low, "pronoun", "person",
            None, number, rule="owner",
        )  # fmt: skip
        scene = self._scene(False)
        chosen = [w for w in candidates(pointer, self.recent, scene) if w is not mention.who]
        answer = self.choose(pointer, chosen, scene) if chosen else None
        if answer is not None and answer[1] >= OWNER:
            mention.owner = chosen[answer[0]]

    def _describe(self, mention: MentionDraft) -> None:
        known = self.by_core.get(mention.core, ())
        if mention.kind in ANAPHORIC and not mention.traits:
            last = self._generic(mention)
            if last is not None:
                last.add(mention, "who.generic", 0.7)
                return
        if self._again(mention) and self.speaker is not None:
            self._source().add(mention, "who.generic", 0.8)
            return
        best: tuple[float, int, EntityCluster] | None = None
        bare = mention.det is None and (mention.number == "p" and mention.head > self.title)
        subject = self._is(mention)
        if subject is not None:
            subject.add(mention, "who.is", 0.8)
            self.by_core[mention.core].append(subject)
            return
        if mention.det not in ("a", "some") and not bare:
            across = self._across(mention)
            for who in (w for w in self._known(mention, known) if w not in across):
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

    def _again(self, mention: MentionDraft) -> bool:
        """« la même source », « cette source »: whoever spoke last."""
        lists = self.words.lists
        if mention.core not in lists["sources"] or mention.number == "p" or mention.traits:
            return False
        inside = self.page.words[mention.low : mention.high]
        return mention.det == "this" or any(w.low in lists["again"] for w in inside)

    def _source(self) -> EntityCluster:
        """The last body or group that spoke, else the last speaker."""
        spoken = [w for w in islice(reversed(self.recent), NEAREST) if w.spoke >= 0]
        bodies = [w for w in spoken if w.kind in ORGANISED or w.kind == "group"]
        return max(bodies or spoken, key=lambda w: w.spoke)

    def _known(self, mention: MentionDraft, known: Sequence[EntityCluster]) -> list[EntityCluster]:
        """Whoever bears the role, and whoever is at the head of something under another title."""
        heads = self.words.lists["heads"]
        found = list(known[-12:])
        if mention.core in heads and mention.traits:
            found += [w for core in heads - {mention.core} for w in self.by_core[core][-6:]]
        return found

    def _is(self, mention: MentionDraft) -> EntityCluster | None:
        """Whoever « il est président », « elle était alors ministre » says it of."""
        row = self.page.words
        if mention.kind != "person" or mention.low < 2 or not self.recent:
            return None
        last = next(reversed(self.recent))
        at = self.recent[last]
        between = row[at + 1 : mention.low]
        if not 0 < len(between) <= 4 or row[at].sentence != row[mention.low].sentence:
            return None
        said = any(w.low in self.words.lists["copulas"] for w in between)
        said = said and not any(w.pos in ("PUNCT", "ADP", "VERB", "NOUN") for w in between)
        agrees = last.kind in ("person", "name") and last.number == mention.number
        return last if said and agrees else None

    def _fit(self, mention: MentionDraft, who: EntityCluster) -> float:
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
            elif mention.traits & traits and {core, mention.core} <= self.words.lists["heads"]:
                best = max(best, 1.5)
        if not best:
            return 0.0
        if not seen:
            # Somebody of whom the text has not spoken yet: only the very same description.
            return best - 1 if best >= 2.5 or (mention.det is None and best >= 2) else 0.0
        return best + (0.5 if who.named else 0.0)

    def _generic(self, mention: MentionDraft) -> EntityCluster | None:
        """« le journal », « la compagnie », « l'homme »: whoever of that kind came last."""
        if mention.det not in ("the", "this") or mention.kind == "thing":
            return None
        row = self.page.words
        here, quote = row[mention.head].sentence, row[mention.head].quote
        plain, across = not mention.traits, self._across(mention)
        for who in islice(reversed(self.recent), NEAREST):
            place = row[self.recent[who]]
            if here - place.sentence > GENERIC:
                break
            if quote >= 0 and place.quote != quote:
                continue
            if who.number is not None and who.number != mention.number and mention.kind != "group":
                continue
            if who not in across and self._means(mention, who, plain):
                return who
        return None

    def _means(self, mention: MentionDraft, who: EntityCluster, plain: bool) -> bool:
        kind = mention.kind
        clash = mention.gender and who.gender and mention.gender != who.gender
        noun = self.words.singular(self.page.words[mention.head].low)
        loose = noun in self.words.lists["generic"]
        if kind == "person":
            if who.kind != "person" or clash or mention.number == "p":
                return False
            if self._renamed(mention, who, noun):
                return True
            if not (plain or loose):
                return False
            if not plain:
                return self._shares(mention, who)
            if loose:
                return True
            if self._only(mention, who):
                return not self._office(mention)
            told = any(w in self.recent for w in self.by_core.get(mention.core, ()))
            speaks = id(mention) in self.speakers and who is self.speaker
            return speaks and not told and not self._office(mention)
        if kind == "group":
            return loose and who.number == "p" and who.named
        if kind == "media":
            return who.kind in ("media", "agency") and not self._names_another(mention, who)
        if kind in ("country", "work"):
            return who.kind == kind and plain
        if kind in ANAPHORIC and who.named:
            if who.kind == kind:
                return plain or self._shares(mention, who) or self._alone(mention, who)
            open_kind = who.kind in ("organisation", "association")
            if who.kind == "name":
                open_kind = who.party
            near = kind != "party" and self._near(mention, who)
            return open_kind and (plain or near or self._shares(mention, who))
        return False

    def _renamed(self, mention: MentionDraft, who: EntityCluster, noun: str) -> bool:
        """« ce machiniste », « … », dit l’animateur de France 2: another word for the one just named.

        « This » means whoever came last; « the » whoever speaks on, unless the words are an office's,
        somebody's of another (« le père de … »), or those of one who bears that role.
        """
        if not who.named or (self._office(mention) and mention.det != "this"):
            return False
        if any(w in self.recent for w in self.by_core.get(mention.core, ())):
            return False
        if mention.det == "this":
            return True
        speaks = id(mention) in self.speakers and who is self.speaker
        lists = self.words.lists
        return speaks and noun not in lists["relational"] | lists["generic"]

    def _office(self, mention: MentionDraft) -> bool:
        lists = self.words.lists
        rank, _, rest = mention.core.partition("-")
        return mention.core in lists["offices"] or (
            rank in lists["prefixes"] and rest in lists["offices"]
        )

    def _only(self, mention: MentionDraft, who: EntityCluster) -> bool:
        """Whether this is the only named person so far that the description can mean."""
        named = [w for w in self.recent if w.kind == "person" and w.named and w.number != "p"]
        if who.mentions[0].head >= self.title:
            return False
        fit = [w for w in named if w.gender in (None, mention.gender) or mention.gender is None]
        return fit == [who] and not any(
            w in self.recent for w in self.by_core.get(mention.core, ())
        )

    def _near(self, mention: MentionDraft, who: EntityCluster) -> bool:
        """Whether somebody spoke last, or was spoken of in this sentence or the last two."""
        row = self.page.words
        distance = row[mention.head].sentence - row[self.recent[who]].sentence
        return who is self.speaker or (who.party and distance <= 2)

    def _names_another(self, mention: MentionDraft, who: EntityCluster) -> bool:
        """« le site de franceinfo » is no other outlet's."""
        inside = {trait(t) for name in who.names for t in name}
        words = self.page.words[mention.head + 1 : mention.high]
        return any(w.capital and trait(w.low) not in inside for w in words)

    def _alone(self, mention: MentionDraft, who: EntityCluster) -> bool:
        """« l'association européenne », of the last one that was called an association."""
        called = mention.core in (core for core, _ in who.roles)
        return called and who.named and not self._names_another(mention, who)

    def _shares(self, mention: MentionDraft, who: EntityCluster) -> bool:
        """Whether a narrowing word is known of somebody: le dirigeant américain."""
        known = {t for _, traits in who.roles for t in traits}
        known |= {trait(t) for name in who.names for t in name}
        return bool(mention.traits & known)


def _agree(mention: MentionDraft, traits: frozenset[str]) -> float:
    mine = mention.traits
    if mine == traits:
        return 3.0 if mine else 2.2
    if not mine:
        return 2.0
    if mine < traits:
        return 2.6
    if not traits:
        return 1.2 if mention.kind == "person" or mention.det == "this" else 0.0
    if traits < mine:
        return 1.6
    return 1.0 if len(mine & traits) > 1 else 0.0
