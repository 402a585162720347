"""Counts of a TPS as a whole: turnout (V03), pace (V05), photos (V12), invalid ballots (V11)."""

from typing import Final

import pytest

from streams.domain.events import Ballots, CommandKind, Source, StatusKind
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from streams.judge.state import PartitionState
from tests.support.events import command, status
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.rule_days import day_with, told_by
from tests.support.station import KPPS, PTPS, correcting, count, counting, provisional, saying
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    judge_into,
    named,
    of_election,
    said,
    story,
)
from tests.support.world import ELECTION, KR, KR2, SR, UNKNOWN, R, whole_world

DAY: Final = whole_world()
TWO: Final = at("14:00")
GOVERNOR: Final = "gubernur"

TURNOUT: Final[dict[str, tuple[list[Item], list[str]]]] = {
    # KR: 412 on the list, 98 % of them are 403.76
    "a voter too few": ([count(KR, 203, 200)], []),
    "enough": ([count(KR, 204, 200)], ["14:00 opened"]),
    "what cannot be is another matter": ([count(KR, 900, 200)], []),
    "an unknown TPS has no list": ([count(UNKNOWN, 204, 200)], []),
    "by what another side says": (
        [count(KR, 100, 100), count(KR, 204, 200, PTPS)],
        ["14:00 opened"],
    ),
    "by ballots used": (
        [saying(count(KR, 100, 100), ballots=Ballots(used=404))],
        ["14:00 opened"],
    ),
    "put right in one contest, full in the other": (
        [
            *(count(KR, 204, 200), count(KR, 204, 200, of=GOVERNOR)),
            *(at("14:10"), count(KR, 100, 200), at("14:11")),
        ],
        ["14:00 opened"],
    ),
    "put right in both": (
        [
            *(count(KR, 204, 200), count(KR, 204, 200, of=GOVERNOR), at("14:10")),
            *(count(KR, 100, 200), at("14:11"), count(KR, 100, 200, of=GOVERNOR), at("14:12")),
        ],
        ["14:00 opened", "14:11 returned"],
    ),
    "resolved, and counted again": (
        [
            *(count(KR, 204, 200), at("14:05"), command(CommandKind.RESOLVE, "V03@KR", "chief")),
            *(at("14:10"), count(KR, 205, 200), at("14:11")),
        ],
        ["14:00 opened", "14:05 resolved"],
    ),
}


@pytest.mark.parametrize(("items", "told"), TURNOUT.values(), ids=TURNOUT)
def test_a_tps_is_full_by_the_fullest_of_its_latest_forms(
    items: list[Item], told: list[str]
) -> None:
    """One alert, whatever the contest; a takeover changes nothing."""
    day = [TWO, *items]
    assert told == story(*day, of="V03@KR", world=DAY)
    assert [] == story(*day, of="V03@UNKNOWN", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_fullest_contest_is_named() -> None:
    """With its form, and the sum as arithmetic."""
    day = journal(
        TWO, named("b", count(KR, 204, 200)), named("g", count(KR, 208, 200, of=GOVERNOR))
    )
    alert = alerts_of(judge(day, DAY))["V03@KR"]
    assert ["g"] == [one.id for one in alert.evidence]
    assert "408 of 412 voters" in alert.summary.en


def early(first: int, second: int, by: Source = KPPS, of: str = "bupati") -> Told:
    """Count so many on a form that may still change."""
    return provisional(count(SR, first, second, by, of))


PACE: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "a hundred and one in five minutes": (
        [counting(SR), at("14:05"), early(51, 50)],
        ["14:05 opened"],
    ),
    "a hundred in five minutes": ([counting(SR), at("14:05"), early(50, 50)], []),
    "nobody says when it began": ([at("14:05"), early(51, 50)], []),
    "it is told later when it began": (
        [at("14:05"), early(51, 50), at("14:08"), said("14:00", counting(SR)), at("14:09")],
        ["14:08 opened"],
    ),
    "it began before what was told first": (
        [counting(SR), at("14:05"), early(51, 50), at("14:08"), said("13:50", counting(SR))],
        ["14:05 opened", "14:08 returned"],
    ),
    "two sides count each for itself": (
        [early(1, 1), at("14:06"), early(90, 90, PTPS)],
        [],
    ),
    "two contests each for itself": ([early(1, 1), at("14:06"), early(90, 90, of=GOVERNOR)], []),
    "between two forms that are not neighbours": (
        [early(1, 1), at("14:03"), early(40, 40), at("14:06"), early(70, 70)],
        ["14:06 opened"],
    ),
    "the form that was too fast is put right": (
        [
            *(early(1, 1), at("14:06"), named("f", early(90, 90))),
            *(at("14:10"), correcting("f", early(20, 20)), at("14:11")),
        ],
        ["14:06 opened", "14:10 returned"],
    ),
}


@pytest.mark.parametrize(("items", "told"), PACE.values(), ids=PACE)
def test_nobody_counts_so_fast(items: list[Item], told: list[str]) -> None:
    """Of any two forms of a side, or since it began; a takeover changes nothing."""
    day = [TWO, *items]
    assert told == story(*day, of="V05@SR", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_first_form_that_was_too_fast_is_the_evidence() -> None:
    """Whatever comes after it."""
    day = journal(
        TWO, early(1, 1), at("14:06"), named("x", early(90, 90)), at("14:12"), early(190, 95)
    )
    alert = alerts_of(judge(day, DAY))["V05@SR"]
    assert (["x"], 180 - 2) == (
        [one.id for one in alert.evidence],
        next(why.value for why in alert.why if why.check == "ballots_counted"),
    )


PHOTO: Final = "ab" * 32


def pictured(told: Told, photo: str = PHOTO) -> Told:
    """Add the photo of the form."""
    return saying(told, image_sha256=photo)


def at_tps(tps: AreaCode, by: Source = KPPS) -> Told:
    """Count something, with the photo."""
    return pictured(count(tps, 120, 98, by))


PHOTOS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "one TPS, twice": ([at_tps(KR), at_tps(KR, PTPS)], []),
    "two TPS": ([at_tps(KR), at_tps(R)], ["14:00 opened"]),
    "one of them in a drill": (
        [at_tps(KR), of_election(f"{ELECTION}#drill-gladi", at_tps(R))],
        [],
    ),
    "an unknown TPS": ([at_tps(KR), at_tps(UNKNOWN)], ["14:00 opened"]),
    "one withdraws it": (
        [at_tps(KR), named("f", at_tps(R)), at("14:10"), correcting("f", count(R, 120, 98))],
        ["14:00 opened", "14:10 returned"],
    ),
    "another side withdraws nothing": (
        [at_tps(KR), named("f", at_tps(R)), at("14:10"), correcting("f", count(R, 120, 98, PTPS))],
        ["14:00 opened"],
    ),
    "the correction comes first": (
        [at_tps(KR), correcting("f", count(R, 120, 98)), at("14:10"), named("f", at_tps(R))],
        [],
    ),
    "the correction bears it too": (
        [at_tps(KR), named("f", at_tps(R)), at("14:10"), correcting("f", at_tps(R))],
        ["14:00 opened"],
    ),
    "three, and one withdraws": (
        [
            *(at_tps(KR), at_tps(KR2), named("f", at_tps(R))),
            *(at("14:10"), correcting("f", count(R, 120, 98))),
        ],
        ["14:00 opened", "14:00 updated"],
    ),
    "withdrawn and borne again": (
        [
            *(at_tps(KR), named("f", at_tps(R)), at("14:10"), correcting("f", count(R, 120, 98))),
            *(at("14:20"), at_tps(R)),
        ],
        ["14:00 opened", "14:10 returned", "14:20 reopened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), PHOTOS.values(), ids=PHOTOS)
def test_one_photo_is_of_one_tps(items: list[Item], told: list[str]) -> None:
    """What is corrected bears it no more; a takeover changes nothing."""
    day = [TWO, *items]
    lines = story(*day, of=f"V12@image:{PHOTO}", world=DAY)
    assert told == [line for line in lines if "escalated" not in line]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_what_had_to_make_room_has_not_been_withdrawn() -> None:
    """A TPS that counts on and on has borne the photo all the same."""
    state = PartitionState(0, DAY)
    later = [provisional(count(R, 1, number)) for number in range(70)]
    judge_into(state, journal(TWO, at_tps(KR), at_tps(R), at("14:10"), *later))
    [(_, row)] = state.images.items()
    assert [KR, R] == [one.place for one in row.bearers]


def shares(number: int, invalid: int, first: int = 101) -> dict[str, object]:
    """So many TPS of desa A count 400 ballots each, so many of these invalid."""
    tps, votes = f"{first}-{first + number - 1}", {"01": 200, "02": 200 - invalid}
    numbers: dict[str, object] = {"valid": 400 - invalid, "invalid": invalid}
    return {"at": "15:00", "count": "final", "tps": [tps], "votes": votes, **numbers}


def lone(invalid: int, clock: str = "15:10", **more: object) -> dict[str, object]:
    """TPS 1 counts 400 ballots, so many of them invalid."""
    votes = {"01": 180, "02": 220 - invalid}
    numbers: dict[str, object] = {"valid": 400 - invalid, "invalid": invalid}
    return {"at": clock, "count": "final", "tps": 1, "votes": votes, **numbers, **more}


USUAL: Final = (shares(9, 8), shares(10, 16, first=110))
"""Nineteen of its siblings: 2 and 4 %."""

APART: Final[dict[str, tuple[tuple[dict[str, object], ...], list[str]]]] = {
    "one lies apart": ((lone(45),), ["15:10 opened V11@1"]),
    "one that is like the others": ((lone(17),), []),
    "it is put right": (
        (lone(45), lone(9, "15:20")),
        ["15:10 opened V11@1", "15:20 returned V11@1"],
    ),
    "it may still change": ((lone(45, count="provisional"),), []),
    "it is held back, for it cannot be": (
        (lone(45), lone(45, "15:20", ballots={"received": 1})),
        ["15:10 opened V11@1", "15:20 returned V11@1"],
    ),
}


@pytest.mark.parametrize(("events", "told"), APART.values(), ids=APART)
def test_a_share_is_compared_with_those_of_its_siblings(
    events: tuple[dict[str, object], ...], told: list[str]
) -> None:
    """Of the forms that stand, final and possible."""
    assert told == told_by(day_with(*USUAL, *events, until="16:00"), "V11")


def test_a_status_is_no_count() -> None:
    """Who says that he counts has not counted yet."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(TWO, status(StatusKind.COUNTING_STARTED, KR, Role.KPPS)))
    assert [] == list(state.ledgers.items())
