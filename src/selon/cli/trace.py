"""`selon trace`: one utterance wherever it was repeated, over all articles of a library."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, ngettext
from selon.library.store import Library
from selon.reuse import (
    ReusedQuote,
    first_seen,
    independent,
    names,
    propagation_steps,
    serializers,
    types,
)
from selon.reuse.alignment import pieces
from selon.reuse.family import Family
from selon.reuse.formatting import (
    crosslingual_notice,
    diff_line,
    in_quotation_marks,
    join_names,
    line,
)
from selon.reuse.lookup import ask
from selon.reuse.paraphrase import Suggestion, suggestions
from selon.reuse.reference import reference
from selon.reuse.reused_quotes import words
from selon.reuse.store import ReuseStore

_EXAMPLES: Final = """\
selon trace 1204 --library press.db
selon trace "Le pont pourrait fermer" --library press.db
selon trace 1204 --split-from 1377 --by ana --library press.db
"""
# Statements that have the words asked for, whose families are looked at.
_MAX_STATEMENTS: Final = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """The statement, the library, and a person's join or split."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "statement", metavar=_("STATEMENT"), help=_("a statement's number, or some of its words")
    )
    library_options.library_option(parser)
    parser.add_argument(
        "--similar",
        dest="near",
        action="store_true",
        help=_("also show statements that may say the same in other words"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))
    parser.add_argument(
        "--merge-with",
        dest="same",
        type=int,
        metavar="N",
        help=_("record that statement N is the same utterance"),
    )
    parser.add_argument(
        "--split-from",
        dest="other",
        type=int,
        metavar="N",
        help=_("record that statement N is another utterance"),
    )
    parser.add_argument(
        "--detach",
        dest="alone",
        action="store_true",
        help=_("record that the statement does not belong to its family"),
    )
    parser.add_argument("--by", metavar=_("NAME"), help=_("who decides this"))


def run(args: argparse.Namespace) -> int:
    """Bring the ledger up to date, then show the family of one statement."""
    with Library(args.library) as library:
        store = ReuseStore(library)
        store.update()
        number = _number(args.statement, store)
        for other, same in ((args.same, True), (args.other, False)):
            if other is not None:
                store.family(other)
                (store.join if same else store.part)(number, other, _whose(args.by))
        if args.alone:
            store.split(number, _whose(args.by))
        family, sayings = store.family(number)
        decided, abroad = store.decided(family), store.abroad()
        near = suggestions(store, number) if args.near else ()
    if args.json:
        found = {**serializers.family_json(family, sayings), "translations": abroad}
        found["decisions"] = [asdict(d) for d in decided]
        if args.near:
            found["near"] = serializers.suggestions_json(near)
        print(json.dumps(found, ensure_ascii=False))
        return 0
    print(family_text(family, sayings))
    for d in decided:
        verdict = _("one utterance") if d.same else _("two utterances")
        print(f"#{d.statement}, #{d.other}: {verdict} ({d.by}, {d.at[:10]}; {d.uid})")
    if args.near:
        print(_suggestion_text(near))
    note = crosslingual_notice(abroad)
    if note:
        print(note, file=sys.stderr)
    return 0


def _whose(by: str | None) -> str:
    if not by:
        raise SelonError(_("--merge-with, --split-from and --detach need --by NAME."))
    return by


def _number(asked: str, store: ReuseStore) -> int:
    """The statement meant: by its number, or the best match of its words."""
    if asked.isdigit():
        return int(asked)
    found = ask(store, asked).findings
    if not found:
        raise SelonError(_("Not found in this library: {words}").format(words=asked))
    alike = [f for f in found if f.verdict == found[0].verdict][:_MAX_STATEMENTS]
    numbers = [int(f.saying.id) for f in alike]
    # Of several that have the words, the one that was told most often.
    return max(numbers, key=lambda n: (len(store.family(n)[0].members), -numbers.index(n)))


def _suggestion_text(near: tuple[Suggestion, ...]) -> str:
    """Suggestions for people, with the way to take one."""
    if not near:
        return "\n" + _("No similar statement was found.")
    out = ["", _("Perhaps the same in other words; --merge-with N joins them:")]
    for s in near:
        out += [
            library_options.labelled(f"* {line(s.saying)}", f"{s.cosine:.2f}"),
            f"    {in_quotation_marks(s.saying.words)}",
        ]
    return "\n".join(out)


def family_text(family: Family, sayings: dict[str, ReusedQuote]) -> str:
    """A family for people: the first appearance, and what became of the words since."""
    full = reference(sayings)
    first = first_seen(sayings.values())
    out = [in_quotation_marks(full.words), ""]
    seen = [line(sayings[i]) for i in first.sayings]
    if seen:
        label = _("First seen in this library") if first.sure else _("First seen, or one of these")
        out.append(library_options.labelled(label, " | ".join(seen)))
    if first.undated:
        out.append(_("Without a date: {n}").format(n=len(first.undated)))
    count = len({s.article for s in sayings.values()})
    out.append(
        ngettext("{n} article, independent: {k}", "{n} articles, independent: {k}", count).format(
            n=count, k=independent(sayings.values())
        )
    )
    out += [f"  {s.source} → {s.taker}" for s in propagation_steps(sayings.values())]
    out.append("")
    for member in sorted(sayings.values(), key=lambda s: (s.published or "9", int(s.id))):
        if member.id == full.id:
            out.append(library_options.labelled(f"* {line(member)}", _("the reference")))
            continue
        what = types(full, member)
        out.append(library_options.labelled(f"* {line(member)}", join_names(names(what))))
        if "translated" in names(what):
            out.append(f"    {in_quotation_marks(member.words)}")
        elif names(what) != ("verbatim",):
            sides = (words(s.words, s.language) for s in (full, member))
            out.append(f"    {diff_line(full.words, member.words, pieces(*sides))}")
    if len(sayings) > 1:
        out += ["", _("Weakest link of the family: {score:.2f}").format(score=family.score)]
    return "\n".join(out)
