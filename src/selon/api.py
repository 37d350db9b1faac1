"""`selon.read` and `selon.read_many`: the program as a library."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from selon import garbage, lang, pipeline
from selon.contract import to_json
from selon.faults import SelonError
from selon.kb import joining, link
from selon.kb.store import Kb
from selon.processes import Crew
from selon.records import Article, Failure, Reading, Statement

if TYPE_CHECKING:
    from selon.reader import Network

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
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    kb: Bases = "shipped",
    reader: ReaderName | None = None,
) -> Reading:
    """The reading of one text; `published` is a date (`2026-03-12`, `12 mars 2026`), `lang` a code
    such as `en`, else it is guessed.

    Raises SelonError where the text cannot be read.
    """
    if published is not None:
        from selon.ingest import days

        published = days.asked(str(published), "published", days.usual_order(lang))
    name = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    article = Article(name, text, lang, title, outlet, published)
    result = next(iter(read_many([article], kb=kb, reader=reader)))
    if isinstance(result, Failure):
        raise SelonError(f"{result.error}; {result.remedy}")
    return result


def read_many(
    articles: Iterable[Article],
    *,
    kb: Bases = "shipped",
    jobs: int = 1,
    reader: ReaderName | None = None,
) -> Iterator[Reading | Failure]:
    """The readings in the order of the articles; one that fails is a Failure in its place.

    `reader` is `encoder`, `grammar`, or `polnear`: the encoder by the guidelines of that corpus, for
    comparison with others who read English; None takes what the environment says in SELON_READER, else
    the encoder. `jobs` processes read where there is more than one batch to read; who asks for several names
    knowledge bases by their paths.
    """
    name = _reader(reader)
    batches = _batches(articles)
    if jobs > 1:
        if isinstance(kb, Kb):
            raise SelonError("kb: give the paths of the files where several processes read")
        first = list(islice(batches, 2))
        batches = chain(first, batches)
        if len(first) > 1:
            yield from _by_crew(batches, Work(kb, name), jobs, first[0])
            return
    bases = _open(kb)
    for batch in batches:
        yield from _batch(batch, bases, name)


def read_apart(
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
        yield from _by_crew(chain([first], batches), Work(kb, _reader(reader)), jobs, first)


def _by_crew(
    batches: Iterable[Sequence[Article]], work: Work, jobs: int, first: Sequence[Article]
) -> Iterator[Reading | Failure]:
    from selon.transit import unpacked

    warm = (f"{_code(a)}/{work.reader}" for a in first)
    crew = Crew(jobs, work, _killed, warm)
    for result in crew.results(batches):
        found = unpacked(result) if isinstance(result, bytes) else result
        yield found if isinstance(found, Failure) else _tabular(found)


@dataclass(frozen=True)
class Work:
    """What a worker process does: articles in, as many packed readings or failures out.

    It can be pickled; models and knowledge bases are opened once a process, when first wanted.
    """

    kb: Paths = "shipped"
    reader: ReaderName = "encoder"

    def __call__(self, articles: Sequence[Article]) -> list[bytes | Failure]:
        """The packed readings of some articles, in order."""
        from selon.transit import packed

        found = _batch(articles, _open(self.kb), self.reader)
        return [r if isinstance(r, Failure) else packed(r) for r in found]


def _killed(article: Article) -> Failure:
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
    return _shipped() if kb == "shipped" else _opened(*kb)


@lru_cache(maxsize=1)
def _shipped() -> Kb:
    return Kb.default()


@lru_cache(maxsize=4)
def _opened(*paths: Path) -> Kb:
    return Kb(*paths)


def _code(article: Article) -> str:
    return (article.language or lang.DEFAULT).split("-")[0].lower()


def _told(article: Article) -> Article:
    """The article with its language: that of its text where none is told; too little text is French."""
    if article.language:
        return article
    from selon.ingest import language

    found = language.detected(article.text)
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
    from selon.reader import guideline, load

    return load(guideline=guideline(reader))


def _batch(
    articles: Sequence[Article], kb: Kb | None, reader: ReaderName
) -> Iterator[Reading | Failure]:
    """The readings of a few articles, of whatever languages."""
    results: dict[int, Reading | Failure] = {}
    groups: dict[str, list[int]] = {}
    articles = [_told(article) for article in articles]
    for n, article in enumerate(articles):
        groups.setdefault(_code(article), []).append(n)
    with garbage.seldom():
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
            found = pipeline.read_unpacked(articles, _needed(reader))
        else:
            found = pipeline.read(articles, lang.load(code), network(reader))
        return [_tabular(_linked(r, kb)) for r in found]
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


def _needed(reader: ReaderName) -> Network:
    found = network(reader)
    assert found is not None, "only the encoder reads without a pack"
    return found


def _linked(reading: Reading, kb: Kb | None) -> Reading:
    """The reading with its entities linked to the knowledge bases, by judgements beside them."""
    if kb is None:
        return reading
    entities, judgements = link.entities(reading.entities, reading.article, kb)
    linked = replace(reading, entities=entities, judgements=(*reading.judgements, *judgements))
    return joining.joined(linked, kb)


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


def _tabular(reading: Reading) -> Reading:
    """The reading with statements that can be asked for rows."""
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
    value = to_json(reading)
    text = reading.article.text

    def words(spans: list[list[int]]) -> str:
        return " […] ".join(text[a:b] for a, b in spans)

    for s in value["statements"]:
        yield {
            "article": value["id"],
            "id": s["id"],
            "form": s["form"],
            "speaker": words(s["speaker"]["spans"]) or None,
            "name": s["speaker"]["name"],
            "cue": words(s["cue"]) or None,
            "content": words(s["content"]),
            "addressees": [words(a["spans"]) for a in s["addressees"]],
            "via": [words(v["spans"]) for v in s["via"]],
            "said": s["said"],
            "published": value["published"],
            "outlet": value["outlet"],
            "stance": s["stance"],
            "within": s["within"],
            "score": s["score"],
            "start": s["content"][0][0],
            "end": s["content"][-1][1],
        }
