"""An afternoon of Polsek Carenang, with its 24 officers for 15 desa (seed 004): demand and BKO.

Nothing of it has happened; it is told with the shipped folder. Four pairs go with boxes, and seven
incidents ask for two officers each. The twelve who are left are two too few, until a pair of the
Polres comes in their place; when the boxes are in, that pair can go again.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Final

from streams.config import Config
from streams.domain.alert import Alert
from streams.domain.effects import AlertShown, Effect, Line, Reply
from streams.domain.ids import AreaCode
from streams.domain.strength import Duty
from streams.domain.times import EpochMs
from streams.judge.strength import strengths
from streams.replay import Judged, Replay
from streams.setup import load_setup, recorded_settings
from tests.stories.judging import CARENANG_BINUANG, plan_of

PLAN: Final = plan_of(CARENANG_BINUANG)
SERANG: Final = AreaCode("36.04")
CARENANG: Final = "36.04.17"
SCOPE: Final = "polsek:36.04/Carenang"
SHORT: Final = f"X02@{SCOPE}"
BOXES: Final = {
    "36.04.17.2010-001": "P02",
    "36.04.17.2010-002": "P01",
    "36.04.18.2003-004": "P03",
    "36.04.18.2007-001": "P04",
}
"""Those of the vulnerable TPS, with the pair that guards them."""
INCIDENTS: Final = (
    ("14:05", "36.04.17.2001-001", "HIT-01"),
    ("14:06", "36.04.17.2003-001", "KES-01"),
    ("14:08", "36.04.17.2009-001", "LOG-04"),
    ("14:10", "36.04.18.2001-001", "HIT-01"),
    ("14:12", "36.04.18.2002-001", "PID-02"),
    ("14:15", "36.04.18.2004-001", "KES-01"),
    ("14:25", "36.04.17.2010-001", "KAM-04"),
)
"""The last one is critical: a box is seized in Mekarsari."""
PROTEST: Final = "W15@36.04.17.2001-001|HIT-01"
SEIZED: Final = "W01@36.04.17.2010|KAM-04"


def _line(clock: str, topic: str, **value: object) -> str:
    at = f"2019-11-03T{clock}:00+07:00"
    named = f"{topic}-{clock}-{len(str(value))}-{value.get('tps', value.get('officer', ''))}"
    event = {"id": named, "at": at, **value}
    return json.dumps({"topic": topic, "received_at": at, "value": event})


def _box(clock: str, kind: str, tps: str) -> str:
    pair = BOXES[tps]
    left = kind == "box_departed"
    said = {"escort": [f"{pair}A", f"{pair}B"], "eta_minutes": 40} if left else {}
    source = {"id": f"panitia-{tps}", "role": "panitia"}
    return _line(clock, "tps.status", kind=kind, tps=tps, source=source, seal=f"S{pair}", **said)


def _report(clock: str, tps: str, category: str) -> str:
    source = {"id": f"panwas-{tps}", "role": "panwas"}
    place = {"tps": tps}
    return _line(clock, "crowd.reports", source=source, place=place, category=category)


def _order(clock: str, command: str, **named: str) -> str:
    actor = {"id": "kabag-ops", "role": "commander"}
    return _line(clock, "operator.commands", actor=actor, command=command, **named)


def _afternoon() -> Iterator[str]:
    for tps in BOXES:
        yield _box("14:00", "box_departed", tps)
    for incident in INCIDENTS:
        yield _report(*incident)
    yield _order("14:27", "ack", alert=SHORT)
    yield _order("14:28", "dispatch", alert=PROTEST, officer="B01")
    yield _order("14:30", "dispatch", alert=SEIZED, pair="P05", reason="BKO Polres")
    for tps in BOXES:
        yield _box("14:38", "box_arrived", tps)
    yield _order("14:45", "release", pair="P05", area="36.04.17")
    yield _order("14:50", "release", officer="B01", alert=PROTEST)
    yield _order("15:00", "resolve", alert=SEIZED)
    yield _order("15:30", "set_situation", area=CARENANG, situation="hijau")
    yield _order("15:46", "set_situation", area=CARENANG, situation="hijau")


@cache
def effects_until(clock: str) -> tuple[Effect, ...]:
    """Return what the afternoon brings about until a time."""
    return tuple(_judged(clock)[1])


def _judged(clock: str) -> tuple[Replay, list[Effect]]:
    setup = load_setup([CARENANG_BINUANG], recorded_settings(Config()))
    replay = Replay(setup.world, setup.acceptor)
    told: list[Effect] = []
    for number, line in enumerate(_afternoon(), 1):
        if clock < _clock_of(line):
            break
        for outcome in replay.take(number, line.encode()):
            assert isinstance(outcome, Judged), outcome
            told += outcome.effects
    return replay, told


def _clock_of(line: str) -> str:
    """Return the time of an event as `14:05`."""
    received_at: str = json.loads(line)["received_at"]
    return received_at[11:16]


def shown(clock: str) -> Alert:
    """Return the alert of the Polsek, as it stands at a time."""
    found = [one.alert for one in effects_until(clock) if isinstance(one, AlertShown)]
    return [one for one in found if one.scope == SCOPE][-1]


def duties(clock: str) -> dict[Duty, int]:
    """Return how many of the Polsek do what at a time."""
    replay, _ = _judged(clock)
    [election] = {key[0] for key, _ in replay.state.facts.items()}
    at = EpochMs(replay.state.clocks.now)
    ledger = strengths(replay.state, PLAN.election.id, SERANG, at)["Carenang"]
    assert PLAN.election.id == election
    return {duty: ledger.count(duty) for duty in Duty if ledger.count(duty)}


def test_twenty_of_24_are_on_duty() -> None:
    """Eight go with the boxes; two have the night, and two are off."""
    assert {Duty.ESCORTING: 8, Duty.OFF_DUTY: 4, Duty.FREE: 12} == duties("14:00")


def test_six_incidents_can_be_met() -> None:
    """By the twelve who are left; the seventh cannot."""
    lines = [one for one in effects_until("15:00") if isinstance(one, Line) and one.rule == "X02"]
    times = [(one.at - lines[0].at) // 60_000 for one in lines]
    assert ["opened", "acknowledged", "resolved"] == [one.change for one in lines]
    assert [0, 2, 5] == times
    assert ("high", "OPS", "polres_ops", SCOPE) == (
        *(lines[0].severity, lines[0].ladder, lines[0].level, lines[0].scope),
    )


def test_what_is_short_is_asked_for_as_bko() -> None:
    """There is one Polsek in the folder, so nobody can lend; officers are called by their signs."""
    alert = shown("14:25")
    assert "Kurang 2 petugas: Polsek Carenang" == alert.title.id
    assert (
        "Dibutuhkan 14 petugas, bebas 12; 2 tiap kejadian. Personel: bebas 12, mengawal kotak 8, "
        "lepas tugas 4. Dapat diusulkan: B01, B02, B03, B04, B05, …. Polsek lain dapat "
        "meminjamkan: tidak ada. Perlu BKO: 2. Perlu dicek."
    ) == alert.summary.id


def test_own_officers_who_are_sent_leave_it_as_short() -> None:
    """One is sent: one less is asked for, and one less is free."""
    found = {one.check: one.value for one in shown("14:28").why}
    asked, free = found["officers_asked"], found["officers_free"]
    assert (13, 11, 1, 2) == (asked, free, found["officers_bound"], found["bko"])


def test_the_colour_follows_the_incidents_and_not_the_shortage() -> None:
    """Three high ones make the kabupaten kuning; one critical one more does not make it merah."""
    lines = [one for one in effects_until("15:00") if isinstance(one, Line) and one.rule == "X03"]
    assert {"36.04", "36.04.17", "36.04.18"} == {one.scope for one in lines}
    assert "raised" not in {str(one.change) for one in lines}


def test_the_afternoon_ends_with_everybody_free() -> None:
    """The boxes are in, the pair is released, the incident in Mekarsari is over."""
    assert {Duty.OFF_DUTY: 4, Duty.FREE: 20} == duties("15:00")
    replies = [one for one in effects_until("15:00") if isinstance(one, Reply)]
    assert {("done", "")} == {(one.outcome, one.reason) for one in replies}
    assert 6 == len(replies)


def test_the_colour_rises_with_it_and_comes_down_by_order() -> None:
    """After 45 calm minutes: the first order is too early (Perkap 16/2006)."""
    effects = effects_until("15:46")
    lines = [one for one in effects if isinstance(one, Line)]
    colours = [one for one in lines if (one.rule, one.scope) == ("X03", CARENANG)]
    assert ["opened", "escalated", "escalated", "returned"] == [one.change for one in colours]
    assert "command" == colours[-1].cause.partition(":")[0]
    orders = [one for one in effects if isinstance(one, Reply) and one.kind == "set_situation"]
    assert ["refused", "done"] == [one.outcome for one in orders]
