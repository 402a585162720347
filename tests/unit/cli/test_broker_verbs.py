"""The verbs that talk to a broker, as far as they come without one."""

import pytest

from streams.cli.broker import Found, layout_of, topic_of
from streams.cli.command import main
from streams.cli.settings import UsageError
from streams.config import Config
from streams.engine.ports import Slot
from streams.engine.topics import Topic, TopicLayout

NOBODY = ("--broker", "127.0.0.1:1")


@pytest.mark.parametrize(
    "words",
    [
        ("topics", "create"),
        ("topics", "check"),
        ("send", "tps.status"),
        ("tail",),
        ("export", "journal"),
        ("export", "transitions"),
    ],
)
def test_without_a_broker_the_exit_code_is_3(
    words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """One message says where nobody answered."""
    assert 3 == main([*words, *NOBODY])
    error = capfd.readouterr().err
    assert error.startswith("siaga: no Kafka broker answers at 127.0.0.1:1 within 5 s")
    assert 1 == error.count("\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("send", "tps.stats"), "siaga: no topic is called 'tps.stats'; known are tps.status,"),
        (("send", "siaga.journal"), "siaga: siaga.journal is no input topic; expected one of"),
        (("tail", "journal"), "siaga: no topic is called 'journal'"),
    ],
)
def test_a_misspelt_topic_is_a_matter_of_usage(
    words: tuple[str, ...], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, before any broker is asked."""
    assert 2 == main([*words, *NOBODY])
    assert capfd.readouterr().err.startswith(message)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("demo", "--speed", "-1"), "siaga: argument --speed: expected a number, 0 or more, got"),
        (("demo", "--speed", "nan"), "siaga: argument --speed: expected a number, 0 or more, got"),
        (("demo", "--for", "0"), "siaga: argument --for: expected a number above 0, got '0'"),
        (("topics", "delete"), "siaga: argument action: invalid choice: 'delete'"),
        (("export", "alerts"), "siaga: argument what: invalid choice: 'alerts'"),
        (("export", "journal", "--from", "7"), "siaga: argument --from: '7': expected RFC 3339"),
        (("send", "tps.status", "--header", "a"), "siaga: argument --header: expected NAME=VALUE"),
    ],
)
def test_a_bad_argument_is_a_matter_of_usage(
    words: tuple[str, ...], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and one line."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main(words)
    assert capfd.readouterr().err.startswith(message)


def test_a_topic_may_be_named_with_its_prefix() -> None:
    """As the broker lists it, or as the contract calls it."""
    assert Topic.ALERTS is topic_of("drill.siaga.alerts", "drill.")
    assert Topic.ALERTS is topic_of("siaga.alerts", "drill.")
    with pytest.raises(UsageError):
        topic_of("other.siaga.alerts", "drill.")


def test_the_layout_is_that_of_the_settings() -> None:
    """Whoever creates topics and whoever checks them read the same settings."""
    config = Config(prefix="a.", partitions=3, input_partitions=2, replication_factor=5)
    expected = TopicLayout(prefix="a.", partitions=3, input_partitions=2, replication_factor=5)
    assert expected == layout_of(config)


def test_partitions_of_found_topics_are_listed() -> None:
    """All, or one number of each topic that has it."""
    found = Found("broker", "", {Topic.TRANSITIONS: 2, Topic.RESTRICTED_TRANSITIONS: 1})
    plain, restricted = Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS
    assert [Slot(plain, 0), Slot(plain, 1), Slot(restricted, 0)] == found.slots()
    assert [Slot(plain, 1)] == found.slots(1)
    assert [Slot(plain, 0), Slot(restricted, 0)] == found.slots(0)
