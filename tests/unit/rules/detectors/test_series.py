"""The detector `series`: what fell, and what went too fast."""

from itertools import permutations

import pytest
from msgspec.structs import replace

from streams.domain.events import Source
from streams.domain.forms import Form
from streams.domain.times import MINUTE_MS
from streams.domain.words import Role
from streams.rules.detectors.series import Fall, Hurry, PaceLimits, falls, falls_of_side, hurry
from tests.support.forms import corrected, form, ledger_of, ms

PTPS = Source("ptps", Role.PTPS)
PPK = Source("ppk", Role.PPK)
RED = Source("s1", Role.SAKSI, camp="merah")
PACE = PaceLimits()


def told(*numbers: int, source: Source | None = None) -> tuple[Form, ...]:
    """Return forms of one choice, a quarter of an hour apart."""
    return tuple(
        form({"01": number}, place * 15, source, final=False)
        for place, number in enumerate(numbers)
    )


@pytest.mark.parametrize(
    ("numbers", "fallen"),
    [
        ((58,), []),
        ((58, 93), []),
        ((58, 58), []),
        ((58, 93, 39), [(93, 39)]),
        ((93, 39, 60), [(93, 60)]),
        ((58, 93, 39, 92), [(93, 92)]),
        ((58, 93, 39, 93), []),
        ((58, 93, 39, 120), []),
        ((0, -1), [(0, -1)]),
    ],
)
def test_a_choice_has_fallen_until_it_has_as_many_again(
    numbers: tuple[int, ...], fallen: list[tuple[int, int]]
) -> None:
    """As many as the most that any earlier form had."""
    assert fallen == [(fall.peak, fall.now) for fall in falls_of_side(told(*numbers))]


def test_it_names_the_forms() -> None:
    """The first that had the most, and the latest."""
    forms = told(93, 93, 39)
    assert (Fall("01", 93, 39, forms[0], forms[2]),) == falls(ledger_of(*forms))


def test_choices_fall_apart_from_each_other() -> None:
    """Each by itself, in order; one that a form does not name says nothing of it."""
    forms = (
        form({"01": 9, "02": 9, "03": 9}, 1),
        form({"03": 3, "01": 3, "02": 12}, 2),
        form({"02": 13}, 3),
    )
    found = falls(ledger_of(*forms))
    assert [("01", 9, 3, "2"), ("03", 9, 3, "2")] == [
        (fall.choice, fall.peak, fall.now, fall.latest.id) for fall in found
    ]


def test_sides_are_not_compared_with_each_other() -> None:
    """That the supervisors count less is another rule's matter."""
    assert () == falls(ledger_of(form({"01": 9}, 1), form({"01": 3}, 2, PTPS)))


def test_one_side_is_one_series_whoever_sent_it() -> None:
    """The KPPS said 90, the PPK says 50."""
    assert 1 == len(falls(ledger_of(form({"01": 90}, 1), form({"01": 50}, 2, PPK))))


def test_falls_of_several_sides_stand_by_choice_then_by_precedence() -> None:
    """However they came."""
    forms = (
        *told(9, 3, source=RED),
        *told(9, 3),
        *(form({"00": number}, 60 - number, PTPS) for number in (9, 8)),
    )
    expected = [("00", "ptps"), ("01", "kpps"), ("01", "s1")]
    for order in (forms, forms[::-1]):
        found = [(fall.choice, fall.latest.source) for fall in falls(ledger_of(*order))]
        assert expected == found


@pytest.mark.parametrize(
    ("source", "fallen"), [(None, 0), (PPK, 0), (PTPS, 0), (RED, 1), (Source("w", Role.WARGA), 1)]
)
def test_a_correction_by_who_may_correct_begins_anew(source: Source | None, fallen: int) -> None:
    """A witness's takes the form's place and explains nothing."""
    wrong = form({"01": 900}, 1, source)
    right = corrected(form({"01": 90}, 2, source), wrong)
    for order in permutations((wrong, right)):
        assert fallen == len(falls(ledger_of(*order)))


def test_after_a_correction_it_may_fall_again() -> None:
    """What stood before it is not looked at any more, what follows is."""
    wrong = form({"01": 900}, 1)
    right = corrected(form({"01": 90}, 2), wrong)
    later = form({"01": 80}, 3)
    assert [(90, 80)] == [(fall.peak, fall.now) for fall in falls(ledger_of(wrong, right, later))]
    assert () == falls(ledger_of(wrong, right, replace(later, votes=(("01", 91),))))


def test_a_correction_ends_what_had_fallen() -> None:
    """Also one of a form that is not known here."""
    forms = told(93, 39)
    fix = replace(form({"01": 41}, 40), corrects="unseen")
    assert 1 == len(falls(ledger_of(*forms)))
    assert () == falls(ledger_of(*forms, fix))


# ── V05 ──────────────────────────────────────────────────────────────────────────────────────────


def paced(minute: float, valid: int, *, final: bool = False) -> Form:
    """Return a form of valid ballots alone."""
    return form({"01": valid}, minute, final=final)


@pytest.mark.parametrize(
    ("forms", "ballots"),
    [
        ((paced(0, 0), paced(5, 100)), None),
        ((paced(0, 0), paced(5, 101)), 101),
        ((paced(0, 0), paced(4.9, 300)), None),
        ((paced(0, 0), paced(4, 90), paced(8, 180)), 180),
        ((paced(0, 180), paced(8, 0)), None),
        ((paced(0, 0), replace(paced(5, 99), invalid=2)), 101),
    ],
)
def test_people_read_out_so_many_ballots_a_minute_and_no_more(
    forms: tuple[Form, ...], ballots: int | None
) -> None:
    """Over five minutes at least, between any two forms; invalid ones are read out as well."""
    found = hurry(forms, None, PACE)
    assert ballots == (found.ballots if found else None)


def test_the_start_of_the_count_is_a_form_without_ballots() -> None:
    """So the first form may be too fast as well."""
    one = paced(16, 130)
    assert Hurry(130, 6 * MINUTE_MS, ms(10), one) == hurry((one,), ms(10), PACE)
    assert hurry((one,), ms(9), PACE) is None
    assert hurry((one,), None, PACE) is None


@pytest.mark.parametrize(
    ("minute", "valid", "final", "hurried"),
    [
        (14, 100, True, True),
        (14, 99, True, False),
        (14, 100, False, False),
        (15, 100, True, False),
        (9, 100, True, False),
    ],
)
def test_a_final_form_takes_its_time(
    minute: float, valid: int, *, final: bool, hurried: bool
) -> None:
    """A hundred ballots within five minutes of the start; before it is no haste but disorder."""
    assert hurried == (hurry((paced(minute, valid, final=final),), ms(10), PACE) is not None)


def test_the_first_that_came_too_soon_is_named() -> None:
    """With the shortest span that shows it; what was taken back is not looked at."""
    forms = (paced(0, 0), paced(10, 400), paced(20, 900))
    assert Hurry(400, 10 * MINUTE_MS, ms(0), forms[1]) == hurry(forms, None, PACE)
    fixed = (forms[0], forms[1], corrected(paced(20, 40), forms[1]))
    assert hurry(fixed, None, PACE) is None
