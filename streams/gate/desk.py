"""The form of the 110 desk: `POST /v1/desk/110`.

The desk's program signs as a producer that may send `crowd.reports` in the role `operator`.
`streams.web.phoned` has the form: what its fields are, and whose report it is.
"""

import msgspec
from msgspec.structs import replace

from streams.engine.topics import Topic
from streams.gate.callers import require_topic
from streams.gate.events import Hall
from streams.gate.finding import body_of
from streams.gate.splitting import Item
from streams.gate.taking import drill_headers, prepare
from streams.web.message import Answer, Incoming, json_answer, problem_answer, refused
from streams.web.phoned import form_of, report_of
from streams.web.refusal import Problem, Refusal
from streams.wire.accept import DRILL_HEADER

__all__ = ["Desk"]


class Desk:
    """Takes the form of the 110 desk."""

    def __init__(self, hall: Hall) -> None:
        """Share what all doors share."""
        self._hall = hall

    async def take(self, incoming: Incoming) -> Answer:
        """Answer a form."""
        name, now_s = "", self._hall.times.now_s()
        try:
            caller = self._hall.callers.recognise(incoming, now_s)
            name = caller.id
            require_topic(caller, Topic.CROWD_REPORTS)
            self._hall.pay(caller, 1)
            drill = drill_headers(incoming.header(DRILL_HEADER), caller)
            form = form_of(body_of(incoming))
            if isinstance(form, Problem):
                return replace(problem_answer(form), caller=name)
            report = report_of(form, self._hall.tracker)
            item = Item(msgspec.json.encode(report))
            ready = prepare(Topic.CROWD_REPORTS, item, caller, self._hall.tracker, drill)
            if isinstance(ready, Problem):
                return replace(problem_answer(ready), caller=name)
            await self._hall.writer.put([ready.record])
            answer = json_answer(ready.taken.status, ready.taken)
            return replace(answer, caller=name, topic=Topic.CROWD_REPORTS, taken=1)
        except Refusal as refusal:
            return refused(refusal, name)
