"""The names that `why` shows: rules of the grammar with their forms, of people, of times."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from parts import Words, code, page, table

ROOT = Path(__file__).parent.parent.parent
LANG = ROOT / "src" / "selon" / "lang"
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
FORMS = {"direct", "indirect", "mixed", "narrated"}


def page_of_rules(words: Words) -> str:
    """Return the page of rules, by what they decide."""
    head = (words.of("word", "rule"), words.of("word", "meaning"))
    parts = [words.of("page", "rules"), f"## {words.of('section', 'encoder')}"]
    parts.append(table(head, [(code(n), words.of("why", n)) for n in words.keys("why")]))
    for lang in ("fr", "en"):
        parts += [f"## {words.of('section', f'grammar-{lang}')}", words.of("page", "grammar")]
        parts.append(table(head, [(code(n), told) for n, told in sorted(grammar(lang).items())]))
    parts += [f"## {words.of('section', 'people')}", words.of("page", "people")]
    rows = [(code(f"rule:{n}"), words.of("who", n)) for n in sorted(names_of_people())]
    return page(words.of("title", "rules"), *parts, table(head, rows))


def grammar(lang: str) -> dict[str, str]:
    """Return the rules of a language's grammar: name and the first line of the docstring."""
    found: dict[str, str] = {}
    for path in sorted((LANG / lang).glob("*.py")):
        for function in _functions(path):
            for name in _named_in(function):
                found.setdefault(name, (ast.get_docstring(function) or "").split("\n\n")[0])
    return found


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _named_in(function: ast.FunctionDef) -> Iterator[str]:
    """The names that a rule gives its candidates: the text before their form, or `rule=`."""
    for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
        texts = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
        for name, form in pairwise(texts):
            if form in FORMS and isinstance(name, str):
                yield name
        if not isinstance(call.func, ast.Name) or not call.func.id[0].isupper():
            continue
        # The builder of a candidate is given the sentence, the lexicon and the rule's name.
        if len(texts) > 2 and isinstance(texts[2], str) and _NAME.fullmatch(texts[2]):
            yield texts[2]


def names_of_people() -> set[str]:
    """Return the names of the rules that tell who somebody is, wherever they are written."""
    found = set()
    for folder in ("resolve", "coref", "kb", "library"):
        for path in (ROOT / "src" / "selon").glob(f"{folder}/*.py"):
            text = path.read_text("utf-8")
            found |= set(
                re.findall(r"[\"'](?:rule:)?((?:who|kb|identity)\.[a-z][a-z.-]+)[\"']", text)
            )
    return found


def headings(words: Words) -> str:
    """Return the table of the rules for date lines and datelines (French)."""
    from selon.lang.fr.headings import RULES

    head = (words.of("word", "rule"), words.of("word", "forms"))
    return table(head, [(code(r.__name__), _first(r.__doc__)) for r in RULES])


def _first(docstring: str | None) -> str:
    return (docstring or "").split("\n\n")[0].replace("\n", " ")
