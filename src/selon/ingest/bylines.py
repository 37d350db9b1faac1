"""Who wrote it, as agencies and papers print it: « Par Damien RESSAC »."""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = re.compile(r"^(?:par|by|von|por|di|de|door)\s+", re.IGNORECASE)


def names_of_byline(byline: str | None) -> tuple[str, ...]:
    """The name that a byline gives, without « Par »; nothing for none."""
    name = _LEAD.sub("", " ".join((byline or "").split()))
    return (name,) if name else ()
