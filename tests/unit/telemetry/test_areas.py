"""Metrics of places after stories: what the picture says, by kabupaten, and nothing finer."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId
from streams.domain.words import TPS_CLASSES
from streams.judge.world import Watched, World
from streams.telemetry.area_metrics import AREA_METRICS
from streams.telemetry.area_pages import (
    FEW_KABUPATEN,
    KABUPATEN,
    KECAMATAN,
    ClassCounts,
    StageCounts,
    lengths_of,
)
from tests.support.events import ack, heartbeat, opened, report
from tests.support.station import arrived, count, departed, provisional
from tests.support.stories import Told, at, deaf, of_election
from tests.support.world import (
    DESA,
    ELECTION,
    GOVERNOR,
    KR,
    KR2,
    R2,
    REGENT,
    SR,
    VILLAGE,
    R,
    every_rule,
    local,
    plan,
    whole_world,
)
from tests.unit.telemetry.shown import Scene, labelled

CURUP: Final = "17.02.09"
CAWANG: Final = "17.02.11"
HOME: Final = "17.02"
AWAY: Final = "17.03"
DRILL: Final = f"{ELECTION}{DRILL_MARK}gladi"
MORNING: Final = at("06:00")
COUNTED_VILLAGE: Final = (f"{VILLAGE[0]}-{VILLAGE[1]}", VILLAGE[1])
"""As folders of village elections call their contests."""


def test_tps_are_counted_by_stage_and_by_class() -> None:
    """All that the plan has, at 0 where there is none."""
    scene = Scene().go_on(MORNING, at("07:00"), opened(KR), opened(R2), at("07:01"))
    shown = scene.places()
    assert 2 == scene.value("siaga_area_tps", kabupaten=HOME, stage="voting")
    assert 5 == scene.value("siaga_area_tps", kabupaten=HOME, stage="not_open")
    assert 0 == scene.value("siaga_area_tps", kabupaten=HOME, stage="box_in")
    assert 2 == scene.value("siaga_area_tps", kabupaten=AWAY, stage="not_open")
    assert 2 * len(Stage) == len(shown["siaga_area_tps"])
    assert 3 == scene.value("siaga_area_tps_class", kabupaten=HOME, **{"class": "kurang_rawan"})
    assert 2 * len(TPS_CLASSES) == len(shown["siaga_area_tps_class"])


def test_stage_and_class_are_counted_together() -> None:
    """By province; a TPS that goes on is no longer counted where it was."""
    scene = Scene().go_on(MORNING, at("07:00"), opened(SR), opened(R2))
    crossed = scene.places()["siaga_tps_stage_class"]
    assert len(Stage) * len(TPS_CLASSES) == len(crossed)
    assert 9 == sum(value for _, value in crossed)
    voting = {labels["class"]: n for labels, n in crossed if labels["stage"] == "voting" and n}
    assert {"rawan": 1, "sangat_rawan": 1} == voting
    assert {"17"} == {labels["province"] for labels, _ in crossed}
    scene.go_on(at("07:30"), departed(SR))
    moved = {
        (labels["stage"], n)
        for labels, n in scene.places()["siaga_tps_stage_class"]
        if labels["class"] == "sangat_rawan" and n
    }
    assert {("not_open", 1), ("box_away", 1)} == moved


def test_a_kabupaten_has_its_names() -> None:
    """And those of its province."""
    shown = Scene().go_on(MORNING).places()["siaga_area_info"]
    assert [
        ({"kabupaten": HOME, "name": "Rejang Lebong", "province": "17"}, 1),
        ({"kabupaten": AWAY, "name": "Bengkulu Utara", "province": "17"}, 1),
    ] == [({k: v for k, v in one.items() if k != "province_name"}, n) for one, n in shown]
    assert {"Bengkulu"} == {labels["province_name"] for labels, _ in shown}


def test_silence_is_shown_until_it_ends() -> None:
    """As the alerts say; who has sent nothing at all is counted apart."""
    scene = Scene().go_on(MORNING, at("07:00"), opened(KR), at("09:00"))
    assert 1 == scene.value("siaga_area_tps_silent", kabupaten=HOME)
    assert 6 == scene.value("siaga_area_tps_never_heard", kabupaten=HOME)
    scene.go_on(heartbeat(KR), at("09:01"))
    assert 0 == scene.value("siaga_area_tps_silent", kabupaten=HOME)


def test_what_should_be_by_now_stands_beside_what_is() -> None:
    """By stage, as far as some rule awaits it by the clock."""
    scene = Scene().go_on(MORNING)
    name = "siaga_area_tps_expected"
    assert 0 == scene.value(name, kabupaten=HOME, stage="voting")
    scene.go_on(at("08:30"))
    assert 7 == scene.value(name, kabupaten=HOME, stage="voting")


def test_alerts_are_counted_by_how_they_are_answered() -> None:
    """Every severity and state of each kabupaten is there, at 0 as a rule."""
    scene = Scene().go_on(MORNING, at("08:00"))
    name = "siaga_area_alerts_open"
    waiting = {"kabupaten": HOME, "severity": "high", "state": "unacknowledged"}
    before = scene.value(name, **waiting)
    assert before
    assert 0 == scene.value(name, **(waiting | {"state": "acknowledged"}))
    scene.go_on(ack("T03@SR"), at("08:01"))
    assert 1 == scene.value(name, **(waiting | {"state": "acknowledged"}))
    assert before - 1 == scene.value(name, **waiting)
    assert 2 * 4 * 5 == len(scene.places()[name])


def test_forms_are_counted_by_contest_and_never_for_whom() -> None:
    """A contest of a desa would be its area, so it has the name of its kind."""
    scene = Scene(whole_world(GOVERNOR, REGENT, COUNTED_VILLAGE)).go_on(
        at("13:00"), count(KR, 120, 80), provisional(count(R, 90, 70)), at("13:05")
    )
    shown = {
        (labels["contest"], labels["form"]): value
        for labels, value in scene.places()["siaga_area_counts_tps"]
        if labels["kabupaten"] == HOME
    }
    assert {
        ("bupati", "expected"): 7,
        ("bupati", "reported"): 2,
        ("bupati", "final"): 1,
        ("gubernur", "expected"): 7,
        ("gubernur", "reported"): 0,
        ("gubernur", "final"): 0,
        ("kades", "expected"): 1,
        ("kades", "reported"): 0,
        ("kades", "final"): 0,
    } == shown
    assert 0 == scene.value("siaga_area_reporting_ratio", kabupaten=HOME)


def test_a_contest_of_a_part_that_says_no_kind_is_called_a_part() -> None:
    """Its id may be the name of a village."""
    scene = Scene(whole_world(("air-rambai", DESA), VILLAGE)).go_on(MORNING)
    assert 5 == scene.value(
        "siaga_area_counts_tps", kabupaten=HOME, contest="part", form="expected"
    )


def test_of_several_contests_the_least_counted_is_the_share() -> None:
    """Two of seven have sent a form, of the one contest that there is."""
    scene = Scene(whole_world(REGENT)).go_on(at("13:00"), count(KR, 9, 8), count(R, 9, 8))
    assert pytest.approx(2 / 7) == scene.value("siaga_area_reporting_ratio", kabupaten=HOME)
    nothing_voted_for = scene.value("siaga_area_reporting_ratio", kabupaten=AWAY)
    assert nothing_voted_for is None


def test_reports_that_wait_have_a_size_and_an_age() -> None:
    """Until somebody has decided, or the voices add up."""
    scene = Scene().go_on(MORNING)
    name = "siaga_area_triage_oldest_timestamp_seconds"
    assert 0 == scene.value(name, kabupaten=HOME)
    first, second = report("", DESA, "w1", text="ada apa"), report("", DESA, "w2", text="lain")
    scene.go_on(at("09:00"), first, at("09:10"), second, at("09:11"))
    assert 2 == scene.value("siaga_area_triage_open", kabupaten=HOME)
    assert local("09:00") / 1000 == scene.value(name, kabupaten=HOME)
    assert 0 == scene.value(name, kabupaten=AWAY)


def test_officers_are_added_up_over_the_polsek() -> None:
    """By what they do."""
    scene = Scene().go_on(MORNING)
    shown = dict(labelled(scene.places()["siaga_area_strength"], "duty", least=0))
    assert {"free", "bound", "escorting", "off_duty", "missing", "needed", "bko"} == set(shown)
    free = scene.value("siaga_area_strength", kabupaten=HOME, duty="free")
    off_duty = scene.value("siaga_area_strength", kabupaten=HOME, duty="off_duty")
    assert (free or 0) + (off_duty or 0) > 0


def test_a_box_is_away_until_it_comes_in() -> None:
    """Counted, whatever escorts it."""
    scene = Scene().go_on(at("17:00"), departed(KR2, "", "", "A1"), at("17:01"))
    assert 1 == scene.value("siaga_area_boxes_away", kabupaten=HOME)
    scene.go_on(arrived(KR2), at("17:02"))
    assert 0 == scene.value("siaga_area_boxes_away", kabupaten=HOME)


def test_the_clocks_of_a_kabupaten_are_those_of_its_partition() -> None:
    """When intake stands still, `heard` does."""
    scene = Scene().go_on(at("08:00"), deaf, at("08:05"))
    now = scene.value("siaga_area_now_timestamp_seconds", kabupaten=HOME)
    heard = scene.value("siaga_area_heard_timestamp_seconds", kabupaten=HOME)
    assert (local("08:05") / 1000, local("08:00") / 1000) == (now, heard)


def test_few_kabupaten_show_their_kecamatan() -> None:
    """With their names, and those of which kabupaten they are."""
    scene = Scene().go_on(MORNING, at("07:00"), opened(R2), at("08:00"))
    named = {labels["kecamatan"]: labels for labels, _ in scene.places()["siaga_kecamatan_info"]}
    assert {CURUP, CAWANG, "17.03.02"} == set(named)
    assert {"kecamatan": CURUP, "name": "Curup", "kabupaten": HOME} == named[CURUP]
    assert 1 == scene.value("siaga_kecamatan_tps", kecamatan=CAWANG, stage="voting")
    assert 0 == scene.value("siaga_kecamatan_tps_silent", kecamatan=CAWANG)
    assert scene.value("siaga_kecamatan_alerts_open", kecamatan=CURUP, severity="high")


def test_many_kabupaten_show_none() -> None:
    """There would be ten thousand of them in the country."""
    assert {KABUPATEN, KECAMATAN} == lengths_of(whole_world())
    watched = whole_world().elections[ELECTION]
    names = {AreaCode(f"{11 + n}.01"): f"Kabupaten {n}" for n in range(FEW_KABUPATEN)}
    crowded = replace(watched, plan=replace(watched.plan, kabupaten=names))
    assert {KABUPATEN} == lengths_of(World({ELECTION: crowded}))
    names.popitem()
    assert {KABUPATEN, KECAMATAN} == lengths_of(World({ELECTION: crowded}))


def test_a_drill_is_in_no_metric_of_places() -> None:
    """Whatever is played in it."""
    day = (MORNING, at("07:00"), opened(KR), at("09:00"))
    calm, drilled = Scene().go_on(*day), Scene()
    drilled.go_on(*day[:2])
    drilled.go_on(
        opened(KR),
        _drill(opened(R)),
        _drill(opened(SR)),
        _drill(report("", DESA, "w1", text="gladi")),
        at("09:00"),
    )
    assert any(alert.drill for _, alert in drilled.fold.fold.state.alerts.items())
    assert calm.places() == drilled.places()


def test_a_second_election_in_the_same_places_is_added() -> None:
    """A person on watch has one kabupaten, not two."""
    other = ElectionId("pilkades-2024")
    both = World(
        {
            **whole_world(REGENT).elections,
            other: Watched.of(plan(other, contests=(COUNTED_VILLAGE,)), every_rule()),
        }
    )
    scene = Scene(both).go_on(
        MORNING, at("07:00"), opened(KR), of_election(other, opened(R)), at("07:01")
    )
    assert 2 == scene.value("siaga_area_tps", kabupaten=HOME, stage="voting")
    assert 12 == scene.value("siaga_area_tps", kabupaten=HOME, stage="not_open")
    contests = {labels["contest"] for labels, _ in scene.places()["siaga_area_counts_tps"]}
    assert {"bupati", "kades"} == contests
    scene.go_on(at("13:00"), count(KR, 9, 8))
    assert 0 == scene.value("siaga_area_reporting_ratio", kabupaten=HOME)


def test_what_is_lost_is_not_shown() -> None:
    """Only the first lines of each metric are left."""
    scene = Scene().go_on(MORNING)
    assert scene.places()["siaga_area_tps"]
    scene.owned.clear()
    assert {metric.name for metric in AREA_METRICS} == set(scene.places())
    assert [] == [one for samples in scene.places().values() for one in samples]


def _drill(told: Told) -> Told:
    return of_election(DRILL, told)


def test_counts_are_read_in_the_order_in_which_they_are_shown() -> None:
    """They are written without their names."""
    assert tuple(Stage) == StageCounts.__struct_fields__
    assert TPS_CLASSES == ClassCounts.__struct_fields__
