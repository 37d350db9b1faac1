"""Run what takes too long for every change, one part after the other, and say what came of each.

nightly.py [--only installs,fuzz,cases,shared,sizes,rates] [--quick]: 1 where a part failed; a part that cannot
run here is left out and told. `--quick` tries all of it small (ten broken files a format, fifty megabytes).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "cases"


def parts(*, quick: bool) -> dict[str, list[str]]:
    """The command of each part."""
    python = sys.executable
    selon = str(Path(python).parent / "selon")
    tests = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").glob("test_ingest*.py"))
    small = ["--extras", "warc,documents"] if quick else ["--lowest"]
    return {
        # Every format in fresh environments: bare and with each extra, newest and oldest.
        "installs": [python, "scripts/clean_install.py", *small],
        "fuzz": [python, "scripts/fuzz_ingest.py", "--count", "10" if quick else "90"],
        "cases": [python, "-m", "pytest", "-n0", *tests, "tests/test_library_upkeep.py",
                   "tests/test_library_faults.py", "tests/test_watch.py"],
        "shared": [python, str(SHARED / "score_files.py"), selon, str(SHARED / "file-cases")],
        "sizes": [python, "scripts/ingest_sizes.py", "--megabytes", "50" if quick else "1000"],
        "rates": [python, "scripts/ingest_rates.py", "--rounds", "5" if quick else "20"],
    }  # fmt: skip


def missing(name: str) -> str | None:
    """Why a part cannot run here."""
    if name == "shared" and not SHARED.exists():
        return f"no {SHARED}"
    return None


def passed(name: str, command: list[str]) -> bool:
    """Whether a command did what it should; the scorer answers 0 whatever it counts."""
    if name != "shared":
        return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    print(done.stdout + done.stderr, flush=True)
    count, _of, cases = (done.stdout.strip().rpartition("\n")[2]).partition(" / ")
    return done.returncode == 0 and count == cases != ""


def main() -> int:
    """Run, count, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="these parts, by name")
    parser.add_argument("--quick", action="store_true", help="all of it, small")
    args = parser.parse_args()
    every = parts(quick=args.quick)
    wanted = args.only.split(",") if args.only else list(every)
    told: list[tuple[str, str]] = []
    for name in wanted:
        why = missing(name)
        if why:
            told.append((name, f"left out: {why}"))
            continue
        print(f"==== {name}", flush=True)
        begun = time.monotonic()
        fine = passed(name, every[name])
        told.append((name, f"{'ok' if fine else 'FAILED'}, {time.monotonic() - begun:.0f} s"))
    print("====")
    for name, what in told:
        print(f"{name:9} {what}")
    return int(any(what.startswith("FAILED") for _name, what in told))


if __name__ == "__main__":
    sys.exit(main())
