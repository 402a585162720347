"""The suite itself: nothing slips through it, and it notices what is broken on purpose."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import Effect
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedReport,
    AcceptedStatus,
)
from streams.judge.seen import AcceptedEvent, Familiarity, Seen
from streams.judge.state import PartitionState
from streams.pipeline import Step
from tests.conformance import test_duplicates, test_late, test_zones
from tests.conformance.cases import RULE_IDS, cases_of, plain_cases_of
from tests.conformance.left_out import LEFT_OUT, LeftOut, Transform, cases_for
from tests.conformance.playing import as_told, differences, play
from tests.conformance.tables import TABLE
from tests.conformance.worlds import ZONES, as_written, scenario_of

FIRING_MIN = 3
NOTICED_MIN = 5


@pytest.mark.parametrize("transform", Transform)
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_every_rule_fires_under_every_transform(rule_id: str, transform: Transform) -> None:
    """What is left out leaves some firing cases of each rule."""
    firing = [tried.name for tried in cases_for(transform, rule_id) if tried.fires]
    assert FIRING_MIN <= len(firing)


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_should_fire_fires(rule_id: str) -> None:
    """A case is played here as `siaga rules test` plays it: the rule tells what it expects."""
    silent = [
        tried.name
        for tried in cases_of(rule_id)
        if tried.fires and not play(scenario_of(tried)).of_rule(rule_id).lines
    ]
    assert [] == silent


def test_every_rule_has_its_row() -> None:
    """Who writes a rule says what it does at a TPS that is closed, postponed, in no plan."""
    assert [] == [rule_id for rule_id in RULE_IDS if rule_id not in TABLE]


def test_every_row_is_of_a_rule() -> None:
    """The table does not outlive its rules."""
    assert [] == [rule_id for rule_id in TABLE if rule_id not in RULE_IDS]


@pytest.mark.parametrize("row", LEFT_OUT, ids=lambda row: f"{row.transform}-{row.patterns[0]}")
def test_what_is_left_out_is_there(row: LeftOut) -> None:
    """No pattern outlives the cases that it was written for."""
    written = [
        tried for rule_id in RULE_IDS for tried in (*cases_of(rule_id), *plain_cases_of(rule_id))
    ]
    ones = [replace(row, patterns=(pattern,)) for pattern in row.patterns]
    fitting = [one for one in ones if any(one.fits(row.transform, tried) for tried in written)]
    assert list(row.patterns) == [one.patterns[0] for one in fitting]


class Forgetful(Seen):
    """Takes every event for a new one."""

    def look(self, accepted: AcceptedEvent) -> Familiarity:
        """Remember the event, and say that it is new."""
        super().look(accepted)
        return Familiarity.NEW


def forgetful(state: PartitionState) -> None:
    """Let a fold count what comes twice twice."""
    state.seen = Forgetful(state.pages)


def test_a_fold_that_counts_redeliveries_is_noticed() -> None:
    """By several rules; most have their own guard against hearing a thing twice."""
    noticed = [one for one in RULE_IDS if test_duplicates.told_otherwise(one, 0, forgetful)]
    assert NOTICED_MIN <= len(noticed)


def test_a_fold_that_goes_by_the_time_of_receipt_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One for which everything happens when it is received: by most rules of absence."""
    judge = pipeline.step

    def by_receipt(state: PartitionState, taken: Step) -> Sequence[Effect]:
        record = taken.record
        if isinstance(record, AcceptedStatus | AcceptedReport | AcceptedCount | AcceptedCommand):
            taken = replace(taken, record=replace(record, at=record.received_at))
        return judge(state, taken)

    monkeypatch.setattr(pipeline, "step", by_receipt)
    noticed = [one for one in RULE_IDS if test_late.held_otherwise(one)]
    assert NOTICED_MIN <= len(noticed)


def test_a_fold_that_reads_the_clock_of_another_zone_is_noticed() -> None:
    """A day that is an hour off is another day, for all but those that look at no clock."""
    wita, wit = ZONES[1], ZONES[2]
    wrong = replace(wita, hours=wit.hours)
    noticed = [
        rule_id
        for rule_id in RULE_IDS
        for tried in cases_for(Transform.ZONE, rule_id)[:1]
        if as_written(tried) != test_zones.told_there(tried, wrong)
    ]
    assert len(RULE_IDS) // 2 <= len(noticed)


def test_a_line_too_many_or_too_few_is_told() -> None:
    """The comparison names what is wanting and what is surplus."""
    tried = cases_of("T03")[0]
    told = as_told(play(scenario_of(tried)))
    assert [] == differences("a", told, told)
    assert [f"a: wanting {told[0][:400]}"] == differences("a", told, told[1:])
    assert [f"a: surplus {told[0][:400]}"] == differences("a", told[1:], told)
