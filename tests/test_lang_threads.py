"""Threads that ask for a language at once get one pack, and the process lives.

The reading room's pages run in threads; two that first decoded the same type at once ended it.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED_AT_ONCE = """
import sys, threading
from selon import lang
sys.setswitchinterval(1e-6)
gate, packs = threading.Barrier(8), []
def ask():
    gate.wait()
    packs.append(lang.load({code!r}))
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(packs), len({{id(pack) for pack in packs}}))
"""


@pytest.mark.parametrize("code", ["fr", "en"])
def test_eight_threads_get_one_pack(code: str) -> None:
    order = [sys.executable, "-c", ASKED_AT_ONCE.format(code=code)]
    answer = subprocess.run(order, capture_output=True, text=True, timeout=300)
    assert (answer.returncode, answer.stdout.split()) == (0, ["8", "1"]), answer.stderr
