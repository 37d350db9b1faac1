"""`selon check`: whether somebody's words stand in a library as they are quoted."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from selon.ledger import Saying, names
from selon.ledger.checking import VERDICTS, By, Check, check
from selon.ledger.shelf import Shelf
from selon.ledger.showing import diffed, line, listed
from selon.library.store import Library
from selon.names import fold
from selon.tongue import speaking

_EXAMPLES: Final = """\
selon check "Le pont va fermer en mars" --library press.db
selon check "Le pont va fermer en mars" --speaker "Odile Ferrandier" --library press.db
pbpaste | selon check - --library press.db
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words, the speaker they are said to be of, the library."""
    _ = speaking("ledger").gettext
    parser.epilog = _EXAMPLES
    parser.add_argument("words", metavar=_("WORDS"), help=_("the quoted words; - reads them"))
    parser.add_argument("--library", type=Path, required=True, metavar="FILE.db")
    parser.add_argument("--speaker", metavar=_("NAME"), help=_("who is said to have said them"))
    parser.add_argument("--language", default="fr", metavar="XX")
    parser.add_argument("--limit", type=int, default=20, metavar="N")
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(args: argparse.Namespace) -> int:
    """Look the words up; the status is 0 where they are found in some form, else 1."""
    asked = (sys.stdin.read() if args.words == "-" else args.words).strip(' \n«»"“”')
    with Library(args.library) as library:
        shelf = Shelf(library)
        shelf.update()
        done = check(asked, shelf, args.language, named(args.speaker) if args.speaker else None)
    print(json.dumps(_json(done), ensure_ascii=False) if args.json else shown(done, args.limit))
    return 0 if done.findings else 1


def named(name: str) -> By:
    """Whether a saying is by somebody of this name: all words of one name are in the other."""
    asked = set(fold(name).split())

    def by(saying: Saying) -> bool | None:
        key = saying.speaker_key
        if key is None or key.startswith("kb:"):
            return None
        theirs = set(key.partition(":")[2].split())
        return asked <= theirs or theirs <= asked

    return by


def shown(done: Check, limit: int) -> str:
    """The verdicts with their counts, then each finding with what was altered."""
    _ = speaking("ledger").gettext
    if not done.findings:
        return _("Not found in this library: {words}").format(words=done.words)
    counts = {v: done.articles(v) for v in VERDICTS}
    out = [
        _("{verdict}: {n} articles").format(verdict=listed([v]), n=n)
        for v, n in counts.items()
        if n
    ]
    for found in done.findings[:limit]:
        out.append(f"* {line(found.saying)}: {listed([found.verdict])}")
        kinds = names(found.alterations)
        if kinds != ("verbatim",):
            out.append(
                f"    ({listed(kinds)}) {diffed(found.saying.words, done.words, found.diff)}"
            )
    return "\n".join(out)


def _json(done: Check) -> dict[str, object]:
    return {
        "words": done.words,
        "verdict": done.verdict,
        "articles": {v: done.articles(v) for v in VERDICTS if v != "not found"},
        "findings": [
            {
                "statement": int(f.saying.id),
                "article": f.saying.article,
                "outlet": f.saying.outlet,
                "published": f.saying.published,
                "speaker": f.saying.speaker_key,
                "words": f.saying.words,
                "verdict": f.verdict,
                "types": list(names(f.alterations)),
                "score": f.score,
            }
            for f in done.findings
        ],
    }
