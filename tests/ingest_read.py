"""What the tests of ingest share: a file written, its articles or its one failure read."""

from __future__ import annotations

from pathlib import Path

from selon.ingest import ReadOptions, articles
from selon.records import Article, Failure

ROOT = Path(__file__).parents[1]
FRENCH = (
    "Titre d’essai\n\nLe maire, Jean Aubrac, a déclaré « à l'été » que sa sœur était là.\r\n\r\n"
    "Et d’ajouter : « Nous verrons bien. »\n"
)
ANY = ReadOptions()
LINE = "Le maire de la ville a déclaré mardi que la piscine rouvrirait."


def read(folder: Path, name: str, data: bytes, options: ReadOptions = ANY) -> list[object]:
    path = folder / name
    path.write_bytes(data)
    return list(articles(path, options))


def one(folder: Path, name: str, data: bytes, options: ReadOptions = ANY) -> Article:
    (article,) = read(folder, name, data, options)
    assert isinstance(article, Article), article
    return article


def bad(folder: Path, name: str, data: bytes, options: ReadOptions = ANY) -> Failure:
    (failure,) = read(folder, name, data, options)
    assert isinstance(failure, Failure)
    assert name in failure.source
    assert failure.error
    assert failure.remedy
    return failure
