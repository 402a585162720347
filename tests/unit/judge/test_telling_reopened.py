"""What begins to hold while a person has its alert open: it is as grave as what holds."""

from typing import Final

import pytest

from streams.domain.events import CommandKind
from streams.domain.times import MINUTE_MS
from tests.support.events import command, shelve
from tests.support.station import materials
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    events_of,
    journal,
    judge,
    lines_of,
    said,
    story,
)
from tests.support.world import KR, local, whole_world

DAY: Final = whole_world()
REOPEN: Final = command(CommandKind.REOPEN, "T02@KR")


def ballots(first: int, then: int) -> list[Item]:
    """Too few come, then all; a person reopens the alert, and it is told otherwise again."""
    return [
        at("05:00"),
        materials(KR, first),
        at("05:10"),
        materials(KR, 423),
        at("05:20"),
        REOPEN,
        at("05:30"),
        materials(KR, then),
        at("05:31"),
    ]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (422, 300, ["05:30 raised"]),
        (300, 422, ["05:25 escalated", "05:30 lowered"]),
        (422, 421, []),
    ],
)
def test_it_is_as_grave_as_what_holds(first: int, then: int, told: list[str]) -> None:
    """Contract §5: severity rises and falls in any open state."""
    begun = ["05:00 opened", "05:10 returned", "05:20 reopened"]
    if first == 300:
        begun = ["05:00 opened", "05:05 escalated", "05:10 returned", "05:20 reopened"]
    assert [*begun, *told] == story(*ballots(first, then), of="T02@KR", world=DAY)


def test_it_rests_on_what_holds_now() -> None:
    """Not on what was told when it opened."""
    steps = journal(*ballots(422, 300))
    alert = alerts_of(judge(steps, DAY))["T02@KR"]
    named = [one.name for one in events_of(steps)]
    assert [named[-1]] == [one.offset for one in alert.evidence]


def test_a_ladder_counts_from_where_its_line_had_to_stand() -> None:
    """A clock was ahead, so the next line stands behind it: the minutes count from there."""
    day = [
        at("05:00"),
        materials(KR, 422),
        at("05:10"),
        said("05:11:30", materials(KR, 423)),
        at("05:11"),
        said("05:12", materials(KR, 300)),
        at("05:20"),
    ]
    told = [
        (line.change, line.at) for line in lines_of(judge(journal(*day), DAY)) if line.rule == "T02"
    ]
    assert ("reopened", local("05:12")) == told[2]
    assert ("escalated", local("05:12") + 5 * MINUTE_MS) == told[3]


def test_a_ladder_that_starts_again_is_that_of_the_severity_by_now() -> None:
    """It has become less grave on the shelf: 30 minutes from `ppk` to `kpu`, and not 5."""
    day = [at("05:00"), materials(KR, 300), at("05:01"), shelve("T02@KR", "05:10"), at("05:05")]
    told = story(*day, materials(KR, 422), at("05:41"), of="T02@KR", world=DAY)
    assert ["05:05 lowered", "05:10 unshelved", "05:40 escalated"] == told[2:]
