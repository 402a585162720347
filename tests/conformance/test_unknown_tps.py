"""A TPS that no plan has, in a desa that votes: taken as `kurang_rawan`, and in no share.

Every case of that class is judged once more where the plan lists other TPS of the same desa in
place of its own. Rules that need what only a plan says are silent about them (`tables`).
"""

from functools import cache

import pytest
from msgspec.structs import replace

from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.words import TpsClass
from tests.conformance.cases import RULE_IDS, Tried
from tests.conformance.left_out import Transform, cases_for
from tests.conformance.playing import Played, differences, play
from tests.conformance.tables import TABLE, Row, Unknown
from tests.conformance.transforms import heard_first
from tests.conformance.worlds import plan_from, scenario_of, unlisted

_NOT_JUDGED = Unknown.NOT_JUDGED


@cache
def told_of_unlisted(tried: Tried) -> tuple[Played, Played]:
    """Return what a rule tells of a case's TPS where the plan has them, and where it has not."""
    scenario = heard_first(scenario_of(tried))
    plan = plan_from(tried.case, unlisted)
    assert not plan.tps.keys() & scenario.plans[0].tps.keys(), "all have other numbers"
    without = play(replace(scenario, plans=(plan,))).of_rule(tried.rule)
    of_listed = {line.alert for line in without.lines if line.scope in plan.tps}
    lines = tuple(line for line in without.lines if line.alert not in of_listed)
    alerts = tuple(one for one in without.alerts if one.id not in of_listed)
    return play(scenario).of_rule(tried.rule), Played(lines, alerts, without.causes)


def shown(played: Played) -> list[str]:
    """Return what of the lines does not depend on names."""
    return [_shown(line) for line in played.lines]


def expected(row: Row, listed: Played, without: Played) -> list[str]:
    """Return what must be told of TPS that no plan has, by what is told of listed ones."""
    match row.unknown:
        case Unknown.AS_KURANG_RAWAN:
            return shown(listed)
        case Unknown.IN_PART:
            return shown(listed) if without.lines else []
        case Unknown.NOT_JUDGED:
            return []


def _shown(line: Line) -> str:
    what = f"{line.change} {line.severity} {line.state} {line.ladder} {line.level}"
    return f"{line.at} {line.scope}|{line.key} {what} {line.cause}"


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_tps_of_no_plan_is_judged_as_the_table_says(rule_id: str) -> None:
    """With the same lines as a TPS of the lowest class, or not at all."""
    assert rule_id in TABLE, f"say in tables.py what {rule_id} makes of a TPS that no plan has"
    found: list[str] = []
    for tried in cases_for(Transform.UNKNOWN_TPS, rule_id):
        found += told_otherwise(tried)
    assert [] == found


def told_otherwise(tried: Tried) -> list[str]:
    """Say what is told of a case's TPS otherwise than the table says, where no plan has them."""
    listed, without = told_of_unlisted(tried)
    wanted = expected(TABLE[tried.rule], listed, without)
    return [
        *differences(tried.name, wanted, shown(without)),
        *(
            f"{tried.name}: is {one.tps_class}"
            for one in without.alerts
            if one.tps_class is not TpsClass.KURANG_RAWAN
        ),
    ]


def judged_ids() -> list[str]:
    """Return the rules that judge a TPS which no plan has."""
    return [one for one in RULE_IDS if one in TABLE and TABLE[one].unknown is not _NOT_JUDGED]


@pytest.mark.parametrize("rule_id", judged_ids())
def test_what_is_judged_alike_is_about_a_tps_of_no_plan(rule_id: str) -> None:
    """The test above is about something: some alert opens where the plan lists none of its TPS."""
    cases = cases_for(Transform.UNKNOWN_TPS, rule_id)
    opened = [
        tried.name
        for tried in cases
        if any(line.change is Change.OPENED for line in told_of_unlisted(tried)[1].lines)
    ]
    assert opened
