"""What must hold after a toy day, computed without the engine.

From the input topics alone: which events there were, which of them are broken, which silences are
true. By folding the journal straight through: which lines there must be, each once, and which
state. Works on the logs of a real broker and of the simulated one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from streams.domain.journal import Accepted, JournalRecord
from streams.domain.partition import partition_of
from streams.domain.times import EpochMs
from streams.engine.checkpoint import StateImage, StateReader
from streams.engine.flow import EngineTopics
from streams.engine.ports import Entry, RecordView, Slot
from streams.engine.told import line_identity
from streams.wire.journal import decode_record
from tests.kafka.toy import SILENCE_MS, ToyEvent, ToyFold, ToyLine

__all__ = ["Day", "check"]

Origin = tuple[str, int, int]
Line = tuple[int, int, bytes]
"""Journal offset, number of the line, content."""


class Day(Struct, frozen=True):
    """Everything that lies in the topics at the end of a day."""

    topics: EngineTopics
    logs: Mapping[Slot, Sequence[RecordView]]

    def of(self, *topics: str) -> dict[Slot, Sequence[RecordView]]:
        """Return the logs of some topics."""
        return {slot: log for slot, log in self.logs.items() if slot.topic in topics}


def check(day: Day) -> None:
    """Check everything that the engine promises of a day that is over and judged."""
    good, bad = _sent(day)
    assert good == _journaled(day), "every good event is in the journal, and no other"
    assert bad == _dead(day), "every broken event is among the dead letters, and no other"
    journals = day.of(day.topics.journal)
    heard = [_check_partition(day, slot.partition, log) for slot, log in sorted(journals.items())]
    true, opened = _silences(day), _opened(day)
    assert not opened - true, "no silence is told that is not true"
    due = {(tps, at) for tps, at in true if at < heard[partition_of(_key(tps), len(heard))]}
    assert not due - opened, "every silence that was due is told"


def _key(tps: str) -> bytes:
    return tps[:5].encode()


def _is_good(value: bytes | None) -> bool:
    return value is not None and value.endswith(b"}")


def _sent(day: Day) -> tuple[set[Origin], set[Origin]]:
    good, bad = set[Origin](), set[Origin]()
    for slot, log in day.of(*day.topics.sources).items():
        for record in log:
            origin = slot.topic, slot.partition, record.offset
            (good if _is_good(record.value) else bad).add(origin)
    return good, bad


def _decoded(record: RecordView) -> JournalRecord:
    assert record.value is not None
    return decode_record(record.value)


def _journaled(day: Day) -> set[Origin]:
    records = [_decoded(r) for log in day.of(day.topics.journal).values() for r in log]
    origins = [record.origin for record in records if isinstance(record, Accepted)]
    return {(origin.topic, origin.partition, origin.offset) for origin in origins}


def _dead(day: Day) -> set[Origin]:
    letters = [dict(r.headers) for log in day.of(day.topics.dead_letters).values() for r in log]
    return {
        (
            (letter["topic"] or b"").decode(),
            int(letter["partition"] or b""),
            int(letter["offset"] or b""),
        )
        for letter in letters
    }


def _told(day: Day, partition: int) -> Counter[Line]:
    logs = [day.logs[Slot(topic, partition)] for topic in day.topics.lines]
    return Counter((*line_identity(r.headers), r.value or b"") for log in logs for r in log)


def _straight(journal: Sequence[RecordView], partition: int) -> tuple[ToyFold, Counter[Line]]:
    fold, lines = ToyFold(partition), Counter[Line]()
    for record in journal:
        at, value = EpochMs(record.timestamp), record.value or b""
        for output in fold.judge(Entry(partition, record.offset, at, value)):
            if output.line:
                lines[(*line_identity(output.headers), output.value or b"")] += 1
    return fold, lines


def _image(day: Day, partition: int) -> StateImage:
    reader = StateReader()
    for record in day.logs[Slot(day.topics.state, partition)]:
        assert record.key is not None
        reader.add(record.key, record.value, record.timestamp)
    return reader.image(ToyFold.layout)


def _check_partition(day: Day, partition: int, journal: Sequence[RecordView]) -> int:
    """Check lines and state of a partition; return how far it has heard."""
    image = _image(day, partition)
    # The last marks may have come after the last checkpoint; they must be the only ones.
    late = [record for record in journal if record.offset >= image.cut]
    assert not any(isinstance(_decoded(record), Accepted) for record in late)
    fold, lines = _straight([r for r in journal if r.offset < image.cut], partition)
    told = _told(day, partition)
    assert lines == Counter({line: n for line, n in told.items() if line[0] < image.cut})
    assert all(count == 1 for count in told.values()), "no line is told twice"
    changes = fold.take_changes()
    assert changes.rows == image.rows
    assert image.meta is not None
    assert changes.meta == image.meta.fold
    return fold.meta.heard


# ── Silences ─────────────────────────────────────────────────────────────────────────────────────


def _opened(day: Day) -> set[tuple[str, int]]:
    logs = day.of(*day.topics.lines).values()
    lines = [msgspec.json.decode(r.value or b"", type=ToyLine) for log in logs for r in log]
    return {(line.tps, line.at) for line in lines if line.change == "opened"}


def _silences(day: Day) -> set[tuple[str, int]]:
    """Return (TPS, deadline) of all silences, from the input topics alone."""
    times = defaultdict[str, list[int]](list)
    for log in day.of(*day.topics.sources).values():
        for record in log:
            if record.value is not None and _is_good(record.value):
                times[msgspec.json.decode(record.value, type=ToyEvent).tps].append(record.timestamp)
    for heard in times.values():
        heard.sort()
    return {
        (tps, last + SILENCE_MS)
        for tps, heard in times.items()
        for last, following in zip(heard, [*heard[1:], None], strict=True)
        if following is None or following - last > SILENCE_MS
    }
