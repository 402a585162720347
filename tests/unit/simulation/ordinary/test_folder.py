"""The plan of 400 TPS: usable, and mixed as real maps are."""

from collections import Counter
from pathlib import Path

import pytest

from streams.domain.words import TpsClass
from streams.simulation.ordinary.folder import STATIONS, folder_texts, write_folder
from streams.territory.parse import parse_folder
from streams.territory.plan import ElectionKind
from streams.wire.folder import load_plan, shipped_areas
from tests.unit.simulation.ordinary.made import plan_of

kinds = pytest.mark.parametrize("kind", list(ElectionKind))


@kinds
def test_a_folder_of_every_kind_has_no_fault(kind: ElectionKind) -> None:
    """Neither an error nor a warning but that nobody is to be told."""
    plan, faults = parse_folder(folder_texts(kind), shipped_areas())
    assert plan is not None
    assert [] == [str(fault) for fault in faults if fault.file != "contacts.toml"]
    assert STATIONS == len(plan.tps)


@kinds
def test_classes_are_mixed_as_on_real_maps(kind: ElectionKind) -> None:
    """Of 400 TPS six are rawan and one is sangat rawan."""
    classes = Counter(tps.tps_class for tps in plan_of(kind).tps.values())
    expected = {TpsClass.KURANG_RAWAN: 393, TpsClass.RAWAN: 6, TpsClass.SANGAT_RAWAN: 1}
    assert expected == classes


def test_the_kinds_differ_in_how_many_vote_where() -> None:
    """A pemilu has twice as many TPS a desa as a pilkada, and half as many voters at each."""
    desa = {kind: len(plan_of(kind).tps_of_desa) for kind in ElectionKind}
    assert desa[ElectionKind.PEMILU] < desa[ElectionKind.PILKADA] < desa[ElectionKind.PILKADES]
    dpt = {kind: sum(one.dpt for one in plan_of(kind).tps.values()) for kind in ElectionKind}
    assert dpt[ElectionKind.PEMILU] < 0.6 * dpt[ElectionKind.PILKADA]


def test_every_desa_of_a_pilkades_has_a_contest_of_its_own() -> None:
    """And nobody votes in two."""
    plan = plan_of(ElectionKind.PILKADES)
    assert {1} == {len(plan.election.contests_of(code)) for code in plan.tps}
    assert len(plan.election.contests) == len(plan.tps_of_desa)


@kinds
def test_no_pair_watches_more_than_its_pattern(kind: ElectionKind) -> None:
    """Eight ordinary TPS, two that are rawan, or one."""
    plan = plan_of(kind)
    most = {TpsClass.KURANG_RAWAN: 8, TpsClass.RAWAN: 2, TpsClass.SANGAT_RAWAN: 1}
    for codes in plan.pairs.values():
        [tps_class] = {plan.tps[code].tps_class for code in codes}
        assert len(codes) <= most[tps_class]


def test_what_is_written_is_the_plan(tmp_path: Path) -> None:
    """The folder on disk is the one that was made."""
    kind = ElectionKind.PILKADES
    assert plan_of(kind) == load_plan(write_folder(tmp_path / "made", kind))
