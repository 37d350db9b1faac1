"""What an export may be told besides its readings: words in French, more of each speaker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from selon.export.said import Said
from selon.labels import label


@dataclass(frozen=True, slots=True)
class Details:
    """What a library knows of a statement's speaker beyond its reading.

    `id` is the entity’s number (`--speaker @12` asks for it), `name` one that no other speaker has; `kind` a type of
    entity, `gender` `female` or `male`, `role` an office in words; `rare` says that they speak
    too seldom to be told apart.
    """

    id: str | None = None
    name: str | None = None
    kind: str | None = None
    gender: str | None = None
    role: str | None = None
    rare: bool = False


NOTHING: Final = Details()


@dataclass(frozen=True, slots=True)
class Options:
    """How an export is written: `tongue` of names and values (None: as the library has them).

    `details` answers for the speaker of a statement (none: no such columns); `excel` has CSV
    begin with a byte order mark and parted by semicolons.
    """

    tongue: str | None = None
    excel: bool = False
    details: Callable[[Said], Details] | None = None

    def of(self, one: Said) -> Details:
        """What is known of the speaker."""
        return self.details(one) if self.details else NOTHING

    def value(self, of: str, told: str | None) -> str | None:
        """A value in the tongue that is asked for."""
        return label(of, told, self.tongue) if self.tongue and told else told


PLAIN: Final = Options()
