"""French rules over a cue's object: « dénonce N », « parle de N », « qualifie Y de Z »."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from selon.lang.fr.addressees import ASKING
from selon.lang.fr.attributes import attribute
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.content_span import LINKS, cut_at_cue, mark_at, through_quote
from selon.lang.fr.cues import Cue
from selon.lang.fr.drafts import draft_of_rule, finish_draft
from selon.lang.fr.phrases import NOMINAL
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span

# Endings before a circumstance that one object is offered with.
MAX_ENDINGS: Final = 3


def complement(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X dénonce N · X se félicite de N · X parle de N · X appelle à N · X alerte Y sur N · X exprime N."""
    if cue.passive or cue.mood == "part":
        return
    tokens = scene.tokens
    # « qualifie N de « Y » »: the whole is one attribute.
    named = cue.verb.act == "call" and any(True for _ in attribute(scene, cue, words, others))
    for k in sorted(
        {k for word in cue.words for k in scene.kids[word]} | _detached_object(scene, cue)
    ):
        if k <= cue.high or tokens[k].pos not in (*NOMINAL, "ADJ") or tokens[k].masked:
            continue
        dep = tokens[k].dep.split(":")[0]
        if tokens[k].head not in cue.words:
            dep = "insert"
        elif dep not in ("obj", "obl", "iobj", "xcomp", "nmod", "dep", "ccomp"):
            continue
        case = scene.child(k, "case")
        link = "bare"
        if case is not None and case > cue.high:
            link = scene.lower[case]
        elif dep in ("obl", "iobj") and scene.lower[k - 1] in ("du", "des", "au", "aux"):
            link = scene.lower[k - 1]
        link = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "d’": "de"}.get(
            link, link
        )
        if link not in ("bare", "de", "à", "sur", "contre", "pour", "en", "comme", "avec"):
            continue
        if dep == "obl" and link in ("bare", "en", "pour", "avec"):
            continue
        if cue.inverted == k or (
            link in ("sur", "à") and scene.lower[k] in words.closed["channels"]
        ):
            continue
        if link == "de" and scene.lower[k] in words.closed["manners"]:
            continue
        if named or (link == "bare" and _rings(scene, cue, k)):
            continue
        if any(cue.high < c.at < k for c in others if c.mood == "finite"):
            continue
        draft = draft_of_rule(scene, words, "complement", "narrated", (cue, others))
        plain = len(draft.features)
        if any(s.meets(tokens[k].span) for s in draft.who.spans):
            continue
        span = _object(scene, cue, k, others, words)
        if span is None or (link in ("bare", "à") and _is_asked(scene, cue, span)):
            continue
        gap = k - cue.high
        notes = (
            f"link={link}",
            f"dep={dep}",
            f"link+act={link}/{cue.verb.act}",
            f"link+cue={link}/{cue.lemma}",
            f"gap={'near' if gap <= 3 else 'far'}",
            f"object-pos={tokens[k].pos}",
            f"object={scene.lower[k]}",
            f"object-det={_determiner(scene, k)}",
            *(["object-number"] if scene.child(k, "nummod") is not None else []),
            *([] if set(cue.verb.frames.lower()) & set("nrc") else ["frame-no-object"]),
            *(["object-speech-noun"] if scene.lower[k] in words.nouns else []),
        )
        for piece, how in _ends(draft, k, span, others):
            yield from finish_draft(draft, [piece], *notes, *how)
            draft.features = draft.features[:plain]


def _rings(scene: ParsedSentence, cue: Cue, k: int) -> bool:
    """« appelle les pompiers », « a appelé Anne Roux »: nothing is said by it; « appelle à N » says.

    An agency's « appelle, lui, à N » has its « à » elsewhere: then it stands right before the object.
    """
    if cue.lemma != "appeler":
        return False
    before = scene.lower[max(cue.high + 1, k - 3) : k]
    return not any(low in ("à", "au", "aux") for low in before)


def _ends(
    draft: CandidateBuilder, k: int, span: Span, others: tuple[Cue, ...]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The ends that an object may have: as the tree has it, before a circumstance, or after one.

    « exprime sa colère | au personnel », « annonce un rachat | pour une valeur de N ».
    """
    scene, cuts = draft.scene, draft.words.cuts
    low = next(j for j, t in enumerate(scene.tokens) if t.span.end > span.start)
    high = max(j for j, t in enumerate(scene.tokens) if t.span.start < span.end)
    yield span, ("end=tree", f"after={mark_at(scene, high + 1)}")
    shorter = list(islice(_shorter(draft, k, (low, high)), MAX_ENDINGS))
    yield from shorter
    opens = scene.lower[high + 1] if high + 1 < len(scene.tokens) else ""
    if len(shorter) < MAX_ENDINGS and opens in cuts:
        stop = _breath_end(draft, high + 1, others)
        if stop > high:
            kind = cuts[opens]
            lemma = draft.cue.lemma if draft.cue else ""
            yield scene.words(low, stop), ("end=long", f"on={kind}", f"on+cue={kind}/{lemma}")


def _shorter(
    draft: CandidateBuilder, k: int, reach: tuple[int, int]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The object cut before each circumstance in it, with what the circumstance hangs on."""
    scene, cue, (low, high) = draft.scene, draft.cue, reach
    for j in range(max(k, low) + 1, high):
        kind = draft.words.cuts.get(scene.lower[j])
        if kind is None or scene.quote_at(scene.tokens[j].span.start) is not None or cue is None:
            continue
        head = max(scene.tokens[j].head, j)
        owner = scene.tokens[head].head if head > j else scene.tokens[j].head
        hung = "verb" if owner in cue.words else "noun" if owner == k else "else"
        end = j - 2 if scene.lower[j - 1] == "," else j - 1
        if end >= k:
            notes = ("end=short", f"cut={kind}", f"cut={kind}/{hung}")
            what = f"cut-what={_what(scene, head)}"
            yield scene.words(low, end), (*notes, what, f"cut+cue={kind}/{cue.lemma}")


def _what(scene: ParsedSentence, j: int) -> str:
    token = scene.tokens[j]
    return "name" if token.pos == "PROPN" else token.pos


def _breath_end(draft: CandidateBuilder, j: int, others: tuple[Cue, ...]) -> int:
    """Where a circumstance ends: at a comma, a stop, a verb in a person or the next cue."""
    scene = draft.scene
    start, last = j, len(scene.tokens) - 1
    while j < last:
        token = scene.tokens[j + 1]
        if token.masked or token.pos == "PUNCT" or "VerbForm=Fin" in token.morph:
            break
        if any(c.low == j + 1 for c in others):
            break
        j += 1
    while j >= start and (
        scene.tokens[j].pos in ("CCONJ", "PRON", "SCONJ", "DET", "ADP", "ADV")
        or scene.lower[j] in draft.words.cuts
    ):
        j -= 1
    return j


def _detached_object(scene: ParsedSentence, cue: Cue) -> set[int]:
    """The object that the parser hangs elsewhere: the phrase right after the cue and what is put in.

    « confirme ces déclarations », « réclament quant à elles la gratuité », « évoquait, sur la
    toile, de « nombreuses victimes » ».
    """
    low, tokens = scene.lower, scene.tokens
    j = cue.high + 1
    while j < len(tokens) and tokens[j].pos == "ADV" and low[j] != "quant":
        j += 1
    if low[j : j + 2] == ("quant", "à"):
        j += 3
    if low[j : j + 1] == (",",):
        close = scene.find(j + 1, j + 14, lambda k: low[k] == ",")
        if close is None or any("VerbForm=Fin" in t.morph for t in tokens[j:close]):
            return set()
        j = close + 1
    if j >= len(tokens) or (tokens[j].pos != "DET" and low[j] not in ("de", "d'", "des", "du")):
        return set()
    if (
        tokens[j].pos != "DET"
        and scene.quote_at(tokens[min(j + 1, len(tokens) - 1)].span.start) is None
    ):
        return set()
    head = scene.find(j, j + 5, lambda k: tokens[k].pos in ("NOUN", "PROPN"))
    return set() if head is None else {head}


def _is_asked(scene: ParsedSentence, cue: Cue, span: Span) -> bool:
    """« prévient les électeurs de se présenter »: the object is told, the infinitive is said."""
    if cue.verb.act not in ("ask", "warn") and cue.lemma not in ASKING:
        return False
    return any(
        "VerbForm=Inf" in t.morph
        and i > 0
        and span.start < t.span.start < span.end
        and any(scene.lower[b] in ("de", "d'", "à") for b in range(max(0, i - 3), i))
        for i, t in enumerate(scene.tokens)
    )


def _determiner(scene: ParsedSentence, k: int) -> str:
    """How an object is presented: « un rapport » and « leur opposition » are not the same news."""
    det = scene.child(k, "det", "nmod:poss")
    if det is None:
        return "none"
    word = scene.lower[det]
    kinds = {"un": "a", "une": "a", "des": "a", "le": "the", "la": "the", "l'": "the", "les": "the"}
    return kinds.get(word, "poss" if word in ("son", "sa", "ses", "leur", "leurs") else "other")


def _object(
    scene: ParsedSentence, cue: Cue, k: int, others: tuple[Cue, ...], words: Lexicon
) -> Span | None:
    """The words of an object: its subtree and what follows it in the same breath."""
    low, high = scene.extents[k]
    low = max(low, cue.high + 1)
    if scene.lower[low] in LINKS:
        return None
    case = scene.child(k, "case")
    if case is not None and case == low and scene.lower[case] not in ("du", "des", "au", "aux"):
        # « parler de X »: the preposition goes with a quotation (« de « Y » »), not with a noun.
        quote = scene.quote_at(scene.tokens[k].span.start)
        if quote is None:
            low += 1
    high = _in_one_breath(
        scene, low, max(low, min(high, cut_at_cue(scene, cue, low, high, others)))
    )
    high = _before_date(scene, words, k, high)
    for j in range(low + 1, high + 1):
        if scene.lower[j - 1] == "," and "Tense=Pres|VerbForm=Part" in scene.tokens[j].morph:
            # « l'évacuation de l'appareil, entraînant un retard »
            high = j - 2
            break
        if scene.tokens[j].masked or (scene.lower[j] in (";", ":") and _before_quotation(scene, j)):
            high = j - 1
            break
    high = through_quote(scene, high)
    while high > low and not scene.is_word(high):
        high -= 1
    return scene.words(low, max(low, high))


def _before_date(scene: ParsedSentence, words: Lexicon, k: int, high: int) -> int:
    """« les faits | ce samedi 15 octobre », « sa démission | mardi soir »: when it was said."""
    times = words.closed["days"] | words.closed["parts_of_day"] | words.closed["periods"]
    for j in range(k + 1, high + 1):
        if scene.quote_at(scene.tokens[j].span.start) is not None:
            continue
        day = scene.lower[j] in words.closed["days"] and scene.tokens[j - 1].pos not in (
            "ADP",
            "DET",
        )
        this = scene.lower[j] in ("ce", "cette") and scene.lower[j + 1 : j + 2] != ()
        if day or (this and scene.lower[j + 1] in times):
            if scene.lower[j - 1] in ("de", "du", "d'", "pour", "dès", "avant", "depuis", "à"):
                continue
            return max(k, j - 1)
    return high


def _before_quotation(scene: ParsedSentence, j: int) -> bool:
    return j + 1 >= len(scene.tokens) or scene.tokens[j + 1].masked or scene.lower[j] == ";"


BREATH_ENDS = frozenset(
    "après avant lors pendant depuis tandis alors quand si selon afin lorsque puisque mais car or "
    "donc en suite pour sur mardi lundi mercredi jeudi vendredi samedi dimanche hier".split()
)


def _in_one_breath(scene: ParsedSentence, low: int, high: int) -> int:
    """Where a phrase that the tree breaks off goes on: no stop, no new clause, no circumstance."""
    last = len(scene.tokens) - 1
    while high < last:
        j = high + 1
        token = scene.tokens[j]
        quoted = scene.quote_at(token.span.start) is not None
        if token.masked or (token.pos == "PUNCT" and not quoted):
            break
        if not quoted and (scene.lower[j] in BREATH_ENDS or "VerbForm=Fin" in token.morph):
            break
        if token.pos == "CCONJ" and not quoted and _new_clause(scene, j + 1):
            break
        high = j
    return high


def _new_clause(scene: ParsedSentence, j: int) -> bool:
    """Whether a verb in a person or a participle with its auxiliary stands right after « et »."""
    near = scene.tokens[j : j + 4]
    return any(
        "VerbForm=Fin" in t.morph or t.pos == "AUX" or "VerbForm=Part" in t.morph for t in near[:2]
    ) or any(t.dep.startswith(("nsubj", "expl")) for t in near[:2])
