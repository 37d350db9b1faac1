"""Fetch the scripts and the typeface of others that the room's pages load; `--check` only compares.

They come from npm, each at one version whose tarball has the hash below, and are committed as they
are with their licences, so that `pip install .` needs no network and a page asks no other machine.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src" / "selon" / "web" / "assets" / "vendor"
SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True)
class Package:
    """One npm package: its version, the hash that npm gives for it, the files wanted."""

    name: str
    version: str
    integrity: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "cytoscape",
        "3.35.0",
        "sMvBIXiGMnhkCaWz2R06FwF/27MNlS+Tqvi17foO9UhnUg3XGZccKjxsvEqQFAQYMSSZmN5SxYzUYlQ0DOJJ3g==",
        ("dist/cytoscape.min.js", "LICENSE"),
    ),
    Package(
        "echarts",
        "6.1.0",
        "q0yaFPggC9FUdsWH4blavRWFmxdrIodbkoKNAjJudAI6CA9gNPxHtV2RcZNEepZVlk4yvBYkOkbk6HIVpIyHZA==",
        ("dist/echarts.min.js", "LICENSE", "NOTICE", "licenses/LICENSE-d3"),
    ),
    Package(
        "d3-dispatch",
        "3.0.2",
        "sAzH4Y4nsLo8eSqw5jKiZt+LU2wZmL/qS+OkxQGjhwazB/D7TY34R/QK1eshfGr7cZEKymKZ/Haem7m+lu98Sg==",
        ("dist/d3-dispatch.min.js", "LICENSE"),
    ),
    Package(
        "d3-quadtree",
        "3.0.2",
        "9Lu9mqJKRbIk0d6mKDjpvPURaPdwHVK5CYbcdd0/4vBgz4ldz/7TIOse3kNERsByGNfld58KEco507AztJWyTQ==",
        ("dist/d3-quadtree.min.js", "LICENSE"),
    ),
    Package(
        "d3-timer",
        "3.0.2",
        "1Il1aliroVSErrv5aulRBxAY+7+DnaoLIWGd1C6SsBTWDeobWiP/V69vwb8vT6abR1kKwaNe1196pmaQ1fK90A==",
        ("dist/d3-timer.min.js", "LICENSE"),
    ),
    Package(
        "d3-force",
        "3.0.1",
        "kAaaHLFebBYwgi5cYBXAI8vKrQFMCD2MEswj2QuPKKbdU1wYLc8WXtS7O8F/b6POCIe3gJjY6hkDstHi1yMETQ==",
        ("dist/d3-force.min.js", "LICENSE"),
    ),
    # One file a cut: the variable one with optical sizes weighs six times as much.
    Package(
        "@fontsource/source-serif-4",
        "5.3.1",
        "cWcTCXjYYrgF9A67fThVir1VSc0lPEYmwQ6jA4pPt01s2MSCi/maINUcZoCzaqnU8fyUReDO97eGcBUkHgOeug==",
        (
            *(
                f"files/source-serif-4-{letters}-{cut}.woff2"
                for letters in ("latin", "latin-ext")
                for cut in ("400-normal", "400-italic", "600-normal", "600-italic")
            ),
            "LICENSE",
        ),
    ),
)


def fetched(package: Package, folder: Path) -> Path:
    """The package's tarball, from npm; ends the program where its hash is another."""
    asked = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    subprocess.run(asked, cwd=folder, check=True, capture_output=True, timeout=300)
    # npm names the tarball of `@scope/name` so.
    plain = package.name.removeprefix("@").replace("/", "-")
    path = folder / f"{plain}-{package.version}.tgz"
    found = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if found != package.integrity:
        sys.exit(f"{path.name}: sha512-{found}, not sha512-{package.integrity}")
    return path


def target(package: Package, file: str) -> Path:
    """Where a file goes: scripts and typefaces by their own names, licences beside them."""
    name = Path(file).name
    own = name.endswith((".js", ".woff2"))
    return VENDOR / (name if own else f"{package.name.rpartition('/')[2]}.{name}.txt")


def unpack(package: Package, tarball: Path) -> None:
    """Write the files wanted of a package."""
    with tarfile.open(tarball) as archive:
        for file in package.files:
            member = archive.extractfile(f"package/{file}")
            if member is None:
                sys.exit(f"{package.name}: no {file}")
            target(package, file).write_bytes(member.read())


def fetch() -> None:
    """Write all files anew, and their sums."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            unpack(package, fetched(package, Path(folder)))
    (VENDOR / SUMS).write_text("".join(f"{line}\n" for line in sums()), "utf-8")


def sums() -> list[str]:
    """A line `DIGEST  NAME` for each file that is to be there."""
    names = sorted(target(p, f) for p in PACKAGES for f in p.files)
    return [f"{hashlib.sha256(n.read_bytes()).hexdigest()}  {n.name}" for n in names]


def main() -> int:
    """Fetch, or with `--check` compare; 1 where a file is not as it was fetched."""
    if "--check" not in sys.argv:
        fetch()
        return 0
    try:
        same = sums() == (VENDOR / SUMS).read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        print(error)
        return 1
    if not same:
        print(f"{VENDOR}: not as fetched; run scripts/assets.py")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
