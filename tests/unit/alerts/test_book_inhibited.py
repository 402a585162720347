"""The book: a parent speaks for an alert, and does not any more (contract §5).

At `KR` (kurang rawan, factor 1) high severity is at polsek, polres_ops after 5 minutes, polres
after 15; it stops there.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.lifecycle import TABLE, Move
from streams.domain.alert import Alert, AlertState
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.domain.words import Severity
from tests.support.books import PARENT, judgment, live, lived, minute, moment, opened

FREED: Final[dict[str, tuple[list[str], list[str]]]] = {
    # acts from minute 0, all that is told until minute 40
    "nobody has answered": (
        ["inhibit 2", "uninhibit 10"],
        [
            "2 inhibited polsek inhibited",
            "10 uninhibited polsek unacknowledged",
            "15 escalated polres_ops unacknowledged",
            "25 escalated polres unacknowledged",
        ],
    ),
    "it stood at a higher level": (
        ["inhibit 6", "uninhibit 20"],
        [
            "5 escalated polres_ops unacknowledged",
            "6 inhibited polres_ops inhibited",
            "20 uninhibited polres_ops unacknowledged",
            "30 escalated polres unacknowledged",
        ],
    ),
    "somebody has taken it": (
        ["ack 1", "inhibit 2", "uninhibit 10"],
        [
            "1 acknowledged polsek acknowledged",
            "2 inhibited polsek inhibited",
            "10 uninhibited polsek acknowledged",
        ],
    ),
    "it was shelved, and nobody had taken it": (
        ["shelve 1 30", "inhibit 2", "uninhibit 10"],
        [
            "1 shelved polsek shelved",
            "2 inhibited polsek inhibited",
            "10 uninhibited polsek unacknowledged",
            "15 escalated polres_ops unacknowledged",
            "25 escalated polres unacknowledged",
        ],
    ),
    "it was shelved by who had taken it": (
        ["ack 1", "shelve 1 30", "inhibit 2", "uninhibit 10"],
        [
            "1 acknowledged polsek acknowledged",
            "1 shelved polsek shelved",
            "2 inhibited polsek inhibited",
            "10 uninhibited polsek acknowledged",
        ],
    ),
    "a person shelves it, and the time is over": (
        ["ack 1", "inhibit 2", "shelve 3 13"],
        [
            "1 acknowledged polsek acknowledged",
            "2 inhibited polsek inhibited",
            "3 shelved polsek shelved",
            "13 unshelved polsek acknowledged",
        ],
    ),
    "it is as bad as it was, twice": (
        ["inhibit 2", "inhibit 3", "uninhibit 20", "uninhibit 21"],
        [
            "2 inhibited polsek inhibited",
            "20 uninhibited polsek unacknowledged",
            "25 escalated polres_ops unacknowledged",
            "35 escalated polres unacknowledged",
        ],
    ),
    "a person resolves it": (
        ["inhibit 2", "resolve 3", "uninhibit 10"],
        ["2 inhibited polsek inhibited", "3 resolved polsek resolved"],
    ),
    "it ends": (
        ["inhibit 2", "end 3", "uninhibit 10"],
        ["2 inhibited polsek inhibited", "3 resolved polsek resolved"],
    ),
    "it never held": (
        ["inhibit 2", "take_back 3", "uninhibit 10"],
        ["2 inhibited polsek inhibited", "3 resolved polsek resolved"],
    ),
    "it ends, and comes back while its parent holds": (
        ["inhibit 2", "end 3", "hold 4", "inhibit 4", "uninhibit 30"],
        [
            "2 inhibited polsek inhibited",
            "3 resolved polsek resolved",
            "4 reopened polsek unacknowledged",
            "4 inhibited polsek inhibited",
            "30 uninhibited polsek unacknowledged",
            "35 escalated polres_ops unacknowledged",
        ],
    ),
    "commands that are refused meanwhile": (
        ["inhibit 2", "ack 3", "escalate 3 polda", "unack 4", "reopen 4", "uninhibit 38"],
        ["2 inhibited polsek inhibited", "38 uninhibited polsek unacknowledged"],
    ),
}


@pytest.mark.parametrize(("acts", "told"), FREED.values(), ids=FREED)
def test_who_is_freed_is_what_it_was_with_full_time(acts: list[str], told: list[str]) -> None:
    """It counts anew at the level that was told; no time passes while a parent speaks."""
    assert told == lived(opened(), *acts, until=40)


def silenced(*acts: str, severity: Severity = Severity.MEDIUM) -> Alert:
    """Return an alert that a parent speaks for, after some acts."""
    return live(opened(judgment(severity)), *acts, "inhibit 2")[0]


def test_a_parent_is_named_while_it_speaks() -> None:
    """And no longer."""
    alert = silenced()
    freed = book.uninhibit(alert, moment(5))
    assert freed is not None, "it is freed"
    assert (PARENT, None) == (alert.parent, freed[0].parent)


@pytest.mark.parametrize("state", [AlertState.RETURNED, AlertState.INHIBITED, AlertState.RESOLVED])
def test_nobody_speaks_for_what_asks_for_nobody(state: AlertState) -> None:
    """What has returned is not inhibited (contract §5), what is silent already not once more."""
    alert = replace(opened(), state=state, due_at=None, former=AlertState.UNACKNOWLEDGED)
    assert book.inhibit(alert, PARENT, moment(3)) is None


@pytest.mark.parametrize("state", [one for one in AlertState if one is not AlertState.INHIBITED])
def test_who_was_not_silenced_is_not_freed(state: AlertState) -> None:
    """A parent that ends leaves others alone."""
    assert book.uninhibit(replace(opened(), state=state), moment(3)) is None


@pytest.mark.parametrize("kind", [Move.ACK, Move.UNACK, Move.ESCALATE, Move.UNSHELVE, Move.REOPEN])
def test_a_person_acts_on_the_parent_instead(kind: Move) -> None:
    """`ack` and `escalate` of an inhibited alert are refused; the rest has nothing to do."""
    assert (AlertState.INHIBITED, kind) not in TABLE
    assert book.move(silenced(), kind, moment(3)) is None


def test_no_time_moves_what_is_silent() -> None:
    """Neither its ladder nor an acknowledgement that would have lapsed, nor a shelf."""
    alert = opened(judgment(act_by_minutes=10))
    for acts in ([], ["ack 1"], ["shelve 1 15"]):
        silent = live(alert, *acts, "inhibit 2")[0]
        assert NEVER == book.next_wake(silent)
        assert book.due(silent, EpochMs(silent.updated_at + 100 * HOUR_MS)) is None


def test_who_has_taken_it_has_the_full_time_to_act_again() -> None:
    """The act-by deadline of ten minutes begins when its parent ends."""
    alert = opened(judgment(act_by_minutes=10))
    assert [
        "1 acknowledged polsek acknowledged",
        "2 inhibited polsek inhibited",
        "30 uninhibited polsek acknowledged",
        "40 unacknowledged polsek unacknowledged",
        "45 escalated polres_ops unacknowledged",
        "55 escalated polres unacknowledged",
    ] == lived(alert, "ack 1", "inhibit 2", "uninhibit 30", until=60)


def test_who_has_taken_it_is_known_still() -> None:
    """Silence takes it from nobody."""
    taken = replace(live(opened(), "ack 1")[0], acknowledged_by="ops")
    alert = live(taken, "inhibit 2", "uninhibit 9")[0]
    assert ("ops", minute(1)) == (alert.acknowledged_by, alert.acknowledged_at)


@pytest.mark.parametrize("former", [[], ["ack 1"], ["shelve 1 30"]], ids=("open", "taken", "aside"))
def test_what_has_become_worse_is_told_when_it_is_freed(former: list[str]) -> None:
    """Nothing is told meanwhile; then `raised` after `uninhibited`, and somebody is asked."""
    told = lived(opened(judgment(Severity.MEDIUM)), *former, "inhibit 2", "raise 4 high", until=9)
    assert "2 inhibited" == " ".join(told[-1].split()[:2])
    alert = live(opened(judgment(Severity.MEDIUM)), *former, "inhibit 2", "raise 4 high")[0]
    assert (Severity.MEDIUM, Severity.HIGH) == (alert.severity, alert.worse)
    freed, lines = book.uninhibit(alert, moment(10)) or (alert, ())
    assert ["uninhibited", "raised"] == [line.change for line in lines]
    assert [Severity.MEDIUM, Severity.HIGH] == [line.severity for line in lines]
    assert [minute(10), minute(10)] == [line.at for line in lines]
    assert (AlertState.UNACKNOWLEDGED, "polsek", minute(15), None) == (
        freed.state,
        freed.level,
        freed.due_at,
        freed.worse,
    )


def test_what_was_worse_for_a_while_is_not_told() -> None:
    """It is as it was when it was silenced."""
    alert = silenced("raise 1 high")
    worse = book.rejudge(alert, Severity.CRITICAL, moment(4))
    assert worse is not None, "it is noted"
    assert () == worse[1]
    again = book.rejudge(worse[0], Severity.HIGH, moment(5))
    settled = worse[0] if again is None else again[0]
    lines = (book.uninhibit(settled, moment(9)) or (settled, ()))[1]
    assert ["uninhibited high"] == [f"{line.change} {line.severity}" for line in lines]


def test_what_is_less_grave_is_told_even_now() -> None:
    """`lowered` is for any open alert (contract §5), and leaves it silent."""
    less = book.rejudge(silenced(severity=Severity.HIGH), Severity.MEDIUM, moment(4))
    assert less is not None
    assert ["lowered medium inhibited"] == [
        f"{line.change} {line.severity} {line.state}" for line in less[1]
    ]


def test_how_bad_it_is_in_the_end_is_told() -> None:
    """Worse than when it was silenced, but not as bad as it was meanwhile."""
    alert = silenced()
    for severity in (Severity.CRITICAL, Severity.HIGH):
        stepped = book.rejudge(alert, severity, moment(4))
        alert = alert if stepped is None else stepped[0]
    lines = (book.uninhibit(alert, moment(9)) or (alert, ()))[1]
    assert ["medium", "high"] == [line.severity for line in lines]


def test_the_revision_counts_what_was_told_and_nothing_else() -> None:
    """What becomes worse in silence is no line."""
    alert = live(opened(judgment(Severity.MEDIUM)), "inhibit 2", "raise 4 high", "uninhibit 9")[0]
    assert 4 == alert.revision
