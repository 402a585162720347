"""A pilkades is laid out by its desa: as few TPS as the rule allows, a contest each."""

from itertools import pairwise

import pytest

from tools.folder_parts import Desa
from tools.make_rejang_lebong_pilkades import POLL
from tools.pilkades_parts import (
    VOTERS_MAX,
    VOTERS_PLANNED,
    Named,
    Pilkades,
    all_tps,
    election,
    files_of,
    is_watched_by_its_polsek,
    voting_desa,
)

DESA = Desa("17.02.06.2006", "Durian Mas", -31800, 1028700)


def poll(named: Named) -> Pilkades:
    """Return a poll in which that is known of one desa."""
    return POLL._replace(named={DESA.code: named})


@pytest.mark.parametrize(
    ("voters", "count"),
    [(1, 1), (VOTERS_PLANNED, 1), (VOTERS_PLANNED + 1, 2), (3 * VOTERS_PLANNED, 3), (3_000, 7)],
)
def test_a_desa_has_as_few_tps_as_its_voters_need(voters: int, count: int) -> None:
    """Nobody is lost, and no TPS has more than the rule allows."""
    found = all_tps(poll(Named(voters, (), 2)), [DESA])
    assert (count, voters) == (len(found), sum(one.dpt for one in found))
    assert VOTERS_MAX >= max(one.dpt for one in found)
    assert [1] * (count - 1) == [b.number - a.number for a, b in pairwise(found)]


def test_what_is_known_of_a_desa_is_kept() -> None:
    """Classes from the first TPS on, its own way to the kecamatan, which have no internet."""
    named = Named(1_200, ("sangat_rawan", "rawan"), 2, transit=(70, 90), offline=(3,))
    found = all_tps(poll(named), [DESA])
    assert ["sangat_rawan", "rawan", "kurang_rawan"] == [one.tps_class for one in found]
    assert [True, True, False] == [one.online for one in found]
    assert {(70, 90)} == {one.transit for one in found}
    assert [True, True, False] == [is_watched_by_its_polsek(one) for one in found]


def test_the_paper_has_as_many_choices_as_are_known() -> None:
    """By number alone: nobody is named."""
    text = election(poll(Named(400, (), 4)), [DESA])
    assert text.startswith(POLL.election)
    assert text.endswith('area = "17.02.06.2006"\nchoices = ["01", "02", "03", "04"]\n')


def test_without_a_list_all_desa_vote_and_no_kelurahan() -> None:
    """A kelurahan has a head who is appointed."""
    listed = {one.code for one in voting_desa(POLL)}
    every = voting_desa(POLL._replace(voting=None))
    assert listed < {one.code for one in every}
    assert {"2"} == {one.code[9] for one in every}


def test_another_folder_is_another_draw() -> None:
    """What is invented depends on the name of the folder, and on nothing else."""
    other = POLL._replace(folder=POLL.folder.with_name("another"))
    assert files_of(POLL) == files_of(POLL)
    assert files_of(POLL)["tps.csv"] != files_of(other)["tps.csv"]
