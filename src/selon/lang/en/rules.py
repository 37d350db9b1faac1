"""English rules that propose what a cue governs: each is one function, its forms in its docstring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selon.lang.en.candidate_builder import CandidateBuilder
from selon.lang.en.content_span import content_ends, until
from selon.lang.en.cues import Cue
from selon.lang.en.parties import NOMINAL, bounds, noun_phrase
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate

# How an adjective hangs on the verb that a clause may hang on as well.
BESIDE: Final = ("acomp", "oprd", "ccomp", "xcomp", "advcl")


def clause(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X said that P · X said P · X asked whether P · X told Y how P · the claim that P · sure that P.

    X made clear that P · it is not clear whether P: the tree hangs P on the verb beside the adjective.
    """
    for k in _content_heads(scene, cue):
        low = max(scene.extents[k][0], cue.high + 1)
        while low < k and not scene.is_word(low):
            low += 1
        link = (
            scene.lower[low] if scene.tokens[low].pos in ("SCONJ", "ADV", "PRON", "ADP") else "none"
        )
        for high, reach in content_ends(scene, cue, low, scene.extents[k][1]):
            draft = CandidateBuilder(scene, words, "clause").said_with(cue)
            yield from _one(
                draft.done(
                    [scene.words(low, high)],
                    f"link={link}",
                    f"reach={reach}",
                    f"gap={min(low - cue.high - 1, 4)}",
                    f"verb={_verb_kind(scene, k)}",
                )
            )


def _content_heads(scene: ParsedSentence, cue: Cue) -> Iterator[int]:
    """The heads of the clauses after a cue that say what it attributes."""
    wanted = {"noun": ("ccomp", "acl", "acl:relcl"), "adjective": ("ccomp", "advcl")}
    heads = [cue.at]
    if cue.kind == "adjective" and scene.tokens[cue.at].dep in BESIDE:
        heads.append(scene.tokens[cue.at].head)
    for at in heads:
        for k in scene.kids[at]:
            token = scene.tokens[k]
            if k <= cue.high or token.masked or token.dep not in wanted.get(cue.kind, ("ccomp",)):
                continue
            first = scene.lower[scene.extents[k][0]]
            own = at == cue.at and token.dep == "ccomp"
            if own or cue.kind == "noun" or first in ("that", "whether"):
                yield k


def _verb_kind(scene: ParsedSentence, k: int) -> str:
    morph = scene.tokens[k].morph
    if any(scene.tokens[c].dep == "aux" and scene.lower[c] == "to" for c in scene.kids[k]):
        return "to"
    if any(scene.tokens[c].dep == "aux" for c in scene.kids[k]) or "VerbForm=Fin" in morph:
        return "finite"
    return "ing" if "Aspect=Prog" in morph else "bare"


def _one(candidate: Candidate | None) -> Iterator[Candidate]:
    if candidate is not None:
        yield candidate


def infinitive(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X promised to P · X asked Y to P · X seems to P · Y is expected to P · X's refusal to P · eager to P."""
    for k in scene.kids[cue.at]:
        token = scene.tokens[k]
        wanted = ("xcomp", "acl", "advcl") if cue.kind != "verb" or cue.passive else ("xcomp",)
        if k <= cue.high or token.masked or token.dep not in wanted:
            continue
        if token.dep in ("acl", "advcl") and _verb_kind(scene, k) != "to":
            continue
        low = max(scene.extents[k][0], cue.high + 1)
        kind = _verb_kind(scene, k)
        starts = [(low, "own")]
        obj = scene.child(cue.at, "obj")
        if obj is not None and cue.high < obj < low:
            starts.append((bounds(scene, obj, floor=cue.high + 1)[0], "object"))
        for first, start in starts:
            for high, reach in content_ends(scene, cue, first, scene.extents[k][1]):
                draft = CandidateBuilder(scene, words, "infinitive").said_with(cue)
                content = [scene.words(first, high)]
                yield from _one(
                    draft.done(content, f"verb={kind}", f"reach={reach}", f"start={start}")
                )
        yield from _raised_subject(scene, cue, words, low, scene.extents[k][1])


def _raised_subject(
    scene: ParsedSentence, cue: Cue, words: Lexicon, low: int, high: int
) -> Iterator[Candidate]:
    """X seems to P · X is expected to P · X was described as Y: the subject belongs to what is said."""
    if not (cue.passive or cue.act == "seem" or cue.kind == "adjective"):
        return
    verb = cue.at if cue.kind == "verb" else scene.tokens[cue.at].head
    own = scene.child(verb, "nsubj", "nsubj:pass", "expl")
    if own is None and scene.tokens[verb].dep in ("acl", "acl:relcl"):
        own = scene.tokens[verb].head
    if own is None or scene.tokens[own].masked or own > cue.at:
        return
    if cue.passive:
        draft = CandidateBuilder(scene, words, "raised").said_with(cue)
    else:
        draft = CandidateBuilder(scene, words, "raised").said_with(cue)
        draft.who = type(draft.who)((), None, "raised")
    for end, reach in content_ends(scene, cue, low, high):
        content = [noun_phrase(scene, own, ceiling=cue.low - 1), scene.words(low, end)]
        agent = "agent" if draft.who.spans else "no-agent"
        yield from _one(draft.done(content, f"reach={reach}", agent))


def predicate(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X seemed tired · Y was accused of N · Y is called a liar: with the subject in what is said."""
    if cue.kind == "noun" or not (cue.passive or cue.act == "seem"):
        return
    found = [
        k
        for k in scene.kids[cue.at]
        if k > cue.high
        and scene.tokens[k].dep in ("acomp", "oprd", "attr", "prep", "obj", "ccomp")
        and not scene.tokens[k].masked
    ]
    if found:
        low = max(scene.extents[found[0]][0], cue.high + 1)
        yield from _raised_subject(scene, cue, words, low, max(scene.extents[k][1] for k in found))


def objects(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X criticized N · X called Y Z · X described Y as Z · X accused Y of Z · X compared Y to Z."""
    if cue.kind != "verb":
        return
    tokens = scene.tokens
    right = [k for k in scene.kids[cue.at] if k > cue.high and not tokens[k].masked]
    obj = next(
        (k for k in right if tokens[k].dep in ("obj", "oprd", "attr", "acomp", "obl:npmod")), None
    )
    if obj is None:
        return
    low, tail = bounds(scene, obj, floor=cue.high + 1)
    low = max(low, cue.high + 1)
    full = until(scene, low, scene.extents[obj][1])
    ends = {full: "object"}
    if tail < full:
        ends[tail] = "bare-object"
    link = "none"
    for k in right:
        if k > obj and tokens[k].dep in ("prep", "oprd", "xcomp", "ccomp", "acomp", "iobj", "obj"):
            end = until(scene, low, scene.extents[k][1])
            link = f"{tokens[k].dep}-{scene.lower[k]}" if tokens[k].dep == "prep" else tokens[k].dep
            ends.setdefault(end, f"through={link}")
    for end, reach in content_ends(scene, cue, low, max(ends)):
        if reach != "sentence":
            ends.setdefault(end, reach)
    for end, what in ends.items():
        draft = CandidateBuilder(scene, words, "object").said_with(cue)
        yield from _one(
            draft.done(
                [scene.words(low, end)],
                what,
                f"{what}+cue={cue.lemma}",
                f"object-pos={tokens[obj].pos}",
                f"object={scene.lower[obj]}",
                f"dep={tokens[obj].dep}",
                *(["object-speech-noun"] if scene.lower[obj] in words.nouns else []),
            )
        )


def prepositional(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X called for N · X talked about N · Y's support for N · X is proud of N · pointed to N."""
    tokens = scene.tokens
    for k in scene.kids[cue.at]:
        if k <= cue.high or tokens[k].dep not in ("prep", "agent", "iobj") or tokens[k].masked:
            continue
        noun = next((c for c in scene.kids[k] if tokens[c].dep in ("pobj", "pcomp")), None)
        if noun is None or noun < k or tokens[noun].masked or tokens[k].dep == "agent":
            continue
        if scene.lower[noun] in words.closed["days"]:
            # « insisted on Monday that P »: when, and not of what.
            continue
        low = max(scene.extents[noun][0], k + 1)
        ends = {until(scene, low, scene.extents[noun][1]): "tree"}
        if tokens[noun].pos in NOMINAL:
            ends.setdefault(until(scene, low, bounds(scene, noun, floor=low)[1]), "bare")
        for end, reach in content_ends(scene, cue, low, scene.extents[noun][1]):
            ends.setdefault(end, reach)
        link = scene.lower[k]
        for end, reach in ends.items():
            draft = CandidateBuilder(scene, words, "prepositional").said_with(
                cue, *([k] if k == cue.high + 1 else [])
            )
            yield from _one(
                draft.done(
                    [scene.words(low, end)],
                    f"link={link}",
                    f"link+cue={link}/{cue.lemma}",
                    f"reach={reach}",
                    f"near={k == cue.high + 1}",
                    f"object-pos={tokens[noun].pos}",
                )
            )


def subject_of_passive(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """N was announced by X · the measures announced by X · the charges raised by X."""
    if not cue.passive or cue.kind != "verb":
        return
    own = scene.child(cue.at, "nsubj:pass")
    if own is None and scene.tokens[cue.at].dep == "acl":
        own = scene.tokens[cue.at].head
    if (
        own is None
        or scene.tokens[own].masked
        or own > cue.at
        or scene.tokens[own].pos not in NOMINAL
    ):
        return
    draft = CandidateBuilder(scene, words, "passive").said_with(cue)
    span = noun_phrase(scene, own, ceiling=cue.low - 1)
    if any(span.meets(s) for s in draft.who.spans):
        return
    agent = "agent" if draft.who.spans else "no-agent"
    yield from _one(
        draft.done([span], agent, f"dep={scene.tokens[cue.at].dep}", f"{agent}+{cue.lemma}")
    )


def relative(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """the plan that X proposed · N, which X said was P · the man X called a liar · what X proposed."""
    tokens = scene.tokens
    if cue.kind != "verb" or cue.passive:
        return
    what = scene.child(cue.at, "obj")
    if what is not None and what < cue.low and scene.lower[what] == "what":
        draft = CandidateBuilder(scene, words, "relative").said_with(cue)
        yield from _one(draft.done([tokens[what].span], "what"))
        return
    at, top = cue.at, None
    for _ in range(3):
        if tokens[at].dep == "acl:relcl":
            top = tokens[at].head
            break
        if tokens[at].head == at or tokens[at].dep not in ("ccomp", "xcomp", "conj"):
            break
        at = tokens[at].head
    # « which X said was P »: the cue stands inside the clause that it governs.
    inner = next((k for k in scene.kids[cue.at] if tokens[k].dep == "ccomp" and k > cue.at), None)
    if top is None or top > cue.at or tokens[top].masked:
        return
    draft = CandidateBuilder(scene, words, "relative").said_with(cue)
    if not draft.who.spans or draft.who.head == top:
        return
    spans = [noun_phrase(scene, top, ceiling=draft_low(scene, draft) - 1)]
    pronoun = next(
        (j for j in range(top + 1, cue.low) if scene.lower[j] in ("which", "that", "whom")), None
    )
    yield from _one(draft.done(spans, "antecedent"))
    if pronoun is not None and inner is None:
        comma = scene.lower[pronoun - 1] == ","
        yield from _one(draft.done([tokens[pronoun].span], "pronoun", f"comma={comma}"))
    if inner is not None:
        low = max(scene.extents[inner][0], cue.high + 1)
        rest = scene.words(low, until(scene, low, scene.extents[inner][1]))
        first = tokens[pronoun].span if pronoun is not None else spans[0]
        yield from _one(draft.done([first, rest], "antecedent-and-clause"))


def draft_low(scene: ParsedSentence, draft: CandidateBuilder) -> int:
    """The first token of the speaker of a draft."""
    start = draft.who.spans[0].start
    return next((i for i, t in enumerate(scene.tokens) if t.span.start >= start), len(scene.tokens))


VERB_RULES = (clause, infinitive, predicate, objects, prepositional, subject_of_passive, relative)
