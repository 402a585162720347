"""Runs the tests of rules, each in its own little election.

A test holds if every line that it expects comes, in that order, and the rule opens no other alert.
It is judged as the workers judge, so without rules of maturity `shadow`; those that the test is
about judge with the others.
"""

from collections.abc import Container, Iterator
from typing import Final

from msgspec import Struct

from streams.authoring.events import UnsendableError, lines_of, numbers_of
from streams.authoring.packs import Packs
from streams.authoring.places import ELECTION, NUMBERS, moment_ms, moment_text, named, plan_of
from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.ids import ElectionId
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import TpsClass
from streams.errors import InputError
from streams.judge.world import Watched, World
from streams.replay import BadLine, Judged, Replay
from streams.rules.cases import Expected, RuleCase, log_begins
from streams.rules.compiled import CompiledPack
from streams.rules.faults import PackFault
from streams.rules.pack import Pack, Rule
from streams.rules.reading import Draft
from streams.rules.yaml_text import Path
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.territory.plan import Plan
from streams.wire.accept import Acceptor, AcceptSettings
from streams.wire.time import format_time

__all__ = ["Refusal", "Trial", "refused_in", "try_rule"]

_WIB_MINUTES: Final = 420
_SETTINGS: Final = AcceptSettings(by_scope=True)


class Refusal(Struct, frozen=True):
    """What of a test cannot be."""

    event: int | None
    """Number of the event, from 0; None: the world that the test is about."""
    what: str

    @property
    def path(self) -> Path:
        """Where it stands in the test."""
        return ("world",) if self.event is None else ("events", self.event)


class Trial(Struct, frozen=True):
    """What a test of a rule has shown."""

    rule: str
    case: RuleCase
    told: tuple[str, ...]
    """The rule's lines, as people read them."""
    faults: tuple[str, ...]
    """What was expected and did not come, or came and was not expected."""
    fired: frozenset[TpsClass]
    """Classes of the alerts that the rule opened."""
    refused: tuple[Refusal, ...] = ()
    """Why it could not be run, or not with all of its events."""

    @property
    def holds(self) -> bool:
        """Whether the rule did what its author expects."""
        return not self.faults and not self.refused


def try_rule(packs: Packs, rule: Rule) -> Iterator[Trial]:
    """Run the tests of a rule, in the order in which they are written.

    A test with an event that cannot be sent, or with a world that cannot be, does not hold.
    """
    for case in rule.tests:
        rules = packs.ready_for(case.world.kind, _asked(rule, case))
        try:
            yield _try(rules, rule, case)
        except UnsendableError as error:
            refusal = Refusal(error.event, error.what)
            yield Trial(rule.id, case, (), (), frozenset(), (refusal,))
        except InputError as error:
            yield Trial(rule.id, case, (), (), frozenset(), (Refusal(None, str(error)),))


def _try(rules: CompiledPack, rule: Rule, case: RuleCase) -> Trial:
    plan = plan_of(case, numbers_of(case))
    world = World({ElectionId(ELECTION): Watched.of(plan, rules)})
    replay = Replay(world, _acceptor(plan, rules), moment_ms(case.until))
    lines: list[Line] = []
    refused: list[Refusal] = []
    for number, line in enumerate(_with_beginning(case)):
        for outcome in replay.take(number, line):
            match outcome:
                case BadLine(reason=reason, detail=detail):
                    refused.append(Refusal(number - 1, f"{reason}: {detail}"))
                case Judged(effects=effects):
                    lines += (one for one in effects if isinstance(one, Line))
    for judged in replay.finish():
        lines += (one for one in judged.effects if isinstance(one, Line))
    own = tuple(line for line in lines if line.rule == rule.id)
    asked = _asked(rule, case)
    looked_at = tuple(line for line in lines if line.rule in asked)
    classes = {alert.id: alert.tps_class for alert in replay.alerts}
    fired = frozenset(classes[line.alert] for line in own if line.change is Change.OPENED)
    told = tuple(_told(line, rule) for line in looked_at)
    faults = tuple(_faults(case, rule, looked_at))
    return Trial(rule.id, case, told, faults, fired, tuple(refused))


def refused_in(draft: Draft, pack: Pack, files: Container[str]) -> Iterator[PackFault]:
    """Yield what cannot be in the tests that stand in some files.

    Args:
        draft: The pack as it is written.
        pack: The same for a profile.
        files: Names, as `rules/local.yaml`.
    """
    packs = Packs(draft)
    for rule in pack.rules:
        written = draft.rules[rule.id].cases()
        if written and written[0].tree.mark(())[0] in files:
            for trial, one in zip(try_rule(packs, rule), written, strict=True):
                for refusal in trial.refused:
                    yield from one.tree.fault(refusal.path, refusal.what).faults


def _asked(rule: Rule, case: RuleCase) -> frozenset[str]:
    """Return the rules whose lines a test looks at."""
    return frozenset((rule.id, *case.silent, *(one.rule for one in case.expect if one.rule)))


def _acceptor(plan: Plan, rules: CompiledPack) -> Acceptor:
    categories = frozenset(rules.pack.taxonomy)
    return Acceptor(Territory.of([plan]), NO_AREAS, categories, _SETTINGS)


def _with_beginning(case: RuleCase) -> Iterator[bytes]:
    """Yield the events, after one that begins the log and says nothing."""
    yield (
        b'{"topic": "operator.commands", "received_at": "%(at)s", "value": {"id": "begin", '
        b'"at": "%(at)s", "actor": {"id": "begin", "role": "system"}, "command": "note", '
        b'"area": "36.04"}}'
    ) % {b"at": moment_text(log_begins(case)).encode()}
    yield from lines_of(case)


def _faults(case: RuleCase, rule: Rule, lines: tuple[Line, ...]) -> Iterator[str]:
    rest = list(lines)
    since = EpochMs(0)
    for wanted in case.expect:
        # Lines of one second may come in any order: none is before another for who reads them.
        later = (n for n, line in enumerate(rest) if line.at // SECOND_MS >= since // SECOND_MS)
        place = next((n for n in later if _is(wanted, rule, rest[n])), None)
        if place is None:
            yield f"expected {_wanted(wanted)}, and it did not come"
        else:
            since = rest.pop(place).at
    opened = sum(line.change is Change.OPENED and line.rule == rule.id for line in lines)
    expected = sum(one.change is Change.OPENED and not one.rule for one in case.expect)
    if opened > expected:
        yield f"expected {expected} alerts, found {opened}"
    for line in lines:
        if line.rule in case.silent and line.change is Change.OPENED:
            yield f"expected no alert of {line.rule}, found one"
    if case.strict and len(lines) != len(case.expect):
        yield f"expected {len(case.expect)} lines, found {len(lines)}"


def _is(wanted: Expected, rule: Rule, line: Line) -> bool:
    scope = wanted.scope and named(
        f"{{{wanted.scope}}}" if wanted.scope in NUMBERS else wanted.scope
    )
    asked = (
        (moment_ms(wanted.at), line.at // SECOND_MS * SECOND_MS),
        (wanted.rule or rule.id, line.rule),
        (wanted.change, line.change),
        (wanted.severity, line.severity),
        (wanted.state, line.state),
        (wanted.ladder, line.ladder),
        (wanted.level, line.level),
        (wanted.cause, line.cause.partition(":")[0]),
        (scope, line.scope),
        (None if wanted.key is None else named(wanted.key), line.key),
    )
    return all(one is None or one == other for one, other in asked)


def _wanted(wanted: Expected) -> str:
    parts = (wanted.at, wanted.change, wanted.severity, wanted.state, wanted.ladder, wanted.level)
    about = (wanted.scope, wanted.key, wanted.cause, wanted.rule or None)
    return " ".join(str(part) for part in (*parts, *about) if part is not None)


def _told(line: Line, rule: Rule) -> str:
    clock = format_time(line.at, _WIB_MINUTES)[len("2024-11-") : len("2024-11-27T07:10:00")]
    other = "" if line.rule == rule.id else f"{line.rule} "
    about = f"{other}{line.scope} {line.key}".rstrip()
    state = f"{line.state} {line.ladder} {line.level}"
    return f"{clock} {line.change} {line.severity} {state} {about} ({line.cause})"
