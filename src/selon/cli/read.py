"""`selon read`: articles in; a view, exchange lines or a page out."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selon.cli import jobs, sources
from selon.errors import SelonError
from selon.i18n import _, ngettext, preferred_language
from selon.lang import codes
from selon.records import Article, Failure, Reading

if TYPE_CHECKING:
    from selon.api import Paths
    from selon.ingest import ReadOptions

_EXAMPLES: Final = """\
selon read article.txt --date 2024-03-12 --explain
selon read page.html --html reading.html
selon read articles.jsonl --json > readings.jsonl
selon read 2024-*.warc.gz --out shards --engine daft
curl -s https://example.org/article | selon read - --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files, what is said of them, how they are shown."""
    parser.add_argument(
        "files",
        nargs="*",
        default=["-"],
        metavar=_("FILE"),
        help=_("text, HTML page or JSON Lines of articles; - for standard input"),
    )
    sources.arguments(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("JSON Lines, one reading per line (exchange contract)"),
    )
    parser.add_argument(
        "--html", type=Path, metavar=_("FILE"), help=_("write an HTML page to a file")
    )
    parser.add_argument(
        "--explain", dest="why", action="store_true", help=_("show which rules decided")
    )
    parser.add_argument(
        "--width", type=int, metavar="N", help=_("width in columns (default: the terminal's)")
    )
    parser.add_argument(
        "--kb",
        action="append",
        metavar="A.db",
        help=_("a knowledge base; repeat the option for several; “none” for none"),
    )
    parser.add_argument(
        "--reader",
        choices=("encoder", "grammar", "polnear"),
        help=_(
            "what finds statements: the trained encoder, grammar rules (faster, but they miss more), "
            "or the encoder by the guidelines of the PolNeAR corpus, to compare results in English"
        ),
    )
    jobs.engine_options(parser)
    parser.epilog = _("examples:") + "\n" + _EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Read; 1 where an article failed, which is told at the end."""
    from selon.api import read_many

    options = sources.options(args)
    if args.json and args.html and str(args.html) == "-":
        raise SelonError(_("--html needs a file name; only --json writes to standard output"))
    if args.html and not args.html.absolute().parent.is_dir():
        raise SelonError(_("--html: there is no folder {path}").format(path=args.html.parent))
    if args.width is not None and args.width < 1:
        raise SelonError(_("--width must be at least 1."))
    if args.engine or args.out:
        made = jobs.write_shards(args, args.files, options, _bases(args.kb))
        return int(sum(shard.failed for shard in made) > 0)
    failures: list[Failure] = []
    named = _articles(args.files, options, failures)
    found = read_many(
        (a for a, _where in named),
        kb=_bases(args.kb),
        jobs=jobs.job_count(args),
        reader=args.reader,
    )
    _show(_readings(found, failures), args)
    return _report_failures(failures)


def _bases(paths: list[str] | None) -> Paths:
    from selon.kb.store import Kb

    if not paths:
        return "shipped"
    if paths == ["none"]:
        return None
    with Kb(*map(Path, paths)):
        # A file that is no knowledge base is told at once.
        return tuple(map(Path, paths))


def _articles(
    files: Iterable[str], options: ReadOptions, failures: list[Failure]
) -> Iterator[tuple[Article, str]]:
    """The articles of the files; each failure of a file is put aside."""
    from selon.ingest import articles

    for file in files:
        for item in articles(file, options):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item, file


def _readings(found: Iterable[Reading | Failure], failures: list[Failure]) -> Iterator[Reading]:
    for item in found:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            yield item


def _show(readings: Iterator[Reading], args: argparse.Namespace) -> None:
    """Everything that was asked for; readings are only kept where a page needs them all."""
    kept: list[Reading] = []
    number = 0
    untrained: dict[str, int] = {}
    for number, reading in enumerate(readings, 1):
        code = reading.article.language or ""
        if code not in codes():
            untrained[code] = untrained.get(code, 0) + 1
        if args.html:
            kept.append(reading)
        if args.json:
            _line(reading)
        elif not args.html:
            _view(reading, args, number)
    _tell_untrained(untrained)
    if args.html and kept:
        from selon.show import page

        args.html.write_text(page.render(kept, preferred_language()), encoding="utf-8")
        print(_("{path}: {n} articles").format(path=args.html, n=len(kept)), file=sys.stderr)


def _tell_untrained(found: dict[str, int]) -> None:
    """Say that a language was read by what was learnt from others."""
    for code, count in sorted(found.items()):
        words = _(
            "{n} articles in the language {code}: the reader was never trained on it, and no pack"
            " reads its dates and offices"
        )
        print(words.format(n=count, code=code), file=sys.stderr)


def _line(reading: Reading) -> None:
    import orjson

    from selon.contract import to_json

    sys.stdout.buffer.write(orjson.dumps(to_json(reading)) + b"\n")
    sys.stdout.buffer.flush()


def _view(reading: Reading, args: argparse.Namespace, number: int) -> None:
    from selon.show import terminal

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = args.width or shutil.get_terminal_size((100, 24)).columns
    shown = terminal.render(reading, width, colour, preferred_language(), args.why)
    between = "\n" if number > 1 else ""
    sys.stdout.buffer.write((between + shown).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _report_failures(failures: list[Failure]) -> int:
    """Say on standard error what failed, why, and what to do."""
    if not failures:
        return 0
    n = len(failures)
    head = ngettext("{n} could not be read:", "{n} could not be read:", n)
    print(head.format(n=n), file=sys.stderr)
    for failure in failures:
        line = _("  {source}: {error}; {remedy}").format(
            source=failure.source, error=failure.error, remedy=failure.remedy
        )
        print(line, file=sys.stderr)
    return 1
