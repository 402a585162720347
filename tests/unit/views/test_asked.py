"""Who may see which alerts, and which TPS an area has."""

import pytest
from msgspec.structs import replace

from streams.domain.alert import Ladder
from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode
from streams.judge.state import PartitionState
from streams.views.asked import Asked, alerts_of, kecamatan_of_area, may_see, tps_of_area
from tests.support.books import alert_on
from tests.support.events import report, suspended
from tests.support.stories import at, journal, judge_into
from tests.support.world import (
    DESA,
    EARLY,
    ELECTION,
    FAR,
    FAR2,
    KR,
    R2,
    local,
    plan,
    whole_world,
)

ALL = Asked(election=ELECTION, now=local("12:00"))


def after_a_morning() -> PartitionState:
    """A halt at `KR`, then a complaint about the police in the other kecamatan."""
    state = PartitionState(0, whole_world())
    told = (at("08:00"), suspended(KR), at("09:00"), report("NET-01", R2, "w1"), at("09:30"))
    judge_into(state, journal(*told))
    return state


def rules(role: ActorRole | None = None, area: str = "") -> list[str]:
    """Return the rules of the alerts that are seen, but of stages that nobody told."""
    asked = replace(ALL, role=role, area=AreaCode(area))
    found = [one.rule for one in alerts_of(after_a_morning(), asked)]
    return [one for one in found if one in {"T06", "W08"}]


def test_what_is_restricted_is_for_its_roles() -> None:
    """A commander is no Propam, and nobody in particular is neither."""
    assert ["T06"] == rules()
    assert ["T06"] == rules(ActorRole.COMMANDER)
    assert ["T06", "W08"] == rules(ActorRole.PROPAM)


def test_an_area_has_the_alerts_of_what_lies_in_it() -> None:
    """And no others."""
    assert ["T06"] == rules(area=DESA)
    assert [] == rules(area="17.02.11")
    assert ["W08"] == rules(ActorRole.PROPAM, "17.02.11")
    assert ["T06"] == rules(area="17")


def test_another_election_is_another_matter() -> None:
    """Also a drill of this one."""
    state = after_a_morning()
    assert () == alerts_of(state, replace(ALL, election="curup-2024#drill-1"))


@pytest.mark.parametrize(
    ("role", "expected"),
    [(None, False), (ActorRole.OPERATOR, False), (ActorRole.LIAISON, True)],
)
def test_a_role_is_named_or_not(role: ActorRole | None, *, expected: bool) -> None:
    """By the alert itself."""
    alert = replace(alert_on(Ladder.OPS), restricted_to=("commander", "liaison"))
    assert expected == may_see(alert, role)


def test_an_area_has_its_tps_and_their_kecamatan() -> None:
    """Of a desa those of its own kecamatan; of nothing in particular all."""
    at_desa = replace(ALL, area=AreaCode("17.02.11.2001"))
    assert [R2, EARLY] == [one.code for one in tps_of_area(plan(), at_desa)]
    assert ("17.02.11",) == kecamatan_of_area(plan(), at_desa)
    assert {FAR, FAR2} < {one.code for one in tps_of_area(plan(), ALL)}
    assert ("17.02.09", "17.02.11", "17.03.02") == kecamatan_of_area(plan(), ALL)
