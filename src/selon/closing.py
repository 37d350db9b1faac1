"""What is opened and has to be closed, for use in a `with` statement."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self


class Closeable(ABC):
    """Something that closes itself at the end of a `with` statement."""

    @abstractmethod
    def close(self) -> None:
        """Close it; what was not committed is undone."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
