"""Whoever guesses codes is not heard for a while."""

from streams.gate.guesses import Guesses

MINUTE_S = 60.0


def test_five_wrong_codes_within_a_quarter_of_an_hour_bar_a_telephone_for_another() -> None:
    """Until then it is heard, and another telephone always."""
    guesses = Guesses()
    for minute in range(5):
        assert not guesses.is_barred("a", minute * MINUTE_S)
        guesses.note("a", minute * MINUTE_S)
    barred = [guesses.is_barred("a", minute * MINUTE_S) for minute in (4, 18.9, 19)]
    assert [True, True, False] == barred
    assert not guesses.is_barred("b", 4 * MINUTE_S)


def test_wrong_codes_of_a_whole_day_bar_nobody() -> None:
    """People mistype."""
    guesses = Guesses()
    for minute in range(0, 600, 4):
        guesses.note("a", minute * MINUTE_S)
        assert not guesses.is_barred("a", minute * MINUTE_S)


def test_what_is_remembered_has_a_limit() -> None:
    """Of ever other numbers the one that guessed longest ago is forgotten."""
    guesses = Guesses()
    for number in range(10_005):
        for _ in range(5):
            guesses.note(str(number), 0.0)
    assert 10_000 == len(guesses)
    assert (False, True) == (guesses.is_barred("4", 0.0), guesses.is_barred("5", 0.0))
