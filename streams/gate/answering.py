"""Answers to what somebody was told: one command each, however the answer comes.

A link carries what was asked with it. A code in an SMS does not: it is looked for among the open
alerts that the destination was told of, as the board has them (`siaga.alerts`, followed). The
command is put on `operator.commands`, and the fold decides: the first wins.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from streams.answers.asked import Asked, Verb
from streams.answers.codes import Reply, alert_of
from streams.answers.commands import answer_command
from streams.domain.ids import DRILL_MARK, AlertId
from streams.engine.topics import Topic
from streams.gate.people import People, Person
from streams.gate.writer import Record, Writer
from streams.wire.board import Board, kabupaten_of_alert
from streams.wire.documents import AlertDocument
from streams.wire.time import moment_of

__all__ = ["Answering", "Given"]


class Given(Struct, frozen=True):
    """An answer that somebody has given."""

    verb: Verb
    asked: Asked
    person: Person


class Answering(Struct, frozen=True):
    """What is needed to understand an answer, and to pass it on."""

    board: Board
    people: People
    keys: Sequence[bytes]
    """Those of links and codes, the newest first; none: nobody can answer."""
    writer: Writer

    def by_code(self, reply: Reply, people: Iterable[Person]) -> Given | None:
        """Return which alert a code of one of these people means; None: none that is open."""
        for person in people:
            told = {AlertId(alert.id): alert for alert in self._told(person)}
            for key in self.keys:
                found = alert_of(key, person.destination, told, reply.code)
                if found is not None:
                    return Given(reply.verb, _asked(told[found], person), person)
        return None

    async def give(self, given: Given, channel: str, given_id: str = "") -> bool:
        """Pass an answer on; False: who answers may only be told.

        Raises:
            Refusal: `unavailable`.
        """
        command = answer_command(given.verb, given.asked, given.person.answerer, channel, given_id)
        if command is None:
            return False
        await self.writer.put([Record(Topic.OPERATOR_COMMANDS, msgspec.json.encode(command))])
        return True

    def shown(self, alert: AlertId) -> AlertDocument | None:
        """Return what a page may show of an alert: nothing of one that is restricted."""
        found = self.board.open.get(alert) or self.board.ended(alert)
        return None if found is None or found.restricted_to else found

    def _told(self, person: Person) -> Iterator[AlertDocument]:
        for alert in self.board.open.values():
            is_its = alert.election.partition(DRILL_MARK)[0] == person.answerer.election
            if is_its and _is_near(alert, person) and _was_told(alert, person):
                yield alert


def _is_near(alert: AlertDocument, person: Person) -> bool:
    """Tell whether an alert may lie in the area of a contact, by its kabupaten."""
    kabupaten, area = kabupaten_of_alert(alert.id), person.answerer.area
    return kabupaten.startswith(area) or area.startswith(kabupaten)


def _was_told(alert: AlertDocument, person: Person) -> bool:
    return any((one.ladder, one.level) == (person.ladder, person.level) for one in alert.told)


def _asked(alert: AlertDocument, person: Person) -> Asked:
    told_at = [
        moment_of(one.at)
        for one in alert.told
        if (one.ladder, one.level) == (person.ladder, person.level)
    ]
    return Asked(
        alert=AlertId(alert.id),
        revision=alert.revision,
        told_at=told_at[-1],
        destination=person.destination,
        climbs=alert.ladder == person.ladder,
        drill=alert.election.partition(DRILL_MARK)[2],
    )
