"""Writes docs/{en,fr}/reference/*.md out of the code: `python scripts/reference [--check]`.

The words that the code does not have (what a table is for, French descriptions of fields) are in
`words.toml` beside this file; what it lacks, or has too much, stops the program and is named.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("en", "fr")


def main() -> int:
    """Write the pages, or with --check tell those that are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where a page is old")
    parser.add_argument("--lang", choices=LANGUAGES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.lang:
        return write(args.lang, check=args.check)
    # Messages are translated once a process: each language has one of its own.
    order = [sys.executable, str(Path(__file__).parent), *(["--check"] if args.check else [])]
    return max(
        subprocess.run(
            [*order, "--lang", lang], env={**os.environ, "SELON_LANG": lang}, check=False
        ).returncode
        for lang in LANGUAGES
    )


def write(lang: str, *, check: bool) -> int:
    """Write the pages of one language; return 1 where `check` finds an old one, or words missing."""
    import pages
    from parts import Words

    words = Words(lang)
    old = []
    for name, text in pages.all_pages(words).items():
        path = ROOT / "docs" / lang / "reference" / f"{name}.md"
        if path.exists() and path.read_text("utf-8") == text:
            continue
        old.append(path.relative_to(ROOT))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    for path in old:
        print(f"{path}: {'old; run python scripts/reference' if check else 'written'}")
    for key in words.missing:
        print(f"scripts/reference/words.toml lacks {key}")
    for key in words.unasked():
        print(f"scripts/reference/words.toml: {key} is about nothing in the code")
    return int(bool(words.missing or words.unasked() or (check and old)))


if __name__ == "__main__":
    sys.exit(main())
