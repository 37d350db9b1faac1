"""A knowledge base that says two genders of somebody says none."""

from __future__ import annotations

import json
from pathlib import Path

from kb_made import claim, made, wikidata_item
from selon.kb.build import build
from selon.kb.store import Kb


def test_two_genders_of_one_id_are_none(tmp_path: Path) -> None:
    text = (
        "id,name,gender\np1,Ana Roux,f\np1,Ana Roux,m\np1,Ana Roux,f\np2,Jo Roux,\np2,Jo Roux,m\n"
    )
    kb, report = made(tmp_path, text)
    with kb:
        assert [thing.gender for ident in ("p1", "p2") if (thing := kb.get(ident))] == [None, "m"]
    assert report.faults["id seen again with another gender"] == 2
    person = {"id": "x1", "schema": "Person", "properties": {"name": ["Ana Roux"]}}
    person["properties"] |= {"gender": ["male", "female"]}  # type: ignore[operator]
    claims = {"P31": [claim("P31", {"id": "Q5"})]}
    claims["P21"] = [claim("P21", {"id": q}) for q in ("Q6581072", "Q6581097")]
    for name, line in (
        ("a.ftm.json", json.dumps(person).encode()),
        ("b.json", wikidata_item("Q1", "Ana Roux", claims)),
    ):
        kb, _ = made(tmp_path, line + b"\n", name)
        with kb:
            thing = kb.get("x1") or kb.get("Q1")
            assert thing is not None
            assert (thing.names, thing.gender) == (("Ana Roux",), None)


def test_two_bases_that_disagree_tell_no_gender(tmp_path: Path) -> None:
    for name, gender in (("one", "f"), ("two", "m")):
        (tmp_path / f"{name}.csv").write_text(f"id,name,gender\nQ5,Ana Roux,{gender}\n")
        build(tmp_path / f"{name}.db", [tmp_path / f"{name}.csv"], "2022-01-01")
    with Kb(tmp_path / "one.db", tmp_path / "two.db") as both:
        thing = both.get("Q5")
        assert thing is not None
        assert thing.gender is None
