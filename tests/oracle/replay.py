"""Days from start to end: the input of `siaga replay`, or an exported journal; and their lines.

In a replay `now` and `heard` are one clock with a mark at every whole second, after every record
received till then and before any received later (§7).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.oracle.book import Alert, Line
from tests.oracle.events import DeadLetter, Event
from tests.oracle.folder import Folder
from tests.oracle.intake import take_line
from tests.oracle.journal import Heard, JournalLine, Now, read_journal_line
from tests.oracle.judge import Judge
from tests.oracle.known_rules import KNOWN
from tests.oracle.readings import DEFAULT, Readings
from tests.oracle.times import SECOND, write_time, zone_h

__all__ = ["Judged", "is_journal", "judge_day", "judge_journal", "print_line"]


@dataclass
class Judged:
    """All that a day came to."""

    lines: list[Line] = field(default_factory=list[Line])
    alerts: list[Alert] = field(default_factory=list[Alert])
    """The final state of each, in the order of opening."""
    dead_letters: list[DeadLetter] = field(default_factory=list[DeadLetter])
    refusals: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Of each refused command, its id and why."""


def judge_day(
    folder: Folder,
    lines: Iterable[str],
    until: int | None = None,
    readings: Readings = DEFAULT,
    rules: frozenset[str] = KNOWN,
) -> Judged:
    """Judge the lines of a replay's input; marks go on to `until`, or to the last line."""
    judge, judged = Judge(folder, readings, rules), Judged()
    before: int | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        taken = take_line(folder, number, line, before)
        before = taken.received_at if taken.received_at is not None else before
        if taken.received_at is not None and until is not None and taken.received_at > until:
            continue
        if taken.received_at is not None:
            # Whatever can't be taken was received all the same: it moves the clock.
            _marks(judge, taken.received_at - 1, taken.received_at)
            judge.pass_time(taken.received_at, inclusive=False)
        judge.took_in(number, taken.received_at, refused=isinstance(taken.what, DeadLetter))
        dead = judge.take(taken.what) if isinstance(taken.what, Event) else taken.what
        if dead is not None:
            judged.dead_letters.append(DeadLetter(number, dead.reason, dead.detail))
    if judge.now is not None:
        end = judge.now if until is None else max(judge.now, until)
        _marks(judge, end, end)
        judge.pass_time(end, inclusive=True)
        if judge.heard is not None and judge.heard < end:
            judge.mark(end)  # Contract §7 "both run on to `--until`", to the millisecond.
    judged.lines = judge.lines
    return _closed(judged, [judge])


def _marks(judge: Judge, last: int, first_record: int) -> None:
    """Put a mark at each whole second after the one before, up to `last`.

    The first stands at the second of the first record, or right after it.
    """
    if judge.now is None:
        judge.start(first_record)
    assert judge.now is not None
    second = -(-judge.now // SECOND) * SECOND if judge.heard is None else judge.heard + SECOND
    while second <= last:
        # Of many marks at which nothing is due the last alone says as much as all of them.
        second = max(second, judge.quiet_through(last) // SECOND * SECOND)
        judge.pass_time(second, inclusive=True)
        judge.mark(second)
        second += SECOND


def is_journal(line: str) -> bool:
    """Whether a file's first line is one of an exported journal."""
    return '"partition"' in line and '"record"' in line


def judge_journal(
    folder: Folder,
    lines: Iterable[str],
    readings: Readings = DEFAULT,
    rules: frozenset[str] = KNOWN,
) -> Judged:
    """Judge an exported journal: each partition by itself, lines in the order of the file."""
    partitions: dict[int, _Partition] = {}
    judged = Judged()
    for line in lines:
        if line.strip():
            record = read_journal_line(line)
            if record.partition not in partitions:
                judge = Judge(folder, readings, rules)
                partitions[record.partition] = _Partition(folder.election, judge)
            partition = partitions[record.partition]
            seen = len(partition.judge.lines)
            partition.take(record, judged)
            judged.lines += partition.judge.lines[seen:]
    return _closed(judged, [partition.judge for partition in partitions.values()])


@dataclass
class _Partition:
    """One partition of a journal, and how far each source partition was read into it."""

    election: str
    judge: Judge
    seen: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    claims: dict[str, int] = field(default_factory=dict[str, int])
    sources: set[str] = field(default_factory=set[str])

    def take(self, record: JournalLine, judged: Judged) -> None:
        """Judge one record; one that was journaled before is dropped."""
        match record.what:
            case Now(appended_at):
                self.judge.pass_time(appended_at, inclusive=True)
                self.judge.mark(self._heard())
            case Heard():
                if record.what.played:
                    self.judge.pass_time(record.what.at, inclusive=True)
                self._hear(record.what)
                self.judge.mark(self._heard())
            case Event():
                if record.election and record.election != self.election:
                    return
                if record.origin_offset <= self.seen.get(record.origin, -1):
                    return
                self.seen[record.origin] = record.origin_offset
                if (dead := self.judge.take(record.what)) is not None:
                    letter = DeadLetter(record.offset, dead.reason, dead.detail)
                    judged.dead_letters.append(letter)

    def _hear(self, mark: Heard) -> None:
        """§4 "a claim counts at most as the mark's own append time"."""
        if self.judge.now is None:
            self.judge.start(mark.at)
        for source, claim in mark.claims.items():
            self.claims[source] = max(self.claims.get(source, 0), min(claim, mark.at))
        for topic, count in mark.sources.items():
            self.sources |= {f"{topic}/{partition}" for partition in range(count)}

    def _heard(self) -> int | None:
        """§4 "a source partition without a claim holds `heard` still"."""
        if not self.sources or not self.sources <= self.claims.keys():
            return None
        return min(self.claims[source] for source in self.sources)


def _closed(judged: Judged, judges: list[Judge]) -> Judged:
    for judge in judges:
        judged.alerts += judge.book.alerts.values()
        judged.refusals += judge.refusals
    return judged


def print_line(line: Line) -> str:
    """One line as the contract prints it, `at` in the kabupaten's zone."""
    province = line.alert[:2]
    told = {
        "at": write_time(line.at, zone_h(province)),
        "alert": line.alert,
        "revision": line.revision,
        "rule": line.about.rule,
        "scope": line.about.scope,
        "key": line.about.key,
        "change": line.change,
        "state": line.state,
        "severity": line.severity,
        "ladder": line.ladder,
        "level": line.level,
        "drill": False,
        "cause": line.cause,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
