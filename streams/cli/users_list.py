"""List the users, and the tokens of each; no hash is shown."""

import argparse
import time
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from streams.cli.users_desk import add_file, file_of
from streams.domain.times import EpochMs
from streams.room.users import User
from streams.room.users_file import read_users
from streams.wire.time import parse_time

__all__ = ["add_arguments", "run"]


class _Token(Struct, frozen=True):
    name: str
    scopes: tuple[str, ...]
    expires: str
    is_expired: bool


class _Row(Struct, frozen=True):
    """A user, as `--json` prints him."""

    user: str
    name: str
    role: str
    area: str
    language: str
    has_password: bool
    oidc: str
    disabled: bool
    idle_minutes: int | None
    tokens: tuple[_Token, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users list`."""
    add_file(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON array instead")


def run(arguments: argparse.Namespace) -> int:
    """Print the users, and return the exit code."""
    now = EpochMs(time.time_ns() // 1_000_000)
    rows = [_row(id_, user, now) for id_, user in read_users(file_of(arguments)).by_id.items()]
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return 0
    wide = max((len(row.user) for row in rows), default=0)
    for row in rows:
        print(f"{row.user:{wide}}  {row.role:9}  {row.area or 'everywhere':13}  {_more(row)}")
    return 0


def _row(id_: str, user: User, now: EpochMs) -> _Row:
    return _Row(
        user=id_,
        name=user.name,
        role=user.role,
        area=user.area,
        language=user.language,
        has_password=bool(user.password),
        oidc=user.oidc,
        disabled=user.disabled,
        idle_minutes=user.idle_minutes,
        tokens=tuple(
            _Token(
                name,
                tuple(sorted(token.scopes)),
                token.expires,
                is_expired=parse_time(token.expires) <= now,
            )
            for name, token in user.tokens.items()
        ),
    )


def _more(row: _Row) -> str:
    return "; ".join((row.name, *_notes(row)))


def _notes(row: _Row) -> Iterator[str]:
    if row.disabled:
        yield "disabled"
    if not row.has_password:
        yield "no password"
    if row.oidc:
        yield f"oidc {row.oidc}"
    if row.idle_minutes is not None:
        yield f"idle {row.idle_minutes} min" if row.idle_minutes else "idle for ever"
    for token in row.tokens:
        until = "EXPIRED" if token.is_expired else "until"
        yield f"token {token.name} ({', '.join(token.scopes)}, {until} {token.expires})"
