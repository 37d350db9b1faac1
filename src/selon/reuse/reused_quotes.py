"""What the ledger compares: a statement, as words of one article, and those words folded.

Folding makes words equal that differ by typography alone: case, accents, hyphens, elision, the
signs of numbers and units. Where a word stands in the text is kept, so that a change can be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Final

from selon.records import Form, Span, Spans, Stance
from selon.reuse.lexicon import ReuseLexicon, begins, lexicon
from selon.reuse.numerals import numeral, parts


@dataclass(frozen=True, slots=True)
class ReusedQuote:
    """A statement as the ledger sees it: pure words with what is known of them.

    `id` and `article` are addresses; `published` is EDTF; `speaker_key` is the same for the same
    speaker across articles, None where nobody knows who speaks; `speaker_name` is what
    people read, `speaker_named` whether the article itself gives a name; `relayed` holds the keys of those
    the text takes the words from (`via`), nearest the speaker first; `copy_of` the article that
    this one is a copy of; `spans` are its places in the article's text, where they are known;
    `cue` is what brings it in there, `stance` whether the article denies that it was said;
    `gender` is the speaker's (`male`, `female`), where it is known.
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
    cue: str | None = None
    stance: Stance = "asserted"
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteWord:
    """A folded word and its place; `number` says that it is one.

    `soft` is which bracket the word stands in, counted from 1: the newspaper's own, 0 outside; less
    than 0 where that bracket is marked as a note (`brackets.noted`).

    `opens` marks the first word of a sentence, `name` a capital inside one, `gap` an ellipsis mark
    before the word, `pause` a comma or a dash.
    """

    fold: str
    span: Span
    number: bool = False
    soft: int = 0
    opens: bool = False
    name: bool = False
    gap: bool = False
    pause: bool = False


GAP: Final = re.compile(r"[(\[]\s*(?:\.\s?\.\s?\.?|…)\s*[)\]]")
PIECE: Final = re.compile(
    r"(?P<gap>[(\[]\s*(?:\.\s?\.\s?\.?|…)\s*[)\]])"
    # « [in]certain », « fermé(e)s », `[T]he`: letters in brackets beside others are one word with them.
    r"|(?P<glued>[(\[][^\W\d_]{1,6}[)\]][^\W\d_]+|[^\W\d_]++(?:[(\[][a-zß-ÿ]{1,3}[)\]][^\W\d_]*)+)"
    r"|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<number>\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
    # « .5 percent », « ½ »
    r"|(?<![^\s($€£])\.\d+|[¼½¾⅐-⅞])"
    r"|(?P<word>[^\W\d_]+(?:[-\u2010\u2011\u00ad][^\W\d_]+)*)(?P<elision>['’ʼ](?=[()\[\]]*[^\W_]))?"
    r"|(?P<sign>[€$%£¥₽‰]|(?<![^\s(\[«“\"])[-\u2212\u2013](?=\d)|[<>≤≥≈~±](?=\s?\d))"
    r"|(?P<stop>[.!?…]+(?=\s|$)|[:;])"
    r"|(?P<pause>[,–—]|-(?=\s))"
)
# The letters behind the figures of an ordinal: 14e, 14ème, 14th.
_ENDING: Final = re.compile(r"[^\W\d_]{1,5}\b")
_MINUS: Final = "-\u2212\u2013"
HYPHEN: Final = re.compile("[-\u2010\u2011]")
# Words of the longest number that is read.
_MAX_CHARS: Final = 16
LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, accents, hyphens and ligatures."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(LIGATURES))
    return intern("".join(c for c in plain if c.isalpha() or c.isdigit() or c in "€$%"))


def _figure(digits: str, decimals: frozenset[str]) -> str:
    """Digits in one way of writing: « 75.000 » and « 75 000 » are 75000, « 1,40 » is 1.4."""
    groups = re.split(r"[.,'’\s\u00a0\u202f]", digits)
    fraction = len(groups) == 2 and (groups[0] in ("", "0") or digits[len(groups[0])] in decimals)
    if fraction and len(groups[1]) == 3:
        return f"{int(groups[0] or 0)}.{groups[1]}"  # it may be a thousand of another language
    if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]):
        return str(int("".join(groups)))
    whole = digits.replace(",", ".")
    whole = f"0{whole}" if whole.startswith(".") else whole
    return whole.rstrip("0").rstrip(".") if "." in whole else str(int(whole))


def overlap(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether two sayings of one article have words of its text in common: never one utterance.

    A report and one that stands inside it, a quotation and the sentence round it.
    """
    return a.article == b.article and any(
        x.start < y.end and y.start < x.end for x in a.spans for y in b.spans
    )


@lru_cache(maxsize=1024)
def words(text: str, language: str | None = None) -> tuple[QuoteWord, ...]:
    """The folded words of a text in its language; never raises."""
    known = lexicon(language)
    found: list[QuoteWord] = []
    depth, bracket, opens, gap, pause, held, ended = 0, 0, True, False, False, "", 0
    began = 0  # where what is held stands
    shouted, ordinals = text.isupper(), _ordinals(known.language)
    for m in PIECE.finditer(text):
        if m.start() < ended:
            continue
        kind = m.lastgroup if m.lastgroup != "elision" else "word"
        span = Span(*m.span())
        if kind == "gap":
            # « que les maires (…) cèdent » goes on, « (…) Les maires » begins.
            gap, opens = True, opens or not text[m.end() :].lstrip()[:1].islower()
        elif kind == "stop":
            opens = opens or not (found and _goes_on(m, text, found[-1], known))
        elif kind == "pause":
            pause = True
        elif kind == "open":
            depth += 1
            bracket += depth == 1
        elif kind == "close":
            depth = max(0, depth - 1)
        else:
            if kind == "number" and found and _belongs(m, found[-1], known):
                found[-1] = replace(found[-1], span=Span(found[-1].span.start, m.end()))
                continue
            ordinal = _ordinal(m, text, known) if kind == "number" else None
            if ordinal:
                value, ended = ordinal
                place = (Span(m.start(), ended), value[0].isdigit(), bracket if depth else 0)
                found.append(QuoteWord(value, *place, opens, False, gap, pause))
                opens = gap = pause = False
                continue
            raw = m["word"] or m[0]
            first_letter = text[began] if held else raw.lstrip("([")[:1]
            capital = first_letter.isupper() and not shouted
            if m["elision"] and fold(raw) not in known.elided:
                began = began if held else m.start()
                held += fold(raw)  # « aujourd’hui », `don't`: one word with its mark left out
                continue
            new = _word(m, held, known)
            span = Span(began, m.end()) if held else span
            held = ""
            for n, value in enumerate(new):
                first = opens and n == 0
                named = capital and not first and not m["number"]
                soft = bracket if depth else 0
                number = bool(m["number"]) or value in ordinals
                marks = (gap and n == 0, pause and n == 0)
                found.append(QuoteWord(value, span, number, soft, first, named, *marks))
            opens, gap, pause = opens and not new, gap and not new, pause and not new
    return tuple(_join_numbers(found, text, known))


def _goes_on(m: re.Match[str], text: str, last: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether a sentence goes on: « il est faux de dire que … le pont », « M. Delmas », « J. Prat »."""
    short = last.span.end - last.span.start == 1 or last.fold in known.masculine | known.feminine
    if m[0] == "." and short and not last.number and m.start() == last.span.end:
        return True
    after = text[m.end() : m.end() + 3].strip()
    return m[0] in ("…", "...") and last.fold in known.opens and after[:1].islower()


@lru_cache(maxsize=16)
def _ordinals(language: str) -> frozenset[str]:
    """The ordinals that words are folded to: `14e`."""
    return frozenset(f"{n}e" for n in lexicon(language).ordinals.values())


def _ordinal(m: re.Match[str], text: str, known: ReuseLexicon) -> tuple[str, int] | None:
    """An ordinal in figures and where it ends: `14e`, 14ème, 14th; « 1er » is the word."""
    end = _ENDING.match(text, m.end())
    if end is None or not m[0].isdigit() or fold(end[0]) not in known.ordinal_ends:
        return None
    return known.same.get(m[0] + fold(end[0]), f"{int(m[0])}e"), end.end()


def _belongs(m: re.Match[str], last: QuoteWord, known: ReuseLexicon) -> bool:
    """Whether digits are a part of the name before them that may be left out: Covid-19."""
    near = m.start() - last.span.end <= 1
    return near and known.same.get(last.fold + m[0]) == last.fold


def _word(m: re.Match[str], held: str, known: ReuseLexicon) -> list[str]:
    """The folded word or words of one match after what is held."""
    if m["number"]:
        # « ½ » is « 1/2 »
        parted = unicodedata.normalize("NFKD", m[0]).split("\u2044")
        return parted if len(parted) > 1 else [_figure(m[0], known.decimals)]
    raw = m["word"] or m[0]
    if m["sign"]:
        # « -3 degrés » is « moins 3 degrés »
        return known.same.get(raw, "minus" if raw in _MINUS else raw).split()
    if not held and HYPHEN.search(raw):
        pieces = [fold(part) for part in HYPHEN.split(raw)]
        # « quatre-vingt-un », « août-début septembre »
        if parts(known.language).issuperset(pieces) or not known.dates.isdisjoint(pieces):
            return pieces
    plain = held + fold(raw)
    if held and (whole := _contracted(held, plain, known)):
        return whole
    if m["elision"]:
        plain = known.elided.get(plain, plain)
    if plain in known.ordinals:
        return [f"{known.ordinals[plain]}e"]
    return known.same.get(plain, plain).split()


def _contracted(held: str, plain: str, known: ReuseLexicon) -> list[str]:
    """The words of a contraction, of which the part before the apostrophe is held: `he'll`."""
    if plain in known.contracted or plain in known.same:
        return (known.contracted.get(plain) or known.same[plain]).split()
    for end, word in known.contractions.items():
        if plain.endswith(end) and len(plain) > len(end):
            return [plain[: -len(end)], word]
    return []


def _join_numbers(found: list[QuoteWord], text: str, known: ReuseLexicon) -> Iterator[QuoteWord]:
    """The words with every number as one: « vingt et un », « 1,4 million » as digits."""
    pieces, rates = parts(known.language), begins(known.language, "percent")
    n = 0
    while n < len(found):
        word = found[n]
        here = [w.fold for w in _row(found, n, text)] if word.number or word.fold in pieces else []
        rate = next(
            (
                p
                for p in rates.get(word.fold, ())
                if tuple(w.fold for w in found[n : n + len(p)]) == p
            ),
            (),
        )
        value = None if rate else numeral(here, known)
        size = len(rate) or (value.size if value else 0) or 1
        if rate or value:
            shown = "%" if value is None else value.figures
            if value is not None and word.number and size == 1:
                shown = word.fold  # as it was written: no digit is lost
            span = Span(word.span.start, found[n + size - 1].span.end)
            word = replace(word, fold=shown, span=span, number=not rate, name=False)
        yield word
        n += size


def _row(found: list[QuoteWord], n: int, text: str) -> Iterator[QuoteWord]:
    """The words from here on that nothing parts but spaces and hyphens."""
    yield found[n]
    for last, word in pairwise(found[n : n + _MAX_CHARS]):
        between = text[last.span.end : word.span.start]
        if word.opens or word.soft != last.soft or HYPHEN.sub("", between).strip():
            return
        yield word


def folded_words(text: str, language: str | None = None) -> tuple[str, ...]:
    """Only the folded words, without what stands in brackets: what two sayings are matched by."""
    return tuple(w.fold for w in words(text, language) if not w.soft)
