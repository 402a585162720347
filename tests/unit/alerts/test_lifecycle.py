"""The table of an alert's life, read off the contract once more (§5), cell by cell."""

from typing import Final

import pytest

from streams.alerts.lifecycle import TABLE, Move
from streams.domain.alert import AlertState

OPEN: Final = "unacknowledged acknowledged returned shelved inhibited"
ROWS: Final = (
    # states                      move        becomes         line            clock
    ("unacknowledged", "climb", "unacknowledged", "escalated", "keep"),
    ("unacknowledged", "ack", "acknowledged", "acknowledged", "stop"),
    ("acknowledged", "unack", "unacknowledged", "unacknowledged", "restart"),
    ("acknowledged", "lapse", "unacknowledged", "unacknowledged", "restart"),
    ("unacknowledged acknowledged", "raise", "unacknowledged", "raised", "restart"),
    (OPEN, "lower", "same", "lowered", "keep"),
    (OPEN, "update", "same", "updated", "keep"),
    ("unacknowledged", "end", "returned", "returned", "stop"),
    ("returned", "ack", "resolved", "resolved", "stop"),
    ("returned", "expire", "resolved", "resolved", "stop"),
    ("acknowledged", "end", "resolved", "resolved", "stop"),
    (OPEN, "resolve", "resolved", "resolved", "stop"),
    (OPEN, "shelve", "shelved", "shelved", "stop"),
    # The state of this one is that from before the shelf; the book puts it in.
    ("shelved", "unshelve", "unacknowledged", "unshelved", "restart"),
    ("shelved", "raise", "unacknowledged", "raised", "restart"),
    ("shelved", "end", "resolved", "resolved", "stop"),
    ("inhibited", "end", "resolved", "resolved", "stop"),
    # §5: what has returned is not inhibited.
    ("unacknowledged acknowledged shelved", "inhibit", "inhibited", "inhibited", "stop"),
    # The state of this one is that from before as well.
    ("inhibited", "uninhibit", "unacknowledged", "uninhibited", "restart"),
    ("returned resolved", "hold", "unacknowledged", "reopened", "opening"),
    ("returned resolved", "reopen", "unacknowledged", "reopened", "opening"),
    ("unacknowledged acknowledged", "escalate", "unacknowledged", "escalated", "restart"),
    # §4: a late record says that the condition never held.
    (OPEN, "take_back", "resolved", "resolved", "stop"),
)
CELLS: Final = {
    (state, move): (state if becomes == "same" else becomes, line, clock)
    for states, move, becomes, line, clock in ROWS
    for state in states.split()
}
MISSING: Final = [
    (state, move) for state in AlertState for move in Move if (state, move) not in CELLS
]


@pytest.mark.parametrize(("state", "move"), CELLS)
def test_a_cell_does_what_the_contract_says(state: str, move: str) -> None:
    """The next state, the line that tells it, and what becomes of the ladder's clock."""
    assert CELLS[state, move] == TABLE[AlertState(state), Move(move)]


@pytest.mark.parametrize(("state", "move"), MISSING)
def test_a_move_that_the_contract_does_not_name_is_none(state: AlertState, move: Move) -> None:
    """A command is refused there, and a signal is nothing."""
    assert (state, move) not in TABLE


def test_every_move_is_somewhere_in_the_table() -> None:
    """A move that no state knows would be a word without a meaning."""
    assert set(Move) == {move for _, move in TABLE}
