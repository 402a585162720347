"""A replay passes over the seconds at which nothing is due; nobody can tell by its lines."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.effects import Line
from streams.domain.events import CrowdReport, OperatorCommand
from streams.domain.journal import Accepted, IntakeMark
from streams.domain.times import SECOND_MS, EpochMs
from streams.judge.state import PartitionState
from streams.pipeline import Step, step
from streams.replay import BadLine, Judged, Replay
from streams.wire.records import Inbound, Journaled
from streams.wire.time import format_time, parse_time
from tests.support.files import acceptor
from tests.support.histories import quick, stories_of
from tests.support.stories import Item, journal, lines_of
from tests.support.world import world

WIB = 420
PARTS_MS = st.lists(st.sampled_from((0, 1, 500, 999)), min_size=1, max_size=7)


def lines_in_a_file(items: list[Item], parts_ms: list[int]) -> list[bytes]:
    """Write the events of a story as lines, each received at some part of its second."""
    events = [s.record for s in journal(*items) if isinstance(s.record, Accepted)]
    return [
        _line(record, EpochMs(record.received_at + parts_ms[number % len(parts_ms)]))
        for number, record in enumerate(sorted(events, key=lambda record: record.received_at))
    ]


def _line(record: Accepted, received_at: EpochMs) -> bytes:
    event = getattr(record, "event", None)
    assert event is not None, "every accepted record has an event"
    value = msgspec.to_builtins(event)
    if isinstance(event, CrowdReport):
        value["place"] = {"tps" if "-" in record.place else "desa": record.place}
    if isinstance(event, OperatorCommand):
        until = getattr(record, "until", None)
        value |= {} if until is None else {"until": format_time(until, WIB)}
        value |= {} if "alert" in value else {"area": record.place}
    text = format_time(received_at, WIB)
    received = f"{text[:19]}.{received_at % SECOND_MS:03}{text[19:]}"
    topic = record.origin.topic
    return msgspec.json.encode({"topic": topic, "received_at": received, "value": value})


def replayed(lines: list[bytes]) -> list[Line]:
    """Judge a file as `siaga replay` does."""
    replay = Replay(world(), ACCEPTOR)
    taken = [o for number, line in enumerate(lines, 1) for o in replay.take(number, line)]
    outcomes: list[BadLine | Judged] = [*taken, *replay.finish()]
    judged = (outcome for outcome in outcomes if isinstance(outcome, Judged))
    return lines_of([effect for outcome in judged for effect in outcome.effects])


def marked_every_second(lines: list[bytes]) -> list[Line]:
    """Judge the same with a mark at every whole second, which takes a thousand times as long."""
    state = PartitionState(0, world())
    steps: list[Step] = []
    marked: int | None = None
    for number, line in enumerate(lines, 1):
        taken = ACCEPTOR.accept(_inbound(number, line))
        if not isinstance(taken, Journaled):
            continue
        received_at = _received_at(line)
        before = -(-received_at // SECOND_MS) * SECOND_MS - SECOND_MS
        marked = before if marked is None else marked
        steps += [_mark(at) for at in range(marked + SECOND_MS, before + 1, SECOND_MS)]
        marked = max(marked, before)
        steps.append(Step(f"input:{number}", EpochMs(0), taken.record))
    end = max((_received_at(line) for line in lines), default=0)
    if marked is not None:
        steps += [_mark(at) for at in range(marked + SECOND_MS, end + 1, SECOND_MS)]
        steps.append(_mark(end))
    return lines_of([effect for one in steps for effect in step(state, one)])


def _received_at(line: bytes) -> EpochMs:
    return parse_time(str(msgspec.json.decode(line)["received_at"]))


def _inbound(number: int, line: bytes) -> Inbound:
    read = msgspec.json.decode(line)
    value = msgspec.json.encode(read["value"])
    return Inbound(str(read["topic"]), 0, number, _received_at(line), None, value)


def _mark(at: int) -> Step:
    moment = EpochMs(at)
    mark = IntakeMark(claims={"replay/0": moment}, sources={"replay": 1}, clock=moment)
    return Step("mark", EpochMs(0), mark)


ACCEPTOR = acceptor()


@quick(20)
@given(stories_of(15), PARTS_MS)
def test_skipping_seconds_changes_no_line(items: list[Item], parts_ms: list[int]) -> None:
    """The same lines, in the same order, as with a mark at every second."""
    lines = lines_in_a_file(items, parts_ms)
    assert marked_every_second(lines) == replayed(lines)
