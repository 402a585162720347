"""How far messages have come: remembered for the newest, and not for ever."""

from streams.sinks.unfinished import Unfinished


def test_what_has_gone_out_is_remembered_until_all_has() -> None:
    """Of each message for itself."""
    unfinished = Unfinished()
    unfinished.note("a", 1)
    unfinished.note("a", 2)
    assert (2, 0) == (unfinished.done("a"), unfinished.done("b"))
    unfinished.forget("a")
    unfinished.forget("b")
    assert 0 == unfinished.done("a")


def test_of_too_many_the_oldest_is_let_go() -> None:
    """Its first parts are read twice; memory stays as it is."""
    unfinished = Unfinished()
    for number in range(1_001):
        unfinished.note(str(number), 1)
    unfinished.note("1", 2)
    unfinished.note("one more", 1)
    assert (0, 2, 0, 1) == tuple(unfinished.done(key) for key in ("0", "1", "2", "one more"))
