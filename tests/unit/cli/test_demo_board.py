"""The board of a demo: what was read, put together."""

import pytest
from msgspec.structs import replace

from streams.cli.demo_board import Board
from streams.cli.demo_latency import Sent
from streams.domain.alert import AlertState, Change
from streams.domain.effects import DeadLetterReason, Reply, ReplyOutcome
from streams.domain.events import CommandKind, Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode
from streams.domain.journal import AcceptedStatus, IntakeMark, Origin
from streams.domain.words import Role, Severity
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from streams.wire import outputs
from streams.wire.journal import encode_record
from streams.wire.picture import encode as encode_picture
from streams.wire.time import format_time
from tests.support.books import judgment, opened
from tests.support.world import ELECTION, KR, local
from tests.unit.cli.boards import (
    CAPTIONS,
    WIB,
    Record,
    empty_board,
    other,
    show_alert,
    tell_line,
)
from tests.unit.room.documents import area

ORIGIN = Origin("tps.status", 1, 0)
STATUS = AcceptedStatus(
    received_at=local("07:30"),
    at=local("07:30"),
    origin=ORIGIN,
    election=ELECTION,
    place=KR,
    digest="0" * 16,
    event=TpsStatus(
        id="a",
        at="2024-11-27T07:30:00+07:00",
        kind=StatusKind.OPENED,
        source=Source("kpps", Role.KPPS),
        tps=KR,
    ),
)


def test_captions_come_at_their_time() -> None:
    """Not before, and from then on."""
    board = empty_board()
    told: list[int] = []
    for clock in ("07:09:59", "07:10", "07:20"):
        board.play_to(local(clock))
        told.append(len(board.told))
    assert [0, 1, 2] == told
    assert list(CAPTIONS) == board.told


def test_the_last_state_of_an_alert_counts() -> None:
    """And what is resolved is no longer open."""
    board, alert = empty_board(), opened()
    show_alert(board, alert)
    assert [alert.due_at] == [one.due_at for one in board.open_alerts()]
    show_alert(
        board, replace(alert, state=AlertState.RESOLVED, due_at=None, resolved_at=alert.due_at)
    )
    assert [] == board.open_alerts()
    assert (1, 0) == board.by_severity()[Severity.HIGH]


def test_the_most_urgent_comes_first() -> None:
    """Severity, then who climbs next, then age; who climbs no more comes after."""
    board, high = empty_board(), opened()
    assert high.due_at is not None
    sooner = replace(other(high, 1), due_at=type(high.due_at)(high.due_at - 1000))
    at_top = replace(other(high, 2), due_at=None)
    critical = other(opened(judgment(Severity.CRITICAL)), 3)
    low = other(opened(judgment(Severity.LOW)), 4)
    for alert in (low, at_top, high, sooner, critical):
        show_alert(board, alert)
    expected = [critical.id, sooner.id, high.id, at_top.id, low.id]
    assert expected == [one.shown.id for one in board.open_alerts()]


def test_severities_are_listed_from_the_worst() -> None:
    """As on the screen."""
    expected = [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW]
    assert expected == list(empty_board().by_severity())


def test_events_in_the_journal_are_counted_by_topic() -> None:
    """Marks are no events."""
    board = empty_board()
    journal = Slot(Topic.JOURNAL, 3)
    board.take(journal, Record(encode_record(IntakeMark(claims={}, sources={}))), 0.0)
    board.take(journal, Record(encode_record(STATUS), offset=12), 0.0)
    assert {"tps.status": 1} == dict(board.taken)


def test_the_day_is_judged_as_far_as_every_kabupaten_is() -> None:
    """As its picture says; one of which nothing is known holds it at nothing."""
    board = empty_board()
    here, there = AreaCode("17.02"), AreaCode("17.03")
    for clock, code in (("07:40", here), ("07:20", "17.02.06")):
        show_area(board, code, clock)
    assert 0 == board.judged_to([here, there])
    assert local("07:40") == board.judged_to([here])
    show_area(board, there, "07:30")
    assert local("07:30") == board.judged_to([here, there])


def show_area(board: Board, code: str, clock: str) -> None:
    """Let the picture of an area say up to when all is judged."""
    said = format_time(local(clock), WIB)
    board.take(Slot(Topic.PICTURE, 0), Record(encode_picture(area(code, said, said))), 0.0)


def test_dead_letters_are_counted_by_reason() -> None:
    """The header says why."""
    board = empty_board()
    headers = outputs.dead_letter_headers(DeadLetterReason.JSON, "broken", ORIGIN)
    for _ in range(2):
        board.take(Slot(Topic.DEADLETTER, 0), Record(b"{", headers), 0.0)
    assert {"json": 2} == dict(board.dead_letters)


def test_replies_are_kept_for_the_verdict() -> None:
    """Whether each command was answered as the story wants."""
    board = empty_board()
    reply = Reply(
        command="c1",
        outcome=ReplyOutcome.REFUSED,
        reason="not yours",
        at=local("07:30"),
        kind=CommandKind.ACK,
    )
    board.take(Slot(Topic.REPLIES, 0), Record(outputs.reply(reply, WIB)), 0.0)
    assert [reply] == board.replies


def test_changes_are_kept_as_the_verdict_wants_them() -> None:
    """With their time and cause."""
    board, alert = empty_board(), opened()
    tell_line(board, alert, Change.OPENED, cause="3:12")
    [line] = board.lines_told()
    assert (alert.updated_at, "3:12", Change.OPENED) == (line.at, line.cause, line.change)
    assert (alert.scope, alert.severity, alert.level) == (line.scope, line.severity, line.level)


@pytest.mark.parametrize(
    ("cause", "expected"),
    [("3:12", [2.5]), ("command:c1", [2.5]), ("deadline", []), ("late", []), ("3:11", [])],
)
def test_only_what_a_record_causes_is_measured(cause: str, expected: list[float]) -> None:
    """A deadline has no event to count from."""
    sent = Sent()
    sent.add(Slot("tps.status", 1), 1, 10.0)
    board = empty_board(sent)
    board.take(Slot(Topic.JOURNAL, 3), Record(encode_record(STATUS), offset=12), 12.0)
    tell_line(board, opened(), Change.OPENED, cause, read_s=12.5)
    assert expected == board.latency.seconds


def test_a_topic_that_it_does_not_know_is_passed_over() -> None:
    """It may be read beside the others."""
    board = empty_board()
    board.take(Slot(Topic.NOTICES, 0), Record(b"?"), 0.0)
    assert ({}, []) == (board.alerts, board.lines)
