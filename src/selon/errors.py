"""What goes wrong in a way that a person can mend."""

from __future__ import annotations


class SelonError(Exception):
    """A bad setting or an unusable file: says which, and the remedy; printed without a traceback."""


class UntrainedLanguageWarning(UserWarning):
    """An article is in a language that the reader was never trained on: it is read, and less well."""
