"""`siaga notify test`: who is told, what is said of it, and what is never printed."""

import argparse
import asyncio
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.cli import notify_test
from streams.cli.command import main
from streams.cli.notify_test import exit_code_of, samples_of, sent
from streams.cli.settings import UsageError, add_everywhere
from streams.delivery.policy import ChannelPolicy
from streams.errors import ConfigError, InputError
from streams.sinks.channels import DrillChannel, RealChannel
from streams.sinks.sender import Message, ToExercises, ToReceivers
from streams.sinks.sink import Delivered, Delivery, Exercise, Outcome, Refused, TryAgain
from streams.territory.plan import Plan, Way
from streams.texts.gsm import SMS_SEPTETS, septets
from streams.texts.notices import short
from tests.support.commands import election_folder
from tests.support.notices import contact
from tests.support.world import plan
from tests.unit.territory.folders import TEXTS

TARGET = "+628120001111"
CONTACTS = f"""
[[contacts]]
ladder = "OPS"
level = "polsek"
area = "36.04"
name = "Piket"
channel = "berkas"
target = "{TARGET}"
[[contacts]]
ladder = "OPS"
level = "polres"
area = "36.04"
name = "Kapolres"
channel = "latihan"
target = "{TARGET}"
"""
NOTIFY = """
[channels.berkas]
type = "file"
path = "real.jsonl"
[channels.latihan]
type = "file"
path = "drill.jsonl"
drill = true
"""


def folder_with_two_ways() -> Plan:
    """Return a folder whose Polsek has a way beside its own, and whose Polres has one."""
    polsek = replace(contact("OPS/polsek", area="36.04"), fallback=(Way("telegram", "-1"),))
    return replace(plan(), contacts=(polsek, contact("OPS/polres", area="36.04")))


def names(destination: str = "", channel: str = "") -> list[str]:
    """Return who is told by what."""
    return [one.name for one in samples_of([folder_with_two_ways()], destination, channel)]


def test_a_destination_is_told_by_each_of_its_ways() -> None:
    """Its fallbacks are needed on a bad day, so they are tried as well."""
    assert ["OPS/polsek@36.04/1 sms", "OPS/polsek@36.04/1 telegram"] == names("OPS/polsek@36.04/1")
    assert ["OPS/polsek@36.04/1 telegram"] == names("OPS/polsek@36.04/1", "telegram")
    assert ["OPS/polsek@36.04/1 sms", "OPS/polres@36.04/1 sms"] == names(channel="sms")
    assert 3 == len(names())


@pytest.mark.parametrize(
    ("destination", "channel", "expected"),
    [
        ("OPS/polsek@36.04/2", "", "did you mean OPS/polsek@36.04/1?"),
        ("radio", "", "siaga check names the contacts"),
        ("", "radio", "nobody is told by the channel radio"),
        ("OPS/polres@36.04/1", "telegram", "nobody is told by the channel telegram"),
    ],
)
def test_who_is_not_there_is_not_told(destination: str, channel: str, expected: str) -> None:
    """And the one who was probably meant is named."""
    with pytest.raises(InputError, match=expected.replace("?", r"\?")):
        names(destination, channel)


class Kept:
    """A sender that keeps what it was handed."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, one: Message) -> Outcome:
        """Keep it."""
        self.messages.append(one)
        return Delivered()

    async def close(self) -> None:
        """Nothing is kept open."""


def told(now: float, *, is_drill: bool = False) -> Message:
    """Return the message that the Polsek is sent."""
    kept, [sample, *_] = Kept(), samples_of([folder_with_two_ways()], "", "")
    real = RealChannel(name="x", type="x", policy=ChannelPolicy(), sink=ToReceivers(kept))
    drill = DrillChannel(name="x", type="x", policy=ChannelPolicy(), sink=ToExercises(kept))
    assert Delivered() == asyncio.run(sent(sample, drill if is_drill else real, now))
    [one] = kept.messages
    return one


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_test_says_at_once_that_it_is_one(language: str) -> None:
    """Whole in one text message, and that nothing has happened."""
    text = short(told(1.0).notices, language, {})
    assert text.startswith("UJI COBA" if language == "id" else "TEST")
    assert text.endswith("Jangan dibalas" if language == "id" else "Do not answer")
    assert septets(text) <= SMS_SEPTETS


def test_a_test_is_never_taken_for_a_repeat() -> None:
    """A receiver that has had one before takes the next."""
    assert told(1.0).key != told(2.0).key


def test_a_channel_of_drills_is_tested_with_an_exercise() -> None:
    """And one of real receivers with what is real."""
    assert isinstance(told(1.0), Delivery)
    assert isinstance(told(1.0, is_drill=True), Exercise)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([Delivered()], 0),
        ([Delivered(), TryAgain("timeout")], 3),
        ([TryAgain("timeout"), Refused("http 401"), Delivered()], 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst(outcomes: list[Outcome], expected: int) -> None:
    """What was refused has to be mended; what did not answer may be tried again."""
    assert expected == exit_code_of(outcomes)


def run(folder: Path, *words: str) -> int:
    """Run the action as a command line would."""
    Path("notify.toml").write_text(NOTIFY, encoding="utf-8")
    Path("siaga.toml").write_text(
        f'elections = ["{folder}"]\nnotify_file = "notify.toml"\n', encoding="utf-8"
    )
    parser = argparse.ArgumentParser()
    notify_test.add_arguments(parser)
    add_everywhere(parser)
    return notify_test.run(parser.parse_args(words))


@pytest.fixture
def serang(tmp_path: Path) -> Path:
    """Return an election folder with two contacts."""
    return election_folder(tmp_path, {**TEXTS, "contacts.toml": CONTACTS})


def test_everybody_is_told(serang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, without an address; real ones and drills go where they belong."""
    assert 0 == run(serang, "--all", "--yes")
    printed = capsys.readouterr().out
    assert (
        "OPS/polsek@36.04/1 berkas: delivered\nOPS/polres@36.04/1 latihan: delivered\n" == printed
    )
    assert TARGET not in printed
    [real] = Path("real.jsonl").read_text().splitlines()
    [drill] = Path("drill.jsonl").read_text().splitlines()
    assert [False, True] == [json.loads(line)["exercise"] for line in (real, drill)]


def test_what_fails_is_said(serang: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And left behind for the shell."""
    Path("real.jsonl").mkdir()
    assert 3 == run(serang, "OPS/polsek@36.04/1")
    assert "OPS/polsek@36.04/1 berkas: not now: file\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "name one destination, or --all"),
        (["OPS/polsek@36.04/1", "--all"], "name one destination, or --all"),
        (["--all"], "--all sends 2 messages to people: add --yes to do it"),
    ],
)
def test_nobody_is_told_by_mistake(words: list[str], expected: str, serang: Path) -> None:
    """Everybody only if it was said twice."""
    with pytest.raises(UsageError, match=expected):
        run(serang, *words)
    assert not Path("real.jsonl").exists()


def test_without_a_folder_nobody_has_an_address() -> None:
    """And that is what is said."""
    parser = argparse.ArgumentParser()
    notify_test.add_arguments(parser)
    add_everywhere(parser)
    with pytest.raises(ConfigError, match=r"^no election is named"):
        notify_test.run(parser.parse_args(["OPS/polsek@36.04/1"]))


def test_the_folder_may_stand_before_the_action(
    serang: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a flag of `siaga notify`."""
    Path("notify.toml").write_text(NOTIFY, encoding="utf-8")
    words = ["notify", "--notify-file", "notify.toml", "--election", str(serang), "test"]
    assert 0 == main([*words, "OPS/polsek@36.04/1"])
    assert "OPS/polsek@36.04/1 berkas: delivered\n" == capsys.readouterr().out


def test_a_channel_that_is_not_configured_is_named(serang: Path) -> None:
    """Before the first message is sent."""
    text = (serang / "contacts.toml").read_text().replace('"latihan"', '"radio"')
    (serang / "contacts.toml").write_text(text)
    with pytest.raises(
        ConfigError, match=r"no channel radio for OPS/polres@36.04/1; there are: be"
    ):
        run(serang, "--all", "--yes")
    assert not Path("real.jsonl").exists()
