"""Folders, packs and keys are read once, and whatever cannot be used is named."""

import json
from pathlib import Path

import pytest

from streams.config import ClockSource, Config, load_config
from streams.domain.effects import DeadLetterReason
from streams.domain.ids import ElectionId
from streams.errors import ConfigError, InputError
from streams.setup import (
    Setup,
    load_pack,
    load_setup,
    recorded_settings,
    room_actors,
    worker_settings,
)
from streams.wire.accept import UNSAFE_PSEUDONYM_KEY
from streams.wire.records import DeadLettered, Inbound, Journaled
from streams.wire.time import parse_time
from tests.support.commands import election_folder, status
from tests.unit.territory.folders import replaced

AT = parse_time("2024-11-27T07:00:00+07:00")
KEYS = f"""
must_sign = ["tps.status"]
[producers.gateway]
secret = "{"00" * 32}"
"""


def loaded(*folders: Path) -> Setup:
    """Return what a replay would judge with."""
    return load_setup(folders, recorded_settings(Config()))


def inbound() -> Inbound:
    """Return a status as intake reads it."""
    value = json.dumps(status("a", "07:00:00", "opened")).encode()
    return Inbound("tps.status", 0, 0, AT, None, value)


def test_a_folder_becomes_a_world_and_an_intake(tmp_path: Path) -> None:
    """What is taken belongs to the election, and a fold knows its rules."""
    setup = loaded(election_folder(tmp_path))
    assert ["serang-2024"] == list(setup.world.elections)
    taken = setup.acceptor.accept(inbound())
    assert isinstance(taken, Journaled)
    assert b"36.04" == taken.key
    assert 3 == setup.fold(3, lambda _: None).state.partition


def test_several_folders_are_one_world(tmp_path: Path) -> None:
    """Elections that lie apart are watched side by side."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    later = replaced("election.toml", ('"serang-2024"', '"serang-2025"'), ("2024-11", "2025-11"))
    setup = loaded(election_folder(tmp_path / "a"), election_folder(tmp_path / "b", later))
    assert ["serang-2024", "serang-2025"] == list(setup.world.elections)


def test_without_a_folder_nothing_is_watched() -> None:
    """The message says where to name one."""
    with pytest.raises(ConfigError, match="--election FOLDER"):
        loaded()


def test_folders_that_clash_are_refused(tmp_path: Path) -> None:
    """Nobody could say to which election an event belongs."""
    folder = election_folder(tmp_path)
    with pytest.raises(InputError, match="two loaded elections"):
        loaded(folder, folder)


def test_a_pack_that_there_is_not_is_named(tmp_path: Path) -> None:
    """With those that there are."""
    folder = election_folder(tmp_path, replaced("election.toml", ('"siaga"', '"sigap"')))
    with pytest.raises(ConfigError, match="pack 'sigap': there is none of this name; known: siaga"):
        loaded(folder)


@pytest.mark.parametrize("name", ["../packs/siaga", "siaga.yaml", ""])
def test_a_pack_is_a_name_and_no_path(name: str) -> None:
    """An election folder reaches no other file."""
    with pytest.raises(ConfigError, match="there is none of this name"):
        load_pack(name, "pilkada")


def test_overrides_of_the_folder_are_judged_by(tmp_path: Path) -> None:
    """Field by field, on top of the pack."""
    folder = election_folder(tmp_path)
    (folder / "rules").mkdir()
    text = "overrides:\n  T03: {severity: critical}\n"
    (folder / "rules" / "local.yaml").write_text(text, encoding="utf-8")
    [watched] = loaded(folder).world.elections.values()
    t03 = watched.rules.pack.rule("T03")
    assert t03 is not None
    assert ("critical", "1") == (t03.severity, str(t03.version))


def test_an_override_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """To judge with other rules than the folder asks for would be worse than not to judge."""
    folder = election_folder(tmp_path)
    (folder / "rules").mkdir()
    (folder / "rules" / "local.yaml").write_text("overrides: {T99: {}}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"rules/local.yaml:1: overrides.T99: no rule T99"):
        loaded(folder)


def test_a_worker_takes_inputs_as_its_settings_say(tmp_path: Path) -> None:
    """Clock, keys of producers and the key of pseudonyms; secrets come from files."""
    keys, pseudonyms = tmp_path / "keys.toml", tmp_path / "pseudonyms.key"
    keys.write_text(KEYS, encoding="utf-8")
    pseudonyms.write_bytes(b"0123456789abcdef\n")
    settings = worker_settings(
        Config(
            clock=ClockSource.PLAYED,
            producer_keys_file=str(keys),
            pseudonym_key_file=str(pseudonyms),
        )
    )
    assert (ClockSource.PLAYED, b"0123456789abcdef") == (settings.clock, settings.pseudonym_key)
    assert {"tps.status"} == settings.producers.must_sign
    assert not settings.by_scope
    setup = load_setup(
        [election_folder(tmp_path)], worker_settings(Config(producer_keys_file=str(keys)))
    )
    taken = setup.acceptor.accept(inbound())
    assert isinstance(taken, DeadLettered)
    assert DeadLetterReason.SIGNATURE is taken.reason


def test_recorded_events_need_no_signature(tmp_path: Path) -> None:
    """A file of events has no headers; pseudonyms are made as they were live."""
    keys, pseudonyms = tmp_path / "keys.toml", tmp_path / "pseudonyms.key"
    keys.write_text(KEYS, encoding="utf-8")
    pseudonyms.write_bytes(b"0123456789abcdef")
    config = Config(producer_keys_file=str(keys), pseudonym_key_file=str(pseudonyms))
    settings = recorded_settings(config)
    assert (b"0123456789abcdef", True) == (settings.pseudonym_key, settings.by_scope)
    setup = load_setup([election_folder(tmp_path)], settings)
    assert isinstance(setup.acceptor.accept(inbound()), Journaled)


def test_without_a_key_everybody_knows_the_key() -> None:
    """Which the worker warns of."""
    assert UNSAFE_PSEUDONYM_KEY == worker_settings(Config()).pseudonym_key


@pytest.mark.parametrize(
    ("setting", "content", "message"),
    [
        ("pseudonym_key_file", None, "cannot be read"),
        ("pseudonym_key_file", b"short", "expected at least 16 bytes"),
        ("producer_keys_file", None, "cannot be read"),
        ("producer_keys_file", b"\xff", "expected UTF-8"),
        ("producer_keys_file", b"=", "not TOML"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used_is_named(
    setting: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    """And never what is in it."""
    file = tmp_path / "keys"
    if content is not None:
        file.write_bytes(content)
    config = load_config(None, {}, {setting: str(file)})
    with pytest.raises(ConfigError, match=message):
        worker_settings(config)


def test_the_control_rooms_users_are_on_every_roster(tmp_path: Path) -> None:
    """Without a users file the folder alone counts; one that others can read is refused."""
    file = tmp_path / "users.toml"
    file.write_text(
        '[users.dinding]\nname = "Dinding"\nrole = "viewer"\narea = "36"', encoding="utf-8"
    )
    file.chmod(0o600)
    config = Config(users_file=str(file))
    folder, settings = election_folder(tmp_path), recorded_settings(config)

    def roster(config: Config) -> list[str]:
        setup = load_setup([folder], settings, room=room_actors(config))
        return [one.actor for one in setup.world.of(ElectionId("serang-2024")).plan.actors or ()]

    assert ["posko", "kapolres", "siaga"] == roster(Config())
    assert ["posko", "kapolres", "siaga", "dinding"] == roster(config)
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="others can read it"):
        room_actors(config)
