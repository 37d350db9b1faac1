"""Who the speakers of a library are: kind, gender with its source, one row for one; counted right."""

from __future__ import annotations

from itertools import islice, permutations
from pathlib import Path

from library_made import spoken
from selon.export.table import rows
from selon.library import add, fetch, identity, judge, runs
from selon.library.bodies import body_key
from selon.library.find import Query
from selon.library.stats import stats
from selon.library.store import Library
from selon.records import Article, Entity, Mention, Reading, Span

MAKER = runs.Maker("0", "test")


def filled(path: Path, *readings: Reading) -> Library:
    library = Library(path, create=True)
    add.load(library, readings, MAKER)
    return library


def exported(library: Library) -> dict[str, dict[str, object]]:
    found = rows(fetch.readings_of_query(library.connection, Query()))
    return {str(row["article"]): row for row in found}


def test_kind_gender_and_role_are_exported(tmp_path: Path) -> None:
    readings = (
        spoken(1, "Mme ", "Odile Varenne", roles=("préfète de la Creuse",)),
        spoken(2, "", "un pompier", form="nominal"),
        spoken(3, "", "La Gazette du Loir", "organisation"),
        spoken(4, "", "une banderole", "work", form="nominal"),
        spoken(5, "", "Kzyx Brrl"),
    )
    with filled(tmp_path / "a.db", *readings) as library:
        told = exported(library)
    kinds = [told[f"a{n}"]["speaker_kind"] for n in range(1, 6)]
    assert kinds == ["person", "someone", "media", "document", "person"]
    assert (told["a1"]["speaker_gender"], told["a1"]["speaker_gender_by"]) == ("female", "title")
    assert told["a1"]["speaker_role"] == "préfète de la Creuse"
    assert told["a2"]["speaker_role"] == "un pompier"
    assert told["a5"]["speaker_gender"] is None
    assert len({told[a]["speaker_id"] for a in told}) == 5


def test_a_knowledge_base_decides_a_gender(tmp_path: Path) -> None:
    known = {"kb": "Q7", "kind": "person", "gender": "male", "gender_by": "kb"}
    readings = (spoken(1, "", "Andrea Conti"), spoken(2, "", "Andrea Conti", **known))
    with filled(tmp_path / "a.db", *readings) as library:
        told = exported(library)
        assert {r["speaker_gender"] for r in told.values()} == {"male"}
        assert len({r["speaker_id"] for r in told.values()}) == 1


def test_the_same_rows_are_one_in_any_order(tmp_path: Path) -> None:
    many = (
        spoken(1, "", "Gabi Achkénazi", kb="Q9"),
        spoken(2, "", "Gabi Ashkenazi"),
        spoken(3, "", "Le Fanal", "organisation"),
        spoken(4, "le ", "Fanal", "unknown"),
    )
    seen = set()
    for n, order in enumerate(islice(permutations(many), 0, None, 5)):
        with Library(tmp_path / f"{n}.db", create=True) as library:
            for one in order:
                add.load(library, [one], MAKER)
            told = exported(library)
            ids = [told[f"a{k}"]["speaker_id"] for k in range(1, 5)]
            names = [told[f"a{k}"]["speaker"] for k in range(1, 5)]
            seen.add((*ids, *names))
    assert len(seen) == 1
    (one,) = seen
    assert one[0] == one[1] != one[2] == one[3]


def test_a_second_bearer_with_an_id_takes_a_tie_back(tmp_path: Path) -> None:
    first = (spoken(1, "", "Ana Rouvier", kb="Q1"), spoken(2, "", "Anna Rouvière"))
    with filled(tmp_path / "a.db", *first) as library:
        heads = "select count(*) from entity where same_as is null"
        assert library.connection.execute(heads).fetchone()[0] == 1
        add.load(library, [spoken(3, "", "Anna Rouvier", kb="Q2")], MAKER)
        assert library.connection.execute(heads).fetchone()[0] == 3


def test_titles_of_two_genders_are_two(tmp_path: Path) -> None:
    readings = (spoken(1, "M. ", "Dominique Achkar"), spoken(2, "Mme ", "Dominique Ashkar"))
    with filled(tmp_path / "a.db", *readings) as library:
        assert len({r["speaker_id"] for r in exported(library).values()}) == 2


def test_whom_a_person_parted_stays_two_in_spite_of_a_third(tmp_path: Path) -> None:
    readings = (spoken(1, "", "Gabi Achkénazi"), spoken(2, "", "Gabi Ashkenazi"))
    with filled(tmp_path / "a.db", *readings) as library:
        (uid,) = library.connection.execute("select uid from judgement").fetchone()
        judge.undo(library, uid, "ana")
        add.load(library, [spoken(3, "", "Gabi Achkenazy")], MAKER)
        one, two = (
            library.connection.execute(
                "select coalesce(same_as, id) from entity where key = ?", (key,)
            ).fetchone()[0]
            for key in ("person:gabi achkenazi", "person:gabi ashkenazi")
        )
        assert one != two
        assert identity.link(library) == 0


def body(name: str, text: str = "") -> str | None:
    entity = Entity(
        "e1", "organisation", name, (Mention(Span(0, 1), "nominal"),), kind="organisation"
    )
    return body_key(entity, Article("a", text or name, "fr"))


def test_a_ministry_is_one_in_its_country_and_the_police_nobody() -> None:
    abroad = body("le ministère israélien de la Santé")
    assert abroad == body("le ministère de la Santé israélien")
    assert abroad != body("le ministère de la Santé") is not None
    assert body("le ministère de la Santé", "Israël a dit. Le ministère se tait.") is None
    assert body("la police") is None
    assert body("la préfecture de police de Paris") == body("Préfecture de police de Paris")
    assert body("une préfecture de Paris") is None


def test_genders_are_counted_by_person_without_intervals_where_many_are_unknown(
    tmp_path: Path,
) -> None:
    few = (
        *(spoken(n, "Mme ", "Odile Varenne") for n in range(3)),
        spoken(4, "", "Kzyx Brrl"),
    )
    with filled(tmp_path / "a.db", *few) as library:
        table = stats(library.connection, "gender")
        assert (table.unit, table.ranged) == ("persons", False)
        assert [(line.value, line.published.n) for line in table.lines] == [("female", 1)]
        assert table.lines[0].published.interval is None
        assert table.unknown.published.n == 1
        more = (spoken(10 + n, "M. ", f"Jean Lebrun{c}") for n, c in enumerate("abc"))
        add.load(library, more, MAKER)
        table = stats(library.connection, "gender")
        assert table.ranged
        assert table.lines[0].published.interval is not None
        kinds = stats(library.connection, "kind")
        assert (kinds.unit, kinds.lines[0].published.n) == ("statements", 7)
