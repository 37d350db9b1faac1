"""IRaMuTeQ: one text a statement, its speaker, outlet and date as starred variables in French."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from selon.export.options import PLAIN, Options
from selon.export.said import Said, plain_name, said
from selon.labels import label, month, year
from selon.records import Reading

_RARE: Final = "Autres"


def write(readings: Iterable[Reading], out: TextIO, options: Options = PLAIN) -> None:
    """Write a corpus: `**** *id_1 *locuteur_X …`, then the words, without line breaks or stars.

    The id numbers the statements in their order, so that a line is found again in the CSV. What
    only a library knows (`*genre_`, `*nature_`, `*fonction_`) is told where it is at hand; rare
    speakers are then one, `*locuteur_Autres`.
    """
    n = 0
    for reading in readings:
        for one in said(reading):
            n += 1
            out.write(f"**** {' '.join(variables(one, n, options))}\n{_words(one.content)}\n\n")


def variables(one: Said, n: int, options: Options = PLAIN) -> list[str]:
    """The starred variables: no blank, accent or underscore in a value; unknown where unknown."""
    article, s = one.article, one.statement
    entity = one.speaker.entity if one.speaker else None
    relays = "".join(plain_name(v.name) for v in one.via)
    return [
        f"*id_{n}",
        f"*source_{plain_name(article.outlet) or 'Inconnu'}",
        f"*date_{article.published or 'inconnue'}",
        f"*mois_{month(article.published) or 'inconnu'}",
        f"*annee_{year(article.published) or 'inconnue'}",
        f"*locuteur_{_speaker(one, options)}",
        *_known(one, options),
        f"*agence_{relays or 'Aucune'}",
        f"*forme_{_value('form', s.form)}",
        f"*modalite_{_value('stance', s.stance)}",
        f"*voix_{_value('voice', one.voice) if one.voice else 'inconnue'}",
    ]


def _speaker(one: Said, options: Options) -> str:
    known = options.of(one)
    name = known.name or (one.speaker.name if one.speaker else None)
    return _RARE if known.rare else plain_name(name) or "Inconnu"


def _known(one: Said, options: Options) -> list[str]:
    if options.details is None:
        return []
    known = options.of(one)
    return [
        f"*genre_{_value('speaker_gender', known.gender) if known.gender else 'inconnu'}",
        f"*nature_{_value('kind', known.kind) if known.kind else 'inconnue'}",
        f"*fonction_{plain_name(known.role) or 'Inconnue'}",
    ]


def _value(of: str, told: str) -> str:
    """A value in French, its words joined: « sous réserve » is `sousReserve`."""
    joined = plain_name(label(of, told, "fr"))
    return joined[:1].lower() + joined[1:]


def _words(content: str) -> str:
    # A star begins a variable, a dash and a star a theme.
    return " ".join(content.replace("*", " ").split())
