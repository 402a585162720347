"""Boards of a demo, made of records as a broker would give them."""

from msgspec import Struct
from msgspec.structs import replace

from streams.cli.demo_board import Board
from streams.cli.demo_latency import Latency, Sent
from streams.cli.demo_screen import Look
from streams.cli.demo_words import Language
from streams.domain.alert import Alert, Change, Text
from streams.domain.effects import Line
from streams.engine.ports import Headers, Slot
from streams.engine.topics import Topic
from streams.simulation.story import Caption
from streams.wire import outputs
from streams.wire.shown import Named
from tests.support.world import local

WIB = 420
STARTS = local("07:00")
LOOK = Look(Text("Pagi", "Morning"), WIB, Language.ID, 60)
CAPTIONS = (
    Caption(local("07:10"), Text("Belum buka", "Not open")),
    Caption(local("07:20"), Text("Buka", "Open")),
)


class Record(Struct, frozen=True):
    """A record as a broker gives it."""

    value: bytes | None
    headers: Headers = ()
    offset: int = 0
    key: bytes | None = None
    timestamp: int = 0


def empty_board(sent: Sent | None = None) -> Board:
    """Return a board that has read nothing."""
    return Board(Latency(sent or Sent()), CAPTIONS, STARTS)


def show_alert(board: Board, alert: Alert) -> None:
    """Let the board read the state of an alert."""
    value = outputs.alert(alert, WIB, Named("KR", ("Bengkulu",)))
    board.take(Slot(Topic.ALERTS, 0), Record(value), 0.0)


def tell_line(
    board: Board, alert: Alert, change: Change, cause: str = "deadline", read_s: float = 0.0
) -> None:
    """Let the board read a change of an alert, caused by record 12 of partition 3."""
    line = Line(
        at=alert.updated_at,
        alert=alert.id,
        revision=alert.revision,
        rule=alert.rule,
        scope=alert.scope,
        key=alert.key,
        change=change,
        state=alert.state,
        severity=alert.severity,
        ladder=alert.ladder,
        level=alert.level,
        drill=alert.drill,
        cause=cause,
        election=alert.election,
    )
    record = Record(outputs.transition(line, WIB), outputs.provenance(3, 12, 0))
    board.take(Slot(Topic.TRANSITIONS, 3), record, read_s)


def other(alert: Alert, number: int) -> Alert:
    """Return another alert that is alike."""
    return replace(alert, id=type(alert.id)(f"1702-AAAAAAAAAAAAAAA{'ABCDEFGH'[number]}"))
