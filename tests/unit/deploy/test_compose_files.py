"""What the services of Compose are given: users, channels, doors, and files for who watches.

Judged without Docker, by the code that will read them.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from streams.gate.callers import Callers
from streams.gate.events import DOORS
from streams.gate.settings import read_settings as read_gate
from streams.room.settings import RoomSettings
from streams.room.settings import parse_settings as parse_room
from streams.room.settings import read_settings as read_room
from streams.room.users_file import read_users
from streams.sinks.contacts import check_contacts
from streams.sinks.mirror_settings import AlertmanagerSettings
from streams.sinks.settings import load_notify
from streams.wire.folder import load_plan
from tests.unit.deploy.files import ROOT, Alerted, compose, our_services, prometheus, text_of

SHOWN: Final = sorted(
    name for name, one in our_services().items() if "SIAGA_METRICS_PORT" in one.environment
)
"""Processes that stay."""


def test_the_first_user_is_made_once_and_no_password_opens(tmp_path: Path) -> None:
    """The line of the shell makes a file that a room takes, and leaves one that is there alone."""
    service = compose().services["users"]
    file = tmp_path / Path(service.environment["SIAGA_USERS_FILE"]).name
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": programs, "SIAGA_USERS_FILE": str(file)}
    for _ in range(2):
        subprocess.run(
            [*service.entrypoint, *service.command], cwd=tmp_path, env=environment, check=True
        )
    [user] = read_users(file).by_id.values()
    assert ("viewer", "") == (user.role, user.password)


def test_the_users_are_the_same_everywhere_and_stay() -> None:
    """Workers judge commands by the file that the room lets people in by; it is on a volume."""
    services = [compose().services[name] for name in SHOWN]
    [file] = {service.environment["SIAGA_USERS_FILE"] for service in services}
    folder = str(Path(file).parent)
    assert {"siaga-home"} == {service.mounts[folder] for service in services}
    assert f"WORKDIR {folder}\n" in text_of("deploy/Dockerfile")


def test_the_notifier_of_this_file_contacts_nobody() -> None:
    """Every contact of every shipped election is reached by a channel that prints."""
    settings = load_notify(str(inside("notify", "SIAGA_NOTIFY_FILE")))
    assert {"stdout"} == {str(one.__struct_config__.tag) for one in settings.channels.values()}
    for election in sorted((ROOT / "elections").iterdir()):
        assert () == check_contacts(settings, load_plan(election)), election.name


def test_the_mirror_of_this_file_is_in_it() -> None:
    """Alerts go to the Alertmanager that Prometheus tells its alarms."""
    mirrors = load_notify(str(inside("notify", "SIAGA_NOTIFY_FILE"))).mirrors
    told = [target for one in prometheus().alerting.alertmanagers for target in targets(one)]
    mirrored = [
        url
        for mirror in mirrors.values()
        if isinstance(mirror, AlertmanagerSettings)
        for url in mirror.urls
    ]
    assert [f"http://{address}" for address in told] == mirrored
    assert {address.split(":")[0] for address in told} <= set(compose().services)


def test_the_gate_of_this_file_lets_citizens_report() -> None:
    """And nothing else, for nobody there signs; it needs no secret to start."""
    settings = read_gate(str(inside("gate", "SIAGA_GATE_FILE")))
    assert settings.anybody is not None
    assert {"crowd.reports"} == settings.anybody.topics
    Callers(settings, DOORS, {})


def test_the_example_of_a_room_can_be_used() -> None:
    """As it stands, and with every part of it that is commented out."""
    example = "deploy/room.example.toml"
    said = read_room(str(ROOT / example))
    assert said.public_url
    whole = re.sub(r"^# (?=\[|\w+ = )", "", text_of(example), flags=re.MULTILINE)
    parsed = parse_room(whole, example)
    assert parsed.tls is not None
    assert parsed.oidc is not None
    for setting in RoomSettings.__struct_fields__:
        assert setting in whole, setting


def inside(name: str, variable: str) -> Path:
    """Return our file that a variable of a service names in its container."""
    service = compose().services[name]
    file = Path(service.environment[variable])
    return ROOT / service.mounts[str(file.parent)] / file.name


def targets(alerted: Alerted) -> list[str]:
    """Return the addresses of Alertmanagers."""
    return [target for static in alerted.static_configs for target in static.targets]


@pytest.mark.parametrize("name", ["prometheus", "alertmanager"])
def test_who_watches_finds_its_files(name: str) -> None:
    """The file that the command names is one of ours, and so is each that it names in turn."""
    service = compose().services[name]
    [named] = [word for word in service.command if word.startswith("--config.file=")]
    file = Path(named.split("=")[1])
    folder = ROOT / service.mounts[str(file.parent)]
    assert (folder / file.name).is_file()
    if name == "prometheus":
        assert prometheus().rule_files
        assert all((folder / rules).is_file() for rules in prometheus().rule_files)
    kept = [word.split("=")[1] for word in service.command if "storage" in word and "=/" in word]
    assert set(kept) <= set(service.mounts)
    assert kept
