"""The command line: one verb a command, each in a module of its own, imported when run."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

from selon import __version__
from selon.faults import SelonError, UntrainedLanguageWarning
from selon.tongue import speaking

# name → (module, help). A command module has `arguments(parser)` and `run(args) -> int`.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("selon.cli.read", "read articles: every statement, its speaker, its chain, its voice"),
    "score": ("selon.cli.score", "score readings against a gold standard"),
    "diff": ("selon.cli.diff", "what one reading has that another lacks, by rule"),
    "kb": ("selon.cli.kb", "build a knowledge base, and ask it about a name or an office"),
    "add": ("selon.cli.add", "add articles to a library: read once, kept for good"),
    "find": ("selon.cli.find", "find statements by words, people, relays and dates"),
    "who": ("selon.cli.who", "one person's account: what, to whom, through whom, when"),
    "stats": ("selon.cli.stats", "shares with intervals, the unknown, wire copy once"),
    "plot": ("selon.cli.plot", "draw a table: over time, shades, bars, parts; SVG, PNG, HTML"),
    "report": ("selon.cli.report", "a library on one page: corpus, gender, relays, method"),
    "sample": ("selon.cli.sample", "draw statements to code by hand; precision, recall, alpha"),
    "judge": ("selon.cli.judge", "accept, reject, correct, merge, split; undo"),
    "export": ("selon.cli.export", "take statements out in other tools' formats"),
    "remove": ("selon.cli.remove", "take articles out of a library; undo"),
    "edit": ("selon.cli.edit", "set an article's outlet, date, title or address right; undo"),
    "merge": ("selon.cli.merge", "take another library's articles and judgements in"),
    "backup": ("selon.cli.backup", "copy a library to another file while it is in use"),
    "doctor": ("selon.cli.doctor", "whether a library is whole; save what can be read"),
    "watch": ("selon.cli.watch", "read feeds and folders on a schedule, and tell what is new"),
    "failures": ("selon.cli.failures", "what could not be read, why, what to do"),
    "reread": ("selon.cli.reread", "read a library again, beside the old readings"),
    "load": ("selon.cli.load", "put readings made elsewhere into a library"),
    "trace": ("selon.cli.trace", "one statement from mouth to mouth: first seen, changed how"),
    "check": ("selon.cli.check", "whether quoted words stand in a library, and how"),
    "versions": ("selon.cli.versions", "what became of an article's statements between versions"),
    "mcp": ("selon.cli.mcp", "answer assistants about a library (Model Context Protocol)"),
    "serve": ("selon.cli.serve", "open the reading room: search, read, review in the browser"),
    "train": ("selon.cli.train", "train the learnt reader from gold articles"),
    "train-grammar": (
        "selon.cli.train_grammar",
        "train the ranking of a language's grammar from gold articles",
    ),
}


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The argument parser, with the arguments of one command filled in."""
    _ = speaking("cli").gettext
    top = argparse.ArgumentParser(
        prog="selon",
        description=_("Who said what, to whom, when, and through whom."),
    )
    top.add_argument("--version", action="version", version=f"selon {__version__}")
    verbs = top.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)
    for name, (module, words) in COMMANDS.items():
        sub = verbs.add_parser(
            name,
            help=_(words),
            description=_(words),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == command:
            import_module(module).arguments(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 (some articles failed) or 2 (a bad setting)."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((w for w in words if w in COMMANDS), None)
    args = parser(command).parse_args(words)
    # Commands count the articles of such languages and say so at the end.
    warnings.simplefilter("ignore", UntrainedLanguageWarning)
    try:
        return int(import_module(COMMANDS[args.command][0]).run(args))
    except SelonError as error:
        print(f"selon: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong.
        sys.stderr.close()
        return 0
    except (sqlite3.DatabaseError, OSError) as error:
        # Late: most runs need no library.
        from selon.library import faults

        said = faults.told(error, _library(args))
        if said is None:
            raise
        print(f"selon: {said}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _library(args: argparse.Namespace) -> str:
    """The file that a command is about, for what is said of its disk and its locks."""
    return str(getattr(args, "library", None) or getattr(args, "out", None) or ".")
