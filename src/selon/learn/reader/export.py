"""From trained weights to the one file that ships: int8 layers, four-bit word vectors, tokenizer."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from selon.learn.reader import files
from selon.learn.reader.network import Encoder, Heads, TorchNetwork
from selon.reading.reader.network import ANCHOR, NAMING

OPSET: Final = 17


class _Pairs(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, h: Tensor, at: Tensor, buckets: Tensor, same: Tensor) -> Tensor:
        out: Tensor = self.heads.pairs(h[None], h[at], buckets, same)
        return out


class _Kinds(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, anchors: Tensor, content: Tensor) -> Tensor:
        return self.heads.kinds(anchors, content)


def write(
    network: TorchNetwork,
    words: npt.NDArray[np.uint8],
    tokenizer: bytes,
    told: dict[str, Any],
    out: Path,
) -> None:
    """Write the model file; `words` are the pieces' vectors in blocks of four-bit weights."""
    network.eval()
    width = network.sizes.width
    h, few = torch.randn(7, width), torch.randn(2, width)
    members = {
        "encoder.onnx": _smaller(_encoder(network.encoder, width)),
        "pairs.onnx": _graph(
            _Pairs(network.heads),
            (h, torch.tensor([1, 4]), torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7).long()),
            {"hidden": "time", "at": "anchors", "buckets": "anchors time", "same": "anchors time"},
            "pairs",
        ),
        "kinds.onnx": _graph(
            _Kinds(network.heads), (few, few), {"anchors": "n", "content": "n"}, "kinds"
        ),
        "words.q4": words.tobytes(),
        "small.npz": _small(network),
        "tokenizer.json": tokenizer,
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    about = {**told, "sha256": digests}
    members["about.json"] = json.dumps(about, indent=1, sort_keys=True).encode()
    files.write(out, members)


def _small(network: TorchNetwork) -> bytes:
    """The little arrays: vectors of layout and guideline, the anchors' head, the names' head."""
    heads, encoder = network.heads, network.encoder
    kept = {
        "features": encoder.features.weight,
        "guidelines": encoder.guideline.weight,
        f"{ANCHOR}.weight": heads.anchor.weight,
        f"{ANCHOR}.bias": heads.anchor.bias,
        f"{NAMING}.query.weight": heads.name_anchor.weight,
        f"{NAMING}.query.bias": heads.name_anchor.bias,
        f"{NAMING}.speaker": heads.name_speaker.weight,
        f"{NAMING}.key.weight": heads.name_token.weight,
        f"{NAMING}.key.bias": heads.name_token.bias,
        f"{NAMING}.nobody": heads.nobody,
    }
    buffer = io.BytesIO()
    np.savez(buffer, **{k: v.detach().numpy().astype(np.float32) for k, v in kept.items()})
    return buffer.getvalue()


class _Alone(nn.Module):
    """The encoder for one window: nothing is padded, so there is nothing to mask."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, words: Tensor) -> Tensor:
        out: Tensor = self.encoder(words, None)
        return out


def _encoder(encoder: Encoder, width: int) -> bytes:
    axes = {"words": {0: "b", 1: "t"}, "hidden": {0: "b", 1: "t"}}
    return _export(_Alone(encoder), (torch.randn(2, 9, width),), ["words"], "hidden", axes)


def _graph(
    module: nn.Module, inputs: tuple[Tensor, ...], names: dict[str, str], output: str
) -> bytes:
    axes = {n: dict(enumerate(f"{a}" for a in sizes.split())) for n, sizes in names.items()}
    axes[output] = {0: "out"} | ({1: "time"} if output == "pairs" else {})
    return _export(module, inputs, list(names), output, axes)


def _export(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    names: list[str],
    output: str,
    axes: dict[str, dict[int, str]],
) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            inputs,
            buffer,
            input_names=names,
            output_names=[output],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    return buffer.getvalue()


def _smaller(graph: bytes) -> bytes:
    """Weights of matrices in eight bits, one scale a column; what flows stays float32."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.onnx", Path(folder) / "after.onnx"
        before.write_bytes(graph)
        quantize_dynamic(before, after, weight_type=QuantType.QInt8, per_channel=True)
        return after.read_bytes()
