"""Break made-up files of every format and read them: fuzz_ingest.py [--count N] [--seed S] [--only NAME].

Bytes are flipped, cut, doubled and put at other places. Says each file that raises anything or takes
more than five seconds, and leaves it in a folder; exit status 1 where there was one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import ingest_made
from selon.ingest import articles
from selon.records import Article, Failure

_SLOW_SECONDS = 5.0
# What breaks parsers more than chance does.
_TOKENS = (
    *(b"\x00", b"\xff\xfe", b"<", b"</p>", b"{", b"}", b"\\u-1?", b"\\bin9999999 ", b"--", b"\n"),
    *(b"&#0;", b"PK\x03\x04"),
)


def broken(data: bytes, chance: random.Random) -> bytes:
    """The file after one to eight accidents."""
    made = bytearray(data)
    for _n in range(chance.randrange(1, 9)):
        if not made:
            break
        at = chance.randrange(len(made))
        length = min(len(made) - at, chance.choice((1, 1, 2, 8, 64, 512)))
        kind = chance.randrange(6)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = made[at : at + length]
        elif kind == 3:
            made[at : at + length] = bytes(chance.randrange(256) for _b in range(length))
        elif kind == 4:
            made[at:at] = chance.choice(_TOKENS)
        else:
            del made[at:]
    return bytes(made)


def faulty(path: Path) -> str | None:
    """What is wrong with the reading of a file; nothing where it is as it must be."""
    # Of the processor, not of the clock: others work on this machine too.
    begun = time.process_time()
    try:
        for item in articles(path):
            if isinstance(item, Article):
                item.text.encode("utf-8")
                (item.title or "").encode("utf-8")
            else:
                assert isinstance(item, Failure)
                assert item.error
                assert item.remedy
    except KeyboardInterrupt:
        raise
    except BaseException:
        # A panic in a compiled parser is no Exception.
        return traceback.format_exc()
    seconds = time.process_time() - begun
    return f"{seconds:.1f} seconds" if seconds > _SLOW_SECONDS else None


def sound() -> dict[str, bytes]:
    """The made-up files by their names: one a format, and one a layout."""
    cases = Path(ingest_made.__file__).parent / "file_cases"
    files = sorted(p for p in cases.iterdir() if p.name != "expected.jsonl")
    return {**ingest_made.FILES, **{path.name: path.read_bytes() for path in files}}


def main() -> int:
    """Break, read, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="broken files a format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", help="the name of one made-up file")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    # What is loaded once is no file's time.
    list(articles(Path(__file__).parent.parent / "examples" / "page.html"))
    folder = Path(tempfile.mkdtemp(prefix="selon-fuzz-"))
    total = bad = 0
    for name, data in sound().items():
        if args.only and name != args.only:
            continue
        begun = time.monotonic()
        for n in range(args.count):
            path = folder / name
            path.write_bytes(broken(data, chance))
            total += 1
            said = faulty(path)
            if said:
                bad += 1
                kept = folder / f"bad-{bad}-{n}-{name}"
                path.rename(kept)
                print(f"{kept}:\n{said}")
            else:
                path.unlink()
        print(f"{name}: {args.count} in {time.monotonic() - begun:.1f} s", flush=True)
    print(f"{total} files, {bad} faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
