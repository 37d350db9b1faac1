"""From a rule's finding to a candidate: its form by what is quoted, and what the ranking reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from selon.lang.content import length_bucket, quoted_share, spans_of
from selon.lang.fr import people
from selon.lang.fr.cues import Cue
from selon.lang.fr.parties import NOBODY, Subject
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence, tidy
from selon.records import Candidate, Form, Span, Spans, Stance, Via

OPENING = re.compile(r"^(?:que|qu['’]|:)\s*", re.IGNORECASE)


# What a writer leaves before the mark although it is said: « que le « gouvernement reste » ».
STRAY: Final = frozenset(("que", "qu", "le", "la", "les", "l", "un", "une", "des"))


def form_of(
    scene: ParsedSentence, content: Spans, quoted: tuple[int, int, list[str]], bare: Form
) -> tuple[Form, Spans]:
    """Direct where all (but « que ») is between marks, mixed where a part is, else `bare`.

    « que « la phrase entière » » is direct, and its content is what stands between the marks. An
    object whose article stands before the marks (« le « procédé choquant » ») is mixed; a clause
    whose first article does (« que le « gouvernement reste » ») stays direct.
    """
    (inside, outside, words), text, quotes = quoted, scene.text, scene.quotes
    if not inside:
        return bare, content
    if words in ([], ["que"], ["qu"]):
        if inside == 1 and bare == "narrated":
            return "mixed", content
        if words:
            start = content[0].start + len(words[0])
            start += text[start : start + 1] in ("'", "’")
            content = tidy(text, (Span(start, content[0].end), *content[1:]), quotes)
        return "direct", content
    opens = any(q.outer.start <= content[0].start < q.outer.end for q in quotes)
    stray = bare != "narrated" and set(words) <= STRAY
    if (opens or stray) and outside <= 2 and inside > 12:
        return "direct", content
    return "mixed", content


def stance_of(cue: Cue | None) -> Stance:
    """« n'a pas dit que » is negated, « aurait dit » conditional."""
    if cue is None:
        return "asserted"
    if cue.negated:
        return "negated"
    return "conditional" if cue.conditional else "asserted"


def cue_features(scene: ParsedSentence, cue: Cue, words: Lexicon) -> list[str]:
    """What the cue is and how it stands."""
    out = [
        f"cue={cue.lemma}",
        f"act={cue.verb.act}",
        f"mood={cue.mood}",
        f"act+mood={cue.verb.act}/{cue.mood}",
    ]
    for name in ("reflexive", "passive", "negated", "conditional"):
        if getattr(cue, name):
            out.append(name)
    if cue.modal:
        out.append("modal")
    out.append(f"tense={_tense(scene, cue)}")
    for letter in "qin":
        frames = cue.verb.frames
        strength = "strong" if letter.upper() in frames else "weak" if letter in frames else "no"
        out.append(f"frame-{letter}={strength}")
    if cue.inverted is not None:
        out.append("clitic")
    return out


def _tense(scene: ParsedSentence, cue: Cue) -> str:
    """The tense of the verb group: what has not been said yet is rarely a statement."""
    morphs = [scene.tokens[i].morph for i in range(cue.low, cue.at + 1)]
    if any("Tense=Fut" in m for m in morphs):
        return "future"
    if any("Tense=Imp" in m for m in morphs):
        return "imperfect"
    return "past" if cue.low < cue.at else "present"


def subject_features(scene: ParsedSentence, who: Subject, words: Lexicon) -> list[str]:
    """How the speaker was found and what it looks like."""
    out = [f"subject-by={who.how}"]
    if who.head is None:
        return out
    token, low = scene.tokens[who.head], scene.lower[who.head]
    kind = "noun"
    if who.how == "clitic" or low in words.closed["pronouns"] or token.pos == "PRON":
        kind = "pronoun"
    elif token.pos == "PROPN" or token.text[:1].isupper():
        kind = "name"
    out.append(f"subject={kind}")
    out.append(f"subject-is={_kind_of(low, kind)}")
    if low in words.closed["first_person"]:
        out.append("first-person")
    if low in words.media_nouns:
        out.append("subject-medium")
    if kind == "noun":
        out.append("subject-speech-noun" if low in words.nouns else "subject-other")
        out.append(f"subject-noun={low}")
        first = scene.text[who.spans[0].start : who.spans[0].start + 12].lower()
        if first.startswith(("ce ", "cet ", "cette ", "ces ", "cela", "ça")):
            out.append("subject-this")
    return out


def _kind_of(word: str, kind: str) -> str:
    """What a noun can stand for (person, media, company, work…), by the lexicon of people."""
    noun = people.words().nouns.get(people.singular(word))
    return noun.kind if noun else kind if kind != "noun" else "thing"


class CandidateBuilder:
    """One finding of a rule, on the way to being a candidate."""

    def __init__(self, scene: ParsedSentence, words: Lexicon, rule: str, bare: Form) -> None:
        self.scene, self.words, self.rule, self.bare = scene, words, rule, bare
        self.features: list[str] = [f"rule={rule}"]
        self.cue: Cue | None = None
        self.cue_spans: Spans = ()
        self.who: Subject = NOBODY
        self.addressees: tuple[Spans, ...] = ()
        self.via: tuple[Via, ...] = ()
        self.stance: Stance = "asserted"

    def said_with(self, cue: Cue) -> CandidateBuilder:
        """The cue is a verb."""
        self.cue = cue
        self.cue_spans = spans_of(self.scene, cue.words)
        self.features += cue_features(self.scene, cue, self.words)
        for letter, rule in (
            ("q", "clause"),
            ("i", "infinitive"),
            ("n", "complement"),
            ("n", "passive"),
        ):
            if rule == self.rule:
                frame = next(f for f in self.features if f.startswith(f"frame-{letter}="))
                self.features.append(f"own-{frame}")
                self.features.append(f"own-{frame}/{rule}/{cue.mood}")
        self.features.append(f"rule+act={self.rule}/{cue.verb.act}")
        self.features.append(f"rule+cue={self.rule}/{cue.lemma}")
        self.stance = stance_of(cue)
        return self

    def said_by(self, who: Subject) -> CandidateBuilder:
        """The speaker, as found."""
        self.who = who
        self.features += subject_features(self.scene, who, self.words)
        self.features += [
            f"{self.rule}+{f}" for f in self.features if f.startswith(("subject=", "subject-is="))
        ]
        return self

    def done(self, content: Sequence[Span], *notes: str) -> Candidate | None:
        """The candidate, or nothing where no words are left."""
        scene = self.scene
        whole = tidy(scene.text, content, scene.quotes)
        quoted = quoted_share(scene.text, whole, scene.quotes)
        if not quoted[0] and not quoted[1]:
            return None
        form, spans = form_of(scene, whole, quoted, self.bare)
        if not spans:
            return None
        if spans is not whole:
            quoted = quoted_share(scene.text, spans, scene.quotes)
        inside, outside, _ = quoted
        share = "none" if not inside else "all" if not outside else "part"
        features = [
            *self.features,
            *notes,
            f"quoted={share}",
            f"rule+quoted={self.rule}/{share}",
            f"length={length_bucket(inside + outside)}",
            f"rule+length={self.rule}/{length_bucket(inside + outside)}",
            f"form={form}",
        ]
        if scene.headline:
            features.append("headline")
        if inside and any(q.depth for q in scene.quotes if q.inner.holds(spans[0])):
            features.append("nested-quote")
        return Candidate(
            rule=self.rule,
            form=form,
            content=spans,
            cue=self.cue_spans,
            speaker=self.who.spans,
            addressees=self.addressees,
            via=self.via,
            stance=self.stance,
            features=tuple(dict.fromkeys(features)),
        )
