"""French rules that start from quotation marks and from clauses put in after the words reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selon.lang.fr.addressees import addressees
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.cues import RELAYED, Cue, cues
from selon.lang.fr.nouns import noun_cue
from selon.lang.fr.partial_quotes import carried_on, quoted_object
from selon.lang.fr.parties import Subject, subject
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence, trim
from selon.records import Candidate, ReportClause, Span

STOPS = (",", ".", ";", ":", "!", "?", ")", "…", "...")


INSERTED: Final = re.compile(
    r"[,?!]\s+(?:(?:[mst]['’]|se )?(?P<verb>\w+)|(?:[mst]['’]|se )?\w{1,6}\s+(?P<part>\w+(?:é|[iu]t?|ert)))"
    r"(?:\s+(?:d['’]ailleurs|alors|ainsi|aussi|encore|notamment|également|hier"
    r"|de son côté|à son tour|pour sa part|d['’]emblée))?"
    r"(?:(?P<clitic>(?:-t)?-(?:il|elle|ils|elles|on)\b)|\s+(?:[A-ZÀ-Þ]|(?:l[ea]s?|une?|son|sa|ce|cette|aux?|à)\s|l['’]))"
)
CLITIC: Final = re.compile(
    r"[,?!]\s+(?:[mst]['’])?\w+-(?:t-)?(?:il|elle|ils|elles|on)\s+\w+[éits]\b"
)


# After a comma, who says it: up to a mark that closes the clause.
SAYER: Final = re.compile(
    r"\s+(?:(?:de son côté|à son tour|pour sa part|quant à (?:lui|elle)|d['’]emblée),?\s+)?"
    r"(?P<who>(?=[A-ZÀ-Þ]|l[ea]s?\s|une?\s|s(?:on|a)\s|l['’]|ce(?:tte)?\s)[^,.;:!?«»“”\n]{2,80}?)\s*(?P<end>[,.!?])"
)


def has_report_clause(quotation: str, words: Lexicon) -> bool:
    """Whether a clause of report stands between the marks: "P, explique X. Q", "P, a-t-il dit. Q"."""
    return bool(CLITIC.search(quotation)) or any(_report_matches(quotation, words))


def report_clause(quotation: str, words: Lexicon) -> ReportClause | None:
    """Where « , explique X, » stands between the marks, with a saying verb and a noun behind it."""
    for match in _report_matches(quotation, words):
        verb = "verb" if match["verb"] else "part"
        who = SAYER.match(quotation, match.end(verb))
        if who is not None:
            end = who.start("end") + (0 if who["end"] in "!?" else 1)
            return ReportClause(
                Span(match.start(), end), Span(*match.span(verb)), Span(*who.span("who"))
            )
    return None


def _report_matches(quotation: str, words: Lexicon) -> Iterator[re.Match[str]]:
    """The inserted clauses whose verb reports."""
    for match in INSERTED.finditer(quotation):
        form = (match["verb"] or match["part"]).lower()
        found = words.forms.get(form, ())
        finite = any(f.mood in ("ind", "past") for f in found) or (
            match["part"] and any(f.mood == "part" for f in found)
        )
        if finite and any(
            words.verbs.get(f.lemma) and "d" in words.verbs[f.lemma].frames for f in found
        ):
            yield match


def incise(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """« Q », a-t-il dit · « Q », explique X. « R » · P, indiquent-ils · "Q, explique X. R" · P, X le dit."""
    if cue.mood != "finite":
        return
    who = subject(scene, cue, words, others)
    if who.how not in ("clitic", "after"):
        return
    before = scene.lower[cue.low - 1] if cue.low else ""
    if before in ("que", "qu'", "si", "où", "dont", "et") and who.how != "clitic":
        return
    if _after_incise(scene, cue, others) and before == ",":
        return
    end = _incise_end(scene, cue, who)
    hole = scene.words(cue.low, end)
    draft = CandidateBuilder(scene, words, "incise", "indirect").said_with(cue).said_by(who)
    draft.features.append(f"before={_kind_before(scene, cue)}")
    draft.features.append("closes" if end >= len(scene.tokens) - 2 else "goes-on")
    if before == "comme":
        draft.features.append("comme")
    for content, note in _quotes_around(scene, cue, hole, end):
        draft.addressees = addressees(scene, cue, words, (*content, *who.spans))
        notes = [f"around={note}", *(["addressed"] if draft.addressees else [])]
        candidate = draft.done(content, *notes)
        if candidate is not None:
            yield candidate
            return


def _after_incise(scene: ParsedSentence, cue: Cue, others: tuple[Cue, ...]) -> bool:
    """« Q », a-t-il dit, rapporte X: the second clause relays, it does not say again."""
    for other in others:
        if other.at >= cue.low or other.mood != "finite" or cue.low - other.high > 14:
            continue
        opened = (
            other.low == 0
            or scene.lower[other.low - 1] == ","
            or scene.tokens[other.low - 1].masked
        )
        if other.inverted is not None and opened:
            between = scene.lower[other.high + 1 : cue.low - 1]
            return "," not in between and "." not in between
    return False


def _kind_before(scene: ParsedSentence, cue: Cue) -> str:
    if cue.low == 0:
        return "nothing"
    gap = scene.between(cue.low)
    if scene.tokens[cue.low - 1].masked or any(c in gap for c in '»”"'):
        return "quote"
    word = scene.lower[cue.low - 1]
    if word == "," and cue.low > 1 and scene.tokens[cue.low - 2].masked:
        return "quote"
    return word if word in (",", "-", "–", "—", "(", "comme", "?", "!") else "word"


def _incise_end(scene: ParsedSentence, cue: Cue, who: Subject) -> int:
    """The last token of an inserted clause: up to a stop, a new quotation or its mark."""
    reach = [cue.high, *([cue.inverted] if cue.inverted is not None else [])]
    for span in who.spans:
        reach += [i for i, t in enumerate(scene.tokens) if span.start <= t.span.start < span.end]
    j = max(reach)
    inside = scene.quote_at(scene.tokens[cue.at].span.start)
    while j + 1 < len(scene.tokens):
        nxt = scene.tokens[j + 1]
        relayed = (
            scene.lower[j + 1] == ","
            and scene.lower[j + 2 : j + 3]
            and scene.lower[j + 2] in RELAYED
        )
        if (scene.lower[j + 1] in STOPS and not relayed) or nxt.masked:
            break
        if inside is None and scene.quote_at(nxt.span.start) is not None and nxt.text[:1].isupper():
            break
        j += 1
    return j


def _quotes_around(
    scene: ParsedSentence, cue: Cue, hole: Span, end: int
) -> Iterator[tuple[list[Span], str]]:
    """What stands around an inserted clause: the quotation it cuts, or the sentence it closes."""
    inside = scene.quote_at(scene.tokens[cue.at].span.start)
    if inside is not None and inside.inner.start < hole.start - 1:
        spans = [
            Span(inside.inner.start, hole.start),
            Span(min(hole.end, inside.inner.end), inside.inner.end),
        ]
        yield (
            [
                trim(scene.text, s, " \t\n\u00a0\u202f,;.") if n else s
                for n, s in enumerate(spans)
                if s.end > s.start
            ],
            "within-marks",
        )
        return
    opening = scene.find(
        0, cue.low, lambda j: scene.is_word(j) and scene.tokens[j].pos not in ("CCONJ", "ADV")
    )
    if opening is not None and scene.lower[opening] == "comme" and opening >= cue.low - 2:
        after = end + 1
        if after + 1 < len(scene.tokens) and scene.lower[after] == ",":
            yield [scene.words(after + 1, len(scene.tokens) - 1)], "opening-comme"
        return
    last = cue.low - 1
    while last >= 0 and not scene.is_word(last) and not scene.tokens[last].masked:
        last -= 1
    if last < 0:
        return
    resumed = _resumed_quote(scene, end)
    if scene.tokens[last].masked:
        first = last
        while (
            first >= 2
            and scene.tokens[first - 2].masked
            and scene.lower[first - 1] in ("et", ",", "ou", "puis")
        ):
            first -= 2
        yield [scene.words(first, last), *resumed], "quote"
        return
    start = scene.find(0, last + 1, lambda j: scene.is_word(j)) or 0
    for j in range(last, -1, -1):
        if scene.lower[j] == ";":
            start = j + 1
            break
    if not any("VerbForm=Fin" in scene.tokens[j].morph for j in range(start, last + 1)) and not any(
        scene.quote_at(scene.tokens[j].span.start) for j in range(start, last + 1)
    ):
        return
    content = [scene.words(start, last)]
    quote = next(
        (q for q in scene.quotes if q.outer.start <= content[0].end - 1 < q.outer.end), None
    )
    if quote is not None and not resumed:
        content[0] = Span(content[0].start, min(quote.outer.end, hole.start))
    rest = _rest(scene, end)
    yield [*content, *(resumed or rest)], "sentence"


def _resumed_quote(scene: ParsedSentence, end: int) -> list[Span]:
    """« Q », a-t-il dit, « R »: the quotation goes on after a comma."""
    j = end + 1
    if j + 1 < len(scene.tokens) and scene.lower[j] in (",", ":") and scene.tokens[j + 1].masked:
        return [scene.tokens[j + 1].span]
    if j < len(scene.tokens) and scene.tokens[j].masked and scene.lower[j - 1] == ",":
        return [scene.tokens[j].span]
    return []


def _rest(scene: ParsedSentence, end: int) -> list[Span]:
    """P, selon X, Q: the sentence goes on after the comma that closes the inserted clause."""
    j = end + 1
    last = len(scene.tokens) - 1
    if j >= last or scene.lower[j] != ",":
        return []
    first = scene.lower[j + 1]
    verbs = [i for i in range(j + 1, last + 1) if "VerbForm=Part" in scene.tokens[i].morph]
    if first in (
        "qui",
        "ajoutant",
        "précisant",
        "relayé",
        "relayée",
        "cité",
        "citée",
        "dont",
        "où",
    ) or verbs[:1] == [j + 1]:
        return []
    if scene.tokens[j + 1].pos in ("CCONJ",) or "VerbForm=Ger" in scene.tokens[j + 1].morph:
        return []
    return [scene.words(j + 1, last)]


def quote_after(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X déclare : « Q » · X a écrit « Q » · Et de poursuivre : « Q » · X salue N : « Q » et « R »."""
    mask = scene.find(cue.high + 1, len(scene.tokens), lambda j: scene.tokens[j].masked)
    if mask is None:
        yield from quoted_object(scene, cue, words, others)
        return
    if any(cue.at < c.at < mask and (c.mood == "finite" or cue.mood != "finite") for c in others):
        return
    between = scene.lower[cue.high + 1 : mask]
    colon = ":" in between
    last = mask
    while (
        last + 2 < len(scene.tokens)
        and scene.tokens[last + 2].masked
        and scene.lower[last + 1] in ("et", ",", "ou", "puis")
    ):
        last += 2
    who = subject(scene, cue, words, others)
    draft = CandidateBuilder(scene, words, "quote-after", "direct").said_with(cue).said_by(who)
    content = [scene.words(mask, last)]
    draft.addressees = addressees(scene, cue, words, (*content, *who.spans))
    gap = len(between)
    candidate = draft.done(
        content,
        "colon" if colon else "no-colon",
        f"gap={'0' if gap == 0 else '1' if gap == 1 else '2-6' if gap <= 6 else '7+'}",
        f"colon+act={colon}/{cue.verb.act}",
        *(["addressed"] if draft.addressees else []),
        *(
            ["object-before-colon"]
            if colon and scene.child(cue.at, "obj", "ccomp", "xcomp") is not None
            else []
        ),
        *(["comma-before-quote"] if between[-1:] == (",",) else []),
    )
    if candidate is not None:
        yield candidate


def quote_alone(
    scene: ParsedSentence, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """« Q. » with no cue in its sentence: it follows on from the last speaker."""
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if not token.masked or (
            i >= 2 and tokens[i - 2].masked and scene.lower[i - 1] in ("et", ",")
        ):
            continue
        draft = CandidateBuilder(scene, words, "quote-alone", "direct")
        bare = sum(1 for j in range(len(tokens)) if scene.is_word(j) and not tokens[j].masked)
        draft.features += [
            "only-quote" if bare == 0 else f"outside={'1-3' if bare <= 3 else '4+'}",
            f"cues={min(len(others), 2)}",
            "first-of-paragraph" if scene.first_of_paragraph else "inside-paragraph",
            f"starts={'quote' if i == 0 else 'later'}",
            *(["after-colon"] if i and scene.lower[i - 1] == ":" else []),
            f"alone={'only' if bare == 0 else 'after-colon' if i and scene.lower[i - 1] == ':' else 'amid'}",
            *(["led"] if scene.lead is not None else []),
            f"words={'6+' if len(token.span.of(scene.text).split()) > 6 else '1-6'}/{bare == 0}",
        ]
        candidate = draft.done([token.span])
        if candidate is not None:
            yield candidate


def name_colon(
    scene: ParsedSentence, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X : « Q » · Y, selon X : « Q » · Pays : X se dit (headlines): the name before the colon speaks."""
    mask = scene.find(
        1, len(scene.tokens), lambda j: scene.tokens[j].masked and scene.lower[j - 1] == ":"
    )
    quoted = [scene.tokens[mask].span] if mask is not None else []
    colon = (mask or 0) - 1
    if mask is None:
        colon = scene.find(1, len(scene.tokens) - 1, lambda j: scene.lower[j] == ":") or 0
        quote = scene.quote_at(scene.tokens[colon + 1].span.start) if colon else None
        if quote is None:
            return
        quoted = [quote.outer]
    if any(c.at < colon for c in others):
        return
    head = next((j for j in range(colon - 1, -1, -1) if scene.tokens[j].pos in NOMINAL), None)
    if head is None:
        return
    while (
        scene.tokens[head].dep in ("flat:name", "nmod", "appos", "amod")
        and scene.tokens[head].head < head
    ):
        head = scene.tokens[head].head
    who = Subject((noun_phrase(scene, head, ceiling=colon - 1),), head, "before-colon")
    draft = CandidateBuilder(scene, words, "name-colon", "direct").said_by(who)
    draft.features.append(f"before-colon={'1-4' if colon <= 4 else '5+'}")
    candidate = draft.done(quoted)
    if candidate is not None:
        yield candidate


def led_quote(
    scene: ParsedSentence, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X a réagi à l'annonce : ⏎ « Q »: the paragraph before leads in the quotation."""
    if (
        scene.lead is None
        or not scene.lead.tokens
        or not scene.tokens
        or not scene.tokens[0].masked
    ):
        return
    lead = scene.lead
    before = cues(lead, words)
    spoken = [c for c in before if c.mood in ("finite", "presp", "inf") and "d" in c.verb.frames]
    if not spoken:
        return
    cue = spoken[-1]
    draft = CandidateBuilder(lead, words, "led-quote", "direct").said_with(cue)
    draft.said_by(subject(lead, cue, words, before))
    draft.scene = scene
    candidate = draft.done([scene.tokens[0].span])
    if candidate is not None:
        yield candidate


QUOTE_RULES = (led_quote, quote_alone, name_colon, noun_cue, carried_on)
CUE_QUOTE_RULES = (incise, quote_after)
