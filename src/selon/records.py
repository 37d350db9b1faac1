"""Every record that flows through Selon: frozen, plain, standard library only.

A place in a text is a half-open `Span` of Unicode code points of `Article.text`. A stage takes
records and answers with new ones. What a later stage decides about an earlier one's record (who a
mention is, what a person accepted) is a `Judgement` laid beside it, never a change to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["direct", "indirect", "mixed", "narrated"]
Stance = Literal["asserted", "conditional", "negated"]
VoiceName = Literal["outlet", "quoted", "reported", "hedged", "scare"]
EntityType = Literal["person", "organisation", "group", "place", "work", "unknown"]
MentionForm = Literal["name", "nominal", "pronoun"]
Kind = Literal["person", "someone", "group", "organisation", "media", "document", "other"]

FORMS: tuple[Form, ...] = ("direct", "indirect", "mixed", "narrated")
STANCES: tuple[Stance, ...] = ("asserted", "conditional", "negated")
VOICES: tuple[VoiceName, ...] = ("outlet", "quoted", "reported", "hedged", "scare")
KINDS: tuple[Kind, ...] = (
    *("person", "someone", "group", "organisation", "media", "document", "other"),
)


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open stretch [start, end) of an article's text, in code points."""

    start: int
    end: int

    # A thousand are made an article: filled by the slots themselves, in half the time.
    def __init__(self, start: int, end: int) -> None:
        _start(self, start)
        _end(self, end)

    def of(self, text: str) -> str:
        """The words of this stretch."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other stretch lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


_start, _end = (vars(Span)[name].__set__ for name in ("start", "end"))
Spans = tuple[Span, ...]


def address(spans: Spans) -> str:
    """The spans as readable text: `120-180,200-240`."""
    return ",".join(f"{s.start}-{s.end}" for s in spans)


@dataclass(frozen=True, slots=True)
class Article:
    """A text as ingest handed it on, with what is known of it; `published` is EDTF.

    `page` is where the printed edition has it, as its source writes it: `8`, `A3`, `12-13`.
    """

    id: str
    text: str
    language: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A stretch at the head of a text that is metadata: a date line, an agency's dateline.

    `date`, `place` and `outlet` are the words inside it that say so; `published` is what the date
    words mean, in EDTF, or nothing where no year is given; `rule` is the rule that found it.
    """

    span: Span
    date: Span | None
    place: Span | None
    outlet: Span | None
    rule: str
    published: str | None = None


@dataclass(frozen=True, slots=True, init=False)
class Token:
    """A word of a parsed sentence; `head` is an index into the same tokens (a root heads itself).

    `pos`, `dep` are Universal Dependencies labels (the pack maps a model's own labels to them);
    `morph` is UD feature text, `Mood=Cnd|Number=Sing`. `masked` marks the one token that stands
    for a whole quotation which was kept from the parser.
    """

    span: Span
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    masked: bool = False

    # As a span.
    def __init__(
        self,
        span: Span,
        text: str,
        lemma: str,
        pos: str,
        morph: str,
        dep: str,
        head: int,
        masked: bool = False,
    ) -> None:
        _span(self, span)
        _text(self, text)
        _lemma(self, lemma)
        _pos(self, pos)
        _morph(self, morph)
        _dep(self, dep)
        _head(self, head)
        _masked(self, masked)


_span, _text, _lemma, _pos, _morph, _dep, _head, _masked = (
    vars(Token)[name].__set__
    for name in ("span", "text", "lemma", "pos", "morph", "dep", "head", "masked")
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks.

    `outer` has the marks in it, `inner` has not. `closed` is false where a mark is missing;
    `depth` counts enclosing quotes; `pieces` are the inner stretches where a quotation runs over
    several paragraphs, each with a mark reopened.
    """

    outer: Span
    inner: Span
    mark: str
    closed: bool = True
    depth: int = 0
    pieces: Spans = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that respects quotation marks, with the paragraph it stands in; parsed or not."""

    span: Span
    paragraph: int
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """The words that name somebody at one place; no spans where they are only understood."""

    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Via:
    """Who relays a statement, with the words that say so."""

    spans: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to have communicated something.

    `id` is the address of the passage; `via` goes nearest the speaker first; `within` is the id of
    the statement whose content holds this one; `said` is EDTF; `why` names the rules, in order.
    """

    id: str
    form: Form
    content: Spans
    cue: Spans = ()
    speaker: Party = Party()
    addressees: tuple[Party, ...] = ()
    via: tuple[Via, ...] = ()
    within: str | None = None
    said: str | None = None
    stance: Stance = "asserted"
    score: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that a language's rule proposes; the ranking decides.

    `rule` is the name of the rule, `features` what a person can read of it (`cue=dire`,
    `subject=pronoun`), on which the ranking weighs it.
    """

    rule: str
    form: Form
    content: Spans
    cue: Spans = ()
    speaker: Spans = ()
    addressees: tuple[Spans, ...] = ()
    via: tuple[Via, ...] = ()
    stance: Stance = "asserted"
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, the chance between 0 and 1 that it is a statement."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A place of the article that may name a statement's speaker, with its chance (0 to 1)."""

    span: Span
    chance: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as the learnt reader sees it.

    `score` is the chance that it is a statement; `evidence` the layout that shows it, where
    that does; `cued` tells whether a cue or only the content
    showed it; `relays` are media with their cues; `antecedents` the places where the speaker may be
    named; `margin` the log odds of the speaker's own words.
    """

    form: Form
    content: Spans
    cue: Spans = ()
    speaker: Spans = ()
    addressees: tuple[Spans, ...] = ()
    relays: tuple[Via, ...] = ()
    stance: Stance = "asserted"
    score: float = 1.0
    cued: bool = True
    margin: float = 0.0
    antecedents: tuple[Antecedent, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of an interview, without its label; `speaker` is the name in the label."""

    content: Spans
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class ReportClause:
    """« , explique X, » inside a quotation: the whole, its verb and who says it."""

    whole: Span
    cue: Span
    speaker: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that names, describes or points at an entity."""

    span: Span
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body, group, place or document, with every place that means it.

    `kind` is what it is as a speaker (`person` has a name, `someone` has none); `gender` is `female`
    or `male` of a person or someone, `gender_by` the sign that tells it (`kb`, `title`,
    `first-name`, `role`, `pronoun`); `key` is what a library knows it by in all its articles.
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...] = ()
    roles: tuple[str, ...] = ()
    kb: str | None = None
    kind: Kind | None = None
    gender: str | None = None
    gender_by: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; `edtf` is null where it has no calendar value; `why` names the rule."""

    span: Span
    edtf: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of the voice map: whose voice the text speaks with there."""

    span: Span
    voice: VoiceName
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rule's or a person's verdict about a part of a record, laid beside it.

    `subject` is the address of what is judged: a statement id and a part (`ID/speaker`,
    `ID/addressee/0`, `ID/via/1`), a mention or an entity. `relation` says what is held of it
    (`is`, `same as`, `accepted`…), `object` the other end (an entity id, a value, nothing).
    `by` is its author (`rule:…`, `human:…`), `at` an ISO time that only the library stamps.
    """

    subject: str
    relation: str
    object: str | None
    by: str
    score: float = 1.0
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that Selon makes of one article; `voices` partition its text."""

    article: Article
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    voices: tuple[Voice, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def _repr_html_(self) -> str:
        # Notebooks ask for this; what is shown lives with the other ways to show.
        from selon.show.notebook import html

        return html(self)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article or file that could not be read: where, at which stage, why, what to do."""

    source: str
    stage: str
    error: str
    remedy: str
