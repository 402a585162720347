"""A rule that has failed on a scope: who is told what of it, and how it is asked again."""

from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.effects import AlertShown, Effect, Line, RuleFault
from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode, Scope
from streams.domain.notice import Notice
from streams.judge.rows import Quarantine
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from tests.support.events import command, report
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    brief,
    journal,
    judge_into,
    lines_of,
    only,
    replies_of,
)
from tests.support.world import ELECTION, FAR, KABUPATEN, KR, SR, R, every_rule, local, plan

OTHER: Final = AreaCode("17.03")
NINE: Final = at("09:00")
RULE_SCOPE: Final = f"pipeline:{KABUPATEN}/rule"
CONDUCT: Final = report("NET-01", KR, "w1")
"""What Propam alone may know of."""


def failing(*categories: str) -> PartitionState:
    """Return a state in which the rules of some categories have lost their thresholds."""
    whole = every_rule()
    score = dict(whole.score)
    for category in categories:
        score[category] = tuple(
            replace(rule, limits=replace(rule.limits, thresholds=())) for rule in score[category]
        )
    watched = Watched.of(plan(), replace(whole, score=score))
    return PartitionState(0, World({ELECTION: watched}))


def of_faults(effects: list[Effect], area: AreaCode = KABUPATEN) -> list[str]:
    """Return what the lines say about rules that have failed in a kabupaten."""
    found = [line for line in lines_of(effects) if line.scope == f"pipeline:{area}/rule"]
    return [f"{brief(line)} {line.key}" for line in found if str(line.change) != "escalated"]


def alert_of(effects: list[Effect]) -> Alert:
    """Return the alert about rules that have failed."""
    [alert] = [one for one in alerts_of(effects).values() if one.scope == RULE_SCOPE]
    return alert


def resumed(rule: str, where: AreaCode = KR) -> Told:
    """Let the one who leads have a rule asked again."""
    told = command(CommandKind.RESUME_RULE, by="chief")
    return replace(told, event=replace(told.event, rule=rule), place=where)


def test_of_a_restricted_rule_neither_place_nor_grounds_are_told() -> None:
    """Who may not see its alerts does not learn by its failing what it is about, and where."""
    state = failing("NET-01")
    effects = judge_into(state, journal(NINE, CONDUCT, at("09:02")))
    [fault] = only(effects, RuleFault)
    seen = [one for one in effects if isinstance(one, Line | AlertShown | Notice)]
    assert seen
    assert all(not one.restricted_to for one in seen if isinstance(one, Line | Notice))
    said = b"".join(map(msgspec.json.encode, seen)).decode()
    for secret in (fault.rule, fault.scope, fault.detail, "NET-01", KR):
        assert secret not in said


def test_of_a_restricted_rule_it_is_told_that_something_is_blind() -> None:
    """Those who can mend it are called as ever, and read where the rule's name stands."""
    effects = judge_into(failing("NET-01"), journal(NINE, CONDUCT))
    alert = alert_of(effects)
    assert ("restricted", KABUPATEN, ()) == (alert.key, alert.place, alert.restricted_to)
    assert "SYS" == alert.ladder
    assert "log" in alert.summary.id
    assert "log" in alert.summary.en


def test_restricted_rules_that_fail_are_one_alert_of_a_kabupaten() -> None:
    """How many there are says how many complaints; so it is not told."""
    items: list[Item] = [NINE, CONDUCT, report("NET-01", R, "w2"), report("NET-01", FAR, "w3")]
    effects = judge_into(failing("NET-01"), journal(*items))
    assert 3 == len(only(effects, RuleFault))
    assert ["09:00 opened restricted"] == of_faults(effects)
    assert ["09:00 opened restricted"] == of_faults(effects, OTHER)
    assert 1 == alert_of(effects).revision


def test_of_any_other_rule_place_and_grounds_are_told() -> None:
    """As before: somebody must watch there by hand."""
    effects = judge_into(failing("KAM-01"), journal(NINE, report("KAM-01", KR, "w1")))
    [fault] = only(effects, RuleFault)
    alert = alert_of(effects)
    assert f"{fault.rule}@{fault.scope}" == alert.key
    assert fault.detail in [one.value for one in alert.why]


def test_a_restricted_rule_that_is_asked_again_has_no_alert() -> None:
    """It is told anew if it fails again."""
    items: list[Item] = [NINE, CONDUCT, at("09:05"), resumed("W08"), at("10:00"), CONDUCT]
    effects = judge_into(failing("NET-01"), journal(*items, at("10:01")))
    told = ["09:00 opened restricted", "09:05 returned restricted", "10:00 opened restricted"]
    assert told == of_faults(effects)


def failing_twice() -> PartitionState:
    """Return a state in which two rules fail, of which both are for few."""
    state = failing("NET-01", "KAM-01")
    watched = state.world.of(ELECTION)
    pack = watched.rules.pack
    few = tuple(
        replace(one, restricted_to=("propam",)) if one.id == "W01" else one for one in pack.rules
    )
    rules = replace(watched.rules, pack=replace(pack, rules=few))
    return PartitionState(0, World({ELECTION: replace(watched, rules=rules)}))


@pytest.mark.parametrize("first", ["W08", "W01"])
def test_the_alert_of_restricted_rules_ends_with_the_last_of_them(first: str) -> None:
    """While one of them is put aside somewhere, something is not seen."""
    last = {"W08": "W01", "W01": "W08"}[first]
    items: list[Item] = [NINE, CONDUCT, report("KAM-01", SR, "w2"), at("09:05"), resumed(first)]
    effects = judge_into(failing_twice(), journal(*items, at("09:06"), resumed(last)))
    assert ["09:00 opened restricted", "09:06 returned restricted"] == of_faults(effects)


def test_a_rule_is_asked_again_in_one_kabupaten() -> None:
    """The order is of whoever leads there; next door it stays put aside, and told."""
    riots = (report("KAM-01", KR, "w1"), report("KAM-01", FAR, "w2"))
    orders = (resumed("W01"), at("09:06"), resumed("W01"))
    state = failing("KAM-01")
    effects = judge_into(state, journal(NINE, *riots, at("09:05"), *orders))
    assert ["opened", "returned"] == [one.split()[1] for one in of_faults(effects)]
    assert ["opened"] == [one.split()[1] for one in of_faults(effects, OTHER)]
    assert [(ELECTION, "W01", FAR[:13])] == [key for key, _ in state.quarantine.items()]
    assert ["done", "rule W01 is not put aside anywhere here"] == replies_of(effects)


def test_a_rule_of_a_contest_is_asked_again_where_its_votes_are_added_up() -> None:
    """The scope of a contest names its place behind the contest's own name."""
    state = PartitionState(0, World({ELECTION: Watched.of(plan(), every_rule())}))
    scope = Scope("contest:kades-1@17.02.09.1002")
    state.quarantine.put((ELECTION, "V08", scope), Quarantine("", local("08:00")))
    effects = judge_into(state, journal(NINE, resumed("V08", FAR), resumed("V08")))
    assert ["rule V08 is not put aside anywhere here", "done"] == replies_of(effects)
