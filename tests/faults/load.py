"""An hour that is all trouble: the load of the fault tests.

Everything is drawn from a seed. In one hour with a message a minute from each TPS and officer:
openings that come late or never, TPS and pairs that fall silent, halts, calls for help, riots told
by several voices, people who act on all of that; and messages that come late, twice, broken, or
with the id of another.
"""

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Final

from msgspec import UNSET, Struct
from msgspec.structs import replace

from streams.domain.effects import DeadLetterReason
from streams.domain.events import (
    Actor,
    ActorRole,
    CommandKind,
    CrowdReport,
    OperatorCommand,
    Place,
    Source,
    StatusKind,
    TpsStatus,
)
from streams.domain.ids import Scope, alert_id
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Role, Situation
from streams.simulation.played import Played
from streams.simulation.post import (
    Post,
    chance_of,
    in_order,
    minutes,
    post_command,
    post_report,
    post_status,
    whole_second,
)
from streams.territory.plan import Officer, Plan, Tps
from streams.wire.time import format_time

__all__ = ["Load", "busy_hour"]

_ZONE_MINUTES: Final = 420
_CATEGORIES: Final = ("KAM-01", "KAM-02", "KAM-04", "KAM-06", "INT-01", "INT-02")
_BROKEN: Final[Mapping[DeadLetterReason, tuple[bytes, bytes]]] = {
    DeadLetterReason.ENCODING: (b'"id":"', b'"id":"\xff'),
    DeadLetterReason.SCHEMA: (b'"kind":"', b'"kind":"un'),
    DeadLetterReason.BAD_TIME: (b'"at":"2024', b'"at":"2019'),
    DeadLetterReason.UNKNOWN: (b'"tps":"18.', b'"tps":"19.'),
}
"""What is replaced by what; a message of reason `json` is cut off."""
_BEFORE_OPENING_MINUTES: Final = 4
_RULE_OF: Final = {"K": "W01", "I": "W04"}


class Load(Struct, frozen=True):
    """A day, and what must become of the messages that are not just taken."""

    starts: EpochMs
    ends: EpochMs
    day: tuple[Played, ...]
    dead: Mapping[bytes, DeadLetterReason]
    """Why, by value; `id_conflict` is in the journal all the same."""


def busy_hour(plan: Plan, seed: int, lasts_minutes: int) -> Load:
    """Make the load, from before the first polls open."""
    opens_at = min(tps.opens_at for tps in plan.tps.values())
    starts = EpochMs(opens_at - _BEFORE_OPENING_MINUTES * MINUTE_MS)
    span = starts, EpochMs(starts + lasts_minutes * MINUTE_MS)
    posts = [post for tps in plan.tps.values() for post in _station(plan, tps, seed, span)]
    for officer in plan.officers.values():
        posts += _patrol(plan, officer, seed, span)
    posts += _riots(plan, seed, span)
    chance = chance_of(seed, "post")
    conflicts = list(_conflicts(posts, chance))
    broken = list(_broken(posts, chance))
    posts += _redelivered(posts, chance)
    whole = [one for one in (*posts, *conflicts, *broken) if one.received_at < span[1]]
    dead = {one.value: one.dead for one in whole if one.dead is not None}
    return Load(*span, in_order(whole), dead)


class _Sender:
    """Writes statuses, and acts on alerts, with a luck of its own."""

    def __init__(self, plan: Plan, name: str, chance: Random) -> None:
        self.chance = chance
        self._plan = plan
        self._name = name
        self._count = 0

    def _next(self, at: EpochMs) -> tuple[str, str]:
        self._count += 1
        return f"{self._name}-{self._count}", format_time(at, _ZONE_MINUTES)

    def _received(self, at: EpochMs) -> EpochMs:
        late = minutes(self.chance, 1, 20) if self.chance.random() < 0.02 else 0
        return EpochMs(at + late + self.chance.randint(200, 20_000))

    def status(self, kind: StatusKind, at: float, source: Source, **more: object) -> Post:
        """Return a status."""
        moment = whole_second(at)
        name, text = self._next(moment)
        status = TpsStatus(id=name, at=text, kind=kind, source=source)
        status = replace(status, **more)
        tps = (str(status.tps),) if status.tps is not UNSET else ()
        return post_status(status, moment, self._received(moment), tps)

    def report(self, category: str, at: float, tps: str) -> Post:
        """Return a report of somebody whom nobody knows."""
        moment = whole_second(at)
        name, text = self._next(moment)
        source = Source(f"warga-{name}", self.chance.choice((Role.WARGA, Role.PTPS, Role.LINMAS)))
        where = Place(tps=tps)
        report = CrowdReport(id=name, at=text, source=source, category=category, place=where)
        return post_report(report, moment, self._received(moment), ())

    def acts(self, case: tuple[str, str, str], at: float) -> Iterator[Post]:
        """Return what people do with the first episode of (rule, scope, key), if it opens."""
        rule, scope, key = case
        kabupaten = scope.rpartition(":")[2][:5]
        alert = alert_id(kabupaten, (self._plan.election.id, rule, Scope(scope), key), episode=1)
        steps = (CommandKind.ACK, CommandKind.NOTE, CommandKind.ESCALATE, CommandKind.UNACK)
        for kind in (*self.chance.sample(steps, 2), CommandKind.RESOLVE):
            at += minutes(self.chance, 0.2, 6)
            name, text = self._next(whole_second(at))
            actor = Actor("kapolda", ActorRole.COMMANDER, "18")
            order = OperatorCommand(id=name, at=text, actor=actor, command=kind, alert=alert)
            moment = whole_second(at)
            yield post_command(order, moment, EpochMs(moment + self.chance.randint(100, 900)))


_Span = tuple[EpochMs, EpochMs]


def _blackout(seed: int, span: _Span, kabupaten: str, pair: str) -> _Span:
    """Return when nobody of a pair and of its TPS says anything, in one case of six."""
    chance = chance_of(seed, "blackout", kabupaten, pair)
    if chance.random() > 1 / 6:
        return span[1], span[1]
    starts = EpochMs(chance.randint(*span))
    return starts, EpochMs(starts + minutes(chance, 16, 45))


def _rounds(chance: Random, since: float, until: float, silent: _Span) -> Iterator[float]:
    """Return about a moment a minute."""
    at = since + chance.uniform(0, MINUTE_MS)
    while at < until:
        if not silent[0] <= at < silent[1]:
            yield at
        at += chance.uniform(0.7, 1.3) * MINUTE_MS


def _station(plan: Plan, tps: Tps, seed: int, span: _Span) -> Iterator[Post]:
    chance = chance_of(seed, tps.code)
    sender = _Sender(plan, tps.code, chance)
    source = Source(f"kpps-{tps.code}", Role.KPPS)
    drawn = chance.random()
    if drawn < 0.01:
        return
    late = minutes(chance, 10, 45) if drawn < 0.06 else minutes(chance, -5, 9)
    opened_at = tps.opens_at + late
    yield sender.status(StatusKind.OPENED, opened_at, source, tps=tps.code)
    if drawn < 0.06:
        yield from sender.acts(("T03", tps.code, ""), tps.opens_at + minutes(chance, 9, 35))
    silent = _blackout(seed, span, tps.kabupaten, tps.pair)
    for at in _rounds(chance, opened_at, span[1], silent):
        yield sender.status(StatusKind.HEARTBEAT, at, source, tps=tps.code)
    if chance.random() < 0.08:
        halted_at = chance.uniform(opened_at, span[1])
        yield sender.status(StatusKind.SUSPENDED, halted_at, source, tps=tps.code)
        yield from sender.acts(("T06", tps.code, ""), halted_at + minutes(chance, 4, 16))
        on_at = halted_at + minutes(chance, 2, 25)
        yield sender.status(StatusKind.RESUMED, on_at, source, tps=tps.code)


def _patrol(plan: Plan, officer: Officer, seed: int, span: _Span) -> Iterator[Post]:
    name = f"officer:{officer.kabupaten}/{officer.officer}"
    chance = chance_of(seed, name)
    sender = _Sender(plan, officer.officer, chance)
    source = Source(f"pam-{officer.officer}", officer.role)
    codes = plan.pairs[officer.kabupaten, officer.pair]

    def checkin(at: float, situation: Situation) -> Post:
        tps = chance.choice(codes)
        more = {"officer": officer.officer, "tps": tps, "situation": situation}
        return sender.status(StatusKind.CHECKIN, at, source, **more)

    silent = _blackout(seed, span, officer.kabupaten, officer.pair)
    for at in _rounds(chance, *span, silent):
        wary = chance.random() < 0.05
        yield checkin(at, Situation.WASPADA if wary else Situation.AMAN)
    if chance.random() < 0.02:
        at = chance.uniform(*span)
        more = {"officer": officer.officer, "tps": codes[0]}
        yield sender.status(StatusKind.DURESS, at, source, **more)
        yield from sender.acts(("W02", name, ""), at)


def _riots(plan: Plan, seed: int, span: _Span) -> Iterator[Post]:
    """Return what several people tell of the same thing, one thing for forty TPS an hour."""
    chance = chance_of(seed, "riots")
    stations = tuple(plan.tps.values())
    for number in range(len(stations) // 8):
        tps, category = chance.choice(stations), chance.choice(_CATEGORIES)
        sender = _Sender(plan, f"riot-{number}", chance)
        at = chance.uniform(*span)
        for _ in range(chance.randint(1, 5)):
            yield sender.report(category, at, tps.code)
            at += minutes(chance, 0.1, 3)
        rule = _RULE_OF[category[0]]
        scope, key = (tps.desa, category) if rule == "W01" else (tps.code, "")
        yield from sender.acts((rule, scope, key), at)


def _redelivered(posts: Iterable[Post], chance: Random) -> Iterator[Post]:
    for post in tuple(posts):
        if chance.random() < 0.01:
            yield replace(post, received_at=EpochMs(post.received_at + minutes(chance, 0.1, 5)))


def _conflicts(posts: Iterable[Post], chance: Random) -> Iterator[Post]:
    """Return messages of a TPS whose id was used before, for something else."""
    for post in posts:
        if post.tps and chance.random() < 0.002:
            value = post.value[:-1] + b',"reason":"lain"}'
            received = EpochMs(post.received_at + minutes(chance, 0.1, 5))
            yield replace(
                post, value=value, received_at=received, dead=DeadLetterReason.ID_CONFLICT
            )


def _broken(posts: Iterable[Post], chance: Random) -> Iterator[Post]:
    for post in posts:
        if post.tps and chance.random() < 0.002:
            reason = chance.choice((*_BROKEN, DeadLetterReason.JSON))
            value = (
                post.value[:-9] if reason not in _BROKEN else post.value.replace(*_BROKEN[reason])
            )
            received_at = EpochMs(post.received_at + SECOND_MS)
            yield replace(post, value=value, dead=reason, received_at=received_at)
