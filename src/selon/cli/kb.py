"""`selon kb`: build a knowledge base, and ask it about a name or an office."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.kb.build import Report, build
from selon.kb.days import clean, window
from selon.kb.link import REASONS
from selon.kb.roles import parse
from selon.kb.store import Kb

_EXAMPLES: Final = """\
selon kb build world.db latest-all.json.bz2 sanctions.ftm.json people.csv
selon kb name "Ali Chamkhani"
selon kb office "le ministre français de l'Intérieur" --on 2019-07 --kb world.db
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The three verbs: build, name, office."""
    parser.epilog = _EXAMPLES
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"))
    make = verbs.add_parser("build", help=_("build a knowledge base from sources"))
    make.add_argument("out", type=Path, metavar="OUT.db")
    make.add_argument(
        "sources",
        type=Path,
        nargs="+",
        metavar=_("FILE"),
        help=_("Wikidata JSON lines, FollowTheMoney JSON lines or CSV; also .gz, .bz2"),
    )
    make.add_argument(
        "--as-of",
        default=date.today().isoformat(),
        metavar=_("DAY"),
        help=_("the day on which the sources end (default: today)"),
    )
    name = verbs.add_parser("name", help=_("find people by name"))
    name.add_argument("words", metavar=_("NAME"))
    office = verbs.add_parser("office", help=_("find who held an office on a given day"))
    office.add_argument("words", metavar=_("ROLE"))
    office.add_argument("--on", required=True, metavar="DATE", help="2019-07-14, 2019-07, 2019")
    office.add_argument(
        "--country", metavar="XX", help=_("ISO country code, if the role names no country")
    )
    for verb in (name, office):
        verb.add_argument(
            "--kb",
            type=Path,
            action="append",
            metavar="A.db",
            help=_("a knowledge base; repeat the option for several (default: the shipped one)"),
        )


def run(args: argparse.Namespace) -> int:
    """Run one verb; 1 where a question has no answer."""
    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build,
        "name": _name,
        "office": _office,
    }
    return verbs[args.verb](args)


def _build(args: argparse.Namespace) -> int:
    as_of = clean(args.as_of)
    if as_of is None or len(as_of) != 10:
        raise SelonError(
            _("--as-of {day} is not a day; write it as 2024-01-31.").format(day=args.as_of)
        )
    report = build(args.out, args.sources, as_of)
    _tell(report, args.out)
    return 0


def _tell(report: Report, out: Path) -> None:
    counts = report.counts
    print(
        _(
            "{out}: {things} people, organisations and places, {names} names, {tenures} tenures"
        ).format(out=out, things=counts["things"], names=counts["names"], tenures=counts["tenures"])
    )
    if counts["ids met again"]:
        print("  " + _("rows with an id already seen: {n}").format(n=counts["ids met again"]))
    for why, count in report.faults.most_common():
        where = report.examples[why]
        line = _("left out: {why}, {n} times (first: {where})")
        print("  " + line.format(why=_(why), n=count, where=where), file=sys.stderr)


def _open(args: argparse.Namespace) -> Kb:
    return Kb(*args.kb) if args.kb else Kb.default()


def _name(args: argparse.Namespace) -> int:
    with _open(args) as kb:
        found = kb.named(args.words)
        for one in found:
            offices = ", ".join(
                f"{t.label} ({t.country or '?'}, {t.start or '?'}/{t.end or '..'})"
                for t in kb.tenures_of(one.thing.id)[-3:]
            )
            print(f"{one.thing.id}\t{one.likeness:.2f}\t{one.thing.names[0]}\t{offices}")
    return 0 if found else 1


def _office(args: argparse.Namespace) -> int:
    asked = window(args.on)
    if asked is None:
        raise SelonError(
            _("--on {date} is not a date; write 2019-07-14, 2019-07 or 2019.").format(date=args.on)
        )
    role = parse(args.words)
    countries = {args.country.upper()} if args.country else set(role.countries)
    with _open(args) as kb:
        barred = sorted(role.marks - {"interim"})
        if barred or len(countries) > 1:
            print(_(REASONS[barred[0] if barred else "country"]), file=sys.stderr)
            return 1
        answer = kb.holders(role, next(iter(countries), None), asked)
        for ident in answer.holders:
            thing = kb.get(ident)
            when = ", ".join(
                f"{t.start or '?'}/{t.end or '..'}" for t in answer.tenures if t.holder == ident
            )
            print(f"{ident}\t{thing.names[0] if thing else ident}\t{when}")
    if answer.why != "found":
        why = "role" if answer.why == "no-role" else answer.why
        print(_(REASONS[why]), file=sys.stderr)
        return 1
    return 0
