"""The users file on disk: who may read it, that a change is whole, and that none is lost."""

import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.errors import ConfigError
from streams.room.users import Users, users_text
from streams.room.users_file import WatchedUsers, change_users, read_users
from tests.unit.room.people import POST, USERS, WALL


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of the users of all tests."""
    file = tmp_path / "users.toml"
    change_users(file, lambda _: USERS)
    return file


def test_a_new_file_is_its_owners_alone(file: Path) -> None:
    """Whatever the umask; and nothing is left beside it."""
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [file] == [*file.parent.iterdir()]
    assert USERS == read_users(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    """With the command that mends it."""
    file.chmod(mode)
    with pytest.raises(ConfigError, match=f"others can read it: run `chmod 600 {file}`"):
        read_users(file)
    with pytest.raises(ConfigError, match="others can read it"):
        change_users(file, lambda users: users)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the command that makes one; a folder that is not there is named as well."""
    with pytest.raises(ConfigError, match="`siaga users add` makes one"):
        read_users(tmp_path / "users.toml")
    with pytest.raises(ConfigError, match="cannot be written"):
        change_users(tmp_path / "none" / "users.toml", lambda users: users)


def test_bytes_that_are_no_text_are_refused(file: Path) -> None:
    """As a fault of the file, not of ours."""
    file.write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="expected UTF-8"):
        read_users(file)


def test_a_change_that_fails_leaves_the_file_as_it_was(file: Path) -> None:
    """Whether it raises, or makes users that could not be read again."""
    before = file.read_bytes()

    def refuse(_: Users) -> Users:
        raise ConfigError("no")

    with pytest.raises(ConfigError, match="no"):
        change_users(file, refuse)
    with pytest.raises(ConfigError, match=r"users\.b: language"):
        change_users(file, lambda users: users.with_user("b", replace(POST, language="jv")))
    assert before == file.read_bytes()
    assert [file] == [*file.parent.iterdir()]


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    """What it points to is changed: configuration is often linked."""
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    change_users(link, lambda users: users.without("posko-1"))
    assert link.is_symlink()
    assert "posko-1" not in read_users(file).by_id


def test_of_many_who_change_it_at_once_no_change_is_lost(file: Path) -> None:
    """Each sees what the one before has written."""
    names = [f"tamu-{number}" for number in range(24)]

    def come(name: str) -> None:
        change_users(file, lambda users: users.with_user(name, WALL))

    with ThreadPoolExecutor(8) as people:
        list(people.map(come, names))
    assert {*names, *USERS.by_id} == set(read_users(file).by_id)


def test_a_room_sees_a_change_and_only_a_change(file: Path) -> None:
    """Looking is cheap, and tells whether there is anything to do."""
    watched = WatchedUsers(file)
    assert USERS == watched.users
    assert not watched.look()
    change_users(file, lambda users: users.without("posko-1"))
    assert watched.look()
    assert "posko-1" not in watched.users.by_id
    assert not watched.look()
    change_users(file, lambda users: users)
    assert not watched.look(), "another file of the same users changes nothing"


@pytest.mark.parametrize("spoil", ["text", "mode", "gone"])
def test_a_file_that_is_spoilt_changes_nobody_and_is_told_once(
    file: Path, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Who was in is in; once it is mended it counts again."""
    watched = WatchedUsers(file)
    match spoil:
        case "text":
            file.write_text("[users", encoding="utf-8")
        case "mode":
            file.chmod(0o644)
        case _:
            file.unlink()
    with caplog.at_level(logging.ERROR):
        assert [False, False, False] == [watched.look() for _ in range(3)]
    assert USERS == watched.users
    assert 1 == len(caplog.records)
    if spoil == "mode":
        file.chmod(0o600)
        assert not watched.look(), "it is read again, and says the same"
    file.unlink(missing_ok=True)
    file.write_text(users_text(Users({"dinding": WALL})), encoding="utf-8")
    file.chmod(0o600)
    assert watched.look()
    assert {"dinding": WALL} == watched.users.by_id
