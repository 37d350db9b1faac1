"""The codebook: every column of the tables that go out, with its type, values and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, get_args

from selon import tsv
from selon.labels import LANGUAGES, label
from selon.records import FORMS, KINDS, STANCES, VOICES, EntityType

# The columns whose values have a word in each language, with these values.
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "form": FORMS,
    "stance": STANCES,
    "voice": VOICES,
    "speaker_type": get_args(EntityType),
    "speaker_kind": KINDS,
    "speaker_gender": ("female", "male"),
    "speaker_gender_by": ("kb", "title", "first-name", "role", "pronoun"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its name in English and French, its type, and what it means in both."""

    name: str
    french: str
    type: str
    english_words: str
    french_words: str

    def called(self, language: str | None) -> str:
        """Its name in a language."""
        return self.french if language == "fr" else self.name


@lru_cache(maxsize=1)
def variables() -> tuple[Variable, ...]:
    """All columns, in the order in which a table has them."""
    text = (resources.files("selon.export") / "codebook.tsv").read_text("utf-8")
    return tuple(Variable(*row) for row in tsv.rows(text))


def column_name(name: str, language: str | None) -> str:
    """The name of a column in a language."""
    return next((v.called(language) for v in variables() if v.name == name), name)


def value(name: str, told: str, language: str) -> str:
    """A value of a column in a language."""
    # A kind is called as in tables; a gender is not: tables count women, one speaker is a woman.
    return label("kind" if name == "speaker_kind" else name, told, language)


def rows(language: str) -> list[dict[str, str]]:
    """The codebook as a table: variable, in French, type, values, meaning."""
    place = LANGUAGES.index(language)
    out = []
    for one in variables():
        values = [
            v if value(one.name, v, language) == v else f"{v} ({value(one.name, v, language)})"
            for v in VALUES.get(one.name, ())
        ]
        out.append(
            {
                "variable": one.name,
                "variable_fr": one.french,
                "type": one.type,
                "values": "; ".join(values),
                "meaning": (one.english_words, one.french_words)[place],
            }
        )
    return out


COLUMNS = ("variable", "variable_fr", "type", "values", "meaning")
