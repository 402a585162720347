"""The detector `condition`: one event holds until every release has come after it."""

from typing import Final

import pytest

from streams.domain.times import EpochMs
from streams.rules.detectors.condition import ConditionState, happen, release, take_back

NEEDED: Final = ("checkin", "confirm")
IDLE: Final = ConditionState()
HOLDING: Final = ConditionState(EpochMs(10), "d1", (("checkin", EpochMs(11)),))

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


def told(*steps: str) -> ConditionState:
    """Return the state after calls (the event `dN` at N) and releases."""
    state = IDLE
    for text in steps:
        name, at = text.split()
        if name == "call":
            state = happen(state, EpochMs(int(at)), f"d{at}", NEEDED)
        else:
            state = release(state, name, EpochMs(int(at)), NEEDED)
    return state


@pytest.mark.parametrize(("steps", "since"), STORIES.values(), ids=STORIES)
def test_story(steps: list[str], since: int | None) -> None:
    """What was said before the cry for help does not answer it; when it was heard is no matter."""
    assert since == told(*steps).since


def test_the_event_that_holds_is_known_by_its_id() -> None:
    """The newest one."""
    assert "d12" == told("call 10", "call 12").event


def test_the_event_that_holds_can_be_taken_back() -> None:
    """Another one cannot, and of nothing there is nothing to take back."""
    assert ConditionState(released=HOLDING.released) == take_back(HOLDING, "d1")
    assert HOLDING == take_back(HOLDING, "d2")
    assert IDLE == take_back(IDLE, "")
