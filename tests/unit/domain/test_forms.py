"""Forms: whose word stands, whatever order it came in."""

from itertools import permutations

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.events import Source
from streams.domain.forms import (
    CAMPS_MAX,
    FORMS_MAX,
    Form,
    Ledger,
    Side,
    add,
    begun_anew,
    form_of,
    form_that_stands,
    is_authorised_correction,
    kept,
    latest_forms,
    side_of,
    sides_of,
    votes_sum,
)
from streams.domain.words import Role, SourceClass
from tests.support.forms import bare, corrected, form, full_count, ledger_of, ms

PTPS = Source("ptps", Role.PTPS)
POLICE = Source("pam", Role.PAM_TPS)
RED = Source("s1", Role.SAKSI, camp="merah")
BLUE = Source("s2", Role.SAKSI, camp="biru")
CITIZEN = Source("w1", Role.WARGA)
PPK = Source("ppk", Role.PPK)


@pytest.mark.parametrize(
    ("source", "side"),
    [
        (Source("a", Role.KPPS), Side(SourceClass.ORGANISERS)),
        (Source("a", Role.PANITIA), Side(SourceClass.ORGANISERS)),
        (Source("a", Role.PPK), Side(SourceClass.ORGANISERS)),
        (Source("a", Role.LINMAS), Side(SourceClass.ORGANISERS)),
        (Source("a", Role.PANWAS), Side(SourceClass.SUPERVISORS)),
        (Source("a", Role.POLRES), Side(SourceClass.POLICE)),
        (Source("a", Role.KPPS, camp="merah"), Side(SourceClass.ORGANISERS)),
        (Source("a", Role.SAKSI), Side(SourceClass.WITNESSES)),
        (RED, Side(SourceClass.WITNESSES, "merah")),
        (Source("a", Role.ANONIM), Side(SourceClass.CITIZENS)),
        (Source("a", Role.OPERATOR, relayed=Role.PTPS), Side(SourceClass.SUPERVISORS)),
        (Source("a", Role.OPERATOR), Side(SourceClass.CITIZENS)),
        (Source("a", Role.SYSTEM), Side(SourceClass.CITIZENS)),
    ],
)
def test_a_source_speaks_for_one_side(source: Source, side: Side) -> None:
    """Witnesses for their camp, an operator for whom it relays, everybody else as a citizen."""
    assert side == side_of(source)


def test_a_form_has_all_that_a_count_tells() -> None:
    """In the order of the choices, and at the clamped time."""
    expected = Form(
        contest="kades",
        side=Side(SourceClass.WITNESSES, "merah"),
        at=ms(1),
        id="c1",
        source="s1",
        offset="3:14",
        status=full_count().event.status,
        votes=(("01", 120), ("02", 98)),
        valid=218,
        invalid=5,
        received=246,
        used=223,
        spoiled=1,
        unused=22,
        dpt=220,
        dptb=2,
        dpk=1,
        corrects="c0",
        image="a" * 64,
    )
    assert expected == form_of(full_count(), "3:14")
    assert 218 == votes_sum(expected)


def test_what_is_not_told_is_not_nought() -> None:
    """Nor after it was saved and read again."""
    bared = form_of(bare(full_count()), "3:14")
    saved = msgspec.msgpack.encode(ledger_of(bared))
    assert bared == msgspec.msgpack.decode(saved, type=Ledger).forms[0]
    told = (bared.valid, bared.invalid, bared.received, bared.used, bared.dpt, bared.dptb)
    assert ((None,) * 6, "", "") == (told, bared.image, bared.corrects)


def test_the_largest_numbers_can_be_saved() -> None:
    """Whole numbers of 64 bits, either way."""
    extreme = replace(form({"01": (1 << 63) - 1, "02": -(1 << 63)}), valid=-(1 << 63))
    saved = msgspec.msgpack.encode(ledger_of(extreme))
    assert ledger_of(extreme) == msgspec.msgpack.decode(saved, type=Ledger)


def test_a_ledger_does_not_depend_on_the_order_of_arrival() -> None:
    """Sides by precedence, each side's forms by time."""
    forms = (
        form({"01": 1}, 9),
        form({"01": 2}, 3, PPK),
        form({"01": 3}, 1, CITIZEN),
        form({"01": 4}, 5, RED),
        form({"01": 5}, 7, BLUE),
    )
    orders = {ledger_of(*order) for order in permutations(forms)}
    assert {ledger_of(*forms)} == orders
    sides = [[one.id for one in side] for side in sides_of(ledger_of(*forms))]
    assert [["3", "9"], ["7"], ["5"], ["1"]] == sides


def test_a_form_that_comes_twice_is_one() -> None:
    """Redelivery changes nothing."""
    ledger = ledger_of(form({"01": 1}))
    assert ledger is add(ledger, form({"01": 1}))


def test_of_two_at_one_moment_the_larger_id_counts() -> None:
    """As everywhere (ADR 18)."""
    first, second = replace(form({"01": 1}), id="a"), replace(form({"01": 2}), id="b")
    assert (second,) == latest_forms(ledger_of(second, first))


def test_the_latest_of_a_side_counts_even_if_it_is_provisional() -> None:
    """A side that counts on has taken its final word back."""
    final, later = form({"01": 9}, 1), form({"01": 3}, 2, PPK, final=False)
    assert later == form_that_stands(ledger_of(later, final))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_sides_stand_in_for_each_other_in_a_fixed_order(count: int) -> None:
    """Organisers, supervisors, police, witnesses, citizens."""
    sources = [CITIZEN, RED, POLICE, PTPS, Source("kpps", Role.KPPS)][:count]
    standing = form_that_stands(ledger_of(*(form({"01": 1}, 1, one) for one in sources)))
    assert standing is not None
    assert side_of(sources[-1]) == standing.side


def test_of_the_witnesses_the_first_camp_by_name_stands() -> None:
    """Whichever came first."""
    standing = form_that_stands(ledger_of(form({"01": 1}, 1, RED), form({"01": 2}, 2, BLUE)))
    assert form({"01": 2}, 2, BLUE) == standing


def test_a_final_form_goes_before_a_provisional_one() -> None:
    """Whoever sent it."""
    ours, theirs = form({"01": 1}, final=False), form({"01": 2}, 0, RED)
    assert theirs == form_that_stands(ledger_of(ours, theirs))


def test_before_the_first_form_nothing_stands() -> None:
    """And no side has spoken."""
    assert (None, ()) == (form_that_stands(Ledger()), latest_forms(Ledger()))


def test_a_correction_may_come_before_what_it_corrects() -> None:
    """Even if its clock is behind, so that it seems the older one."""
    wrong = form({"01": 900}, 10)
    right = corrected(form({"01": 90}, 9, PPK), wrong)
    for order in ((right, wrong), (wrong, right)):
        assert (right,) == latest_forms(ledger_of(*order))


def test_a_correction_of_another_side_takes_nobodys_place() -> None:
    """A supervisor's form is the supervisors', whatever it names."""
    ours = form({"01": 90}, 1)
    theirs = corrected(form({"01": 80}, 2, PTPS), ours)
    assert (ours, theirs) == latest_forms(ledger_of(ours, theirs))


def test_a_source_means_its_own_form() -> None:
    """Ids are unique within a source only; of two others with one id nobody is meant."""
    own, other = form({"01": 1}, 1, PPK), form({"01": 2}, 1)
    assert {"1"} == {one.id for one in (own, other)}
    fix = corrected(form({"01": 3}, 2, PPK), own)
    assert (other, fix) == kept((other, own, fix))
    stranger = corrected(form({"01": 3}, 2, Source("linmas", Role.LINMAS)), own)
    assert (other, own, stranger) == kept((other, own, stranger))


def test_what_a_correction_took_back_stays_so_if_it_is_corrected_itself() -> None:
    """A chain ends in its last form."""
    wrong = form({"01": 900}, 1)
    half = corrected(form({"01": 90}, 2), wrong)
    right = corrected(form({"01": 91}, 3), half)
    for order in permutations((wrong, half, right)):
        assert (right,) == kept(sides_of(ledger_of(*order))[0])


def test_of_two_that_correct_each_other_the_newer_is_kept() -> None:
    """A side that spoke always has a form; one that names itself corrects nothing."""
    one, other = form({"01": 1}, 1), form({"01": 2}, 2)
    pair = (corrected(one, other), corrected(other, one))
    assert pair[1:] == kept(pair)
    assert (corrected(one, one),) == kept((corrected(one, one),))


def test_a_side_keeps_its_newest_forms() -> None:
    """The others go, whenever they come."""
    forms = [form({"01": minute}, minute) for minute in range(FORMS_MAX + 5)]
    elsewhere = form({"01": 1}, 0, PTPS)
    kept_forms = ledger_of(elsewhere, *forms).forms
    assert (*forms[5:], elsewhere) == kept_forms
    assert kept_forms == ledger_of(*reversed(forms), elsewhere).forms


def test_only_so_many_camps_are_kept() -> None:
    """The first by name, whenever they come; other sides lose nothing."""
    camps = [Source("s", Role.SAKSI, camp=f"{number:03}") for number in range(CAMPS_MAX + 3)]
    forms = [form({"01": 1}, 0, camp) for camp in camps]
    others = [form({"01": 1}), form({"01": 1}, 0, CITIZEN)]
    ledger = ledger_of(*others, *forms)
    assert [camp.camp for camp in camps[:CAMPS_MAX]] == [f.side.camp for f in ledger.forms[1:-1]]
    assert ledger == ledger_of(*reversed(forms), *others)


@pytest.mark.parametrize(
    ("source", "authorised"),
    [(PPK, True), (PTPS, True), (RED, False), (POLICE, False), (CITIZEN, False)],
)
def test_organisers_and_supervisors_may_correct(source: Source, *, authorised: bool) -> None:
    """The others' corrections take a form's place and explain nothing."""
    fix = corrected(form({"01": 3}, 2, source), form({"01": 4}, 1, source))
    assert authorised == is_authorised_correction(fix)
    assert not is_authorised_correction(form({"01": 3}, 2, source))


def test_a_series_begins_anew_with_the_last_authorised_correction() -> None:
    """Without what it corrected, even if that seems newer."""
    first, fix, last = form({"01": 4}, 1), form({"01": 3}, 2), form({"01": 5}, 3)
    assert (corrected(fix, first), last) == begun_anew((first, corrected(fix, first), last))
    assert (corrected(fix, last),) == begun_anew((first, corrected(fix, last), last))


def test_any_authorised_correction_begins_anew() -> None:
    """Also of a form that we have never seen."""
    first, fix = form({"01": 4}, 1), replace(form({"01": 3}, 2), corrects="unseen")
    assert (fix,) == begun_anew((first, fix))


def test_a_witness_takes_back_nothing_of_the_series() -> None:
    """What fell is still seen to have fallen."""
    first = form({"01": 4}, 1, RED)
    fix = corrected(form({"01": 3}, 2, RED), first)
    assert ((first, fix), (fix,)) == (begun_anew((first, fix)), kept((first, fix)))
