"""Messages that cannot be taken say beforehand why."""

from collections import Counter

import pytest

from streams.domain.effects import DeadLetterReason
from streams.simulation.post import Post, in_order
from streams.simulation.spoiled import KINDS, spoiled_posts
from tests.stories.judging import REJANG_LEBONG, judge, plan_of

PLAN = plan_of(REJANG_LEBONG)


def test_every_reason_that_a_file_can_hold_is_there() -> None:
    """But for those that need headers, keys or a megabyte."""
    reasons = {post.dead for post in spoiled_posts(PLAN, 1)} - {None}
    expected = {
        DeadLetterReason.JSON,
        DeadLetterReason.SCHEMA,
        DeadLetterReason.UNKNOWN,
        DeadLetterReason.BAD_TIME,
        DeadLetterReason.ID_CONFLICT,
    }
    assert expected == reasons


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_intake_gives_the_reason_foretold(number: int) -> None:
    """Each kind alone becomes one dead letter, and brings about nothing else."""
    post = list(spoiled_posts(PLAN, 1))[number]
    told = judge(REJANG_LEBONG, in_order([post]))
    assert (post.dead,) == told.dead
    assert ((), ()) == (told.lines, told.triage)


def test_the_fold_finds_the_contradiction() -> None:
    """The first of two messages of one id is taken, the second is not."""
    good, bad = list(spoiled_posts(PLAN, 1))[len(KINDS) :]
    assert (None, DeadLetterReason.ID_CONFLICT) == (good.dead, bad.dead)
    assert (DeadLetterReason.ID_CONFLICT,) == judge(REJANG_LEBONG, in_order([good, bad])).dead


def test_every_seed_spoils_the_same_kinds() -> None:
    """Other messages, at other times, of the same kinds."""
    assert _reasons(1) == _reasons(2)
    assert list(spoiled_posts(PLAN, 1)) != list(spoiled_posts(PLAN, 2))


def _reasons(seed: int) -> Counter[object]:
    posts: list[Post] = list(spoiled_posts(PLAN, seed))
    return Counter(post.dead for post in posts)
