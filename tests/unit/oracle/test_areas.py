"""Stories of X03, X06 and X07: colours, grounds for another poll, and who is on duty."""

import pytest

from tests.oracle.roster_rule import is_on_duty
from tests.oracle.stories import DISTRICT, KR, SR, TINY, Story, ms

KEC, KAB = "17.02.09", "17.02"
FAR = "17.02.07"
OPEN = "16.10.16.2001-001"


def fires(*clocks: str, tps: str = KR) -> Story:
    """Arson at some times, each of another category, so that each is an alert."""
    day = Story(TINY).begin()
    for category, clock in zip(("KAM-05", "KAM-02", "KAM-03"), clocks, strict=False):
        day.report(clock, category, tps=tps, role="ptps")
    return day


def test_one_critical_alert_makes_an_area_yellow_and_two_red() -> None:
    """Domain §4b X03 "hijau→kuning: 1 K …; kuning→merah: 2 K", of kecamatan and kabupaten."""
    day = fires("09:00", "09:10")
    for area in (KEC, KAB):
        shown = [line for line in day.shown("X03", area, until="09:11") if "esc" not in line]
        assert [f"09:00:00 opened high {area}|", f"09:10:00 raised critical {area}|"] == shown
    assert [] == day.told("X03", FAR)


@pytest.mark.parametrize(("last", "opens"), [("10:00", True), ("10:01", False)])
def test_three_grave_ones_within_an_hour(last: str, *, opens: bool) -> None:
    """Domain §4b X03 "or 3 T in 60 min"."""
    day = Story(TINY).begin()
    for clock, category in (("09:00", "LOG-03"), ("09:30", "PRO-02"), (last, "HIT-01")):
        day.report(clock, category, tps=KR, role="ptps")
    assert opens == bool(day.told("X03", KEC))


def test_what_is_restricted_makes_no_colour() -> None:
    """ADR 18 "a colour that people see must not tell what they may not"."""
    day = Story(TINY).begin()
    for number in range(3):
        day.report("09:00", "NET-01", tps=KR, subject={"officer": f"A{number}"})
    assert [] == day.told("X03")


def order(day: Story, clock: str, colour: str, area: str = KEC, by: str = "chief") -> Story:
    """An order for the colour of an area."""
    return day.command(clock, "set_situation", by=by, area=area, situation=colour)


def test_an_order_up_does_the_same() -> None:
    """ADR 18 "A commander's order up (`set_situation`) does the same as the alerts"."""
    day = order(order(Story(TINY).begin(), "09:00", "kuning"), "09:01", "merah")
    shown = day.shown("X03", until="09:02")
    assert [f"09:00:00 opened high {KEC}|", f"09:01:00 raised critical {KEC}|"] == shown


@pytest.mark.parametrize(
    ("clock", "colour", "why"),
    [
        ("09:54", "hijau", "not calm for long enough"),
        ("09:55", "hijau", ""),
        ("09:30", "kuning", f"{KEC} is kuning already"),
    ],
)
def test_down_needs_calm_and_a_commander(clock: str, colour: str, why: str) -> None:
    """Domain §4b X03 "down needs 45 min calm **and** a commander": since the last fire ended."""
    day = fires("09:00").command("09:10", "resolve", f"W01@{KR[:13]}|KAM-05", by="chief")
    order(day, clock, colour)
    assert ([why] if why else []) == day.refusals()
    assert (why == "") == ("returned" in day.told("X03", KEC, until="10:00")[-1])


def test_one_colour_an_order() -> None:
    """Contract §5 "down: one colour an order"; `lowered` is the order to kuning."""
    day = order(Story(TINY).begin(), "09:00", "merah")
    order(order(order(day, "10:00", "hijau"), "10:01", "kuning"), "10:02", "hijau")
    assert ["down: one colour an order"] == day.refusals()
    changes = [line.split()[1] for line in day.told("X03", KEC, until="10:03")]
    assert ["lowered", "returned"] == changes[-2:]


def test_who_may_not_order_and_where() -> None:
    """Contract §5: a commander, of a kecamatan or kabupaten in his area."""
    day = order(Story(TINY).begin(), "09:00", "merah", by="ops")
    order(order(day, "09:01", "merah", area="17.02.09.1012"), "09:02", "merah", area="17.03")
    assert 3 == len(day.refusals())


def test_what_was_counted_before_an_order_counts_no_more() -> None:
    """ADR 18 "of what was counted before an order down nothing counts for a rise after it"."""
    day = Story(TINY).begin()
    for clock, category in (("09:00", "LOG-03"), ("09:01", "PRO-02"), ("09:02", "HIT-01")):
        day.report(clock, category, tps=KR, role="ptps")
    order(day, "09:50", "hijau").report("09:55", "NET-03", tps=KR, role="ptps")
    assert "09:50:00 returned" == " ".join(day.told("X03", KEC, until="10:00")[-1].split()[:2])


@pytest.mark.parametrize(
    ("category", "ground"),
    [("PID-02", "ganda"), ("PID-03", "tercoblos"), ("LOG-04", "kotak"), ("PRO-03", "prosedur")],
)
def test_reports_that_are_grounds(category: str, ground: str) -> None:
    """Domain §4b X06 "facts matching a PSU ground", T, GAK."""
    day = Story(TINY).begin().report("09:00", category, tps=KR, role="ptps")
    assert [f"09:00:00 opened high {KR}|{ground}"] == day.shown("X06", until="09:01")
    assert ["09:00:00 opened panwascam input"] == day.told("X06", until="09:01")


def test_an_alert_of_a_desa_is_about_each_tps_it_names() -> None:
    """ADR 18, of W15: two TPS that are not enough alone."""
    day = Story(TINY).begin().report("09:00", "PRO-03", tps=KR, role="warga")
    day.report("09:01", "PRO-03", tps="17.02.09.1012-002", role="warga")
    scopes = {line.rpartition(" ")[2] for line in day.shown("X06", until="09:02")}
    assert {f"{KR}|prosedur", "17.02.09.1012-002|prosedur"} == scopes
    day.report("09:03", "PRO-03", tps="17.02.09.1012-009", role="warga")
    assert 3 == len(day.shown("X06", until="09:04"))


def test_a_broken_seal_is_a_ground() -> None:
    """ADR 18 "`kotak` T12"."""
    day = Story(TINY).begin().status("16:00", KR, "box_departed", escort=["A1"])
    day.status("16:10", KR, "box_arrived", seal_intact=False)
    assert [f"16:10:00 opened high {KR}|kotak"] == day.shown("X06", until="16:11")


def test_voting_that_stopped_while_there_was_trouble() -> None:
    """ADR 18 "`gangguan` T06 while a W01 or W13 of its desa is open", in either order."""
    day = Story(TINY).begin().status("08:00", SR, "suspended")
    day.report("08:20", "KAM-05", tps=SR, role="ptps")
    assert [f"08:20:00 opened high {SR}|gangguan"] == day.shown("X06", until="08:21")
    day = Story(TINY).begin().report("08:00", "BEN-01", tps=SR, role="ptps")
    day.status("08:20", SR, "suspended")
    assert [f"08:25:00 opened high {SR}|gangguan"] == day.shown("X06", until="08:26")


def test_only_a_person_ends_a_ground() -> None:
    """ADR 18 "Ends by a person who says what Bawaslu decided"; what caused it may be over."""
    day = Story(TINY).begin().report("09:00", "PID-02", tps=KR, role="ptps")
    day.command("09:10", "close_case", f"W09@{KR}", by="chief", reason="1/LP")
    assert 1 == len([line for line in day.told("X06", until="09:11") if "esc" not in line])
    day.command("09:20", "close_case", f"X06@{KR}", by="chief", reason="tidak PSU")
    assert "09:20:00 resolved" == " ".join(day.told("X06", until="09:30")[-1].split()[:2])


def act(clock: str, who: str, verb: str = "ack") -> Story:
    """Somebody acts on an alert of the district."""
    day = Story(DISTRICT).begin().report("09:00", "KAM-04", tps=OPEN, role="ptps")
    return day.command(clock, verb, f"W01@{OPEN[:13]}", by=who)


@pytest.mark.parametrize(
    ("who", "clock", "opens"),
    [
        ("off", "09:05", True),
        ("day", "13:59", False),
        ("day", "14:00", True),
        ("night", "09:05", True),
        ("night", "20:00", False),
        ("ops", "09:05", False),
    ],
)
def test_who_acts_off_duty_is_told_of(who: str, clock: str, *, opens: bool) -> None:
    """Domain §4b X07 "order/ack from a person off duty roster", S, OPS from L2; the act counts."""
    told = act(clock, who).told("X07", until=clock)
    assert ([f"{clock}:00 opened polres_ops command"] if opens else []) == told


def test_what_was_refused_or_noted_is_no_act() -> None:
    """ADR 18 "any command that was done, but `note`"."""
    assert [] == act("09:05", "off", "unack").told("X07")
    assert [] == act("09:05", "off", "note").told("X07")


def test_it_ends_when_he_acts_on_duty() -> None:
    """ADR 18, as it says."""
    day = act("09:05", "night").command("20:30", "unack", f"W01@{OPEN[:13]}", by="night")
    assert "20:30:00 returned" == " ".join(day.told("X07", until="20:31")[-1].split()[:2])


def test_after_a_person_has_closed_it_the_next_act_is_a_new_one() -> None:
    """ADR 18, as it says."""
    day = act("09:05", "off").command("09:10", "resolve", "X07@officer:16.10/off", by="chief")
    day.command("10:30", "unack", f"W01@{OPEN[:13]}", by="off")
    assert "10:30:00 opened polres_ops command" == day.told("X07", until="10:30")[-1]


@pytest.mark.parametrize(
    ("clock", "duty"), [("21:59", False), ("22:00", True), ("05:59", True), ("06:00", False)]
)
def test_a_shift_may_go_over_midnight(clock: str, *, duty: bool) -> None:
    """Contract §6 "`shift_start,shift_end` (HH:MM local)"."""
    assert duty == is_on_duty((True, "22:00", "06:00"), ms(clock), 7)
    assert not is_on_duty((False, "22:00", "06:00"), ms(clock), 7)
