"""Events told twice: what is a repeat, what a conflict, and for how long (contract §2)."""

from collections.abc import Iterator
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.journal import AcceptedStatus, JournalRecord, Origin
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.judge.seen import MEMORY_MS, PAGE_SIZE, Page, Seen
from streams.judge.table import Table
from tests.support.events import heartbeat
from tests.support.stories import at, events_of, journal, named
from tests.support.world import FAR, KR

NOON: Final = EpochMs(1_732_683_600_000)


def status(record: JournalRecord) -> AcceptedStatus:
    """Return a record that must be a status."""
    assert isinstance(record, AcceptedStatus)
    return record


FIRST: Final = status(events_of(journal(at("12:00"), named("h1", heartbeat(KR))))[0].record)


def event(
    name: str = "h1", after_ms: int = 0, digest: str = "0" * 16, source: str = "kpps"
) -> AcceptedStatus:
    """Return an accepted status that was received so long after the first."""
    sender = replace(FIRST.event.source, id=source)
    told = replace(FIRST.event, id=name, source=sender)
    return replace(FIRST, event=told, received_at=EpochMs(NOON + after_ms), digest=digest)


def memory() -> Seen:
    """Return an empty memory."""
    return Seen(Table("seen", Page))


OTHERS: Final = {
    "another id": event("h2"),
    "another sender": event(source="ptps"),
    "another topic": replace(event(), origin=Origin("crowd.reports", 0, 9)),
    "another kabupaten": replace(event(), place=AreaCode(FAR)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_an_event_is_known_by_topic_sender_and_id_in_its_kabupaten(name: str) -> None:
    """Where one of them differs it is another event."""
    seen = memory()
    assert ["new", "new"] == [seen.look(event()), seen.look(OTHERS[name])]


def test_the_same_event_again_is_a_repeat() -> None:
    """However often, and from wherever it is read again."""
    seen = memory()
    again = replace(event(), origin=Origin("tps.status", 3, 99))
    assert ["new", "repeated", "repeated"] == [
        seen.look(one) for one in (event(), again, event(after_ms=HOUR_MS))
    ]


def test_the_same_name_with_other_content_is_a_conflict() -> None:
    """And the first one still counts."""
    seen = memory()
    other = event(digest="f" * 16)
    assert ["new", "conflicting", "repeated"] == [
        seen.look(one) for one in (event(), other, event())
    ]


@pytest.mark.parametrize(("after_ms", "looks"), [(MEMORY_MS, "repeated"), (MEMORY_MS + 1, "new")])
def test_an_event_is_remembered_for_48_hours(after_ms: int, looks: str) -> None:
    """A sender that counts from 1 every third day is heard every time."""
    seen = memory()
    seen.look(event())
    assert looks == seen.look(event(after_ms=after_ms))


def test_after_48_hours_the_newer_one_is_remembered() -> None:
    """For another 48 hours from then."""
    seen = memory()
    seen.look(event())
    seen.look(event(after_ms=MEMORY_MS + 1, digest="f" * 16))
    assert "repeated" == seen.look(event(after_ms=2 * MEMORY_MS, digest="f" * 16))
    assert "conflicting" == seen.look(event(after_ms=2 * MEMORY_MS))


def fill(seen: Seen, count: int, after_ms: int = 0) -> Iterator[str]:
    """Tell of so many events, each of another name."""
    return (seen.look(event(f"n{after_ms}-{number}", after_ms)) for number in range(count))


def test_old_pages_are_forgotten_as_a_whole() -> None:
    """What is 49 hours old takes no more room; the page that is being filled stays."""
    pages = Table("seen", Page)
    seen = Seen(pages)
    assert {"new"} == set(fill(seen, 2 * PAGE_SIZE + 1))
    assert 3 == len(pages)
    seen.forget(EpochMs(NOON + MEMORY_MS + HOUR_MS))
    assert 3 == len(pages)
    seen.forget(EpochMs(NOON + MEMORY_MS + HOUR_MS + 1))
    assert 1 == len(pages)


def test_a_page_that_is_still_needed_keeps_those_after_it() -> None:
    """Pages go from the oldest on."""
    pages = Table("seen", Page)
    seen = Seen(pages)
    first, second = list(fill(seen, PAGE_SIZE)), list(fill(seen, PAGE_SIZE, 30 * HOUR_MS))
    assert {"new"} == {*first, *second, *fill(seen, 1, 31 * HOUR_MS)}
    seen.forget(EpochMs(NOON + 50 * HOUR_MS))
    assert 2 == len(pages)
    assert "new" == seen.look(event("n0-0", 50 * HOUR_MS))
    assert "repeated" == seen.look(event(f"n{30 * HOUR_MS}-0", 50 * HOUR_MS))


def test_forgetting_an_old_event_leaves_a_newer_one_of_its_name() -> None:
    """The page of the old one goes, the new one is still known."""
    seen = memory()
    assert {"new"} == set(fill(seen, PAGE_SIZE + 1))
    later = MEMORY_MS + MINUTE_MS
    assert "new" == seen.look(event("n0-0", later))
    seen.forget(EpochMs(NOON + MEMORY_MS + 2 * HOUR_MS))
    assert "repeated" == seen.look(event("n0-0", later + HOUR_MS))


def test_a_memory_that_was_saved_knows_the_same() -> None:
    """In whatever order its pages are read back."""
    pages, loaded = Table("seen", Page), Table("seen", Page)
    seen = Seen(pages)
    assert {"new"} == set(fill(seen, PAGE_SIZE + 1))
    later = MEMORY_MS + MINUTE_MS
    seen.look(event("n0-0", later, digest="f" * 16))
    rows = [(key, row) for key, row in pages.take_changes().items() if row is not None]
    for key, row in reversed(rows):
        loaded.load(key, row)
    again = Seen(loaded)
    again.restore()
    assert "repeated" == again.look(event("n0-0", later, digest="f" * 16))
    assert "repeated" == again.look(event("n0-1"))
    assert "new" == again.look(event("n0-999"))
    assert {b"seen\x1f17.02\x1f1"} == set(loaded.take_changes())


def test_each_kabupaten_has_pages_of_its_own() -> None:
    """So that one that moves to another partition takes its memory along."""
    pages = Table("seen", Page)
    seen = Seen(pages)
    for place in (KR, FAR):
        seen.look(replace(event(), place=AreaCode(place)))
    assert [b"seen\x1f17.02\x1f0", b"seen\x1f17.03\x1f0"] == list(pages.take_changes())
