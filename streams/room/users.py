"""Who may come into the control room: the users file as values. All is pure.

    # comment
    [users.komandan]
    name = "Komandan Posko"            # a call sign or post, shown in the room only
    role = "commander"
    area = "36.04"                     # empty: everywhere
    password = "$argon2id$v=19$…"
    generation = 3                     # one more with each password, and when sessions must end
    [users.komandan.tokens.grafana]
    hash = "…"                         # SHA-256 of a secret of 256 random bits
    scopes = ["read"]
    expires = "2024-12-31T00:00:00+07:00"

Nothing in it opens anything by itself: passwords are hashes that are slow to try (Argon2id), tokens
hashes of what cannot be guessed. Two ids that differ only in their case are one, for people.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode, area_kind
from streams.domain.words import AreaKind
from streams.errors import ConfigError
from streams.territory.plan import Actor
from streams.territory.toml_values import toml_values
from streams.territory.zone import in_indonesia
from streams.wire.time import TimeTextError, parse_time

__all__ = [
    "LANGUAGES",
    "Scope",
    "Token",
    "User",
    "Users",
    "fault_of_id",
    "fault_of_user",
    "parse_users",
    "users_text",
]

LANGUAGES: Final = ("id", "en")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_ARGON2ID: Final = "$argon2id$"
_HEAD: Final = (
    "# Who may come into the control room. Written by `siaga users`; keep it to its owner (0600).\n"
)

Name = Annotated[str, Meta(min_length=1, max_length=64)]
IdleMinutes = Annotated[int, Meta(ge=0, le=1_440)]
Generation = Annotated[int, Meta(ge=1)]


class Scope(StrEnum):
    """What a token opens, of what its user may."""

    READ = "read"
    """Alerts, areas, TPS, and the stream of them."""
    TRIAGE = "triage"
    """Reports that wait for a person."""
    ACT = "act"
    """Commands."""
    REPORT = "report"
    """Reports and statuses of TPS by phone."""
    LETTERS = "letters"
    """Dead letters."""


class Token(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By what a program comes in as a user; the secret itself is kept nowhere."""

    hash: str
    scopes: Annotated[frozenset[Scope], Meta(min_length=1)]
    expires: str
    """RFC 3339 with an offset."""

    def __repr__(self) -> str:
        """Show what it opens, and until when."""
        return f"Token({', '.join(sorted(self.scopes))}, until {self.expires})"


class User(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody who may come in."""

    name: Name
    """A call sign or a post, not who is there; shown in the room only."""
    role: ActorRole
    area: str = ""
    """Empty: everywhere."""
    language: str = "id"
    password: str = ""
    """Argon2id, in its own notation; empty: no password opens."""
    generation: Generation = 1
    """Sessions of an earlier one have ended."""
    disabled: bool = False
    oidc: str = ""
    """Subject or mail address at the identity provider; empty: it opens for nobody."""
    idle_minutes: IdleMinutes | None = None
    """After how long without a step a session ends; 0: never. None: as the room has it."""
    tokens: Mapping[str, Token] = {}

    def __repr__(self) -> str:
        """Show nothing that anything could be tried with."""
        return f"User({self.name!r}, {self.role}, area={self.area!r})"

    def turned(self) -> "User":
        """Return the user with all sessions ended."""
        return replace(self, generation=self.generation + 1)


class Users(Struct, frozen=True):
    """All users, by id, sorted."""

    by_id: Mapping[str, User] = {}

    def find(self, name: str) -> tuple[str, User] | None:
        """Return the user that somebody who writes this name means, with the true id."""
        user = self.by_id.get(name)
        if user is not None:
            return name, user
        folded = name.casefold()
        return next(((id_, u) for id_, u in self.by_id.items() if id_.casefold() == folded), None)

    def with_user(self, id_: str, user: User) -> "Users":
        """Return them with this one, new or changed."""
        return Users(dict(sorted({**self.by_id, id_: user}.items())))

    def without(self, id_: str) -> "Users":
        """Return them without this one."""
        return Users({one: user for one, user in self.by_id.items() if one != id_})

    @property
    def roster(self) -> tuple[Actor, ...]:
        """All of them as those who may command, also who is disabled.

        Nobody disabled comes in, so nothing new is ordered. What was ordered before stays judged
        as it was, however late the day is replayed.
        """
        return tuple(Actor(id_, user.role, AreaCode(user.area)) for id_, user in self.by_id.items())


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    users: Mapping[str, User] = {}


def parse_users(text: str, where: str) -> Users:
    """Return the users in a text of TOML; `where` names it in messages.

    Raises:
        ConfigError: It is not TOML, or something in it is not as it must be.
    """
    try:
        found = msgspec.convert(toml_values(text), _File).users
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not TOML: {error}") from error
    for id_, user in found.items():
        fault = fault_of_id(id_) or fault_of_user(user)
        if fault:
            raise ConfigError(f"{where}: users.{id_}: {fault}")
    _refuse_twice(where, {id_: id_.casefold() for id_ in found}, "id")
    subjects = {id_: user.oidc.casefold() for id_, user in found.items() if user.oidc}
    _refuse_twice(where, subjects, "oidc")
    return Users(dict(sorted(found.items())))


def fault_of_id(id_: str) -> str:
    """Return what is wrong with the id of a user; empty: nothing."""
    if _ID.fullmatch(id_):
        return ""
    return "expected as id letters, digits, dots, dashes and underscores, at most 64"


def fault_of_user(user: User) -> str:
    """Return the first thing that is wrong with a user; empty: nothing."""
    if not user.name.isprintable() or not user.oidc.isprintable():
        return "name, oidc: expected signs that can be printed"
    if user.role is ActorRole.SYSTEM:
        return "role: expected a role of people, got system"
    if user.area and not _is_area(user.area):
        return f"area: expected a code of a province, kabupaten, kecamatan or desa: {user.area!r}"
    if user.language not in LANGUAGES:
        return f"language: expected {' or '.join(LANGUAGES)}, got {user.language!r}"
    if user.idle_minutes == 0 and user.role is not ActorRole.VIEWER:
        return "idle_minutes: 0 (never) is for the role viewer only: a wall that nobody sits at"
    if user.password and not user.password.startswith(_ARGON2ID):
        return "password: expected a hash by Argon2id: set it by `siaga users passwd`"
    faults = (_fault_of_token(name, token) for name, token in user.tokens.items())
    return next(filter(None, faults), "")


def _is_area(code: str) -> bool:
    return area_kind(code) not in {None, AreaKind.TPS} and in_indonesia(code)


def _fault_of_token(name: str, token: Token) -> str:
    if not _ID.fullmatch(name):
        return f"tokens: {name!r}: {fault_of_id(name)}"
    if not _HASH.fullmatch(token.hash):
        return f"tokens.{name}: hash: expected SHA-256 in hexadecimal"
    try:
        parse_time(token.expires)
    except TimeTextError as error:
        return f"tokens.{name}: expires: {error}"
    return ""


def _refuse_twice(where: str, folded: Mapping[str, str], what: str) -> None:
    seen: dict[str, str] = {}
    for id_, value in folded.items():
        if value in seen:
            raise ConfigError(f"{where}: users.{seen[value]} and users.{id_}: the same {what}")
        seen[value] = id_


def users_text(users: Users) -> str:
    """Return the file of these users: the same users, the same text."""
    return _HEAD + "".join(_tables(id_, user) for id_, user in sorted(users.by_id.items()))


def _tables(id_: str, user: User) -> str:
    fields: dict[str, object] = {
        "name": user.name,
        "role": user.role,
        "area": user.area,
        "language": user.language,
        "password": user.password,
        "generation": user.generation,
        "disabled": user.disabled,
        "oidc": user.oidc,
    }
    if user.idle_minutes is not None:
        fields["idle_minutes"] = user.idle_minutes
    tables = [_table(f'users."{id_}"', fields)]
    for name, token in sorted(user.tokens.items()):
        said = {"hash": token.hash, "scopes": sorted(token.scopes), "expires": token.expires}
        tables.append(_table(f'users."{id_}".tokens."{name}"', said))
    return "".join(tables)


def _table(name: str, fields: Mapping[str, object]) -> str:
    # A JSON string, number, boolean or array is a TOML one as well: all signs can be printed.
    lines = (
        f"{field} = {msgspec.json.encode(value).decode()}\n" for field, value in fields.items()
    )
    return f"\n[{name}]\n{''.join(lines)}"
