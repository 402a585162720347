"""Measures, and prints the figures: `python -m tests.bench [--quick | --hot | --memory]`."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from msgspec import Struct

from streams.config import Role
from tests.bench.catch_up import Amounts, Round, measure_round
from tests.bench.country import small_country
from tests.bench.figures import figure_line, percentile
from tests.bench.hottest import hottest_lines, shown
from tests.bench.latency import Schedule, measure_latency
from tests.bench.memory import measure_memory
from tests.bench.processes import BenchError
from tests.bench.stage import Stage, say
from tests.support.kafka import Kafka, KafkaError

Figures = list[tuple[str, float]]


class Plan(Struct, frozen=True):
    """How much is measured."""

    amounts: Amounts
    rounds_max: int
    rounds_s: float
    """No round is begun that would probably end later than this."""
    latency: Schedule
    latency_rounds: int
    """Measured ones; before them comes one that is not, while the broker compiles itself."""


FULL: Final = Plan(
    amounts=Amounts(events=280_000, both_events=180_000, ordinary_s=8.0),
    rounds_max=3,
    rounds_s=240.0,
    latency=Schedule(warm_up_s=5.0, measured_s=16.0),
    latency_rounds=3,
)
QUICK: Final = Plan(
    amounts=Amounts(events=50_000, both_events=40_000, ordinary_s=3.0),
    rounds_max=1,
    rounds_s=60.0,
    latency=Schedule(warm_up_s=2.0, measured_s=4.0),
    latency_rounds=1,
)


def main() -> int:
    """Measure, and return the exit code."""
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute instead of some: rough")
    parser.add_argument("--hot", action="store_true", help="name the ten hottest lines instead")
    parser.add_argument("--memory", action="store_true", help="what a nation takes, instead")
    arguments = parser.parse_args()
    if arguments.hot:
        print("\n".join(shown(hottest_lines())))
        return 0
    if arguments.memory:
        for name, value in measure_memory():
            print(figure_line(name, value))
        return 0
    plan = QUICK if arguments.quick else FULL
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before anything is started")
    try:
        figures = _on_a_broker(plan, _measure_rates) + _on_a_broker(plan, _measure_latencies)
    except (BenchError, KafkaError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    for name, value in figures:
        print(figure_line(name, value))
    return 0


def _on_a_broker(plan: Plan, measure: Callable[[Stage, Plan], Figures]) -> Figures:
    """Measure on a broker of its own, that has nothing else to work off."""
    with (
        tempfile.TemporaryDirectory(prefix="siaga-bench-") as scratch,
        Kafka(is_measured=True) as kafka,
    ):
        return measure(_stage(Path(scratch), kafka), plan)


def _stage(scratch: Path, kafka: Kafka) -> Stage:
    country = small_country()
    folder = country.write(scratch / "election", f"{datetime.now(UTC):%Y-%m-%d}")
    say(f"Kafka is up; {len(country.tps):,} TPS, {len(country.officers):,} officers")
    return Stage(kafka.bootstrap, folder, scratch, country)


def _measure_rates(stage: Stage, plan: Plan) -> Figures:
    return _rates(_rounds(stage, plan))


def _measure_latencies(stage: Stage, plan: Plan) -> Figures:
    """Return medians over the rounds, and of the slowest hundredth also the worst round."""
    figures: Figures = []
    for name, roles in (("", (Role.ALL,)), ("two_processes_", (Role.INTAKE, Role.WATCH))):
        rounds: list[Sequence[float]] = []
        for number in range(plan.latency_rounds + 1):
            taken = measure_latency(stage, f"{name}latency{number}", roles, plan.latency)
            p50, p99 = (percentile(taken, percent) for percent in (50, 99))
            say(f"{name}latency of {len(taken)} lines: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
            rounds.append((p50, p99))
        p50s, p99s = zip(*rounds[1:], strict=True)
        figures += [
            (f"{name}latency_p50_ms", median(p50s)),
            (f"{name}latency_p99_ms", median(p99s)),
            (f"{name}latency_p99_worst_ms", max(p99s)),
        ]
    return figures


def _rounds(stage: Stage, plan: Plan) -> Sequence[Round]:
    """Measure in turns, so that a busy minute of the machine hits all alike."""
    rounds: list[Round] = []
    began = time.monotonic()
    while len(rounds) < plan.rounds_max:
        spent = time.monotonic() - began
        if rounds and spent + spent / len(rounds) > plan.rounds_s:
            say(f"time is up after {len(rounds)} rounds")
            break
        rounds.append(measure_round(stage, f"round{len(rounds) + 1}", plan.amounts))
    return rounds


def _rates(rounds: Sequence[Round]) -> Figures:
    """Return medians over the rounds; of a ratio, the median of the rounds' own ratios."""

    def middle(value: Callable[[Round], float]) -> float:
        return median(map(value, rounds))

    return [
        ("intake_events_per_s", middle(lambda one: one.intake.per_s)),
        ("watch_events_per_s", middle(lambda one: one.watch.per_s)),
        ("both_events_per_s", middle(lambda one: one.both.per_s)),
        ("ordinary_events_per_s", middle(lambda one: one.ordinary.per_s)),
        ("tuned_events_per_s", middle(lambda one: one.tuned.per_s)),
        ("watch_vs_faust", middle(lambda one: one.watch.per_s / one.ordinary.per_s)),
        ("both_vs_faust", middle(lambda one: one.both.per_s / one.ordinary.per_s)),
        ("watch_vs_tuned_faust", middle(lambda one: one.watch.per_s / one.tuned.per_s)),
        ("both_vs_tuned_faust", middle(lambda one: one.both.per_s / one.tuned.per_s)),
        ("intake_events_per_cpu_s", middle(lambda one: one.intake.per_cpu_s)),
        ("watch_events_per_cpu_s", middle(lambda one: one.watch.per_cpu_s)),
        ("both_events_per_cpu_s", middle(lambda one: one.both.per_cpu_s)),
        ("ordinary_events_per_cpu_s", middle(lambda one: one.ordinary.per_cpu_s)),
        ("tuned_events_per_cpu_s", middle(lambda one: one.tuned.per_cpu_s)),
        ("watch_vs_faust_cpu", middle(lambda one: one.watch.per_cpu_s / one.ordinary.per_cpu_s)),
        ("both_vs_faust_cpu", middle(lambda one: one.both.per_cpu_s / one.ordinary.per_cpu_s)),
        ("watch_vs_tuned_faust_cpu", middle(lambda one: one.watch.per_cpu_s / one.tuned.per_cpu_s)),
        ("both_vs_tuned_faust_cpu", middle(lambda one: one.both.per_cpu_s / one.tuned.per_cpu_s)),
    ]


if __name__ == "__main__":
    sys.exit(main())
