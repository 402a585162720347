"""Lines as they are told, with their links of the chain, for tests that verify them."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from streams.cli.told_lines import FoundLine
from streams.engine.ports import Entry, Output
from streams.fold import PartitionFold
from streams.judge.world import World
from streams.pipeline import Step
from streams.wire.journal import encode_record
from streams.wire.told import ToldLine

__all__ = ["changed", "found", "judged_lines", "told_line", "told_of"]


def judged_lines(steps: Iterable[Step], world: World, partition: int = 0) -> list[ToldLine]:
    """Return the lines that a worker tells of a journal."""
    fold = PartitionFold(partition, world)
    return [
        told_of(output)
        for step in steps
        for output in fold.judge(
            Entry(
                partition,
                int(step.name.partition(":")[2]),
                step.appended_at,
                encode_record(step.record),
            )
        )
        if output.line
    ]


def told_of(output: Output) -> ToldLine:
    """Return a line that is to be written as one that was."""
    words = {name: (value or b"").decode() for name, value in output.headers}
    return told_line(
        (int(words["partition"]), int(words["offset"]), int(words["n"])),
        output.value or b"",
        words["chain"],
        restricted="restricted" in output.topic,
    )


def told_line(
    place: tuple[int, int, int], value: bytes, chain: str, *, restricted: bool = False
) -> ToldLine:
    """Return a line as an export has it."""
    return ToldLine(*place, chain, restricted, msgspec.Raw(value))


def changed(line: ToldLine, old: bytes, new: bytes) -> ToldLine:
    """Return a line with some of its bytes replaced, which must be there."""
    assert old in line.value
    return replace(line, line=msgspec.Raw(line.value.replace(old, new)))


def found(lines: Sequence[ToldLine]) -> list[FoundLine]:
    """Return lines as they are found in a file."""
    return [FoundLine(line, "day", f"day:{number}") for number, line in enumerate(lines, 1)]
