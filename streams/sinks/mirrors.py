"""From settings to mirrors: secrets and certificates are read here, once, at the start."""

from collections.abc import Iterable, Mapping

from streams.errors import ConfigError
from streams.sinks.alertmanager_mirror import AlertmanagerMirror, Replica
from streams.sinks.grafana_mirror import GrafanaMirror
from streams.sinks.mirror import Mirror
from streams.sinks.mirror_api import Api, basic, bearer, http_of
from streams.sinks.mirror_settings import (
    AlertmanagerSettings,
    GrafanaSettings,
    MirrorSettings,
    PagerDutySettings,
)
from streams.sinks.pagerduty_mirror import PagerDutyMirror
from streams.sinks.secret import read_secret

__all__ = ["build_mirrors", "sees_restricted"]


def build_mirrors(settings: Mapping[str, MirrorSettings]) -> tuple[Mirror, ...]:
    """Return the mirrors of an installation, of Alertmanager one for each replica.

    Raises:
        ConfigError: A secret or a file of authorities cannot be read.
    """
    return tuple(mirror for name, one in settings.items() for mirror in _build(name, one))


def sees_restricted(settings: Iterable[MirrorSettings]) -> bool:
    """Tell whether one of some mirrors may show a restricted alert."""
    return any(one.restricted for one in settings)


def _build(name: str, settings: MirrorSettings) -> tuple[Mirror, ...]:
    match settings:
        case AlertmanagerSettings():
            return _alertmanager(name, settings)
        case PagerDutySettings():
            key = read_secret(
                f"mirrors.{name}.routing_key", settings.routing_key_file, settings.routing_key_env
            )
            api = Api(http_of(settings, f"mirrors.{name}"), settings.url, {})
            return (PagerDutyMirror(name, settings, key, api),)
        case GrafanaSettings():
            token = read_secret(f"mirrors.{name}.token", settings.token_file, settings.token_env)
            api = Api(http_of(settings, f"mirrors.{name}"), settings.url, bearer(token))
            return (GrafanaMirror(name, settings, api),)
        case _:
            raise AssertionError("settings are of one of the types of mirrors")


def _alertmanager(name: str, settings: AlertmanagerSettings) -> tuple[Mirror, ...]:
    where = f"mirrors.{name}"
    header: Mapping[str, str] = {}
    if settings.secret_file or settings.secret_env:
        secret = read_secret(f"{where}.secret", settings.secret_file, settings.secret_env)
        header = basic(settings.username, secret) if settings.username else bearer(secret)
    elif settings.username:
        raise ConfigError(f"{where}.username: expected secret_file or secret_env beside it")
    source = settings.source or f"siaga/{name}"
    numbers = [f"/{one}" for one in range(1, len(settings.urls) + 1)]
    return tuple(
        AlertmanagerMirror(
            settings,
            Replica(name + number if len(numbers) > 1 else name, source),
            Api(http_of(settings, where), url, header),
        )
        for number, url in zip(numbers, settings.urls, strict=True)
    )
