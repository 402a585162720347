"""Commands of every place: all partitions judge them, and one replies."""

import pytest

from streams.domain.effects import Reply
from streams.domain.events import CommandKind
from streams.judge.state import PartitionState
from tests.support.events import command, confirm_identity
from tests.support.stories import Told, at, journal, judge_into, only
from tests.support.world import world


@pytest.mark.parametrize(
    ("told", "replies"),
    [(command(CommandKind.USE_PACK), [1, 0, 0, 0]), (confirm_identity("A1"), [1, 1, 1, 1])],
    ids=["of every place", "of one place"],
)
def test_a_command_of_every_place_is_answered_by_one_partition(
    told: Told, replies: list[int]
) -> None:
    """It stands in all of them; any other is answered where it stands."""
    found = [
        len(only(judge_into(PartitionState(number, world()), journal(at("06:00"), told)), Reply))
        for number in range(4)
    ]
    assert replies == found
