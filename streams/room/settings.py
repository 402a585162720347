"""What the file says that `room_file` names: certificates, sessions, limits, the identity provider.

Who may come in stands in another file, `users_file`, which workers read as well: as whom they may
command. No secret stands in either: `…_file` and `…_env` say where one is (`streams.sinks.secret`).
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from streams.errors import ConfigError
from streams.room.sessions import Lasting
from streams.sinks.secret import Secret, read_secrets
from streams.territory.toml_values import toml_values
from streams.web.addresses import fault_of_named
from streams.web.settings import AccessLog, Tls

__all__ = [
    "BordersFile",
    "Limits",
    "OidcClaim",
    "OidcSettings",
    "RoomSettings",
    "parse_settings",
    "read_settings",
    "session_secrets",
]

_UNKNOWN: Final = re.compile(r"unknown field `([^`]*)`")
_PUBLIC_URL: Final = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+/?")
_ISSUER: Final = re.compile(r"(https://|http://(localhost|127\.0\.0\.1)(?=[:/]|\Z))[^\s?#]*")
"""Without TLS anybody on the way could say who somebody is."""
_SECRET_MIN: Final = 32

Seconds = Annotated[float, Meta(gt=0, le=300)]
Count = Annotated[int, Meta(ge=1, le=1_000_000)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """How much at once, and how long anything may take."""

    body_s: Seconds = 15.0
    """How long a body may take to come in."""
    kafka_s: Annotated[float, Meta(gt=0, le=60)] = 5.0
    """How long Kafka may take to acknowledge, before a person is asked to repeat."""
    waiting_events: Count = 5_000
    """How many commands and reports may wait for Kafka at a time."""
    connections: Annotated[int, Meta(ge=1, le=100_000)] = 2_000
    """How many may be open at a time; whoever comes then gets 503."""
    streams: Annotated[int, Meta(ge=1, le=100_000)] = 1_000
    """How many streams there may be at a time."""
    streams_per_user: Annotated[int, Meta(ge=1, le=1_000)] = 20
    requests_per_s: Annotated[float, Meta(gt=0, le=10_000)] = 20.0
    """Of one user or token, or of one address that nobody is known at."""
    burst: Annotated[int, Meta(ge=1, le=100_000)] = 200


class OidcClaim(StrEnum):
    """What of an identity is looked up in the users file."""

    SUBJECT = "sub"
    """It never changes, and is given to nobody else."""
    EMAIL = "email"
    """Only where the provider says that it is verified."""


class OidcSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An identity provider that speaks OpenID Connect."""

    issuer: str
    """As in its tokens; `/.well-known/openid-configuration` is looked up below it."""
    client_id: str
    client_secret_file: str = ""
    client_secret_env: str = ""
    """Neither: a public client, which PKCE alone protects."""
    scopes: tuple[str, ...] = ("openid", "email")
    claim: OidcClaim = OidcClaim.SUBJECT
    title: str = "SSO"
    """What the button says behind "Masuk dengan"."""
    ca_file: str = ""
    """Who signs the provider's certificate; empty: whoever this machine trusts."""
    wait_s: Seconds = 10.0


class BordersFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file with borders of areas: GeoJSON (RFC 7946)."""

    file: str
    code: str = "kode"
    """The property of a feature that holds the code of its area."""


class RoomSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    public_url: str = ""
    """As people type it, `https://posko.example`; empty: whatever a request came by. With a proxy
    that speaks TLS it tells that cookies are for TLS only; OpenID Connect needs it."""
    session_secret_file: str = ""
    session_secret_env: str = ""
    """Signs cookies: one secret or, while it is replaced, several, the newest first. Every room
    has the same."""
    idle_minutes: Annotated[int, Meta(ge=1, le=1_440)] = 30
    """After how long without a step a session ends; a user may have another."""
    day_hours: Annotated[int, Meta(ge=1, le=72)] = 12
    """After how long it ends whatever is done."""
    tls: Tls | None = None
    proxies: tuple[str, ...] = ()
    """Addresses of proxies in front, whose `X-Forwarded-For` is believed."""
    producer_key: str = ""
    """Id in `producer_keys_file` by which the room signs what it puts on Kafka; empty: not."""
    access_log: AccessLog = AccessLog.REFUSED
    limits: Limits = Limits()
    oidc: OidcSettings | None = None
    borders: tuple[BordersFile, ...] = ()
    """Files of real borders, by which the picture can be seen as a map; none: as tiles alone."""

    @property
    def is_secure(self) -> bool:
        """Whether browsers speak TLS with it, or with a proxy before it."""
        return self.tls is not None or self.public_url.startswith("https:")

    @property
    def lasting(self) -> Lasting:
        """How long sessions last."""
        return Lasting(self.idle_minutes, self.day_hours)


def read_settings(file: str) -> RoomSettings:
    """Read the file of `room_file`; an empty name is the defaults.

    Raises:
        ConfigError: It cannot be read or used.
    """
    if not file:
        return RoomSettings()
    try:
        return parse_settings(Path(file).read_text(encoding="utf-8"), file)
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read ({error.strerror}): name another file; "
            "deploy/room.example.toml of the source is one to begin with"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: expected UTF-8") from error


def parse_settings(text: str, where: str) -> RoomSettings:
    """Return the settings in a text of TOML; `where` names it in messages.

    Raises:
        ConfigError: It is not TOML, or a field is unknown, missing or mistyped.
    """
    try:
        settings = msgspec.convert(toml_values(text), RoomSettings)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}{_hint(str(error))}") from error
    if fault := fault_of_named(settings.proxies):
        raise ConfigError(f"{where}: proxies: {fault}")
    url = settings.public_url
    if url and not _PUBLIC_URL.fullmatch(url):
        raise ConfigError(f"{where}: public_url: expected as https://posko.example, got {url!r}")
    if settings.oidc is not None:
        _check_oidc(settings.oidc, url, where)
    return settings


def session_secrets(settings: RoomSettings, environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """Return the secrets that cookies are signed by, the newest first; none where none is named.

    Raises:
        ConfigError: One cannot be read, or is short.
    """
    file, variable = settings.session_secret_file, settings.session_secret_env
    if not file and not variable:
        return ()
    secrets = read_secrets("session_secret", file, variable, environment)
    if any(len(secret.reveal()) < _SECRET_MIN for secret in secrets):
        raise ConfigError(f"session_secret: expected at least {_SECRET_MIN} characters")
    return secrets


def _check_oidc(oidc: OidcSettings, public_url: str, where: str) -> None:
    if not public_url:
        raise ConfigError(f"{where}: oidc: needs `public_url`, where the provider sends people to")
    if not _ISSUER.fullmatch(oidc.issuer):
        raise ConfigError(f"{where}: oidc.issuer: expected an https URL, got {oidc.issuer!r}")
    if "openid" not in oidc.scopes:
        raise ConfigError(f"{where}: oidc.scopes: expected openid among them")


def _hint(message: str) -> str:
    """Name the setting that was probably meant."""
    found = _UNKNOWN.search(message)
    if found is None:
        return ""
    kinds = (RoomSettings, Limits, Tls, OidcSettings, BordersFile)
    known = sorted({field for kind in kinds for field in kind.__struct_fields__})
    near = difflib.get_close_matches(found[1], known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
