"""`selon diff`: what one file of readings has that another lacks, by rule."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from selon.cli.score import documents
from selon.errors import SelonError
from selon.i18n import _
from selon.score import characters, jaccard, same_name

Json = dict[str, Any]
_EXAMPLES: Final = """\
selon diff before.jsonl after.jsonl
selon diff 3 4 --library presse.db"""
# Contents that share less than this are two statements, as in `selon score`.
_SAME: Final = 0.5


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One difference: `lost`, `gained`, or the parts that changed; with the rules that decided."""

    article: str
    kind: str
    rules: tuple[str, ...]
    before: str | None
    after: str | None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two files of readings, or two runs of a library."""
    parser.add_argument("a", metavar="A", help=_("readings (JSON Lines), or a run's number"))
    parser.add_argument(
        "b", metavar="B", help=_("readings of the same articles, or a run's number")
    )
    parser.add_argument(
        "--library",
        type=Path,
        metavar="A.db",
        help=_("a library: A and B are then numbers of its runs"),
    )
    parser.add_argument("--json", action="store_true", help=_("differences as JSON lines"))
    parser.epilog = _("examples:") + "\n" + _EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Print the differences and how many each rule makes; 0 whether there are any or none."""
    lines = _of_library(args) if args.library else _of_files(Path(args.a), Path(args.b))
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        counts.update((line.kind, rule) for rule in line.rules or ("?",))
        _print(line, args.json)
    if not args.json:
        _total(counts)
    return 0


def differences(before: Json, after: Json) -> Iterator[DiffLine]:
    """What two readings of one text make of it, statement by statement."""
    text = before["text"]
    had, has = before["statements"], after["statements"]
    mine = [characters(text, s["content"]) for s in had]
    theirs = [characters(text, s["content"]) for s in has]
    pairs = sorted(
        ((-jaccard(x, y), i, j) for i, x in enumerate(mine) for j, y in enumerate(theirs) if x & y)
    )
    matched: dict[int, int] = {}
    for share, i, j in pairs:
        if -share >= _SAME and i not in matched and j not in matched.values():
            matched[i] = j
    for i, s in enumerate(had):
        if i not in matched:
            yield DiffLine(before["id"], "lost", _rules(s), _words(text, s), None)
            continue
        other = has[matched[i]]
        changed = _changed_parts(text, s, other)
        if changed:
            rules = tuple(dict.fromkeys((*_rules(s), *_rules(other))))
            yield DiffLine(before["id"], changed, rules, _words(text, s), _words(text, other))
    for j, s in enumerate(has):
        if j not in matched.values():
            yield DiffLine(before["id"], "gained", _rules(s), None, _words(text, s))


def _changed_parts(text: str, a: Json, b: Json) -> str:
    """The names of the parts on which two readings of one statement differ."""
    parts = [key for key in ("content", "cue") if not _same(text, a.get(key), b.get(key))]
    parts += [key for key in ("form", "stance", "said") if a.get(key) != b.get(key)]
    one, other = a.get("speaker") or {}, b.get("speaker") or {}
    if not _same(text, one.get("spans"), other.get("spans")):
        parts.append("speaker")
    names = one.get("name"), other.get("name")
    if names[0] != names[1] and not same_name(*names):
        parts.append("name")
    for key in ("addressees", "via"):
        sides = [[tuple(map(tuple, p["spans"])) for p in s.get(key) or ()] for s in (a, b)]
        if sides[0] != sides[1]:
            parts.append(key)
    return ",".join(parts)


def _same(text: str, a: list[list[int]] | None, b: list[list[int]] | None) -> bool:
    return characters(text, a or []) == characters(text, b or [])


def _rules(statement: Json) -> tuple[str, ...]:
    return tuple(w for w in statement.get("why") or () if w.startswith("rule:"))


def _words(text: str, s: Json) -> str:
    def said(spans: list[list[int]] | None) -> str:
        return " … ".join(" ".join(text[a:b].split()) for a, b in spans or ()) or "–"

    speaker = s.get("speaker") or {}
    who = said(speaker.get("spans"))
    if speaker.get("name"):
        who += f" = {speaker['name']}"
    return f"{s['form']} | {who} | {said(s['cue'])} | {said(s['content'])}"


def _of_files(a: Path, b: Path) -> Iterator[DiffLine]:
    before, after = documents(a), documents(b)
    alone = before.keys() ^ after.keys()
    if alone:
        print(
            _("{n} articles are in only one of the files: {names}").format(
                n=len(alone), names=", ".join(sorted(alone)[:5])
            ),
            file=sys.stderr,
        )
    for name, reading in before.items():
        if name in after:
            if after[name]["text"] != reading["text"]:
                raise SelonError(_("diff: the texts of {name} differ").format(name=name))
            yield from differences(reading, after[name])


def _of_library(args: argparse.Namespace) -> Iterator[DiffLine]:
    """Two runs of a library, compared as two files are."""
    from selon import contract
    from selon.library import runs
    from selon.library.store import Library

    if not (args.a.isdigit() and args.b.isdigit()):
        raise SelonError(_("diff --library: A and B must be run numbers, such as 1 2"))
    with Library(args.library) as library:
        for before, after in runs.pairs(library.connection, int(args.a), int(args.b)):
            yield from differences(contract.to_json(before), contract.to_json(after))


def _print(line: DiffLine, as_json: bool) -> None:
    if as_json:
        import msgspec

        print(msgspec.json.encode(line).decode())
        return
    kinds = {"lost": _("lost"), "gained": _("gained")}
    print(f"{line.article} {kinds.get(line.kind, line.kind)} {' '.join(line.rules)}".rstrip())
    if line.before:
        print(f"  - {line.before}")
    if line.after:
        print(f"  + {line.after}")


def _total(counts: Counter[tuple[str, str]]) -> None:
    kinds = {"lost": _("lost"), "gained": _("gained")}
    if not counts:
        print(_("No difference."))
    for (kind, rule), count in counts.most_common():
        print(f"{count:6}  {kinds.get(kind, kind)}  {rule}")
