"""The file of Compose and the image, judged without Docker: everything named in them exists."""

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from streams.config import Config, load_config
from tests.unit.deploy.files import (
    ROOT,
    Service,
    compose,
    our_services,
    prometheus,
    text_of,
)

DOCKERFILE: Final = "deploy/Dockerfile"
COMMANDS: Final = (
    r"worker( --role (intake|watch|all))?",
    r"room --listen 0\.0\.0\.0:8120",
    r"gate --listen 0\.0\.0\.0:8110",
    r"notify",
    r"topics create",
)
"""Commands that run without a person (contract §7, and `topics create`)."""
ONCE: Final = ("topics", "users")
"""Services that prepare something and end; those that stay wait for them."""
SERVICES: Final = sorted(compose().services)
OURS: Final = sorted(our_services())
STAYING: Final = sorted(set(OURS) - set(ONCE))
WORKERS: Final = [name for name in OURS if our_services()[name].command[0] == "worker"]


def settings_of(service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Read a service's environment as the program will, without a settings file."""
    monkeypatch.chdir(folder)
    return load_config(None, service.environment)


def waited_for(service: Service) -> dict[str, str]:
    """Return what a service waits for, and until when."""
    if isinstance(service.depends_on, list):
        return dict.fromkeys(service.depends_on, "service_started")
    return {name: needed.condition for name, needed in service.depends_on.items()}


@pytest.mark.parametrize("name", [name for name in OURS if name != "users"])
def test_our_commands_exist(name: str) -> None:
    """Each service of our image runs a command that `siaga` has."""
    command = " ".join(compose().services[name].command)
    assert any(re.fullmatch(known, command) for known in COMMANDS), command


@pytest.mark.parametrize("name", OURS)
def test_our_settings_are_settings(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every variable is one that the program knows; the broker is the one of this file."""
    config = settings_of(compose().services[name], tmp_path, monkeypatch)
    inside = compose().services["kafka"].environment["KAFKA_ADVERTISED_LISTENERS"].split(",")[0]
    assert f"INSIDE://{config.broker}" == inside


@pytest.mark.parametrize("name", OURS)
def test_the_default_election_is_in_the_repository(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that is watched is mounted, and has an election in it."""
    service = compose().services[name]
    folders = settings_of(service, tmp_path, monkeypatch).elections
    assert folders
    for folder in folders:
        inside = next(mount for mount in service.mounts if folder.startswith(f"{mount}/"))
        here = ROOT / service.mounts[inside] / folder.removeprefix(f"{inside}/")
        assert (here / "election.toml").is_file(), here


def test_two_workers_have_lasting_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Static members with one name would throw each other out of the group."""
    names = [
        settings_of(compose().services[worker], tmp_path, monkeypatch).instance
        for worker in WORKERS
    ]
    assert len(WORKERS) >= 2
    assert "" not in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", STAYING)
def test_a_process_starts_after_what_it_needs_and_again_after_it_ended(name: str) -> None:
    """Broker healthy, topics and users made, then work; who is in doubt ends, and comes back."""
    services = compose().services
    assert waited_for(services[name]) == dict.fromkeys(ONCE, "service_completed_successfully")
    assert waited_for(services["topics"]) == {"kafka": "service_healthy"}
    assert services["kafka"].healthcheck
    assert services[name].restart == "unless-stopped"


@pytest.mark.parametrize("name", ONCE)
def test_a_command_that_ends_well_is_not_run_again(name: str) -> None:
    """`topics create` and the first user run until they have succeeded once."""
    assert compose().services[name].restart == "on-failure"


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_needs_is_there(name: str) -> None:
    """Files are in the repository, named volumes and services in the file."""
    service = compose().services[name]
    for outside in service.mounts.values():
        if outside.startswith("."):
            assert (ROOT / outside).exists(), outside
        else:
            assert outside in compose().volumes
    assert set(waited_for(service)) <= set(compose().services)
    if service.build is not None:
        assert (ROOT / service.build.context / service.build.dockerfile).is_file()


def test_every_volume_is_used() -> None:
    """A volume that nobody mounts keeps nothing."""
    used = {outside for one in compose().services.values() for outside in one.mounts.values()}
    assert set(compose().volumes) <= used


def test_only_this_machine_is_let_in() -> None:
    """Every port is published on the loopback interface, and no two share one."""
    published = [port.split(":") for one in compose().services.values() for port in one.ports]
    assert {"127.0.0.1"} == {address for address, _, _ in published}
    outside = [port for _, port, _ in published]
    assert len(outside) == len(set(outside))


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OURS)))
def test_other_peoples_images_are_pinned(name: str) -> None:
    """The same file is the same installation next year."""
    assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", compose().services[name].image)


def test_the_tests_run_on_this_kafka() -> None:
    """Image and jars of the tests have one version."""
    # Our own file may be trusted not to be an attack.
    pom = ET.fromstring(text_of("tests/support/kafka-pom.xml"))  # noqa: S314
    assert compose().services["kafka"].image == f"apache/kafka:{pom.findtext('.//kafka.version')}"


def test_the_broker_can_be_reached_from_outside() -> None:
    """The port that it tells clients at this machine is the one that is published for them."""
    kafka = compose().services["kafka"]
    told = dict(
        listener.split("://")
        for listener in kafka.environment["KAFKA_ADVERTISED_LISTENERS"].split(",")
    )
    bound = dict(
        listener.split("://:") for listener in kafka.environment["KAFKA_LISTENERS"].split(",")
    )
    assert [f"127.0.0.1:{told['OUTSIDE'].split(':')[1]}:{bound['OUTSIDE']}"] == kafka.ports
    protocols = kafka.environment["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(",")
    assert set(bound) == {pair.split(":")[0] for pair in protocols}


def test_prometheus_reads_every_process_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a port for numbers is read as what it is, and nobody else but who watches."""
    expected = {
        f"siaga-{service.command[0]}/{name}:{port}"
        for name, service in our_services().items()
        if (port := settings_of(service, tmp_path, monkeypatch).metrics_port)
    }
    read = {
        f"{job.job_name}/{target}"
        for job in prometheus().scrape_configs
        for static in job.static_configs
        for target in static.targets
    }
    watching = {"prometheus/localhost:9090", "alertmanager/alertmanager:9093"}
    assert expected | watching == read
    assert {f"siaga-worker/{worker}:9464" for worker in WORKERS} <= read


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's lines as (instruction, rest)."""
    lines = [line for line in text_of(DOCKERFILE).splitlines() if line and line[0] != "#"]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def test_the_image_copies_what_exists_and_nothing_else_is_sent() -> None:
    """Each copied path is in the repository, and the list of what Docker may see names it."""
    copied = [
        path
        for instruction, rest in instructions()
        if instruction == "COPY" and not rest.startswith("--from")
        for path in rest.split()[:-1]
    ]
    seen = text_of(f"{DOCKERFILE}.dockerignore").splitlines()
    assert "*" in seen
    assert sorted(copied) == sorted(line[1:] for line in seen if line.startswith("!"))
    assert all((ROOT / path).exists() for path in copied)


def test_the_image_does_not_run_as_root() -> None:
    """The last user is a number that is not 0, and nothing is copied or run as root after it."""
    steps = [instruction for instruction, _ in instructions()]
    users = [rest for instruction, rest in instructions() if instruction == "USER"]
    assert users
    assert int(users[-1]) > 0
    after = steps[len(steps) - steps[::-1].index("USER") :]
    assert not {"COPY", "RUN", "ADD"} & set(after)


def test_the_image_installs_only_what_the_lock_names() -> None:
    """Packages come by hash; the project itself brings nothing along."""
    installs = [rest for _, rest in instructions() if "pip install" in rest]
    locked, project = installs
    assert "--require-hashes -r requirements.lock" in locked
    assert "--no-deps --no-build-isolation" in project
    assert "setuptools==" in text_of("requirements.lock")


def test_the_image_has_the_python_we_test_with() -> None:
    """One version in the image and in the settings of the type checkers."""
    bases = {rest.split()[0] for instruction, rest in instructions() if instruction == "FROM"}
    assert {"python:3.11-slim"} == bases
    assert 'python_version = "3.11"' in text_of("pyproject.toml")
