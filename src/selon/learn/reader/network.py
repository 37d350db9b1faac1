"""The network in torch: the encoder, and the heads that read statements off it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from selon.learn.reader.pretrained import Pretrained
from selon.reading.reader.decode import ROLES
from selon.reading.reader.tokens import FEATURES

PARTS: Final = 3  # inside, starts here, ends here
BUCKETS: Final = 48
PAIR: Final = 192
NAME: Final = 128
# Heads whose scores are held at once; a divisor of the number of heads.
HEADS: Final = 4


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the network is built by."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    pieces: int
    guidelines: int = 2


class Dropout(nn.Module):
    """Dropout from a pool of random marks: drawing each again costs a tenth of a training's time."""

    def __init__(self, share: float, pool: int = 1 << 23) -> None:
        super().__init__()
        self.share, self.pool = share, pool
        self.kept = torch.zeros(0, dtype=torch.bfloat16)
        self.used = 0

    def forward(self, x: Tensor) -> Tensor:
        """`x` with a share of its numbers set to nought."""
        size = x.numel()
        if not self.training or size > self.pool:
            return functional.dropout(x, self.share, self.training)
        if self.used % 400 == 0:
            self.kept = (torch.rand(self.pool) >= self.share).to(torch.bfloat16) / (1 - self.share)
        self.used += 1
        at = int(torch.randint(self.pool - size + 1, ()))
        return x * self.kept[at : at + size].view(x.shape).to(x.dtype)


class Attention(torch.autograd.Function):
    """Scaled dot-product attention, a few heads at a time, so that their scores stay in the cache.

    On processors torch's own takes twice as long to learn from.
    """

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
        """`q`, `k`, `v` [batch, heads, time, part]; `mask` [batch, 1, 1, time] or none."""
        n, h, t, d = q.shape
        q = (q / math.sqrt(d)).reshape(n * h, t, d)
        k, v = k.reshape(n * h, t, d), v.reshape(n * h, t, d)
        out = torch.empty_like(q)
        ctx.scores = []
        for i in range(0, n * h, HEADS):
            p = torch.bmm(q[i : i + HEADS], k[i : i + HEADS].transpose(1, 2))
            if mask is not None:
                p += mask[i // h, 0]
            p = torch.softmax(p, -1)
            torch.bmm(p, v[i : i + HEADS], out=out[i : i + HEADS])
            ctx.scores.append(p)
        ctx.save_for_backward(q, k, v)
        return out.view(n, h, t, d)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """The gradients of `q`, `k`, `v`."""
        q, k, v = ctx.saved_tensors
        n, h, t, d = grads[0].shape
        g = grads[0].reshape(n * h, t, d)
        dq, dk, dv = torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)
        for i, p in zip(range(0, n * h, HEADS), ctx.scores, strict=True):
            some = slice(i, i + HEADS)
            torch.bmm(p.transpose(1, 2), g[some], out=dv[some])
            dp = torch.bmm(g[some], v[some].transpose(1, 2))
            ds = torch._softmax_backward_data(dp, p, -1, p.dtype)
            torch.bmm(ds, k[some], out=dq[some])
            torch.bmm(ds.transpose(1, 2), q[some], out=dk[some])
        dq = dq / math.sqrt(d)
        return dq.view(n, h, t, d), dk.view(n, h, t, d), dv.view(n, h, t, d), None


class Layer(nn.Module):
    """One layer of a BERT: attention, then a feed-forward, each with a norm behind it."""

    def __init__(self, sizes: Sizes, dropout: Dropout) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.up = nn.Linear(sizes.width, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.width)
        self.first = nn.LayerNorm(sizes.width, 1e-12)
        self.second = nn.LayerNorm(sizes.width, 1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` [batch, time, width]; `mask` [batch, 1, 1, time], nought or minus infinity."""
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        if self.training:
            seen = Attention.apply(q, k, v, mask)  # type: ignore[no-untyped-call]
        else:
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.first(x + self.dropout(self.out(seen.transpose(1, 2).reshape(b, t, w))))
        return self.second(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word vectors (frozen), features of layout, positions, layers."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.features = nn.Embedding(FEATURES, sizes.width)
        self.guideline = nn.Embedding(sizes.guidelines, sizes.width)
        self.position = nn.Embedding(sizes.positions, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, 1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, self.dropout) for _ in range(sizes.layers))
        nn.init.zeros_(self.features.weight)
        nn.init.zeros_(self.guideline.weight)

    def forward(self, words: Tensor, mask: Tensor | None) -> Tensor:
        """`words` [batch, time, width]: word vectors with layout and guideline added; see `embed`."""
        x = words + self.position.weight[: words.shape[1]]
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Heads(nn.Module):
    """Anchors, the parts of each anchor's statement, its form and stance, its speaker's name."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        w = sizes.width
        self.anchor = nn.Linear(w, 3)
        self.pair_token = nn.Linear(w, 2 * PAIR)
        self.pair_anchor = nn.Linear(w, 2 * PAIR)
        self.distance = nn.Embedding(BUCKETS, PAIR)
        self.same = nn.Embedding(4, PAIR)
        self.pair_out = nn.Linear(PAIR, len(ROLES) * PARTS)
        self.kind = nn.Linear(2 * w, PAIR)
        self.kind_out = nn.Linear(PAIR, 4 + 3)
        self.name_token = nn.Linear(w, NAME)
        self.name_anchor = nn.Linear(w, NAME)
        self.name_speaker = nn.Linear(w, NAME, bias=False)
        self.nobody = nn.Parameter(torch.zeros(NAME))
        self.dropout = Dropout(dropout)
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.same.weight)
        nn.init.zeros_(self.name_speaker.weight)
        with torch.no_grad():
            self.pair_out.bias.view(len(ROLES), PARTS)[:] = -4.0
            self.anchor.bias.copy_(torch.tensor([3.0, -1.0, -1.0]))

    def pairs(self, h: Tensor, anchors: Tensor, buckets: Tensor, same: Tensor) -> Tensor:
        """Logits [anchors, time, roles, parts]; `h` is each anchor's window [anchors, time, width]."""
        p, u = self.pair_token(h).chunk(2, -1)
        q, v = self.pair_anchor(anchors).chunk(2, -1)
        z = p + q[:, None] + u * v[:, None] + self.distance(buckets) + self.same(same)
        out: Tensor = self.pair_out(self.dropout(functional.gelu(z)))
        return out.unflatten(-1, (len(ROLES), PARTS))

    def kinds(self, anchors: Tensor, content: Tensor) -> Tensor:
        """Logits [anchors, 7]: four forms, three stances."""
        z = functional.gelu(self.kind(torch.cat([anchors, content], -1)))
        out: Tensor = self.kind_out(self.dropout(z))
        return out

    def names(self, h: Tensor, anchors: Tensor, speakers: Tensor) -> Tensor:
        """Logits [anchors, 1 + time]: nobody, or a token of the speaker's name.

        `speakers` are the mean states of the speakers' own words, nought where there are none.
        """
        q = self.name_anchor(anchors) + self.name_speaker(speakers)
        k = self.name_token(h)
        scale = 1 / math.sqrt(NAME)
        there = torch.einsum("ad,atd->at", q, k) * scale
        return torch.cat([(q @ self.nobody)[:, None] * scale, there], 1)


class TorchNetwork(nn.Module):
    """The whole, with the word vectors beside it (a buffer that is never trained)."""

    def __init__(self, sizes: Sizes, words: np.ndarray) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.heads = Heads(sizes)
        self.register_buffer("words", torch.from_numpy(words), persistent=False)

    def encode(self, ids: Tensor, features: Tensor, guideline: Tensor, lengths: Tensor) -> Tensor:
        """Hidden states [batch, time, width] of windows padded to one length."""
        words = self.words[ids] + self.encoder.features(features)
        words = words + self.encoder.guideline(guideline)[:, None]
        there = torch.arange(ids.shape[1])[None] < lengths[:, None]
        mask = None
        if not bool(there.all()):
            mask = torch.zeros(there.shape, dtype=words.dtype)
            mask = mask.masked_fill(~there, -1e4)[:, None, None]
            if torch.is_autocast_enabled("cpu"):
                mask = mask.to(torch.bfloat16)
        out: Tensor = self.encoder(words, mask)
        return out


def bucket(distance: Tensor) -> Tensor:
    """Signed distances in tokens, in logarithmic buckets: 48 of them."""
    half = BUCKETS // 2
    size = distance.abs()
    near = size < 8
    far = 8 + (torch.log2(size.clamp(min=8).float() / 8) * 3).floor().long()
    found = torch.where(near, size, far).clamp(max=half - 1)
    return torch.where(distance < 0, found, found + half).long()


def start(network: TorchNetwork, base: Pretrained, layers: list[int]) -> None:
    """Fill the encoder with the pretrained weights of some of its layers."""
    w = base.shape.width

    def get(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(base.tensors[name]).reshape(*shape)

    with torch.no_grad():
        e = network.encoder
        e.position.weight.copy_(get("emb.pos", -1, w) + get("emb.type", -1, w)[0])
        e.norm.weight.copy_(get("emb.ln.w", w))
        e.norm.bias.copy_(get("emb.ln.b", w))
        for layer, n in zip(e.layers, layers, strict=True):
            assert isinstance(layer, Layer)
            qkv = [get(f"l{n}.{x}.w", w, w) for x in "qkv"]
            layer.qkv.weight.copy_(torch.cat(qkv))
            layer.qkv.bias.copy_(torch.cat([get(f"l{n}.{x}.b", w) for x in "qkv"]))
            for name, part, shape in (
                ("ao", layer.out, (w, w)),
                ("fi", layer.up, (-1, w)),
                ("fo", layer.down, (w, -1)),
            ):
                part.weight.copy_(get(f"l{n}.{name}.w", *shape))
                part.bias.copy_(get(f"l{n}.{name}.b", -1))
            layer.first.weight.copy_(get(f"l{n}.aln.w", w))
            layer.first.bias.copy_(get(f"l{n}.aln.b", w))
            layer.second.weight.copy_(get(f"l{n}.oln.w", w))
            layer.second.bias.copy_(get(f"l{n}.oln.b", w))
