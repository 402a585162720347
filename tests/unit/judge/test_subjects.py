"""Who is watched for silence, and whose message a status is."""

from typing import Final

import pytest

from streams.domain.events import TpsStatus
from streams.domain.ids import Scope
from streams.domain.journal import AcceptedStatus
from streams.judge.roster import pairs_of
from streams.judge.state import PartitionState
from streams.judge.subjects import pair_subject, tps_subject
from tests.support.events import call_for_help, checkin, heartbeat, opened
from tests.support.stories import Told, at, events_of, journal, judge_into
from tests.support.world import EARLY, ELECTION, FAR, KR, KR2, SR, UNKNOWN, plan, world

SENT: Final[dict[str, tuple[Told, list[str]]]] = {
    "a TPS speaks for its pair": (heartbeat(KR), ["pair:17.02/P01"]),
    "a TPS without a pair speaks for nobody": (heartbeat(EARLY), []),
    "an unknown TPS speaks for nobody": (heartbeat(UNKNOWN), []),
    "an officer speaks for his pair": (checkin("B1"), ["pair:17.02/P02"]),
    "at a TPS of his own pair he speaks once": (checkin("A1", KR2), ["pair:17.02/P01"]),
    "at another pair's TPS he speaks for both": (
        checkin("A1", SR),
        ["pair:17.02/P03", "pair:17.02/P01"],
    ),
    "calling for help he speaks as well": (call_for_help("D1"), ["pair:17.02/P04"]),
    "an officer without a pair speaks for nobody": (checkin("N1"), []),
    "an officer whom nobody knows speaks for nobody": (checkin("Z9"), []),
    "an officer of another kabupaten is another one": (checkin("F1"), []),
    "in his own kabupaten he is himself": (checkin("F1", FAR), ["pair:17.03/P01"]),
}


@pytest.mark.parametrize(("told", "pairs"), SENT.values(), ids=SENT)
def test_whose_message_a_status_is(told: Told, pairs: list[str]) -> None:
    """Of the pair of its TPS, and of the pair of its officer."""
    [record] = (step.record for step in events_of(journal(at("07:00"), told)))
    assert isinstance(record, AcceptedStatus)
    assert isinstance(record.event, TpsStatus)
    assert pairs == list(pairs_of(plan(), record))


def test_a_subject_has_what_is_known_of_its_day() -> None:
    """A TPS its own points and messages, a pair those of all its TPS and officers."""
    state = PartitionState(0, world())
    judge_into(state, journal(at("07:00"), opened(KR), at("07:10"), checkin("A1")))
    watched = world().of(ELECTION)
    tps = tps_subject(watched, state, ELECTION, plan().tps[KR])
    pair = pair_subject(watched, state, ELECTION, Scope("pair:17.02/P01"))
    assert [1, 0] == [len(points) for points in pair.points]
    assert ([1], 1, 1) == (
        [len(points) for points in tps.points],
        len(tps.messages),
        len(pair.messages),
    )
    assert pair.messages[0][1] - tps.messages[0][1] == 600_000
