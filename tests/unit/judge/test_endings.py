"""How evidence comes to its end: by an officer's word, by quiet, by somebody who has taken it."""

from typing import Final

import pytest

from streams.domain.effects import AlertShown
from streams.domain.events import CommandKind
from streams.domain.words import Channel, Role
from tests.support.events import ack, all_well, by_channel, command, report, shelve
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    at,
    brief,
    journal,
    judge,
    lines_of,
    named,
    only,
    said,
    story,
    triage_of,
)
from tests.support.world import DESA, KR, R, whole_world

DAY: Final = whole_world()
DARK: Final = "W15@DESA|INF-01"
"""Power out: one voice is enough; medium, so that it climbs after 15 and 45 minutes."""
NINE: Final[list[Item]] = [at("09:00"), report("INF-01", DESA, "w1")]
CALM: Final = all_well(report("", DESA, "A1", Role.POLSEK, text="aman"))

ENDS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "taken, and quiet for an hour": (
        [at("09:05"), ack(DARK), at("10:01")],
        ["09:05 acknowledged", "10:00 resolved"],
    ),
    "quiet for an hour, and then taken": (
        [at("10:20"), ack(DARK), at("10:21")],
        ["09:15 escalated", "09:45 escalated", "10:20 acknowledged", "10:20 resolved"],
    ),
    "taken at the very end": (
        [at("10:00"), ack(DARK), at("10:01")],
        ["09:15 escalated", "09:45 escalated", "10:00 acknowledged", "10:00 resolved"],
    ),
    "nobody has taken it": ([at("11:00")], ["09:15 escalated", "09:45 escalated"]),
    "given back before the hour": (
        [at("09:05"), ack(DARK), at("09:59"), command(CommandKind.UNACK, DARK), at("10:01")],
        ["09:05 acknowledged", "09:59 unacknowledged"],
    ),
    "given back, and taken again after the hour": (
        [
            *(at("09:05"), ack(DARK), at("09:59"), command(CommandKind.UNACK, DARK)),
            *(at("10:05"), ack(DARK), at("10:06")),
        ],
        ["09:05 acknowledged", "09:59 unacknowledged", "10:05 acknowledged", "10:05 resolved"],
    ),
    "taken and put aside": (
        [at("09:05"), ack(DARK), at("09:50"), shelve(DARK, "10:30"), at("10:01")],
        ["09:05 acknowledged", "09:50 shelved", "10:00 resolved"],
    ),
    "an officer says that all is well": (
        [at("09:05"), ack(DARK), CALM, at("09:59")],
        ["09:05 acknowledged"],
    ),
    "somebody reports it again": (
        [at("09:05"), ack(DARK), at("09:30"), report("INF-01", DESA, "w2"), at("10:31")],
        ["09:05 acknowledged", "10:30 resolved"],
    ),
    "reported again after the hour, before anybody took it": (
        [at("10:10"), report("INF-01", DESA, "w2"), at("10:20"), ack(DARK), at("11:11")],
        ["09:15 escalated", "09:45 escalated", "10:20 acknowledged", "11:10 resolved"],
    ),
}


@pytest.mark.parametrize(("items", "told"), ENDS.values(), ids=ENDS)
def test_it_ends_by_quiet_and_by_somebody_who_took_it(items: list[Item], told: list[str]) -> None:
    """At the later of the two; a takeover in between loses neither."""
    day = [*NINE, *items]
    assert ["09:00 opened", *told] == story(*day, of=DARK, world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_desa_waits_only_for_what_it_rests_on() -> None:
    """What is reported of a TPS with an alert of its own makes the other's last no longer."""
    day = [*NINE, at("09:30"), report("INF-01", KR, "w2"), at("09:31"), ack(DARK), at("10:45")]
    assert "10:00 resolved" == story(*day, of=DARK, world=DAY)[-1]
    assert "09:30 opened" == story(*day, of="W15@KR|INF-01", world=DAY)[0]


def test_who_takes_an_older_alert_has_not_taken_the_one_that_holds() -> None:
    """Somebody reopened the first episode and looks at that; the second still waits."""
    day = [*NINE, at("09:01"), command(CommandKind.RESOLVE, DARK), at("11:00")]
    day += [report("INF-01", DESA, "w2"), at("12:30")]
    shown = [one.alert for one in only(judge(journal(*day), DAY), AlertShown)]
    first, second = dict.fromkeys(one.id for one in shown if one.rule == "W15")
    day += [command(CommandKind.REOPEN, first), at("12:31"), ack(first), at("12:32")]
    lines = lines_of(judge(journal(*day), DAY))
    told = {one: [brief(line) for line in lines if line.alert == one] for one in (first, second)}
    assert ["12:30 reopened", "12:31 acknowledged"] == told[first][2:]
    assert ["11:00 opened", "11:15 escalated", "11:45 escalated"] == told[second]


@pytest.mark.parametrize(
    ("said_again", "last"),
    [([], "09:28 escalated"), ([at("09:24"), CALM], "09:30 returned")],
)
def test_what_a_person_opens_again_is_not_ended_by_an_older_word(
    said_again: list[Item], last: str
) -> None:
    """An officer said "aman" while it was closed: whoever looks since then must say so."""
    riot = "W01@DESA|KAM-04"
    day = [at("09:00"), report("KAM-04", DESA, "w1"), at("09:01")]
    day += [command(CommandKind.RESOLVE, riot), at("09:05"), CALM, at("09:20")]
    alert_id = next(line.alert for line in lines_of(judge(journal(*day), DAY)))
    day += [command(CommandKind.REOPEN, alert_id), *said_again, at("09:30:30")]
    assert last == story(*day, of=riot, world=DAY)[-1]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_late_report_of_a_tps_with_an_alert_of_its_own_waits_for_a_person() -> None:
    """Too old for the window of that alert; the desa does not weigh it, and no rule fails."""
    day = [at("09:00"), report("INF-01", KR, "w1"), at("10:00")]
    day += [said("10:02", report("INF-01", KR, "w2")), at("10:01")]
    late = by_channel(Channel.SMS, said("09:01", report("INF-01", KR, "w3")))
    effects = judge(journal(*day, named("late", late), at("10:02")), DAY)
    assert "late open: score" == triage_of(effects)[-1]
    kinds = {"AlertShown", "Line", "Notice", "Triage"}
    assert kinds == {type(effect).__name__ for effect in effects}


def test_when_the_alert_of_a_tps_is_over_its_evidence_counts_for_the_desa() -> None:
    """Somebody has resolved it, and the score fell; what was said is still there."""
    day = [at("09:00"), report("LOG-03", KR, "w1"), report("LOG-03", KR, "w2"), at("09:10")]
    day += [command(CommandKind.RESOLVE, "W15@KR|LOG-03"), at("09:40")]
    day += [report("LOG-03", KR, "w3"), at("09:41"), report("LOG-03", R, "w4"), at("09:42")]
    told = story(*day, of="W15@KR|LOG-03", world=DAY)
    assert ["09:00 opened", "09:05 escalated", "09:10 resolved"] == told
    assert ["09:41 opened"] == story(*day, of="W15@DESA|LOG-03", world=DAY)


def test_a_word_of_calm_that_no_rule_waits_for_ends_nothing() -> None:
    """W03 and W15 wait for a person, whoever says that all is well."""
    day = [at("09:00"), *(report("KAM-08", KR, by) for by in ("a", "b", "c", "d"))]
    told = story(*day, at("09:01"), CALM, at("09:04"), of="W03@DESA|KAM-08", world=DAY)
    assert ["09:00 opened"] == told
