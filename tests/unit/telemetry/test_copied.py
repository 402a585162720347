"""What another thread is changing is copied in one go, or again."""

from collections.abc import Iterator

from streams.telemetry.copied import copied


def test_a_table_that_grows_while_it_is_copied_is_copied_again() -> None:
    """The asking comes from another thread, in the middle of a judgment."""
    table = {"first": 1}
    others = iter(["second", "third"])

    def walk() -> Iterator[str]:
        for key in table:
            if (other := next(others, None)) is not None:
                table[other] = 1
            yield key

    assert ("first", "second", "third") == copied(walk)


def test_a_table_that_grows_for_ever_is_not_waited_for() -> None:
    """It is asked again in a few seconds."""
    table = {0: 0}

    def walk() -> Iterator[int]:
        for key in table:
            table[len(table)] = 1
            yield key

    assert () == copied(walk)
