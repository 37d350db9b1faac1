"""Names are the field's words (see the glossary of CONTRIBUTING.md): no metaphors, no bare participles."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "selon"

# What each stood for, and the word for it now.
BANNED = {
    "tongue": "language, or i18n",
    "tongues": "languages",
    "faults": "errors",
    "garbage": "gc",
    "seldom": "fewer_collections",
    "transit": "ipc",
    "crew": "WorkerPool",
    "rivals": "reranker",
    "boosted": "gbdt",
    "desk": "JobQueue, or ScratchBuffers",
    "shelf": "store",
    "holdings": "library_provider",
    "door": "reader, or NavItem",
    "doors": "NAVIGATION",
    "saying": "ReusedQuote",
    "kin": "match",
    "kinship": "similarity",
    "tenor": "polarity",
    "manners": "HttpSettings",
    "hasten": "optimize",
    "mended": "clear_resolved",
    "telling": "serializers",
    "ownable": "is_distinctive",
    "abroad": "crosslingual",
    "room": "web (the reading room is the product, for people)",
    "ledger": "reuse",
    "utils": "what it does",
    "helpers": "what they do",
    "manager": "what it does",
}
# A function is a verb, or says its product: these say neither.
PARTICIPLES = frozenset(
    "told found made said shown kept held given taken led met seen asked wanted written read_anew dated laid "
    "spoken drawn opened closed packed unpacked parsed decoded folded listed named joined marked noted joined "
    "resolved merged ordered grouped identified judged measured spawned compared counted corrected mapped "
    "cited signed shared exported looked stretched apart alone anew beside near behind around across".split()
)
# Names of the outside: a bench and a test of another program's word; words of the public contract.
ALLOWED: frozenset[str] = frozenset(
    """
bench/errors.py:_written
bench/numbers.py:made
cli/judge.py:_corrected
cli/plot.py:_asked
ingest/corpora.py:_named
ingest/corpora.py:packed
ingest/given.py:_dated
ingest/page_parts.py:_signed
ingest/pdf.py:_opened
ingest/tables.py:_opened
ingest/warc.py:_joined
lang/universal/times.py:dated
library/correcting.py:said
library/identity.py:_identified
library/review_queue.py:judged
numbers/columns.py:_taken
numbers/figures.py:drawn
numbers/plots_of_shares.py:_told
numbers/report.py:_corrected
numbers/specs.py:named
reading/coref/names.py:_listed
reading/coref/speaking.py:_around
reading/coref/speaking.py:_found
reading/coref/turns.py:_signed
reuse/quoting.py:spoken
reuse/similarity.py:CLOSE_TELLING
reuse/similarity.py:FEWEST_TELLING
reuse/similarity.py:MANY_TELLING
reuse/similarity.py:OTHER_TELLING
reuse/similarity.py:QUOTED_TELLING
reuse/similarity.py:REPORT_TELLING
reuse/similarity.py:TELLING
reuse/similarity.py:_kin
reuse/similarity.py:_shared
spacy_component.py:_decoded
web/api/quotes.py:near
web/corrections.py:_joined
web/corrections.py:_told
web/crossing.py:_spoken
web/pages/family.py:_near
web/pages/numbers.py:_counted
web/pages/review.py:_shown
web/ruling.py:asked
web/ruling.py:named
""".split()
)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def _names() -> Iterator[tuple[str, str, bool]]:
    """Each module, class, function and constant of the package: where, its name, whether a function."""
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        if where == "old_names.py":
            continue
        yield where, where[: -len(".py")], False
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield where, node.name, False
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield where, node.name, True
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield where, node.target.id, False


def violations() -> list[str]:
    """Names with a banned word, and functions named by a bare participle."""
    out = []
    for where, name, is_function in _names():
        banned = [w for w in _words(name) if w in BANNED]
        if banned or (is_function and name.strip("_") in PARTICIPLES):
            out.append(f"{where}:{name.rpartition('/')[2]}")
    return sorted(set(out))


def test_no_name_is_a_banned_word() -> None:
    new = [v for v in violations() if v not in ALLOWED]
    assert not new, [f"{v} ({BANNED.get(_words(v)[-1], 'a verb, or the product')})" for v in new]


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert sorted(ALLOWED - set(violations())) == []


def test_old_module_names_can_still_be_imported() -> None:
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from selon.tongue import speaking\n"
        "from selon.faults import SelonError\n"
        "from selon.room import settings\n"
        "import selon.edtf, selon.ledger.kinship\n"
        "from selon.errors import SelonError as same\n"
        "from selon.i18n import translations\n"
        "from selon.web import settings as new\n"
        "assert SelonError is same and speaking is translations\n"
        "assert settings.Settings is new.Settings\n"
        "assert selon.ledger.kinship.apart is selon.edtf.days_between\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_an_old_module_name_warns() -> None:
    code = "import warnings; warnings.simplefilter('error')\nimport selon.tongue\n"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert "selon.tongue is now selon.i18n" in done.stderr
