"""A ledger that is made large at once has the index that comparing would have made."""

from __future__ import annotations

from pathlib import Path

from library_made import article, reader
from selon.bench import reuse_fill
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse.lexicon import lexicon
from selon.reuse.matching import Matching
from selon.reuse.shingles import hashes
from selon.reuse.store import ReuseStore

SAID = "Nous rouvrirons la passerelle de Brénac avant la rentrée, et le marché couvert au printemps"


def test_made_statements_have_the_hashes_of_their_words(tmp_path: Path) -> None:
    with Library(tmp_path / "press.db", create=True) as library:
        articles = (article(n, f"« {SAID} », a dit Zélie Coeurdeloup.") for n in (1, 2))
        add.add(library, articles, reader, runs.Maker("0", "test"))
        shelf = ReuseStore(library)
        shelf.update()
        real = shelf.connection.execute("select max(id) from statement").fetchone()[0]
        reuse_fill.hold_out(library, 1)
        assert shelf.waiting() > 0
        reuse_fill.fill(library, 60)
        rows = shelf.connection.execute(
            "select statement_id, words from folding where statement_id > ?", (real,)
        ).fetchall()
        assert len(rows) > 50
        for number, words in rows:
            found = shelf.connection.execute(
                "select hash, size from shingle where statement_id = ?", (number,)
            ).fetchall()
            own = hashes(words.split(), lexicon("fr"))
            assert {row[0] for row in found} == set(own)
            assert {row[1] for row in found} <= {len(own)}
        near = Matching(shelf.connection, shelf.current).near(tuple(SAID.lower().split()), "fr")
        assert any(n > real for n in near)
        assert shelf.update() > 0
