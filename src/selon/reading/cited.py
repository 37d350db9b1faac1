"""A medium that cites somebody relays: « P, rapporte Radio Cap, citant un témoin » is the witness's.

The cited source speaks, by the words that cite; the medium is the relay, by its own cue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from selon.records import Draft, Span, Via
from selon.spans import Taken

# The cited source ends where its clause does: at a comma, a mark, a sentence's end; « M. » ends none.
END: Final = re.compile(r"[,;:()«»“”\"\n]|(?<=[^\W\d_]{3})[.!?…]|[.!?…]\s*$|\s[–—]\s")
MAX_WORDS: Final = 16
# Looked at before a medium for « Citant un témoin, Radio Cap … ».
BEFORE: Final = 160
# Characters between a medium and its verb: « the Lamp has reported ».
AUXILIARY: Final = 12


@dataclass(frozen=True, slots=True)
class Citing:
    """How a language cites: `verbs` finds « , citant » and the blank behind it, `reasons` are nouns
    of what is cited and speaks not (raisons), `is_medium` tells whether some words are a medium.
    """

    verbs: re.Pattern[str] | None = None
    reasons: frozenset[str] = frozenset()
    is_medium: Callable[[str], bool] = lambda words: False


def citing_verbs(phrases: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the phrases (« citant », « qui cite ») behind a comma or none."""
    longest = sorted(phrases, key=len, reverse=True)
    either = "|".join(map(re.escape, longest)).replace(r"\ ", r"\s+")
    return re.compile(rf"\s*,?\s*(?P<cue>{either})\s+(?=\S)", re.IGNORECASE)


NOTHING_CITED: Final = Citing()


def with_cited(text: str, drafts: Sequence[Draft], citing: Citing) -> tuple[Draft, ...]:
    """The drafts, where a medium cites a source with the source as speaker and the medium as relay.

    A draft that has the words that cite for its cue is no statement of its own then.
    """
    if citing.verbs is None:
        return tuple(drafts)
    found = [_with_source(text, draft, citing) for draft in drafts]
    used = Taken(cue for _, cue in found if cue is not None)
    return tuple(d for d, own in found if own is not None or not any(map(used.meets, d.cue)))


def _with_source(text: str, draft: Draft, citing: Citing) -> tuple[Draft, Span | None]:
    """The draft as it is to be read, and the words that cite, where a medium does."""
    for medium, cue in _media(draft):
        if not citing.is_medium(medium.of(text)):
            continue
        for words, source in _sources(text, (medium, cue), citing):
            told = not any(s.meets(source) for s in draft.content)
            if told and not _reason(source.of(text), citing):
                relays = (Via((medium,), cue), *(r for r in draft.relays if medium not in r.spans))
                # What the network knows of the medium's name is nothing of the source.
                told_by = replace(draft, cue=(words,), speaker=(source,), antecedents=())
                return replace(told_by, relays=relays), words
    return draft, None


def _media(draft: Draft) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Who may be the medium: the speaker, or a relay where nobody speaks."""
    if draft.speaker and draft.cue:
        yield draft.speaker[0], draft.cue
    elif draft.relays and draft.relays[0].spans:
        yield draft.relays[0].spans[0], draft.relays[0].cue


def _sources(
    text: str, told: tuple[Span, tuple[Span, ...]], citing: Citing
) -> Iterator[tuple[Span, Span]]:
    """The verb that cites and the source, behind the medium and its verb, or before it."""
    if citing.verbs is None:
        return
    medium, cue = told
    ends = {medium.end, *(c.end for c in cue if 0 <= c.start - medium.end <= AUXILIARY)}
    for end in sorted(ends):
        match = citing.verbs.match(text, end)
        source = _source(text, match.end()) if match is not None else None
        if match is not None and source is not None:
            yield _verb(text, match), source
    line = max(text.rfind(mark, max(0, medium.start - BEFORE), medium.start) for mark in "\n.!?")
    match = citing.verbs.match(text, line + 1)
    if match is not None:
        source = _source(text, match.end())
        if source is not None and text[source.end : medium.start].strip() == ",":
            yield _verb(text, match), source


def _verb(text: str, match: re.Match[str]) -> Span:
    """« cite » of « qui cite »."""
    start, end = match.span("cue")
    return Span(end - len(text[start:end].split()[-1]), end)


def _source(text: str, start: int) -> Span | None:
    stop = END.search(text, start, start + 300)
    words = text[start : stop.start() if stop is not None else len(text)].rstrip()
    return Span(start, start + len(words)) if 0 < len(words.split()) <= MAX_WORDS else None


def _reason(words: str, citing: Citing) -> bool:
    """Whether what is cited is a reason or an example: « citant des raisons de sécurité »."""
    return any(w.casefold() in citing.reasons for w in re.findall(r"[^\W\d_]+", words))
