"""What the actions of `siaga users` share: the file, one user of it, how a password is asked."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from streams.cli.settings import UsageError, config_of
from streams.config import Config
from streams.domain.events import ActorRole
from streams.errors import ConfigError, InputError
from streams.room.passwords import Passwords, fault_of_password
from streams.room.user_areas import fault_of_area
from streams.room.users import LANGUAGES, User, Users, fault_of_id, fault_of_user
from streams.room.users_file import change_users
from streams.territory.areas import Areas, parse_areas
from streams.territory.fault import Faults
from streams.wire.folder import shipped_areas

__all__ = [
    "Given",
    "add_file",
    "add_given",
    "add_password",
    "add_user",
    "change_user",
    "check_area",
    "checked",
    "file_of",
    "found_in",
    "given_of",
    "new_password",
]

_ROLES: Final = tuple(str(role) for role in ActorRole if role is not ActorRole.SYSTEM)


class Given(Struct, frozen=True):
    """What of a user the command line says."""

    name: str | UnsetType = UNSET
    role: ActorRole | UnsetType = UNSET
    area: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    oidc: str | UnsetType = UNSET
    idle_minutes: int | UnsetType | None = UNSET

    def put_on(self, user: User) -> User:
        """Return a user as this says; nothing of him that it does not say is changed."""
        values = {one: getattr(self, one) for one in self.__struct_fields__}
        return replace(user, **{one: value for one, value in values.items() if value is not UNSET})


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the flag that names the file."""
    parser.add_argument(
        "--users-file", metavar="FILE", help="the users (default: users_file of the settings)"
    )


def add_user(parser: argparse.ArgumentParser) -> None:
    """Add the user, and the file."""
    parser.add_argument("user", metavar="USER", help="the id, by which he logs in and commands")
    add_file(parser)


def add_given(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add what can be said of a user."""
    parser.add_argument(
        "--name", required=required, help="a call sign or a post; shown in the room only"
    )
    # `role` is a setting: that of a worker.
    parser.add_argument("--role", dest="user_role", required=required, choices=_ROLES)
    where = parser.add_mutually_exclusive_group(required=required)
    where.add_argument(
        "--area", metavar="CODE", help="of a province, kabupaten, kecamatan or desa, as 36.04"
    )
    where.add_argument("--everywhere", action="store_true", help="of no area: all that there is")
    parser.add_argument("--language", choices=LANGUAGES, help="of the page (default: id)")
    parser.add_argument(
        "--oidc",
        metavar="SUBJECT",
        help="who he is at the identity provider: its `sub`, or the mail address if the room's "
        "settings say so; an empty one takes it away",
    )
    parser.add_argument(
        "--idle-minutes",
        metavar="N",
        type=int,
        help="after how long without a step his sessions end; 0: never, for viewers only; "
        "-1: as the room has it",
    )


def add_password(parser: argparse.ArgumentParser) -> None:
    """Add how a password is handed over; never as a word of the command line, which all can see."""
    parser.add_argument(
        "--password-stdin", action="store_true", help="read it from the first line of stdin"
    )


def given_of(arguments: argparse.Namespace) -> Given:
    """Return what the command line says of a user."""
    said = {one: getattr(arguments, one, None) for one in Given.__struct_fields__}
    said["role"] = ActorRole(arguments.user_role) if arguments.user_role else None
    if arguments.everywhere:
        said["area"] = ""
    given = Given(**{one: value for one, value in said.items() if value is not None})
    is_taken_away = isinstance(given.idle_minutes, int) and given.idle_minutes < 0
    return replace(given, idle_minutes=None) if is_taken_away else given


def file_of(arguments: argparse.Namespace) -> Path:
    """Return the users file.

    Raises:
        ConfigError: None is named.
    """
    file = config_of(arguments).users_file
    if not file:
        raise ConfigError(
            "no users file is named: --users-file FILE, `users_file = ...` in siaga.toml, or "
            "SIAGA_USERS_FILE"
        )
    return Path(file)


def change_user(file: Path, name: str, change: Callable[[User], User]) -> str:
    """Change one user, and return his id.

    Raises:
        InputError: There is none, or he would not be as a user must be.
        ConfigError: The file cannot be used.
    """
    found = ""

    def changed(users: Users) -> Users:
        nonlocal found
        found, user = found_in(users, name, file)
        return users.with_user(found, checked(found, change(user)))

    change_users(file, changed)
    return found


def found_in(users: Users, name: str, file: Path) -> tuple[str, User]:
    """Return a user, with his true id.

    Raises:
        InputError: There is none.
    """
    found = users.find(name)
    if found is None:
        known = ", ".join(users.by_id) or "nobody"
        raise InputError(f"{file}: no user {name}; there is {known}")
    return found


def checked(id_: str, user: User) -> User:
    """Return a user who is as he must be.

    Raises:
        InputError: He is not; the message says in what.
    """
    fault = fault_of_id(id_) or fault_of_user(user)
    if fault:
        raise InputError(f"{id_}: {fault}")
    return user


def check_area(id_: str, code: str, config: Config) -> None:
    """Refuse the area of a user that nobody knows: on his page every day would be a calm one.

    Raises:
        InputError: Neither the register of areas has it, nor an `areas.csv` of the elections.
    """
    fault = fault_of_area(code, _areas(config))
    if fault:
        raise InputError(
            f"{id_}: {fault} A new one must stand in areas.csv of an election of the settings"
        )


def _areas(config: Config) -> Areas:
    areas = shipped_areas()
    for folder in config.elections:
        own = Path(folder) / "areas.csv"
        if own.exists():
            areas = areas.with_more(parse_areas(own.read_text("utf-8-sig"), Faults(str(own))))
    return areas


def new_password(arguments: argparse.Namespace, id_: str, name: str) -> str:
    """Ask for a new password, and return it as it is kept.

    Raises:
        InputError: It is not as it must be, or the two differ.
        UsageError: There is nobody to ask.
    """
    text = _typed(arguments.password_stdin, id_)
    fault = fault_of_password(text, id_, name)
    if fault:
        raise InputError(f"{id_}: {fault}")
    return Passwords().keep(text)


def _typed(is_piped: object, id_: str) -> str:
    if is_piped:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to type a password: --password-stdin reads it from stdin")
    first = getpass.getpass(f"New password of {id_}: ")
    if getpass.getpass("Once more: ") != first:
        raise InputError(f"{id_}: the two are not the same; nothing was changed")
    return first
