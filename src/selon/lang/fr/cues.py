"""Cues: the verbs that attribute, with what stands around them (auxiliary, subject, negation)."""

from __future__ import annotations

from dataclasses import dataclass, field

from selon.lang.fr.words import Lexicon, Verb
from selon.reading.tree import ParsedSentence

# Participles after which another party stands: « une source citée par X ».
RELAYED = frozenset(
    "cité citée cités citées relayé relayée relayés repris reprise interrogé interrogée interrogés "
    "joint jointe contacté contactée".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that may attribute: its place, what it is, and what governs it.

    `at` is the lexical token, `low`..`high` all tokens of its verb group, `words` the tokens that
    are the cue proper (set phrases are whole). `mood` is how it stands: finite, inf, presp, part.
    """

    at: int
    low: int
    high: int
    words: tuple[int, ...]
    lemma: str
    verb: Verb
    mood: str
    inverted: int | None = None
    reflexive: bool = False
    passive: bool = False
    negated: bool = False
    conditional: bool = False
    modal: str = ""
    notes: tuple[str, ...] = field(default=())


def cues(scene: ParsedSentence, words: Lexicon) -> tuple[Cue, ...]:
    """Every verb of the sentence that may attribute, in text order."""
    found = []
    for i, low in enumerate(scene.lower):
        forms = words.forms.get(low)
        if not forms or not _is_verb(scene, words, i):
            continue
        cue = _cue(scene, words, i)
        if cue is not None:
            found.append(cue)
    return tuple(found)


def _is_verb(scene: ParsedSentence, words: Lexicon, i: int) -> bool:
    """Whether a form stands as a verb here: « la demande » and « une annonce » do not."""
    token = scene.tokens[i]
    if token.masked:
        return False
    before = scene.lower[i - 1] if i else ""
    if token.pos in ("VERB", "AUX"):
        return True
    if followed_by_clitic(scene, words, i):
        return True
    if token.text[:1].isupper() and i > 0:
        return False
    if before in ("se", "s'"):
        return token.pos in ("NOUN", "ADJ")
    # The parser takes many a cue after a quotation or an apposition for a noun or an adjective.
    relays = scene.lower[i] in RELAYED and scene.lower[i + 1 : i + 2] == ("par",)
    if relays or _have_before(scene, words, i):
        return True
    if token.pos not in ("NOUN", "ADJ", "ADV", "PROPN", "X", "ADP"):
        return False
    opened = i == 0 or before in (",", ";", "-", "–", "—", ")") or _mark_before(scene, i)
    if i + 1 >= len(scene.tokens):
        return False
    quoted = _mark_before(scene, i) or (before == "," and i > 1 and scene.tokens[i - 2].masked)
    if quoted and any(f.mood in ("ind", "past", "fut") for f in words.forms[scene.lower[i]]):
        return True
    nxt = scene.tokens[i + 1]
    if opened and (nxt.pos in ("DET", "PROPN") or nxt.text[:1].isupper()):
        return True
    before_pos = scene.tokens[i - 1].pos if i else ""
    after_name = before_pos in ("PROPN", "PRON", "NOUN") or opened
    governs = nxt.pos in ("DET", "SCONJ") or nxt.masked or scene.lower[i + 1] in ("que", "qu'", ":")
    if not _finite(scene) and (nxt.pos == "ADP" or (token.dep == "ROOT" and nxt.text == ",")):
        governs, after_name = True, after_name or before_pos == "ADJ"
    finite = any(f.mood in ("ind", "fut", "past", "presp") for f in words.forms[scene.lower[i]])
    return finite and after_name and (governs or (nxt.pos == "ADJ" and before_pos == "PROPN"))


def _finite(scene: ParsedSentence) -> bool:
    """Whether the parser found any verb in a person in the sentence."""
    return any("VerbForm=Fin" in t.morph for t in scene.tokens)


def _have_before(scene: ParsedSentence, words: Lexicon, i: int) -> bool:
    j = i - 1
    while j >= 0 and scene.tokens[j].pos == "ADV":
        j -= 1
    participle = any(f.mood == "part" for f in words.forms[scene.lower[i]])
    return j >= 0 and participle and scene.lower[j] in words.closed["have"]


def _mark_before(scene: ParsedSentence, i: int) -> bool:
    gap = scene.between(i)
    return any(c in gap for c in '»”"') or (i > 0 and scene.tokens[i - 1].masked)


def followed_by_clitic(scene: ParsedSentence, words: Lexicon, i: int) -> int | None:
    """The index of an inverted subject clitic after a verb form: « explique-t-il », « dit-on »."""
    j = i + 1
    if j < len(scene.tokens) and scene.lower[j] in ("-t", "-t-", "t", "t-"):
        j += 1
    if j + 1 < len(scene.tokens) and scene.lower[j] == "-" and not scene.between(j):
        j += 1
    if j < len(scene.tokens):
        low = scene.lower[j]
        if low in words.closed["clitics"]:
            return j
        if low in words.closed["clitics_after_hyphen"] and (
            scene.text[scene.tokens[j].span.start - 1] == "-"
        ):
            return j
    return None


def _cue(scene: ParsedSentence, words: Lexicon, i: int) -> Cue | None:
    """The verb group around a form: its auxiliaries, clitics and set phrase."""
    group = _Group(scene, words, i)
    phrase = group.phrase()
    forms = words.forms[scene.lower[i]]
    lemma = _lemma(scene, words, i)
    name = " ".join((lemma, *phrase[0])) if phrase else lemma
    verb = words.verbs.get(name) or words.verbs.get(lemma)
    if verb is None or verb.act == "x":
        return None
    mood = group.mood({f.mood for f in forms if f.lemma == lemma})
    if mood is None:
        return None
    own = (i, *(phrase[1] if phrase else ()))
    return Cue(
        at=i,
        low=group.low,
        high=max(own),
        words=own,
        lemma=name,
        verb=verb,
        mood=mood,
        inverted=group.inverted,
        reflexive=group.reflexive,
        passive=group.passive,
        negated=group.negated,
        conditional=group.conditional,
        modal=group.modal,
    )


def _lemma(scene: ParsedSentence, words: Lexicon, i: int) -> str:
    """The verb of a form; of two (dire, redire) the one that the lexicon has as a verb."""
    forms = words.forms[scene.lower[i]]
    known = [f.lemma for f in forms if f.lemma in words.verbs]
    return known[0] if known else forms[0].lemma


class _Group:
    """What stands to the left and right of a verb form and belongs to its group."""

    def __init__(self, scene: ParsedSentence, words: Lexicon, at: int) -> None:
        self.scene, self.words, self.at = scene, words, at
        self.low = at
        self.inverted = followed_by_clitic(scene, words, at)
        self.reflexive = self.passive = self.negated = self.conditional = False
        self.auxiliary = ""
        self.modal = ""
        self.periphrase = False
        self._look_left()
        self._look_right()

    def _look_left(self) -> None:
        closed = self.words.closed
        low, tokens = self.scene.lower, self.scene.tokens
        j, steps, gap = self.at - 1, 0, 0
        while j >= 0 and steps < 12 and gap < 5:
            word = low[j]
            steps += 1
            if word in closed["negators"]:
                self.negated = True
            elif word in closed["negations"]:
                self.low = j
            elif word in closed["reflexives"] and j < self.at and tokens[j].pos != "ADP":
                if word in ("se", "s'", "s’"):
                    self.reflexive = True
                self.low = j
            elif word in closed["been"]:
                self.passive = True
                self.low = j
            elif self._auxiliary(j):
                self.low = j
            elif self._clitic(j):
                pass
            elif tokens[j].pos == "ADV" and not tokens[j].masked:
                gap += 1
            elif tokens[j].pos == "PRON" and word in (
                "y",
                "en",
                "le",
                "la",
                "l'",
                "l’",
                "les",
                "lui",
                "leur",
            ):
                self.low = j
            elif word in ("le", "l'", "l’") and j and low[j - 1] == "comme":
                # « comme le rapporte X »: no article, whatever the parser says.
                self.low = j
            else:
                self._modal(j)
                self._past_phrase(j)
                break
            j -= 1

    def _past_phrase(self, j: int) -> None:
        """« a de son côté dénoncé », « a, dans un communiqué, annoncé »; « tente-t-il de dire »."""
        low, tokens = self.scene.lower, self.scene.tokens
        moods = {f.mood for f in self.words.forms[low[self.at]]}
        if "inf" in moods and low[j] in ("de", "d'", "à") and j > 1 and self._clitic(j - 1):
            verb = j - 3 if low[j - 2] in ("-t", "-t-", "t") else j - 2
            self.periphrase = verb >= 0
            self.low = max(verb, 0)
            return
        if "inf" in moods and self._clitic(j):
            self.periphrase, self.low = True, max(j - 1, 0)
            return
        if (moods != {"part"} and low[self.at] != "dit") or self.auxiliary:
            return
        for k in range(j, max(j - 8, 0), -1):
            if "VerbForm=Fin" in tokens[k].morph or tokens[k].masked or low[k] in (";", ":"):
                return
            if tokens[k].pos == "ADP":
                left = k - 1
                while left >= 0 and (low[left] == "," or tokens[left].pos == "ADV"):
                    left -= 1
                if left >= 0 and self._auxiliary(left):
                    self.low = left
                    return

    def _auxiliary(self, j: int) -> bool:
        closed, word = self.words.closed, self.scene.lower[j]
        if self.auxiliary and not (self.passive or self.auxiliary == "be"):
            return False
        if word in closed["have"] or word in closed["have_conditional"]:
            self.auxiliary = "have"
        elif word in closed["be"] or word in closed["be_conditional"]:
            self.auxiliary = "be"
        else:
            return False
        self.conditional |= word in closed["have_conditional"] or word in closed["be_conditional"]
        return True

    def _clitic(self, j: int) -> bool:
        word = self.scene.lower[j]
        if word in ("-t", "-t-", "t"):
            return True
        hyphen = self.scene.text[
            self.scene.tokens[j].span.start - 1 : self.scene.tokens[j].span.start
        ]
        if word in self.words.closed["clitics"] or (
            word in self.words.closed["clitics_after_hyphen"] and hyphen == "-"
        ):
            self.inverted = j
            return True
        return False

    def _modal(self, j: int) -> None:
        word = self.scene.lower[j]
        if word in self.words.closed["modals"]:
            self.modal = word

    def _look_right(self) -> None:
        self._tree_auxiliaries()
        for j in range(self.at + 1, min(self.at + 3, len(self.scene.tokens))):
            if self.scene.lower[j] in self.words.closed["negators"]:
                self.negated = True
        if self.auxiliary == "be" and not self.reflexive:
            self.passive = True

    def _tree_auxiliaries(self) -> None:
        """« ont, par la suite, confirmé »: auxiliaries that only the tree ties to the verb."""
        for k in self.scene.children(self.at, "aux"):
            if k < self.low and self._auxiliary(k):
                self.low = k
                for j in range(k, self.at):
                    self.negated |= self.scene.lower[j] in self.words.closed["negators"]
                    self.passive |= self.scene.lower[j] in self.words.closed["been"]

    def phrase(self) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
        """The rest of a set phrase after its verb: « (fait) savoir », « (mis) en garde »."""
        heads = {f.lemma for f in self.words.forms[self.scene.lower[self.at]]}
        for head in heads:
            for rest in self.words.phrases.get(head, ()):
                at, taken = self.at + 1, []
                for word in rest:
                    while (
                        at < len(self.scene.tokens)
                        and self._skippable(at)
                        and self.scene.lower[at] != word
                    ):
                        at += 1
                    if at < len(self.scene.tokens) and self.scene.lower[at] == word:
                        taken.append(at)
                        at += 1
                if len(taken) == len(rest):
                    return rest, tuple(taken)
        return None

    def _skippable(self, at: int) -> bool:
        token = self.scene.tokens[at]
        word = self.scene.lower[at]
        return at - self.at < 6 and (
            token.pos == "ADV"
            or word in self.words.closed["negators"]
            or word in ("-t", "-il", "-elle")
            or token.pos in ("PRON",)
        )

    def _narrative(self) -> bool:
        """« Et de poursuivre : », « Et d'ajouter que »: an infinitive that tells, without a verb above."""
        low = self.scene.lower
        opened = self.at >= 2 and low[self.at - 1] in ("de", "d'")
        spoken = opened and (low[self.at - 2] == "et" or self._strong_pronoun(self.at - 2))
        return spoken and self.at <= 4

    def _strong_pronoun(self, j: int) -> bool:
        """« Et lui d'ajouter », « Eux de répondre », « Et le ministre de conclure » has a noun."""
        return self.scene.lower[j] in ("lui", "elle", "eux", "elles", "moi") and (
            j == 0 or self.scene.lower[j - 1] == "et"
        )

    def _coordinated_participle(self) -> bool:
        """« a parlé de N et rappelé que P »: the second participle shares the auxiliary."""
        token = self.scene.tokens[self.at]
        before = self.scene.lower[self.at - 1] if self.at else ""
        if not token.dep.startswith("conj") and before not in ("et", "puis", "mais"):
            return False
        head = token.head if token.dep.startswith("conj") else None
        for _ in range(3):
            if head is None or head >= self.at:
                return False
            auxiliaries = [self.scene.lower[k] for k in self.scene.children(head, "aux")]
            if auxiliaries:
                self.passive = any(a in self.words.closed["been"] for a in auxiliaries)
                have = self.words.closed["have"] | self.words.closed["have_conditional"]
                return any(a in have for a in auxiliaries)
            if not self.scene.tokens[head].dep.startswith("conj"):
                return False
            head = self.scene.tokens[head].head
        return False

    def mood(self, moods: set[str]) -> str | None:
        """How the form stands; an auxiliary or clitic tells a participle from a present."""
        if self.auxiliary == "have" or self.periphrase:
            return "finite"
        if "presp" in moods:
            return "presp"
        if "inf" in moods:
            return "finite" if self._narrative() else "inf"
        if self.auxiliary == "be":
            return "finite"
        if moods & {"part"} and self._coordinated_participle():
            return "finite"
        finite = moods & {"ind", "past", "fut", "cnd", "sub"}
        if finite:
            self.conditional |= moods == {"cnd"}
            return "finite"
        return "part" if "part" in moods else None
