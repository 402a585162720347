"""Many alerts of one kecamatan at once: told together, none of them lost."""

from typing import Final

from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.ids import AreaCode
from streams.domain.notice import Notice, NoticeKind
from streams.domain.times import SECOND_MS
from streams.domain.words import Role
from tests.support.events import report
from tests.support.notices import everybody, notices, world_with
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, at, journal, judge, only
from tests.support.world import KR, R2, every_rule

CATEGORIES: Final = (
    *("KAM-11", "INT-03", "PID-04", "NET-02", "NET-03", "LOG-01", "LOG-02", "LOG-03"),
    *("PRO-01", "PRO-02", "HIT-01", "HIT-03", "INF-01", "UMM-01"),
)
"""Each makes one alert; six reports and more are a surge (W05), which is one more."""
WORLD: Final = world_with(*everybody(), pack=every_rule())


def reports(count: int, place: AreaCode = KR) -> tuple[Item, ...]:
    """Let a supervisor report so many different things, each enough for an alert."""
    return tuple(report(one, place, by=one, role=Role.PTPS) for one in CATEGORIES[:count])


def of_kind(found: list[Notice], *, rolled_up: bool) -> list[Notice]:
    """Return the notices that are roll-ups, or those that are not."""
    return [one for one in found if (one.kind is NoticeKind.ROLL_UP) == rolled_up]


def test_ten_are_told_one_by_one() -> None:
    """As many as a person can read."""
    found = notices(at("09:00"), *reports(9), at("09:05"), world=WORLD)
    assert [] == of_kind(found, rolled_up=True)


def test_from_the_eleventh_on_they_are_told_together() -> None:
    """One notice a destination, after half a minute, with all of them in it."""
    found = notices(at("09:00"), *reports(14), at("09:02"), world=WORLD)
    together = of_kind(found, rolled_up=True)
    assert together
    assert len(together) == len({str(one.destination) for one in together})
    rolled = [one.rolled_up for one in together if one.rolled_up is not None]
    assert {"17.02.09"} == {one.kecamatan for one in rolled}
    assert {11} == {one.opened for one in rolled}
    waited = {one.at - up.since for one, up in zip(together, rolled, strict=True)}
    assert max(waited) <= 30 * SECOND_MS


def test_nothing_is_dropped() -> None:
    """Every alert that opened is told, in one way or the other."""
    effects = judge(journal(at("09:00"), *reports(14), at("09:02")), WORLD)
    opened = {one.alert for one in only(effects, Line) if one.change is Change.OPENED}
    told = {t.alert.id for one in only(effects, Notice) for t in one.tellings}
    rolled = (one.rolled_up for one in only(effects, Notice))
    told |= {alert for one in rolled if one is not None for alert in one.alerts}
    assert opened == told


def test_a_critical_alert_waits_for_nobody() -> None:
    """A box that is taken in the middle of a storm is told at once."""
    taken = report("KAM-04", KR, by="p", role=Role.PTPS)
    found = notices(at("09:00"), *reports(14), at("09:01"), taken, world=WORLD)
    told = [t for one in of_kind(found, rolled_up=False) for t in one.tellings]
    assert [t.alert.rule for t in told if t.alert.rule == "W01"]


def test_a_storm_is_a_matter_of_its_kecamatan() -> None:
    """What happens elsewhere is told as ever."""
    quiet = report("LOG-04", R2, by="p", role=Role.PTPS)
    found = notices(at("09:00"), *reports(14), at("09:01"), quiet, at("09:02"), world=WORLD)
    elsewhere = [
        one.kind for one in found for t in one.tellings if t.alert.place.startswith("17.02.11")
    ]
    assert elsewhere
    assert NoticeKind.ROLL_UP not in elsewhere


def test_after_the_storm_alerts_are_told_one_by_one_again() -> None:
    """Ten minutes later there are ten at most."""
    late = report("UMM-01", KR, by="p", role=Role.PTPS)
    found = notices(at("09:00"), *reports(13), at("09:11"), late, world=WORLD)
    last = [one.kind for one in found for t in one.tellings if t.alert.key == "UMM-01"]
    assert [NoticeKind.CALL, NoticeKind.INFORM] == last


def test_the_gravest_are_shown_as_a_whole() -> None:
    """And of the others what they are called."""
    found = notices(at("09:00"), *reports(14), at("09:02"), world=WORLD)
    for one in of_kind(found, rolled_up=True):
        assert one.rolled_up is not None, "it is a roll-up"
        assert {t.alert.id for t in one.tellings} <= set(one.rolled_up.alerts)
        assert len(one.tellings) <= 10


def test_a_restart_loses_nothing_that_was_held_back() -> None:
    """Whoever takes over tells it."""
    steps = journal(at("09:00"), *reports(14), at("09:02"))
    whole = only(judge(steps, WORLD), Notice)
    parts = only(judged_in_parts(steps, range(len(steps)), (3, 1), WORLD), Notice)
    assert [one.id for one in whole] == [one.id for one in parts]
