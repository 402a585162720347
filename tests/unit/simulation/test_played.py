"""Messages of a played day, and the file that `siaga replay` reads."""

import json

from streams.domain.times import EpochMs
from streams.simulation.played import Played, clock_text, json_lines
from streams.wire.time import parse_time

AT = EpochMs(1_732_665_732_345)
WIB = 420


def test_a_clock_has_milliseconds_and_an_offset() -> None:
    """What is received inside a second stays inside it in the file."""
    assert "2024-11-27T07:02:12.345+07:00" == clock_text(AT, WIB)


def test_a_clock_is_read_back_to_the_millisecond() -> None:
    """Intake reads the same moment, with or without an offset."""
    assert [AT, AT] == [parse_time(clock_text(AT, WIB)), parse_time(clock_text(AT))]


def test_a_line_is_what_replay_reads() -> None:
    """Topic, time of receipt and the value as it was sent."""
    [line] = json_lines([Played(AT, "tps.status", b'{"id":"a"}', b"17")], WIB)
    expected = {
        "topic": "tps.status",
        "received_at": "2024-11-27T07:02:12.345+07:00",
        "value": {"id": "a"},
    }
    assert expected == json.loads(line)


def test_a_line_ends_with_a_line_end() -> None:
    """Lines can be written one after the other."""
    [line] = json_lines([Played(AT, "tps.status", b"{}")])
    assert line.endswith(b"}\n")
