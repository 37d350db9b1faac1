"""French rules that propose statements: each is one function, its surface forms in its docstring."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.build import Draft
from selon.lang.fr.cues import Cue
from selon.lang.fr.parties import ASKING, NOMINAL, addressees, noun_phrase, subject
from selon.lang.fr.words import Lexicon
from selon.records import Candidate, Form, Span, Spans
from selon.tree import Scene

LINKS = ("que", "qu'", "qu’")


def _draft(
    scene: Scene, words: Lexicon, rule: str, bare: Form, cues: tuple[Cue, tuple[Cue, ...]]
) -> Draft:
    cue, others = cues
    draft = Draft(scene, words, rule, bare).said_with(cue)
    return draft.said_by(subject(scene, cue, words, others))


def _finish(draft: Draft, content: list[Span], *notes: str) -> Iterator[Candidate]:
    if draft.cue is not None:
        draft.addressees = addressees(
            draft.scene, draft.cue, draft.words, (*content, *draft.who.spans)
        )
    if draft.addressees:
        notes = (*notes, "addressed")
    candidate = draft.done(content, *notes)
    if candidate is not None:
        yield candidate


def _reach(scene: Scene, cue: Cue, start: int, high: int, others: tuple[Cue, ...]) -> int:
    """The last token of reported words that begin at `start` and whose subtree ends at `high`.

    A report runs to the end of its sentence (trees break off early) but for: a main clause that
    resumes after it, the next cue, « ; », a quotation after a colon, « , mais » with no « que ».
    """
    tokens, last = scene.tokens, len(scene.tokens) - 1
    alone = _whole_quotation(scene, start)
    if alone is not None:
        return alone
    root = next((i for i, t in enumerate(tokens) if t.head == i and t.pos in ("VERB", "AUX")), None)
    resumes = root is not None and root > high and cue.at != root and _below(scene, cue.at, root)
    end = high if resumes else last
    for other in others:
        if start + 1 < other.at <= end and _coordinated(scene, cue, other):
            end = min(end, _before_group(scene, other))
    for j in range(start + 1, end + 1):
        quoted = scene.quote_at(tokens[j].span.start) is not None
        if tokens[j].masked and scene.lower[j - 1] == ":":
            end = j - 2
        elif scene.lower[j] == ";" and not quoted:
            end = j - 1
        elif scene.lower[j] == "mais" and not quoted and j < end and j > high:
            free = scene.lower[j + 1] not in (*LINKS, "de", "d'", "aussi", "également")
            end = j - 1 if free else end
        elif j > high and scene.lower[j] in ("selon", "d'après") and scene.lower[j - 1] == ",":
            end = j - 2
        if j >= end:
            break
    end = _through_quote(scene, max(start, min(end, last)))
    while end > start and not scene.is_word(end) and not tokens[end].masked:
        end -= 1
    return end


def _whole_quotation(scene: Scene, start: int) -> int | None:
    """« affirme « agir au nom de Dieu », suite à … »: words that are one quotation end with it."""
    first = start + 1 if scene.lower[start] in LINKS and start + 1 < len(scene.tokens) else start
    quote = scene.quote_at(scene.tokens[first].span.start)
    if quote is None or quote.inner.start < scene.tokens[first].span.start - 1:
        return None
    end = first
    while end + 1 < len(scene.tokens) and scene.tokens[end + 1].span.start < quote.outer.end:
        end += 1
    after = scene.lower[end + 1] if end + 1 < len(scene.tokens) else "."
    return end if after in (",", ".", ";", "dans", "lors", "mardi", "sur") else None


def _below(scene: Scene, i: int, root: int) -> bool:
    """Whether a token hangs, however deep, under another that is not its own clause's verb."""
    at = i
    for _ in range(30):
        head = scene.tokens[at].head
        if head == root:
            return scene.tokens[at].dep.split(":")[0] in (
                "advcl",
                "acl",
                "nsubj",
                "csubj",
                "obl",
                "nmod",
                "appos",
                "parataxis",
            )
        if head == at:
            return False
        at = head
    return False


def _coordinated(scene: Scene, cue: Cue, other: Cue) -> bool:
    """Whether another cue goes on where this one ended.

    « …, ajoutant que », « … et précise que », « … et Y estime que », « …, a-t-il ajouté ».
    """
    before = scene.lower[other.low - 1] if other.low else ""
    if scene.quote_at(scene.tokens[other.at].span.start) is not None:
        return False
    if other.mood == "presp":
        return before in (",", "tout", "en", "et") or scene.tokens[other.low - 1].pos == "ADV"
    if other.inverted is not None:
        return before == ","
    if other.mood != "finite":
        return False
    head = scene.tokens[other.at].head
    if head == cue.at and scene.tokens[other.at].dep.startswith(("conj", "advcl", "parataxis")):
        return True
    if before in ("et", "puis", "mais", ","):
        return _governs(scene, other)
    return False


def _governs(scene: Scene, cue: Cue) -> bool:
    """Whether a cue has words to report: a clause, an infinitive or a quotation right after it."""
    after = cue.high + 1
    if after >= len(scene.tokens):
        return False
    token = scene.tokens[after]
    return (
        scene.lower[after] in (*LINKS, "de", "d'", "à", ":")
        or token.masked
        or "VerbForm=Inf" in token.morph
        or scene.quote_at(token.span.start) is not None
    )


def _before_group(scene: Scene, cue: Cue) -> int:
    j = cue.low - 1
    while j > 0 and (
        scene.lower[j] in (",", "et", "mais", "puis", "ou", "en", "tout", "-")
        or not scene.is_word(j)
    ):
        j -= 1
    return j


def clause(scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]) -> Iterator[Candidate]:
    """X dit que P · X a demandé si P · X se dit convaincu que P · X rappelle, lundi, que P."""
    k = scene.find(
        cue.high + 1,
        cue.high + 16,
        lambda j: (
            scene.lower[j] in LINKS
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
    draft = _draft(scene, words, "clause", "indirect", (cue, others))
    end = _reach(scene, cue, k, max(k, scene.extents[verb][1]), others)
    if end > k:
        yield from _finish(draft, _open_to(scene, k, end), *notes)


def _open_to(scene: Scene, start: int, end: int) -> list[Span]:
    return [scene.words(start, end)]


def second_clause(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X précise : P sans guillemets · X est formel : P."""
    k = scene.find(cue.high + 1, len(scene.tokens), lambda j: scene.lower[j] == ":")
    if k is None or k + 2 >= len(scene.tokens) or scene.tokens[k + 1].masked:
        return
    if any(c.at > cue.at and c.at < k for c in others) or scene.quote_at(
        scene.tokens[k + 1].span.start
    ):
        return
    draft = _draft(scene, words, "colon-clause", "indirect", (cue, others))
    yield from _finish(
        draft, [scene.words(k + 1, len(scene.tokens) - 1)], f"gap={min(k - cue.high, 4)}"
    )


def infinitive(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X affirme vouloir P · X promet de P · X appelle Y à P · X a accusé Y d'avoir P · Y est accusé de P."""
    tokens = scene.tokens
    k = scene.find(
        cue.high + 1,
        cue.high + 14,
        lambda j: "VerbForm=Inf" in tokens[j].morph and not tokens[j].masked,
    )
    if k is None:
        return
    start = k
    while start > cue.high + 1 and (
        scene.lower[start - 1]
        in (
            "de",
            "d'",
            "à",
            "ne",
            "pas",
            "se",
            "s'",
            "y",
            "en",
            "l'",
            "le",
            "la",
            "les",
            "lui",
            "leur",
            "n'",
            "n’",
            "plus",
            "jamais",
            "avoir",
            "être",
            "nous",
            "vous",
            "me",
            "m'",
        )
        or tokens[start - 1].pos == "ADV"
    ):
        start -= 1
        if scene.lower[start] in ("de", "d'", "à"):
            break
    between = range(cue.high + 1, start)
    if any(
        scene.lower[j]
        in (",", ":", ";", ".", "que", "qu'", "pour", "afin", "sans", "après", "avant")
        or "VerbForm=Fin" in tokens[j].morph
        or tokens[j].masked
        for j in between
    ):
        return
    if any(cue.high < c.at < start for c in others):
        return
    gap = start - cue.high - 1
    link = scene.lower[start] if scene.lower[start] in ("de", "d'", "à") else "bare"
    if scene.lower[start - 1] in ("pour", "afin", "sans"):
        return
    draft = _draft(scene, words, "infinitive", "indirect", (cue, others))
    if tokens[k].pos == "AUX" and tokens[k].head > k:
        k = tokens[k].head
    high = _reach(scene, cue, start, max(scene.extents[k][1], k), others)
    governed = tokens[k].dep.startswith("xcomp") and tokens[k].head == cue.at
    link = {"d'": "de"}.get(link, link)
    yield from _finish(
        draft,
        [scene.words(start, high)],
        f"link={link}",
        f"link+act={link}/{cue.verb.act}",
        f"link+cue={link}/{cue.lemma}",
        f"gap={'0' if gap == 0 else '1-3' if gap <= 3 else '4+'}",
        "xcomp" if governed else "not-xcomp",
        *([] if "i" in cue.verb.frames.lower() else ["frame-no-infinitive"]),
    )


def _through_quote(scene: Scene, high: int) -> int:
    """The last token of the quotation that a token stands in, else the token itself."""
    last = len(scene.tokens) - 1
    if scene.tokens[high].masked:
        return high
    quote = scene.quote_at(scene.tokens[high].span.start)
    while quote is not None and high < last and scene.tokens[high + 1].span.start < quote.outer.end:
        high += 1
    return high


def _cut_at_cue(scene: Scene, cue: Cue, start: int, high: int, others: tuple[Cue, ...]) -> int:
    for other in others:
        if start + 1 < other.at <= high and _coordinated(scene, cue, other):
            high = min(high, _before_group(scene, other))
    for j in range(start, high + 1):
        if scene.tokens[j].masked and scene.lower[j - 1] == ":":
            return j - 2
    return high


def complement(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X dénonce N · X se félicite de N · X parle de N · X appelle à N · X alerte Y sur N · X exprime N."""
    if cue.passive or cue.mood == "part":
        return
    tokens = scene.tokens
    for k in scene.kids[cue.at if len(cue.words) == 1 else max(cue.words)]:
        if k <= cue.high or tokens[k].pos not in (*NOMINAL, "ADJ") or tokens[k].masked:
            continue
        dep = tokens[k].dep.split(":")[0]
        if dep not in ("obj", "obl", "iobj", "xcomp", "nmod", "dep", "ccomp"):
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
        if any(cue.high < c.at < k for c in others if c.mood == "finite"):
            continue
        draft = _draft(scene, words, "complement", "narrated", (cue, others))
        if any(s.meets(tokens[k].span) for s in draft.who.spans):
            continue
        span = _object(scene, cue, k, others)
        if span is None or (link == "bare" and _is_asked(scene, cue, span)):
            continue
        gap = k - cue.high
        yield from _finish(
            draft,
            [span],
            f"link={link}",
            f"dep={dep}",
            f"link+act={link}/{cue.verb.act}",
            f"link+cue={link}/{cue.lemma}",
            f"gap={'near' if gap <= 3 else 'far'}",
            f"object-pos={tokens[k].pos}",
            f"object={scene.lower[k]}",
            f"object-det={_determiner(scene, k)}",
            *([] if set(cue.verb.frames.lower()) & set("nrc") else ["frame-no-object"]),
            *(["object-speech-noun"] if scene.lower[k] in words.nouns else []),
        )


def _is_asked(scene: Scene, cue: Cue, span: Span) -> bool:
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


def _determiner(scene: Scene, k: int) -> str:
    """How an object is presented: « un rapport » and « leur opposition » are not the same news."""
    det = scene.child(k, "det", "nmod:poss")
    if det is None:
        return "none"
    word = scene.lower[det]
    kinds = {"un": "a", "une": "a", "des": "a", "le": "the", "la": "the", "l'": "the", "les": "the"}
    return kinds.get(word, "poss" if word in ("son", "sa", "ses", "leur", "leurs") else "other")


def _object(scene: Scene, cue: Cue, k: int, others: tuple[Cue, ...]) -> Span | None:
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
        scene, low, max(low, min(high, _cut_at_cue(scene, cue, low, high, others)))
    )
    for j in range(low + 1, high + 1):
        if scene.tokens[j].masked or (scene.lower[j] in (";", ":") and _before_quotation(scene, j)):
            high = j - 1
            break
    high = _through_quote(scene, high)
    while high > low and not scene.is_word(high):
        high -= 1
    return scene.words(low, max(low, high))


def _before_quotation(scene: Scene, j: int) -> bool:
    return j + 1 >= len(scene.tokens) or scene.tokens[j + 1].masked or scene.lower[j] == ";"


BREATH_ENDS = frozenset(
    "après avant lors pendant depuis tandis alors quand si selon afin lorsque puisque mais car or "
    "donc en suite pour sur mardi lundi mercredi jeudi vendredi samedi dimanche hier".split()
)


def _in_one_breath(scene: Scene, low: int, high: int) -> int:
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


def _new_clause(scene: Scene, j: int) -> bool:
    """Whether a verb in a person or a participle with its auxiliary stands right after « et »."""
    near = scene.tokens[j : j + 4]
    return any(
        "VerbForm=Fin" in t.morph or t.pos == "AUX" or "VerbForm=Part" in t.morph for t in near[:2]
    ) or any(t.dep.startswith(("nsubj", "expl")) for t in near[:2])


def attribute(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X se dit fier de N · X juge illégale N · X qualifie Y de Z · X décrit Y comme Z · Y est décrit comme Z."""
    if "c" not in cue.verb.frames and not cue.reflexive:
        return
    tokens = scene.tokens
    low = cue.high + 1
    if low >= len(tokens):
        return
    if (
        cue.reflexive
        and cue.verb.act in ("say", "react", "think")
        and tokens[low].pos in ("ADJ", "VERB", "ADV", "ADP")
    ):
        k = scene.find(low, low + 4, lambda j: tokens[j].pos in ("ADJ", "VERB", "NOUN"))
        if k is None or "VerbForm=Inf" in tokens[k].morph:
            return
        high = min(
            max(scene.extents[k][1], k), _cut_at_cue(scene, cue, low, scene.extents[k][1], others)
        )
        if high >= low:
            draft = _draft(scene, words, "attribute-self", "indirect", (cue, others))
            yield from _finish(draft, [scene.words(low, high)], f"attribute-pos={tokens[k].pos}")
        return
    yield from _attribute_of(scene, cue, words, others)


def _attribute_of(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    tokens = scene.tokens
    low, last = cue.high + 1, len(tokens) - 1
    passive = cue.passive or cue.mood == "part"
    wanted = ("comme", "de", "d'") if cue.verb.act == "call" else ("comme",)
    link = scene.find(
        low,
        low + 22,
        lambda j: (
            scene.lower[j] in wanted
            and (
                scene.lower[j] == "comme"
                or scene.quote_at(tokens[min(j + 1, last)].span.start) is not None
                or tokens[min(j + 1, last)].pos in ("ADJ", "NOUN")
                and scene.lower[j] != "comme"
                and cue.lemma in ("qualifier", "traiter", "taxer")
            )
        ),
    )
    if link is None:
        adjective = scene.find(low, low + 3, lambda j: tokens[j].pos == "ADJ")
        if adjective is None or passive and not tokens[low].pos == "ADJ":
            return
        end = max(scene.extents[k][1] for k in (adjective, *scene.children(cue.at, "obj", "xcomp")))
        draft = _draft(scene, words, "attribute-adjective", "indirect", (cue, others))
        yield from _finish(draft, [scene.words(low, min(max(end, adjective), last))])
        return
    end = _phrase_end(scene, link)
    draft = _draft(scene, words, "attribute", "indirect", (cue, others))
    content = [scene.words(link, end)]
    if passive:
        own = scene.child(cue.at, "nsubj")
        governor = tokens[cue.at].head if cue.mood == "part" and not cue.passive else own
        if governor is not None and governor < cue.low and tokens[governor].pos in NOMINAL:
            content.insert(0, noun_phrase(scene, governor, ceiling=cue.low - 1))
    elif link > low:
        content.insert(0, scene.words(low, link - 1))
    else:
        clitic = next(
            (
                j
                for j in range(cue.low, cue.at)
                if scene.lower[j] in ("le", "la", "l'", "l’", "les")
            ),
            None,
        )
        if clitic is not None:
            content.insert(0, tokens[clitic].span)
    if len(content) == 2 and not scene.text[content[0].end : content[1].start].strip():
        content = [Span(content[0].start, content[1].end)]
    yield from _finish(
        draft, content, f"link={scene.lower[link]}", *(["passive-attribute"] if passive else [])
    )


def _phrase_end(scene: Scene, link: int) -> int:
    """The end of what « comme » or « de » governs: its head's subtree, or the quotation's end."""
    last = len(scene.tokens) - 1
    if link >= last:
        return last
    quote = scene.quote_at(scene.tokens[link + 1].span.start)
    if quote is not None:
        end = link + 1
        while end < last and scene.tokens[end + 1].span.start < quote.outer.end:
            end += 1
        return end
    head = scene.tokens[link].head
    return scene.extents[head][1] if head > link else min(link + 4, last)


def passive(scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]) -> Iterator[Candidate]:
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
    draft = _draft(scene, words, "passive", "narrated", (cue, others))
    span = noun_phrase(scene, governor, ceiling=cue.low - 1)
    if span.end <= span.start or any(span.meets(s) for s in draft.who.spans):
        return
    yield from _finish(
        draft,
        [span],
        "participle" if cue.mood == "part" and not cue.passive else "full-passive",
        "agent" if draft.who.spans else "no-agent",
        f"agent+act={bool(draft.who.spans)}/{cue.verb.act}",
        *(["object-speech-noun"] if scene.lower[governor] in words.nouns else []),
    )


def accused(scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]) -> Iterator[Candidate]:
    """Y est accusé de N · X accuse Y de N: the charge is the content, « de » apart."""
    if (
        cue.verb.act not in ("accuse", "announce", "blame")
        or cue.verb.act == "announce"
        and cue.lemma != "menacer"
    ):
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
    draft = _draft(scene, words, "accused", "narrated", (cue, others))
    start = (
        k + 1
        if scene.lower[k] in ("de", "d'") and not scene.quote_at(tokens[k + 1].span.start)
        else k
    )
    yield from _finish(draft, [scene.words(start, max(start, scene.extents[head][1]))])


VERB_RULES = (clause, second_clause, infinitive, complement, attribute, passive, accused)


def all_spans(candidates: list[Candidate]) -> Spans:
    """The contents of several candidates."""
    return tuple(s for c in candidates for s in c.content)
