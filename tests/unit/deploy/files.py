"""What the deployment tests read: the files of the repository as types, nothing started.

A field that is not listed here is not looked at; one that is listed and missing or of another
type fails the reading, and so every test.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml
from msgspec import Struct, field

ROOT: Final = Path(__file__).parents[3]
COMPOSE: Final = "docker-compose.yml"
PROMETHEUS: Final = "deploy/prometheus/prometheus.yml"
DATASOURCES: Final = "deploy/grafana/provisioning/datasources/prometheus.yml"
PROVIDERS: Final = "deploy/grafana/provisioning/dashboards/siaga.yml"
_DEFAULTED: Final = re.compile(r"\$\{\w+:-([^}]*)\}")


class Build(Struct):
    """How an image is built."""

    context: str
    dockerfile: str


class Needed(Struct):
    """What a service waits for in another one."""

    condition: str


class Service(Struct):
    """One service of Compose."""

    image: str
    restart: str
    build: Build | None = None
    entrypoint: list[str] = []
    command: list[str] = []
    environment: dict[str, str] = {}
    ports: list[str] = []
    volumes: list[str] = []
    depends_on: dict[str, Needed] | list[str] = []
    healthcheck: dict[str, object] = {}

    @property
    def mounts(self) -> dict[str, str]:
        """Where each of our files or named volumes appears in the container."""
        pairs = (volume.split(":")[:2] for volume in self.volumes)
        return {inside: outside for outside, inside in pairs}


class Compose(Struct):
    """The file of Compose."""

    services: dict[str, Service]
    volumes: dict[str, None]


class Targets(Struct):
    """Addresses that Prometheus reads."""

    targets: list[str]


class ScrapeJob(Struct):
    """One kind of process that Prometheus reads."""

    job_name: str
    static_configs: list[Targets]


class Alerted(Struct):
    """Alertmanagers that Prometheus tells its alarms."""

    static_configs: list[Targets]


class Alerting(Struct):
    """Whom Prometheus tells its alarms."""

    alertmanagers: list[Alerted]


class PrometheusConfig(Struct):
    """The configuration of Prometheus."""

    scrape_configs: list[ScrapeJob]
    rule_files: list[str]
    alerting: Alerting


class Datasource(Struct):
    """Where Grafana gets numbers from."""

    uid: str
    type: str
    url: str
    is_default: bool = field(name="isDefault")


class Datasources(Struct):
    """The provisioned datasources."""

    datasources: list[Datasource]


class ProviderOptions(Struct):
    """Where Grafana looks for dashboards."""

    path: str


class Provider(Struct):
    """One provisioned folder of dashboards."""

    options: ProviderOptions


class Providers(Struct):
    """The provisioned folders of dashboards."""

    providers: list[Provider]


def text_of(path: str) -> str:
    """Return a file of the repository."""
    return (ROOT / path).read_text("utf-8")


@cache
def compose() -> Compose:
    """Return the services, with every `${NAME:-default}` at its default."""
    return msgspec.convert(yaml.safe_load(_DEFAULTED.sub(r"\1", text_of(COMPOSE))), Compose)


def our_services() -> dict[str, Service]:
    """Return the services that run `siaga`."""
    return {name: one for name, one in compose().services.items() if one.build is not None}


@cache
def prometheus() -> PrometheusConfig:
    """Return the configuration of Prometheus."""
    return msgspec.convert(yaml.safe_load(text_of(PROMETHEUS)), PrometheusConfig)


@cache
def datasources() -> list[Datasource]:
    """Return the provisioned datasources."""
    return msgspec.convert(yaml.safe_load(text_of(DATASOURCES)), Datasources).datasources


@cache
def providers() -> list[Provider]:
    """Return the provisioned folders of dashboards."""
    return msgspec.convert(yaml.safe_load(text_of(PROVIDERS)), Providers).providers
