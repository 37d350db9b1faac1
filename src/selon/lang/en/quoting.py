"""English rules that start from quotation marks and from reports put in or after the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selon.lang.en.candidate_builder import CandidateBuilder
from selon.lang.en.continued_quotes import (
    extras,
    following_quotes,
    quote_beginning_at,
    quote_ending_at,
    starts,
)
from selon.lang.en.cues import Cue, after_quote
from selon.lang.en.parties import NOMINAL, Subject, noun_phrase
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence, trim
from selon.records import Candidate, Quote, Span

# How many tokens after a cue a quotation that it governs may begin.
FARTHEST: Final = 10
SIGNED: Final = re.compile(
    r"[ \t\u00a0]*(?:\r?\n){0,2}[ \t]*(?P<dash>[—–―-]{1,2})[ \t\u00a0]*"
    # An initial or a title has a full stop of its own: « — Ann P. Prew ».
    r"(?P<who>[A-ZÀ-Þ](?:[^\n.“\"—–―]|(?<=\b[A-ZÀ-Þ])\.(?= )|(?<=[DMJS]r)\.(?= )){2,60})"
    r"(?=[.\s]*(?:\n|$|“))"
)


def inserted(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """ "P," X said · "P," said X · P, X says · P, X told Y, Q · "P," he said, "Q" · "P," X said. "Q." """
    if cue.kind != "verb":
        return
    draft = CandidateBuilder(scene, words, "inserted").said_with(cue)
    low = cue.low
    slot = after_quote(scene, cue.low)
    if slot is not None:
        low = slot
    for j, token in enumerate(scene.tokens[:low]):
        named = any(s.start <= token.span.start < s.end for s in draft.who.spans)
        if named and draft.who.how in ("own", "relative"):
            low = min(low, j)
    while (
        low > 0
        and scene.tokens[low - 1].pos in ("ADV", "CCONJ")
        and not scene.tokens[low - 1].masked
    ):
        low -= 1
    last = low - 1
    if last < 0:
        return
    before = scene.lower[last]
    while last >= 0 and not scene.is_word(last) and not scene.tokens[last].masked:
        last -= 1
    mark = _mark(scene, low)
    if last < 0 or not (before in (",", "?", "!", "—", "–", "--", "-", "...", "…") or mark):
        return
    own = quote_ending_at(scene, last)
    quoted = scene.tokens[last].masked or own is not None
    quote = "quote" if quoted else "marked" if mark else "bare"
    after, resumes = _after(scene, draft, others, quoted=quoted)
    extra = following_quotes(scene.text, scene.sentence.span.end, words)
    for content, kind in _before(scene, last, own, others):
        notes = [
            f"before={before if len(before) == 1 else 'mark'}",
            f"ends={quote}",
            f"start={kind}",
            f"order={draft.who.how}",
            f"order+ends={draft.who.how}/{quote}",
            f"governs={_governs(scene, cue)}",
            f"left={_left(scene, cue)}/{quote}",
        ]
        if any(o.at < cue.at and o.mood == "finite" and o.kind == "verb" for o in others):
            notes += ["cue-before", f"cue-before={kind}/{quote}"]
        for joined, how in extras(scene, extra if quote != "bare" else []):
            for rest in [after, []] if after else [[]]:
                goes = f"goes-on={bool(rest)}/{resumes}"
                candidate = draft.done(
                    [*content, *rest], *notes, goes, f"extra={how}", extra=joined
                )
                if candidate is not None:
                    yield candidate


def _left(scene: ParsedSentence, cue: Cue) -> str:
    """What clause the tree hangs on the cue from the left: « P, X said » has one."""
    deps = ("ccomp", "advcl", "obj", "intj")
    return next(
        (
            scene.tokens[k].dep
            for k in scene.kids[cue.at]
            if k < cue.low and scene.tokens[k].dep in deps
        ),
        "none",
    )


def _mark(scene: ParsedSentence, i: int) -> bool:
    gap = scene.between(i)
    return i > 0 and (scene.tokens[i - 1].masked or any(c in gap for c in ("”", '"', "''")))


def _governs(scene: ParsedSentence, cue: Cue) -> bool:
    """Whether the cue has a clause or an object after it, which then is what was said."""
    return any(
        k > cue.high and scene.tokens[k].dep in ("ccomp", "xcomp") for k in scene.kids[cue.at]
    )


def _reported_within(scene: ParsedSentence, low: int, high: int, others: tuple[Cue, ...]) -> bool:
    """Whether a stretch holds a quotation and its report: « "P," he said, noting that Q »."""
    mask = scene.find(low, high, lambda j: scene.tokens[j].masked)
    if mask is None:
        return False
    reports = (c for c in others if c.kind == "verb" and c.mood == "finite")
    return any(mask < c.at <= high and after_quote(scene, c.low) is not None for c in reports)


def _before(
    scene: ParsedSentence, last: int, own: Quote | None, others: tuple[Cue, ...]
) -> Iterator[tuple[list[Span], str]]:
    """What stands before the report: the quotation alone, or the whole sentence so far."""
    masked = scene.tokens[last].masked
    first = last
    if masked:
        yield [scene.words(last, last)], "quote"
    start = scene.find(0, last + 1, lambda j: scene.is_word(j) or scene.tokens[j].masked) or 0
    if own is not None:
        yield [own.outer], "quote"
        if scene.tokens[start].span.start >= own.outer.start:
            return
    for j in range(last, start, -1):
        if scene.lower[j] == ";":
            start = j + 1
            break
    if _reported_within(scene, start, last, others):
        return
    if start < first or not masked:
        yield [scene.words(start, last)], "sentence"
        if scene.lower[start] in ("but", "and", "so", "yet") and start + 1 <= last:
            yield [scene.words(start + 1, last)], "no-conjunction"


def _after(
    scene: ParsedSentence, draft: CandidateBuilder, others: tuple[Cue, ...], *, quoted: bool
) -> tuple[list[Span], str]:
    """What goes on after an inserted report, and what stands between.

    "P," he said, "Q" · "P," he said, but "Q" · P, he said, Q. A quotation goes on in a quotation
    only, and only in one; where another verb of report stands between (« he said, adding, "Q" »)
    what follows is that verb's.
    """
    cue = draft.cue
    if cue is None:
        return [], "none"
    reach = cue.high
    for span in draft.who.spans:
        inside = [i for i, t in enumerate(scene.tokens) if span.start <= t.span.start < span.end]
        reach = max([reach, *inside])
    size = len(scene.tokens)
    mask = scene.find(reach + 1, size, lambda j: starts(scene, j))
    if mask is not None:
        quote = quote_beginning_at(scene, mask)
        goes = scene.tokens[mask].span if quote is None else quote.outer
        kind = _between(scene, reach + 1, mask, others)
        near = kind in ("at-once", "conjunction")
        if not quoted or kind == "cue" or (quote is not None and not near):
            return [], kind
        return [goes], kind
    if quoted or scene.tokens[cue.at].dep == "root":
        return [], "none"
    j = reach + 1
    if j + 2 < size and scene.lower[j] == "," and scene.is_word(j + 1):
        return [scene.words(j + 1, size - 1)], "bare"
    return [], "none"


def _between(scene: ParsedSentence, low: int, high: int, others: tuple[Cue, ...]) -> str:
    """What stands from a report to the quotation that may go on after it."""
    inside = [j for j in range(low, high) if scene.is_word(j)]
    if not inside:
        return "at-once"
    if any(low <= c.at < high and c.kind == "verb" for c in others):
        return "cue"
    if any(scene.tokens[j].pos == "VERB" for j in inside):
        return "verb"
    if all(scene.lower[j] in ("and", "but", "so", "because", "yet", "that") for j in inside):
        return "conjunction"
    return "words" if len(inside) <= 4 else "many-words"


def quote_after(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X said: "Q" · X said, "Q" · X wrote that "Q" · X called it "Q" · X continued:⏎"Q" · X rose. "Q" """
    size = len(scene.tokens)
    mask = scene.find(cue.high + 1, size, lambda j: scene.tokens[j].masked)
    extra = following_quotes(scene.text, scene.sentence.span.end, words)
    draft = CandidateBuilder(scene, words, "quote-after").said_with(cue)
    if mask is None:
        ends = scene.text[scene.sentence.span.start : scene.sentence.span.end].rstrip()[-1:]
        if extra and (ends == ":" or (ends == "," and cue.kind == "verb")):
            later = [c for c in others if c.at > cue.at]
            near = min(len(scene.tokens) - 1 - cue.high, 4)
            notes = ["next-paragraph", f"ends={ends}", f"later={bool(later)}", f"colon={near}"]
            yield from _of(draft, [extra[0]], extra[1:], notes)
        elif extra and ends == "." and _main(scene, cue) and not scene.quotes:
            line = "\n" in scene.text[scene.sentence.span.end : extra[0].start]
            notes = ["next-sentence", f"next-sentence+cue={cue.lemma}", f"new-paragraph={line}"]
            yield from _of(draft, [extra[0]], extra[1:], notes)
        return
    between = scene.lower[cue.high + 1 : mask]
    edge = mask - 1 if between and between[-1] in (",", ":") else mask
    if any(cue.at < c.at and c.high + 1 == edge and c.kind == "verb" for c in others):
        # « he said, adding: "P" »: the verb right before the mark governs it, mostly.
        draft.features.append("cue-nearer")
    if any(cue.at < c.at < mask and c.kind == "verb" for c in others):
        draft.features.append("cue-between")
    gap = len(between)
    last = mask
    notes = [
        f"before={between[-1] if between and not between[-1].isalnum() else 'word' if between else 'cue'}",
        f"gap={'0' if gap == 0 else '1' if gap == 1 else '2-6' if gap <= 6 else '7+'}",
    ]
    for joined, how in extras(scene, extra):
        yield from _of(draft, [scene.words(mask, last)], joined, [*notes, f"extra={how}"])
    verbs = any(scene.tokens[j].pos == "VERB" for j in range(cue.high + 1, mask))
    # « saying at the door, "Q" »: after a comma or a colon the words between are the outlet's.
    if gap > 2 and not (verbs and between[-1] in (",", ":")):
        low = cue.high + 1
        yield from _of(draft, [scene.words(low, last)], [], [*notes, "from-cue"])


def _main(scene: ParsedSentence, cue: Cue) -> bool:
    """Whether a cue is its sentence's verb, or what that verb aims at: « X rose to speak. "Q" »."""
    token = scene.tokens[cue.at]
    above = scene.tokens[token.head]
    aim = token.dep in ("xcomp", "conj", "advcl") and above.dep == "root"
    return cue.kind == "verb" and (token.dep == "root" or aim)


def woven(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X said "Q" · X told Y that "Q" · X called Y "Q" · X chanted "Q" and left: up to the mark."""
    if cue.mood == "finite" and after_quote(scene, cue.low) is not None:
        # « "P," she said on "The Rye Hour" »: the report has its words before it.
        return
    low = cue.high + 1
    first = scene.find(low, low + FARTHEST, lambda j: quote_beginning_at(scene, j) is not None)
    quote = None if first is None else quote_beginning_at(scene, first)
    if first is None or quote is None or any(scene.tokens[j].masked for j in range(low, first)):
        return
    link = scene.lower[first - 1] if first > low else "cue"
    rest = scene.text[quote.outer.end : scene.sentence.span.end].strip()
    ends = scene.text[quote.inner.end - 1]
    notes = [
        f"gap={min(first - low, 4)}",
        f"link={link}",
        f"capital={scene.text[quote.inner.start].isupper()}",
        f"ends={ends if not ends.isalnum() else 'word'}/{'end' if len(rest) < 2 else 'goes-on'}",
        f"between={'-'.join(scene.tokens[j].pos for j in range(low, min(first, low + 3)))}",
    ]
    if any(low <= c.at < first for c in others):
        notes.append("cue-between")
    long = [w for w in quote.inner.of(scene.text).split() if len(w) > 3]
    if long and all(not w[0].islower() for w in long):
        notes.append("like-a-title")
    begins = {first: "quote", low: "from-cue"}
    if "that" in scene.lower[low:first]:
        begins[scene.lower.index("that", low)] = "from-that"
    extra = following_quotes(scene.text, scene.sentence.span.end, words) if len(rest) < 2 else []
    for start, kind in begins.items():
        content = (
            quote.outer if start == first else Span(scene.tokens[start].span.start, quote.outer.end)
        )
        for joined, how in extras(scene, extra):
            draft = CandidateBuilder(scene, words, "woven").said_with(cue)
            yield from _of(draft, [content], joined, [*notes, f"start={kind}", f"extra={how}"])


def _of(
    draft: CandidateBuilder, content: list[Span], extra: list[Span], notes: list[str]
) -> Iterator[Candidate]:
    candidate = draft.done(content, *notes, extra=extra)
    if candidate is not None:
        yield candidate


def name_colon(
    scene: ParsedSentence, words: Lexicon, found: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X: P (headlines) · X: "Q" · CHAIR: P (dialogue) · P: X (headlines)."""
    colon = scene.find(1, min(len(scene.tokens) - 1, 14), lambda j: scene.lower[j] == ":")
    if colon is None:
        return
    head = next((j for j in range(colon - 1, -1, -1) if scene.tokens[j].pos in NOMINAL), None)
    if head is None:
        return
    for _ in range(5):
        up = scene.tokens[head].head
        if up < colon and up != head and scene.tokens[up].pos in NOMINAL:
            head = up
    masked = scene.tokens[colon + 1].masked
    spans = {
        "before": (
            noun_phrase(scene, head, ceiling=colon - 1),
            scene.words(colon + 1, len(scene.tokens) - 1),
        ),
    }
    verbs = any(t.pos in ("VERB", "AUX") for t in scene.tokens[:colon])
    for how, (who, content) in spans.items():
        draft = CandidateBuilder(scene, words, "name-colon").said_by(Subject((who,), head, how))
        draft.cue_spans = (scene.tokens[colon].span,)
        upper = scene.tokens[0].text.isupper() and len(scene.tokens[0].text) > 2
        draft.features += [
            f"colon={'1-2' if colon <= 2 else '3-6' if colon <= 6 else '7+'}",
            f"verb-before={verbs}",
            f"upper={upper}",
            f"capital={scene.tokens[0].pos == 'PROPN'}",
            f"masked={masked}",
            f"headline-colon={scene.headline}/{verbs}",
        ]
        extra = following_quotes(scene.text, scene.sentence.span.end, words) if masked else []
        yield from _of(draft, [content], extra, ["turn=sentence"])
        rest = _rest_of_paragraph(scene)
        if upper and rest and not masked:
            yield from _of(draft, [content], rest, ["turn=paragraph"])


def _rest_of_paragraph(scene: ParsedSentence) -> list[Span]:
    """What follows a sentence in its paragraph: in a transcript the whole turn is one's own."""
    start = scene.sentence.span.end
    line = scene.text.find("\n", start)
    span = trim(scene.text, Span(start, len(scene.text) if line < 0 else line))
    return [span] if span.end > span.start else []


def dash_name(scene: ParsedSentence, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
    """ "Q" — X: a quotation signed after a dash, in its sentence or right after it."""
    mask = scene.find(0, len(scene.tokens), lambda j: scene.tokens[j].masked)
    if mask is None:
        return
    # The parser's tokens may join the dash to the quotation: its mark tells where it ends.
    quote = scene.quote_at(scene.tokens[mask].span.start)
    outer = quote.outer if quote is not None else scene.tokens[mask].span
    match = SIGNED.match(scene.text, outer.end)
    if match is None:
        return
    who = Span(match.start("who"), match.start("who") + len(match["who"].rstrip()))
    # Weighed as any report after a quotation: signed ones are too rare to be learnt by themselves.
    draft = CandidateBuilder(scene, words, "inserted").said_by(Subject((who,), None, "own"))
    draft.cue_spans = (Span(*match.span("dash")),)
    notes = ["before=mark", "ends=quote", "start=quote", "order=own", "order+ends=own/quote"]
    notes += ["subject=name", "governs=False", "goes-on=False/none", "extra=none"]
    yield from _of(draft, [outer], [], notes)


QUOTE_RULES = (name_colon, dash_name)
CUE_QUOTE_RULES = (inserted, quote_after, woven)
