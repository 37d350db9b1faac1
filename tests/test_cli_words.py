"""Commands and options by the field's words; those of the release before do the same, unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.cli import COMMANDS, OLD_COMMANDS, main, parser

# Each as it was, and as it is.
CALLS = [
    ("add a.txt --most 3 --pause 2 --private --from text", "add a.txt --max-pages 3 --delay 2"
     " --allow-private-hosts --input-format text"),
    ("read a.txt --why", "read a.txt --explain"),
    ("trace 4 --near --same 5 --by ana", "trace 4 --similar --merge-with 5 --by ana"),
    ("trace 4 --not 5 --alone", "trace 4 --split-from 5 --detach"),
    ("export csv --least 3", "export csv --min-count 3"),
    ("serve --private cms.example", "serve --allow-private-host cms.example"),
    ("train-grammar a --least 0.4 --rivals --parts 0", "train-grammar a --threshold 0.4 --rerank"
     " --folds 0"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CALLS)
def test_an_old_option_is_the_new_one(old: str, new: str) -> None:
    command = new.split()[0]
    known = parser(command)
    assert known.parse_args(old.split()) == known.parse_args(new.split())


@pytest.mark.parametrize(("old", "new"), CALLS)
def test_no_help_shows_an_old_option(
    old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser(new.split()[0]).parse_args([new.split()[0], "--help"])
    told = capsys.readouterr().out.replace(",", " ").split()
    for word in set(old.split()) - set(new.split()):
        assert not word.startswith("--") or word not in told, word
    assert {w for w in new.split() if w.startswith("--")} <= set(told) | {"--by"}


def test_an_old_command_runs_the_new_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "none.db")
    arguments = {"judge": ["log"], "find": ["pont"], "who": ["Ana"]}
    for old, new in OLD_COMMANDS.items():
        told = []
        for command in (old, new):
            assert main([command, "--library", path, *arguments.get(old, [])]) == 2
            told.append(capsys.readouterr().err)
        assert told[0] == told[1]
        assert old not in COMMANDS
        assert new in COMMANDS


def test_the_list_of_commands_has_the_new_words_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert set(COMMANDS) <= listed
    assert not set(OLD_COMMANDS) & listed


def test_check_trace_and_versions_take_the_default_library() -> None:
    for command in ("check", "trace", "versions"):
        assert parser(command).parse_args([command, "x"]).library == Path("selon.db")


@pytest.mark.parametrize(
    ("lang", "word", "told"),
    [
        ("en", "serach", "There is no command “serach”; did you mean search?"),
        ("fr", "serach", "Il n’y a pas de commande « serach » ; vouliez-vous dire search ?"),
        ("fr", "zzz", "Il n’y a pas de commande « zzz » ; voir selon --help"),
    ],
)
def test_a_command_that_is_none_is_told_with_the_nearest(
    lang: str,
    word: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SELON_LANG", lang)
    assert main([word, "digue"]) == 2
    assert told in capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")


def test_one_file_that_could_not_be_read_is_told_in_the_singular(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SELON_LANG", "fr")
    assert main(["read", str(tmp_path / "rien.txt")]) == 1
    told = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 n’a pas pu être lu :" in told
    assert "rien.txt : " in told
