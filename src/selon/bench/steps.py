"""What an article costs on its way from a web archive to a library: processor time and bytes a step.

    python -m selon.bench.steps --articles ../shared/samples/orange/articles.jsonl.gz --count 200

The pages are made of the articles' paragraphs between as many links and scripts as a small page of
the press has, so that taking the text out is measured on `--weight` kilobytes of markup, not on
real pages. Everything is written to a folder that is dropped after.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from selon.bench.reading import sample, texts

_LINK: Final = '<li class="menu-item"><a href="/{0}/{1}">Rubrique {0}</a> <span>{1}</span></li>\n'


def page(text: str, weight: int) -> bytes:
    """A page of the press around an article's text; `weight` in kilobytes of markup."""
    count = weight * 1024 // len(_LINK)
    menu = "".join(_LINK.format(n % 40, n) for n in range(count))
    body = "".join(f"<p>{html.escape(p)}</p>\n" for p in text.split("\n") if p.strip())
    first, _, rest = body.partition("</p>")
    return (
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Page</title>"
        '<meta property="article:published_time" content="2024-03-12T08:00:00Z"></head>'
        f"<body><nav><ul>{menu[: len(menu) // 2]}</ul></nav><article><h1>Page</h1>{first}</p>{rest}"
        f"</article><footer><ul>{menu[len(menu) // 2 :]}</ul></footer></body></html>"
    ).encode()


def record(number: int, body: bytes) -> bytes:
    """A page as a compressed record of a web archive."""
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "Content-Type: application/http;msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"WARC-Target-URI: https://gazette.example/{number}\r\n"
        f"WARC-Date: 2024-03-12T08:00:00Z\r\nContent-Length: {len(reply)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + reply + b"\r\n\r\n")


class Steps:
    """Processor time of steps, each over so many articles."""

    def __init__(self, count: int) -> None:
        self.count = count

    def line(self, name: str, work: Callable[[], str]) -> str:
        """Do a step and say what it took an article."""
        start = time.process_time()
        told = work()
        taken = 1000 * (time.process_time() - start) / self.count
        return f"{name:44}{taken:9.2f} ms  {told}"


def measure(many: list[str], weight: int, folder: Path) -> Iterator[str]:
    """The steps, line by line; what is loaded once is loaded before."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    from selon.api import read_many
    from selon.engines import shards
    from selon.ingest import ReadOptions, language, webpage
    from selon.ingest.sources import InputSource
    from selon.library import add, runs
    from selon.library.store import Library
    from selon.records import Article, Failure, Reading

    steps = Steps(len(many))
    warc, shard, db = folder / "pages.warc.gz", folder / "one.parquet", folder / "one.db"
    pages = [page(text, weight) for text in many]
    warc.write_bytes(b"".join(record(n, body) for n, body in enumerate(pages)))
    articles = [
        Article(f"a{n}", text, "fr", None, "La Gazette", "2020-03-12")
        for n, text in enumerate(many)
    ]
    language.detect_language(many[0])
    list(webpage.read(InputSource("x", "x"), io.BytesIO(pages[0]), ReadOptions()))
    list(read_many(articles[:10]))

    def unpacked() -> str:
        with warc.open("rb") as file:
            found = ArchiveIterator(file, record_types=WarcRecordType.response)
            size = sum(len(one.reader.read()) for one in found)
        return f"{size // len(many)} bytes a page, {warc.stat().st_size // len(many)} compressed"

    def taken_out() -> str:
        found = (
            list(webpage.read(InputSource("x", "x"), io.BytesIO(p), ReadOptions())) for p in pages
        )
        return f"{sum(map(len, found))} texts"

    def told() -> str:
        return f"{sum(language.detect_language(text) == 'fr' for text in many)} French"

    readings: list[Reading | Failure] = []

    def read() -> str:
        readings.extend(read_many(articles))
        return f"{sum(len(t.split()) for t in many)} words"

    def sharded() -> str:
        from pyarrow import parquet

        with parquet.ParquetWriter(shard, shards.schema(), compression="zstd") as writer:
            writer.write_table(shards.table([shards.row(r) for r in readings]))
        return f"{shard.stat().st_size // len(many)} bytes an article"

    def loaded() -> str:
        found = shards.items_of_shard(shard)
        with Library(db, create=True) as library:
            tally = add.load(library, found, runs.maker())
            library.connection.execute("pragma wal_checkpoint(truncate)")
        return f"{db.stat().st_size // len(many)} bytes an article, {tally.statements} statements"

    yield steps.line("WARC record unpacked (fastwarc)", unpacked)
    yield steps.line(f"page of {weight} kB to text (trafilatura)", taken_out)
    yield steps.line("language told (py3langid)", told)
    yield steps.line("reading", read)
    yield steps.line("row of a Parquet shard, written", sharded)
    yield steps.line("loaded into a library (selon load)", loaded)


def main() -> int:
    """Print the steps; 2 where there are no articles to read."""
    parser = argparse.ArgumentParser(prog="selon.bench.steps", description=__doc__)
    parser.add_argument("--articles", type=Path, default=sample(), help="JSON Lines, .gz")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--weight", type=int, default=60, help="kilobytes of markup a page")
    args = parser.parse_args()
    if not args.articles.exists():
        print(f"{args.articles}: no such file; name one: --articles FILE", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(texts(args.articles, args.count), args.weight, Path(folder)):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
