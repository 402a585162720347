"""One text in several desa (W11): who must copy it, and what is forgotten when it is answered."""

from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.effects import Effect
from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode
from streams.judge.state import PartitionState
from tests.support.events import command, correction, heartbeat, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import unrest
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    brief,
    journal,
    judge,
    judge_into,
    lines_of,
    named,
    of_election,
    triage_of,
)
from tests.support.world import DESA, ELECTION, FAR, KR, SR, whole_world

DAY: Final = whole_world()
SECOND: Final = AreaCode("17.02.09.1002")
THIRD: Final = AreaCode("17.02.11.2001")
TEXT: Final = "Katanya surat suara sudah tercoblos semua di kantor desa, sebarkan"
OTHER: Final = "Beredar pesan TPS ditutup jam sepuluh karena surat suara habis"


def copied(by: str, place: AreaCode = DESA, text: str = TEXT) -> Told:
    """Somebody passes a rumour on; the report has his name."""
    return named(f"r-{by}", report("INF-02", place, by, text=text))


NINE: Final = at("09:00")
FIVE: Final[list[Item]] = [
    *(copied("a"), copied("b"), copied("c", SECOND), copied("d", SECOND), copied("e", THIRD)),
]


def effects(*items: Item) -> list[Effect]:
    """Judge a story."""
    return judge(journal(NINE, *items), DAY)


def told(*items: Item) -> list[str]:
    """Return the lines of all rumours."""
    return [brief(line) for line in lines_of(effects(*items)) if line.rule == "W11"]


def claim(*items: Item) -> Alert:
    """Return the alert of the only rumour."""
    [found] = (one for one in alerts_of(effects(*items)).values() if one.rule == "W11")
    return found


STORIES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "five in three desa": (FIVE, ["09:00 opened"]),
    "four": (FIVE[1:], []),
    "one of them twice": ([*FIVE[:4], copied("a", THIRD)], []),
    "two desa": ([*FIVE[:4], copied("e", SECOND)], []),
    "two rumours of a few each": ([*FIVE[:3], copied("d", SECOND, OTHER), copied("e", THIRD)], []),
    "one of them in the next kabupaten": ([*FIVE[:4], copied("e", FAR)], []),
    "one of them in a drill": (
        [*FIVE[:4], of_election(f"{ELECTION}#drill-gladi", copied("e", THIRD))],
        [],
    ),
    "without a word": ([*FIVE[:4], report("INF-02", THIRD, "e")], []),
    "of a TPS": ([*FIVE[:4], copied("e", AreaCode(f"{THIRD}-001"))], ["09:00 opened"]),
    "told once, however many follow": ([*FIVE, copied("f"), copied("g", KR)], ["09:00 opened"]),
}


@pytest.mark.parametrize(("items", "lines"), STORIES.values(), ids=STORIES)
def test_a_rumour_is_what_many_copy_in_several_desa(items: list[Item], lines: list[str]) -> None:
    """Five people of three desa, within an hour; a takeover changes nothing."""
    assert lines == told(*items)
    day = [NINE, *items, at("09:01")]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_those_who_waited_are_confirmed() -> None:
    """Each copy waits for a person until there are enough; the last counts at once."""
    waited = [f"r-{by} open: score" for by in "abcd"]
    assert [*waited, *(f"r-{by} confirmed: W11" for by in "abcde")] == triage_of(effects(*FIVE))


def test_who_joins_later_is_evidence_and_waits_for_nobody() -> None:
    """And is told of in the words of the alert."""
    more = [*FIVE, at("09:05"), copied("f", KR)]
    assert ["r-f confirmed: W11"] == [
        one for one in triage_of(effects(*more)) if one.startswith("r-f")
    ]
    alert = claim(*more)
    assert [f"r-{by}" for by in "abcdef"] == [one.id for one in alert.evidence]
    assert alert.summary.en.startswith("6 people in 3 desa (Air Rambai, Timbul Rejo, Cawang) ")


def test_it_is_as_vulnerable_as_the_most_vulnerable_place_and_as_wide_as_all() -> None:
    """Reports of a desa alone are of no class."""
    assert ("kurang_rawan", "17.02") == (claim(*FIVE).tps_class, claim(*FIVE).place)
    assert "sangat_rawan" == claim(*FIVE[1:], copied("a", SR)).tps_class


def answered(*later: Item) -> list[str]:
    """Return the lines after a person has answered the rumour at 09:05."""
    done = command(CommandKind.RESOLVE, f"W11@{claim(*FIVE).scope}", "chief")
    return told(*FIVE, at("09:05"), done, *later)[2:]


AGAIN: Final[list[Item]] = [
    *(copied("k"), copied("l"), copied("m", SECOND), copied("n", SECOND), copied("o", THIRD)),
]


def test_what_was_answered_is_forgotten() -> None:
    """Four that come later and the five from before are not nine."""
    assert [] == answered(at("09:10"), *AGAIN[1:])


def test_a_rumour_that_comes_back_is_told_anew() -> None:
    """By five people again, also by those who copied it before."""
    assert ["09:10 opened"] == answered(at("09:10"), *AGAIN)
    places = (DESA, DESA, SECOND, SECOND, THIRD)
    once_more = [
        report("INF-02", place, by, text=TEXT) for by, place in zip("abcde", places, strict=True)
    ]
    assert ["09:10 opened"] == answered(at("09:10"), *once_more)


def test_an_answer_to_one_rumour_leaves_the_other() -> None:
    """What was said of that is remembered."""
    others = [copied(f"x{n}", place, OTHER) for n, place in enumerate((DESA, DESA, SECOND, SECOND))]
    assert [] == told(*others)
    done = command(CommandKind.RESOLVE, f"W11@{claim(*FIVE).scope}", "chief")
    day = [*FIVE, *others, at("09:05"), done, at("09:10"), copied("x9", THIRD, OTHER)]
    assert ["09:00 opened", "09:05 resolved", "09:10 opened"] == told(*day)


def test_a_disturbance_in_a_status_is_no_copy() -> None:
    """It has no text."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(NINE, unrest(KR), correction("x", heartbeat(KR))))
    assert [] == list(state.rumours.items())
