"""Getting articles in: one module a format, one door.

`articles(source, options)` answers with an `Article` or a `Failure` for each article of a file or
of standard input (`-`). A new format is a module with `read` and a line in `formats.FORMATS`.
"""

from __future__ import annotations

from selon.ingest.options import ReadOptions
from selon.ingest.reader import articles, from_text, with_heading

# The name of before 0.2, for one release.
Options = ReadOptions

__all__ = ["Options", "ReadOptions", "articles", "from_text", "with_heading"]
