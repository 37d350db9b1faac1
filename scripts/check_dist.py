"""Whether dist/ holds what it should: `python scripts/check_dist.py dist`; 1 with a line for each fault."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from email import message_from_bytes
from pathlib import Path
from typing import Final

# What each must have (a pattern that some name matches), and must not.
WANTED: Final = {
    "wheel": (
        r"selon/__init__\.py",
        r"selon/py\.typed",
        r"selon/data/reader\.zip",
        r"selon/data/sample\.jsonl",
        r"selon/contract\.schema\.json",
        r"selon/locale/fr/LC_MESSAGES/.+\.mo",
        r"selon/lang/fr/weights\.tsv",
        r"selon/.+\.html",
        r"selon/.+\.css",
        r"selon/.+\.js",
        r".+dist-info/entry_points\.txt",
        r".+dist-info/licenses/LICENSE",
        r".+dist-info/licenses/NOTICE",
    ),
    "source": (
        r"[^/]+/README\.md",
        r"[^/]+/README\.fr\.md",
        r"[^/]+/CHANGELOG\.md",
        r"[^/]+/CITATION\.cff",
        r"[^/]+/docs/fr/index\.md",
        r"[^/]+/docs/assets/application-fr\.png",
        r"[^/]+/src/selon/data/reader\.zip",
        r"[^/]+/tests/conftest\.py",
        r"[^/]+/mkdocs\.yml",
    ),
}
UNWANTED: Final = {
    "wheel": (r"tests/.*", r"(?!selon/|selon-).*", r".*\.py[co]", r".*\.db-(?:shm|wal)"),
    "source": (r"[^/]+/tests/gold/.*", r"[^/]+/(?:lab|out|site|\.venv)/.*", r".*\.py[co]"),
}


def main(folder: Path) -> int:
    """Say each fault of the files in a folder; return 1 where there is one."""
    faults = [*_faults("wheel", folder, "*.whl"), *_faults("source", folder, "*.tar.gz")]
    for fault in faults:
        print(fault)
    return int(bool(faults))


def _faults(kind: str, folder: Path, pattern: str) -> Iterable[str]:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        return [f"{folder}: {len(found)} files {pattern}, one is wanted"]
    names = names_of(found[0])
    faults = [
        f"{found[0].name} lacks {want}"
        for want in WANTED[kind]
        if not any(re.fullmatch(want, n) for n in names)
    ]
    faults += [
        f"{found[0].name} has {name}"
        for name in names
        if any(re.fullmatch(out, name) for out in UNWANTED[kind])
    ]
    if kind == "wheel":
        faults += _metadata(found[0])
    return faults


def names_of(path: Path) -> list[str]:
    """Return the names of the files in a wheel or a source archive."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return [n for n in wheel.namelist() if not n.endswith("/")]
    with tarfile.open(path) as source:
        return [m.name for m in source.getmembers() if m.isfile()]


def _metadata(path: Path) -> Iterable[str]:
    with zipfile.ZipFile(path) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith("dist-info/METADATA"))
        told = message_from_bytes(wheel.read(name))
    for key in ("Summary", "License-Expression", "Requires-Python", "Keywords", "Classifier"):
        if not told[key]:
            yield f"{path.name}: the metadata lack {key}"
    if told["Description-Content-Type"] != "text/markdown":
        yield f"{path.name}: the README is not told to be Markdown"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
