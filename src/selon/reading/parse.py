"""Sentences to tokens: the one door to spaCy, opened late.

A quotation that stands by itself is kept from the parser: one word stands for it, so that the
clause around it is parsed as a clause. Marks of quotations that are woven into a clause are
dropped, their words kept. The article's text is never altered: the parser reads a copy, and each
token is carried back to its place in the text.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from selon.errors import SelonError
from selon.records import Quote, Sentence, Span, Token

# What the parser never needs for a statement; each costs a fifth to a third of its time.
UNREAD: Final = ("ner", "lemmatizer", "attribute_ruler", "senter")
# A sentence longer than this is no sentence (a list, a table): parsing it whole costs memory.
MAX_CHARS: Final = 4000
BATCH: Final = 128
# Two single marks are how some agencies type a double one.
DOUBLE: Final = ("''", "``")
MARKS: Final = frozenset('«»“”„‹›"')
# Words that a loaded pipeline may hold: a kilobyte each with their embeddings; loading it again takes
# half a second, once in some thousands of articles.
KEPT: Final = 60_000


@dataclass(frozen=True, slots=True)
class Model:
    """A spaCy package and how its labels read as Universal Dependencies.

    `needs` are the components that this language cannot do without, of those in `UNREAD`;
    `enclitics` the words that follow a hyphen which is a word's own (« dit-elle »).
    """

    package: str
    mask: str
    labels: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    enclitics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Copy:
    """What the parser reads of a sentence: its words, and where each stands in the text."""

    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    masks: tuple[tuple[int, Span], ...]


def load(package: str, needs: tuple[str, ...] = ()) -> Any:
    """The spaCy pipeline of a package, without the components that nobody reads."""
    from selon.reading.spacy_model import loading

    try:
        nlp = loading.pipeline(package, [name for name in UNREAD if name not in needs])
    except (ImportError, OSError) as error:
        raise SelonError(
            f"the model package {package} cannot be loaded ({error}); "
            f"install it: pip install {package.replace('_', '-')}"
        ) from None
    from selon.reading.spacy_model import encoder, tokenizer

    encoder.optimize_encoder(nlp)
    tokenizer.optimize_tokenizer(nlp)
    return nlp


def sentences(
    text: str, wanted: Sequence[Sentence], masked: Sequence[Quote], model: Model
) -> tuple[Sentence, ...]:
    """The sentences with their tokens; `masked` are the quotations kept from the parser."""
    parser = load_parser(model)
    copies = [
        _copy(text, sentence.span, hidden, model.mask, model.enclitics)
        for sentence, hidden in zip(wanted, _hidden(wanted, masked), strict=True)
    ]
    with parser.lock:
        return tuple(
            Sentence(sentence.span, sentence.paragraph, tokens)
            for sentence, tokens in zip(wanted, parser.tokens(copies), strict=True)
        )


@lru_cache(maxsize=4)
def load_parser(model: Model) -> Parser:
    """The pipeline of a model, loaded once a process, when it is first wanted."""
    return Parser(model)


class Parser:
    """A loaded pipeline at work, one article at a time, so that each is parsed as if alone.

    It is loaded again where spaCy has seen `KEPT` words, which it never forgets: memory stays level.
    """

    def __init__(self, model: Model) -> None:
        self.model, self.labels = model, dict(model.labels)
        self.lock = Lock()
        self.nlp = load(model.package, model.needs)
        self._learn()

    def _learn(self) -> None:
        """The names of what this pipeline knows by numbers, learnt as they are met."""
        strings, labels = self.nlp.vocab.strings, self.labels
        self._names = _Learnt(lambda key: str(strings[key]))
        self._relations = _Learnt(lambda key: labels.get(strings[key], strings[key]))

    def tokens(self, copies: Sequence[_Copy]) -> Iterator[tuple[Token, ...]]:
        """The tokens of an article's sentences."""
        if len(self.nlp.vocab) > KEPT:
            self.nlp = None
            self._names.clear()
            gc.collect()  # never two of them at once: a pipeline holds on to itself
            self.nlp = load(self.model.package, self.model.needs)
            self._learn()
        from selon.reading.spacy_model import encoder

        with encoder.single_threaded():
            for at in range(0, len(copies), BATCH):
                some = copies[at : at + BATCH]
                # As `nlp.pipe` does, without what it makes ready each time it is asked.
                docs = [_doc(self.nlp, copy) for copy in some]
                for _, pipe in self.nlp.pipeline:
                    many = hasattr(pipe, "pipe")
                    docs = list(pipe.pipe(docs, batch_size=BATCH) if many else map(pipe, docs))
                for doc, copy in zip(docs, some, strict=True):
                    yield self._tokens(doc, copy)

    def _tokens(self, doc: Any, copy: _Copy) -> tuple[Token, ...]:
        words, starts, ends = copy.words, copy.starts, copy.ends
        if not words:
            return ()
        import numpy as np
        from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, MORPH, POS
        from spacy.parts_of_speech import NAMES

        rows = doc.to_array([POS, DEP, MORPH, LEMMA, IDX, LENGTH, HEAD, IS_SPACE])
        # How far a head is, unsigned: added to where the word is, it wraps to where the head is.
        rows[:, 6] += np.arange(len(rows), dtype=rows.dtype)
        if rows[:, 7].any():
            rows = _without_spaces(rows)
        names, relations = self._names, self._relations
        masks = {at for at, _ in copy.masks}
        return tuple(
            Token(
                Span(starts[at], ends[at + length - 1]),
                words[at : at + length],
                names[lemma],
                NAMES[pos],
                names[morph],
                relations[dep],
                head,
                at in masks,
            )
            for pos, dep, morph, lemma, at, length, head, _ in rows.tolist()
        )


class _Learnt(dict[int, str]):
    """Names of numbers, each asked for once."""

    def __init__(self, name: Callable[[int], str]) -> None:
        super().__init__({0: ""})
        self._name = name

    def __missing__(self, key: int) -> str:
        found = self[key] = self._name(key)
        return found


def _without_spaces(rows: Any) -> Any:
    """The rows of words; a word whose head was white space is its own head."""
    kept = [n for n, space in enumerate(rows[:, 7].tolist()) if not space]
    place = {n: at for at, n in enumerate(kept)}
    rows = rows[kept]
    rows[:, 6] = [place.get(head, at) for at, head in enumerate(rows[:, 6].tolist())]
    return rows


def _hidden(wanted: Sequence[Sentence], masked: Sequence[Quote]) -> Iterator[list[Span]]:
    """The quotations that are kept from the parser, sentence by sentence; both in text order."""
    at = 0
    for sentence in wanted:
        while at < len(masked) and masked[at].outer.start < sentence.span.start:
            at += 1
        found = []
        while at < len(masked) and masked[at].outer.start < sentence.span.end:
            found.append(masked[at].outer)
            at += 1
        yield found


# A stretch that the parser reads as it stands.
PLAIN = re.compile(r"[\w.,;:!?()%-]+(?: [\w.,;:!?()%-]+)*")


# A word's hyphen at the end of a line.
BROKEN = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\n\s*(?=[^\W\d_])")
Enclitics = frozenset[str]
_LETTERS = re.compile(r"[^\W\d_]+")


def _keeps_hyphen(text: str, at: int, enclitics: Enclitics) -> bool:
    """Whether the hyphen before a line that begins at `at` is the word's own."""
    word = _LETTERS.match(text, at)
    return word is None or word.group()[0].isupper() or word.group() in enclitics


def _copy(
    text: str, sentence: Span, hidden: Sequence[Span], mask: str, enclitics: Enclitics = frozenset()
) -> _Copy:
    """The sentence without marks, each masked quotation as one word; same-length otherwise."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    masks: list[tuple[int, Span]] = []
    quotes = {q.start: q for q in hidden if sentence.holds(q)}
    at = sentence.start
    stop = min(sentence.end, at + MAX_CHARS)
    while at < stop:
        quote = quotes.get(at)
        # A quotation whose mark is lost begins with a plain word.
        until = min((q for q in quotes if q > at), default=stop)
        plain = None if quote is not None else PLAIN.match(text, at, until)
        if (plain is not None or quote is not None) and _needs_space(text, at, out):
            out.append(" ")
            starts.append(at - 1)
            ends.append(at)
        if plain is not None:
            broken = BROKEN.match(text, plain.end() - 1, stop)
            # « con-⏎seil » is one word; « Anne-⏎Marie » and « dit-⏎elle » keep their hyphen.
            end = plain.end() - (
                broken is not None and not _keeps_hyphen(text, broken.end(), enclitics)
            )
            out.append(text[at:end])
            starts.extend(range(at, end))
            ends.extend(range(at + 1, end + 1))
            at = broken.end() if broken is not None else end
            continue
        if quote is not None:
            masks.append((len(starts), quote))
            out.append(mask)
            starts.extend([at] * len(mask))
            ends.extend([quote.end] * len(mask))
            at = quote.end
            continue
        char = _read(text, at)
        # Two spaces make a token of their own; one after an elision (« L' Iran ») cuts it in two.
        if char and not (char == " " and (not out or out[-1][-1] in " '")):
            out.append(char)
            starts.append(at)
            ends.append(at + 1)
        at += 2 if text.startswith(DOUBLE, at, stop) else 1
    return _Copy("".join(out), tuple(starts), tuple(ends), tuple(masks))


def _needs_space(text: str, at: int, out: Sequence[str]) -> bool:
    """« ajoute-t-elle"Nous verrons" »: where a mark alone parted two words, a space must."""
    marked = text[at] in MARKS or text[at - 1 : at] in MARKS
    last, first = out[-1][-1:] if out else "", text[at]
    return bool(out) and marked and last.isalnum() and (first.isalnum() or first in MARKS)


def _read(text: str, at: int) -> str:
    """What the parser reads for a character; nothing for a quotation mark."""
    char = text[at]
    if char in MARKS or text.startswith(DOUBLE, at):
        return ""
    if char in "‘’":
        # A quotation's where no letter stands before it, or its last stop does; else an apostrophe.
        before = text[at - 1 : at]
        after = text[at + 1 : at + 2]
        apostrophe = before.isalnum() or (
            char == "’" and (before not in ",.!?…" or after.isalnum())
        )
        return "'" if apostrophe else ""
    return " " if char.isspace() or not char.isprintable() else char


def _doc(nlp: Any, copy: _Copy) -> Any:
    import numpy as np
    from spacy.attrs import SENT_START

    doc = nlp.make_doc(copy.words or ".")
    # One sentence is one tree: the parser may not cut what segment held together.
    starts = np.full((len(doc), 1), -1, dtype="int64")
    starts[0] = 1
    doc.from_array([SENT_START], starts.view("uint64"))
    return doc
