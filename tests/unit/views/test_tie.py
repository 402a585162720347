"""The worksheet of a tie: for those who may see votes, and for nobody else."""

from typing import Final

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.setup import load_pack
from streams.views.asked import Asked
from streams.views.tie import Tie, ties_of
from tests.support.station import correcting, count, provisional
from tests.support.stories import Item, at, journal, judge_into, named
from tests.support.world import ELECTION, KH, KR, SR, R, local, plan

OFFICE: Final = ("kades-17.02.09.1001", "17.02.09.1001")
FORMS: Final[tuple[Item, ...]] = (
    *(at("14:00"), named("a", count(KR, 100, 90, of=OFFICE[0])), count(R, 80, 80, of=OFFICE[0])),
    *(count(SR, 50, 60, of=OFFICE[0]), count(KH, 10, 10, of=OFFICE[0])),
)


def ties(*items: Item, role: ActorRole | None = ActorRole.LIAISON, area: str = "") -> list[Tie]:
    """Return the ties of a village with four TPS."""
    village = plan(kind="pilkades", contests=(OFFICE,))
    rules = compile_pack(load_pack("siaga", "pilkades"))
    state = PartitionState(0, World({ELECTION: Watched.of(village, rules)}))
    judge_into(state, journal(*FORMS, *items, at("14:30")))
    asked = Asked(election=ELECTION, area=AreaCode(area), now=local("14:30"), role=role)
    return list(ties_of(state, asked))


def test_the_sheet_has_every_tps_from_the_most_voters_on() -> None:
    """With the votes of those who are tied, and who leads where it decides."""
    [tie] = ties()
    assert (OFFICE[0], "17.02.09.1001", ("01", "02")) == (tie.contest, tie.area, tie.sheet.tied)
    assert [KR, R, SR, KH] == [row.tps for row in tie.sheet.rows]
    assert [True, False, False, False] == [row.decides for row in tie.sheet.rows]
    assert (("01", 100), ("02", 90)) == tie.sheet.rows[0].votes
    assert "01" == tie.sheet.first


def test_it_is_for_those_who_may_see_votes() -> None:
    """The control room may not."""
    assert [] == ties(role=None)
    assert [] == ties(role=ActorRole.OPERATOR)
    assert 1 == len(ties(role=ActorRole.COMMANDER))


def test_it_is_of_its_own_area() -> None:
    """Another kecamatan has none."""
    assert 1 == len(ties(area="17.02.09"))
    assert [] == ties(area="17.02.11")


def test_a_correction_ends_it() -> None:
    """Nobody is tied any more, though the alert has not been looked at yet."""
    ended = correcting("a", named("b", count(KR, 101, 90, of=OFFICE[0])))
    assert [] == ties(at("14:10"), ended)


def test_a_form_that_may_still_change_ties_nobody() -> None:
    """All TPS must be final."""
    changing = provisional(named("p", count(KR, 100, 90, of=OFFICE[0])))
    assert [] == ties(at("14:10"), correcting("a", changing))
