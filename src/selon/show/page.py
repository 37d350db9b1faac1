"""Readings on one HTML page that stands alone: no network, no frame, no script but its own.

The policy of the page allows its one style and its one script by their hashes, nothing else, and
forbids to turn text into markup (Trusted Types). What an article says is escaped throughout.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from selon.old_names import renamed_arguments
from selon.records import VOICES, Reading, VoiceName
from selon.show import account, prose, wording
from selon.show.account import AccountEntry
from selon.show.visible import on_page
from selon.show.wording import Wording

HERE: Final = Path(__file__).parent
# The tags that appear over the parts of a statement when it is lit.
TAGS: Final = {"who": "who", "says": "says", "to": "to", "via": "via"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the template takes it; `shares` are bars: voice, letter, start, percent."""

    key: str
    reading: Reading
    title: str
    headline: Markup | None
    text: Markup
    lanes: int
    cards: tuple[PageCard, ...]
    shares: tuple[tuple[VoiceName, str, int, int], ...]


@dataclass(frozen=True, slots=True)
class PageCard:
    """A statement as the template takes it; `key` counts over the page, `id` is its permalink."""

    key: int
    id: str
    entry: AccountEntry
    speaker: int
    excerpt: str
    rest: bool


@renamed_arguments(tongue="language")
def render(readings: Sequence[Reading], language: str) -> str:
    """The readings as one HTML document, in `language` (`fr` or `en`) until its reader switches."""
    page = _HtmlPage()
    shown = [page.article(reading) for reading in readings]
    style = _style()
    script = "".join((HERE / name).read_text("utf-8") for name in ("prose.js", "page.js"))
    wording = Wording(language)
    return template("page.html").render(
        shown=shown,
        speakers=sorted(page.speakers.items(), key=lambda item: item[0].casefold()),
        voices=[(v, prose.LETTERS[v], account.NAMES[v]) for v in VOICES],
        forms=account.FORMS,
        stances=account.STANCES,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        w=wording,
    )


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """A template of this folder; what it is given is escaped, and cleaned of control characters."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: on_page(value) if type(value) is str else value,
    )
    return environment.get_template(name)


@lru_cache(maxsize=1)
def _style() -> str:
    css = (HERE / "page.css").read_text("utf-8") + (HERE / "prose.css").read_text("utf-8")
    return css + wording.style(TAGS)


def _policy(style: str, script: str) -> Markup:
    def digest(text: str) -> str:
        return b64encode(sha256(text.encode()).digest()).decode()

    return Markup(
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; "
        f"script-src 'sha256-{digest(script)}'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


class _HtmlPage:
    """Counts what must be one of a kind on a page: keys, ids, speakers."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.last = 0
        self.speakers: dict[str, int] = {}

    def article(self, reading: Reading) -> Shown:
        article = reading.article
        entries = account.entries(reading)
        first, key = self.last, self._id("article", article.id)
        self.last += len(entries)
        cards = tuple(self._card(entry, first, key, article.id) for entry in entries)
        anchors = {card.entry.number: card for card in cards}
        body = prose.body(reading, entries, first, lambda e: _anchor(anchors[e.number]))
        return Shown(
            key=key,
            reading=reading,
            title=account.title(article),
            headline=body.headline,
            text=body.text,
            lanes=body.lanes,
            cards=cards,
            shares=tuple(prose.bars(reading)),
        )

    def _card(self, entry: AccountEntry, first: int, article: str, prefix: str) -> PageCard:
        key = first + entry.number
        name = entry.who.label
        speaker = self.speakers.setdefault(name, len(self.speakers)) if name else -1
        content, short = entry.content, account.excerpt(entry)
        own = entry.statement.id.removeprefix(prefix)
        return PageCard(
            key, self._id(article, own), entry, speaker, short, len(short) < len(content)
        )

    def _id(self, kind: str, id: str) -> str:
        """An id for a link, the same at every rendering: `article-0a1b`, `article-0a1b.12-34`."""
        slug = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{kind}.{id}").strip("-.")[:120]
        unique, n = slug, 1
        while unique in self.ids:
            n += 1
            unique = f"{slug}~{n}"
        self.ids.add(unique)
        return unique


def _anchor(card: PageCard) -> Markup:
    """The number before a statement's content: a link to it, and where its permalink leads."""
    return prose.anchor(card.entry, card.key, card.id)
