"""`selon.read` and `selon.read_many`: the program as a library."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from selon import gc_tuning, lang, pipeline
from selon.errors import SelonError, UntrainedLanguageWarning
from selon.kb import link, office_holders
from selon.kb.store import Kb
from selon.records import Article, Failure, Reading, Statement
from selon.statement_people import statements_with_people
from selon.workers.pool import WorkerPool

if TYPE_CHECKING:
    from selon.ingest.given import Given
    from selon.reading.reader import Network

# Articles of a batch: enough to be worth its way to a process, few enough to hold in memory.
TOGETHER: Final = 16
# Characters beyond which a batch takes no more: memory stays bounded whatever comes.
LARGE: Final = 200_000

# What finds the statements: the learnt encoder, or the language's grammar, faster and less right.
ReaderName = Literal["encoder", "grammar", "polnear"]
READERS: Final[tuple[ReaderName, ...]] = ("encoder", "grammar", "polnear")
VARIABLE: Final = "SELON_READER"

# The knowledge bases that entities are linked to: files, those that are shipped, or none.
Paths = tuple[Path, ...] | Literal["shipped"] | None
Bases = Kb | Paths


def read(
    text: Given,
    *,
    published: str | date | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    kb: Bases = "shipped",
    reader: ReaderName | None = None,
) -> Reading:
    """Return the reading of one text.

    `published` is a date (`2026-03-12`, `12 mars 2026`, a `datetime.date`), `lang` a code such as
    `en`; without it the language is detected. Raises SelonError where the text cannot be read;
    warns (UntrainedLanguageWarning) where the reader was never trained on its language.
    """
    from selon.ingest.given import article_of

    told = {"outlet": outlet, "language": lang, "title": title, "published": published}
    article = article_of(text, "text", {k: v for k, v in told.items() if v is not None})
    if isinstance(article, Failure):
        raise SelonError(f"{article.error}; {article.remedy}")
    result = next(_warned(_read_many([article], kb, 1, _reader(reader)), 3))
    if isinstance(result, Failure):
        raise SelonError(f"{result.error}; {result.remedy}")
    return result


def read_many(
    articles: Iterable[Given],
    *,
    kb: Bases = "shipped",
    jobs: int = 1,
    reader: ReaderName | None = None,
) -> Iterator[Reading | Failure]:
    """Return an iterator over the readings, in order; one that fails is a Failure in its place.

    An article is a text, a dict with the keys of JSON Lines (`text`, `published`, `outlet`…) or a
    `selon.Article`. `reader` is `encoder`, `grammar`, or `polnear` (the encoder by the guidelines of
    that corpus, for comparison with others who read English); None takes what the environment says
    in SELON_READER, else the encoder. `jobs` processes read where there is more than one batch; then
    knowledge bases are named by their paths. Raises SelonError at once for a bad setting.
    """
    if articles is None or isinstance(articles, (str, bytes, Mapping, Article, os.PathLike)):
        kind = "None" if articles is None else f"one {type(articles).__name__}"
        raise SelonError(
            f"read_many takes several articles, not {kind}; give a list, or use selon.read"
        )
    if jobs > 1 and isinstance(kb, Kb):
        raise SelonError("kb: give the paths of the files where several processes read")
    return _warned(_read_many(articles, kb, jobs, _reader(reader)), 2)


def _read_many(
    given: Iterable[Given], kb: Bases, jobs: int, name: ReaderName
) -> Iterator[Reading | Failure]:
    """The readings, and in their places the failures of what is no article."""
    from selon.ingest.given import article_of

    refused: dict[int, Failure] = {}
    count = 0

    def sound() -> Iterator[Article]:
        nonlocal count
        for count, one in enumerate(given, 1):
            found = article_of(one, f"article {count}")
            if isinstance(found, Failure):
                refused[count] = found
            else:
                yield found

    place = 0
    for result in _sound(sound(), kb, jobs, name):
        place += 1
        while place in refused:
            yield refused.pop(place)
            place += 1
        yield result
    yield from (refused[n] for n in sorted(refused))


def _sound(
    articles: Iterable[Article], kb: Bases, jobs: int, name: ReaderName
) -> Iterator[Reading | Failure]:
    batches = _batches(articles)
    if jobs > 1 and not isinstance(kb, Kb):
        first = list(islice(batches, 2))
        batches = chain(first, batches)
        if len(first) > 1:
            yield from _by_workers(batches, Work(kb, name), jobs, first[0])
            return
    bases = _open(kb)
    for batch in batches:
        yield from _batch(batch, bases, name)


def _warned(found: Iterator[Reading | Failure], level: int) -> Iterator[Reading | Failure]:
    """The same results; a language that no training saw is told once, `level` frames up."""
    told: set[str] = set()
    for result in found:
        code = "" if isinstance(result, Failure) else _code(result.article)
        if code and code not in lang.codes() and code not in told:
            told.add(code)
            warnings.warn(
                f"the reader was never trained on the language {code!r}, and no pack reads its"
                " dates and offices: expect less",
                UntrainedLanguageWarning,
                stacklevel=level,
            )
        yield result


def read_isolated(
    articles: Iterable[Article],
    *,
    kb: Paths = "shipped",
    jobs: int = 1,
    reader: ReaderName | None = None,
) -> Iterator[Reading | Failure]:
    """As `read_many`, in processes of their own even where few are read.

    An article that kills whoever reads it is a Failure in its place.
    """
    batches = _batches(articles)
    first = next(batches, None)
    if first is not None:
        yield from _by_workers(chain([first], batches), Work(kb, _reader(reader)), jobs, first)


def _by_workers(
    batches: Iterable[Sequence[Article]], work: Work, jobs: int, first: Sequence[Article]
) -> Iterator[Reading | Failure]:
    from selon.workers.ipc import decode

    warm = (f"{_code(a)}/{work.reader}" for a in first)
    crew = WorkerPool(jobs, work, _crash_failure, warm)
    for result in crew.results(batches):
        found = decode(result) if isinstance(result, bytes) else result
        yield found if isinstance(found, Failure) else with_tables(found)


@dataclass(frozen=True)
class Work:
    """What a worker process does: articles in, as many packed readings or failures out.

    It can be pickled; models and knowledge bases are opened once a process, when first wanted.
    """

    kb: Paths = "shipped"
    reader: ReaderName = "encoder"

    def __call__(self, articles: Sequence[Article]) -> list[bytes | Failure]:
        """The packed readings of some articles, in order."""
        from selon.workers.ipc import encode

        found = _batch(articles, _open(self.kb), self.reader)
        return [r if isinstance(r, Failure) else encode(r) for r in found]


def _crash_failure(article: Article) -> Failure:
    return Failure(
        article.id,
        "read",
        "the process that read it was killed, twice",
        "is there memory enough? then report this article: it is a defect of Selon",
    )


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    held: list[Article] = []
    for article in articles:
        held.append(article)
        if len(held) >= TOGETHER or sum(len(a.text) for a in held) > LARGE:
            yield held
            held = []
    if held:
        yield held


def _open(kb: Bases) -> Kb | None:
    if kb is None or isinstance(kb, Kb):
        return kb
    return _default_kb() if kb == "shipped" else _installed_kb(*kb)


@lru_cache(maxsize=1)
def _default_kb() -> Kb:
    return Kb.default()


@lru_cache(maxsize=4)
def _installed_kb(*paths: Path) -> Kb:
    return Kb(*paths)


def _code(article: Article) -> str:
    return (article.language or lang.DEFAULT).split("-")[0].lower()


def _with_language(article: Article) -> Article:
    """The article with its language: that of its text where none is told; too little text is French."""
    if article.language:
        return article
    from selon.ingest import language

    found = language.detect_language(article.text)
    return replace(article, language=lang.DEFAULT if found == language.UNKNOWN else found)


def _reader(name: str | None) -> ReaderName:
    """The reader of a name; one that is not there is named with those that are."""
    wanted = name or os.environ.get(VARIABLE) or READERS[0]
    for reader in READERS:
        if reader == wanted:
            return reader
    where = "reader" if name else VARIABLE
    raise SelonError(f"{where}: no reader {wanted!r}; there are: {', '.join(READERS)}")


def network(reader: ReaderName) -> Network | None:
    """The learnt reader's network, loaded once a process; none where the grammar reads."""
    if reader == "grammar":
        return None
    from selon.reading.reader import guideline, load

    return load(guideline=guideline(reader))


def _batch(
    articles: Sequence[Article], kb: Kb | None, reader: ReaderName
) -> Iterator[Reading | Failure]:
    """The readings of a few articles, of whatever languages."""
    results: dict[int, Reading | Failure] = {}
    groups: dict[str, list[int]] = {}
    articles = [_with_language(article) for article in articles]
    for n, article in enumerate(articles):
        groups.setdefault(_code(article), []).append(n)
    with gc_tuning.fewer_collections():
        for code, places in groups.items():
            answers = _of_language([articles[n] for n in places], code, kb, reader)
            results.update(zip(places, answers, strict=True))
    yield from (results[n] for n in range(len(articles)))


def _of_language(
    articles: Sequence[Article], code: str, kb: Kb | None, reader: ReaderName
) -> list[Reading | Failure]:
    from selon.ingest.language import UNPACKED

    if code not in lang.codes() and (reader == "grammar" or code not in UNPACKED):
        known = ", ".join(lang.codes())
        return [
            Failure(
                a.id,
                "language",
                f"no pack reads the language {code!r}",
                f"--lang: {known}; or --reader encoder",
            )
            for a in articles
        ]
    try:
        if code not in lang.codes():
            found = pipeline.read_unpacked(articles, _require_network(reader))
        else:
            found = pipeline.read(articles, lang.load(code), network(reader))
        return [with_tables(_link(r, kb)) for r in found]
    except SelonError:
        raise
    except Exception as error:  # one bad article never stops a run
        if len(articles) == 1:
            return [
                Failure(
                    articles[0].id,
                    "read",
                    f"{type(error).__name__}: {error}",
                    "please report this article: it is a defect of Selon",
                )
            ]
        return [r for a in articles for r in _of_language([a], code, kb, reader)]


def _require_network(reader: ReaderName) -> Network:
    found = network(reader)
    assert found is not None, "only the encoder reads without a pack"
    return found


def _link(reading: Reading, kb: Kb | None) -> Reading:
    """The reading with its entities linked to the knowledge bases, by judgements beside them."""
    if kb is None:
        return reading
    entities, judgements = link.entities(reading.entities, reading.article, kb)
    linked = replace(reading, entities=entities, judgements=(*reading.judgements, *judgements))
    return office_holders.join_office_holders(linked, kb)


class Statements(tuple[Statement, ...]):
    """A reading's statements, which also go out as rows: dicts, pandas or Polars tables."""

    reading: Reading

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a statement, with words beside spans."""
        return list(_rows(self.reading))

    def to_pandas(self) -> Any:
        """A pandas DataFrame; needs pandas."""
        return _library("pandas").DataFrame(self.to_dicts())

    def to_polars(self) -> Any:
        """A Polars DataFrame; needs polars."""
        return _library("polars").DataFrame(self.to_dicts(), infer_schema_length=None)


def with_tables(reading: Reading) -> Reading:
    """Return the reading with statements that can be asked for rows."""
    statements = Statements(reading.statements)
    statements.reading = reading
    return replace(reading, statements=statements)


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise SelonError(f"{name} is not installed; pip install {name}") from None


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    article = reading.article
    for told in statements_with_people(reading):
        s, speaker = told.statement, told.speaker
        yield {
            "article": article.id,
            "id": s.id,
            "form": s.form,
            "speaker": (speaker.words if speaker else None) or None,
            "name": speaker.entity.name if speaker and speaker.entity else None,
            "cue": told.cue or None,
            "content": told.content,
            "addressees": [a.words for a in told.addressees],
            "via": [v.words for v in told.via],
            "said": s.said,
            "published": article.published,
            "outlet": article.outlet,
            "stance": s.stance,
            "within": s.within,
            "score": round(s.score, 4),
            "start": s.content[0].start,
            "end": s.content[-1].end,
        }
