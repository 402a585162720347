"""Stories of marks."""

from streams.domain.journal import IntakeMark
from streams.domain.times import EpochMs
from streams.engine.marks import claim_name, count_sources, intake_mark
from streams.engine.ports import Slot
from tests.unit.engine.engine_parts import make_world
from tests.unit.engine.virtual_time import run_virtually


def test_a_source_partition_is_named_as_in_the_contract() -> None:
    """Topic, slash, number."""
    assert claim_name(Slot("tps.status", 3)) == "tps.status/3"


def test_claims_stand_in_one_order() -> None:
    """So that the same claims are the same bytes."""
    late, early = Slot("tps.status", 1), Slot("crowd.reports", 0)
    mark = intake_mark({late: EpochMs(2), early: EpochMs(1)}, {"tps.status": 2})
    assert list(mark.claims.items()) == [("crowd.reports/0", 1), ("tps.status/1", 2)]
    assert mark == IntakeMark(dict(mark.claims), {"tps.status": 2})


def test_the_player_clock_is_carried() -> None:
    """A played day has no other."""
    assert intake_mark({}, {}, EpochMs(9)).clock == 9


def test_partitions_are_counted_anew_each_time() -> None:
    """A source topic may get more of them while we run."""

    async def story() -> None:
        parts = make_world()
        assert {"tps.status": 2} == await count_sources(parts.process, ["tps.status"])
        parts.broker.counts["tps.status"] = 3
        assert {"tps.status": 3} == await count_sources(parts.process, ["tps.status"])

    run_virtually(story)
