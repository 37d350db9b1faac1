"""Made-up articles and readings for the library's tests: invented people, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selon.records import (
    Article,
    Entity,
    Failure,
    Judgement,
    Mention,
    Party,
    Reading,
    Span,
    Statement,
    Via,
    Voice,
)

_SAID = re.compile(
    r"« (?P<content>[^»]+) », a (?P<cue>dit|écrit) (?P<speaker>(?:M\. |Mme )?[A-ZÉ]\w+ [A-ZÉ]\w+)"
    r"(?: à (?P<to>[A-ZÉ]\w+ [A-ZÉ]\w+))?(?:, (?P<viacue>cité par) (?P<via>[A-Z]\w+))?"
)


def article(n: int, body: str | None = None, **known: str) -> Article:
    """An article with two statements, unless another body is given."""
    text = body or (
        f"Le maire de Brénac n° {n}\n\n« Nous rouvrirons l’école n° {n} dès lundi », a dit"
        f" Mme Zélie Coeurdeloup à Basile Ortéga, cité par Mediapluie. Il faisait beau.\n\n"
        f"Plus loin, rien. « Le cœur de la ville n° {n} bat », a écrit Basile Ortéga. Fin."
    )
    defaults = {
        "outlet": "La Gazette de Brénac",
        "published": f"2026-03-{n % 28 + 1:02d}",
        "url": f"https://gazette.example/{n}",
        "language": "fr",
    }
    return Article(id=f"art-{n}", text=text, title=f"Titre {n}", **{**defaults, **known})


def made(of: Article) -> Reading:
    """A reading by pattern: « … », a dit PRÉNOM NOM [à …], [cité par …]."""
    entities: dict[str, list[Mention]] = {}
    types: dict[str, str] = {}
    statements, judgements, voices = [], [], []
    last = 0

    def entity(name: str, span: Span, type_: str = "person") -> str:
        name = re.sub(r"^(M\.|Mme) ", "", name)
        entities.setdefault(name, []).append(Mention(span, "name"))
        types[name] = type_
        return f"e{list(entities).index(name)}"

    for m in _SAID.finditer(of.text):
        sid = f"{of.id}#{m.start('content')}-{m.end('content')}"

        def span(group: str, m: re.Match[str] = m) -> Span:
            return Span(*m.span(group))

        spoken = entity(m["speaker"], span("speaker"))
        judgements.append(Judgement(f"{sid}/speaker", "is", spoken, "rule:test"))
        to, via = (), ()
        if m["to"]:
            judgements.append(
                Judgement(f"{sid}/addressee/0", "is", entity(m["to"], span("to")), "rule:test")
            )
            to = (Party((span("to"),)),)
        if m["via"]:
            relay = entity(m["via"], span("via"), "organisation")
            judgements.append(Judgement(f"{sid}/via/0", "is", relay, "rule:test"))
            via = (Via((span("via"),), (span("viacue"),)),)
        statements.append(
            Statement(
                sid,
                "direct",
                (span("content"),),
                (span("cue"),),
                Party((span("speaker"),)),
                to,
                via,
                score=0.9,
                why=("rule.test",),
            )
        )
        if m.start("content") > last:
            voices.append(Voice(Span(last, m.start("content")), "outlet"))
        voices.append(Voice(span("content"), "quoted", sid))
        last = m.end("content")
    if last < len(of.text):
        voices.append(Voice(Span(last, len(of.text)), "outlet"))
    return Reading(
        of,
        tuple(statements),
        tuple(
            Entity(f"e{n}", types[name], name, tuple(sorted(places, key=lambda p: p.span)))
            for n, (name, places) in enumerate(entities.items())
        ),
        (),
        tuple(voices),
        tuple(judgements),
    )


def spoken(
    n: int, before: str, name: str, type_: str = "person", *, form: str = "name", **known: object
) -> Reading:
    """An article in which somebody speaks, with the words before the name (a title, an article)."""
    text = f"« Nous viendrons demain », a dit {before}{name}."
    start = len(text) - 1 - len(name)
    span = Span(start, start + len(name))
    entity = Entity("e1", type_, name, (Mention(span, form),), **known)  # type: ignore[arg-type]
    statement = Statement(f"a{n}#2-21", "direct", (Span(2, 21),), (), Party((span,)))
    told = Judgement(f"{statement.id}/speaker", "is", "e1", "rule:test")
    return Reading(
        Article(f"a{n}", text, "fr", published="2026-03-01"),
        (statement,),
        (entity,),
        (),
        (),
        (told,),
    )


def reader(articles: Iterable[Article]) -> Iterator[Reading | Failure]:
    """A reader for the tests; an article that says PANNE fails."""
    for of in articles:
        if "PANNE" in of.text:
            yield Failure(of.id, "parse", "panne", "réparer")
        else:
            yield made(of)
