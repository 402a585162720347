"""Boxes: one a contest, all together, and nearly always as they left."""

from collections import defaultdict
from statistics import median

import pytest

from streams.domain.events import StatusKind, TpsStatus
from streams.domain.times import MINUTE_MS, EpochMs
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import plan_of, statuses

kinds = pytest.mark.parametrize("kind", list(ElectionKind))


def boxes(
    kind: ElectionKind, said: StatusKind, day: str = "ordinary"
) -> dict[str, tuple[EpochMs, TpsStatus]]:
    """Return what was said of each box last."""
    return {one.box: (post.at, one) for post, one in statuses(kind, day) if one.kind is said}


def shares_of_eta(kind: ElectionKind, day: str) -> list[float]:
    """Return how long each box took, of the time that it should."""
    came = boxes(kind, StatusKind.BOX_ARRIVED, day)
    shares: list[float] = []
    for box, (at, left) in boxes(kind, StatusKind.BOX_DEPARTED, day).items():
        assert isinstance(left.eta_minutes, float | int)
        shares.append((came[box][0] - at) / MINUTE_MS / left.eta_minutes)
    return shares


@kinds
def test_every_box_that_leaves_arrives(kind: ElectionKind) -> None:
    """One of each contest, and after it has left."""
    left, came = boxes(kind, StatusKind.BOX_DEPARTED), boxes(kind, StatusKind.BOX_ARRIVED)
    plan = plan_of(kind)
    expected = sum(len(plan.election.contests_of(code)) for code in plan.tps)
    assert expected == len(left)
    assert left.keys() == came.keys()
    assert all(left[box][0] < came[box][0] for box in left)


@kinds
def test_boxes_of_a_tps_go_together(kind: ElectionKind) -> None:
    """They leave at one time, arrive at one time, and all name their escort or none does."""
    trips: dict[str, set[tuple[EpochMs, EpochMs, bool]]] = defaultdict(set)
    came = boxes(kind, StatusKind.BOX_ARRIVED)
    for box, (at, left) in boxes(kind, StatusKind.BOX_DEPARTED).items():
        trips[box.partition("#")[0]].add((at, came[box][0], isinstance(left.escort, tuple)))
    assert {1} == {len(one) for one in trips.values()}


@kinds
def test_the_way_takes_about_as_long_as_usual(kind: ElectionKind) -> None:
    """Half of them longer, on an ordinary day none half as long again."""
    shares = shares_of_eta(kind, "ordinary")
    assert 0.95 < median(shares) < 1.05
    assert max(shares) <= ORDINARY.of_eta


@kinds
def test_on_an_irregular_day_some_take_half_as_long_again(kind: ElectionKind) -> None:
    """One of fifty trips; hardly any takes twice as long."""
    shares = shares_of_eta(kind, "irregular")
    assert 0.002 < sum(share > 1.5 for share in shares) / len(shares) < 0.05
    assert sum(share > 2 for share in shares) / len(shares) < 0.01


@kinds
def test_who_does_not_name_an_escort_says_later_that_it_is_there(kind: ElectionKind) -> None:
    """Three of a hundred trips of an irregular day, none of an ordinary one; none goes alone."""
    for day, expected in (("ordinary", 0.0), ("irregular", IRREGULAR.escort_unnamed)):
        joined = boxes(kind, StatusKind.ESCORT_JOINED, day)
        left = boxes(kind, StatusKind.BOX_DEPARTED, day)
        unnamed = {box for box, (_, one) in left.items() if not isinstance(one.escort, tuple)}
        assert unnamed == joined.keys()
        assert abs(len(unnamed) / len(left) - expected) <= expected


@kinds
def test_seals_are_read_as_they_were_written(kind: ElectionKind) -> None:
    """All of them, but for one of a thousand on an irregular day."""
    for day, most in (("ordinary", 0.0), ("irregular", 0.01)):
        left = boxes(kind, StatusKind.BOX_DEPARTED, day)
        came = boxes(kind, StatusKind.BOX_ARRIVED, day)
        wrong = [box for box in left if left[box][1].seal != came[box][1].seal]
        assert len(wrong) <= most * len(left)
