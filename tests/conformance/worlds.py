"""The elections of a case: its own, and what the transforms put beside it or in its place.

`streams.authoring.places` writes the folder of a case's election and reads it. Here the same folder
is changed as a text, as a person would change it, and read again by the product.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final
from unittest.mock import patch

import msgspec
from msgspec import Struct

from streams.authoring import places
from streams.authoring.events import lines_of, numbers_of
from streams.authoring.places import DATE, ELECTION, KABUPATEN, moment_ms, moment_text, plan_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.rules.cases import RuleCase, log_begins
from streams.territory.areas import NO_AREAS, Areas
from streams.territory.fault import Fault
from streams.territory.parse import Parsed, parse_folder
from streams.territory.plan import Plan
from tests.conformance.cases import PACKS, Tried
from tests.conformance.playing import Message, Scenario, as_told, play
from tests.conformance.transforms import APART, merged

__all__ = [
    "ANOTHER_POLL",
    "BESIDE",
    "ZONES",
    "Says",
    "Zone",
    "another_poll_of",
    "as_written",
    "beside",
    "plan_from",
    "rewritten",
    "scenario_of",
    "told_beside",
    "unlisted",
]

Texts = dict[str, str]
Says = Callable[[str], str]

BESIDE: Final = "uji-lain"
ANOTHER_POLL: Final = "uji-ulang"
_BESIDE: Final = (
    (f"{KABUPATEN}.17", f"{KABUPATEN}.27"),
    (f"{KABUPATEN}.18", f"{KABUPATEN}.28"),
    ("Carenang", "Lontar"),
    ("Binuang", "Tirtayasa"),
    ("Suka", "Karang"),
    ("Mekar", "Pasir"),
    (ELECTION, BESIDE),
)
"""What names the case's own areas, and what names those of the election beside it."""
_ROW: Final = re.compile(r"^([0-9.]{13})-([0-9])([0-9]{2}),TPS [0-9]", re.MULTILINE)
_MOMENT: Final = re.compile(r"(?<![\w.])1[67][0-9]{11}(?![\w.])")
"""Milliseconds since 1970, as they stand in a line or an alert."""


class Zone(Struct, frozen=True):
    """Where else in Indonesia a case may happen."""

    name: str
    kabupaten: str
    hours: int
    """Ahead of UTC; WIB is 7."""

    def says(self, text: str) -> str:
        """Put a text of the case into the words of that place, at the same local time."""
        there = text.replace(KABUPATEN, self.kabupaten)
        return there.replace("+07:00", f"+{self.hours:02}:00")

    def back(self, text: str) -> str:
        """Put what was told there into the words of the case."""
        ahead = (self.hours - 7) * HOUR_MS
        here = text.replace(self.kabupaten, KABUPATEN)
        return _MOMENT.sub(lambda found: str(int(found[0]) + ahead), here)

    def moment(self, at: EpochMs) -> EpochMs:
        """Return when it is there as late as it is at a moment in the case's own place."""
        return EpochMs(at - (self.hours - 7) * HOUR_MS)


ZONES: Final = (Zone("WIB", "17.02", 7), Zone("WITA", "51.04", 8), Zone("WIT", "81.04", 9))
"""Elsewhere in the same zone; Gianyar; Buru."""


@cache
def scenario_of(tried: Tried) -> Scenario:
    """Return a case as it is written, made ready; in the order of receipt, as a log is."""
    case = tried.case
    return Scenario(
        name=tried.name,
        rule=tried.rule,
        plans=(plan_of(case, numbers_of(case)),),
        rules=PACKS.ready_for(case.world.kind, tried.asked),
        messages=merged((_beginning(case),), _messages(case)),
        until=moment_ms(case.until),
    )


@cache
def as_written(tried: Tried) -> tuple[str, ...]:
    """Return what is told of a case as it is written."""
    return as_told(play(scenario_of(tried)))


def _beginning(case: RuleCase) -> Message:
    """Return what begins the log and says nothing, as `streams.authoring.trial` does."""
    at = moment_text(log_begins(case))
    actor = {"id": "begin", "role": "system"}
    value = {"id": "begin", "at": at, "actor": actor, "command": "note", "area": KABUPATEN}
    return Message("operator.commands", at, {**value, "election": ELECTION})


def _messages(case: RuleCase) -> Iterable[Message]:
    for number, line in enumerate(lines_of(case), start=1):
        read = msgspec.json.decode(line, type=Message)
        yield msgspec.structs.replace(read, number=number)


def _texts_of(case: RuleCase) -> Texts:
    """Return the files of the election folder that a case is played in."""
    taken: list[Mapping[str, str]] = []

    def parse(texts: Mapping[str, str], areas: Areas, noted: Iterable[Fault] = ()) -> Parsed:
        taken.append(texts)
        return parse_folder(texts, areas, noted)

    with patch.object(places, "parse_folder", parse):
        plan_of(case, numbers_of(case))
    [texts] = taken
    return dict(texts)


def plan_from(case: RuleCase, says: Says) -> Plan:
    """Return the plan of a case's folder after each file was changed. Raises AssertionError."""
    texts = {name: says(text) for name, text in _texts_of(case).items()}
    plan, faults = parse_folder(texts, NO_AREAS)
    assert plan is not None, faults
    return plan


def rewritten(messages: Iterable[Message], says: Says) -> tuple[Message, ...]:
    """Return messages, each changed as a text."""
    return tuple(
        msgspec.json.decode(says(msgspec.json.encode(one).decode()), type=Message)
        for one in messages
    )


def beside(text: str) -> str:
    """Put a text into the words of an election in other desa of the kabupaten, on the same day."""
    for own, other in _BESIDE:
        text = text.replace(own, other)
    return text


def told_beside(text: str) -> str:
    """Put what was told there, or of messages that were named apart, into the words of the case."""
    for own, other in _BESIDE:
        text = text.replace(other, own)
    return text.replace(APART, "")


def another_poll_of(text: str) -> str:
    """Put a folder into that of a second poll of the same TPS, eleven days later."""
    return text.replace(DATE, "2024-12-08").replace(ELECTION, ANOTHER_POLL)


def unlisted(text: str) -> str:
    """Give other numbers to all TPS of a folder, so that it lists none of those of the case."""
    return _ROW.sub(_renumbered, text)


def _renumbered(row: re.Match[str]) -> str:
    first = 9 - int(row[2])
    return f"{row[1]}-{first}{row[3]},TPS {first}"
