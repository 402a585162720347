"""A call for help after one that a person has answered: a matter of its own."""

from typing import Final

from streams.domain.events import CommandKind
from tests.support.events import call_for_help, checkin, command, correction
from tests.support.stories import Item, at, named, said, story

W02: Final = "W02@officer:A1"
ANSWERED: Final[list[Item]] = [
    at("09:00"),
    named("c1", call_for_help("A1")),
    at("09:01"),
    command(CommandKind.RESOLVE, W02, "chief"),
    at("09:10"),
    named("c2", call_for_help("A1")),
    at("09:11"),
]


def test_a_call_that_is_taken_back_leaves_none_that_was_answered() -> None:
    """Only the second one held: the first was answered then (ADR 6)."""
    day = [*ANSWERED, correction("c2", checkin("A1"))]
    expected = ["09:00 opened", "09:01 resolved", "09:10 reopened", "09:11 returned"]
    assert expected == story(*day, of=W02)


def test_a_call_that_was_made_before_and_comes_late_is_one_more() -> None:
    """Nobody has answered it: it opens the alert again when the other is taken back."""
    day = [*ANSWERED, correction("c2", checkin("A1")), said("09:05", call_for_help("A1"))]
    assert "09:11 reopened" == story(*day, of=W02)[-1]


def test_an_earlier_call_is_not_a_new_one_by_a_correction() -> None:
    """Of two that a person has answered the later is taken back: nobody calls."""
    day = [
        at("09:00"),
        named("c1", call_for_help("A1")),
        at("09:05"),
        named("c2", call_for_help("A1")),
    ]
    day += [
        command(CommandKind.RESOLVE, W02, "chief"),
        at("09:06"),
        correction("c2", checkin("A1")),
    ]
    told = [line for line in story(*day, at("09:07"), of=W02) if "escalated" not in line]
    assert ["09:00 opened", "09:05 resolved"] == told
