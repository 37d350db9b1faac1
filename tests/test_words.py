"""Names are the field's words (see the glossary of CONTRIBUTING.md): no metaphors, no bare participles."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from selon.statement_people import entity_ids

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
# Names that stand against it, each with its reason: none.
ALLOWED: frozenset[str] = frozenset()


# Parameters and fields: limits and thresholds say what they limit, the interface has a language.
BANNED_PARAMETERS = frozenset(
    "least most tongue tongues desk shelf kin rivals manners holdings".split()
)
# A key of the API's answers, which programs outside read.
PUBLIC_KEYS = frozenset({"web/api/shapes.py:least"})


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


def _parameters(tree: ast.AST) -> Iterator[str]:
    """The parameters of all functions, and the fields of all classes."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            given = node.args
            yield from (a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs))
        elif isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    yield field.target.id


def test_no_parameter_or_field_is_a_banned_word() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        names = set(_parameters(ast.parse(path.read_text("utf-8"))))
        found += [f"{where}:{name}" for name in sorted(names & BANNED_PARAMETERS)]
    assert sorted(set(found) - PUBLIC_KEYS) == []


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert sorted(ALLOWED - set(violations())) == []


def test_old_module_names_can_still_be_imported() -> None:
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from selon.tongue import speaking, wanted\n"
        "from selon.faults import SelonError\n"
        "from selon.room import settings\n"
        "import selon.edtf, selon.ledger.kinship\n"
        "from selon.errors import SelonError as same\n"
        "from selon.i18n import catalogue, preferred_language\n"
        "from selon.web import settings as new\n"
        "assert SelonError is same and wanted is preferred_language\n"
        "assert speaking('room', 'fr').gettext('Search') == catalogue('fr').gettext('Search')\n"
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


def test_every_old_name_leads_to_what_there_is() -> None:
    gone = []
    for module, name, *new in (
        line.split("\t") for line in (SOURCE / "old_names.tsv").read_text("utf-8").splitlines()
    ):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                there = import_module(module if new else name)
                if new:
                    getattr(there, name)
        except ModuleNotFoundError as error:
            # Training wants packages that tests go without.
            if error.name not in ("torch", "onnx"):
                gone.append((module, name))
        except AttributeError:
            gone.append((module, name))
    assert gone == []


def test_an_old_name_in_a_module_that_did_not_move_warns() -> None:
    with pytest.warns(DeprecationWarning, match=r"selon.contract.identified is now entity_ids"):
        from selon.contract import identified  # type: ignore[attr-defined]
    assert identified is entity_ids
    with pytest.raises(ImportError):
        from selon.contract import nothing_of_that_name  # type: ignore[attr-defined]  # noqa: F401


def test_what_the_documents_of_the_version_before_import_is_there() -> None:
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "from selon import anchor, ingest, resolve\n"
        "from selon.kb.joining import joined\n"
        "from selon.lang.fr.times import grammar\n"
        "from selon.ledger import Families\n"
        "from selon.ledger.translation import Translations\n"
        "from selon.show import notebook, page, terminal\n"
        "found = anchor.times('Elle a démissionné lundi.', '2020-03', grammar())\n"
        "assert found[0].edtf == '[2020-03-02,2020-03-09,2020-03-16,2020-03-23,2020-03-30]'\n"
        "assert anchor.date_of('Publié le 24 janvier 2016 à 10 h', grammar()) == '2016-01-24'\n"
        "Families((Translations(),)), ingest.Options(outlet='L’Écho'), resolve.people\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
