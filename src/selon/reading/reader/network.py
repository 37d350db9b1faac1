"""The trained network at work, by onnxruntime: from tokens to scores."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from selon.errors import SelonError
from selon.reading.reader.decode import ROLES
from selon.reading.reader.tokens import Tokens, Window
from selon.records import FORMS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
# The model that ships.
SHIPPED: Final = Path(__file__).parent.parent.parent / "data" / "reader.zip"
ANCHOR: Final = "anchor"
NAMING: Final = "naming"
MEMBERS: Final = (
    "about.json",
    "encoder.onnx",
    "pairs.onnx",
    "kinds.onnx",
    "words.q4",
    "small.npz",
    "tokenizer.json",
)
BEGIN, END = 0, 2
BUCKETS: Final = 48
NEAR: Final = 8
SPEAKER: Final = ROLES.index("speaker")


@dataclass(frozen=True, slots=True)
class Small:
    """The little arrays of the heads that need no graph."""

    features: Floats
    guidelines: Floats
    anchor: tuple[Floats, Floats]
    query: tuple[Floats, Floats]
    speaker: Floats
    key: tuple[Floats, Floats]
    nobody: Floats


class Network:
    """A loaded model file; `about` is what it tells of itself.

    It tells statements of its `forms` that are likelier than its `threshold`; `speaker_odds` are added
    to the log odds of a speaker's words: inside, at an edge.
    """

    def __init__(self, path: Path, guideline: int = 0) -> None:
        data = _read(path)
        self.about: dict[str, Any] = json.loads(data["about.json"])
        self.guideline = guideline
        # PolNeAR marks one level only.
        self.nests = guideline == 0
        self.calibration: dict[str, Any] = self.about.get("calibration", {})
        self.threshold = float(self.about.get("thresholds", [0.4] * 2)[guideline])
        self.forms = FORMS
        self.speaker_odds = (0.0, 0.0)
        self.encoder = _session(data["encoder.onnx"])
        self.pair_graph = _session(data["pairs.onnx"])
        self.kind_graph = _session(data["kinds.onnx"])
        self.words = np.frombuffer(data["words.q4"], np.uint8).reshape(self.about["pieces"], -1)
        self.small = _small(data["small.npz"])
        self.tokenizer = _tokenizer(data["tokenizer.json"])

    def for_untrained(self) -> Network:
        """The same network for a language that it was not trained on: more willing, fewer forms.

        Its chances are lower there, right ones too, and nine of ten narrated reports are none. Set on
        60 German articles, and seen to hold on 90 others.
        """
        other = copy(self)
        other.threshold, other.speaker_odds = 0.2, (2.0, 1.0)
        other.forms = tuple(form for form in FORMS if form != "narrated")
        return other

    def hidden(self, tokens: Tokens, found: Sequence[Window]) -> list[Floats]:
        """The hidden states of each window, [time, width]; one at a time stays in the cache."""
        return [self._encode(tokens, window) for window in found]

    def _encode(self, tokens: Tokens, window: Window) -> Floats:
        size = window.end - window.start + 2
        ids = np.ones((1, size), np.int64)
        features = np.zeros((1, size), np.int64)
        ids[0, 0], ids[0, -1] = BEGIN, END
        ids[0, 1:-1] = tokens.ids[window.start : window.end]
        features[0, 1:-1] = tokens.features[window.start : window.end]
        words = self._words(ids) + self.small.features[features]
        words += self.small.guidelines[self.guideline]
        out: Floats = self.encoder.run(None, {"words": words})[0]
        return out[0, 1:-1]

    def _words(self, ids: Ints) -> Floats:
        """The word vectors of pieces, from blocks of a float16 scale and 32 four-bit weights."""
        unique, back = np.unique(ids, return_inverse=True)
        blocks = self.words[unique].reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low = (blocks[:, 2:] & 15).astype(np.float32)
        high = (blocks[:, 2:] >> 4).astype(np.float32)
        vectors = (np.concatenate([low, high], axis=1) - 8) * scale
        out: Floats = vectors.reshape(len(unique), -1)[back.reshape(ids.shape)]
        return out

    def anchors(self, hidden: Floats) -> Floats:
        """Chances [time, 3]: no anchor, a cue's first token, a content's without a cue."""
        return softmax(_linear(hidden, self.small.anchor))

    def pairs(self, hidden: Floats, at: Ints, paragraphs: Ints) -> Floats:
        """Log odds [anchors, time, roles, 3]: inside, starts here, ends here."""
        far = np.arange(len(hidden))[None] - at[:, None]
        same = np.sign(paragraphs[None] - paragraphs[at][:, None]) % 3
        given = {"hidden": hidden, "at": at, "buckets": buckets(far), "same": same}
        out: Floats = self.pair_graph.run(None, given)[0]
        if any(self.speaker_odds):
            inside, edge = self.speaker_odds
            out[:, :, SPEAKER] += (inside, edge, edge)
        return out

    def kinds(self, hidden: Floats, at: Ints, content: Floats) -> tuple[Floats, Floats]:
        """Chances of the forms and of the stances of each anchor."""
        given = {"anchors": hidden[at], "content": content @ hidden}
        found = self.kind_graph.run(None, given)[0]
        return softmax(found[:, :4]), softmax(found[:, 4:])

    def names(self, query: Floats, speakers: Floats, keys: Floats) -> Floats:
        """Chances [anchors, 1 + time]: nobody is named, or the name's words stand there."""
        q = _linear(query, self.small.query) + speakers @ self.small.speaker.T
        k = _linear(keys, self.small.key)
        scale = np.float32(len(self.small.nobody) ** -0.5)
        there = np.concatenate([(q @ self.small.nobody)[:, None], q @ k.T], axis=1)
        return softmax(there * scale)


def buckets(far: Ints) -> Ints:
    """Signed distances in tokens, in logarithmic buckets: 48 of them."""
    half = BUCKETS // 2
    size = np.abs(far)
    logs = np.floor(np.log2(np.maximum(size, NEAR) / NEAR) * 3).astype(np.int64)
    found = np.minimum(np.where(size < NEAR, size, NEAR + logs), half - 1)
    return np.where(far < 0, found, found + half)


def softmax(x: Floats) -> Floats:
    """The softmax of the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out


def _linear(x: Floats, layer: tuple[Floats, Floats]) -> Floats:
    out: Floats = x @ layer[0].T + layer[1]
    return out


def _read(path: Path) -> dict[str, bytes]:
    """The file's members; a file that is not whole is named with the remedy."""
    remedy = "install Selon again, or train a model (selon train)"
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: archive.read(name) for name in MEMBERS}
            _check(found)
            return found
    except FileNotFoundError:
        raise SelonError(f"{path}: the reader's model is missing; {remedy}") from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise SelonError(f"{path}: the reader's model is damaged ({error}); {remedy}") from None


def _check(found: dict[str, bytes]) -> None:
    """Raises ValueError naming the member that is not what the model was made of."""
    digests = json.loads(found["about.json"])["sha256"]
    for name, data in found.items():
        if name != "about.json" and hashlib.sha256(data).hexdigest() != digests[name]:
            raise ValueError(name)


def digest(path: Path) -> str:
    """The model file's digest, kept with every run."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _session(graph: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _tokenizer(data: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(data.decode("utf-8"))


def _small(data: bytes) -> Small:
    arrays = np.load(io.BytesIO(data))

    def layer(name: str) -> tuple[Floats, Floats]:
        return arrays[f"{name}.weight"], arrays[f"{name}.bias"]

    return Small(
        arrays["features"],
        arrays["guidelines"],
        layer(ANCHOR),
        layer(f"{NAMING}.query"),
        arrays[f"{NAMING}.speaker"],
        layer(f"{NAMING}.key"),
        arrays[f"{NAMING}.nobody"],
    )


def guideline(reader: str) -> int:
    """The number of the guidelines that a reader of some name was told to follow."""
    return int(reader == "polnear")


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED, guideline: int = 0) -> Network:
    """The model of a file, loaded once a process."""
    return Network(path, guideline)
