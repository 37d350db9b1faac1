"""The training of the learnt reader: batches, losses, checkpoints, early stopping."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from selon.learn.reader.examples import UNMARKED, TrainingPiece, labels
from selon.learn.reader.network import TorchNetwork, bucket
from selon.reading.reader.decode import ROLES

BEGIN, END = 0, 2
PAD: Final = 1
# How much a token's error weighs, by role: one of content is one among forty.
INSIDE: Final = (0.03, 0.15, 0.12, 0.12, 0.12, 0.12)
EDGES: Final = (0.25, 0.1, 0.2, 0.15, 0.15, 0.1)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn."""

    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_steps: int = 150
    tokens: int = 4096
    decay: float = 0.01
    seed: int = 1
    save_every: float = 240.0  # seconds


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """Windows padded to one length, and the labels of their anchors."""

    ids: Tensor
    features: Tensor
    guideline: Tensor
    lengths: Tensor
    anchor: Tensor  # [batch, time]: 0 none, 1 a cue, 2 a content without one, -1 padding
    where: Tensor  # [anchors, 2]: window, place
    spans: Tensor  # [anchors, time, roles, 3]
    marked: Tensor  # [anchors, roles]
    same: Tensor  # [anchors, time]
    form: Tensor
    stance: Tensor  # -1: not said
    names: Tensor  # [anchors, 1 + time]
    named: Tensor  # [anchors]: whether there is anything to learn


def batch(pieces: Sequence[TrainingPiece]) -> TrainingBatch:
    """One batch; token 0 of each window is <s>, and </s> follows its last."""
    size = max(p.window.end - p.window.start for p in pieces) + 2
    n = len(pieces)
    ids = np.full((n, size), PAD, np.int64)
    features = np.zeros((n, size), np.int64)
    anchor = np.full((n, size), -1, np.int64)
    lengths = np.zeros(n, np.int64)
    where, marked, form, stance, names, same = [], [], [], [], [], []
    spans = []
    for i, p in enumerate(pieces):
        w, t = p.window, p.example.tokens
        k = w.end - w.start
        ids[i, 0], ids[i, k + 1] = BEGIN, END
        ids[i, 1 : k + 1] = t.ids[w.start : w.end]
        features[i, 1 : k + 1] = t.features[w.start : w.end]
        lengths[i] = k + 2
        anchor[i, 1 : k + 1] = 0
        paragraphs = np.full(size, -1, np.int64)
        paragraphs[1 : k + 1] = t.paragraphs[w.start : w.end]
        spans.append(labels(p, size))
        for target in p.targets:
            at = target.anchor - w.start + 1
            anchor[i, at] = 1 if target.cued else 2
            where.append((i, at))
            unmarked = UNMARKED.get(p.example.guideline, ())
            marked.append([float(r not in unmarked) for r in ROLES])
            form.append(target.form)
            stance.append(-1 if target.stance is None else target.stance)
            names.append(_names(target.names, w.start, w.end, size))
            same.append(np.sign(paragraphs - paragraphs[at]) % 3)
    return TrainingBatch(
        torch.from_numpy(ids),
        torch.from_numpy(features),
        torch.tensor([p.example.guideline for p in pieces]),
        torch.from_numpy(lengths),
        torch.from_numpy(anchor),
        torch.tensor(where, dtype=torch.long).reshape(-1, 2),
        torch.from_numpy(np.concatenate(spans)) if spans else torch.zeros(0),
        torch.tensor(marked).reshape(-1, len(ROLES)),
        torch.from_numpy(np.array(same, np.int64).reshape(-1, size)),
        torch.tensor(form, dtype=torch.long),
        torch.tensor(stance, dtype=torch.long),
        torch.from_numpy(np.array(names, np.float32).reshape(-1, size + 1)),
        torch.tensor([n.any() for n in names], dtype=torch.float32),
    )


def _names(
    tokens: tuple[int, ...] | None, start: int, end: int, size: int
) -> np.ndarray[Any, np.dtype[np.float32]]:
    out = np.zeros(size + 1, np.float32)
    if tokens is not None and not tokens:
        out[0] = 1
    for t in tokens or ():
        if start <= t < end:
            out[t - start + 2] = 1
    return out


def loss(network: TorchNetwork, b: TrainingBatch) -> dict[str, Tensor]:
    """The parts of the loss, each a sum over the batch's anchors divided by their number."""
    h = network.encode(b.ids, b.features, b.guideline, b.lengths)
    heads = network.heads
    count = max(1, len(b.where))
    logits = heads.anchor(h).float()
    weights = torch.tensor([1.0, 1.3, 1.3])
    anchor = functional.cross_entropy(
        logits.flatten(0, 1), b.anchor.flatten(), weights, ignore_index=-1, reduction="sum"
    )
    out = {"anchor": anchor / count}
    if not len(b.where):
        return out
    window, place = b.where[:, 0], b.where[:, 1]
    mine = h[window]
    at = h[window, place]
    far = bucket(torch.arange(h.shape[1])[None] - place[:, None])
    pairs = heads.pairs(mine, at, far, b.same).float()
    valid = (torch.arange(h.shape[1])[None] < b.lengths[window][:, None]).float()
    error = functional.binary_cross_entropy_with_logits(pairs, b.spans, reduction="none")
    error = (error * valid[:, :, None, None]).sum(1) * b.marked[:, :, None]
    inside = (error[:, :, 0] * torch.tensor(INSIDE)).sum() / count
    edges = (error[:, :, 1:].sum(-1) * torch.tensor(EDGES)).sum() / count
    out |= {"inside": inside, "edges": edges}
    kinds = heads.kinds(at, _mean(mine, b.spans[:, :, 0, 0])).float()
    out["form"] = 0.5 * functional.cross_entropy(kinds[:, :4], b.form, reduction="sum") / count
    stance = functional.cross_entropy(kinds[:, 4:], b.stance, ignore_index=-1, reduction="sum")
    out["stance"] = 0.5 * stance / count
    names = heads.names(mine, at, _mean(mine, b.spans[:, :, 2, 0])).float()
    gone = torch.cat([torch.zeros(len(valid), 1), 1 - valid], 1) * -1e4
    names = functional.log_softmax(names + gone, 1)
    best = torch.logsumexp(names + (b.names - 1) * 1e4, 1)
    out["name"] = -0.5 * (best * b.named).sum() / count
    return out


def _mean(h: Tensor, inside: Tensor) -> Tensor:
    """The mean state of the tokens inside, [anchors, width]."""
    share = inside / inside.sum(1, keepdim=True).clamp(min=1)
    return torch.einsum("at,atw->aw", share.to(h.dtype), h)


def batches(
    pieces: Sequence[TrainingPiece], tokens: int, chance: random.Random
) -> list[list[TrainingPiece]]:
    """Windows of like length together, the batches in a random order."""
    order = sorted(pieces, key=lambda p: p.window.end - p.window.start + chance.random() * 60)
    out: list[list[TrainingPiece]] = []
    room = 0
    for p in order:
        size = p.window.end - p.window.start + 2
        if not out or (len(out[-1]) + 1) * max(room, size) > tokens:
            out.append([])
            room = 0
        out[-1].append(p)
        room = max(room, size)
    chance.shuffle(out)
    return out


def learn(
    network: TorchNetwork,
    epochs: Sequence[Callable[[random.Random], Sequence[TrainingPiece]]],
    plan: Plan,
    folder: Path,
    log: Callable[[str], None],
    after: Callable[[TorchNetwork, int], bool],
) -> None:
    """Learn epoch by epoch; a checkpoint in `folder` lets a run that was stopped go on.

    `after` is asked after each epoch whether to learn on.
    """
    heads = [p for n, p in network.named_parameters() if n.startswith("heads")]
    names = [n for n, _ in network.named_parameters() if n.startswith("heads")]
    rest = [p for n, p in network.named_parameters() if n not in set(names)]
    optimizer = torch.optim.AdamW(
        [{"params": rest, "peak": plan.encoder_rate}, {"params": heads, "peak": plan.head_rate}],
        weight_decay=plan.decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    made = [
        batches(e(_chance(plan, n)), plan.tokens, _chance(plan, n)) for n, e in enumerate(epochs)
    ]
    total = sum(len(m) for m in made)
    step, path = 0, folder / "checkpoint.pt"
    if path.exists():
        state = torch.load(path, weights_only=True)
        network.load_state_dict(state["network"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        log(f"goes on at step {step} of {total}")
    torch.manual_seed(plan.seed + step)
    saved = began = time.monotonic()
    sums: dict[str, float] = {}
    seen = done = 0
    for epoch, n, group in _flat(made):
        done += 1
        if done <= step:
            continue
        rate = _rate(done, total, plan.warm_steps)
        for g in optimizer.param_groups:
            g["lr"] = g["peak"] * rate
        network.train()
        with torch.autocast("cpu", torch.bfloat16):
            parts = loss(network, batch(group))
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen += sum(p.window.end - p.window.start for p in group)
        for k, v in parts.items():
            sums[k] = sums.get(k, 0.0) + float(v.detach())
        if done % 50 == 0:
            speed = seen / (time.monotonic() - began)
            told = " ".join(f"{k} {v / 50:.3f}" for k, v in sums.items())
            log(f"{done}/{total} epoch {epoch} {told} {speed:.0f} tokens/s")
            sums = {}
        last = n + 1 == len(made[epoch])
        if last or time.monotonic() - saved > plan.save_every:
            saved = time.monotonic()
            kept = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**kept, "step": done}, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)
        if last and not after(network, epoch):
            return


def _chance(plan: Plan, epoch: int) -> random.Random:
    return random.Random(f"{plan.seed}/{epoch}")


def _flat(
    made: Sequence[Sequence[list[TrainingPiece]]],
) -> Iterator[tuple[int, int, list[TrainingPiece]]]:
    for epoch, groups in enumerate(made):
        for n, group in enumerate(groups):
            yield epoch, n, group


def _rate(step: int, total: int, warm: int) -> float:
    if step < warm:
        return step / warm
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))
