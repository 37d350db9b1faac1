"""Compare two versions of the program: one reads and exports some articles, and so does the other, byte for byte.

    python scripts/same_exports.py ARTICLES.jsonl.gz --before e8a85de --count 500

Three libraries' worth of exports are compared, in all formats: what the version before wrote of its library, what
this one writes of its own, and what this one writes of a copy of the library of before. Both read by the grammar,
so that weights of the learnt reader do not come in. Ends with 1 where anything differs; `--keep FOLDER` keeps all
files, for `diff`. The version before is checked out in a folder of its own (`git worktree`), and removed after.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
# What a spreadsheet says of itself: when it was written.
DATED: Final = "docProps/core.xml"


def select(source: Path, count: int, target: Path) -> None:
    """Write `count` of the articles, evenly from all of the file (JSON Lines, or the same packed by gzip)."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    step = max(1, total // count)
    with opener(source, "rt", encoding="utf-8") as lines:
        taken = itertools.islice(itertools.islice(lines, 0, None, step), count)
        target.write_text("".join(taken), "utf-8")


# Commands one after the other in one process: to load the program takes longer than to export.
COMMANDS: Final = """
import json, sys
from selon.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code
    print(*arguments[:2], "ended with", code, file=sys.stderr)
"""


def run(tree: Path, commands: list[list[str]]) -> None:
    """Run commands of one version of the program, in one process."""
    command = [sys.executable, "-c", COMMANDS, json.dumps(commands)]
    subprocess.run(command, env=environment(tree), cwd=tree, check=True)


def environment(tree: Path) -> dict[str, str]:
    """What a version of the program is run with: its own modules, the grammar, nothing by chance."""
    env = {**os.environ, "PYTHONPATH": str(tree / "src"), "SELON_READER": "grammar"}
    return env | {"LANGUAGE": "en", "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}


def formats(tree: Path) -> list[str]:
    """The formats that a version of the program can write."""
    code = "from selon.export import FORMATS; print(*FORMATS)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tree),
        cwd=tree,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout.split()


def statements(library: Path) -> int:
    """Return how many statements a library has."""
    with closing(sqlite3.connect(library)) as connection:
        (count,) = connection.execute("select count(*) from statement").fetchone()
    return int(count)


def exports(library: Path, out: Path, names: list[str]) -> list[list[str]]:
    """The commands that write a library in each format under `out`."""
    out.mkdir(parents=True)
    told = ["--library", str(library)]
    return [["export", name, *told, "--output", str(out / name)] for name in names]


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of an export with its bytes; a spreadsheet's parts one by one, without their date."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        if path.name == "xlsx":
            with zipfile.ZipFile(file) as parts:
                for name in sorted(parts.namelist()):
                    if name != DATED:
                        yield name, parts.read(name)
        else:
            yield str(file.relative_to(path.parent)), file.read_bytes()


def differences(before: Path, after: Path) -> list[str]:
    """A line for each file that is not the same in two exports of one format."""
    old, new = dict(contents(before)), dict(contents(after))
    out = [f"{name}: only before" for name in sorted(old.keys() - new.keys())]
    out += [f"{name}: only now" for name in sorted(new.keys() - old.keys())]
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            a, b = old[name].splitlines(), new[name].splitlines()
            unlike = sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b))
            out.append(f"{name}: {unlike} of {len(a)} lines differ")
    return out


def compare(work: Path, source: Path, args: argparse.Namespace) -> int:
    """Read and export by both versions; return how many exports differ."""
    before, articles = work / "tree", work / "articles.jsonl"
    select(source, args.count, articles)
    print(sum(1 for _ in articles.open(encoding="utf-8")), "articles")
    columns = [word for given in args.column for word in ("--column", given)]
    names = [n for n in formats(before) if n in formats(ROOT)]
    for tree, name in ((before, "before"), (ROOT, "now")):
        library = work / f"{name}.db"
        told = ["--library", str(library), "--jobs", "1", "--quiet"]
        run(tree, [["add", str(articles), *told, *columns]])
        if not statements(library):
            raise SystemExit(
                "No statement was read, so nothing is compared: name the columns (--column text=NAME)."
            )
        # The library of before is migrated in a copy: who opens it may change it.
        shutil.copy(library, work / f"{name}-copy.db")
        run(tree, exports(library, work / name, names))
    run(ROOT, exports(work / "before-copy.db", work / "migrated", names))
    unlike = 0
    for name in names:
        for other in ("now", "migrated"):
            found = differences(work / "before" / name, work / other / name)
            unlike += bool(found)
            print(f"{name:14} {other:9} {'same' if not found else '; '.join(found[:5])}")
    return unlike


def main() -> int:
    """Compare as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, help="JSON Lines, .gz or not")
    parser.add_argument("--before", required=True, metavar="REV", help="the version before")
    parser.add_argument("--count", type=int, default=500, metavar="N", help="articles (500)")
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=NAME")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep all files there")
    args = parser.parse_args()
    work = args.keep or Path(tempfile.mkdtemp(prefix="selon-same-"))
    work.mkdir(parents=True, exist_ok=True)
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run(
        [*git, "add", "--quiet", "--detach", str(work / "tree"), args.before], check=True
    )
    try:
        return 1 if compare(work, args.articles.resolve(), args) else 0
    finally:
        subprocess.run([*git, "remove", "--force", str(work / "tree")], check=True)
        if not args.keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
