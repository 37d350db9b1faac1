"""The words of an article in one row, parsed or not, with what each shows of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from selon.reading.coref.word_lists import PeopleWords
from selon.records import Quote, Sentence, Span, Token

_RAW: Final = re.compile(r"\w+(?:[-'’·]\w+)*\.?|[^\w\s]")
# « délégué·e », « le·la », « saisonnier·ères »: of either gender.
INCLUSIVE: Final = re.compile(r"(?P<word>[^\W\d_]+)[·‧](?P<other>[^\W\d_]+)(?:[·‧]?s)?")
_MARKS: Final = frozenset('«»“”„‹›"')
_STRAIGHT: Final = str.maketrans("’ʼ‘", "'''")
_GENDER: Final = {"Gender=Masc": "m", "Gender=Fem": "f"}
# Where a source lost the blank before a name: « une journalisteJean-Luc », « RFIJean », « (en français)Les »,
# never iPhone, XVIIIème.
_GLUED: Final = re.compile(
    r"(?![IVXLC]+(?:e|er|re|ème|eme|nde?)s?\b)(?:[a-zß-ÿ]{4,}|[A-Z]{3,}|[^\W\d_]{2,}[)\]])(?=[A-ZÀ-Þ][a-zß-ÿ]{2})"
)
# … and between a name and the next sentence's first word.
_NAME: Final = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{2,}(?=[A-ZÀ-Þ][a-zß-ÿ]+$)")
# Where it lost the one after a full stop: « Anne Roux.sur la chaîne », no « lemonde.fr »,
# no « Génération.s ».
_STOPPED: Final = re.compile(
    r"[^\W\d_][\w’'-]{2,}(?=[.!?]+\w{2})(?!\.(?:fr|com|net|org|info|eu|be|ch|ca|tv)\b)"
)
# After one of these a capital is no sign of a name.
_STARTERS: Final = frozenset(":.!?…–—•*|")


@dataclass(slots=True, eq=False)
class DocumentToken:
    """A word or mark; `head` is an index into the page's words; -1 where nothing is known."""

    start: int
    end: int
    text: str
    low: str
    pos: str
    gender: str | None
    number: str | None
    dep: str
    head: int
    sentence: int
    paragraph: int
    quote: int
    initial: bool
    capital: bool


@dataclass(slots=True, eq=False)
class DocumentTokens:
    """An article's words in text order, with the words seen in lower case and amid a sentence.

    `opens` has the number of each paragraph's first sentence.
    """

    text: str
    words: list[DocumentToken]
    lowered: frozenset[str]
    amid: frozenset[str]
    opens: dict[int, int]

    def span(self, low: int, high: int) -> Span:
        """The stretch of the words low … high, high not included."""
        return Span(self.words[low].start, self.words[high - 1].end)


def document_tokens(
    text: str, sentences: Sequence[Sentence], quotes: Sequence[Quote], words: PeopleWords
) -> DocumentTokens:
    """All words of the sentences: those of a masked quotation or an unparsed sentence by a scan."""
    row: list[DocumentToken] = []
    for n, sentence in enumerate(sentences):
        if sentence.tokens:
            _add_parsed(text, sentence, n, words, row)
        else:
            _add_scanned(text, sentence.span, (n, sentence.paragraph), words, row)
    _place(row, quotes)
    lowered = frozenset(w.low for w in row if not w.capital)
    amid = frozenset(w.text for w in row if w.capital and not w.initial)
    opens: dict[int, int] = {}
    for word in row:
        opens.setdefault(word.paragraph, word.sentence)
    return DocumentTokens(text, row, lowered, amid, opens)


def _add_parsed(
    text: str, sentence: Sentence, n: int, words: PeopleWords, row: list[DocumentToken]
) -> None:
    base = len(row)
    place: list[int] = []
    where = (n, sentence.paragraph)
    for token in sentence.tokens:
        if token.masked:
            place.append(-1)
            _add_scanned(text, token.span, where, words, row)
            continue
        place.append(len(row))
        last = row[-1] if len(row) > base else None
        touches = last is not None and last.end == token.span.start
        # « Al » « - » « Joulani » is one word, whatever the tokenizer thinks of hyphens.
        if touches and last is not None and _is_glued(last, token, words):
            last.text = text[last.start : token.span.end]
            last.low = _low(last.text)
            last.end = token.span.end
            last.capital = _capital(last.text, last.low, words)
            place[-1] = len(row) - 1
            continue
        row.extend(_words(token, where, words))
        place[-1] = len(row) - 1
    count = len(place)
    for token, at in zip(sentence.tokens, place, strict=True):
        head = token.head
        if at >= 0 and 0 <= head < count and row[at].head == -1:
            row[at].head = place[head]


def _words(token: Token, where: tuple[int, int], words: PeopleWords) -> Iterator[DocumentToken]:
    """The token's word, or the two that a lost blank made one: « journalisteJean », « Roux.sur »."""
    word = _word(token, where, words)
    stopped = _STOPPED.match(word.text)
    if stopped is not None and word.end - word.start == len(word.text):
        yield from _parted(word, stopped.end(), where, words)
        return
    glued = _GLUED.match(word.text) or _before_sentence(word.text, words)
    if glued is not None and word.end - word.start == len(word.text):
        cut = word.start + glued.end()
        first = replace(word, end=cut, text=glued.group(), low=_low(glued.group()))
        first.pos, first.dep, first.gender, first.number = "", "", None, None
        yield first
        rest = word.text[glued.end() :]
        word = replace(word, start=cut, text=rest, low=_low(rest), capital=True, pos="PROPN")
    yield word


def _before_sentence(text: str, words: PeopleWords) -> re.Match[str] | None:
    """Where a name touches a word that opens sentences: « maire de StainsLundi », no « BuzzFeed »."""
    name = _NAME.match(text)
    return name if name is not None and _low(text[name.end() :]) in words.lists["never"] else None


def _parted(
    word: DocumentToken, cut: int, where: tuple[int, int], words: PeopleWords
) -> Iterator[DocumentToken]:
    """The two words around a full stop that the tokenizer has not seen."""
    first = replace(word, end=word.start + cut, text=word.text[:cut], low=_low(word.text[:cut]))
    first.capital = _capital(first.text, first.low, words)
    yield first
    rest = word.text[cut:].lstrip(".!?")
    start = word.end - len(rest)
    low = _low(rest)
    yield DocumentToken(
        *(start, word.end, rest, low, "", None, None, "", -1, *where, -1, False),
        _capital(rest, low, words),
    )


def _is_glued(last: DocumentToken, token: Token, words: PeopleWords) -> bool:
    """Whether a token is a piece of the word that it touches."""
    if not last.text[-1:].strip():
        return False
    if token.text == "-":
        if last.pos in ("VERB", "AUX") and last.low not in words.compounds:
            return False
        return last.text[-1].isalnum()
    if last.text[-1] == "-" and len(last.text) > 1:
        return token.text[0].isalnum()
    hyphened = token.text[0] == "-" and len(token.text) > 1
    return (
        hyphened
        and _clitic(token.text.lower(), words) is None
        and token.text not in words.lists["linking"]
    )


def _clitic(low: str, words: PeopleWords) -> str | None:
    """The pronoun behind a hyphen: -il, t-elle, a-t-il → il, elle, il."""
    if "-" not in low or low in words.pronouns:
        return None
    tail = low.rsplit("-", 1)[1]
    if tail in words.lists["nobody"]:
        return tail
    pronoun = words.pronouns.get(tail)
    return tail if pronoun is not None and pronoun.kind == "subject" else None


def _low(text: str) -> str:
    low = text.lower()
    return low if low.isascii() else low.translate(_STRAIGHT)


def _word(token: Token, where: tuple[int, int], words: PeopleWords) -> DocumentToken:
    start, end = token.span.start, token.span.end
    pos, text = token.pos, token.text
    low = _low(text)
    tail = _clitic(low, words) if "-" in low else None
    if tail is not None:
        start, low, text, pos = end - len(tail), tail, tail, "PRON"
    gender, number = _shape(token.morph)
    both = None if low.isascii() else INCLUSIVE.fullmatch(low)
    if both is not None:
        low, gender, number = both["word"], None, "p" if low.endswith("s") else "s"
        pos = "DET" if low in words.determiners else "NOUN" if low in words.nouns else pos
    sentence, paragraph = where
    capital = text[:1].isupper() or _capital(text, low, words)
    return DocumentToken(
        start, end, text, low, pos, gender, number, token.dep, -1, sentence, paragraph, -1, False,
        capital,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _shape(morph: str) -> tuple[str | None, str | None]:
    """The gender and number that a word's features tell."""
    gender = number = None
    for part in morph.split("|"):
        gender = _GENDER.get(part, gender)
        if part.startswith("Number="):
            number = "p" if part.endswith("Plur") else "s"
    return gender, number


def _add_scanned(
    text: str, span: Span, where: tuple[int, int], words: PeopleWords, row: list[DocumentToken]
) -> None:
    for start, end in _pieces(text, span, words):
        surface = text[start:end]
        if surface in _MARKS:
            continue
        low = _low(surface)
        both = None if low.isascii() else INCLUSIVE.fullmatch(low)
        low = both["word"] if both is not None else low
        row.append(
            DocumentToken(
                *(start, end, surface, low, "", None, None, "", -1, *where, -1, False),
                _capital(surface, low, words),
            )
        )


def _capital(text: str, low: str, words: PeopleWords) -> bool:
    """Whether the word has a name's capital: Joulani, al-Joulani, el-Assad."""
    if text[:1].isupper():
        return True
    if "-" not in text:
        return False
    head, hyphen, tail = text.partition("-")
    return bool(hyphen) and tail[:1].isupper() and low[: len(head)] in words.lists["particles"]


def _pieces(text: str, span: Span, words: PeopleWords) -> Iterator[tuple[int, int]]:
    """Words and marks; elided words, clitics and the sentence's full stop cut off."""
    elisions = words.lists["elisions"]
    for match in _RAW.finditer(text, span.start, span.end):
        start, end = match.span()
        surface = _low(match.group())
        if surface.endswith(".") and len(surface) > 2 and surface not in words.titles:
            surface, end = surface[:-1], end - 1
        cut = surface.find("'")
        if cut > 0 and surface[:cut] in elisions:
            yield start, start + cut + 1
            start, surface = start + cut + 1, surface[cut + 1 :]
        glued = _GLUED.match(text, start, end)
        if glued is not None:
            yield start, glued.end()
            surface, start = surface[glued.end() - start :], glued.end()
        tail = _clitic(surface, words)
        if tail is not None:
            yield start, start + surface.index("-")
            start = end - len(tail)
        if start < end:
            yield start, end


def _place(row: list[DocumentToken], quotes: Sequence[Quote]) -> None:
    """Which quotation each word stands in, and whether it opens a sentence, clause or quotation."""
    order = sorted((q.inner.start, q.inner.end, n) for n, q in enumerate(quotes))
    openings = {start for start, _, _ in order}
    inside: list[tuple[int, int]] = []
    at = 0
    last: DocumentToken | None = None
    before: DocumentToken | None = None
    for word in row:
        while at < len(order) and order[at][0] <= word.start:
            inside.append((order[at][1], order[at][2]))
            at += 1
        while inside and inside[-1][0] <= word.start:
            inside.pop()
        word.quote = inside[-1][1] if inside else -1
        word.initial = (
            last is None
            or last.sentence != word.sentence
            or word.start in openings
            or last.text in _STARTERS
            or _is_crosshead(last, before)
            or (word.capital and last.end == word.start and last.text[-1:].islower())
        )
        before, last = last, word


def _is_crosshead(last: DocumentToken, before: DocumentToken | None) -> bool:
    """Whether the hyphen opens a heading between sentences: « … hier.- Marche de nuit - Le maire »."""
    if last.text != "-" or before is None:
        return False
    return (
        before.text[-1:] in ".!?" or before.quote != last.quote or before.sentence != last.sentence
    )
