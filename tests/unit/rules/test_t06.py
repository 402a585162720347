"""Stories of rule T06: voting or counting halted, and no word of going on.

Due 15, 10, 5 or 10 minutes after `suspended`, by the class of the TPS.
"""

from typing import Final

import pytest

from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode
from tests.support.events import (
    closed,
    correction,
    heartbeat,
    opened,
    postponed,
    resumed,
    status,
    suspended,
)
from tests.support.station import materials
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    deaf,
    events_of,
    hearing,
    journal,
    judge,
    lines_of,
    name_of,
    named,
    said,
    story,
)
from tests.support.world import KH, KR, SR, UNKNOWN, R

Story = tuple[list[Item], list[str]]
OPEN: Final = [at("06:50"), opened(KR)]
HALT: Final = [*OPEN, at("09:00"), suspended(KR)]
FIRES: Final[dict[str, Story]] = {
    "nobody says that it goes on": ([*HALT, at("09:16")], ["09:15 opened"]),
    "heartbeats are no resuming": (
        [*HALT, at("09:10"), heartbeat(KR), at("09:16")],
        ["09:15 opened"],
    ),
    "resumed one second too late": (
        [*HALT, at("09:15:01"), resumed(KR), at("09:20")],
        ["09:15 opened", "09:15:01 returned"],
    ),
    "it climbs twice": (
        [*HALT, at("09:31")],
        ["09:15 opened", "09:20 escalated", "09:30 escalated"],
    ),
    "put off in the end": (
        [*HALT, at("09:18"), postponed(KR), at("09:30")],
        ["09:15 opened", "09:18 returned"],
    ),
    "resumed in time, told late": (
        [*HALT, at("09:18"), said("09:14", resumed(KR)), at("09:30")],
        ["09:15 opened", "09:18 resolved late"],
    ),
    "resumed after the limit, told later": (
        [*HALT, at("09:19"), said("09:16", resumed(KR)), at("09:19:30")],
        ["09:15 opened", "09:19 returned"],
    ),
    "halted a second time soon after": (
        [*HALT, at("09:17"), resumed(KR), at("09:20"), suspended(KR), at("09:36")],
        ["09:15 opened", "09:17 returned", "09:35 reopened"],
    ),
    "halted again much later": (
        [*HALT, at("09:17"), resumed(KR), at("10:00"), suspended(KR), at("10:16")],
        ["09:15 opened", "09:17 returned", "10:15 opened"],
    ),
    "halted twice without going on between": (
        [*HALT, at("09:10"), suspended(KR), at("09:16")],
        ["09:15 opened"],
    ),
    "the halt itself is told late": (
        [*OPEN, at("09:30"), said("09:00", suspended(KR)), at("09:31")],
        ["09:15 opened"],
    ),
    "the halt was a mistake": (
        [
            *OPEN,
            at("09:00"),
            named("s", suspended(KR)),
            at("09:18"),
            correction("s", heartbeat(KR)),
            at("09:30"),
        ],
        ["09:15 opened", "09:18 returned"],
    ),
    "an earlier halt is told late: it is the same standstill": (
        [*HALT, at("09:18"), said("08:50", suspended(KR)), at("09:21")],
        ["09:15 opened", "09:20 escalated"],
    ),
    "an earlier halt is told late, and then that it went on in time": (
        [
            *HALT,
            at("09:18"),
            said("08:50", suspended(KR)),
            at("09:19"),
            said("09:03", resumed(KR)),
            at("09:30"),
        ],
        ["09:15 opened", "09:19 resolved late"],
    ),
    "an earlier halt is told late, of the second standstill of the day": (
        [
            *HALT,
            at("09:17"),
            resumed(KR),
            at("10:00"),
            suspended(KR),
            at("10:16"),
            said("09:50", suspended(KR)),
            at("10:17"),
            said("10:04", resumed(KR)),
            at("10:18"),
        ],
        ["09:15 opened", "09:17 returned", "10:15 opened", "10:17 resolved late"],
    ),
    "the resuming was a mistake": (
        [
            *HALT,
            at("09:10"),
            named("r", resumed(KR)),
            at("09:12"),
            correction("r", heartbeat(KR)),
            at("09:16"),
        ],
        ["09:15 opened"],
    ),
    "the resuming that ended it was a mistake": (
        [
            *HALT,
            at("09:17"),
            named("r", resumed(KR)),
            at("09:20"),
            correction("r", heartbeat(KR)),
            at("09:21"),
        ],
        ["09:15 opened", "09:17 returned", "09:17 reopened"],
    ),
    "counting halts as voting does": (
        [
            *OPEN,
            at("13:05"),
            closed(KR),
            status(StatusKind.COUNTING_STARTED, KR),
            at("15:00"),
            suspended(KR),
            at("15:16"),
        ],
        ["15:15 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FIRES.values(), ids=FIRES)
def test_fires(items: list[Item], told: list[str]) -> None:
    """In each of these stories somebody is asked why `KR` stands still."""
    assert told == story(*items, of="T06@KR")


HOLDS: Final[dict[str, list[Item]]] = {
    "the limit is not over": [*HALT, at("09:15")],
    "resumed at the last moment": [*HALT, at("09:15"), resumed(KR), at("09:30")],
    "put off at the last moment": [*HALT, at("09:15"), postponed(KR), at("09:30")],
    "the end of the halt was heard before its beginning": [
        *(*OPEN, at("09:10"), resumed(KR)),
        *(at("09:12"), said("09:01", suspended(KR)), at("09:30")),
    ],
    "both came so late that there is nobody left to send": [
        *(*OPEN, at("09:40"), said("09:00", suspended(KR))),
        *(said("09:30", resumed(KR)), at("10:00")),
    ],
    "the halt was taken back in time": [
        *(*OPEN, at("09:00"), named("s", suspended(KR))),
        *(at("09:05"), correction("s", heartbeat(KR)), at("09:30")),
    ],
    "the correction comes before what it takes back": [
        *(*OPEN, at("09:05"), correction("s", heartbeat(KR))),
        *(at("09:10"), said("09:00", named("s", suspended(KR))), at("09:30")),
    ],
    "intake is behind": [*HALT, at("09:01"), deaf, at("09:40")],
    "a burst of queued messages is judged whole": [
        *(*HALT, at("09:01"), deaf, at("09:40"), said("09:10", resumed(KR))),
        *(hearing, at("09:45")),
    ],
}


@pytest.mark.parametrize("items", HOLDS.values(), ids=HOLDS)
def test_holds(items: list[Item]) -> None:
    """In each of these stories nobody is bothered about `KR`."""
    assert [] == story(*items, of="T06@KR")


LIMITS: Final = {"KR": (KR, "15"), "R": (R, "10"), "SR": (SR, "05"), "KH": (KH, "10")}


@pytest.mark.parametrize("name", LIMITS)
def test_the_limit_depends_on_the_class(name: str) -> None:
    """15, 10, 5, 10 minutes; a resuming at the limit is in time, a second later it is not."""
    tps, minutes = LIMITS[name]

    def until(clock_text: str) -> list[str]:
        items = [at("06:50"), opened(tps), at("09:00"), suspended(tps), at(clock_text)]
        return story(*items, resumed(tps), at("10:00"), of=f"T06@{name}")

    assert [] == until(f"09:{minutes}")
    assert [f"09:{minutes} opened", f"09:{minutes}:01 returned"] == until(f"09:{minutes}:01")


def test_an_unknown_tps_is_taken_as_the_least_vulnerable() -> None:
    """Its desa votes, so it is watched as kurang_rawan."""
    tps: AreaCode = UNKNOWN
    items = [at("06:50"), opened(tps), at("09:00"), suspended(tps), at("09:16")]
    assert ["09:15 opened"] == story(*items, of="T06@UNKNOWN")


def test_the_evidence_is_the_halt() -> None:
    """The alert rests on the status that its clock started with."""
    items = [*OPEN, at("09:00"), named("s", suspended(KR)), at("09:16")]
    alert = alerts_of(judge(journal(*items)))["T06@KR"]
    assert [("tps.status", "s", "kpps")] == [
        (one.topic, one.id, one.source) for one in alert.evidence
    ]
    assert ("high", "OPS", ("ADM",)) == (alert.severity, alert.ladder, alert.route)


@pytest.mark.parametrize("order", ["cs", "sc"])
def test_what_else_was_said_in_that_second_is_no_evidence(order: str) -> None:
    """Phones tell whole seconds, and another rule keeps the word of closing."""
    words = {"c": named("c", closed(KR)), "s": named("s", suspended(KR))}
    items = [*OPEN, at("09:00"), *(words[one] for one in order), at("09:16")]
    alert = alerts_of(judge(journal(*items)))["T06@KR"]
    assert ["s"] == [one.id for one in alert.evidence]


def test_what_else_was_said_in_that_second_ends_nothing() -> None:
    """The end names the word of resuming, whatever came with it."""
    together = [said("09:20", materials(KR, 1)), said("09:20", resumed(KR))]
    items = [*HALT, at("09:01"), deaf, at("09:40"), *together, hearing, at("09:41")]
    steps = journal(*items)
    ends = [line for line in lines_of(judge(steps)) if name_of(line) == "T06@KR"][1:]
    resuming = [step.name for step in events_of(steps) if "resumed" in str(step.record)]
    assert resuming == [line.cause for line in ends]


def test_an_end_that_was_known_at_settlement_names_its_own_record() -> None:
    """A deaf intake brings halt and resuming together: both are told, each at its own time."""
    items = [*HALT, at("09:01"), deaf, at("09:40"), said("09:20", resumed(KR)), hearing]
    assert ["09:15 opened", "09:20 returned"] == story(*items, at("09:41"), of="T06@KR")
