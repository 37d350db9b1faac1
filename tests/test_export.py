"""Each export read back by somebody else's reader: the same statements, at the same characters."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from library_made import article, made
from selon import contract, export
from selon.errors import SelonError
from selon.records import Article, Party, Reading, Span, Statement, Voice

WILD = (
    "𝄞 Titre & <b>sauvage</b>\r\n\n« Premier \U0001f600 morceau », a dit Anna Lissac, « et la\n"
    "suite * étoilée\u0007 ». =SUM(1) reste. « Le “quoi” », a dit Rose Ortis."
)

HERE = Path(__file__).parent


def wild() -> Reading:
    """Astral characters, control characters, two pieces, a nest, a crossing, a line break."""
    text = WILD

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    first = Statement(
        "w#1",
        "direct",
        (span("Premier \U0001f600 morceau"), span("et la\nsuite * étoilée\u0007")),
        (span("dit"),),
        Party((span("Anna Lissac"),)),
    )
    inner = Statement("w#2", "mixed", (span("suite * étoilée"),), within="w#1")
    crossing = Statement("w#3", "indirect", (Span(span("étoilée").start, span("reste").end),))
    return Reading(
        Article("w/é", text, "fr", "Titre", None, "2026-03", None, ("A. Ur",)),
        (first, inner, crossing),
        (),
        (),
        (Voice(span("quoi"), "scare"),),
        (),
    )


def corpus() -> list[Reading]:
    return [*(made(article(n)) for n in range(3)), wild()]


Places = set[tuple[str, tuple[tuple[int, int], ...]]]


def places(readings: list[Reading]) -> Places:
    return {
        (s.id, tuple((c.start, c.end) for c in s.content)) for r in readings for s in r.statements
    }


def texts(readings: list[Reading]) -> dict[str, str]:
    return {s.id: r.article.text for r in readings for s in r.statements}


def out(name: str, readings: list[Reading]) -> str:
    stream = io.StringIO()
    export.write(name, readings, stream)
    return stream.getvalue()


def binary(name: str, readings: list[Reading]) -> bytes:
    stream = io.BytesIO()
    export.write(name, readings, stream)
    return stream.getvalue()


def spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in (p.split("-") for p in text.split(",") if p))


def test_contract() -> None:
    lines = out("contract", corpus()).splitlines()
    assert places([contract.from_json(json.loads(line)) for line in lines]) == places(corpus())


def test_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(out("csv", corpus()))))
    assert {(r["statement"], spans(r["content_spans"])) for r in rows} == places(corpus())
    assert rows[0]["speaker"] == "Zélie Coeurdeloup"
    assert rows[0]["via"] == "Mediapluie"
    assert not any(c.startswith("=") for r in rows for c in r.values())


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export.to("parquet", corpus(), tmp_path / "s.parquet")
    rows = parquet.read_table(tmp_path / "s.parquet").to_pylist()
    assert {(r["statement"], spans(r["content_spans"])) for r in rows} == places(corpus())
    assert not (tmp_path / "s.parquet.part").exists()


def test_webannotation() -> None:
    from urllib.parse import unquote

    found: Places = set()
    of = texts(corpus())
    for line in out("webannotation", corpus()).splitlines():
        one = json.loads(line)
        assert one["@context"] == "http://www.w3.org/ns/anno.jsonld"
        sid = unquote(one["id"].removeprefix("urn:selon:"))
        targets = one["target"] if isinstance(one["target"], list) else [one["target"]]
        parts = []
        for target in targets:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert of[sid][start:end] == quote["exact"]
            assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in of[sid]
            parts.append((start, end))
        found.add((sid, tuple(parts)))
    assert found == places(corpus())


def test_tei_is_valid_by_the_consortium_s_own_schema() -> None:
    from lxml import etree

    schema = gzip.decompress((HERE / "schemas/tei_all.rng.gz").read_bytes())
    rules = etree.RelaxNG(etree.fromstring(schema))
    rules.assertValid(etree.fromstring(binary("tei", corpus())))


def test_tei() -> None:
    from lxml import etree

    root = etree.fromstring(binary("tei", corpus()))
    tei = {"t": "http://www.tei-c.org/ns/1.0"}
    xml = "{http://www.w3.org/XML/1998/namespace}id"
    ids = [e.get(xml) for e in root.iter() if e.get(xml)]
    assert len(ids) == len(set(ids))
    for attribute in ("who", "toWhom", "source", "prev", "next", "ana"):
        for element in root.iter():
            for pointer in (element.get(attribute) or "").split():
                assert pointer[1:] in ids
    assert [q.text for q in root.iterfind(".//t:q", tei)] == ["quoi"]
    found: dict[str, list[tuple[int, int]]] = {}
    for ab, reading in zip(root.iterfind(".//t:ab", tei), corpus(), strict=True):
        assert "".join(ab.itertext()) == reading.article.text.replace("\u0007", "\ufffd")
        _walk(ab, 0, found)
    merged = {sid: _joined(parts) for sid, parts in found.items()}
    assert merged == {sid: _joined(list(parts)) for sid, parts in places(corpus())}
    said = root.find(".//t:said", tei)
    assert said.get("direct") == "true"
    who = root.xpath(f"//*[@xml:id='{said.get('who')[1:]}']")[0]
    assert who[0].text == "Zélie Coeurdeloup"


def _walk(element, at: int, found: dict[str, list[tuple[int, int]]]) -> int:  # type: ignore[no-untyped-def]
    start = at
    at += len(element.text or "")
    for child in element:
        at = _walk(child, at, found) + len(child.tail or "")
    if element.tag.endswith("}said"):
        found.setdefault(element.get("n"), []).append((start, at))
    return at


def _joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def test_brat(tmp_path: Path) -> None:
    export.to("brat", [*corpus(), replace(wild())], tmp_path)
    assert (tmp_path / "w.txt").exists()
    assert (tmp_path / "w_2.txt").exists()
    found = {}
    for ann in tmp_path.glob("*.ann"):
        text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
        names = {}
        for line in ann.read_bytes().decode("utf-8").split("\n"):
            cells = line.split("\t")
            if line.startswith("T"):
                label, _, rest = cells[1].partition(" ")
                parts = [tuple(map(int, p.split())) for p in rest.split(";")]
                assert " ".join(text[a:b] for a, b in parts) == cells[2]
                assert not any("\n" in text[a:b] for a, b in parts)
                names[cells[0]] = (label, parts)
            elif line.startswith("#"):
                label, parts = names[cells[1].split()[1]]
                if label == "Content":
                    found[cells[2]] = "".join(text[a:b] for a, b in parts)
            elif line.startswith("R"):
                assert all(a.split(":")[1] in names for a in cells[1].split()[1:])
    assert found == {
        s.id: "".join(c.of(r.article.text) for c in s.content).replace("\n", "")
        for r in corpus()
        for s in r.statements
    }


def test_inception(tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    export.to("inception", corpus(), tmp_path)
    with (tmp_path / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    found: dict[str, list[tuple[int, int]]] = {}
    for path in tmp_path.glob("*.xmi"):
        with path.open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
        for one in cas.select("webanno.custom.Statement"):
            found.setdefault(one.sid, []).append((one.begin, one.end))
            assert one.get_covered_text() == cas.sofa_string[one.begin : one.end]
        if path.name == "w.xmi":
            assert cas.sofa_string == WILD.replace("\u0007", "\ufffd")
    assert {(sid, tuple(sorted(parts))) for sid, parts in found.items()} == places(corpus())


def test_labelstudio() -> None:
    tasks = json.loads(out("labelstudio", corpus()))
    found: dict[str, list[tuple[int, int]]] = {}
    for task in tasks:
        text = task["data"]["text"]
        regions = set()
        for one in task["predictions"][0]["result"]:
            if one["type"] == "relation":
                assert {one["from_id"], one["to_id"]} <= regions
                continue
            value = one["value"]
            regions.add(one["id"])
            assert text[value["start"] : value["end"]] == value["text"]
            if value["labels"] == ["content"]:
                found.setdefault(one["meta"]["text"][0], []).append((value["start"], value["end"]))
    assert {(sid, tuple(parts)) for sid, parts in found.items()} == places(corpus())


def test_schemaorg() -> None:
    rdflib = pytest.importorskip("rdflib")
    schema = rdflib.Namespace("https://schema.org/")
    graph = rdflib.Graph()
    for line in out("schemaorg", corpus()).splitlines():
        graph.parse(data=line, format="json-ld")
    quotes = list(graph.subjects(rdflib.RDF.type, schema.Quotation))
    assert {str(graph.value(q, schema.identifier)) for q in quotes} == set(texts(corpus()))
    whole = {
        (str(graph.value(q, schema.identifier)), str(graph.value(q, schema.text))) for q in quotes
    }
    assert whole == {
        (s.id, " […] ".join(c.of(r.article.text) for c in s.content))
        for r in corpus()
        for s in r.statements
    }
    assert (
        graph.value(predicate=schema.name, object=rdflib.Literal("Zélie Coeurdeloup")) is not None
    )


def test_prov_holds_the_whole_chain() -> None:
    rdflib = pytest.importorskip("rdflib")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    graph = rdflib.Graph().parse(data=out("prov", corpus()), format="nt")
    given = set(graph.subjects(rdflib.URIRef("urn:selon:term:spans")))
    assert len(given) == len(places(corpus()))
    one = made(article(0)).statements[0]
    node = next(s for s in given if graph.value(s, prov.value) == _words(one, article(0)))
    relay = graph.value(node, prov.wasQuotedFrom)
    utterance = graph.value(relay, prov.wasQuotedFrom)
    assert graph.value(utterance, prov.wasQuotedFrom) is None
    assert graph.value(node, prov.hadPrimarySource) == utterance
    label = rdflib.RDFS.label
    assert str(graph.value(graph.value(relay, prov.wasAttributedTo), label)) == "Mediapluie"
    speaker = graph.value(graph.value(utterance, prov.wasAttributedTo), label)
    assert str(speaker) == "Zélie Coeurdeloup"


def _words(s: Statement, of: Article):  # type: ignore[no-untyped-def]
    import rdflib

    return rdflib.Literal(s.content[0].of(of.text))


def test_iramuteq() -> None:
    blocks = out("iramuteq", corpus()).strip().split("\n\n")
    assert len(blocks) == len(places(corpus()))
    for block in blocks:
        head, words = block.split("\n")
        stars, *variables = head.split(" ")
        assert stars == "****"
        assert all(v.startswith("*") and v.count("_") == 1 for v in variables)
        assert head.isascii()
        assert "*" not in words
    assert "*locuteur_ZelieCoeurdeloup" in blocks[0]
    assert "*agence_Mediapluie" in blocks[0]
    assert "*date_2026-03-01" in blocks[0]


def test_txm(tmp_path: Path) -> None:
    export.to("txm", corpus(), tmp_path)
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "metadata.csv").read_text("utf-8"), newline=""))
    )
    assert next(iter(rows[0])) == "id"
    found = [
        (r["adresse"], (tmp_path / f"{r['id']}.txt").read_bytes().decode("utf-8")) for r in rows
    ]
    assert found == [
        (
            ",".join(f"{c.start}-{c.end}" for c in s.content),
            " […] ".join(c.of(r.article.text) for c in s.content),
        )
        for r in corpus()
        for s in r.statements
    ]


def test_gexf() -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_gexf(io.BytesIO(binary("gexf", corpus())))
    labels = {n: d["label"] for n, d in graph.nodes(data=True)}
    edges = {(labels[a], labels[b]): d["weight"] for a, b, d in graph.edges(data=True)}
    assert edges == {
        ("La Gazette de Brénac", "Mediapluie"): 3,
        ("Mediapluie", "Zélie Coeurdeloup"): 3,
        ("La Gazette de Brénac", "Basile Ortéga"): 3,
    }
    told = {d["label"]: d for _, d in graph.nodes(data=True)}
    assert told["Basile Ortéga"]["speaker_id"]
    assert "speaker_id" not in told["La Gazette de Brénac"]


def test_ftm() -> None:
    ftm = pytest.importorskip("followthemoney")
    found = set()
    entities = [
        ftm.model.get_proxy(json.loads(line), cleaned=False)
        for line in out("ftm", corpus()).splitlines()
    ]
    known = {e.id: e for e in entities}
    for entity in entities:
        entity.schema.validate(entity.to_dict())
        if entity.schema.name == "Note":
            found.add((entity.first("notes"), spans(entity.first("summary"))))
            assert known[entity.first("proof")].schema.name == "Article"
    assert found == places(corpus())


def test_training_is_gold() -> None:
    from selon.records import Judgement

    reading = made(article(0))
    first = reading.statements[0].id
    judged = replace(
        reading,
        judgements=(*reading.judgements, Judgement(first, "accepted", None, "human:ana")),
    )
    (line,) = out("training", [judged, made(article(1))]).splitlines()
    value = json.loads(line)
    back = contract.from_json(value)
    assert [s.content for s in back.statements] == [reading.statements[0].content]
    assert value["statements"][0]["speaker"]["name"] == "Zélie Coeurdeloup"
    assert value["complete"] is False


@pytest.mark.parametrize("name", export.FORMATS)
def test_no_readings_are_no_fault(name: str, tmp_path: Path) -> None:
    export.to(name, [], tmp_path / "out")


def test_bad_settings(tmp_path: Path) -> None:
    with pytest.raises(SelonError, match="morse"):
        export.to("morse", [], None)
    with pytest.raises(SelonError, match="brat"):
        export.to("brat", [], None)
    with pytest.raises(SelonError, match="absent"):
        export.to("csv", [], tmp_path / "absent" / "x.csv")
