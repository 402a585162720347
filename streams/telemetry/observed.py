"""A fold that tells what only it can see: implements the engine's `Fold` around the judgment."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind
from streams.domain.notice import NoticeKind
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Changes, Entry, Output
from streams.engine.topics import Topic
from streams.fold import PartitionFold
from streams.telemetry.area_pages import AreaPages, lengths_of
from streams.telemetry.observer import EngineObserver
from streams.telemetry.rule_time import TIMED_EVERY, RuleTimer

__all__ = ["ObservedFold"]

_MEASURED_EVERY: Final = 16
"""Records of one partition between two that are measured: to measure takes as long as to judge."""
_MARKS: Final = (b'{"record":"now"', b'{"record":"heard"')
"""How marks begin: the first field of a journal record names its kind."""


class _Received(Struct):
    """What an event in the journal says that is measured."""

    received_at: EpochMs


class _Noticed(Struct):
    """What a notice says that is counted."""

    kind: NoticeKind


class _Replied(Struct):
    """What a reply says that is counted."""

    command_kind: CommandKind
    outcome: ReplyOutcome


_received_of: Final = msgspec.json.Decoder(_Received).decode
_noticed_of: Final = msgspec.json.Decoder(_Noticed).decode
_replied_of: Final = msgspec.json.Decoder(_Replied).decode


class ObservedFold:
    """The fold of a partition, observed."""

    def __init__(
        self,
        fold: PartitionFold,
        observer: EngineObserver,
        broker_now: Callable[[], EpochMs] | None,
    ) -> None:
        """Judge by `fold`.

        Args:
            fold: The judgment.
            observer: Is told.
            broker_now: The broker's clock, 0 while unknown; None on a played day, which has none.
        """
        self.fold = fold
        self.pages = AreaPages(lengths_of(fold.state.world))
        """What was told last of each area."""
        self._observer = observer
        self._broker_now = broker_now
        self._unmeasured = _MEASURED_EVERY
        self._untimed = 0
        self._timer = RuleTimer(observer.metrics.rule_seconds)
        self._packs: dict[str, str] = {}

    @property
    def layout(self) -> int:
        """Version of what is saved."""
        return self.fold.layout

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Judge the next record of the journal."""
        self._observer.world = self.fold.state.world
        outputs = self._judge(entry)
        self._unmeasured += 1
        if self._unmeasured > _MEASURED_EVERY and self._broker_now is not None:
            # What was appended is not of the future, whatever is known of the broker's clock.
            self._measure(entry, max(self._broker_now(), entry.appended_at))
        if outputs:
            self._observer.judging = self.fold.state
            for output in outputs:
                self._see(output)
        return outputs

    def _judge(self, entry: Entry) -> Sequence[Output]:
        self._untimed += 1
        if self._untimed < TIMED_EVERY:
            return self.fold.judge(entry)
        self._untimed = 0
        self.fold.state.stopwatch = self._timer
        outputs = self.fold.judge(entry)
        self.fold.state.stopwatch = None
        return outputs

    def picture(self) -> Iterator[Output | None]:
        """Yield what of the picture is to be told now."""
        for output in self.fold.picture():
            if output is not None:
                self.pages.take(output)
            yield output

    def take_changes(self) -> Changes:
        """Return what changed since the last call."""
        return self.fold.take_changes()

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        self.fold.load(rows, meta)
        self._see_packs()

    def _see(self, output: Output) -> None:
        """Count what is not a line: of lines those are counted that were not told before."""
        value = output.value or b""
        match output.topic:
            case Topic.DEADLETTER:
                self._observer.on_dead_letter(_reason_of(output))
            case Topic.NOTICES | Topic.RESTRICTED_NOTICES:
                self._observer.on_notice(_noticed_of(value).kind)
            case Topic.REPLIES:
                replied = _replied_of(value)
                refused = replied.outcome is ReplyOutcome.REFUSED
                if refused and replied.command_kind is CommandKind.USE_PACK:
                    self._observer.on_pack_refused()
                self._see_packs()  # It may answer `use_pack`.
            case _:
                pass

    def _see_packs(self) -> None:
        state = self.fold.state
        for (election,), row in state.packs.items():
            if self._packs.get(election) != row.name:
                self._packs[election] = row.name
                self._observer.on_pack(state.partition, election, row.name)

    def _measure(self, entry: Entry, now: EpochMs) -> None:
        if not entry.value.startswith(_MARKS):
            late_ms = max(0, now - _received_of(entry.value).received_at)
            self._observer.metrics.decision.observe(late_ms / SECOND_MS)
            self._unmeasured = 0


def _reason_of(letter: Output) -> str:
    return (dict(letter.headers)["reason"] or b"").decode()
