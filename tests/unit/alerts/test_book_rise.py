"""The book: raises, episodes and acknowledgements that lapse (contract §5)."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.lifecycle import Move
from streams.domain.alert import AlertState, Change
from streams.domain.ids import alert_id
from streams.domain.words import Severity, TpsClass
from tests.support.books import CASE, judgment, lived, minute, moment, opened
from tests.support.world import KABUPATEN

Life = tuple[list[str], float, list[str]]

RAISES: Final[dict[str, tuple[list[str], float, list[str]]]] = {
    "from its start to the new start": (
        ["raise 10 high"],
        26,
        [
            "10 raised polsek unacknowledged",
            "15 escalated polres_ops unacknowledged",
            "25 escalated polres unacknowledged",
        ],
    ),
    "a level that was told is never taken back": (
        ["raise 50 high"],
        61,
        [
            "15 escalated polsek unacknowledged",
            "45 escalated polres_ops unacknowledged",
            "50 raised polres_ops unacknowledged",
            "60 escalated polres unacknowledged",
        ],
    ),
    "the same severity is no raise": (
        ["raise 1 medium", "raise 2 low"],
        14,
        [],
    ),
    "what has returned is not raised": (
        ["end 1", "raise 2 critical"],
        3,
        ["1 returned tps returned"],
    ),
    "what is resolved is not raised": (
        ["resolve 1", "raise 2 critical"],
        3,
        ["1 resolved tps resolved"],
    ),
    "reopened by a person it starts where its severity does": (
        ["raise 1 high", "end 3", "reopen 4"],
        10,
        [
            "1 raised polsek unacknowledged",
            "3 returned polsek returned",
            "4 reopened polsek unacknowledged",
            "9 escalated polres_ops unacknowledged",
        ],
    ),
}


@pytest.mark.parametrize(("acts", "until", "told"), RAISES.values(), ids=RAISES)
def test_raise(acts: list[str], until: float, told: list[str]) -> None:
    """An alert of severity medium: tps at once, polsek at 15, polres_ops at 45."""
    assert told == lived(opened(judgment(Severity.MEDIUM)), *acts, until=until)


def test_a_restart_is_multiplied_by_the_class_too() -> None:
    """In a TPS that is sangat_rawan: 2.5 and 7.5 minutes, so 5 between the two."""
    alert = opened(judgment(tps_class=TpsClass.SANGAT_RAWAN))
    told = lived(alert, "ack 3", "unack 20", until=60)
    assert ["20 unacknowledged polres_ops unacknowledged"] == told[2:3]
    assert ["25 escalated polres unacknowledged"] == told[3:]


@pytest.mark.parametrize(("held_at", "episode"), [(33, 1), (33.01, 2)])
def test_after_the_quiet_time_it_is_another_episode(held_at: float, episode: int) -> None:
    """It ended at 3 and may come back for 30 minutes; a moment later it has a new id."""
    ended, _ = book.end(opened(), moment(3))
    stepped = book.hold(ended, CASE, judgment(), moment(held_at))
    assert stepped is not None
    alert, [line] = stepped
    assert alert_id(KABUPATEN, CASE.identity, episode) == alert.id
    assert (Change.REOPENED, Change.OPENED)[episode - 1] is line.change
    assert (3, 1)[episode - 1] == line.revision


def test_a_new_episode_takes_the_class_of_now_and_the_same_one_keeps_its_own() -> None:
    """A class is frozen into an alert at its opening."""
    ended, _ = book.end(opened(), moment(3))
    tighter = judgment(tps_class=TpsClass.SANGAT_RAWAN)
    found = [book.hold(ended, CASE, tighter, moment(at)) for at in (10, 60)]
    classes = [stepped[0].tps_class for stepped in found if stepped is not None]
    assert [TpsClass.KURANG_RAWAN, TpsClass.SANGAT_RAWAN] == classes


ACTS_BY: Final = {
    "an acknowledgement lapses after its time": (
        ["ack 2"],
        23,
        [
            "2 acknowledged polsek acknowledged",
            "12 unacknowledged polsek unacknowledged",
            "17 escalated polres_ops unacknowledged",
        ],
    ),
    "a shelf pauses that time as well, and it starts anew": (
        ["ack 2", "shelve 4 30"],
        41,
        [
            "2 acknowledged polsek acknowledged",
            "4 shelved polsek shelved",
            "30 unshelved polsek acknowledged",
            "40 unacknowledged polsek unacknowledged",
        ],
    ),
    "who has acted in time is not asked again": (
        ["ack 2", "end 9"],
        600,
        ["2 acknowledged polsek acknowledged", "9 resolved polsek resolved"],
    ),
}


@pytest.mark.parametrize(("acts", "until", "told"), ACTS_BY.values(), ids=ACTS_BY)
def test_act_by(acts: list[str], until: float, told: list[str]) -> None:
    """A rule may ask that who acknowledges acts within ten minutes."""
    assert told == lived(opened(judgment(act_by_minutes=10)), *acts, until=until)


def test_an_inhibited_alert_whose_condition_ends_is_over() -> None:
    """A parent keeps it quiet, not alive."""
    inhibited = replace(opened(), state=AlertState.INHIBITED, due_at=None)
    ended, [line] = book.end(inhibited, moment(3))
    assert (AlertState.RESOLVED, Change.RESOLVED) == (line.state, line.change)
    assert minute(3) == ended.resolved_at


def test_an_acknowledgement_is_kept_while_it_counts() -> None:
    """Who took it stands in the alert until somebody has to be asked again."""
    acknowledged = book.move(replace(opened(), acknowledged_by="ops"), Move.ACK, moment(2))
    assert acknowledged is not None
    assert (minute(2), "ops") == (acknowledged[0].acknowledged_at, acknowledged[0].acknowledged_by)
    resolved, _ = book.end(acknowledged[0], moment(3))
    assert (minute(2), "ops") == (resolved.acknowledged_at, resolved.acknowledged_by)
    again = book.move(acknowledged[0], Move.UNACK, moment(4))
    assert again is not None
    assert (None, "") == (again[0].acknowledged_at, again[0].acknowledged_by)
