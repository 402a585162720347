"""The detector `same`: one photo at two places."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.rules.detectors.same import (
    BEARERS_MAX,
    Bearer,
    Began,
    Finished,
    SameState,
    bear,
    withdraw,
)


def bearer(name: str) -> Bearer:
    """Return a form `PLACE/ID`; the first sign of the id is its source."""
    place, form = name.split("/")
    return Bearer(AreaCode(place), EpochMs(0), form[0], form, "vote.counts", "0:1")


FORMS: Final[dict[str, tuple[list[str], list[str], list[str]]]] = {
    # steps (`-` withdraws), who bears it in the end, what was told
    "one form": (["1/a"], ["1/a"], []),
    "another place": (["1/a", "2/b"], ["1/a", "2/b"], ["Began"]),
    "the same place": (["1/a", "1/b"], ["1/a", "1/b"], []),
    "the same form again": (["1/a", "1/a"], ["1/a"], []),
    "a third place": (["1/a", "2/b", "3/c"], ["1/a", "2/b", "3/c"], ["Began"]),
    "one of two withdrawn": (["1/a", "2/b", "-1/a"], ["2/b"], ["Began", "Finished"]),
    "one of three withdrawn": (["1/a", "2/b", "3/c", "-1/a"], ["2/b", "3/c"], ["Began"]),
    "two of three withdrawn": (
        ["1/a", "2/b", "3/c", "-1/a", "-3/c"],
        ["2/b"],
        ["Began", "Finished"],
    ),
    "one of two forms of a place": (["1/a", "1/c", "2/b", "-1/a"], ["1/c", "2/b"], ["Began"]),
    "one that nobody knows": (["1/a", "2/b", "-1/x"], ["1/a", "2/b"], ["Began"]),
    "the last one": (["1/a", "-1/a"], [], []),
    "it begins again": (
        ["1/a", "2/b", "-1/a", "3/c"],
        ["2/b", "3/c"],
        ["Began", "Finished", "Began"],
    ),
}


@pytest.mark.parametrize(("steps", "bearers", "told"), FORMS.values(), ids=FORMS)
def test_one_photo(steps: list[str], bearers: list[str], told: list[str]) -> None:
    """It holds while it is at two places, however many forms are there."""
    state, found = SameState(), list[str]()
    for text in steps:
        form = bearer(text.removeprefix("-"))
        if text.startswith("-"):
            state, ended = withdraw(state, form.source, form.id)
            found += [] if ended is None else [type(ended).__name__]
        else:
            state, began = bear(state, form)
            found += [] if began is None else [type(began).__name__]
    assert (bearers, told) == ([f"{one.place}/{one.id}" for one in state.bearers], found)


def test_an_id_belongs_to_its_source() -> None:
    """Two sources may use one, and each withdraws its own."""
    first = bearer("1/a")
    state, began = bear(SameState((first,)), replace(bearer("2/a"), source="other"))
    assert Began() == began
    assert (SameState((first,)), Finished()) == withdraw(state, "other", "a")


def test_one_place_cannot_push_another_out() -> None:
    """Of the place that has the most the last one makes room."""
    state = bear(SameState(), bearer("1/a"))[0]
    for number in range(BEARERS_MAX + 5):
        state, _ = bear(state, bearer(f"2/b{number:03}"))
    assert BEARERS_MAX == len(state.bearers)
    assert bearer("1/a") in state.bearers
    after, _ = bear(state, bearer("3/c"))
    assert BEARERS_MAX == len(after.bearers)
    assert bearer("3/c") in after.bearers
    assert bearer(f"2/b{BEARERS_MAX - 2:03}") not in after.bearers
