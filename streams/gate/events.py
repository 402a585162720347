"""The door of events: `POST /v1/{topic}`.

    recognise ─► may he send to the topic? ─► his pace ─► split ─► each event: syntax, role
        ─► was it taken before? ─► write all that are good, together ─► answer

| of the events             | answer                                                    |
|---------------------------|-----------------------------------------------------------|
| one, good                 | 202 and its receipt                                       |
| one, bad                  | 400, 403, 413: the problem                                |
| a batch, all good         | 202 and all receipts, in order                            |
| a batch, some bad         | 207: receipts and problems, in order; the good are taken  |
| a batch, all bad          | 400 and all problems                                      |
| any, Kafka does not answer| 503: repeat the whole request                             |

One bad event of a batch takes no others with it: on that day a report less is worse than a reader
who must look into a 207.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.receipt import Receipt
from streams.engine.topics import Topic
from streams.gate.callers import Caller, Callers, require_topic
from streams.gate.seen import Before, Seen, digest_of
from streams.gate.splitting import split
from streams.gate.taking import Ready, Taken, TakenBatch, drill_headers, prepare
from streams.sinks.signing import TOLERANCE_S
from streams.web.buckets import Buckets, Load
from streams.web.message import Answer, Incoming, json_answer, problem_answer, refused
from streams.web.refusal import Problem, Reason, Refusal
from streams.web.tracking import Tracker
from streams.web.writer import Record, Writer
from streams.wire.accept import DRILL_HEADER
from streams.wire.inputs import INPUT_TYPES

__all__ = ["DOORS", "Events", "Hall", "Times"]

DOORS: Final[Mapping[str, Topic]] = {
    name: Topic(name) for name, kind in INPUT_TYPES.items() if kind is not Receipt
}
"""The topics that there is a door for: all inputs but our own."""

_SEEN_MOST: Final = 100_000
_ACCEPTED: Final = 202
_MIXED: Final = 207
_BAD: Final = 400


class Times(Struct, frozen=True):
    """The clocks of a process."""

    now_s: Callable[[], float]
    """Seconds since 1970."""
    steady_s: Callable[[], float]
    """Seconds that never go back."""


class Hall(Struct, frozen=True):
    """What all doors of a gate share."""

    callers: Callers
    buckets: Buckets
    tracker: Tracker
    writer: Writer
    times: Times
    batch_events: int

    def pay(self, caller: Caller, events: int, paid: int = 0) -> None:
        """Count events against a caller's pace, of which some may be paid for already.

        Raises:
            Refusal: `rate`.
        """
        now = self.times.steady_s()
        wait_s = self.buckets.take(caller.bucket, Load(events, paid), caller.grant.pace, now)
        if wait_s > 0:
            pace = caller.grant.pace.events_per_s
            raise Refusal(Reason.RATE, f"at most {pace:g} events a second", retry_after_s=wait_s)


class Events:
    """Takes events for one of the topics."""

    def __init__(self, hall: Hall) -> None:
        """Begin without a memory."""
        self._hall = hall
        # A signature may be from the future by the tolerance, and is good for it afterwards.
        self._seen = Seen(2 * TOLERANCE_S, _SEEN_MOST)

    async def take(self, topic: Topic, incoming: Incoming) -> Answer:
        """Answer a request to put events on a topic."""
        caller = None
        try:
            caller = self._hall.callers.recognise(incoming, self._hall.times.now_s())
            require_topic(caller, topic)
            return await self._take_from(caller, topic, incoming)
        except Refusal as refusal:
            return refused(refusal, caller.id if caller else "")

    async def _take_from(self, caller: Caller, topic: Topic, incoming: Incoming) -> Answer:
        shown = incoming.header(DRILL_HEADER)
        drill = drill_headers(shown, caller)
        # To look into a body is work as well: whoever has no token left gets none of it.
        self._hall.pay(caller, 1)
        found = split(incoming, self._hall.batch_events)
        self._hall.pay(caller, len(found.items), paid=1)
        tracker = self._hall.tracker
        results = [prepare(topic, item, caller, tracker, drill) for item in found.items]
        ready = [one.record for one in results if isinstance(one, Ready)]
        if ready:
            # The signature is of the body alone: sent to another door it is another message.
            digest = digest_of(topic.encode(), shown.encode(), incoming.body)
            await self._write(caller, digest, ready)
        answers = [one.taken if isinstance(one, Ready) else one for one in results]
        answer = _answer_batch(answers) if found.is_batch else _answer(answers)
        return replace(answer, caller=caller.id, topic=topic, taken=len(ready))

    async def _write(self, caller: Caller, digest: bytes, ready: Sequence[Record]) -> None:
        """Write records, unless this very request was taken before."""
        name = caller.request_id
        if not name:
            await self._hall.writer.put(ready)
            return
        before = self._seen.claim(caller.id, name, digest, self._hall.times.now_s())
        if before is Before.OTHER:
            raise Refusal(Reason.ID_CONFLICT, "this webhook-id came before with other content")
        if before is not Before.TAKEN:
            await self._hall.writer.put(ready)
            self._seen.take(caller.id, name)


def _answer(answers: list[Taken | Problem]) -> Answer:
    (one,) = answers
    return problem_answer(one) if isinstance(one, Problem) else json_answer(one.status, one)


def _answer_batch(answers: list[Taken | Problem]) -> Answer:
    refused_count = sum(isinstance(one, Problem) for one in answers)
    document = TakenBatch(len(answers) - refused_count, refused_count, tuple(answers))
    if not refused_count:
        return json_answer(_ACCEPTED, document)
    return json_answer(_MIXED if document.taken else _BAD, document)
