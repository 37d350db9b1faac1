"""A made-up library whose every number is known: invented people, papers and words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from library_made import made
from selon.library import add, runs
from selon.library.store import Library
from selon.numbers.columns import Column
from selon.numbers.facts import Facts
from selon.records import Article

# Who speaks in an article: title and name, then maybe to whom, and who relays it.
ANA, BRUNO, NOBODY = "Mme Ana Lissac", "M. Bruno Tard", "Vorx Quelm"
MANY = "mot " * 40
# Outlet, date of publication, who speaks. Ana 5, Bruno 3, of unknown gender 2.
ARTICLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("La Gazette", "2026-01-10", (ANA, ANA, BRUNO)),
    ("La Gazette", "2026-02-11", (ANA, NOBODY)),
    ("Le Courrier", "2026-01-12", (BRUNO, f"{ANA} à Odile Prat, cité par Mediapluie")),
    ("Le Courrier", "2026-02-13", (BRUNO, NOBODY, ANA)),
)


def filled(path: Path, copies: int = 0) -> Library:
    """A library of `ARTICLES`; the first of them stands in so many further outlets as it is."""
    library = Library(path, create=True)
    told = list(articles(copies))
    add.load(library, (made(a) for a in told), runs.Maker("test", ""))
    return library


def articles(copies: int = 0) -> Iterable[Article]:
    """The articles; a copy has the same words elsewhere a day later."""
    for n, (outlet, day, people) in enumerate(ARTICLES):
        yield article(n, outlet, day, people)
    outlet, day, people = ARTICLES[0]
    text = article(0, outlet, day, people).text
    for k in range(copies):
        yield Article(
            f"c{k}", text, "fr", "Copie", f"Copiste {k}", "2026-01-11", f"https://c.example/{k}"
        )


def article(n: int, outlet: str, day: str, people: Iterable[str]) -> Article:
    """An article in which each says four words of their own."""
    said = [
        f"« Voici phrase {n} {'abcdef'[k]} », a dit {who}. {story(n, k)}"
        for k, who in enumerate(people)
    ]
    url = f"https://a.example/{n}"
    return Article(f"a{n}", "\n\n".join(said), "fr", f"Titre {n}", outlet, day, url)


def story(n: int, k: int) -> str:
    """Words between statements, of each article its own."""
    return " ".join(f"récit{chr(97 + (7 * n + 3 * k + i) % 26)}{n}{i % 9}" for i in range(30))


def facts(rows: list[tuple[int, int, int]]) -> Facts:
    """Facts out of (article, group, value), -1 for unknown."""
    article, group, value = np.array(rows, np.int64).reshape(-1, 3).T
    count = len(article)
    columns = {
        "outlet": Column(group, ("a", "b", "c")),
        "gender": Column(value, ("female", "male")),
    }
    return Facts(
        np.arange(count),
        article,
        article,
        np.zeros(count, np.bool_),
        np.full(count, -1),
        np.ones(count, np.int64),
        columns,
    )
