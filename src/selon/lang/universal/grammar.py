"""What every language reports by, as Universal Dependencies show it: four rules over word lists.

Methods: a clause under a verb of the lists (`ccomp`), a quotation beside such a verb, a phrase like
« according to X », and « X: "Q" ». The subject is `nsubj` (de Marneffe et al. 2021, UD v2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from selon.lang.content import quoted_share
from selon.lang.universal.words import Lexicon
from selon.reading.tree import ParsedSentence, tidy, without
from selon.records import Candidate, Form, Quote, Span, Spans, Stance

NOMINAL: Final = ("NOUN", "PROPN", "PRON", "NUM")
# What hangs on a noun and does not name it.
BESIDE_A_NAME: Final = ("acl", "case", "cc", "parataxis", "punct", "advcl", "cop", "mark")
# A verb farther than so many tokens from a quotation's edge is another clause's.
FAR: Final = 14
NEAR: Final = 4
# Content of fewer words is seldom a statement outside marks.
MIN_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a rule found, before it is known how much of it is quoted."""

    rule: str
    content: Spans
    cue: Spans = ()
    speaker: Spans = ()
    addressees: tuple[Spans, ...] = ()
    stance: Stance = "asserted"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of the lists, as it stands in a sentence."""

    at: int
    act: str
    stance: Stance


def candidates(scene: ParsedSentence, words: Lexicon) -> tuple[Candidate, ...]:
    """Every candidate of a sentence, each with its rule's name and features."""
    cues = tuple(cue for i in range(len(scene.tokens)) if (cue := _cue(scene, words, i)))
    return (
        *clauses(scene, words, cues),
        *quotations(scene, words, cues),
        *according(scene, words),
        *colon(scene, words, cues),
    )


def is_hedged(scene: ParsedSentence, words: Lexicon) -> bool:
    """Whether the outlet says a sentence without vouching for it: a word of the list `hedges`."""
    return any(
        low in words.hedges and scene.quote_at(token.span.start) is None
        for low, token in zip(scene.lower, scene.tokens, strict=True)
    )


def clauses(scene: ParsedSentence, words: Lexicon, cues: tuple[Cue, ...]) -> Iterator[Candidate]:
    """X says that P · P, says X: the clause that a verb of report governs."""
    for cue in cues:
        for at in scene.children(cue.at, "ccomp"):
            if scene.tokens[at].masked:
                continue
            low, high = scene.extents[at]
            if low <= cue.at <= high:
                continue
            notes = () if words.that & set(scene.lower[low : high + 1]) else ("no-that",)
            found = Attribution("clause", (scene.words(low, high),), notes=notes)
            yield from _candidates_of(scene, words, _complete(scene, words, cue, found))


def quotations(scene: ParsedSentence, words: Lexicon, cues: tuple[Cue, ...]) -> Iterator[Candidate]:
    """« Q », says X · X says: « Q » · « Q », says X, « R »: a quotation beside a verb of report."""
    free = [c for c in cues if scene.quote_at(scene.tokens[c.at].span.start) is None]
    taken: dict[int, list[Quote]] = {}
    for quote in scene.quotes:
        best = min(free, key=lambda c: _token_distance(scene, quote, c), default=None)
        if not quote.depth and best is not None and _token_distance(scene, quote, best) <= FAR:
            taken.setdefault(best.at, []).append(quote)
    for cue in free:
        parts = taken.get(cue.at)
        if parts:
            gap = min(_token_distance(scene, q, cue) for q in parts)
            whole = any(t.masked for t in scene.tokens if any(q.outer.meets(t.span) for q in parts))
            notes = ("beside" if gap <= NEAR else "far", *(() if whole else ("woven",)))
            content = tuple(s for q in parts for s in (q.pieces or (q.inner,)))
            found = Attribution("quotation", content, notes=notes)
            yield from _candidates_of(scene, words, _complete(scene, words, cue, found))


def according(scene: ParsedSentence, words: Lexicon) -> Iterator[Candidate]:
    """According to X, P · P, according to X: the phrases of `according`, each with who follows."""
    for i in range(len(scene.tokens)):
        phrase = next((p for p in words.according if scene.lower[i : i + len(p)] == p), None)
        if phrase is None or scene.quote_at(scene.tokens[i].span.start) is not None:
            continue
        first = i + len(phrase)
        head = scene.find(first, first + 6, lambda j: scene.tokens[j].pos in NOMINAL)
        if head is None:
            continue
        who = _phrase(scene, _top(scene, head, first), first)
        whole = scene.words(0, len(scene.tokens) - 1)
        content = without(whole, [Span(scene.tokens[i].span.start, who.end)])
        cue = scene.words(i, first - 1)
        yield from _candidates_of(scene, words, Attribution("according", content, (cue,), (who,)))


def colon(scene: ParsedSentence, words: Lexicon, cues: tuple[Cue, ...]) -> Iterator[Candidate]:
    """X: « Q »: a name and a colon before a quotation, no verb of report near."""
    for quote in scene.quotes:
        if quote.depth or cues:
            continue
        before = scene.text[scene.sentence.span.start : quote.outer.start].rstrip()
        count = len(scene.tokens)
        end = next(
            (j for j in range(count) if scene.tokens[j].span.start >= quote.outer.start), count
        )
        who = [j for j in range(end) if scene.is_word(j)]
        if not before.endswith(":") or not who or scene.tokens[who[-1]].pos not in NOMINAL:
            continue
        name = (scene.words(who[0], who[-1]),)
        yield from _candidates_of(scene, words, Attribution("colon", (quote.inner,), (), name))


def _cue(scene: ParsedSentence, words: Lexicon, i: int) -> Cue | None:
    token = scene.tokens[i]
    if token.masked or token.pos not in ("VERB", "AUX"):
        return None
    lemma = words.forms.get(scene.lower[i]) or words.forms.get(token.lemma.lower())
    if lemma is None:
        return None
    below = [k for k in scene.kids[i] if scene.lower[k] in words.negations]
    moods = (scene.tokens[k].morph for k in (i, *scene.children(i, "aux")))
    stance: Stance = "asserted"
    if below:
        stance = "negated"
    elif any("Mood=Cnd" in m for m in moods):
        stance = "conditional"
    return Cue(i, words.verbs[lemma], stance)


def _token_distance(scene: ParsedSentence, quote: Quote, cue: Cue) -> int:
    """How many tokens lie between a quotation's nearer edge and a verb."""
    at = scene.tokens[cue.at].span
    low, high = sorted((at, quote.outer))
    return sum(low.end <= t.span.start and t.span.end <= high.start for t in scene.tokens)


def _complete(scene: ParsedSentence, words: Lexicon, cue: Cue, found: Attribution) -> Attribution:
    """A finding of a verb, with its subject and whom it is said to."""
    who = _subject(scene, cue)
    speaker = () if who is None else (_phrase(scene, who),)
    if any(s.meets(c) for s in speaker for c in found.content):
        speaker = ()
    told = []
    for k in scene.children(cue.at, "iobj", "obl"):
        token = scene.tokens[k]
        if token.pos not in NOMINAL or not (token.dep == "iobj" or _case(scene, k) in words.to):
            continue
        span = _phrase(scene, k)
        if not any(span.meets(s) for s in (*found.content, *speaker)):
            told.append((span,))
    return replace(
        found,
        cue=(scene.tokens[cue.at].span,),
        speaker=speaker,
        addressees=tuple(told),
        stance=cue.stance,
        notes=(*found.notes, f"act={cue.act}"),
    )


def _subject(scene: ParsedSentence, cue: Cue) -> int | None:
    """Who says it: X says · X rose and said · X, who says · « Q », says X · it was said by X."""
    at = cue.at
    for _ in range(4):
        token = scene.tokens[at]
        if scene.child(at, "aux:pass") is not None or scene.child(at, "nsubj:pass") is not None:
            return scene.child(at, "obl:agent")
        who = scene.child(at, "nsubj")
        if who is not None and token.dep == "acl:relcl" and scene.tokens[who].pos == "PRON":
            return token.head
        if who is not None:
            return None if scene.tokens[who].masked else who
        if token.dep in ("acl", "acl:relcl") and scene.tokens[token.head].pos in NOMINAL:
            return token.head
        if token.dep not in ("conj", "xcomp", "advcl") or token.head == at:
            break
        at = token.head
    return _noun_after(scene, cue)


def _noun_after(scene: ParsedSentence, cue: Cue) -> int | None:
    """« Q », said X: the noun that begins right after the verb, whatever the parser makes of it."""
    after = scene.find(cue.at + 1, cue.at + 5, lambda j: scene.tokens[j].pos in NOMINAL)
    between = scene.tokens[cue.at + 1 : after]
    if after is None or any(t.pos not in ("DET", "ADJ") or t.masked for t in between):
        return None
    return None if scene.tokens[after].masked else _top(scene, after, cue.at + 1)


def _candidates_of(
    scene: ParsedSentence, words: Lexicon, found: Attribution
) -> Iterator[Candidate]:
    """The candidate of a finding, unless no words are left of it."""
    content = tidy(scene.text, found.content, scene.quotes)
    quoted, outside, bare = quoted_share(scene.text, content, scene.quotes)
    if not quoted + outside:
        return
    form: Form = "indirect"
    if quoted:
        form = "mixed" if set(bare) - words.that else "direct"
    yield Candidate(
        rule=found.rule,
        form=form,
        content=content,
        cue=found.cue,
        speaker=found.speaker,
        addressees=found.addressees,
        stance=found.stance,
        features=(
            f"rule={found.rule}",
            *found.notes,
            "speaker" if found.speaker else "no-speaker",
            *(["short"] if form != "direct" and quoted + outside < MIN_WORDS else []),
        ),
    )


def _case(scene: ParsedSentence, i: int) -> str:
    case = scene.child(i, "case")
    return "" if case is None else scene.lower[case]


def _top(scene: ParsedSentence, i: int, floor: int) -> int:
    """The head of the noun phrase that a noun begins: « the [ministry] of health »."""
    for _ in range(4):
        up = scene.tokens[i].head
        if up < floor or up == i or scene.tokens[up].pos not in NOMINAL or up > i + 6:
            break
        i = up
    return i


def _phrase(scene: ParsedSentence, i: int, floor: int = 0) -> Span:
    """A noun with what names it: not its preposition, nor a clause about it."""
    low, high = i, i
    for k in scene.kids[i]:
        if scene.tokens[k].dep.split(":")[0] in BESIDE_A_NAME or scene.tokens[k].masked:
            if k > i:
                break
            continue
        low, high = min(low, scene.extents[k][0]), max(high, scene.extents[k][1])
    return scene.words(max(low, floor), high)
