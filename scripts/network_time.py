"""How long the picture of the network takes to draw in a browser: `network_time.py LIBRARY.db [--nodes 2000]`.

The page is the room's own; the network is made up (each name tied to about three, as a few who are
quoted by very many), so that any library with outlets will do. Told are the wall time from the answer of the API to
the picture, and the processor time of the page's thread meanwhile (for a machine that others use).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from selon.bench.web import serve_library

CHROMIUM = os.environ.get("SELON_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu"]
MARKS = "performance.getEntriesByType('resource').find(e => e.name.includes('/api/network'))"


def network(nodes: int, edges: int, seed: int = 3) -> dict[str, Any]:
    """A made-up network as `/api/network` tells one: few have many ties, most have few."""
    chance = random.Random(seed)
    kinds = ("person", "person", "organisation", "outlet", "place")
    ties: dict[tuple[int, int], int] = {}
    for n in range(1, nodes):
        ties[n, int(n * chance.random() ** 2)] = 1 + int(30 * chance.random() ** 6)
    while len(ties) < edges:
        a, b = (int(nodes * chance.random() ** 2) for _ in range(2))
        if a != b:
            ties[a, b] = 1 + int(30 * chance.random() ** 6)
    out, into = [0] * nodes, [0] * nodes
    for (a, b), n in ties.items():
        out[a] += n
        into[b] += n
    return {
        **{"tie": "quotes", "source": "outlet", "target": "speaker", "query": "", "least": 1},
        **{"near": None, "all_nodes": nodes, "all_edges": len(ties)},
        "nodes": [
            {
                **{"asks": f"@{n}", "name": f"Personne Numéro {n}", "type": kinds[n % 5]},
                **{"out": out[n], "into": into[n]},
            }
            for n in range(nodes)
        ],
        "edges": [{"source": f"@{a}", "target": f"@{b}", "n": n} for (a, b), n in ties.items()],
    }


def draw(page: Page, address: str, made: dict[str, Any]) -> tuple[float, float, float]:
    """Wall seconds from the answer to the picture, seconds of placing, and processor seconds."""

    meter = page.context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    before: list[float] = []

    def told(route: Route) -> None:
        # All that the page is made of is there, and nothing is drawn.
        before.append(_busy(meter))
        route.fulfill(json=made)

    page.route("**/api/network?*", told)
    page.goto(f"{address}/network", wait_until="domcontentloaded")
    if page.locator(".net").count() == 0:
        sys.exit("no statement of this library has an outlet: its page has no picture")
    page.wait_for_selector("[data-drawn]", timeout=300_000)
    wall = page.evaluate(f"performance.now() - {MARKS}.responseEnd") / 1000
    placed = float(page.locator(".net").get_attribute("data-took") or 0) / 1000
    return wall, placed, _busy(meter) - before[0]


def _busy(meter: CDPSession) -> float:
    """Seconds of the processor that the page's thread has had."""
    told = meter.send("Performance.getMetrics")["metrics"]
    return float({m["name"]: m["value"] for m in told}["TaskDuration"])


def main() -> int:
    """Draw some times; 1 where the median of the processor's time is over a second and a half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--nodes", type=int, default=2_000)
    parser.add_argument("--edges", type=int, default=3_000)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    made, taken = network(args.nodes, args.edges), []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = Path(folder) / "a.db"
        shutil.copy(args.library, path)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serve_library(path, "--read-only") as (port, _process):
            for _ in range(args.times):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                wall, placed, busy = draw(page, f"http://127.0.0.1:{port}", made)
                taken.append(busy)
                print(
                    f"wall {wall:.2f} s, of it placing and drawing {placed:.2f} s; page's thread {busy:.2f} s",
                    flush=True,
                )
                page.close()
        browser.close()
    return 1 if sorted(taken)[len(taken) // 2] > 1.5 else 0


if __name__ == "__main__":
    sys.exit(main())
