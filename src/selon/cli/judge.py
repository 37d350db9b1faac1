"""`selon review`: accept, reject, edit, correct, re-attribute, add, merge, split, identify, undo."""

from __future__ import annotations

import argparse
import getpass
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, ngettext
from selon.records import FORMS, Span, Spans

if TYPE_CHECKING:
    from selon.library.store import Library


def arguments(parser: argparse.ArgumentParser) -> None:
    """One deed a call, with its own arguments."""
    library_options.library_option(parser)
    parser.add_argument("--by", default=None, help=_("who judges (default: the user's name)"))
    deeds = parser.add_subparsers(dest="deed", required=True, metavar=_("ACTION"))

    def deed(name: str, words: str, *names: str) -> argparse.ArgumentParser:
        sub = deeds.add_parser(name, help=_(words), description=_(words))
        # Either side of the deed will do.
        sub.add_argument("--library", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        sub.add_argument("--by", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        for argument in names:
            sub.add_argument(argument, type=int if argument in ("statement", "article") else str)
        return sub

    deed("accept", "the statement is correct", "statement")
    deed("reject", "this is not a statement", "statement")
    deed("edit", "correct the span of the content: 120-180,200-240", "statement", "spans")
    speaker = deed(
        "speaker", "who speaks: a name, a KB id, @NUMBER; - for nobody", "statement", "name"
    )
    speaker.add_argument("--spans", help=_("where the text names them: 8-20"))
    deed("form", "direct, indirect, mixed or narrated", "statement", "value")
    deed("stance", "asserted, conditional or negated", "statement", "value")
    deed("said", "the day on which it was said; - for none", "statement", "value")
    for name, words in (
        ("to", "to whom"),
        ("via", "through whom, the nearest to the speaker first"),
    ):
        parties = deed(name, words, "statement")
        parties.add_argument("names", nargs="*", help=_("names, KB ids, @NUMBER; none: nobody"))
    missed = deed("add", "a statement that the program missed", "article", "spans")
    missed.add_argument("--form", choices=FORMS, default="direct")
    missed.add_argument("--speaker")
    missed.add_argument("--speaker-spans")
    deed("merge", "two entities are one; the second one's name is kept", "one", "into")
    split = deed("split", "in these articles the name means somebody else", "one", "name")
    split.add_argument("articles", nargs="+", help=_("their URLs or ids"))
    deed("identify", "who this is in a knowledge base: its id; - for nobody", "one", "kb")
    deed("link", "link people across articles where the evidence shows they are one")
    deed("undo", "undo a judgement", "judgement")
    deed("log", "all judgements, as JSON Lines")
    deed("orphans", "judgements whose passage is gone since the article was edited")
    deed("take", "import another library's log", "file")


def run(args: argparse.Namespace) -> int:
    """Do the deed; print the judgement's id."""
    from selon.library import judge, reattach
    from selon.library.store import Library

    by = args.by or os.environ.get("SELON_BY") or getpass.getuser()
    with Library(args.library) as library:
        if args.deed == "log":
            library_options.lines(judge.judgements(library.connection))
        elif args.deed == "orphans":
            library_options.lines(reattach.orphans(library.connection))
        elif args.deed == "take":
            return _take(library, args.file)
        elif args.deed == "link":
            print(_link_people(library))
        elif args.deed == "undo":
            judge.undo(library, args.judgement, f"human:{by}")
        else:
            print(_judge(library, args, by))
    return 0


def _judge(library: Library, args: argparse.Namespace, by: str) -> str:
    from selon.library import judge

    if args.deed == "accept":
        return judge.accept(library, args.statement, by)
    if args.deed == "reject":
        return judge.reject(library, args.statement, by)
    if args.deed == "edit":
        return judge.edit(library, args.statement, _spans(args.spans), by)
    if args.deed == "speaker":
        who = None if args.name == "-" else judge.person(library, args.name)
        if who and args.spans:
            who["spans"] = _spans(args.spans)
        return judge.speaker(library, args.statement, who, by)
    if args.deed in ("form", "stance", "said", "to", "via"):
        return _correct(library, args, by)
    if args.deed == "add":
        statement = {"form": args.form, "content": _pairs(args.spans)}
        if args.speaker:
            named = judge.person(library, args.speaker)
            statement["speaker"] = {**named, "spans": _pairs(args.speaker_spans or "")}
        return judge.add_missed(library, args.article, statement, by)
    if args.deed == "merge":
        return judge.merge(library, _key(library, args.one), _key(library, args.into), by)
    if args.deed == "identify":
        kb = None if args.kb == "-" else args.kb
        return judge.identify(library, _key(library, args.one), kb, by)
    away = {"name": args.name, "articles": args.articles}
    return judge.split(library, _key(library, args.one), away, by)


def _correct(library: Library, args: argparse.Namespace, by: str) -> str:
    from selon.ingest import dates
    from selon.library import correcting, judge

    if args.deed in ("to", "via"):
        lays = correcting.addressees if args.deed == "to" else correcting.relays
        return lays(library, args.statement, [judge.person(library, n) for n in args.names], by)
    if args.deed == "said":
        value = None if args.value == "-" else dates.parse_date_option(args.value, "said")
        return correcting.correct_day(library, args.statement, value, by)
    lays_value = correcting.form if args.deed == "form" else correcting.stance
    return lays_value(library, args.statement, args.value, by)


def _link_people(library: Library) -> str:
    from selon.library import identity

    made = identity.link(library)
    return ngettext("{n} tie made", "{n} ties made", made).format(n=made)


def _key(library: Library, name: str) -> str:
    from selon.library import judge

    found = judge.person(library, name)
    return str(found["key"])


def _take(library: Library, file: str) -> int:
    from selon.library import judge

    try:
        log = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines() if line]
        new, away = judge.merge_log(library, log)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SelonError(
            _("{file} is not a log of judgements ({error}).").format(file=file, error=error)
        ) from error
    print(
        _(
            "{new} judgements imported; {away} skipped, on articles that are not in this library"
        ).format(new=new, away=away)
    )
    return int(away > 0)


def _pairs(text: str) -> list[list[int]]:
    return [[s.start, s.end] for s in _spans(text)]


def _spans(text: str) -> Spans:
    try:
        pairs = [part.split("-") for part in text.split(",") if part]
        return tuple(Span(int(a), int(b)) for a, b in pairs)
    except ValueError as error:
        raise SelonError(_("{text}: write spans as 120-180,200-240.").format(text=text)) from error
