"""From a rule's finding to a candidate: its form by what is quoted, and what the ranking reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from selon.lang.content import WORD, length_bucket, quoted_share, spans_of
from selon.lang.en.cues import Cue
from selon.lang.en.edges import edge_features, surroundings
from selon.lang.en.parties import NOBODY, Subject, addressees, subject
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence, tidy
from selon.records import Candidate, Form, Quote, Span, Spans, Stance

# Features of a cue that are told for each rule apart, and notes that several rules leave.
PAIRED: Final = ("act=", "cue=", "dep=", "mood=")
SHARED: Final = (
    *("reach=", "link=", "gap=", "verb=", "start=", "before=", "extra=", "ends=", "dep="),
    *("object-pos=", "cue-between", "agent", "no-agent"),
)


def form_of(inside: int, unquoted: Sequence[str], bare: Form) -> Form:
    """Direct where all (but "that") is between marks, mixed where a part is, else `bare`."""
    if not inside:
        return bare
    return "direct" if unquoted in ([], ["that"]) else "mixed"


def marks_at(content: Spans, cue: Spans, quotes: Sequence[Quote]) -> str:
    """How the content stands to the quotations: cut through one, one whole, ends with one, holds one.

    A quotation that holds the cue as well does not count (« "PREW: P" » of a transcript).
    """
    first, last = content[0].start, content[-1].end
    outside = (q for q in quotes if not q.depth and not any(q.outer.holds(c) for c in cue))
    met = [q for q in outside if q.outer.start < last and first < q.outer.end]
    if not met:
        return ""
    whole = len(met) == 1 and first <= met[0].inner.start + 1 and last >= met[0].inner.end - 1
    if whole and first >= met[0].outer.start and last <= met[0].outer.end:
        return "whole"
    if last < met[-1].inner.end - 1 or first > met[0].inner.start + 1:
        return "cut"
    return "ends" if last <= met[-1].outer.end else "holds"


def stance_of(cue: Cue | None) -> Stance:
    """ "did not say that" is negated, "would say" conditional."""
    if cue is None:
        return "asserted"
    if cue.negated:
        return "negated"
    return (
        "conditional" if cue.modal in ("would", "could", "may", "might", "should") else "asserted"
    )


def cue_features(scene: ParsedSentence, cue: Cue) -> list[str]:
    """What the cue is and how it stands."""
    dep = scene.tokens[cue.at].dep
    out = [
        f"cue={cue.lemma}/{cue.kind}",
        f"act={cue.act}",
        f"mood={cue.mood}",
        f"cue+mood={cue.lemma}/{cue.mood}",
        f"act+mood={cue.act}/{cue.mood}",
        f"dep={dep}",
        f"mood+dep={cue.mood}/{dep}",
        f"tense={cue.tense}",
    ]
    if cue.passive:
        out += ["passive", f"passive+cue={cue.lemma}"]
    if cue.negated:
        out += ["negated", f"negated+act={cue.act}"]
    if cue.modal:
        out += [f"modal={cue.modal}", f"modal+act={cue.modal}/{cue.act}"]
    out += surroundings(scene, cue)
    above = scene.tokens[scene.tokens[cue.at].head]
    if above.span != scene.tokens[cue.at].span:
        out.append(f"above={above.text.lower()}")
    quote = scene.quote_at(scene.tokens[cue.at].span.start)
    if quote is not None:
        out += ["cue-in-quote", f"cue-in-quote+act={cue.act}"]
    return out


def subject_features(scene: ParsedSentence, who: Subject, words: Lexicon) -> list[str]:
    """How the speaker was found and what it looks like."""
    out = [f"subject-by={who.how}"]
    if who.head is None:
        return out
    token, low = scene.tokens[who.head], scene.lower[who.head]
    kind = "noun"
    if low in words.closed["pronouns"] or token.pos == "PRON":
        kind = "pronoun"
        out.append(f"subject-pronoun={low}")
    elif token.pos == "PROPN":
        kind = "name"
    out.append(f"subject={kind}")
    if low in words.closed["first_person"]:
        out.append("first-person")
    if low in words.media_nouns:
        out.append("subject-medium")
    if kind == "noun":
        out.append(f"subject-noun={low}")
        if low in words.nouns:
            out.append("subject-speech-noun")
    return out


class CandidateBuilder:
    """One finding of a rule, on the way to being a candidate."""

    def __init__(self, scene: ParsedSentence, words: Lexicon, rule: str) -> None:
        self.scene, self.words, self.rule = scene, words, rule
        self.features: list[str] = [f"rule={rule}"]
        self.cue: Cue | None = None
        self.cue_spans: Spans = ()
        self.who: Subject = NOBODY

    def said_with(self, cue: Cue, *more: int) -> CandidateBuilder:
        """The cue, with words that go with it (« for » of « called for »)."""
        self.cue = cue
        self.cue_spans = spans_of(self.scene, (*cue.words, *more))
        if "who" not in cue.memo:
            who = subject(self.scene, cue, self.words)
            cue.memo["who"] = who
            cue.memo["cue"] = cue_features(self.scene, cue)
            cue.memo["paired"] = [f for f in cue.memo["cue"] if f.startswith(PAIRED)]
            cue.memo["subject"] = subject_features(self.scene, who, self.words)
        self.who = cue.memo["who"]
        known = cue.memo.get(self.rule)
        if known is None:
            own = cue.memo["cue"]
            known = [*own]
            known += [f"rule+{f}/{self.rule}" for f in cue.memo["paired"]]
            known += self._of_subject(cue.memo["subject"])
            cue.memo[self.rule] = known
        self.features += known
        return self

    def said_by(self, who: Subject) -> CandidateBuilder:
        """The speaker, as found."""
        self.who = who
        self.features += self._of_subject(subject_features(self.scene, who, self.words))
        return self

    def _of_subject(self, own: list[str]) -> list[str]:
        out = [*own]
        out += [f"rule+{f}/{self.rule}" for f in own if f.startswith(("subject=", "subject-by="))]
        if self.cue is not None:
            out += [f"act+{f}/{self.cue.act}" for f in own if f.startswith("subject=")]
            out.append(f"cue+subject-by={self.cue.lemma}/{self.who.how}")
        return out

    def done(
        self, content: Sequence[Span], *notes: str, extra: Sequence[Span] = ()
    ) -> Candidate | None:
        """The candidate, or nothing where no words are left; `extra` lies beyond the sentence."""
        scene = self.scene
        spans = tidy(scene.text, content, scene.quotes)
        if not spans or not any(WORD.search(scene.text, s.start, s.end) for s in spans):
            return None
        inside, outside, unquoted = quoted_share(scene.text, spans, scene.quotes)
        if spans[0].start >= scene.sentence.span.end:
            # What lies beyond the sentence is there because it stands between marks.
            inside, outside, unquoted = inside + outside, 0, []
        form = form_of(inside, unquoted, "indirect")
        share = "none" if not inside else "all" if not outside else "part"
        length = length_bucket(inside + outside)
        cue = self.cue
        act = cue.act if cue else "none"
        features = [
            *self.features,
            *notes,
            *(f"rule+{n}/{self.rule}" for n in notes if n.startswith(SHARED) and "+cue" not in n),
            *(f"act+{n}/{act}" for n in notes if cue and "+cue" not in n),
            f"quoted={share}",
            f"rule+quoted={self.rule}/{share}",
            f"act+quoted={act}/{share}",
            f"length={length}",
            f"rule+length={self.rule}/{length}",
        ]
        edge = marks_at(spans, self.cue_spans, scene.quotes)
        if edge:
            features += [
                f"marks={edge}",
                f"rule+marks={self.rule}/{edge}",
                f"act+marks={act}/{edge}",
            ]
        features += edge_features(scene, spans, cue, self.rule)
        if scene.headline:
            features += ["headline", f"rule+headline={self.rule}"]
        if extra:
            features.append("goes-on-after")
        told = addressees(scene, cue, self.words, (*spans, *self.who.spans)) if cue else ()
        if told:
            features += ["addressed", f"rule+addressed={self.rule}"]
        return Candidate(
            rule=self.rule,
            form=form,
            content=(*spans, *extra),
            cue=self.cue_spans,
            speaker=self.who.spans,
            addressees=told,
            stance=stance_of(cue),
            features=tuple(dict.fromkeys(features)),
        )
