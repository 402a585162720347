"""Stories of two words at one moment, of reopened alerts, and of what was over in between."""

import pytest

from tests.oracle.readings import DEFAULT, Readings
from tests.oracle.stories import KR, SR, TOWN, R, Story

DESA = "17.02.09.1012"
SOURCE = "source:17.02/p"
T02 = f"T02@{KR}|bupati"


def receipts(*told: tuple[str, int]) -> Story:
    """Ballots of one contest, as they are told; 423 are right."""
    day = Story(TOWN).begin()
    for number, (clock, ballots) in enumerate(told):
        extra = {"contest": "bupati", "source": f"kpps{number}", "received": f"05:2{number}"}
        day.status(clock, KR, "logistics_received", ballots=ballots, **extra)
    return day


@pytest.mark.parametrize("told", [(423, 420), (420, 423)])
def test_of_two_receipts_at_one_moment_the_wrong_one_counts(told: tuple[int, int]) -> None:
    """ADR 18 "of two at one moment the one by which the rule holds", whatever their ids."""
    day = receipts(*(("05:20", ballots) for ballots in told))
    assert "opened kpps input" == day.told("T02", until="05:25")[-1][9:]


def test_of_two_words_at_one_moment_the_early_closing_counts() -> None:
    """As above, of T04."""
    day = Story(TOWN).begin().status("11:00", KR, "closed").status("11:00", KR, "resumed")
    assert ["11:00:00 opened ppk input"] == day.told("T04", until="11:01")


@pytest.mark.parametrize(("clock", "ends"), [("15:30", False), ("15:30:01", True)])
def test_a_seal_is_confirmed_after_its_arrival(clock: str, *, ends: bool) -> None:
    """As above, of T12: by a person, or by a `ptps`."""
    day = Story(TOWN).begin().status("15:00", KR, "box_departed", seal="S-1", escort=["A1"])
    day.status("15:30", KR, "box_arrived", seal="S-2")
    seal = day.command(clock, "confirm_seal", by="chief", box=f"{KR}#1")
    assert ends is ("returned" in seal.told("T12", until="15:31")[-1])
    seal.lines.pop()
    seal.status(clock, KR, "box_arrived", seal="S-1", source="ptps", role="ptps")
    assert ends is ("returned" in seal.told("T12", until="15:31")[-1])


@pytest.mark.parametrize(
    ("first", "then", "line"),
    [(420, 300, "raised ppk input"), (300, 420, "lowered ppk input"), (420, 421, "")],
)
def test_what_begins_under_a_reopened_alert_sets_its_severity(
    first: int, then: int, line: str
) -> None:
    """§5 "severity rises", "falls": in any open state, whoever has opened it."""
    day = receipts(("05:20", first), ("05:21", 423)).command("05:22", "reopen", T02)
    day.status("05:23", KR, "logistics_received", ballots=then, contest="bupati")
    told = day.told("T02", until="05:24")
    assert "reopened" in told[2]
    assert [f"05:23:00 {line}"] * bool(line) == told[3:]


def test_an_alert_is_named_without_its_key() -> None:
    """§7 "`RULE@SCOPE` …: the newest open alert of it", of whatever key."""
    day = receipts(("05:20", 420)).status("05:21", KR, "logistics_received", ballots=420)
    day.command("05:22", "ack", f"T02@{KR}").command("05:23", "ack", f"T02@{KR}|bupati")
    shown = [line for line in day.shown("T02", until="05:24") if "acknowledged" in line]
    assert [
        f"05:22:00 acknowledged medium {KR}|",
        f"05:23:00 acknowledged medium {KR}|bupati",
    ] == shown


def test_a_ladder_counts_from_where_its_line_had_to_stand() -> None:
    """§4 "never before the alert's last line; ladders count from `now` then": from that line."""
    day = receipts(("05:20", 420))
    day.status("05:23", KR, "logistics_received", ballots=423, contest="bupati", received="05:22")
    day.status(
        "05:24", KR, "logistics_received", ballots=300, contest="bupati", received="05:22:30"
    )
    told = day.told("T02", until="05:40")
    assert ["05:24:00 reopened ppk input", "05:29:00 escalated kpu deadline"] == told[2:]


@pytest.mark.parametrize(("only", "told"), [(False, "acknowledged"), (True, "escalated")])
def test_of_two_records_at_one_moment(told: str, *, only: bool) -> None:
    """ADR 6 "A record received at that very moment is judged first": all of them, or the first."""
    readings = Readings(only_the_first_goes_before=only)
    day = Story(TOWN, readings).begin().status("05:20", KR, "logistics_received", ballots=1)
    day.report("05:25", "KES-02", tps=R).command("05:25", "ack", f"T02@{KR}")
    assert f"05:25:00 {told}" == " ".join(day.told("T02", until="05:26")[1].split()[:2])
    assert not DEFAULT.only_the_first_goes_before


def flood(*later: str) -> Story:
    """Ten reports of one source, further ones, and an eleventh of the ten minutes that is late."""
    day = Story(TOWN).begin()
    for clock in (*(f"10:0{n}" for n in range(10)), *later):
        day.report(clock, "KES-02", tps=KR, source="p")
    return day.report("10:09:30", "KES-02", "10:50", tps=KR, source="p", channel="sms")


@pytest.mark.parametrize(
    ("later", "opens"), [((), False), (("10:45",), False), (("10:38", "10:45"), True)]
)
def test_a_flood_that_was_over_is_not_begun_by_a_late_report(
    later: tuple[str, ...], *, opens: bool
) -> None:
    """W14 ends 30 minutes after its last report: what comes after that is none of it."""
    assert int(opens) == len(flood(*later).told("W14", SOURCE, until="10:51"))


def test_trouble_that_was_taken_back_before_it_came_is_no_report() -> None:
    """ADR 18 "what is taken back by `corrects` was never said", also of the first report."""
    day = Story(TOWN).begin().status("10:00", SR, "heartbeat", corrects="u1")
    day.status("10:00", SR, "heartbeat", "10:01", situation="gangguan", id="u1")
    assert [] == day.told("W05")


def test_what_is_taken_back_long_after_was_not_what_it_rested_on() -> None:
    """§5 "An alert whose cause a status `corrects` takes back": the first word is enough."""
    day = Story(TOWN).begin().report("08:00", "UMM-01", desa=DESA, role="linmas")
    day.report("10:00", "UMM-01", desa=DESA, role="anonim")
    trouble = {"role": "anonim", "source": "w", "situation": "gangguan"}
    day.status("10:10", R, "heartbeat", **trouble)
    day.status("10:20", R, "heartbeat", source="w", role="anonim", corrects="m4")
    assert ["08:00:00 opened tps input"] == day.told("W15", DESA, until="10:30")
    alone = Story(TOWN).begin().report("10:00", "UMM-01", desa=DESA, role="anonim")
    alone.status("10:10", R, "heartbeat", **trouble)
    alone.status("10:20", R, "heartbeat", source="w", role="anonim", corrects="m3")
    told = alone.told("W15", DESA, until="10:30")
    assert ["10:10:00 opened tps input", "10:20:00 returned tps input"] == told
