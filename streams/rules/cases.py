"""The tests that a rule brings along, as its author writes them.

    - name: "buka setelah tenggang: alarm, lalu pulih"
      events:
        - {at: "07:41", status: opened}
      until: "08:00"
      expect:
        - {at: {each: ["07:30", "07:20", "07:10", "07:20"]}, change: opened, severity: medium}
        - {at: "07:41", change: returned}

Times are local times of the day of the poll; `-1 21:00` is the evening before, `+1 12:00` the noon
after. A value `{each: [a, b, c, d]}` stands for one value by class of TPS, and makes four tests of
one. Events are written short: what an event must have and a test does not care about is filled in
(`streams.authoring.events`). A test with an empty `expect` says that the rule must keep silent; one
whose log would begin after its end would say so of every rule, and is refused.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from streams.domain.alert import AlertState, Change
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.rules.faults import Found
from streams.rules.speaking import converted
from streams.rules.yaml_text import Node, Path, Tree, Value

__all__ = [
    "CaseWorld",
    "ClockText",
    "Expected",
    "RuleCase",
    "WrittenCase",
    "log_begins",
    "written_cases",
]

ClockText = Annotated[
    str,
    Meta(
        pattern=r"^([+-][1-9] )?([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$(?!\n)",
        description="a local time of the day of the poll as 07:20, 07:20:01, -1 21:00, +1 12:00",
    ),
]
_EACH: Final = "each"
_BEGINS: Final = "06:00"
_CLOCK: Final = re.compile(r"(?:([+-][1-9]) )?([0-2][0-9]):([0-5][0-9])(?::([0-5][0-9]))?")


class CaseWorld(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the little election of a test is like, where it matters."""

    kind: str = "pilkada"
    poll_opens: ClockText = "07:00"
    poll_closes: ClockText = "13:00"
    dpt: Annotated[int, Meta(ge=0)] = 440
    """Of each TPS but those in `dpts`."""
    dpts: dict[str, Annotated[int, Meta(ge=0)]] = {}
    """By number of TPS."""
    transit_minutes: Annotated[int, Meta(ge=0)] | None = None
    logistics_due: ClockText | None = None
    ballot_reserve: float = 0.025
    max_voters: int = 600
    contests: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"bupati": ("01", "02")})
    """Choices by contest; each covers the kabupaten, in a pilkades its desa."""
    pair: str = ""
    """Of all TPS."""
    heartbeat_minutes: Annotated[int, Meta(ge=1)] = 12
    neighbours: tuple[tuple[str, str], ...] = ()
    """Letters of desa that are neighbours: `[[B, C]]`."""
    off_duty: tuple[str, ...] = ()
    """Levels as `OPS/polsek` whose contact is on duty for a minute of the night only, while every
    other level has one by day and night; none: `contacts.toml` is empty."""


class Expected(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that must come; what is not named may be anything."""

    at: ClockText
    change: Change
    severity: Severity | None = None
    state: AlertState | None = None
    ladder: str | None = None
    level: str | None = None
    cause: str | None = None
    """Its first word: deadline, late, input, command."""
    scope: str | None = None
    """A number is a TPS of the test, else as in the lines."""
    key: str | None = None
    rule: str = ""
    """Another rule whose line it is; empty: the one that is tested."""


class RuleCase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One test of one rule."""

    name: str
    tps_class: TpsClass = field(name="class", default=TpsClass.KURANG_RAWAN)
    """Of every TPS but those in `classes`."""
    classes: dict[str, TpsClass] = {}
    """By number of TPS."""
    world: CaseWorld = CaseWorld()
    begins: ClockText | None = None
    """When the log begins; by default with the first event, at 06:00 at the latest."""
    events: tuple[dict[str, object], ...] = ()
    until: ClockText
    expect: tuple[Expected, ...]
    strict: bool = False
    """Whether these are all the lines of the rule; else only as many must open as are named."""
    silent: tuple[str, ...] = ()
    """Other rules that must open no alert."""


class WrittenCase(Struct, frozen=True):
    """A test, and where it is written."""

    case: RuleCase
    tree: Tree


def written_cases(tree: Tree) -> tuple[WrittenCase, ...]:
    """Return the tests of a rule, one for each class where a test says `each`, with their places.

    Raises:
        PackError: with file, line, field and what was expected, of every test.
    """
    tests = tree.data.get("tests")
    if tests is None:
        return ()
    if not isinstance(tests, list):
        raise tree.fault(("tests",), "expected a list of tests")
    found, faults = list[WrittenCase](), Found()
    for number, test in enumerate(tests):
        path = ("tests", number)
        with faults.noting():
            if not isinstance(test, dict):
                raise tree.fault(path, "expected a test with name, until, expect")
            found += (WrittenCase(_case(one), one) for one in _expanded(tree.under(path)))
    faults.raise_any()
    return tuple(found)


def log_begins(case: RuleCase) -> str:
    """Return when the log of a test begins: no clock runs before that."""
    if case.begins is not None:
        return case.begins
    received = (str(event.get("received", event.get("at", ""))) for event in case.events)
    # One that is no time is told with its event, when that is sent.
    times = [_BEGINS, *(one for one in received if _CLOCK.fullmatch(one))]
    return min(times, key=_clock_ms)


def _case(tree: Tree) -> RuleCase:
    case = converted(tree, RuleCase)
    begins = log_begins(case)
    if _clock_ms(begins) > _clock_ms(case.until):
        told = f"begins at {begins} and ends at {case.until}; expected an end after its beginning"
        path = ("begins" if case.begins else "until",)
        raise tree.fault(path, f"test {case.name!r} {told}")
    return case


def _clock_ms(clock: str) -> int:
    """Return a time as milliseconds from the midnight before the poll."""
    found = _CLOCK.fullmatch(clock)
    assert found, "the type has checked it"
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return (days * 24 + hours) * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS


def _expanded(tree: Tree) -> Iterator[Tree]:
    if not _mentions_each(tree.data):
        yield tree
        return
    _check_each(tree, tree.data, ())
    for number, tps_class in enumerate(TPS_CLASSES):
        chosen = _chosen(tree.data, number)
        assert isinstance(chosen, dict), "a mapping stays one"
        name = f"{chosen.get('name', '')} ({tps_class})"
        data: Node = {"class": tps_class.value, **chosen, "name": name}
        yield Tree(data, tree.marks)


def _mentions_each(value: Value) -> bool:
    if isinstance(value, dict):
        return _EACH in value or any(map(_mentions_each, value.values()))
    return isinstance(value, list) and any(map(_mentions_each, value))


def _check_each(tree: Tree, value: Value, path: Path) -> None:
    """Refuse an `each` that is not one value by class; in an event it would be sent as it is."""
    inner: Iterable[tuple[str | int, Value]] = ()
    match value:
        case dict() if _EACH in value:
            if not _is_by_class(value):
                expected = f"`each` alone, with one value for each of {', '.join(TPS_CLASSES)}"
                name = tree.data.get("name", "")
                raise tree.fault(path, f"test {name!r}: expected {expected}")
        case dict():
            inner = value.items()
        case list():
            inner = enumerate(value)
        case _:
            pass
    for step, one in inner:
        _check_each(tree, one, (*path, step))


def _is_by_class(value: Node) -> bool:
    entries = value[_EACH]
    if len(value) > 1 or not isinstance(entries, list):
        return False
    return len(entries) == len(TPS_CLASSES) and not any(map(_mentions_each, entries))


def _chosen(value: Value, number: int) -> Value:
    """Return a value with every `each` replaced by its entry for a class."""
    match value:
        case {"each": list(entries)}:
            return entries[number]
        case dict():
            return {name: _chosen(one, number) for name, one in value.items()}
        case list():
            return [_chosen(one, number) for one in value]
        case _:
            return value
