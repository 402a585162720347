"""Names of gateways: so many are kept of a kabupaten, and each for a day after its silence.

Whoever may write heartbeats may invent names; they fill no memory, and hold nothing back.
"""

from typing import Final

from streams.judge.gateways import NAMES_MAX, are_known
from streams.judge.state import PartitionState
from tests.support.events import beat, opened
from tests.support.gateways import OPEN, beats
from tests.support.restarts import story_in_one_go, story_with_restarts, taken_over
from tests.support.stories import Item, at, journal, judge_into, story
from tests.support.world import ELECTION, KABUPATEN, KR, SR, whole_world

DAY: Final = whole_world()


def names_of(state: PartitionState) -> list[str]:
    """Return the gateways of the kabupaten that are known."""
    row = state.gateways.get((ELECTION, KABUPATEN))
    return [] if row is None else list(row.by_name)


def invented(number: int) -> list[Item]:
    """Let so many gateways that nobody has set up speak once."""
    return [beat(KR, name=f"x-{one}") for one in range(number)]


def test_so_many_names_are_known_and_no_more() -> None:
    """Who invents names fills no memory; a new one holds nothing back, as if it were none."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*OPEN, *invented(NAMES_MAX + 50)))
    assert NAMES_MAX == len(names_of(state))
    assert "sms-1" == names_of(state)[0]


def test_who_is_known_is_heard_among_many_names() -> None:
    """Only new names are passed over: one that came before them holds silence as ever."""
    many = invented(NAMES_MAX + 50)
    first = [at("07:00"), opened(SR), *many, *beats("07:01", "07:36", SR, oldest="07:00")]
    later = [*OPEN, *many, *beats("07:01", "07:50", oldest="07:00")]
    assert ["07:30 opened"] == story(*first, of="T07@SR", world=DAY)
    assert [] == story(*later, of="T07@SR", world=DAY)


def test_a_name_that_was_silent_for_a_day_is_forgotten() -> None:
    """Then there is place for another one, and what it says counts."""
    state, many = PartitionState(0, DAY), [*OPEN, *invented(NAMES_MAX - 1)]
    told = journal(*many, at("31:03"), at("31:03:30"), at("31:04"), beat(KABUPATEN, name="wa-1"))
    judge_into(state, told)
    assert ["wa-1"] == names_of(state)


def test_the_last_name_of_a_kabupaten_goes_with_its_row() -> None:
    """A kabupaten whose gateways are forgotten waits for none, also after a restart."""
    items: list[Item] = [*OPEN, at("31:04")]
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    assert not are_known(state, ELECTION, KABUPATEN)
    assert not are_known(taken_over(state), ELECTION, KABUPATEN)
    assert not len(state.gateways)


def test_a_gateway_that_is_forgotten_and_comes_back_is_as_new() -> None:
    """It holds silence from its first heartbeat on, and a restart between changes nothing."""
    items = [*OPEN, at("31:04"), beat(KABUPATEN), at("31:05")]
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    assert ["sms-1"] == names_of(state)
    assert story_in_one_go(*items, world=DAY) == story_with_restarts(*items, world=DAY)
