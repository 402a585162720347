"""Another worker takes over, at any record: what is told of a day stays the same, whole.

The days are those that the tests of the rules tell, so each step of each detector is among them.
"""

from typing import Final

import pytest

from streams.domain.effects import Line
from streams.judge.state import PartitionState
from streams.rules.cases import RuleCase
from tests.support.restarts import judged_in_parts
from tests.support.rule_days import cases_of, day_of
from tests.support.stories import judge_into

RULES: Final = (
    *("V03", "V05", "V11", "V12", "W06", "W07", "W10", "W11"),
    *("X01", "X03", "X05", "X06", "X07"),
)
CASES: Final = [(rule, case) for rule in RULES for case in cases_of(rule)]


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{rule}: {case.name}" for rule, case in CASES]
)
def test_who_takes_over_at_any_record_tells_the_same(case: RuleCase) -> None:
    """A takeover before every record forgets nothing, and adds nothing: line, triage or reply."""
    day = day_of(case)
    whole = judge_into(PartitionState(0, day.world), day.steps)
    parts = judged_in_parts(day.steps, range(len(day.steps)), (3, 1, 2), day.world)
    assert whole == parts
    assert len(case.expect) <= sum(isinstance(one, Line) for one in whole)
