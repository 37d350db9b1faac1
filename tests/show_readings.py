"""Readings written for the tests of `selon.show`: own articles, invented people."""

from __future__ import annotations

from dataclasses import replace

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
    VoiceName,
)

TITLE = "La piscine de Valmont-sur-Orge rouvrira, mais nul ne sait quand"
TEXT = """La piscine de Valmont-sur-Orge rouvrira, mais nul ne sait quand

Après onze mois de travaux, la piscine municipale attend toujours ses nageurs. « Nous ouvrirons \
quand l’eau sera chaude », a déclaré mardi la maire, Hélène Vautrin, « et pas un jour plus tôt ». \
Selon elle, le chantier « touche à sa fin ».

L’opposition n’en croit rien. D’après Karim Delmotte, cité par l’agence Relais, la direction \
technique aurait prévenu la mairie dès le mois de mars que les pompes « ne tiendraient pas \
l’hiver ». La « concertation » promise n’a jamais eu lieu.

Le conseiller assure aussi que l’architecte, Nora Lindqvist, lui a confié que le carrelage \
était « à refaire entièrement ». Interrogée, celle-ci dément : « Je n’ai jamais dit cela. »

Les travaux ont coûté 4,2 millions d’euros, soit un million de plus que prévu.
"""


def _at(phrase: str, after: str = "") -> Span:
    start = TEXT.index(phrase, TEXT.index(after) if after else TEXT.index("Après"))
    return Span(start, start + len(phrase))


def _statements() -> tuple[Statement, ...]:
    claim = _at(
        "la direction technique aurait prévenu la mairie dès le mois de mars que les "
        "pompes « ne tiendraient pas l’hiver »"
    )
    tiles = _at(
        "que l’architecte, Nora Lindqvist, lui a confié que le carrelage était « à refaire "
        "entièrement »"
    )
    return (
        Statement(
            "s1",
            "direct",
            (_at("Nous ouvrirons quand l’eau sera chaude"), _at("et pas un jour plus tôt")),
            (_at("déclaré"),),
            Party((_at("la maire, Hélène Vautrin"),)),
            said="2024-03-05",
            score=0.97,
            why=("fr.quote.inverted", "fr.quote.continued"),
        ),
        Statement(
            "s2",
            "mixed",
            (_at("le chantier « touche à sa fin »"),),
            (_at("Selon"),),
            Party((_at("elle", "Selon elle"),)),
            score=0.8,
            why=("fr.selon",),
        ),
        Statement(
            "s3",
            "indirect",
            (claim,),
            (_at("D’après"),),
            Party((_at("Karim Delmotte"),)),
            via=(Via((_at("l’agence Relais"),), (_at("cité"),)),),
            why=("fr.selon",),
        ),
        Statement(
            "s4",
            "mixed",
            (_at("que les pompes « ne tiendraient pas l’hiver »"),),
            (_at("prévenu"),),
            Party((_at("la direction technique"),)),
            (Party((_at("la mairie", "prévenu"),)),),
            within="s3",
            said="2024-03",
            stance="conditional",
            score=0.71,
            why=("fr.verb.que", "fr.conditional"),
        ),
        Statement("s5", "indirect", (tiles,), (_at("assure"),), Party((_at("Le conseiller"),))),
        Statement(
            "s6",
            "mixed",
            (_at("que le carrelage était « à refaire entièrement »"),),
            (_at("confié"),),
            Party((_at("l’architecte, Nora Lindqvist"),)),
            (Party((_at("lui", "Lindqvist"),)),),
            within="s5",
        ),
        Statement(
            "s7",
            "direct",
            (_at("Je n’ai jamais dit cela."),),
            (_at("dément"),),
            Party((_at("celle-ci"),)),
            score=0.9,
        ),
    )


def _voices() -> tuple[Voice, ...]:
    """A partition: what no line of the table claims is the outlet's."""
    table: tuple[tuple[str, VoiceName, str | None], ...] = (
        ("Nous ouvrirons quand l’eau sera chaude", "quoted", "s1"),
        ("et pas un jour plus tôt", "quoted", "s1"),
        ("le chantier « ", "reported", "s2"),
        ("touche à sa fin", "quoted", "s2"),
        ("la direction technique aurait prévenu la mairie dès le mois de mars ", "hedged", "s3"),
        ("que les pompes « ", "hedged", "s4"),
        ("ne tiendraient pas l’hiver", "quoted", "s4"),
        ("concertation", "scare", None),
        ("que l’architecte, Nora Lindqvist, lui a confié ", "reported", "s5"),
        ("que le carrelage était « ", "reported", "s6"),
        ("à refaire entièrement", "quoted", "s6"),
        ("Je n’ai jamais dit cela.", "quoted", "s7"),
    )
    voices: list[Voice] = []
    last = 0
    for phrase, voice, statement in table:
        span = _at(phrase)
        if last < span.start:
            voices.append(Voice(Span(last, span.start), "outlet"))
        voices.append(Voice(span, voice, statement))
        last = span.end
    return (*voices, Voice(Span(last, len(TEXT)), "outlet"))


PEOPLE = {
    "e1": ("Hélène Vautrin", ("s1/speaker", "s2/speaker")),
    "e2": ("Karim Delmotte", ("s3/speaker", "s5/speaker", "s6/addressee/0")),
    "e3": ("Nora Lindqvist", ("s6/speaker", "s7/speaker")),
    "e4": ("Agence Relais", ("s3/via/0",)),
    "e5": ("Mairie de Valmont-sur-Orge", ("s4/addressee/0",)),
}


def pool() -> Reading:
    """Seven statements: torn apart, nested twice, relayed, hedged, a scare quote, a pronoun."""
    return Reading(
        Article(
            "pool",
            TEXT,
            "fr",
            TITLE,
            "Le Courrier de l’Orge",
            "2024-03-07",
            authors=("Ada Ferrand",),
        ),
        _statements(),
        tuple(
            Entity(key, "person", name, (Mention(_at(name, "Après"), "name"),))
            if name in TEXT
            else Entity(key, "organisation", name)
            for key, (name, _) in PEOPLE.items()
        ),
        voices=_voices(),
        judgements=tuple(
            Judgement(subject, "is", key, "rule:test")
            for key, (_, subjects) in PEOPLE.items()
            for subject in subjects
        ),
    )


def overlapping() -> Reading:
    """Statements that overlap without nesting, and more of them than there are lanes."""
    words = " ".join(f"mot{n}" for n in range(60))
    statements = tuple(
        Statement(f"o{n}", "indirect", (Span(n * 7, n * 7 + 150),)) for n in range(12)
    )
    return Reading(Article("overlap", words, "fr", "Chevauchements"), statements)


def hostile(payload: str) -> Reading:
    """A reading with the payload in each field that a text can stand in."""
    text = f"{payload} dit {payload}\nfin"
    size = len(payload)
    speaker, cue, content = Span(0, size), Span(size + 1, size + 4), Span(size + 5, 2 * size + 5)
    statement = Statement(
        f"h{payload}",
        "direct",
        (content,),
        (cue,),
        Party((speaker,)),
        (Party((content,)),),
        (Via((speaker,), (cue,)),),
        None,
        payload,
        "negated",
        0.5,
        (payload, payload),
    )
    return Reading(
        Article(payload, text, payload, payload, payload, payload, payload, (payload,)),
        (statement, replace(statement, id=f"h2{payload}", within=statement.id)),
        (Entity(payload, "person", payload, roles=(payload,), kb=payload),),
        voices=(
            Voice(Span(0, content.start), "outlet"),
            Voice(content, "quoted", statement.id),
            Voice(Span(content.end, len(text)), "outlet"),
        ),
        judgements=(Judgement(f"{statement.id}/speaker", "is", payload, payload),),
    )


def long(words: int = 5000, count: int = 150) -> Reading:
    """An article of so many words with so many statements, two in three nested."""
    text = "\n\n".join(
        " ".join(f"parole{n % 97}" for n in range(line, min(line + 60, words)))
        for line in range(0, words, 60)
    )
    step = len(text) // count
    statements, voices = [], []
    for n in range(count):
        start, length = n * step + 20, (step - 30 if n % 3 == 0 else step // 2)
        content = Span(start, start + length)
        statements.append(
            Statement(
                f"l{n}",
                "direct" if n % 2 else "mixed",
                (content,),
                (Span(start - 8, start - 1),),
                Party((Span(start - 18, start - 9),)),
                why=("a.rule",),
            )
        )
        voices += [
            Voice(Span(n * step, start), "outlet"),
            Voice(content, "quoted", f"l{n}"),
            Voice(Span(content.end, (n + 1) * step), "outlet"),
        ]
    nested = [
        Statement(
            f"{s.id}n", "mixed", (Span(s.content[0].start + 9, s.content[0].end - 9),), within=s.id
        )
        for s in statements[::3]
    ]
    return Reading(
        Article("long", text, "fr", "Long"), (*statements, *nested), voices=tuple(voices)
    )
