"""No drill gets to a real receiver, and nothing real is taken for a drill: every way is tried.

By types: each line with `type: ignore` here is a way that mypy closes; if it were open, the
exemption would be one that is not needed, and mypy says so. At run time: what gets past the types
by a cast or from outside meets an assertion. By configuration: a channel is for one or the other.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Final, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.courier.addressing import AddressBook, Unsendable
from streams.delivery.policy import ChannelPolicy
from streams.domain.ids import ElectionId
from streams.domain.receipt import ReceiptOutcome
from streams.errors import ConfigError
from streams.sinks.channels import DrillChannel, RealChannel, build_channels
from streams.sinks.sender import Message, ToExercises, ToReceivers
from streams.sinks.settings import parse_notify
from streams.sinks.sink import Delivered, Delivery, DrillSink, Exercise, Outcome, Sink
from streams.territory.directory import Directory
from streams.territory.plan import Way
from tests.conformance.sinks.samples import KEY, alert, delivery, exercise, notice
from tests.support.notices import contact

REAL: Final = notice(alert())
DRILL: Final = notice(alert(), drill=True)
WORDS: Final = ("sms", "telegram", "latihan", "radio")


class Telephone:
    """A sender that keeps what it was handed."""

    def __init__(self) -> None:
        self.rang: list[Message] = []

    async def send(self, one: Message) -> Outcome:
        """Ring."""
        self.rang.append(one)
        return Delivered()

    async def close(self) -> None:
        """Nothing is kept open."""


def made(cls: Callable[..., object], *notices: object) -> object:
    """Make a message of some notices."""
    return cls(key=KEY, target="", notices=notices)


WRONG: Final[Mapping[str, Callable[[], object]]] = {
    "a drill": lambda: made(Delivery, DRILL),
    "a drill among others": lambda: made(Delivery, REAL, DRILL),
    "what is real": lambda: made(Exercise, REAL),
    "what is real among others": lambda: made(Exercise, DRILL, REAL),
    "nothing": lambda: made(Delivery),
    "no exercise": lambda: made(Exercise),
    "a drill, changed into": lambda: replace(delivery("", REAL), notices=(DRILL,)),
    "what is real, changed into": lambda: replace(exercise("", DRILL), notices=(REAL,)),
    "nothing, read": lambda: msgspec.convert({"key": "", "target": "", "notices": []}, Delivery),
}


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG.keys())
def test_a_message_cannot_be_made_of_the_wrong_notices(make: Callable[[], object]) -> None:
    """Not at once, not by changing one that was right, not from outside."""
    with pytest.raises(AssertionError):
        make()


async def deliver_an_exercise(sink: ToReceivers) -> Outcome:
    """Hand an exercise to a channel of real receivers."""
    return await sink.deliver(exercise("", DRILL))  # type: ignore[arg-type]  # This way is closed.


async def deliver_it_by_the_protocol(sink: ToReceivers) -> Outcome:
    """Hand it over where only the protocol is known."""
    real: Sink = sink
    return await real.deliver(exercise("", DRILL))  # type: ignore[arg-type]  # This way is closed.


async def rehearse_at_real_receivers(sink: ToReceivers) -> Outcome:
    """Ask a channel of real receivers to rehearse."""
    return await sink.rehearse(exercise("", DRILL))  # type: ignore[attr-defined, no-any-return]  # Closed as well.


async def take_real_receivers_for_drills(sink: ToReceivers) -> Outcome:
    """Say that it is another channel than it is."""
    drill: DrillSink = sink  # type: ignore[assignment]  # This way is closed.
    return await drill.rehearse(exercise("", DRILL))


async def configure_it_as_for_drills(sink: ToReceivers) -> Outcome:
    """Put it where a channel of drills belongs."""
    channel = DrillChannel(name="sms", type="http", policy=ChannelPolicy(), sink=sink)  # type: ignore[arg-type]  # This is closed.
    return await channel.sink.rehearse(exercise("", DRILL))


async def cast_it(sink: ToReceivers) -> Outcome:
    """Say to the checker that an exercise is real: only the assertion is left."""
    return await sink.deliver(cast("Delivery", exercise("", DRILL)))


WAYS: Final = (
    deliver_an_exercise,
    deliver_it_by_the_protocol,
    rehearse_at_real_receivers,
    take_real_receivers_for_drills,
    configure_it_as_for_drills,
    cast_it,
)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_from_a_drill_to_a_real_receiver(
    way: Callable[[ToReceivers], Coroutine[None, None, Outcome]],
) -> None:
    """What the types would have refused is refused when it is tried all the same."""
    telephone = Telephone()
    with pytest.raises((AssertionError, AttributeError)):
        asyncio.run(way(ToReceivers(telephone)))
    assert [] == telephone.rang


async def rehearse_what_is_real(sink: ToExercises) -> Outcome:
    """Hand what is real to a channel of drills."""
    return await sink.rehearse(delivery("", REAL))  # type: ignore[arg-type]  # This way is closed.


async def deliver_to_a_drill(sink: ToExercises) -> Outcome:
    """Put a channel of drills where one of real receivers belongs."""
    channel = RealChannel(name="sms", type="http", policy=ChannelPolicy(), sink=sink)  # type: ignore[arg-type]  # This is closed.
    return await channel.sink.deliver(delivery("", REAL))


@pytest.mark.parametrize("way", [rehearse_what_is_real, deliver_to_a_drill])
def test_nothing_real_is_taken_for_a_drill(
    way: Callable[[ToExercises], Coroutine[None, None, Outcome]],
) -> None:
    """It would be read as an exercise, and nobody would come."""
    telephone = Telephone()
    with pytest.raises((AssertionError, AttributeError)):
        asyncio.run(way(ToExercises(telephone)))
    assert [] == telephone.rang


def test_each_goes_where_it_belongs() -> None:
    """The ways that are open."""
    telephone = Telephone()
    assert Delivered() == asyncio.run(ToReceivers(telephone).deliver(delivery("", REAL)))
    assert Delivered() == asyncio.run(ToExercises(telephone).rehearse(exercise("", DRILL)))
    assert [Delivery, Exercise] == [type(one) for one in telephone.rang]


@pytest.mark.parametrize("word", ["'yes'", "1", "'false'", "[]"])
def test_whether_a_channel_is_for_drills_is_true_or_false(word: str) -> None:
    """A word that could be read either way is refused."""
    with pytest.raises(ConfigError, match=r"Expected `bool`"):
        parse_notify(f"[channels.x]\ntype = 'stdout'\ndrill = {word}")


def test_a_channel_is_for_one_or_for_the_other() -> None:
    """Without a word it is for real receivers, which no drill gets to."""
    channels = build_channels(
        parse_notify("[channels.a]\ntype='stdout'\n[channels.b]\ntype='stdout'\ndrill=true")
    )
    assert isinstance(channels["a"], RealChannel)
    assert isinstance(channels["b"], DrillChannel)


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(WORDS), st.booleans()),
    st.booleans(),
)
def test_a_notice_goes_only_by_ways_of_its_kind(
    words: list[str],
    channels: dict[str, bool],
    is_drill: bool,  # noqa: FBT001 - It is generated.
) -> None:
    """Whatever the folder names and the configuration has; a drill without a way is blocked."""
    first, *others = words
    told = replace(
        contact("OPS/polsek", area="36.04", channel=first),
        fallback=tuple(Way(word, "+62") for word in others),
    )
    one = notice(alert(), drill=is_drill)
    book = AddressBook({ElectionId("serang"): Directory.of([told])}, channels)
    open_ways = [word for word in words if channels.get(word) is is_drill]
    match book.address(one, 0):
        case Unsendable(outcome=outcome):
            assert [] == open_ways
            known = any(word in channels for word in words)
            blocked = ReceiptOutcome.BLOCKED if is_drill and known else ReceiptOutcome.UNADDRESSED
            assert blocked is outcome
        case parcel:
            alive = [word for n, word in enumerate(words) if n not in parcel.dead]
            assert open_ways == alive
