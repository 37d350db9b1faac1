"""Makes src/selon/data/rare-first-names.tsv: seldom first names and the gender of their bearers.

    python scripts/rare_first_names.py INSEE.csv

INSEE.csv: name, male_count, female_count… (Insee, Fichier des prénoms, Licence Ouverte 2.0, as
gathered in propp-fr). Added to it: the first names of src/selon/data/officeholders.csv (Wikidata,
CC0), where all who bear one are of one gender. What first-names.tsv has is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "src" / "selon" / "data"
LEAST, SHARE = 20, 0.9
HEAD = """\
# Seldom first names and the gender of nine in ten bearers (m, f); see docs/en/explanation/who.md.
# Sources: Insee, Fichier des prénoms (Licence Ouverte 2.0), given 20 to 149 times; Wikidata (CC0),
# first names of office-holders. Made by scripts/rare_first_names.py.
"""


def insee(path: Path) -> dict[str, str]:
    """Names of one gender that are given LEAST times or more."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {
            row["name"]: row["predominant_gender"][:1].lower()
            for row in csv.DictReader(rows, delimiter="\t")
            if float(row["overall_count"]) >= LEAST and float(row["max_ratio"]) >= SHARE
        }


def holders(path: Path) -> dict[str, str]:
    """First names of office-holders, where all bearers are of one gender."""
    found: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as rows:
        lines = (line for line in rows if not line.startswith("#"))
        for row in csv.DictReader(lines):
            first, _, rest = row["name"].partition(" ")
            if rest and row["gender"] in ("m", "f") and len(first) > 2 and "." not in first:
                found[first.lower()].add(row["gender"])
    return {name: genders.pop() for name, genders in found.items() if len(genders) == 1}


def main() -> None:
    """Write the table."""
    lines = (DATA / "first-names.tsv").read_text("utf-8").splitlines()
    known = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    table = {**holders(DATA / "officeholders.csv"), **insee(Path(sys.argv[1]))}
    kept = sorted((n, g) for n, g in table.items() if n not in known and n.isprintable())
    body = "".join(f"{name}\t{gender}\n" for name, gender in kept)
    (DATA / "rare-first-names.tsv").write_text(HEAD + body, "utf-8")


if __name__ == "__main__":
    main()
