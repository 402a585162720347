"""What the file says that `gate_file` names: who may come in by which door, and how fast.

No secret stands in it: `secret_file` and `secret_env` say where they are (`streams.sinks.secret`).
A file that can be read is not yet one that can be used: `streams.gate.callers` and the doors read
the secrets, and refuse what does not go together.
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

from streams.domain.words import Channel, Role
from streams.errors import ConfigError
from streams.territory.toml_values import toml_values
from streams.web.addresses import fault_of_named
from streams.web.settings import AccessLog, Tls

__all__ = [
    "NOTHING",
    "AddressAuth",
    "Anybody",
    "GateSettings",
    "GatewayAuth",
    "GatewaySettings",
    "HmacAuth",
    "Limits",
    "PagerDutySettings",
    "ProducerSettings",
    "Reply",
    "TimeForm",
    "TokenAuth",
    "parse_settings",
    "read_settings",
]

_MIB: Final = 1 << 20
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_UNKNOWN: Final = re.compile(r"unknown field `([^`]*)`(?: - at `\$\.?([^`]*)`)?")

Pace = Annotated[float, Meta(gt=0, le=100_000)]
Burst = Annotated[int, Meta(ge=1, le=1_000_000)]
Words = Annotated[tuple[str, ...], Meta(max_length=20)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """How much at once, and how long anything may take."""

    batch_events: Annotated[int, Meta(ge=1, le=10_000)] = 1_000
    batch_bytes: Annotated[int, Meta(ge=_MIB, le=64 * _MIB)] = 8 * _MIB
    body_s: Annotated[float, Meta(gt=0, le=300)] = 15.0
    """How long a body may take to come in."""
    kafka_s: Annotated[float, Meta(gt=0, le=60)] = 5.0
    """How long Kafka may take to acknowledge, before a sender is asked to repeat."""
    waiting_events: Annotated[int, Meta(ge=1, le=1_000_000)] = 20_000
    """How many may wait for Kafka at a time; whoever comes then is asked to repeat."""
    connections: Annotated[int, Meta(ge=1, le=100_000)] = 1_000
    """How many may be open, or be answered, at a time; whoever comes then gets 503."""


class ProducerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who sends events, known by his signature or his certificate."""

    topics: Annotated[frozenset[str], Meta(min_length=1)]
    roles: frozenset[str] = frozenset()
    """As whom it may speak; empty: as anybody."""
    areas: frozenset[str] = frozenset()
    """Codes of areas that its gateways may carry messages for; empty: for any."""
    sources: frozenset[str] = frozenset()
    """Ids of the gateways that it may speak for; empty: for any."""
    secret_file: str = ""
    """Secrets of Standard Webhooks, one or, while they are replaced, several."""
    secret_env: str = ""
    certificates: frozenset[str] = frozenset()
    """Alternative names of a client's certificate, as `DNS:app.example`."""
    events_per_s: Pace = 100.0
    burst: Burst = 1_000


class Anybody(Struct, frozen=True, forbid_unknown_fields=True):
    """What may be sent by who is not known; never commands or heartbeats, never for a drill."""

    topics: Annotated[frozenset[str], Meta(min_length=1)]
    roles: Annotated[frozenset[str], Meta(min_length=1)] = frozenset({Role.WARGA, Role.ANONIM})
    events_per_s: Pace = 2.0
    """Of one address."""
    burst: Burst = 20


class TokenAuth(Struct, frozen=True, forbid_unknown_fields=True, tag="token", tag_field="by"):
    """A token that the gateway sends with each request, in a header or a parameter."""

    token_file: str = ""
    token_env: str = ""
    header: str = ""
    prefix: str = ""
    """Before the token in the header, as `Bearer `."""
    parameter: str = ""


class HmacAuth(Struct, frozen=True, forbid_unknown_fields=True, tag="hmac", tag_field="by"):
    """An HMAC-SHA256 of the body in hexadecimal, in a header."""

    header: str
    secret_file: str = ""
    secret_env: str = ""
    prefix: str = "sha256="


class AddressAuth(Struct, frozen=True, forbid_unknown_fields=True, tag="address", tag_field="by"):
    """Addresses and networks that the gateway calls from."""

    networks: Annotated[tuple[str, ...], Meta(min_length=1)]


GatewayAuth = TokenAuth | HmacAuth | AddressAuth


class TimeForm(StrEnum):
    """How a gateway writes when a message was sent."""

    RFC3339 = "rfc3339"
    UNIX = "unix"
    UNIX_MS = "unix_ms"


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """What the gateway's request is answered with; `${text}` is for whoever sent the message."""

    body: str = "${text}"
    content_type: str = "text/plain; charset=utf-8"


class GatewaySettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A gateway of SMS or WhatsApp, and where in its requests things are.

    Paths of fields have dots between names; `*` stands for every entry of an array. A form is an
    object of texts.
    """

    auth: tuple[GatewayAuth, ...]
    """Every one must hold."""
    channel: Channel
    role: Role = Role.WARGA
    kabupaten: str = ""
    """Where messages are about that do not say it; empty: nothing is added."""
    messages: str = ""
    """Where the messages are if a request may have several; the other paths begin there."""
    sender: str
    text: Words
    """The first of these that is there."""
    message_id: str = ""
    """Empty: it is made of sender, text and time."""
    time: str = ""
    """Empty: when the request came."""
    time_form: TimeForm = TimeForm.RFC3339
    answers: tuple[str, ...] = ()
    """Channels of contacts whose numbers may answer alerts by this gateway."""
    reply: Reply = Reply()
    verify_token_file: str = ""
    """Token of the handshake by which WhatsApp asks whether this is us."""
    verify_token_env: str = ""
    events_per_s: Pace = 200.0
    burst: Burst = 2_000


class PagerDutySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A subscription of PagerDuty's webhooks (v3)."""

    secret_file: str = ""
    secret_env: str = ""
    users: Mapping[str, str] = {}
    """Ids in `actors.csv` by PagerDuty's ids of users, as `P1A2B3C`."""
    actor: str = ""
    """As whom everybody else counts; empty: what they acknowledge there counts there only."""


class GateSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    limits: Limits = Limits()
    tls: Tls | None = None
    proxies: tuple[str, ...] = ()
    """Addresses of proxies in front, whose `X-Forwarded-For` is believed."""
    access_log: AccessLog = AccessLog.REFUSED
    producer_key: str = ""
    """Id in `producer_keys_file` by which the gate signs what it puts on Kafka; empty: not."""
    producers: Mapping[str, ProducerSettings] = {}
    anybody: Anybody | None = None
    gateways: Mapping[str, GatewaySettings] = {}
    pagerduty: Mapping[str, PagerDutySettings] = {}


NOTHING: Final = GateSettings()
"""Without a file: no door is open but those that say how the gate is."""


def read_settings(file: str) -> GateSettings:
    """Read the file of `gate_file`; an empty name is a gate without doors.

    Raises:
        ConfigError: It cannot be read or used.
    """
    if not file:
        return NOTHING
    try:
        return parse_settings(Path(file).read_text(encoding="utf-8"), file)
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read ({error.strerror}): name another file; "
            "deploy/gate.example.toml of the source is one to begin with"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: expected UTF-8") from error


def parse_settings(text: str, where: str) -> GateSettings:
    """Return the settings in a text of TOML; `where` names it in messages.

    Raises:
        ConfigError: It is not TOML, or a field is unknown, missing or mistyped.
    """
    try:
        settings = msgspec.convert(toml_values(text), GateSettings)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}{_hint(str(error))}") from error
    if fault := fault_of_named(settings.proxies):
        raise ConfigError(f"{where}: proxies: {fault}")
    for name in (*settings.producers, *settings.gateways, *settings.pagerduty):
        if _NAME.fullmatch(name) is None:
            expected = "small letters, digits, dots, dashes and underscores, at most 64"
            raise ConfigError(f"{where}: {name!r}: expected as a name {expected}")
    return settings


def _hint(message: str) -> str:
    """Name the setting that was probably meant."""
    found = _UNKNOWN.search(message)
    if found is None:
        return ""
    kinds = (GateSettings, Limits, Tls, ProducerSettings, Anybody, GatewaySettings, Reply)
    known = sorted({field for kind in kinds for field in kind.__struct_fields__})
    near = difflib.get_close_matches(found[1], known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
