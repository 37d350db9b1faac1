"""The names that `why` shows: rules of the grammar with their forms, of people, of times."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
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
        tree = ast.parse(path.read_text("utf-8"))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        for function in functions:
            for name in _named_in(function):
                found.setdefault(name, _described(function, functions))
    return found


def _described(function: ast.FunctionDef, others: Sequence[ast.FunctionDef]) -> str:
    """The first paragraph of the docstring, or of that of the function which calls this one."""
    told = ast.get_docstring(function)
    if told is None:
        for other in others:
            calls = (n.func for n in ast.walk(other) if isinstance(n, ast.Call))
            if any(isinstance(f, ast.Name) and f.id == function.name for f in calls):
                told = ast.get_docstring(other)
                break
    return (told or "").split("\n\n")[0]


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
        second = call.args[1] if len(texts) > 2 else None
        if not isinstance(second, ast.Name) or second.id not in ("words", "lexicon"):
            continue
        if isinstance(texts[2], str) and _NAME.fullmatch(texts[2]):
            yield texts[2]


def names_of_people() -> set[str]:
    """Return the names of the rules that tell who somebody is, wherever they are written."""
    found = set()
    for folder in ("reading/coref", "kb", "library"):
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
