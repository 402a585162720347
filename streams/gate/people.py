"""Who can answer: the contacts of the loaded elections, by destination and by telephone.

A telephone is known by its pseudonym only, so that nothing here can be shown that rings.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from streams.answers.asked import Answerer
from streams.domain.ids import ElectionId
from streams.territory.directory import Directory, Listed
from streams.territory.plan import Plan
from streams.web.tracking import Tracker
from streams.wire.board import kabupaten_of_alert

__all__ = ["People", "Person"]


class Person(Struct, frozen=True):
    """A destination, and who answers for it."""

    destination: str
    ladder: str
    level: str
    answerer: Answerer
    channels: frozenset[str]
    """The channels by which it is told on one telephone."""


class People:
    """All contacts that a gate knows."""

    def __init__(self, plans: Iterable[Plan], tracker: Tracker) -> None:
        """Index the contacts of all plans."""
        self._by_name: dict[str, list[Person]] = {}
        self._by_telephone: dict[str, list[Person]] = {}
        self._kabupaten: dict[ElectionId, frozenset[str]] = {}
        for plan in plans:
            self._kabupaten[plan.election.id] = frozenset(plan.kabupaten)
            for listed in _listed(plan):
                for telephone, person in _people(plan, listed, tracker).items():
                    self._by_telephone.setdefault(telephone, []).append(person)
                self._by_name.setdefault(str(listed.destination), []).append(
                    _person(plan, listed, frozenset())
                )

    def named(self, destination: str, alert: str) -> Person | None:
        """Return who answers at a destination for an alert; None: the folders name nobody.

        Two elections may both have a destination of this name; it is that which is held there.
        """
        kabupaten = kabupaten_of_alert(alert)
        for person in self._by_name.get(destination, ()):
            if kabupaten in self._kabupaten[person.answerer.election]:
                return person
        return None

    def at_telephone(self, pseudonym: str, channels: frozenset[str]) -> tuple[Person, ...]:
        """Return the destinations that are told on a telephone by one of these channels."""
        found = self._by_telephone.get(pseudonym, ())
        return tuple(person for person in found if person.channels & channels)


def _listed(plan: Plan) -> Iterable[Listed]:
    directory = Directory.of(plan.contacts)
    return (
        one for areas in directory.by_post.values() for there in areas.values() for one in there
    )


def _people(plan: Plan, listed: Listed, tracker: Tracker) -> Mapping[str, Person]:
    """Return the person by the pseudonym of each of his telephones."""
    contact = listed.contact
    ways = [(contact.channel, contact.target), *((w.channel, w.target) for w in contact.fallback)]
    channels: dict[str, set[str]] = {}
    for channel, target in ways:
        channels.setdefault(tracker.hidden(target), set()).add(channel)
    return {one: _person(plan, listed, frozenset(by)) for one, by in channels.items()}


def _person(plan: Plan, listed: Listed, channels: frozenset[str]) -> Person:
    contact, post = listed.contact, listed.destination.post
    answerer = Answerer(contact.actor, contact.area, plan.election.id)
    return Person(str(listed.destination), post.ladder, post.level, answerer, channels)
