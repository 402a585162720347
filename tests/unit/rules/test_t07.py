"""Stories of rule T07: silence, of a TPS while it is open and of a pair while any of its TPS is.

A TPS may be silent for 90, 60, 30 or 60 minutes, a pair for 45, 30, 15 or 30, by class. At twice
the limit the severity rises from medium to high.
"""

from typing import Final

import pytest

from streams.domain.ids import AreaCode
from tests.support.events import (
    ack,
    call_for_help,
    checkin,
    closed,
    correction,
    heartbeat,
    opened,
    postponed,
    suspended,
)
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
from tests.support.world import FAR, KH, KR, KR2, R2, SR, UNKNOWN, R

Story = tuple[list[Item], list[str]]
OPEN: Final = [at("07:00"), opened(KR)]
FIRES: Final[dict[str, Story]] = {
    "not a word since the opening": ([*OPEN, at("08:31")], ["08:30 opened"]),
    "not a word since a heartbeat": (
        [*OPEN, at("08:30"), heartbeat(KR), at("10:01")],
        ["10:00 opened"],
    ),
    "one second too late": (
        [*OPEN, at("08:30:01"), heartbeat(KR), at("08:40")],
        ["08:30 opened", "08:30:01 returned"],
    ),
    "halted is open, and silence is silence": (
        [*OPEN, at("08:00"), suspended(KR), at("09:31")],
        ["09:30 opened"],
    ),
    "it climbs, and at twice the limit it rises": (
        [*OPEN, at("10:20")],
        ["08:30 opened", "08:45 escalated", "09:15 escalated", "10:00 raised", "10:10 escalated"],
    ),
    "a rise asks again whoever has answered": (
        [*OPEN, at("08:32"), ack("T07@KR"), at("10:06")],
        ["08:30 opened", "08:32 acknowledged", "10:00 raised", "10:05 escalated"],
    ),
    "a late message moves the silence back": (
        [*OPEN, at("08:40"), said("08:10", heartbeat(KR)), at("09:45")],
        ["08:30 opened", "08:40 resolved late", "09:40 opened"],
    ),
    "a late message leaves a silence that was long enough already": (
        [*OPEN, at("09:50"), said("07:10", heartbeat(KR)), at("09:51")],
        [
            "08:30 opened",
            "08:45 escalated",
            "09:15 escalated",
            "09:50 resolved late",
            "09:50 reopened",
        ],
    ),
    "the end of the silence lies in the past": (
        [*OPEN, at("08:50"), said("08:35", heartbeat(KR)), at("08:51")],
        ["08:30 opened", "08:45 escalated", "08:50 returned"],
    ),
    "a late message undoes an earlier silence, and not the one that lasts": (
        [*OPEN, at("08:31"), heartbeat(KR), at("10:02"), said("08:20", heartbeat(KR)), at("10:03")],
        ["08:30 opened", "08:31 returned", "10:01 opened", "10:02 resolved late"],
    ),
    "its closing ends it": (
        [*OPEN, at("08:40"), closed(KR), at("12:00")],
        ["08:30 opened", "08:40 returned"],
    ),
    "a closing that was a mistake": (
        [
            *OPEN,
            at("08:00"),
            named("c", closed(KR)),
            at("08:10"),
            correction("c", heartbeat(KR)),
            at("09:41"),
        ],
        ["09:40 opened"],
    ),
    "silent again within the quiet time": (
        [*OPEN, at("08:31"), heartbeat(KR), at("10:02"), heartbeat(KR), at("10:03")],
        ["08:30 opened", "08:31 returned", "10:01 opened", "10:02 returned"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FIRES.values(), ids=FIRES)
def test_a_tps_is_silent(items: list[Item], told: list[str]) -> None:
    """In each of these stories somebody is asked about `KR`."""
    assert told == story(*items, of="T07@KR")


HOLDS: Final[dict[str, list[Item]]] = {
    "not open, not silent": [at("07:00"), heartbeat(KR), at("10:00")],
    "the limit is not over": [*OPEN, at("08:30")],
    "a message at the last moment": [*OPEN, at("08:30"), heartbeat(KR), at("10:00")],
    "any message will do": [*OPEN, at("08:30"), suspended(KR), at("10:00")],
    "closed, it may be silent": [*OPEN, at("08:00"), closed(KR), at("18:00")],
    "put off, it may be silent": [*OPEN, at("08:00"), postponed(KR), at("18:00")],
    "the word of its closing came late, but before anybody asked": [
        *(*OPEN, at("08:29"), said("07:05", closed(KR)), at("10:00")),
    ],
    "the opening was a mistake": [
        *(at("07:00"), named("o", opened(KR)), at("07:10")),
        *(correction("o", heartbeat(KR)), at("10:00")),
    ],
    "intake is behind": [*OPEN, at("07:10"), deaf, at("10:00")],
    "an officer's check-in at the TPS is a message of it": [
        *(*OPEN, at("08:20"), checkin("A1", KR), at("09:50")),
    ],
}


@pytest.mark.parametrize("items", HOLDS.values(), ids=HOLDS)
def test_a_tps_is_not_silent(items: list[Item]) -> None:
    """In each of these stories nobody is bothered about `KR`."""
    assert [] == story(*items, of="T07@KR")


LIMITS: Final = {
    "KR": (KR, "08:30", "10:00"),
    "R": (R, "08:00", "09:00"),
    "SR": (SR, "07:30", "08:00"),
    "KH": (KH, "08:00", "09:00"),
    "UNKNOWN": (UNKNOWN, "08:30", "10:00"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_the_limit_of_a_tps_depends_on_its_class(name: str) -> None:
    """90, 60, 30, 60 minutes: one second decides; the rise, at twice that, waits for a mark."""
    tps, due, rises = LIMITS[name]

    def until(clock_text: str) -> list[str]:
        items = [at("07:00"), opened(tps), at(clock_text), heartbeat(tps), closed(tps), at("12:00")]
        return [line for line in story(*items, of=f"T07@{name}") if "escalated" not in line]

    assert [] == until(due)
    assert [f"{due} opened", f"{due}:01 returned"] == until(f"{due}:01")
    assert f"{rises} raised" not in until(rises)
    assert f"{rises} raised" in until(f"{rises}:31")


PAIR: Final[dict[str, Story]] = {
    "neither of its TPS says a word": ([*OPEN, at("07:46")], ["07:45 opened"]),
    "one of its TPS speaks for the pair": (
        [*OPEN, at("07:40"), heartbeat(KR2), at("08:26")],
        ["08:25 opened"],
    ),
    "one of its officers speaks for the pair": (
        [*OPEN, at("07:40"), checkin("A2"), at("08:26")],
        ["08:25 opened"],
    ),
    "a cry for help is a message too": (
        [*OPEN, at("07:40"), call_for_help("A1"), at("08:26")],
        ["08:25 opened"],
    ),
    "an officer of another pair does not speak for it": (
        [*OPEN, at("07:40"), checkin("B1"), at("07:46")],
        ["07:45 opened"],
    ),
    "an officer without a pair does not": (
        [*OPEN, at("07:40"), checkin("N1"), at("07:46")],
        ["07:45 opened"],
    ),
    "an officer whom nobody knows does not": (
        [*OPEN, at("07:40"), checkin("Z9"), at("07:46")],
        ["07:45 opened"],
    ),
    "a check-in ends it": (
        [*OPEN, at("07:50"), checkin("A1"), at("08:00")],
        ["07:45 opened", "07:50 returned"],
    ),
    "a late check-in undoes it": (
        [*OPEN, at("07:50"), said("07:40", checkin("A1")), at("08:00")],
        ["07:45 opened", "07:50 resolved late"],
    ),
    "it rises at twice the limit": (
        [*OPEN, at("08:31")],
        ["07:45 opened", "08:00 escalated", "08:30 escalated", "08:30 raised"],
    ),
    "as long as any of its TPS is open": (
        [*OPEN, at("07:10"), opened(KR2), at("07:20"), closed(KR), at("08:06")],
        ["08:05 opened"],
    ),
    "until the last of its TPS has closed": (
        [
            *OPEN,
            at("07:10"),
            opened(KR2),
            at("07:20"),
            closed(KR),
            at("07:30"),
            closed(KR2),
            at("12:00"),
        ],
        [],
    ),
    "the closing of one TPS is a message, and the other is still open": (
        [*OPEN, opened(KR2), at("07:50"), closed(KR), at("08:36")],
        ["07:45 opened", "07:50 returned", "08:35 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), PAIR.values(), ids=PAIR)
def test_a_pair_is_silent(items: list[Item], told: list[str]) -> None:
    """P01 watches `KR` and `KR2`, both kurang_rawan: 45 minutes."""
    assert told == story(*items, of="T07@pair:P01")


@pytest.mark.parametrize(
    ("tps", "pair", "due"),
    [(KR, "P01", "07:45"), (R2, "P02", "07:30"), (SR, "P03", "07:15"), (KH, "P04", "07:30")],
)
def test_the_limit_of_a_pair_depends_on_its_most_vulnerable_tps(
    tps: AreaCode, pair: str, due: str
) -> None:
    """45, 30, 15, 30 minutes; one second decides."""

    def until(clock_text: str) -> list[str]:
        items = [at("07:00"), opened(tps), at(clock_text), heartbeat(tps), closed(tps)]
        return story(*items, at("10:00"), of=f"T07@pair:{pair}")

    assert [] == until(due)
    assert [f"{due} opened", f"{due}:01 returned"] == until(f"{due}:01")


def test_pairs_of_one_name_in_two_kabupaten_are_two_pairs() -> None:
    """P01 of 17.02 and P01 of 17.03 know nothing of each other."""
    effects = judge(journal(at("07:00"), opened(FAR), at("07:40"), checkin("A1"), at("07:46")))
    assert ["T07@pair:17.03/P01"] == [
        name_of(line) for line in lines_of(effects) if line.scope.startswith("pair:")
    ]


def test_a_silent_pair_does_not_keep_its_tps_quiet() -> None:
    """Both are told, each by its own limit."""
    effects = judge(journal(*OPEN, at("08:31")))
    told = {name_of(line): line.at for line in lines_of(effects) if line.rule == "T07"}
    assert {"T07@KR", "T07@pair:P01"} == set(told)


def test_the_alert_of_a_pair_lies_where_all_its_tps_do() -> None:
    """P01 spans two desa of a kecamatan, P02 two kecamatan, P03 is one TPS."""
    items = [at("07:00"), opened(KR), opened(R), opened(SR), at("08:00")]
    alerts = alerts_of(judge(journal(*items)))
    assert ["17.02.09", "17.02", "17.02.09.1001"] == [
        alerts[f"T07@pair:{pair}"].place for pair in ("P01", "P02", "P03")
    ]


def test_the_alert_says_since_when() -> None:
    """The texts call a pair by its sign, and a rise says what was exceeded."""
    alerts = alerts_of(judge(journal(*OPEN, at("08:31"))))
    pair = alerts["T07@pair:P01"]
    assert "Tidak ada kabar dari pasangan P01" == pair.title.id
    assert "No message of any kind since 07:00, for more than 45 minutes, while voting." == (
        pair.summary.en
    )
    rise = next(check for check in pair.why if check.check == "limit_multiple")
    assert (2, None, True) == (rise.value, rise.threshold, rise.holds)


def test_deaf_for_hours_a_silence_is_told_with_its_rise() -> None:
    """Settled at once, each at its own time, and the ladder counts from now."""
    items = [*OPEN, at("07:10"), deaf, at("10:30"), hearing, at("10:35:30")]
    assert ["08:30 opened", "10:00 raised", "10:35 escalated"] == story(*items, of="T07@KR")
