"""What is said of a TPS, and what persons say of its boxes: the facts first, then every rule."""

from typing import Final

import pytest

from streams.judge.state import PartitionState
from tests.support.events import ack, call_for_help, closed, correction, heartbeat, opened, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import (
    PTPS,
    arrived,
    confirm_seal,
    correcting,
    count,
    counted,
    counting,
    departed,
    saying,
    sent_by,
)
from tests.support.stories import (
    Item,
    at,
    journal,
    judge,
    judge_into,
    named,
    replies_of,
    said,
    story,
)
from tests.support.world import ELECTION, FAR, KH, KR, R2, SR, UNKNOWN, whole_world

DAY: Final = whole_world()
BROKEN: Final[list[Item]] = [at("16:00"), departed(KR, "K5", "", "A1"), at("16:20")]
DAMAGED: Final = [*BROKEN, arrived(KR, "K5", intact=False), at("16:25")]


@pytest.mark.parametrize(
    "told",
    [
        confirm_seal("K5"),
        confirm_seal(alert="T12@box:K5"),
        confirm_seal("anything", alert="T12@box:K5"),
    ],
    ids=["by its box", "by its alert", "the alert counts"],
)
def test_a_seal_that_somebody_has_looked_at_is_well(told: Item) -> None:
    """By the name of the box, or by its alert."""
    day = [*DAMAGED, told, at("16:30")]
    assert ["done"] == replies_of(judge(journal(*day), DAY))
    assert ["16:20 opened", "16:25 returned"] == story(*day, of="T12@box:K5", world=DAY)


def test_a_box_without_a_number_is_confirmed_by_the_name_of_its_tps() -> None:
    """It is `TPS#1`."""
    day = [at("16:00"), departed(KR), at("16:20"), arrived(KR, intact=False), at("16:25")]
    told = story(*day, confirm_seal(f"{KR}#1"), of=f"T12@box:{KR}#1", world=DAY)
    assert ["16:20 opened", "16:25 returned"] == told


MORNING: Final[list[Item]] = [at("06:00"), call_for_help("A1"), at("06:01"), opened(FAR)]
NO_BOX: Final[dict[str, tuple[Item, str]]] = {
    "nothing named": (confirm_seal(), "confirm_seal needs `box`, or the alert of the box"),
    "an alert about an officer": (
        confirm_seal(alert="W02@officer:A1"),
        "alert W02@officer:17.02/A1 is not about a box",
    ),
    "a box that nobody has spoken of": (confirm_seal("K9"), "nothing is known of box K9"),
    "a box of no TPS": (confirm_seal("FOO#1"), "nothing is known of box FOO#1"),
    "a TPS that has said nothing": (
        confirm_seal(f"{UNKNOWN}#1"),
        f"nothing is known of box {UNKNOWN}#1",
    ),
    "a TPS of another kabupaten": (
        confirm_seal(f"{FAR}#1"),
        f"nothing is known of box {FAR}#1",
    ),
}


@pytest.mark.parametrize(("told", "reason"), NO_BOX.values(), ids=NO_BOX)
def test_a_seal_of_no_box_is_refused(told: Item, reason: str) -> None:
    """With what was expected; and no TPS is heard of by it that has said nothing."""
    state = PartitionState(0, DAY)
    effects = judge_into(state, journal(*MORNING, told))
    assert [reason] == replies_of(effects)
    assert [(ELECTION, FAR)] == [key for key, _ in state.facts.items()]


def test_an_alert_of_a_tps_says_nothing_of_its_box() -> None:
    """Else a click beside an alert of the same TPS would close what nobody has looked at."""
    day = [at("06:00"), at("07:31"), *DAMAGED, confirm_seal(alert="T03@KR"), at("16:30")]
    assert ["16:20 opened", "16:25 escalated"] == story(*day, of="T12@box:K5", world=DAY)
    assert "is not about a box" in replies_of(judge(journal(*day), DAY))[0]


def test_a_late_departure_puts_the_name_of_a_box_right() -> None:
    """What was told of it by the name on its arrival ends: it is the box that departed."""
    day = [at("16:00"), arrived(KR, "K7", intact=False), at("16:05")]
    day += [said("15:30", departed(KR, "K5", "", "A1")), at("16:06")]
    assert ["16:00 opened", "16:05 returned"] == story(*day, of="T12@box:K7", world=DAY)
    assert ["16:05 opened"] == story(*day, of="T12@box:K5", world=DAY)


def test_a_box_that_was_taken_back_as_a_whole_is_no_longer_broken() -> None:
    """Nobody has spoken of it any more."""
    day = [at("16:00"), named("a1", arrived(KR, "K7", intact=False)), at("16:05")]
    day += [correction("a1", heartbeat(KR)), at("16:06")]
    assert ["16:00 opened", "16:05 returned"] == story(*day, of="T12@box:K7", world=DAY)


def test_a_count_is_heard_by_the_rules_of_stages_too() -> None:
    """Whoever counts has begun to: nothing waits for that any more."""
    day = [at("12:00"), opened(KR), at("13:00"), closed(KR), at("14:10"), count(KR, 120, 98)]
    assert ["14:00 opened", "14:10 returned"] == story(*day, of="T08@KR", world=DAY)


def test_a_supervisor_sees_that_the_numbers_agree() -> None:
    """His word that the box has come in whole ends it as well."""
    day = [*DAMAGED, sent_by(PTPS, arrived(KR, "K5", intact=True)), at("16:30")]
    assert ["16:20 opened", "16:25 returned"] == story(*day, of="T12@box:K5", world=DAY)


def test_takeovers_on_a_whole_day_change_nothing() -> None:
    """From the opening to the box, with alerts of most rules of stages."""
    day = [at("06:00"), at("07:40"), opened(SR), opened(KR), at("12:10")]
    day += [named("c1", closed(SR)), at("12:30"), correcting("c1", heartbeat(SR)), at("13:00")]
    day += [closed(KR), at("14:30"), counting(KR), at("14:31"), count(KR, 100, 99), at("15:00")]
    day += [counted(KR), departed(KR, "K1"), at("15:05"), arrived(KH, "K2", intact=False)]
    day += [ack("T11@box:K1"), at("16:10"), arrived(KR, "K1"), report("INF-01", R2, "w1")]
    day += [report("KAM-08", KR, "w2"), at("17:00")]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_id_of_a_sender_may_have_anything_in_it() -> None:
    """Also what separates the parts of a saved key: no worker may fail to take over by it."""
    strange = "a\x1fb\x1e"
    day = [at("09:00"), *(report("INF-01", KR, strange) for _ in range(12)), at("09:05")]
    day += [saying(call_for_help("A1"), officer=strange), at("09:10")]
    day += [departed(KR, strange), at("09:30"), *(report("INF-01", KR, strange) for _ in range(2))]
    told = story_in_one_go(*day, at("10:30"), world=DAY)
    assert told == story_with_restarts(*day, at("10:30"), world=DAY)
    assert f"W14@source:{strange} 10:00 returned" in told
