"""Stories of X01 and of the T07 that it inhibits."""

import pytest

from tests.oracle.stories import DISTRICT, Story

KECAMATAN = "16.10.16"
CODES = [code for code in sorted(DISTRICT.tps) if code.startswith(KECAMATAN)]


def opened(count: int, talking: int = 0, until: str = "10:00") -> Story:
    """So many TPS that open at 07:00; some of them say something every ten minutes."""
    day = Story(DISTRICT).begin()
    for tps in CODES[:count]:
        day.status("07:00", tps, "opened")
    for minute in range(10, 180, 10):
        clock = f"{7 + minute // 60:02d}:{minute % 60:02d}"
        for tps in CODES[count - talking : count]:
            if clock < until:
                day.status(clock, tps, "heartbeat")
    return day


@pytest.mark.parametrize(
    ("count", "talking", "opens"),
    [(5, 0, True), (4, 0, False), (16, 11, True), (17, 12, False), (20, 14, True)],
)
def test_many_that_are_quiet(count: int, talking: int, *, opens: bool) -> None:
    """Domain §4b X01 "≥30 % of a kecamatan's TPS quiet 15 min and ≥5", T, OPS."""
    told = opened(count, talking).told("X01", KECAMATAN, until="07:16")
    assert (["07:15:00 opened polsek deadline"] if opens else []) == told


@pytest.mark.parametrize("kind", ["closed", "suspended", "postponed"])
def test_only_who_votes_is_waited_for(kind: str) -> None:
    """ADR 18 "open for voting at that moment"."""
    assert [] == opened(5).status("07:10", CODES[0], kind).told("X01", until="08:00")


def test_who_votes_again_is_waited_for() -> None:
    """ADR 18 "or `resumed` after a suspension": then the quarter of an hour begins."""
    day = opened(5).status("07:10", CODES[0], "suspended").status("07:20", CODES[0], "resumed")
    assert ["07:35:00 opened polsek deadline"] == day.told("X01", until="07:36")


def test_it_ends_by_the_message_that_makes_it_few() -> None:
    """Domain §4b X01 "<10 %": of ten TPS the tenth message, for one of ten is 10 %."""
    day = opened(10)
    for number, tps in enumerate(CODES[:10]):
        day.status(f"07:2{number}", tps, "heartbeat")
    assert "07:29:00 returned" == day.told("X01", until="07:30")[-1][:17]


def test_a_late_message_says_that_it_never_was() -> None:
    """Contract §4 "whose `at` is at or before D re-judges"."""
    day = opened(5).status("07:14", CODES[0], "heartbeat", "07:20")
    told = day.told("X01", until="07:21")
    assert ["07:15:00 opened polsek deadline", "07:20:00 resolved polres_ops late"] == [
        told[0],
        told[-1],
    ]


def test_more_that_was_quiet_earlier_is_the_same_silence() -> None:
    """A late `closed` of one that talked makes the share larger from then on, and no new alert."""
    day = opened(17, talking=11, until="07:36").status("07:10", CODES[5], "heartbeat")
    day.lines.sort(key=lambda line: line.partition('"received_at": ')[2][:27])
    told = ["07:25:00 opened polsek deadline", "07:28:45 escalated polres_ops deadline"]
    assert told == day.told("X01", until="07:36")
    assert told == day.status("07:10", CODES[16], "closed", "07:35").told("X01", until="07:36")


def test_silences_of_its_tps_call_nobody() -> None:
    """ADR 18 "Inhibits T07 of the TPS of that kecamatan": opened, then inhibited, then let go."""
    day = opened(5, until="07:00")
    told = day.told("T07", CODES[4], until="08:45")
    assert ["08:30:00 opened", "08:30:00 inhibited"] == [line.rpartition(" t")[0] for line in told]
    for number, tps in enumerate(CODES[:4]):
        day.status(f"08:4{number}", tps, "heartbeat")
    day.command("08:50", "resolve", f"X01@{KECAMATAN}")
    told = day.told("T07", CODES[4], until="09:06")
    assert "08:50:00 uninhibited tps command" == told[2]
    assert "09:05:00 escalated polsek deadline" == told[3]


def test_what_has_become_worse_is_told_afterwards() -> None:
    """ADR 18 "is told (`raised`) after `uninhibited`": twice 90 minutes."""
    day = opened(5).command("10:10", "resolve", f"X01@{KECAMATAN}")
    shown = day.shown("T07", CODES[4], until="10:11")
    assert ["10:10:00 uninhibited medium", "10:10:00 raised high"] == [
        line.rpartition(" ")[0] for line in shown[2:]
    ]


def test_a_message_resolves_what_is_inhibited() -> None:
    """Contract §5 "Inhibited and condition ends → `resolved`"."""
    day = opened(7).status("08:40", CODES[5], "heartbeat")
    assert "08:40:00 resolved tps input" == day.told("T07", CODES[5], until="08:41")[-1]


def test_persons_and_inhibited_alerts() -> None:
    """Contract §5 "`ack` and `escalate` of shelved or inhibited are refused"; shelving is not."""
    day, named = opened(5), f"T07@{CODES[4]}"
    for verb in ("ack", "escalate", "unack"):
        day.command("08:40", verb, named)
    day.command("08:41", "shelve", named, until="08:50")
    assert ["ack of inhibited", "escalate of inhibited", "unack of inhibited"] == day.refusals()
    told = [line.split()[:2] for line in day.told("T07", CODES[4], until="08:51")]
    assert [
        ["08:41:00", "shelved"],
        ["08:50:00", "unshelved"],
        ["08:50:00", "inhibited"],
    ] == told[2:]
