"""Stories of the watched consumer thread: the lease, and what fetches tell."""

import asyncio
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import pytest
from faust.types import TP
from msgspec.structs import replace

from streams.app import build_app
from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.crash import CrashError
from streams.engine.link import Link
from streams.engine.ports import RecordView, Slot
from streams.engine.transport_inside import TopicAndPartition
from streams.engine.transport_thread import BatchThread
from tests.kafka.toy import ToyAcceptor, ToyFold
from tests.unit.engine.engine_parts import raise_crash
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.simulated_fleet import SilentObserver

STATUS = Slot("tps.status", 1)


def linked() -> Link:
    """Return the link of an app that is not started; its `die` raises."""
    config = Config(prefix="drill.")
    link = build_app(config, ToyAcceptor(), ToyFold, SilentObserver()).link
    return replace(link, die=raise_crash, fetch_wait_ms=0, fetch_pause_s=0)


def thread_of(link: Link) -> BatchThread:
    """Return a thread that is not started."""
    thread = BatchThread.__new__(BatchThread)
    vars(thread)["app"] = SimpleNamespace(link=link)
    return thread


class Coordinator:
    """A coordinator that answers heartbeats as a test wants it."""

    def __init__(self, *, is_accepted: bool = True, error: Exception | None = None) -> None:
        self.member_id = "member"
        self._is_accepted = is_accepted
        self._error = error

    async def _do_heartbeat(self) -> bool:
        if self._error is not None:
            raise self._error
        return self._is_accepted

    async def beat(self) -> bool:
        """Send a heartbeat, as aiokafka does."""
        return await self._do_heartbeat()


def watched(link: Link, coordinator: Coordinator) -> Coordinator:
    """Watch a coordinator's heartbeats."""
    thread_of(link).watch_heartbeats(coordinator)
    return coordinator


def test_an_accepted_heartbeat_renews_the_lease() -> None:
    """And is passed on."""
    link = linked()
    assert asyncio.run(watched(link, Coordinator()).beat()) is True
    assert link.lease.is_valid


def test_a_heartbeat_without_an_answer_renews_nothing() -> None:
    """The membership may still be there: nothing ends."""
    link = linked()
    assert asyncio.run(watched(link, Coordinator(is_accepted=False)).beat()) is False
    assert not link.lease.is_valid


def test_a_lost_membership_ends_the_process() -> None:
    """Somebody else owns our partitions, and a write must never leave again."""
    coordinator = watched(linked(), Coordinator(is_accepted=False))
    coordinator.member_id = ""
    with pytest.raises(CrashError, match="lost the membership"):
        asyncio.run(coordinator.beat())


def test_a_refused_membership_ends_the_process() -> None:
    """Fenced by another process of the same name, or forbidden."""
    coordinator = watched(linked(), Coordinator(error=RuntimeError("FencedInstanceId")))
    with pytest.raises(CrashError, match="FencedInstanceId"):
        asyncio.run(coordinator.beat())


class FetchRequest:
    """A fetch of one partition; told from other requests by this name."""

    def __init__(self, offset: int) -> None:
        self.topics = [("drill.tps.status", [(1, offset, 1_000)])]


class Client:
    """A client whose broker answers with this error and high watermark."""

    def __init__(self, error: int, high_watermark: int) -> None:
        self._answer = SimpleNamespace(topics=[("drill.tps.status", [(1, error, high_watermark)])])

    async def send(self, node_id: int, request: object, **kwargs: object) -> object:
        """Answer."""
        assert node_id >= 0
        return self._answer if isinstance(request, FetchRequest) else (request, kwargs)


def claimed(client: Client, offset: int) -> int:
    """Return the claim of a partition read from 10 on, after a fetch."""
    link = linked()
    link.flow.start({STATUS: 10})
    link = replace(link, now=lambda: EpochMs(5_000))
    thread_of(link).watch_answers(client)
    asyncio.run(client.send(0, FetchRequest(offset)))
    return link.flow.claims.claims()[STATUS]


@pytest.mark.parametrize(
    ("error", "high_watermark", "is_claimed"),
    [(0, 10, True), (0, 11, False), (0, 9, True), (6, 10, False)],
    ids=["nothing more", "more to come", "shortened log", "an error"],
)
def test_an_answer_with_nothing_behind_it_is_claimed(
    error: int, high_watermark: int, *, is_claimed: bool
) -> None:
    """With the broker's time from before the question."""
    claim = claimed(Client(error, high_watermark), 10)
    assert (claim >= 5_000) is is_claimed


def test_other_requests_pass_untouched() -> None:
    """With all that they are sent with."""
    client = Client(0, 0)
    thread_of(linked()).watch_answers(client)
    assert asyncio.run(client.send(0, "metadata", group=1)) == ("metadata", {"group": 1})


class Fetcher:
    """A fetcher that hands out records of one partition."""

    def __init__(self, records: Sequence[RecordView]) -> None:
        self._fetch_max_wait_ms = 0
        self._records = records

    async def fetched_records(
        self, *args: object, **kwargs: object
    ) -> Mapping[TopicAndPartition, Sequence[RecordView]]:
        """Hand out."""
        assert not args
        assert not kwargs
        return {TP("drill.tps.status", 1): self._records}


@pytest.mark.parametrize(("count", "claim"), [(0, 900), (2, 0)])
def test_what_is_handed_out_holds_the_claim_until_it_is_taken(count: int, claim: int) -> None:
    """An empty hand holds nothing."""
    link = linked()
    link.flow.start({STATUS: 10})
    link.flow.claims.note_answer(STATUS, EpochMs(900), 10)
    fetcher = Fetcher([Stored(10 + n, 0, None, b"") for n in range(count)])
    thread_of(link).watch_handing_out(fetcher)
    handed_out = asyncio.run(fetcher.fetched_records())
    assert [count] == [len(records) for records in handed_out.values()]
    assert link.flow.claims.claims() == {STATUS: claim}
