"""Facts: what an outcome tells, also when it is a failure."""

from streams.rules.expression.guards import (
    NEVER_FAILS,
    Known,
    after_false,
    after_true,
    asked,
    both,
    choice,
    either,
    is_known,
    negated,
    strict,
)

A, B = frozenset({"a"}), frozenset({"b"})
NONE: frozenset[str] = frozenset()
FAILS = Known(when_error=NONE)
HAS_A, HAS_B = asked(A, NEVER_FAILS), asked(B, NEVER_FAILS)


def test_both_are_there_when_both_hold() -> None:
    """And when it fails, since none of the two can."""
    assert Known(A | B, NONE, None) == both((HAS_A, HAS_B))


def test_a_question_that_fails_lets_its_path_be_read() -> None:
    """Who reads it fails in the same place."""
    assert Known(A, NONE, A) == asked(A, FAILS)


def test_what_fails_in_front_does_not_hide_a_guard() -> None:
    """Whether the first failed or held, the second held when the third is read."""
    assert A == after_true(both((FAILS, HAS_A)))
    assert A == after_true(both((HAS_A, FAILS)))


def test_what_can_fail_instead_of_asking_is_no_guard() -> None:
    """The branch that asks may not have been reached."""
    asks = choice(FAILS, HAS_A, Known(when_true=None))
    assert A == asks.when_true
    assert NONE == after_true(asks)


def test_one_of_two_tells_nothing_when_it_holds() -> None:
    """When neither holds, each of the two does not."""
    assert Known(NONE, NONE, None) == either((HAS_A, HAS_B))
    assert Known(NONE, A | B, None) == either((negated(HAS_A), negated(HAS_B)))
    assert A | B == after_false(either((negated(HAS_A), negated(HAS_B))))


def test_an_operation_fails_when_a_part_does() -> None:
    """Then it tells nothing."""
    assert NEVER_FAILS == strict((HAS_A, HAS_B))
    assert FAILS == strict((HAS_A, FAILS))
    assert FAILS == strict((HAS_A,), may_fail=True)


def test_where_nobody_comes_everything_is_known() -> None:
    """What follows `false &&` is never read."""
    assert is_known("a", after_true(Known(when_true=None)))
    assert is_known(None, None)
    assert not is_known(None, A)
    assert not is_known("b", A)
