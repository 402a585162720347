"""Stories of rule W02: an officer cries for help.

It ends with a later check-in "aman" of that officer and a commander's `confirm_identity`, in
either order.
"""

from typing import Final

import pytest

from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode
from tests.support.events import (
    ack,
    all_well,
    call_for_help,
    checkin,
    command,
    confirm_identity,
    correction,
)
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    journal,
    judge,
    named,
    replies_of,
    said,
    story,
)
from tests.support.world import KABUPATEN, KR, SR

Story = tuple[list[Item], list[str]]
NINE: Final = at("09:00")
WELL: Final = all_well(checkin("A1"))
SURE: Final = confirm_identity("A1")
TAKEN: Final = [NINE, call_for_help("A1"), ack("W02@officer:A1", "chief"), at("09:10")]
STORIES: Final[dict[str, Story]] = {
    "one call is enough, and it climbs fast": (
        [NINE, call_for_help("A1"), at("09:10")],
        ["09:00 opened", "09:02:15 escalated", "09:06 escalated"],
    ),
    "check-in, then confirmation": (
        [*TAKEN, WELL, at("09:12"), SURE],
        ["09:00 opened", "09:00 acknowledged", "09:12 resolved"],
    ),
    "confirmation, then check-in": (
        [*TAKEN, SURE, at("09:12"), WELL],
        ["09:00 opened", "09:00 acknowledged", "09:12 resolved"],
    ),
    "whoever holds a gun can press aman": (
        [*TAKEN, WELL, WELL, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "a commander's word alone is not his own": (
        [*TAKEN, SURE, SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "a check-in that does not say aman says nothing": (
        [*TAKEN, checkin("A1"), SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "a check-in from before the call does not answer it": (
        [*TAKEN, said("08:59", WELL), SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "nor does one of the very moment of the call": (
        [*TAKEN, said("09:00", WELL), SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "another officer's check-in is not his": (
        [*TAKEN, all_well(checkin("A2")), SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "a confirmation of another officer is not of him": (
        [*TAKEN, WELL, confirm_identity("A2"), at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "called again, all has to be said again": (
        [*TAKEN, WELL, at("09:11"), call_for_help("A1"), at("09:12"), SURE, at("12:00")],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "an earlier call that comes later changes nothing": (
        [*TAKEN, WELL, at("09:11"), said("08:50", call_for_help("A1")), at("09:12"), SURE],
        ["09:00 opened", "09:00 acknowledged", "09:12 resolved"],
    ),
    "a call that was answered before it was heard": (
        [
            NINE,
            call_for_help("N1"),
            at("09:10"),
            WELL,
            SURE,
            at("09:12"),
            said("09:05", call_for_help("A1")),
        ],
        [],
    ),
    "called again within half an hour of its end": (
        [*TAKEN, WELL, SURE, at("09:30"), call_for_help("A1")],
        ["09:00 opened", "09:00 acknowledged", "09:10 resolved", "09:30 reopened"],
    ),
    "called again much later": (
        [*TAKEN, WELL, SURE, at("10:30"), call_for_help("A1")],
        ["09:00 opened", "09:00 acknowledged", "09:10 resolved", "10:30 opened"],
    ),
    "pressed by mistake, and taken back by the same officer": (
        [
            NINE,
            named("d", call_for_help("A1")),
            ack("W02@officer:A1", "chief"),
            at("09:02"),
            correction("d", checkin("A1")),
        ],
        ["09:00 opened", "09:00 acknowledged", "09:02 resolved"],
    ),
    "another officer cannot take it back": (
        [
            NINE,
            named("d", call_for_help("A1")),
            ack("W02@officer:A1", "chief"),
            at("09:02"),
            correction("d", checkin("A2")),
            at("12:00"),
        ],
        ["09:00 opened", "09:00 acknowledged"],
    ),
    "it ends before anybody has answered": (
        [NINE, call_for_help("A1"), at("09:01"), WELL, SURE],
        ["09:00 opened", "09:01 returned"],
    ),
}


@pytest.mark.parametrize(("items", "told"), STORIES.values(), ids=STORIES)
def test_story(items: list[Item], told: list[str]) -> None:
    """A1 is of pair P01, whose TPS are kurang_rawan; 0.75 of the minutes are those of `rawan`."""
    faster = [line for line in told if "escalated" not in line]
    lines = story(*items, of="W02@officer:A1")
    assert faster == [line for line in lines if "escalated" not in line]


def test_it_climbs_by_the_class_of_the_pair() -> None:
    """Critical: 3 and 8 minutes; half of that where a TPS of the pair is sangat_rawan."""
    assert ["09:00 opened", "09:03 escalated", "09:08 escalated"] == story(
        NINE, call_for_help("A1"), at("09:30"), of="W02@officer:A1"
    )
    assert ["09:00 opened", "09:01:30 escalated", "09:04 escalated"] == story(
        NINE, call_for_help("C1"), at("09:30"), of="W02@officer:C1"
    )


@pytest.mark.parametrize(
    ("officer", "place", "tps_class"),
    [
        ("A1", KABUPATEN, "kurang_rawan"),
        ("B1", KABUPATEN, "rawan"),
        ("C1", KABUPATEN, "sangat_rawan"),
        ("D1", KABUPATEN, "khusus"),
        ("A1", SR, "kurang_rawan"),
        ("N1", KABUPATEN, "kurang_rawan"),
        ("N1", SR, "sangat_rawan"),
        ("Z9", SR, "sangat_rawan"),
    ],
)
def test_an_officer_takes_the_class_of_the_pair(
    officer: str, place: AreaCode, tps_class: str
) -> None:
    """Without a pair, of the TPS that the call names; without that, kurang_rawan."""
    alerts = alerts_of(judge(journal(NINE, call_for_help(officer, place))))
    assert tps_class == alerts[f"W02@officer:{officer}"].tps_class


def test_a_person_may_resolve_it_and_the_next_call_is_told() -> None:
    """A cry for help is never swallowed because an earlier one was dealt with."""
    resolve = command(CommandKind.RESOLVE, "W02@officer:A1", by="chief")
    items = [NINE, call_for_help("A1"), resolve, at("12:00"), call_for_help("A1")]
    assert ["09:00 opened", "09:00 resolved"] == story(*items, of="W02@officer:A1")[:2]
    assert story(*items, of="W02@officer:A1")[2:] in (["12:00 opened"], ["12:00 reopened"])


def test_a_confirmation_that_nothing_waits_for_is_refused() -> None:
    """The commander is told, so that a misspelt officer is noticed."""
    assert ["nothing waits for officer A1"] == replies_of(judge(journal(NINE, SURE)))
    items = journal(NINE, call_for_help("A1"), at("09:01"), SURE, WELL, at("09:02"), SURE)
    assert ["done", "nothing waits for officer A1"] == replies_of(judge(items))


def test_the_alert_calls_the_officer_by_sign() -> None:
    """Names stand in the roster only."""
    alert = alerts_of(judge(journal(NINE, named("d", call_for_help("A1", KR)))))["W02@officer:A1"]
    assert ("Tombol darurat: petugas A1", "Duress: officer A1") == (
        alert.title.id,
        alert.title.en,
    )
    assert [("tps.status", "d", "A1")] == [(e.topic, e.id, e.source) for e in alert.evidence]
    assert ("critical", "OPS", "polres_ops") == (alert.severity, alert.ladder, alert.level)
