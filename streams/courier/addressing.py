"""From a notice to what can be carried: whose it is, by which ways, or why it cannot be at all.

The addresses are in the election folder that this process has loaded. A folder that was changed
meanwhile may name nobody for a destination any more, and a channel's word may be misspelt: both
are told in a receipt, so that somebody hears of it.
"""

from collections.abc import Collection, Mapping
from typing import Final

from msgspec import Struct

from streams.delivery.parcel import Parcel
from streams.domain.ids import DRILL_MARK, ElectionId
from streams.domain.notice import Destination, destination_of
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from streams.sinks.contacts import ways_of
from streams.territory.directory import Directory
from streams.territory.plan import Contact, Way

__all__ = ["AddressBook", "Unsendable"]

_NOBODY: Final = "nobody is named"
_NO_ADDRESS: Final = "not in the election folder"
_NO_CHANNEL: Final = "no such channel"
_DRILL: Final = "drill"
_REAL: Final = "channel of drills"


class Unsendable(Struct, frozen=True):
    """A notice that goes nowhere, and why."""

    outcome: ReceiptOutcome
    detail: str
    channel: str = ""


class AddressBook:
    """The contacts of all elections, and the channels that there are."""

    def __init__(
        self, directories: Mapping[ElectionId, Directory], channels: Mapping[str, bool]
    ) -> None:
        """`channels`: by name, whether it is for drills."""
        self._contacts = {
            (election, listed.destination): listed.contact
            for election, directory in directories.items()
            for areas in directory.by_post.values()
            for there in areas.values()
            for listed in there
        }
        self._channels = channels

    def contact(self, election: str, destination: Destination) -> Contact | None:
        """Return the contact of a destination; that of a drill is the real election's."""
        real = ElectionId(election.partition(DRILL_MARK)[0])
        return self._contacts.get((real, destination))

    def ways(self, notice: Outgoing) -> tuple[Way, ...]:
        """Return the ways to the destination of a notice, its own first; none: nobody is named."""
        contact = self.contact(notice.election, notice.destination)
        return () if contact is None else ways_of(contact)

    def address(self, notice: Outgoing, since: float) -> Parcel | Unsendable:
        """Return a notice as a parcel at its first way that will do.

        Args:
            notice: The notice.
            since: When the broker took it, in seconds since 1970.
        """
        if not notice.channel:
            return Unsendable(ReceiptOutcome.UNADDRESSED, _NOBODY)
        ways = tuple(one.channel for one in self.ways(notice))
        if not ways:
            return Unsendable(ReceiptOutcome.UNADDRESSED, _NO_ADDRESS, notice.channel)
        if unsendable := self._unsendable(notice, ways):
            return unsendable
        dead = (n for n, way in enumerate(ways) if self._channels.get(way) is not notice.drill)
        return Parcel(notice=notice, ways=ways, dead=frozenset(dead), since=since).on(0)

    def way_of(self, election: str, destination: str, attempt: int) -> int | None:
        """Return the way of an attempt of before; None: nobody is named any more."""
        contact = self.contact(election, destination_of(destination))
        return None if contact is None else attempt % len(ways_of(contact))

    def _unsendable(self, notice: Outgoing, ways: Collection[str]) -> Unsendable | None:
        """Say why none of the ways will do; None: one does."""
        found = {self._channels[way] for way in ways if way in self._channels}
        if notice.drill in found:
            return None
        if not found:
            return Unsendable(ReceiptOutcome.UNADDRESSED, _NO_CHANNEL, notice.channel)
        if notice.drill:
            return Unsendable(ReceiptOutcome.BLOCKED, _DRILL, notice.channel)
        return Unsendable(ReceiptOutcome.UNADDRESSED, _REAL, notice.channel)
