"""Cues: the verbs, nouns and adjectives that attribute, with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence

AUXILIARIES = ("aux", "aux:pass", "neg", "advmod", "compound:prt")
THOUGHT = ("think", "want", "seem")
# The act of a verb that is in no list and yet stands where a report does.
UNLISTED = "other"
FARTHEST = 26
NAMING = ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "X")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that may attribute.

    `at` is the token, `low`..`high` its verb group with auxiliaries and particle, `words` the
    tokens that are the cue proper; `kind` is verb, noun or adjective; `mood` finite, inf, ing, part.
    """

    at: int
    low: int
    high: int
    words: tuple[int, ...]
    lemma: str
    act: str
    kind: str
    mood: str
    passive: bool = False
    negated: bool = False
    modal: str = ""
    tense: str = ""
    # Who is taken for the speaker where the tree leaves it open: the nearest subject (""), the
    # farthest, or none.
    whose: str = ""
    # What was once worked out of this cue: each of its candidates asks for it again.
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


def cues(scene: ParsedSentence, words: Lexicon) -> tuple[Cue, ...]:
    """Every word of the sentence that may attribute, in text order."""
    found = []
    for i, low in enumerate(scene.lower):
        token = scene.tokens[i]
        if token.masked:
            continue
        lemma = words.forms.get(low)
        cue: Cue | None = None
        if lemma and _is_verb(scene, i):
            cue = _verb(scene, words, i, lemma)
        elif lemma is None and _beside_quote(scene, words, i):
            cue = _verb(scene, words, i, low)
        elif low in words.nouns and token.pos in ("NOUN", "PROPN"):
            cue = Cue(i, i, i, (i,), low, words.nouns[low], "noun", "noun")
        elif low in words.adjectives and token.pos in ("ADJ", "VERB"):
            cue = Cue(i, i, i, (i,), low, words.adjectives[low], "adjective", "adjective")
        if cue is not None and not (words.breadth == "statements" and cue.act in THOUGHT):
            found.append(cue)
    return tuple(found)


def _beside_quote(scene: ParsedSentence, words: Lexicon, i: int) -> bool:
    """« "P," opined X », « "P," X shot back », « X wheezed: "P" »: any verb beside a quotation."""
    token = scene.tokens[i]
    if token.pos != "VERB" or "VerbForm=Inf" in token.morph:
        return False
    if i and scene.lower[i - 1] in ("who", "which", "that"):
        return False
    if after_quote(scene, i) is not None:
        return True
    mask = scene.find(i + 1, i + 9, lambda j: scene.tokens[j].masked)
    return (
        mask is not None
        and scene.lower[mask - 1] in (",", ":")
        and not any(
            scene.lower[j] in words.forms and scene.tokens[j].pos in ("VERB", "AUX")
            for j in range(i + 1, mask)
        )
    )


def after_quote(scene: ParsedSentence, i: int) -> int | None:
    """The token after the quotation to whose report a verb belongs: « "P," [X] said », « "P," [said] »."""
    if not scene.quotes:
        return None
    mask = next((j for j in range(i - 1, max(-1, i - FARTHEST), -1) if _closes(scene, j)), None)
    if mask is None:
        return None
    first = mask + 1
    while first < i and scene.lower[first] in (",", "—", "–", "-", "--"):
        first += 1
    if first == i:
        return i
    if scene.tokens[first].pos not in NAMING and not scene.tokens[first].text[:1].isupper():
        return None
    # Another verb before this one is that of a clause about who speaks: after a comma or « who ».
    inner = scene.find(first + 1, i, lambda j: scene.tokens[j].pos == "VERB")
    if inner is None or any(low in (",", "who", "which") for low in scene.lower[first:inner]):
        return first
    return None


def _closes(scene: ParsedSentence, j: int) -> bool:
    """Whether a quotation ends with a token, be it read as one word or word by word."""
    if scene.tokens[j].masked:
        return True
    end, nxt = scene.tokens[j].span.end, scene.tokens[j + 1].span.start
    return any(not q.depth and end <= q.outer.end <= nxt for q in scene.quotes)


def _is_verb(scene: ParsedSentence, i: int) -> bool:
    """Whether a form stands as a verb: in headlines names and nouns are often misread verbs."""
    token = scene.tokens[i]
    if i and scene.tokens[i - 1].masked and token.pos in ("VERB", "AUX"):
        return True
    if token.pos in ("VERB", "AUX"):
        return token.dep not in ("amod", "compound", "pobj") and not (
            token.dep == "prep" and scene.lower[i] == "according"
        )
    low = scene.lower[i]
    nominal = token.pos in ("NOUN", "PROPN")
    if nominal and (_is_reporting(scene, i) or _misread(scene, i) or _is_closing(scene, i)):
        return True
    if token.pos not in ("NOUN", "PROPN") or i == 0 or not low.endswith(("s", "ed")):
        return False
    return scene.headline and scene.tokens[i - 1].pos in ("PROPN", "NOUN", "PRON")


def _misread(scene: ParsedSentence, i: int) -> bool:
    """« Polls show Hale ahead », « Hale hints at a run »: a clause without a verb has its verb in a noun."""
    token = scene.tokens[i]
    if token.dep not in ("root", "ccomp") or i == 0 or i + 1 >= len(scene.tokens):
        return False
    before, after = scene.tokens[i - 1], scene.tokens[i + 1]
    follows = after.pos in ("DET", "PROPN", "PRON", "ADP", "NUM", "ADJ", "SCONJ")
    return before.pos in ("NOUN", "PROPN", "PRON") and before.head == i and follows


def _is_closing(scene: ParsedSentence, i: int) -> bool:
    """« P, county records show. », « P, records show, and Q »: after a plural, before a stop."""
    ends = i + 1 >= len(scene.tokens) or scene.lower[i + 1] in (".", ",")
    first = i - 1
    if (
        not ends
        or first < 1
        or scene.lower[i].endswith("s")
        or not scene.lower[first].endswith("s")
    ):
        return False
    while first > 0 and scene.tokens[first].pos in ("NOUN", "PROPN", "ADJ", "DET"):
        first -= 1
    return first < i - 1 and scene.lower[first] == ","


def _is_reporting(scene: ParsedSentence, i: int) -> bool:
    """« "P," Prew notes. », « ..., tweeting, "P" »: a verb by where it stands, whatever its tag."""
    follows = i + 1 < len(scene.tokens)
    if scene.lower[i].endswith("ing"):
        nxt = i + 2 if follows and scene.lower[i + 1] in (",", ":") else i + 1
        return nxt < len(scene.tokens) and scene.tokens[nxt].masked
    ends = not follows or scene.tokens[i + 1].masked or scene.lower[i + 1] in (".", ",", ";")
    first = after_quote(scene, i) if ends else None
    return first is not None and first < i and scene.tokens[i - 1].pos in NAMING


def _verb(scene: ParsedSentence, words: Lexicon, i: int, lemma: str) -> Cue:
    tokens, low, high = scene.tokens, i, i
    own, modal, tense = [i], "", ""
    passive = negated = False
    # An auxiliary before the subject is another clause's: « "I would," Prew said ».
    begins = max((k for k in scene.kids[i] if tokens[k].dep == "nsubj" and k < i), default=-1)
    for k in scene.kids[i]:
        dep, word = tokens[k].dep, scene.lower[k]
        # « "P," Will wrote »: a name that the tagger takes for an auxiliary.
        named = k > 0 and tokens[k].text.istitle() and scene.tokens[k - 1].masked
        if dep in ("aux", "aux:pass", "neg") and max(k, i - 8) > begins and k < i and not named:
            low = min(low, k)
            if word in words.closed["modals"]:
                modal = word
            elif word == "to":
                modal = modal or "to"
        passive |= dep in ("aux:pass", "nsubj:pass", "agent")
        negated |= dep == "neg" or word in ("never", "hardly")
        if dep == "compound:prt" and i < k <= i + 2:
            own.append(k)
            high = k
    mood, tense = _mood(scene, i)
    if (mood == "part" and any(tokens[k].dep == "aux" for k in scene.kids[i])) or (
        passive and low < i
    ):
        mood = "finite"
    if mood == "part" and tokens[i].dep in ("acl", "advcl", "root", "ccomp") and low == i:
        if not passive and _reports(scene, i):
            mood = "finite"
        else:
            passive = True
    if i and tokens[i - 1].masked and not scene.lower[i].endswith("ing") and low == i:
        mood, passive = "finite", False
    clause = tokens[i].dep in ("root", "ccomp", "conj", "acl:relcl", "advcl", "parataxis")
    if low < i and clause and modal != "to" and mood != "inf":
        mood = "finite"
    return Cue(
        i,
        low,
        high,
        tuple(own),
        lemma,
        words.verbs.get(lemma, UNLISTED),
        "verb",
        mood,
        passive,
        negated,
        modal,
        tense,
    )


def _mood(scene: ParsedSentence, i: int) -> tuple[str, str]:
    morph = scene.tokens[i].morph
    if "Aspect=Prog" in morph or scene.lower[i].endswith("ing"):
        return "ing", "present"
    if "VerbForm=Part" in morph:
        return "part", "past"
    if "VerbForm=Inf" in morph:
        return "inf", ""
    return "finite", "past" if "Tense=Past" in morph else "present"


def _reports(scene: ParsedSentence, i: int) -> bool:
    """« "P," Prew said », where the parser takes the verb for a participle of the name."""
    head = scene.tokens[i].head
    if head == i:
        return True
    first = scene.extents[head][0]
    while first < head and (scene.tokens[first].masked or not scene.is_word(first)):
        first += 1
    before = scene.lower[first - 1] if first else ""
    opens = first == 0 or before in (",", "?", "!", "—") or scene.tokens[first - 1].masked
    after = scene.lower[i + 1] if i + 1 < len(scene.tokens) else "."
    return head < i and opens and after not in ("by", "to", "as")
