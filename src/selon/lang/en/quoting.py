"""English rules that start from quotation marks and from reports put in or after the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selon.lang.en.build import Draft
from selon.lang.en.cues import THOUGHT, Cue, after_quote
from selon.lang.en.parties import NOMINAL, Subject, noun_phrase
from selon.lang.en.words import Lexicon
from selon.records import Candidate, Span
from selon.tree import Scene

OPENS: Final = re.compile(r"[ \t\u00a0]*(?:\r?\n\s*)?(?=[“\"]|''|``)")
ENDS: Final = re.compile(r"[.?!…—-]['’]?$")
# « "Why not?" she asked. » is a report of its own, not the end of the last one.
REPORTED: Final = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*|he|she|they|the|a|an|said|asked)\b[^“\"\n]{0,90}"
)
# What ends a quotation by the mark that opened it; an agency's marks do not always match.
CLOSES: Final = {
    "“": re.compile(r"”|(?<=[.,?!…—])[\"“](?=\s|$)"),
    '"': re.compile(r"\"|(?<=[.,?!…—])”"),
    "'": re.compile(r"''"),
    "`": re.compile(r"''"),
}
SIGNED: Final = re.compile(
    r"[ \t\u00a0]*(?:\r?\n){0,2}[ \t]*(?P<dash>[—–―-]{1,2})[ \t\u00a0]*"
    r"(?P<who>[A-ZÀ-Þ][^\n.“\"—–―]{2,60})(?=[.\s]*(?:\n|$|“))"
)
SHORT: Final = re.compile(r"\s+(?:[\w.’'-]+\s+){0,7}?(?:\w+(?:ed|s)|said|told|wrote|sang)\b")
ASKING: Final = frozenset(
    "say ask tell add demand shout yell exclaim wonder declare reply respond continue write tweet "
    "cry joke quip note boom chant insist retort recall explain argue beam inquire".split()
)
# What follows a verb that has its words before it: « "Why?" Prew questioned on Monday. »
CLOSED: Final[tuple[list[str], ...]] = (
    *([], ["."], [","], [";"], ["in"], ["on"], ["at"], ["to"], ["as"], ["during"], ["when"]),
    *(["after"], ["before"], ["with"], ["while"], ["back"], ["again"]),
)
MOST: Final = 30


def following(text: str, at: int, words: Lexicon) -> list[Span]:
    """Quotations that go on after a report: « "P," he said. "Q. R." », and whole paragraphs."""
    out: list[Span] = []
    for _ in range(MOST):
        opened = OPENS.match(text, at)
        if opened is None or opened.end() >= len(text):
            break
        start = opened.end()
        wide = 2 if text[start] in "'`" else 1
        line = text.find("\n", start)
        line = len(text) if line < 0 else line
        closer = CLOSES[text[start]].search(text, start + wide, line)
        new_paragraph = "\n" in text[at:start]
        if closer is None:
            follows = OPENS.match(text, line)
            if follows is None or text[follows.end() : follows.end() + 1] != text[start]:
                break
            out.append(Span(start, line))
            at = line
            continue
        inner = text[start + wide : closer.start()].rstrip()
        rest = text[closer.end() : line]
        if not ENDS.search(inner) or (new_paragraph and rest.strip()):
            break
        if inner[-1:] in "?!—" and _reported(rest, words):
            break
        out.append(Span(start, closer.end()))
        at = closer.end()
    return out


def _reported(rest: str, words: Lexicon) -> bool:
    match = REPORTED.match(rest)
    if match is None:
        return False
    heard = re.findall(r"[\w'’-]+|[,.;:!?]", match[0])[:10]
    at = next((n for n, w in enumerate(heard) if _asks(heard, n, words)), None)
    if at is None:
        return False
    before = heard[1:at]
    # « Prew said », « he asked », « the mayor of Rye demanded »; not « He left. Prew said ».
    return not any(w in ".;:!?" for w in before)


def _asks(heard: list[str], n: int, words: Lexicon) -> bool:
    """« Prew said it », « Prew questioned. »; not « Prew questioned the plan »."""
    lemma = words.forms.get(heard[n])
    if lemma is None or lemma in ASKING:
        return lemma is not None
    return words.verbs[lemma] not in THOUGHT and heard[n + 1 : n + 2] in CLOSED


def resumes(rest: str, words: Lexicon) -> bool:
    """Whether what follows a quotation's « ?" » is its report: « "Why?" Prew asked. »"""
    return _reported(rest, words) and bool(SHORT.match(rest))


def inserted(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """ "P," X said · "P," said X · P, X says · P, X told Y, Q · "P," he said, "Q" · "P," X said. "Q." """
    if cue.kind != "verb":
        return
    draft = Draft(scene, words, "inserted").said_with(cue)
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
    after = _after(scene, cue, draft)
    extra = following(scene.text, scene.sentence.span.end, words)
    for content, kind in _before(scene, last):
        quote = "quote" if scene.tokens[last].masked else "marked" if mark else "bare"
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
            notes.append("cue-before")
        for joined, how in _extras(scene, extra if quote != "bare" else []):
            for rest in [after, []] if after else [[]]:
                goes = f"goes-on={bool(rest)}/{bool(after)}"
                candidate = draft.done(
                    [*content, *rest], *notes, goes, f"extra={how}", extra=joined
                )
                if candidate is not None:
                    yield candidate


def _left(scene: Scene, cue: Cue) -> str:
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


def _extras(scene: Scene, extra: list[Span]) -> Iterator[tuple[list[Span], str]]:
    """Nothing that goes on after the report, what its paragraph still quotes, or all of it."""
    line = scene.text.find("\n", scene.sentence.span.end)
    near = [s for s in extra if line < 0 or s.start < line]
    yield extra, "all" if extra else "none"
    if near and len(near) < len(extra):
        yield near, "near"
    if extra:
        yield [], "dropped-near" if near else "dropped"


def _mark(scene: Scene, i: int) -> bool:
    gap = scene.between(i)
    return i > 0 and (scene.tokens[i - 1].masked or any(c in gap for c in ("”", '"', "''")))


def _governs(scene: Scene, cue: Cue) -> bool:
    """Whether the cue has a clause or an object after it, which then is what was said."""
    return any(
        k > cue.high and scene.tokens[k].dep in ("ccomp", "xcomp") for k in scene.kids[cue.at]
    )


def _before(scene: Scene, last: int) -> Iterator[tuple[list[Span], str]]:
    """What stands before the report: the quotations alone, or the whole sentence so far."""
    masked = scene.tokens[last].masked
    first = last
    if masked:
        yield [scene.words(last, last)], "quote"
    start = scene.find(0, last + 1, lambda j: scene.is_word(j) or scene.tokens[j].masked) or 0
    for j in range(last, start, -1):
        if scene.lower[j] == ";":
            start = j + 1
            break
    if start < first or not masked:
        yield [scene.words(start, last)], "sentence"
        if scene.lower[start] in ("but", "and", "so", "yet") and start + 1 <= last:
            yield [scene.words(start + 1, last)], "no-conjunction"


def _after(scene: Scene, cue: Cue, draft: Draft) -> list[Span]:
    """What goes on after an inserted report and its comma: "P," he said, "Q"; P, he said, Q."""
    reach = cue.high
    for span in draft.who.spans:
        inside = [i for i, t in enumerate(scene.tokens) if span.start <= t.span.start < span.end]
        reach = max([reach, *inside])
    size = len(scene.tokens)
    mask = scene.find(reach + 1, size, lambda j: scene.tokens[j].masked)
    if mask is not None:
        return [scene.tokens[mask].span]
    if scene.tokens[cue.at].dep == "root":
        return []
    j = reach + 1
    if j + 2 < size and scene.lower[j] == "," and scene.is_word(j + 1):
        return [scene.words(j + 1, size - 1)]
    return []


def quote_after(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X said: "Q" · X said, "Q" · X wrote that "Q" · X called it "Q" · X continued:⏎"Q"."""
    size = len(scene.tokens)
    mask = scene.find(cue.high + 1, size, lambda j: scene.tokens[j].masked)
    extra = following(scene.text, scene.sentence.span.end, words)
    draft = Draft(scene, words, "quote-after").said_with(cue)
    if mask is None:
        ends = scene.text[scene.sentence.span.start : scene.sentence.span.end].rstrip()[-1:]
        if extra and ends in (":", ",") and cue.kind == "verb":
            yield from _of(draft, [extra[0]], extra[1:], ["next-paragraph", f"ends={ends}"])
        return
    between = scene.lower[cue.high + 1 : mask]
    if any(cue.at < c.at < mask and c.kind == "verb" for c in others):
        draft.features.append("cue-between")
    gap = len(between)
    last = mask
    notes = [
        f"before={between[-1] if between and not between[-1].isalnum() else 'word' if between else 'cue'}",
        f"gap={'0' if gap == 0 else '1' if gap == 1 else '2-6' if gap <= 6 else '7+'}",
    ]
    for joined, how in _extras(scene, extra):
        yield from _of(draft, [scene.words(mask, last)], joined, [*notes, f"extra={how}"])
    if gap > 2:
        low = cue.high + 1
        yield from _of(draft, [scene.words(low, last)], [], [*notes, "from-cue"])


def _of(
    draft: Draft, content: list[Span], extra: list[Span], notes: list[str]
) -> Iterator[Candidate]:
    candidate = draft.done(content, *notes, extra=extra)
    if candidate is not None:
        yield candidate


def quote_alone(scene: Scene, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
    """ "Q." with no cue in its sentence."""
    tokens = scene.tokens
    start = scene.sentence.span.start
    line = scene.text.rfind("\n", 0, start) + 1
    paragraph = scene.text[line:start].rstrip()
    earlier = scene.text[max(0, line - 200) : line].rstrip()
    for i, token in enumerate(tokens):
        if not token.masked:
            continue
        bare = sum(1 for j in range(len(tokens)) if scene.is_word(j) and not tokens[j].masked)
        draft = Draft(scene, words, "quote-alone")
        kind = "opens" if not paragraph else "after-quote" if paragraph[-1] in "”\"'" else "inside"
        marked = any(c in paragraph for c in '”"')
        draft.features += [
            "only-quote" if bare == 0 else f"outside={'1-3' if bare <= 3 else '4+'}",
            f"cues={min(len(found), 2)}",
            f"paragraph={kind}/{marked}",
            f"earlier={earlier[-1:] if earlier[-1:] in ':”.' else 'other'}",
            f"starts={'quote' if i == 0 else 'later'}",
        ]
        extra = (
            following(scene.text, scene.sentence.span.end, words) if i == len(tokens) - 1 else []
        )
        yield from _of(draft, [token.span], extra, [])
        break


def name_colon(scene: Scene, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
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
        draft = Draft(scene, words, "name-colon").said_by(Subject((who,), head, how))
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
        extra = following(scene.text, scene.sentence.span.end, words) if masked else []
        yield from _of(draft, [content], extra, [])


def dash_name(scene: Scene, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
    """ "Q" — X: a quotation signed after a dash, in its sentence or right after it."""
    mask = scene.find(0, len(scene.tokens), lambda j: scene.tokens[j].masked)
    if mask is None:
        return
    end = scene.tokens[mask].span.end
    match = SIGNED.match(scene.text, end)
    if match is None:
        return
    who = Span(match.start("who"), match.start("who") + len(match["who"].rstrip()))
    # Weighed as any report after a quotation: signed ones are too rare to be learnt by themselves.
    draft = Draft(scene, words, "inserted").said_by(Subject((who,), None, "own"))
    draft.cue_spans = (Span(*match.span("dash")),)
    notes = ["before=mark", "ends=quote", "start=quote", "order=own", "order+ends=own/quote"]
    notes += ["subject=name", "governs=False", "goes-on=False/False", "extra=none"]
    yield from _of(draft, [scene.tokens[mask].span], [], notes)


QUOTE_RULES = (quote_alone, name_colon, dash_name)
CUE_QUOTE_RULES = (inserted, quote_after)
