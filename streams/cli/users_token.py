"""Give a program a token to come in with as a user, or take one back.

It is printed once, and kept nowhere: the file has its hash. It opens what its scopes say, and never
more than the user's role and area. `read`: alerts, areas, TPS · `triage`: reports that wait ·
`act`: commands · `report`: reports and statuses by phone · `letters`: dead letters
"""

import argparse
import secrets
import sys
import time
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec.structs import replace

from streams.cli.settings import UsageError
from streams.cli.users_desk import add_user, change_user, file_of
from streams.domain.events import ActorRole
from streams.domain.times import DAY_MS, EpochMs
from streams.errors import InputError
from streams.room.rights import ENDPOINTS
from streams.room.tokens import SECRET_BYTES, token_hash, token_text
from streams.room.users import Scope, Token, User
from streams.room.users_file import read_users
from streams.wire.time import format_time

__all__ = ["add_arguments", "run", "vain_scopes"]

_DAYS: Final = 30
_DAYS_MAX: Final = 366


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users token`."""
    add_user(parser)
    parser.add_argument("token", metavar="NAME", help="what the token is for, as grafana")
    parser.add_argument(
        "--scope",
        metavar="SCOPE",
        choices=[str(scope) for scope in Scope],
        action="append",
        help=f"what it opens: {', '.join(Scope)}; may be repeated",
    )
    parser.add_argument(
        "--days", type=int, default=_DAYS, help=f"how long it is good (default: {_DAYS})"
    )
    parser.add_argument("--revoke", action="store_true", help="take it back")


def run(arguments: argparse.Namespace) -> int:
    """Make or take back the token, and return the exit code."""
    if bool(arguments.scope) == arguments.revoke:
        raise UsageError("name what it opens by --scope, or take it back by --revoke")
    if not 1 <= arguments.days <= _DAYS_MAX:
        raise UsageError(f"--days: expected 1 to {_DAYS_MAX}")
    return _revoke(arguments) if arguments.revoke else _make(arguments)


def _make(arguments: argparse.Namespace) -> int:
    text = token_text(secrets.token_bytes(SECRET_BYTES))
    ends_at = EpochMs(time.time_ns() // 1_000_000 + arguments.days * DAY_MS)
    scopes = frozenset(Scope(word) for word in arguments.scope)
    token = Token(hash=token_hash(text), scopes=scopes, expires=format_time(ends_at, 0))

    def given(user: User) -> User:
        if arguments.token in user.tokens:
            raise InputError(f"{arguments.user}: has a token {arguments.token}: --revoke it first")
        return replace(user, tokens={**user.tokens, arguments.token: token})

    id_ = change_user(file_of(arguments), arguments.user, given)
    role = read_users(file_of(arguments)).by_id[id_].role
    for scope in vain_scopes(role, scopes):
        print(f"siaga: {id_}: the scope {scope} opens nothing for the role {role}", file=sys.stderr)
    print(text)
    return 0


def vain_scopes(role: ActorRole, scopes: AbstractSet[Scope]) -> list[Scope]:
    """Return the scopes by which a token of this role can ask for nothing."""
    opened = {one.scope for one in ENDPOINTS.values() if role in one.roles}
    return sorted(scopes - opened)


def _revoke(arguments: argparse.Namespace) -> int:
    def taken(user: User) -> User:
        if arguments.token not in user.tokens:
            raise InputError(f"{arguments.user}: has no token {arguments.token}")
        left = {name: one for name, one in user.tokens.items() if name != arguments.token}
        return replace(user, tokens=left)

    id_ = change_user(file_of(arguments), arguments.user, taken)
    print(f"took {arguments.token} back from {id_}")
    return 0
