"""Near-identical copies: a dispatch under another hand is tied, another day's bulletin is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library_made import article, reader
from selon.library import add, near_duplicates
from selon.library.store import Library

DISPATCH = (
    "Le conseil municipal de Brénac a voté mardi soir la réouverture de l’école des Tilleuls, fermée"
    " depuis trois ans faute d’élèves. « Nous l’avions promis, nous l’avons fait », a dit la maire,"
    " Zélie Coeurdeloup, devant une salle comble. L’opposition, menée par Basile Ortéga, s’est"
    " abstenue, jugeant le coût des travaux trop élevé pour une commune de quatre mille habitants."
    " Les travaux doivent commencer au printemps et durer sept mois, selon le calendrier présenté"
    " aux familles. La région prendra à sa charge la moitié de la somme, le département un cinquième,"
    " et la commune empruntera le reste sur quinze ans, a précisé l’adjointe aux finances. Quarante"
    " enfants sont déjà inscrits, et deux classes ouvriront dès le premier jour, a-t-elle ajouté."
)
LEAD = (
    "C’est une victoire pour les parents du quartier, qui se battaient depuis longtemps : leur"
    " école va rouvrir ses portes à la rentrée prochaine. "
)
ANEW = (
    "À Brénac, l’école des Tilleuls va rouvrir. Les élus l’ont décidé mardi après un long débat,"
    " au cours duquel Basile Ortéga a dit tout le mal qu’il pensait du prix des travaux. La maire"
    " avait fait campagne sur ce retour. Quarante petits ont déjà leur place, dans deux classes, et"
    " le chantier, payé pour moitié par la région et pour un cinquième par le département, doit"
    " s’ouvrir au printemps pour sept mois. Le reste sera emprunté sur quinze ans, et l’opposition,"
    " qui s’est abstenue, juge que quatre mille habitants ne peuvent porter une telle charge."
)


def bulletin(day: str, *figures: int) -> str:
    a, b, c, d = figures
    return (
        f"Le trafic routier sera chargé {day} autour de Brénac, a prévenu la préfecture. On attend"
        f" {a} kilomètres de bouchons le matin, contre {b} la veille, et jusqu’à {c} le soir sur"
        f" l’axe qui mène à Kerlan, où {d} véhicules passent chaque heure. Les automobilistes sont"
        f" invités à partir avant {a % 9 + 5} heures ou après {b % 9 + 14} heures, et à s’arrêter"
        f" toutes les deux heures. L’an dernier, {c * 3} accidents avaient fait {d % 40} blessés"
        f" {day} sur les mêmes routes, selon les services de secours, qui seront {a + b} de garde."
    )


def copies(folder: Path, *texts: tuple[str, str | None]) -> list[int | None]:
    items = [
        article(n, text, url=f"https://{n}.example/x", published=day)  # type: ignore[arg-type]
        for n, (text, day) in enumerate(texts, 1)
    ]
    with Library(folder / "a.db", create=True) as library:
        add.add(library, items, reader)
        rows = library.connection.execute("select copy_of from article order by id")
        return [r[0] for r in rows]


DAY = "2026-03-03"


@pytest.mark.parametrize(
    ("first", "second", "tied"),
    [
        ((DISPATCH, DAY), (DISPATCH, DAY), True),
        ((DISPATCH, DAY), ("BRÉNAC (AFX) — " + DISPATCH.replace("’", "'"), DAY), True),
        ((DISPATCH, DAY), (LEAD + DISPATCH, "2026-03-04"), True),
        ((LEAD + DISPATCH, DAY), (DISPATCH[: int(len(DISPATCH) * 0.8)], DAY), True),
        ((DISPATCH, DAY), (LEAD + DISPATCH, None), True),
        ((DISPATCH, DAY), (DISPATCH, "2026-09-01"), True),
        # The same event by another hand, the next day's figures, a paper's own stock text.
        ((DISPATCH, DAY), (ANEW, DAY), False),
        (
            (bulletin("vendredi", 210, 140, 330, 4200), DAY),
            (bulletin("samedi", 460, 210, 520, 6100), "2026-03-04"),
            False,
        ),
        ((DISPATCH, DAY), (LEAD + DISPATCH, "2026-04-20"), False),
        # Quoted at length in a report of its own.
        ((DISPATCH, DAY), (ANEW + " " + LEAD + DISPATCH, DAY), False),
        (("Trop court pour dire.", DAY), ("Trop court pour dire.", DAY), False),
    ],
)
def test_tied_or_not(
    tmp_path: Path, first: tuple[str, str | None], second: tuple[str, str | None], tied: bool
) -> None:
    assert copies(tmp_path, first, second) == [None, 1 if tied else None]


def test_groups_meet_under_their_first(tmp_path: Path) -> None:
    later = LEAD + DISPATCH
    assert copies(tmp_path, (DISPATCH, DAY), (ANEW, DAY), (later, DAY), (later, DAY)) == [
        None,
        None,
        1,
        1,
    ]


words = st.lists(st.sampled_from("un deux trois quatre cinq six".split()), max_size=60)


@given(words, words)
@settings(max_examples=200)
def test_what_is_covered_is_a_share(a: list[str], b: list[str]) -> None:
    few, many = near_duplicates.coverage(a, b)
    assert 0 <= many <= few <= 1
    assert near_duplicates.coverage(a, b) == near_duplicates.coverage(b, a)
    if len(a) >= 8:
        assert near_duplicates.coverage(a, a) == (1.0, 1.0)


def test_dates_that_are_no_days() -> None:
    assert near_duplicates.days_between("2026-03-01", "2026-03-04T10:00:00Z") == 3
    assert near_duplicates.days_between("2026-03", "2026-03-04") is None
    assert near_duplicates.days_between(None, "2026-03-04") is None
