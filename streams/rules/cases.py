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
(`streams.authoring.events`). A test with an empty `expect` says that the rule must keep silent.
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct, field

from streams.domain.alert import AlertState, Change
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.errors import ConfigError
from streams.rules.yaml_text import Node, Tree, Value, converted

__all__ = ["CaseWorld", "ClockText", "Expected", "RuleCase", "cases_of"]

ClockText = Annotated[
    str,
    Meta(
        pattern=r"^([+-][1-9] )?[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$",
        description="local time of the day of the poll: 07:20, 07:20:01, -1 21:00, +1 12:00",
    ),
]
_EACH = "each"


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


def cases_of(tree: Tree) -> tuple[RuleCase, ...]:
    """Return the tests of a rule, one for each class where a test says `each`.

    Raises:
        ConfigError: with file, line, field and what was expected.
    """
    tests = tree.data.get("tests")
    if tests is None:
        return ()
    if not isinstance(tests, list):
        raise ConfigError(f"{tree.where(('tests',))}: expected a list of tests")
    found: list[RuleCase] = []
    for number, test in enumerate(tests):
        path = ("tests", number)
        if not isinstance(test, dict):
            raise ConfigError(f"{tree.where(path)}: expected a test with name, until, expect")
        found += [converted(one, RuleCase) for one in _expanded(tree.under(path))]
    return tuple(found)


def _expanded(tree: Tree) -> Iterator[Tree]:
    if not _mentions_each(tree.data):
        yield tree
        return
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


def _chosen(value: Value, number: int) -> Value:
    """Return a value with every `each` replaced by its entry for a class."""
    match value:
        case dict() if list(value) == [_EACH]:
            entries = value[_EACH]
            four = isinstance(entries, list) and len(entries) == len(TPS_CLASSES)
            return entries[number] if isinstance(entries, list) and four else value
        case dict():
            return {name: _chosen(one, number) for name, one in value.items()}
        case list():
            return [_chosen(one, number) for one in value]
        case _:
            return value
