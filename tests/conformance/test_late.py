"""Late: what happened counts at its own time, and is told when it is received.

Everything is received some minutes after it happened, within what every channel is allowed. In
the end the same must hold as if it had come at once. What was missed for want of a word that was
under way is told for its deadline, and taken back as `late` when that word comes.
"""

from functools import cache

import pytest

from streams.domain.times import MINUTE_MS
from streams.rules.compiled import CompiledPack
from tests.conformance.cases import PACKS, RULE_IDS, Tried
from tests.conformance.final import early_lines, ended_late, holding
from tests.conformance.left_out import Transform, cases_for, live_elsewhere
from tests.conformance.playing import Played, differences, play
from tests.conformance.transforms import delayed, longer
from tests.conformance.worlds import scenario_of

LATE_MS = 4 * MINUTE_MS
SLACK_MS = LATE_MS + 10 * MINUTE_MS
"""Beyond the end of a case: T13 waits for ten minutes from a receipt on."""
LATE_ABSENCES_MIN = 1


def rules_of_absence(pack: CompiledPack) -> list[str]:
    """Return the ids of the rules that fire because something did not happen."""
    rules = (*pack.overdue_tps, *pack.overdue_pair, *pack.overdue_box)
    return sorted({rule.head.rule.id for rule in rules})


@cache
def told_in_time(tried: Tried) -> Played:
    """Judge a case as it is written, and somewhat longer."""
    return play(longer(scenario_of(tried), SLACK_MS))


def told_late(rule_id: str) -> list[tuple[Tried, Played, Played]]:
    """Judge the cases of a rule as they are written, and with everything received later."""
    return [
        (
            tried,
            told_in_time(tried),
            play(delayed(longer(scenario_of(tried), SLACK_MS), LATE_MS)),
        )
        for tried in cases_for(Transform.LATE, rule_id)
    ]


def held_otherwise(rule_id: str) -> list[str]:
    """Return what holds otherwise in the end because everything was received later."""
    found: list[str] = []
    for tried, in_time, late in told_late(rule_id):
        live = live_elsewhere(tried)
        held, held_late = holding(in_time.without(live)), holding(late.without(live))
        found += differences(tried.name, held, held_late)
    return found


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_in_the_end_the_same_holds(rule_id: str) -> None:
    """The same alerts, as bad, and in the hands of the same people."""
    assert [] == held_otherwise(rule_id)


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_no_line_stands_before_the_receipt_of_what_caused_it(rule_id: str) -> None:
    """Nobody reads in a line that something was known before it could be."""
    found: list[str] = []
    for tried, *both in told_late(rule_id):
        found += (f"{tried.name}: {line}" for played in both for line in early_lines(played))
    assert [] == found


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_what_is_told_for_want_of_a_late_word_is_taken_back(rule_id: str) -> None:
    """An alert that only the delay has brought about is resolved in the end, as `late`."""
    found: list[str] = []
    for tried, in_time, late in told_late(rule_id):
        known = {(one.rule, one.scope, one.key) for one in in_time.alerts}
        late_ids = {one.id for one in ended_late(late)}
        found += (
            f"{tried.name}: {one.rule}@{one.scope} is {one.state}"
            for one in late.without(live_elsewhere(tried)).alerts
            if (one.rule, one.scope, one.key) not in known and one.id not in late_ids
        )
    assert [] == found


@pytest.mark.parametrize("rule_id", rules_of_absence(PACKS.ready_for("pilkada")))
def test_every_rule_of_absence_is_judged_anew_by_a_late_word(rule_id: str) -> None:
    """The test above is about something: some word of each of them was under way at its limit."""
    taken_back = [
        one.id for _, _, late in told_late(rule_id) for one in ended_late(late.of_rule(rule_id))
    ]
    assert LATE_ABSENCES_MIN <= len(taken_back)
