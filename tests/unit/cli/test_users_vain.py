"""`siaga users`: what would be of no use, and is refused, warned of or marked."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli.command import main
from streams.room.users import Scope, Token
from streams.room.users_file import change_users, read_users
from tests.unit.room.people import USERS, WALL


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the settings name, with users in it."""
    file = tmp_path / "users.toml"
    monkeypatch.setenv("SIAGA_USERS_FILE", str(file))
    change_users(file, lambda _: USERS)
    return file


def users(*words: str) -> int:
    """Run `siaga users`."""
    return main(["users", *words])


def test_a_scope_that_opens_nothing_for_the_role_is_warned_of(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The token is made all the same: the role may change."""
    assert 0 == users("token", "dinding", "x", "--scope", "act", "--scope", "read")
    assert "siaga: dinding: the scope act opens nothing for the role viewer\n" == (
        capsys.readouterr().err
    )
    assert "x" in read_users(known).by_id["dinding"].tokens


def test_a_token_that_has_expired_is_marked_in_the_list(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For people and for programs; one that is good is not."""
    gone = Token(hash="0" * 64, scopes=frozenset({Scope.READ}), expires="2024-01-01T00:00:00Z")
    good = replace(gone, hash="1" * 64, expires="2999-01-01T00:00:00Z")
    tokens = {"dasbor": good, "lama": gone}
    change_users(known, lambda read: read.with_user("dinding", replace(WALL, tokens=tokens)))
    assert 0 == users("list")
    line = capsys.readouterr().out.splitlines()[0]
    assert "token dasbor (read, until 2999" in line
    assert "token lama (read, EXPIRED 2024" in line
    assert 0 == users("list", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [False, True] == [token["is_expired"] for token in rows[0]["tokens"]]


@pytest.mark.parametrize(
    "words",
    [
        ("add", "curup", "--name", "Curup", "--role", "viewer", "--no-password"),
        ("change", "komandan"),
    ],
)
def test_an_area_that_nobody_knows_is_refused_with_those_like_it(
    words: tuple[str, ...], known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the page of such a user every day would be a calm one."""
    before = known.read_text(encoding="utf-8")
    assert 1 == users(*words, "--area", "17.02.99")
    error = capsys.readouterr().err
    assert f"siaga: {words[1]}: area: nobody knows 17.02.99; did you mean 17.02.19 (Curup" in error
    assert before == known.read_text(encoding="utf-8")


def test_an_area_of_an_elections_own_register_is_one(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decree may be newer than what is shipped."""
    (tmp_path / "areas.csv").write_text("code,name\n17.02.99,Baru\n", encoding="utf-8")
    monkeypatch.setenv("SIAGA_ELECTIONS", str(tmp_path))
    assert 0 == users("change", "komandan", "--area", "17.02.99")
    assert "17.02.99" == read_users(known).by_id["komandan"].area
