"""Imported by the server of worker processes: what they all need is loaded once, and shared.

`SELON_WARM` names languages, each with its reader (`fr/encoder`); what goes wrong here is told when it is wanted.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from selon import lang, pipeline
from selon.errors import SelonError
from selon.reading import parse, reader
from selon.records import Article

# Whatever the language: a reading makes what is only made when it is first wanted.
_TEXT = "« A. B. », C. D. – 2020 : « E »."

for _wanted in filter(None, os.environ.get("SELON_WARM", "").split(",")):
    _code, _mark, _reader = _wanted.partition("/")
    with suppress(SelonError, ImportError):
        _network = (
            None if _reader == "grammar" else reader.load(guideline=reader.guideline(_reader))
        )
        _pack = lang.load(_code)
        parse.load_parser(_pack.model)
        for _ in pipeline.read([Article("", _TEXT, _code, published="2020")], _pack, _network):
            pass
# What is loaded stays: no worker looks for garbage in it, which would make its pages the worker's own.
gc.collect()
gc.freeze()
