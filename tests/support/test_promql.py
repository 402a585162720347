"""What is read of PromQL: no selector is overlooked, nothing else is taken for one."""

import pytest

from tests.support.promql import armed, milliseconds, selectors, shortened, words


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("up", ["up"]),
        ("sum without(instance) (rate(a_total[5m])) / b", ["a_total", "b"]),
        ('a{x="{,}",y=~"p|q"} > 3 and on (x) b', ['a{x = "{,}", y =~ "p|q"}', "b"]),
        ("a or a", ["a"]),
        ("max by (job) (a) * on (job) group_left (version) b_info", ["a", "b_info"]),
        ("histogram_quantile(0.9, sum by (le) (a:b:rate5m))", ["a:b:rate5m"]),
        ('absent({job="x"})', ['{job = "x"}']),
        ("count_values('v', a) # b", ["a"]),
        ("vector(1)", []),
        ("time() - a offset 5m", ["a"]),
        ("a[5m:10s] @ end() == bool Inf", ["a"]),
        ("sum(a) by (job)", ["a"]),
    ],
)
def test_the_selectors_of_an_expression(expression: str, expected: list[str]) -> None:
    """Functions, aggregations, labels, strings and comments are none."""
    assert expected == selectors(expression)


@pytest.mark.parametrize("expression", ["a{x=~'$kabupaten'", "rate(a[$__interval])", "a ; b"])
def test_what_is_no_promql_is_refused(expression: str) -> None:
    """A variable that was not filled in and a bracket that stays open are told."""
    with pytest.raises(ValueError, match=r"expected PromQL|is not closed"):
        selectors(expression)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [("5m", 300_000), ("1h30m", 5_400_000), ("100ms", 100), ("1w", 7 * 86_400_000)],
)
def test_a_duration_in_milliseconds(duration: str, expected: int) -> None:
    """As Prometheus counts them."""
    assert expected == milliseconds(duration)


@pytest.mark.parametrize("duration", ["", "5", "m", "5m3"])
def test_what_is_no_duration_is_refused(duration: str) -> None:
    """A number alone has no unit."""
    with pytest.raises(ValueError, match="expected a duration"):
        milliseconds(duration)


def test_durations_are_shortened_and_numbers_are_not() -> None:
    """In ranges, subqueries and offsets alike; a label's value is left alone."""
    before = 'max_over_time(rate(a{x="5m"}[5m])[1h:1m] offset 10m) > 300'
    after = 'max_over_time(rate(a{x = "5m"}[30000ms])[360000ms : 6000ms] offset 60000ms) > 300'
    assert words(after) == words(shortened(before, 10))


def test_comparisons_answer_instead_of_leaving_out() -> None:
    """Those between series, not those in selectors; what answers already is left alone."""
    before = 'a{x!="1"} > 3 and (b == bool 1) unless c <= d'
    assert words('a{x!="1"} > bool 3 and (b == bool 1) or c <= bool d') == words(armed(before))


def test_what_is_absent_is_counted() -> None:
    """So it is seen whether it would have been found."""
    assert words('count(up{job="x"}) == bool 1') == words(armed('absent(up{job="x"}) == 1'))
