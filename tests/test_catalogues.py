"""Whatever Selon says to people, it says in French too, from one catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from selon.i18n import _, catalogue, ngettext

SOURCE = Path(__file__).parent.parent / "src" / "selon"
KEYWORDS = {"_": None, "gettext": None, "n_": (1, 2), "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]


def said() -> set[tuple[str | None, str]]:
    """Every message in the code and the templates: its context, and its first form."""
    found = extract_from_dir(SOURCE, METHODS, {"**.html": {"trimmed": "true"}}, KEYWORDS)
    return {(c, m if isinstance(m, str) else m[0]) for _file, _line, m, _said, c in found}


def test_there_is_one_catalogue() -> None:
    assert [p.name for p in SOURCE.glob("locale/*/LC_MESSAGES/*.po")] == ["selon.po"]
    assert [p.name for p in SOURCE.glob("locale/*/LC_MESSAGES/*.mo")] == ["selon.mo"]


def test_every_message_is_in_french() -> None:
    known = {}
    with (SOURCE / "locale/fr/LC_MESSAGES/selon.po").open("rb") as file:
        for message in read_po(file):
            first = message.id if isinstance(message.id, str) else message.id[0]
            known[message.context, first] = message.string
    assert len(said()) > 500
    assert sorted(str(m) for m in said() if not known.get(m)) == []


def test_no_message_is_said_twice_in_a_catalogue() -> None:
    with (SOURCE / "locale/fr/LC_MESSAGES/selon.po").open(encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    ids = [
        tuple(x for x in block.splitlines() if x.startswith(("msgctxt ", "msgid ")))
        for block in blocks
    ]
    assert not {i for i in ids if i != ('msgid ""',) and ids.count(i) > 1}


def test_the_language_of_the_environment_is_asked_at_each_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SELON_LANG", "fr")
    assert _("Search") == "Recherche"
    assert ngettext("{n} tie made", "{n} ties made", 2) != "{n} ties made"
    monkeypatch.setenv("SELON_LANG", "en")
    assert _("Search") == "Search"


def test_one_word_may_be_two_in_french() -> None:
    french = catalogue("fr")
    assert (french.gettext("to"), french.pgettext("range", "to")) == ("à", "au")
    assert catalogue("en").pgettext("range", "to") == "to"
