"""When it is told that much is held."""

from streams.courier.held import Crowding


def test_much_is_told_when_it_begins() -> None:
    """Not again while it swings around a half, and again when it had become less."""
    crowding = Crowding()
    filled = [0.0, 0.49, 0.5, 0.51, 1.0, 0.45, 0.55, 0.39, 0.45, 0.5, 0.0]
    assert [0.5, 0.5] == [one for one in filled if crowding.begins(one)]
