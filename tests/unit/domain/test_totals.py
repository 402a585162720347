"""Totals of a contest: what is in them, what is held back, what is missing."""

import msgspec
import pytest
from msgspec.structs import replace as changed

from streams.domain.forms import Form
from streams.domain.ids import AreaCode
from streams.domain.totals import (
    FORM_VOTES_MAX,
    Entry,
    Row,
    Totals,
    Worksheet,
    nothing_counted,
    replace,
    single,
    worksheet,
)
from tests.support.forms import form

DESA = "36.04.17.2010"
TPS1, TPS2, TPS3 = (AreaCode(f"{DESA}-00{number}") for number in (1, 2, 3))
EMPTY = nothing_counted(("02", "01"), (300, 250, 200))
FIRST = Entry(form({"01": 120, "02": 98}), held=False)
SECOND = Entry(form({"01": 70, "02": 80}, final=False), held=False)
WRONG = Entry(form({"01": 3_514_615, "02": 98}), held=True)


def test_before_the_first_form_everything_is_missing() -> None:
    """Every choice has no vote yet, in order."""
    assert Totals((("01", 0), ("02", 0)), 0, tps_all=3, dpt_all=750) == EMPTY
    assert (3, 750, False) == (EMPTY.tps_missing, EMPTY.dpt_missing, EMPTY.is_final)


def test_forms_are_added_up() -> None:
    """Votes, valid ones, TPS and their voters."""
    totals = replace(replace(EMPTY, 300, None, FIRST), 250, None, SECOND)
    assert (("01", 190), ("02", 178)) == totals.votes
    assert (368, 2, 550, 1) == (
        totals.valid,
        totals.tps_counted,
        totals.dpt_counted,
        totals.tps_final,
    )
    assert (1, 200) == (totals.tps_missing, totals.dpt_missing)


def test_what_the_form_says_is_valid_is_added() -> None:
    """Even where its votes add up to something else: that is another rule's matter."""
    entry = Entry(changed(FIRST.form, valid=220), held=False)
    assert 220 == replace(EMPTY, 300, None, entry).valid


def test_a_held_form_is_in_no_total() -> None:
    """It is neither counted nor missing, and what it claims stands apart."""
    totals = replace(EMPTY, 300, None, WRONG)
    assert (EMPTY.votes, 0, 0, 0) == (
        totals.votes,
        totals.valid,
        totals.tps_counted,
        totals.tps_final,
    )
    assert (1, 300, 3_514_713) == (totals.tps_held, totals.dpt_held, totals.votes_held)
    assert (2, 450) == (totals.tps_missing, totals.dpt_missing)


def test_a_held_form_claims_nothing_below_nought() -> None:
    """A negative one would hide what another claims."""
    negative = Entry(form({"01": -5}), held=True)
    assert 0 == replace(EMPTY, 300, None, negative).votes_held


@pytest.mark.parametrize("before", [FIRST, SECOND, WRONG])
@pytest.mark.parametrize("after", [FIRST, SECOND, WRONG])
def test_a_form_takes_the_place_of_another(before: Entry, after: Entry) -> None:
    """As if the other had never been there."""
    twice = replace(replace(EMPTY, 300, None, before), 300, before, after)
    assert replace(EMPTY, 300, None, after) == twice
    assert EMPTY == replace(twice, 300, after, None)


def test_a_form_that_is_put_right_is_counted() -> None:
    """The same form, once the plan allows its numbers."""
    totals = replace(EMPTY, 300, None, changed(FIRST, held=True))
    freed = replace(totals, 300, changed(FIRST, held=True), FIRST)
    assert replace(EMPTY, 300, None, FIRST) == freed


def test_all_are_final_only_when_every_tps_is_counted_by_a_final_form() -> None:
    """A provisional one, a held one or none is not enough; nor is an area without a TPS."""
    area = nothing_counted(("01", "02"), (300, 250))
    one = replace(area, 300, None, FIRST)
    thirds = (None, SECOND, WRONG, FIRST)
    assert [False, False, False, True] == [
        replace(one, 250, None, third).is_final for third in thirds
    ]
    assert not nothing_counted(("01",), ()).is_final


def test_a_choice_that_a_form_does_not_name_has_no_votes_of_it() -> None:
    """The others have theirs."""
    totals = replace(EMPTY, 300, None, Entry(form({"02": 7}), held=False))
    assert ((("01", 0), ("02", 7)), 7) == (totals.votes, totals.valid)


def test_no_form_makes_totals_that_cannot_be_saved() -> None:
    """Whatever a form says that tells votes alone; and it can be taken out again."""
    huge = Entry(form({"01": (1 << 63) - 1, "02": -(1 << 63)}, final=False), held=False)
    totals = EMPTY
    for dpt in (300, 250, 200):
        totals = replace(totals, dpt, None, huge)
    assert (("01", 3 * FORM_VOTES_MAX), ("02", -3 * FORM_VOTES_MAX)) == totals.votes
    assert totals == msgspec.msgpack.decode(msgspec.msgpack.encode(totals), type=Totals)
    for dpt in (300, 250, 200):
        totals = replace(totals, dpt, huge, None)
    assert EMPTY == totals


def test_more_forms_than_tps_are_a_mistake_of_ours() -> None:
    """Somebody forgot to take the old form out."""
    area = nothing_counted(("01", "02"), (300,))
    with pytest.raises(AssertionError):
        replace(replace(area, 300, None, FIRST), 300, None, FIRST)


def test_one_tps_has_totals_of_its_own() -> None:
    """Counted or held."""
    totals = single(FIRST, 300)
    assert (FIRST.form.votes, 218, True) == (totals.votes, totals.valid, totals.is_final)
    assert (1, False) == (single(WRONG, 300).tps_held, single(WRONG, 300).is_final)


# ── The worksheet of a tie ───────────────────────────────────────────────────────────────────────


def station(tps: AreaCode, dpt: int, one: int, two: int) -> tuple[AreaCode, int, Form]:
    """Return a TPS with the votes of two, and three of somebody who is not tied."""
    return tps, dpt, form({"01": one, "02": two, "03": 3})


def test_the_tps_with_most_voters_decides() -> None:
    """Kendalasem: 321 to 321, DPT 591 and 566 (how the votes lay over the two is ours)."""
    sheet = worksheet(("01", "02"), [station(TPS1, 566, 170, 149), station(TPS2, 591, 151, 172)])
    rows = (
        Row(TPS2, 591, (("01", 151), ("02", 172)), decides=True),
        Row(TPS1, 566, (("01", 170), ("02", 149)), decides=False),
    )
    assert Worksheet(("01", "02"), rows, "02") == sheet
    assert [321, 321] == [sum(dict(row.votes)[choice] for row in rows) for choice in ("01", "02")]


@pytest.mark.parametrize(
    "stations",
    [
        [station(TPS1, 240, 120, 120)],
        [station(TPS1, 240, 120, 119)],
        [station(TPS1, 300, 100, 90), station(TPS2, 300, 90, 100)],
        [station(TPS1, 300, 90, 90), station(TPS2, 200, 80, 80)],
        [],
    ],
    ids=["Banjar 120:120", "one TPS", "two as large", "a tie in the largest", "none"],
)
def test_where_the_rule_does_not_say_nobody_is_named(
    stations: list[tuple[AreaCode, int, Form]],
) -> None:
    """The organisers decide, and have the rows."""
    sheet = worksheet(("01", "02"), stations)
    assert ("", len(stations)) == (sheet.first, len(sheet.rows))


def test_who_is_not_tied_is_not_looked_at() -> None:
    """Even if they lead in the deciding TPS; who is not named there has none."""
    stations = [(TPS1, 500, form({"01": 4, "03": 99})), station(TPS2, 400, 1, 5)]
    sheet = worksheet(("01", "02"), stations)
    assert ("01", (("01", 4), ("02", 0))) == (sheet.first, sheet.rows[0].votes)


def test_rows_of_as_many_voters_stand_by_code() -> None:
    """Whatever order they were given in."""
    stations = [station(TPS3, 5, 1, 1), station(TPS1, 5, 1, 1), station(TPS2, 9, 1, 0)]
    sheet = worksheet(("01", "02"), stations)
    assert [(TPS2, True), (TPS1, False), (TPS3, False)] == [
        (row.tps, row.decides) for row in sheet.rows
    ]
