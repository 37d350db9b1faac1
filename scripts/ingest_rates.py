"""Measure how many articles a second each format gives: ingest_rates.py [--words N] [--rounds N].

Made-up files of articles of so many words, in processor time, the language's detection included.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import ingest_made as made
from selon.ingest import articles
from selon.records import Article


def files(words: int) -> dict[str, bytes]:
    """A file a format, of twenty articles where the format holds many."""
    more = " ".join([made.MORE] * (words // 13))
    texts = [f"{made.SAID} {n}. {more}" for n in range(20)]
    page = "<html><head><title>Le pont {n}</title></head><body><article><h1>Le pont</h1>{p}</article></body></html>"
    paragraphs = "".join(
        f"<p>{made.SAID} {more[:500]}</p>" for _n in range(max(1, len(more) // 500))
    )
    lines = [w for n, t in enumerate(texts) for w in (
        f"*Le pont {n}", "42 mots", "12 mars 2026", "Le Courrier", "COURR", "Français", "© 2026", t,
        f"Document COURR00020260312em3c{n:05d}")]  # fmt: skip
    table = "Titre;Source;Date;Texte\n" + "".join(f'T;C;12/03/2026;"{t}"\n' for t in texts)
    column = [
        (40.0, 560.0 - 12 * n, 9.0, more[60 * n : 60 * n + 60])
        for n in range(min(44, len(more) // 60))
    ]
    return {
        "a.txt": texts[0].encode(),
        "a.jsonl": "".join(json.dumps({"text": t}) + "\n" for t in texts).encode(),
        "a.csv": table.encode(),
        "a.html": page.format(n=1, p=paragraphs).encode(),
        "factiva.rtf": made.rtf(lines),
        "factiva.docx": made.docx(("Heading1" if w[:1] == "*" else "", w.lstrip("*")) for w in lines),
        "article.odt": made.odt("".join(f"<text:p>{t}</text:p>" for t in texts[:1])),
        "issue.epub": made.epub({f"{n}.xhtml": page.format(n=n, p=f"<p>{t}</p>") for n, t in enumerate(texts)}),
        "page.pdf": made.pdf([column]),
        "nitf.xml": made.NITF.replace(made.MORE, more).encode(),
        "corpus.txt": "".join(f"**** *source_C *date_2026-03-12\n{t}\n" for t in texts).encode(),
        "box.mbox": "".join(
            f"From a@b Thu Mar 12 08:15:00 2026\nFrom: La Gazette <a@b>\nSubject: {n}\nMessage-ID: <{n}>\n\n{t}\n\n"
            for n, t in enumerate(texts)
        ).encode(),
    }  # fmt: skip


def main() -> int:
    """Make, read, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files(args.words).items():
            path = Path(folder) / name
            path.write_bytes(data)
            # What is loaded once is no file's time.
            list(articles(path))
            begun = time.process_time()
            read = [
                i for _n in range(args.rounds) for i in articles(path) if isinstance(i, Article)
            ]
            seconds = time.process_time() - begun
            print(f"{name:14} {len(read) / seconds:8.0f} articles a second", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
