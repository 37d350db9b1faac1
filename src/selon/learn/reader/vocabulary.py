"""The tokenizer cut to the pieces that the languages of Europe in Latin script need."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from tokenizers import Tokenizer

SPECIAL: Final = 4


def cut(tokenizer: bytes, texts: Iterable[str], size: int) -> tuple[bytes, list[int]]:
    """A tokenizer of `size` pieces, and for each the row of its vector in the whole one.

    Kept: every single character in Latin script and every mark, each piece seen in the texts (the
    most frequent first), then the likeliest pieces in Latin script. What is dropped is written
    with smaller pieces by the same unigram model.
    """
    whole = json.loads(tokenizer)
    vocabulary: list[list[Any]] = whole["model"]["vocab"]
    seen: Counter[int] = Counter()
    reader = Tokenizer.from_str(tokenizer.decode())
    for batch in in_batches(texts, 500):
        for found in reader.encode_batch(batch, add_special_tokens=False):
            seen.update(found.ids)
    kept = list(range(SPECIAL))
    chosen = set(kept)

    def keep(number: int) -> None:
        if number not in chosen and len(chosen) < size:
            chosen.add(number)

    latin = [n for n, (piece, _) in enumerate(vocabulary) if n >= SPECIAL and _latin(piece)]
    for n in latin:
        if len(vocabulary[n][0].strip("▁")) <= 1:
            keep(n)
    for n, count in seen.most_common():
        if count > 1 and n >= SPECIAL:
            keep(n)
    for n in latin:
        keep(n)
    rows = sorted(chosen)
    whole["model"]["vocab"] = [vocabulary[n] for n in rows]
    whole["added_tokens"] = [t for t in whole["added_tokens"] if t["id"] < SPECIAL]
    return json.dumps(whole, ensure_ascii=False).encode(), rows


def in_batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """The texts in lists of at most `size`."""
    left = iter(texts)
    while batch := list(islice(left, size)):
        yield batch


def _latin(piece: str) -> bool:
    return all(
        not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in piece.strip("▁")
    ) and not piece.startswith("<")
