"""What can be done: commands, what comes by phone, dead letters sent again; all go to Kafka."""

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.engine.topics import Topic
from streams.room.commanding import Barred, Moment, order
from streams.room.guard import said
from streams.room.house import House, Request
from streams.room.kinds import Kind
from streams.room.mending import sent_again
from streams.room.reporting import Desk, Ready
from streams.room.rows import reply_row
from streams.web.message import Answer, json_answer, problem_answer
from streams.web.refusal import Problem, Reason, Refusal
from streams.web.writer import Record
from streams.wire.outputs import RESENT

__all__ = ["DoneApi"]


class _Sent(Struct, frozen=True):
    id: str


class DoneApi:
    """Handlers of what can be done."""

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._house = house
        self._desk = Desk(house.tracker, house.feed.names.plans)

    async def command(self, request: Request) -> Answer:
        """Pass an order on to the fold."""
        house, person = self._house, request.asking.person
        found = order(request.incoming.body, person, house.feed, self._moment())
        if isinstance(found, Barred):
            house.observer.on_command("unknown" if found.is_hidden else found.kind, "forbidden")
            if found.is_hidden:
                return said(404, Reason.UNKNOWN, found.text)
            return said(403, Reason.FORBIDDEN, found.text)
        try:
            await house.writer.put([found.record])
        except Refusal:
            house.observer.on_command(found.kind, "unavailable")
            raise
        house.observer.on_command(found.kind, "sent")
        return json_answer(202, _Sent(found.id))

    async def reply(self, request: Request) -> Answer:
        """Return what the fold has answered to a command of one's own."""
        user = request.asking.person.user
        found = self._house.feed.model.replies.get(request.incoming.path["id"])
        if found is None or found.actor != user:
            raise Refusal(Reason.UNKNOWN)
        return json_answer(200, reply_row(found, user))

    async def report(self, request: Request) -> Answer:
        """Take a report that was phoned in."""
        body, person = request.incoming.body, request.asking.person
        return await self._told(self._desk.report(body, person, self._moment()))

    async def status(self, request: Request) -> Answer:
        """Take what somebody has told of a TPS."""
        body, person = request.incoming.body, request.asking.person
        return await self._told(self._desk.status(body, person, self._moment()))

    async def resend(self, request: Request) -> Answer:
        """Send a dead letter again, as it came or mended."""
        house, number = self._house, request.incoming.path["number"]
        model, sight = house.feed.model, request.sight(house)
        if not house.feed.sees(sight, Kind.LETTERS, number):
            raise Refusal(Reason.UNKNOWN)
        letter = model.letters.open[number]
        again = sent_again(letter, request.incoming.body, request.asking.person)
        if isinstance(again, Text):
            return said(403, Reason.FORBIDDEN, again)
        await house.writer.put([replace(again, headers=(*again.headers, *house.day().headers))])
        # Only now: a letter must not be done while its message may be lost.
        mark = Record(Topic.DEADLETTER, b"", ((RESENT, number.encode()),))
        await house.writer.put([mark])
        return json_answer(202, _Sent(number))

    def _moment(self) -> Moment:
        return self._house.day(), self._house.unique()

    async def _told(self, found: Ready | Problem) -> Answer:
        if isinstance(found, Problem):
            return problem_answer(found)
        await self._house.writer.put([found.record])
        return json_answer(202, found.told)
