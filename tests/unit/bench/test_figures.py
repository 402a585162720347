"""Properties of the arithmetic: rates, percentiles, lines."""

import pytest

from tests.bench.figures import (
    Rate,
    Sample,
    figure_line,
    parse_sample,
    percentile,
    progress_line,
    rate_between,
)


def samples(*judged: int) -> list[Sample]:
    """Return samples half a second apart; the process uses half of a processor."""
    return [Sample(10 + i / 2, 0, count, i / 4) for i, count in enumerate(judged)]


def rate(start: int, end: int, *judged: int) -> Rate:
    """Return the rate of samples half a second apart."""
    taken = samples(*judged)
    return rate_between(taken, [sample.judged for sample in taken], start, end)


def test_a_rate_is_work_by_time() -> None:
    """Waiting before the start and idling after the end do not count."""
    assert Rate(200.0, 1.5, 400.0) == rate(50, 400, 0, 0, 0, 100, 200, 300, 400, 400, 400)


def test_the_warm_up_is_not_measured() -> None:
    """A beginning that crawls leaves the rate as it is."""
    assert 600.0 == rate(100, 1_000, 0, 1, 2, 3, 100, 400, 700, 1_000).per_s


def test_marks_behind_the_end_are_not_measured() -> None:
    """After the work only the clock's marks come; they would make it look slow."""
    assert 200.0 == rate(50, 400, 0, 100, 200, 300, 400, 401, 402, 403).per_s


def test_work_that_is_not_finished_is_measured_up_to_its_last_step() -> None:
    """The ordinary agent is stopped in the middle."""
    assert 200.0 == rate(50, 1_000_000, 0, 100, 200, 300, 300, 300).per_s


@pytest.mark.parametrize("judged", [(), (0,), (0, 0, 0), (0, 0, 500), (0, 500, 501)])
def test_without_two_steps_nothing_is_measured(judged: tuple[int, ...]) -> None:
    """Better no figure than one that is an accident of the sampling."""
    with pytest.raises(ValueError, match="nothing was measured"):
        rate(1, 500, *judged)


def test_a_sample_survives_its_line() -> None:
    """What the process says is what is read."""
    sample = Sample(1234.5, 7, 1_000_000, 3.25)
    assert sample == parse_sample(progress_line(sample))


@pytest.mark.parametrize("line", ["", "hello", "PROGRESS 1 2", "SOMETHING 1 2 3 4"])
def test_other_output_is_no_sample(line: str) -> None:
    """Libraries may say what they like."""
    assert parse_sample(line) is None


@pytest.mark.parametrize(("percent", "expected"), [(50, 50.0), (99, 99.0), (100, 100.0), (0, 1.0)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, expected: float) -> None:
    """Of 1 to 100 the 99th percentile is 99: nearest rank, nothing made up in between."""
    assert expected == percentile(map(float, range(100, 0, -1)), percent)


@pytest.mark.parametrize(
    ("value", "text"), [(45_296.4, "45296"), (1_000.0, "1000"), (8.123, "8.12"), (99.999, "100.00")]
)
def test_a_figure_is_a_line(value: float, text: str) -> None:
    """Nobody needs the thousandth part of a rate."""
    assert f"figure watch {text}" == figure_line("watch", value)
