"""The documents: their code runs, the reference is the code's, the site builds, no figure without its command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs_pages import check_output
from selon.cli import OLD_COMMANDS, OLD_OPTIONS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LANGUAGES = ("en", "fr")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_code_of_the_pages_runs(lang: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "docs_pages.py"), lang],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # The tutorials have code, and were run.
    for name in ("journalist", "researcher", "developer", "archivist"):
        assert f"ok      {lang}/tutorials/{name}.md" in done.stdout


def test_an_output_that_is_not_what_the_page_says_is_told() -> None:
    check_output("8 articles … statements\n", "8 articles added, 39 statements\n", "selon add")
    with pytest.raises(AssertionError, match="has not: 9 articles"):
        check_output("9 articles\n", "8 articles added\n", "selon add")
    with pytest.raises(AssertionError, match="has not: one"):
        check_output("two\none\n", "one\ntwo\n", "selon add")


@pytest.mark.slow
def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_page_is_in_both_languages() -> None:
    # The contributing guide is English, as the code is.
    pages = {
        lang: {p.relative_to(DOCS / lang).as_posix() for p in (DOCS / lang).rglob("*.md")}
        for lang in LANGUAGES
    }
    english_only = {p for p in pages["en"] - pages["fr"] if not p.startswith("contributing/")}
    assert english_only == set()
    assert pages["fr"] - pages["en"] == set()


# What a measurement looks like: F1, seconds, megabytes, articles a second, a score with its point.
FIGURE = re.compile(
    r"(?<![\w.])(?:0?[.,]\d{2,3}(?!\d)|\d+(?:[.,]\d+)? (?:ms|µs|core-hours|words a second))"
)
MEASURED = re.compile(r"`(?:make|python|pytest|selon (?:score|stats|train)) ?[^`]*`")
# A score that a rule gives, an id, a date: settings and examples, no measurements.
EXEMPT = ("reference/", "contributing/pages.md")


def test_what_a_figure_looks_like() -> None:
    for words in ("F1 .797", "0,853 sur la presse", "in 8.3 ms", "4 core-hours"):
        assert FIGURE.search(words), words
    for words in ("version 0.2.0", "2026-03-12", "12/03/2026", "50 MB a page", "3.11"):
        assert not FIGURE.search(words), words
    assert MEASURED.search("by `python tests/test_gold.py --update`")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_figure_without_the_command_that_makes_it_again(lang: str) -> None:
    bare = []
    for path in sorted((DOCS / lang).rglob("*.md")):
        if path.relative_to(DOCS / lang).as_posix().startswith(EXEMPT):
            continue
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
        for section in re.split(r"^#+ ", text, flags=re.M):
            figures = FIGURE.findall(re.sub(r"`[^`]*`", "", section))
            if figures and not MEASURED.search(section):
                bare.append((path.name, section.split("\n")[0], figures[:3]))
    assert bare == []


def test_how_good_it_is_is_one_figure_everywhere() -> None:
    pages = [
        *("README.md", "README.fr.md"),
        *(
            f"docs/{lang}/{page}.md"
            for lang in ("en", "fr")
            for page in ("index", "explanation/accuracy")
        ),
    ]
    found = {}
    for page in pages:
        text = (ROOT / page).read_text("utf-8")
        said = re.search(
            r"\b(?:of|sur) 100 (?:statements|propos)\b.*?\b(?:about|environ) (\d+)",
            text,
            re.I | re.S,
        )
        assert said, page
        assert "python tests/test_gold.py --update" in text
        found[page] = said[1]
    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("path", [DOCS, ROOT / "README.md", ROOT / "README.fr.md"], ids=str)
def test_no_page_names_what_help_no_longer_shows(path: Path) -> None:
    options = "|".join(re.escape(o) for o in OLD_OPTIONS)
    old = re.compile(rf"(?<![\w-])(?:{options})(?![\w-])|\bselon (?:{'|'.join(OLD_COMMANDS)})\b")
    pages = [path] if path.is_file() else sorted(path.rglob("*.md"))
    named = [(p.name, found.group()) for p in pages for found in old.finditer(p.read_text("utf-8"))]
    assert named == []


def test_links_of_readmes_lead_somewhere() -> None:
    for name in ("README.md", "README.fr.md", "CONTRIBUTING.md", "SECURITY.md"):
        text = (ROOT / name).read_text("utf-8")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), f"{name}: {target}"


@pytest.mark.slow
def test_the_site_builds_strictly(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocs_static_i18n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        elsewhere = re.findall(
            r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(https?:[^\"]+)", text
        )
        assert elsewhere == [], page.name
