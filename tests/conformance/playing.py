"""Plays a scenario as `siaga replay` does, and tells what came of it.

A scenario is a case made ready: the elections that are loaded, the messages in their order of
receipt, and when the day ends. Transforms make one scenario of another; this is where both are
judged, by the same acceptance and the same fold as a worker.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.effects import Line, Rejected, RuleFault
from streams.domain.ids import DRILL_MARK, ElectionId, Scope, alert_id
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.replay import BadLine, Judged, Replay
from streams.rules.compiled import CompiledPack
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.territory.plan import Plan
from streams.wire.accept import Acceptor, AcceptSettings
from streams.wire.time import parse_time

__all__ = ["Fields", "Message", "Played", "Scenario", "as_told", "differences", "play"]

Fields = dict[str, object]
Prepare = Callable[[PartitionState], None]
Says = Callable[[str], str]

_FEW: Final = 3
_SHOWN: Final = 400
_SETTINGS: Final = AcceptSettings(by_scope=True)
_INPUT: Final = re.compile(r"\binput:[0-9]+\b")
_ALERT_ID: Final = re.compile(r"\b[0-9]{4}-[A-Z2-7]{16}\b|(?<=claim:)[0-9.]{5}/[0-9a-f]{16}")
"""Of an alert or a claim: both follow from other ids."""


class Message(Struct, frozen=True, omit_defaults=True):
    """One line of an events file."""

    topic: str
    received_at: str
    value: Fields
    drill: str = ""
    number: int = 0
    """Of the case's events, from 1; 0: it begins the log. A redelivery has that of the first."""

    @property
    def received_ms(self) -> EpochMs:
        """Time of receipt, in milliseconds."""
        return parse_time(self.received_at)

    @property
    def at_ms(self) -> EpochMs:
        """When it happened, in milliseconds."""
        return parse_time(str(self.value["at"]))


class Scenario(Struct, frozen=True, kw_only=True):
    """Messages, and the world in which they are judged."""

    name: str
    rule: str
    plans: tuple[Plan, ...]
    rules: CompiledPack
    messages: tuple[Message, ...]
    """In the order of receipt."""
    until: EpochMs


class Played(Struct, frozen=True):
    """What came of a scenario."""

    lines: tuple[Line, ...] = ()
    alerts: tuple[Alert, ...] = ()
    """The last state of each."""
    causes: dict[str, Message] = field(default_factory=dict[str, Message])
    """By how a line names it: `input:12`, `command:e3`."""

    def of(self, election: str) -> "Played":
        """Return what was told of one election."""
        return Played(
            tuple(line for line in self.lines if line.election == election),
            tuple(alert for alert in self.alerts if alert.election == election),
            self.causes,
        )

    def of_rule(self, rule: str) -> "Played":
        """Return what one rule told."""
        return Played(
            tuple(line for line in self.lines if line.rule == rule),
            tuple(alert for alert in self.alerts if alert.rule == rule),
            self.causes,
        )

    def without(self, rules: frozenset[str]) -> "Played":
        """Return what all rules told but these."""
        return Played(
            tuple(line for line in self.lines if line.rule not in rules),
            tuple(alert for alert in self.alerts if alert.rule not in rules),
            self.causes,
        )


def play(scenario: Scenario, prepare: Prepare | None = None) -> Played:
    """Judge a scenario.

    Args:
        scenario: What is judged.
        prepare: Done to the state before the first message; so a test can break it on purpose.

    Raises:
        AssertionError: A message could not be taken, or a rule failed: no case may do that.
    """
    watched = {
        ElectionId(plan.election.id): Watched.of(plan, scenario.rules) for plan in scenario.plans
    }
    categories = frozenset(scenario.rules.pack.taxonomy)
    acceptor = Acceptor(Territory.of(scenario.plans), NO_AREAS, categories, _SETTINGS)
    replay = Replay(World(watched), acceptor, scenario.until)
    if prepare is not None:
        prepare(replay.state)
    lines: list[Line] = []
    causes: dict[str, Message] = {}
    addressed = (_addressed(scenario, one) for one in scenario.messages)
    for place, message in enumerate(addressed, start=1):
        causes[f"input:{place}"] = message
        causes.setdefault(f"command:{message.value['id']}", message)
        for outcome in replay.take(place, msgspec.json.encode(message)):
            assert isinstance(outcome, Judged), _refused(scenario, outcome)
            lines += _lines(scenario, outcome)
    for judged in replay.finish():
        lines += _lines(scenario, judged)
    return Played(tuple(lines), replay.alerts, causes)


def _addressed(scenario: Scenario, message: Message) -> Message:
    """Let a receipt be of the alerts of its own scenario: their ids follow from who judges where.

    The line has the name of the case beside the id, in the words of the scenario.
    """
    if message.topic != "siaga.receipts":
        return message
    kabupaten = str(message.value["destination"]).partition("@")[2][:5]
    rule, _, about = str(message.value["alert"]).partition("@")
    scope, _, key = about.partition("|")
    plans = [plan for plan in scenario.plans if plan.watches(kabupaten)]
    named = str(message.value.get("election") or plans[0].election.id)
    election = f"{named}{DRILL_MARK}{message.drill}" if message.drill else named
    alert = alert_id(kabupaten, (ElectionId(election), rule, Scope(scope), key), 1)
    [told] = msgspec.convert(message.value["alerts"], list[Fields])
    return replace(
        message, value={**message.value, "notice": alert, "alerts": [{**told, "alert": alert}]}
    )


def _refused(scenario: Scenario, outcome: BadLine | Judged) -> str:
    return f"{scenario.name}: {outcome}"


def _lines(scenario: Scenario, judged: Judged) -> Iterable[Line]:
    for effect in judged.effects:
        assert not isinstance(effect, RuleFault | Rejected), f"{scenario.name}: {effect}"
        if isinstance(effect, Line):
            yield effect


def as_told(played: Played, says: Says = str) -> tuple[str, ...]:
    """Return all lines, then the last state of every alert, as texts that can be compared.

    What follows from the id of the election alone is left out: the id itself, the mark of a drill,
    and the ids of alerts and claims, which are numbered here. A message is named by its number in
    the case and not by its line. Alerts that change in one second have no order among them.

    Args:
        played: What was told.
        says: Puts a text into the words of the scenario that it is compared with.
    """
    lines = [
        says(msgspec.json.encode(replace(line, election=ElectionId(""), drill=False)).decode())
        for line in sorted(played.lines, key=_place)
    ]
    alerts = [
        says(msgspec.json.encode(replace(alert, election=ElectionId(""), drill=False)).decode())
        for alert in sorted(played.alerts, key=lambda one: (one.opened_at, one.rule, one.scope))
    ]
    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        text = _INPUT.sub(lambda found: f"event:{played.causes[found[0]].number}", text)
        return _ALERT_ID.sub(lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), text)

    lines, alerts = list(map(numbered, lines)), list(map(numbered, alerts))
    return (*sorted(lines), *sorted(alerts))


def _place(line: Line) -> tuple[EpochMs, str, str, str, int]:
    return line.at, line.rule, line.scope, line.key, line.revision


def differences(name: str, expected: Sequence[str], actual: Sequence[str]) -> list[str]:
    """Say what of two tellings of a case is only in one of them, a few of each."""
    wanting = sorted((Counter(expected) - Counter(actual)).elements())
    surplus = sorted((Counter(actual) - Counter(expected)).elements())
    return [
        *(f"{name}: wanting {text[:_SHOWN]}" for text in wanting[:_FEW]),
        *(f"{name}: surplus {text[:_SHOWN]}" for text in surplus[:_FEW]),
    ]
