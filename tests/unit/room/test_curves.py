"""The curve of the day: what is counted of which TPS, and who sees it."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import Final

import httpx
import pytest
from msgspec.structs import replace

from streams.domain.facts import Stage
from streams.domain.ids import ElectionId
from streams.domain.times import EpochMs
from streams.engine.topics import Topic
from streams.room.curves import Curves, Rises, Sum
from streams.room.model import Model
from streams.room.page_documents import Curve
from streams.wire.picture import ExpectedBy, StageAt, TpsPicture, encode
from streams.wire.time import moment_of
from tests.support.room_houses import arrived, put_in
from tests.unit.room.documents import NOW, area, tps
from tests.unit.room.rooms import OUTSIDE_TPS, TPS, Room, Visitor, visiting

_SECOND: Final = "36.04.17.2010-002"


def at(clock: str) -> str:
    """Return a moment of the day as documents tell it."""
    return f"2024-11-27T{clock}+07:00"


def ms(clock: str) -> EpochMs:
    """Return a moment of the day."""
    return moment_of(at(clock))


def curve_of(rises: Iterable[Rises]) -> Curve:
    """Return rises, added up."""
    return Sum(rises).curve()


def walked(code: str, *steps: tuple[Stage, str]) -> TpsPicture:
    """Return a TPS that has come to stages, each at its time."""
    last, clock = steps[-1]
    stages = tuple(StageAt(stage, at(one)) for stage, one in steps)
    return replace(tps(code, last), stage_at=at(clock), stages_at=stages)


COUNTING: Final = (
    (Stage.VOTING, "07:00:30"),
    (Stage.CLOSED, "13:00:00"),
    (Stage.COUNTING, "13:20:00"),
)
WALKS: Final[dict[str, tuple[TpsPicture, dict[Stage, str]]]] = {
    "each-step-at-its-minute": (
        walked(TPS, *COUNTING),
        {Stage.VOTING: "07:01:00", Stage.CLOSED: "13:00:00", Stage.COUNTING: "13:20:00"},
    ),
    "who-counts-has-closed": (
        walked(TPS, (Stage.VOTING, "07:00:00"), (Stage.COUNTING, "13:20:00")),
        {Stage.VOTING: "07:00:00", Stage.CLOSED: "13:20:00", Stage.COUNTING: "13:20:00"},
    ),
    "a-worker-of-before-tells-one-moment": (
        replace(tps(TPS, Stage.CLOSED), stage_at=at("13:00:00")),
        {Stage.VOTING: "13:00:00", Stage.CLOSED: "13:00:00"},
    ),
    "a-pause-is-no-step": (
        replace(
            walked(TPS, *COUNTING, (Stage.SUSPENDED, "13:50:00")), suspended_stage=Stage.COUNTING
        ),
        {Stage.VOTING: "07:01:00", Stage.CLOSED: "13:00:00", Stage.COUNTING: "13:20:00"},
    ),
    "what-was-corrected-is-not-reached": (
        replace(walked(TPS, *COUNTING), stage=Stage.VOTING, stage_at=at("07:00:30")),
        {Stage.VOTING: "07:01:00"},
    ),
    "come-to-again-after-a-pause": (
        walked(TPS, *COUNTING, (Stage.SUSPENDED, "13:50:00"), (Stage.COUNTING, "14:00:00")),
        {Stage.VOTING: "07:01:00", Stage.CLOSED: "13:00:00", Stage.COUNTING: "13:20:00"},
    ),
    "not-open": (replace(tps(TPS, Stage.NOT_OPEN), stage_at=None), {}),
    "put-off": (replace(tps(TPS, Stage.POSTPONED), stage_at=at("06:30:00")), {}),
}


@pytest.mark.parametrize(("one", "minutes"), WALKS.values(), ids=WALKS)
def test_a_tps_is_counted_from_when_it_came_to_a_step(
    one: TpsPicture, minutes: dict[Stage, str]
) -> None:
    """By whole minutes, the next one: a curve is never early."""
    model = Model()
    put_in(model, area(), one, at=NOW)
    reached = curve_of(Curves(model.pictures).whole("36.04", 0)).reached
    assert {step: ((ms(clock), 1),) for step, clock in minutes.items()} == {
        step: points for step, points in reached.items() if points
    }


def test_curves_of_several_kabupaten_are_added_up() -> None:
    """What is reached and what is expected alike; a minute in which two rise is one point."""
    model = Model()
    for code, rising in (
        ("36.04", (("07:30:00", 2), ("08:00:00", 5))),
        ("36.05", (("07:30:00", 3),)),
    ):
        due = {Stage.VOTING: tuple(ExpectedBy(at(clock), count) for clock, count in rising)}
        put_in(model, replace(area(code), expected_by=due), at=NOW)
    for code in (TPS, _SECOND, OUTSIDE_TPS):
        clock = "07:09:01" if code == _SECOND else "07:05:00"
        put_in(model, walked(code, (Stage.VOTING, clock)), at=NOW)
    curves = Curves(model.pictures)
    found = curve_of(one for code in ("36.04", "36.05") for one in curves.whole(code, 0))
    assert ((ms("07:05:00"), 2), (ms("07:10:00"), 3)) == found.reached[Stage.VOTING]
    assert ((ms("07:30:00"), 5), (ms("08:00:00"), 8)) == found.expected[Stage.VOTING]


def test_of_a_drill_its_own_tps_are_counted() -> None:
    """Its rows have keys of their own."""
    model = Model()
    put_in(model, area(), walked(TPS, (Stage.VOTING, "07:00:00")), at=NOW)
    drill = ElectionId("serang-2024#drill-1")
    trained = walked(TPS, (Stage.VOTING, "10:00:00"))
    for one in (area(), trained):
        value = encode(replace(one, election=drill))
        model.apply(arrived(Topic.PICTURE, f"{one.code}@{drill}", value, NOW))
    curves = Curves(model.pictures)
    [own] = curve_of(curves.whole("36.04", 0)).reached[Stage.VOTING]
    [other] = curve_of(curves.whole(f"36.04@{drill}", 0)).reached[Stage.VOTING]
    assert ((ms("07:00:00"), 1), (ms("10:00:00"), 1)) == (own, other)


def test_what_was_counted_is_kept_for_its_epoch() -> None:
    """A country is not counted anew for each who looks."""
    model = Model()
    put_in(model, area(), walked(TPS, (Stage.VOTING, "07:00:00")), at=NOW)
    curves = Curves(model.pictures)
    first = curve_of(curves.whole("36.04", 7))
    put_in(model, walked(_SECOND, (Stage.VOTING, "07:00:00")), at=NOW)
    assert first == curve_of(curves.whole("36.04", 7))
    assert ((ms("07:00:00"), 2),) == curve_of(curves.whole("36.04", 8)).reached[Stage.VOTING]


def test_a_large_kabupaten_is_counted_piece_by_piece() -> None:
    """Streams go on between two; what goes meanwhile is not counted."""
    model = Model()
    codes = [f"36.04.{17 + n // 900}.{2001 + n // 90 % 10}-{1 + n % 90:03}" for n in range(1_200)]
    put_in(model, area(), *(walked(one, (Stage.VOTING, "07:00:00")) for one in codes), at=NOW)
    for pieces in (Curves(model.pictures).whole("36.04", 0), Curves(model.pictures).part(codes)):
        counted = [one.reached.get(Stage.VOTING, Counter[EpochMs]()).total() for one in pieces]
        assert ([500, 500, 200], 1_200) == (counted[:3], sum(counted))
    curves = Curves(model.pictures)
    counting = curves.whole("36.04", 0)
    first = next(counting)
    model.apply(arrived(Topic.PICTURE, codes[-1], None, NOW))
    found = curve_of([first, *counting]).reached[Stage.VOTING]
    assert ((ms("07:00:00"), 1_199),) == found
    assert 1 == len([*curves.whole("36.04", 0)])


VOTING_NOW: Final = {
    "": 1,
    "36": 1,
    "36.04": 1,
    "36.04.17": 1,
    "36.04.17.2010": 1,
    "36.04.18": 0,
    "36.05": None,
    "17": None,
    "36.04.17.2010-001": None,
    "nowhere": None,
}


@pytest.mark.parametrize("asked", VOTING_NOW)
def test_a_curve_is_of_what_is_in_sight(asked: str) -> None:
    """Of more than one's own area one gets one's own; what lies outside is unknown."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        answer = await visitor.ask("GET", f"/api/v1/curve?area={asked}")
        assert VOTING_NOW[asked] == _voting(answer)

    visiting("viewer", talk)


def _voting(answer: httpx.Response) -> int | None:
    """Return how many vote at the end of the curve; None: there is none."""
    if answer.status_code == 404:
        return None
    points: list[list[int]] = answer.json()["reached"]["voting"]
    return points[-1][1] if points else 0


@pytest.mark.parametrize("asked", ["", "36.04", "36.04.17"])
def test_a_curve_is_added_up_once_for_all(asked: str) -> None:
    """For half a minute everybody who sees the same gets what the first was told."""

    async def talk(room: Room, visitor: Visitor) -> None:
        first = await visitor.ask("GET", f"/api/v1/curve?area={asked}")
        put_in(room.model, walked(_SECOND, (Stage.VOTING, "07:00:00")), at=NOW)
        later = await visitor.ask("GET", f"/api/v1/curve?area={asked}")
        assert (1, first.content) == (_voting(first), later.content)
        times = replace(room.house.times, steady_s=lambda: 30.0)
        room.serve(replace(room.house, times=times))
        async with room.visit("viewer") as another:
            assert 2 == _voting(await another.ask("GET", f"/api/v1/curve?area={asked}"))

    visiting("viewer", talk)


def test_a_curve_of_an_election_that_is_none_is_empty() -> None:
    """A word that no id can be is refused: what is held is held by it."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        assert 0 == _voting(await visitor.ask("GET", "/api/v1/curve?election=of-nobody"))
        assert None is _voting(await visitor.ask("GET", f"/api/v1/curve?election={'x' * 513}"))

    visiting("viewer", talk)


def test_two_who_ask_at_once_are_counted_for_once() -> None:
    """The second waits for what the first is being told."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        both = [visitor.ask("GET", "/api/v1/curve") for _ in range(2)]
        first, second = await asyncio.gather(*both)
        assert (2, first.content) == (_voting(first), second.content)

    visiting("viewer-all", talk)


def test_who_sees_everything_gets_all_as_one() -> None:
    """Both kabupaten of the room."""

    async def talk(_room: Room, visitor: Visitor) -> None:
        assert 2 == _voting(await visitor.ask("GET", "/api/v1/curve"))

    visiting("viewer-all", talk)
