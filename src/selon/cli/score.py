"""`selon score`: readings against a gold standard, with the errors side by side."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.score import ReadingDifference, score

Json = dict[str, Any]
_EXAMPLES: Final = """\
selon score gold.jsonl
selon score gold.jsonl readings.jsonl --errors 20"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The gold, the readings, how much is shown."""
    parser.add_argument(
        "gold", type=Path, metavar="GOLD", help=_("gold readings: JSON Lines, or a folder of .json")
    )
    parser.add_argument(
        "predicted",
        type=Path,
        nargs="?",
        metavar=_("PREDICTED"),
        help=_("readings of the same articles (default: Selon reads them now)"),
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help=_("show N errors side by side")
    )
    parser.add_argument("--json", action="store_true", help=_("the figures as JSON"))
    parser.epilog = _("examples:") + "\n" + _EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    gold = documents(args.gold)
    predicted = documents(args.predicted) if args.predicted else _read(gold)
    figures, differences = score(gold, predicted)
    for difference in differences[: max(args.errors, 0)]:
        print(*_side_by_side(difference, gold, predicted), sep="\n")
    print(_as_json(figures) if args.json else "\n".join(_table(figures)))
    return 0


def documents(path: Path) -> dict[str, Json]:
    """The readings of a JSON Lines file or a folder of .json files, by id."""
    import orjson

    try:
        if path.is_dir():
            parts = [(f.name, f.read_bytes()) for f in sorted(path.glob("*.json"))]
        else:
            lines = path.read_bytes().splitlines()
            parts = [(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    except OSError as fault:
        raise SelonError(f"{path}: {fault.strerror}") from None
    found: dict[str, Json] = {}
    for where, part in parts:
        try:
            value = orjson.loads(part)
            _check_reading(value)
            found[value["id"]] = value
        except (ValueError, KeyError, TypeError):
            raise SelonError(
                _("{where} is not a reading; give the output of `selon read --json`").format(
                    where=where
                )
            ) from None
    if not found:
        raise SelonError(_("{path} contains no readings").format(path=path))
    return found


def _check_reading(value: Json) -> None:
    """Raises KeyError or TypeError where a reading lacks what is compared."""
    if not isinstance(value["text"], str):
        raise TypeError
    for statement in value["statements"]:
        statement["form"], statement["content"], statement["cue"]


def _read(gold: dict[str, Json]) -> dict[str, Json]:
    """Selon's own readings of the gold's articles; the gold is not looked at."""
    from selon.api import read_many
    from selon.contract import from_json, to_json
    from selon.records import Failure

    bare = (
        from_json({**value, "statements": [], "entities": []}).article for value in gold.values()
    )
    out: dict[str, Json] = {}
    for name, reading in zip(gold, read_many(bare), strict=True):
        if isinstance(reading, Failure):
            raise SelonError(f"{name}: {reading.error}; {reading.remedy}")
        out[name] = to_json(reading)
    return out


def _as_json(figures: Json) -> str:
    import orjson

    return orjson.dumps(figures).decode()


def _table(figures: Json) -> Iterator[str]:
    yield _("{documents} documents, {gold} gold statements, {predicted} predicted").format(
        **figures
    )
    for key in ("content", "exact", "joint", "via", "addressee"):
        v = figures[key]
        yield f"{key:9} P {v['p']:.4f}  R {v['r']:.4f}  F1 {v['f1']:.4f}"
    shares = [
        f"{k} {figures[k]:.4f}"
        for k in ("speaker", "name", "cue", "form")
        if figures[k] is not None
    ]
    yield _("of the matched:") + " " + " ".join(shares)
    for form, v in figures["recall"].items():
        yield _("recall {form:8} content {content:.4f} joint {joint:.4f} (of {gold})").format(
            form=form, **v
        )


def _side_by_side(
    d: ReadingDifference, gold: dict[str, Json], got: dict[str, Json]
) -> Iterator[str]:
    what = {
        "missed": _("missed"),
        "spurious": _("spurious"),
        "wrong speaker": _("wrong speaker"),
    }
    yield f"{d.article} {what[d.what]}"
    if d.gold:
        yield f"   {_('gold')} {_statement_line(gold[d.article], d.gold)}"
    if d.got:
        yield f"   {_('got')}  {_statement_line({**got[d.article], 'text': gold[d.article]['text']}, d.got)}"


def _statement_line(reading: Json, s: Json) -> str:
    text = reading["text"]

    def words(spans: list[list[int]] | None) -> str:
        return " … ".join(" ".join(text[a:b].split())[:90] for a, b in spans or ())

    speaker = s.get("speaker") or {}
    parts = (s["form"], words(speaker.get("spans")), speaker.get("name"), words(s.get("cue")))
    why = ", ".join(s.get("why") or ())
    return " | ".join(str(p or "–") for p in (*parts, words(s["content"]))) + (why and f" | {why}")
