"""`nlp.add_pipe("selon")`: a reading on a spaCy document; a thin adapter over `selon.api`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from selon import api
from selon.errors import SelonError
from selon.records import Article, Failure, Reading
from selon.statement_people import statements_with_people

GROUP = "selon"


@Language.factory("selon", default_config={"published": None, "outlet": None})
def component(nlp: Language, name: str, published: str | None, outlet: str | None) -> Selon:
    """The component of a pipeline; spaCy finds it by the entry point `spacy_factories`."""
    return Selon(nlp.lang or "und", published, outlet)


class Selon:
    """Reads a document's text: `doc._.selon` is the Reading, `doc.spans["selon"]` its contents.

    A span's label is the statement's form, its `kb_id_` the speaker's name, its id the statement's
    number. Raises SelonError where no pack reads the pipeline's language.
    """

    def __init__(self, lang: str, published: str | None = None, outlet: str | None = None) -> None:
        self._lang, self._published, self._outlet = lang, published, outlet

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its reading."""
        return next(self._read([doc]))

    def pipe(self, stream: Any, batch_size: int = 16) -> Iterator[Doc]:
        """The documents of a stream, some together, which is faster."""
        held: list[Doc] = []
        for doc in stream:
            held.append(doc)
            if len(held) >= batch_size:
                yield from self._read(held)
                held = []
        yield from self._read(held)

    def _read(self, docs: list[Doc]) -> Iterator[Doc]:
        articles = [
            Article(f"doc-{n}", d.text, self._lang, None, self._outlet, self._published)
            for n, d in enumerate(docs)
        ]
        for doc, reading in zip(docs, api.read_many(articles), strict=True):
            if isinstance(reading, Failure):
                raise SelonError(f"{reading.error}; {reading.remedy}")
            doc._.selon = reading
            doc.spans[GROUP] = SpanGroup(doc, spans=list(_spans(doc, reading)))
            yield doc


def _stored(doc: Doc, reading: Reading | None) -> None:
    """Keep a reading as bytes, which `Doc.to_bytes`, `DocBin` and `nlp.pipe(n_process=…)` carry."""
    if reading is None:
        doc.user_data.pop(GROUP, None)
        return
    try:
        doc.user_data[GROUP] = msgspec.msgpack.encode(reading)
    except (UnicodeEncodeError, ValueError):
        # Half a character is in it: no bytes can hold that text, spaCy's own neither.
        doc.user_data[GROUP] = reading


def _reading(doc: Doc) -> Reading | None:
    """The reading that a document keeps; None where it was not read."""
    kept = doc.user_data.get(GROUP)
    return _decode(kept) if isinstance(kept, bytes) else kept


# A document is asked for its reading again and again.
@lru_cache(maxsize=64)
def _decode(data: bytes) -> Reading:
    return api.with_tables(msgspec.msgpack.decode(data, type=Reading))


# With the module: a document that comes back from disk is asked without any pipeline.
if not Doc.has_extension("selon"):
    Doc.set_extension("selon", getter=_reading, setter=_stored)


def _spans(doc: Doc, reading: Reading) -> Iterator[Span]:
    for number, told in enumerate(statements_with_people(reading), 1):
        entity = told.speaker.entity if told.speaker else None
        for piece in told.statement.content:
            span = doc.char_span(
                piece.start,
                piece.end,
                label=told.statement.form,
                kb_id=entity.name if entity else "",
                span_id=number,
                alignment_mode="expand",
            )
            if span is not None:
                yield span
