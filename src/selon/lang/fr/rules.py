"""French rules over a cue's clause: « dit que P », « promet de P », « N a été annoncé »."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.attributes import attribute
from selon.lang.fr.content_span import LINKS, content_ends, endings
from selon.lang.fr.cues import Cue
from selon.lang.fr.drafts import draft_of_rule, finish_draft
from selon.lang.fr.objects import complement
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span


def clause(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X dit que P · X a demandé si P · X se dit convaincu que P · X rappelle, lundi, que P."""
    k = scene.find(
        cue.high + 1,
        cue.high + 16,
        lambda j: (
            (scene.lower[j] in LINKS and scene.lower[j - 1] not in words.closed["conjunctions"])
            or (
                scene.lower[j] in ("si", "s'", "s’")
                and cue.verb.act in ("ask", "question", "say", "react")
                and j <= cue.high + 3
                and scene.tokens[j].dep == "mark"
            )
        ),
    )
    if k is None:
        return
    if any(
        scene.tokens[j].masked or scene.lower[j] in (";", ":", ".") for j in range(cue.high + 1, k)
    ):
        return
    nearer = [c for c in others if cue.high < c.at < k and c.mood != "part"]
    if nearer:
        return
    verb = scene.tokens[k].head
    if verb <= k:
        verb = next(
            (j for j in range(k + 1, len(scene.tokens)) if "VerbForm=Fin" in scene.tokens[j].morph),
            k,
        )
    gap = k - cue.high - 1
    notes = [f"gap={'0' if gap == 0 else '1-3' if gap <= 3 else '4+'}"]
    governed = scene.tokens[verb].head == cue.at and scene.tokens[verb].dep.startswith("ccomp")
    notes.append("ccomp" if governed else "not-ccomp")
    if scene.tokens[verb].dep.startswith("acl"):
        notes.append("relative-clause")
    if scene.lower[cue.high + 1 : k][-1:] in (("ce",), ("plus",), ("moins",), ("aussi",), ("ne",)):
        notes.append("comparison")
    if "q" not in cue.verb.frames.lower():
        notes.append("frame-no-clause")
    if scene.tokens[k].pos == "PRON":
        notes.append("link-pronoun")
    if _only(scene, cue, words, k):
        notes.append("only")
    draft = draft_of_rule(scene, words, "clause", "indirect", (cue, others))
    if cue.verb.act == "infer" and "subject-is=thing" in draft.features:
        # « cette démarche montre que P »: the outlet infers, nobody speaks.
        return
    end = content_ends(scene, cue, k, max(k, scene.extents[verb][1]), others)
    if end > k:
        plain = len(draft.features)
        for last, how in endings(scene, k, end, extent=scene.extents[verb][1]):
            yield from finish_draft(draft, _open_to(scene, k, last), *notes, *how)
            draft.features = draft.features[:plain]


def _only(scene: ParsedSentence, cue: Cue, words: Lexicon, link: int) -> bool:
    """« il ne répondra qu'à la justice », « que d'atteinte à »: no clause follows, « que » is « seulement »."""
    nxt = link + 1
    bare = nxt < len(scene.tokens) and scene.tokens[nxt].pos in ("ADP", "NUM")
    ne = any(scene.lower[j] in ("ne", "n'", "n’") for j in range(max(cue.low - 1, 0), cue.at))
    finite = any("VerbForm=Fin" in t.morph for t in scene.tokens[link + 1 :])
    return (ne and not cue.negated) or (bare and not finite)


def _open_to(scene: ParsedSentence, start: int, end: int) -> list[Span]:
    return [scene.words(start, end)]


def second_clause(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X précise : P sans guillemets · X est formel : P."""
    k = scene.find(cue.high + 1, len(scene.tokens), lambda j: scene.lower[j] == ":")
    if k is None or k + 2 >= len(scene.tokens) or scene.tokens[k + 1].masked:
        return
    if any(c.at > cue.at and c.at < k for c in others) or scene.quote_at(
        scene.tokens[k + 1].span.start
    ):
        return
    draft = draft_of_rule(scene, words, "colon-clause", "indirect", (cue, others))
    yield from finish_draft(
        draft, [scene.words(k + 1, len(scene.tokens) - 1)], f"gap={min(k - cue.high, 4)}"
    )


# What may stand between « de » and the infinitive that it brings.
BEFORE_INFINITIVE = frozenset(
    "de d' à ne pas se s' y en l' le la les lui leur n' n’ plus jamais avoir être nous vous me m'".split()
)
# What ends a cue's reach before an infinitive: it is another verb's.
NO_INFINITIVE_AFTER = frozenset(": ; . que qu' pour afin sans après avant".split())


def _infinitive_at(
    scene: ParsedSentence, cue: Cue, others: tuple[Cue, ...]
) -> tuple[int, int] | None:
    """Where the infinitive that a cue brings begins (its « de » with it), and its verb."""
    tokens = scene.tokens
    k = scene.find(
        cue.high + 1,
        cue.high + 18,
        lambda j: "VerbForm=Inf" in tokens[j].morph and not tokens[j].masked,
    )
    if k is None:
        return None
    start = k
    while start > cue.high + 1 and (
        scene.lower[start - 1] in BEFORE_INFINITIVE or tokens[start - 1].pos == "ADV"
    ):
        start -= 1
        if scene.lower[start] in ("de", "d'", "à"):
            break
    commas = [j for j in range(cue.high + 1, start) if scene.lower[j] == ","]
    # « admet, d'une part, être », « a assuré à la radio, ce jeudi, être »: commas that close.
    if commas and len(commas) % 2 and commas[-1] != start - 1:
        return None
    for j in range(cue.high + 1, start):
        stopped = scene.lower[j] in NO_INFINITIVE_AFTER or "VerbForm=Fin" in tokens[j].morph
        if stopped or tokens[j].masked:
            return None
    if any(cue.high < c.at < start and c.mood != "part" for c in others):
        return None
    return None if scene.lower[start - 1] in ("pour", "afin", "sans") else (start, k)


def infinitive(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X affirme vouloir P · X promet de P · X appelle Y à P · X a accusé Y d'avoir P · Y est accusé de P."""
    found = _infinitive_at(scene, cue, others)
    if found is None:
        return
    start, k = found
    tokens = scene.tokens
    gap = start - cue.high - 1
    link = scene.lower[start] if scene.lower[start] in ("de", "d'", "à") else "bare"
    draft = draft_of_rule(scene, words, "infinitive", "indirect", (cue, others))
    if tokens[k].pos == "AUX" and tokens[k].head > k:
        k = tokens[k].head
    high = content_ends(scene, cue, start, max(scene.extents[k][1], k), others)
    high = _before_finite(scene, start, high)
    governed = tokens[k].dep.startswith("xcomp") and tokens[k].head == cue.at
    link = {"d'": "de"}.get(link, link)
    notes = (
        f"link={link}",
        f"link+act={link}/{cue.verb.act}",
        f"link+cue={link}/{cue.lemma}",
        f"gap={'0' if gap == 0 else '1-3' if gap <= 3 else '4+'}",
        *(["comma-between"] if "," in scene.lower[cue.high + 1 : start] else []),
        *(["participle-between"] if any(cue.high < c.at < start for c in others) else []),
        "xcomp" if governed else "not-xcomp",
        f"under={_governor(scene, cue, start, k)}",
        *([] if "i" in cue.verb.frames.lower() else ["frame-no-infinitive"]),
    )
    plain = len(draft.features)
    for last, how in endings(scene, start, high, extent=scene.extents[k][1]):
        yield from finish_draft(draft, [scene.words(start, last)], *notes, *how)
        draft.features = draft.features[:plain]


def _governor(scene: ParsedSentence, cue: Cue, start: int, k: int) -> str:
    """What an infinitive hangs on: its cue, or a noun between (« affirme sa volonté de continuer »)."""
    head = scene.tokens[k].head
    if cue.high < head < start:
        possessed = scene.child(head, "det", "nmod:poss")
        own = possessed is not None and scene.lower[possessed] in ("son", "sa", "leur", "ses")
        return f"{scene.tokens[head].pos}/{own}"
    return "cue" if head == cue.at else "other"


def _before_finite(scene: ParsedSentence, start: int, high: int) -> int:
    """« a refusé d'obéir et a été arrêté », « …, mais il ajoute »: the main clause goes on."""
    for j in range(start + 1, high):
        if "VerbForm=Fin" in scene.tokens[j].morph or scene.lower[j] in LINKS:
            break
        if scene.lower[j] not in ("et", "mais") or scene.quote_at(scene.tokens[j].span.start):
            continue
        near = scene.tokens[j + 1 : min(j + 5, high + 1)]
        stop = next((n for n, t in enumerate(near) if t.pos in ("ADP", "SCONJ", "PUNCT")), 9)
        finite = next((n for n, t in enumerate(near) if "VerbForm=Fin" in t.morph), None)
        if finite is not None and finite < stop:
            return j - 2 if scene.lower[j - 1] == "," else j - 1
    return high


def passive(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """N a été annoncé par X · les mesures annoncées par X · N, dénoncé par X · il a été demandé de P."""
    if not (cue.passive or cue.mood == "part"):
        return
    tokens = scene.tokens
    governor = scene.child(cue.at, "nsubj")
    if governor is None and cue.mood == "part":
        head = tokens[cue.at].head
        governor = head if head < cue.at and tokens[head].pos in NOMINAL else None
    if governor is None or tokens[governor].masked or governor > cue.at:
        return
    if scene.lower[governor] in ("il", "qui", "que") and tokens[governor].pos == "PRON":
        above = tokens[cue.at].head
        if scene.lower[governor] != "qui" or above >= governor or tokens[above].pos not in NOMINAL:
            return
        governor = above
    draft = draft_of_rule(scene, words, "passive", "narrated", (cue, others))
    span = noun_phrase(scene, governor, ceiling=cue.low - 1)
    if span.end <= span.start or any(span.meets(s) for s in draft.who.spans):
        return
    yield from finish_draft(
        draft,
        [span],
        "participle" if cue.mood == "part" and not cue.passive else "full-passive",
        "agent" if draft.who.spans else "no-agent",
        f"agent+act={bool(draft.who.spans)}/{cue.verb.act}",
        *(["object-speech-noun"] if scene.lower[governor] in words.nouns else []),
    )


def accused(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """Y est accusé de N · X accuse Y de N: the charge is the content, « de » apart."""
    if cue.verb.act != "accuse" and cue.lemma != "menacer":
        return
    tokens = scene.tokens
    k = scene.find(
        cue.high + 1, cue.high + 10, lambda j: scene.lower[j] in ("de", "d'", "des", "du")
    )
    if k is None or k + 1 >= len(tokens):
        return
    head = tokens[k].head
    if (
        head <= k
        or tokens[head].pos not in ("NOUN", "PROPN")
        or any(tokens[j].masked for j in range(cue.high, k))
    ):
        return
    if tokens[head].head != cue.at and k > cue.high + 1:
        return
    draft = draft_of_rule(scene, words, "accused", "narrated", (cue, others))
    start = (
        k + 1
        if scene.lower[k] in ("de", "d'") and not scene.quote_at(tokens[k + 1].span.start)
        else k
    )
    yield from finish_draft(draft, [scene.words(start, max(start, scene.extents[head][1]))])


VERB_RULES = (clause, second_clause, infinitive, complement, attribute, passive, accused)
