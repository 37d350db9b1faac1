"""Whatever Selon says to people, it says in French too."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parent.parent / "src" / "selon"
KEYWORDS = {"_": None, "gettext": None, "n_": (1, 2), "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]


def said() -> set[str]:
    """Every message in the code and the templates, by its first form."""
    found = extract_from_dir(SOURCE, METHODS, {"**.html": {"trimmed": "true"}}, KEYWORDS)
    return {m if isinstance(m, str) else m[0] for _file, _line, m, *_ in found}


def test_every_message_is_in_french() -> None:
    known = {}
    for path in SOURCE.glob("locale/fr/LC_MESSAGES/*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                first = message.id if isinstance(message.id, str) else message.id[0]
                known[first] = message.string
    assert len(said()) > 500
    assert sorted(m for m in said() if not known.get(m)) == []


def test_no_message_is_said_twice_in_a_catalogue() -> None:
    for path in SOURCE.glob("locale/fr/LC_MESSAGES/*.po"):
        ids = [x for x in path.read_text("utf-8").splitlines() if x.startswith("msgid ")]
        twice = {i for i in ids if ids.count(i) > 1 and i != 'msgid ""'}
        assert not twice, (path.name, twice)
