"""« Selon X, P »: prepositions that attribute, and who relays whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selon.lang.content import spans_of
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.cues import RELAYED, Cue
from selon.lang.fr.parties import Subject
from selon.lang.fr.phrases import NOMINAL, noun_phrase, taken_by
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span, Via

# What a clause about the source begins with, after its comma, and what turns to another account.
ABOUT_SOURCE: Final = ("qui", "dont", "lequel", "laquelle", "où")
TURNS: Final = ("mais", "tandis", "alors", "cependant", "or")


@dataclass(frozen=True, slots=True)
class Source:
    """A preposition with the party it names: tokens `low`..`high`, the phrase's head and words."""

    low: int
    high: int
    cue: tuple[int, ...]
    who: Subject
    kind: str
    medium: bool


def sources(scene: ParsedSentence, words: Lexicon) -> tuple[Source, ...]:
    """Every « selon X », « d'après X », « pour X », « aux dires de X » of the sentence."""
    found = []
    for i, low in enumerate(scene.lower):
        for kind, phrase in words.prepositions.get(low.replace("’", "'"), ()):
            source = _source(scene, words, i, phrase, kind)
            if source is not None:
                found.append(source)
                break
    return tuple(found)


def _source(
    scene: ParsedSentence, words: Lexicon, i: int, phrase: tuple[str, ...], kind: str
) -> Source | None:
    """« selon lesquelles » has its antecedent; « selon que », « pour + infinitive » are none."""
    n = taken_by(scene, i, phrase)
    if n == 0 or i + n >= len(scene.tokens):
        return None
    j = i + n
    if kind == "weak" and (
        i > 0 and scene.lower[i - 1] not in (",", ";", ":", "mais", "et") and not _opens(scene, i)
    ):
        return None
    if scene.lower[j] in ("que", "qu'", "quoi", "si"):
        return None
    head = scene.find(
        j, j + 7, lambda k: scene.tokens[k].pos in NOMINAL and not scene.tokens[k].masked
    )
    if head is None or any(
        "VerbForm" in scene.tokens[k].morph and scene.tokens[k].pos == "VERB"
        for k in range(j, head)
    ):
        return None
    if scene.lower[head].startswith("lesquel") or scene.lower[head] in ("lequel", "laquelle"):
        before = next(
            (k for k in range(i - 1, -1, -1) if scene.tokens[k].pos in ("NOUN", "PROPN")), None
        )
        if before is None:
            return None
        who = Subject((noun_phrase(scene, before, ceiling=i - 1),), before, "relative")
        return Source(i, head, tuple(range(i, i + n)), who, "which", False)
    if scene.tokens[head].pos == "PRON" and _infinitive_next(scene, head):
        return None
    while (
        scene.tokens[head].dep in ("flat:name", "nmod", "appos", "amod")
        and j <= scene.tokens[head].head < head
    ):
        head = scene.tokens[head].head
    if kind == "weak" and (
        scene.lower[head] in words.closed["never_for"]
        or scene.tokens[head].pos == "NUM"
        or scene.lower[j] in ("cela", "ça", "ce", "cette", "un", "une", "des", "sa", "leur")
    ):
        return None
    span = _without_main_clause(
        scene, noun_phrase(scene, head, floor=j, ceiling=_before_mark(scene, head))
    )
    high = max(k for k, t in enumerate(scene.tokens) if t.span.start < span.end)
    who = Subject((span,), head, "according")
    return Source(i, high, tuple(range(i, i + n)), who, kind, is_medium(scene, words, head, span))


def _before_mark(scene: ParsedSentence, head: int) -> int | None:
    """« selon lui « aujourd'hui … »: what stands between marks after the head is said, no name."""
    if scene.quote_at(scene.tokens[head].span.start) is not None:
        return None
    opened = scene.find(
        head + 1,
        len(scene.tokens),
        lambda k: scene.tokens[k].masked or scene.quote_at(scene.tokens[k].span.start) is not None,
    )
    return None if opened is None else opened - 1


def _infinitive_next(scene: ParsedSentence, i: int) -> bool:
    """« pour se justifier », « pour les aider »: an aim, nobody's view."""
    return i + 1 < len(scene.tokens) and "VerbForm=Inf" in scene.tokens[i + 1].morph


def _without_main_clause(scene: ParsedSentence, span: Span) -> Span:
    """« Selon le quotidien, les mémoires seront… »: a comma that nothing closes ends the phrase."""
    inside = [t for t in scene.tokens if span.start <= t.span.start < span.end]
    after = next((t.text for t in scene.tokens if t.span.start >= span.end), "")
    comma = next((n for n, t in enumerate(inside) if t.text == ","), None)
    if comma is None or after == "," or comma == 0:
        return span
    return Span(span.start, inside[comma - 1].span.end)


def _opens(scene: ParsedSentence, i: int) -> bool:
    return i == 0 or not any(scene.is_word(k) for k in range(i))


def is_medium(scene: ParsedSentence, words: Lexicon, head: int, span: Span) -> bool:
    """Whether a phrase names a medium: by its noun (« le quotidien ») or by its name."""
    if scene.lower[head] in words.media_nouns:
        return True
    said = span.of(scene.text)
    if any(w in words.media_nouns for w in said.lower().split()):
        return True
    bare = said.replace("’", "'")
    for article in ("le ", "la ", "l'", "les ", "du ", "de "):
        bare = bare.removeprefix(article)
    return bare in words.media_names or said in words.media_names


def according(
    scene: ParsedSentence, words: Lexicon, cues: tuple[Cue, ...], named: tuple[Source, ...]
) -> Iterator[Candidate]:
    """Selon X, P · P, selon X · P, selon X, Q · Pour X, P · des informations selon lesquelles P."""
    tokens = scene.tokens
    last = len(tokens) - 1
    for source in named:
        end = _past_relay(scene, source.high)
        while (
            end + 1 <= last
            and scene.lower[end + 1] not in (",", ";", ":", ".")
            and not tokens[end + 1].masked
        ):
            nxt = tokens[end + 1]
            plain = nxt.pos in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "X")
            if not (plain or nxt.text.lower() in RELAYED) or end - source.high > 8:
                break
            if (
                scene.quote_at(nxt.span.start) is not None
                and scene.quote_at(tokens[end].span.start) is None
            ):
                break
            end += 1
        if not (end + 1 <= last and scene.lower[end + 1] in (",", ";", ":", ".")):
            end = _past_relay(scene, source.high)
        opening = source.low == 0 or not any(
            scene.is_word(k) and tokens[k].pos not in ("ADV", "CCONJ") for k in range(source.low)
        )
        content = _according_content(scene, source, end, opening, cues)
        if not content:
            continue
        yield from _quote_beside(scene, words, source, end)
        draft = CandidateBuilder(scene, words, "according", "indirect").said_by(source.who)
        draft.cue_spans = spans_of(scene, source.cue)
        hedged = _conditional(scene, content)
        draft.stance = "conditional" if hedged else "asserted"
        where = "opening" if opening else "closing" if end >= last - 1 else "middle"
        comma = end + 1 <= last and scene.lower[end + 1] == ","
        draft.features += [
            f"preposition={source.kind}",
            f"where={where}",
            f"preposition+where={source.kind}/{where}",
            "comma-after" if comma else "no-comma-after",
            f"preposition+comma={source.kind}/{comma}",
            f"preposition+subject={source.kind}/{next((f for f in draft.features if f.startswith('subject=')), '')}",
            *(["medium"] if source.medium else []),
            *(["comma-before"] if source.low and scene.lower[source.low - 1] == "," else []),
            *(
                ["speech-cue-too"]
                if any(c.mood == "finite" and c.verb.act in ("say", "announce") for c in cues)
                else []
            ),
            *(["in-quote"] if scene.quote_at(tokens[source.low].span.start) else []),
        ]
        candidate = draft.done(content)
        if candidate is not None:
            yield candidate
        yield from _quotation_after(scene, words, source)


def _past_relay(scene: ParsedSentence, high: int) -> int:
    """« selon des témoins, cités par l'agence X, P »: what is said begins after the relay."""
    low = scene.lower[high + 1 : high + 16]
    if len(low) < 5 or low[0] != "," or low[1] not in RELAYED or low[2] != "par":
        return high
    return high + low.index(",", 3) if "," in low[3:] else high


def _quotation_after(scene: ParsedSentence, words: Lexicon, source: Source) -> Iterator[Candidate]:
    """Selon X, P : « Q »: the quotation after the colon is X's too, without a cue of its own."""
    mask = next((j for j, t in enumerate(scene.tokens) if t.masked and j > source.high), None)
    if mask is None or scene.lower[mask - 1] != ":":
        return
    draft = CandidateBuilder(scene, words, "according-quote", "direct").said_by(source.who)
    candidate = draft.done([scene.tokens[mask].span])
    if candidate is not None:
        yield candidate


def _quote_beside(
    scene: ParsedSentence, words: Lexicon, source: Source, end: int
) -> Iterator[Candidate]:
    """même si, selon lui, « Q » · « Q », selon X, qui précise que R: the quotation beside is X's."""
    after, before = end + 1, source.low - 1
    if scene.lower[after : after + 1] == (",",):
        after += 1
    if before >= 0 and scene.lower[before] == ",":
        before -= 1
    for where, j in (("after", after), ("before", before)):
        if not 0 <= j < len(scene.tokens):
            continue
        token = scene.tokens[j]
        quote = scene.quote_at(token.span.start)
        inside = quote is not None and not quote.outer.holds(scene.tokens[source.low].span)
        if not token.masked and not inside:
            continue
        span = token.span if token.masked or quote is None else quote.outer
        draft = CandidateBuilder(scene, words, "according-beside", "direct").said_by(source.who)
        draft.cue_spans = spans_of(scene, source.cue)
        draft.features += [
            f"beside={where}",
            f"beside={where}/{'masked' if token.masked else 'piece'}",
            f"preposition={source.kind}",
            f"opens={_opens(scene, source.low)}",
        ]
        candidate = draft.done([span])
        if candidate is not None:
            yield candidate


def _according_content(
    scene: ParsedSentence, source: Source, end: int, opening: bool, cues: tuple[Cue, ...]
) -> list[Span]:
    last = len(scene.tokens) - 1
    floor, ceiling = _bounds(scene, source)
    for j in range(source.low - 1, floor - 1, -1):
        if scene.lower[j] == ";":
            floor = j + 1
            break
    for j in range(end + 1, ceiling + 1):
        if scene.lower[j] == ";" or (
            scene.tokens[j].masked and scene.lower[j - 1] == ":" and j > end + 2
        ):
            ceiling = j - 1
            break
    if source.kind == "which":
        return (
            [scene.words(end + 1, scene.extents[scene.tokens[source.low].head][1])]
            if end < last
            else []
        )
    after = [_before_other_cue(scene, end + 1, ceiling, cues)] if end + 1 <= ceiling else []
    if opening:
        return after
    if end + 2 <= last and scene.lower[end + 1] == "," and scene.lower[end + 2] in ABOUT_SOURCE:
        # « « Q », selon X, qui précise que R »: the outlet tells of X again.
        after = []
    if scene.lower[source.low - 1] in TURNS and after:
        # « P, mais selon X, Q »: another account begins.
        return after
    colon = next(
        (j for j in range(source.low - 1, max(source.low - 4, -1), -1) if scene.lower[j] == ":"),
        None,
    )
    if colon is not None:
        return after
    before = [scene.words(floor, source.low - 1)]
    if after and end + 1 <= last and scene.lower[end + 1] == ":":
        return after
    return before + after


def _bounds(scene: ParsedSentence, source: Source) -> tuple[int, int]:
    """The first and last token that « selon X » can speak of: those of the quotation it stands in."""
    quote = scene.quote_at(scene.tokens[source.low].span.start)
    if quote is None:
        return _parenthesis(scene, source) or (0, len(scene.tokens) - 1)
    inside = [i for i, t in enumerate(scene.tokens) if quote.inner.holds(t.span)]
    return (min(inside), max(inside)) if source.low in inside else (0, len(scene.tokens) - 1)


def _parenthesis(scene: ParsedSentence, source: Source) -> tuple[int, int] | None:
    """« 15 000 à Paris (6 000 selon la police) »: what stands between brackets, where it says a word."""
    opened = next((j for j in range(source.low, -1, -1) if scene.lower[j] in ("(", ")")), None)
    closed = scene.find(source.high, len(scene.tokens), lambda j: scene.lower[j] in ("(", ")"))
    if opened is None or closed is None or scene.lower[opened] == ")" or scene.lower[closed] == "(":
        return None
    return (opened + 1, closed - 1) if source.low > opened + 1 or closed > source.high + 2 else None


def _before_other_cue(scene: ParsedSentence, low: int, high: int, cues: tuple[Cue, ...]) -> Span:
    """« Pour X, P et Y estime que Q »: what X says ends where Y begins to speak."""
    for cue in cues:
        if not (low + 3 < cue.at <= high) or cue.mood not in ("finite", "presp"):
            continue
        start = cue.low
        if cue.mood == "presp" and not _reports(scene, cue):
            continue
        if cue.mood == "finite" and cue.inverted is None:
            own = next((k for k in scene.children(cue.at, "nsubj") if low < k < cue.low), None)
            if own is None or not any(
                scene.lower[k] in ("que", "qu'")
                for k in range(cue.high + 1, min(cue.high + 3, high + 1))
            ):
                continue
            start = scene.extents[own][0]
        if start - 1 > low and scene.lower[start - 1] in ("et", "mais", ",", "en", "tout"):
            last = start - 2 if scene.lower[start - 2] in (",", "en", "tout") else start - 1
            return scene.words(low, max(low, last - 1 if not scene.is_word(last) else last))
    return scene.words(low, high)


def _reports(scene: ParsedSentence, cue: Cue) -> bool:
    """« ajoutant que », « précisant : », « déclarant « Q » », not « en menaçant les gens »."""
    j = cue.high + 1
    if j >= len(scene.tokens):
        return False
    marked = scene.tokens[j].masked or scene.quote_at(scene.tokens[j].span.start) is not None
    near = scene.lower[j : j + 6]
    return marked or bool({"que", "qu'", "qu’", ":"} & set(near))


def _conditional(scene: ParsedSentence, content: list[Span]) -> bool:
    """The first verb in a person of what is said stands in the conditional: « il aurait fui »."""
    for token in scene.tokens:
        if "VerbForm=Fin" in token.morph and any(
            s.start <= token.span.start < s.end for s in content
        ):
            return "Mood=Cnd" in token.morph
    return False


def relays(scene: ParsedSentence, named: tuple[Source, ...]) -> tuple[Via, ...]:
    """Media named by a preposition, which may relay another's words: « selon Reuters »."""
    return tuple(Via(s.who.spans, spans_of(scene, s.cue)) for s in named if s.medium)
