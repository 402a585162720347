"""What an author calls a time, a place or a person is found in the plan, or told."""

import pytest

from streams.domain.events import Actor, ActorRole
from streams.domain.ids import ElectionId, Scope, alert_id
from streams.errors import InputError
from streams.simulation.story_document import Document
from streams.simulation.story_stage import Stage
from streams.territory.zone import Zone
from streams.wire.time import format_time
from tests.stories.judging import DUA_ZONA, REJANG_LEBONG, plan_of
from tests.unit.simulation.written import OFFICER, PAIR, TPS

BOX = f"box:17.02/{TPS}#2"
STAGE = Stage(plan_of(REJANG_LEBONG), Document("story.yaml", "a: b"))


@pytest.mark.parametrize(("clock", "expected"), [("07:10", "07:10:00"), ("13:05:09", "13:05:09")])
def test_a_clock_is_local_time_of_the_day(clock: str, expected: str) -> None:
    """On the day of the poll, in the zone of the plan."""
    at = format_time(STAGE.moment(clock), STAGE.offset_minutes)
    assert f"2024-11-27T{expected}+07:00" == at


@pytest.mark.parametrize(
    ("zone", "expected"),
    [(Zone.WIB, "2024-02-14T07:10:00+07:00"), (Zone.WIT, "2024-02-14T07:10:00+09:00")],
)
def test_a_clock_is_that_of_a_zone_where_one_is_named(zone: Zone, expected: str) -> None:
    """The same hands, two hours apart."""
    stage = Stage(plan_of(DUA_ZONA), Document("story.yaml", "a: b")).by_clocks_of(zone, ())
    assert expected == format_time(stage.moment("07:10"), stage.offset_minutes)


def test_a_zone_in_which_nobody_votes_is_told() -> None:
    """Its clocks are nobody's."""
    with pytest.raises(InputError, match=r"story.yaml:1: a: found 'WIT', expected WIB"):
        STAGE.by_clocks_of(Zone.WIT, ("a",))


@pytest.mark.parametrize("area", ["17", "17.02", "17.02.09", TPS[:13], TPS])
def test_an_area_of_any_size_can_lean(area: str) -> None:
    """From the province down to a TPS."""
    STAGE.check_area(area, ())


@pytest.mark.parametrize("area", ["36", "17.03", "17.02.09.1027-999", "x"])
def test_an_area_without_voters_is_told(area: str) -> None:
    """What is said of it would change nothing."""
    with pytest.raises(InputError, match=r"story.yaml:1: a: found .*, expected an area or TPS"):
        STAGE.check_area(area, ("a",))


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (TPS, {TPS}),
        (TPS[:13], {TPS[:13]}),
        (OFFICER, {OFFICER}),
        (BOX, {BOX}),
        (PAIR, {"17.02.22.2004-006", "officer:17.02/P55A", "officer:17.02/P55B"}),
    ],
)
def test_a_scope_is_what_messages_are_about(scope: str, names: set[str]) -> None:
    """A pair is its TPS and its officers, a box is itself."""
    assert names == STAGE.names_of(scope, ())


@pytest.mark.parametrize(
    "scope",
    [
        *("17.02.09.1027-999", "17.02.09.2999", "17.02.09", "x:y"),
        *("pair:17.02/P99", "officer:17.02/X", f"box:17.02/{TPS}#3", f"box:17.02/{TPS}"),
    ],
)
def test_a_scope_that_the_plan_has_not_is_told(scope: str) -> None:
    """A misspelt one would silence nobody."""
    with pytest.raises(InputError, match=r"story.yaml:1: a: found .* of the plan"):
        STAGE.names_of(scope, ("a",))


@pytest.mark.parametrize(
    "scope",
    [
        *(TPS, TPS[:13], TPS[:8], TPS[:5], PAIR, OFFICER, BOX),
        *("polsek:17.02/Curup", "source:17.02/warga-1", "claim:17.02/a", "image:17.02/b"),
        *("contest:bupati@17.02", "contest:gubernur@17.02"),
    ],
)
def test_an_alert_can_be_about_more_than_a_message(scope: str) -> None:
    """An area above the desa, a Polsek, a contest: what only rules look at."""
    STAGE.check_scope(scope, ())


@pytest.mark.parametrize(
    "scope",
    [
        *("17.99", "17.02.99", "polsek:17.02/Nowhere", "source:17.02/", "nothing:17.02/a"),
        *("contest:kades@17.02", "contest:bupati@17.03", "contest:bupati", f"box:17.02/{TPS}#0"),
    ],
)
def test_an_alert_that_no_rule_could_open_is_told(scope: str) -> None:
    """What is expected of it would never come."""
    with pytest.raises(InputError, match=r"story.yaml:1: a: found"):
        STAGE.check_scope(scope, ("a",))


def test_who_stands_in_a_contest_is_known() -> None:
    """By the choices of the plan."""
    assert ("01", "02", "03") == STAGE.choices(TPS, "bupati", ())


def test_a_whole_area_votes_in_a_contest_that_covers_it() -> None:
    """And in none that is narrower."""
    assert ("01", "02", "03") == STAGE.choices("17.02", "bupati", ())
    with pytest.raises(InputError, match="found 'bupati', expected gubernur"):
        STAGE.choices("17", "bupati", ())


def test_an_actor_has_role_and_area_of_the_roster() -> None:
    """So a story cannot claim what the roster denies."""
    assert Actor("posko-curup", ActorRole.OPERATOR, "17.02.09") == STAGE.actor("posko-curup", ())


def test_an_actor_that_the_roster_has_not_is_told() -> None:
    """Live such a command would be refused."""
    with pytest.raises(InputError, match=r"found 'nobody', expected an actor of actors\.csv"):
        STAGE.actor("nobody", ())


def test_an_officer_that_nobody_knows_is_told() -> None:
    """Live such a check-in would be refused."""
    with pytest.raises(InputError, match=r"found 'P99Z', expected an officer of personnel\.csv"):
        STAGE.officer_about("P99Z", ())


@pytest.mark.parametrize(
    ("name", "rule", "scope", "key"),
    [
        (f"T03@{TPS}", "T03", TPS, ""),
        (f"T07@{PAIR}", "T07", PAIR, ""),
        (f"W01@{TPS[:13]}|KAM-01", "W01", TPS[:13], "KAM-01"),
        (f"T10@{BOX}", "T10", BOX, ""),
        ("V07@contest:bupati@17.02", "V07", "contest:bupati@17.02", ""),
    ],
)
def test_an_alert_is_called_by_its_first_episode(
    name: str, rule: str, scope: str, key: str
) -> None:
    """Its id is the same in every replay, so it can be known beforehand."""
    case = (ElectionId("rejang-lebong-2024"), rule, Scope(scope), key)
    assert alert_id("17.02", case, 1) == STAGE.alert_id(name, ())


@pytest.mark.parametrize(
    ("name", "key", "episode"),
    [(f"T03@{TPS} (2)", "", 2), (f"W01@{TPS}|KAM-01 (12)", "KAM-01", 12), (f"T03@{TPS}|", "", 1)],
)
def test_an_alert_is_called_by_a_later_episode(name: str, key: str, episode: int) -> None:
    """What has ended may come again on the same day, as another alert."""
    case = (ElectionId("rejang-lebong-2024"), name[:3], Scope(TPS), key)
    assert alert_id("17.02", case, episode) == STAGE.alert_id(name, ())


@pytest.mark.parametrize(
    "name", ["T03", f"@{TPS}", "T03@17.02.09.1027-999", f"T03@{TPS} (0)", f"T03@{TPS}(2)"]
)
def test_an_alert_that_cannot_be_is_told(name: str) -> None:
    """A command on it would be refused."""
    with pytest.raises(InputError, match="found"):
        STAGE.alert_id(name, ())
