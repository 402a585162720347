"""What holds of gateways in every day: they delay silence, and neither hide nor invent it.

The days are statuses of a few TPS and heartbeats of two gateways, some of which have something
waiting; intake is deaf now and then. How such days are cut and taken up again is in
`test_pipeline_whole_days`, whose days have heartbeats as well.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.effects import Line
from streams.domain.journal import AcceptedGateway, IntakeMark
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.state import PartitionState
from streams.pipeline import Step
from tests.support.events import beat, heartbeat, opened
from tests.support.histories import beats, histories, items_of, quick, statuses
from tests.support.restarts import judged_in_parts
from tests.support.stories import (
    Item,
    Told,
    at,
    brief,
    journal,
    judge,
    judge_into,
    lines_of,
    name_of,
    said,
)
from tests.support.world import KABUPATEN, KR, SR, whole_world

DAY: Final = whole_world()
STORIES: Final = histories(st.one_of(statuses(), beats()), 40).map(items_of)
LAGS: Final = st.lists(st.integers(min_value=0, max_value=6), min_size=1, max_size=7)


def told_of(lines: Sequence[Line]) -> list[str]:
    """Return lines in short, the same whatever else was judged at the same moment."""
    return sorted(f"{name_of(line)} {brief(line)}" for line in lines)


def behind(steps: list[Step], lags: list[int]) -> list[Step]:
    """Let heartbeats come later than what was received with them, as from a slow partition.

    No mark of intake is passed: it says that all before it has been read.
    """
    moved: list[Step] = []
    for is_mark, group in groupby(steps, lambda step: isinstance(step.record, IntakeMark)):
        part = list(group)
        if not is_mark:
            places = {step.name: _place(number, step, lags) for number, step in enumerate(part)}
            part.sort(key=lambda step: places[step.name])
        moved += part
    return moved


def _place(number: int, step: Step, lags: list[int]) -> float:
    is_beat = isinstance(step.record, AcceptedGateway)
    return number + (lags[number % len(lags)] + 0.5 if is_beat else 0)


def apart(steps: list[Step]) -> list[Step]:
    """Give each heartbeat a source partition of its own, so that each may lag by itself."""
    return [
        replace(
            step, record=replace(step.record, origin=replace(step.record.origin, partition=number))
        )
        if isinstance(step.record, AcceptedGateway)
        else step
        for number, step in enumerate(steps)
    ]


@quick(30)
@given(STORIES, LAGS)
def test_when_a_heartbeat_arrives_changes_nothing(items: list[Item], lags: list[int]) -> None:
    """When it was received counts, and what was heard of by then."""
    steps = apart(journal(*items))
    late = behind(steps, lags)
    assert told_of(lines_of(judge(steps, DAY))) == told_of(lines_of(judge(late, DAY)))


@quick(30)
@given(
    STORIES,
    st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8),
)
def test_a_restart_anywhere_changes_nothing(items: list[Item], cuts: list[int]) -> None:
    """What is parked is found again."""
    steps = journal(*items)
    assert judge(steps, DAY) == judged_in_parts(steps, cuts, (0, 5, 2), DAY)


@quick(30)
@given(STORIES)
def test_nothing_is_parked_when_gateways_are_silent(items: list[Item]) -> None:
    """Whoever waited for them is judged: an hour later none of them lives."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    assert [] == [key for parked in state.parked.values() for key in parked]


WORDS: Final = st.lists(
    st.tuples(st.integers(min_value=1, max_value=80), st.sampled_from((KR, SR))), max_size=8
)


def clock_of(minute: int) -> str:
    """Return a minute after seven as a clock shows it."""
    return f"{7 + minute // 60:02}:{minute % 60:02}"


def passed_on(words: list[tuple[int, str]], stuck: tuple[int, int] | None) -> list[Item]:
    """Let words come by a gateway, which hands on none of them while it is stuck."""
    items: list[Item] = [at("07:00"), opened(KR), opened(SR)]
    first, last = stuck or (0, -1)
    for minute in range(1, 100):
        is_stuck = first <= minute <= last
        waiting = [word for word in sorted(words) if first <= word[0] <= min(minute, last)]
        items.append(at(clock_of(minute)))
        if not is_stuck:
            handed = waiting if minute == last + 1 else []
            now = [word for word in sorted(words) if word[0] == minute and word not in waiting]
            items += [_word(*word) for word in (*handed, *now)]
        oldest = clock_of(waiting[0][0]) if is_stuck and waiting else ""
        items.append(beat(KABUPATEN, oldest=oldest))
    return items


def _word(minute: int, tps: str) -> Told:
    from_tps = KR if tps == KR else SR
    return said(clock_of(minute), heartbeat(from_tps))


@quick(30)
@given(WORDS, st.integers(min_value=1, max_value=60), st.integers(min_value=0, max_value=40))
def test_a_stuck_gateway_changes_no_silence_of_a_tps(
    words: list[tuple[int, str]], first: int, length: int
) -> None:
    """Who was silent is told for the same deadline as if nothing had been stuck; nobody else is.

    What ended while the gateway was stuck is told when it lets go, and what began again by then at
    the same time: §4 "never before the alert's last line".
    """
    free = silences(passed_on(words, None))
    stuck = silences(passed_on(words, (first, first + length)))
    for name in ("T07@KR", "T07@SR"):
        for due, told in zip(free[name], stuck[name], strict=True):
            assert told.at == due.at or due.at < told.at == told.ended_at


class Silence(NamedTuple):
    """Since when a TPS was told to be silent."""

    at: EpochMs
    ended_at: EpochMs | None
    """When the silence before it was told to be over."""


def silences(items: list[Item]) -> dict[str, list[Silence]]:
    """Return all that were told of each TPS, by its name."""
    found: dict[str, list[Silence]] = {"T07@KR": [], "T07@SR": []}
    ended_at: dict[str, EpochMs] = {}
    for line in lines_of(judge(journal(*items, at("08:41")), DAY)):
        if line.rule != "T07":
            continue
        name = name_of(line)
        if line.change in {"opened", "reopened"} and name in found:
            found[name].append(Silence(line.at, ended_at.get(name)))
        elif line.change == "returned":
            ended_at[name] = line.at
    return found


def test_a_day_of_gateways_costs_little_memory() -> None:
    """A heartbeat a minute for four hours: one gateway, and what is not heard of yet."""
    items: list[Item] = [at("07:00"), opened(KR)]
    for minute in range(1, 240):
        items += [at(clock_of(minute)), beat(KABUPATEN)]
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    row = state.gateways.get(("curup-2024", KABUPATEN))
    assert row is not None
    assert ["sms-1"] == list(row.by_name)
    assert 2 >= len(row.by_name["sms-1"].ahead)
    assert state.clocks.heard - row.by_name["sms-1"].counted.received_at <= 2 * MINUTE_MS
