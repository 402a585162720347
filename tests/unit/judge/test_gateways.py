"""What waits in a gateway holds silence back, of a TPS and a pair (T07), of a kecamatan (X01).

`KR` is silent 90 minutes after its last message, `SR` after 30, the pair P03 of `SR` after 15; a
kecamatan where five TPS are quiet for 15. A gateway speaks every minute here.
"""

from typing import Final

import pytest

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from tests.support.events import beat, closed, heartbeat, opened
from tests.support.gateways import OPEN, STUCK, WELL, beats
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    Told,
    at,
    deaf,
    hearing,
    journal,
    judge_into,
    of_election,
    said,
    story,
)
from tests.support.world import (
    DESA,
    ELECTION,
    FAR,
    KABUPATEN,
    KH,
    KR,
    KR2,
    SR,
    R,
    clock,
    whole_world,
)

DAY: Final = whole_world()
ALL: Final = (KR, R, SR, KH, KR2)
KECAMATAN: Final = AreaCode("17.02.09")
HOUR_SLOW: Final = [
    one
    for minute in range(11, 51)
    for one in (at(f"07:{minute}"), said(f"06:{minute}", beat(KABUPATEN)))
]
"""From 07:11 on its clock shows an hour less."""
SILENCES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "a gateway that is well holds nothing back but its own minute": (
        [*OPEN, *beats("07:01", "07:37")],
        ["07:30 opened"],
    ),
    "it is stuck: nobody is silent": (STUCK, []),
    "it is stuck since the deadline: nobody is silent": (
        [*OPEN, *beats("07:01", "07:29"), *beats("07:30", "07:37", oldest="07:30")],
        [],
    ),
    "it was stuck after the deadline: that is judged": (
        [*OPEN, *beats("07:01", "07:30"), *beats("07:31", "07:36", oldest="07:30:01")],
        ["07:30 opened"],
    ),
    "freed: who was truly silent is told once, since when it was": (
        [*STUCK, *beats("07:51", "07:56")],
        ["07:30 opened"],
    ),
    "the queue has moved beyond the deadline: so is it judged": (
        [*STUCK, at("07:51"), beat(KABUPATEN, oldest="07:40"), at("07:52")],
        ["07:30 opened"],
    ),
    "the queue has moved, not so far": (
        [*STUCK, at("07:51"), beat(KABUPATEN, oldest="07:30"), at("07:52")],
        [],
    ),
    "what waited in it was a message in time": (
        [*STUCK, said("07:30", heartbeat(SR)), *beats("07:51", "07:59")],
        [],
    ),
    "what waited in it was a message too late": (
        [*STUCK, said("07:40", heartbeat(SR)), *beats("07:51", "07:59")],
        ["07:30 opened", "07:40 returned"],
    ),
    "a message through it comes by while it is stuck": (
        [
            *WELL,
            *beats("07:11", "07:31", oldest="07:10"),
            said("07:20", heartbeat(SR)),
            *beats("07:32", "07:45"),
        ],
        [],
    ),
    "the gateway dies: nothing is held any more": (
        [*WELL, *beats("07:11", "07:35", oldest="07:10"), at("07:40")],
        ["07:30 opened"],
    ),
    "a gateway nobody has heard of holds nothing": (
        [at("07:00"), opened(SR), at("07:35")],
        ["07:30 opened"],
    ),
    "it begins to speak after the deadline was told": (
        [at("07:00"), opened(SR), *beats("07:32", "07:36", oldest="07:10")],
        ["07:30 opened"],
    ),
    "the gateway of another kabupaten": (
        [at("07:00"), opened(SR), *beats("07:01", "07:36", FAR, oldest="07:00")],
        ["07:30 opened"],
    ),
    "the gateway of another TPS": (
        [at("07:00"), opened(SR), *beats("07:01", "07:36", KR, R, oldest="07:00")],
        ["07:30 opened"],
    ),
    "of its desa": ([at("07:00"), opened(SR), *beats("07:01", "07:50", DESA, oldest="07:00")], []),
    "of its kecamatan": (
        [at("07:00"), opened(SR), *beats("07:01", "07:50", KECAMATAN, oldest="07:00")],
        [],
    ),
    "of the TPS alone": (
        [at("07:00"), opened(SR), *beats("07:01", "07:50", KR, SR, oldest="07:00")],
        [],
    ),
    "it serves the TPS no longer": (
        [*STUCK, *beats("07:51", "07:52", KR, oldest="07:10")],
        ["07:30 opened"],
    ),
    "an election of its own, a drill, has gateways of its own": (
        [at("07:00"), opened(SR)]
        + [
            of_election(f"{ELECTION}#drill-gladi", one) if isinstance(one, Told) else one
            for one in beats("07:01", "07:36", oldest="07:00")
        ],
        ["07:30 opened"],
    ),
    "its clock falls back by an hour: held": ([*WELL, *HOUR_SLOW], []),
    "its clock is set: that is judged": (
        [*WELL, *HOUR_SLOW, *beats("07:51", "07:56")],
        ["07:30 opened"],
    ),
    "it is held at twice the limit as well": (
        [*OPEN, *beats("07:01", "07:40"), *beats("07:41", "08:10", oldest="07:40")],
        ["07:30 opened", "07:39 escalated", "07:54 escalated"],
    ),
    "and rises when the gateway is free": (
        [
            *OPEN,
            *beats("07:01", "07:40"),
            *beats("07:41", "08:10", oldest="07:40"),
            *beats("08:11", "08:12"),
        ],
        ["07:30 opened", "07:39 escalated", "07:54 escalated", "08:00 raised"],
    ),
    "what ends an alert waits for nothing": (
        [
            *OPEN,
            *beats("07:01", "07:32"),
            *beats("07:33", "07:35", oldest="07:32"),
            heartbeat(SR),
            at("07:36"),
        ],
        ["07:30 opened", "07:35 returned"],
    ),
}


@pytest.mark.parametrize(("items", "expected"), SILENCES.values(), ids=SILENCES)
def test_a_tps_is_silent_when_its_gateway_would_have_spoken(
    items: list[Item], expected: list[str]
) -> None:
    """Judged once the gateway has handed on what came to it before; told for the deadline."""
    assert expected == story(*items, of="T07@SR", world=DAY)


@pytest.mark.parametrize(("items", "_"), SILENCES.values(), ids=SILENCES)
def test_a_restart_anywhere_changes_nothing(items: list[Item], _: list[str]) -> None:
    """What is parked follows from what is saved."""
    assert story_in_one_go(*items, world=DAY) == story_with_restarts(*items, world=DAY)


def test_a_pair_waits_for_the_gateways_of_its_tps() -> None:
    """Its officers may have written through them."""
    told = [at("07:00"), opened(SR), opened(KR)]
    held = story(*told, *beats("07:01", "07:30", SR, oldest="07:00"), of="T07@pair:P03", world=DAY)
    other = story(*told, *beats("07:01", "07:30", KR, oldest="07:00"), of="T07@pair:P03", world=DAY)
    assert ([], "07:15 opened") == (held, other[0])


def test_of_two_gateways_the_one_that_vouches_for_less_counts() -> None:
    """A message may wait in either; when one of them dies the other one counts."""
    both: list[Item] = []
    for item in beats("07:01", "07:40", oldest="07:00"):
        both += [item, beat(DESA, name="wa-1")] if isinstance(item, Told) else [item]
    one = [*both, *beats("07:41", "07:44")]
    start = [at("07:00"), opened(SR)]
    assert [] == story(*start, *both, of="T07@SR", world=DAY)
    assert ["07:30 opened"] == story(*start, *one, of="T07@SR", world=DAY)


def test_other_absence_is_looked_for_as_ever() -> None:
    """A TPS that has not said that it is open is told, however its gateway is."""
    items = [at("06:00"), *beats("06:01", "07:35", oldest="06:00")]
    assert "07:10 opened" == story(*items, of="T03@SR", world=DAY)[0]


def test_a_claim_counts_at_most_as_its_receipt() -> None:
    """A gateway whose clock is ahead vouches for nothing that was not yet."""
    ahead: list[Item] = []
    for item in beats("07:01", "07:30"):
        ahead += [said("07:31", item)] if isinstance(item, Told) else [item]
    held = story(at("07:00"), opened(SR), *ahead, at("07:31"), of="T07@SR", world=DAY)
    assert [] == held


QUIETS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "stuck: nobody is quiet": (beats("07:11", "07:30", oldest="07:10"), []),
    "freed: those who were quiet and still are": (
        [*beats("07:11", "07:30", oldest="07:10"), *beats("07:31", "07:32")],
        ["07:15 opened"],
    ),
    "freed, and all had spoken": (
        [
            *beats("07:11", "07:30", oldest="07:10"),
            *(said("07:14", heartbeat(tps)) for tps in ALL),
            *(said("07:25", heartbeat(tps)) for tps in ALL),
            *beats("07:31", "07:35"),
        ],
        [],
    ),
    "freed, and most had spoken": (
        [
            *beats("07:11", "07:30", oldest="07:10"),
            *(said("07:14", heartbeat(tps)) for tps in (KR, R)),
            *beats("07:31", "07:35"),
        ],
        ["07:29 opened", "07:34 escalated"],
    ),
    "it dies": (
        [*beats("07:11", "07:20", oldest="07:10"), at("07:24")],
        ["07:15 opened"],
    ),
    "stuck for one TPS only: the others are too few": (
        beats("07:11", "07:30", SR, oldest="07:10"),
        [],
    ),
    "what was told before stays told": (
        [*beats("07:11", "07:17"), *beats("07:18", "07:30", oldest="07:16")],
        ["07:15 opened", "07:19 escalated", "07:24 escalated"],
    ),
}


@pytest.mark.parametrize(("items", "expected"), QUIETS.values(), ids=QUIETS)
def test_a_tps_that_is_held_is_not_quiet(items: list[Item], expected: list[str]) -> None:
    """Five of a kecamatan are quiet together only if that would have been heard."""
    told = [at("07:00"), *map(opened, ALL), *beats("07:01", "07:10"), *items]
    assert expected == story(*told, of=f"X01@{KECAMATAN}", world=DAY)
    assert story_in_one_go(*told, world=DAY) == story_with_restarts(*told, world=DAY)


def test_a_heartbeat_that_is_not_heard_of_holds_nothing_and_lets_nothing_go() -> None:
    """What it claims lies in the journal only when `heard` has passed its receipt."""
    items = [*STUCK, deaf, at("07:51"), beat(KABUPATEN), at("07:53")]
    assert [] == story(*items, of="T07@SR", world=DAY)
    heard = story(*items, hearing, at("07:54"), of="T07@SR", world=DAY)
    assert ["07:30 opened"] == heard


def test_nothing_is_parked_for_ever() -> None:
    """When gateways are well again all that waited for them is queued or told."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*STUCK))
    waiting = state.parked[ELECTION, KABUPATEN]
    assert {"T07@SR", "T07@pair"} == {f"{key[1]}@{_short(key[2])}" for key in waiting}
    assert {"07:15", "07:30"} == {clock(EpochMs(due)) for due in waiting.values()}
    judge_into(state, journal(*STUCK, closed(SR), *beats("07:51", "07:53"))[len(journal(*STUCK)) :])
    assert {} == state.parked


def _short(scope: str) -> str:
    return "SR" if scope == SR else scope.partition(":")[0]
