"""What goes on after an English report: quotations beyond it, and reports after a question mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selon.lang.en.cues import THOUGHT
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Quote, Span

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
SHORT: Final = re.compile(
    r"\s+(?:[\w.’'-]+\s+){0,7}?(?:\w+(?:ed|s)|said|told|wrote|sang|went|read|spoke|shot|thought|began|put)\b"
)
ASKING: Final = frozenset(
    "say ask tell add demand shout yell exclaim wonder declare reply respond continue write tweet "
    "cry joke quip note boom chant insist retort recall explain argue beam inquire".split()
)
# What follows a verb that has its words before it: « "Why?" Prew questioned on Monday. »
CLOSED: Final[tuple[list[str], ...]] = (
    *([], ["."], [","], [";"], ["in"], ["on"], ["at"], ["to"], ["as"], ["during"], ["when"]),
    *(["after"], ["before"], ["with"], ["while"], ["back"], ["again"]),
)
MAX_INTERRUPTIONS: Final = 30


def following_quotes(text: str, at: int, words: Lexicon) -> list[Span]:
    """Quotations that go on after a report: « "P," he said. "Q. R." », and whole paragraphs."""
    out: list[Span] = []
    for _ in range(MAX_INTERRUPTIONS):
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
            # Some papers reopen a quotation with another mark than the one that it began with.
            if follows is None:
                break
            out.append(Span(start, line))
            at = line
            continue
        inner = text[start + wide : closer.start()].rstrip()
        rest = text[closer.end() : line]
        if not ENDS.search(inner) or (new_paragraph and rest.strip()):
            break
        if inner[-1:] in "?!—" and _is_report(rest, words):
            break
        out.append(Span(start, closer.end()))
        at = closer.end()
    return out


def _is_report(rest: str, words: Lexicon) -> bool:
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
    return _is_report(rest, words) and bool(SHORT.match(rest))


def extras(scene: ParsedSentence, extra: list[Span]) -> Iterator[tuple[list[Span], str]]:
    """Nothing that goes on after the report, what its paragraph still quotes, or all of it."""
    line = scene.text.find("\n", scene.sentence.span.end)
    near = [s for s in extra if line < 0 or s.start < line]
    far = len(near) < len(extra)
    # A paragraph that ends without its mark goes on in the next; one that closes it need not.
    edge = (near[-1].end if near else scene.sentence.span.end) - 1
    over = ("/closed" if scene.text[edge] in "”\"'“" else "/open") if far else ""
    yield extra, f"all{over}" if extra else "none"
    if near and far:
        yield near, f"near{over}"
    if extra:
        yield [], f"dropped-near{over}" if near else f"dropped{over}"


def quote_ending_at(scene: ParsedSentence, last: int) -> Quote | None:
    """The quotation, read word by word, that ends with a token: « "Out!" », « "So it is," »."""
    if scene.tokens[last].masked:
        return None
    end = scene.tokens[last].span.end
    found = (q for q in scene.quotes if q.depth == 0 and q.inner.start < end <= q.inner.end)
    quote = next(found, None)
    if quote is None or quote.outer.start < scene.sentence.span.start:
        return None
    return None if any(c.isalnum() for c in scene.text[end : quote.inner.end]) else quote


def quote_beginning_at(scene: ParsedSentence, i: int) -> Quote | None:
    """The quotation, read word by word, that begins with a token."""
    if scene.tokens[i].masked or not scene.is_word(i):
        return None
    start = scene.tokens[i].span.start
    low = scene.tokens[i - 1].span.end if i else scene.sentence.span.start
    return next((q for q in scene.quotes if not q.depth and low <= q.outer.start < start), None)


def starts(scene: ParsedSentence, j: int) -> bool:
    """Whether a quotation begins with a token."""
    return scene.tokens[j].masked or quote_beginning_at(scene, j) is not None
