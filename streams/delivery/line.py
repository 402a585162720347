"""The line of what waits for one way of one destination, and when its next message may go.

        put                 take                done: again
    ──────────► WAITING ──────────► under way ──────────────► AGAIN ──┐
           (in its order)               ▲                             │
                                        └─────────────────────────────┘

What waits is put together when its turn comes, so it says what is true then. A message that was
tried once keeps what it says and its key: whoever has got it after all must know it again. While
such a message waits for its next try, what came after it waits too, and grows into the next
message; only critical calls overtake. A channel that does not bundle has no such order: each parcel
is a message of its own there.

What a limit may do to a call: delay it, no more. A critical call is delayed by the limit of calls
for 30 seconds at most, and for 4 if it is the first of its area; then it goes beyond the limit, and
is counted. Nothing goes beyond what the provider or the channel as a whole allows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from streams.delivery.apart import halves
from streams.delivery.bundle import asks, bundled
from streams.delivery.parcel import Parcel, key_of
from streams.delivery.policy import ChannelPolicy
from streams.delivery.throttle import Window
from streams.delivery.turn import Rank, Turn
from streams.delivery.waiting import WaitingLine
from streams.domain.ids import AlertId
from streams.domain.outgoing import Outgoing

__all__ = ["Line", "Message", "Offer"]

_PATIENCE_S: Final = {Turn.FIRST: 4.0, Turn.CALL: 30.0}
"""How long after the destination was told last a critical call keeps to the limit of calls."""


class Message(Struct, kw_only=True):
    """Parcels that are told together, from their first try to their end."""

    key: str
    parcels: tuple[Parcel, ...]
    notices: tuple[Outgoing, ...]
    rank: Rank
    is_call: bool
    began_at: float
    """When it was tried first."""
    again_at: float = 0.0
    tries: int = 0

    @property
    def alerts(self) -> frozenset[AlertId]:
        """What it tells of."""
        return frozenset(one.alert for notice in self.notices for one in notice.alerts)

    @property
    def goes_on(self) -> bool:
        """Whether it is a critical call that has another way."""
        return self.rank.is_critical_call and all(one.has_other_way for one in self.parcels)


class Offer(NamedTuple):
    """The next message of a line: from when on it may go, and how urgent it is."""

    at: float
    rank: Rank
    again: Message | None
    """One that was tried before; None: what waits."""
    over_limit: bool


class Line:
    """Everything about one way of one destination."""

    def __init__(self, channel: str, name: tuple[str, int], policy: ChannelPolicy) -> None:
        """Begin with nothing to do; `name` is addressee and way."""
        self.channel = channel
        self.name = name
        self.policy = policy
        self.windows = {
            True: Window(policy.calls),
            False: Window(policy.informs),
        }
        """Of messages with a call, and of those without."""
        self.each = Window(policy.each)
        self.told_at = 0.0
        self.held_until = 0.0
        """The receiver wants to be left alone until then."""
        self.is_closed = False
        """The receiver wants nothing more at all."""
        self.under_way = 0
        self._waiting = WaitingLine(bundles=policy.bundles)
        self._again: list[Message] = []

    @property
    def addressee(self) -> str:
        """Whom it leads to."""
        return self.name[0]

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits here."""
        return not self._waiting and not self._again

    @property
    def parcels(self) -> Iterator[Parcel]:
        """All that wait here."""
        for one in self._waiting:
            yield from one.parcels
        for message in self._again:
            yield from message.parcels

    def put(self, parcel: Parcel, now: float) -> None:
        """Let a parcel wait."""
        self._waiting.put([parcel], now)

    def put_again(self, message: Message) -> None:
        """Let a message wait for its next try."""
        self._again.append(message)

    def put_apart(self, message: Message, now: float) -> bool:
        """Let a message that was refused wait in halves; False: it has no halves."""
        parts = halves(message.parcels)
        for part in parts:
            self._waiting.put(part, now, is_apart=True)
        return bool(parts)

    def drop(
        self, alerts: Iterable[AlertId], is_outdated: Callable[[Parcel], bool], now: float
    ) -> Iterator[Parcel]:
        """Take out what need not be told any more since these alerts were told otherwise."""
        if self._waiting.tells_any(alerts):
            for one in self._waiting.take_out(
                lambda each: all(map(is_outdated, each.parcels)), now
            ):
                yield from one.parcels
        for message in [each for each in self._again if all(map(is_outdated, each.parcels))]:
            self._again.remove(message)
            self.give_back(message)
            yield from message.parcels

    def offer(self, now: float) -> Offer | None:
        """Return what may go next; None: nothing, before something under way has ended."""
        if self.is_closed or self.under_way >= self._at_once:
            return None
        offers = [one for one in (self._offer_again(now), self._offer_waiting(now)) if one]
        ready = [one for one in offers if one.at <= now]
        if ready:
            return min(ready, key=lambda one: one.rank)
        return min(offers, key=lambda one: one.at, default=None)

    def take(self, offer: Offer, now: float) -> Message:
        """Begin a try of what was offered."""
        message = offer.again or self._gather(now)
        if offer.again is not None:
            self._again.remove(message)
        else:
            self.windows[message.is_call].take(now)
        self.each.take(now)
        self.told_at = now
        self.under_way += 1
        message.tries += 1
        return message

    def arrived(self, message: Message, now: float) -> None:
        """Count a message from when it has reached somebody, not from its first try."""
        if message.tries > 1:
            self.give_back(message)
            self.windows[message.is_call].take(now)

    def give_back(self, message: Message) -> None:
        """Count a message no more that has reached nobody."""
        self.windows[message.is_call].give_back(message.began_at)

    def leave(self, now: float, before: float) -> Iterator[Message]:
        """Yield what does not wait any longer for a server that does not answer.

        That is what has waited since `before`, and critical calls that have another way.
        """
        for message in [one for one in self._again if one.goes_on or one.began_at <= before]:
            self._again.remove(message)
            self.give_back(message)
            yield message
        for one in self._waiting.take_out(
            lambda each: each.goes_on or each.entered_at <= before, now
        ):
            yield self._message(one.parcels, one.rank, now)

    @property
    def leaves_at(self) -> float:
        """When the first of what waits has waited so long that it is given up; infinite: nothing.

        Critical calls that have another way leave as soon as there is a reason to.
        """
        since = [
            *((one.goes_on, one.began_at) for one in self._again),
            *((one.goes_on, one.entered_at) for one in self._waiting),
        ]
        return min(
            (
                0.0 if self.is_closed or goes_on else at + self.policy.give_up_s
                for goes_on, at in since
            ),
            default=float("inf"),
        )

    # ── What may go ──────────────────────────────────────────────────────────────────────────────

    @property
    def _at_once(self) -> int:
        # One of a channel's places is always left for the others.
        return 1 if self.policy.bundles else max(1, self.policy.at_once - 1)

    def _offer_again(self, now: float) -> Offer | None:
        if not self._again:
            return None
        due = [one for one in self._again if one.again_at <= now]
        first = min(due, key=lambda one: one.rank, default=None)
        first = first or min(self._again, key=lambda one: one.again_at)
        at = max(first.again_at, self._free_at(now))
        return Offer(at, self._placed(first.rank), first, over_limit=False)

    def _offer_waiting(self, now: float) -> Offer | None:
        head = self._waiting.head(now)
        if head is None:
            return None
        if self._again and self.policy.bundles and not head.rank.is_critical_call:
            return None
        rank = head.rank
        at = limit = self.windows[rank.turn is not Turn.INFORM].free_at(now)
        if rank.is_critical_call:
            at = min(limit, max(now, self.told_at + _PATIENCE_S[rank.turn]))
        at = max(at, self._free_at(now))
        return Offer(at, self._placed(rank), None, over_limit=at < limit)

    def _free_at(self, now: float) -> float:
        return max(self.each.free_at(now), self.held_until)

    def _placed(self, rank: Rank) -> Rank:
        return rank._replace(told_at=self.told_at)

    # ── Messages ─────────────────────────────────────────────────────────────────────────────────

    def _gather(self, now: float) -> Message:
        gathered = self._waiting.gather(now)
        parcels = [parcel for one in gathered for parcel in one.parcels]
        return self._message(parcels, gathered[0].rank, now)

    @staticmethod
    def _message(parcels: Sequence[Parcel], rank: Rank, now: float) -> Message:
        notices = bundled(one.notice for one in parcels)
        return Message(
            key=key_of(parcels),
            parcels=tuple(parcels),
            notices=notices,
            rank=rank,
            is_call=any(asks(one, {}) for one in notices),
            began_at=now,
        )
