"""Imported by the server of worker processes: what they all need is loaded once, and shared.

`SELON_WARM` names languages; what goes wrong here is told when it is wanted.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from selon import lang, parse
from selon.faults import SelonError

for _code in filter(None, os.environ.get("SELON_WARM", "").split(",")):
    with suppress(SelonError, ImportError):
        parse.loaded(lang.load(_code).model)
# What is loaded stays: no worker looks for garbage in it, which would make its pages the worker's own.
gc.collect()
gc.freeze()
