"""What is known before the first notice: whom there is, and by what they are reached."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from streams.courier.addressing import AddressBook
from streams.courier.answering import Answering
from streams.courier.carrier import Carrier
from streams.courier.seals import Seals
from streams.domain.ids import ElectionId
from streams.sinks.channels import Channel, DrillChannel
from streams.territory.directory import Directory

__all__ = ["Office"]


_NO_SEALS: Final = Seals()


class Office(NamedTuple):
    """Contacts, channels, and who carries to them."""

    book: AddressBook
    channels: Mapping[str, Channel]
    carrier: Carrier
    seals: Seals = _NO_SEALS

    @classmethod
    def of(
        cls,
        directories: Mapping[ElectionId, Directory],
        channels: Mapping[str, Channel],
        answering: Answering,
        seals: Seals = _NO_SEALS,
    ) -> "Office":
        """Put contacts and channels together."""
        drills = {name: isinstance(one, DrillChannel) for name, one in channels.items()}
        book = AddressBook(directories, drills)
        return cls(book, channels, Carrier(channels, book, answering), seals)
