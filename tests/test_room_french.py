"""A French visitor reads French: no message of a page is shown in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from babel.messages.pofile import read_po
from litestar.testing import TestClient

import room_made
from selon.web.app import create

PO = Path(__file__).parent.parent / "src/selon/locale/fr/LC_MESSAGES/selon.po"
PAGES = (
    *(
        "/",
        "/?words=pont",
        "/article/1",
        "/article/1/add",
        "/article/1/edit",
        "/review/1",
        "/cite/1",
    ),
    *(
        "/review",
        "/review?queue=rule",
        "/review?queue=speaker",
        "/check",
        "/check?words=le+pont+rouvrira",
    ),
    *(
        "/dossier",
        "/dossier?statement=1",
        "/outlet",
        "/outlet?name=La+Gazette",
        "/stats",
        "/numbers",
    ),
    *(
        "/numbers/sample",
        "/network",
        "/network?least=1",
        "/add",
        "/about",
        "/watch",
        "/watch?words=pont",
    ),
    *("/coverage?words=pont", "/person/1", "/family/1", "/sign", "/components", "/nowhere"),
)
SHOWN = ("title", "aria-label", "placeholder", "alt")


def english() -> set[str]:
    """The messages that are other words in French, but those that are a French word as well."""
    pairs = []
    with PO.open("rb") as file:
        for message in read_po(file):
            forms = (message.id, message.string)
            ids, strings = ((f,) if isinstance(f, str) else tuple(f or ()) for f in forms)
            pairs += list(zip(ids, strings, strict=False))
    french = {string.strip() for _id, string in pairs}
    return (
        {id_.strip() for id_, string in pairs if id_ != string} - french - {"", ":", "via", "title"}
    )


def words_of(page: str) -> Iterator[str]:
    """Every text of a page and of its labels; not what articles say, nor what is marked as English."""
    for element in lxml.html.fromstring(page).iter():
        above = [element, *element.iterancestors()]
        if not isinstance(element.tag, str) or any(
            e.tag in ("script", "style", "bdi", "q") or e.get("lang") == "en" for e in above
        ):
            continue
        texts = [element.text, *(e.tail for e in element), *(element.get(name) for name in SHOWN)]
        yield from (" ".join(text.split()) for text in texts if text)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return room_made.library(tmp_path_factory.mktemp("french"))


def test_no_message_is_in_english_on_a_french_page(path: Path) -> None:
    foreign = english()
    found = {}
    with TestClient(create(path), base_url="http://127.0.0.1:8000") as client:
        for page in PAGES:
            told = client.get(page, headers={"accept-language": "fr"}).text
            found[page] = sorted(foreign & set(words_of(told)))
            assert len(list(words_of(told))) > 5
        article = client.get("/article/1", headers={"accept-language": "fr"}).text
    assert "La partition des voix" in article
    assert {page: words for page, words in found.items() if words} == {}
