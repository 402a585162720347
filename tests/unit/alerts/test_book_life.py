"""Lives of alerts: what each move does to the state and to the ladder's clock (contract §5).

The alert opens at minute 0, of severity high and class kurang_rawan unless a table says otherwise:
level polsek, polres_ops due at 5, polres at 15.
"""

from typing import Final

import pytest

from tests.support.books import lived, opened

Life = tuple[list[str], float, list[str]]
LIVES: Final[dict[str, Life]] = {
    "an acknowledgement stops the ladder": (
        ["ack 2"],
        600,
        ["2 acknowledged polsek acknowledged"],
    ),
    "taken back, it counts from zero at its level": (
        ["ack 2", "unack 10"],
        60,
        [
            "2 acknowledged polsek acknowledged",
            "10 unacknowledged polsek unacknowledged",
            "15 escalated polres_ops unacknowledged",
            "25 escalated polres unacknowledged",
        ],
    ),
    "above its start the difference of the minutes counts": (
        ["ack 6", "unack 20"],
        60,
        [
            "5 escalated polres_ops unacknowledged",
            "6 acknowledged polres_ops acknowledged",
            "20 unacknowledged polres_ops unacknowledged",
            "30 escalated polres unacknowledged",
        ],
    ),
    "a person may send it up, and it goes on from there": (
        ["escalate 2 polres_ops"],
        60,
        [
            "2 escalated polres_ops unacknowledged",
            "12 escalated polres unacknowledged",
        ],
    ),
    "sent above what time climbs it stays there": (
        ["escalate 2 polda"],
        600,
        ["2 escalated polda unacknowledged"],
    ),
    "sent up, an acknowledged one asks again": (
        ["ack 1", "escalate 3 polres"],
        600,
        ["1 acknowledged polsek acknowledged", "3 escalated polres unacknowledged"],
    ),
    "a condition that ends unseen leaves a returned alert, for twelve hours": (
        ["end 3"],
        724,
        ["3 returned polsek returned", "723 resolved polsek resolved"],
    ),
    "whoever looks at a returned one resolves it": (
        ["end 3", "ack 9"],
        724,
        ["3 returned polsek returned", "9 resolved polsek resolved"],
    ),
    "a condition that ends after an acknowledgement is over": (
        ["ack 2", "end 3"],
        724,
        ["2 acknowledged polsek acknowledged", "3 resolved polsek resolved"],
    ),
    "a shelf pauses the ladder and gives the full time back": (
        ["shelve 4 30"],
        50,
        [
            "4 shelved polsek shelved",
            "30 unshelved polsek unacknowledged",
            "35 escalated polres_ops unacknowledged",
            "45 escalated polres unacknowledged",
        ],
    ),
    "a shelf gives back the state from before it": (
        ["ack 2", "shelve 4 30"],
        600,
        [
            "2 acknowledged polsek acknowledged",
            "4 shelved polsek shelved",
            "30 unshelved polsek acknowledged",
        ],
    ),
    "a shelf can end early": (
        ["shelve 4 30", "unshelve 10"],
        14,
        ["4 shelved polsek shelved", "10 unshelved polsek unacknowledged"],
    ),
    "shelved once more, it has another end and the same way back": (
        ["ack 2", "shelve 4 30", "shelve 20 60"],
        600,
        [
            "2 acknowledged polsek acknowledged",
            "4 shelved polsek shelved",
            "20 shelved polsek shelved",
            "60 unshelved polsek acknowledged",
        ],
    ),
    "what has returned can be shelved, and comes back returned": (
        ["end 3", "shelve 4 30"],
        724,
        [
            "3 returned polsek returned",
            "4 shelved polsek shelved",
            "30 unshelved polsek returned",
            "723 resolved polsek resolved",
        ],
    ),
    "holding again on the shelf, it comes back to be answered": (
        ["end 3", "shelve 4 30", "hold 10"],
        33,
        [
            "3 returned polsek returned",
            "4 shelved polsek shelved",
            "30 unshelved polsek unacknowledged",
        ],
    ),
    "a condition that ends on the shelf is over": (
        ["shelve 4 30", "end 10"],
        600,
        ["4 shelved polsek shelved", "10 resolved polsek resolved"],
    ),
    "a raise unshelves": (
        ["shelve 4 30", "raise 10 critical"],
        20,
        [
            "4 shelved polsek shelved",
            "10 raised polres_ops unacknowledged",
            "13 escalated polres unacknowledged",
            "18 escalated polda unacknowledged",
        ],
    ),
    "a raise asks again whoever has answered": (
        ["ack 2", "raise 10 critical"],
        11,
        ["2 acknowledged polsek acknowledged", "10 raised polres_ops unacknowledged"],
    ),
    "a person resolves, and it stays so while the condition holds": (
        ["resolve 2", "hold 3", "end 4"],
        600,
        ["2 resolved polsek resolved"],
    ),
    "resolved by a person it comes back once the condition has cleared": (
        ["resolve 2", "end 4", "hold 10"],
        11,
        ["2 resolved polsek resolved", "10 reopened polsek unacknowledged"],
    ),
    "holding again within the quiet time it is the same alert, as at opening": (
        ["end 8", "hold 38"],
        60,
        [
            "5 escalated polres_ops unacknowledged",
            "8 returned polres_ops returned",
            "38 reopened polsek unacknowledged",
            "43 escalated polres_ops unacknowledged",
            "53 escalated polres unacknowledged",
        ],
    ),
    "a person reopens what has returned": (
        ["end 8", "reopen 20"],
        26,
        [
            "5 escalated polres_ops unacknowledged",
            "8 returned polres_ops returned",
            "20 reopened polsek unacknowledged",
            "25 escalated polres_ops unacknowledged",
        ],
    ),
    "reopened by a person it is told already when the condition holds again": (
        ["end 3", "reopen 4", "hold 5", "end 6"],
        7,
        [
            "3 returned polsek returned",
            "4 reopened polsek unacknowledged",
            "6 returned polsek returned",
        ],
    ),
    "reopened by a person it does not end of itself a second time": (
        ["ack 1", "end 3", "reopen 4", "ack 5"],
        600,
        [
            "1 acknowledged polsek acknowledged",
            "3 resolved polsek resolved",
            "4 reopened polsek unacknowledged",
            "5 acknowledged polsek acknowledged",
        ],
    ),
    "what never was is resolved at once": (
        ["take_back 3"],
        600,
        ["3 resolved polsek resolved"],
    ),
    "what never was is resolved after its return as well": (
        ["end 3", "take_back 4"],
        800,
        ["3 returned polsek returned", "4 resolved polsek resolved"],
    ),
    "what never was changes nothing of what is over": (
        ["resolve 3", "take_back 4"],
        600,
        ["3 resolved polsek resolved"],
    ),
    "a severity that falls moves neither level nor clock": (
        ["lower 3"],
        6,
        ["3 lowered polsek unacknowledged", "5 escalated polres_ops unacknowledged"],
    ),
}


@pytest.mark.parametrize(("acts", "until", "told"), LIVES.values(), ids=LIVES)
def test_life(acts: list[str], until: float, told: list[str]) -> None:
    """Each life is told line by line, and nothing else is."""
    assert told == lived(opened(), *acts, until=until)
