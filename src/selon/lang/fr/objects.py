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
        if any(s.meets(tokens[k].span) for s in draft.who.spans):
            continue
        span = _object(scene, cue, k, others)
        if span is None or (link in ("bare", "à") and _is_asked(scene, cue, span)):
            continue
        gap = k - cue.high
        yield from finished(
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
        if adjective is None or (passive and tokens[low].pos != "ADJ"):
            return
        end = max(scene.extents[k][1] for k in (adjective, *scene.children(cue.at, "obj", "xcomp")))
        draft = drafted(scene, words, "attribute-adjective", "indirect", (cue, others))
        yield from finished(draft, [scene.words(low, min(max(end, adjective), last))])
        return
    end = _phrase_end(scene, link)
    after = scene.child(cue.at, "obj")
    if link == low and after is not None and after > end:
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
    yield from finished(
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
