"""The ledger of a Polsek as values: who counts as free, who can be proposed, what is short."""

from typing import Final

import pytest

from streams.domain.ids import AlertId
from streams.domain.strength import Balance, Duty, Incident, Loan, Posted, Strength

BOUND, ESCORTING, OFF = Duty.BOUND, Duty.ESCORTING, Duty.OFF_DUTY
MISSING, FREE = Duty.MISSING, Duty.FREE
CREW: Final = 2


def strength(*officers: tuple[str, str, Duty]) -> Strength:
    """Return the ledger of some officers: id, pair, what he is doing."""
    return Strength("Curup", tuple(Posted(*one) for one in officers))


def balance(duties: str, *sent: int, lent: tuple[int, ...] = ()) -> Balance:
    """Return a balance: `FFM` are two free ones and a missing one; `sent` is by incident."""
    words = {"F": FREE, "M": MISSING, "B": BOUND, "E": ESCORTING, "O": OFF}
    officers = ((str(number), "", words[one]) for number, one in enumerate(duties))
    asked = tuple(Incident(AlertId(f"3604-{n}"), "W01", CREW, one) for n, one in enumerate(sent))
    loans = tuple(Loan("Timur", count, None) for count in lent)
    return Balance(strength(*officers), asked, loans)


BALANCES: Final[dict[str, tuple[Balance, tuple[int, int, int, int, int]]]] = {
    "nothing is asked": (balance("FF"), (0, 2, 0, 0, 2)),
    "exactly enough": (balance("FF", 0), (2, 2, 0, 0, 0)),
    "one too few": (balance("F", 0), (2, 1, 1, 1, 0)),
    "who is missing counts as free, and is lent to nobody": (balance("FM"), (0, 2, 0, 0, 1)),
    "who is sent is asked for no more": (balance("FBO", 1), (1, 1, 0, 0, 0)),
    "more than a crew is no credit for others": (balance("F", 5, 0), (2, 1, 1, 1, 0)),
    "others lend some of it": (balance("", 0, 0, lent=(1, 2)), (4, 0, 4, 1, 0)),
    "others lend more than is short": (balance("F", 0, lent=(3,)), (2, 1, 1, 0, 0)),
    "with a box or off duty is not free": (balance("EO", 0), (2, 0, 2, 2, 0)),
}


@pytest.mark.parametrize(("made", "numbers"), BALANCES.values(), ids=BALANCES)
def test_what_is_asked_and_what_is_there(made: Balance, numbers: tuple[int, ...]) -> None:
    """Demand, free, shortfall, BKO to ask for, and what it could lend itself."""
    found = (made.demand, made.strength.free, made.shortfall, made.bko, made.spare)
    assert numbers == found


READY: Final[dict[str, tuple[Strength, tuple[str, ...]]]] = {
    "a pair is called by its name": (
        strength(("A1", "P01", FREE), ("A2", "P01", FREE)),
        ("P01",),
    ),
    "half a pair is an officer": (
        strength(("A1", "P01", FREE), ("A2", "P01", BOUND)),
        ("A1",),
    ),
    "a pair with one on duty is an officer": (
        strength(("A1", "P01", FREE), ("A2", "P01", OFF)),
        ("A1",),
    ),
    "who is off duty does not break a pair of three": (
        strength(("A1", "P01", FREE), ("A2", "P01", FREE), ("A3", "P01", OFF)),
        ("P01",),
    ),
    "nobody who is missing": (
        strength(("A1", "P01", MISSING), ("A2", "P01", FREE), ("N1", "", MISSING)),
        ("A2",),
    ),
    "pairs first, then officers": (
        strength(("A1", "", FREE), ("B1", "P02", FREE), ("B2", "P02", FREE)),
        ("P02", "A1"),
    ),
    "nobody with a box": (strength(("A1", "", ESCORTING)), ()),
}


@pytest.mark.parametrize(("made", "called"), READY.values(), ids=READY)
def test_who_can_be_proposed(made: Strength, called: tuple[str, ...]) -> None:
    """Pairs that are whole, and officers who stand alone."""
    assert called == made.ready


def test_a_ledger_has_every_officer_of_a_pair() -> None:
    """By pair, and without those who are in none."""
    made = strength(("A1", "P01", FREE), ("N1", "", FREE), ("A2", "P01", OFF))
    assert {"P01": ["A1", "A2"]} == {
        pair: [one.officer for one in members] for pair, members in made.pairs.items()
    }


def test_what_lenders_have_together() -> None:
    """Is their sum."""
    assert 3 == balance("", lent=(1, 2)).lendable
