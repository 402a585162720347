"""A recorded day as the fold judges it, in the words that can be compared with another judge's."""

from collections.abc import Iterable

from streams.domain.effects import Line, Rejected
from streams.replay import BadLine, Judged, Replay
from streams.setup import Setup
from streams.territory.zone import offset_minutes
from streams.wire.outputs import transition

__all__ = ["judged"]


def judged(setup: Setup, day: Iterable[str]) -> tuple[list[str], set[tuple[int, str]]]:
    """Return the lines of a day as the fold tells them, and (line, reason) of each dead letter."""
    replay = Replay(setup.world, setup.acceptor)
    outcomes: list[BadLine | Judged] = []
    for number, line in enumerate(day, start=1):
        outcomes += replay.take(number, line.encode())
    outcomes += replay.finish()
    lines, dead = list[str](), set[tuple[int, str]]()
    for outcome in outcomes:
        if isinstance(outcome, BadLine):
            dead.add((outcome.number, outcome.reason))
            continue
        for effect in outcome.effects:
            if isinstance(effect, Line):
                lines.append(transition(effect, offset_minutes(effect.alert)).decode())
            elif isinstance(effect, Rejected):
                dead.add((outcome.number, effect.reason))
    return lines, dead
