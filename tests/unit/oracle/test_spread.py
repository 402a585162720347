"""Stories of W06: the same trouble in several desa."""

import pytest

from tests.oracle.stories import DISTRICT, Story

ONE, TWO, THREE, FOUR = (f"16.10.16.200{n}" for n in range(1, 5))
FAR_ONE, FAR_TWO, FAR_THREE = (f"16.10.15.200{n}" for n in range(5, 8))


def burning(*desas: str, category: str = "LOG-03", step: int = 5) -> Story:
    """The same trouble in some desa, from 09:00 on."""
    day = Story(DISTRICT).begin()
    for number, desa in enumerate(desas):
        minute = number * step
        clock = f"{9 + minute // 60:02d}:{minute % 60:02d}"
        day.report(clock, category, desa=desa, role="ptps", source=f"s{number}")
    return day


def changes(day: Story, rule: str, scope: str, until: str) -> list[str]:
    """When an alert changed, and how."""
    return [" ".join(line.split()[:2]) for line in day.told(rule, scope, until=until)]


def test_three_desa_of_a_kecamatan() -> None:
    """Domain §4b W06 "≥3 desa of a kecamatan …", T, OPS from L2; the children call nobody."""
    day = burning(ONE, TWO, THREE)
    assert ["09:10:00 opened high 16.10.16|LOG-03"] == day.shown("W06", until="09:11")
    assert ["09:10:00 opened polres_ops input"] == day.told("W06", until="09:11")
    assert ["09:00:00 opened", "09:05:00 escalated", "09:10:00 inhibited"] == changes(
        day, "W15", ONE, "09:30"
    )
    assert ["09:10:00 opened", "09:10:00 inhibited"] == changes(day, "W15", THREE, "09:30")


@pytest.mark.parametrize(("step", "opens"), [(30, True), (31, False)])
def test_within_an_hour(step: int, *, opens: bool) -> None:
    """As above, "in 60 min"."""
    assert opens == bool(burning(ONE, TWO, THREE, step=step).told("W06"))


def test_three_that_are_neighbours() -> None:
    """ADR 18 "or three connected by `adjacency.csv`", called by the lowest desa."""
    day = burning(THREE, FAR_ONE, FAR_TWO)
    assert ["09:10:00 opened high 16.10.15|LOG-03"] == day.shown("W06", until="09:11")
    assert [] == burning(FOUR, FAR_ONE, FAR_TWO).told("W06")


def test_other_trouble_is_another_matter() -> None:
    """As above, "same code": W04 takes two together, and is a code itself."""
    day = burning(ONE, TWO).report("09:10", "LOG-04", desa=THREE, role="ptps")
    assert [] == day.told("W06")
    day = Story(DISTRICT).begin()
    for number, desa in enumerate((ONE, TWO, THREE)):
        for source in "ab":
            category = f"INT-0{1 + number % 2}"
            day.report("09:00", category, desa=desa, role="ptps", source=f"{source}{number}")
    assert ["09:00:00 opened high 16.10.16|W04"] == day.shown("W06", until="09:01")


def test_it_takes_in_whatever_burns() -> None:
    """ADR 18 "whenever it opened", and what begins while it holds."""
    day = Story(DISTRICT).begin().report("08:00", "LOG-03", desa=FOUR, role="ptps", source="s")
    day.lines += burning(ONE, TWO, THREE, step=30).lines[1:]
    assert "10:00:00 inhibited" == changes(day, "W15", FOUR, "10:30")[-1]
    day.report("10:20", "LOG-03", desa=FAR_ONE, role="ptps", source="more")
    assert ["10:20:00 opened", "10:20:00 inhibited"] == changes(day, "W15", FAR_ONE, "10:30")


def test_five_desa_or_a_critical_child_raise_it() -> None:
    """Domain §4b "T→K"; ADR 18 "5 desa or a critical child raise it"."""
    day = burning(ONE, TWO, THREE, FOUR, FAR_ONE)
    assert "09:20:00 raised critical 16.10.16|LOG-03" in day.shown("W06", until="09:21")
    day = burning(ONE, TWO, THREE, category="BEN-01")
    assert ["09:10:00 opened critical 16.10.16|BEN-01"] == day.shown("W06", until="09:11")


def test_it_ends_when_no_child_is_left() -> None:
    """ADR 18 "Ends when no child of it is left open"."""
    day = burning(ONE, TWO, THREE)
    for minute, desa in enumerate((ONE, TWO, THREE)):
        day.command(f"09:2{minute}", "resolve", f"W15@{desa}|LOG-03")
    assert "09:22:00 returned" == changes(day, "W06", "16.10.16", "09:23")[-1]


def test_a_person_who_closes_it_lets_the_children_go() -> None:
    """ADR 18 "A parent *holds* while its alert is open"; acking it leaves them."""
    day = burning(ONE, TWO, THREE).command("09:15", "ack", "W06@16.10.16|LOG-03")
    assert "09:10:00 inhibited" == changes(day, "W15", ONE, "09:20")[-1]
    day.command("09:20", "resolve", "W06@16.10.16|LOG-03")
    assert ["09:20:00 uninhibited"] == changes(day, "W15", ONE, "09:31")[3:]


def test_who_had_acknowledged_need_not_do_it_again() -> None:
    """ADR 18 "Afterwards an alert is what it was before"; one alert that ended is no child."""
    day = burning(ONE, TWO).command("09:06", "ack", f"W15@{ONE}|LOG-03")
    day.report("09:10", "LOG-03", desa=THREE, role="ptps", source="third")
    day.command("09:20", "resolve", "W06@16.10.16|LOG-03")
    last = [line for line in day.judged("09:21").lines if line.about.scope == ONE][-1]
    assert ("uninhibited", "acknowledged") == (last.change, last.state)
