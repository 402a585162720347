"""The detector `contradiction`: who says something else than whom."""

from itertools import permutations

import pytest

from streams.domain.events import Source
from streams.domain.times import MINUTE_MS
from streams.domain.words import Role
from streams.rules.detectors.contradiction import (
    clash,
    clashes,
    finals,
)
from tests.support.forms import corrected, form, ledger_of

PTPS = Source("ptps", Role.PTPS)
RED = Source("s1", Role.SAKSI, camp="merah")
BLUE = Source("s2", Role.SAKSI, camp="biru")
HALF_HOUR = 30 * MINUTE_MS


def test_forms_that_agree_do_not_clash() -> None:
    """Whoever sent them, and whenever."""
    votes = {"01": 120, "02": 98}
    assert clash(form(votes), form(votes, 5, PTPS)) is None


@pytest.mark.parametrize(
    ("one", "other", "choices", "changes_winner"),
    [
        ({"01": 120, "02": 98}, {"01": 121, "02": 98}, ("01",), False),
        ({"01": 120, "02": 98}, {"01": 98, "02": 120}, ("01", "02"), True),
        ({"01": 321, "02": 321}, {"01": 321, "02": 320}, ("02",), True),
        ({"01": 5, "02": 5}, {"01": 6, "02": 6}, ("01", "02"), False),
        ({"01": 5, "02": 5, "03": 1}, {"01": 5, "02": 4, "03": 5}, ("02", "03"), True),
    ],
)
def test_what_differs_is_named(
    one: dict[str, int], other: dict[str, int], choices: tuple[str, ...], *, changes_winner: bool
) -> None:
    """A tie has several winners, and must have the same on both sides."""
    found = clash(form(one), form(other, 1, PTPS))
    assert found is not None
    assert (choices, changes_winner) == (found.choices, found.changes_winner)


def test_both_are_named_with_their_winners() -> None:
    """Neither is believed more."""
    ours, theirs = form({"01": 321, "02": 318}), form({"01": 321, "02": 321}, 1, BLUE)
    found = clash(ours, theirs)
    assert found is not None
    assert (ours, theirs, ("01",), ("01", "02")) == (
        found.one,
        found.other,
        found.winners,
        found.other_winners,
    )


def test_a_choice_that_one_does_not_name_is_not_compared() -> None:
    """Nor does it win: it may have more votes than both."""
    whole, part = form({"01": 5, "02": 9}), form({"01": 6}, 1, PTPS)
    found = clash(whole, part)
    assert found is not None
    assert (("01",), False) == (found.choices, found.changes_winner)
    assert clash(whole, form({"01": 5}, 1, PTPS)) is None
    assert clash(form({"01": 5}), form({"02": 5}, 1, PTPS)) is None


def test_every_two_are_compared() -> None:
    """Three that all differ make three pairs, in order; two that agree make none."""
    forms = [form({"01": votes}, 0, side) for votes, side in ((1, None), (2, PTPS), (3, RED))]
    pairs = [(found.one.source, found.other.source) for found in clashes(tuple(forms))]
    assert [("kpps", "ptps"), ("kpps", "s1"), ("ptps", "s1")] == pairs
    assert () == clashes(())


def test_finals_are_those_of_organisers_supervisors_and_each_camp() -> None:
    """Not of the police, who guard, nor of citizens, who watch."""
    sources = (
        Source("kpps", Role.KPPS),
        PTPS,
        RED,
        BLUE,
        Source("p", Role.PAM_TPS),
        Source("w", Role.WARGA),
    )
    forms = [form({"01": 1}, 0, source) for source in sources]
    for order in (forms, forms[::-1]):
        names = [one.source for one in finals(ledger_of(*order))]
        assert ["kpps", "ptps", "s2", "s1"] == names


def test_a_side_that_counts_on_has_no_final_form() -> None:
    """Its latest form counts, and that is provisional."""
    ours, later = form({"01": 1}, 1), form({"01": 2}, 2, final=False)
    assert () == finals(ledger_of(later, ours))
    assert (ours,) == finals(ledger_of(ours))


def test_it_is_over_when_a_correction_agrees() -> None:
    """Whatever came first."""
    ours, theirs = form({"01": 120}, 1), form({"01": 118}, 2, PTPS)
    fix = corrected(form({"01": 118}, 3), ours)
    assert 1 == len(clashes(finals(ledger_of(ours, theirs))))
    for order in permutations((ours, theirs, fix)):
        assert () == clashes(finals(ledger_of(*order)))
