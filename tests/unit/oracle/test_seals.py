"""Stories of T12: seals and numbers that differ at arrival, and who may say that they are right."""

import pytest

from tests.oracle.stories import KR, SR, TOWN, Story

K7 = "box:17.02/K-7"


def left(**extra: object) -> Story:
    """A box that left at 15:00."""
    usual = {"escort": ["A1"], "box": "K-7", "seal": "S-1"}
    return Story(TOWN).begin().status("15:00", KR, "box_departed", **{**usual, **extra})


def came(**extra: object) -> Story:
    """That box at its arrival at 15:30."""
    return left().status("15:30", KR, "box_arrived", **extra)


@pytest.mark.parametrize(
    "fields",
    [
        {"seal": "S-2"},
        {"seal": "S-2", "box": "K-7"},
        {"seal_intact": False},
        {"seal": "S-1", "seal_intact": False},
        {"box": "K-8"},
    ],
)
def test_what_differs_at_arrival_is_told_at_once(fields: dict[str, object]) -> None:
    """Domain §4b T12 "seal/box number differs at arrival", T, OPS."""
    day = came(**fields)
    assert [f"15:30:00 opened high {K7}|"] == day.shown("T12", until="15:34")
    assert ["15:30:00 opened polsek input"] == day.told("T12", until="15:34")


@pytest.mark.parametrize(
    "fields", [{}, {"seal": "S-1"}, {"box": "K-7", "seal": "S-1", "seal_intact": True}]
)
def test_what_agrees_is_told_to_nobody(fields: dict[str, object]) -> None:
    """ADR 18 "where both sides name one"."""
    assert [] == came(**fields).told("T12", until="20:00")


def test_numbers_that_one_side_does_not_name_don_t_differ() -> None:
    """As above: nothing was said of them at departure, or the box never left."""
    day = Story(TOWN).begin().status("15:00", KR, "box_departed", escort=["A1"])
    day.status("15:30", KR, "box_arrived", box="K-8", seal="S-2")
    day.status("15:40", SR, "box_arrived", box="K-9", seal="S-3")
    assert [] == day.told("T12", until="20:00")


def test_a_broken_seal_needs_no_departure() -> None:
    """ADR 18 "`box_arrived` with `seal_intact: false`"; a box without an id is `TPS#1`."""
    day = Story(TOWN).begin().status("15:40", SR, "box_arrived", seal_intact=False)
    assert [f"15:40:00 opened high box:17.02/{SR}#1|"] == day.shown("T12", until="15:41")


@pytest.mark.parametrize(
    ("role", "fields", "ends"),
    [
        ("ptps", {"seal": "S-1"}, True),
        ("ptps", {"box": "K-7", "seal_intact": True}, True),
        ("ptps", {"seal_intact": True}, True),
        ("ptps", {}, False),
        ("ptps", {"seal": "S-1", "seal_intact": False}, False),
        ("ppk", {"seal": "S-1"}, False),
        ("polsek", {"seal": "S-1"}, False),
    ],
)
def test_a_ptps_confirms(role: str, fields: dict[str, object], *, ends: bool) -> None:
    """Domain §4b T12 "PTPS confirms"; ADR 18 "of a `ptps` whose numbers agree"."""
    day = came(seal="S-2").status("15:33", KR, "box_arrived", role=role, source="p2", **fields)
    assert ends == ("15:33:00 returned polsek input" in day.told("T12", until="15:34"))


def test_a_ptps_who_came_before_confirms_nothing() -> None:
    """ADR 18 "a later `box_arrived`"."""
    day = came(seal="S-2").status("15:20", KR, "box_arrived", "15:33", role="ptps", seal="S-1")
    assert ["15:30:00 opened polsek input"] == day.told("T12", until="15:34")


def test_another_wrong_word_makes_no_second_alert() -> None:
    """§4 "An alert is one episode of (election, rule, scope, key)"."""
    day = came(seal="S-2").status("15:31", KR, "box_arrived", source="b", seal_intact=False)
    assert ["15:30:00 opened polsek input"] == day.told("T12", until="15:34")


def test_a_person_confirms_a_seal() -> None:
    """ADR 18 "Ends with `confirm_seal` of that box"; §5 a role of operators and commanders."""
    day = came(seal="S-2").command("15:33", "confirm_seal", tps=KR, box="K-7")
    assert "15:33:00 returned polsek command" == day.told("T12", until="15:34")[-1]


def test_a_seal_is_confirmed_by_its_alert() -> None:
    """The button stands beside the alert."""
    name = next(line.alert for line in came(seal="S-2").judged().lines if line.about.rule == "T12")
    day = came(seal="S-2").command("15:31", "ack", name).command("15:33", "confirm_seal", name)
    assert "15:33:00 resolved polsek command" == day.told("T12", until="15:34")[-1]


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ({"by": "look", "tps": KR, "box": "K-7"}, "viewer may not confirm_seal"),
        ({"by": "kpu", "tps": KR, "box": "K-7"}, "liaison may not confirm_seal"),
        ({"by": "put", "tps": KR, "box": "K-7"}, "outside the actor's area"),
        ({"tps": KR}, "no box is named"),
    ],
)
def test_who_may_not_confirm_a_seal(extra: dict[str, object], why: str) -> None:
    """§5 "Outside role or area, … or with a field missing that the command needs"."""
    day = came(seal="S-2").command("15:33", "confirm_seal", **extra)
    assert [why] == day.refusals(until="15:34")
    assert ["15:30:00 opened polsek input"] == day.told("T12", until="15:34")


def test_another_box_is_confirmed() -> None:
    """ADR 18 "of that box"."""
    day = came(seal="S-2").command("15:33", "confirm_seal", tps=KR, box="K-8")
    assert ["15:30:00 opened polsek input"] == day.told("T12", until="15:34")


def test_a_mistaken_arrival_that_is_taken_back_ends() -> None:
    """§5 "An alert whose cause a status `corrects` takes back has ended"."""
    day = came(seal="S-2").status("15:33", KR, "box_arrived", seal="S-1", corrects="m3")
    assert "15:33:00 returned polsek input" == day.told("T12", until="15:34")[-1]
