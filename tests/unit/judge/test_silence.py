"""Mass silence (X01): five TPS of a kecamatan, of which each counts while it is open for voting.

A TPS is quiet 15 minutes after its last message.
"""

from collections.abc import Iterable
from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.facts import Span
from streams.domain.ids import AreaCode
from streams.judge import silence
from streams.rules.detectors.ratio import Child, RatioLimits, ratio_spans
from tests.support.events import (
    closed,
    heartbeat,
    opened,
    postponed,
    resumed,
    suspended,
)
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    deaf,
    hearing,
    journal,
    judge,
    of_election,
    said,
    story,
)
from tests.support.world import ELECTION, FAR, KH, KR, KR2, R2, SR, R, whole_world

DAY: Final = whole_world()
QUIET: Final = "X01@17.02.09"
FIVE: Final = (KR, R, SR, KH, KR2)
"""All of the kecamatan."""
SEVEN: Final[list[Item]] = [at("07:00"), *map(opened, FIVE)]


def all_heard(*but: AreaCode) -> list[Item]:
    """Let every TPS of the kecamatan send something, but these."""
    return [heartbeat(tps) for tps in FIVE if tps not in but]


STORIES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "they are quiet, and nobody has answered": (
        [at("07:23")],
        ["07:15 opened", "07:17:30 escalated", "07:22:30 escalated"],
    ),
    "all of them are heard again": (
        [at("07:17"), *all_heard(), at("07:18")],
        ["07:15 opened", "07:17 returned"],
    ),
    "one of five is more than a tenth": (
        [at("07:17"), *all_heard(R), at("07:17:29")],
        ["07:15 opened"],
    ),
    "the last quiet one closes": (
        [at("07:16"), *all_heard(R), at("07:17"), closed(R), at("07:18")],
        ["07:15 opened", "07:17 returned"],
    ),
    "four open ones are too few": (
        [at("07:10"), suspended(KR), at("07:40")],
        [],
    ),
    "one that is put off counts no more": (
        [at("07:10"), postponed(KR), at("07:40")],
        [],
    ),
    "one that goes on counts from then": (
        [at("07:10"), suspended(KR), at("07:20"), resumed(KR), at("07:36")],
        ["07:35 opened"],
    ),
    "a message that was sent in time comes late": (
        [at("07:17"), said("07:15", heartbeat(KR)), at("07:29")],
        ["07:15 opened", "07:17 resolved late"],
    ),
    "a message that was sent too late ends nothing": (
        [at("07:17"), said("07:16", heartbeat(KR)), at("07:17:29")],
        ["07:15 opened"],
    ),
    "what came late moves the silence to its own time": (
        [at("07:17"), said("07:15", heartbeat(KR)), at("07:30:30")],
        ["07:15 opened", "07:17 resolved late", "07:30 reopened"],
    ),
    "a message that nobody has heard of yet is waited for": (
        [deaf, at("07:30"), said("07:14", heartbeat(KR)), hearing, at("07:30:30")],
        ["07:29 opened"],
    ),
    "a neighbour is no help": (
        [at("07:14"), heartbeat(R2), heartbeat(FAR), at("07:16")],
        ["07:15 opened"],
    ),
    "what is played says nothing of the day": (
        [at("07:14"), of_election(f"{ELECTION}#drill-gladi", heartbeat(KR)), at("07:16")],
        ["07:15 opened"],
    ),
    "it comes a second time": (
        [at("07:17"), *all_heard(), at("07:32:30")],
        ["07:15 opened", "07:17 returned", "07:32 reopened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), STORIES.values(), ids=STORIES)
def test_a_kecamatan_is_quiet_when_enough_of_it_is(items: list[Item], told: list[str]) -> None:
    """30 % and five, until less than 10 %; a takeover in between changes nothing."""
    day = [*SEVEN, *items]
    assert told == story(*day, of=QUIET, world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def alert_of(*items: Item) -> Alert:
    """Return the alert of the kecamatan."""
    return alerts_of(judge(journal(*SEVEN, *items), DAY))[QUIET]


def test_it_is_as_vulnerable_as_the_most_vulnerable_of_those_quiet() -> None:
    """So its ladder is climbed in half the time."""
    alert = alert_of(at("07:16"))
    assert ("sangat_rawan", (0, 0, 2.5, 7.5)) == (alert.tps_class, alert.minutes[:4])


def test_it_says_how_many_of_how_many_are_quiet() -> None:
    """At the deadline, whatever comes until it is told."""
    alert = alert_of(deaf, at("07:20"), heartbeat(KR), hearing, at("07:21"))
    told = {why.check: (why.value, why.threshold) for why in alert.why if why.check != "class"}
    assert {
        "quiet_percent": (100.0, 30),
        "tps_quiet": (5, 5),
        "limit_minutes": (15.0, None),
    } == told
    assert alert.summary.en.startswith("5 of 5 open stations (100 %) have sent nothing for 15 ")


def test_ordinary_messages_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five TPS that speak every minute for an hour: a look when a deadline may be due, no more."""
    looks: list[int] = []

    def counting(children: Iterable[Child], limits: RatioLimits) -> tuple[Span, ...]:
        looks.append(1)
        return ratio_spans(children, limits)

    monkeypatch.setattr(silence, "ratio_spans", counting)
    day: list[Item] = [*SEVEN]
    for minute in range(1, 60):
        day += [at(f"07:{minute:02}"), *all_heard()]
    assert [] == story(*day, of=QUIET, world=DAY)
    assert len(looks) <= 60 // 14
