"""Drives the detector `ratio`: so many TPS of a kecamatan are quiet at once that it is one matter.

It is a rule of absence: who is quiet is told only when everything sent before must have been heard
of. A TPS whose gateway vouches for less is not quiet for as long.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from streams.alerts.case import Case
from streams.domain.alert import Text, Why
from streams.domain.facts import Span, TpsFacts, spans_between, without
from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of, kecamatan_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge import gateways
from streams.judge.facts import EVERYTHING, Noted
from streams.judge.roster import most_vulnerable
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.watching import AT_ONCE, Watch, look, never_moves
from streams.judge.world import Watched
from streams.rules.compiled import minutes_text
from streams.rules.compiled_areas import RatioRule
from streams.rules.detectors.overdue import never_rises, overdue_spans
from streams.rules.detectors.ratio import Child, counts_at, ratio_spans
from streams.rules.views import About
from streams.rules.wording import clock_text
from streams.territory.plan import Plan, Tps
from streams.texts.words import number_text

__all__ = ["await_gateways", "is_area", "notice", "watches"]

_KECAMATAN_LENGTH: Final = 8
_PERCENT: Final = 100
_NO_FACTS: Final = TpsFacts()


class _Area(Struct, frozen=True):
    """A kecamatan, as a rule looks at it."""

    state: PartitionState
    watched: Watched
    election: ElectionId
    kecamatan: AreaCode

    @property
    def tps(self) -> Iterator[Tps]:
        """Its TPS of the plan."""
        plan = self.watched.plan
        for code in plan.tps_of_kabupaten.get(kabupaten_of(self.kecamatan), ()):
            if kecamatan_of(code) == self.kecamatan:
                yield plan.tps[code]

    def facts(self, tps: Tps) -> TpsFacts:
        """What is known of one of them."""
        return self.state.facts.get((self.election, tps.code)) or _NO_FACTS


def is_area(scope: Scope) -> bool:
    """Tell whether a scope is a kecamatan."""
    return len(scope) == _KECAMATAN_LENGTH


def notice(teller: Teller, watched: Watched, tps: Tps, noted: Noted) -> None:
    """Take in a message of a TPS: nothing of its kecamatan can begin before what it is queued for.

    A mark looks at it then, once for all that has come meanwhile; only what was told is looked at
    at once, because its end doesn't wait. What its gateways hold may begin it again later.
    """
    assert teller.accepted is not None, "a message has been noted"
    state, election, at = teller.state, teller.accepted.election, teller.accepted.at
    kecamatan = kecamatan_of(tps.code)
    for rule in watched.rules.areas.ratio if tps.listed else ():
        key = (election, rule.head.rule.id, kecamatan)
        told = state.overdue.get(key)
        if told is not None and told.told:
            look(teller, _watch(rule, _Area(state, watched, election, kecamatan)))
            await_gateways(state, election, kecamatan, key, AT_ONCE)
        elif noted.changed == EVERYTHING:
            state.by_heard.arm(key, AT_ONCE)
        else:
            # Who stops counting leaves a larger share of quiet ones behind at that moment.
            ends = noted.changed & rule.kinds - rule.begins.kinds
            state.by_heard.arm(key, at if ends else EpochMs(at + _limit_ms(rule, watched.plan)))


def await_gateways(
    state: PartitionState, election: ElectionId, kecamatan: AreaCode, key: Key, due: EpochMs
) -> None:
    """Have a kecamatan looked at again when a gateway moves that one of its TPS waits for."""
    kabupaten, watched = kabupaten_of(kecamatan), state.world.of(election)
    if not gateways.are_known(state, election, kabupaten):
        return
    area = _Area(state, watched, election, kecamatan)
    rules = (rule for rule in watched.rules.areas.ratio if rule.head.rule.id == key[1])
    children = (child for rule in rules for child in _as_heard(rule, area))
    if any(_held(area, tps, child) for tps, child in children):
        gateways.park(state, key, due, kabupaten)


def watches(
    state: PartitionState, election: ElectionId, kecamatan: AreaCode, rule_id: str = ""
) -> Iterator[Watch]:
    """Yield how each rule, or that one, watches a kecamatan."""
    watched = state.world.of(election)
    area = _Area(state, watched, election, kecamatan)
    for rule in watched.rules.areas.ratio:
        if rule_id in {"", rule.head.rule.id}:
            yield _watch(rule, area)


def _watch(rule: RatioRule, area: _Area) -> Watch:
    scope = Scope(area.kecamatan)
    return Watch(
        head=rule.head,
        case=Case(area.election, rule.head.rule.id, scope, "", area.kecamatan),
        key=(area.election, rule.head.rule.id, area.kecamatan),
        spans=lambda: ratio_spans((child for _, child in _children(rule, area)), rule.limits),
        raise_after=never_rises,
        raise_to=None,
        grounds=partial(_grounds, rule, area),
        still_missing=lambda _: Why("tps_quiet", 0),
        name_of_end=partial(_name_at, area),
        still_ran=lambda _: True,
        moved=never_moves,
    )


def _children(rule: RatioRule, area: _Area) -> Iterator[tuple[Tps, Child]]:
    """Yield the TPS that count, quiet only where their gateways vouch for it."""
    for tps, child in _as_heard(rule, area):
        held = _held(area, tps, child)
        quiet = tuple(span for span in child.affected if span not in held)
        yield tps, Child(child.counted, quiet) if held else child


def _as_heard(rule: RatioRule, area: _Area) -> Iterator[tuple[Tps, Child]]:
    """Yield the TPS that count, and when each was quiet by what was heard."""
    limit_ms = _limit_ms(rule, area.watched.plan)
    for tps in area.tps:
        facts = area.facts(tps)
        if counted := _counted(rule, area.watched.plan, tps, facts):
            quiet = overdue_spans(counted, facts.islands, lambda at: EpochMs(at + limit_ms))
            yield tps, Child(counted, quiet)


def _held(area: _Area, tps: Tps, child: Child) -> tuple[Span, ...]:
    """Return the silences of a TPS that began after what its gateways vouch for."""
    heard = area.state.clocks.heard
    until = gateways.judged_until(area.state, area.election, (tps.code,), heard)
    return tuple(span for span in child.affected if until <= span[0] < heard)


def _limit_ms(rule: RatioRule, plan: Plan) -> int:
    return max(rule.quiet_ms, round(rule.heartbeats * plan.election.heartbeat_minutes * MINUTE_MS))


def _counted(rule: RatioRule, plan: Plan, tps: Tps, facts: TpsFacts) -> tuple[Span, ...]:
    """Return when a TPS counts among those of its kecamatan."""
    about = About(tps, plan.election)
    spans = spans_between(facts.points, rule.begins.about(about), rule.ends.about(about))
    for begins, ends in rule.pauses if spans else ():
        pauses = spans_between(facts.points, begins.about(about), ends.about(about))
        spans = without(spans, pauses)
    return spans


def _grounds(rule: RatioRule, area: _Area, deadline: EpochMs) -> Grounds:
    children = tuple(_children(rule, area))
    quiet, counted = counts_at((child for _, child in children), deadline)
    tps_class = most_vulnerable(
        tuple(tps for tps, child in children if counts_at((child,), deadline)[0])
    )
    percent = _PERCENT * quiet / counted
    limit_ms, limits = _limit_ms(rule, area.watched.plan), rule.limits
    offset = area.watched.plan.offset_minutes(area.kecamatan)
    begins = clock_text(EpochMs(deadline - limit_ms), offset)
    clock = clock_text(deadline, offset)
    return Grounds(
        tps_class=tps_class,
        values={
            "quiet": number_text(quiet),
            "open": number_text(counted),
            "percent": number_text(round(percent)),
            "limit_minutes": minutes_text(limit_ms),
            "begins": Text(begins, begins),
            "deadline": Text(clock, clock),
        },
        why=(
            Why("class", tps_class.value),
            Why("quiet_percent", round(percent, 1), limits.begin_percent),
            Why("tps_quiet", quiet, limits.affected_min),
            Why("limit_minutes", limit_ms / MINUTE_MS),
        ),
    )


def _name_at(area: _Area, at: EpochMs) -> str:
    """Return where the message of a moment stands in the journal by which it was over."""
    for tps in area.tps:
        facts = area.facts(tps)
        names = [point.offset for point in facts.points if point.at == at]
        names += [name for first, _, name in facts.islands if first == at]
        if names:
            return names[0]
    raise AssertionError("it is over by a message or a stage of one of its TPS")
