"""What argparse says by itself (« usage », « expected one argument »), in the user's language.

argparse asks `gettext` for its words, in one catalogue a process and in the language of the locale. Selon has its
own catalogue, and SELON_LANG: so argparse asks Selon while the command line is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from selon.i18n import _, ngettext


@contextmanager
def argparse_in_language() -> Iterator[None]:
    """Let argparse take its words from Selon's catalogue inside."""
    before = {name: getattr(argparse, name, None) for name in ("_", "ngettext")}
    setattr(argparse, "_", _)  # noqa: B010  (mypy refuses the plain assignment)
    setattr(argparse, "ngettext", ngettext)  # noqa: B010
    try:
        yield
    finally:
        for name, words in before.items():
            setattr(argparse, name, words)


def messages() -> tuple[str, ...]:
    """Return the words that a user of the command line may meet, for the catalogue of a translator."""
    return (
        _("usage: "),
        _("options"),
        _("positional arguments"),
        _("show this help message and exit"),
        _("show program's version number and exit"),
        _("%(prog)s: error: %(message)s\n"),
        _("argument %(argument_name)s: %(message)s"),
        _("the following arguments are required: %s"),
        _("one of the arguments %s is required"),
        _("unrecognized arguments: %s"),
        _("expected one argument"),
        _("expected at least one argument"),
        _("expected at most one argument"),
        ngettext("expected %s argument", "expected %s arguments", 2),
        _("invalid choice: %(value)r (choose from %(choices)s)"),
        _("invalid %(type)s value: %(value)r"),
        _("ambiguous option: %(option)s could match %(matches)s"),
        _("not allowed with argument %s"),
        _("ignored explicit argument %r"),
    )
