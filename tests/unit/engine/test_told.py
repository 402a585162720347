"""Stories of lines that were told already."""

import pytest

from streams.engine.told import Told, line_identity
from tests.unit.engine.engine_parts import line


def test_a_line_is_named_by_its_record_and_number() -> None:
    """Both stand in its headers, whatever else does."""
    headers = (("partition", b"3"), *line(12, 2).headers)
    assert line_identity(headers) == (12, 2)


@pytest.mark.parametrize("headers", [(("offset", b"1"),), (("offset", None), ("n", b"0"))])
def test_a_line_without_identity_is_a_mistake_of_ours(
    headers: tuple[tuple[str, bytes | None], ...],
) -> None:
    """Nobody else writes lines."""
    with pytest.raises((KeyError, AssertionError)):
        line_identity(headers)


def test_only_what_was_told_is_told_already() -> None:
    """Another line of the same record is another line."""
    told = Told()
    told.add(5, 0)
    assert told.has(line(5, 0).headers)
    assert not told.has(line(5, 1).headers)
    assert not told.has(line(6, 0).headers)


def test_behind_the_last_one_nothing_is_left() -> None:
    """Once the replay has passed the last told record, memory is empty."""
    told = Told()
    told.add(5, 0)
    told.add(8, 1)
    told.pass_by(7)
    assert len(told) == 2
    told.pass_by(8)
    assert len(told) == 0
    assert not told.has(line(8, 1).headers)
