"""Who may send what: signatures of producers, and what each is allowed (contract §2).

Off until keys are configured. A producer signs the value of its message:

    siaga-signature: KEYID:HEX        HEX = HMAC-SHA256 of the value, by the key's secret

A topic that must be signed takes nothing unsigned (`signature`). A signature that is there must be
right, on any topic. What a right signature may send is its own question (`forbidden`).

    must_sign = ["operator.commands"]

    [producers.sms-gateway]
    secret = "68656c6c6f20776f726c642068656c6c6f20776f726c64212121212121212121"
    topics = ["crowd.reports"]        # empty: every topic
    roles = ["warga", "anonim"]       # empty: every role
"""

import hmac
import tomllib
from collections.abc import Iterable, Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import ActorRole
from streams.domain.words import Role
from streams.errors import ConfigError
from streams.territory.toml_values import toml_values
from streams.wire.inputs import INPUT_TYPES
from streams.wire.records import Inbound, header
from streams.wire.rejection import Rejection

__all__ = ["NO_PRODUCERS", "SIGNATURE_HEADER", "Producer", "Producers", "parse_producers"]

SIGNATURE_HEADER: Final = "siaga-signature"

_ROLES: Final = tuple(dict.fromkeys([*Role, *ActorRole]))
# Half of a SHA-256 block: a shorter secret is weaker than the hash.
Secret = Annotated[str, Meta(pattern=r"^(?:[0-9a-f]{2}){32,}\Z")]


class Producer(Struct, frozen=True, forbid_unknown_fields=True):
    """A key, and what it may send. Its secret is in no message or log."""

    secret: Secret
    topics: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Show everything but the secret."""
        return f"Producer(topics={sorted(self.topics)}, roles={sorted(self.roles)})"


class Producers(Struct, frozen=True, forbid_unknown_fields=True):
    """The keys by id, and the topics on which a message must be signed."""

    must_sign: frozenset[str] = frozenset()
    producers: Mapping[str, Producer] = {}

    @property
    def asks(self) -> bool:
        """Whether there is anything to check at all."""
        return bool(self.producers or self.must_sign)

    def check(self, record: Inbound, role: Role | ActorRole) -> None:
        """Refuse a message that is not signed as it must be, or that its producer may not send.

        Raises:
            Rejection: `signature` or `forbidden`.
        """
        signature = header(record.headers, SIGNATURE_HEADER)
        if signature is None:
            if record.topic in self.must_sign:
                raise _bad_signature("expected the header siaga-signature")
            return
        self._check_allowed(record.topic, role, self._signer_of(record, signature))

    def _signer_of(self, record: Inbound, signature: bytes) -> str:
        key_id, colon, shown = signature.rpartition(b":")
        name = key_id.decode(errors="replace")
        producer = self.producers.get(name)
        if not colon or producer is None:
            raise _bad_signature("expected KEYID:HEX with the id of a key that is known here")
        made = hmac.new(bytes.fromhex(producer.secret), record.value or b"", "sha256").hexdigest()
        if not hmac.compare_digest(made.encode(), shown.strip().lower()):
            raise _bad_signature(f"the value was not signed by the key {name}")
        return name

    def _check_allowed(self, topic: str, role: Role | ActorRole, name: str) -> None:
        producer = self.producers[name]
        if producer.topics and topic not in producer.topics:
            raise Rejection(DeadLetterReason.FORBIDDEN, f"{name} may not send to {topic}")
        if producer.roles and role not in producer.roles:
            raise Rejection(DeadLetterReason.FORBIDDEN, f"{name} may not speak as {role}")


NO_PRODUCERS: Final = Producers()
"""Nobody must sign, and everybody may send everything."""


def parse_producers(text: str) -> Producers:
    """Read the file that `producer_keys_file` names.

    Raises:
        ConfigError: It is not TOML, or a field is unknown or mistyped; secrets are never repeated.
    """
    try:
        found = msgspec.convert(toml_values(text), Producers)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"producer keys: not TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"producer keys: {error}") from error
    producers = found.producers.values()
    _refuse_strange("topic", found.must_sign.union(*(one.topics for one in producers)), INPUT_TYPES)
    _refuse_strange("role", frozenset[str]().union(*(one.roles for one in producers)), _ROLES)
    return found


def _refuse_strange(kind: str, named: frozenset[str], known: Iterable[str]) -> None:
    strange = sorted(named.difference(known))
    if strange:
        expected = ", ".join(known)
        raise ConfigError(
            f"producer keys: found the {kind} {strange[0]}, expected one of {expected}"
        )


def _bad_signature(detail: str) -> Rejection:
    return Rejection(DeadLetterReason.SIGNATURE, detail)
