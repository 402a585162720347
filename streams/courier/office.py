"""What is known before the first notice: whom there is, and by what they are reached."""

from collections.abc import Mapping
from typing import NamedTuple

from streams.courier.addressing import AddressBook
from streams.courier.answering import Answering
from streams.courier.carrier import Carrier
from streams.domain.ids import ElectionId
from streams.sinks.channels import Channel, DrillChannel
from streams.territory.directory import Directory

__all__ = ["Office"]


class Office(NamedTuple):
    """Contacts, channels, and who carries to them."""

    book: AddressBook
    channels: Mapping[str, Channel]
    carrier: Carrier

    @classmethod
    def of(
        cls,
        directories: Mapping[ElectionId, Directory],
        channels: Mapping[str, Channel],
        answering: Answering,
    ) -> "Office":
        """Put contacts and channels together."""
        drills = {name: isinstance(one, DrillChannel) for name, one in channels.items()}
        book = AddressBook(directories, drills)
        return cls(book, channels, Carrier(channels, book, answering))
