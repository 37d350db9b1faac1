"""Measure the memory that large files take: ingest_sizes.py [--folder FOLDER] [--megabytes N].

Makes a PDF of a gigabyte (pages of text with pictures) and a ZIP of two (a table, lines, pages, a
book of letters, a PDF), reads each in a process of its own, says what it took and drops them; 1 where
one took more than 500 MB. `--megabytes 50` tries the same with a twentieth.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

MOST = 500
WORDS = (
    "le pont de la ville rouvrira lundi a dit la maire devant une centaine d’habitants réunis sur la"
    " place du marché les travaux ont duré onze mois et coûté deux millions d’euros à la commune"
).split()
READ = """
import resource, sys, time
from selon.ingest import articles
from selon.records import Article
begun, read, failed = time.monotonic(), 0, {}
for item in articles(sys.argv[1]):
    if isinstance(item, Article):
        read += 1
    else:
        failed[item.error] = failed.get(item.error, 0) + 1
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{sys.argv[1]}: {read} articles, {peak:.0f} MB, {time.monotonic() - begun:.0f} s, failures {failed}")
sys.exit(peak > float(sys.argv[2]))
"""


def prose(chance: random.Random, words: int) -> str:
    """Made-up words in sentences."""
    said = [chance.choice(WORDS) for _n in range(words)]
    for n in range(0, words, 14):
        said[n] = said[n].capitalize()
        said[n - 1] += "."
    return " ".join(said)


def pdf(out: BinaryIO, size: int, chance: random.Random) -> None:
    """Pages of forty lines, each with a picture of five megabytes, until the size is reached."""
    places: dict[int, int] = {}
    at = out.write(b"%PDF-1.4\n")

    def add(number: int, content: bytes) -> None:
        nonlocal at
        places[number] = at
        at += out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")

    def stream(head: bytes, data: bytes) -> bytes:
        return b"<< " + head + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"

    add(3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids, number = [], 4
    picture = b"/Type /XObject /Subtype /Image /Width 2500 /Height 2000 /ColorSpace /DeviceGray /BitsPerComponent 8"
    while at < size:
        lines = [prose(chance, 11) for _n in range(40)]
        words = b" ".join(
            b"BT /F1 9 Tf 1 0 0 1 40 %d Tm (%s) Tj ET" % (560 - 12 * n, w.encode("cp1252"))
            for n, w in enumerate(lines)
        )
        add(number, stream(picture, bytes(5_000_000)))
        add(number + 1, stream(b"", b"q 10 0 0 10 0 0 cm /I1 Do Q " + words))
        add(
            number + 2,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /Font << /F1 3 0 R >>"
            b" /XObject << /I1 %d 0 R >> >> /Contents %d 0 R >>" % (number, number + 1),
        )
        kids.append(number + 2)
        number += 3
    refs = b" ".join(b"%d 0 R" % k for k in kids)
    add(2, b"<< /Type /Pages /Kids [" + refs + b"] /Count %d >>" % len(kids))
    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    table = b"".join(b"%010d 00000 n \n" % places[n] for n in range(1, number))
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % number + table)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (number, at))


def table(out: BinaryIO, size: int, chance: random.Random) -> None:
    """A CSV of long articles."""
    at = out.write(b"Titre;Source;Date;Texte\n")
    n = 0
    while at < size:
        n += 1
        at += out.write(
            f'Titre {n};Courrier;12/03/2026;"{n} {prose(chance, 60)} {"x" * 200_000}"\n'.encode()
        )


def lines(out: BinaryIO, size: int, chance: random.Random) -> None:
    """JSON Lines, one of them longer than any article."""
    at = out.write(b'{"text": "' + b"a " * (size // 5) + b'"}\n')
    while at < size:
        row = {"text": prose(chance, 60) + "y" * 200_000, "date": "2026-03-12"}
        at += out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def letters(out: BinaryIO, size: int, chance: random.Random) -> None:
    """A box of letters with large attachments."""
    at = 0
    while at < size:
        head = f"From a@b Thu Mar 12 08:15:00 2026\nFrom: La Gazette <a@b.example>\nSubject: {at}\nX-A: b"
        words = f"{head}\n\n{prose(chance, 90)}\n"
        at += out.write(words.encode() + b"z" * 60 + b"\n" + (b"=" * 75 + b"\n") * 40_000 + b"\n")


def text(out: BinaryIO, size: int, chance: random.Random) -> None:
    """One text, far too large for an article."""
    block = (prose(chance, 2000) + "\n").encode()
    for _n in range(size // len(block)):
        out.write(block)


def archive(out: BinaryIO, size: int, chance: random.Random) -> None:
    """All of these, and web pages, side by side in a ZIP."""
    kinds: list[tuple[str, float, Callable[[BinaryIO, int, random.Random], None]]] = [
        ("table.csv", 0.25, table), ("articles.jsonl", 0.25, lines), ("boite.mbox", 0.1, letters),
        ("tout.txt", 0.15, text), ("numero.pdf", 0.2, pdf),
    ]  # fmt: skip
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, share, made in kinds:
            with packed.open(name, "w", force_zip64=True) as member:
                made(member, int(size * share), chance)  # type: ignore[arg-type]
        for n in range(int(size * 0.05) // 1_000_000):
            words = f"<p>{n} {prose(chance, 80)}</p>"
            page = f"<html><head><title>Titre {n}</title></head><body><article>{words}</article>"
            packed.writestr(f"pages/{n}.html", f"{page}<!--{'-' * 1_000_000}--></body></html>")


def main() -> int:
    """Make, read, drop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where there is room for two gigabytes")
    parser.add_argument(
        "--megabytes", type=int, default=1000, help="of the PDF; twice it is the ZIP's"
    )
    args = parser.parse_args()
    size, bad = args.megabytes * 1_000_000, 0
    with tempfile.TemporaryDirectory(dir=args.folder, prefix="selon-sizes-") as folder:
        for name, most, made in (("large.pdf", size, pdf), ("large.zip", 2 * size, archive)):
            path = Path(folder) / name
            with path.open("wb") as out:
                made(out, most, random.Random(1))
            done = subprocess.run([sys.executable, "-c", READ, path, str(MOST)], check=False)
            bad += done.returncode != 0
            path.unlink()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
