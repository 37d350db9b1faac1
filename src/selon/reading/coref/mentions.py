"""What the other files of this package share: mentions and the people they gather to."""

from __future__ import annotations

from dataclasses import dataclass, field

from selon.records import MentionForm

# A bearer of more spellings than this is no person but noise.
SPELLINGS = 50
ORGANISED: frozenset[str] = frozenset(
    {
        *("media", "agency", "company", "party", "union", "court", "assembly", "government"),
        *("association", "school", "force", "organisation"),
    }
)
# Kinds whose noun alone takes up a name: « le quotidien », « la compagnie », « le parti ».
ANAPHORIC: frozenset[str] = frozenset(
    {"media", "agency", "company", "party", "union", "association", "school"}
)


@dataclass(slots=True, eq=False)
class MentionDraft:
    """A mention on its way: words [low, high) of the page, with what its form shows.

    `kind` is person, one of the kinds of `PeopleWords.nouns`, name (a name that shows nothing) or
    thing; `core` the noun or role it is compared by, `traits` the words that narrow it; `tokens`
    the comparable words of a name. `who` is set once it is resolved, `rule` and `score` say how.
    `sure` marks a name that may be a person's, `where` one that stands as a place does, `subject`
    one that a verb has for subject.
    """

    low: int
    high: int
    start: int
    end: int
    head: int
    form: MentionForm
    kind: str
    gender: str | None = None
    number: str | None = None
    det: str | None = None
    core: str = ""
    traits: frozenset[str] = frozenset()
    tokens: tuple[str, ...] = ()
    name: str = ""
    acronym: str = ""
    owner: EntityCluster | None = None
    sure: bool = False
    where: bool = False
    subject: bool = False
    inner: bool = False
    who: EntityCluster | None = None
    rule: str = ""
    score: float = 1.0


@dataclass(slots=True, eq=False)
class EntityCluster:
    """Somebody or something on its way to an entity: all mentions that mean it."""

    mentions: list[MentionDraft] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)
    roles: dict[tuple[str, frozenset[str]], None] = field(default_factory=dict)
    parts: tuple[EntityCluster, ...] = ()
    gender: str | None = None
    firm: bool = False
    number: str | None = None
    kind: str = "name"
    spoke: int = -1
    party: bool = False

    def add(self, mention: MentionDraft, rule: str, score: float = 1.0) -> None:
        """Take the mention in, and learn from it."""
        mention.who, mention.rule, mention.score = self, rule, score
        self.mentions.append(mention)
        if mention.form == "pronoun":
            if self.gender is None and self.kind in ("person", "name"):
                self.gender = mention.gender
            return
        if self.gender is None:
            self.gender = mention.gender
        # A first name alone may deceive: Rana, Andrea.
        shown = mention.form != "name" or mention.low < mention.head
        self.firm = self.firm or (shown and mention.gender is not None)
        if self.number is None:
            self.number = mention.number
        if self.kind in ("name", "thing") and mention.kind != "thing":
            self.kind = mention.kind
        if mention.acronym:
            self.acronyms.add(mention.acronym)
        if mention.core:
            self.roles[mention.core, mention.traits] = None
        fresh = mention.tokens and len(self.names) < SPELLINGS
        if fresh and mention.tokens not in self.names:
            self.names.append(mention.tokens)

    @property
    def named(self) -> bool:
        """Whether the article calls it by a name."""
        return bool(self.names)

    @property
    def personal(self) -> bool:
        """Whether it is, or may be, a human being or several."""
        return self.kind in ("person", "name", "group")


def merge(one: EntityCluster, other: EntityCluster) -> EntityCluster:
    """Both in the first; nobody keeps the second."""
    if one is other:
        return one
    for mention in other.mentions:
        mention.who = one
    one.mentions.extend(other.mentions)
    one.names.extend(n for n in other.names if n not in one.names)
    one.acronyms |= other.acronyms
    one.roles |= other.roles
    one.gender = one.gender or other.gender
    one.number = one.number or other.number
    if one.kind in ("name", "thing"):
        one.kind = other.kind
    one.firm = one.firm or other.firm
    one.party = one.party or other.party
    one.spoke = max(one.spoke, other.spoke)
    other.mentions = []
    return one
