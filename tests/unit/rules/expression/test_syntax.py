"""Paths: one spelling for each, however it was written."""

import pytest

from streams.rules.expression.parser import parse
from streams.rules.expression.syntax import path_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event", "event"),
        ("(event) . source.id", "event.source.id"),
        ("votes['01']", 'votes["01"]'),
        ('votes["\\x30\\x31"]', 'votes["01"]'),
        ("votes[ event.contest ]", "votes[event.contest]"),
        ("xs[-1].a", "xs[-1].a"),
        (r"votes['a\"b\\']", r'votes["a\"b\\"]'),
        ("votes['a' + 'b']", None),
        ("f(x).a", None),
        ("xs[f(x)]", None),
    ],
)
def test_paths_are_spelt_one_way(text: str, expected: str | None) -> None:
    """So that a guard is known again; what is computed is no path."""
    assert expected == path_of(parse(text))


def test_no_key_spells_another_path() -> None:
    """A quote in a key stays in the key."""
    assert path_of(parse(r"""m['a"].b["c']""")) != path_of(parse("""m["a"].b["c"]"""))
