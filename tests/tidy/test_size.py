"""Nothing grows past what one can read in a sitting."""

import pytest

from tests.tidy.functions import BODY_LINES_P90_MAX, Measured, measure, oversized, p90
from tests.tidy.tree import complaints, python_sources, under


def test_modules_and_functions_are_small() -> None:
    """Modules have at most 300 lines, bodies 40, functions 5 parameters."""
    assert "" == complaints(oversized, python_sources())


def test_most_bodies_are_very_small() -> None:
    """Nine of ten functions of the product have a body of at most 20 lines."""
    bodies = [
        found.body_lines
        for source in under("streams", suffix=".py")
        for found in measure(source.text)
    ]
    assert p90(bodies) <= BODY_LINES_P90_MAX


def test_a_docstring_is_not_counted() -> None:
    """Only what runs counts as body."""
    text = 'def f(a, *b):\n    """Say.\n\n    More.\n    """\n    x = 1\n    return x\n'
    assert [Measured("f", 1, 2, 2)] == measure(text)


def test_self_is_no_parameter() -> None:
    """A method may have five parameters besides the object."""
    text = "class C:\n    def f(self, a, b, c, d, *, e): ...\n"
    assert [] == oversized(text)


def test_a_wide_function_is_refused() -> None:
    """Six parameters are one too many, keyword or not."""
    text = "def f(a, b, c, d, e, *, g): ...\n"
    assert ["1: f has 6 parameters, at most 5"] == oversized(text)


def test_a_long_body_is_refused() -> None:
    """Forty-one lines are one too many."""
    text = "def f():\n" + "    x = 1\n" * 41
    assert ["1: body of f has 41 lines, at most 40"] == oversized(text)


def test_a_long_module_is_refused() -> None:
    """Three hundred and one lines are one too many."""
    assert ["1: 301 lines, at most 300"] == oversized("x = 1\n" * 301)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([], 0), ([7], 7), (list(range(1, 11)), 9), ([1] * 9 + [99], 1), ([1] * 8 + [99] * 2, 99)],
)
def test_p90_is_the_size_nine_of_ten_do_not_exceed(sizes: list[int], expected: int) -> None:
    """One long function in ten is let pass, two are not."""
    assert expected == p90(sizes)
