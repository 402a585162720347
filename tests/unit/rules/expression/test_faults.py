"""What is said when a name is unknown."""

import pytest

from streams.rules.expression.faults import EvaluationError, nearest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("quue", "did you mean queue?"),
        ("zzz", "expected one of kind, queue, source"),
    ],
)
def test_the_nearest_name_is_told(name: str, expected: str) -> None:
    """Or all of them, where none is near."""
    assert expected == nearest(name, ["queue", "kind", "source"])


def test_an_evaluation_error_has_a_fixed_reason() -> None:
    """It is a label of a metric."""
    assert ("evaluation", 1) == (EvaluationError.reason, EvaluationError.exit_code)
