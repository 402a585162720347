"""The detector `score` where a person has checked a report: nothing else is asked of it."""

from msgspec.structs import replace

from streams.rules.detectors.score import ScoreState, add, quiet_from, reaches, withdraw
from streams.rules.evidence import Item
from tests.unit.rules.detectors.test_score import LIMITS, added, item, ms


def checked(minute: float, by: str) -> Item:
    """Return a voice of no weight that a person has checked."""
    return replace(item(minute, by, 0.0), checked=True)


def test_what_was_checked_is_enough_whatever_is_asked() -> None:
    """Neither weight, voices, classes, an office nor a paper; quiet counts from the check."""
    strict = replace(LIMITS, voices_min=2, classes_min=2, official=True, documented=True)
    after, held, best = add(ScoreState(), checked(0, "a"), strict, ms(50))
    assert (held, True, ms(50)) == (best, after.holding, quiet_from(after, 0))
    assert best.checked
    assert not reaches(best, strict)


def test_what_was_checked_is_enough_however_old_it_is() -> None:
    """Alone, where nothing holds; with what holds already, where something does."""
    state, _ = added(item(40, "b"))
    _, held, _ = add(state, checked(0, "a"), LIMITS, ms(41))
    assert held is not None
    assert ["a0"] == [one.id for one in held.items]
    state, _ = added(item(40, "b", 3.0))
    _, held, _ = add(state, checked(0, "a"), LIMITS, ms(41))
    assert held is not None
    assert ["a0", "b40"] == [one.id for one in held.items]


def test_what_is_left_is_enough_if_a_person_has_checked_it() -> None:
    """And nothing holds any more when that is taken back as well."""
    state, _ = added(checked(0, "a"), item(1, "b"))
    left, over = withdraw(state, "b", "b1", LIMITS)
    assert (True, False) == (left.holding, over)
    left, over = withdraw(left, "a", "a0", LIMITS)
    assert (False, True) == (left.holding, over)
