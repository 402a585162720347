"""Reports: what counts as evidence, and what waits for a person instead. Nothing is dropped."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import Triage
from streams.domain.events import CommandKind, CrowdReport, Place, StatusKind
from streams.domain.ids import AreaCode, digest_id
from streams.domain.journal import Flag
from streams.domain.times import EpochMs
from streams.domain.words import Channel, Role, Situation
from streams.judge.endings import wake
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.judge.world import Watched, World
from tests.support.events import all_well, by_channel, command, report, status
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    events_of,
    journal,
    judge,
    judge_into,
    lines_of,
    named,
    of_election,
    only,
    said,
    story,
    triage_of,
)
from tests.support.world import DESA, ELECTION, KABUPATEN, KR, UNKNOWN, plan, rules, world

NINE: Final = at("09:00")
CALM: Final = all_well(report("", DESA, "A1", Role.POLSEK, text="aman terkendali"))


def uttered(situation: Situation, told: Told) -> Told:
    """Let a report say how it is."""
    assert isinstance(told.event, CrowdReport)
    return replace(told, event=replace(told.event, situation=situation))


def placed(told: Told) -> Told:
    """Let a report say where it is, in words."""
    assert isinstance(told.event, CrowdReport)
    return replace(told, event=replace(told.event, place=Place(name="Air Rambai", lat=-3.47)))


def unsure(told: Told) -> Told:
    """Let intake doubt the place."""
    return replace(told, flags=(Flag.PLACE_UNSURE,))


TRIAGE: Final[dict[str, tuple[Told, str]]] = {
    "too weak alone": (report("KAM-01", KR, "w1"), "open: score"),
    "a category that no rule names": (report("UMM-01", KR, "w1"), "open: rule"),
    "no category at all": (report("", KR, "w1", text="ada apa ini"), "open: category"),
    "a place that is not sure": (unsure(report("KAM-06", DESA, "w1")), "open: place"),
    "no more than a kecamatan": (report("KAM-06", AreaCode("17.02.09"), "w1"), "open: place"),
    "no more than a kabupaten": (report("KAM-06", KABUPATEN, "w1"), "open: place"),
    "ten minutes and a second late": (
        said("08:49:59", report("KAM-06", KR, "w1")),
        "open: late",
    ),
    "by telephone it may be no later": (
        by_channel(Channel.PHONE, said("08:49:59", report("KAM-06", KR, "w1"))),
        "open: late",
    ),
    "an SMS an hour and a second late": (
        by_channel(Channel.SMS, said("07:59:59", report("KAM-06", KR, "w1"))),
        "open: late",
    ),
    "a disturbance without a category": (
        uttered(Situation.GANGGUAN, report("", KR, "w1", text="ribut")),
        "open: rule",
    ),
    "a watchful word says nothing of a category": (
        uttered(Situation.WASPADA, report("", KR, "w1", text="ramai")),
        "open: category",
    ),
    "a citizen's aman is not an officer's": (
        all_well(report("", KR, "w1", text="aman")),
        "open: category",
    ),
}


@pytest.mark.parametrize(("told", "why"), TRIAGE.values(), ids=TRIAGE)
def test_a_report_waits_for_a_person(told: Told, why: str) -> None:
    """And opens nothing; triage says what is lacking."""
    effects = judge(journal(NINE, named("r1", told)))
    assert [f"r1 {why}"] == triage_of(effects)
    assert [] == lines_of(effects)


COUNTS: Final[dict[str, Told]] = {
    "ten minutes late": said("08:50", report("KAM-06", KR, "w1")),
    "an SMS an hour late": by_channel(Channel.SMS, said("08:00", report("KAM-06", KR, "w1"))),
    "from an unknown TPS": report("KAM-06", UNKNOWN, "w1"),
    "about the desa alone": report("KAM-06", DESA, "w1"),
    "that names a place without a position": placed(report("KAM-06", KR, "w1")),
    "that says aman besides its category": all_well(report("KAM-06", KR, "A1", Role.PAM_TPS)),
}


@pytest.mark.parametrize("told", COUNTS.values(), ids=COUNTS)
def test_a_report_counts(told: Told) -> None:
    """A bomb threat needs one voice, and has it."""
    effects = judge(journal(NINE, named("r1", told)))
    assert ["W01"] == [line.rule for line in lines_of(effects)]
    assert ["r1 confirmed: W01"] == triage_of(effects)


def test_a_disturbance_in_a_status_is_a_report() -> None:
    """Of UMM-01, by that source; a status that says aman or nothing is none."""
    unrest = status(StatusKind.HEARTBEAT, KR)
    told = replace(unrest, event=replace(unrest.event, situation=Situation.GANGGUAN))
    assert ["h1 open: rule"] == triage_of(judge(journal(NINE, named("h1", told))))
    [triage] = only(judge(journal(NINE, told)), Triage)
    assert ("UMM-01", KR, "kpps") == (triage.category, triage.area, triage.evidence.source)
    assert [] == triage_of(judge(journal(NINE, unrest, all_well(unrest))))


def test_triage_has_a_tracking_id_of_sender_and_report() -> None:
    """So that the sender can be told what became of it."""
    [triage] = only(judge(journal(NINE, named("r1", report("KAM-01", KR, "w1")))), Triage)
    assert digest_id("17.02", "w1", "r1") == triage.id
    assert (KR, "KAM-01", ELECTION, ()) == (
        triage.area,
        triage.category,
        triage.election,
        triage.candidates,
    )


def test_reports_that_count_in_the_end_leave_triage() -> None:
    """Those of the cluster that holds; another place of the desa stays where it is."""
    items: list[Item] = [
        *(NINE, named("far", report("KAM-01", AreaCode(f"{DESA}-003"), "w0", Role.ANONIM))),
        *(named("r1", report("KAM-01", KR, "w1")), named("r2", report("KAM-01", DESA, "w2"))),
        named("r3", report("KAM-01", KR, "w3")),
    ]
    assert [
        "far open: score",
        "r1 open: score",
        "r2 open: score",
        "r1 confirmed: W01",
        "r2 confirmed: W01",
        "r3 confirmed: W01",
    ] == triage_of(judge(journal(*items)))
    confirmed = [one for one in only(judge(journal(*items)), Triage) if one.why == "W01"]
    assert [KR, DESA, KR] == [one.area for one in confirmed]


def test_evidence_of_an_open_alert_is_nobodys_to_sort_out() -> None:
    """It goes to the alert, whether or not it reaches the threshold by itself."""
    items = [NINE, *(report("KAM-01", KR, by) for by in ("a", "b", "c"))]
    late = judge(journal(*items, at("09:50"), named("d", report("KAM-01", KR, "d"))))
    assert "d open: score" not in triage_of(late)


RESOLVED: Final = [
    *(NINE, *(report("KAM-01", KR, by) for by in ("a", "b", "c"))),
    command(CommandKind.RESOLVE, "W01@DESA|KAM-01"),
]


def test_after_a_person_has_resolved_it_a_weak_report_waits_again() -> None:
    """The score has fallen, so the condition has cleared."""
    effects = judge(journal(*RESOLVED, at("09:50"), named("d", report("KAM-01", KR, "d"))))
    assert "d open: score" in triage_of(effects)


def test_after_a_person_has_resolved_it_a_score_that_falls_clears_it() -> None:
    """Half an hour later the three weigh 1.5: with one more that is too little."""
    items = [*RESOLVED, at("09:29"), report("KAM-01", KR, "d"), at("09:31")]
    items += [report("KAM-01", KR, by) for by in ("e", "f")]
    assert ["09:00 opened", "09:00 resolved", "09:31 reopened"] == story(
        *items, of="W01@DESA|KAM-01"
    )


def test_after_a_person_has_resolved_it_what_goes_on_waits_too() -> None:
    """No new alert before the condition has cleared once; but nobody's report is lost."""
    effects = judge(journal(*RESOLVED, at("09:05"), named("d", report("KAM-01", KR, "d"))))
    assert "d open: resolved" in triage_of(effects)


def test_a_report_that_is_too_old_for_its_window_waits() -> None:
    """An SMS of an hour ago, when the riot that is open began half an hour ago."""
    late = by_channel(Channel.SMS, said("08:01", report("KAM-01", KR, "d")))
    riot = [report("KAM-01", KR, by) for by in ("a", "b", "c")]
    effects = judge(journal(NINE, *riot, named("d", late)))
    assert "d open: score" in triage_of(effects)
    [alert] = alerts_of(effects).values()
    assert "d" not in [one.id for one in alert.evidence]


def test_a_drill_is_judged_apart() -> None:
    """Its riot is its own, and its lines say that it is a drill."""
    drill = f"{ELECTION}#drill-TFG1"
    items = [NINE, report("KAM-01", KR, "a"), report("KAM-01", KR, "b")]
    items.append(of_election(drill, report("KAM-01", KR, "c")))
    assert [] == lines_of(judge(journal(*items)))
    riot = [of_election(drill, report("KAM-06", KR, "a"))]
    [line] = lines_of(judge(journal(NINE, *riot)))
    assert (True, drill) == (line.drill, line.election)
    assert [] == story(NINE, *riot, all_well(report("", KR, "x")), of="W01@DESA|KAM-01")


def test_a_rule_that_a_new_pack_has_no_more_is_forgotten_in_peace() -> None:
    """Its evidence is still there when a worker takes over with another pack."""
    others = World({ELECTION: Watched.of(plan(), replace(rules(), score={}))})
    steps = journal(NINE, report("KAM-06", KR, "w1"), at("09:10"), CALM, at("09:40"), CALM)
    state = PartitionState(0, world())
    for step in steps[:5]:
        pipeline.step(state, step)
    rows, clocks = state.take_changes()
    taken_over = PartitionState(0, others)
    taken_over.load([(key, row) for key, row in rows.items() if row is not None], clocks)
    pipeline.restore(taken_over)
    effects = [effect for step in steps[5:] for effect in pipeline.step(taken_over, step)]
    assert ["escalated", "escalated"] == [line.change for line in lines_of(effects)]


def test_what_one_word_ends_is_told_in_one_order_whatever_was_loaded_first() -> None:
    """After a restart the cases of a desa stand in another order than that of their beginning."""
    cases = [report("KAM-06", KR, "w1"), report("KAM-04", KR, "w2"), report("KAM-07", KR, "w3")]
    steps = journal(NINE, *cases, at("09:40"), CALM)
    last = events_of(steps)[-1]
    before = steps[: steps.index(last)]
    state = PartitionState(0, world())
    judge_into(state, before)
    rows, clocks = state.take_changes()
    saved = [(key, row) for key, row in rows.items() if row is not None]
    told: set[tuple[str, ...]] = set()
    for turned in (saved, saved[::-1]):
        taken_over = PartitionState(0, world())
        taken_over.load(turned, clocks)
        pipeline.restore(taken_over)
        told.add(tuple(line.key for line in lines_of(pipeline.step(taken_over, last))))
    assert {("KAM-04", "KAM-06", "KAM-07")} == told


def test_evidence_that_waits_for_a_rule_that_is_gone_waits_for_nothing() -> None:
    """The pack was changed in between; the wake finds nothing to do."""
    state = PartitionState(0, World({ELECTION: Watched.of(plan(), replace(rules(), score={}))}))
    key = (ELECTION, "W01", DESA, "KAM-06")
    wake(Teller(state, "0:1"), key, EpochMs(0))
    assert state.by_now.next_at() is None


def test_calm_without_anything_to_calm_is_nothing() -> None:
    """An officer's aman in a desa where nothing holds, and one of no desa at all."""
    word = all_well(report("", DESA, "A1", Role.POLSEK, text="aman"))
    wide = all_well(report("", AreaCode("17.02.09"), "A1", Role.POLSEK, text="aman"))
    effects = judge(journal(NINE, word, wide))
    assert ([], []) == (lines_of(effects), triage_of(effects))
