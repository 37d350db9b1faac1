"""What an export may be told besides its readings: words in French, more of each speaker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from selon.export import codebook
from selon.old_names import renamed_fields
from selon.statement_people import StatementWithPeople


@dataclass(frozen=True, slots=True)
class Details:
    """What only the whole of an export tells of a statement's speaker.

    `name` is one that no other speaker has; `rare` says that they speak too seldom to be told
    apart. Kind, gender and role are the entity's own.
    """

    name: str | None = None
    rare: bool = False


NOTHING: Final = Details()


@renamed_fields(tongue="language")
@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How an export is written: `language` of names and values (None: as the library has them).

    `details` answers for the speaker of a statement (none: no such columns); `excel` has CSV
    begin with a byte order mark and split by semicolons.
    """

    language: str | None = None
    excel: bool = False
    details: Callable[[StatementWithPeople], Details] | None = None

    def of(self, one: StatementWithPeople) -> Details:
        """What is known of the speaker."""
        return self.details(one) if self.details else NOTHING

    def value(self, column: str, told: str | None) -> str | None:
        """A column's value in the language that is asked for."""
        return codebook.value(column, told, self.language) if self.language and told else told


PLAIN: Final = ExportOptions()
