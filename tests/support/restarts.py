"""Takeovers in tests: what one worker saves, another takes on."""

from collections.abc import Iterable, Sequence
from typing import Final

from streams import pipeline
from streams.domain.effects import Effect
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.pipeline import Step
from tests.support.stories import (
    Item,
    brief,
    events_of,
    journal,
    judge_into,
    lines_of,
    name_of,
)

__all__ = [
    "Saved",
    "brief_lines",
    "judged_in_parts",
    "story_in_one_go",
    "story_with_restarts",
    "taken_over",
]

_MARKS_BETWEEN: Final = 37


class Saved:
    """The rows of all checkpoints so far, as `siaga.state` keeps them."""

    def __init__(self) -> None:
        """Begin before the first checkpoint."""
        self.rows: dict[bytes, bytes] = {}


def taken_over(
    state: PartitionState, saved: Saved | None = None, order: Sequence[int] = (0,)
) -> PartitionState:
    """Save what has changed, and let another take it up, in whatever order the rows come."""
    rows = (saved or Saved()).rows
    changed, clocks = state.take_changes()
    for key, row in changed.items():
        rows.pop(key, None)
        rows |= {key: row} if row is not None else {}
    items = list(rows.items())
    shuffled = sorted(range(len(items)), key=lambda at: order[at % len(order)] + at % 7)
    fresh = PartitionState(state.partition, state.world)
    fresh.load([items[at] for at in shuffled], clocks)
    pipeline.restore(fresh)
    return fresh


def judged_in_parts(
    steps: Sequence[Step], cuts: Iterable[int], order: Sequence[int], world: World
) -> list[Effect]:
    """Judge a journal, with another worker from each of the cuts on."""
    state, saved = PartitionState(0, world), Saved()
    ends = {cut % len(steps) for cut in cuts}
    effects: list[Effect] = []
    for number, step in enumerate(steps):
        if number in ends:
            state = taken_over(state, saved, order)
        effects += pipeline.step(state, step)
    return effects


def brief_lines(effects: Iterable[Effect]) -> list[str]:
    """Return every line in short, with its case: `T03@KR 07:30 opened`."""
    return [f"{name_of(line)} {brief(line)}" for line in lines_of(effects)]


def story_with_restarts(*items: Item, world: World) -> list[str]:
    """Judge a story with a takeover after each event and every now and then between them."""
    steps = journal(*items)
    events = {step.name for step in events_of(steps)}
    after = [number + 1 for number, step in enumerate(steps) if step.name in events]
    cuts = {*after, *range(0, len(steps), _MARKS_BETWEEN)}
    return brief_lines(judged_in_parts(steps, cuts, (0,), world))


def story_in_one_go(*items: Item, world: World) -> list[str]:
    """Judge a story by one worker; return every line in short."""
    return brief_lines(judge_into(PartitionState(0, world), journal(*items)))
