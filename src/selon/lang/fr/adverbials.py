"""What stands between a French cue and its speaker: adverbs, dates, « à l'AFP », « ce matin »."""

from __future__ import annotations

from selon.lang.fr.phrases import NOMINAL
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence


def past_adverbials(scene: ParsedSentence, j: int, words: Lexicon) -> int:
    """The first token after adverbs and prepositional phrases, with or without commas."""
    last = len(scene.tokens)
    while j < last:
        word = scene.lower[j]
        if word == "d'" and j + 1 < last and scene.lower[j + 1] == "ailleurs":
            j += 2
        elif _past_time(scene, j, words) > j:
            j = _past_time(scene, j, words)
        elif scene.tokens[j].pos == "ADV" or word in ("alors", "ainsi", "encore", "hier"):
            j += 1
        elif scene.tokens[j].pos == "ADP" and word not in ("de", "d'"):
            nxt = _past_phrase(scene, j + 1 if word == "auprès" and j + 1 < last else j)
            if nxt is None:
                return j
            j = nxt
        elif word == "," and j + 1 < last and scene.tokens[j + 1].pos == "ADP":
            nxt = _past_phrase(scene, j + 1)
            if nxt is None or nxt >= last or scene.lower[nxt] != ",":
                return j
            j = nxt + 1
        elif _is_date(scene, j):
            j += 1
        else:
            return j
    return j


def _past_time(scene: ParsedSentence, j: int, words: Lexicon) -> int:
    """« ce matin X », « jeudi 3 janvier 2019 X », « dimanche soir X »: where the time's words end."""
    closed, low = words.closed, scene.lower
    last = len(low)
    at = j + 1 if low[j] in ("ce", "cet", "cette", "le") else j
    if at >= last or low[at] not in closed["days"] | closed["parts_of_day"]:
        at = j
        if not (low[j].isdigit() and j + 1 < last and low[j + 1] in closed["months"]):
            return j
    while at < last and (
        low[at] in closed["days"]
        or low[at] in closed["parts_of_day"]
        or low[at] in closed["months"]
        or low[at].isdigit()
        or low[at] == "1er"
    ):
        at += 1
    return at


def _is_date(scene: ParsedSentence, j: int) -> bool:
    """« a déclaré mardi X », « a dit ce lundi 6 mars X »: no speaker begins there."""
    token = scene.tokens[j]
    tail = j + 1 < len(scene.tokens) and scene.tokens[j + 1].pos in ("DET", "PROPN", "NUM", "NOUN")
    return token.dep.startswith("obl:mod") and token.pos in ("NOUN", "NUM") and tail


def _past_phrase(scene: ParsedSentence, j: int) -> int | None:
    """The token after a prepositional phrase (« à l'AFP », « dans un communiqué »)."""
    head = scene.tokens[j].head
    if head <= j or scene.tokens[head].pos not in NOMINAL:
        # The tree is broken: a noun with its determiner and what describes it.
        head = j + 2 if scene.tokens[min(j + 1, len(scene.tokens) - 1)].pos == "DET" else j + 1
        if head >= len(scene.tokens) or scene.tokens[head].pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        while head + 1 < len(scene.tokens) and scene.tokens[head + 1].pos == "ADJ":
            head += 1
        return head + 1
    end = head
    if scene.tokens[head].text.isupper() and len(scene.tokens[head].text) > 2:
        return head + 1
    for k in scene.kids[head]:
        bare = scene.child(k, "det") is not None and scene.child(k, "case") is None
        if bare and scene.tokens[k].dep == "nmod":
            # « a confié au quotidien local un syndicaliste »: the subject, hung on the medium.
            break
        if k > head and scene.tokens[k].dep in ("flat:name", "amod", "nmod", "flat:foreign"):
            end = max(end, k)
    return end + 1


def is_date(scene: ParsedSentence, k: int, words: Lexicon) -> bool:
    """« rapporte Le Parisien jeudi 31 août »: a date that the parser takes for the subject."""
    near = scene.lower[k : k + 2]
    day = near[0].isdigit() and near[-1] in words.closed["months"]
    return (
        near[0] in words.closed["months"]
        or day
        or (near[0] in words.closed["days"] and near[-1].isdigit())
    )
