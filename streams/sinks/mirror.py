"""Mirrors: other systems whose state is made equal to that of the alerts, again and again.

A mirror is no receiver of notices. It looks at the board and at what the other system has, and
sends what makes the one equal to the other: after each change, and at its interval without any.
So nothing that was lost on the way stays lost, and a crash needs no memory of ours: at its first
look a mirror reads what is there.

    looks ──equal──► waits for a change, or for its interval ──► looks
      ▲                 │ fails
      └── pause, grows ◄┘

Every mirror has a task of its own: one that hangs holds up nobody. While another process leads,
a mirror waits and forgets; the leader is who has a partition that only one process can have.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final, NoReturn, Protocol

from msgspec import Struct

from streams.domain.times import EpochMs
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.sinks.sink import Refused, TryAgain
from streams.wire.board import Board

__all__ = [
    "Equal",
    "Mirror",
    "MirrorObserver",
    "MirrorOutcome",
    "Mirroring",
    "pause_s",
    "run_mirrors",
]

_log: Final = logging.getLogger(__name__)
_PAUSE_S_MAX: Final = 60.0


class Equal(Struct, frozen=True):
    """The other system has what it should have."""

    look_again_s: float
    """When to look again without a change."""


MirrorOutcome = Equal | TryAgain | Refused


class Mirror(Protocol):
    """One other system, or one replica of one."""

    @property
    def name(self) -> str:
        """Name in the settings; of a replica with its number."""
        ...

    async def look(self, board: Board, now: EpochMs) -> MirrorOutcome:
        """Send what makes the other system equal to the board, each request once."""
        ...

    def forget(self) -> None:
        """Believe nothing any more of what the other system has."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class MirrorObserver(Protocol):
    """Who wants to know how mirrors fare: metrics."""

    def mirror_looked(self, mirror: str, outcome: str) -> None:
        """Hear of a look: `equal`, `try_again`, `refused` or `fault`."""
        ...

    def unreadable(self, topic: str) -> None:
        """Hear of a record that is no alert's."""
        ...


class Mirroring(Struct, frozen=True, kw_only=True):
    """What surrounds the mirrors of a process."""

    broker: str
    prefix: str
    now: Callable[[], EpochMs]
    observer: MirrorObserver
    leads: Callable[[], bool]
    """Whether this process is the one that mirrors."""
    gather_s: float = 1.0
    """How long changes are gathered before a look: a storm is a few looks, not thousands."""
    idle_s: float = 5.0
    """How often a mirror that does not lead looks whether it does now."""
    pause_s: float = 1.0
    """How long the first pause after a failure is."""


async def run_mirrors(mirrors: Sequence[Mirror], around: Mirroring, *, restricted: bool) -> None:
    """Keep all mirrors equal to the alerts until cancelled.

    Args:
        mirrors: None: it ends at once.
        around: What surrounds them.
        restricted: Whether a mirror may see restricted alerts, so that they must be followed.
    """
    if not mirrors:
        return
    board, complete = Board(), asyncio.Event()
    keepers = [Keeper(mirror, board, around) for mirror in mirrors]

    def each(slot: Slot, record: RecordView) -> None:
        try:
            board.apply(record.key, record.value, EpochMs(record.timestamp))
        except InputError as error:
            _log.warning("%s/%d:%d: %s", slot.topic, slot.partition, record.offset, error)
            around.observer.unreadable(slot.topic)
        for keeper in keepers:
            keeper.changed.set()

    topics = (Topic.ALERTS, Topic.RESTRICTED_ALERTS) if restricted else (Topic.ALERTS,)
    followed = Followed(around.broker, around.prefix, topics, each, complete.set)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(follow(followed))
            for keeper in keepers:
                group.create_task(keeper.run(complete))
    finally:
        for mirror in mirrors:
            await mirror.close()


class Keeper:
    """Keeps one mirror equal to the board; `changed` is set when the board has changed."""

    def __init__(self, mirror: Mirror, board: Board, around: Mirroring) -> None:
        self.changed = asyncio.Event()
        self._mirror = mirror
        self._board = board
        self._around = around
        self._failed = 0
        """How often in a row."""

    async def run(self, complete: asyncio.Event) -> NoReturn:
        """Look again and again, from the moment at which the board is complete."""
        await complete.wait()
        while True:
            if not self._around.leads():
                self._mirror.forget()
                await asyncio.sleep(self._around.idle_s)
                continue
            self.changed.clear()
            await self._wait(await self._look())

    async def _look(self) -> MirrorOutcome:
        """Look once; a fault of ours hurts this mirror alone."""
        try:
            outcome = await self._mirror.look(self._board, self._around.now())
        except Exception:  # noqa: BLE001  # A fault in one mirror hurts this one alone.
            _log.exception("mirror %s: a fault in it", self._mirror.name)
            self._around.observer.mirror_looked(self._mirror.name, "fault")
            self._mirror.forget()
            self._failed += 1
            return TryAgain("fault", _PAUSE_S_MAX)
        self._around.observer.mirror_looked(self._mirror.name, _word(outcome))
        if isinstance(outcome, Equal):
            self._failed = 0
            return outcome
        _log.warning("mirror %s: %s", self._mirror.name, outcome.reason)
        self._failed += 1
        return outcome

    async def _wait(self, outcome: MirrorOutcome) -> None:
        match outcome:
            case Equal(look_again_s):
                try:
                    async with asyncio.timeout(look_again_s):
                        await self.changed.wait()
                except TimeoutError:
                    return
                await asyncio.sleep(self._around.gather_s)
            case TryAgain() | Refused():
                await asyncio.sleep(pause_s(outcome, self._failed, self._around.pause_s))


def pause_s(outcome: TryAgain | Refused, failed: int, first_s: float) -> float:
    """Return how long to wait after a failure: twice as long each time, or what was asked for.

    A refusal is tried again too, once a minute: its cause is in somebody's settings, and when it is
    mended the mirror shall be equal without a restart of ours.
    """
    if isinstance(outcome, Refused):
        return _PAUSE_S_MAX
    grown = min(first_s * 2.0 ** min(failed - 1, 10), _PAUSE_S_MAX)
    return max(grown, outcome.after_s or 0.0)


def _word(outcome: MirrorOutcome) -> str:
    match outcome:
        case Equal():
            return "equal"
        case TryAgain():
            return "try_again"
        case Refused():
            return "refused"
