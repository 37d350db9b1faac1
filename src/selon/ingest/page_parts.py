"""A web page before its text is taken: boxes and captions out, several articles told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree, html

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.boilerplate import asks_consent, is_gate, is_link, is_lost, is_wall, leads_on
from selon.ingest.edtf_dates import edtf
from selon.ingest.markup import page
from selon.ingest.sources import Unreadable
from selon.ingest.word_lists import fold_words

# Fewer words than this between its tags, and an `<article>` is a teaser.
_MIN_WORDS: Final = 40
# Boxes that lead elsewhere, as papers' pages call them.
_BOXES: Final = re.compile(
    r"(?:^|[\s_-])(?:related|read-?also|lire-?aussi|a-?lire|recirc\w*|paywall|cookie\w*|consent|didomi|newsletter"
    r"|share|social|breadcrumb|promo)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What is written under pictures, where no `<figcaption>` holds it.
_CAPTIONS: Final = re.compile(
    r"(?:^|[\s_-])(?:caption|legende?|credits?|photo-?credit|wp-caption-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Who is quoted, below a quotation that stands apart.
_SIGNATURES: Final = re.compile(
    r"(?:quote|citation|exergue|pullquote)[\w-]*[_-](?:author|auteur|source|cite|name|signature|by)(?:$|\s)",
    re.IGNORECASE,
)
_MAX_CAPTION_WORDS: Final = 60
# An article of its own, where it is no `<article>`.
_POSTS: Final = re.compile(r"(?:^|\s)(?:post|hentry|h-entry|entry|story|article)(?:$|\s)", re.I)
_MAX_BOX_WORDS: Final = 120
_MAX_DAY_CHARS: Final = 60
_MAX_FORM_WORDS: Final = 60
# A paragraph with more of its letters in links than this leads elsewhere.
_LINKED_SHARE: Final = 0.6
_MAX_BOX_CHARS: Final = 1500
_MAX_PARAGRAPH_CHARS: Final = 400
_BLOCKS: Final = ("p", "div", "aside", "section", "ul", "li", "h2", "h3", "h4", "h5")
_INLINE: Final = ("span", "strong")
_HOLDERS: Final = ("body", "article", "main", "div")
_PROSE: Final = ("p", "div", "section", "article", "h1", "h2", "h3", "blockquote")
_TEMPLATE: Final = re.compile(r"\{\{[^{}\n]{1,200}\}\}|\{%[^{}\n]{1,200}%\}|\$\{[^{}\n]{1,100}\}")
_SENTENCE: Final = re.compile(r"\S+(?:\s+\S+){4,}.*[.!?…»”\"]", re.DOTALL)
_ARTICLES: Final = (
    "//article[not(ancestor::article or ancestor::aside or ancestor::nav or ancestor::footer)]"
)
_SCRIPT: Final = (
    *("activer javascript", "enable javascript", "javascript est desactive"),
    *("javascript is disabled", "requires javascript"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several articles of a page."""

    markup: str
    title: str | None
    day: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's markup without boxes and captions; whether a wall hides the rest; its articles."""

    markup: str
    walled: bool = False
    articles: list[Part] = field(default_factory=list)
    day: str | None = None


def clean(markup: str) -> Cleaned:
    """The page without what is no part of its text; as it is where there is nothing such."""
    root = page(markup)
    if root is None:
        return Cleaned(markup)
    gone = _signatures_as_paragraphs(root)
    walled = False
    for element in _candidates(root):
        words = " ".join("".join(element.itertext()).split())
        wall = is_wall(words)
        leads = leads_on(words) and _linked_share(element) > _LINKED_SHARE
        if wall or leads or is_link(words) or asks_consent(words):
            walled = walled or wall
            gone = _drop(element) or gone
    for element in root.xpath("//figcaption | //p[@class] | //div[@class] | //span[@class]"):
        if element.tag == "figcaption" or _is_caption(element):
            gone = _drop(element) or gone
    gone = _drop_forms(root) or gone
    parts = _parts(root)
    return Cleaned(_text_of(root) if gone else markup, walled, parts, _stated_day(root))


def _stated_day(root: Any) -> str | None:
    """The day of publication where the page's own markup states it (microdata)."""
    for stamp in root.xpath(
        "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
    ):
        if found := edtf(str(stamp)[:10]):
            return found
    return None


def _signatures_as_paragraphs(root: Any) -> bool:
    """Make what signs a quotation a paragraph of it: trafilatura drops footers and figures."""
    changed = False
    for figure in root.xpath("//figure[.//blockquote and not(.//img)]"):
        figure.tag, changed = "div", True
        for caption in figure.iter("figcaption"):
            caption.tag = "p"
    for footer in root.xpath("//blockquote//footer"):
        footer.tag, changed = "p", True
    for signed in root.xpath("//*[@class][not(self::body or self::html)]"):
        if _SIGNATURES.search(signed.get("class")) and len(signed.text_content().split()) < 30:
            # An author's class is one that extraction drops.
            signed.tag, changed = "p", True
            del signed.attrib["class"]
    return changed


def _is_caption(element: Any) -> bool:
    if not _CAPTIONS.search(element.get("class") or ""):
        return False
    return element.tag != "body" and len(element.text_content().split()) < _MAX_CAPTION_WORDS


def _candidates(root: Any) -> list[Any]:
    """Elements that may be no part of the text: short paragraphs, and boxes of links."""
    found = []
    # What leads about the site is left out by the extraction anyway.
    menus = {e for nav in root.iter("nav") for e in nav.iter()}
    for element in root.iter(*_BLOCKS, *_INLINE):
        if element in menus:
            continue
        if element.tag in _INLINE and element.getparent().tag not in _HOLDERS:
            continue
        text = element.text_content()
        if not text.strip() or len(text) > _MAX_BOX_CHARS:
            continue
        # A box that holds prose besides is looked at paragraph by paragraph.
        leaf = next(element.iterdescendants(*_PROSE), None) is None
        if (leaf and len(text) < _MAX_PARAGRAPH_CHARS) or _is_box(element, text):
            found.append(element)
    return found


def _is_box(element: Any, text: str) -> bool:
    if _BOXES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return len(text.split()) < _MAX_BOX_WORDS
    return _linked_share(element) > _LINKED_SHARE


def _linked_share(element: Any) -> float:
    """Which part of an element's letters is a link's, the words that lead to it aside."""
    linked = sum(len(a.text_content().strip()) for a in element.iterdescendants("a"))
    labels = sum(
        len(e.text_content().strip())
        for e in element.iterdescendants("strong", "b", "em", "span")
        if next(e.iterancestors("a"), None) is None and next(e.iterdescendants("a"), None) is None
    )
    whole = len(element.text_content().strip()) - labels
    return linked / whole if whole > 0 else 0.0


def _drop_forms(root: Any) -> bool:
    """Take out the boxes that ask for an address: what stands about a form, where it is little."""
    gone = False
    for box in [form.getparent() for form in root.iter("form")]:
        if box is None or box.tag not in ("div", "section", "aside"):
            continue
        if len(box.text_content().split()) < _MAX_FORM_WORDS:
            gone = _drop(box) or gone
    return gone


def _drop(element: Any) -> bool:
    parent = element.getparent()
    if parent is None or element.tag in ("body", "html"):
        return False
    element.drop_tree()
    return True


def _parts(root: Any) -> list[Part]:
    """The articles that stand side by side with a heading and a text of their own each."""
    found = []
    for element in root.xpath(_ARTICLES) or _posts(root):
        words = sum(len(p.text_content().split()) for p in element.iter("p"))
        headings = element.xpath(".//h1 | .//h2 | .//h3 | .//*[@itemprop='headline']")
        if words >= _MIN_WORDS and headings:
            found.append(_part(element, headings[0]))
    titles = {part.title for part in found}
    # One article in pieces repeats or lacks its title.
    return found if len(titles) == len(found) > 1 else []


def _posts(root: Any) -> list[Any]:
    """The blocks side by side that have a heading and a day of their own each.

    The heading of an article in a list leads to its page, or the block is called a post; the parts of one
    article have neither.
    """
    alike: dict[tuple[Any, str, str], list[Any]] = {}
    for block in root.xpath("//div[@class] | //section[@class] | //li[@class]"):
        headings = block.xpath(".//h1 | .//h2 | .//h3")
        if len(headings) != 1 or not _own_day(block):
            continue
        linked = headings[0].xpath(".//a/@href | ancestor::a/@href")
        if linked or _POSTS.search(block.get("class")):
            alike.setdefault((block.getparent(), block.tag, block.get("class")), []).append(block)
    return next((blocks for blocks in alike.values() if len(blocks) > 1), [])


def _own_day(block: Any) -> str | None:
    """The day that a block states: by its `<time>`, else in a short element of its own."""
    stamp = block.xpath("string(.//time/@datetime)")
    if stamp or next(block.iter("time"), None) is not None:
        return str(stamp)[:10] or None or _said_day(block.iter("time"))
    return _said_day(block.xpath(".//span | .//p | .//div"))


def _said_day(elements: Any) -> str | None:
    for element in elements:
        words = element.text_content()
        if len(words) < _MAX_DAY_CHARS and (day := dates.find_date(words)):
            return day
    return None


def _part(element: Any, heading: Any) -> Part:
    title = " ".join(heading.text_content().split()) or None
    links = heading.xpath(".//a/@href | ancestor::a/@href")
    url = next((str(u) for u in links if str(u).startswith(("http://", "https://"))), None)
    try:
        day = dates.parse_date(_own_day(element) or "-")
    except dates.Ambiguous:
        day = None
    for time in list(element.iterdescendants("time")):
        # The day of the article, not one that its prose names.
        if time.getparent().tag != "p":
            time.drop_tree()
    return Part(_text_of(element), title, day, url)


def _text_of(element: Any) -> str:
    try:
        return str(html.tostring(element, encoding="unicode", with_tail=False))
    except (etree.LxmlError, ValueError):
        return ""


def refuse_shell(cleaned: Cleaned, text: str, title: str | None) -> None:
    """Raise `Unreadable` where the page has no text of an article, saying what it has instead."""
    lines = [line for line in text.split("\n") if line.strip()]
    templates = sum(bool(_TEMPLATE.search(line)) for line in lines)
    drawn = bool(title and _TEMPLATE.search(title)) or templates > max(1, len(lines) // 10)
    short = fold_words(text[:1000]) if len(text) < 600 else ""
    if drawn or any(words in short for words in _SCRIPT):
        raise Unreadable(
            _("the page is built by a script: its text is not in the file"),
            _("save the page once it is fully loaded, or copy its text into a .txt file"),
        )
    if title and is_lost(title) and len(text) < 600:
        raise Unreadable(
            _("the page says that it is not there ({title})").format(title=title[:60]),
            _("look for the article's new address, or its copy in a web archive"),
        )
    if len(text) < 600 and is_gate(text):
        raise Unreadable(
            _(
                "the page asks who one is: a login or a check of the browser stands before the article"
            ),
            _("save the page while you are logged in, then add it again"),
        )
    if text and not any(_SENTENCE.search(line) for line in lines):
        raise Unreadable(
            _("the page has no article text: only links, a notice or a paywall"),
            _("save the page once it is fully loaded, or copy its text into a .txt file"),
        )
    if not text and cleaned.walled:
        raise Unreadable(
            _("the article is for subscribers: the page shows none of it"),
            _("save the page while you are logged in, then add it again"),
        )
    if not text:
        raise Unreadable(
            _("no article was found in the page"),
            _("save the page once it is fully loaded, or copy its text into a .txt file"),
        )
