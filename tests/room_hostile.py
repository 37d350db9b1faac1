"""A library with a payload in every field that comes from articles or people; no model is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from selon.library import add, judge, runs
from selon.library.find import Query
from selon.library.store import Library
from selon.records import (
    Article,
    Entity,
    Judgement,
    Mention,
    Party,
    Reading,
    Span,
    Statement,
    Via,
    Voice,
)
from selon.reuse.store import ReuseStore
from selon.web import dossiers, saved_searches

# Each says where it was put in, and sets the title if it ever runs.
PAYLOADS: Final = (
    "<img src=x onerror=\"document.title='run'\">",
    "\"><script>document.title='run'</script>",
    "' onfocus='document.title=\"run\"' autofocus='",
    "{{ 7 * 191 }}{% raw %}",
    "</textarea></title><svg onload=document.title='run'>",
    '=HYPERLINK("https://evil.example")',
    "\u202eesrever\u202c\x1b[31m\x00\x08",
    "a\r\nSet-Cookie: evil=1",
)
NAME: Final = "port <img src=x onerror=alert(1)>\" '.db"


def everything(n: int) -> str:
    """All payloads in a row, told apart by a number."""
    return f"n{n} " + " ".join(PAYLOADS)


def library(folder: Path) -> Path:
    """Two articles that say nearly the same, and people who judged them; the file's name, too."""
    path = folder / NAME
    with Library(path, create=True) as held:
        add.load(held, [_reading(1, "rouvre lundi"), _reading(2, "rouvre mardi")], _MADE)
        ReuseStore(held).update()
        judge.reject(held, 1, f"{everything(1)} other")
        judge.accept(held, 1, everything(0))
        judge.speaker(held, 2, judge.person(held, everything(20)), "ana")
        judge.utterance(held, 1, 2, True, everything(0))
        _kept(held)
    return path


def _kept(held: Library) -> None:
    """A saved search and a dossier, the payloads in each of their fields."""
    saved_searches.save(held, Query(words="digue"), everything(5), everything(0))
    number = dossiers.open_dossier(held, everything(6), everything(7), everything(0))
    for kind in dossiers.SINGLE_KINDS:
        dossiers.add_entry(held, number, kind, everything(8), everything(0))
    dossiers.add_entry(held, number, "note", everything(9), everything(0))
    source = {"title": everything(10), "url": "javascript:alert(1)", "says": everything(11)}
    dossiers.add_entry(held, number, "source", source, everything(0))
    kept = dossiers.statement(held.connection, 2, "supports")
    dossiers.add_entry(held, number, "statement", kept, everything(0))


_MADE: Final = runs.Maker("test", "")


def _reading(n: int, says: str) -> Reading:
    said = f"le bac {says} {everything(n)} et la digue du port tiendra bon tout l’hiver"
    who, to, relay = (f"{role} {everything(n)}" for role in ("Rose", "Basile", "Le Phare"))
    text = ""

    def put(words: str) -> Span:
        nonlocal text
        start = len(text)
        text += words
        return Span(start, len(text))

    put("« ")
    content = put(said)
    put(" », a ")
    cue = put(f"dit {PAYLOADS[0]}")
    spoken = put(who)
    put(" à ")
    told = put(to)
    put(", cité par ")
    relayed = put(relay)
    put(". Fin.")
    one = Statement(
        f"h{n}#{content.start}-{content.end}",
        "direct",
        (content,),
        (cue,),
        Party((spoken,)),
        addressees=(Party((told,)),),
        via=(Via((relayed,)),),
        said="2026-03-01",
        why=(f"rule {PAYLOADS[0]}",),
        score=0.4,
    )
    people = {"e0": (who, spoken), "e1": (to, told), "e2": (relay, relayed)}
    return Reading(
        Article(
            f"h{n} {PAYLOADS[1]}",
            text,
            "fr",
            f"Titre {everything(n)}",
            f"Média {everything(3)}",
            f"2026-0{n}-01",
            f"javascript:document.title='run'//{n}",
            authors=(everything(n),),
        ),
        (one,),
        tuple(
            Entity(e, "person", name, (Mention(at, "name"),)) for e, (name, at) in people.items()
        ),
        judgements=tuple(
            Judgement(f"{one.id}/{role}", "is", e, "test")
            for role, e in (("speaker", "e0"), ("addressee/0", "e1"), ("via/0", "e2"))
        ),
        voices=(Voice(content, "quoted"),),
    )
