"""What stands at the edges of the words that a candidate claims: the ranking's ground to choose an end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from selon.lang.en.cues import Cue
from selon.reading.tree import ParsedSentence
from selon.records import Spans

# Parts of speech whose very word tells how a phrase begins or what follows it.
TAGS_SHOWN_BY_WORD: Final = ("ADP", "SCONJ", "CCONJ", "PUNCT", "PRON", "DET", "ADV", "AUX", "PART")
INNER: Final = 4
# How far after the words one that hangs on them is looked for.
MAX_TOKENS_AHEAD: Final = 9


def edge_features(scene: ParsedSentence, spans: Spans, cue: Cue | None, rule: str) -> list[str]:
    """How the words begin, what follows them, what phrases and pauses they hold."""
    first = bisect_right(scene.starts, spans[0].start) - 1
    last = bisect_left(scene.starts, spans[-1].end) - 1
    if first < 0 or last < first:
        return []
    begins, follows = _token_class(scene, first), _token_class(scene, last + 1)
    act = cue.act if cue else "none"
    kind = scene.tokens[first].pos
    out = [
        f"first={begins}",
        f"rule+first={rule}/{kind}",
        f"next={follows}",
        f"rule+next={rule}/{follows}",
        f"act+next={act}/{follows}",
        f"last-pos={scene.tokens[last].pos}/{scene.tokens[last].dep}",
        f"last+next={_phrase(scene, first, last)}/{follows}",
        f"whole={last >= len(scene.tokens) - 2}",
    ]
    if follows in (",", "and", "but", "or"):
        out.append(f"next={follows}/{_token_class(scene, last + 2)}")
    if cue is not None:
        out += [f"first+cue={kind}/{cue.lemma}", f"next+cue={follows}/{cue.lemma}"]
    return (
        out
        + _inner_features(scene, first, last, cue, rule)
        + _joined_features(scene, first, last, rule)
    )


def _joined_features(scene: ParsedSentence, first: int, last: int, rule: str) -> list[str]:
    """What the tree joins: the heads that hang on words outside, and what it would add at the end."""
    tokens = scene.tokens
    tops = []
    for j in range(first, last + 1):
        head = tokens[j].head
        if (head == j or not first <= head <= last) and tokens[j].pos != "PUNCT":
            tops.append(tokens[j].dep)
    cut = "none"
    for j in range(last + 1, min(len(tokens), last + MAX_TOKENS_AHEAD)):
        if first <= tokens[j].head <= last and tokens[j].pos != "PUNCT":
            cut = tokens[j].dep
            break
    return [
        f"tops={'+'.join(tops[:3])}",
        f"rule+tops={rule}/{min(len(tops), 4)}",
        f"cut={cut}",
        f"rule+cut={rule}/{cut}",
        f"cut+next={cut}/{_token_class(scene, last + 1)}",
    ]


def _token_class(scene: ParsedSentence, i: int) -> str:
    """A token by its word where it is a small one, by its kind else; nothing is the sentence's end."""
    if i >= len(scene.tokens):
        return "end"
    token = scene.tokens[i]
    if token.masked:
        return "quote"
    if token.pos == "VERB":
        return f"VERB/{token.morph[-4:]}" if token.morph else "VERB"
    return scene.lower[i] if token.pos in TAGS_SHOWN_BY_WORD else token.pos


def _phrase(scene: ParsedSentence, first: int, last: int) -> str:
    """The preposition of the last phrase, or the kind of the last word."""
    for j in range(last, max(first, last - 6), -1):
        if scene.tokens[j].pos in ("ADP", "SCONJ"):
            return scene.lower[j]
        if scene.tokens[j].pos == "VERB":
            return "VERB"
    return scene.tokens[last].pos


def _inner_features(
    scene: ParsedSentence, first: int, last: int, cue: Cue | None, rule: str
) -> list[str]:
    """The pauses inside with what begins after them, and the phrases that hang on the cue itself."""
    out = []
    pauses = [j for j in range(first + 1, last) if scene.lower[j] in (",", "—", "–", "--")]
    out.append(f"rule+pauses={rule}/{min(len(pauses), 3)}")
    out += [f"after-pause={_token_class(scene, j + 1)}" for j in pauses[:INNER]]
    if cue is not None:
        own = [
            _token_class(scene, k)
            for k in scene.kids[cue.at]
            if first < k <= last and scene.tokens[k].dep in ("prep", "advcl", "obl:npmod", "advmod")
        ]
        out += [f"cue-phrase={word}" for word in own[:INNER]]
        out += [f"rule+cue-phrase={rule}/{word}" for word in own[:INNER]]
    verbs = sum(1 for j in range(first, last + 1) if scene.tokens[j].pos == "VERB")
    out.append(f"rule+verbs={rule}/{min(verbs, 3)}")
    return out


FRAME: Final = ("ccomp", "xcomp", "obj", "oprd", "attr", "acomp", "prep", "iobj", "acl", "advcl")


def surroundings(scene: ParsedSentence, cue: Cue) -> list[str]:
    """What stands right before and after a cue, and what hangs on it: the frame that it is used in."""
    before = _token_class(scene, cue.low - 1) if cue.low else "start"
    after = _token_class(scene, cue.high + 1)
    held = {
        f"{t.dep}-{scene.lower[k]}" if t.dep == "prep" else t.dep
        for k in scene.kids[cue.at]
        for t in (scene.tokens[k],)
        if k > cue.high and t.dep in FRAME
    }
    frame = "+".join(sorted(held)) or "none"
    own = [scene.lower[k] for k in scene.kids[cue.at] if scene.tokens[k].dep in ("advmod", "amod")]
    return [
        f"before-cue={before}",
        f"after-cue={after}",
        f"after-cue+cue={after}/{cue.lemma}",
        f"act+after-cue={cue.act}/{after}",
        f"frame={frame}",
        f"act+frame={cue.act}/{frame}",
        f"frame+cue={frame}/{cue.lemma}",
        *(f"beside={word}" for word in own[:3]),
        f"early={scene.number < 3}",
        f"with-quotations={min(len(scene.quotes), 2)}/{cue.act}",
    ]
