"""Runs the code of the documents in one language: `python tests/docs_pages.py fr [PAGE…]`.

A `console` block holds commands (`$ selon …`), each with lines that its output must have, in order; `…`
stands for anything. A `python` block is run; the blocks of a page share their names. `sh` is not run.
One process a language, as messages are translated once a process.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SAMPLE = ROOT / "src" / "selon" / "data" / "sample.jsonl"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.M | re.S)


def main(lang: str, names: list[str]) -> int:
    """Run the pages; return how many failed."""
    from selon.cli import main as selon

    pages = sorted((DOCS / lang).rglob("*.md"))
    chosen = [p for p in pages if not names or p.stem in names]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "press.db"
        _told(selon, ["add", str(SAMPLE), "--library", str(library), "--quiet"])
        for path in chosen:
            text = path.read_text("utf-8")
            if not BLOCK.search(text):
                continue
            desk = Path(folder) / path.parent.name / path.stem
            desk.mkdir(parents=True)
            shutil.copy(ROOT / "examples" / "exemple.txt", desk / "article.txt")
            shutil.copy(SAMPLE, desk / "articles.jsonl")
            if path.parent.name != "tutorials":
                shutil.copy(library, desk)
            os.chdir(desk)
            try:
                _page(selon, text)
                print(f"ok      {path.relative_to(DOCS)}", flush=True)
            except Exception:
                failed += 1
                print(f"failed  {path.relative_to(DOCS)}\n{traceback.format_exc()}", flush=True)
            os.chdir(ROOT)
    return failed


def _page(selon: object, text: str) -> None:
    known: dict[str, object] = {"__name__": "page"}
    for kind, block in BLOCK.findall(text):
        if kind == "python":
            with redirect_stdout(io.StringIO()):
                exec(compile(block, block[:60], "exec"), known)
        else:
            for order, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
                name, *words = shlex.split(order)
                assert name == "selon", f"only selon is run: {order}"
                check_output(expected, _told(selon, words), order)


def _told(selon: object, words: list[str]) -> str:
    """What a command says, on both streams; it must end well."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    err = io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = selon(words)  # type: ignore[operator]
    out.flush()
    told = out.buffer.getvalue().decode() + err.getvalue()  # type: ignore[attr-defined]
    assert status == 0, (words, told)
    return str(told)


def check_output(expected: str, output: str, order: str) -> None:
    """Each expected line is in the output, in order; `…` stands for anything."""
    flat = re.sub(r"\s+", " ", output)
    at = 0
    for line in expected.splitlines():
        words = re.sub(r"\s+", " ", line).strip()
        found = re.compile(re.escape(words).replace("…", ".*?")).search(flat, at)
        assert found is not None, f"{order}\nhas not: {line}\n{output}"
        at = found.end()


if __name__ == "__main__":
    os.environ.setdefault("SELON_READER", "grammar")
    os.environ.update(SELON_LANG=sys.argv[1], NO_COLOR="1", COLUMNS="200")
    sys.exit(main(sys.argv[1], sys.argv[2:]))
