"""A dossier as schema.org's ClaimReview, for those who publish it with their article."""

from __future__ import annotations

from typing import Any, Final

from selon.web.dossiers import Dossier, DossierEntry
from selon.web.i18n import Locale

# The best and the worst of the findings; what is open is not rated.
_RATINGS: Final = {
    "accurate": 5,
    "cut or out of context": 3,
    "misleading": 2,
    "inaccurate": 1,
}


def claim_review(one: Dossier, say: Locale) -> dict[str, Any]:
    """The JSON-LD of a dossier: the claim, who made it, where, and the finding of its reviewers."""
    # Where such words stand; what contradicts the claim is cited.
    appearances = [_article(e) for e in one.statements if e.value["bears"] != "contradicts"]
    cited = [_article(e) for e in one.statements if e.value["bears"] == "contradicts"]
    appearances, cited = (_without_repeats(some) for some in (appearances, cited))
    claim: dict[str, Any] = {"@type": "Claim", "text": one.claim}
    if one.speaker:
        claim["author"] = {"@type": "Person", "name": one.speaker}
    if appearances:
        claim["appearance"] = appearances
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": one.claim,
        "itemReviewed": claim,
        "author": {"@type": "Person", "name": one.holder or one.opened.by},
        "datePublished": one.changed.at[:10],
        "inLanguage": say.language,
    }
    if one.summary:
        made["reviewBody"] = one.summary
    if one.finding:
        rating: dict[str, Any] = {"@type": "Rating", "alternateName": say.gettext(one.finding)}
        if one.finding in _RATINGS:
            rating |= {"ratingValue": _RATINGS[one.finding], "bestRating": 5, "worstRating": 1}
        made["reviewRating"] = rating
    sources = [
        {"@type": "CreativeWork", "name": e.value["title"], "url": e.value["url"]}
        for e in one.sources
        if e.value.get("url")
    ]
    if sources or cited:
        made["citation"] = [*sources, *cited]
    return made


def _article(entry: DossierEntry) -> dict[str, Any]:
    value = entry.value
    known = {
        "name": value["title"],
        "url": value.get("original"),
        "datePublished": value["published"],
        "publisher": {"@type": "Organization", "name": value["outlet"]}
        if value["outlet"]
        else None,
    }
    return {"@type": "NewsArticle", **{k: v for k, v in known.items() if v}}


def _without_repeats(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each article that has an address, once."""
    return list({a["url"]: a for a in articles if "url" in a}.values())
