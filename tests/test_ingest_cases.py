"""Made-up files of every format and layout (`file_cases`), sound and broken: what must be read of each.

`expected.jsonl` has a line a file: `refused`, or `articles` in their order, each with the `title`, `outlet`,
`published`, `page` and `authors` that must be (a list of the first three: any of them), words that its text `has`
and `lacks`; `told`: something is said besides.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from selon.ingest import articles
from selon.records import Article, Failure

FOLDER = Path(__file__).parent / "file_cases"
CASES = [json.loads(line) for line in (FOLDER / "expected.jsonl").read_text("utf-8").splitlines()]


def squashed(words: str) -> str:
    return " ".join(words.split())


def faults(article: Article, wanted: dict[str, Any]) -> list[str]:
    """What of an article is not as it must be."""
    found = []
    for key in ("title", "outlet", "published", "page"):
        right, got = wanted.get(key, ...), getattr(article, key)
        if right is not ... and got not in (right if isinstance(right, list) else [right]):
            found.append(f"{key} {got!r}, right {right!r}")
    if "authors" in wanted and list(article.authors) != wanted["authors"]:
        found.append(f"authors {article.authors!r}")
    text = squashed(article.text)
    # Where nothing marks a title it is the text's first line.
    both = squashed(f"{article.title or ''} {article.text}")
    found += [f"lacks {w!r}" for w in wanted["has"] if squashed(w) not in both]
    found += [f"has {w!r}" for w in wanted.get("lacks", []) if squashed(w) in text]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["file"])
def test_a_file(case: dict[str, Any]) -> None:
    items = list(articles(FOLDER / case["file"]))
    read = [i for i in items if isinstance(i, Article)]
    told = [i for i in items if isinstance(i, Failure)]
    assert all(f.error and f.remedy for f in told)
    if case.get("refused"):
        assert not read
        assert told
        return
    wanted = case["articles"]
    assert len(read) == len(wanted), [a.title for a in read]
    # An archive's members, and what a letter carries, come in the order of the file.
    left = list(read)
    for want in wanted:
        best = min(left, key=lambda a: len(faults(a, want)))
        left.remove(best)
        assert faults(best, want) == []
    assert bool(told) == bool(case.get("told")), told


def test_every_format_has_three_files_and_a_broken_one() -> None:
    kinds: dict[str, list[bool]] = {}
    for case in CASES:
        kind = case["file"].partition("-")[0].partition(".")[0]
        kinds.setdefault(kind, []).append(bool(case.get("refused") or case.get("told")))
    for kind in ("factiva", "nexis", "europresse", "nitf", "ninjs", "docx", "odt", "rtf", "epub", "pdf", "eml",
                 "iram", "srt", "zip", "csv", "warc", "page", "rss"):  # fmt: skip
        assert len(kinds[kind]) >= 3, kind
        assert any(kinds[kind]), kind
