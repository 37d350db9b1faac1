"""Whether two spellings may be one name: folding, skeletons, look-up keys, likeness.

Pure functions on strings, shared by whoever compares names. Nothing here decides that two people
are one: a likeness says that two spellings agree, and a lone surname always agrees with too many.
Method: skeletons bring French and English transliterations of Arabic, Persian and Cyrillic names
together (Souleimani, Soleimani, Sulaymani); likeness is the least ratio over aligned tokens.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from itertools import combinations
from typing import Final
from unicodedata import combining, normalize
from unicodedata import name as unicode_name

from anyascii import anyascii
from rapidfuzz.distance import Indel

_WORD: Final = re.compile(r"[a-z0-9]+")
_APOSTROPHES: Final = re.compile(r"['’ʼ‘`ʾʿ´]")
_MAX_TOKENS: Final = 12
_MAX_CHARS: Final = 400
# Past four tokens the pairs of neighbours suffice: a long name is a body's, in one order.
_PAIRED: Final = 4
_UNPAIRED: Final = 0.85
# One letter that may number a king, and the scripts in which two names may share all their letters.
_NUMERALS: Final = frozenset("ivx")
_ABJADS: Final = ("ARABIC", "HEBREW", "SYRIAC")
# From here on two full names are spellings of one, for all but one of sixty hard pairs.
ALIKE: Final = 0.8

# Order matters: longer spellings of a sound before the shorter ones that they hold.
_SOUNDS: Final = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"(?<=[eoi])ff$", "v"),
        (r"[aeiou]y(?=[aeiou])", "i"),
        (r"sch|tsch|tch|ch|sh", "s"),
        (r"dsh|dzh|dj|zh|j|dz", "z"),
        (r"dh(?!$)", "z"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"kh|gh|q|ck|c|gu(?=[eiy])|g", "k"),  # Kadhafi, Gaddafi, Qaddafi
        (r"x", "ks"),
        (r"w(?=[aeiy])|v", "v"),
        (r"eau|au|aw|oo|ou|o|w", "u"),
        (r"ee|ea|a[iy]|e[iy]|i[ey]|[eiy]", "i"),
        (r"h", ""),
        (r"s|z", "z"),
        (r"(.)\1+", r"\1"),
    )
)
_LAST_VOWEL: Final = re.compile(r"(?<=[^aeiouy]{2})e$|(?<=[^aeiouy])e$")
_VOWELS: Final = re.compile(r"[aeiouy]")


@lru_cache(maxsize=16384)
def unaccented(text: str) -> str:
    """The same letters without their accents: « enchainé » is « enchaine »."""
    return "".join(c for c in normalize("NFD", text) if not combining(c))


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """The small words that names are compared without (`name-particles.txt`)."""
    text = (resources.files("selon") / "data" / "name-particles.txt").read_text("utf-8")
    return frozenset(w for w in text.split("\n") if w and not w.startswith("#"))


def fold(name: str) -> str:
    """The name in lower-case ASCII words, one space between: `Élisabeth Noël` → `elisabeth noel`.

    Any script is romanised letter by letter, so Arabic loses its short vowels; give such names as
    aliases instead. Never raises; a name of signs alone folds to nothing.
    """
    plain = _APOSTROPHES.sub("", name[:_MAX_CHARS])
    return " ".join(_WORD.findall(anyascii(plain).lower()))


@lru_cache(maxsize=16384)
def tokens(name: str) -> tuple[str, ...]:
    """The folded words that names are compared by: `Adel Abdel-Mahdi` → (`adel`, `mahdi`)."""
    words = fold(name).split()[:_MAX_TOKENS]
    kept = [w for w in words if w not in particles()] or words
    whole = [w for w in kept if len(w) > 1]
    # An initial beside two whole words says too little: George W. Bush, George Washington.
    return tuple(whole if len(whole) > 1 else kept)


def is_full(name: str) -> bool:
    """Whether a person's name tells one from others: two words or more, the last no initial.

    Not « Roux », nor « Sophie L. », « A. B. », as who is not to be known is called; « Charles X » is.
    """
    letters = ["".join(filter(str.isalpha, word)) for word in name[:_MAX_CHARS].split()]
    last = next(filter(None, reversed(letters)), "")
    if len(tokens(name)) < 2 or not last:
        return False
    # A letter of a script without capitals is a syllable: « 李 明 ».
    initial = len(last) == 1 and last.lower() != last.upper()
    return not initial or (last.lower() in _NUMERALS and not name.rstrip().endswith("."))


def vowelless(name: str) -> bool:
    """Whether letters of the name belong to a script that leaves short vowels out."""
    return any(unicode_name(c, "").startswith(_ABJADS) for c in name[:_MAX_CHARS] if c > "\u0590")


@lru_cache(maxsize=16384)
def skeleton(token: str) -> str:
    """How a folded word sounds, roughly: `soleimani`, `souleimani`, `sulaymani` → `zulimani`."""
    sounds = _LAST_VOWEL.sub("", token)
    for spelling, sound in _SOUNDS:
        sounds = spelling.sub(sound, sounds)
    return sounds or token


@lru_cache(maxsize=16384)
def consonants(token: str) -> str:
    """The consonants of a word's skeleton, its first letter kept: `kazemi` → `kzm`."""
    sounds = skeleton(token)
    return sounds[:1] + _VOWELS.sub("", sounds[1:])


def keys(name: str) -> tuple[str, ...]:
    """The look-up keys of a name; two spellings of one name share at least one, as a rule.

    `=` the skeletons of all its words, sorted; `+` the consonants of two of them; `.` the skeleton
    of one with the first sound of another. A lone word has `=` and `+` only.
    """
    words = tokens(name)
    if not words:
        return ()
    sounds = [skeleton(w) for w in words]
    bones = [consonants(w) for w in words]
    found = {"=" + " ".join(sorted(sounds))}
    if len(words) == 1:
        found.add("+" + bones[0])
    count = len(words)
    pairs = (
        combinations(range(count), 2)
        if count <= _PAIRED
        else zip(range(count), range(1, count), strict=False)
    )
    for i, j in pairs:
        found.add("+" + " ".join(sorted((bones[i], bones[j]))))
        found.add(f".{sounds[i]} {sounds[j][:1]}")
        found.add(f".{sounds[j]} {sounds[i][:1]}")
    return tuple(sorted(found))


def likeness(a: str, b: str) -> float:
    """How alike two spellings are, 0 to 1: the least ratio over the aligned words.

    Each word of the shorter name is aligned with one of the other, particles dropped. A lone word
    compares with the best one of the other name: never link on that alone. `ALIKE` and above are
    spellings of one name; Soleimani and Soltani reach .75.
    """
    left, right = sorted((tokens(a), tokens(b)), key=len)
    if not left or not right:
        return 0.0
    if left == right or "".join(left) == "".join(right):
        return 1.0
    free = list(right)
    lowest = 1.0
    for word in sorted(left, key=len, reverse=True):
        ratios = [_ratio(word, other) for other in free]
        best = max(range(len(free)), key=ratios.__getitem__)
        lowest = min(lowest, ratios[best])
        free.pop(best)
    # Words without a partner make a near miss likelier: Marine Le Pen, Jean-Marie Le Pen.
    return lowest if lowest == 1.0 or not free else lowest * _UNPAIRED


@lru_cache(maxsize=16384)
def _ratio(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        # An initial stands for any name that begins so: `J. Zarif`.
        return 0.8 if a[0] == b[0] else 0.0
    plain = Indel.normalized_similarity(a, b)
    sounds = Indel.normalized_similarity(skeleton(a), skeleton(b))
    bones = Indel.normalized_similarity(consonants(a), consonants(b))
    return max(plain, (plain + sounds + bones) / 3)
