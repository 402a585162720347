"""Absence over the facts: what an ordinary heartbeat costs, and what an alert rests on."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Evidence
from streams.judge.state import PartitionState
from tests.support.events import heartbeat, opened, postponed, suspended
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    deaf,
    events_of,
    hearing,
    journal,
    judge,
    judge_into,
    lines_of,
    named,
    said,
    story,
)
from tests.support.world import KR, UNKNOWN, local, world

OPEN: Final[list[Item]] = [at("06:00"), at("07:00"), opened(KR)]


def test_an_ordinary_heartbeat_asks_no_rule() -> None:
    """It moves a deadline that is looked at anyway: what was told of the TPS stays untouched."""
    state = PartitionState(0, world())
    judge_into(state, journal(*OPEN, at("07:05")))
    state.take_changes()
    last = events_of(journal(*OPEN, at("07:05"), heartbeat(KR)))[-1]
    judge_into(state, [replace(last, name="0:900")])
    rows = {key.partition(b"\x1f")[0] for key in state.take_changes()[0]}
    assert {b"facts", b"input", b"pair", b"seen"} == rows


def test_a_heartbeat_that_an_alert_waits_for_ends_it_at_once() -> None:
    """The end of what was told does not wait for a mark."""
    items = [*OPEN, at("08:31"), deaf, at("08:40"), heartbeat(KR)]
    assert ["08:30 opened", "08:40 returned"] == story(*items, of="T07@KR")


def test_a_silence_rests_on_what_was_said_last_if_it_changed_a_stage() -> None:
    """A heartbeat is not kept one by one, so it is no evidence; an opening is."""
    opened_only = journal(at("06:00"), at("07:00"), named("o1", opened(KR)), at("08:31"))
    alert = alerts_of(judge(opened_only))["T07@KR"]
    assert (Evidence("tps.status", "o1", local("07:00"), "kpps", "0:240"),) == alert.evidence
    beaten = journal(*OPEN, at("07:30"), heartbeat(KR), at("09:01"))
    assert () == alerts_of(judge(beaten))["T07@KR"].evidence


@pytest.mark.parametrize(
    ("told_at", "lines"),
    [("-17:00", ["07:30 opened"]), ("00:59:59", ["07:30 opened"]), ("01:00", [])],
)
def test_an_opening_told_the_evening_before_is_a_rehearsal(told_at: str, lines: list[str]) -> None:
    """Six hours before the opening nobody opens, so the real opening is still expected."""
    items = [at("-18:00"), at(told_at), opened(KR), at("07:31")]
    assert lines == story(*items, of="T03@KR")


def test_a_rehearsed_opening_begins_no_silence() -> None:
    """Nobody is missed at night because a stage was tried out."""
    items = [at("-18:00"), at("-17:00"), opened(KR), at("07:00"), opened(KR), at("07:31")]
    assert [] == story(*items, of="T07@KR")


def test_a_postponement_may_be_told_days_before() -> None:
    """It is no stage that can be rehearsed."""
    items = [at("-18:00"), at("-17:00"), postponed(KR), at("07:31")]
    assert [] == story(*items, of="T03@KR")


def test_a_telephone_whose_date_is_wrong_speaks_of_the_day() -> None:
    """Its points count, its message says nothing about the silence of the day."""
    items = [at("06:00"), said("-90:00", opened(KR)), at("07:31")]
    assert [] == story(*items, of="T03@KR")


@pytest.mark.parametrize(
    ("first", "told"),
    [("07:29", ["07:30 opened"]), ("07:30", ["07:30 opened"]), ("07:30:01", [])],
)
def test_nobody_misses_an_unknown_tps_before_it_speaks(first: str, told: list[str]) -> None:
    """Heard of after its deadline, it was not late: nobody knew of it."""
    items = [at("06:00"), at(first), heartbeat(UNKNOWN), at("07:44")]
    assert told == story(*items, of="T03@UNKNOWN")


def test_an_end_at_settlement_is_caused_by_its_own_record() -> None:
    """A burst after an outage: the line names the message that ended the silence."""
    items = [*OPEN, deaf, at("09:30"), said("09:00", named("h1", heartbeat(KR))), hearing]
    effects = judge(journal(*items, at("09:31")))
    ended = next(line for line in lines_of(effects) if line.change == "returned")
    steps = journal(*items, at("09:31"))
    assert ended.cause == next(
        step.name
        for step in steps
        if getattr(getattr(step.record, "event", None), "id", "") == "h1"
    )


def test_two_rules_of_one_tps_know_nothing_of_each_other() -> None:
    """Halted and silent: each has its own alert."""
    items = [*OPEN, at("08:00"), suspended(KR), at("09:31")]
    assert ["08:15 opened", "08:20 escalated", "08:30 escalated"] == story(*items, of="T06@KR")
    assert ["09:30 opened"] == story(*items, of="T07@KR")
