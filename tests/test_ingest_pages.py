"""Web pages: what is no text of the article is left out, and what a page hides or has too much of is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.ingest import articles
from selon.ingest.boilerplate import asks_consent, is_link, is_wall
from selon.records import Article, Failure

FIRST = (
    "La maire de Fontbrune, Élise Carmin, a annoncé jeudi la fin des travaux du pont, après onze mois de fermeture, "
    "devant une centaine d’habitants réunis sur la place du marché, et elle a promis une fête pour la réouverture."
)
SECOND = (
    "Le préfet, Loïc Trévidic, a répondu vendredi que le pont ne rouvrirait pas avant la visite de ses services, dans "
    "une lettre de quatre pages adressée aux élus du canton, que la mairie n’a pas souhaité commenter pour l’instant."
)
LAST = "Les travaux ont coûté deux millions d’euros à la commune, qui a dû emprunter pour les payer sur vingt ans."


def read(folder: Path, body: str, head: str = "<title>Le pont</title>") -> list[Article | Failure]:
    path = folder / "page.html"
    path.write_text(f"<html lang='fr'><head>{head}</head><body>{body}</body></html>", "utf-8")
    return list(articles(path))


@pytest.mark.parametrize(
    "box",
    [
        '<p><strong>Lire aussi :</strong> <a href="/x">« Un scandale », accuse Bruno Castel</a></p>',
        '<div class="related"><h3>Sur le même sujet</h3><ul><li><a href="/x">« Un scandale »</a></li></ul></div>',
        "<p>À lire également : « Un scandale »</p>",
        "<figure><img src='x.jpg'><figcaption>« Un scandale », vu du quai. Photo B. Castel</figcaption></figure>",
        "<p>Nous utilisons des cookies : « Un scandale ». Accepter et fermer</p>",
    ],
)
def test_boxes_and_captions_are_no_text(tmp_path: Path, box: str) -> None:
    (one,) = read(tmp_path, f"<article><h1>Le pont</h1><p>{FIRST}</p>{box}<p>{LAST}</p></article>")
    assert isinstance(one, Article)
    assert "scandale" not in one.text
    assert FIRST in one.text
    assert LAST in one.text


def test_a_wall_is_told_and_no_text(tmp_path: Path) -> None:
    wall = "<p>Il vous reste 57,09 % de cet article à lire. La suite est réservée aux abonnés.</p>"
    told, one = read(
        tmp_path, f"<article><h1>Le pont</h1><p>{FIRST}</p><p>{LAST}</p>{wall}</article>"
    )
    assert isinstance(told, Failure)
    assert isinstance(one, Article)
    assert "abonnés" not in one.text


def test_who_signs_a_quotation_is_kept(tmp_path: Path) -> None:
    quote = "<blockquote><p>« Personne n’y croyait plus. »</p><cite>Bruno Castel, boulanger</cite></blockquote>"
    (one,) = read(
        tmp_path, f"<article><h1>Le pont</h1><p>{FIRST}</p>{quote}<p>{LAST}</p></article>"
    )
    assert isinstance(one, Article)
    lines = one.text.split("\n")
    at = lines.index("« Personne n’y croyait plus. »")
    assert lines[at + 1] == "Bruno Castel, boulanger"


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{article.lead}}</p><p>{{article.status}}</p><p>Ouvrir le mode avancé, modification de page en cours.</p>",
        "<noscript>Veuillez activer JavaScript pour lire cette page, merci de votre patience.</noscript>"
        "<p>Veuillez activer JavaScript pour lire cette page, merci de votre patience.</p>",
        "<ul><li><a href='/'>Accueil</a></li><li><a href='/a'>Météo</a></li><li><a href='/b'>Sports</a></li></ul>",
        "<p>Article réservé aux abonnés</p><p>Déjà abonné ? Connectez-vous</p>",
        "",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, body: str) -> None:
    (only,) = read(tmp_path, body)
    assert isinstance(only, Failure), only
    assert only.remedy


def test_several_articles_of_a_page_are_read_apart_and_told(tmp_path: Path) -> None:
    body = (
        '<article><h2><a href="https://a.example/1">Le pont rouvre</a></h2>'
        '<time datetime="2026-03-12T08:00">jeudi</time>'
        f"<p>{FIRST}</p><p>{LAST}</p></article><article><h2>Le préfet dit non</h2>"
        f'<time datetime="2026-03-14">samedi</time><p>{SECOND}</p>'
        "<p>Il a plu toute la semaine sur le canton.</p></article>"
        "<article><h3>Une brève</h3><p>Il a plu.</p></article>"
    )
    one, two, told = read(
        tmp_path, body, "<title>Une</title><meta property='og:site_name' content='Le Fanal'>"
    )
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert isinstance(told, Failure)
    assert (one.title, one.published, one.url) == (
        "Le pont rouvre",
        "2026-03-12",
        "https://a.example/1",
    )
    assert (two.title, two.published, two.outlet) == ("Le préfet dit non", "2026-03-14", "Le Fanal")
    assert SECOND not in one.text
    assert FIRST not in two.text


def test_prose_is_not_taken_for_furniture() -> None:
    for words in (
        "Lire est un plaisir, a dit la maire.",
        "À lire la lettre du préfet, rien n’est décidé : le pont reste fermé.",
        "« Lire la suite, c’est mon métier », a dit Bruno Castel, éditeur.",
        FIRST,
        SECOND,
    ):
        assert not is_link(words), words
        assert not is_wall(words), words
        assert not asks_consent(words), words
    assert is_link("Lire aussi : Le pont")
    assert is_link("► À lire aussi → Le pont")
    assert is_wall("Article réservé aux abonnés")
