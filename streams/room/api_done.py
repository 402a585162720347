"""What can be done: commands, what comes by phone, dead letters sent again; all go to Kafka."""

from msgspec import Struct

from streams.engine.letters import message_of
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.commanding import Barred, fields_of, order
from streams.room.guard import said
from streams.room.house import House, Request
from streams.room.kinds import Kind
from streams.room.reporting import Ready, phoned_report, phoned_status
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

    async def command(self, request: Request) -> Answer:
        """Pass an order on to the fold."""
        house, person = self._house, request.asking.person
        found = order(
            request.incoming.body, person, house.feed.model, (house.day(), house.unique())
        )
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
        house, person = self._house, request.asking.person
        moment = (house.day(), house.unique())
        return await self._told(phoned_report(request.incoming.body, person, house.tracker, moment))

    async def status(self, request: Request) -> Answer:
        """Take what somebody has told of a TPS."""
        moment = (self._house.day(), self._house.unique())
        return await self._told(phoned_status(request.incoming.body, request.asking.person, moment))

    async def resend(self, request: Request) -> Answer:
        """Send a dead letter again, as it came or mended."""
        house, number = self._house, request.incoming.path["number"]
        model, sight = house.feed.model, request.sight(house)
        if not house.feed.encoded.sees(sight, Kind.LETTERS, model.shade(Kind.LETTERS, number)):
            raise Refusal(Reason.UNKNOWN)
        letter = model.letters.open[number]
        mended = _mended(request)
        try:
            message = message_of(letter, mended)
        except InputError as error:
            raise Refusal(Reason.SCHEMA, str(error)) from error
        if message.value is None:
            raise Refusal(Reason.SCHEMA, "the letter has no value: mend it")
        again = Record(
            message.topic,
            message.value,
            (*message.headers, *house.day().headers),
            key=message.key,
            is_ours=mended is not None,
        )
        await house.writer.put([again])
        # Only now: a letter must not be done while its message may be lost.
        mark = Record(Topic.DEADLETTER, b"", ((RESENT, number.encode()),))
        await house.writer.put([mark])
        return json_answer(202, _Sent(number))

    async def _told(self, found: Ready | Problem) -> Answer:
        if isinstance(found, Problem):
            return problem_answer(found)
        await self._house.writer.put([found.record])
        return json_answer(202, found.told)


def _mended(request: Request) -> bytes | None:
    """Return the value that a letter is sent with instead of its own; None: its own."""
    if not request.incoming.body:
        return None
    value = fields_of(request.incoming.body).get("value")
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal(Reason.SCHEMA, "expected a text - at `$.value`")
    return value.encode(errors="surrogatepass")
