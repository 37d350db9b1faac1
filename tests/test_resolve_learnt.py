"""Who speaks by a learnt reader's places and the signs around: made-up articles and chances."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon import lang, pipeline
from selon.learn import speakers as learning
from selon.pipeline import Prepared
from selon.reading import coref
from selon.records import Antecedent, Article, Party, Span, Statement

TEXT = (
    "Un maire dénonce le prix des bancs\n\n"
    "« Le prix est trop élevé », écrit-il dans un message. Romain Sénart dirige la commune de Brione."
    " Ce message a été repris par James Chéroux, maire de Montorel. Odile Varnier, elle, est restée"
    " muette. L'entreprise Bancalor et la région ont répondu. « Nous comprenons », ont dit Bancalor et"
    " la région. L'un d'eux a promis une baisse. « Tout sera revu. » Il a été demandé que rien ne soit"
    " payé."
)


@lru_cache(maxsize=1)
def prepared() -> Prepared:
    pack = lang.load("fr")
    return pipeline.parse_article(pipeline.prepare(Article("a", TEXT, "fr"), pack), pack)


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def said(content: str, speaker: str = "", cue: str = "", nth: int = 0) -> Statement:
    return Statement(
        content, "direct", (span(content),), (span(cue),) if cue else (),
        Party((span(speaker, nth),) if speaker else ()),
    )  # fmt: skip


def name(statement: Statement, *others: Statement, **chances: float) -> str | None:
    """The name of a statement's speaker; `chances` has what the reader gives to each name."""
    places = tuple(Antecedent(span(w.replace("_", " ")), c) for w, c in chances.items())
    return names(*others, statement, given={statement.id: places})[statement.id]


def names(
    *statements: Statement, given: Mapping[str, tuple[Antecedent, ...]]
) -> dict[str, str | None]:
    p, words = prepared(), lang.load("fr").people
    entities, judgements = coref.resolve_people(
        p.article, p.sentences, p.quotes, statements, words, antecedents=given
    )
    called = {e.id: e.name for e in entities}
    by = {j.subject: called.get(j.object or "") for j in judgements}
    return {s.id: by[f"{s.id}/speaker"] for s in statements}


def test_a_description_of_the_headline_is_whom_the_reader_sees() -> None:
    one = said("le prix des bancs", "Un maire", "dénonce")
    assert name(one, Romain_Sénart=0.9) == "Romain Sénart"
    assert name(one, James_Chéroux=0.9) == "James Chéroux"


def test_a_pronoun_is_whom_the_reader_sees_but_never_against_gender() -> None:
    one = said("Le prix est trop élevé", "il", "écrit")
    assert name(one, Romain_Sénart=0.9) == "Romain Sénart"
    assert name(one, Romain_Sénart=0.5, Odile_Varnier=0.4) == "Romain Sénart"


def test_who_goes_on_without_words() -> None:
    one = said("Nous comprenons", "Bancalor", "dit", nth=1)
    two = said("Tout sera revu.")
    assert name(two, one, Bancalor=0.5) == "Bancalor"


def test_joined_speakers_stay_joined() -> None:
    one = said("Nous comprenons", "Bancalor et la région", "dit")
    found = name(one, Odile_Varnier=0.5)
    assert "Bancalor" in (found or "")
    assert "région" in (found or "")


def test_one_of_them_is_not_all_of_them() -> None:
    one = said("une baisse", "L'un d'eux", "promis")
    assert name(one, Odile_Varnier=0.01) == "L'un d'eux"


def test_a_passive_has_no_speaker() -> None:
    assert name(said("que rien ne soit payé", "", "demandé"), Romain_Sénart=0.02) is None


def test_without_a_reader_the_rules_stand() -> None:
    one = said("Le prix est trop élevé", "il", "écrit")
    assert names(one, given={})[one.id] is not None


def _german(*names: tuple[str, str]) -> list[str]:
    """Whom the statements of a text without a pack are by: words of each, and the name seen."""
    text = " ".join(f"{words} sagt {n}; {seen}." for n, (words, seen) in enumerate(names))
    made, given = [], {}
    for n, (words, seen) in enumerate(names):
        at = text.index(f"{words} sagt {n}")
        there = text.index(f" {n}; {seen}.") + len(f" {n}; ")
        own = Span(at, at + len(words))
        made.append(Statement(str(n), "direct", (Span(at, at + 1),), speaker=Party((own,))))
        given[str(n)] = (Antecedent(Span(there, there + len(seen)), 0.9),)
    entities, judgements = coref.entities_of_names(text, made, given)
    called = {e.id: e.name for e in entities}
    return [called[j.object or ""] for j in judgements]


def test_a_surname_without_a_pack_is_the_only_bearers() -> None:
    assert _german(("Sie", "Odila Varn"), ("Varn", "Varn")) == ["Odila Varn", "Odila Varn"]
    two = _german(("Sie", "Odila Varn"), ("Er", "Paul Varn"), ("Varn", "Varn"))
    assert two == ["Odila Varn", "Paul Varn", "Varn"]
    assert _german(("Er", "Sprecher der Regierung"), ("Regierung", "Regierung"))[1] == "Regierung"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.floats(0, 1), st.booleans()
        ),
        max_size=12,
    )
)
def test_no_chances_raise(places: list[tuple[int, int, float, bool]]) -> None:
    one = said("Le prix est trop élevé", "il", "écrit")
    two = said("Tout sera revu.")
    given = {
        s.id: tuple(
            Antecedent(Span(a, min(len(TEXT), a + n)), c)
            for a, n, c, first in places
            if first is (s is one)
        )
        for s in (one, two)
    }
    found = names(one, two, given=given)
    assert set(found) == {one.id, two.id}


def test_learning_finds_the_sign_that_tells(tmp_path: Path) -> None:
    made = [
        learning.Choice((("near", "odd"), ("far", "even")), frozenset({n % 2}))
        if n % 3
        else learning.Choice((("told",), ("far",)), frozenset({0}))
        for n in range(60)
    ]
    data = learning.table(made)
    weights = learning.fit(data)
    by = dict(zip(data.signs, weights.tolist(), strict=True))
    assert by["told"] > by["far"]
    assert abs(by["near"] - by["even"]) < abs(by["told"] - by["far"])
    learning.write(data, weights, tmp_path / "x.tsv")
    lines = (tmp_path / "x.tsv").read_text("utf-8").splitlines()
    assert all(len(line.split("\t")) == 2 for line in lines if line[0] != "#")
    assert learning.folds([made[:30], made[30:]], 2)[1] == 60


@pytest.mark.parametrize("right", [frozenset({0}), frozenset({0, 1})])
def test_learning_takes_several_right_answers(right: frozenset[int]) -> None:
    made = [learning.Choice((("a",), ("b",), ("c",)), right)] * 9
    data = learning.table(made)
    assert learning.share_right(data, learning.fit(data)) == 1.0


def test_a_plural_description_is_no_single_person() -> None:
    one = said("Tout sera revu", "des bancs", "dit")
    assert name(one, Odile_Varnier=0.97) != "Odile Varnier"


def test_a_body_is_nobody_with_an_office() -> None:
    one = said("Tout sera revu", "la région", "promis")
    assert name(one, James_Chéroux=0.97) != "James Chéroux"


def test_a_mayor_is_no_company() -> None:
    one = said("Tout sera revu", "Un maire", "promis")
    assert name(one, Bancalor=0.97) != "Bancalor"
