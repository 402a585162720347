"""What the story of Carenang and Binuang shows: a whole day, from the materials to the last box."""

import pytest

from streams.domain.words import Severity
from streams.simulation.day import ordinary_day
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import CARENANG_BINUANG, plan_of

PLAN = plan_of(CARENANG_BINUANG)


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(CARENANG_BINUANG, PLAN)


def test_the_story_lasts_from_the_materials_to_the_last_box(story: Story) -> None:
    """Every box that has left has come in before the day ends, whatever the seed."""
    for seed in range(5):
        played = [post for post in ordinary_day(PLAN, seed) if post.kind == "box_arrived"]
        assert max(post.received_at for post in played) < story.ends
    last = max(post.received_at for post in story.posts)
    assert last < story.ends


def test_the_story_has_no_box_without_its_way_in(story: Story) -> None:
    """What departs arrives, with the same seal."""
    boxes: dict[str, list[str]] = {"box_departed": [], "box_arrived": []}
    for post in story.posts:
        if post.kind in boxes:
            boxes[post.kind] += [name for name in post.about if name.startswith("box:")]
    assert sorted(boxes["box_departed"]) == sorted(boxes["box_arrived"])
    assert 12 == len(boxes["box_arrived"])


def test_the_story_shows_every_rule_of_the_day(story: Story) -> None:
    """But T09, which is due at midnight."""
    stages = {"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T10", "T11", "T12", "T13"}
    reports = {"W01", "W02", "W03", "W04", "W05", "W14", "W15"}
    counts = {"V01", "V02", "V04", "V06", "V07", "V10", "V13"}
    assert stages | reports | counts == {line.rule for line in story.expected}


def test_the_story_climbs_the_ladders_of_a_village(story: Story) -> None:
    """The panitia, its camat and the kabupaten's panitia: not KPPS, PPK and KPU."""
    levels = {line.level for line in story.expected}
    assert {"panitia", "camat", "panitia_kab", "polsek", "polres_ops", "polres"} <= levels
    assert levels.isdisjoint({"kpps", "ppk", "kpu"})
    shown = {line.severity for line in story.expected if line.severity is not None}
    assert set(Severity) == shown
