"""`selon train`: the learnt reader, from the pretrained base and gold articles to one model file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selon.errors import SelonError
from selon.i18n import _

if TYPE_CHECKING:
    from selon.learn.reader.session import Base

_EXAMPLES: Final = """\
selon train train.jsonl press.jsonl --polnear polnear.jsonl --held-out held-out.txt --base wheels --out reader.zip
selon train dev.jsonl --calibrate reader.zip --out reader.zip"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Gold, base, where checkpoints and the model go, how long to learn."""
    parser.add_argument("gold", nargs="+", type=Path, help=_("gold articles, JSON Lines"))
    parser.add_argument(
        "--polnear", nargs="*", type=Path, default=[], help=_("gold by PolNeAR's guidelines")
    )
    parser.add_argument(
        "--dev", nargs="*", type=Path, default=[], help=_("gold that tells when to stop")
    )
    parser.add_argument(
        "--held-out", type=Path, help=_("article ids to leave out of training, one per line")
    )
    parser.add_argument("--base", type=Path, help=_("folder with the wheels of the base"))
    parser.add_argument("--work", type=Path, default=Path("train"), help=_("folder of checkpoints"))
    parser.add_argument("--out", type=Path, required=True, help=_("the model file to write"))
    parser.add_argument(
        "--layers", type=int, default=12, help=_("number of layers of the base model to keep")
    )
    parser.add_argument("--epochs", type=int, default=4, help=_("number of passes over the gold"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help=_("number of processor threads"))
    parser.add_argument(
        "--calibrate",
        type=Path,
        metavar="MODEL",
        help=_("only calibrate this model's scores, on gold it was not trained on"),
    )
    parser.epilog = _("examples:") + "\n" + _EXAMPLES


def run(args: argparse.Namespace) -> int:
    """Train, or calibrate what is trained."""
    if not 1 <= args.layers <= 12 or args.epochs < 1 or args.threads < 1:
        raise SelonError("--layers: 1 to 12; --epochs and --threads: 1 or more")
    from selon.learn.reader.gold import held_out, read_gold

    without = held_out(args.held_out) if args.held_out else frozenset()
    gold = read_gold(args.gold, without)
    if args.calibrate:
        return _calibrate(gold, args.calibrate, args.out)
    try:
        from selon.learn.reader import session
        from selon.learn.reader.training import Plan
    except ImportError as error:
        raise SelonError(f"{error.name} is not installed; pip install 'selon[train]'") from None
    if args.base is None:
        raise SelonError(
            "--base: the folder with the base's wheels; see docs/en/contributing/learnt-reader.md"
        )
    import torch

    torch.set_num_threads(args.threads)
    corpus = session.Corpus(gold, read_gold(args.polnear, without), read_gold(args.dev))
    made = _base(args.base, [a["text"] for a in (*corpus.own, *corpus.polnear)])
    course = session.Course(args.layers, args.epochs, plan=Plan(seed=args.seed))
    network = session.train(made, corpus, args.work, course, _say)
    told = {"gold": [p.name for p in (*args.gold, *args.polnear)], "seed": args.seed}
    session.write(network, made, told, args.out)
    _say(str(args.out))
    return 0


def _base(folder: Path, texts: Sequence[str]) -> Base:
    from selon.learn.reader import session

    try:
        return session.base(folder, texts)
    except ValueError as error:
        raise SelonError(
            f"{error}; download the base again, see docs/en/contributing/learnt-reader.md"
        ) from None


def _calibrate(gold: Sequence[dict[str, Any]], model: Path, out: Path) -> int:
    from selon.learn.reader import calibration
    from selon.reading.reader import Network

    network = Network(model)
    network.threshold = min(calibration.THRESHOLDS)
    found, _readings = calibration.outcomes(gold, network)
    chosen = calibration.best_threshold(found, sum(len(a["statements"]) for a in gold))
    told = [o for o in found if o.raw >= chosen]
    entries = {
        "thresholds": (chosen, network.about.get("thresholds", [0, 0.5])[1]),
        "calibration": calibration.learn(told),
    }
    calibration.write(model, entries, out)
    _say(f"{out}: {len(told)} statements of {len(gold)} articles")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
