"""Channels from settings: each a sink and how it is used, for real receivers or for drills.

Which of the two a channel is for is a type, so whoever sends by it has to ask.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from streams.delivery.policy import ChannelPolicy
from streams.errors import ConfigError
from streams.sinks.cap import CapSender
from streams.sinks.cap_settings import CapSettings
from streams.sinks.channel_settings import (
    ChannelSettings,
    FileSettings,
    HttpSettings,
    SmtpSettings,
    SmtpTls,
    StdoutSettings,
    TelegramSettings,
    WebhookSettings,
)
from streams.sinks.file import FileSender
from streams.sinks.http import Http, trust
from streams.sinks.http_sink import HttpSender
from streams.sinks.mirror_api import bearer
from streams.sinks.secret import Secret, read_secret, read_secrets
from streams.sinks.sender import Sender, ToExercises, ToReceivers
from streams.sinks.settings import NotifySettings, answer_keys
from streams.sinks.signing import signing_key
from streams.sinks.sink import DrillSink, Sink
from streams.sinks.smtp import MailServer, SmtpSender
from streams.sinks.stdout import StdoutSender
from streams.sinks.telegram import TelegramSender
from streams.sinks.telegram_api import UPDATES_BYTES_MAX, Telegram
from streams.sinks.webhook import WebhookSender

__all__ = ["Channel", "DrillChannel", "RealChannel", "build_channels"]


class RealChannel(Struct, frozen=True, kw_only=True):
    """A channel to real receivers; it cannot be handed an exercise."""

    name: str
    type: str
    """Word of the configuration; one of few, so it may be a label of a metric."""
    policy: ChannelPolicy
    sink: Sink


class DrillChannel(Struct, frozen=True, kw_only=True):
    """A channel to receivers that are there for drills; it takes nothing else."""

    name: str
    type: str
    policy: ChannelPolicy
    sink: DrillSink


Channel = RealChannel | DrillChannel


def build_channels(settings: NotifySettings) -> Mapping[str, Channel]:
    """Return all channels by their names, ready to send; nothing is connected to yet.

    Raises:
        ConfigError: A secret cannot be read, or a template or certificate cannot be used.
    """
    keys = answer_keys(settings)
    return {name: _channel(name, one, keys) for name, one in settings.channels.items()}


def _channel(name: str, settings: ChannelSettings, keys: Sequence[bytes]) -> Channel:
    sender = _sender(f"channels.{name}", settings, keys)
    kind, policy = str(settings.__struct_config__.tag), settings.policy
    if settings.drill:
        return DrillChannel(name=name, type=kind, policy=policy, sink=ToExercises(sender))
    return RealChannel(name=name, type=kind, policy=policy, sink=ToReceivers(sender))


def _sender(where: str, settings: ChannelSettings, keys: Sequence[bytes]) -> Sender:
    match settings:
        case StdoutSettings():
            return StdoutSender()
        case FileSettings(path=path):
            return FileSender(Path(path))
        case WebhookSettings():
            return WebhookSender(_http(where, settings, settings.ca_file), _keys(where, settings))
        case HttpSettings():
            http = _http(where, settings, settings.ca_file)
            return HttpSender(where, settings, http, _template_secret(where, settings))
        case TelegramSettings():
            return TelegramSender(_telegram_of(where, settings), keys)
        case SmtpSettings():
            return SmtpSender(_mail_server(where, settings), settings.policy.timeout_s)
        case CapSettings():
            http = _http(where, settings, settings.ca_file)
            return CapSender(settings, http, _bearer(where, settings))
        case _:
            raise AssertionError(f"{type(settings).__name__} has no sender")


def _telegram_of(where: str, settings: TelegramSettings) -> Telegram:
    """Return the bot of a channel; `where` is its name in messages.

    Raises:
        ConfigError: Its token cannot be read.
    """
    token = read_secret(f"{where}.token", settings.token_file, settings.token_env)
    tls = trust(f"{where}.ca_file", settings.ca_file)
    http = Http(settings.policy.timeout_s, tls, UPDATES_BYTES_MAX)
    return Telegram(http, settings.api, token)


def _http(where: str, settings: ChannelSettings, ca_file: str) -> Http:
    return Http(settings.policy.timeout_s, trust(f"{where}.ca_file", ca_file))


def _keys(where: str, settings: WebhookSettings) -> tuple[bytes, ...]:
    field = f"{where}.secret"
    secrets = read_secrets(field, settings.secret_file, settings.secret_env)
    try:
        return tuple(signing_key(one.reveal()) for one in secrets)
    except ValueError as error:
        raise ConfigError(f"{field}: {error}") from error


def _template_secret(where: str, settings: HttpSettings) -> Secret:
    """Return the secret of a template; a gateway in the same room may have none."""
    if not settings.secret_file and not settings.secret_env:
        return Secret("")
    return read_secret(f"{where}.secret", settings.secret_file, settings.secret_env)


def _bearer(where: str, settings: CapSettings) -> Mapping[str, str]:
    """Return how a channel of CAP shows who it is; a folder asks for nothing."""
    if not settings.token_file and not settings.token_env:
        return {}
    return bearer(read_secret(f"{where}.token", settings.token_file, settings.token_env))


def _mail_server(where: str, settings: SmtpSettings) -> MailServer:
    if settings.username and settings.tls is SmtpTls.NONE:
        raise ConfigError(f"{where}.tls: expected starttls or tls, as a password is sent")
    field = f"{where}.password"
    return MailServer(
        host=settings.host,
        port=settings.port,
        tls=settings.tls,
        trusted=trust(f"{where}.ca_file", settings.ca_file),
        sender=settings.sender,
        username=settings.username,
        password=(
            read_secret(field, settings.password_file, settings.password_env)
            if settings.username
            else Secret("")
        ),
    )
