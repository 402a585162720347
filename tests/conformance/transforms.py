"""What a real day does to the messages of a case; each function makes one scenario of another.

| function        | the day                                                                  |
|-----------------|--------------------------------------------------------------------------|
| `again`         | every message is delivered once more, at once or after a time            |
| `heard_first`   | every TPS has said a word before the rest                                |
| `as_drill`      | the messages are those of a drill                                        |
| `delayed`       | everything is received some minutes after it happened                    |
| `turned`        | a network comes back: all of some minutes at once, in any order          |
| `told_by_all`   | every TPS tells one thing more, as that it was closed                    |
| `merged`        | two sets of messages on one line                                         |
"""

import random
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.wire.time import format_time
from tests.conformance.playing import Fields, Message, Scenario

__all__ = [
    "APART",
    "DRILL",
    "again",
    "as_drill",
    "bursts",
    "delayed",
    "heard_first",
    "longer",
    "merged",
    "named_apart",
    "silent",
    "told_by_all",
    "turned",
    "until_ms",
]

DRILL: Final = "gladi-1"
APART: Final = "lain-"
"""Before the ids of messages that are sent a second time to somebody else."""
WIB: Final = 420
_ALONE: Final = frozenset({"operator.commands", "siaga.receipts"})
_EXTRA: Final = 900
"""Messages that a transform adds are numbered from here."""


def merged(*sets: Iterable[Message]) -> tuple[Message, ...]:
    """Return messages in their order of receipt; of one moment those of the first set go first."""
    return tuple(sorted((one for some in sets for one in some), key=lambda one: one.received_ms))


def silent(scenario: Scenario) -> Scenario:
    """Return the same day if nobody says anything."""
    return replace(scenario, messages=scenario.messages[:1])


def longer(scenario: Scenario, by_ms: int) -> Scenario:
    """Return a scenario that ends later."""
    return replace(scenario, until=EpochMs(scenario.until + by_ms))


def until_ms(scenario: Scenario, last_ms: int, until: int) -> Scenario:
    """Return a scenario with what is received up to one moment, that ends at another."""
    messages = tuple(one for one in scenario.messages if one.received_ms <= last_ms)
    return replace(scenario, messages=messages, until=EpochMs(until))


def again(scenario: Scenario, after_ms: int) -> Scenario:
    """Return a scenario in which every message is delivered once more after some time."""
    repeated = (_received_later(message, after_ms) for message in scenario.messages)
    if after_ms:
        return replace(scenario, messages=merged(scenario.messages, repeated))
    return replace(scenario, messages=tuple(one for one in scenario.messages for _ in range(2)))


def _received_later(message: Message, by_ms: int) -> Message:
    return replace(message, received_at=format_time(EpochMs(message.received_ms + by_ms), WIB))


def delayed(scenario: Scenario, by_ms: int) -> Scenario:
    """Return a scenario in which everything that is sent is received later."""
    messages = (_received_later(one, by_ms) if one.number else one for one in scenario.messages)
    return replace(scenario, messages=merged(messages))


def as_drill(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return messages as those of a drill, without that which only begins the log."""
    return tuple(replace(one, drill=DRILL) for one in messages if one.number)


def named_apart(messages: Iterable[Message], election: str = "") -> tuple[Message, ...]:
    """Return messages with ids of their own, to another election where one is named.

    An id is one message of its sender, of whatever election (contract §2).
    """
    return tuple(_named_apart(one, election) for one in messages if one.number)


def _named_apart(message: Message, election: str) -> Message:
    value: Fields = {**message.value, "id": f"{APART}{message.value['id']}"}
    if "corrects" in value:
        value["corrects"] = f"{APART}{value['corrects']}"
    if election:
        value["election"] = election
    return replace(message, value=value)


def told_by_all(scenario: Scenario, kind: str, at_ms: int) -> tuple[Message, ...]:
    """Return one status of every TPS of the case, received as it happens."""
    at = format_time(EpochMs(at_ms), WIB)
    tps_codes = sorted(scenario.plans[0].tps)
    return tuple(
        Message("tps.status", at, _status(tps, kind, at), number=_EXTRA + number)
        for number, tps in enumerate(tps_codes)
    )


def _status(tps: AreaCode, kind: str, at: str) -> Fields:
    source = {"id": f"ptps-{tps}", "role": "ptps"}
    return {"id": f"{kind}-{tps}", "at": at, "kind": kind, "tps": tps, "source": source}


def heard_first(scenario: Scenario) -> Scenario:
    """Return a scenario in which every TPS has said a word before the rest.

    A TPS that stands in no plan, and any TPS in a drill, is watched from its first word on: before
    that nobody knows that it is there, or takes part.
    """
    beginning, *rest = scenario.messages
    words = told_by_all(scenario, "heartbeat", beginning.received_ms)
    return replace(scenario, messages=(beginning, *words, *rest))


def bursts(scenario: Scenario, within_ms: int) -> tuple[tuple[Message, ...], ...]:
    """Return the messages in the bursts in which a network that comes back brings them.

    Each is received with the last of its burst. What a person orders stands alone: an order means
    what is known when it is given; so does what became of a call that went out before.
    """
    found: list[list[Message]] = []
    for message in merged(scenario.messages):
        first = found[-1][0] if found else message
        alone = bool(_ALONE & {message.topic, first.topic})
        if alone or not found or message.received_ms - first.received_ms > within_ms:
            found.append([message])
        else:
            found[-1].append(message)
    return tuple(
        tuple(replace(one, received_at=burst[-1].received_at) for one in burst) for burst in found
    )


def turned(scenario: Scenario, within_ms: int, seed: int | None) -> Scenario:
    """Return a scenario in bursts, each in an order of its own.

    Args:
        scenario: What is judged.
        within_ms: How long a burst gathers.
        seed: Of the order; 0: backwards; None: as they were sent.
    """
    chance = random.Random(seed)
    messages: list[Message] = []
    for burst in bursts(scenario, within_ms):
        together = list(burst)
        if seed == 0:
            together.reverse()
        elif seed is not None:
            chance.shuffle(together)
        messages += together
    return replace(scenario, messages=tuple(messages))
