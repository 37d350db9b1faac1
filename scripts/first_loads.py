"""What each page of the reading room weighs at its first load, in a real browser, and how wide it is.

Run: `python scripts/first_loads.py http://127.0.0.1:8765` beside `selon serve`; `--axe axe.min.js`
also asks axe-core for serious faults, in the light and in the dark. Pages are those of
`selon.bench.routes`, drawn from `--library`, and the others of the room. Bytes are as they were
sent: page, style, scripts and fonts, nothing cached.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from selon.bench.routes import routes

MAX_BYTES: Final = 100_000
OTHERS: Final = (
    *("/review?queue=speaker", "/review?queue=rule&form=direct", "/review?queue=log", "/sign"),
    *("/review?queue=orphans", "/about", "/watch?words=pont", "/check", "/coverage", "/add"),
    *("/article/999999999", "/enter", "/?words=baobab+rose", "/numbers?of=form&columns=month"),
)
AXE: Final = (
    "axe.run({resultTypes: ['violations']}).then(r => r.violations"
    ".filter(v => ['serious', 'critical'].includes(v.impact))"
    ".map(v => v.id + ': ' + v.nodes[0].html.slice(0, 120)))"
)


def main() -> int:
    """Print each page's bytes, requests and width at 360 px; 1 where one is too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--each", type=int, default=2, help="addresses of each route")
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    args = parser.parse_args()
    found = routes(args.library, args.each)
    addresses = [
        address
        for name, many in found.items()
        if not name.startswith("api") and name != "export"
        for address in dict.fromkeys(many)
    ]
    worst, bad = 0, 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=args.chromium, args=["--no-sandbox"])
        for address in dict.fromkeys([*addresses, *OTHERS]):
            sent, asked = _weight(browser, args.room + address)
            wrong = _wrong(browser, args.room + address, args.axe)
            worst = max(worst, sent)
            if sent > MAX_BYTES or wrong:
                bad += 1
            print(f"{sent / 1000:6.1f} kB {asked:3d} {address} {'; '.join(wrong)}", flush=True)
    print(f"heaviest {worst / 1000:.1f} kB; {bad} pages with something wrong")
    return 1 if bad else 0


def _weight(browser: Any, address: str) -> tuple[int, int]:
    """The bytes and requests of a first visit."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(120_000)
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    sent: list[int] = []
    session.on("Network.loadingFinished", lambda told: sent.append(int(told["encodedDataLength"])))
    tab.goto(address, wait_until="networkidle")
    context.close()
    return sum(sent), len(sent)


def _wrong(browser: Any, address: str, axe: Path | None) -> list[str]:
    """What is too wide for a telephone, and what axe-core says in either scheme."""
    wrong: list[str] = []
    for scheme, width in (("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)):
        if axe is None and (scheme, width) != ("light", 360):
            continue
        context = browser.new_context(
            locale="fr-FR",
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            bypass_csp=True,
        )
        context.set_default_timeout(120_000)
        tab = context.new_page()
        tab.goto(address)
        wide = int(tab.evaluate("document.documentElement.scrollWidth"))
        if wide > width:
            wrong.append(f"{wide} px wide at {width}")
        if axe is not None:
            tab.evaluate(axe.read_text())
            wrong += [f"{scheme} {width}: {fault}" for fault in tab.evaluate(AXE)]
        context.close()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
