"""Stories of T10 and T11: boxes on their way, and who is with them."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KR, KR_FAR, SR, TOWN, R, Story

AS_ADR_6 = Readings(another_report_carries_on=False)
GUARDS = ["A1"]
K7 = "box:17.02/K-7"


def left(tps: str = KR, **extra: object) -> Story:
    """A box that left at 15:00 with its escort, unless told otherwise."""
    day = Story(TOWN, AS_ADR_6).begin()
    return day.status("15:00", tps, "box_departed", **{"escort": GUARDS, **extra})


def unnamed(tps: str) -> str:
    """The scope of a box that nobody has named."""
    return f"box:17.02/{tps}#1"


@pytest.mark.parametrize(
    ("tps", "line"),
    [
        (KR, "17:00:00 opened high"),
        (R, "16:30:00 opened high"),
        (SR, "15:45:00 opened critical"),
        (KH, "16:30:00 opened high"),
        (KR_FAR, "16:30:00 opened high"),
    ],
)
def test_a_box_is_overdue(tps: str, line: str) -> None:
    """Domain §4b T10 "ETA×1.5, or [120/90/45/90]", T, SR K; the way of KR_FAR takes 60 minutes."""
    assert [f"{line} {unnamed(tps)}|"] == left(tps).shown("T10", until="17:01")[:1]


def test_an_overdue_box_begins_at_its_level() -> None:
    """§5 high starts at polsek, critical at polres_ops; ladder OPS."""
    assert ["17:00:00 opened polsek deadline"] == left().told("T10", until="17:01")
    assert "15:45:00 opened polres_ops deadline" == left(SR).told("T10", until="15:46")[0]


def test_the_sender_says_how_long_it_takes() -> None:
    """ADR 18 "1.5 × `eta_minutes` of the departure, else 1.5 × `transit_minutes`"."""
    for tps in (KR, KR_FAR, SR):
        told = left(tps, eta_minutes=21).told("T10", until="15:31:31")
        assert "15:31:30 opened" == told[0][:15]
    assert "15:33:45 opened" == left(eta_minutes=22.5).told("T10", until="15:34")[0][:15]


def test_a_box_that_has_come_in_time_is_told_to_nobody() -> None:
    """§4 "an event at or before D fulfils it", whatever its seal says (T12)."""
    day = left(box="K-7").status("17:00", KR, "box_arrived", box="K-7", seal_intact=False)
    assert [] == day.told("T10", until="20:00")


def test_arrival_ends_it() -> None:
    """Domain §4b T10 auto-resolve "arrival"."""
    day = left().status("17:04", KR, "box_arrived")
    expected = ["17:00:00 opened polsek deadline", "17:04:00 returned polsek input"]
    assert expected == day.told("T10", until="20:00")


@pytest.mark.parametrize("fields", [{}, {"box": "K-9"}])
def test_an_arrival_belongs_to_the_box_that_left_last(fields: dict[str, object]) -> None:
    """ADR 18 "that name no box, or a box that did not depart from that TPS"."""
    day = left(box="K-7").status("16:00", KR, "box_arrived", **fields)
    assert [] == day.told("T10", until="20:00")


def test_boxes_of_one_tps_are_told_apart() -> None:
    """As above: K-7 left first, so it is K-8 that has come."""
    day = left(box="K-7").status("15:10", KR, "box_departed", box="K-8", escort=GUARDS)
    day.status("16:00", KR, "box_arrived")
    assert [f"17:00:00 opened high {K7}|"] == day.shown("T10", until="17:01")


def test_the_box_of_another_tps_is_another_box() -> None:
    """As above: of that TPS."""
    day = left().status("15:10", R, "box_arrived")
    assert ["17:00:00 opened polsek deadline"] == day.told("T10", until="17:01")


def test_an_arrival_that_is_told_late_says_that_it_never_was() -> None:
    """§4 "the alert is `resolved` with `cause: late`"."""
    day = left().status("16:40", KR, "box_arrived", received="17:03")
    assert "17:03:00 resolved polsek late" == day.told("T10", until="20:00")[-1]


def test_a_departure_that_is_taken_back_ends_it() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended"."""
    day = left().status("17:02", KR, "heartbeat", corrects="m2")
    assert "17:02:00 returned polsek input" == day.told("T10", until="20:00")[-1]


@pytest.mark.parametrize(
    ("tps", "line"),
    [
        (KR, "15:10:00 opened high"),
        (R, "15:05:00 opened high"),
        (SR, "15:00:00 opened critical"),
        (KH, "15:05:00 opened high"),
    ],
)
def test_a_box_without_escort(tps: str, line: str) -> None:
    """Domain §4b T11 "[10/5/0/5]", T, SR K."""
    day = left(tps, escort=[])
    assert [f"{line} {unnamed(tps)}|"] == day.shown("T11", until="15:10:01")[:1]


def test_a_missing_escort_is_none() -> None:
    """Domain §4b "a missing `escort` is none"."""
    day = Story(TOWN).begin().status("15:00", KR, "box_departed")
    assert ["15:10:00 opened polsek deadline"] == day.told("T11", until="15:11")


def test_a_box_with_its_escort_is_told_to_nobody() -> None:
    """Domain §4b T11 "box left without escort"."""
    assert [] == left().told("T11", until="20:00")


@pytest.mark.parametrize("kind", ["escort_joined", "box_arrived"])
def test_an_escort_that_joins_in_time(kind: str) -> None:
    """ADR 18 "until `escort_joined` or `box_arrived`"."""
    day = left(escort=[]).status("15:10", KR, kind)
    assert [] == day.told("T11", until="20:00")
    day = left(escort=[]).status("15:12", KR, kind)
    expected = ["15:10:00 opened polsek deadline", "15:12:00 returned polsek input"]
    assert expected == day.told("T11", until="20:00")


@pytest.mark.parametrize("box", ["", "K-7"])
def test_an_escort_that_joined_before_counts(box: str) -> None:
    """ADR 18 "an escort that joined before the departure"; an unnamed one is for the next box."""
    named = {"box": box} if box else {}
    day = Story(TOWN).begin().status("14:50", KR, "escort_joined", **named)
    day.status("15:00", KR, "box_departed", box="K-7")
    assert [] == day.told("T11", until="20:00")


def test_an_escort_of_the_way_before_does_not() -> None:
    """ADR 18 "(and after the arrival before it)"."""
    day = left().status("15:05", KR, "escort_joined").status("15:30", KR, "box_arrived")
    day.status("16:00", KR, "box_departed")
    assert ["16:10:00 opened polsek deadline"] == day.told("T11", until="16:11")


def test_an_escort_on_the_road_is_with_the_box_on_the_road() -> None:
    """ADR 18 "belong to the box of that TPS that departed last before them"."""
    day = left(box="K-7", escort=[]).status("15:05", KR, "escort_joined")
    day.status("15:20", KR, "box_departed", box="K-8")
    assert ["15:30:00 opened high box:17.02/K-8|"] == day.shown("T11", until="15:31")


def test_another_word_of_the_departure_may_name_the_escort() -> None:
    """Two senders tell of one departure; one of them knows who is with the box."""
    day = left(escort=[]).status("15:02", KR, "box_departed", escort=GUARDS, source="ptps")
    assert [] == day.told("T11", until="20:00")
    day = left().status("15:02", KR, "box_departed", source="ptps")
    assert [] == day.told("T11", until="20:00")
