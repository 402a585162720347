"""Drives the detector `blind`: says where and why Siaga itself cannot be trusted to see.

    heard         what was sent is not read: silence cannot be judged     (not in a played day)
    input         nothing comes from a kabupaten while it votes
    deadletters   too much of what comes cannot be taken
    rule          a rule has failed on a scope, and is not asked about it any more
    gateway       a gateway is stuck, or has stopped to speak  (`gateway_health`; here its end)

The first and the third are the same for all that a partition watches, and each kabupaten is told.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.alerts.book import due_at
from streams.alerts.case import Case, Moment
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.journal import (
    Accepted,
    AcceptedCommand,
    AcceptedGateway,
    IntakeMark,
    OwnerMark,
)
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.judge.health_grounds import of_lag, of_letters, of_silence
from streams.judge.roster import scope_of
from streams.judge.rows import LastInput
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Hours, Watched
from streams.rules.compiled_areas import BlindRule
from streams.rules.detectors import blind
from streams.rules.wording import clock_text

__all__ = [
    "HEALTH_WAKE",
    "PIPELINE",
    "arm_inputs",
    "note_input",
    "note_mark",
    "restore_wakes",
    "settle",
    "wake",
]

HEALTH_WAKE: Final = "health"
"""First part of the key under which the end of a trouble is woken."""
PIPELINE: Final = "pipeline:"
"""How the scope of a part of the pipeline begins."""
_HEARD: Final = "heard"
_INPUT: Final = "input"
_LETTERS: Final = "deadletters"
_STEP_MS: Final = 10 * SECOND_MS
"""Counts of a window are kept in steps so long."""
_PERCENT: Final = 100
_BEFORE_MS: Final = DAY_MS
_AFTER_MS: Final = 36 * HOUR_MS
"""An election is watched from so long before its first opening, so long after its last closing."""


class _Part(Struct, frozen=True):
    """A part of the pipeline, as one kabupaten of an election depends on it."""

    rule: BlindRule
    election: ElectionId
    kabupaten: AreaCode
    name: str

    @property
    def case(self) -> Case:
        """What its alert is about."""
        scope = scope_of(self.kabupaten, "pipeline", self.name)
        return Case(self.election, self.rule.head.rule.id, scope, "", self.kabupaten)

    @property
    def key(self) -> Key:
        """Of what is remembered of it."""
        return self.election, self.rule.head.rule.id, self.case.scope


def note_mark(teller: Teller, mark: OwnerMark | IntakeMark) -> None:
    """Look at the clocks, and at what intake has put aside, after a mark."""
    state = teller.state
    if not state.clocks.partitions:
        return
    if isinstance(mark, IntakeMark):
        new = blind.Letters(state.clocks.now, mark.taken, mark.refused)
        longest_ms = max((rule.letters_ms for rule in _rules(state)), default=0)
        state.clocks.letters = blind.count(state.clocks.letters, new, _STEP_MS, longest_ms)
    for rule in _rules(state):
        lagging_since = _lagging_since(state, rule)
        lags = lagging_since is not None
        at = lagging_since if lagging_since is not None else state.clocks.now
        _turn_all(teller, rule, _HEARD, due_at(at, state.clocks.now), bad=lags)
        moment = due_at(state.clocks.now, state.clocks.now)
        _turn_all(teller, rule, _LETTERS, moment, bad=_refuses(state, rule))


def _rules(state: PartitionState) -> tuple[BlindRule, ...]:
    """Return the rules about the pipeline of all elections, each once."""
    found = (one for watched in state.world.elections.values() for one in watched.rules.areas.blind)
    return tuple(dict.fromkeys(found))


def _lagging_since(state: PartitionState, rule: BlindRule) -> EpochMs | None:
    """Return since when `heard` lies too far behind; None: it does not.

    The clock of a played day is the player's, and says nothing of what we read.
    """
    clocks = state.clocks
    if clocks.played or clocks.started_at is None:
        return None
    since = EpochMs(max(clocks.heard, clocks.started_at) + rule.lag_ms)
    return since if clocks.now > since else None


def _refuses(state: PartitionState, rule: BlindRule) -> bool:
    refused, total = blind.share(state.clocks.letters)
    return refused >= rule.letters_min and _PERCENT * refused > rule.letters_percent * total


def _turn_all(teller: Teller, rule: BlindRule, name: str, moment: Moment, *, bad: bool) -> None:
    """Tell every kabupaten that something is bad, or good again."""
    state = teller.state
    if not bad and not len(state.health):
        return
    for election, kabupaten, hours in _watched_now(state, rule):
        part = _Part(rule, election, kabupaten, name)
        if bad or state.health.get(part.key) is not None:
            _turn(teller, part, moment, hours, bad=bad)


def _watched_now(
    state: PartitionState, rule: BlindRule
) -> Iterator[tuple[ElectionId, AreaCode, Hours]]:
    """Yield what this partition watches, while its election is near."""
    now = state.clocks.now
    for election, watched in state.world.elections.items():
        if rule not in watched.rules.areas.blind:
            continue
        for kabupaten, hours in watched.hours.items():
            near = hours.opens_at - _BEFORE_MS <= now <= hours.closes_at + _AFTER_MS
            if near and state.watches(kabupaten):
                yield election, kabupaten, hours


def _turn(teller: Teller, part: _Part, moment: Moment, hours: Hours, *, bad: bool) -> None:
    state = teller.state
    before = state.health.get(part.key)
    after = blind.turn(before, moment.at, bad=bad)
    if after is None or after == before:
        return
    state.health.put(part.key, after)
    if before is None:
        teller.hold(part.rule.head, part.case, _grounds(teller, part, moment.at, hours), moment)
    state.by_now.arm((HEALTH_WAKE, *part.key), _look_at(part.key, after, part.rule.healthy_ms))


def _look_at(key: Key, row: blind.BlindState, healthy_ms: int) -> EpochMs | None:
    """Return when to look whether a trouble is over; None: it is bad.

    What comes in counts up to the moment of the end, so that one must be past: of several records
    of one moment any may be the first.
    """
    over_at = blind.next_wake(row, healthy_ms)
    if over_at is None or not key[2].endswith(f"/{_INPUT}"):
        return over_at
    return EpochMs(over_at + 1)


def note_input(teller: Teller, accepted: Accepted) -> None:
    """Take in that something has come from a kabupaten; what comes from us or a gateway is none."""
    state = teller.state
    if isinstance(accepted, AcceptedCommand | AcceptedGateway) or DRILL_MARK in accepted.election:
        return
    watched = state.world.of(accepted.election)
    kabupaten = kabupaten_of(accepted.place)
    key = (accepted.election, kabupaten)
    # A mark looks at what is well, again and again; only what is bad waits for a message.
    rules = watched.rules.areas.blind if len(state.health) else ()
    parts = [_Part(rule, accepted.election, kabupaten, _INPUT) for rule in rules]
    for part in parts:
        _end_before(teller, part, accepted.received_at)
    known = state.inputs.get(key)
    if known is None or known.at < accepted.received_at:
        state.inputs.put(key, LastInput(accepted.received_at))
    for part in parts:
        if state.health.get(part.key) is not None:
            # What came in counts, whenever it happened.
            moment = replace(teller.by_record(), at=accepted.received_at)
            _turn(teller, part, moment, watched.hours[kabupaten], bad=False)
            _arm(state, part)


def _end_before(teller: Teller, part: _Part, at: EpochMs) -> None:
    """End a trouble that was over before `at`, by what had come in until then."""
    row = teller.state.health.get(part.key)
    over_at = None if row is None else blind.next_wake(row, part.rule.healthy_ms)
    if over_at is not None and over_at < at:
        wake(teller, part.key, over_at)


def arm_inputs(state: PartitionState) -> None:
    """Queue for every kabupaten when something must have come from it."""
    for election, watched in state.world.elections.items():
        for rule in watched.rules.areas.blind:
            for kabupaten in watched.hours:
                if state.watches(kabupaten):
                    _arm(state, _Part(rule, election, kabupaten, _INPUT))


def _arm(state: PartitionState, part: _Part) -> None:
    state.by_heard.arm(part.key, _input_due(state, part))


def _input_due(state: PartitionState, part: _Part) -> EpochMs | None:
    """Return by when something must come; None: nothing need."""
    watched = state.world.of(part.election)
    hours, rule = watched.hours.get(part.kabupaten), part.rule
    if hours is None or not _is_enough(watched, hours, rule):
        return None
    last = state.inputs.get((part.election, part.kabupaten)) or LastInput()
    started_at = state.clocks.started_at or EpochMs(0)
    due = EpochMs(max(last.at, hours.opens_at, started_at) + rule.silent_ms)
    return due if due < hours.closes_at else None


def _is_enough(watched: Watched, hours: Hours, rule: BlindRule) -> bool:
    """Tell whether so many TPS vote that at least one message is due in that time."""
    every_ms = watched.plan.election.heartbeat_minutes * MINUTE_MS
    return hours.tps * rule.silent_ms >= every_ms


def settle(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether anything has come from a kabupaten by `due`, now that all must be heard of."""
    state, (election, rule_id, scope) = teller.state, key
    watched = state.world.of(ElectionId(election))
    kabupaten = AreaCode(scope.removeprefix(PIPELINE).partition("/")[0])
    for rule in watched.rules.areas.blind:
        part = _Part(rule, ElectionId(election), kabupaten, _INPUT)
        if rule.head.rule.id != rule_id:
            continue
        by = _input_due(state, part)
        if by is None or by > due:
            _arm(state, part)
        else:
            _turn(teller, part, teller.by_deadline(by), watched.hours[kabupaten], bad=True)


def wake(teller: Teller, key: Key, due: EpochMs) -> None:
    """Look whether a trouble is over by `due`."""
    state, (election, rule_id, scope, *names) = teller.state, key
    known = state.health.get(key)
    watched = state.world.of(ElectionId(election))
    rule = next((one for one in watched.rules.areas.blind if one.head.rule.id == rule_id), None)
    if known is None or rule is None:
        return
    ended_at = blind.due(known, due, rule.healthy_ms)
    if ended_at is None:
        state.by_now.arm((HEALTH_WAKE, *key), _look_at(key, known, rule.healthy_ms))
        return
    kabupaten = AreaCode(scope.removeprefix(PIPELINE).partition("/")[0])
    by = _input_due(state, _Part(rule, ElectionId(election), kabupaten, _INPUT))
    if scope.endswith(f"/{_INPUT}") and by is not None and by <= ended_at:
        # One message and silence again: nothing has become well.
        state.health.put(key, blind.BlindState())
        return
    state.health.delete(key)
    case = Case(ElectionId(election), rule_id, Scope(scope), "".join(names), kabupaten)
    teller.end(case, due_at(ended_at, teller.now))


def restore_wakes(state: PartitionState) -> None:
    """Queue the ends of troubles, after a saved state was taken on."""
    healthy_ms = {rule.head.rule.id: rule.healthy_ms for rule in _rules(state)}
    for key, row in state.health.items():
        if key[1] in healthy_ms:
            state.by_now.arm((HEALTH_WAKE, *key), _look_at(key, row, healthy_ms[key[1]]))


def _grounds(teller: Teller, part: _Part, at: EpochMs, hours: Hours) -> Grounds:
    clocks = teller.state.clocks
    offset = teller.state.world.of(part.election).plan.offset_minutes(part.kabupaten)
    if part.name == _HEARD:
        return of_lag(part.rule, clock_text(clocks.heard, offset))
    if part.name == _INPUT:
        since = clock_text(EpochMs(at - part.rule.silent_ms), offset)
        return of_silence(part.rule, since, hours.tps)
    return of_letters(part.rule, *blind.share(clocks.letters))
