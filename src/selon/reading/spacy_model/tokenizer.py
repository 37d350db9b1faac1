"""spaCy's tokenizer made faster for words that it meets first; what it answers stays the same.

A word that it has met is in its cache. For a new one it tries five expressions, some of which name
thousands of signs, and works out 23 attributes, of which a reading asks for six or seven. A word of
plain letters needs none of the expressions: each of them looks for a sign, a digit or a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from spacy.attrs import IDS
from spacy.tokenizer import Tokenizer

# What a reading asks for, whatever the model.
READ: Final = frozenset({"LANG", "NORM", "IS_SPACE"})
# Components of which it is known what attributes they look at.
KNOWN: Final = frozenset({"tok2vec", "morphologizer", "tagger", "parser", "attribute_ruler"})
# Words and their pieces that the cache may hold: those of some thousands of articles.
CACHED: Final = 60_000
# No affix, infix, address or compound of any language here is of such letters alone.
PLAIN: Final = re.compile("[a-zA-ZÀ-ÖØ-öø-ÿŒœ]+")

_Found = Callable[[str], Any]


def optimize_tokenizer(nlp: Any) -> None:
    """Have a loaded pipeline's tokenizer and vocabulary do only what is needed for a new word.

    A pipeline with components that are not known here keeps all attributes of words.
    """
    if KNOWN.issuperset(nlp.pipe_names):
        wanted = READ | set(_looked_at(nlp))
        for key in [k for k in nlp.vocab.lex_attr_getters if _NAMES.get(k) not in wanted]:
            del nlp.vocab.lex_attr_getters[key]
    if type(nlp.tokenizer) is Tokenizer:
        nlp.tokenizer = _faster_tokenizer(nlp.tokenizer)


def _faster_tokenizer(old: Tokenizer) -> Tokenizer:
    # Made again: each expression that is put in place of another has all exceptions worked out again.
    return Tokenizer(
        old.vocab,
        old.rules,
        prefix_search=_unless_plain(old.prefix_search, None),
        suffix_search=_unless_plain(old.suffix_search, None),
        infix_finditer=_unless_plain(old.infix_finditer, ()),
        token_match=_unless_plain(old.token_match, None),
        url_match=_unless_plain(old.url_match, None),
        faster_heuristics=old.faster_heuristics,
        max_cache_size=CACHED,
    )


_NAMES: Final = {number: name for name, number in IDS.items()}


def _unless_plain(found: _Found | None, nothing: object) -> _Found | None:
    if found is None:
        return None
    plain = PLAIN.fullmatch

    def looked(text: str) -> Any:
        return nothing if plain(text) else found(text)

    return looked


def _looked_at(nlp: Any) -> Iterator[str]:
    """The attributes of words that a pipeline's encoder and its rules look at."""
    for name, pipe in nlp.pipeline:
        if name == "attribute_ruler":
            for rule in pipe.patterns:
                for pattern in rule["patterns"]:
                    for token in pattern:
                        yield from (str(key).upper() for key in token)
        elif hasattr(pipe, "model"):
            for node in pipe.model.walk():
                if node.name == "extract_features":
                    yield from node.attrs["columns"]
