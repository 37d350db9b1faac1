"""A reading in a notebook: a fragment of HTML with its own scoped style, no script, no ids."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from selon.i18n import catalogue, preferred_language
from selon.old_names import renamed_arguments
from selon.records import Reading
from selon.show import account, prose
from selon.show.account import AccountEntry
from selon.show.dates import date_in_words
from selon.show.page import HERE, template

_SELECTOR: Final = re.compile(r"^(?=\.prose)", re.MULTILINE)


@renamed_arguments(tongue="language")
def html(reading: Reading, language: str | None = None) -> str:
    """The reading for `_repr_html_`: its voices over the text, then its statements as a table.

    Without `language` (`fr` or `en`) the environment's is taken.
    """
    language = language or preferred_language()
    gettext = catalogue(language).gettext
    article, entries = reading.article, account.entries(reading)
    shares = account.percentages(account.shares(reading))
    facts = [article.title, article.outlet, date_in_words(article.published or "", language)]
    facts += [
        f"{gettext(account.NAMES[voice])} {share}{gettext('%')}" for voice, share in shares.items()
    ]
    return template("notebook.html").render(
        article=article,
        facts=[fact for fact in facts if fact],
        entries=entries,
        body=prose.body(reading, entries, 0, _number),
        style=Markup(_style()),
        spoken=date_in_words,
        language=language,
        _=gettext,
    )


def _number(entry: AccountEntry) -> Markup:
    voice = prose.LETTERS[entry.voice]
    return Markup('<sup class="n n{}" data-n="{}"></sup>').format(voice, entry.number)


@lru_cache(maxsize=1)
def _style() -> str:
    """The styles, each rule under the fragment's own class."""
    prose_rules = (HERE / "prose.css").read_text("utf-8")
    return (HERE / "notebook.css").read_text("utf-8") + _SELECTOR.sub(
        ".selon-reading ", prose_rules
    ).replace(", .prose", ", .selon-reading .prose")
