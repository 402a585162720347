"""What is left of a report that was rejected, and how it comes back."""

from typing import Final

from streams.domain.effects import DecidedBy, TriageStatus
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from tests.support.desk import (
    MINE,
    RIOT,
    after,
    confirm_report,
    effects_of,
    last_of,
    place_report,
    reject_report,
    told,
    tracking,
    weighed,
)
from tests.support.events import (
    all_well,
    correction,
    heartbeat,
    report,
)
from tests.support.station import unrest
from tests.support.stories import (
    Item,
    at,
    named,
    replies_of,
    triage_of,
)
from tests.support.world import (
    DESA,
    KR,
    KR2,
    SR,
)

NINE: Final = at("09:00")
TEN: Final = at("09:10")


def test_a_rejected_report_is_evidence_of_nothing() -> None:
    """Two others are not three: the alert ends as by a correction, and by that command."""
    three: list[Item] = [NINE, RIOT, *(report("KAM-01", KR, by) for by in ("b", "c"))]
    effects = effects_of(*three, TEN, named("c1", reject_report(MINE)))
    assert [
        "W01@DESA|KAM-01 opened 0:4",
        "W01@DESA|KAM-01 escalated deadline",
        "W01@DESA|KAM-01 escalated deadline",
        "W01@DESA|KAM-01 returned command:c1",
    ] == told(effects)
    standing = last_of(effects, "r1")
    assert (TriageStatus.REJECTED, "rejected", DecidedBy.PERSON, None) == (
        standing.status,
        standing.why,
        standing.by,
        standing.alert,
    )
    assert [] == weighed(after(*three, reject_report(MINE)), "r1")


def test_an_alert_that_rests_on_others_too_goes_on() -> None:
    """Three of four are enough."""
    four: list[Item] = [NINE, RIOT, *(report("KAM-01", KR, by) for by in ("b", "c", "d"))]
    assert ["W01@DESA|KAM-01 opened 0:4"] == told(effects_of(*four, reject_report(MINE)))


def test_what_was_rejected_by_mistake_can_be_brought_back() -> None:
    """Placed or confirmed again, with all that it said; the alert is the same one."""
    three: list[Item] = [NINE, RIOT, *(report("KAM-01", KR, by) for by in ("b", "c"))]
    for again in (place_report(MINE, KR), confirm_report(MINE)):
        effects = effects_of(*three, reject_report(MINE), TEN, again)
        assert ["opened", "returned", "reopened"] == [one.split()[1] for one in told(effects)]
        assert ["r1 rejected: rejected", "r1 confirmed: W01"] == triage_of(effects)[-2:]


def test_what_was_decided_long_ago_keeps_no_more_than_how_it_stands() -> None:
    """After three hours it cannot be brought back, only rejected."""
    three: list[Item] = [NINE, RIOT, *(report("KAM-01", KR, by) for by in ("b", "c"))]
    state = after(*three, at("11:59"))
    [row] = [row for key, row in state.waiting.items() if key[1] == MINE]
    assert row.report is not None
    state = after(*three, at("12:01"))
    [row] = [row for key, row in state.waiting.items() if key[1] == MINE]
    assert (None, TriageStatus.CONFIRMED, "w1") == (row.report, row.status, row.evidence.source)
    late = [*three, at("12:01"), reject_report(MINE), place_report(MINE, KR)]
    assert [
        "done",
        f"the report {MINE} was rejected more than 3 hours ago and is not kept",
    ] == replies_of(effects_of(*late))


def test_what_was_counted_of_a_desa_goes_with_the_report() -> None:
    """Five voices and one that belongs elsewhere are no surge with a sixth."""
    five: list[Item] = [NINE, *(report("", DESA, f"m{number}") for number in range(4))]
    five.append(named("r1", report("", DESA, "w1")))
    moved = [*five, place_report(MINE, KR2), report("", DESA, "m4")]
    assert ["W05@DESA"] == [one.split()[0] for one in told(effects_of(*five, moved[-1]))]
    assert [] == told(effects_of(*moved))
    rejected = [*five, reject_report(MINE), report("", DESA, "m4")]
    assert [] == told(effects_of(*rejected))


def test_a_flood_stays_one_whatever_is_rejected() -> None:
    """What was rejected was sent all the same: it does not give its source its weight back."""
    eleven: list[Item] = [
        NINE,
        *(named(f"r{n}", report("INF-02", KR, "w1", text=f"kabar {n}")) for n in range(11)),
    ]
    rejected = [reject_report(tracking("w1", f"r{n}")) for n in range(5)]
    effects = effects_of(*eleven, *rejected, at("09:05"))
    assert ["W14@source:w1 opened 0:12"] == told(effects)


def test_a_denied_report_that_is_rejected_contradicts_nobody() -> None:
    """The officer was right."""
    crowd = [named(f"r{n}", report("KAM-09", KR, f"w{n}")) for n in range(1, 4)]
    calm = all_well(report("", KR, "A1", Role.POLSEK, text="aman"))
    effects = effects_of(NINE, *crowd, calm, at("09:01"), named("c1", reject_report(MINE)))
    disputed = [one.split()[1:] for one in told(effects) if one.startswith("W07")]
    assert [["opened", "0:5"], ["returned", "command:c1"]] == disputed


def test_a_rumour_is_told_by_so_many_as_are_left() -> None:
    """Of five who copy it one is rejected before it is told; the sixth makes it five."""
    text = "Katanya surat suara sudah tercoblos semua di kantor desa, sebarkan"
    places = (DESA, DESA, KR2, KR2)
    four = [
        named(f"r{n}", report("INF-02", place, f"w{n}", text=text))
        for n, place in enumerate(places, start=1)
    ]
    fifth, sixth = (
        named(f"r{n}", report("INF-02", AreaCode("17.02.11.2001"), f"w{n}", text=text))
        for n in (5, 6)
    )
    fewer = effects_of(NINE, *four, reject_report(MINE), fifth)
    assert [] == told(fewer)
    enough = effects_of(NINE, *four, reject_report(MINE), fifth, sixth)
    assert "r1 rejected: rejected" == next(
        one for one in triage_of(enough)[::-1] if one.startswith("r1")
    )
    assert ["opened"] == [one.split()[1] for one in told(enough)]


def test_what_its_sender_takes_back_is_rejected_for_good() -> None:
    """Also where a person has placed it somewhere else, and nobody can bring it back."""
    start: list[Item] = [NINE, named("u1", unrest(KR)), place_report(tracking("kpps", "u1"), SR)]
    back: list[Item] = [TEN, correction("u1", heartbeat(KR))]
    effects = effects_of(*start, *back, confirm_report(tracking("kpps", "u1")))
    assert ["u1 confirmed: W15", "u1 rejected: taken_back"] == triage_of(effects)[-2:]
    assert DecidedBy.RULE is last_of(effects, "u1").by
    assert (
        f"the sender of report {tracking('kpps', 'u1')} has taken it back"
        == (replies_of(effects)[-1])
    )
    assert [] == weighed(after(*start, *back), "u1")


def test_a_correction_of_what_was_no_report_changes_nothing_here() -> None:
    """Most corrections are of stages."""
    day = [NINE, named("h1", heartbeat(KR)), correction("h1", heartbeat(KR))]
    assert [] == triage_of(effects_of(*day))
