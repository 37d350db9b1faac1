"""How far reported words reach: to the end of their sentence, or to what cuts them short."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.cues import Cue
from selon.reading.tree import ParsedSentence

LINKS = ("que", "qu'", "qu’")


def content_ends(
    scene: ParsedSentence, cue: Cue, start: int, high: int, others: tuple[Cue, ...]
) -> int:
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
        if start + 1 < other.at <= end and _is_coordinated(scene, cue, other):
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
        elif j > high and not quoted and scene.lower[j - 1] == "," and _turns(scene, j):
            end = j - 2
        if j >= end:
            break
    end = through_quote(scene, max(start, min(end, last)))
    while end > start and not scene.is_word(end) and not tokens[end].masked:
        end -= 1
    return end


def _turns(scene: ParsedSentence, j: int) -> bool:
    """« , selon X », « , car », « , alors que », « , avant de »: the outlet speaks again."""
    word, nxt = scene.lower[j], scene.lower[j + 1] if j + 1 < len(scene.tokens) else ""
    if word in ("alors", "tandis"):
        return nxt in LINKS
    return word in ("selon", "d'après", "car") or (word == "avant" and nxt in ("de", "d'", ","))


def _whole_quotation(scene: ParsedSentence, start: int) -> int | None:
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


def _below(scene: ParsedSentence, i: int, root: int) -> bool:
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


def _is_coordinated(scene: ParsedSentence, cue: Cue, other: Cue) -> bool:
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
    if other.mood == "part":
        return before in ("et", "puis") and _governs(scene, other)
    if other.mood != "finite":
        return False
    head = scene.tokens[other.at].head
    if head == cue.at and scene.tokens[other.at].dep.startswith(("conj", "advcl", "parataxis")):
        return True
    if before in ("et", "puis", "mais", ","):
        return _governs(scene, other)
    return False


def _governs(scene: ParsedSentence, cue: Cue) -> bool:
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


def _before_group(scene: ParsedSentence, cue: Cue) -> int:
    j = cue.low - 1
    while j > 0 and (
        scene.lower[j] in (",", "et", "mais", "puis", "ou", "en", "tout", "-")
        or not scene.is_word(j)
    ):
        j -= 1
    return j


def through_quote(scene: ParsedSentence, high: int) -> int:
    """The last token of the quotation that a token stands in, else the token itself."""
    last = len(scene.tokens) - 1
    if scene.tokens[high].masked:
        return high
    quote = scene.quote_at(scene.tokens[high].span.start)
    while quote is not None and high < last and scene.tokens[high + 1].span.start < quote.outer.end:
        high += 1
    return high


def cut_at_cue(
    scene: ParsedSentence, cue: Cue, start: int, high: int, others: tuple[Cue, ...]
) -> int:
    """The last token of words from `start` to `high` that belongs to this cue and to no later one."""
    for other in others:
        if start + 1 < other.at <= high and _is_coordinated(scene, cue, other):
            high = min(high, _before_group(scene, other))
    for j in range(start, high + 1):
        if scene.tokens[j].masked and scene.lower[j - 1] == ":":
            return j - 2
    return high


def endings(
    scene: ParsedSentence, start: int, end: int, extent: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The ends that a report may have: where `content_ends` puts it, at a comma or stop before it, or on.

    « affirme avoir voulu P | , mais l'explication ne convainc pas », « que P | et compte demander »,
    « qu'on avait transmis trop tôt | . Quand je revois les images ».
    """
    tokens = scene.tokens
    yield end, ("end=reach", f"end-mark={mark_at(scene, end + 1)}")
    shown = 0
    for j in range(start + 3, end):
        low = scene.lower[j]
        if low not in (",", ".", "et", "?", "!", "–", "—"):
            continue
        quote = scene.quote_at(tokens[j].span.start)
        if quote is not None and not quote.outer.holds(tokens[start].span):
            continue
        if low == "et" and not _clause_follows(scene, j + 1):
            continue
        last = j - 1 if scene.is_word(j - 1) or tokens[j - 1].masked else j - 2
        if last <= start + 1:
            continue
        after = scene.lower[j + 1]
        kind = after if tokens[j + 1].pos in ("SCONJ", "CCONJ", "ADP", "ADV") else tokens[j + 1].pos
        yield (
            last,
            (
                "end=earlier",
                f"stop={low}",
                f"stop={low}/{kind}",
                f"stop-within-tree={j <= extent}",
                f"stop={low}/{j <= extent}",
                f"stop-verb={'VerbForm' in tokens[j + 1].morph}",
            ),
        )
        shown += 1
        if shown == 2:
            break


def mark_at(scene: ParsedSentence, j: int) -> str:
    """The sign or « et » at a token, else its part of speech: what an ending is followed by."""
    if j >= len(scene.tokens):
        return "end"
    return scene.lower[j] if scene.tokens[j].pos in ("PUNCT", "CCONJ") else scene.tokens[j].pos


def _clause_follows(scene: ParsedSentence, j: int) -> bool:
    """Whether a clause of its own begins within a few words: « et compte demander »."""
    return any("VerbForm=Fin" in t.morph for t in scene.tokens[j : j + 4])
