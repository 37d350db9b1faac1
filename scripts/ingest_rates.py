"""Measure how many articles a second each format gives: ingest_rates.py [--words N] [--rounds N].

Made-up files of articles of so many words, in processor time, the language's detection included; beside
web pages and PDF, how many their parser alone gives (trafilatura's text with its metadata; pdfium's
characters with their places, without which no column is told).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import ingest_containers as containers
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
        "factiva.rtf": containers.rtf(lines),
        "factiva.docx": containers.docx(("Heading1" if w[:1] == "*" else "", w.lstrip("*")) for w in lines),
        "large.html": large_page(more).encode(),
        "article.odt": containers.odt("".join(f"<text:p>{t}</text:p>" for t in texts[:1])),
        "issue.epub": containers.epub({f"{n}.xhtml": page.format(n=n, p=f"<p>{t}</p>") for n, t in enumerate(texts)}),
        "page.pdf": containers.pdf([column]),
        "nitf.xml": made.NITF.replace(made.MORE, more).encode(),
        "corpus.txt": "".join(f"**** *source_C *date_2026-03-12\n{t}\n" for t in texts).encode(),
        "box.mbox": "".join(
            f"From a@b Thu Mar 12 08:15:00 2026\nFrom: La Gazette <a@b>\nSubject: {n}\nMessage-ID: <{n}>\n\n{t}\n\n"
            for n, t in enumerate(texts)
        ).encode(),
    }  # fmt: skip


def large_page(more: str) -> str:
    """A page as papers send it: a hundred kilobytes, of which the article is a twentieth."""
    menu = "".join(
        f'<li class="item"><a href="/{n}.html"><span>Rubrique {n}</span></a></li>'
        for n in range(500)
    )
    script = f"<script>window.page = {json.dumps({str(n): 'v' * 60 for n in range(400)})}</script>"
    text = "".join(f"<p>{made.SAID} {more[:500]} {n}</p>" for n in range(max(1, len(more) // 500)))
    head = f'<title>Le pont</title><meta property="og:site_name" content="La Gazette">{script}'
    return (
        f'<!DOCTYPE html><html lang="fr"><head>{head}</head><body><nav><ul>{menu}</ul></nav><main><article>'
        f"<h1>Le pont</h1>{text}</article></main><aside><ul>{menu}</ul></aside></body></html>"
    )


def parse_page(data: bytes) -> None:
    """What trafilatura does of a page."""
    from trafilatura import bare_extraction

    bare_extraction(data.decode(), with_metadata=True)


def parse_pdf(data: bytes) -> None:
    """What pdfium does of a document: every character and its place."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        for n in range(text.count_chars()):
            text.get_charbox(n)
        text.get_text_range()
        text.close()
        page.close()
    document.close()


PARSERS = {"a.html": parse_page, "large.html": parse_page, "page.pdf": parse_pdf}


def rate(work: Callable[[], int], rounds: int) -> float:
    """How many a second, in processor time."""
    # What is loaded once is no file's time.
    work()
    begun = time.process_time()
    done = sum(work() for _n in range(rounds))
    return done / (time.process_time() - begun)


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

            def read(path: Path = path) -> int:
                return sum(isinstance(i, Article) for i in articles(path))

            ours = rate(read, args.rounds)
            line = f"{name:14} {ours:8.0f} articles a second"
            if name in PARSERS:

                def alone(name: str = name, data: bytes = data) -> int:
                    PARSERS[name](data)
                    return 1

                parser_rate = rate(alone, args.rounds)
                line += f"; its parser alone {parser_rate:.0f}: {ours / parser_rate:.2f} of it"
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
