"""How fast ladders are climbed, as the pack says it."""

from typing import Final

import pytest

from streams.domain.policy import STANDARD
from streams.errors import ConfigError
from streams.rules.pack import PackFile
from streams.rules.reading import read_pack
from streams.setup import load_pack
from tests.support.packs import overridden, text_of

LADDERS: Final = """\
source: "uji"
critical: {start: 2, together: 2, minutes: [0, 0, 0, 3, 8]}
high: {start: 1, minutes: [0, 0, 5, 15]}
medium: {start: 0, minutes: [0, 15, 45]}
low: {start: 0, minutes: [0]}
factors: [1, 0.75, 0.5, 0.75]
"""


def told_of(old: str, new: str) -> str:
    """Return what is said of a file in which something was changed."""
    assert old in LADDERS
    with pytest.raises(ConfigError) as refused:
        read_pack(text_of({"ladders.yaml": LADDERS.replace(old, new)}))
    return str(refused.value)


@pytest.mark.parametrize("profile", ["pilkada", "pilkades", "pemilu"])
def test_the_shipped_pack_climbs_as_the_contract_says(profile: str) -> None:
    """Contract §5, number by number."""
    assert STANDARD == load_pack("siaga", profile).policy


def test_a_pack_without_the_file_climbs_as_the_contract_says() -> None:
    """It was optional from the first day."""
    assert STANDARD == read_pack(text_of()).policy


def test_a_pack_may_climb_faster() -> None:
    """What is not written anew stays."""
    text = text_of({"ladders.yaml": LADDERS.replace("[0, 0, 5, 15]", "[0, 0, 2, 6]")})
    found = read_pack(text).policy
    assert ((0, 0, 2, 6), STANDARD.medium) == (found.high.minutes, found.medium)


FAULTS: Final = {
    "a level that is told, and due later": (
        ("high: {start: 1, minutes: [0, 0,", "high: {start: 1, minutes: [0, 3,"),
        "ladders.yaml:3: high.minutes: what is told at opening is due at 0 minutes",
    ),
    "a level that is due before the one below": (
        ("[0, 15, 45]", "[0, 45, 15]"),
        "ladders.yaml:4: medium.minutes: no level is due before the one below it",
    ),
    "more levels together than there are": (
        ("start: 2, together: 2", "start: 2, together: 4"),
        "ladders.yaml:2: critical.together: there are 3 levels up to the start level",
    ),
    "a factor that is missing": (
        ("[1, 0.75, 0.5, 0.75]", "[1, 0.75, 0.5]"),
        "ladders.yaml:6: factors: found a list of 3, expected",
    ),
    "one factor for all": (("[1, 0.75, 0.5, 0.75]", "1"), "ladders.yaml:6: factors: found 1, expe"),
    "a start above every ladder": (("start: 1", "start: 5"), "ladders.yaml:3: high.start:"),
    "a word that is none": (("low:", "rendah:"), "ladders.yaml:5: rendah:"),
    "numbers without a source": (('source: "uji"\n', ""), "source"),
}


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(change: tuple[str, str], told: str) -> None:
    """File, line, field and what was expected."""
    assert told in told_of(*change)


def test_every_fault_is_told_at_once() -> None:
    """Whoever mends the file mends it once."""
    found = told_of("minutes: [0, 0, 5, 15]", "minutes: [0, 1, 0, 15]")
    assert 2 == found.count("high.minutes")


def test_an_election_changes_fields_of_it() -> None:
    """In its folder `rules/`, beside what it changes of rules."""
    text = overridden("ladders: {high: {minutes: [0, 0, 3, 10]}}\n")
    files = (*text.files, PackFile("ladders.yaml", LADDERS))
    found = read_pack(type(text)(text.name, text.profile, files, text.overrides)).policy
    assert ((0, 0, 3, 10), 1) == (found.high.minutes, found.high.start)


def test_a_fault_in_a_change_is_told_where_it_stands() -> None:
    """In the election's file, not in the pack below it."""
    text = overridden("ladders:\n  high: {minutes: [0, 9, 3, 10]}\n")
    files = (*text.files, PackFile("ladders.yaml", LADDERS))
    with pytest.raises(ConfigError) as refused:
        read_pack(type(text)(text.name, text.profile, files, text.overrides))
    assert str(refused.value).startswith("rules/1.yaml:2: high.minutes")


def test_there_must_be_something_to_change() -> None:
    """A pack without the file has nothing to put a change upon."""
    with pytest.raises(ConfigError) as refused:
        read_pack(overridden("ladders: {high: {start: 0}}\n"))
    assert "the pack has no ladders.yaml to change" in str(refused.value)
