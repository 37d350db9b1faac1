"""The English lexicon of reports, read once from the files beside this one, and its verb forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from selon import lang
from selon.errors import SelonError
from selon.tsv import numbered_rows

HERE: Final = Path(__file__).parent
VOWELS: Final = "aeiou"
INITIALS: Final = re.compile(r"[a-z]\.[a-z]")
# Past and participle of the verbs of the lexicon that are not regular.
IRREGULAR: Final = {
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "speak": ("spoke", "spoken"),
    "swear": ("swore", "sworn"),
    "go": ("went", "gone"),
    "put": ("put", "put"),
    "read": ("read", "read"),
    "beg": ("begged", "begged"),
    "foresee": ("foresaw", "foreseen"),
    "foretell": ("foretold", "foretold"),
    "forecast": ("forecast", "forecast"),
    "broadcast": ("broadcast", "broadcast"),
    "cast": ("cast", "cast"),
    "lay": ("laid", "laid"),
    "hit": ("hit", "hit"),
    "show": ("showed", "shown"),
    "find": ("found", "found"),
    "prove": ("proved", "proven"),
    "give": ("gave", "given"),
    "think": ("thought", "thought"),
    "feel": ("felt", "felt"),
    "know": ("knew", "known"),
    "see": ("saw", "seen"),
    "understand": ("understood", "understood"),
    "forget": ("forgot", "forgotten"),
    "mean": ("meant", "meant"),
    "hear": ("heard", "heard"),
    "seek": ("sought", "sought"),
    "choose": ("chose", "chosen"),
    "strive": ("strove", "striven"),
    "fight": ("fought", "fought"),
    "plead": ("pleaded", "pled"),
    "learn": ("learned", "learnt"),
    "commit": ("committed", "committed"),
    "submit": ("submitted", "submitted"),
    "admit": ("admitted", "admitted"),
    "regret": ("regretted", "regretted"),
    "prefer": ("preferred", "preferred"),
    "refer": ("referred", "referred"),
    "uphold": ("upheld", "upheld"),
    "rebut": ("rebutted", "rebutted"),
    "text": ("texted", "texted"),
    "strike": ("struck", "struck"),
    "withdraw": ("withdrew", "withdrawn"),
    "withhold": ("withheld", "withheld"),
    "hide": ("hid", "hidden"),
    "overturn": ("overturned", "overturned"),
    "shun": ("shunned", "shunned"),
    "repel": ("repelled", "repelled"),
}
DOUBLED: Final = frozenset(
    "beg plan rap rip slam ban bar tap spar plot spot stop pan dub brag chat knit scar snap quip bid hit put".split()
)


class Stopped(frozenset[str]):
    """Words whose full stop ends no sentence: those of a list, and two initials (« Rep. A.K. Prew »)."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (
            isinstance(word, str) and INITIALS.fullmatch(word) is not None
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word that the English rules turn on; `forms` has each verb form with its lemma."""

    verbs: dict[str, str]
    forms: dict[str, str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    closed: dict[str, frozenset[str]]
    prepositions: tuple[tuple[str, ...], ...]
    media_nouns: frozenset[str]
    media_names: frozenset[str]
    breadth: str


def read_toml(name: str) -> dict[str, Any]:
    """One of the folder's TOML files."""
    return lang.read_toml("en", name)


def forms_of(lemma: str) -> frozenset[str]:
    """The forms of a verb: « deny » → deny, denies, denied, denying."""
    stem = lemma
    if lemma in DOUBLED or (
        lemma in IRREGULAR and IRREGULAR[lemma][0].endswith(lemma[-1] * 2 + "ed")
    ):
        stem = lemma + lemma[-1]
    third = lemma + "s"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        third = lemma[:-1] + "ies"
    elif lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    gerund = (
        lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "ie")) else stem
    ) + "ing"
    if lemma in ("vie", "die", "lie"):
        gerund = lemma[:-2] + "ying"
    if lemma in IRREGULAR:
        past, participle = IRREGULAR[lemma]
    else:
        past = stem + ("d" if lemma.endswith("e") else "ed")
        if lemma.endswith("y") and lemma[-2] not in VOWELS:
            past = lemma[:-1] + "ied"
        participle = past
    return frozenset({lemma, third, gerund, past, participle})


def _verbs() -> dict[str, str]:
    verbs = {}
    for number, parts in numbered_rows((HERE / "verbs.tsv").read_text(encoding="utf-8")):
        if len(parts) != 2:
            raise SelonError(f"lang/en/verbs.tsv:{number}: needs lemma and act, by a tab")
        verbs[parts[0]] = parts[1]
    return verbs


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon; the forms of each verb are made here."""
    pack = read_toml("pack.toml")
    verbs = _verbs()
    forms: dict[str, str] = {}
    for lemma in verbs:
        for form in sorted(forms_of(lemma)):
            if form not in verbs or form == lemma:
                forms.setdefault(form, lemma)
    return Lexicon(
        verbs=verbs,
        forms=forms,
        nouns={noun: act for act, many in pack["nouns"].items() for noun in many},
        adjectives={word: act for act, many in pack["adjectives"].items() for word in many},
        closed={name: frozenset(many) for name, many in pack["closed"].items()},
        prepositions=tuple(tuple(p.split()) for p in pack["prepositions"]["full"]),
        media_nouns=frozenset(pack["media"]["nouns"]),
        media_names=frozenset(pack["media"]["names"]),
        breadth=pack["reading"]["breadth"],
    )
