"""Who is at the door: producers by their signature or certificate, and what each may send.

A producer names itself in the header `siaga-producer` (or the parameter `producer`, where a sender
can set no headers) and signs the body as Standard Webhooks says. Where the gate ends TLS itself, a
client's certificate will do as well. Whoever shows neither is `anybody`, if anybody may come in.

A wrong signature is refused in the same words whatever is wrong with it, be it that nobody is
called so. What a known producer may not send is told plainly: he must ask, not guess.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.domain.events import ActorRole
from streams.domain.gateway import GATEWAY_AREA_PATTERN, GatewayHeartbeat
from streams.domain.words import Role
from streams.engine.topics import Topic
from streams.errors import ConfigError
from streams.gate.settings import Anybody, GateSettings, ProducerSettings
from streams.sinks.secret import read_secrets
from streams.sinks.signing import (
    ID_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    SignatureError,
    signing_key,
    verify,
)
from streams.territory.plan import covers
from streams.web.addresses import home_of
from streams.web.buckets import Pace
from streams.web.message import Incoming
from streams.web.refusal import Reason, Refusal

__all__ = [
    "PRODUCER_HEADER",
    "PRODUCER_PARAMETER",
    "Caller",
    "Callers",
    "Grant",
    "require_gateway",
    "require_producer",
    "require_role",
    "require_topic",
]

PRODUCER_HEADER: Final = "siaga-producer"
PRODUCER_PARAMETER: Final = "producer"

_ROLES: Final = frozenset([*Role, *ActorRole])
_NEVER_ANYBODYS: Final = (Topic.OPERATOR_COMMANDS, Topic.GATEWAYS)
_AREA: Final = re.compile(GATEWAY_AREA_PATTERN)
_SIGNED: Final = (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)


class Grant(Struct, frozen=True):
    """What somebody may send, and how fast; of what is empty he may all."""

    topics: frozenset[str]
    roles: frozenset[str]
    pace: Pace
    areas: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


class Caller(Struct, frozen=True):
    """Whoever was recognised."""

    id: str
    """Of the producer; empty: anybody."""
    grant: Grant
    bucket: str
    """Whose pace is counted: the producer's, or of anybody the address's."""
    request_id: str = ""
    """Of the signed message; a repeat has the same. Empty: by certificate, or anybody."""


class _Producer(Struct, frozen=True):
    keys: tuple[bytes, ...]
    grant: Grant

    def __repr__(self) -> str:
        return f"_Producer({len(self.keys)} keys)"


class Callers:
    """Everybody who may come in."""

    def __init__(
        self, settings: GateSettings, taken: Iterable[str], environment: Mapping[str, str]
    ) -> None:
        """Read the secrets of the producers.

        Args:
            settings: The file of the gate.
            taken: The topics that there are doors for.
            environment: Where secrets may be.

        Raises:
            ConfigError: A secret is missing or none, or a word is not known.
        """
        known = frozenset(taken)
        self._producers = {
            name: _Producer(_keys(name, one, environment), _grant(f"producers.{name}", one, known))
            for name, one in settings.producers.items()
        }
        self._by_certificate = _by_certificate(settings)
        self._anybody = _grant_of_anybody(settings.anybody, known)

    def recognise(self, incoming: Incoming, now_s: float) -> Caller:
        """Say who sends a request.

        Args:
            incoming: The request.
            now_s: Seconds since 1970.

        Raises:
            Refusal: `signature`.
        """
        if any(incoming.header(name) for name in _SIGNED):
            return self._signed(incoming, now_s)
        for shown in incoming.certificates:
            name = self._by_certificate.get(shown)
            if name is not None:
                return Caller(name, self._producers[name].grant, name)
        if self._anybody is not None and not _named(incoming):
            return Caller("", self._anybody, f"@{home_of(incoming.address)}")
        raise Refusal(Reason.SIGNATURE, "expected the headers of a signature (Standard Webhooks)")

    def _signed(self, incoming: Incoming, now_s: float) -> Caller:
        name = _named(incoming)
        producer = self._producers.get(name)
        try:
            # An unknown name takes as long as a known one.
            verify(producer.keys if producer else (b"",), incoming.headers, incoming.body, now_s)
        except SignatureError as error:
            raise Refusal(Reason.SIGNATURE) from error
        if producer is None:
            raise Refusal(Reason.SIGNATURE)
        return Caller(name, producer.grant, name, incoming.header(ID_HEADER))


def require_topic(caller: Caller, topic: str) -> None:
    """Refuse a topic that a caller may not send to.

    Raises:
        Refusal: `forbidden`.
    """
    if topic not in caller.grant.topics:
        raise Refusal(Reason.FORBIDDEN, f"{caller.id or 'anybody'} may not send to {topic}")


def require_role(caller: Caller, role: Role | ActorRole) -> None:
    """Refuse a role that a caller may not speak as.

    Raises:
        Refusal: `forbidden`.
    """
    if caller.grant.roles and role not in caller.grant.roles:
        raise Refusal(Reason.FORBIDDEN, f"{caller.id or 'anybody'} may not speak as {role}")


def require_producer(caller: Caller, what: str) -> None:
    """Refuse what a caller may not do who is not known.

    Raises:
        Refusal: `forbidden`.
    """
    if not caller.id:
        raise Refusal(Reason.FORBIDDEN, f"anybody may not send {what}")


def require_gateway(caller: Caller, heartbeat: GatewayHeartbeat) -> None:
    """Refuse word of a gateway, or of an area, that a caller may not speak for.

    Raises:
        Refusal: `forbidden`.
    """
    grant, name = caller.grant, heartbeat.source.id
    if grant.sources and name not in grant.sources:
        raise Refusal(Reason.FORBIDDEN, f"{caller.id} may not speak for the gateway {name}")
    for area in heartbeat.areas if grant.areas else ():
        if not any(covers(known, area) for known in grant.areas):
            raise Refusal(Reason.FORBIDDEN, f"{caller.id} may not speak for the area {area}")


def _named(incoming: Incoming) -> str:
    return incoming.header(PRODUCER_HEADER) or incoming.query.get(PRODUCER_PARAMETER, "")


def _keys(name: str, one: ProducerSettings, environment: Mapping[str, str]) -> tuple[bytes, ...]:
    field = f"producers.{name}.secret"
    if not (one.secret_file or one.secret_env):
        if not one.certificates:
            raise ConfigError(f"{field}: expected {field}_file, {field}_env or certificates")
        return ()
    secrets = read_secrets(field, one.secret_file, one.secret_env, environment)
    try:
        return tuple(signing_key(secret.reveal()) for secret in secrets)
    except ValueError as error:
        raise ConfigError(f"{field}: {error}") from None


def _grant(where: str, one: ProducerSettings | Anybody, known: frozenset[str]) -> Grant:
    for kind, named, words in (("topic", one.topics, known), ("role", one.roles, _ROLES)):
        strange = sorted(named - words)
        if strange:
            expected = ", ".join(sorted(words))
            raise ConfigError(f"{where}: found the {kind} {strange[0]}, expected one of {expected}")
    pace = Pace(one.events_per_s, one.burst)
    if isinstance(one, Anybody):
        return Grant(one.topics, one.roles, pace)
    for area in sorted(one.areas):
        if _AREA.fullmatch(area) is None:
            expected = "the code of a kabupaten, or of a narrower area in it, as 36.04"
            raise ConfigError(f"{where}: found the area {area}, expected {expected}")
    return Grant(one.topics, one.roles, pace, one.areas, one.sources)


def _grant_of_anybody(one: Anybody | None, known: frozenset[str]) -> Grant | None:
    if one is None:
        return None
    for topic in _NEVER_ANYBODYS:
        if topic in one.topics:
            raise ConfigError(f"anybody: {topic} is taken from producers only, who sign: remove it")
    return _grant("anybody", one, known)


def _by_certificate(settings: GateSettings) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, one in settings.producers.items():
        for shown in one.certificates:
            if shown in found:
                raise ConfigError(
                    f"producers.{name}: {shown} is the certificate of {found[shown]} already"
                )
            found[shown] = name
    if found and (settings.tls is None or not settings.tls.client_ca_file):
        raise ConfigError(
            "producers with certificates need tls.client_ca_file: who signs the certificates"
        )
    return found
