"""Make the knowledge base that comes with Selon: the clean table of office-holders, then the file.

    python scripts/default_kb.py table DATA   # officeholders.csv from DATA/officeholders
    python scripts/default_kb.py file         # src/selon/data/default.db from the shipped tables

DATA/officeholders holds the answers that the EveryPolitician scrapers had from Wikidata in 2022
(facts, CC0). What is mended or left out, and why, stands in the constants below.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from selon.kb.build import build
from selon.kb.days import clean
from selon.kb.roles import by_qid, countries, parse
from selon.kb.table import COLUMNS
from selon.names import likeness

HERE = Path(__file__).parent.parent / "src" / "selon" / "data"
AS_OF = "2022-07-23"
TABLES = {
    "china-ministers": "CN", "france-cabinet": "FR", "iran-ministers": "IR", "iraq-ministers": "IQ",
    "israel-ministers": "IL", "russia-cabinet": "RU", "turkey-ministers": "TR",
    "ukraine-cabinet": "UA", "united-kingdom-cabinet": "GB", "us-cabinet": "US", "world-orgs": "ZZ",
}  # fmt: skip
# Held by many at once, local, or too small to be named by the office alone.
LEFT_OUT = re.compile(
    r"""ambassador|permanent\ representative|lord\ lieutenant|lieutenant\ governor|parliamentary
    |assistant|under.?secretary|lord\ of\ the|minister\ of\ state|secretary\ of\ state\ of
    |regional\ council|deputy\ minister|\bconsul\b|high\ commissioner\ to
    |^governor\ of\ (?!.*(bank|banque)|texas|california|florida|new\ york)
    |^head\ of\ (the\ )?(respublic|republic|samara|chelyabinsk|izhevsk)
    |minister\ for\ (portsmouth|london|yorkshire|the\ east|prisons|employment)""",
    re.IGNORECASE | re.VERBOSE,
)
# (person, role) that are false: vandalism, or an item of another country's office.
FALSE = {
    ("Q360961", "Minister of the Interior", "FR"),  # Natan Sharansky was minister of Israel.
    ("Q273396", "Minister of Europe and Foreign Affairs", "FR", "2005-06-02"),  # was a delegate
}
# Days that the table has wrong by a slip, known from the official gazette.
_BERCY = "Minister of the Economy, Finances and Industry"
MENDED = {
    ("Q1726930", "Minister of the Interior", "2018-10-16"): ("2018-10-16", "2020-07-06"),
    ("Q2965623", _BERCY, "1999-11-02"): ("1999-11-02", "2000-03-27"),
}
# Others were ministers of the Economy while Michel Sapin was minister of Finance.
RENAMED = {("Q713296", _BERCY): "Minister of Finance"}


def _rows(data: Path) -> list[dict[str, str]]:
    found = []
    for name, country in TABLES.items():
        path = data / "officeholders" / f"{name}.holders21.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.append(
                    {
                        "id": row["personID"], "name": row["person"], "country": country,
                        "role": row["position"], "start": row["start"], "end": row["end"],
                        "gender": row.get("gender") or "", "also": row.get("enwiki") or "",
                        "died": row.get("DOD") or "",
                    }
                )  # fmt: skip
    found += _world(data)
    return found


def _world(data: Path) -> list[dict[str, str]]:
    """Heads of state and government, and foreign ministers, of the countries without a table."""
    done = set(TABLES.values())
    found = []
    for name, columns in (
        ("world-leaders-2021.wikidata", ("officeholder", "officeholderLabel", "countryid")),
        ("world-foreign-ministers.wikidata", ("person", "name", "country")),
    ):
        with (data / "officeholders" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                person, label, where = (row[c] for c in columns)
                code = by_qid().get(where)
                if not person or code is None or code in done:
                    continue
                start = row.get("start") or row.get("start_year") or ""
                found.append(
                    {
                        "id": person, "name": label, "country": code, "role": row["positionLabel"],
                        "start": start, "end": row.get("end_year") or "", "gender": "", "also": "",
                        "died": "",
                    }
                )  # fmt: skip
    return found


def _clean(row: dict[str, str]) -> dict[str, str] | None:
    if LEFT_OUT.search(row["role"]) or not re.fullmatch(r"Q\d+", row["id"]):
        return None
    if re.fullmatch(r"Q\d+", row["name"]) or not row["name"].strip():
        return None
    role = re.sub(r"\s*\([^)]*\)|^Vice-?\s?President as |the State of ", "", row["role"]).strip()
    key = (row["id"], role, row["country"])
    if key in FALSE or (*key, row["start"]) in FALSE:
        return None
    parsed = parse(role)
    if (
        parsed.head is None
        or parsed.marks - {"interim"}
        or (parsed.countries and row["country"] not in parsed.countries)
    ):
        return None
    name, also = row["name"], re.sub(r"\s*\([^)]*\)", "", row["also"])
    if also and likeness(name, also) < 0.5:
        # The title of the encyclopedia's page is harder to vandalise than a label.
        name = also
    start, end = clean(row["start"]) or "", clean(row["end"]) or ""
    start, end = MENDED.get((row["id"], role, start), (start, end))
    role = RENAMED.get((row["id"], role), role)
    if end and start and end < start[: len(end)]:
        return None
    return {
        "id": row["id"], "name": name, "aliases": also if also != name else "", "type": "person",
        "gender": row["gender"][:1] if row["gender"] in ("male", "female") else "",
        "country": row["country"], "role": role, "org": "",
        "start": start, "end": end or clean(row["died"]) or "",
    }  # fmt: skip


def table(data: Path) -> None:
    """Write the clean table of office-holders."""
    rows = [r for r in map(_clean, _rows(data)) if r]
    unique = {tuple(r[c] for c in COLUMNS): r for r in rows}
    order = sorted(unique.values(), key=lambda r: (r["country"], r["role"], r["start"], r["id"]))
    with (HERE / "officeholders.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(order)
    print(f"{len(order)} tenures of {len({r['id'] for r in order})} people")


def file() -> None:
    """Compile the shipped tables into the default knowledge base."""
    with TemporaryDirectory() as name:
        places = Path(name) / "countries.csv"
        with places.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(("id", "name", "aliases", "type", "country"))
            for c in countries().values():
                rows.writerow(
                    (c.qid, c.french[0], "|".join((*c.french[1:], *c.english)), "place", c.code)
                )
        sources = [HERE / "officeholders.csv", HERE / "agencies.csv", places]
        report = build(HERE / "default.db", sources, AS_OF)
    print(dict(report.counts), dict(report.faults))
    for why, example in report.examples.items():
        print(f"  {why}: {example}")


if __name__ == "__main__":
    if sys.argv[1] == "table":
        table(Path(sys.argv[2]))
    else:
        file()
