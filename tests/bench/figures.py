"""The arithmetic of the measurements, apart from everything that measures."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = [
    "Rate",
    "Sample",
    "figure_line",
    "parse_sample",
    "percentile",
    "progress_line",
    "rate_between",
]

PROGRESS: Final = "PROGRESS"
"""First word of the line by which a process under measurement says how far it is."""


class Sample(NamedTuple):
    """How far a process was at a moment."""

    at_s: float
    """By the machine's monotonic clock, which all its processes share."""
    taken: int
    """Input records whose journal records are acknowledged."""
    judged: int
    """Journal records whose state is acknowledged; of an ordinary agent: events processed."""
    cpu_s: float
    """Processor time that the process has used."""


class Rate(NamedTuple):
    """What a run of samples comes to."""

    per_s: float
    seconds: float
    """How long was measured."""
    per_cpu_s: float
    """The same by the processor time of the process: others on the machine change it little."""


def progress_line(sample: Sample) -> str:
    """Return a sample as a line of output."""
    return f"{PROGRESS} {sample.at_s:.4f} {sample.taken} {sample.judged} {sample.cpu_s:.3f}\n"


def parse_sample(line: str) -> Sample | None:
    """Read a line of output; None: it is another one."""
    match line.split():
        case [word, at, taken, judged, cpu] if word == PROGRESS:
            return Sample(float(at), int(taken), int(judged), float(cpu))
        case _:
            return None


def rate_between(samples: Sequence[Sample], counts: Sequence[int], start: int, end: int) -> Rate:
    """Return the slope of `counts` from the first that reaches `start` to the first at `end`.

    A count moves in steps (a round, a checkpoint), so both ends are taken where it has just moved.

    Args:
        samples: In order.
        counts: What is counted, one for each sample, never falling.
        start: Where the warm-up ends.
        end: Where the work ends; if it is never reached, the last step counts as the end.

    Raises:
        ValueError: The counts have not moved twice between them: nothing was measured.
    """
    steps = [i for i, (before, after) in enumerate(pairwise(counts), 1) if after > before]
    last = next((i for i in steps if counts[i] >= end), steps[-1] if steps else 0)
    first = next((i for i in steps if counts[i] >= start), last)
    if first >= last:
        raise ValueError(f"nothing was measured: {len(steps)} steps up to {max(counts, default=0)}")
    done = counts[last] - counts[first]
    seconds = samples[last].at_s - samples[first].at_s
    cpu_s = samples[last].cpu_s - samples[first].cpu_s
    return Rate(done / seconds, seconds, done / cpu_s if cpu_s else math.inf)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the smallest value that so many percent of all are not above (nearest rank)."""
    ordered = sorted(values)
    assert ordered, "of nothing there is no percentile"
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def figure_line(name: str, value: float) -> str:
    """Return a result as a line: large numbers whole, small ones with two digits."""
    text = f"{value:.0f}" if value >= 1_000 else f"{value:.2f}"
    return f"figure {name} {text}"
