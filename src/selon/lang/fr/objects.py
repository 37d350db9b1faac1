"""French rules over a cue's object: « dénonce N », « parle de N », « qualifie Y de Z »."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.addressees import ASKING
from selon.lang.fr.cues import Cue
from selon.lang.fr.drafting import drafted, finished
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.reach import LINKS, cut_at_cue, through_quote
from selon.lang.fr.words import Lexicon
from selon.records import Candidate, Span
from selon.tree import Scene


def complement(
    scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X dénonce N · X se félicite de N · X parle de N · X appelle à N · X alerte Y sur N · X exprime N."""
    if cue.passive or cue.mood == "part":
        return
    tokens = scene.tokens
    # « qualifie N de « Y » »: the whole is one attribute.
    named = cue.verb.act == "call" and any(True for _ in attribute(scene, cue, words, others))
    for k in sorted({k for word in cue.words for k in scene.kids[word]} | _unattached(scene, cue)):
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
        if named:
            continue
        if any(cue.high < c.at < k for c in others if c.mood == "finite"):
            continue
        draft = drafted(scene, words, "complement", "narrated", (cue, others))
        plain = len(draft.features)
        if any(s.meets(tokens[k].span) for s in draft.who.spans):
            continue
        span = _object(scene, cue, k, others)
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
            *([] if set(cue.verb.frames.lower()) & set("nrc") else ["frame-no-object"]),
            *(["object-speech-noun"] if scene.lower[k] in words.nouns else []),
        )
        for piece, how in _ends(scene, cue, k, span, others):
            yield from finished(draft, [piece], *notes, *how)
            draft.features = draft.features[:plain]


def _ends(
    scene: Scene, cue: Cue, k: int, span: Span, others: tuple[Cue, ...]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The ends that an object may have: as the tree has it, before a circumstance, or after one.

    « exprime sa colère | au personnel », « annonce un rachat | pour une valeur de N ».
    """
    tokens = scene.tokens
    low = next(j for j, t in enumerate(tokens) if t.span.end > span.start)
    high = max(j for j, t in enumerate(tokens) if t.span.start < span.end)
    yield span, ("end=tree", f"after={_mark_of(scene, high + 1)}")
    cuts = 0
    for j in range(max(k, low) + 1, high):
        if scene.lower[j] not in CUTS or scene.quote_at(tokens[j].span.start) is not None:
            continue
        head = tokens[j].head
        owner = tokens[head].head if head > j else head
        hung = "verb" if owner in (cue.at, *cue.words) else "noun" if owner == k else "else"
        end = j - 2 if scene.lower[j - 1] == "," else j - 1
        if end >= k:
            word = CUTS[scene.lower[j]]
            yield scene.words(low, end), (
                "end=short",
                f"cut={word}",
                f"cut={word}/{hung}",
                f"cut-what={_what(scene, head if head > j else j)}",
                f"cut+cue={word}/{cue.lemma}",
            )
            cuts += 1
        if cuts == 3:
            return
    if high + 1 < len(tokens) and scene.lower[high + 1] in CUTS:
        stop = _breath_end(scene, high + 1, others)
        if stop > high:
            word = CUTS[scene.lower[high + 1]]
            yield scene.words(low, stop), ("end=long", f"on={word}", f"on+cue={word}/{cue.lemma}")


def _mark_of(scene: Scene, j: int) -> str:
    if j >= len(scene.tokens):
        return "end"
    return scene.lower[j] if scene.tokens[j].pos in ("PUNCT", "CCONJ") else scene.tokens[j].pos


def _what(scene: Scene, j: int) -> str:
    token = scene.tokens[j]
    return "name" if token.pos == "PROPN" else token.pos


def _breath_end(scene: Scene, j: int, others: tuple[Cue, ...]) -> int:
    """Where a circumstance ends: at a comma, a stop, a verb in a person or the next cue."""
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
        or scene.lower[j] in CUTS
    ):
        j -= 1
    return j


def _unattached(scene: Scene, cue: Cue) -> set[int]:
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
        scene, low, max(low, min(high, cut_at_cue(scene, cue, low, high, others)))
    )
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


def _before_quotation(scene: Scene, j: int) -> bool:
    return j + 1 >= len(scene.tokens) or scene.tokens[j + 1].masked or scene.lower[j] == ";"


# What may end an object because it tells of the saying, by the kind of circumstance it opens.
CUTS = {
    **dict.fromkeys(("à", "au", "aux", "auprès", "devant"), "to"),
    **dict.fromkeys(("dans", "sur", "en", "chez"), "in"),
    **dict.fromkeys(("pour", "afin", "contre"), "for"),
    **dict.fromkeys(("lors", "après", "avant", "pendant", "depuis", "ce", "dès"), "when"),
    **dict.fromkeys("lundi mardi mercredi jeudi vendredi samedi dimanche hier".split(), "when"),
    **dict.fromkeys(("avec", "sans", "par", "comme", "suite", "alors", "tandis"), "how"),
}

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
            max(scene.extents[k][1], k), cut_at_cue(scene, cue, low, scene.extents[k][1], others)
        )
        if high >= low:
            draft = drafted(scene, words, "attribute-self", "indirect", (cue, others))
            yield from finished(draft, [scene.words(low, high)], f"attribute-pos={tokens[k].pos}")
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
                or (
                    tokens[min(j + 1, last)].pos in ("ADJ", "NOUN")
                    and scene.lower[j] != "comme"
                    and cue.lemma in ("qualifier", "traiter", "taxer")
                )
            )
        ),
    )
    if link is None:
        adjective = scene.find(low, low + 3, lambda j: tokens[j].pos == "ADJ")
        if passive:
            yield from _held(scene, cue, words, others)
            return
        if adjective is None:
            return
        end = max(scene.extents[k][1] for k in (adjective, *scene.children(cue.at, "obj", "xcomp")))
        draft = drafted(scene, words, "attribute-adjective", "indirect", (cue, others))
        yield from finished(draft, [scene.words(low, min(max(end, adjective), last))])
        return
    end = _phrase_end(scene, link)
    after = scene.child(cue.at, "obj")
    adverbs = all(tokens[j].pos == "ADV" for j in range(low, link))
    if adverbs and after is not None and after > end:
        # « désigne comme « Y » les forces de N »: the object may follow.
        end = scene.extents[after][1]
    draft = drafted(scene, words, "attribute", "indirect", (cue, others))
    if draft.who.how == "agent":
        # « qualifié de « Y » par X »: the agent is no part of what is said.
        by = next(
            (j for j in range(link + 1, end + 1) if scene.lower[j] in words.closed["by"]), None
        )
        end = by - 1 if by is not None else end
    content = [scene.words(link, end)]
    if passive:
        own = scene.child(cue.at, "nsubj")
        governor = tokens[cue.at].head if cue.mood == "part" and not cue.passive else own
        if governor is not None and governor < cue.low and tokens[governor].pos in NOMINAL:
            content.insert(0, noun_phrase(scene, governor, ceiling=cue.low - 1))
    else:
        clitic = _object_clitic(scene, cue)
        if clitic is not None:
            content.insert(0, tokens[clitic].span)
        elif not adverbs:
            content.insert(0, scene.words(low, link - 1))
    if len(content) == 2 and not scene.text[content[0].end : content[1].start].strip():
        content = [Span(content[0].start, content[1].end)]
    yield from finished(
        draft, content, f"link={scene.lower[link]}", *(["passive-attribute"] if passive else [])
    )


def _object_clitic(scene: Scene, cue: Cue) -> int | None:
    """« le décrit comme »: the pronoun right before the verb group, whatever the parser calls it."""
    first = max(cue.low - 1, 0)
    return scene.find(first, cue.at, lambda j: scene.lower[j] in ("le", "la", "l'", "l’", "les"))


def _held(scene: Scene, cue: Cue, words: Lexicon, others: tuple[Cue, ...]) -> Iterator[Candidate]:
    """Le programme est jugé trop coûteux par X · N, jugée excessive · N est estimé à 3 milliards par X."""
    tokens, low = scene.tokens, cue.high + 1
    first = scene.find(low, low + 3, lambda j: tokens[j].pos not in ("ADV", "PUNCT"))
    if first is None or "," in scene.lower[low:first]:
        return
    measured = cue.verb.act in ("think", "judge", "say", "announce") and (
        scene.lower[first] in ("à", "entre") and tokens[min(first + 1, len(tokens) - 1)].pos == "NUM"
    )
    if tokens[first].pos != "ADJ" and not measured:
        return
    draft = drafted(scene, words, "attribute-passive", "indirect", (cue, others))
    end = first
    phrasal = ("ADJ", "ADV", "NOUN", "NUM", "ADP", "DET", "CCONJ", "PROPN")
    while end + 1 < len(tokens) and tokens[end + 1].pos in phrasal:
        if scene.lower[end + 1] in (*words.closed["by"], "après", "avant", "pour", "depuis", "en"):
            break
        end += 1
    own = scene.child(cue.at, "nsubj")
    governor = own if own is not None else tokens[cue.at].head
    if governor >= cue.low or tokens[governor].pos not in NOMINAL or tokens[governor].masked:
        return
    if scene.lower[governor] == "qui":
        governor = tokens[cue.at].head if tokens[cue.at].head < governor else governor
    content = [noun_phrase(scene, governor, ceiling=cue.low - 1), scene.words(low, end)]
    yield from finished(
        draft,
        content,
        f"agent={bool(draft.who.spans)}",
        f"first={tokens[first].pos}",
        f"held={'participle' if cue.mood == 'part' and not cue.passive else 'full'}",
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
