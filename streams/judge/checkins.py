"""Drives the detector `overdue` over check-ins: an officer who should have told of himself.

An officer is watched from the first check-in until all boxes of his TPS are in, or those TPS are
postponed. While there is unrest in a desa of his the limit is a short one, counted from the later
of its beginning and his last check-in.
"""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from streams.alerts.case import Case
from streams.domain.alert import Evidence, Text, Why
from streams.domain.events import StatusKind
from streams.domain.facts import (
    Island,
    Span,
    TpsFacts,
    add_point,
    spans_between,
    take_back,
    union,
    without,
)
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, ElectionId, Scope, desa_of
from streams.domain.journal import AcceptedStatus
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.domain.words import TPS_CLASSES
from streams.judge.custody import boxes_in
from streams.judge.facts import Noted, point_of
from streams.judge.posts import Post, officers_at, post_of
from streams.judge.roster import place_of, scope_of
from streams.judge.rows import Checkins
from streams.judge.state import PartitionState
from streams.judge.telling import Grounds, Teller
from streams.judge.watching import Watch, look, never_moves
from streams.judge.world import Watched
from streams.rules.compiled import minutes_text
from streams.rules.compiled_areas import CheckinRule
from streams.rules.detectors.overdue import overdue_spans
from streams.rules.wording import clock_text
from streams.territory.plan import Tps

__all__ = ["OFFICER", "look_near", "notice", "notice_tps", "watches"]

OFFICER: Final = "officer:"
"""How the scope of an officer begins."""
_NO_FACTS: Final = TpsFacts()
_NEVER_SEEN: Final = Checkins()
_NAMED_MAX: Final = 16
"""TPS that are kept of an officer whom the roster gives none."""
_ENDS: Final = frozenset(
    {
        Happening.BOX_DEPARTED,
        Happening.BOX_ARRIVED,
        Happening.POSTPONED,
        Happening.OPENED,
        Happening.RESUMED,
    }
)
"""What can change until when an officer is watched."""


class _Duty(Struct, frozen=True):
    """An officer, as a rule looks at him."""

    state: PartitionState
    watched: Watched
    election: ElectionId
    scope: Scope
    post: Post

    @property
    def told(self) -> tuple[Island, ...]:
        """His check-ins, in order of time."""
        return tuple((point.at, point.at, point.offset) for point in self.points)

    @property
    def points(self) -> tuple[Point, ...]:
        """The same, as they were told."""
        return (self.state.checkins.get((self.election, self.scope)) or _NEVER_SEEN).facts.points

    def unrest(self, categories: Collection[str]) -> tuple[Span, ...]:
        """Return when there was unrest of some categories in his desa."""
        desa = dict.fromkeys(desa_of(tps.code) for tps in self.post.tps)
        rows = (self.state.unrest.get((self.election, one)) for one in desa)
        told = (span for row in rows if row for span in row.spans)
        return tuple((since, until) for category, since, until in told if category in categories)


def notice(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in a check-in, or that something is taken back."""
    state, event = teller.state, accepted.event
    rules = state.world.of(accepted.election).rules.areas.checkin
    named = event.officer if isinstance(event.officer, str) else ""
    if not rules or not (named or event.corrects):
        return
    if not any(event.source.speaks_as in rule.roles for rule in rules):
        return
    # A correction may be any status of his; he names himself in a check-in only.
    scope = scope_of(accepted.place, "officer", named or event.source.id)
    before = state.checkins.get((accepted.election, scope)) or Checkins()
    after = _told(before, accepted, teller.name, checks_in=bool(named))
    if after == before:
        return
    state.put_checkins(accepted.election, scope, after)
    for watch in watches(state, accepted.election, scope):
        look(teller, watch)


def _told(before: Checkins, accepted: AcceptedStatus, name: str, *, checks_in: bool) -> Checkins:
    """Return what an officer has told of himself, with one more status."""
    event, facts, tps = accepted.event, before.facts, before.tps
    if event.corrects:
        facts = take_back(facts, event.source.id, event.corrects)
    if checks_in and event.kind is StatusKind.CHECKIN:
        facts = add_point(facts, point_of(accepted, name))
        at = (AreaCode(event.tps),) if isinstance(event.tps, str) else ()
        tps = tuple(sorted({*tps, *at}))[:_NAMED_MAX]
    return Checkins(facts, tps)


def notice_tps(teller: Teller, watched: Watched, tps: Tps, noted: Noted) -> None:
    """Look at the officers of a TPS, after its box has moved or it was postponed."""
    if noted.changed & _ENDS and watched.rules.areas.checkin:
        assert teller.accepted is not None, "a message has been noted"
        _look_at(teller, teller.accepted.election, tps.code)


def look_near(teller: Teller, election: ElectionId, desa: AreaCode) -> None:
    """Look at the officers of a desa, after unrest in it has begun or ended."""
    watched = teller.state.world.of(election)
    if watched.rules.areas.checkin:
        for code in watched.plan.tps_of_desa.get(desa, ()):
            _look_at(teller, election, code)


def _look_at(teller: Teller, election: ElectionId, tps: AreaCode) -> None:
    for scope in officers_at(teller.state, election, tps):
        for watch in watches(teller.state, election, scope):
            look(teller, watch)


def watches(
    state: PartitionState, election: ElectionId, scope: Scope, rule_id: str = ""
) -> Iterator[Watch]:
    """Yield how each rule, or that one, watches an officer; none who has no TPS."""
    watched = state.world.of(election)
    seen_at = (state.checkins.get((election, scope)) or _NEVER_SEEN).tps
    post = post_of(watched.plan, place_of(scope), scope.partition("/")[2], seen_at)
    duty = _Duty(state, watched, election, scope, post)
    for rule in watched.rules.areas.checkin if post.tps else ():
        if rule_id in {"", rule.head.rule.id}:
            yield _watch(rule, duty)


def _watch(rule: CheckinRule, duty: _Duty) -> Watch:
    return Watch(
        head=rule.head,
        case=Case(duty.election, rule.head.rule.id, duty.scope, "", duty.post.place),
        key=(duty.election, rule.head.rule.id, duty.scope),
        spans=partial(_spans, rule, duty),
        raise_after=partial(_raise_after, rule, duty),
        raise_to=rule.raise_to,
        grounds=partial(_grounds, rule, duty),
        still_missing=lambda _: Why("limit_multiple", rule.raise_times),
        name_of_end=partial(_name_at, duty),
        still_ran=lambda deadline: any(at < deadline for at, _, _ in duty.told),
        moved=never_moves,
    )


def _raise_after(rule: CheckinRule, duty: _Duty, deadline: EpochMs) -> int:
    return round(_limit_ms(rule, duty, deadline) * (rule.raise_times - 1))


def _spans(rule: CheckinRule, duty: _Duty) -> tuple[Span, ...]:
    due_after = partial(_due_after, rule, _usual_ms(rule, duty), duty.unrest(rule.unrest))
    return overdue_spans(_watched(duty), duty.told, due_after)


def _watched(duty: _Duty) -> tuple[Span, ...]:
    """Return when an officer is watched: while somebody is needed at any TPS of his."""
    told = duty.told
    if not told:
        return ()
    return union([span for tps in duty.post.tps for span in _needed(duty, tps, told[0][0])])


def _needed(duty: _Duty, tps: Tps, since: EpochMs) -> tuple[Span, ...]:
    """Return when somebody is needed at a TPS: until its boxes are in, or it was postponed."""
    facts = duty.state.facts.get((duty.election, tps.code)) or _NO_FACTS
    put_off = spans_between(facts.points, _is_postponed, _goes_on)
    done = union([*boxes_in(duty.state, duty.election, tps), *put_off])
    return without(((since, NEVER),), done)


def _is_postponed(point: Point) -> bool:
    return point.kind is Happening.POSTPONED


def _goes_on(point: Point) -> bool:
    return point.kind in {Happening.OPENED, Happening.RESUMED}


def _due_after(
    rule: CheckinRule, usual_ms: int, unrest: tuple[Span, ...], armed: EpochMs
) -> EpochMs:
    """Return by when an officer must check in again after `armed`."""
    in_unrest = (
        (max(armed, since) + rule.unrest_ms, until) for since, until in unrest if until > armed
    )
    sooner = (due for due, until in in_unrest if due < until)
    return EpochMs(min((armed + usual_ms, *sooner)))


def _limit_ms(rule: CheckinRule, duty: _Duty, deadline: EpochMs) -> int:
    """Return the limit that led to a deadline."""
    return rule.unrest_ms if _unrest_at(rule, duty, deadline) else _usual_ms(rule, duty)


def _usual_ms(rule: CheckinRule, duty: _Duty) -> int:
    return rule.limits_ms[TPS_CLASSES.index(duty.post.tps_class)]


def _unrest_at(rule: CheckinRule, duty: _Duty, deadline: EpochMs) -> EpochMs | None:
    """Return since when there is the unrest by which a deadline is so early; None: it is not."""
    starts = [*(at for at, _, _ in duty.told), *(start for start, _ in _watched(duty))]
    if any(start + _usual_ms(rule, duty) == deadline for start in starts):
        return None
    by = (
        since
        for since, until in duty.unrest(rule.unrest)
        if deadline < until
        for start in starts
        if max(start, since) + rule.unrest_ms == deadline
    )
    return next(by, None)


def _grounds(rule: CheckinRule, duty: _Duty, deadline: EpochMs) -> Grounds:
    since, limit_ms = _unrest_at(rule, duty, deadline), _limit_ms(rule, duty, deadline)
    offset = duty.watched.plan.offset_minutes(duty.post.place)
    last = [one for one in duty.points if one.at < deadline][-1:]
    begins = EpochMs(deadline - limit_ms)
    texts = {"begins": clock_text(begins, offset), "deadline": clock_text(deadline, offset)}
    near = () if since is None else (Why("unrest_near", clock_text(since, offset)),)
    return Grounds(
        tps_class=duty.post.tps_class,
        values={
            **{name: Text(text, text) for name, text in texts.items()},
            "limit_minutes": minutes_text(limit_ms),
        },
        why=(
            Why("class", duty.post.tps_class.value),
            *near,
            Why("since", texts["begins"]),
            Why("expected_by", "not received", texts["deadline"]),
            Why("limit_minutes", limit_ms / MINUTE_MS),
        ),
        evidence=tuple(
            Evidence("tps.status", one.id, one.at, one.source, one.offset) for one in last
        ),
    )


def _name_at(duty: _Duty, at: EpochMs) -> str:
    """Return where that stands in the journal by which it was over at a moment."""
    names = [offset for told, _, offset in duty.told if told == at]
    for tps in duty.post.tps:
        facts = duty.state.facts.get((duty.election, tps.code)) or _NO_FACTS
        names += [point.offset for point in facts.points if point.at == at]
    assert names, "it is over by a check-in or a stage of a TPS of his"
    return names[0]
