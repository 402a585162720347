"""The detector `condition`: one event holds until what must come after it has come."""

from itertools import permutations
from typing import Final

import pytest

from streams.domain.facts import Matches
from streams.domain.happenings import Happening, Point
from streams.domain.times import EpochMs
from streams.rules.detectors.condition import ConditionState, holding_event, state_of

WORDS: Final = {
    "call": Happening.DURESS,
    "checkin": Happening.CHECKIN,
    "confirm": Happening.CONFIRM_IDENTITY,
    "wave": Happening.HEARTBEAT,
}
STORIES: Final[dict[str, tuple[list[str], int | None]]] = {
    # steps in the order of receipt, and since when it holds in the end
    "nothing": ([], None),
    "it holds": (["call 10"], 10),
    "one release is not enough": (["call 10", "checkin 11"], 10),
    "the same release twice is one": (["call 10", "checkin 11", "checkin 12"], 10),
    "both, in this order": (["call 10", "checkin 11", "confirm 12"], None),
    "both, in the other order": (["call 10", "confirm 11", "checkin 12"], None),
    "a release from before does not count": (["call 10", "checkin 9", "confirm 12"], 10),
    "nor one of the same moment": (["call 10", "checkin 10", "confirm 12"], 10),
    "another word is no release": (["call 10", "wave 11", "confirm 12"], 10),
    "a release of nothing": (["checkin 11"], None),
    "called again, all must come again": (["call 10", "checkin 11", "call 12", "confirm 13"], 12),
    "an older call changes nothing": (["call 10", "checkin 11", "call 9"], 10),
    "a call of the same moment changes nothing": (["call 10", "call 10", "checkin 11"], 10),
    "over and called again": (["call 10", "checkin 11", "confirm 12", "call 20"], 20),
    "what answers it came before it": (["checkin 11", "confirm 12", "call 10"], None),
    "half of what answers it came before it": (["checkin 11", "call 10", "confirm 12"], None),
    "an older word does not take back a newer one": (
        ["checkin 11", "checkin 8", "confirm 12", "call 10"],
        None,
    ),
    "over, and an older call comes late": (
        ["call 10", "checkin 11", "confirm 12", "call 9"],
        None,
    ),
}


ENDINGS: Final[dict[str, tuple[list[str], bool, int | None]]] = {
    # what happened, whether each of the ends is needed, since when it holds
    "any will do": (["call 10", "checkin 11"], False, None),
    "each is needed": (["call 10", "checkin 11"], True, 10),
    "none has come": (["call 10", "wave 11"], False, 10),
}


def kind(word: str) -> Matches:
    """Return the question whether a point is of a kind."""
    return lambda point: point.kind is WORDS[word]


def points(steps: list[str]) -> list[Point]:
    """Return what happened; the id of each is its word and time."""
    found: list[Point] = []
    for step in steps:
        word, at = step.split()
        point = Point(EpochMs(int(at)), WORDS[word], step, "P01-1", f"0:{at}")
        found.append(point)
    return found


def since(steps: list[str], *, needs_all: bool = True) -> int | None:
    """Return since when it holds."""
    ends = (kind("checkin"), kind("confirm"))
    found = holding_event(points(steps), kind("call"), ends, needs_all=needs_all)
    return None if found is None else found.at


@pytest.mark.parametrize(("steps", "expected"), STORIES.values(), ids=STORIES)
def test_story(steps: list[str], expected: int | None) -> None:
    """What was said before the cry for help does not answer it; when it was heard is no matter."""
    assert {expected} == {since(list(order)) for order in permutations(steps)}


@pytest.mark.parametrize(("steps", "needs_all", "expected"), ENDINGS.values(), ids=ENDINGS)
def test_one_end_may_do_or_each_be_needed(
    steps: list[str],
    needs_all: bool,  # noqa: FBT001  a column of the table
    expected: int | None,
) -> None:
    """As the rule says."""
    assert expected == since(steps, needs_all=needs_all)


def test_without_ends_it_holds_until_it_is_taken_back() -> None:
    """Taken back, the event is no longer among what happened."""
    [call] = points(["call 10"])
    assert call == holding_event([call], kind("call"), (), needs_all=True)
    assert holding_event([], kind("call"), (), needs_all=True) is None


def test_what_is_told_is_remembered_by_its_event() -> None:
    """With the severity that it was told with."""
    [call] = points(["call 10"])
    expected = ConditionState(EpochMs(10), "P01-1", "call 10", severe=True)
    assert expected == state_of(call, severe=True)
