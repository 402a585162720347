"""How a gateway shows who it is: a token, an HMAC of its body, the address that it calls from.

Each provider has its own way, and some two at once: then both must hold. All secrets are compared
in the same time whatever they are, and every one that is in force is taken.
"""

import hmac
import ipaddress
from collections.abc import Mapping, Sequence

from msgspec import Struct

from streams.errors import ConfigError
from streams.gate.settings import AddressAuth, GatewayAuth, GatewaySettings, HmacAuth, TokenAuth
from streams.sinks.secret import Secret, read_secret, read_secrets
from streams.web.message import Incoming

__all__ = ["Proof", "handshake_of", "holds", "is_same", "proofs_of"]


class Proof(Struct, frozen=True):
    """One way in which a gateway shows who it is, with its secrets."""

    auth: GatewayAuth
    secrets: tuple[Secret, ...]


def proofs_of(
    where: str, settings: GatewaySettings, environment: Mapping[str, str]
) -> tuple[Proof, ...]:
    """Return all that a gateway must show; `where` names its settings.

    Raises:
        ConfigError: It need show nothing, or a secret is missing.
    """
    if not settings.auth:
        raise ConfigError(
            f"{where}.auth: expected at least one of token, hmac, address: else anybody could"
            " speak as anybody's telephone"
        )
    return tuple(_proof(f"{where}.auth", one, environment) for one in settings.auth)


def _proof(where: str, auth: GatewayAuth, environment: Mapping[str, str]) -> Proof:
    match auth:
        case TokenAuth():
            if bool(auth.header) == bool(auth.parameter):
                raise ConfigError(f"{where}: expected header or parameter, where the token is")
            field = f"{where}.token"
            return Proof(auth, read_secrets(field, auth.token_file, auth.token_env, environment))
        case HmacAuth():
            field = f"{where}.secret"
            secrets = read_secrets(field, auth.secret_file, auth.secret_env, environment)
            return Proof(auth, secrets)
        case AddressAuth():
            _networks(where, auth.networks)
            return Proof(auth, ())


def _networks(
    where: str, networks: Sequence[str]
) -> Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(one) for one in networks]
    except ValueError as error:
        raise ConfigError(f"{where}.networks: {error}") from error


def handshake_of(
    where: str, settings: GatewaySettings, environment: Mapping[str, str]
) -> Secret | None:
    """Return the token of WhatsApp's handshake; None: there is none.

    Raises:
        ConfigError: It cannot be read.
    """
    file, variable = settings.verify_token_file, settings.verify_token_env
    if not (file or variable):
        return None
    return read_secret(f"{where}.verify_token", file, variable, environment)


def holds(proof: Proof, incoming: Incoming) -> bool:
    """Tell whether a request shows what it must."""
    match proof.auth:
        case TokenAuth() as auth:
            shown = _token(auth, incoming)
            return sum(is_same(one.reveal(), shown) for one in proof.secrets) > 0
        case HmacAuth() as auth:
            shown = incoming.header(auth.header.lower())
            made = (
                hmac.new(one.reveal().encode(), incoming.body, "sha256") for one in proof.secrets
            )
            return sum(is_same(f"{auth.prefix}{one.hexdigest()}", shown) for one in made) > 0
        case AddressAuth() as auth:
            return _is_within(incoming.address, auth)


def _token(auth: TokenAuth, incoming: Incoming) -> str:
    """Return the token that a request shows; empty: none, or not behind its prefix."""
    if auth.parameter:
        return incoming.query.get(auth.parameter, "")
    shown = incoming.header(auth.header.lower())
    return shown.removeprefix(auth.prefix) if shown.startswith(auth.prefix) else ""


def _is_within(shown: str, auth: AddressAuth) -> bool:
    try:
        address = ipaddress.ip_address(shown)
    except ValueError:
        return False
    return any(address in network for network in _networks("networks", auth.networks))


def is_same(ours: str, shown: str) -> bool:
    """Compare a secret in a time that says nothing about where they differ."""
    return hmac.compare_digest(ours.encode(), shown.encode(errors="surrogatepass"))
