"""`siaga room` before it listens: what is refused, and what it says should not be so."""

import json
from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from streams.cli.room import warnings_of
from streams.room.settings import RoomSettings
from streams.room.users_file import change_users
from streams.web.settings import Tls
from tests.unit.room.people import USERS

_ELECTION: Final = Path(__file__).parents[3] / "elections" / "rejang-lebong-2024"
SECRET = RoomSettings(session_secret_file="session.key")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a file with users."""
    change_users(tmp_path / "users.toml", lambda _: USERS)
    return str(tmp_path / "users.toml")


@pytest.mark.parametrize(
    ("words", "room", "ended"),
    [
        (["--listen", "8160"], "", (1, "--listen: expected HOST:PORT as 127.0.0.1:8120, got")),
        (["--election", "nowhere"], "", (1, "siaga: nowhere: no such folder")),
        ([], "proxies = ['banana']", (1, "{room}: proxies: expected addresses or networks, as ")),
        ([], "proxies = ['10.0.0.1/8']", (1, "{room}: proxies: expected addresses or networks")),
        (
            [],
            "[tls]\ncertificate_file='no.pem'\nkey_file='no.key'",
            (1, "siaga: tls.certificate_file: no.pem cannot be read"),
        ),
        (["--broker", "127.0.0.1:1", "--listen", "127.0.0.1:0"], "", (3, "siaga: no Kafka broker")),
    ],
)
def test_a_room_that_cannot_open_says_why_and_nothing_else(
    words: list[str],
    room: str,
    ended: tuple[int, str],
    file: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Not even that the sessions have no secret: what must be mended first stands alone."""
    settings, (code, message) = Path(file).with_name("room.toml"), ended
    settings.write_text(room, encoding="utf-8")
    named = ["--users-file", file, "--room-file", str(settings)]
    assert code == main(["room", *named, *words])
    error = capfd.readouterr().err
    assert message.replace("{room}", f"siaga: {settings}") in error
    assert 1 == error.count("\n")


def test_a_room_says_what_its_borders_are(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A file of another province is whole, and nothing of it is on the map."""
    folder = Path(file).parent
    ring = [[102, -3], [103, -3], [103, -4], [102, -3]]
    for code in ("17.02", "36.04"):
        area = {
            "type": "Feature",
            "properties": {"kode": code, "nama": "Rejang Lebong"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        content = json.dumps({"type": "FeatureCollection", "features": [area]})
        (folder / f"{code}.geojson").write_text(content, encoding="utf-8")
    settings = folder / "room.toml"
    files = [f"[[borders]]\nfile = '{folder}/{code}.geojson'\n" for code in ("17.02", "36.04")]
    settings.write_text("".join(files), encoding="utf-8")
    named = ["--users-file", file, "--room-file", str(settings)]
    election = ["--election", str(_ELECTION), "--broker", "127.0.0.1:1"]
    assert 3 == main(["room", *named, *election, "--listen", "127.0.0.1:0"])
    lines = capfd.readouterr().err.splitlines()
    drawing, count, names, strange, _ = (line.split(" streams.cli.room: ", 1)[-1] for line in lines)
    assert "drawing borders" == drawing
    assert count.startswith("borders of 0 of 1 provinsi, 1 of 1 kabupaten, 0 of 15 kecamatan")
    assert names.endswith(": 17.02 Rejang Lebong")
    assert strange.startswith(f"{folder}/36.04.geojson: no election of this room has a TPS")
    assert " warning " in lines[3]


def test_a_missing_file_of_settings_leads_to_the_one_that_is_shipped(
    file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever copies the example has one."""
    assert 1 == main(["room", "--users-file", file, "--room-file", "none.toml"])
    assert "deploy/room.example.toml" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("settings", "host", "wanted"),
    [
        (RoomSettings(), "127.0.0.1", ["room_file names no session_secret"]),
        (SECRET, "127.0.0.1", []),
        (SECRET, "::1", []),
        (SECRET, "0.0.0.0", ["nothing says that browsers come by TLS"]),  # noqa: S104  an address that is looked at, not bound
        (SECRET, "::", ["nothing says that browsers come by TLS"]),
        (
            RoomSettings(session_secret_env="S", proxies=("127.0.0.1",)),
            "127.0.0.1",
            ["nothing says that browsers come by TLS"],
        ),
        (
            RoomSettings(session_secret_env="S", public_url="https://posko.example"),
            "192.0.2.1",
            [],
        ),
        (RoomSettings(session_secret_env="S", tls=Tls("a", "b")), "192.0.2.1", []),
    ],
)
def test_what_is_not_for_the_day_is_said_at_the_start(
    settings: RoomSettings, host: str, wanted: list[str]
) -> None:
    """Sessions that end with the process; passwords that may go in clear."""
    said = zip(warnings_of(settings, host), wanted, strict=True)
    assert wanted == [one[: len(begin)] for one, begin in said]
