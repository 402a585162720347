"""What people decide of reports: where they are, and that they are true."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.effects import DecidedBy, Triage, TriageStatus
from streams.domain.events import CommandKind
from streams.domain.journal import Flag
from streams.domain.words import Channel, Role, Situation
from tests.support.desk import (
    BOMB,
    CURUP,
    MINE,
    RIOT,
    after,
    confirm_report,
    effects_of,
    last_of,
    place_report,
    reject_report,
    told,
    unsure,
    weighed,
)
from tests.support.events import (
    all_well,
    by_channel,
    command,
    photographed,
    report,
    with_position,
)
from tests.support.station import unrest
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    lines_of,
    named,
    only,
    replies_of,
    said,
    triage_of,
)
from tests.support.world import (
    DESA,
    KR,
    KR2,
    SR,
    UNKNOWN,
    local,
)

NINE: Final = at("09:00")
TEN: Final = at("09:10")


def test_a_report_that_is_placed_counts_as_if_its_place_had_been_sure() -> None:
    """With its own time and record; the command is the cause, and the line carries its moment."""
    effects = effects_of(NINE, BOMB, TEN, named("c1", place_report(MINE, KR)))
    assert ["W01@DESA|KAM-06 opened command:c1"] == told(effects)
    assert ["r1 open: place", "r1 confirmed: W01"] == triage_of(effects)
    [line] = [one for one in lines_of(effects) if one.rule == "W01"]
    alert = alerts_of(effects)["W01@DESA|KAM-06"]
    [evidence] = alert.evidence
    first = only(effects, Triage)[0].evidence
    assert (local("09:10"), local("09:00"), first.offset, "w1") == (
        line.at,
        evidence.at,
        evidence.offset,
        evidence.source,
    )
    standing = last_of(effects, "r1")
    assert (KR, alert.id, DecidedBy.RULE) == (standing.area, standing.alert, standing.by)


def test_a_report_that_is_placed_and_not_enough_waits_there() -> None:
    """By a person's word, since then; others may still join it."""
    somewhere = unsure(named("r1", report("KAM-01", CURUP, "w1")))
    start: list[Item] = [NINE, somewhere, TEN, place_report(MINE, DESA)]
    effects = effects_of(*start)
    assert (["r1 open: place", "r1 placed: score"], []) == (triage_of(effects), told(effects))
    standing = last_of(effects, "r1")
    assert (DESA, DecidedBy.PERSON, local("09:10")) == (
        standing.area,
        standing.by,
        standing.at,
    )
    more = [named(f"r{by}", report("KAM-01", KR, f"w{by}")) for by in (2, 3)]
    later = triage_of(effects_of(*start, *more))
    assert ["r2 open: score", "r1 confirmed: W01", "r2 confirmed: W01", "r3 confirmed: W01"] == (
        later[2:]
    )


def test_lateness_does_not_count_once_a_person_has_looked() -> None:
    """Its place was sure all the time."""
    late = said("08:40", named("r1", report("KAM-06", KR, "w1")))
    effects = effects_of(NINE, late, TEN, place_report(MINE, KR))
    assert ["r1 open: late", "r1 confirmed: W01"] == triage_of(effects)


def test_a_text_without_a_category_gets_one_with_its_place() -> None:
    """Until somebody says of what it is, it waits where it is."""
    vague = named("r1", report("", KR, "w1", text="tolong ke sini pak"))
    assert ["r1 open: category", "r1 placed: category"] == triage_of(
        effects_of(NINE, vague, place_report(MINE, KR))
    )
    effects = effects_of(NINE, vague, place_report(MINE, KR, "KAM-06"))
    assert ["r1 open: category", "r1 confirmed: W01"] == triage_of(effects)


def test_a_report_of_one_is_not_two_however_often_it_is_placed() -> None:
    """Placed twice and confirmed by another it is weighed at one place, and one voice."""
    somewhere = unsure(named("r1", report("KAM-01", CURUP, "w1")))
    state = after(
        NINE,
        somewhere,
        place_report(MINE, KR),
        place_report(MINE, SR),
        reject_report(MINE),
        place_report(MINE, KR2),
        named("r2", report("KAM-01", KR2, "w2")),
    )
    assert ["W01@17.02.09.1002"] == weighed(state, "r1")
    assert [] == [alert for _, alert in state.alerts.items() if alert.rule == "W01"]


def test_a_report_that_is_confirmed_is_enough_by_itself() -> None:
    """Whatever it weighs and whoever else should have said it; the why says so."""
    weak = named("r1", report("KAM-10", KR, "w1", Role.ANONIM))
    effects = effects_of(NINE, weak, TEN, named("c1", confirm_report(MINE)))
    assert ["W03@DESA|KAM-10 opened command:c1"] == told(effects)
    standing = last_of(effects, "r1")
    alert = alerts_of(effects)["W03@DESA|KAM-10"]
    assert (TriageStatus.CONFIRMED, "W03", DecidedBy.PERSON, alert.id) == (
        standing.status,
        standing.why,
        standing.by,
        standing.alert,
    )
    checks = {why.check: why.holds for why in alert.why}
    assert (True, False, False) == (checks["checked"], checks["score"], checks["source_classes"])


@pytest.mark.parametrize("category", ["PID-01", "LOG-01"])
def test_neither_a_paper_nor_an_office_is_asked_of_what_was_checked(category: str) -> None:
    """Who has called back knows more than both."""
    effects = effects_of(NINE, named("r1", report(category, KR, "w1")), confirm_report(MINE))
    assert TriageStatus.CONFIRMED is last_of(effects, "r1").status
    assert [category] == [one.key for one in lines_of(effects)]


def test_what_was_checked_is_quiet_since_then() -> None:
    """Acknowledged at once, an alert of an old report is not over at once."""
    old = said("07:30", named("r1", report("INF-01", KR, "w1")))
    effects = effects_of(NINE, old, confirm_report(MINE), at("09:30"))
    [alert] = [one for one in alerts_of(effects).values() if one.rule == "W15"]
    assert alert.holds
    assert local("07:30") == alert.evidence[0].at


def test_what_was_checked_joins_what_is_told_already() -> None:
    """Too old for its window: its evidence is not put aside for that."""
    riot = [named(f"r{n}", report("KAM-01", KR, f"w{n}")) for n in (2, 3, 4)]
    old = said("08:00", named("r1", report("KAM-01", KR, "w1")))
    effects = effects_of(NINE, *riot, old, confirm_report(MINE))
    alert = alerts_of(effects)["W01@DESA|KAM-01"]
    assert ["r1", "r2", "r3", "r4"] == sorted(one.id for one in alert.evidence)
    assert ["W01@DESA|KAM-01 opened 0:4"] == told(effects)
    assert alert.id == last_of(effects, "r1").alert


def test_what_a_person_has_resolved_is_not_opened_by_a_confirmation() -> None:
    """It is known to be true, and was seen to: whoever thinks otherwise opens it again."""
    three: list[Item] = [NINE, *(report("KAM-01", KR, by) for by in ("a", "b", "c"))]
    resolved = command(CommandKind.RESOLVE, "W01@DESA|KAM-01", by="chief")
    effects = effects_of(*three, resolved, at("09:05"), RIOT, confirm_report(MINE))
    assert ["r1 open: resolved", "r1 confirmed: resolved"] == triage_of(effects)[-2:]
    assert AlertState.RESOLVED is alerts_of(effects)["W01@DESA|KAM-01"].state


def test_a_place_that_a_person_names_overrules_where_it_was_sent_from() -> None:
    """Coordinates that contradict it put it together with nobody there."""
    away = with_position(-3.9, 102.9, unsure(named("r1", report("KAM-02", CURUP, "w1"))))
    other = named("r2", report("KAM-02", KR, "w2"))
    effects = effects_of(NINE, away, other, place_report(MINE, DESA))
    assert "r1 confirmed: W01" in triage_of(effects)
    [(_, row)] = after(NINE, away, place_report(MINE, UNKNOWN)).waiting.items()
    assert row.report is not None
    assert (UNKNOWN, (Flag.UNKNOWN_TPS,)) == (row.report.place, row.report.flags)


def test_what_was_placed_can_be_confirmed_there() -> None:
    """Its place is sure from then on."""
    somewhere = unsure(named("r1", report("KAM-01", CURUP, "w1")))
    effects = effects_of(NINE, somewhere, place_report(MINE, KR), confirm_report(MINE))
    assert ["r1 placed: score", "r1 confirmed: W01"] == triage_of(effects)[1:]
    assert ["W01@DESA|KAM-01"] == [one.split()[0] for one in told(effects)]


def test_a_word_of_calm_gets_a_category_and_is_a_report_then() -> None:
    """Somebody has read what a citizen meant by "aman"."""
    odd = named("r1", all_well(report("", KR, "w1", text="aman katanya, tapi ada ancaman")))
    effects = effects_of(NINE, odd, place_report(MINE, KR, "KAM-06"))
    assert ["r1 open: category", "r1 confirmed: W01"] == triage_of(effects)
    five = [report("", DESA, f"m{number}") for number in range(5)]
    sixth = place_report(MINE, KR, "KAM-09")
    assert [] == told(effects_of(NINE, odd, *five))
    assert ["W05@DESA"] == [one.split()[0] for one in told(effects_of(NINE, odd, *five, sixth))]


def test_a_redelivered_order_is_carried_out_once() -> None:
    """The same command again is a repeat, and says nothing."""
    order = named("c1", place_report(MINE, KR))
    once = effects_of(NINE, BOMB, order)
    twice = effects_of(NINE, BOMB, order, order)
    assert (once, 1) == (twice, len(replies_of(twice)))


def test_a_report_says_how_and_when_it_came_in() -> None:
    """So that it can be answered the same way; what counts at once has nothing to suggest."""
    sms = by_channel(Channel.SMS, said("08:50", photographed("ab", RIOT)))
    standing = last_of(effects_of(NINE, sms), "r1")
    assert (local("09:00"), "sms", (), None) == (
        standing.received_at,
        standing.channel,
        standing.restricted_to,
        standing.alert,
    )
    disturbance = replace(unrest(KR), event=replace(unrest(KR).event, situation=Situation.GANGGUAN))
    assert "" == last_of(effects_of(NINE, named("u1", disturbance)), "u1").channel
