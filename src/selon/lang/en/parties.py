"""Who says it and to whom: the noun phrases around an English cue."""

from __future__ import annotations

from dataclasses import dataclass

from selon.lang.en.cues import Cue, after_quote
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Span, Spans

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
SUBJECTS = ("nsubj", "csubj", "expl")
# A dependent clause takes its speaker from the verb above.
DEPENDENT = (
    "conj",
    "xcomp",
    "advcl",
    "ccomp",
    "pcomp",
    "prep",
    "dep",
    "parataxis",
    "acomp",
    "oprd",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name a speaker, and how they were found."""

    spans: Spans
    head: int | None
    how: str


NOBODY = Subject((), None, "none")


def bounds(
    scene: ParsedSentence, i: int, floor: int = 0, ceiling: int | None = None
) -> tuple[int, int]:
    """The first and last token of a noun phrase: its subtree, without relative clauses after it."""
    low, high = scene.extents[i]
    high = high if ceiling is None else min(high, ceiling)
    low = max(low, floor)
    for k in scene.kids[i]:
        token = scene.tokens[k]
        if token.masked or (
            token.dep in ("acl:relcl", "parataxis", "punct") and token.pos != "PUNCT"
        ):
            if k > i:
                high = min(high, max(i, scene.extents[k][0] - 1))
            elif token.masked:
                low = max(low, min(i, k + 1))
    for j in range(i + 1, high + 1):
        if scene.tokens[j].masked or scene.lower[j] in (";", ":"):
            high = j - 1
            break
    for j in range(i - 1, low - 1, -1):
        if scene.tokens[j].masked or scene.lower[j] in (";", ":"):
            low = j + 1
            break
    while high > i and not scene.is_word(high):
        high -= 1
    while low < i and (not scene.is_word(low) or scene.tokens[low].dep == "cc"):
        low += 1
    return low, max(low, high)


def noun_phrase(scene: ParsedSentence, i: int, floor: int = 0, ceiling: int | None = None) -> Span:
    """The words of a noun phrase."""
    return scene.words(*bounds(scene, i, floor, ceiling))


def subject(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Subject:
    """The speaker of a cue.

    "X said", "said X", "X, who said" (the antecedent and the pronoun), "X called P and said Q",
    "X hopes to say", "a report saying", "accused by X", "X's claim", "the claim of X".
    """
    if cue.whose == "none":
        return NOBODY
    if cue.whose == "far":
        return farthest(scene, cue)
    if cue.kind == "noun":
        return owner(scene, cue.at)
    if cue.kind == "adjective":
        found = inherited_subject(scene, cue.at, cue, words)
        # « It is clear that P », « it is not clear whether P »: to nobody in particular.
        return NOBODY if found.head is not None and scene.lower[found.head] == "it" else found
    if cue.passive:
        return agent(scene, cue)
    slot = between(scene, cue)
    if slot is not None:
        return slot
    own = _own(scene, cue.at)
    if own is not None and _passed_over(scene, own, cue):
        return _before(scene, cue) or NOBODY
    if own is not None:
        return subject_with_words(scene, own, cue, "own" if own < cue.at else "after")
    after = _after(scene, cue)
    if after is not None:
        return after
    misread = scene.tokens[cue.at].pos in ("NOUN", "PROPN")
    alone = scene.tokens[cue.at].dep in ("acl", "dep", "root", "ccomp")
    if cue.mood == "finite" and (alone or misread):
        before = _before(scene, cue)
        if before is not None:
            return before
    return inherited_subject(scene, cue.at, cue, words)


def between(scene: ParsedSentence, cue: Cue) -> Subject | None:
    """« "P," CBS co-anchor Ann Prew said »: all that stands from the quotation to the verb, where the
    parser finds no one phrase in it."""
    first = after_quote(scene, cue.low)
    if first is None or first == cue.low or cue.mood != "finite":
        return None
    last = cue.low - 1
    while last > first and (not scene.is_word(last) or scene.tokens[last].pos == "ADV"):
        last -= 1
    own = _own(scene, cue.at)
    if own is not None and first <= own <= last and scene.extents[own][0] <= first:
        return None
    nouns = [j for j in range(first, last + 1) if scene.tokens[j].pos in NOMINAL]
    comma = next((j for j in range(first, last + 1) if scene.lower[j] == ","), last + 1)
    head = max((j for j in nouns if j < comma), default=first)
    return Subject((scene.words(first, last),), head, "own")


def _own(scene: ParsedSentence, i: int) -> int | None:
    found = [
        k
        for k in scene.kids[i]
        if scene.tokens[k].dep in ("nsubj", "nsubj:pass") and not scene.tokens[k].masked
    ]
    if found and _ends_quote(scene, found[-1], i):
        return None
    if not found and scene.tokens[i].dep == "root" and scene.tokens[i].pos in ("VERB", "AUX"):
        return _set_apart(scene, i)
    return found[-1] if found else None


def _set_apart(scene: ParsedSentence, i: int) -> int | None:
    """« In his plea, Ann Prew, 44, said P »: a name between commas that the tree hangs on another."""
    for k in range(i):
        token = scene.tokens[k]
        if token.masked or scene.lower[k + 1] not in (",", "("):
            continue
        if token.pos != "PROPN" and not (token.pos == "NOUN" and token.dep == "nsubj"):
            continue
        first = k
        while first and scene.tokens[first - 1].dep == "compound":
            first -= 1
        # A list of names is none: « Prew, Hale and Ode said P » has its subject in the tree.
        if (first == 0 or scene.lower[first - 1] == ",") and "," in scene.lower[k + 2 : i + 1]:
            return k
    return None


def _passed_over(scene: ParsedSentence, own: int, cue: Cue) -> bool:
    """« When P left N, Hale responded, "Q" »: a name right before the report, and a far subject."""
    j, after = cue.low - 1, cue.high + 1
    if after < len(scene.tokens) and scene.lower[after] in (",", ":"):
        after += 1
    quoted = after < len(scene.tokens) and scene.tokens[after].masked
    if not quoted or cue.mood != "finite" or j <= own or scene.extents[own][1] >= j:
        return False
    named = scene.tokens[j].pos == "PROPN" or scene.lower[j] in ("he", "she", "they", "who")
    return named and not scene.tokens[j].masked and scene.tokens[scene.tokens[j].head].pos != "ADP"


def _ends_quote(scene: ParsedSentence, k: int, i: int) -> bool:
    """Whether a word is of a quotation that ends as a sentence does before the cue: « "Out!" said X »."""
    quote = scene.quote_at(scene.tokens[k].span.start)
    if quote is None or quote.outer.end > scene.tokens[i].span.start:
        return False
    return scene.text[quote.inner.end - 1] in ",.?!…"


def subject_with_words(scene: ParsedSentence, k: int, cue: Cue, how: str) -> Subject:
    """A subject with its words; a relative pronoun after the words that it stands for."""
    if scene.lower[k] in ("who", "that", "which") and scene.tokens[k].pos == "PRON":
        head = scene.tokens[cue.at].head
        at = cue.at
        for _ in range(4):
            if scene.tokens[at].dep == "acl:relcl":
                head = scene.tokens[at].head
                if head < k and scene.tokens[head].pos in NOMINAL:
                    first = noun_phrase(scene, head, ceiling=k - 1)
                    return Subject((first, scene.tokens[k].span), head, "relative")
            at = scene.tokens[at].head
        return Subject((scene.tokens[k].span,), k, "relative")
    if k > cue.at:
        return Subject((noun_phrase(scene, k, floor=cue.high + 1),), k, "after")
    return Subject((noun_phrase(scene, k, ceiling=max(k, cue.low - 1)),), k, how)


def _after(scene: ParsedSentence, cue: Cue) -> Subject | None:
    """« "P," said X »: the parser takes the one who speaks for an object."""
    before = cue.low - 1
    opened = (
        before < 0 or scene.tokens[before].masked or scene.lower[before] in (",", "?", "!", "—")
    )
    mark = before >= 0 and any(c in scene.between(cue.low) for c in ("”", '"', "''"))
    nxt = cue.high + 1
    if not (opened or mark) or cue.mood != "finite" or nxt >= len(scene.tokens):
        return None
    if scene.tokens[nxt].pos not in ("PROPN", "DET", "NOUN", "ADJ", "PRON") or cue.at == 0:
        return None
    head = scene.find(nxt, nxt + 8, lambda j: scene.tokens[j].pos in NOMINAL)
    if head is None or scene.tokens[head].masked:
        return None
    for _ in range(6):
        up = scene.tokens[head].head
        if nxt <= up and up != head and scene.tokens[up].pos in NOMINAL:
            head = up
    return Subject((noun_phrase(scene, head, floor=nxt),), head, "after")


def _before(scene: ParsedSentence, cue: Cue) -> Subject | None:
    """« "P," X said »: the phrase right before the cue, up to a quotation, a comma or the start."""
    j = cue.low - 1
    if j < 0 or scene.tokens[j].masked or scene.tokens[j].pos not in NOMINAL:
        return None
    head = j
    for _ in range(6):
        up = scene.tokens[head].head
        if (
            up < cue.at
            and up != head
            and scene.tokens[up].pos in NOMINAL
            and not scene.tokens[up].masked
        ):
            head = up
    return Subject((noun_phrase(scene, head, ceiling=max(head, j)),), head, "own")


def _issuer(scene: ParsedSentence, document: int, words: Lexicon) -> int | None:
    """« X released a statement saying P »: who puts out what tells."""
    verb = scene.tokens[document].head
    if scene.tokens[document].dep != "obj" or scene.lower[verb] not in words.closed["issuing"]:
        return None
    return _own(scene, verb)


def farthest(scene: ParsedSentence, cue: Cue) -> Subject:
    """« X says the goal is P, but conceded Q »: the subject of the highest verb, not of the nearest."""
    at, found = cue.at, None
    for _ in range(8):
        head = scene.tokens[at].head
        own = _own(scene, head) if scene.tokens[head].pos in ("VERB", "AUX") else None
        if own is not None and own != at and not own > cue.at:
            found = own
        if head == at:
            break
        at = head
    if found is None:
        return NOBODY
    return Subject(subject_with_words(scene, found, cue, "far").spans, found, "far")


def inherited_subject(scene: ParsedSentence, at: int, cue: Cue, words: Lexicon) -> Subject:
    """The subject of the verb above: coordination, infinitive, gerund, participle clause."""
    for _ in range(6):
        token = scene.tokens[at]
        head = token.head
        if head == at:
            break
        if token.dep in ("acl", "acl:relcl") and scene.tokens[head].pos in NOMINAL:
            issuer = _issuer(scene, head, words) if token.dep == "acl" else None
            if issuer is not None:
                return subject_with_words(scene, issuer, cue, "issuer")
            return Subject(
                (noun_phrase(scene, head, ceiling=max(head, cue.low - 1)),), head, "governor"
            )
        if token.dep not in DEPENDENT and scene.tokens[at].pos not in NOMINAL and at != cue.at:
            break
        obj = scene.child(head, "obj", "iobj")
        if (
            token.dep == "xcomp"
            and obj is not None
            and obj < at
            and scene.tokens[obj].pos in NOMINAL
        ):
            return Subject((noun_phrase(scene, obj, ceiling=max(obj, cue.low - 1)),), obj, "object")
        own = _own(scene, head)
        if own is not None and own != at:
            found = subject_with_words(scene, own, cue, "shared")
            return Subject(found.spans, found.head, "shared")
        at = head
    return NOBODY


def agent(scene: ParsedSentence, cue: Cue) -> Subject:
    """« accused by X »: the agent, or nobody."""
    for k in scene.kids[cue.at]:
        if scene.tokens[k].dep == "agent" or (
            scene.tokens[k].dep == "prep" and scene.lower[k] == "by"
        ):
            noun = scene.child(k, "pobj")
            if noun is not None and not scene.tokens[noun].masked:
                return Subject((noun_phrase(scene, noun, floor=k + 1),), noun, "agent")
    return NOBODY


def owner(scene: ParsedSentence, i: int) -> Subject:
    """Whose words a noun means: "X's claim", "the claim of X", else who governs the noun's verb."""
    poss = scene.child(i, "nmod:poss")
    if poss is not None:
        low, high = bounds(scene, poss)
        if scene.lower[high] in ("'s", "’s", "'") and high > low:
            high -= 1
        return Subject((scene.words(low, high),), poss, "poss")
    for k in scene.kids[i]:
        if k > i and scene.tokens[k].dep == "prep" and scene.lower[k] in ("from", "by", "among"):
            noun = scene.child(k, "pobj")
            if noun is not None:
                return Subject((noun_phrase(scene, noun, floor=k + 1),), noun, "owner")
    at = i
    for _ in range(5):
        token = scene.tokens[at]
        head = token.head
        if head == at:
            break
        own = _own(scene, head)
        if own is not None and own != at and not scene.tokens[own].masked:
            if token.dep in ("nsubj", "nsubj:pass"):
                break
            return Subject((noun_phrase(scene, own, ceiling=max(own, i - 1)),), own, "shared")
        at = head
    return NOBODY


def addressees(scene: ParsedSentence, cue: Cue, words: Lexicon, taken: Spans) -> tuple[Spans, ...]:
    """To whom: "told X", "said to X", "asked X whether", "wrote to X", "in an interview with X"."""
    if cue.kind != "verb":
        return ()
    for k in scene.kids[cue.at]:
        if k < cue.at or scene.tokens[k].masked:
            continue
        dep = scene.tokens[k].dep
        noun: int | None = None
        if (dep == "iobj" and scene.tokens[k].pos in NOMINAL) or (
            dep == "obj"
            and cue.lemma
            in (
                "tell",
                "ask",
                "remind",
                "urge",
                "inform",
                "assure",
                "warn",
            )
        ):
            noun = k
        elif dep in ("prep", "iobj") and scene.lower[k] == "to" and cue.act in ("say", "relay"):
            noun = scene.child(k, "pobj")
        if noun is None or scene.tokens[noun].pos not in NOMINAL:
            continue
        span = noun_phrase(scene, noun, floor=cue.high + 1)
        if not any(span.meets(s) for s in taken):
            return ((span,),)
    return ()
