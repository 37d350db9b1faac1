"""A large library in a minute or two: real articles, and statements made up from their sentences.

Run: `python -m selon.bench.filled LIBRARY.db ARTICLES.jsonl.gz [--articles 36000]`, then
`python -m selon.bench.web LIBRARY.db --as-it-is`.

Nothing is read: to read 36,000 articles takes hours, and a page's time does not depend on who truly
said what. Each sentence with words between quotation marks is a statement of somebody invented, so
that words are as frequent as they are in the press, and the ledger compares them. The file has one
article a line: `article` or `text`, `title`, `date` or `published`, perhaps `outlet` and `url`.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from selon.bench.library import made_up_names
from selon.library import serialization
from selon.library.store import Library
from selon.names import fold
from selon.reuse.store import ReuseStore

_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")
_QUOTED: Final = re.compile(r"«\s*([^«»]{12,600}?)\s*»|\"([^\"]{12,600})\"")
_MOST: Final = 8
_OUTLETS: Final = 120
_PEOPLE: Final = 7_000
_WHEN: Final = "2026-01-01T00:00:00Z"
_VOICES: Final = ("quoted", "reported", "hedged", None)
_ARTICLE: Final = """insert into article
  (id, key, url, outlet, title, published, language, version_id) values (?, ?, ?, ?, ?, ?, 'fr', ?)"""
_VERSION: Final = """insert into version
  (id, article_id, record, digest, text, url, outlet, title, published, language, added)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'fr', ?)"""
_STATEMENT: Final = """insert into statement
  (id, reading_id, article_id, key, form, stance, voice, content, content_spans, cue, cue_spans,
  context, speaker, speaker_id, score, speaker_score, why, outlet, published, same, current)
  values (?, ?, ?, ?, ?, 'asserted', ?, ?, ?, '', '[]', ?, ?, ?, ?, ?, '["bench"]', ?, ?, ?, 1)"""


def fill(path: Path, articles: Iterator[dict[str, Any]], seed: int = 4) -> int:
    """Write articles and made-up statements into a new library; how many statements."""
    chance = random.Random(seed)
    people = made_up_names(_PEOPLE)
    with Library(path, create=True) as library, library.transaction() as connection:
        connection.execute(
            "insert into run values (1, 'filled', 'bench', '', '{}', ?)",
            (_WHEN,),
        )
        connection.executemany(
            "insert into entity (id, key, type, name, folded, kind, gender, sound)"
            " values (?, ?, 'person', ?, ?, 'person', ?, '')",
            (
                (n, f"person:{fold(name)}", name, fold(name), ("male", "female", None)[n % 3])
                for n, name in enumerate(people, 1)
            ),
        )
        connection.executemany(
            "insert into variant (entity_id, folded, words) values (?, ?, ?)",
            ((n, fold(name), name) for n, name in enumerate(people, 1)),
        )
        count = 0
        for number, article in enumerate(articles, 1):
            count = _put(connection, number, article, count, (chance, people))
    return count


def _put(
    connection: sqlite3.Connection,
    number: int,
    article: dict[str, Any],
    count: int,
    drawn: tuple[random.Random, list[str]],
) -> int:
    """Write one article; the number of its last statement."""
    chance, people = drawn
    text = str(article.get("article") or article.get("text") or "")
    title = article.get("title") or f"Titre {number}"
    day = str(article.get("date") or article.get("published") or "2020-01-01")[:10]
    outlet = article.get("outlet") or f"Journal {number % _OUTLETS}"
    url = f"https://bench.example/{number}"
    at = (url, outlet, title, day)
    connection.execute(_ARTICLE, (number, url, *at, number))
    connection.execute(_VERSION, (number, number, url, str(number), text, *at, _WHEN))
    connection.execute(
        "insert into reading values (?, ?, 1, '[]', '[]', '[]', 1, ?)", (number, number, _WHEN)
    )
    local: dict[int, str] = {}
    for spans, form, sentence in islice(_sentences(text), _MOST):
        count += 1
        # Some people speak much, most hardly ever.
        who = 1 + int(_PEOPLE * chance.random() ** 3)
        here = local.setdefault(who, f"e{len(local)}")
        words, (start, end) = text[spans[0] : spans[1]], spans
        row = (count, number, number, f"b{number}#{start}-{end}", form, chance.choice(_VOICES))
        score = round(chance.random(), 3), round(chance.random(), 3)
        same = serialization.same_words(words)
        connection.execute(
            _STATEMENT,
            (
                *(*row, words, f"[[{start},{end}]]", sentence, people[who - 1], who),
                *(*score, outlet, day, same),
            ),
        )
        connection.execute(
            "insert into party values (?, 'speaker', 0, ?, '[]', '[]', ?, ?)",
            (count, people[who - 1], here, who),
        )
    connection.executemany(
        "insert into appearance (reading_id, local, entity_id, type, name, roles, mentions, kind)"
        " values (?, ?, ?, 'person', ?, '[]', '[[0,1,\"name\"]]', 'person')",
        ((number, here, who, people[who - 1]) for who, here in local.items()),
    )
    return count


def _sentences(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """What each sentence of a text quotes, or every fifth sentence itself: place, form, sentence."""
    for n, found in enumerate(_SENTENCE.finditer(text)):
        sentence = found[0].strip()
        quoted = _QUOTED.search(text, *found.span())
        if quoted:
            group = 1 if quoted[1] else 2
            yield quoted.span(group), "direct", sentence
        elif n % 5 == 0 and len(sentence) > 40:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield (start, start + len(sentence)), "indirect", sentence


def main() -> int:
    """Make the library, bring its ledger up to date, say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=36_000)
    args = parser.parse_args()
    started = time.process_time()
    opened = gzip.open if args.articles_file.suffix == ".gz" else open
    with opened(args.articles_file, "rb") as lines:
        many = fill(args.library, (orjson.loads(line) for line in islice(lines, args.articles)))
    print(
        f"{many} statements in {time.process_time() - started:.0f} s of processor time", flush=True
    )
    with Library(args.library) as library:
        compared = ReuseStore(library).update()
    print(f"{compared} compared; {time.process_time() - started:.0f} s of processor time in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
