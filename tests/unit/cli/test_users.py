"""`siaga users`: what each action does to the file, and what it refuses."""

import getpass
import io
import json
import sys
from pathlib import Path

import pytest

from streams.cli.command import main
from streams.domain.events import ActorRole
from streams.room.passwords import Passwords
from streams.room.tokens import TokenIndex, token_hash
from streams.room.users import Scope, Users
from streams.room.users_file import change_users, read_users
from streams.wire.time import parse_time
from tests.unit.room.people import PASSWORD, POST, USERS, WALL

ADD = ("add", "posko-2", "--name", "Posko 2", "--role", "operator", "--area", "36.04")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the settings name; it is not there yet."""
    file = tmp_path / "users.toml"
    monkeypatch.setenv("SIAGA_USERS_FILE", str(file))
    return file


@pytest.fixture
def known(file: Path) -> Path:
    """Return the file with the users of all tests in it."""
    change_users(file, lambda _: USERS)
    return file


def users(*words: str) -> int:
    """Run `siaga users`."""
    return main(["users", *words])


def type_in(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a line on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text + "\n"))


class _Terminal(io.StringIO):
    """Somebody sits there."""

    def isatty(self) -> bool:
        return True


def sit_down(answers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Type these answers, one after the other, at a terminal."""
    monkeypatch.setattr(sys, "stdin", _Terminal())

    def answered(_: str) -> str:
        return answers.pop(0)

    monkeypatch.setattr(getpass, "getpass", answered)


def test_the_first_user_makes_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With his password in it as a hash, and rights for its owner alone."""
    type_in(PASSWORD, monkeypatch)
    assert 0 == users(*ADD, "--password-stdin")
    user = read_users(file).by_id["posko-2"]
    said = (user.name, user.role, user.area, user.language, user.generation)
    assert ("Posko 2", ActorRole.OPERATOR, "36.04", "id", 1) == said
    assert Passwords().fits(user.password, PASSWORD)
    assert PASSWORD not in file.read_text(encoding="utf-8")


def test_a_password_is_asked_for_twice(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the two differ nothing is written."""
    sit_down([PASSWORD, PASSWORD + "!"], monkeypatch)
    assert 1 == users(*ADD)
    assert not file.exists()
    sit_down([PASSWORD, PASSWORD], monkeypatch)
    assert 0 == users(*ADD)
    assert "posko-2" in read_users(file).by_id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a password has 12 to 256 characters"),
        ("pendek", "a password has 12 to 256 characters"),
        ("Nama Pos Satu", "a password is not the name"),
    ],
)
def test_a_weak_password_is_refused(
    text: str,
    message: str,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And not repeated."""
    type_in(text, monkeypatch)
    words = ("add", "a", "--name", "nama pos satu", "--role", "viewer", "--everywhere")
    assert 1 == users(*words, "--password-stdin")
    said = capsys.readouterr().err
    assert message in said
    assert not text or text not in said
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((*ADD,), 2, "--password-stdin reads it from stdin"),
        ((*ADD[:-2], "--no-password"), 2, "one of the arguments --area --everywhere is required"),
        ((*ADD, "--everywhere", "--no-password"), 2, "not allowed with argument --area"),
        (("add", "x", *ADD[2:5], "system", "--everywhere"), 2, "invalid choice: 'system'"),
        (("add", "a b", *ADD[2:], "--no-password"), 1, "a b: expected as id letters"),
        ((*ADD[:-1], "3604", "--no-password"), 1, "posko-2: area: expected a code"),
        ((*ADD, "--idle-minutes", "0", "--no-password"), 1, "0 (never) is for the role viewer"),
        (("add", "POSKO-1", *ADD[2:], "--no-password"), 1, "there is a user posko-1"),
        (("change", "posko-1"), 2, "say what to change"),
        (
            ("change", "siapa", "--name", "x"),
            1,
            "no user siapa; there is dinding, komandan, posko-1",
        ),
        (("change", "posko-1", "--idle-minutes", "0"), 1, "0 (never) is for the role viewer"),
        (("passwd", "siapa", "--password-stdin"), 1, "no user siapa"),
        (("remove", "posko-1"), 2, "--yes removes him all the same"),
        (("remove", "siapa", "--yes"), 1, "no user siapa"),
        (("token", "dinding", "grafana"), 2, "name what it opens by --scope"),
        (
            ("token", "dinding", "x", "--scope", "read", "--revoke"),
            2,
            "or take it back by --revoke",
        ),
        (
            ("token", "dinding", "x", "--scope", "read", "--days", "0"),
            2,
            "--days: expected 1 to 366",
        ),
        (("token", "dinding", "a b", "--scope", "read"), 1, "tokens: 'a b': expected as id"),
        (("token", "dinding", "x", "--revoke"), 1, "has no token x"),
    ],
)
def test_what_is_refused_changes_nothing(
    words: tuple[str, ...], code: int, message: str, known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what was expected instead."""
    before = known.read_bytes()
    try:
        found = users(*words)
    except SystemExit as end:
        found = int(end.code or 0)
    assert code == found
    assert message in capsys.readouterr().err
    assert before == known.read_bytes()


def test_without_a_file_it_says_how_to_name_one(capsys: pytest.CaptureFixture[str]) -> None:
    """By flag, setting or variable."""
    assert 1 == users("list")
    assert "--users-file FILE" in capsys.readouterr().err


def test_a_new_password_ends_the_sessions(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one generation more; the old password opens no more."""
    type_in("Bhinneka-Tunggal-Ika", monkeypatch)
    assert 0 == users("passwd", "POSKO-1", "--password-stdin")
    user = read_users(known).by_id["posko-1"]
    assert 2 == user.generation
    assert Passwords().fits(user.password, "Bhinneka-Tunggal-Ika")
    assert not Passwords().fits(user.password, PASSWORD)


def test_who_is_disabled_and_enabled_logs_in_again(known: Path) -> None:
    """What was open before stays shut."""
    assert 0 == users("disable", "posko-1")
    disabled = read_users(known).by_id["posko-1"]
    assert (True, 2) == (disabled.disabled, disabled.generation)
    assert 0 == users("enable", "posko-1")
    enabled = read_users(known).by_id["posko-1"]
    assert (False, 2, POST.password) == (enabled.disabled, enabled.generation, enabled.password)


@pytest.mark.parametrize(
    ("words", "generation"),
    [
        (("--name", "Pos Satu"), 1),
        (("--language", "en"), 1),
        (("--oidc", "subject-9"), 1),
        (("--idle-minutes", "60"), 1),
        (("--role", "commander"), 2),
        (("--area", "36.04.17"), 2),
        (("--everywhere",), 2),
    ],
)
def test_another_role_or_area_ends_the_sessions(
    words: tuple[str, ...], generation: int, known: Path
) -> None:
    """Anything else does not, and nothing but what was named is changed."""
    assert 0 == users("change", "posko-1", *words)
    user = read_users(known).by_id["posko-1"]
    assert generation == user.generation
    assert POST.password == user.password
    changed = {one for one in POST.__struct_fields__ if getattr(POST, one) != getattr(user, one)}
    assert 1 == len(changed - {"generation"})


def test_what_was_set_is_taken_away_again(known: Path) -> None:
    """An idle time of his own, and an identity."""
    assert 0 == users("change", "dinding", "--idle-minutes", "-1")
    assert 0 == users("change", "komandan", "--oidc", "")
    read = read_users(known)
    assert read.by_id["dinding"].idle_minutes is None
    assert not read.by_id["komandan"].oidc


def test_a_token_is_shown_once_and_opens_until_it_is_taken_back(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file has its hash alone; of one name there is one."""
    words = ("token", "dinding", "grafana", "--scope", "read", "--scope", "act", "--days", "7")
    assert 0 == users(*words)
    text = capsys.readouterr().out.strip()
    assert text not in known.read_text(encoding="utf-8")
    token = read_users(known).by_id["dinding"].tokens["grafana"]
    assert frozenset({Scope.READ, Scope.ACT}) == token.scopes
    ends_at = parse_time(token.expires)
    person = TokenIndex(read_users(known)).person(
        token_hash(text), parse_time("2020-01-01T00:00:00Z")
    )
    assert person is not None
    assert "dinding" == person.user
    assert TokenIndex(read_users(known)).person(token_hash(text), ends_at) is None
    assert 1 == users(*words)
    assert "--revoke it first" in capsys.readouterr().err
    assert 0 == users("token", "dinding", "grafana", "--revoke")
    assert Users(USERS.by_id) == read_users(known)


def test_the_list_shows_no_hash(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither for people nor for programs."""
    assert 0 == users("token", "dinding", "grafana", "--scope", "read")
    assert 0 == users("disable", "komandan")
    capsys.readouterr()
    assert 0 == users("list")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        "dinding   viewer     everywhere     Dinding; no password; idle for ever"
    )
    assert "komandan  commander  36.04          Komandan; disabled; oidc subject-1" == lines[1]
    assert 0 == users("list", "--json")
    shown = capsys.readouterr().out
    rows = json.loads(shown)
    assert ["dinding", "komandan", "posko-1"] == [row["user"] for row in rows]
    assert ["read"] == rows[0]["tokens"][0]["scopes"]
    read = read_users(known)
    hashes = [POST.password, read.by_id["dinding"].tokens["grafana"].hash]
    assert not any(one in shown + "".join(lines) for one in hashes)


def test_who_is_removed_is_gone(known: Path) -> None:
    """And nobody else."""
    assert 0 == users("remove", "Posko-1", "--yes")
    assert {"dinding", "komandan"} == set(read_users(known).by_id)
    assert WALL == read_users(known).by_id["dinding"]


def test_a_flag_names_another_file(tmp_path: Path) -> None:
    """Instead of the setting."""
    other = tmp_path / "other.toml"
    assert 0 == users(*ADD, "--no-password", "--users-file", str(other))
    assert {"posko-2"} == set(read_users(other).by_id)


def test_the_users_are_on_the_roster_that_a_folder_is_checked_with(
    known: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With them, `actors.csv` need not be there; without both there is a warning."""
    (folder / "actors.csv").unlink()
    assert 0 == main(["check", str(folder)])
    assert "3 actors" in capsys.readouterr().out
    known.unlink()
    assert 1 == main(["check", str(folder)])
    assert "`siaga users add` makes one" in capsys.readouterr().err
