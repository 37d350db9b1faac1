"""A spaCy package for the example language: its word endings tell what a word is.

No model: enough of a parser to try the recipe of a new language on, and nothing to download.
"""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

PREPOSITIONS = ("al", "de", "en", "laŭ", "por", "kun")
PRONOUNS = ("li", "ŝi", "ĝi", "ili", "ni", "mi", "vi", "tio")
SMALL = {"la": "DET", "ke": "SCONJ", "ĉu": "SCONJ", "ne": "PART", "kaj": "CCONJ", "sed": "CCONJ"}
ENDINGS = (
    (("as", "is", "os", "us", "u"), "VERB"),
    (("o", "on", "oj", "ojn"), "NOUN"),
    (("a", "an", "aj", "ajn"), "ADJ"),
    (("e", "aŭ"), "ADV"),
)


def load(**asked: Any) -> Language:
    """The pipeline; what else spaCy asks for is not there."""
    nlp = spacy.blank("xx")
    # « s-ino » is one word.
    nlp.tokenizer.infix_finditer = None
    nlp.add_pipe("eo_endings")
    return nlp


@Language.component("eo_endings")
def parsed(doc: Doc) -> Doc:
    """The document with parts of speech, heads and relations."""
    for token in doc:
        token.pos_ = _part(token)
        token.head, token.dep_ = token, "dep"
    verbs = [t for t in doc if t.pos_ == "VERB"]
    root = verbs[0] if verbs else doc[0]
    for token in doc:
        _attach(token, doc, verbs, root)
    root.head, root.dep_ = root, "ROOT"
    return doc


def _part(token: Token) -> str:
    low = token.lower_
    if token.is_punct or token.is_space:
        return "PUNCT"
    if low in SMALL:
        return SMALL[low]
    if low in PREPOSITIONS:
        return "ADP"
    if low in PRONOUNS:
        return "PRON"
    if token.text[0].isupper() and token.i:
        return "PROPN"
    if token.text[0].isupper() and len(token.doc) > 1 and token.nbor(1).text[0].isupper():
        return "PROPN"
    return next((part for ends, part in ENDINGS if low.endswith(ends)), "X")


def _attach(token: Token, doc: Doc, verbs: list[Token], root: Token) -> None:
    """Each word to its noun or to the verb of its clause; a clause begins with « ke »."""
    opens = [t.i for t in doc if t.lower_ in ("ke", "ĉu")]
    clause = sum(token.i >= i for i in opens)
    own = next((v for v in verbs if sum(v.i >= i for i in opens) == clause), root)
    after = [t for t in doc[token.i + 1 :] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    before = doc[token.i - 1] if token.i else None
    token.head, token.dep_ = own, "advmod" if token.pos_ in ("ADV", "PART") else "punct"
    if token == own and clause:
        outer = [v for v in verbs if sum(v.i >= i for i in opens) == clause - 1]
        token.head, token.dep_ = (outer or [root])[0], "ccomp"
    elif token.pos_ == "VERB":
        token.dep_ = "conj"
    elif token.pos_ == "SCONJ":
        token.dep_ = "mark"
    elif token.pos_ in ("DET", "ADJ", "ADP") and after and after[0].i - token.i < 4:
        token.head = after[0]
        token.dep_ = {"DET": "det", "ADJ": "amod", "ADP": "case"}[token.pos_]
    elif token.pos_ == "PROPN" and before is not None and before.pos_ in ("NOUN", "PROPN"):
        token.head, token.dep_ = before, "flat"
    elif token.pos_ in ("NOUN", "PROPN", "PRON"):
        led = any(t.pos_ == "ADP" for t in doc[max(0, token.i - 2) : token.i])
        quoted = token.lower_ == "tio" or token.lower_.endswith(("on", "ojn"))
        token.dep_ = "obl" if led else "obj" if quoted else "nsubj"
