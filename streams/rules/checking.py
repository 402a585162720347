"""What must be true of a rule beyond the kinds of its fields.

Each fault is told with file, line, field and what was expected, as the reader of YAML tells those
of kind. A rule that passes can be made ready for any election, and its texts can be filled in.
"""

from collections.abc import Iterable
from typing import Final

from streams.domain.alert import LADDERS, PILKADES_LADDERS, Ladder, Text
from streams.domain.facts import ISLAND_GAP_MS
from streams.domain.times import MINUTE_MS
from streams.rules.count_specs import TurnoutSpec
from streams.rules.expression.condition import Environment
from streams.rules.expression.faults import ExpressionError
from streams.rules.faults import Found
from streams.rules.fields import Clause, Clauses, by_class, duration_ms
from streams.rules.pack import Route, Rule
from streams.rules.report_specs import DisputeSpec, RumourSpec, ScoreSpec, SurgeSpec
from streams.rules.speaking import nearest
from streams.rules.specs import (
    ConditionScope,
    ConditionSpec,
    DetectorSpec,
    Listens,
    OverdueSpec,
    OverdueWatch,
    WatchScope,
)
from streams.rules.wheres import BOX_NAMES, TPS_NAMES, compile_where, names_of
from streams.rules.wording import FIELDS, fill, unknown_fields
from streams.rules.yaml_text import Path, Tree
from streams.territory.plan import ElectionKind

__all__ = ["check_rule", "detector_name"]

_SAMPLE: Final = Text("contoh", "sample")
"""Stands for any value while a pack is read; a judgment gives texts only."""


def detector_name(detector: DetectorSpec) -> str:
    """Return the word by which a pack names a detector."""
    return str(type(detector).__struct_config__.tag)


def check_rule(tree: Tree, rule: Rule, taxonomy: dict[str, Route], profile: str) -> None:
    """Look a rule over, as it is in a profile.

    Raises:
        PackError: with file, line, field and what was expected.
    """
    found = Found()
    for field in ("title", "summary", "action"):
        with found.noting():
            _check_text(tree, field, getattr(rule.texts, field), detector_name(rule.detector))
    with found.noting():
        _check_detector(tree, rule.detector, taxonomy)
    with found.noting():
        _check_checklist(tree, rule)
    for field in ("severity", "ladders"):
        if getattr(rule, field) is None and not isinstance(rule.detector, ScoreSpec):
            what = "is missing; only evidence can take the taxonomy's"
            found.faults += tree.fault((field,), what).faults
    found.raise_any()
    _check_start(tree, rule, taxonomy, profile)


def _check_checklist(tree: Tree, rule: Rule) -> None:
    """Refuse a key that stands twice: a note would tick two things at once."""
    keys = [one.key for one in rule.checklist]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            what = f"{key!r} stands twice; expected each key once"
            raise tree.fault(("checklist", number, "key"), what)


def _check_start(tree: Tree, rule: Rule, taxonomy: dict[str, Route], profile: str) -> None:
    """Refuse a level that is missing in a ladder: there the severity would say where it starts."""
    if not rule.starts_at:
        return
    ladders = PILKADES_LADDERS if profile == ElectionKind.PILKADES else LADDERS
    climbed = {Ladder(text.partition("+")[0]) for text in _ladders(rule, taxonomy)}
    if any(rule.starts_at not in ladders[one] for one in climbed):
        told = "; ".join(f"{one}: {', '.join(ladders[one])}" for one in sorted(climbed))
        what = f"found {rule.starts_at!r}, expected a level of every ladder that is climbed"
        raise tree.fault(("starts_at",), f"{what} ({told})")


def _ladders(rule: Rule, taxonomy: dict[str, Route]) -> Iterable[str]:
    """Return the ladders that a rule may take, whatever the class of the TPS or the category."""
    if rule.ladders is not None:
        return by_class(rule.ladders)
    assert isinstance(rule.detector, ScoreSpec), "only evidence takes the taxonomy's"
    return [taxonomy[one].ladder for one in rule.detector.categories]


def _check_detector(tree: Tree, detector: DetectorSpec, taxonomy: dict[str, Route]) -> None:
    match detector:
        case DisputeSpec() | RumourSpec():
            _check_categories(tree, detector.categories, taxonomy)
        case ScoreSpec():
            _check_categories(tree, detector.categories, taxonomy)
            if detector.threshold is not None and min(by_class(detector.threshold)) < 0:
                raise tree.fault(("detector", "threshold"), "expected 0 or more")
            if detector.threshold is not None and detector.eased:
                what = "is for the taxonomy's threshold; expected it without `threshold`"
                raise tree.fault(("detector", "eased"), what)
        case OverdueSpec():
            _check_watches(tree, detector)
        case ConditionSpec():
            _check_condition(tree, detector)
        case SurgeSpec() if min(by_class(detector.at_least)) < 1:
            raise tree.fault(("detector", "at_least"), "expected 1 or more")
        case TurnoutSpec() if min(by_class(detector.percent)) <= 0:
            raise tree.fault(("detector", "percent"), "expected more than 0")
        case _:
            pass


def _check_categories(tree: Tree, categories: tuple[str, ...], taxonomy: dict[str, Route]) -> None:
    unknown = [one for one in categories if one not in taxonomy]
    if unknown:
        path = ("detector", "categories", categories.index(unknown[0]))
        told = f"{unknown[0]} is not in the taxonomy{nearest(unknown[0], taxonomy)}"
        raise tree.fault(path, told)


def _check_text(tree: Tree, field: str, text: Text, detector: str) -> None:
    """Refuse a text that could not be filled in when somebody has to read it."""
    path = ("texts", field)
    try:
        unknown = sorted(unknown_fields(text, detector))
    except ValueError as error:
        raise tree.fault(path, f"{error}; expected names in braces") from error
    if unknown:
        known = sorted(FIELDS[detector])
        told = f"found {{{unknown[0]}}}, expected one of {', '.join(known)}"
        raise tree.fault(path, f"{told}{nearest(unknown[0], known)}")
    try:
        fill(text, dict.fromkeys(FIELDS[detector], _SAMPLE))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # What stands behind a colon is itself filled in, so it can fail in all these ways.
        what = f"{error}; every name stands for a text, expected it bare as {{place}}"
        raise tree.fault(path, what) from error


def _check_watches(tree: Tree, detector: OverdueSpec) -> None:
    found = Found()
    scopes: set[WatchScope] = set()
    for number, watch in enumerate(detector.watches):
        path = ("detector", "watches", number)
        with found.noting():
            if watch.scope in scopes:
                raise tree.fault(path, f"scope {watch.scope} stands twice; expected one watch each")
            scopes.add(watch.scope)
            _check_watch(tree, path, detector, watch)
    found.raise_any()


def _check_watch(tree: Tree, path: Path, detector: OverdueSpec, watch: OverdueWatch) -> None:
    if not watch.begins and watch.since is None:
        raise tree.fault(path, "expected `begins`, `since`, or both: when the clock starts")
    if watch.scope is not WatchScope.TPS and (watch.since or watch.final_counts):
        raise tree.fault(path, f"`since` and `final_counts` are for a TPS, not a {watch.scope}")
    rises = watch.raise_at is not None or watch.raise_after is not None
    if rises and detector.raise_to is None:
        raise tree.fault(path, "rises without detector.raise_to; expected a severity")
    if watch.raise_at is not None and watch.raise_after is not None:
        raise tree.fault(path, "expected one of `raise_at` and `raise_after`")
    names = BOX_NAMES if watch.scope is WatchScope.BOX else TPS_NAMES
    _check_clauses(tree, (*path, "begins"), watch.begins, names)
    _check_clauses(tree, (*path, "ends"), watch.ends, names)
    for number, pause in enumerate(watch.pauses):
        _check_clauses(tree, (*path, "pauses", number, "begins"), pause.begins, names)
        _check_clauses(tree, (*path, "pauses", number, "ends"), pause.ends, names)
    shortest_ms = min(duration_ms(limit) for limit in by_class(watch.limit))
    if watch.messages is Listens.ANY and shortest_ms < ISLAND_GAP_MS:
        shortest = ISLAND_GAP_MS // MINUTE_MS
        raise tree.fault((*path, "limit"), f"expected {shortest}m or longer for silence")


def _check_condition(tree: Tree, detector: ConditionSpec) -> None:
    path: Path = ("detector",)
    of_forms = detector.scope is ConditionScope.FORM
    if of_forms != (detector.check is not None):
        raise tree.fault(path, "expected `check` with scope form, and only there")
    if of_forms == bool(detector.on):
        raise tree.fault(path, "expected `on`, the happenings that it is about; not for a form")
    if detector.quarantine and not of_forms:
        raise tree.fault(path, "`quarantine` is for scope form")
    if detector.raise_where and detector.raise_to is None:
        raise tree.fault(path, "raise_where without raise_to; expected a severity")
    names = names_of(detector.scope)
    _check_where(tree, (*path, "where"), detector.where, names)
    _check_where(tree, (*path, "raise_where"), detector.raise_where, names)
    _check_clauses(tree, (*path, "ends"), detector.ends, names)


def _check_clauses(tree: Tree, path: Path, clauses: Clauses, names: Environment) -> None:
    for number, clause in enumerate(clauses):
        if isinstance(clause, Clause):
            _check_where(tree, (*path, number, "where"), clause.where, names)


def _check_where(tree: Tree, path: Path, text: str, names: Environment) -> None:
    if not text:
        return
    try:
        compile_where(text, names)
    except ExpressionError as error:
        raise tree.fault(path, str(error)) from error
