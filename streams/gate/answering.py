"""Answers to what somebody was told: one command each, however the answer comes.

A link carries what was asked with it. A code in an SMS does not: it is looked for among the open
alerts that the destinations of the telephone were told of, as the board has them (`siaga.alerts`,
followed); it must be of one alert, whichever of them it was told to. An alert of a drill is meant
only by a code that is of no real one. The command is put on `operator.commands`, and the fold
decides: the first wins.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from streams.answers.asked import Asked, Verb
from streams.answers.codes import Reply, alerts_of
from streams.answers.commands import answer_command
from streams.domain.ids import DRILL_MARK, AlertId
from streams.engine.topics import Topic
from streams.gate.people import People, Person
from streams.territory.plan import covers
from streams.web.writer import Record, Writer
from streams.wire.board import Board, place_of
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
        """Return which alert a code of these people means; None: none that is open, or several."""
        found = [given for person in people for given in self._meant(reply, person)]
        meant = [one for one in found if not one.asked.drill] or found
        return meant[0] if len({one.asked.alert for one in meant}) == 1 else None

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
        """Return an alert that is open or ended not long ago; None: nobody here knows it."""
        return self.board.open.get(alert) or self.board.ended(alert)

    def _meant(self, reply: Reply, person: Person) -> Iterator[Given]:
        told = {AlertId(alert.id): alert for alert in self._told(person)}
        for key in self.keys:
            for alert in alerts_of(key, person.destination, told, reply.code):
                yield Given(reply.verb, _asked(told[alert], person), person)

    def _told(self, person: Person) -> Iterator[AlertDocument]:
        for alert in self.board.open.values():
            is_its = alert.election.partition(DRILL_MARK)[0] == person.answerer.election
            if is_its and _is_near(alert, person) and _was_told(alert, person):
                yield alert


def _is_near(alert: AlertDocument, person: Person) -> bool:
    """Tell whether an alert lies in the area of a contact, or around it."""
    place, area = place_of(alert), person.answerer.area
    return covers(area, place) or covers(place, area)


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
