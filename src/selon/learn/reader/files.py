"""The model file: a zip archive whose bytes depend on its members alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from selon.reading.reader.network import MEMBERS

# A fixed time of every member: the same weights give the same file.
WHEN: Final = (2026, 1, 1, 0, 0, 0)


def write(out: Path, members: Mapping[str, bytes]) -> None:
    """Write the members in their order."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in MEMBERS:
            archive.writestr(zipfile.ZipInfo(name, WHEN), members[name], zipfile.ZIP_DEFLATED)
