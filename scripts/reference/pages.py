"""The pages of the reference, each from the code that it describes."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import rules
from parts import Words, code, page, table

import selon
from selon import cli, contract, records
from selon.library import schema

ROOT = Path(__file__).parent.parent.parent


def all_pages(words: Words) -> dict[str, str]:
    """Return every page of the reference in a language, by its name."""
    return {
        "command-line": command_line(words),
        "record": record(words),
        "python": python(words),
        "http": http(words),
        "formats": formats(words),
        "tables": tables(words),
        "environment": environment(words),
        "rules": rules.page_of_rules(words),
    }


def command_line(words: Words) -> str:
    """Every command with its arguments, as argparse knows them."""
    parts = [words.of("page", "command-line")]
    for name in cli.COMMANDS:
        top = cli.parser(name)
        (verbs,) = (a for a in top._actions if isinstance(a, argparse._SubParsersAction))
        parts += _command(f"selon {name}", verbs.choices[name], words, 2)
    return page(words.of("title", "command-line"), *parts)


def _command(name: str, parser: argparse.ArgumentParser, words: Words, level: int) -> list[str]:
    parts = [f"{'#' * level} {code(name)}", _sentence(parser.description or "")]
    subs = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    told = [a for a in parser._actions if _shown(a) and a not in subs]
    head = (words.of("word", "argument"), words.of("word", "meaning"))
    parts.append(table(head, [(_named(a), _help(a, words)) for a in told]))
    if parser.epilog:
        parts.append("```text\n" + parser.epilog.strip("\n") + "\n```")
    for sub in subs:
        about = {a.dest: a.help or "" for a in sub._choices_actions}
        for verb, one in sub.choices.items():
            one.description = one.description or about.get(verb)
            parts += _command(f"{name} {verb}", one, words, level + 1)
    return parts


def _shown(action: argparse.Action) -> bool:
    return action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction)


def _named(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return code(metavar if action.metavar else action.dest)
    # A switch takes no value.
    value = "" if action.nargs == 0 or action.choices else f" {metavar}"
    return ", ".join(code(o + value) for o in action.option_strings)


def _help(action: argparse.Action, words: Words) -> str:
    said = (action.help or "") % {**vars(action), "prog": "selon"} if action.help else ""
    if action.choices and not isinstance(action.choices, dict):
        choices = ", ".join(code(str(c)) for c in action.choices)
        said = f"{said} ({choices})" if said else choices
    if action.required and action.option_strings:
        said = f"{said} ({words.of('word', 'required')})"
    return said


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "." if words else ""


def record(words: Words) -> str:
    """The exchange record, from its JSON schema."""
    path = Path(inspect.getfile(contract)).with_name("contract.schema.json")
    whole = json.loads(path.read_text("utf-8"))
    head = (words.of("word", "key"), words.of("word", "type"), words.of("word", "meaning"))
    parts = [words.of("page", "record")]
    for title, properties in (
        ("reading", whole["properties"]),
        ("party", whole["$defs"]["party"]["properties"]),
    ):
        parts += [f"## {words.of('section', title)}", table(head, _keys(properties, title, words))]
    for key, value in whole["properties"].items():
        nested = value.get("items", {}).get("properties")
        if nested:
            parts += [f"## {code(key)}", table(head, _keys(nested, key, words))]
    return page(words.of("title", "record"), *parts)


def _keys(properties: dict[str, Any], group: str, words: Words) -> list[tuple[str, str, str]]:
    return [
        (code(key), _type(value), words.of("key", f"{group}.{key}"))
        for key, value in properties.items()
    ]


def _type(value: dict[str, Any]) -> str:
    if "enum" in value:
        return ", ".join(code(v) for v in value["enum"])
    if "const" in value:
        return code(json.dumps(value["const"]))
    if "$ref" in value:
        return code(value["$ref"].rpartition("/")[2])
    if value.get("type") == "array":
        inner = (
            _type(value["items"]) if "$ref" in value["items"] or "type" in value["items"] else ""
        )
        return f"array {inner}".strip()
    kind = value.get("type", "object")
    return " \\| ".join(kind) if isinstance(kind, list) else kind


def python(words: Words) -> str:
    """What `import selon` offers, and the records that it gives."""
    parts = [words.of("page", "python")]
    for name in (n for n in selon.__all__ if n != "__version__"):
        parts += _object(f"selon.{name}", getattr(selon, name), words)
    parts += [f"## {words.of('section', 'records')}", words.of("page", "records")]
    for name in (
        "Statement",
        "Party",
        "Via",
        "Entity",
        "Mention",
        "Time",
        "Voice",
        "Judgement",
        "Span",
        "Failure",
    ):
        parts += _object(f"selon.records.{name}", getattr(records, name), words, level=3)
    return page(words.of("title", "python"), *parts)


def _object(name: str, one: Any, words: Words, level: int = 2) -> list[str]:
    said = [f"{'#' * level} {code(name)}"]
    if inspect.isfunction(one):
        said.append(f"```text\n{name}{_signature(one)}\n```")
    said.append(inspect.getdoc(one) or "")
    if dataclasses.is_dataclass(one):
        head = (words.of("word", "field"), words.of("word", "type"))
        said.append(
            table(head, [(code(f.name), code(str(f.type))) for f in dataclasses.fields(one)])
        )
    elif inspect.isclass(one):
        for key, method in vars(one).items():
            if inspect.isfunction(method) and not key.startswith("_"):
                said.append(f"`.{key}{_signature(method)}`: {inspect.getdoc(method)}")
    return said


def _signature(function: Any) -> str:
    return re.sub(r"\(self(, )?", "(", str(inspect.signature(function)))


def http(words: Words) -> str:
    """The JSON API, from its own OpenAPI description."""
    from litestar import Litestar

    from selon.web import api

    described = Litestar(api.ROUTES, openapi_config=api.OPENAPI).openapi_schema.to_schema()
    parts = [words.of("page", "http")]
    for address, methods in sorted(described["paths"].items()):
        for method, operation in methods.items():
            called = f"{method.upper()} {address}"
            parts += [f"## {code(called)}", words.of("operation", called)]
            head = (
                words.of("word", "parameter"),
                words.of("word", "type"),
                words.of("word", "meaning"),
            )
            parts.append(
                table(head, [_parameter(p, words) for p in operation.get("parameters", ())])
            )
    return page(words.of("title", "http"), *parts)


def _parameter(one: dict[str, Any], words: Words) -> tuple[str, str, str]:
    kinds = [one["schema"], *one["schema"].get("oneOf", ())]
    told = [k["type"] for k in kinds if isinstance(k.get("type"), str) and k["type"] != "null"]
    choice = next((k["enum"] for k in kinds if "enum" in k), ())
    kind = ", ".join(code(str(v)) for v in choice if v is not None) or " \\| ".join(
        dict.fromkeys(told)
    )
    required = words.of("word", "required") if one.get("required") else ""
    return code(one["name"]), kind, one.get("description") or required


def formats(words: Words) -> str:
    """What comes in and what goes out."""
    from selon import export
    from selon.i18n import _
    from selon.ingest import formats as incoming

    head = (words.of("word", "format"), words.of("word", "suffixes"), words.of("word", "meaning"))
    taken = [
        (code(f.name), " ".join(code(s) for s in f.suffixes), words.of("in", f.name))
        for f in incoming.FORMATS
    ]
    given = [(code(n), words.of("kind", f.kind), _(f.words)) for n, f in export.FORMATS.items()]
    return page(
        words.of("title", "formats"),
        f"## {words.of('section', 'in')}",
        words.of("page", "formats-in"),
        table(head, taken),
        f"## {words.of('section', 'headings')}",
        words.of("page", "headings"),
        rules.headings(words),
        f"## {words.of('section', 'out')}",
        words.of("page", "formats-out"),
        table((head[0], words.of("word", "written"), head[2]), given),
    )


def tables(words: Words) -> str:
    """The library's tables and views, from an empty library."""
    base = sqlite3.connect(":memory:")
    for script in schema.MIGRATIONS:
        base.executescript(script)
    query = "select name, type, sql from sqlite_master where type in ('table', 'view')"
    found = {name: (kind, sql) for name, kind, sql in base.execute(query)}
    parts = [words.of("page", "tables").format(version=len(schema.MIGRATIONS))]
    hidden = re.compile(r"sqlite_|(words|names)_(data|idx|docsize|config|content)$")
    for name in sorted((n for n in found if not hidden.match(n)), key=_as_read(words)):
        kind, sql = found[name]
        columns = base.execute(f"pragma table_info({name})").fetchall()
        said = dict(re.findall(r"^\s*(\w+)[^\n]*?--\s*(.+)$", sql, re.M))
        view = f" ({words.of('word', 'view')})" if kind == "view" else ""
        parts += [f"## {code(name)}{view}", words.of("table", name)]
        head = (words.of("word", "column"), words.of("word", "type"), words.of("word", "meaning"))
        parts.append(table(head, [(code(c[1]), c[2].lower(), said.get(c[1], "")) for c in columns]))
    return page(words.of("title", "tables"), *parts)


def _as_read(words: Words) -> Any:
    order = {name: n for n, name in enumerate(words.keys("table"))}
    return lambda name: order.get(name, len(order))


def environment(words: Words) -> str:
    """Every variable that the program looks at."""
    text = "\n".join(p.read_text("utf-8") for p in sorted((ROOT / "src").rglob("*.py")))
    looked_at = set(re.findall(r"[\"'](SELON_[A-Z_]+)[\"']", text)) | {"NO_COLOR"}
    head = (words.of("word", "variable"), words.of("word", "meaning"))
    told = [n for n in words.keys("variable") if n in looked_at]
    missing = sorted(looked_at - set(told))
    rows = [(code(n), words.of("variable", n)) for n in (*told, *missing)]
    return page(
        words.of("title", "environment"), words.of("page", "environment"), table(head, rows)
    )
