"""Compile every catalogue of words (`.po` to `.mo`); `--check` only says which are stale."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "src" / "selon" / "locale"
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def compiled(path: Path) -> bytes:
    """What the catalogue's compiled file must hold."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    # A header that changes by the minute would make every compiled file stale.
    catalogue.project, catalogue.version = "selon", "1"
    catalogue.creation_date = catalogue.revision_date = EPOCH
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    """Write, or with `--check` compare; 1 where a file is stale."""
    stale = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        made, target = compiled(path), path.with_suffix(".mo")
        if target.exists() and target.read_bytes() == made:
            continue
        if "--check" in sys.argv:
            print(f"{target}: stale; run make catalogues")
            stale = 1
        else:
            target.write_bytes(made)
            print(target)
    return stale


if __name__ == "__main__":
    sys.exit(main())
