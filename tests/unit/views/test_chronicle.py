"""What the day has brought that no state keeps: reports and commands."""

from typing import Final

from streams import pipeline
from streams.domain.events import ActorRole, CommandKind
from streams.domain.ids import AreaCode
from streams.domain.times import HOUR_MS
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.chronicle import Chronicle, Reports
from tests.support.events import ack, command, note, report, suspended
from tests.support.stories import Item, at, journal, said
from tests.support.world import DESA, ELECTION, KR, R2, clock, local, whole_world

HALT: Final = "T06@KR"
MORNING: Final[tuple[Item, ...]] = (
    *(at("07:00"), report("UMM-01", KR, "w1"), at("08:00"), suspended(KR)),
    *(at("08:30"), report("LOG-03", R2, "w2"), at("09:00")),
)


def day(*items: Item) -> tuple[PartitionState, Chronicle]:
    """Judge a morning, and what follows, with a chronicle beside it."""
    state, chronicle = PartitionState(0, whole_world()), Chronicle()
    for step in journal(*MORNING, *items):
        chronicle.take(step.record, pipeline.step(state, step))
    return state, chronicle


def asked(now: str, area: str = "", role: ActorRole | None = None) -> Asked:
    """Ask at a time of the day."""
    return Asked(election=ELECTION, area=AreaCode(area), now=local(now), role=role)


def reports(now: str, *items: Item, area: str = "", role: ActorRole | None = None) -> Reports:
    """Return what there is to say of the reports of a morning."""
    _, chronicle = day(*items)
    return chronicle.reports(asked(now, area, role), HOUR_MS)


def deeds(*items: Item, since: str = "00:00", area: str = "") -> list[str]:
    """Return what people did, in short."""
    state, chronicle = day(*items)
    return [
        f"{clock(one.at)} {one.actor} {one.command}{': ' + one.reason if one.reason else ''}"
        for one in chronicle.deeds(state, asked("12:00", area), local(since))
    ]


def test_reports_are_counted_by_area_and_by_what_became_of_them() -> None:
    """One voice waits in triage, and leaves it when others say the same."""
    found = reports("08:59")
    assert (2, 1) == (found.received, found.received_lately)
    here = reports("09:00", area="17.02.11")
    assert (1, 1, local("08:30")) == (here.received, here.waiting, here.waiting_since)
    more = [at("09:01"), report("LOG-03", R2, "w3"), report("LOG-03", R2, "w5"), at("09:02")]
    after = reports("09:02", *more, area="17.02.11")
    assert (3, 0, None, 2) == (after.received, after.waiting, after.waiting_since, after.handled)


def test_what_only_some_may_know_is_counted_for_them_alone() -> None:
    """A complaint that waits for a person is nobody's number but Propam's."""
    late = [at("09:05"), said("07:30", report("NET-01", R2, "w4")), at("09:06")]
    outsider = reports("09:06", *late, area="17.02.11")
    insider = reports("09:06", *late, area="17.02.11", role=ActorRole.PROPAM)
    assert (1, 2) == (outsider.waiting, insider.waiting)


def test_commands_are_told_with_their_end() -> None:
    """Done, or refused with the reason; since a moment only."""
    acts = [ack(HALT), at("09:10"), ack(HALT), at("09:20"), note(HALT, "hujan")]
    refused = "an alert that is acknowledged cannot be moved by ack"
    assert ["09:00 ops ack", f"09:10 ops ack: {refused}", "09:20 ops note"] == deeds(*acts)
    assert ["09:20 ops note"] == deeds(*acts, since="09:15")


def test_a_command_belongs_to_the_place_of_its_alert() -> None:
    """By its id alone it would be of the whole kabupaten."""
    assert ["09:00 ops ack"] == deeds(ack(HALT), area=DESA)
    assert [] == deeds(ack(HALT), area="17.02.11")


def test_commands_about_what_is_restricted_are_told_to_nobody_else() -> None:
    """Not even that they were refused."""
    complaint = [report("NET-01", R2, "w4"), at("09:05")]
    act = command(CommandKind.ACK, "W08@R2")
    assert [] == deeds(*complaint, act)
