"""The file of facts for voting again, in parts."""

from typing import Final

from msgspec.structs import replace

from streams.authoring.places import ELECTION
from streams.domain.alert import AlertState
from streams.domain.ids import ElectionId
from streams.rules.cases import CaseWorld, RuleCase
from streams.territory.plan import ElectionKind
from streams.views.asked import Asked
from streams.views.dossier import Dossier, dossiers_of
from streams.wire.time import format_time
from tests.support.rule_days import day_of

Event = dict[str, object]


def heard(category: str, at: str, by: str) -> Event:
    """A supervisor reports something of the first TPS."""
    return {"at": at, "report": category, "tps": 1, "role": "ptps", "from": by}


TWICE: Final = heard("PID-02", "10:00", "p1")
AGAIN: Final = heard("PID-02", "10:05", "p2")
ACK: Final[Event] = {"at": "10:06", "command": "ack", "alert": "X06@{1}|ganda"}
CLOSED: Final[Event] = {
    "at": "10:08",
    "command": "close_case",
    "alert": "X06@{1}|ganda",
    "reason": "12/Bawaslu",
}


def dossiers(*events: Event, kind: str = "pilkada") -> tuple[Dossier, ...]:
    """Return the open dossiers of a little day."""
    case = RuleCase(name="a day", events=events, until="10:10", expect=())
    day = day_of(replace(case, world=CaseWorld(kind=ElectionKind(kind))))
    asked = Asked(election=ElectionId(ELECTION), now=day.state.clocks.now)
    return dossiers_of(day.state, asked)


def test_a_dossier_has_its_ground_and_its_facts() -> None:
    """Each fact an alert with its own evidence, in order of time."""
    [found] = dossiers(TWICE, AGAIN)
    assert "memilih lebih dari sekali" in found.ground.id
    assert "voting twice" in found.ground.en
    [fact] = found.facts
    assert ("W09", AlertState.UNACKNOWLEDGED) == (fact.rule, fact.state)
    assert "10:00" == format_time(fact.at, 420)[11:16]
    assert 2 == len(fact.evidence)
    assert 2 == found.sources


def test_what_is_missing_is_said() -> None:
    """A second source, somebody who looks, the time limit of the law; the decision always."""
    [alone] = dossiers(TWICE)
    words = [one.en for one in alone.missing]
    assert 4 == len(words)
    [better] = dossiers(TWICE, AGAIN, ACK)
    assert words[2:] == [one.en for one in better.missing]


def test_the_legal_clock_is_known_where_the_law_was_read() -> None:
    """Of a pemilu: the end of the tenth day after the poll."""
    [pilkada], [pemilu] = dossiers(TWICE), dossiers(TWICE, kind="pemilu")
    assert (None, None) == (pilkada.latest_day, pilkada.latest_at)
    assert pemilu.latest_at is not None
    poll = format_time(pemilu.alert.opened_at, 420)[:10]
    last = format_time(pemilu.latest_at, 420)
    assert 10 == pemilu.latest_day
    assert int(last[8:10]) - int(poll[8:10]) in {11, 11 - 30, 11 - 31}
    assert "00:00" == last[11:16]
    assert 3 == len(pemilu.missing)


def test_what_was_decided_is_no_dossier_any_more() -> None:
    """Who is competent has spoken."""
    assert () == dossiers(TWICE, CLOSED)
