"""What the ledger compares: a statement, as words of one article, and those words folded.

Folding makes words equal that differ by typography alone: case, accents, hyphens, elision, the
signs of numbers and units. Where a word stands in the text is kept, so that a change can be shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import Final

from selon.ledger.lexicon import Lexicon, lexicon
from selon.records import Form, Span, Spans


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement as the ledger sees it: pure words with what is known of them.

    `id` and `article` are addresses; `published` is EDTF; `speaker_key` is the same for the same
    speaker across articles, None where nobody knows who speaks; `speaker_name` is what
    people read, `speaker_named` whether the article itself gives a name; `relayed` holds the keys of those
    the text takes the words from (`via`), nearest the speaker first; `copy_of` the article that
    this one is a copy of; `spans` are its places in the article's text, where they are known.
    """

    id: str
    article: str
    words: str
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    speaker_key: str | None = None
    form: Form | None = None
    relayed: tuple[str, ...] = ()
    copy_of: str | None = None
    speaker_name: str | None = None
    speaker_named: bool = True
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and its place; `number` says that it is one.

    `soft` is which bracket the word stands in, counted from 1: the newspaper's own, 0 outside.

    `opens` marks the first word of a sentence, `name` a capital inside one, `gap` an ellipsis mark
    before the word.
    """

    fold: str
    span: Span
    number: bool = False
    soft: int = 0
    opens: bool = False
    name: bool = False
    gap: bool = False


GAP: Final = re.compile(r"[(\[]\s*(?:\.\s?\.\s?\.?|…)\s*[)\]]")
PIECE: Final = re.compile(
    r"(?P<gap>[(\[]\s*(?:\.\s?\.\s?\.?|…)\s*[)\]])"
    r"|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<number>\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:[-\u2010\u2011\u00ad][^\W\d_]+)*)(?P<elision>['’ʼ](?=[^\W_]))?"
    r"|(?P<sign>[€$%])"
    r"|(?P<stop>[.!?…]+(?=\s|$)|[:;])"
)
LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, accents, hyphens and ligatures."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(LIGATURES))
    return intern("".join(c for c in plain if c.isalpha() or c.isdigit() or c in "€$%"))


def _figure(digits: str) -> str:
    """Digits in one way of writing: `75.000` and `75 000` are 75000, `1,40` is 1.4."""
    groups = re.split(r"[.,\s\u00a0\u202f]", digits)
    if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]):
        return str(int("".join(groups)))
    whole = digits.replace(",", ".")
    return whole.rstrip("0").rstrip(".") if "." in whole else str(int(whole))


def _spelled(raw: str, known: Lexicon) -> int | None:
    """The value of a number written as one word, `vingt-quatre` too; None for another word."""
    total = 0
    parts = re.split(r"[-\u2010\u2011]", raw)
    for part in parts:
        word = fold(part)
        if word == "et" and len(parts) > 1:
            continue
        if word in known.units:
            total += known.units[word]
        elif word in known.tens:
            # « quatre-vingts » is four times twenty.
            total = total * known.tens[word] if 1 < total < 10 else total + known.tens[word]
        else:
            return None
    return total


def overlap(a: Saying, b: Saying) -> bool:
    """Whether two sayings of one article have words of its text in common: never one utterance.

    A report and one that stands inside it, a quotation and the sentence round it.
    """
    return a.article == b.article and any(
        x.start < y.end and y.start < x.end for x in a.spans for y in b.spans
    )


def words(text: str, language: str | None = None) -> tuple[Word, ...]:
    """The folded words of a text in its language; never raises."""
    known = lexicon(language)
    found: list[Word] = []
    depth, bracket, opens, gap, held = 0, 0, True, False, ""
    shouted = text.isupper()
    for m in PIECE.finditer(text):
        kind = m.lastgroup if m.lastgroup != "elision" else "word"
        span = Span(*m.span())
        if kind == "gap":
            gap, opens = True, True
        elif kind == "stop":
            opens = True
        elif kind == "open":
            depth += 1
            bracket += depth == 1
        elif kind == "close":
            depth = max(0, depth - 1)
        else:
            if kind == "number" and found and _belongs(m, found[-1], known):
                found[-1] = replace(found[-1], span=Span(found[-1].span.start, m.end()))
                continue
            raw = m["word"] or m[0]
            capital = raw[:1].isupper() and not shouted
            if m["elision"] and fold(raw) not in known.elided:
                held += fold(raw)  # « aujourd’hui », `don't`: one word with its mark left out
                continue
            new = _word(m, held, known)
            held = ""
            for n, (value, number) in enumerate(new):
                first = opens and n == 0
                named = capital and not first and not number
                found.append(
                    Word(value, span, number, bracket if depth else 0, first, named, gap and n == 0)
                )
            opens, gap = opens and not new, gap and not new
    return tuple(_multiplied(found, text, known))


def _belongs(m: re.Match[str], last: Word, known: Lexicon) -> bool:
    """Whether digits are a part of the name before them that may be left out: Covid-19."""
    near = m.start() - last.span.end <= 1
    return near and known.same.get(last.fold + m[0]) == last.fold


def _word(m: re.Match[str], held: str, known: Lexicon) -> list[tuple[str, bool]]:
    """The folded word or words of one match after what is held, and whether each is a number."""
    if m["number"]:
        return [(_figure(m[0]), True)]
    raw = m["word"] or m[0]
    value = None if held else _spelled(raw, known)
    if value is not None:
        return [(str(value), True)]
    plain = held + fold(raw)
    if m["elision"]:
        plain = known.elided.get(plain, plain)
    if plain in known.ordinals:
        return [(f"{known.ordinals[plain]}e", True)]
    return [(part, False) for part in known.same.get(plain, plain).split()]


def _multiplied(found: list[Word], text: str, known: Lexicon) -> list[Word]:
    """The words with `six millions` as the one number 6000000."""
    done: list[Word] = []
    for word in found:
        last = done[-1] if done else None
        near = last is not None and not text[last.span.end : word.span.start].strip()
        if word.fold in known.times and last is not None and last.number and near:
            try:
                value = float(last.fold) * known.times[word.fold]
            except ValueError:
                done.append(word)
                continue
            span = Span(last.span.start, word.span.end)
            shown = str(int(value)) if value == int(value) else str(value)
            done[-1] = Word(shown, span, True, last.soft, last.opens, False, last.gap)
        else:
            done.append(word)
    return done


def folded(text: str, language: str | None = None) -> tuple[str, ...]:
    """Only the folded words, without what stands in brackets: what two sayings are matched by."""
    return tuple(w.fold for w in words(text, language) if not w.soft)
