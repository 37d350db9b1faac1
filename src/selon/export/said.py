"""What exporters say of somebody: an id, a role, names that other tools take."""

from __future__ import annotations

import re
from typing import Final

from selon.names import fold
from selon.records import Article, Entity

# What XML 1.0 cannot hold, not even escaped; one sign for each, so that places stay.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9.-]+")


def identifier(article: Article, entity: Entity) -> str:
    """One id for one person or body: the library's; outside of one, the article's own."""
    return entity.key or entity.kb or f"{article.id}#{entity.id}"


def role(entity: Entity) -> str | None:
    """What the article says that somebody is, as it says it there first; of no name, what it is called."""
    if entity.roles:
        return entity.roles[0]
    return entity.name if entity.kind == "someone" else None


def for_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold: same length."""
    return _NO_XML.sub("\ufffd", text)


def for_name(words: str | None) -> str:
    """Words as a name of ASCII letters, digits, `-` and `.`; never empty."""
    return _NO_NAME.sub("_", words or "").strip("_.-")[:60] or "x"


def plain_name(words: str | None) -> str:
    """A name without blanks or accents, its words joined: `ZelieCoeurdeloup`; maybe empty."""
    return "".join(w.capitalize() for w in fold(words or "").split())
