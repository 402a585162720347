"""The two times of a message."""

import pytest
from msgspec.structs import replace

from streams.config import ClockSource
from streams.domain.effects import DeadLetterReason
from streams.domain.journal import Accepted, Flag
from streams.domain.times import EpochMs
from streams.wire.accept import AcceptSettings
from streams.wire.clock import Years, received_at
from streams.wire.records import ClockMessage, DeadLettered, Headers, Inbound, Journaled
from streams.wire.rejection import Rejection
from streams.wire.time import parse_time
from tests.unit.wire.worlds import AT, REAL, RECEIVED_AT, acceptor, record, status

LIVE = acceptor()
PLAYED = acceptor(AcceptSettings(clock=ClockSource.PLAYED))
TOLD: Headers = (("siaga-clock", b"2024-11-27T09:00:05+07:00"),)
EMPTY = Inbound("tps.status", 3, 8_812, EpochMs(5), None, None)


def heartbeat(at: str, received: EpochMs = RECEIVED_AT) -> Accepted:
    """Return the accepted event of a heartbeat that happened at `at`."""
    taken = LIVE.accept(record("tps.status", status(at=at), (), received))
    assert isinstance(taken, Journaled), taken
    assert isinstance(taken.record, Accepted)
    return taken.record


@pytest.mark.parametrize(
    ("at", "expected", "flags"),
    [
        ("2024-11-27T08:00:00+07:00", "2024-11-27T01:00:00Z", ()),
        ("2024-11-27T09:02:05+07:00", "2024-11-27T02:02:05Z", ()),
        ("2024-11-27T09:02:05.001+07:00", "2024-11-27T02:00:05Z", (Flag.CLOCK_AHEAD,)),
        ("2024-11-28T09:00:00+07:00", "2024-11-27T02:00:05Z", (Flag.CLOCK_AHEAD,)),
    ],
)
def test_a_clock_ahead_by_more_than_two_minutes_is_set_back(
    at: str, expected: str, flags: tuple[Flag, ...]
) -> None:
    """To the time of receipt, and flagged; exactly two minutes are forgiven, lateness always is."""
    found = heartbeat(at)
    assert (parse_time(expected), flags) == (found.at, found.flags)


def test_both_times_are_journaled() -> None:
    """Judgment of absence needs the broker's, evidence the sender's."""
    found = heartbeat(AT)
    assert (RECEIVED_AT, parse_time(AT)) == (found.received_at, found.at)


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        ("2023-11-27T00:00:00+07:00", True),
        ("2023-11-26T21:59:59+07:00", False),
        ("2025-11-27T23:59:59+07:00", True),
        ("2025-11-28T00:00:00+07:00", False),
        ("2031-01-01T00:00:00+07:00", False),
        ("0001-01-01T00:00:00Z", False),
    ],
)
def test_a_time_beyond_a_year_is_a_bad_time(at: str, taken: bool) -> None:  # noqa: FBT001 - one of two cases.
    """Counted from the day of the election, before any clamping."""
    verdict = LIVE.accept(record("tps.status", status(at=at)))
    assert taken is isinstance(verdict, Journaled)
    if isinstance(verdict, DeadLettered):
        assert DeadLetterReason.BAD_TIME is verdict.reason


def test_a_leap_day_has_a_year_as_well() -> None:
    """The year from 29 February ends with 1 March."""
    leap = replace(REAL.election, date="2024-02-29")
    years = Years([leap], 1)
    years.check(parse_time("2025-03-01T12:00:00+07:00"), leap)
    with pytest.raises(Rejection):
        years.check(parse_time("2025-03-02T12:00:00+07:00"), leap)


def test_on_a_live_day_nobody_moves_the_clock() -> None:
    """The header of played days is ignored, on a message and on an empty one."""
    moved: Headers = (("siaga-clock", b"2024-11-27T05:00:00+07:00"),)
    taken = LIVE.accept(record("tps.status", status(), moved))
    assert isinstance(taken, Journaled)
    assert isinstance(taken.record, Accepted)
    assert RECEIVED_AT == taken.record.received_at
    empty = LIVE.accept(replace(EMPTY, headers=TOLD))
    assert isinstance(empty, DeadLettered)
    assert DeadLetterReason.JSON is empty.reason


@pytest.mark.parametrize(
    "told", [b"2024-11-27T09:00:05+07:00", b"2024-11-27T02:00:05Z", b"1732672805000"]
)
def test_on_a_played_day_the_player_tells_the_time(told: bytes) -> None:
    """As text or in milliseconds, with a message or alone; the broker's time is not looked at."""
    headers: Headers = (("siaga-clock", told),)
    taken = PLAYED.accept(record("tps.status", status(), headers, EpochMs(5)))
    assert isinstance(taken, Journaled)
    assert isinstance(taken.record, Accepted)
    assert RECEIVED_AT == taken.record.received_at
    for value in (None, b""):
        alone = PLAYED.accept(replace(EMPTY, value=value, headers=headers))
        assert ClockMessage(RECEIVED_AT) == alone


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("siaga-clock", None),),
        (("siaga-clock", b""),),
        (("siaga-clock", b"soon"),),
        (("siaga-clock", b"-5"),),
        (("siaga-clock", b"1" * 16),),
        (("siaga-clock", b"\xff"),),
        (("siaga-clock", "٣".encode()),),
        (("siaga-clock", b"2024-11-27T09:00:05"),),
    ],
)
def test_a_played_day_without_a_clock_is_a_bad_time(headers: Headers) -> None:
    """Nobody may fall back to the wall's time."""
    verdict = PLAYED.accept(record("tps.status", status(), headers))
    assert isinstance(verdict, DeadLettered)
    assert DeadLetterReason.BAD_TIME is verdict.reason


def test_an_empty_message_with_a_broken_clock_is_a_bad_time() -> None:
    """It can only have been the player's."""
    verdict = PLAYED.accept(replace(EMPTY, headers=(("siaga-clock", b"soon"),)))
    assert isinstance(verdict, DeadLettered)
    assert DeadLetterReason.BAD_TIME is verdict.reason


def test_an_empty_message_without_a_clock_is_no_json() -> None:
    """A tombstone on an input topic, on any day."""
    verdict = PLAYED.accept(EMPTY)
    assert isinstance(verdict, DeadLettered)
    assert DeadLetterReason.JSON is verdict.reason


def test_a_record_without_a_time_is_refused() -> None:
    """-1 is Kafka's word for none; it would stop `heard` for good."""
    with pytest.raises(Rejection, match="LogAppendTime"):
        received_at(replace(EMPTY, timestamp_ms=EpochMs(-1)), ClockSource.BROKER)
