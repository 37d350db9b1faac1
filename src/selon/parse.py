"""Sentences to tokens: the one door to spaCy, opened late.

A quotation that stands by itself is kept from the parser: one word stands for it, so that the
clause around it is parsed as a clause. Marks of quotations that are woven into a clause are
dropped, their words kept. The article's text is never altered: the parser reads a copy, and each
token is carried back to its place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from selon.faults import SelonError
from selon.records import Quote, Sentence, Span, Token

# What the parser never needs for a statement; each costs a fifth to a third of its time.
UNREAD: Final = ("ner", "lemmatizer", "attribute_ruler", "senter")
# A sentence longer than this is no sentence (a list, a table): parsing it whole costs memory.
LONGEST: Final = 4000
BATCH: Final = 128


@dataclass(frozen=True, slots=True)
class Model:
    """A spaCy package and how its labels read as Universal Dependencies.

    `needs` are the components that this language cannot do without, of those in `UNREAD`.
    """

    package: str
    mask: str
    labels: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Copy:
    """What the parser reads of a sentence: its words, and where each stands in the text."""

    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    masks: tuple[tuple[int, Span], ...]


@lru_cache(maxsize=4)
def load(package: str, needs: tuple[str, ...] = ()) -> Any:
    """The spaCy pipeline of a package, without the components that nobody reads."""
    try:
        import spacy

        return spacy.load(package, exclude=[name for name in UNREAD if name not in needs])
    except (ImportError, OSError) as error:
        raise SelonError(
            f"the model package {package} cannot be loaded ({error}); "
            f"install it: pip install {package.replace('_', '-')}"
        ) from None


def sentences(
    text: str, wanted: Sequence[Sentence], masked: Sequence[Quote], model: Model
) -> tuple[Sentence, ...]:
    """The sentences with their tokens; `masked` are the quotations kept from the parser."""
    return next(iter(batches([(text, wanted, masked)], model)))


def batches(
    articles: Iterable[tuple[str, Sequence[Sentence], Sequence[Quote]]], model: Model
) -> Iterator[tuple[Sentence, ...]]:
    """The same for several articles, parsed together: the parser is faster in batches."""
    nlp = load(model.package, model.needs)
    labels = dict(model.labels)
    work = list(articles)
    copies = [[_copy(text, s, masked, model.mask) for s in wanted] for text, wanted, masked in work]
    docs = (_doc(nlp, c) for many in copies for c in many)
    parsed = nlp.pipe(docs, batch_size=BATCH)
    for (_, wanted, _), many in zip(work, copies, strict=True):
        yield tuple(
            replace(s, tokens=_tokens(next(parsed), c, labels))
            for s, c in zip(wanted, many, strict=True)
        )


def _copy(text: str, sentence: Sentence, masked: Sequence[Quote], mask: str) -> _Copy:
    """The sentence without marks, each masked quotation as one word; same-length otherwise."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    masks: list[tuple[int, Span]] = []
    hidden = {q.outer.start: q.outer for q in masked if sentence.span.holds(q.outer)}
    at = sentence.span.start
    stop = min(sentence.span.end, at + LONGEST)
    while at < stop:
        quote = hidden.get(at)
        if quote is not None:
            masks.append((len(out), quote))
            out.extend(mask)
            starts.extend([at] * len(mask))
            ends.extend([quote.end] * len(mask))
            at = quote.end
            continue
        char = text[at]
        pair = text[at : at + 2] if char in "'`" else ""
        if char in '«»“”„‹›"':
            char = ""
        elif pair in ("''", "``"):
            char, at = "", at + 1
        elif char == "’":
            char = "'"
        elif char.isspace() or not char.isprintable():
            char = " "
        # Two spaces make a token of their own; one after an elision (« L' Iran ») cuts it in two.
        if char == " " and (not out or out[-1] in " '"):
            char = ""
        if char:
            out.append(char)
            starts.append(at)
            ends.append(at + 1)
        at += 1
    return _Copy("".join(out), tuple(starts), tuple(ends), tuple(masks))


def _doc(nlp: Any, copy: _Copy) -> Any:
    doc = nlp.make_doc(copy.words or ".")
    # One sentence is one tree: the parser may not cut what segment held together.
    for n, token in enumerate(doc):
        token.is_sent_start = n == 0
    return doc


def _tokens(doc: Any, copy: _Copy, labels: dict[str, str]) -> tuple[Token, ...]:
    if not copy.words:
        return ()
    masks = {at for at, _ in copy.masks}
    kept = [t for t in doc if not t.is_space and t.idx < len(copy.starts)]
    place = {t.i: n for n, t in enumerate(kept)}
    out = []
    for n, t in enumerate(kept):
        end = t.idx + len(t.text) - 1
        out.append(
            Token(
                span=Span(copy.starts[t.idx], copy.ends[min(end, len(copy.ends) - 1)]),
                text=t.text,
                lemma=t.lemma_,
                pos=t.pos_,
                morph=str(t.morph),
                dep=labels.get(t.dep_, t.dep_),
                head=place.get(t.head.i, n),
                masked=t.idx in masks,
            )
        )
    return tuple(out)
