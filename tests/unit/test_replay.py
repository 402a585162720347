"""Replay of a file: marks between its lines, what is turned away, its end (contract §7)."""

import json
from typing import Final

import pytest

from streams.domain.effects import Line
from streams.domain.journal import IntakeMark
from streams.domain.times import EpochMs
from streams.replay import BadLine, Judged, Replay
from streams.wire.schemas import Json
from tests.support.files import acceptor, file_line, heartbeat_line, sent_without_receipt
from tests.support.stories import brief, name_of
from tests.support.world import ELECTION, KR, SR, local, world


def replayed(*lines: bytes, until: str = "") -> list[BadLine | Judged]:
    """Return everything that a file brings about, from its first line to its end."""
    replay = Replay(world(), acceptor(), local(until) if until else None)
    outcomes = [
        outcome for number, line in enumerate(lines, 1) for outcome in replay.take(number, line)
    ]
    return [*outcomes, *replay.finish()]


def lines_of(outcomes: list[BadLine | Judged]) -> list[Line]:
    """Return the lines among them."""
    judged = (one for one in outcomes if isinstance(one, Judged))
    return [effect for one in judged for effect in one.effects if isinstance(effect, Line)]


def told(*lines: bytes, until: str = "", of: str = "T03@KR") -> list[str]:
    """Return the lines of one case, in short."""
    found = lines_of(replayed(*lines, until=until))
    return [brief(line) for line in found if name_of(line) == of]


BEFORE: Final = heartbeat_line("06:00", SR)
ENDS: Final[dict[str, tuple[list[bytes], str, list[str]]]] = {
    "at its last event": ([BEFORE, heartbeat_line("07:31", SR)], "", ["07:30 opened"]),
    "at its last event, to the millisecond": (
        [BEFORE, heartbeat_line("07:30:00.001", SR)],
        "",
        ["07:30 opened"],
    ),
    "at its last event, too early by one": ([BEFORE, heartbeat_line("07:30", SR)], "", []),
    "where it is told to": ([BEFORE], "07:46", ["07:30 opened", "07:45 escalated"]),
    "where it is told to, too early": ([BEFORE], "07:30", []),
    "not before its last event": ([heartbeat_line("06:00", SR)], "05:00", []),
    "later lines are ignored": (
        [BEFORE, heartbeat_line("07:35", KR, "opened")],
        "07:31",
        ["07:30 opened"],
    ),
    "an earlier line after a later one": (
        [BEFORE, heartbeat_line("07:31", SR), heartbeat_line("07:20", SR)],
        "",
        ["07:30 opened"],
    ),
}


@pytest.mark.parametrize(("lines", "until", "expected"), ENDS.values(), ids=ENDS)
def test_a_replay_ends(lines: list[bytes], until: str, expected: list[str]) -> None:
    """Both clocks run on after the last line; later lines than `until` are ignored."""
    assert expected == told(*lines, until=until)


def test_a_file_without_a_line_ends_at_once() -> None:
    """There is no clock to run on."""
    assert [] == replayed(until="07:46")


def test_a_line_names_its_line_of_the_file_as_its_cause() -> None:
    """`input:N`, or the deadline that nobody caused."""
    riot = file_line(
        "crowd.reports",
        "07:00",
        {
            "id": "r1",
            "category": "KAM-06",
            "source": {"id": "w1", "role": "warga"},
            "place": {"tps": KR},
        },
    )
    lines = lines_of(replayed(BEFORE, riot, until="07:31"))
    causes = {name_of(one): one.cause for one in lines if one.change == "opened"}
    assert ("input:2", "deadline") == (causes["W01@DESA|KAM-06"], causes["T03@KR"])


def test_an_alert_can_be_named_by_what_it_is_about() -> None:
    """In a replay only: nobody knows its id before."""
    command = file_line(
        "operator.commands",
        "07:40",
        {
            "id": "a1",
            "actor": {"id": "ops", "role": "operator"},
            "command": "ack",
            "alert": f"T03@{KR}",
        },
    )
    assert ["07:30 opened", "07:40 acknowledged"] == told(BEFORE, command)


def test_without_a_time_of_receipt_the_value_has_one() -> None:
    """`at` of the message, unless it lies an hour beyond the line before."""
    assert ["07:30 opened"] == told(
        sent_without_receipt("06:40", SR), sent_without_receipt("07:31", SR)
    )
    [bad] = [
        one
        for one in replayed(BEFORE, sent_without_receipt("07:00:00.001", SR))
        if isinstance(one, BadLine)
    ]
    assert (2, "bad_time") == (bad.number, bad.reason)


def test_the_first_line_may_have_any_time() -> None:
    """There is no line before it."""
    assert [] == [
        one for one in replayed(sent_without_receipt("09:00", SR)) if isinstance(one, BadLine)
    ]


BAD: Final[dict[str, tuple[bytes, str]]] = {
    "not UTF-8": (b'{"topic": "\xff"}', "encoding"),
    "not JSON": (b"{", "json"),
    "not an object": (b"[]", "envelope"),
    "no topic": (b'{"value": {}}', "envelope"),
    "a topic that nobody reads": (b'{"topic": "x", "value": {}}', "envelope"),
    "no value": (b'{"topic": "tps.status"}', "envelope"),
    "a receipt that is no time": (
        b'{"topic": "tps.status", "value": {}, "received_at": "now"}',
        "bad_time",
    ),
    "a receipt of month 13": (
        b'{"topic":"tps.status","value":{},"received_at":"2024-13-27T07:00:00+07:00"}',
        "bad_time",
    ),
    "no time at all": (b'{"topic": "tps.status", "value": {}}', "schema"),
    "a value that is no message": (b'{"topic": "tps.status", "value": 5}', "schema"),
    "a time of the value that is none": (
        b'{"topic": "tps.status", "value": {"at": "soon"}}',
        "bad_time",
    ),
    "a message that intake refuses": (heartbeat_line("06:30", KR, "dance"), "schema"),
    "a TPS of a desa that does not vote": (
        heartbeat_line("06:30", f"{KR[:9]}9999-001"),
        "unknown",
    ),
}


@pytest.mark.parametrize(("line", "reason"), BAD.values(), ids=BAD)
def test_a_bad_line_is_turned_away_and_stops_nothing(line: bytes, reason: str) -> None:
    """With its number and the reason of a dead letter; the day goes on."""
    outcomes = replayed(BEFORE, line, heartbeat_line("07:31", SR))
    [bad] = [one for one in outcomes if isinstance(one, BadLine)]
    assert (2, reason) == (bad.number, bad.reason)
    assert "T03@KR" in [name_of(one) for one in lines_of(outcomes)]


def test_a_drill_is_marked_in_its_line() -> None:
    """As the header does it on a topic."""
    value: dict[str, Json] = {
        "id": "d1",
        "kind": "duress",
        "officer": "A1",
        "source": {"id": "A1", "role": "pam_tps"},
    }
    line = json.loads(file_line("tps.status", "07:00", value)) | {"drill": "TFG1"}
    [told_line] = lines_of(replayed(json.dumps(line).encode()))
    assert (True, f"{ELECTION}#drill-TFG1") == (told_line.drill, told_line.election)


def test_every_alert_can_be_shown_in_the_end() -> None:
    """The latest state of each, in the order of their opening."""
    replay = Replay(world(), acceptor(), local("07:31"))
    assert [] == [one for one in replay.take(1, BEFORE) if isinstance(one, BadLine)]
    assert list(replay.finish())
    shown = [(alert.opened_at, alert.id) for alert in replay.alerts]
    assert sorted(shown) == shown
    assert 9 == len(shown)


def test_a_mark_stands_at_whole_seconds() -> None:
    """After all that was received up to it, and before what was received later."""
    outcomes = replayed(BEFORE, heartbeat_line("07:30:00.500", KR, "opened"), until="08:00")
    marks = [
        one.record.clock or EpochMs(0)
        for one in outcomes
        if isinstance(one, Judged) and isinstance(one.record, IntakeMark)
    ]
    assert marks
    assert {0} == {at % 1000 for at in marks}
    assert ["07:30 opened", "07:30 returned"] == told(
        BEFORE, heartbeat_line("07:30:00.500", KR, "opened"), until="08:00"
    )


def test_known_late_and_over_is_told_to_nobody_however_long_nothing_was_due() -> None:
    """Its mark is past: the gap without marks before it does not count as one."""
    quiet = [heartbeat_line("05:00", tps, "postponed") for tps in (SR,)]
    closed = [heartbeat_line("05:10", KR, "opened"), heartbeat_line("05:20", KR, "closed")]
    late = [
        heartbeat_line("10:00:00.500", KR, "suspended", happened="08:00"),
        heartbeat_line("10:00:00.700", KR, "resumed", happened="08:30"),
    ]
    assert [] == told(*quiet, *closed, *late, until="10:10", of="T06@KR")
