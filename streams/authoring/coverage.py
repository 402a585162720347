"""Which thresholds the tests of a rule reach from both sides.

A rule whose numbers depend on the class of a TPS must fire and hold in tests of every class; any
other rule must do both somewhere. That a test holds says little by itself: whether it holds just
so is what mutation asks (`streams.authoring.mutation`).
"""

from collections.abc import Iterable
from typing import cast

from msgspec import Struct, json

from streams.authoring.trial import Trial
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.rules.pack import Rule
from streams.rules.report_specs import ScoreSpec
from streams.rules.yaml_text import Value

__all__ = ["Coverage", "coverage_of"]


class Coverage(Struct, frozen=True):
    """How many tests of a rule fire and hold, by class in the order of `TPS_CLASSES`."""

    rule: str
    by_class: bool
    """Whether each class must be reached."""
    fired: tuple[int, ...]
    held: tuple[int, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What no test does."""
        sides = (("fires", self.fired), ("holds", self.held))
        if not self.by_class:
            return tuple(f"no test {word}" for word, counts in sides if not any(counts))
        return tuple(
            f"no test {word} at {one}"
            for word, counts in sides
            for one, count in zip(TPS_CLASSES, counts, strict=True)
            if not count
        )


def coverage_of(rule: Rule, trials: Iterable[Trial]) -> Coverage:
    """Count what the tests of a rule have reached; a test that fails reaches nothing."""
    good = [trial for trial in trials if trial.holds]
    return Coverage(
        rule=rule.id,
        by_class=_depends_on_class(rule),
        fired=tuple(sum(one in trial.fired for trial in good) for one in TPS_CLASSES),
        held=tuple(sum(_is_held(trial, one) for trial in good) for one in TPS_CLASSES),
    )


def _is_held(trial: Trial, tps_class: TpsClass) -> bool:
    classes = {trial.case.tps_class, *trial.case.classes.values()}
    return tps_class in classes and not trial.fired


def _depends_on_class(rule: Rule) -> bool:
    if isinstance(rule.detector, ScoreSpec) and rule.detector.eased:
        return True
    return _has_four(cast("Value", json.decode(json.encode(rule.detector))))


def _has_four(value: Value) -> bool:
    """Tell whether there is a list of one number for each class somewhere in a value."""
    if isinstance(value, dict):
        return any(map(_has_four, value.values()))
    if not isinstance(value, list):
        return False
    four = len(value) == len(TPS_CLASSES)
    numbers = all(isinstance(one, float | int) or _is_duration(one) for one in value)
    return (four and numbers) or any(map(_has_four, value))


def _is_duration(value: Value) -> bool:
    return isinstance(value, str) and value[:-1].isdigit() and value[-1:] in "hms"
