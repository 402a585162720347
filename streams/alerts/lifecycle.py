"""The life of an alert as a table (contract §5, after ISA-18.2).

A state says whether the condition holds and whether somebody has answered. The ladder's level is
a second axis, which a cell only starts, stops or leaves alone. Everything that moves an alert
stands in `TABLE`; what is not there does not move it: a command is refused, a signal is nothing.

    (none) --holds--> UNACKNOWLEDGED --ack--> ACKNOWLEDGED --ends--> RESOLVED
                      UNACKNOWLEDGED --ends--> RETURNED --ack, 12 h--> RESOLVED
                      RETURNED, RESOLVED --holds again soon--> UNACKNOWLEDGED
"""

from enum import StrEnum
from typing import Final, NamedTuple

from streams.domain.alert import AlertState, Change

__all__ = ["TABLE", "Cell", "Clock", "Move"]


class Move(StrEnum):
    """What can happen to an alert."""

    HOLD = "hold"
    """Its condition holds (again)."""
    END = "end"
    TAKE_BACK = "take_back"
    """Its condition turned out never to have held."""
    RAISE = "raise"
    LOWER = "lower"
    UPDATE = "update"
    """What somebody must know of it has changed."""
    CLIMB = "climb"
    """The next level is due."""
    LAPSE = "lapse"
    """The act-by deadline of an acknowledgement passed."""
    EXPIRE = "expire"
    """Nobody looked at what had returned for `EXPIRY_MS`."""
    ACK = "ack"
    UNACK = "unack"
    ESCALATE = "escalate"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    INHIBIT = "inhibit"
    """A parent holds that speaks for it."""
    UNINHIBIT = "uninhibit"


class Clock(StrEnum):
    """What a move does to the ladder's clock."""

    KEEP = "keep"
    STOP = "stop"
    RESTART = "restart"
    """Full time at the present level."""
    OPENING = "opening"
    """From the start level, as at opening."""


class Cell(NamedTuple):
    """What a move does: the next state, the line that tells it, the clock."""

    state: AlertState
    change: Change
    clock: Clock


_UNACKNOWLEDGED: Final = AlertState.UNACKNOWLEDGED
_ACKNOWLEDGED: Final = AlertState.ACKNOWLEDGED
_RETURNED: Final = AlertState.RETURNED
_SHELVED: Final = AlertState.SHELVED
_INHIBITED: Final = AlertState.INHIBITED
_RESOLVED: Final = AlertState.RESOLVED

_REOPENED: Final = Cell(_UNACKNOWLEDGED, Change.REOPENED, Clock.OPENING)
_OVER: Final = Cell(_RESOLVED, Change.RESOLVED, Clock.STOP)
_RAISED: Final = Cell(_UNACKNOWLEDGED, Change.RAISED, Clock.RESTART)
_ESCALATED: Final = Cell(_UNACKNOWLEDGED, Change.ESCALATED, Clock.RESTART)
_UNACKNOWLEDGED_AGAIN: Final = Cell(_UNACKNOWLEDGED, Change.UNACKNOWLEDGED, Clock.RESTART)

TABLE: Final = {
    (_UNACKNOWLEDGED, Move.ACK): Cell(_ACKNOWLEDGED, Change.ACKNOWLEDGED, Clock.STOP),
    (_UNACKNOWLEDGED, Move.CLIMB): Cell(_UNACKNOWLEDGED, Change.ESCALATED, Clock.KEEP),
    (_UNACKNOWLEDGED, Move.ESCALATE): _ESCALATED,
    (_UNACKNOWLEDGED, Move.RAISE): _RAISED,
    (_UNACKNOWLEDGED, Move.END): Cell(_RETURNED, Change.RETURNED, Clock.STOP),
    (_ACKNOWLEDGED, Move.UNACK): _UNACKNOWLEDGED_AGAIN,
    (_ACKNOWLEDGED, Move.LAPSE): _UNACKNOWLEDGED_AGAIN,
    (_ACKNOWLEDGED, Move.ESCALATE): _ESCALATED,
    (_ACKNOWLEDGED, Move.RAISE): _RAISED,
    (_ACKNOWLEDGED, Move.END): _OVER,
    (_RETURNED, Move.ACK): _OVER,
    (_RETURNED, Move.EXPIRE): _OVER,
    (_RETURNED, Move.HOLD): _REOPENED,
    (_RETURNED, Move.REOPEN): _REOPENED,
    (_SHELVED, Move.RAISE): _RAISED,
    (_SHELVED, Move.END): _OVER,
    # The state is that from before the shelf; `book` puts it in.
    (_SHELVED, Move.UNSHELVE): Cell(_UNACKNOWLEDGED, Change.UNSHELVED, Clock.RESTART),
    (_INHIBITED, Move.END): _OVER,
    # The state is that from before; `book` puts it in.
    (_INHIBITED, Move.UNINHIBIT): Cell(_UNACKNOWLEDGED, Change.UNINHIBITED, Clock.RESTART),
    **{
        (state, Move.INHIBIT): Cell(_INHIBITED, Change.INHIBITED, Clock.STOP)
        for state in (_UNACKNOWLEDGED, _ACKNOWLEDGED, _SHELVED)
    },
    (_RESOLVED, Move.HOLD): _REOPENED,
    (_RESOLVED, Move.REOPEN): _REOPENED,
    **{
        (state, move): _OVER
        for move in (Move.RESOLVE, Move.TAKE_BACK)
        for state in (_UNACKNOWLEDGED, _ACKNOWLEDGED, _RETURNED, _SHELVED, _INHIBITED)
    },
    # Shelved once more, it gets another end and keeps the state to go back to.
    **{
        (state, Move.SHELVE): Cell(_SHELVED, Change.SHELVED, Clock.STOP)
        for state in (_UNACKNOWLEDGED, _ACKNOWLEDGED, _RETURNED, _SHELVED, _INHIBITED)
    },
    **{
        (state, move): Cell(state, change, Clock.KEEP)
        for move, change in ((Move.LOWER, Change.LOWERED), (Move.UPDATE, Change.UPDATED))
        for state in (_UNACKNOWLEDGED, _ACKNOWLEDGED, _RETURNED, _SHELVED, _INHIBITED)
    },
}
