"""Stories of rule T03: a TPS that has not opened in time.

Due at the opening time of the TPS, with a grace of 30, 20, 10 or 20 minutes by its class.
"""

from typing import Final

import pytest

from streams.domain.effects import Effect
from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode
from tests.support.events import correction, heartbeat, opened, postponed, status
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    deaf,
    hearing,
    journal,
    judge,
    lines_of,
    name_of,
    named,
    said,
    story,
)
from tests.support.world import EARLY, FAR2, KH, KR, SR, UNKNOWN, R, clock

Story = tuple[list[Item], list[str]]
SIX: Final = at("06:00")
FIRES: Final[dict[str, Story]] = {
    "no word of opening": ([SIX, at("07:35")], ["07:30 opened"]),
    "a message that says nothing of opening does not help": (
        [SIX, at("07:20"), heartbeat(KR), at("07:35")],
        ["07:30 opened"],
    ),
    "materials that have come do not open it": (
        [SIX, at("07:00"), status(StatusKind.LOGISTICS_RECEIVED, KR), at("07:35")],
        ["07:30 opened"],
    ),
    "opened one second after the grace": (
        [SIX, at("07:30:01"), opened(KR), at("07:35")],
        ["07:30 opened", "07:30:01 returned"],
    ),
    "opened later": (
        [SIX, at("07:41"), opened(KR), at("08:00")],
        ["07:30 opened", "07:41 returned"],
    ),
    "put off after the grace": (
        [SIX, at("07:41"), postponed(KR), at("08:00")],
        ["07:30 opened", "07:41 returned"],
    ),
    "nobody hears it, and it climbs to kpu": (
        [SIX, at("08:20")],
        ["07:30 opened", "07:45 escalated", "08:15 escalated"],
    ),
    "word of opening in time comes late": (
        [SIX, at("07:41"), said("07:25", opened(KR)), at("08:00")],
        ["07:30 opened", "07:41 resolved late"],
    ),
    "word of opening at the last moment comes late": (
        [SIX, at("07:41"), said("07:30", opened(KR)), at("08:00")],
        ["07:30 opened", "07:41 resolved late"],
    ),
    "word of opening just after the grace comes late": (
        [SIX, at("07:41"), said("07:30:01", opened(KR)), at("08:00")],
        ["07:30 opened", "07:41 returned"],
    ),
    "after its return a late word shows that it was in time": (
        [SIX, at("07:41"), opened(KR), at("07:50"), said("07:10", opened(KR)), at("08:00")],
        ["07:30 opened", "07:41 returned", "07:50 resolved late"],
    ),
    "a mistaken opening is taken back before the grace": (
        [
            SIX,
            at("07:05"),
            named("o", opened(KR)),
            at("07:10"),
            correction("o", heartbeat(KR)),
            at("07:35"),
        ],
        ["07:30 opened"],
    ),
    "a mistaken opening is taken back after the grace": (
        [
            SIX,
            at("07:05"),
            named("o", opened(KR)),
            at("07:40"),
            correction("o", heartbeat(KR)),
            at("07:50"),
        ],
        ["07:30 opened"],
    ),
    "the opening that ended it is taken back": (
        [
            SIX,
            at("07:41"),
            named("o", opened(KR)),
            at("07:50"),
            correction("o", heartbeat(KR)),
            at("07:55"),
        ],
        ["07:30 opened", "07:41 returned", "07:41 reopened"],
    ),
    "the late opening that undid it is taken back": (
        [
            SIX,
            at("07:41"),
            said("07:20", named("o", opened(KR))),
            at("07:50"),
            correction("o", heartbeat(KR)),
            at("07:55"),
        ],
        ["07:30 opened", "07:41 resolved late", "07:41 reopened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FIRES.values(), ids=FIRES)
def test_fires(items: list[Item], told: list[str]) -> None:
    """In each of these stories somebody is asked about the opening of `KR`."""
    assert told == story(*items, of="T03@KR")


HOLDS: Final[dict[str, list[Item]]] = {
    "the grace is not over": [SIX, at("07:30")],
    "opened before the hour": [SIX, at("06:50"), opened(KR), at("09:00")],
    "opened at the last moment of the grace": [SIX, at("07:30"), opened(KR), at("09:00")],
    "put off before the grace was over": [SIX, at("07:29"), postponed(KR), at("09:00")],
    "word of opening is late, but heard before anybody asks": [
        *(SIX, at("07:25"), said("07:00", opened(KR)), at("09:00")),
    ],
    "what fell due before the first record is not judged": [at("07:31"), at("09:00")],
    "intake is behind: nothing is known, nothing is told": [
        *(SIX, at("07:10"), deaf, at("09:00")),
    ],
    "intake was behind, and what it brings was in time": [
        *(SIX, at("07:10"), deaf, at("09:00"), said("07:15", opened(KR)), hearing, at("09:05")),
    ],
    "an opening that was taken back and told again": [
        *(SIX, at("07:05"), named("o", opened(KR))),
        *(at("07:10"), correction("o", said("07:08", opened(KR))), at("09:00")),
    ],
}


@pytest.mark.parametrize("items", HOLDS.values(), ids=HOLDS)
def test_holds(items: list[Item]) -> None:
    """In each of these stories nobody is bothered about the opening of `KR`."""
    assert [] == story(*items, of="T03@KR")


GRACE: Final = {KR: "07:30", R: "07:20", SR: "07:10", KH: "07:20", EARLY: "06:30", FAR2: "07:10"}


@pytest.mark.parametrize("tps", GRACE)
def test_the_grace_depends_on_class_and_hours(tps: AreaCode) -> None:
    """30, 20, 10, 20 minutes after the hour at which this TPS should open."""
    effects = judge(journal(at("05:00"), at("07:40")))
    openings = [clock(line.at) for line in lines_of(effects) if line.scope == tps]
    assert [GRACE[tps]] == openings[:1]


def test_a_minute_by_minute_boundary_for_every_class() -> None:
    """A TPS that opens at the last second is never told; one that is a second late always is."""
    for tps, due in GRACE.items():
        name = next(name_of(line) for line in lines_of(_silence()) if line.scope == tps)
        in_time = [at("05:00"), at(due), opened(tps), at("09:00")]
        too_late = [at("05:00"), at(f"{due}:01"), opened(tps), at("09:00")]
        assert [] == story(*in_time, of=name)
        assert [f"{due} opened", f"{due}:01 returned"] == story(*too_late, of=name)


def _silence() -> list[Effect]:
    return list(judge(journal(at("05:00"), at("08:00"))))


def test_only_the_most_vulnerable_goes_to_the_police_at_once() -> None:
    """sangat_rawan: high, OPS with ADM told besides; the others: medium, ADM."""
    alerts = alerts_of(judge(journal(at("05:00"), at("07:31"))))
    found = {
        name: (alert.severity, alert.ladder, alert.route)
        for name, alert in alerts.items()
        if name in ("T03@KR", "T03@R", "T03@SR", "T03@KH")
    }
    ordinary = ("medium", "ADM", ())
    assert {
        "T03@KR": ordinary,
        "T03@R": ordinary,
        "T03@KH": ordinary,
        "T03@SR": ("high", "OPS", ("ADM",)),
    } == found


def test_the_alert_says_when_it_should_have_opened() -> None:
    """The texts are filled in with local times and the name of the place, in both languages."""
    alert = alerts_of(judge(journal(SIX, at("07:31"))))["T03@KR"]
    assert "TPS 001 Air Rambai belum buka" == alert.title.id
    assert "No word of opening by 07:30; due 07:00, grace 30 minutes." == alert.summary.en
    why = {check.check: (check.value, check.threshold) for check in alert.why}
    assert ("not received", "07:30") == why["expected_by"]
    assert (30.0, None) == why["limit_minutes"]
    assert ("kurang_rawan", None) == why["class"]


def test_an_unknown_tps_is_watched_from_its_first_message() -> None:
    """It is kurang_rawan and has the election's hours (contract §2)."""
    items = [SIX, at("07:10"), heartbeat(UNKNOWN), at("07:40")]
    assert ["07:30 opened"] == story(*items, of="T03@UNKNOWN")
    assert [] == story(SIX, at("07:40"), of="T03@UNKNOWN")


def test_settled_late_it_carries_its_deadline_and_climbs_from_now() -> None:
    """Intake was deaf until 08:10: the alert opens at 07:30, and the ladder starts at 08:10."""
    items = [SIX, at("07:00"), deaf, at("08:10"), hearing, at("09:30")]
    expected = ["07:30 opened", "08:25 escalated", "08:55 escalated"]
    assert expected == story(*items, of="T03@KR")
