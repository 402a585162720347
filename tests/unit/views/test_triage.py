"""The queue of an area: what waits there, in which order, and what is the same voice."""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.effects import TriageStatus
from streams.domain.events import ActorRole, CrowdReport
from streams.domain.ids import AreaCode
from streams.domain.journal import AcceptedReport
from streams.domain.times import EpochMs
from streams.domain.words import Channel, Role, Severity
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.triage import Queued, queue
from tests.support.desk import confirm_report, place_report, reject_report, tracking, unsure
from tests.support.events import by_channel, photographed, report
from tests.support.restarts import taken_over
from tests.support.station import unrest
from tests.support.stories import Item, at, journal, judge_into, named, of_election, said
from tests.support.world import DESA, ELECTION, KABUPATEN, KR, KR2, R2, local, whole_world

NINE: Final = at("09:00")


def known(*items: Item) -> PartitionState:
    """Return what is known after a story, by a worker that has taken over at its end."""
    state = PartitionState(0, whole_world())
    judge_into(state, journal(*items))
    return taken_over(state)


def waiting(
    *items: Item, area: AreaCode = KABUPATEN, role: ActorRole | None = None
) -> tuple[Queued, ...]:
    """Return the queue of an area after a story."""
    asked = Asked(election=ELECTION, area=area, now=EpochMs(0), role=role)
    return queue(known(*items), asked)


def names(*items: Item, area: AreaCode = KABUPATEN, role: ActorRole | None = None) -> list[str]:
    """Return the ids of what waits, as the reports of these tests have their sender's name."""
    ids = {tracking(name, name): name for name in "abcdefgh"}
    return [ids[one.id] for one in waiting(*items, area=area, role=role)]


def of(name: str, category: str, place: AreaCode = KR, text: str = "") -> Item:
    """Somebody who calls the report by his own name reports something."""
    return named(name, report(category, place, name, text=text))


def test_the_gravest_comes_first_and_of_it_the_oldest() -> None:
    """A riot before a power cut, whichever came first; what may be a riot is as grave as one."""
    day: list[Item] = [NINE, of("a", "INT-03"), of("b", "KAM-01"), at("09:05")]
    day += [of("c", "KAM-02"), of("d", "", text="ada ribut ribut di tps"), of("e", "", text="pak")]
    day += [named("f", unsure(report("INF-01", DESA, "f")))]
    assert ["b", "c", "d", "a", "e", "f"] == names(*day)


def test_what_was_decided_does_not_wait() -> None:
    """Placed it waits on, where it is not enough there."""
    day: list[Item] = [NINE, of("a", "KAM-01"), of("b", "KAM-01", KR2), of("c", "KAM-01", R2)]
    day += [confirm_report(tracking("a", "a")), reject_report(tracking("b", "b"))]
    day.append(place_report(tracking("c", "c"), KR2))
    [left] = waiting(*day)
    assert (tracking("c", "c"), TriageStatus.PLACED, KR2) == (left.id, left.status, left.area)


def test_an_area_has_a_queue_of_its_own() -> None:
    """What may be anywhere in the kabupaten is a matter of the kabupaten."""
    day: list[Item] = [NINE, of("a", "KAM-01"), of("b", "KAM-01", R2)]
    day += [named("c", unsure(report("KAM-01", KABUPATEN, "c")))]
    assert ["a", "b", "c"] == sorted(names(*day))
    assert ["a"] == names(*day, area=AreaCode("17.02.09"))


def test_a_drill_has_a_queue_of_its_own() -> None:
    """Nobody calls back because of a drill."""
    assert [] == names(NINE, of_election(f"{ELECTION}#drill-TFG1", report("KAM-01", KR, "a")))


def test_only_those_who_may_see_it_find_it_there() -> None:
    """What is said of the police waits for Propam."""
    day: list[Item] = [NINE, named("a", report("NET-01", KR, "a", Role.ANONIM))]
    assert ([], ["a"]) == (names(*day), names(*day, role=ActorRole.PROPAM))
    assert [] == names(*day, role=ActorRole.COMMANDER)


def test_the_same_voice_is_named() -> None:
    """By source, by text or by photo; not by two who have nothing in common."""
    day: list[Item] = [NINE, of("a", "KAM-01", text="petugas dipukul"), of("c", "KAM-01")]
    day += [named("b", photographed("ab", report("KAM-03", KR2, "x", text="Petugas  dipukul")))]
    day += [named("d", photographed("ab", report("KAM-04", R2, "y", Role.SYSTEM)))]
    alike = {one.id: one.alike for one in waiting(*day)}
    first, second, third = tracking("a", "a"), tracking("x", "b"), tracking("y", "d")
    assert {
        first: (second,),
        second: (first, third),
        third: (second,),
        tracking("c", "c"): (),
    } == alike


def test_it_says_what_helps_to_decide() -> None:
    """Who says it, how and when it came, what was said, and where it may be."""
    told = by_channel(Channel.SMS, said("08:50", report("", KABUPATEN, "a", text="ada ribut")))
    steps = journal(NINE, named("a", unsure(told)))
    [index] = [at for at, step in enumerate(steps) if isinstance(step.record, AcceptedReport)]
    record = steps[index].record
    assert isinstance(record, AcceptedReport)
    steps[index] = replace(steps[index], record=replace(record, candidates=(DESA, R2)))
    state = PartitionState(0, whole_world())
    judge_into(state, steps)
    [one] = queue(state, Asked(election=ELECTION, now=EpochMs(0)))
    assert (local("08:50"), local("09:00"), Role.WARGA, "sms", "ada ribut") == (
        one.at,
        one.received_at,
        one.role,
        one.channel,
        one.text,
    )
    assert ("place", KABUPATEN, "", (DESA, R2), Severity.CRITICAL) == (
        one.why,
        one.area,
        one.category,
        one.candidates,
        one.severity,
    )
    assert "KAM-01" in one.suggestions


def test_a_report_without_a_text_and_a_disturbance_have_none() -> None:
    """A status says why in its reason."""
    silent = named("a", report("KAM-01", KR, "a"))
    assert isinstance(silent.event, CrowdReport)
    assert UNSET is silent.event.text
    told = unsure(named("b", unrest(KR)))
    reasoned = replace(told, event=replace(told.event, reason="pagar dirusak"))
    assert {"", "pagar dirusak"} == {one.text for one in waiting(NINE, silent, reasoned)}
