"""IRaMuTeQ: one text a statement, its speaker, outlet and date as starred variables in French."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from selon.export import codebook
from selon.export.options import PLAIN, ExportOptions
from selon.export.said import identifier, plain_name, role
from selon.labels import month, year
from selon.records import Reading
from selon.statement_people import StatementWithPeople, statements_with_people

_RARE: Final = "Autres"


def write(readings: Iterable[Reading], out: TextIO, options: ExportOptions = PLAIN) -> None:
    """Write a corpus: `**** *id_1 *locuteur_X …`, then the words, without line breaks or stars.

    The id numbers the statements in their order, so that a line is found again in the CSV. Rare
    speakers are one, `*locuteur_Autres`, and what they are is no further value, `*fonction_Autres`.
    """
    n = 0
    for reading in readings:
        for one in statements_with_people(reading):
            n += 1
            out.write(f"**** {' '.join(variables(one, n, options))}\n{_words(one.content)}\n\n")


def variables(one: StatementWithPeople, n: int, options: ExportOptions = PLAIN) -> list[str]:
    """The starred variables: no blank, accent or underscore in a value; unknown where unknown."""
    article, s = one.article, one.statement
    relays = "".join(plain_name(v.name) for v in one.via)
    return [
        f"*id_{n}",
        f"*source_{plain_name(article.outlet) or 'Inconnu'}",
        f"*date_{article.published or 'inconnue'}",
        f"*mois_{month(article.published) or 'inconnu'}",
        f"*annee_{year(article.published) or 'inconnue'}",
        f"*locuteur_{_speaker(one, options)}",
        f"*locuteurid_{_person(one, options)}",
        *_about(one, options),
        f"*agence_{relays or 'Aucune'}",
        f"*forme_{_value('form', s.form)}",
        f"*modalite_{_value('stance', s.stance)}",
        f"*voix_{_value('voice', one.voice) if one.voice else 'inconnue'}",
    ]


def _speaker(one: StatementWithPeople, options: ExportOptions) -> str:
    known = options.of(one)
    name = known.name or (one.speaker.name if one.speaker else None)
    return _RARE if known.rare else plain_name(name) or "Inconnu"


def _person(one: StatementWithPeople, options: ExportOptions) -> str:
    """One value for one person in the whole library, whatever articles call them."""
    entity = one.speaker.entity if one.speaker else None
    if options.of(one).rare:
        return _RARE
    return plain_name(identifier(one.article, entity)) if entity else "Inconnu"


def _about(one: StatementWithPeople, options: ExportOptions) -> list[str]:
    """Gender, kind and role of the speaker."""
    entity = one.speaker.entity if one.speaker else None
    gender, kind = (entity.gender, entity.kind) if entity else (None, None)
    told = plain_name(role(entity) if entity else None) or "Inconnue"
    return [
        f"*genre_{_value('speaker_gender', gender) if gender else 'inconnu'}",
        f"*nature_{_value('speaker_kind', kind) if kind else 'inconnue'}",
        f"*fonction_{_RARE if options.of(one).rare else told}",
    ]


def _value(column: str, told: str) -> str:
    """A value in French, its words joined: « sous réserve » is `sousReserve`."""
    joined = plain_name(codebook.value(column, told, "fr"))
    return joined[:1].lower() + joined[1:]


def _words(content: str) -> str:
    # A star begins a variable, a dash and a star a theme.
    return " ".join(content.replace("*", " ").split())
