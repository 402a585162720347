"""The time of a rule is measured from outside: now and then, and nothing else is changed by it."""

from prometheus_client import CollectorRegistry

from streams.rules.head import RuleHead
from streams.telemetry.metrics import RULE_SECONDS, counter
from streams.telemetry.rule_time import RESTRICTED, TIMED_EVERY, RuleTimer
from tests.support.events import report
from tests.support.stories import at
from tests.support.world import KR, every_rule
from tests.unit.telemetry.shown import Scene

NAME = "siaga_rule_seconds_total"


def head_of(*, restricted: bool) -> RuleHead:
    """Return the head of a rule whose alerts all may see, or not."""
    overdue, score = every_rule().overdue_tps, every_rule().score
    heads = [one.head for one in overdue] + [one.head for rules in score.values() for one in rules]
    return next(one for one in heads if bool(one.rule.restricted_to) == restricted)


def test_a_measured_answer_counts_for_all_that_are_not_measured() -> None:
    """By its rule."""
    registry = CollectorRegistry()
    seconds = iter((10.0, 10.5))
    timer = RuleTimer(counter(registry, RULE_SECONDS), lambda: next(seconds))
    head = head_of(restricted=False)
    assert "answer" == timer.time(head, lambda: "answer")
    assert 0.5 * TIMED_EVERY == registry.get_sample_value(NAME, {"rule": head.rule.id})


def test_a_restricted_rule_is_measured_without_its_name() -> None:
    """Its time would tell that somebody has complained."""
    registry = CollectorRegistry()
    seconds = iter((1.0, 2.0))
    timer = RuleTimer(counter(registry, RULE_SECONDS), lambda: next(seconds))
    timer.time(head_of(restricted=True), lambda: None)
    assert TIMED_EVERY == registry.get_sample_value(NAME, {"rule": RESTRICTED})


def test_one_record_in_so_many_is_measured() -> None:
    """And then the state is without a stopwatch again."""
    crowd = [report("KAM-02", KR, f"w{number}") for number in range(TIMED_EVERY)]
    scene = Scene().go_on(at("07:00"), *crowd)
    assert scene.fold.fold.state.stopwatch is None
    assert 0 < sum(
        sample.value
        for metric in scene.registry.collect()
        for sample in metric.samples
        if sample.name == NAME
    )
