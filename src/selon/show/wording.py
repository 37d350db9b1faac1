"""The words of a page in both languages, so that its reader can switch without a server."""

from __future__ import annotations

import json
from collections.abc import Callable

from markupsafe import Markup

from selon.i18n import LANGUAGES, catalogue
from selon.show.dates import date_in_words
from selon.show.visible import on_page


class Wording:
    """Collects the messages that a page uses; each is shown in `language` first."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._keys: dict[str, int] = {}

    def key(self, message: str) -> int:
        """The number of a message in this page's list."""
        return self._keys.setdefault(message, len(self._keys))

    def said(self, message: str) -> str:
        """The message in the page's first language."""
        return catalogue(self.language).gettext(message)

    def word(self, message: str) -> Markup:
        """A message that changes with the language."""
        return Markup("<span data-t={}>{}</span>").format(self.key(message), self.said(message))

    def label(self, message: str) -> Markup:
        """The attribute `aria-label` with a message that changes with the language."""
        return Markup('data-tl={} aria-label="{}"').format(self.key(message), self.said(message))

    def date(self, edtf: str) -> Markup:
        """A date in words."""
        return self._each(lambda language: on_page(date_in_words(edtf, language)))

    def percent(self, number: int) -> Markup:
        """A percentage, spaced as the language does."""
        return self._each(lambda language: f"{number}{catalogue(language).gettext('%')}")

    def _each(self, say: Callable[[str], str]) -> Markup:
        both = Markup(" ").join(
            Markup('data-{}="{}"').format(Markup(t), say(t)) for t in sorted(LANGUAGES)
        )
        return Markup("<span {}>{}</span>").format(both, say(self.language))

    def catalogue(self) -> Markup:
        """The list of messages by language, as JSON that may stand in a script element."""
        lists = {t: [catalogue(t).gettext(m) for m in self._keys] for t in LANGUAGES}
        plain = json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
        return Markup(
            plain.replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029")
        )


def style(names: dict[str, str]) -> str:
    """CSS variables that hold messages: `{"who": "who"}` gives `--who` in each language."""
    rules = []
    for language in LANGUAGES:
        _ = catalogue(language).gettext
        said = "".join(
            f"--{name}:{json.dumps(_(m), ensure_ascii=False)};" for name, m in names.items()
        )
        rules.append(f":root[lang={language}]{{{said}}}")
    return "\n".join(rules)
