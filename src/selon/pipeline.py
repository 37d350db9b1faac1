"""The order of the stages; nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from selon.lang import Pack
from selon.reading import (
    attribute,
    cited,
    confidence,
    coref,
    detect,
    parse,
    rank,
    reader,
    segment,
    voice,
)
from selon.reading import times as time_tagging
from selon.reading.reader import Network
from selon.reading.tree import ParsedSentence
from selon.records import Antecedent, Article, Draft, Quote, Reading, Sentence, Span, Statement

# The first line of a text is its headline where it is no longer than this.
HEADLINE = 200

# By a statement's id, what the network drafted.
Drafts = dict[str, Draft]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article cut into sentences, with the quotations kept from the parser."""

    article: Article
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    standing: tuple[Quote, ...]


def read(
    articles: Iterable[Article], pack: Pack, network: Network | None = None
) -> Iterator[Reading]:
    """The readings of some articles of one language; each depends on its article alone.

    Statements are read by the `network`, or by the language's grammar where there is none.
    """
    for article in articles:
        yield finish(parse_article(prepare(article, pack), pack), pack, network)


def read_unpacked(articles: Iterable[Article], network: Network) -> Iterator[Reading]:
    """The readings of articles of a language without a pack: statements, names, voices alone."""
    willing = network.for_untrained()
    for article in articles:
        text = article.text
        statements, drafts = _statements_of_drafts(
            article, willing, None, (f"untrained:{article.language}",)
        )
        entities, judgements = coref.entities_of_names(text, statements, _antecedents(drafts))
        quotes = segment.quotes(text, segment.paragraphs(text))
        voices = voice.voices(text, statements, quotes, ())
        reading = Reading(article, statements, entities, (), voices, judgements)
        yield _calibrate(reading, drafts, network)


def prepare(article: Article, pack: Pack) -> Prepared:
    """Paragraphs without headings, quotations, sentences."""
    text = article.text
    holes = [h.span for h in pack.headings(text)]
    stretches = _outside(text, segment.paragraphs(text), holes)
    quotes = segment.quotes(text, stretches, pack.inserted)
    sentences = segment.sentences(text, stretches, quotes, pack.marks)
    return Prepared(
        article,
        sentences,
        quotes,
        detect.standalone_quotes(text, sentences, quotes, pack.opens, pack.inserted),
    )


def parse_article(prepared: Prepared, pack: Pack) -> Prepared:
    """The same article with the tokens of its sentences."""
    text, cut, standing = prepared.article.text, prepared.sentences, prepared.standing
    return replace(prepared, sentences=parse.sentences(text, cut, standing, pack.model))


def finish(prepared: Prepared, pack: Pack, network: Network | None = None) -> Reading:
    """From parsed sentences to a reading."""
    article, seen = prepared.article, scenes(prepared)
    if network is None:
        believed = [
            r
            for found in detect.candidates(seen, pack.grammar)
            for r in rank.rank(found, pack.weights)
        ]
        return _resolve(prepared, pack, seen, attribute.statements(article.id, believed), {})
    statements, drafts = _statements_of_drafts(article, network, pack)
    reading = _resolve(prepared, pack, seen, statements, drafts)
    return _calibrate(reading, drafts, network)


def _resolve(
    prepared: Prepared,
    pack: Pack,
    seen: Sequence[ParsedSentence],
    statements: tuple[Statement, ...],
    drafts: Drafts,
) -> Reading:
    """Who and when, and whose voice: laid over the statements."""
    article, sentences, quotes = prepared.article, prepared.sentences, prepared.quotes
    text = article.text
    entities, judgements = coref.resolve_people(
        article, sentences, quotes, statements, pack.people, antecedents=_antecedents(drafts)
    )
    tense = time_tagging.tense_finder(sentences, pack.times.planned)
    times = time_tagging.find_times(text, article.published, pack.times, tense)
    meetings = time_tagging.find_meetings(text, pack.times)
    statements = time_tagging.date_statements(
        statements, times, sentences, article.published, meetings
    )
    hedged = [s.sentence.span for s in seen if s.tokens and pack.hedges(s)]
    voices = voice.voices(text, statements, quotes, hedged)
    return Reading(article, statements, entities, times, voices, judgements)


def _statements_of_drafts(
    article: Article, network: Network, pack: Pack | None, evidence: Sequence[str] = ()
) -> tuple[tuple[Statement, ...], Drafts]:
    # The network was taught on whole texts, headings too.
    text = article.text
    paragraphs = segment.paragraphs(text)
    quotes = segment.quotes(text, paragraphs)
    if pack is None:
        drafts = reader.read(text, paragraphs, quotes, network)
    else:
        answers = segment.answers(text, paragraphs, pack.marks.asked, pack.marks.answering)
        read = reader.read(text, paragraphs, quotes, network, answers)
        whole = reader.with_inserted_clauses(text, read, quotes, pack.clause)
        drafts = cited.with_cited(text, whole, pack.citing)
    return attribute.statements_of_drafts(article.id, drafts, evidence)


def _antecedents(drafts: Drafts) -> dict[str, tuple[Antecedent, ...]]:
    return {sid: draft.antecedents for sid, draft in drafts.items()}


def _calibrate(reading: Reading, drafts: Drafts, network: Network) -> Reading:
    by = confidence.calibration(network.calibration)
    return replace(
        reading,
        statements=confidence.statements(reading.statements, by),
        judgements=confidence.speakers(reading.judgements, reading.statements, drafts, by),
    )


def read_with_drafts(article: Article, pack: Pack, network: Network) -> tuple[Reading, Drafts]:
    """A reading whose scores are the network's own, with its drafts: calibration looks at them."""
    prepared = parse_article(prepare(article, pack), pack)
    statements, drafts = _statements_of_drafts(article, network, pack)
    return _resolve(prepared, pack, scenes(prepared), statements, drafts), drafts


def _outside(text: str, stretches: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """The paragraphs without the headings in them."""
    out: list[Span] = []
    for stretch in stretches:
        start = stretch.start
        for hole in holes:
            if hole.meets(stretch):
                if hole.start > start:
                    out.append(Span(start, hole.start))
                start = max(start, hole.end)
        while start < stretch.end and text[start].isspace():
            start += 1
        if start < stretch.end:
            out.append(Span(start, stretch.end))
    return tuple(s for s in out if s.of(text).strip())


def _headline(text: str, sentences: Sequence[Sentence]) -> int:
    end = text.find("\n")
    # The first line of a column is no headline: its paragraph runs on.
    first = [s.span for s in sentences[:20] if s.paragraph == 0]
    if any(s.end > end for s in first):
        return 0
    return end if 0 < end < HEADLINE and text[end:].strip() else 0


def scenes(prepared: Prepared) -> tuple[ParsedSentence, ...]:
    """The parsed sentences as the grammar sees them (training looks at them too)."""
    text = prepared.article.text
    headline = _headline(text, prepared.sentences)
    return detect.parsed_sentences(text, prepared.sentences, prepared.quotes, headline)
