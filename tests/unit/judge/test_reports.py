"""A report as evidence: whose voice it is, what it weighs, and where it is about."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import CrowdReport, Place, StatusKind
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import Role, Situation
from streams.judge.reports import item_of
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.rules.evidence import Item
from streams.rules.reading import read_pack
from tests.support.events import photographed, relayed, report, status, with_position
from tests.support.stories import Told, at, events_of, journal, story
from tests.support.world import DESA, ELECTION, KH, KR, SR, UNKNOWN, changed_pack, plan, world

NINE: Final = at("09:00")
STATE: Final = PartitionState(0, world())


def item(told: Told) -> Item:
    """Return what a report is as evidence."""
    [record] = (step.record for step in events_of(journal(NINE, told)))
    assert isinstance(record, AcceptedReport | AcceptedStatus)
    return item_of(STATE, record, "0:1")


def located(place: Place, told: Told) -> Told:
    """Let a report say where it is."""
    assert isinstance(told.event, CrowdReport)
    return replace(told, event=replace(told.event, place=place))


WEIGHTS: Final[dict[str, tuple[Told, float, str]]] = {
    "a citizen": (report("KAM-01", KR, "w"), 1.0, "citizens"),
    "somebody without a name": (report("KAM-01", KR, "w", Role.ANONIM), 0.5, "citizens"),
    "a supervisor": (report("KAM-01", KR, "w", Role.PTPS), 3.0, "supervisors"),
    "an operator for nobody": (relayed(None, report("KAM-01", KR, "w")), 1.0, "citizens"),
    "an operator for the Polsek": (
        relayed(Role.POLSEK, report("KAM-01", KR, "w")),
        3.0,
        "police",
    ),
    "a committee in a status": (status(StatusKind.HEARTBEAT, KR), 2.0, "organisers"),
}


@pytest.mark.parametrize(("told", "weight", "kind"), WEIGHTS.values(), ids=WEIGHTS)
def test_a_report_weighs_what_its_sender_weighs(told: Told, weight: float, kind: str) -> None:
    """An operator is the role that is relayed (contract §1)."""
    assert (weight, kind) == (item(told).weight, item(told).source_class)


VOICES: Final[dict[str, tuple[Told, tuple[str, ...]]]] = {
    "its sender": (report("KAM-01", KR, "w"), ("source:w",)),
    "a witness and his camp": (
        report("KAM-01", KR, "01", Role.SAKSI),
        ("source:01", "camp:01"),
    ),
    "its photo": (
        photographed("ab", report("KAM-01", KR, "w")),
        ("source:w", f"photo:{'ab' * 32}"),
    ),
    "its text, however it is written": (
        report("KAM-01", KR, "w", text="  Rusuh \n DI tps  "),
        ("source:w", "text:rusuh di tps"),
    ),
    "no text that is blank": (report("KAM-01", KR, "w", text="  "), ("source:w",)),
    "of a status its sender alone": (status(StatusKind.HEARTBEAT, KR), ("source:kpps",)),
}


@pytest.mark.parametrize(("told", "voices"), VOICES.values(), ids=VOICES)
def test_what_makes_two_reports_one_voice(told: Told, voices: tuple[str, ...]) -> None:
    """One voice per source, photo, text; witnesses of a camp are one."""
    assert voices == item(told).voices


PLACES: Final[dict[str, tuple[Told, tuple[float | None, float | None], str]]] = {
    "its TPS": (report("KAM-01", SR, "w"), (-3.4776, 102.52), "sangat_rawan"),
    "its own position": (
        with_position(-3.5, 102.6, report("KAM-01", SR, "w")),
        (-3.5, 102.6),
        "sangat_rawan",
    ),
    "half a position is none": (
        located(Place(lat=-3.5), report("KAM-01", SR, "w")),
        (-3.4776, 102.52),
        "sangat_rawan",
    ),
    "a TPS without a position": (report("KAM-01", KH, "w"), (None, None), "khusus"),
    "an unknown TPS": (report("KAM-01", UNKNOWN, "w"), (None, None), "kurang_rawan"),
    "the desa alone": (report("KAM-01", DESA, "w"), (None, None), "kurang_rawan"),
}


@pytest.mark.parametrize(("told", "position", "tps_class"), PLACES.values(), ids=PLACES)
def test_where_a_report_is_about(
    told: Told, position: tuple[float | None, float | None], tps_class: str
) -> None:
    """Own coordinates, else those of the TPS; what is about no TPS is kurang_rawan."""
    found = item(told)
    assert (position, tps_class) == ((found.lat, found.lon), found.tps_class)
    assert (told.place if "-" in told.place else None) == found.tps


def test_a_disturbance_in_a_status_counts_where_a_rule_asks_for_it() -> None:
    """A folder may judge UMM-01, which the shipped rules leave to persons."""
    text = changed_pack("KAM-06, KAM-07]", "KAM-06, KAM-07, UMM-01]")
    watched = Watched.of(plan(), compile_pack(read_pack(text)))
    beat = status(StatusKind.HEARTBEAT, KR)
    unrest = replace(beat, event=replace(beat.event, situation=Situation.GANGGUAN))
    told = story(NINE, unrest, of="W01@DESA|UMM-01", world=World({ELECTION: watched}))
    assert ["09:00 opened"] == told
