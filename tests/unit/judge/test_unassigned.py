"""A level that is called while none of its contacts is on duty: what X08 says of it."""

from typing import Final

from streams.judge.world import World
from tests.support.events import call_for_help
from tests.support.notices import contact, everybody, told_of, world_with
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import Item, at, story
from tests.support.world import every_rule

NOBODY: Final = "X08@pipeline:contacts|ADM/kpps"


def where(*asleep: str) -> World:
    """Return the tiny world with all rules; some levels have a contact at night alone."""
    night = (contact(post, hours="02:00-03:00") for post in asleep)
    return world_with(*everybody(*asleep), *night, pack=every_rule())


def told(*items: Item, world: World) -> list[str]:
    """Return the lines of X08 about the lowest level of ADM."""
    return story(at("06:00"), *items, of=NOBODY, world=world)


def test_a_level_that_is_called_in_vain_is_told_to_those_who_keep_the_list() -> None:
    """At the moment of the call, on the ladder of the pipeline; the first missed TPS is `EARLY`."""
    assert ["06:30 opened"] == told(at("06:35"), world=where("ADM/kpps"))
    calls = told_of(at("06:00"), at("06:35"), of=NOBODY, world=where("ADM/kpps"))
    assert ["06:30 SYS/it call opened"] == calls


def test_a_level_that_somebody_answers_for_is_none() -> None:
    """Nor one that nobody is named for: that was known before the day."""
    assert [] == told(at("07:35"), world=where())
    assert [] == told(at("07:35"), world=world_with(pack=every_rule()))
    nobody = world_with(*everybody("ADM/kpps"), pack=every_rule())
    assert [] == told(at("07:35"), world=nobody)


def test_a_level_that_answers_again_ends_it() -> None:
    """By the next call that reaches somebody at that level itself."""
    day = contact("ADM/kpps", hours="07:00-20:00")
    world = world_with(*everybody("ADM/kpps"), day, pack=every_rule())
    lines = told(at("06:40"), at("07:31"), world=world)
    assert ["06:30 opened", "06:45 escalated", "07:20 returned"] == lines


def test_it_does_not_tell_of_itself() -> None:
    """Where the pipeline has nobody either, that is said once."""
    world = where("SYS/it", "OPS/polsek")
    of = "X08@pipeline:contacts|SYS/it"
    lines = story(at("09:00"), call_for_help("A1"), at("09:20"), of=of, world=world)
    assert ["09:00 opened", "09:15 escalated"] == lines


def test_a_restart_changes_nothing_of_it() -> None:
    """Whoever takes over knows that it has been told."""
    day = (at("06:00"), at("07:50"))
    world = where("ADM/kpps", "ADM/ppk")
    assert story_in_one_go(*day, world=world) == story_with_restarts(*day, world=world)
