"""The command line: one verb a command, each in a module of its own, imported when run."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from selon import __version__
from selon.cli.argparse_words import argparse_in_language
from selon.errors import SelonError, UntrainedLanguageWarning
from selon.i18n import _

# name → (module, help). A command module has `arguments(parser)` and `run(args) -> int`.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("selon.cli.read", "read articles: every statement, its speaker, its chain, its voice"),
    "score": ("selon.cli.score", "score readings against a gold standard"),
    "diff": ("selon.cli.diff", "compare two readings of the same articles, by rule"),
    "kb": ("selon.cli.kb", "build a knowledge base, or look up a name or an office in it"),
    "add": ("selon.cli.add", "add articles to a library"),
    "search": ("selon.cli.find", "search statements by words, people, relays and dates"),
    "person": ("selon.cli.who", "what one person said: to whom, through whom, when"),
    "stats": (
        "selon.cli.stats",
        "percentages with confidence intervals; unknown values listed; reprints counted once",
    ),
    "plot": ("selon.cli.plot", "plot a table: lines, heat map, bars or parts; SVG, PNG, HTML"),
    "report": (
        "selon.cli.report",
        "a one-page report on a library: corpus, gender, relays, method",
    ),
    "sample": (
        "selon.cli.sample",
        "draw a random sample to code by hand, and measure precision, recall and agreement",
    ),
    "review": ("selon.cli.judge", "review statements: accept, reject, correct, merge, split, undo"),
    "export": ("selon.cli.export", "export statements in the formats of other tools"),
    "remove": ("selon.cli.remove", "remove articles from a library, or undo a removal"),
    "edit": (
        "selon.cli.edit",
        "correct an article's outlet, date, title, address or page, or undo a correction",
    ),
    "merge": ("selon.cli.merge", "import another library's articles and judgements"),
    "backup": ("selon.cli.backup", "back up a library, even while it is in use"),
    "doctor": ("selon.cli.doctor", "check a library for damage, and save what can be read"),
    "watch": ("selon.cli.watch", "read feeds and folders on a schedule, and report what is new"),
    "errors": ("selon.cli.failures", "list what could not be read, why, and what to do"),
    "reprocess": ("selon.cli.reread", "read a library's articles again; old readings are kept"),
    "load": ("selon.cli.load", "import readings made elsewhere into a library"),
    "trace": (
        "selon.cli.trace",
        "trace one statement across articles: first seen where, changed how",
    ),
    "check": (
        "selon.cli.check",
        "check whether a quotation is in a library, and whether it was altered",
    ),
    "versions": ("selon.cli.versions", "compare an article's statements across its versions"),
    "mcp": ("selon.cli.mcp", "let AI assistants query a library (Model Context Protocol)"),
    "serve": ("selon.cli.serve", "open the reading room: search, read and review in the browser"),
    "train": ("selon.cli.train", "train the encoder reader from gold articles"),
    "train-grammar": (
        "selon.cli.train_grammar",
        "train the ranking of a language's grammar from gold articles",
    ),
}

# Words of the release before, which still do: command → command, and option → option, or options of which
# a command has one. No help shows them.
OLD_COMMANDS: Final = {
    "judge": "review",
    "failures": "errors",
    "reread": "reprocess",
    "find": "search",
    "who": "person",
}
OLD_OPTIONS: Final = {
    "--alone": ("--detach",),
    "--from": ("--input-format",),
    "--least": ("--threshold", "--min-count"),
    "--most": ("--max-pages",),
    "--near": ("--similar",),
    "--not": ("--split-from",),
    "--parts": ("--folds",),
    "--pause": ("--delay",),
    "--private": ("--allow-private-hosts", "--allow-private-host"),
    "--rivals": ("--rerank",),
    "--same": ("--merge-with",),
    "--why": ("--explain",),
}


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The argument parser, with the arguments of one command filled in."""
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
            _accept_old_options(sub)
    return top


def _accept_old_options(parser: argparse.ArgumentParser) -> None:
    """Let the words of the release before do what their new words do."""
    options = parser._option_string_actions
    for old, names in OLD_OPTIONS.items():
        for name in names:
            if name in options:
                options.setdefault(old, options[name])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 (some articles failed) or 2 (a bad setting)."""
    words = list(sys.argv[1:] if argv is None else argv)
    # The command is the first word: what comes before it is an option of all.
    at = next((n for n, w in enumerate(words) if w in COMMANDS or w in OLD_COMMANDS), None)
    command = None
    if at is not None:
        command = words[at] = OLD_COMMANDS.get(words[at], words[at])
    elif words and not words[0].startswith("-"):
        print(f"selon: {_unknown_command(words[0])}", file=sys.stderr)
        return 2
    with argparse_in_language():
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
    except (sqlite3.DatabaseError, OSError, ValueError, TypeError, LookupError) as error:
        # Late: most runs need no library.
        from selon.library import db_errors

        said = db_errors.explain(error, _library(args))
        if said is None:
            raise
        print(f"selon: {said}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _unknown_command(word: str) -> str:
    """What to say of a command that is none: the nearest one, or where all are listed."""
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    names = _("did you mean {name}?").format(name=near[0]) if near else _("see selon --help")
    return _("There is no command “{word}”; {names}").format(word=word, names=names)


def _library(args: argparse.Namespace) -> str:
    """The file that a command is about, for what is said of its disk and its locks."""
    return str(getattr(args, "library", None) or getattr(args, "out", None) or ".")
