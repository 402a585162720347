"""Events told twice: the same (topic, sender, id) within a kabupaten, remembered for 48 hours.

A memory of every event would be as large as the day, so it holds two short hashes an event, of
its name and of its content, and when it was received. The same name with the same content is a
repeat and harmless; with other content it is a dead letter `id_conflict` (contract §2); after
48 hours it is another event. Memory is saved in pages of `PAGE_SIZE` events, filled in the order
of judgment: a page that is full is written once more at most, and forgotten as a whole.

Bound: 49 hours of events, 22 bytes each where they are saved. Two names share a hash with a
probability of n²/2⁶⁵: one in four million at three million events a kabupaten.
"""

import hashlib
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.events import OperatorCommand
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedGateway,
    AcceptedReceipt,
    AcceptedReport,
    AcceptedStatus,
)
from streams.domain.receipt import Receipt
from streams.domain.times import HOUR_MS, EpochMs
from streams.judge.table import Table

__all__ = ["MEMORY_MS", "PAGE_SIZE", "Familiarity", "Page", "Seen"]

MEMORY_MS: Final = 48 * HOUR_MS
PAGE_SIZE: Final = 256
_SLACK_MS: Final = HOUR_MS
"""A page is kept a little longer: an event may have been received before the mark that is judged
before it."""
_HASH_BYTES: Final = 8
_TIME_BYTES: Final = 6
_ENTRY_BYTES: Final = 2 * _HASH_BYTES + _TIME_BYTES

AcceptedEvent = (
    AcceptedStatus
    | AcceptedReport
    | AcceptedCount
    | AcceptedCommand
    | AcceptedReceipt
    | AcceptedGateway
)


class Familiarity(StrEnum):
    """Whether an event was seen before."""

    NEW = "new"
    REPEATED = "repeated"
    CONFLICTING = "conflicting"


class Page(Struct, frozen=True, gc=False, array_like=True):
    """Hashes of some events of one kabupaten, in the order of judgment."""

    entries: bytes = b""
    """Each 8 bytes of hash of the name, 8 of the content, 6 of the time of receipt."""
    newest_at: EpochMs = EpochMs(0)
    """Largest time of receipt among them."""


class _Pages(Struct):
    """The pages of one kabupaten, by number; the last one is being filled."""

    area: AreaCode
    first: int
    last: int
    page: Page
    """The last one."""

    @property
    def key(self) -> tuple[str, str]:
        """Of the last one."""
        return self.area, str(self.last)


class Seen:
    """What has been seen, over all kabupaten of a partition."""

    def __init__(self, pages: Table[Page]) -> None:
        """Begin with the pages of a table, which stay saved there."""
        self._pages = pages
        self._known: dict[bytes, bytes] = {}
        """By hash of the name: hash of the content, time of receipt."""
        self._of: dict[AreaCode, _Pages] = {}

    def restore(self) -> None:
        """Fill the index from the pages, after they were loaded."""
        pages = (
            (AreaCode(area), int(number), page) for (area, number), page in self._pages.items()
        )
        # In their order, so that of two events of one name the later one is known.
        for area, number, page in sorted(pages, key=lambda one: one[:2]):
            first = self._of[area].first if area in self._of else number
            self._of[area] = _Pages(area, first, number, page)
            self._known.update(_entries(page))

    def look(self, accepted: AcceptedEvent) -> Familiarity:
        """Say whether an event is new, and remember it if so."""
        name = _name_of(accepted)
        content = bytes.fromhex(accepted.digest)[:_HASH_BYTES]
        known = self._known.get(name)
        if known is not None and accepted.received_at - _time_of(known) <= MEMORY_MS:
            same = known[:_HASH_BYTES] == content
            return Familiarity.REPEATED if same else Familiarity.CONFLICTING
        self._known[name] = content + accepted.received_at.to_bytes(_TIME_BYTES, "big")
        self._remember(accepted, name)
        return Familiarity.NEW

    def forget(self, now: EpochMs) -> None:
        """Drop the pages that are older than 48 hours as a whole."""
        for pages in self._of.values():
            while pages.first < pages.last and (page := self._first_of(pages)):
                if page.newest_at + MEMORY_MS + _SLACK_MS >= now:
                    break
                for name, entry in _entries(page):
                    if self._known.get(name) == entry:
                        del self._known[name]
                self._pages.delete((pages.area, str(pages.first)))
                pages.first += 1

    def _first_of(self, pages: _Pages) -> Page | None:
        return self._pages.get((pages.area, str(pages.first)))

    def _remember(self, accepted: AcceptedEvent, name: bytes) -> None:
        area = kabupaten_of(accepted.place)
        pages = self._of.get(area)
        if pages is None:
            pages = self._of[area] = _Pages(area, 0, 0, Page())
        if len(pages.page.entries) >= PAGE_SIZE * _ENTRY_BYTES:
            pages.last, pages.page = pages.last + 1, Page()
        entries, newest_at = pages.page.entries, pages.page.newest_at
        entries += name + self._known[name]
        pages.page = Page(entries, max(newest_at, accepted.received_at))
        self._pages.put(pages.key, pages.page)


def _name_of(accepted: AcceptedEvent) -> bytes:
    event = accepted.event
    match event:
        case OperatorCommand(actor=actor):
            sender = actor.id
        case Receipt():
            sender = ""
        case _:
            sender = event.source.id
    area = kabupaten_of(accepted.place)
    text = f"{area}\x1f{accepted.origin.topic}\x1f{sender}\x1f{event.id}"
    return hashlib.blake2b(text.encode(), digest_size=_HASH_BYTES).digest()


def _entries(page: Page) -> list[tuple[bytes, bytes]]:
    """Return the hash of each name, with what is known of it."""
    return [
        (page.entries[at : at + _HASH_BYTES], page.entries[at + _HASH_BYTES : at + _ENTRY_BYTES])
        for at in range(0, len(page.entries), _ENTRY_BYTES)
    ]


def _time_of(known: bytes) -> int:
    return int.from_bytes(known[_HASH_BYTES:], "big")
