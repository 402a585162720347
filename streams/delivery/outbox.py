"""The outbox: every notice that has been taken and is not settled, and what is done next about it.

    put ─► a line for each way of each destination ─► due: sends ─► done ─┬─► delivered: settled
                 ▲                                                        ├─► again: to its line
                 └──── the next way, or another round ◄── given up ◄──────┘

It decides and does nothing: whoever holds it tries what `due` says, reports what came of it to
`done`, and writes down what has `Ended`. Time is handed in, and never goes back.

Nothing is dropped. A parcel leaves in one of four ways, and each is told: it was delivered; its
addressee has got newer news of all that it says; all its ways refuse it for good; or it has been
tried for two hours, in round after round. That a way has been given up is told at once
(`Ended.next`, empty at the end of a round), so that somebody takes up the telephone while this
machine tries on. A way is given up for a refusal only when the notice was refused by itself.

Limits, in the order in which a message meets them: places of its line and of its channel, what the
receiver asked for, the breaker of the server, what the provider allows (`each`, `overall`), what a
person can bear (`calls`, `informs`).
"""

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.delivery.backoff import delay_s
from streams.delivery.bundle import Says
from streams.delivery.line import Line, Message, Offer
from streams.delivery.parcel import Ended, Parcel, Result, Send, Tried
from streams.delivery.policy import ChannelPolicy
from streams.delivery.rounds import ROUND_S, following
from streams.delivery.servers import Servers
from streams.delivery.throttle import Window
from streams.delivery.told import Told
from streams.domain.ids import AlertId

__all__ = ["Due", "Outbox", "Past"]

_SWEEP_S: Final = 1.0
"""How often it is looked whether something has waited too long."""

_LineName = tuple[str, int]
"""Addressee and way."""


class Due(Struct, frozen=True):
    """What is to be done now."""

    sends: tuple[Send, ...]
    ended: tuple[Ended, ...]
    look_at: float
    """When to ask again, if nothing happens before."""


class Past(Struct, frozen=True):
    """A message that was delivered before this process began, as its receipts tell."""

    channel: str
    addressee: str
    way: int
    at: float


class _Lane(Struct):
    """All of one channel."""

    policy: ChannelPolicy
    overall: Window
    under_way: int = 0


class Outbox:
    """All lines, servers and channels."""

    def __init__(self, policies: Mapping[str, ChannelPolicy]) -> None:
        """`policies`: of the channels that there are; a parcel never has another one alive."""
        self._lanes = {name: _Lane(one, Window(one.overall)) for name, one in policies.items()}
        self.servers = Servers()
        self._lines: dict[_LineName, Line] = {}
        self._lines_of = defaultdict[str, list[Line]](list)
        """Those of each addressee."""
        self._busy: dict[_LineName, Line] = {}
        """Lines in which something waits."""
        self._under_way: dict[str, tuple[Line, Message]] = {}
        self._resting: list[tuple[float, int, Parcel]] = []
        self._told = Told()
        self._numbers = itertools.count()
        self._swept_at = 0.0

    # ── What is held ─────────────────────────────────────────────────────────────────────────────

    @property
    def parcels(self) -> Iterator[Parcel]:
        """All parcels that are not settled."""
        for line in self._busy.values():
            yield from line.parcels
        for _, message in self._under_way.values():
            yield from message.parcels
        yield from (parcel for _, _, parcel in self._resting)
        yield from self._told.aside

    def put(self, parcel: Parcel, now: float) -> None:
        """Take a parcel at its attempt; a way of it must be alive."""
        assert parcel.way not in parcel.dead, "an attempt is made by a way that is alive"
        if self._told.is_outdated(parcel):
            self._told.aside.append(parcel)
            return
        line = self._line(parcel.channel, (parcel.addressee, parcel.way))
        line.put(parcel, now)
        self._busy[line.name] = line

    def remember(self, past: Iterable[Past]) -> None:
        """Count messages of before against the limits; nobody knows any more which were calls."""
        went = defaultdict[Window, list[float]](list)
        for one in past:
            lane = self._lanes.get(one.channel)
            if lane is None:
                continue
            line = self._line(one.channel, (one.addressee, one.way))
            line.told_at = max(line.told_at, one.at)
            for window in (lane.overall, line.each, *line.windows.values()):
                went[window].append(one.at)
        for window, times in went.items():
            window.remember(times)

    def heard(self, addressee: str, notices: Iterable[Says], now: float) -> None:
        """Learn what one message has told an addressee: nothing older need be told after it."""
        alerts = self._told.note(addressee, notices)
        for line in self._lines_of[addressee]:
            self._drop(line, alerts, now)

    # ── What is done next ────────────────────────────────────────────────────────────────────────

    def due(self, now: float) -> Due:
        """Return what is to be tried now, and what has ended by waiting too long."""
        self._wake(now)
        ended = (*self._sweep(now), *self._told.settled())
        sends = list[Send]()
        look_at = self._next_sweep(now)
        for name, lane in self._lanes.items():
            look_at = min(look_at, self._fill(name, lane, now, sends))
        return Due(tuple(sends), ended, look_at)

    def done(self, key: str, tried: Tried, now: float) -> tuple[Ended, ...]:
        """Take in what came of a try."""
        line, message = self._under_way.pop(key)
        line.under_way -= 1
        self._lanes[line.channel].under_way -= 1
        self.servers.learn(line, tried, now)
        if tried.result is Result.DELIVERED:
            line.arrived(message, now)
            self.heard(line.addressee, message.notices, now)
            return tuple(
                Ended(
                    parcel=one,
                    result=tried.result,
                    tries=message.tries,
                    reference=tried.reference,
                    is_settled=True,
                )
                for one in message.parcels
            )
        again_at = now + max(delay_s(key, message.tries), tried.after_s)
        is_late = again_at - message.began_at > line.policy.give_up_s
        if tried.result is Result.AGAIN and not is_late:
            message.again_at = again_at
            line.put_again(message)
        else:
            line.give_back(message)
            if tried.result is not Result.REFUSED or not line.put_apart(message, now):
                return tuple(self._give_up(message, tried, now))
        self._busy[line.name] = line
        # Newer news may have been delivered while it was under way.
        self._drop(line, message.alerts, now)
        return ()

    # ── Sending ──────────────────────────────────────────────────────────────────────────────────

    def _fill(self, name: str, lane: _Lane, now: float, sends: list[Send]) -> float:
        """Begin what the channel has places for, and return when to look again."""
        offers = [
            (offer, key)
            for key, line in self._busy.items()
            if line.channel == name and (offer := self._offer(line, now)) is not None
        ]
        ready = [(offer.rank, key) for offer, key in offers if offer.at <= now]
        look_at = min((offer.at for offer, _ in offers if offer.at > now), default=float("inf"))
        heapq.heapify(ready)
        while ready and lane.under_way < lane.policy.at_once:
            if (free_at := lane.overall.free_at(now)) > now:
                return min(look_at, free_at)
            _, key = heapq.heappop(ready)
            line = self._busy[key]
            offer = self._offer(line, now)
            if offer is None or offer.at > now:
                continue  # The one before has used up what both need: the server's only probe.
            sends.append(self._begin(line, offer, now))
            if line.is_idle:
                del self._busy[key]
            elif (following := self._offer(line, now)) is not None:
                if following.at <= now:
                    heapq.heappush(ready, (following.rank, key))
                else:
                    look_at = min(look_at, following.at)
        return look_at

    def _offer(self, line: Line, now: float) -> Offer | None:
        offer = line.offer(now)
        if offer is None:
            return None
        return offer._replace(at=max(offer.at, self.servers.free_at(line, now)))

    def _begin(self, line: Line, offer: Offer, now: float) -> Send:
        message = line.take(offer, now)
        lane = self._lanes[line.channel]
        lane.under_way += 1
        lane.overall.take(now)
        self.servers.tried(line)
        self._under_way[message.key] = line, message
        return Send(
            key=message.key,
            parcels=message.parcels,
            notices=message.notices,
            tries=message.tries,
            over_limit=offer.over_limit,
        )

    # ── Giving up ────────────────────────────────────────────────────────────────────────────────

    def _give_up(self, message: Message, tried: Tried, now: float) -> Iterator[Ended]:
        for parcel in message.parcels:
            one = parcel
            if tried.result is not Result.AGAIN:
                one = replace(parcel, dead=parcel.dead | {parcel.way})
            after = following(one, now)
            is_next_way = after is not None and after.round == parcel.round
            if after is not None:
                self._go_on(after, now, rests=not is_next_way)
            yield Ended(
                parcel=parcel,
                result=tried.result,
                tries=message.tries,
                reason=tried.reason,
                next=after.channel if after is not None and is_next_way else "",
                is_settled=after is None,
            )

    def _go_on(self, parcel: Parcel, now: float, *, rests: bool) -> None:
        if rests:
            rest = now + ROUND_S, next(self._numbers), parcel
            heapq.heappush(self._resting, rest)
        else:
            self.put(parcel, now)

    def _wake(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            self.put(heapq.heappop(self._resting)[2], now)

    def _sweep(self, now: float) -> Iterator[Ended]:
        """Give up what has waited too long for a server that does not answer."""
        if now < self._swept_at + _SWEEP_S:
            return
        self._swept_at = now
        for line in list(self._busy.values()):
            trouble = self.servers.trouble(line, now)
            if trouble is None:
                continue
            before = now if line.is_closed else now - line.policy.give_up_s
            for message in list(line.leave(now, before)):
                yield from self._give_up(message, trouble, now)
            if line.is_idle:
                self._busy.pop(line.name, None)

    def _drop(self, line: Line, alerts: Iterable[AlertId], now: float) -> None:
        self._told.aside += line.drop(alerts, self._told.is_outdated, now)
        if line.is_idle:
            self._busy.pop(line.name, None)

    def _next_sweep(self, now: float) -> float:
        rests_until = self._resting[0][0] if self._resting else float("inf")
        leaving = (
            max(line.leaves_at, self._swept_at + _SWEEP_S)
            for line in self._busy.values()
            if self.servers.trouble(line, now)
        )
        return min(rests_until, *leaving, float("inf"))

    def _line(self, channel: str, name: _LineName) -> Line:
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = Line(channel, name, self._lanes[channel].policy)
            self._lines_of[line.addressee].append(line)
        return line
