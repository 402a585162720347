"""Stories of telling the picture: after the lines, once a second, and only of what is ours."""

import asyncio
from collections.abc import Iterator
from typing import Final

from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.painter import Painter
from streams.engine.ports import Output, Slot
from tests.kafka.toy import ToyAcceptor
from tests.unit.engine.engine_parts import TOPICS, EchoFold, Parts, make_world
from tests.unit.engine.owner import Owner
from tests.unit.engine.virtual_time import pass_time, run_virtually

PICTURE: Final = "siaga.picture"
LINES: Final = TOPICS.lines[0]


class PaintedFold(EchoFold):
    """A fold whose picture says how many records it has judged."""

    def picture(self) -> Iterator[Output | None]:
        """Yield two records of it, and a turn for others between them."""
        yield Output(PICTURE, b"17.02", b"%d" % self.seen)
        yield None
        yield Output(PICTURE, b"17.02.09", b"%d" % self.seen)


async def owner(parts: Parts) -> tuple[Owner, Painter]:
    """Return an owner of a partition with a picture, and who tells it."""
    new = Owner(parts, PaintedFold)
    await new.take_over()
    return new, Painter(parts.flow, new.host, new.lines)


def with_picture() -> Parts:
    """Return parts of a process whose broker has the topic."""
    parts = make_world()
    for number in range(3):
        parts.broker.logs.setdefault(Slot(PICTURE, number), [])
    return parts


def told(parts: Parts, partition: int = 0) -> list[bytes | None]:
    """Return what was told of the picture of a partition."""
    return [record.value for record in parts.log(PICTURE, partition)]


def test_the_picture_goes_out_when_the_lines_that_led_to_it_are_there() -> None:
    """Its round is made before they are waited for, and put afterwards."""

    async def story() -> None:
        parts = with_picture()
        new, painter = await owner(parts)
        await new.judge("say a")  # Its round leaves; the next one waits for the answer.
        await new.judge("say b")
        await painter.tell()
        await new.lines.flush()
        slots = [slot.topic for slot, _ in parts.broker.batches]
        assert [LINES, LINES, PICTURE] == [topic for topic in slots if topic in {LINES, PICTURE}]
        assert told(parts) == [b"2", b"2"]

    run_virtually(story)


def test_nothing_is_told_of_what_was_lost_meanwhile() -> None:
    """While its lines are waited for, somebody else may have become the owner."""

    async def story() -> None:
        parts = with_picture()
        new, painter = await owner(parts)
        await new.judge("say a")
        task = asyncio.ensure_future(painter.tell())
        await asyncio.sleep(0)
        parts.flow.stop()
        await task
        await new.lines.flush()
        assert told(parts) == []

    run_virtually(story)


def test_nothing_is_told_while_nothing_flows() -> None:
    """Between a revocation and the next takeover nobody owns anything for sure."""

    async def story() -> None:
        parts = with_picture()
        new, painter = await owner(parts)
        parts.flow.stop()
        await painter.tell()
        await new.lines.flush()
        assert told(parts) == []

    run_virtually(story)


def test_an_owner_tells_a_round_of_each_partition_a_second() -> None:
    """On a played day as well, which has no marks of its own."""

    async def story() -> None:
        parts = with_picture()
        settings = EngineSettings(journal_partitions=3, is_played=True)
        new = Engine(parts.world, parts.flow, settings, Judgment(ToyAcceptor(), PaintedFold))
        new.start(Appenders(parts.process, parts.process, parts.process))
        parts.flow.start(await new.take_over([Slot(TOPICS.journal, number) for number in (0, 2)]))
        await pass_time(3.5)
        assert [6, 0, 6] == [len(told(parts, number)) for number in range(3)]

    run_virtually(story)
